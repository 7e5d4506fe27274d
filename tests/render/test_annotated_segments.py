"""A text is cut wherever a mark begins or ends: nested, overlapping and strange spans included."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.render._segments import Segment, paragraphs, pieces, segments

TEXT = "The minister said that Kyiv had claimed “it may fall”, to aides.\nThen “nothing” happened."


def _row(source: str = "", cue: str = "", content: str = "", text: str = TEXT) -> dict[str, Any]:
    """Return a row of the table whose parts are these words; several pieces are joined by a bar."""
    return {
        part: ";".join(f"{text.index(w)}-{text.index(w) + len(w)}" for w in words.split("|") if w)
        for part, words in (("source", source), ("cue", cue), ("content", content))
    }


def _at(found: list[Segment], words: str) -> Segment:
    return next(segment for segment in found if words in segment.text)


NESTED = [
    _row("The minister", "said", "that Kyiv had claimed “it may fall”"),
    _row("Kyiv", "claimed", "“it may fall”"),
]


def test_an_attribution_inside_a_content_is_part_of_both() -> None:
    """The outer one comes first."""
    found = segments(TEXT, [], NESTED)
    assert _at(found, "Kyiv").parts == ((0, "content"), (1, "source"))
    assert _at(found, "may fall").parts == ((0, "content"), (1, "content"))
    assert _at(found, "minister").parts == ((0, "source"),)
    assert _at(found, "to aides").parts == ()


def test_numbers_stand_where_a_piece_ends_from_the_inside_out() -> None:
    """As brackets close."""
    found = segments(TEXT, [], NESTED)
    assert _at(found, "may fall").ends == ((1, "content"), (0, "content"))
    assert [segment.ends for segment in found].count(((0, "source"),)) == 1


def test_each_piece_of_a_content_has_its_beginning_and_its_end() -> None:
    """A content in two pieces carries its number twice."""
    found = segments(TEXT, [], [_row("", "said", "The minister|that Kyiv")])
    assert sum((0, "content") in segment.heads for segment in found) == 2
    assert sum((0, "content") in segment.ends for segment in found) == 2


def test_voices_are_told_apart_as_they_are_counted() -> None:
    """A quotation is quoted, the rest of a content reported, scare quotes the outlet's own."""
    found = segments(TEXT, [], NESTED)
    assert _at(found, "may fall").voice == "quoted"
    assert _at(found, " had ").voice == "reported"
    assert _at(found, "said").voice == "own"
    assert _at(found, "happened").voice == "own"
    assert _at(found, "“nothing”").voice == "own"


def test_a_number_never_stands_alone_behind_white_space() -> None:
    """A span that takes in the line break behind it ends with its last word."""
    end = TEXT.index("\n") + 1
    found = segments(TEXT, [], [{"source": "", "cue": "", "content": f"0-{end}"}])
    ending = next(segment for segment in found if segment.ends)
    assert ending.text.endswith("aides.")
    first, second = paragraphs(found)
    assert first[-1].ends == ((0, "content"),)
    assert not any(segment.ends for segment in second)


def test_a_content_over_a_line_break_begins_and_ends_once() -> None:
    """It stands in both paragraphs, with a number at its end only."""
    first, second = paragraphs(segments(TEXT, [], [_row(content="to aides.\nThen")]))
    assert first[-1].heads == ((0, "content"),)
    assert first[-1].ends == ()
    assert second[0].ends == ((0, "content"),)
    assert second[0].heads == ()


@pytest.mark.parametrize(("cell", "spans"), [("", []), ("3-9", [(3, 9)]), ("3-9;12-20", [(3, 9), (12, 20)])])
def test_a_cell_holds_spans(cell: str, spans: list[tuple[int, int]]) -> None:
    """None, one or several."""
    assert pieces(cell) == spans


_CUT = st.integers(0, 40)
_SPANS = st.lists(st.tuples(_CUT, _CUT).map(sorted), max_size=3).map(lambda s: ";".join(f"{a}-{b}" for a, b in s))
_ATTRIBUTION = st.fixed_dictionaries({"source": _SPANS, "cue": _SPANS, "content": _SPANS})
_FINDING = st.tuples(_CUT, _CUT).map(lambda s: {"start": min(s), "end": max(s)})


@given(st.text("ab.“”\"' \n\r", max_size=30), st.lists(_FINDING, max_size=4), st.lists(_ATTRIBUTION, max_size=4))
def test_no_span_loses_a_character(
    text: str, findings: list[dict[str, Any]], attributions: list[dict[str, Any]]
) -> None:
    """Empty, overlapping, and beyond the end: the segments joined are the text."""
    found = segments(text, findings, attributions)
    assert "".join(segment.text for segment in found) == text
    shown = ["".join(segment.text for segment in paragraph) for paragraph in paragraphs(found)]
    assert shown == [line for line in text.split("\n") if line.strip()]
