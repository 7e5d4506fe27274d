"""N-grams of characters of many words at once: each is a number, worked out for all places of all words in columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.classify.sentences._words import LONGEST, SHORTEST

Ints = NDArray[np.int64]
_BASE = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: odd, so that no character is lost


class NGrams:
    """Finds which n-grams words have.

    Parameters
    ----------
    grams : sequence of str
        Of `SHORTEST` to `LONGEST` characters, all different.
    """

    def __init__(self, grams: Sequence[str]) -> None:
        self._size = len(grams)
        points, owner = _points(grams)
        first = np.searchsorted(owner, np.arange(len(grams)))
        length = np.bincount(owner, minlength=len(grams)) if len(grams) else np.zeros(0, dtype=np.int64)
        keys = np.zeros(len(grams), dtype=np.uint64)
        for size, (key, _) in _rolling(points, owner).items():
            whole = length == size
            keys[whole] = key[first[whole]]
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def __len__(self) -> int:
        return self._size

    def find(self, words: Sequence[str]) -> tuple[Ints, Ints]:
        """Find n-grams.

        Returns
        -------
        word, gram : ndarray of int64, shape (found,)
            Each of a word's n-grams once, in the order of the words.
        """
        if not self._size or not len(words):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        points, owner = _points([f"_{word}_" for word in words])
        pairs = []
        for key, inside in _rolling(points, owner).values():
            key, word = key[inside], owner[: len(inside)][inside]
            place = np.minimum(np.searchsorted(self._keys, key), self._size - 1)
            known = self._keys[place] == key
            pairs.append(word[known] * self._size + self._order[place[known]])
        once = np.unique(np.concatenate(pairs))
        return once // self._size, once % self._size


def _points(words: Sequence[str]) -> tuple[NDArray[np.uint64], Ints]:
    """Return the characters of words, one behind the other, and the number of the word of each."""
    text = "".join(words)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    return points, np.repeat(np.arange(len(words)), [len(word) for word in words]).astype(np.int64)


def _rolling(points: NDArray[np.uint64], owner: Ints) -> dict[int, tuple[NDArray[np.uint64], NDArray[np.bool_]]]:
    """Return for each size the number of the n-gram at each place, and whether it stays within its word."""
    found = {}
    key = points.copy()
    for size in range(2, LONGEST + 1):
        n = max(len(points) - size + 1, 0)
        # wraps around at 64 bits on purpose
        key = key[:n] * _BASE + points[size - 1 :]
        if size >= SHORTEST:
            found[size] = key, owner[:n] == owner[size - 1 :]
    return found
