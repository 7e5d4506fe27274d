"""Rates over time, smoothed with a Gaussian kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints
from framing.stats._interval import poisson_bounds, studentised
from framing.stats._resample import weights

# bandwidths that are tried, in periods
_BANDWIDTHS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)
# further away than this many bandwidths no words are near
_NEAR = 2.0
# numbers in one chunk of weights: 8 MB
_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Rates over time.

    Attributes
    ----------
    value, low, high : ndarray, shape (P, G)
        Smoothed rates and their 95 % intervals; NaN where a group has no words within two bandwidths, the bounds
        also where fewer than two articles speak there.
    bandwidth : float
        Standard deviation of the kernel, in periods.
    """

    value: Floats
    low: Floats
    high: Floats
    bandwidth: float


def smoothed(
    count: ArrayLike,
    total: ArrayLike,
    period: ArrayLike,
    group: ArrayLike,
    *,
    n_periods: int,
    n_groups: int,
    bandwidth: float | None = None,
    per: float = 1000.0,
    resamples: int = 1000,
    seed: int = 0,
) -> Smoothed:
    """Smooth rates over periods.

    Parameters
    ----------
    count, total : array_like, shape (N,)
        Findings and words of each article.
    period, group : array_like of int, shape (N,)
        From 0; a period of -1 leaves an article out.
    n_periods, n_groups : int
        P and G.
    bandwidth : float, optional
        In periods. Without it the one of 0.5 to 24 periods (at most an eighth of all, or one) under which the counts of
        each period, predicted from the group's other periods, have the smallest Poisson deviance; one for all groups.
    per, resamples, seed
        As in `rates`.

    Returns
    -------
    Smoothed

    Raises
    ------
    InternalError
        If the arrays do not fit, a period or group is out of bounds, or the bandwidth is not above zero.

    Notes
    -----
    The kernel-weighted counts over the kernel-weighted words (Nadaraya 1964; Watson 1964), so that a period weighs as
    many words as it has. Intervals: articles are resampled within each group, over all periods; studentised with the
    linearised standard error, never narrower than Jeffreys' of one Poisson count; degrees of freedom from the
    effective number of articles, (sum of weights)^2 / sum of squared weights, less one. They bound the smoothed rate,
    not the rate of a single period: what the kernel smoothes away is not in them.
    """
    counts, words = np.asarray(count, dtype=np.float64), np.asarray(total, dtype=np.float64)
    when, who = np.asarray(period, dtype=np.int64), np.asarray(group, dtype=np.int64)
    _check(counts, words, when, who, n_periods, n_groups, bandwidth)
    keep = (when >= 0) & (words > 0)
    counts, words, when, who = counts[keep], words[keep], when[keep], who[keep]
    found, known = np.zeros((n_groups, n_periods)), np.zeros((n_groups, n_periods))
    np.add.at(found, (who, when), counts)
    np.add.at(known, (who, when), words)
    chosen = _best(found, known) if bandwidth is None else float(bandwidth)
    kernel = _kernel(n_periods, chosen)
    arrays = tuple(np.full((n_periods, n_groups), np.nan) for _ in range(3))
    for number in range(n_groups):
        rows = np.flatnonzero(who == number)
        if not rows.size:
            continue
        rows = rows[np.argsort(when[rows], kind="stable")]
        rng = np.random.default_rng(np.random.SeedSequence([seed, 5, number]))
        near = _near(known[number], chosen)
        for array, values in zip(
            arrays, _one(counts[rows], words[rows], when[rows], kernel, resamples, rng), strict=True
        ):
            array[:, number] = np.where(near, values * per, np.nan)
    return Smoothed(arrays[0], arrays[1], arrays[2], chosen)


def _check(
    counts: Floats, words: Floats, when: Ints, who: Ints, n_periods: int, n_groups: int, bandwidth: float | None
) -> None:
    if not (counts.shape == words.shape == when.shape == who.shape) or counts.ndim != 1:
        msg = f"counts {counts.shape}, totals {words.shape}, periods {when.shape} and groups {who.shape} do not fit"
        raise InternalError(msg)
    if counts.size and not (-1 <= when.min() <= when.max() < n_periods and 0 <= who.min() <= who.max() < n_groups):
        msg = f"periods must lie in -1 to {n_periods - 1} and groups in 0 to {n_groups - 1}"
        raise InternalError(msg)
    if bandwidth is not None and not bandwidth > 0:
        msg = f"the bandwidth must be above 0, found {bandwidth}"
        raise InternalError(msg)


def _kernel(n_periods: int, bandwidth: float) -> Floats:
    """Return the weight of each period for each, shape (P, P)."""
    apart = np.subtract.outer(np.arange(n_periods), np.arange(n_periods)) / bandwidth
    return np.exp(-(apart**2) / 2)


def _near(words: Floats, bandwidth: float) -> np.ndarray:
    there = np.flatnonzero(words > 0)
    apart = np.abs(np.subtract.outer(np.arange(words.size, dtype=np.float64), there)).min(axis=1, initial=np.inf)
    return np.asarray(apart <= max(_NEAR * bandwidth, 0.5))


def _best(found: Floats, known: Floats) -> float:
    """Return the bandwidth with the smallest deviance of periods that are predicted from the others."""
    n_periods = known.shape[1]
    tried = [b for b in _BANDWIDTHS if b <= max(n_periods / 8, 1.0)]
    deviances = []
    # findings where there are none in other periods must not be impossible: half a finding in all words
    floor = (0.5 / np.maximum(known.sum(axis=1), 1.0))[:, np.newaxis]
    for bandwidth in tried:
        kernel = _kernel(n_periods, bandwidth)
        np.fill_diagonal(kernel, 0.0)
        rest = known @ kernel
        rate = np.divide(found @ kernel, rest, out=np.full(rest.shape, np.nan), where=rest > 0)
        mean = np.maximum(rate, floor) * known
        deviances.append(np.nansum(2 * (special.xlogy(found, found) - special.xlogy(found, mean) - found + mean)))
    return tried[int(np.argmin(deviances))]


def _one(
    counts: Floats, words: Floats, when: Ints, kernel: Floats, resamples: int, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Return value, low and high of one group, each of shape (P,); articles come in the order of periods."""
    starts = np.flatnonzero(np.append(True, np.diff(when) != 0))
    used = when[starts]
    once, twice = kernel[used], kernel[used] ** 2
    features = np.stack([counts, words, counts**2, counts * words, words**2])

    def moments(drawn: Floats) -> tuple[Floats, Floats]:
        c, t, cc, ct, tt = (np.add.reduceat(drawn * feature, starts, axis=1) for feature in features)
        total = t @ once
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = (c @ once) / total
            squares = np.maximum(cc @ twice - 2 * rate * (ct @ twice) + rate**2 * (tt @ twice), 0)
            return rate, np.sqrt(squares + 0.5 * largest) / total

    largest = (twice.max(axis=0))[np.newaxis]
    ones = np.ones((1, counts.size))
    value, error = moments(ones)
    spread = np.add.reduceat(words**2, starts) @ twice
    with np.errstate(divide="ignore", invalid="ignore"):
        df = (np.add.reduceat(words, starts) @ once) ** 2 / spread - 1
    step = max(1, _CHUNK // counts.size)
    drawn = [moments(weights(rng, counts.size, min(step, resamples - at))) for at in range(0, resamples, step)]
    rates, errors = (np.vstack(arrays) for arrays in zip(*drawn, strict=True))
    low, high = studentised(value[0], error[0], rates, errors, df)
    with np.errstate(divide="ignore", invalid="ignore"):
        period_words = np.add.reduceat(words, starts)
        independent = (period_words @ once) ** 2 / (period_words @ twice)
    floor_low, floor_high = poisson_bounds(value[0] * independent, independent)
    return value[0], np.maximum(np.minimum(low, floor_low), 0), np.maximum(high, floor_high)
