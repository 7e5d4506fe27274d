"""Loaded terms: words that judge beside naming."""

from __future__ import annotations

from collections.abc import Sequence

from framing import lexicon
from framing.measures._base import Marks, Measure, Reading, marks_of_layer


class Loaded(Measure):
    """Marks the entries of every lexicon of the layer ``loaded``."""

    name = "loaded"
    layers = ("loaded",)
    lexicons = tuple(name for name in lexicon.names() if name.startswith("loaded-"))

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the loaded terms of a batch."""
        return (marks_of_layer(reading, "loaded"),)
