"""Intervals of one group: its rates, shares or means."""

from __future__ import annotations

from typing import Literal

import numpy as np

from framing.stats._estimate import Floats
from framing.stats._interval import binomial_bounds, poisson_bounds, studentised
from framing.stats._resample import Moments

Kind = Literal["rate", "share", "mean"]


def rate_interval(moments: Moments) -> tuple[Floats, Floats, Floats]:
    """Return value, low and high of rates, findings per word, each of shape (K,)."""
    return interval(moments, "rate", moments.total[0])


def interval(moments: Moments, kind: Kind, trials: Floats) -> tuple[Floats, Floats, Floats]:
    """Return value, low and high of one group's measures, each of shape (K,)."""
    ratio = moments.ratio()
    extra = half_a_finding(moments, kind, trials)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(moments.spread(extra)) / moments.total
    value, df = ratio[0], np.asarray(moments.units - 1, dtype=np.float64)
    low, high = studentised(value, np.asarray(error[0]), ratio[1:], error[1:], df)
    if kind == "mean":
        return value, low, high
    if kind == "rate":
        floor_low, floor_high = poisson_bounds(moments.count[0], moments.total[0])
        edge = np.inf
    else:
        floor_low, floor_high = binomial_bounds(value, trials)
        edge = 1.0
    # nothing found (or nothing else found) leaves nothing to resample: the rule of three alone speaks
    certain = (value <= 0) | (value >= edge)
    low = np.where(certain & (df >= 1), floor_low, np.minimum(low, floor_low))
    high = np.where(certain & (df >= 1), floor_high, np.maximum(high, floor_high))
    return value, np.clip(low, 0, edge), np.clip(high, 0, edge)


def half_a_finding(moments: Moments, kind: Kind, trials: Floats) -> Floats:
    """Return what is added to the sums of squares, shape (K,)."""
    if kind == "rate":
        return np.full(trials.shape, 0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "share":
            return np.where(trials > 0, 0.5 * (moments.total[0] / trials) ** 2, 0.5)
        mean = moments.ratio()[0]
        squares = moments.count2[0] - mean**2 * moments.total[0]
        return np.asarray(np.maximum(squares, 0) / (4 * np.maximum(moments.units, 1)), dtype=np.float64)
