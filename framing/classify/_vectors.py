"""Word vectors: what stands around a word, as numbers, for words that no training set holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing import _data
from framing.classify._store import packed, reading, unpacked

_STEPS = 127  # of one byte with a sign


@dataclass(frozen=True)
class WordVectors:
    """Vectors of words.

    Attributes
    ----------
    words : sequence of str
        Folded, most frequent first.
    matrix : ndarray of float32, shape (words, dimensions)
        Two halves, each of length 1: what a word is about, and what it is like.
    """

    words: Sequence[str]
    matrix: NDArray[np.float32]

    @cached_property
    def _row(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words)}

    def rows(self, folded: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each folded spelling, that of its base for a possessive, or -1; shape (spellings,)."""
        get = self._row.get
        return np.array([get(word, get(word.removesuffix("'s"), -1)) for word in folded], dtype=np.int64)

    def of(self, folded: Sequence[str]) -> NDArray[np.float32]:
        """Return the vector of each folded spelling, zeros for an unknown one; shape (spellings, dimensions)."""
        rows = self.rows(folded)
        if not len(self.words):
            return np.zeros((len(folded), self.matrix.shape[1]), dtype=np.float32)
        return np.where((rows >= 0)[:, None], self.matrix[rows], np.float32(0)).astype(np.float32)


def save_vectors(vectors: WordVectors, path: Path) -> None:
    """Write vectors as .npz, a byte a number."""
    # the least there is, for a column of nothing but zeros
    scale = np.maximum(np.abs(vectors.matrix).max(axis=0, initial=0.0) / _STEPS, np.finfo(np.float32).tiny)
    steps = np.round(vectors.matrix / scale).astype(np.int8)
    with path.open("wb") as file:
        np.savez_compressed(file, words=packed(vectors.words), steps=steps, scale=scale.astype(np.float32))


@cache
def open_vectors() -> WordVectors:
    """Return the word vectors that ship."""
    with reading(_data.lexicons() / "models" / "word-vectors.npz") as arrays:
        return WordVectors(unpacked(arrays["words"]), arrays["steps"].astype(np.float32) * arrays["scale"])
