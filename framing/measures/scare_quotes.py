"""Scare quotes: marks by which the outlet keeps away from a word of its own."""

from __future__ import annotations

from collections.abc import Sequence

from framing.measures._base import Marks, Measure, Reading


class ScareQuotes(Measure):
    """Marks few words between quotation marks that are nobody's content."""

    name = "scare_quotes"
    layers = ("scare-quote",)

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the scare quotes of a batch, their marks included."""
        places = reading.voices.scare
        n = len(places)
        return (Marks("scare-quote", places[:, 0], places[:, 1], ["rule"] * n, ["scare-quote"] * n, ["distance"] * n),)
