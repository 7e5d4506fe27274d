"""Naming choices: which of several names for one referent."""

from __future__ import annotations

from collections.abc import Sequence

from framing.measures._base import Marks, Measure, Reading, marks_of_layer


class Naming(Measure):
    """Marks the alternatives of every naming set; comparison turns them into shares."""

    name = "naming"
    layers = ("naming",)
    lexicons = ("naming",)

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the naming choices of a batch."""
        return (marks_of_layer(reading, "naming"),)
