"""A negative binomial model of articles: do a few of them make all of a difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from framing.errors import InternalError
from framing.stats._estimate import Floats
from framing.stats._interval import NORMAL

_LARGEST_DISPERSION, _SMALLEST_DISPERSION = 200.0, 1e-6
_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class NegativeBinomial:
    """A fitted model.

    Attributes
    ----------
    dispersion : float
        phi: a count of mean m has variance m + phi m^2; near 0 the counts are Poisson.
    ratio, low, high : float
        Rate of the group over that of the others, with its 95 % interval (Wald, of the log).
    p : float
        Two-sided, of the same.
    note : str
        Why the others are NaN, or empty.
    """

    dispersion: float
    ratio: float
    low: float
    high: float
    p: float
    note: str = ""


def negative_binomial(counts: ArrayLike, totals: ArrayLike, in_group: ArrayLike) -> NegativeBinomial:
    """Fit counts of articles: log link, log words as offset, one group against the others.

    Parameters
    ----------
    counts, totals : array_like, shape (N,)
        Findings and words; articles without words are left out.
    in_group : array_like of bool, shape (N,)
        Which articles are the group's.

    Returns
    -------
    NegativeBinomial
        NaN with a note where a side has fewer than two articles with words or no finding (the ratio then has no
        finite estimate).

    Raises
    ------
    InternalError
        If the shapes do not fit.

    Notes
    -----
    A ratio of sums weighs an article by its words; here a long article weighs at most as much as 1 / phi findings, so
    that a few long ones do not decide: if both agree, they do not make the difference. (Among articles of equal length
    both weigh alike; see `leave_one_out`.) Variance m + phi m^2 (Lawless 1987); the two rates are found by maximum
    likelihood for each phi, and phi by that of the profile likelihood, adjusted for the two rates (Cox and Reid 1987),
    as the unadjusted one is too small in small samples.
    """
    count, words = np.asarray(counts, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    mine = np.asarray(in_group, dtype=np.bool_)
    if not (count.shape == words.shape == mine.shape) or count.ndim != 1:
        msg = f"counts {count.shape}, totals {words.shape} and groups {mine.shape} do not fit"
        raise InternalError(msg)
    sides = [(count[side & (words > 0)], words[side & (words > 0)]) for side in (mine, ~mine)]
    note = _unfit(sides)
    if note:
        return NegativeBinomial(np.nan, np.nan, np.nan, np.nan, np.nan, note)

    def loss(log_dispersion: float) -> float:
        phi = float(np.exp(log_dispersion))
        return -sum(_likelihood(c, t, _rate(c, t, phi), phi) for c, t in sides)

    bounds = float(np.log(_SMALLEST_DISPERSION)), float(np.log(_LARGEST_DISPERSION))
    phi = float(np.exp(optimize.minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-3}).x))
    fitted = [_rate(c, t, phi) for c, t in sides]
    variance = sum(1 / _information(t, rate, phi) for (_, t), rate in zip(sides, fitted, strict=True))
    log_ratio, error = float(np.log(fitted[0] / fitted[1])), float(np.sqrt(variance))
    low, high = np.exp([log_ratio - NORMAL * error, log_ratio + NORMAL * error]).tolist()
    p = float(2 * special.ndtr(-abs(log_ratio) / error))
    return NegativeBinomial(phi, float(np.exp(log_ratio)), low, high, p)


def _unfit(sides: list[tuple[Floats, Floats]]) -> str:
    for name, (count, words) in zip(("the group", "the others"), sides, strict=True):
        if words.size < 2:
            return f"fewer than two articles with words in {name}"
        if count.sum() <= 0:
            return f"no findings in {name}"
    return ""


def _rate(count: Floats, words: Floats, phi: float) -> float:
    """Return the rate of one side by maximum likelihood: the mean of rates, weighted with t / (1 + phi r t)."""
    rate = float(count.sum() / words.sum())
    for _ in range(_ROUNDS):
        weight = 1 / (1 + phi * rate * words)
        new = float((weight * count).sum() / (weight * words).sum())
        if abs(new - rate) <= 1e-10 * rate:
            break
        rate = new
    return rate


def _information(words: Floats, rate: float, phi: float) -> float:
    """Return the expected information on a log rate."""
    mean = rate * words
    return float((mean / (1 + phi * mean)).sum())


def _likelihood(count: Floats, words: Floats, rate: float, phi: float) -> float:
    """Return the log likelihood of one side, less half the log of the information on its rate."""
    mean, size = rate * words, 1 / phi
    logs = special.gammaln(count + size) - special.gammaln(size) - special.gammaln(count + 1)
    logs += count * np.log(phi * mean) - (count + size) * np.log1p(phi * mean)
    return float(logs.sum() - np.log(_information(words, rate, phi)) / 2)
