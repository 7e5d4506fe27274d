"""Labels that are cut, and headings over columns."""

from __future__ import annotations

from framing.figures._panels import Panel, _heading_columns, _heading_size
from framing.figures._style import labels, width_of


def test_names_that_begin_and_end_alike_are_told_apart() -> None:
    names = [f"Council votes on plan {i} for the harbour after a long night of talks" for i in range(1, 15)]
    short = labels(names, 17, 1)
    assert len(set(short)) == len(names)
    assert all(width_of(text) < 19 for text in short)  # an ellipsis is wider than the column it is counted as
    assert short[11].startswith("…12 for")
    assert short[0].startswith("…1 for")


def test_a_cut_name_is_not_the_beginning_of_another() -> None:
    assert labels(["The Examiner", "The Examiner 2"], 13, 1) == ["The Examiner", "The Exa…iner 2"]
    assert labels(["The Examiner", "The Lowland Post and Gazette"], 13, 1)[1] == "The Lowland…"


def test_headings_of_columns_keep_their_words_and_a_gap() -> None:
    panels = [Panel(title) for title in ("invasion", "special operation", "counter-offensive", "incursion", "war")]
    size = _heading_size(panels, 0.98)
    assert 6.0 <= size < 7.0
    assert width_of("counter-offensive") <= _heading_columns(0.98, size)
    assert _heading_size(panels, 2.0) == 7.0
