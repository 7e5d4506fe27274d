"""Sources without a name, and sources that said nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from framing.measures._base import Marks, Measure, Reading
from framing.measures.attribution import Attribution


class Sourcing(Measure):
    """Marks anonymous sources and refusals to comment, with the side that is meant."""

    name = "sourcing"
    layers = ("anonymous", "declined")

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the anonymous sources and the refusals of a batch."""
        unnamed = [one for one in reading.attributions if one.anonymous and one.source and not one.by_pronoun]
        return (
            _marks(reading, "anonymous", unnamed, "source"),
            _marks(reading, "declined", reading.refusals, "cue"),
        )


def _marks(reading: Reading, layer: str, found: Iterable[Attribution], part: str) -> Marks:
    batch, rows = reading.batch, []
    for one in found:
        start, end = getattr(one, part)[0][0], getattr(one, part)[-1][1]
        rows.append((batch.token_at(start), batch.token_at(end - 1) + 1, one))
    places = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
    return Marks(
        layer,
        places[:, 0],
        places[:, 1],
        [one.lexicon or "rule" for *_, one in rows],
        [one.entry or layer for *_, one in rows],
        ["unnamed" if layer == "anonymous" else "declining"] * len(rows),
        source=[one.speaker for *_, one in rows],
        side=[one.side for *_, one in rows],
    )
