from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reader = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "words", "voice"),
    [
        ("The regime closed the harbour.", "The regime", "own"),
        ("“The regime closed the harbour,” the mayor said.", "The regime", "quoted"),
        ("The mayor said that the regime closed the harbour.", "the regime", "reported"),
        ("The mayor called the plan “a disgrace to the town”.", "disgrace", "quoted"),
        ("According to the mayor, the regime closed the harbour.", "the regime", "reported"),
    ],
)
def test_a_loaded_term_stands_in_the_voice_of_whoever_says_it(read: Reader, text: str, words: str, voice: str) -> None:
    """The same word is the outlet's, the quoted speaker's or reported of a speaker."""
    found = read(text)
    assert found.of("loaded") == [(words, voice)]
    assert found.counts("loaded") == tuple(int(voice == one) for one in ("own", "quoted", "reported"))


def test_a_term_in_a_quotation_carries_its_speaker_and_side(read: Reader) -> None:
    """Source and side of a finding are those of the attribution that it stands in; the outlet's own has neither."""
    text = "“The regime must go,” Zelensky said. The regime did not go. Volodymyr Zelensky left."
    rows = read(text, sides=["actors-russia-ukraine"]).findings
    assert [(row["voice"], row["source"], row["side"]) for row in rows if row["layer"] == "loaded"] == [
        ("quoted", "Volodymyr Zelensky", "ukraine"),
        ("own", "", ""),
    ]


def test_scare_quotes_leave_a_loaded_term_to_the_outlet(read: Reader) -> None:
    """A word between marks that is nobody's content is the outlet's own."""
    found = read("The “regime” closed the harbour on Monday.")
    assert {voice for _, voice in found.of("loaded") + found.of("scare-quote")} == {"own"}


def test_a_finding_names_lexicon_entry_and_category(read: Reader) -> None:
    """Behind every mark stands the entry that made it."""
    (row,) = [row for row in read("Troops butchered the guards.").findings if row["layer"] == "loaded"]
    assert (row["lexicon"], row["entry"], row["category"]) == ("loaded-conflict", "butchered", "dysphemism")
    assert row["text"] == "butchered"


def test_plain_wording_is_not_loaded(read: Reader) -> None:
    """A neutral report has no loaded term."""
    assert read("The ferry left the harbour at noon with forty passengers.").of("loaded") == []


def test_furniture_is_in_no_count(read: Reader) -> None:
    """What belongs to the page is marked as furniture; its words and marks are not the article's."""
    plain = read("The regime closed the harbour.")
    framed = read("Enlarge this image\n\nThe regime closed the harbour.\n\nAdvertisement")
    assert [text for text, _ in framed.of("furniture")] == ["Enlarge this image", "Advertisement"]
    assert framed.article["furniture"] == 4
    columns = ("words", "words_own", "sentences", "loaded_own", "flesch_reading_ease")
    assert [framed.article[name] for name in columns] == [plain.article[name] for name in columns]
