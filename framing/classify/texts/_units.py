"""What a text model judges: whole articles, sentences, or the first sentence of an article; as columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.corpus import Article
from framing.text import Batch, Vocabulary, read

Ints = NDArray[np.int64]
_HEADLINE = 40  # words: no annotated headline has more
_AT_ONCE = 200  # texts in a batch while training: columns long enough to pay, matrices small enough to hold


@dataclass(frozen=True, eq=False)
class Units:
    """Which unit each token of a batch belongs to.

    Attributes
    ----------
    batch : Batch
    owner : ndarray of int64, shape (tokens,)
        -1 for a token of no unit. Units follow the order of the text.
    count : int
    """

    batch: Batch
    owner: Ints
    count: int

    def only(self, wanted: NDArray[np.bool_]) -> Units:
        """Return those units for which `wanted`, shape (count,), is true, numbered anew."""
        number = np.where(wanted, np.cumsum(wanted) - 1, -1)
        owner = np.where(self.owner >= 0, number[self.owner], -1) if self.count else self.owner
        return Units(self.batch, owner.astype(np.int64), int(wanted.sum()))

    @property
    def words(self) -> Ints:
        """The tokens that are words and belong to a unit."""
        return np.flatnonzero(self.batch.is_word & (self.owner >= 0))

    def share(self, tokens: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the share of each unit's words that are among `tokens`, shape (count,); 0 where it has no words."""
        words = self.words
        owner = self.owner[words]
        total = np.bincount(owner, minlength=self.count)
        found = np.bincount(owner, weights=tokens[words].astype(np.float64), minlength=self.count)
        return np.asarray(found / np.maximum(total, 1), dtype=np.float64)

    def looked_up(self, tokens: Ints, compute: Callable[[Sequence[str]], Ints]) -> Ints:
        """Return what `compute` makes of the folded spelling of each token, shape of `tokens`.

        Not a column of the vocabulary: most of its words stand in no text that a model with a topic reads.
        """
        kinds, place = np.unique(self.batch.type[tokens], return_inverse=True)
        folded = self.batch.vocabulary.folded
        return np.asarray(compute([folded[kind] for kind in kinds.tolist()])[place], dtype=np.int64)

    def spellings(self) -> tuple[Ints, sparse.csr_matrix]:
        """Return the distinct types among the words, and how often each unit has each, shape (count, types)."""
        words = self.words
        kinds, place = np.unique(self.batch.type[words], return_inverse=True)
        ones = np.ones(len(words), dtype=np.float64)
        counts = sparse.csr_matrix((ones, (self.owner[words], place)), shape=(self.count, len(kinds)))
        return kinds.astype(np.int64), counts


def articles(batch: Batch) -> Units:
    """Take each article of a batch as a unit; a batch of titles has titles for articles."""
    return Units(batch, batch.article.astype(np.int64), len(batch.articles))


def sentences(batch: Batch) -> Units:
    """Take each sentence of a batch as a unit."""
    return Units(batch, batch.sentence.astype(np.int64), len(batch.first))


def first_sentences(batch: Batch) -> Units:
    """Take the first sentence of each article as a unit."""
    first = batch.first_sentence[:-1]
    owner = np.where(batch.sentence == first[batch.article], batch.article, -1) if len(batch) else batch.article
    return Units(batch, owner.astype(np.int64), len(batch.articles))


def headlines(batch: Batch) -> Units:
    """Take what stands in for a headline as a unit: the first sentence of each article, or all of a very short one."""
    words = np.bincount(batch.article, weights=batch.is_word, minlength=len(batch.articles))
    opening = first_sentences(batch)
    owner = np.where(words[batch.article] <= _HEADLINE, batch.article, opening.owner) if len(batch) else opening.owner
    return Units(batch, owner.astype(np.int64), opening.count)


UNITS: dict[str, Callable[[Batch], Units]] = {
    "text": articles,
    "title": articles,
    "sentence": sentences,
    "first sentence": first_sentences,
}
"""How a batch is divided, by the name that a model has for it; a title is a text of its own."""


def read_units(texts: Sequence[str]) -> list[Units]:
    """Read texts, each a unit of its own, some hundred at a time and with one vocabulary."""
    vocabulary = Vocabulary()
    parts = [texts[low : low + _AT_ONCE] for low in range(0, len(texts), _AT_ONCE)]
    return [articles(read([Article(str(n), text) for n, text in enumerate(part)], vocabulary)) for part in parts]
