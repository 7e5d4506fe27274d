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
