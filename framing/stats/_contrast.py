"""Two sides set against each other: ratios and differences with intervals."""

from __future__ import annotations

import numpy as np

from framing.stats._estimate import Floats, Ints
from framing.stats._interval import conditional_ratio_bounds, studentised
from framing.stats._resample import Moments
from framing.stats._single import Kind, half_a_finding


def rate_contrast(own: Moments, rest: Moments, scale: float) -> Floats:
    """Return ratio and difference of own against rest with their bounds, shape (6, K)."""
    half = np.full(own.units.shape, 0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        own_spread, rest_spread = own.spread(half), rest.spread(half)
        log_ratio = np.log((own.count + 0.5) / own.total) - np.log((rest.count + 0.5) / rest.total)
        logs = own_spread / (own.count + 0.5) ** 2, rest_spread / (rest.count + 0.5) ** 2
        plain = own_spread / own.total**2, rest_spread / rest.total**2
    apart = own.ratio() - rest.ratio()
    ratio_low, ratio_high = _welch(log_ratio, logs, own.units, rest.units)
    low, high = _welch(apart, plain, own.units, rest.units)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = own.ratio()[0] / rest.ratio()[0]
    one_sided_zero = (own.count[0] == 0) | (rest.count[0] == 0)
    ratio = np.where(one_sided_zero, np.exp(log_ratio[0]), ratio)
    found = (own.count[0] + rest.count[0] > 0) & (own.total[0] > 0) & (rest.total[0] > 0)
    floor_low, floor_high = conditional_ratio_bounds(own.count[0], own.total[0], rest.count[0], rest.total[0])
    ratios = np.stack([ratio, np.fmin(np.exp(ratio_low), floor_low), np.fmax(np.exp(ratio_high), floor_high)])
    ratios[1:, np.isnan(ratio_low)] = np.nan
    ratios[:, ~found] = np.nan
    return np.vstack([ratios, np.stack([apart[0], low, high]) * scale])


def difference(own: Moments, rest: Moments, kind: Kind, trials: Floats, rest_trials: Floats) -> Floats:
    """Return the difference of own from rest with its bounds, shape (3, K)."""
    own_extra, rest_extra = half_a_finding(own, kind, trials), half_a_finding(rest, kind, rest_trials)
    with np.errstate(divide="ignore", invalid="ignore"):
        variances = own.spread(own_extra) / own.total**2, rest.spread(rest_extra) / rest.total**2
    apart = own.ratio() - rest.ratio()
    low, high = _welch(apart, variances, own.units, rest.units)
    if kind == "share":
        low, high = np.maximum(low, -1), np.minimum(high, 1)
    return np.stack([apart[0], low, high])


def _welch(values: Floats, variances: tuple[Floats, Floats], own: Ints, rest: Ints) -> tuple[Floats, Floats]:
    """Return the interval of a statistic of two independent sides; row 0 is observed, the others are resampled."""
    error = np.sqrt(variances[0] + variances[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = variances[0][0] ** 2 / (own - 1) + variances[1][0] ** 2 / (rest - 1)
        df = error[0] ** 4 / terms
    df = np.where((own > 1) & (rest > 1), np.maximum(df, 1.0), 0.0)
    return studentised(values[0], error[0], values[1:], error[1:], df)
