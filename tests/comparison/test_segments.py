"""The voice strip of an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from framing.comparison import compare


def _strip(fake: Any, contents: list[tuple[str, str]]) -> pd.DataFrame:
    attributions = pd.DataFrame(
        {
            "article_id": "a000",
            "kind": [kind for kind, _ in contents],
            "content": [content for _, content in contents],
            "content_text": "x",
            "speaker": "Kyiv",
            "side": "ukraine",
            "stance": "neutral",
            "anonymous": False,
        }
    )
    found = compare(fake.having(attributions=attributions), resamples=100, permutations=100, lookup=lambda _: {})
    return found.segments


def test_content_is_cut_out_of_the_outlets_own_words(make: Callable[..., Any]) -> None:
    """Sentences have 3, 6 and 3 words, characters 0-19, 20-49 and 50-62."""
    strip = _strip(make(["A"]), [("direct", "20-49")])
    assert strip["voice"].tolist() == ["own", "quoted", "own"]
    assert strip["start"].tolist() == pytest.approx([0, 0.25, 0.75])
    assert strip["end"].tolist() == pytest.approx([0.25, 0.75, 1])
    assert strip["speaker"].tolist() == ["", "Kyiv", ""]


def test_an_article_that_is_all_quotation_has_one_stretch(make: Callable[..., Any]) -> None:
    strip = _strip(make(["A"]), [("indirect", "0-62")])
    assert strip[["start", "end", "voice"]].to_numpy().tolist() == [[0.0, 1.0, "reported"]]


def test_overlapping_and_broken_contents_cover_the_article_once_in_order(analysis: Any) -> None:
    found = compare(analysis, resamples=100, permutations=100, lookup=lambda _: {}).segments
    assert found["article_id"].nunique() == len(analysis.articles)
    for _, strip in found.groupby("article_id"):
        assert strip["start"].iloc[0] == 0
        assert strip["end"].iloc[-1] == 1
        assert strip["start"].tolist()[1:] == strip["end"].tolist()[:-1]
        assert (strip["end"] > strip["start"]).all()


def test_of_two_overlapping_contents_the_earlier_keeps_the_space(make: Callable[..., Any]) -> None:
    strip = _strip(make(["A"]), [("direct", "0-49"), ("indirect", "20-62")])
    assert strip["voice"].tolist() == ["quoted", "reported"]
    assert strip["end"].tolist() == pytest.approx([0.75, 1])
