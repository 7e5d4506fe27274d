"""Hedges and boosters, by kind (Hyland 2005)."""

from __future__ import annotations

from collections.abc import Sequence

from framing.measures._base import Marks, Measure, Reading, marks_of_layer


class Hedging(Measure):
    """Marks what weakens and what strengthens commitment to a statement."""

    name = "hedging"
    layers = ("hedge", "booster")
    lexicons = ("hedges", "boosters")

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the hedges and boosters of a batch."""
        return marks_of_layer(reading, "hedge"), marks_of_layer(reading, "booster")
