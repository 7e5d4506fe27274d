"""Per-article sums by group: the only thing that resampling needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints

Counts = Floats | sparse.csr_array


@dataclass(frozen=True, slots=True)
class Sums:
    """Numerators and denominators of ratios, one row an article.

    N articles, K measures, D denominators, G groups.

    Attributes
    ----------
    counts : ndarray or scipy.sparse.csr_array, shape (N, K)
        Numerators, e.g. findings.
    totals : ndarray or scipy.sparse.csr_array, shape (N, D)
        Denominators, e.g. words by voice.
    total_of : ndarray of int, shape (K,)
        Which denominator belongs to a measure.
    group : ndarray of int, shape (N,)
        0 to G - 1.
    n_groups : int
        G; a group may be without articles.
    """

    counts: Counts
    totals: Counts
    total_of: Ints
    group: Ints
    n_groups: int

    @classmethod
    def of(
        cls,
        counts: ArrayLike | sparse.csr_array,
        totals: ArrayLike | sparse.csr_array,
        group: ArrayLike,
        *,
        n_groups: int | None = None,
        total_of: ArrayLike | None = None,
    ) -> Sums:
        """Check and standardise; a single measure or denominator may be one-dimensional.

        Raises
        ------
        InternalError
            If the shapes do not fit one another.
        """
        codes = np.asarray(group, dtype=np.int64)
        numerators, denominators = _two_dimensional(counts), _two_dimensional(totals)
        n_measures, n_totals = numerators.shape[1], denominators.shape[1]
        if total_of is None:
            total_of = np.zeros(n_measures) if n_totals == 1 else np.arange(n_measures)
        which = np.asarray(total_of, dtype=np.int64)
        if n_groups is None:
            n_groups = int(codes.max(initial=-1)) + 1
        if not (numerators.shape[0] == denominators.shape[0] == codes.size) or which.shape != (n_measures,):
            msg = f"counts {numerators.shape}, totals {denominators.shape} and groups ({codes.size},) do not fit"
            raise InternalError(msg)
        if codes.size and not 0 <= codes.min() <= codes.max() < n_groups:
            msg = f"groups must lie in 0 to {n_groups - 1}, found {codes.min()} to {codes.max()}"
            raise InternalError(msg)
        if which.size and not 0 <= which.min() <= which.max() < n_totals:
            msg = f"total_of must lie in 0 to {n_totals - 1}, found {which.min()} to {which.max()}"
            raise InternalError(msg)
        return cls(numerators, denominators, which, codes, n_groups)

    def rows(self) -> Iterator[tuple[int, Ints]]:
        """Give each group's number and its rows, in order."""
        order = np.argsort(self.group, kind="stable")
        bounds = np.searchsorted(self.group[order], np.arange(self.n_groups + 1))
        for number in range(self.n_groups):
            yield number, order[bounds[number] : bounds[number + 1]]


def _two_dimensional(values: ArrayLike | sparse.csr_array) -> Counts:
    if isinstance(values, sparse.csr_array):
        return values
    array = np.asarray(values, dtype=np.float64)
    return array[:, np.newaxis] if array.ndim == 1 else array


def binned(rows: Ints, limit: int, rng: np.random.Generator) -> sparse.csr_array | None:
    """Return the matrix that adds articles up into at most `limit` random bins, or None if there are not so many.

    A bin then stands for an article: the method of random groups (Wolter 1985), which keeps time and memory bounded
    for corpora of any size and costs no bias.
    """
    if rows.size <= limit:
        return None
    bins = rng.permutation(rows.size) % limit
    ones = np.ones(rows.size)
    return sparse.csr_array((ones, (bins, np.arange(rows.size))), shape=(limit, rows.size))


def gathered(values: Counts, rows: Ints, bins: sparse.csr_array | None, columns: Ints | None = None) -> Floats:
    """Return the rows of a group as an ordinary array, added up into bins where there are bins."""
    part = values[rows] if columns is None else values[rows][:, columns]
    if bins is not None:
        part = bins @ part
    return np.asarray(part.toarray() if isinstance(part, sparse.csr_array) else part, dtype=np.float64)
