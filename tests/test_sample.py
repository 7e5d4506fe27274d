from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from framing import _data

OUTLETS = {"The Halvern Post", "Northmarch Courier", "Free Lowland Radio"}


def _articles() -> list[dict[str, Any]]:
    text = _data.reports().joinpath("sample", "articles.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_each_outlet_covers_each_event_once() -> None:
    """Twelve articles: four events, three outlets."""
    pairs = Counter((article["outlet"], article["event"]) for article in _articles())
    assert {outlet for outlet, _ in pairs} == OUTLETS
    assert len({event for _, event in pairs}) == 4
    assert len(pairs) == 12
    assert set(pairs.values()) == {1}


def test_ids_are_unique() -> None:
    """No article stands twice in the sample."""
    assert len({article["id"] for article in _articles()}) == 12


@pytest.mark.parametrize("article", _articles(), ids=lambda article: article["id"])
def test_an_article_looks_like_news(article: dict[str, Any]) -> None:
    """280 to 480 words, paragraphs, a title, a date, curly marks only."""
    assert 280 <= len(re.findall(r"\w+(?:[-'’]\w+)*", article["text"])) <= 480
    assert len(article["text"].split("\n\n")) >= 9
    assert re.fullmatch(r"2025-\d\d-\d\d", article["date"])
    assert article["title"]
    assert not re.search(r"[\"']", article["text"] + article["title"])


@pytest.mark.parametrize("article", _articles(), ids=lambda article: article["id"])
def test_quotations_run_over_paragraphs_as_in_newspapers(article: dict[str, Any]) -> None:
    """A paragraph may leave its quotation open only if the next one opens it again."""
    paragraphs = article["text"].split("\n\n")
    for this, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
        if this.count("“") != this.count("”"):
            assert this.count("“") == this.count("”") + 1
            assert following.startswith("“")
