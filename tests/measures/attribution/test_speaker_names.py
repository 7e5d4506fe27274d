"""Who a source is: one display name, side, role and whether the reader could find them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reader = Callable[..., Any]
RU = ["actors-russia-ukraine"]


def _speakers(found: Any) -> list[str]:
    return [row["speaker"] for row in found.attributions]


def test_title_and_name_then_surname_then_pronoun_are_one_speaker(read: Reader) -> None:
    """A source is named in full once, and every later mention leads back to that name."""
    text = (
        "Senator Mary Smith said the bridge would close. Smith added that it was unsafe. She said nobody would mend it."
    )
    assert _speakers(read(text)) == ["Mary Smith"] * 3


def test_the_full_name_may_come_later(read: Reader) -> None:
    """One speaker, one display name: the longest in the text."""
    text = "The bridge is unsafe, Smith said. It was Mary Smith who built it. Smith said it would fall."
    assert _speakers(read(text)) == ["Mary Smith", "Mary Smith"]


def test_a_pronoun_goes_to_the_last_speaker_whom_it_fits(read: Reader) -> None:
    """Mr. and Ms. tell the gender; she is not he."""
    text = (
        "Ms. Smith said the bridge was unsafe. Mr. Jones said it was safe. She said Jones was wrong. He said she lied."
    )
    assert _speakers(read(text)) == ["Smith", "Jones", "Smith", "Jones"]


def test_speakers_of_one_article_are_not_those_of_the_next(read: Reader) -> None:
    """A pronoun in another article has nobody to go back to."""
    read("Mary Smith said the bridge was unsafe.")
    assert _speakers(read("She said the bridge was unsafe.")) == ["She"]


def test_a_speaker_without_fitting_antecedent_keeps_the_pronoun(read: Reader) -> None:
    """Nothing is guessed."""
    assert _speakers(read("He said the bridge was unsafe.")) == ["He"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Kremlin said the front held.", "russia"),
        ("Moscow said the front held.", "russia"),
        ("Kyiv said the front held.", "ukraine"),
        ("President Volodymyr Zelensky said the front held.", "ukraine"),
        ("A Ukrainian official said the front held.", "ukraine"),
        ("The front held, according to the Russian defence ministry.", "russia"),
        ("A fisherman said the front held.", ""),
    ],
)
def test_sides_come_from_the_actors_lexicon(read: Reader, text: str, side: str) -> None:
    """Governments, capitals, leaders and demonyms stand for a side; anybody else for none."""
    assert [row["side"] for row in read(text, sides=RU).attributions] == [side]
    assert [row["side"] for row in read(text).attributions] == [""]


def test_a_later_surname_and_pronoun_keep_the_side(read: Reader) -> None:
    """The side belongs to the speaker, not to the mention."""
    text = "President Volodymyr Zelensky said the army would win. Zelensky claimed the front held. He said so too."
    rows = read(text, sides=RU).attributions
    assert {(row["speaker"], row["side"]) for row in rows} == {("Volodymyr Zelensky", "ukraine")}
    assert len(rows) == 3


def test_a_title_gives_a_role(read: Reader) -> None:
    """A professor is an expert."""
    (row,) = read("“The bridge is unsafe,” said Mary Smith, a professor of bridges.").attributions
    assert (row["speaker"], row["role"]) == ("Mary Smith", "expert")


def test_a_pronoun_is_not_marked_as_anonymous_again(read: Reader) -> None:
    """An unnamed official is one anonymous source however often they go on."""
    found = read(
        "A senior official said the bridge was unsafe. “It will fall,” the official said. He said it had cracks."
    )
    assert all(text != "He" for text, _ in found.of("anonymous"))
    assert len(found.of("anonymous")) == 2


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Putin and Zelensky said they agreed.", ""),
        ("Critics of Putin said he lied.", ""),
        ("The wife of Putin said that it was over.", ""),
        ("A spokesman for Zelensky said that it was over.", "ukraine"),
    ],
)
def test_whoever_is_named_inside_a_source_is_not_its_speaker(read: Reader, text: str, side: str) -> None:
    """Two who speak together, critics and spokesmen are not the person that their description names."""
    (row,) = read(text, sides=RU).attributions
    assert row["side"] == side
    assert row["speaker"] not in {"Vladimir Putin", "Volodymyr Zelensky"}


def test_speaking_together_gives_nobody_the_others_side(read: Reader) -> None:
    """What was said together says nothing about whose side each is on."""
    rows = read("Putin and Zelensky said they agreed. Zelensky said it was over.", sides=RU).attributions
    assert [row["side"] for row in rows] == ["", "ukraine"]


def test_an_aside_can_tell_that_a_source_is_anonymous(read: Reader) -> None:
    """Speaking anonymously stands between source and cue."""
    (row,) = read("One diplomat, speaking anonymously, said that it was over.").attributions
    assert row["anonymous"] is True
