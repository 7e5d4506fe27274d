"""Spellings are numbered once, and what depends on a spelling alone is worked out once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from framing.text import Vocabulary, base, fold


@pytest.mark.parametrize(
    ("spelling", "folded"),
    [
        ("Said", "said"),
        ("DON’T", "don't"),
        ("counter‑Offensive", "counter-offensive"),
        ("soft\u00adhyphen", "softhyphen"),
        ("E\u0301TE\u0301", "été"),
        ("\u00ad", "\u00ad"),
        ("日本", "日本"),
    ],
)
def test_folding_removes_what_lexicons_do_not_tell_apart(spelling: str, folded: str) -> None:
    assert fold(spelling) == folded


@pytest.mark.parametrize(
    ("folded", "without"), [("kyiv's", "kyiv"), ("it's", "it's"), ("soldiers", "soldiers"), ("u.s.'s", "u.s.")]
)
def test_possessive_is_no_part_of_a_form(folded: str, without: str) -> None:
    assert base(folded) == without


def test_known_spelling_keeps_its_number() -> None:
    vocabulary = Vocabulary()
    assert vocabulary.number(["a", "b", "a"]).tolist() == [0, 1, 0]
    assert vocabulary.number(["B", "b"]).tolist() == [2, 1]
    assert vocabulary.spellings == ["a", "b", "B"]
    assert vocabulary.folded == ["a", "b", "b"]
    assert len(vocabulary) == 3


def test_column_is_computed_for_new_spellings_only() -> None:
    seen: list[list[str]] = []

    def lengths(spellings: Sequence[str]) -> NDArray[np.int64]:
        seen.append(list(spellings))
        return np.array([len(spelling) for spelling in spellings])

    vocabulary = Vocabulary()
    vocabulary.number(["One", "three"])
    assert vocabulary.column("length", lengths).tolist() == [3, 5]
    vocabulary.number(["three", "four"])
    assert vocabulary.column("length", lengths).tolist() == [3, 5, 4]
    assert vocabulary.column("length", lengths).tolist() == [3, 5, 4]
    assert seen == [["one", "three"], ["four"]]


def test_column_can_ask_for_the_spelling_in_the_text() -> None:
    def capital(spellings: Sequence[str]) -> NDArray[np.bool_]:
        return np.array([spelling[0].isupper() for spelling in spellings])

    vocabulary = Vocabulary()
    vocabulary.number(["One", "one"])
    assert vocabulary.column("capital", capital, of_folded=False).tolist() == [True, False]
    assert vocabulary.column("small", capital).tolist() == [False, False]
