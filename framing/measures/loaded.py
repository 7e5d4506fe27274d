"""Loaded terms: words that judge beside naming."""

from __future__ import annotations

from collections.abc import Sequence

from framing import lexicon
from framing.measures._base import Marks, Measure, Reading, marks_of_layer

# where a topic's own list has a form, it knows the sense better than these
_WIDE = ("loaded-conflict", "loaded-politics", "loaded-general")


def _in_order() -> tuple[str, ...]:
    """Return the shipped lists of loaded terms, topics first."""
    topics = [name for name in lexicon.names() if name.startswith("loaded-") and name not in _WIDE]
    return (*topics, *_WIDE)


class Loaded(Measure):
    """Marks the entries of every lexicon of the layer ``loaded``."""

    name = "loaded"
    layers = ("loaded",)
    lexicons = _in_order()

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the loaded terms of a batch."""
        return (marks_of_layer(reading, "loaded"),)
