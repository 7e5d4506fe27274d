"""Which articles are nearest to each other: never more than some million pairs at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.events._dates import NO_DATE
from framing.events._reading import Flags, Ints
from framing.events._similarity import Floats, Matrix, Window

Singles = NDArray[np.float32]
Pairs = tuple[Ints, Ints, Floats]

NEAREST = 50
"""Neighbours that are kept of each article."""
_CELLS, _AT_LEAST, _DOTS = 1 << 24, 256, 1 << 14
_LONG, _FEW_LONG, _STEPS = 0.9, 0.02, 8
_CROWDED = 0.01
"""Share of all articles: with more candidates than that, one multiplication is less work than one for each pair."""


def neighbours(rows: Matrix, day: Ints, window: Window) -> Matrix:
    """Return the adjusted similarities of articles to their nearest ones; shape (N, N), symmetric, sparse.

    Articles are taken in the order of their dates, a block at a time, and a block is multiplied with the later ones in
    its time window only, those of no date with all (see `_Split`).
    """
    order = np.argsort(day, kind="stable")
    ordered, when = rows[order], day[order]
    found = [
        _nearest(pairs, when, window)
        for pairs_of in (_undated, _dated)
        for pairs in pairs_of(ordered, when, window)
    ]  # fmt: skip
    n_articles = len(day)
    if not found:
        return sparse.csr_matrix((n_articles, n_articles), dtype=np.float64)
    row, column, value = (np.concatenate(part) for part in zip(*found, strict=True))
    edges: Matrix = sparse.csr_matrix((value, (order[row], order[column])), shape=(n_articles, n_articles))
    return sparse.csr_matrix(edges.maximum(edges.T))


def _dated(ordered: Matrix, when: Ints, window: Window) -> Iterator[Pairs]:
    """Yield pairs of articles with a date, a block at a time; sorted by row."""
    others, turned = np.zeros(0, dtype=np.int64), ordered
    for these, wanted in _blocks(when, window.days):
        if wanted is not others:
            others, turned = wanted, sparse.csr_matrix(ordered[wanted].T)
        row, column, value = _product(ordered[these], turned, window.similarity)
        yield these[row], others[column], value


def _blocks(when: Ints, days: float) -> Iterator[tuple[Ints, Ints]]:
    """Yield places of some articles, and of all that stand no earlier and may be on their events.

    `when` is sorted; articles without a date come first, and are left out.
    """
    n_articles, low = len(when), int(np.searchsorted(when, NO_DATE, side="right"))
    everyone = np.arange(n_articles)
    while low < n_articles:
        high = min(n_articles, max(int(np.searchsorted(when, when[low], side="right")), low + _AT_LEAST))
        last = int(np.searchsorted(when, when[high - 1] + days, side="right"))
        high = min(high, low + max(1, _CELLS // (last - low)))
        yield everyone[low:high], everyone[low:last]
        low = high


def _undated(ordered: Matrix, when: Ints, window: Window) -> Iterator[Pairs]:
    """Yield pairs of articles of which the first has no date, a block at a time; sorted by row."""
    n_articles, n_undated = len(when), int(np.searchsorted(when, NO_DATE, side="right"))
    least = window.similarity + window.undated
    if not n_undated or least > 1:
        return
    split = _Split.of(ordered, least)
    step = max(1, _CELLS // n_articles)
    for low in range(0, n_undated, step):
        row, column, value = split.pairs(low, min(n_undated, low + step))
        yield row + low, column, value


def _product(rows: Matrix, turned: Matrix, least: float) -> Pairs:
    """Return the pairs of rows and columns whose cosine is high enough, in order of rows."""
    product = sparse.csr_matrix(rows @ turned)
    enough = np.flatnonzero(product.data >= least)
    row = np.searchsorted(product.indptr, enough, side="right") - 1
    return row, product.indices[enough].astype(np.int64), product.data[enough].astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Split:
    """Vectors as two addends: of rare words, and of frequent ones that cannot make two articles alike by themselves.

    The cosine of two articles is at most that of their rare words and the product of the lengths of their frequent
    ones (Cauchy and Schwarz). Most of the work is in the frequent words, so only pairs whose rare words leave it
    possible are looked at as a whole. Nothing is lost by it. N articles.

    References
    ----------
    Roberto J. Bayardo, Yiming Ma and Ramakrishnan Srikant, "Scaling up all pairs similarity search", WWW 2007: the
    same with a bound on single words.

    Attributes
    ----------
    rows, turned : csr_matrix, shapes (N, terms), (terms, N)
        The whole.
    rare : csr_matrix, shape (terms, N)
    frequent : csr_matrix, shape (N, terms)
        Empty for articles that have hardly any other words, which stand in `rare` as a whole.
    length : ndarray of float, shape (N,)
        Length of the rows of `frequent`.
    own : ndarray of float, shape (N,)
        Length of the frequent words of each article, with those that have hardly any other.
    least : float
        The lowest cosine that is wanted.
    """

    rows: Matrix
    turned: Matrix
    rare: Matrix
    frequent: Matrix
    length: Singles
    own: Singles
    least: float

    @staticmethod
    def of(rows: Matrix, least: float) -> _Split:
        """Split at the lowest frequency at which nearly all articles have enough rare words."""
        n_articles, n_terms = rows.shape
        held = np.bincount(rows.indices, minlength=n_terms)
        of_row = np.repeat(np.arange(n_articles, dtype=np.int32), np.diff(rows.indptr))
        longest = _LONG * np.sqrt(least)
        chosen, own = np.zeros(n_terms, dtype=np.bool_), np.zeros(n_articles)
        for step in range(1, _STEPS):
            frequent = held > n_articles * 2.0**-step
            inside = frequent[rows.indices]
            length = np.sqrt(np.bincount(of_row[inside], rows.data[inside] ** 2, minlength=n_articles))
            if (length >= longest).mean() > _FEW_LONG:
                break
            chosen, own = frequent, length
        taken = chosen[rows.indices] & (own < longest)[of_row]
        return _Split(
            rows=rows,
            turned=sparse.csr_matrix(rows.T),
            rare=sparse.csr_matrix(_where(rows, ~taken).T),
            frequent=_where(rows, taken),
            length=np.where(own < longest, own, 0).astype(np.float32),
            own=own.astype(np.float32),
            least=least,
        )

    def pairs(self, low: int, high: int) -> Pairs:
        """Return the pairs of some rows with all, in order of rows."""
        some, own = self.rows[low:high], self.own[low:high]
        product = sparse.csr_matrix(some @ self.rare)
        size = np.diff(product.indptr)
        possible = product.data + np.repeat(own, size) * self.length[product.indices] >= self.least - 1e-6
        at = np.flatnonzero(possible)
        row = np.searchsorted(product.indptr, at, side="right") - 1
        # those that may be like an article they share no rare word with, and those that are like too many
        whole = own * self.length.max() >= self.least - 1e-6
        whole |= np.bincount(row, minlength=high - low) > max(NEAREST, _CROWDED * len(self.length))
        at, row = at[~whole[row]], row[~whole[row]]
        column = product.indices[at].astype(np.int64)
        value = product.data[at] + self._of_frequent(row + low, column)
        enough = value >= self.least
        place, other, cosine = _product(some[np.flatnonzero(whole)], self.turned, self.least)
        row = np.concatenate([row[enough], np.flatnonzero(whole)[place]])
        order = np.argsort(row, kind="stable")
        column, value = np.concatenate([column[enough], other]), np.concatenate([value[enough], cosine])
        return row[order], column[order], value[order]

    def _of_frequent(self, row: Ints, column: Ints) -> Floats:
        """Return what frequent words add to the cosines of some pairs."""
        parts = [
            self.rows[row[at : at + _DOTS]].multiply(self.frequent[column[at : at + _DOTS]]).sum(axis=1)
            for at in range(0, len(row), _DOTS)
        ]
        return np.concatenate([np.zeros(0), *(np.asarray(part, dtype=np.float64).ravel() for part in parts)])


def _where(rows: Matrix, kept: Flags) -> Matrix:
    """Return a matrix with some of its values only."""
    before = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
    return sparse.csr_matrix((rows.data[kept], rows.indices[kept], before), shape=rows.shape)


def _nearest(pairs: Pairs, when: Ints, window: Window) -> Pairs:
    """Return the nearest neighbours of some articles, of pairs in order of rows."""
    row, column, cosine = pairs
    value = window.adjusted(cosine, when[row], when[column])
    enough = (value >= window.similarity) & (row != column)
    row, column, value = row[enough], column[enough], value[enough]
    near = _near(row, value)
    row, column, value = row[near], column[near], value[near]
    best = np.lexsort((column, -value, row))
    row, column, value = row[best], column[best], value[best]
    kept = np.arange(len(row)) - np.searchsorted(row, row) < NEAREST
    return row[kept], column[kept], value[kept]


def _near(row: Ints, value: Floats) -> Flags:
    """Return which values are among the highest of their row, or equal to the last of them."""
    begin = np.flatnonzero(np.append(True, row[1:] != row[:-1])) if len(row) else row
    size = np.diff(np.append(begin, len(row)))
    least = np.full(len(begin), -np.inf)
    for one in np.flatnonzero(size > NEAREST).tolist():
        some = value[begin[one] : begin[one] + size[one]]
        least[one] = np.partition(some, size[one] - NEAREST)[size[one] - NEAREST]
    found: Flags = value >= np.repeat(least, size)
    return found
