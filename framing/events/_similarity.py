"""How alike articles are in what they are about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events._dates import NO_DATE
from framing.events._reading import Ints, Texts

Matrix = sparse.csr_matrix
Floats = NDArray[np.float64]

LEAD, TITLE_TIMES, WHOLE_SHARE = 100, 2, 0.6
"""Words of the lead, how often the title counts in it, and what the whole text weighs against title and lead."""
HEAVIEST = 80
"""Words of a text that are kept, the heaviest."""
MANY, RARE, COMMON = 100, 2, 0.3
"""With so many articles words weigh by rarity; those of one article, or of more than this share, tell nothing."""
SMALL = 0.82
"""What the cosines of a smaller corpus are multiplied by, whose words all weigh alike: then both are on one scale."""
PER_DAY = 0.95
"""What is left of the similarity of two articles for each day that lies between them."""
_ROWS = 1 << 14


def vectors(texts: Texts, kept: Ints) -> Matrix:
    """Return what some articles are about: TF-IDF with logarithmic counts, rows of length 1; shape (len(kept), terms).

    Two fifths of the cosine of two rows are that of titles and leads, three fifths that of whole texts. Of a whole
    text only the heaviest words are kept, which bounds the work in a large corpus.

    A small corpus can't tell rare words from common ones: those that its few articles share, and that tell the event,
    would weigh less than all others. Of fewer than a hundred articles all words weigh alike, and the rows are a little
    shorter than 1, since such cosines are larger.

    References
    ----------
    Gerard Salton and Christopher Buckley, "Term-weighting approaches in automatic text retrieval", Information
    Processing & Management 24(5), 1988.
    """
    useful = _useful(texts.words)
    title = _counts(texts.title_word, texts.title_start, useful)[kept]
    whole = _counts(texts.word, texts.start, useful)[kept]
    lead = _counts(texts.word, texts.start, useful, first=LEAD)[kept]
    parts = [_weighted(lead + TITLE_TIMES * title), _heaviest(_weighted(whole + title))]
    scale = 1.0 if len(kept) >= MANY else SMALL
    weights = np.sqrt([scale * (1 - WHOLE_SHARE), scale * WHOLE_SHARE], dtype=np.float32)
    return sparse.csr_matrix(sparse.hstack([parts[0] * weights[0], parts[1] * weights[1]], format="csr"))


def _useful(words: list[str]) -> NDArray[np.int32]:
    """Return a column for each word, -1 for those that tell nothing."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # a second, which importing framing does not need

    stop = ENGLISH_STOP_WORDS | {"says", "said", "mr", "mrs", "ms"}
    kept = np.array([len(word) > 1 and word not in stop and "'" not in word for word in words], dtype=np.bool_)
    return np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)


def _counts(word: NDArray[np.int32], start: Ints, useful: NDArray[np.int32], first: int | None = None) -> Matrix:
    """Return how often each useful word stands in each text, or among its first words; shape (N, terms)."""
    column = useful[word]
    kept = column >= 0
    if first is not None:
        size = np.diff(start)
        near = np.minimum(size, first)
        kept &= np.repeat(np.tile([True, False], len(size)), np.stack([near, size - near], axis=1).ravel())
    before = np.concatenate([[0], np.cumsum(kept)])[start]
    shape = (len(start) - 1, max(1, int(useful.max(initial=-1)) + 1))
    column = column[kept]
    counts: Matrix = sparse.csr_matrix((np.ones(len(column), dtype=np.float32), column, before), shape=shape)
    counts.sum_duplicates()
    return counts


def _weighted(counts: Matrix) -> Matrix:
    from sklearn.feature_extraction.text import TfidfTransformer

    n_articles = counts.shape[0]
    if not n_articles:
        return counts
    if n_articles >= MANY:
        held = np.bincount(counts.indices, minlength=counts.shape[1])[counts.indices]
        counts.data[(held < RARE) | (held > COMMON * n_articles)] = 0
        counts.eliminate_zeros()
    return sparse.csr_matrix(TfidfTransformer(sublinear_tf=True, use_idf=n_articles >= MANY).fit_transform(counts))


def _heaviest(weights: Matrix) -> Matrix:
    """Keep the heaviest words of each row, of equal ones those with the lowest number; rows of length 1 again."""
    from sklearn.preprocessing import normalize

    blocks = [weights[low : low + _ROWS] for low in range(0, weights.shape[0], _ROWS)]
    for block in blocks:
        size = np.diff(block.indptr)
        order = np.lexsort((block.indices, -block.data, np.repeat(np.arange(len(size)), size)))
        lighter = order[np.arange(len(order)) - np.repeat(block.indptr[:-1], size) >= HEAVIEST]
        block.data[lighter] = 0
        block.eliminate_zeros()
    return sparse.csr_matrix(normalize(sparse.vstack(blocks, format="csr"))) if blocks else weights


@dataclass(frozen=True, slots=True)
class Window:
    """How far apart in time two articles on one event may be, and how alike they must be at least.

    Attributes
    ----------
    days : float
    similarity : float
    undated : float
        What is taken off the similarity of two articles of which one has no date.
    """

    days: float
    similarity: float
    undated: float

    def adjusted(self, similarity: Floats, one: Ints, other: Ints) -> Floats:
        """Return similarities of articles of these days: less with each day between, 0 outside of the window."""
        unknown = (one == NO_DATE) | (other == NO_DATE)
        apart = np.where(unknown, 0, np.abs(one - other))
        dated = np.where(apart <= self.days, similarity * PER_DAY ** np.minimum(apart, 1000), 0)
        found: Floats = np.where(unknown, similarity - self.undated, dated)
        return np.maximum(found, 0)
