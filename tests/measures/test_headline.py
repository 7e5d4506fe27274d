from __future__ import annotations

from collections.abc import Callable
from typing import Any

Reader = Callable[..., Any]
TEXT = "The ferry left at noon."


def _headline(found: Any) -> list[Any]:
    return [found.article[f"headline_{name}"] for name in ("words", "loaded", "hedge", "booster")]


def test_a_title_is_counted_apart_from_the_body(read: Reader) -> None:
    """Words and marks of the title are in the headline columns and in no others."""
    found = read(TEXT, title="Regime may clearly close harbour, mayor says: the regime reportedly knows")
    words, loaded, hedge, booster = _headline(found)
    assert (words, loaded, hedge, booster) == (11, 2, 2, 1)
    assert found.article["words"] == 5
    assert found.findings == []


def test_without_a_title_the_columns_are_empty(read: Reader) -> None:
    """No title is not a title without loaded terms."""
    assert _headline(read(TEXT)) == [None] * 4
    assert _headline(read(TEXT, title="  ")) == [None] * 4


def test_a_plain_title_counts_nothing(read: Reader) -> None:
    """Zero is a count."""
    assert _headline(read(TEXT, title="Ferry leaves harbour")) == [3, 0, 0, 0]
