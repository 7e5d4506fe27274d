from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reader = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The “peaceful” march went on until noon.", "“peaceful”"),
        ('The "peaceful" march went on until noon.', '"peaceful"'),
        ("The ‘peaceful’ march went on until noon.", "‘peaceful’"),
        ("A night of “law and order” ended on Monday.", "“law and order”"),
    ],
)
def test_few_words_in_marks_without_a_speaker_are_scare_quotes(read: Reader, text: str, marked: str) -> None:
    """The outlet keeps away from a word of its own: the word stays in its own voice."""
    found = read(text)
    assert found.of("scare-quote") == [(marked, "own")]
    assert found.article["words_quoted"] == 0
    assert found.article["words_own"] == found.article["words"]


@pytest.mark.parametrize(
    "text",
    [
        "“Never,” Smith said.",  # somebody's content
        "Smith called the plan “a disgrace”.",
        "She read “War and Peace” on the ferry.",  # the title of a work
        "“Never again.”",  # a whole sentence
        "He wrote “we will never give up our harbour to them” on the wall.",  # too long
        "The ferry’s captain and the sailors’ wives waited.",  # apostrophes
    ],
)
def test_quotations_titles_and_apostrophes_are_none(read: Reader, text: str) -> None:
    """Marks that give words to somebody, or name a work, distance nobody from anything."""
    assert read(text).of("scare-quote") == []
