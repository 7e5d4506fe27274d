"""How far names and heads reach, told by columns of bytes: to search for the next byte is quicker than to loop."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from framing.measures import _grammar as g
from framing.measures.attribution import _names as n
from framing.measures.attribution._clauses import Clauses
from framing.text import Batch, Vocabulary

_MOST_WORDS = 5
CLOSED = (
    g.DETERMINER | g.PRONOUN | g.AUXILIARY | g.PREPOSITION | g.SUBORDINATOR | g.COORDINATOR | g.DAY | g.RELATIVE
    | g.THAT | g.TO
)  # fmt: skip
# what a spelling is to names and heads
_CAPITAL, _JOINS, _BETWEEN, _ENDS, _STOP, _HEAD_STOP, _BREAK = (1 << bit for bit in range(7))
_NO, _YES = b"\0", b"\1"


class Extents:
    """Where names and heads of a batch end.

    Attributes
    ----------
    capital : ndarray of bool, shape (tokens,)
        The token is a word with a capital.
    """

    def __init__(self, clauses: Clauses) -> None:
        batch = clauses.batch
        self._clauses, self._flags, self._folded = clauses, clauses.flags, batch.folded
        kinds = _kinds(batch.vocabulary)[batch.type]
        self.capital: NDArray[np.bool_] = kinds & _CAPITAL > 0
        # the period of an abbreviation is a part of its name
        marks = np.flatnonzero(kinds & _STOP > 0)
        inner = [clauses.flags[mark] & g.CAPITAL > 0 for mark in marks.tolist()]
        kinds[marks[inner]] = _CAPITAL | _JOINS
        self._joined = _joined(batch, kinds).tobytes()
        self._stops = (kinds & _HEAD_STOP > 0).tobytes()
        self._breaks = (kinds & _BREAK > 0).tobytes()

    def name_end(self, first: int) -> int:
        """Return the token behind the name that begins at a capitalised token."""
        flags = self._flags
        top = min(len(flags), first + _MOST_WORDS + 2)
        end = self._joined.find(_NO, first + 1, top)
        if end < 0:
            # no name ends in a particle
            end = top if top == first + 1 or flags[top - 1] & g.CAPITAL else top - 1
        line = self._clauses.batch.text.find("\n", self._clauses.end[first], self._clauses.start[end - 1])
        if line >= 0:
            end = self._clauses.token_at(line)
        while end > first + 1 and not flags[end - 1] & g.LETTER and self._folded[end - 2] not in n.SUFFIXES:
            end -= 1
        return end

    def head_end(self, first: int, last: int) -> int:
        """Return the token behind a source's head: what stands in front of its first comma or preposition."""
        end = self._stops.find(_YES, first + 1, last)
        return end if end >= 0 else last

    def pieces(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the heads of what stands between the commas and brackets of a source."""
        if last - first == 1:
            yield first, last
            return
        while first < last:
            end = self._breaks.find(_YES, first, last)
            end = end if end >= 0 else last
            if end > first:
                yield first, self.head_end(first, end)
            first = end + 1


def _kinds(vocabulary: Vocabulary) -> NDArray[np.uint8]:
    """Return what decides over extents for each spelling, as flags; shape (types,)."""
    flags = vocabulary.column("grammar", g.grammar, of_folded=False)
    parts = vocabulary.column("name parts", n.name_parts)
    capital = flags & g.CAPITAL > 0
    kinds = np.zeros(len(flags), dtype=np.uint8)
    for kind, holds in (
        (_CAPITAL, capital),
        (_JOINS, capital & ((flags & CLOSED == 0) | (parts & n.A_NAME > 0))),
        (_BETWEEN, ~capital & (parts & n.BETWEEN > 0)),
        (_ENDS, flags & g.POSSESSIVE > 0),
        (_STOP, flags & g.STOP > 0),
        (_HEAD_STOP, flags & (g.COMMA | g.BRACKET | g.PREPOSITION | g.RELATIVE | g.TO) > 0),
        (_BREAK, flags & (g.COMMA | g.BRACKET) > 0),
    ):
        kinds |= np.multiply(holds, kind, dtype=np.uint8)
    return kinds


def _joined(batch: Batch, kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell for each token whether a name that holds the token in front of it goes on with it; shape (tokens,)."""
    joined: NDArray[np.bool_] = kinds & _JOINS > 0
    joined[:-1] |= (kinds[:-1] & _BETWEEN > 0) & (kinds[1:] & _CAPITAL > 0)
    joined[1:] &= (batch.start[1:] - batch.end[:-1] <= 1) & (kinds[:-1] & _ENDS == 0)
    return joined
