"""Intervals of any figure from resampling whole groups of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.classify._scoring import Interval
from framing.classify.evaluation._predictions import Floats, Ints

RESAMPLES = 1000
LEAST_GROUPS = 5
_TAILS = (2.5, 97.5)
_LEAST_KNOWN = 0.5
# numbers in one chunk of weights: small enough for the processor's cache
_CHUNK = 250_000
Statistic = Callable[[Floats], Floats]
"""Weights of groups, shape (B, G), to figures, shape (B, S); NaN where there is nothing to divide by."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each of n records belongs to, by number, and how many groups there are."""

    of: Ints
    count: int

    def sums(self, rows: Floats) -> Floats:
        """Add up the rows of each group, shape (G, columns)."""
        flat = rows.reshape(len(rows), -1)
        total = np.zeros((self.count, flat.shape[1]))
        order = np.argsort(self.of, kind="stable")
        present, starts = np.unique(self.of[order], return_index=True)
        total[present] = np.add.reduceat(flat[order], starts, axis=0)
        return total


def grouped(names: Sequence[str]) -> Groups:
    """Return the groups of records, numbered in the order of their names."""
    _, of = np.unique(np.array([str(name) for name in names], dtype=object), return_inverse=True)
    return Groups(of.astype(np.int64), int(of.max()) + 1 if len(of) else 0)


def draws(groups: int, width: int, *, seed: int, resamples: int = RESAMPLES) -> Iterator[Floats]:
    """Yield how often each group is drawn in each resample, in chunks of shape (b, groups)."""
    rng = np.random.default_rng(seed)
    step = max(1, _CHUNK // max(width, groups, 1))
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        drawn = rng.integers(0, groups, size=(rows, groups)) + np.arange(rows)[:, np.newaxis] * groups
        yield np.bincount(drawn.ravel(), minlength=rows * groups).reshape(rows, groups).astype(np.float64)


def resampled(statistic: Statistic, groups: int, *, width: int = 0, seed: int) -> tuple[Floats, Floats]:
    """Return figures, shape (S,), and the same of the resamples, shape (B, S); none of a handful of groups.

    Of four groups or fewer, resamples are too much alike to say anything.

    `width` is how many numbers a statistic holds for each resample, if they are more than the groups.
    """
    value = statistic(np.ones((1, groups)))[0]
    if groups < LEAST_GROUPS:
        return value, np.empty((0, len(value)))
    return value, np.concatenate([statistic(weights) for weights in draws(groups, width, seed=seed)])


def interval(value: float, found: Floats, *, trials: int | None = None, basic: bool = False) -> Interval:
    """Return a figure with the bounds that 95 of 100 resamples lie between; NaN where they cannot be told.

    Parameters
    ----------
    value : float
    found : ndarray, shape (B,)
        The figure of each resample. NaN are left out; where they are more than half, there is no interval.
    trials : int, optional
        Of a share: in how many groups it was counted. A share of 0 or 1 is the same in every resample, which proves
        nothing; its interval is then the rule of three, 1 - .05 ** (1 / trials) from that end.
    basic : bool
        Turn the resamples about the value (Davison and Hinkley 1997): for a figure that cannot be negative and that
        chance makes larger in every resample, as a calibration error.
    """
    value = float(value)
    known = np.sort(found[np.isfinite(found)])
    if not np.isfinite(value) or not len(known) or len(known) < _LEAST_KNOWN * len(found):
        return Interval(value, np.nan, np.nan)
    low, high = (float(bound) for bound in np.percentile(known, _TAILS))
    if high - low < 1e-12:
        edge = 1 - 0.05 ** (1 / trials) if trials else np.nan
        bounds = (0.0, edge) if value < 0.5 else (1 - edge, 1.0)
        return Interval(value, *(bounds if trials and value in (0.0, 1.0) else (np.nan, np.nan)))
    if basic:
        # chance may make it so much larger that all resamples lie above it
        low, high = min(max(2 * value - high, 0.0), value), max(2 * value - low, value)
    return Interval(value, low, high)


def ratio(over: Floats, under: Floats, *, empty: float = np.nan) -> Floats:
    """Divide; `empty` where there is nothing to divide by."""
    out = np.full(np.broadcast(over, under).shape, empty, dtype=np.float64)
    np.divide(over, under, out=out, where=under > 0)
    return out
