"""Sums of resamples: multinomial weights of whole articles times per-article sums."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.stats._estimate import Floats, Ints
from framing.stats._sums import Sums, binned, gathered

# numbers in one chunk of weights: 8 MB
_CHUNK = 1_000_000
# resampling more articles than this one by one changes nothing that is printed
LARGEST_GROUP = 4_000
# draws of so many numbers are kept (as bytes) for the next measures: 64 MB in all
_KEPT, _KEPT_GROUPS = 2_000_000, 32


@dataclass(frozen=True, slots=True)
class Moments:
    """First and second sums of some articles, observed (row 0) and in B resamples (rows 1 to B).

    Attributes
    ----------
    count, total : ndarray, shape (B + 1, K)
        Numerators and denominators.
    count2, cross, total2 : ndarray, shape (B + 1, K)
        Sums of squares and products, from which each resample's own standard error follows.
    units : ndarray of int, shape (K,)
        Articles with a denominator.
    """

    count: Floats
    total: Floats
    count2: Floats
    cross: Floats
    total2: Floats
    units: Ints

    def __add__(self, other: Moments) -> Moments:
        return Moments(
            self.count + other.count,
            self.total + other.total,
            self.count2 + other.count2,
            self.cross + other.cross,
            self.total2 + other.total2,
            self.units + other.units,
        )

    def __sub__(self, other: Moments) -> Moments:
        return Moments(
            self.count - other.count,
            self.total - other.total,
            self.count2 - other.count2,
            self.cross - other.cross,
            self.total2 - other.total2,
            self.units - other.units,
        )

    def ratio(self) -> Floats:
        """Return the ratio of sums, shape (B + 1, K); NaN without a denominator."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(self.total > 0, self.count / self.total, np.nan), dtype=np.float64)

    def freedom(self) -> Floats:
        """Return the effective number of articles less one, shape (K,): (sum t)^2 / sum t^2 - 1; 0 with one article.

        Where a few long articles hold most words, the residuals of these few decide the standard error (Kish 1965).
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            effective = self.total[0] ** 2 / self.total2[0]
        return np.where(self.units > 1, np.fmax(effective - 1, 1.0), 0.0)

    def leverage(self) -> Floats:
        """Return by how much the standard error is too small as long articles pull the ratio towards them, (K,).

        The variance of residuals is too small by the factor 1 - sum t^2 / (sum t)^2 if they have one variance, of
        which n / (n - 1) mends only the part that articles of equal length would have.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = (1 - 1 / self.units) / np.maximum(1 - self.total2[0] / self.total[0] ** 2, 0.05)
        return np.sqrt(np.where(self.units > 1, np.fmax(factor, 1.0), 1.0))

    def spread(self, extra: Floats) -> Floats:
        """Return the squared standard error of the numerator around ratio times denominator, shape (B + 1, K).

        `extra`, shape (K,), is added to the sum of squares, so that a resample without findings has an error too.
        """
        ratio = self.ratio()
        squares = self.count2 - 2 * ratio * self.cross + ratio**2 * self.total2
        with np.errstate(divide="ignore", invalid="ignore"):
            small = np.where(self.units > 1, self.units / (self.units - 1.0), np.nan)
        return np.asarray((np.maximum(squares, 0) + extra) * small, dtype=np.float64)


def weights(rng: np.random.Generator, n: int, resamples: int) -> Floats:
    """Return how often each of n articles is drawn in each resample, shape (resamples, n)."""
    drawn = rng.integers(0, n, size=(resamples, n))
    drawn += np.arange(resamples)[:, np.newaxis] * n
    return np.bincount(drawn.ravel(), minlength=resamples * n).reshape(resamples, n).astype(np.float64)


def resampled(
    parts: Floats, resamples: int, rng: np.random.Generator, drawn: NDArray[np.uint8] | None = None
) -> Floats:
    """Return the column sums of n units, observed (row 0) and in B resamples, shape (B + 1, columns).

    `drawn` is how often each unit is drawn in each resample, if that is known already.
    """
    summed = np.empty((resamples + 1, parts.shape[1]))
    summed[0] = parts.sum(axis=0)
    n = len(parts)
    # of some measures most articles have nothing
    there = np.flatnonzero(parts.any(axis=1))
    few = there.size < n / 2
    some = parts[there] if few else parts
    step = max(1, _CHUNK // max(n, 1))
    for start in range(0, resamples, step):
        stop = min(start + step, resamples)
        if not n:
            summed[start + 1 : stop + 1] = 0.0
            continue
        times = weights(rng, n, stop - start) if drawn is None else drawn[start:stop]
        summed[start + 1 : stop + 1] = (times[:, there] if few else times).astype(np.float64, copy=False) @ some
    return summed


@lru_cache(maxsize=_KEPT_GROUPS)
def _kept(seed: int, number: int, n: int, resamples: int) -> NDArray[np.uint8]:
    """Return the draws of a group that is not binned: every table needs the same ones again."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1, number]))
    return weights(rng, n, resamples).astype(np.uint8)


def group_moments(sums: Sums, number: int, rows: Ints, columns: Ints, resamples: int, seed: int) -> Moments:
    """Return the moments of one group for some measures.

    The draws depend on seed, group and number of articles alone: every measure sees the same resamples, in whatever
    blocks the measures come.
    """
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1, number]))
    small = 0 < rows.size <= LARGEST_GROUP and rows.size * resamples <= _KEPT
    return moments_of(sums, rows, columns, resamples, rng, _kept(seed, number, rows.size, resamples) if small else None)


def moments_of(
    sums: Sums,
    rows: Ints,
    columns: Ints,
    resamples: int,
    rng: np.random.Generator,
    drawn: NDArray[np.uint8] | None = None,
) -> Moments:
    """Return the moments of some articles; `drawn` as in `resampled`."""
    bins = binned(rows, LARGEST_GROUP, rng)
    totals_used, total_of = np.unique(sums.total_of[columns], return_inverse=True)
    count = gathered(sums.counts, rows, bins, columns)
    total = gathered(sums.totals, rows, bins, totals_used)
    # the products are made for the measures, the rest for the few denominators only
    parts = np.hstack([count, count**2, count * total[:, total_of], total, total**2])
    summed = resampled(parts, resamples, rng, drawn)
    k, d = columns.size, totals_used.size
    first, second, cross, total_sum, total_square = np.split(summed, [k, 2 * k, 3 * k, 3 * k + d], axis=1)
    units = (total > 0).sum(axis=0).astype(np.int64)
    return Moments(first, total_sum[:, total_of], second, cross, total_square[:, total_of], units[total_of])
