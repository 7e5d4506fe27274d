"""Units of text that are scored, sentences as a rule: what every feature is counted in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from framing.text import Batch

OFFSETS = (-2, -1, 1, 2)  # of the neighbours that a word is judged by


@dataclass(frozen=True)
class Units:
    """Runs of tokens, one behind the other.

    Attributes
    ----------
    batch : Batch
    unit : ndarray of int, shape (tokens,)
        The unit of each token, in order.
    n : int
        How many there are; some may be empty.
    """

    batch: Batch
    unit: NDArray[np.int64]
    n: int

    @classmethod
    def sentences(cls, batch: Batch) -> Units:
        """Take each sentence as a unit."""
        return cls(batch, batch.sentence.astype(np.int64), len(batch.first))

    @classmethod
    def articles(cls, batch: Batch) -> Units:
        """Take each article as a unit: for annotated texts of one sentence, however they are split."""
        return cls(batch, batch.article.astype(np.int64), len(batch.articles))

    @cached_property
    def filled(self) -> NDArray[np.int64]:
        """The units that hold a token."""
        return self.unit[self.first]

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """The first token of each unit that holds one."""
        return np.flatnonzero(np.diff(self.unit, prepend=-1)).astype(np.int64)

    @cached_property
    def words(self) -> NDArray[np.float64]:
        """Words in each unit, at least 1, shape (n,)."""
        return np.maximum(self.sum(self.batch.is_word.astype(np.float32)), 1.0)

    @cached_property
    def near(self) -> dict[int, NDArray[np.bool_]]:
        """For each offset whether the token that far off stands in the same unit, shape (tokens,)."""
        found = {}
        for offset in OFFSETS:
            same = np.zeros(len(self.unit), dtype=np.bool_)
            apart = abs(offset)
            equal = self.unit[:-apart] == self.unit[apart:]
            if offset > 0:
                same[:-apart] = equal
            else:
                same[apart:] = equal
            found[offset] = same
        return found

    def sum(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Add up what each token has, shape (n,)."""
        return self._reduced(np.add, values, 0.0)

    def highest(self, values: NDArray[np.floating], empty: float) -> NDArray[np.float64]:
        """Return the highest value in each unit, shape (n,)."""
        return self._reduced(np.maximum, values, empty)

    def _reduced(self, how: np.ufunc, values: NDArray[np.floating], empty: float) -> NDArray[np.float64]:
        found = np.full(self.n, empty, dtype=np.float64)
        if len(self.first):
            found[self.filled] = how.reduceat(values.astype(np.float64), self.first)
        return found


def shifted(values: NDArray[np.float32], offset: int, near: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return for each token the value of the one `offset` further on, 0 beyond its unit; shape of `values`."""
    found = np.zeros_like(values)
    if offset > 0:
        found[:-offset] = values[offset:]
    else:
        found[-offset:] = values[:offset]
    found[~near] = 0
    return found
