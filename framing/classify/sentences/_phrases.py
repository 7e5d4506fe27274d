"""Phrases of two and three words that have a weight, found in columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.classify.sentences._words import normal

if TYPE_CHECKING:
    from framing.classify.sentences._units import Units

Ints = NDArray[np.int64]
_BITS, _FACTOR = 20, np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio
EDGE = "\t"  # stands in front of a unit; no spelling holds one


class Phrases:
    """Looks phrases up: the first two words are one number, it and the third another.

    Parameters
    ----------
    phrases : sequence of str
        Two or three normal spellings, between spaces; `EDGE` in front of one that opens a unit.
    weights : ndarray of float32, shape (phrases,)
    """

    def __init__(self, phrases: Sequence[str], weights: NDArray[np.float32]) -> None:
        split = [phrase.split(" ") for phrase in phrases]
        self._number = {word: number for number, word in enumerate(sorted({word for one in split for word in one}), 1)}
        self._base = len(self._number) + 1
        pairs = sorted({self._pair(one[0], one[1]) for one in split})
        self._pairs = np.array(pairs, dtype=np.int64)
        self._maybe = np.zeros(1 << _BITS, dtype=np.bool_)
        self._maybe[_place(self._pairs)] = True
        self._weights = weights
        self._of_pair = np.full(len(pairs) + 1, len(weights), dtype=np.int64)
        triples = []
        for place, one in enumerate(split):
            pair = int(np.searchsorted(self._pairs, self._pair(one[0], one[1])))
            if len(one) == 2:
                self._of_pair[pair] = place
            else:
                triples.append((pair * self._base + self._number[one[2]], place))
        triples.sort()
        self._triples = np.array([key for key, _ in triples], dtype=np.int64)
        self._of_triple = np.array([place for _, place in triples] + [len(weights)], dtype=np.int64)

    def _pair(self, one: str, other: str) -> int:
        return self._number[one] * self._base + self._number[other]

    def _numbers(self, folded: Sequence[str]) -> Ints:
        get = self._number.get
        return np.array([get(word) or get(normal(word), 0) for word in folded], dtype=np.int64)

    def find(self, units: Units) -> tuple[Ints, Ints, Ints]:
        """Find phrases.

        Returns
        -------
        token, length, phrase : ndarray of int64, shape (found,)
            The first token, how many there are (the edge is none), and the number of the phrase.
        """
        number = units.batch.vocabulary.column(("phrases", id(self)), self._numbers)[units.batch.type]
        edge = self._number.get(EDGE, 0)
        first, near = units.first, units.near
        # in front of each unit stands an edge: its phrases begin one token early
        starts = np.concatenate([np.flatnonzero(near[1]), np.flatnonzero(near[2]), first, first[near[1][first]]])
        lengths = np.repeat([2, 3, 1, 2], [near[1].sum(), near[2].sum(), len(first), near[1][first].sum()])
        pairs, triples = np.flatnonzero(near[1]), np.flatnonzero(near[2])
        opening = first[near[1][first]]
        begins = self._find_pairs(np.full(len(first), edge), number[first])
        edged = begins[near[1][first]]
        of_pair = self._find_pairs(number[pairs], number[pairs + 1])
        whole = np.zeros(len(number), dtype=np.int64)
        whole[pairs] = of_pair
        found = np.concatenate(
            [
                self._of_pair[of_pair],
                self._find_triples(whole[triples], number[triples + 2]),
                self._of_pair[begins],
                self._find_triples(edged, number[opening + 1]),
            ]
        )
        there = found < len(self._weights)
        return starts[there], lengths[there], found[there]

    def _find_pairs(self, one: Ints, other: Ints) -> Ints:
        """Return the number of each pair of words, that behind the last where there is none."""
        keys = np.where((one > 0) & (other > 0), one * self._base + other, -1)
        found = np.full(len(keys), len(self._pairs), dtype=np.int64)
        # most pairs of words are none of these, and a look at one bit tells
        likely = np.flatnonzero(self._maybe[_place(keys)])
        found[likely] = _look_up(self._pairs, keys[likely])
        return found

    def _find_triples(self, pair: Ints, third: Ints) -> Ints:
        found = np.full(len(pair), len(self._weights), dtype=np.int64)
        likely = np.flatnonzero((pair < len(self._pairs)) & (third > 0))
        keys = pair[likely] * self._base + third[likely]
        found[likely] = self._of_triple[_look_up(self._triples, keys)]
        return found

    def shares(self, units: Units) -> NDArray[np.float32]:
        """Return the weight of each token's phrases, a phrase's shared out evenly, shape (tokens,)."""
        n = len(units.batch)
        if not len(self._weights):
            return np.zeros(n, dtype=np.float32)
        token, length, phrase = self.find(units)
        share = self._weights[phrase] / length
        total = np.bincount(token, share, n)
        for further in (1, 2):
            longer = length > further
            total += np.bincount(token[longer] + further, share[longer], n)
        return total.astype(np.float32)


def _place(keys: Ints) -> Ints:
    """Return the place of keys in the table of bits (Knuth's multiplicative hash)."""
    return np.asarray((keys.astype(np.uint64) * _FACTOR) >> np.uint64(64 - _BITS), dtype=np.int64)


def _look_up(known: Ints, keys: Ints) -> Ints:
    """Return where each key stands among known ones in order, their number where it does not."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.int64)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[place] == keys, place, len(known))


def frequent_phrases(units: Units, least: int) -> list[str]:
    """Return, sorted, the phrases of two and three words that stand in enough units."""
    words = [normal(word) for word in units.batch.folded]
    seen: Counter[str] = Counter()
    for first, last in zip(units.first.tolist(), [*units.first[1:].tolist(), len(words)], strict=True):
        run = [EDGE, *words[first:last]]
        pairs = {" ".join(run[place : place + 2]) for place in range(len(run) - 1)}
        triples = {" ".join(run[place : place + 3]) for place in range(len(run) - 2)}
        seen.update(pairs | triples)
    return sorted(phrase for phrase, count in seen.items() if count >= least)
