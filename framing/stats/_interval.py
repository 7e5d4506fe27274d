"""Intervals from resampled statistics, and the bounds below which none may shrink."""

from __future__ import annotations

import numpy as np
from scipy import special

from framing.stats._estimate import Floats

TAIL = 0.025
NORMAL = float(special.ndtri(1 - TAIL))
# -log(.05): the rule of three, what zero findings leave possible at 95 %
RULE_OF_THREE = 3.0


def studentised(
    value: Floats, error: Floats, resampled: Floats, errors: Floats, df: Floats, *, student: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return the bounds of a studentised bootstrap interval that is never narrower than Student's.

    Parameters
    ----------
    value, error : ndarray, shape (K,)
        The statistic and its linearised standard error.
    resampled, errors : ndarray, shape (B, K)
        The same in B resamples.
    df : ndarray, shape (K,)
        Degrees of freedom: articles less one.
    student : ndarray, shape (K,), optional
        Standard error of Student's interval, if not the same; NaN leaves that interval out.

    Returns
    -------
    low, high : ndarray, shape (K,)
        NaN where `df` is below one.

    Notes
    -----
    The bootstrap-t interval (Efron 1979; Hall 1988), stretched by sqrt((df + 1) / df) for the bias of the
    plug-in variance in small samples. A resample without a denominator says nothing and is left out.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        t = (resampled - value) / errors
        stretch = np.sqrt((df + 1) / df)
        reach = special.stdtrit(np.maximum(df, 1e-9), 1 - TAIL) * (error if student is None else student)
        t[~np.isfinite(t)] = np.nan
        t = np.sort(t, axis=0)
        known = (~np.isnan(t)).sum(axis=0)
        below, above = _sorted_quantile(t, known, TAIL), _sorted_quantile(t, known, 1 - TAIL)
        low = np.fmin(value - above * error * stretch, value - reach)
        high = np.fmax(value - below * error * stretch, value + reach)
    speaks = df >= 1
    return np.where(speaks, low, np.nan), np.where(speaks, high, np.nan)


def _sorted_quantile(values: Floats, known: np.ndarray[tuple[int, ...], np.dtype[np.int64]], q: float) -> Floats:
    """Quantile of each column of sorted values of which the first `known` are not NaN (NumPy's linear method)."""
    place = np.maximum(known - 1, 0) * q
    lower = np.floor(place).astype(np.int64)
    upper = np.minimum(lower + 1, np.maximum(known - 1, 0))
    columns = np.arange(values.shape[1])
    start, end = values[lower, columns], values[upper, columns]
    return np.asarray(start + (place - lower) * (end - start), dtype=np.float64)


def poisson_bounds(count: Floats, total: Floats) -> tuple[Floats, Floats]:
    """Return Jeffreys' interval of a rate that is one Poisson count (Brown, Cai and DasGupta 2003).

    Zero findings in W words: from 0 to 3 / W, the rule of three.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(count > 0, special.gammaincinv(count + 0.5, TAIL), 0.0) / total
        high = np.where(count > 0, special.gammaincinv(count + 0.5, 1 - TAIL), RULE_OF_THREE) / total
    return low, high


def conditional_ratio_bounds(count: Floats, total: Floats, rest: Floats, rest_total: Floats) -> tuple[Floats, Floats]:
    """Return Jeffreys' interval of the ratio of two Poisson rates, from the one's share of both counts together."""
    with np.errstate(divide="ignore", invalid="ignore"):
        low = special.betaincinv(count + 0.5, rest + 0.5, TAIL)
        high = special.betaincinv(count + 0.5, rest + 0.5, 1 - TAIL)
        low, high = (share / (1 - share) * rest_total / total for share in (low, high))
    return low, high


def binomial_bounds(share: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Return Jeffreys' interval of a share of independent trials (Brown, Cai and DasGupta 2001).

    None or all of n trials: the rule of three, 1 - .05 ** (1 / n), from that end.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        hits = np.clip(share, 0, 1) * trials
        low = special.betaincinv(hits + 0.5, trials - hits + 0.5, TAIL)
        high = special.betaincinv(hits + 0.5, trials - hits + 0.5, 1 - TAIL)
        end = 0.05 ** (1 / trials)
    low = np.where(share <= 0, 0.0, np.where(share >= 1, end, low))
    high = np.where(share >= 1, 1.0, np.where(share <= 0, 1 - end, high))
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
