"""Which words tell groups apart: log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from framing.errors import InternalError
from framing.stats._estimate import Floats

LARGEST_PRIOR = 10_000.0


class LogOdds(NamedTuple):
    """Log-odds ratios of G groups (each against all the others) and V words; arrays of shape (G, V).

    `delta` is the log-odds ratio, `variance` its approximate variance, `z` delta over its standard error.
    """

    delta: Floats
    variance: Floats
    z: Floats


def prior_mass(counts: Floats) -> float:
    """Return the weight of the prior in words: 10,000, or all the words there are if they are fewer.

    With 10,000, a word that makes up a ten-thousandth of all text is given one imagined occurrence on each side.
    """
    return float(min(LARGEST_PRIOR, np.asarray(counts, dtype=np.float64).sum()))


def log_odds(counts: ArrayLike, *, mass: float | None = None) -> LogOdds:
    """Return log-odds ratios with an informative Dirichlet prior.

    Parameters
    ----------
    counts : array_like, shape (G, V)
        Occurrences of V words in G groups.
    mass : float, optional
        Total of the prior; `prior_mass` of the counts by default.

    Returns
    -------
    LogOdds
        NaN for words that never occur, and everywhere if there are fewer than two groups with words.

    Raises
    ------
    InternalError
        If the counts have another number of dimensions than two.

    Notes
    -----
    Monroe, Colaresi and Quinn (2008), "Fightin' Words". The prior of a word is proportional to its frequency in all
    groups together. z takes words as drawn one by one; it ranks words, and words come in bunches, so that it is no
    test of an outlet.
    """
    y = np.asarray(counts, dtype=np.float64)
    if y.ndim != 2:
        msg = f"counts must have two dimensions (groups, words), found {y.ndim}"
        raise InternalError(msg)
    pooled = y.sum(axis=0)
    total = pooled.sum()
    prior_total = prior_mass(y) if mass is None else float(mass)
    with np.errstate(divide="ignore", invalid="ignore"):
        prior = np.where(pooled > 0, prior_total * pooled / total, np.nan)
        n = y.sum(axis=1, keepdims=True)
        rest, n_rest = pooled - y, total - n
        own_odds = (y + prior) / (n + prior_total - y - prior)
        rest_odds = (rest + prior) / (n_rest + prior_total - rest - prior)
        delta = np.log(own_odds) - np.log(rest_odds)
        variance = 1 / (y + prior) + 1 / (rest + prior)
    silent = (n <= 0) | (n_rest <= 0)
    delta, variance = np.where(silent, np.nan, delta), np.where(silent, np.nan, variance)
    return LogOdds(delta, variance, delta / np.sqrt(variance))
