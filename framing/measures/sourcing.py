"""Sources without a name, sources that said nothing, claims that nobody checked, and sides that are accused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from framing.measures._base import Marks, Measure, Reading, marks_of_layer
from framing.measures._parties import Parties, Party
from framing.measures.attribution import Attribution


class Sourcing(Measure):
    """Marks anonymous sources, refusals to comment, unverified claims and accused sides, each with the side meant.

    The source and side of a refusal are those who were asked; of an unverified claim those who made it; of the layer
    `accused` the source is who speaks against the side.
    """

    name = "sourcing"
    layers = ("anonymous", "declined", "unverified", "accused")
    lexicons = ("unverified",)

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the anonymous sources, refusals, unverified claims and accused sides of a batch."""
        # one source may speak with several cues, and is marked once
        named_at = {
            (one.source[0][0], one.source[-1][1]): one
            for one in reversed(reading.attributions)
            if one.anonymous and one.source and not one.by_pronoun
        }
        unnamed = [named_at[place] for place in sorted(named_at)]
        unchecked = marks_of_layer(reading, "unverified")
        places = list(zip(unchecked.first.tolist(), unchecked.last.tolist(), strict=True))
        parties = Parties(reading, places)
        claims = [parties.claimant(first, last) for first, last in places]
        unchecked = replace(unchecked, source=[one.name for one in claims], side=[one.side for one in claims])
        asked = [parties.asked(one) if not one.side else None for one in reading.refusals]
        return (
            _marks(reading, "anonymous", unnamed, "source"),
            _asked(_marks(reading, "declined", reading.refusals, "cue"), asked),
            unchecked,
            _accused(parties),
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


def _asked(marks: Marks, parties: Sequence[Party | None]) -> Marks:
    """Put in who was asked where the name stands behind the refusal."""
    known = zip(marks.source or (), marks.side or (), parties, strict=True)
    who = [(party.name, party.side) if party else (source, side) for source, side, party in known]
    return replace(marks, source=[source for source, _ in who], side=[side for _, side in who])


def _accused(parties: Parties) -> Marks:
    found = parties.accused()
    return Marks(
        "accused",
        np.array([one.party.first for one in found], dtype=np.int64),
        np.array([one.party.last for one in found], dtype=np.int64),
        ["rule"] * len(found),
        ["accused"] * len(found),
        ["accused"] * len(found),
        source=[one.speaker for one in found],
        side=[one.party.side for one in found],
    )
