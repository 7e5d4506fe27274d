"""Intervals of one group: its rates, shares or means."""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np
from scipy import special

from framing.stats._borrowed import Borrowed
from framing.stats._estimate import Floats
from framing.stats._interval import TAIL, binomial_bounds, poisson_bounds, studentised
from framing.stats._resample import Moments

Kind = Literal["rate", "share", "mean"]


def rate_interval(moments: Moments) -> tuple[Floats, Floats, Floats]:
    """Return value, low and high of rates, findings per word, each of shape (K,)."""
    return interval(moments, "rate", moments.total[0])


def interval(
    moments: Moments, kind: Kind, trials: Floats, design: Floats | float = 1.0, borrowed: Borrowed | None = None
) -> tuple[Floats, Floats, Floats]:
    """Return value, low and high of one group's measures, each of shape (K,).

    `design` is by how much the share of `trials` trials varies more than if they were independent: it is needed where
    none or all of them are hits. `borrowed` is what all groups tell of how much articles vary, for a group of few.
    """
    ratio = moments.ratio()
    extra = half_a_finding(moments, kind, trials)
    root = np.sqrt(moments.spread(extra))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        error = root / moments.total
    value, df = ratio[0], moments.freedom()
    if kind == "mean":
        return value, *studentised(value, np.asarray(error[0]), ratio[1:], error[1:], df)
    # Student's interval is symmetrical where a rate is not: it is taken on the scale of logs or logits
    no_student = np.full(df.shape, np.nan)
    low, high = studentised(value, np.asarray(error[0]), ratio[1:], error[1:], df, student=no_student)
    edge = np.inf if kind == "rate" else 1.0
    log_low, log_high = _on_logs(moments, kind, trials, np.asarray(root[0]) * moments.leverage(), df)
    low, high = np.fmin(low, log_low), np.fmax(high, log_high)
    if kind == "rate":
        floor_low, floor_high = poisson_bounds(moments.count[0], moments.total[0])
    else:
        # articles with parts show by themselves that these come in clumps, articles without any can't
        floor_low, floor_high = binomial_bounds(value, np.where((value > 0) & (value < 1), trials, trials / design))
    # nothing found (or nothing else found) leaves nothing to resample: the rule of three alone speaks
    certain = (value <= 0) | (value >= edge)
    speaks = moments.units > 1
    low = np.where(certain & speaks, floor_low, np.minimum(low, floor_low))
    high = np.where(certain & speaks, floor_high, np.maximum(high, floor_high))
    if borrowed is not None:
        few = borrowed.bounds if kind == "rate" else partial(borrowed.share_bounds, trials=trials)
        low, high = few(moments, low=low, high=high)
    return value, np.clip(low, 0, edge), np.clip(high, 0, edge)


def _on_logs(moments: Moments, kind: Kind, trials: Floats, root: Floats, df: Floats) -> tuple[Floats, Floats]:
    """Return Student's interval of the log rate, or the logit of the share, with half a finding added, (K,)."""
    count, total = moments.count[0], moments.total[0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reach = special.stdtrit(np.maximum(df, 1e-9), 1 - TAIL)
        if kind == "rate":
            centre, reach = np.log((count + 0.5) / total), reach * root / (count + 0.5)
            return np.exp(centre - reach), np.exp(centre + reach)
        half = 0.5 * total / trials
        centre = np.log((count + half) / (total - count + half))
        share = (count + half) / (total + 2 * half)
        reach = reach * root / (total * share * (1 - share))
        return special.expit(centre - reach), special.expit(centre + reach)


def weighted_rate(moments: Moments, half: Floats) -> tuple[Floats, Floats, Floats]:
    """Return value, low and high of a rate whose findings are weighted, (K,); `half` is half a finding, weighted."""
    ratio = moments.ratio()
    root = np.sqrt(moments.spread(2 * half**2))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        error = root / moments.total
        df, count, total = moments.freedom(), moments.count[0], moments.total[0]
        low, high = studentised(
            ratio[0], np.asarray(error[0]), ratio[1:], error[1:], df, student=np.full(df.shape, np.nan)
        )
        reach = special.stdtrit(np.maximum(df, 1e-9), 1 - TAIL) * root[0] * moments.leverage() / (count + half)
        centre = np.log((count + half) / total)
    return ratio[0], np.maximum(np.fmin(low, np.exp(centre - reach)), 0), np.fmax(high, np.exp(centre + reach))


def half_a_finding(moments: Moments, kind: Kind, trials: Floats) -> Floats:
    """Return what is added to the sums of squares, shape (K,)."""
    if kind == "rate":
        return np.full(trials.shape, 0.5)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if kind == "share":
            return np.where(trials > 0, 0.5 * (moments.total[0] / trials) ** 2, 0.5)
        mean = moments.ratio()[0]
        squares = moments.count2[0] - mean**2 * moments.total[0]
        return np.asarray(np.maximum(squares, 0) / (4 * np.maximum(moments.units, 1)), dtype=np.float64)
