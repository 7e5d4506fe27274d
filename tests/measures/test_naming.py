from __future__ import annotations

from collections.abc import Callable
from typing import Any

from framing.lexicon import load

Reader = Callable[..., Any]


def _named(found: Any) -> list[tuple[str, str, str]]:
    entries = load("naming").entries
    rows = [(row, entries[row["entry"]].referent) for row in found.findings if row["layer"] == "naming"]
    return [(row["text"], referent, row["voice"]) for row, referent in rows if row["text"].lower() != "troops"]


def test_two_names_of_one_thing_have_one_referent(read: Reader) -> None:
    """Alternatives for the same thing belong to the same set, so that shares have a denominator."""
    first, second = _named(read("Troops led the invasion. Troops led the special military operation."))
    assert first[1] == second[1]
    assert first[0] != second[0]


def test_the_referent_is_found_by_lexicon_and_entry(read: Reader) -> None:
    """The table of findings holds the entry; its set is in the lexicon."""
    rows = [row for row in read("Peaceful protesters filled the square.").findings if row["layer"] == "naming"]
    assert [row["lexicon"] for row in rows] == ["naming"]
    assert rows[0]["entry"] in load("naming").entries


def test_a_name_in_a_quotation_is_the_speakers(read: Reader) -> None:
    """Whoever says it chose the name."""
    text = "“The invasion failed,” Smith said. Smith said the invasion of troops would go on. The invasion went on."
    assert [voice for *_, voice in _named(read(text))] == ["quoted", "reported", "own"]
    assert sum(read(text).counts("naming")) == 4  # the troops too
