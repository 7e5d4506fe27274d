from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reader = Callable[..., Any]


def _rows(found: Any, layer: str) -> list[tuple[str, str]]:
    return [(row["text"], row["source"]) for row in found.findings if row["layer"] == layer]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A senior official said on condition of anonymity that the bridge was unsafe.", "A senior official"),
        ("The bridge is unsafe, according to people familiar with the matter.", "people familiar with the matter"),
        ("“The bridge is unsafe,” a source close to the mayor said.", "a source close to the mayor"),
    ],
)
def test_a_source_without_a_name_is_anonymous(read: Reader, text: str, source: str) -> None:
    """Officials and sources that the reader cannot find are marked where they are named."""
    found = read(text)
    assert [text for text, _ in found.of("anonymous")] == [source]
    assert [row["anonymous"] for row in found.attributions] == [True]


def test_a_source_that_speaks_twice_is_marked_once(read: Reader) -> None:
    """Two cues share the source in front of them; its words stand in the text once."""
    found = read("A senior official said the bridge was unsafe and added that the road was closed.")
    assert [row["anonymous"] for row in found.attributions] == [True, True]
    assert [text for text, _ in found.of("anonymous")] == ["A senior official"]


@pytest.mark.parametrize(
    "text",
    [
        "Mary Smith said the bridge was unsafe.",
        "The ministry said the bridge was unsafe.",
        "“The bridge is unsafe,” the mayor said.",
    ],
)
def test_a_name_an_institution_or_an_office_is_not_anonymous(read: Reader, text: str) -> None:
    """The reader can find them."""
    found = read(text)
    assert found.of("anonymous") == []
    assert [row["anonymous"] for row in found.attributions] == [False]


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The company declined to comment.", "declined to comment", "company"),
        ("Officials have yet to comment on the fire.", "have yet to comment", "Officials"),
        ("Smith did not respond to a request for comment.", "did not respond", "Smith"),
    ],
)
def test_a_refusal_is_marked_with_who_refused(read: Reader, text: str, words: str, source: str) -> None:
    """Said nothing: marked as declined, and no attribution, since it has no content."""
    found = read(text)
    ((marked, who),) = _rows(found, "declined")
    assert marked.startswith(words)
    assert who == source
    assert found.attributions == []


def test_a_refusal_has_the_side_of_who_refused(read: Reader) -> None:
    """The side is that of the source, though the words are the outlet's own."""
    found = read("The Kremlin has yet to comment.", sides=["actors-russia-ukraine"])
    (row,) = [row for row in found.findings if row["layer"] == "declined"]
    assert (row["voice"], row["side"]) == ("own", "russia")
    assert found.counts("declined") == (1, 0, 0)


@pytest.mark.parametrize("who", ["the Kremlin", "Moscow", "the Russian foreign ministry"])
def test_a_refusal_belongs_to_the_side_named_behind_it(read: Reader, who: str) -> None:
    """No comment from somebody: the name follows."""
    found = read(f"There was no immediate comment from {who}.", sides=["actors-russia-ukraine"])
    (row,) = [row for row in found.findings if row["layer"] == "declined"]
    assert row["side"] == "russia"
    assert row["source"] != "There"


def _sides(found: Any, layer: str) -> list[tuple[str, str]]:
    return [(row["text"], row["side"]) for row in found.findings if row["layer"] == layer]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ukraine's claim could not be independently verified.", "could not be independently verified"),
        ("The paper could not immediately verify Ukraine's account.", "could not immediately verify"),
        ("Kyiv said the bridge was hit. The claim could not be verified.", "could not be verified"),
        ("Kyiv said the bridge was hit, which has not been independently confirmed.",
         "has not been independently confirmed"),
    ],
)  # fmt: skip
def test_an_unverified_claim_belongs_to_the_side_that_made_it(read: Reader, text: str, words: str) -> None:
    """Named beside the phrase, or the last to speak."""
    assert _sides(read(text, sides=["actors-russia-ukraine"]), "unverified") == [(words, "ukraine")]


def test_a_claim_long_before_is_not_the_one_that_was_not_verified(read: Reader) -> None:
    """Two sentences back at most."""
    text = "Kyiv said the bridge was hit. It rained. The sun set. The night was cold. This could not be verified."
    assert _sides(read(text, sides=["actors-russia-ukraine"]), "unverified") == [("could not be verified", "")]


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Kyiv accused Russia of shelling the town.", [("Russia", "russia")]),
        ("Russia was accused of shelling the town by Kyiv.", [("Russia", "russia")]),
        ("Kyiv blamed Russia for the strike on Ukraine.", [("Russia", "russia")]),
        ("Kyiv condemned the Russian attack on Ukraine.", [("Russian", "russia")]),
        ("Kyiv accused the mayor of lying.", []),
        ("Kyiv said Russia had shelled the town.", []),
    ],
)
def test_a_side_that_a_cue_speaks_against_is_accused(read: Reader, text: str, accused: list[tuple[str, str]]) -> None:
    """The object of the cue is, the victim is not, and a neutral cue accuses nobody."""
    assert _sides(read(text, sides=["actors-russia-ukraine"]), "accused") == accused


def test_nobody_is_accused_without_sides(read: Reader) -> None:
    """Who is a party to the story is given by an actors lexicon."""
    assert read("Kyiv accused Russia of shelling the town.").of("accused") == []
