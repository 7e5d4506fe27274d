"""What a model knows of a spelling: the word, its n-grams of characters, clusters and vector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify._vectors import WordVectors
from framing.classify.sentences._words import ngrams
from framing.measures.attribution.finder import WordClasses

Matrix = sparse.csr_array

# how much a block weighs before the penalty: a word has dozens of n-grams and one self
CHARACTERS = {"word": 0.5, "sentence": 0.3}
VECTOR = {"word": 3.0, "sentence": 1.0}


class Spellings:
    """Features of spellings.

    Parameters
    ----------
    counts : mapping of str to int
        How often each folded spelling occurs in the texts.
    classes : WordClasses
    vectors : WordVectors or None
    least : int
        A word seen less often has no weight of its own.
    characters : bool
        Whether n-grams of characters are features.
    """

    def __init__(
        self,
        counts: Counter[str],
        classes: WordClasses,
        vectors: WordVectors | None,
        *,
        least: int = 2,
        characters: bool = True,
    ) -> None:
        self.classes, self.vectors = classes, vectors
        self.words = sorted(word for word, count in counts.items() if count >= least and "\n" not in word)
        seen: Counter[str] = Counter()
        for word in counts if characters else ():
            seen.update(ngrams(word))
        self.ngrams = sorted(gram for gram, count in seen.items() if count >= least and "\n" not in gram)
        self._word = {word: number for number, word in enumerate(self.words)}
        self._gram = {gram: number for number, gram in enumerate(self.ngrams)}

    def named(self, folded: Sequence[str]) -> Matrix:
        """Return which word each folded spelling is, shape (spellings, words)."""
        return _one_hot(([word] for word in folded), self._word, len(folded))

    def spelt(self, folded: Sequence[str]) -> Matrix:
        """Return the n-grams of each folded spelling, shape (spellings, n-grams)."""
        return _one_hot(map(ngrams, folded), self._gram, len(folded))

    def clustered(self, folded: Sequence[str]) -> Matrix:
        """Return the clusters of each folded spelling at all levels, shape (spellings, clusters)."""
        codes = self.classes.cluster_codes(folded)
        width = int(max(self.classes.clusters)) + 3
        columns = (codes + np.arange(codes.shape[1]) * width).ravel()
        ends = np.arange(len(folded) + 1) * codes.shape[1]
        shape = len(folded), codes.shape[1] * width
        return sparse.csr_array((np.ones(columns.size, dtype=np.float32), columns, ends), shape=shape)

    def meant(self, folded: Sequence[str]) -> NDArray[np.float32]:
        """Return the vector of each folded spelling, shape (spellings, dimensions)."""
        if self.vectors is None:
            return np.zeros((len(folded), 0), dtype=np.float32)
        return self.vectors.of(folded)


def _one_hot(values: Iterable[Iterable[str]], known: dict[str, int], n: int) -> Matrix:
    columns: list[int] = []
    ends = [0]
    for keys in values:
        columns.extend({known[key] for key in keys if key in known})
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_array((ones, np.array(columns, dtype=np.int32), np.array(ends)), shape=(n, len(known)))
