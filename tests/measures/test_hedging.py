from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reader = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "layer", "words", "voice"),
    [
        ("The factory may close.", "hedge", "may", "own"),
        ("The factory will reportedly close.", "hedge", "reportedly", "own"),
        ("“The factory may close,” Smith said.", "hedge", "may", "quoted"),
        ("Smith said that the factory might close.", "hedge", "might", "reported"),
        ("Clearly the factory will close.", "booster", "Clearly", "own"),
        ("“It will clearly close,” Smith said.", "booster", "clearly", "quoted"),
        ("Smith said that it will clearly close.", "booster", "clearly", "reported"),
    ],
)
def test_hedges_and_boosters_stand_in_their_voice(read: Reader, text: str, layer: str, words: str, voice: str) -> None:
    """Whose doubt, whose certainty."""
    assert (words, voice) in read(text).of(layer)


def test_the_month_is_no_hedge(read: Reader) -> None:
    """May, capitalised inside a sentence, is a name."""
    assert read("The factory closed in May and the harbour in June.").of("hedge") == []


def test_a_hedge_has_a_kind(read: Reader) -> None:
    """Each hedge is of one of the classes of vocabulary.toml."""
    kinds = {row["text"]: row["category"] for row in read("It may reportedly close.").findings}
    assert kinds == {"may": "modal", "reportedly": "attribution-shield"}


def test_no_hedge_is_a_booster_at_the_same_place(read: Reader) -> None:
    """One word does not weaken and strengthen at once."""
    found = read("It may close. Perhaps it will certainly close. It is undoubtedly possible that nobody knows.")
    assert not set(found.of("hedge")) & set(found.of("booster"))
    assert found.of("hedge")
    assert found.of("booster")
