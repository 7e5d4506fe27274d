"""Two sides set against each other: ratios and differences with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from framing.stats._borrowed import Borrowed
from framing.stats._estimate import Floats
from framing.stats._interval import TAIL, conditional_ratio_bounds
from framing.stats._resample import Moments


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contrast: a group, the others or the reference; every array has shape (K,)."""

    count: Floats
    total: Floats
    value: Floats
    low: Floats
    high: Floats
    df: Floats

    @classmethod
    def of(cls, moments: Moments, bounds: tuple[Floats, Floats, Floats], borrowed: Borrowed | None = None) -> Side:
        """Take value, low and high, as `interval` gives them."""
        df = moments.freedom() if borrowed is None else borrowed.freedom(moments)
        return cls(moments.count[0], moments.total[0], *bounds, df=df)

    def on_logs(self) -> Side:
        """Return the same of the log rate, with half a finding added."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            # no finding has a lower bound too: Jeffreys' of nothing
            least = special.gammaincinv(0.5, TAIL) / self.total
            value = np.log((self.count + 0.5) / self.total)
            low, high = np.log(np.maximum(self.low, least)), np.log(self.high)
        return Side(self.count, self.total, value, np.fmin(low, value), np.fmax(high, value), self.df)


def ratio(own: Side, rest: Side) -> Floats:
    """Return the rate ratio with its bounds, shape (3, K)."""
    logs = difference(own.on_logs(), rest.on_logs())
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        value = np.where((own.count > 0) & (rest.count > 0), own.value / rest.value, np.exp(logs[0]))
        low, high = np.exp(logs[1]), np.exp(logs[2])
    floor_low, floor_high = conditional_ratio_bounds(own.count, own.total, rest.count, rest.total)
    found = np.stack([value, np.minimum(low, floor_low), np.maximum(high, floor_high)])
    there = (own.count + rest.count > 0) & (own.total > 0) & (rest.total > 0)
    return np.where(there, found, np.nan)


def difference(own: Side, rest: Side) -> Floats:
    """Return the difference of own from rest with its bounds, shape (3, K); NaN where either has none.

    Notes
    -----
    The distance from each value to its bound stands for its standard error on that side (Zou and Donner 2008), so that
    the interval of the difference is as lopsided as those of the sides; degrees of freedom after Welch (1947).
    """
    with np.errstate(invalid="ignore", over="ignore"):
        apart = own.value - rest.value
        low = apart - _together(own.value - own.low, rest.high - rest.value, own.df, rest.df)
        high = apart + _together(own.high - own.value, rest.value - rest.low, own.df, rest.df)
    return np.stack([apart, low, high])


def _together(own: Floats, rest: Floats, df: Floats, rest_df: Floats) -> Floats:
    """Return how far the bound of a difference lies off, from how far the bounds of its sides do."""
    first, second = np.maximum(df, 1.0), np.maximum(rest_df, 1.0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        mine = (own / special.stdtrit(first, 1 - TAIL)) ** 2
        theirs = (rest / special.stdtrit(second, 1 - TAIL)) ** 2
        joint = (mine + theirs) ** 2 / (mine**2 / first + theirs**2 / second)
        # two sides without any error have none together
        joint = np.where((mine == 0) & (theirs == 0), 1.0, joint)
        reach = special.stdtrit(np.maximum(joint, 1.0), 1 - TAIL) * np.sqrt(mine + theirs)
    return np.where((df >= 1) & (rest_df >= 1), reach, np.nan)
