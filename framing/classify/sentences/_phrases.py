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
        first, near = units.first, units.near
        inside, of_pair = self._pairs_at(number, near[1])
        opening, of_begin = self._begins(number, first)
        parts = [(inside, 2, self._of_pair[of_pair]), (opening, 1, self._of_pair[of_begin])]
        # a third word behind two inside a unit, and behind the edge and the first
        for length, apart, token, pair in ((3, 2, inside, of_pair), (2, 1, opening, of_begin)):
            goes_on = near[apart][token]
            token, pair = token[goes_on], pair[goes_on]
            parts.append((token, length, self._find_triples(pair, number[token + apart])))
        starts = np.concatenate([token for token, _, _ in parts])
        lengths = np.repeat([length for _, length, _ in parts], [len(token) for token, _, _ in parts])
        found = np.concatenate([phrase for _, _, phrase in parts])
        there = found < len(self._weights)
        return starts[there], lengths[there], found[there]

    def _pairs_at(self, number: Ints, near: NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """Return the tokens that open a known pair, and its number."""
        if len(number) < 2:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        # a word without a number makes a key that no pair has
        keys = number[:-1] * self._base + number[1:]
        # most pairs of words are none of these, and a look at one bit tells
        likely = np.flatnonzero(self._maybe[_place(keys)] & near[:-1])
        place = _look_up(self._pairs, keys[likely])
        known = place < len(self._pairs)
        return likely[known], place[known]

    def _begins(self, number: Ints, first: Ints) -> tuple[Ints, Ints]:
        """Return the tokens that open a unit and make a known pair with its edge, and the number of the pair."""
        edge = self._number.get(EDGE, 0)
        place = (
            _look_up(self._pairs, edge * self._base + number[first]) if edge else np.full(len(first), len(self._pairs))
        )
        known = place < len(self._pairs)
        return first[known], place[known]

    def _find_triples(self, pair: Ints, third: Ints) -> Ints:
        found = np.full(len(pair), len(self._weights), dtype=np.int64)
        likely = np.flatnonzero(third > 0)
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
