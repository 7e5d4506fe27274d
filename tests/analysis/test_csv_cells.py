"""Rows become the CSV that the standard library writes."""

from __future__ import annotations

import csv
import io

import pytest

from framing.analysis._tables import encode

ROWS = (
    [["a", 1, "plain", ""], ["b", 22, "with, comma", "x"]],
    [["a", 1, 'say "so"', ""], ["b", -2, "two\nlines", "é"]],
    [["a", 1, "", None], ["b", 2, "", None]],
    [["a", None, "x", "y"], ["b", 3, "x", 4]],
    [],
)


@pytest.mark.parametrize("rows", ROWS)
def test_cells_are_quoted_as_by_the_standard_library(rows: list[list[object]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    assert encode(("id", "n", "text", "more"), rows, "csv").decode() == buffer.getvalue()


def test_numbers_and_truth_values_have_one_form() -> None:
    rows = [[0.1 + 0.2, True, float("nan")], [2.0, False, None]]
    assert encode(("a", "b", "c"), rows, "csv") == b"0.3,true,\n2,false,\n"
