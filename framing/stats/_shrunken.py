"""Rates of small groups drawn towards those of all: empirical Bayes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from framing.errors import InternalError
from framing.stats._estimate import Floats
from framing.stats._interval import RULE_OF_THREE, TAIL
from framing.stats._sums import Sums, gathered

# how much rates differ between groups (coefficient of variation): every value has the same weight before the data
_SPREADS = np.concatenate([np.geomspace(0.01, 0.1, 6), np.linspace(0.15, 1.5, 28), np.geomspace(1.6, 4, 8)])
_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Shrunken rates and their 95 % intervals, each of shape (G, K); NaN where there is nothing to draw towards."""

    value: Floats
    low: Floats
    high: Floats


def design_effect(sums: Sums) -> Floats:
    """Return how much more a group's count varies than a Poisson count, shape (G, K), never below 1.

    Parameters
    ----------
    sums : Sums
        Findings and words of each article.

    Returns
    -------
    ndarray, shape (G, K)
        For `shrunken`. NaN where a group has no words.

    Notes
    -----
    The rate of an article varies around its group's with variance phi times the squared rate (`overdispersion`), so
    that a count of mean m has variance m + phi m^2. The effect is 1 + phi sum(m^2) / sum(m) over a group's articles, at
    the rate of all groups, so that chance in a small group's own count does not decide how far it is trusted.
    """
    shape = (sums.n_groups, sums.total_of.size)
    words, squares, count = np.zeros(shape), np.zeros(shape), np.zeros(shape[1])
    for number, rows in sums.rows():
        totals = gathered(sums.totals, rows, None)
        words[number] = totals.sum(axis=0)[sums.total_of]
        squares[number] = (totals**2).sum(axis=0)[sums.total_of]
        count += np.asarray(sums.counts[rows].sum(axis=0)).ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        overall = count / words.sum(axis=0)
        return np.asarray(1 + overdispersion(sums) * overall * squares / words, dtype=np.float64)


def overdispersion(sums: Sums) -> Floats:
    """Return phi of each measure, shape (K,): a count of mean m in an article has variance m + phi m^2.

    Notes
    -----
    By the method of moments over the articles of all groups: sum((c - m)^2 - m) / sum(m^2), m from the rate of the
    article's group. The residuals of a group are too small by 1 - sum t^2 / (sum t)^2, as its rate is made from them.
    """
    above, below = np.zeros(sums.total_of.size), np.zeros(sums.total_of.size)
    for _, rows in sums.rows():
        counts, totals = gathered(sums.counts, rows, None), gathered(sums.totals, rows, None)
        n, words = (totals > 0).sum(axis=0)[sums.total_of], totals.sum(axis=0)[sums.total_of]
        squares, own = (totals**2).sum(axis=0)[sums.total_of], counts.sum(axis=0)
        cross = np.zeros(sums.total_of.size)
        for place in range(totals.shape[1]):
            with_it = sums.total_of == place
            cross[with_it] = totals[:, place] @ counts[:, with_it]
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(words > 0, own / words, 0.0)
            residual = (counts**2).sum(axis=0) - 2 * rate * cross + rate**2 * squares
            left = np.maximum(1 - squares / words**2, 0.05)
            above += np.where(n > 1, residual / left - own, 0.0)
        below += np.where(n > 1, rate**2 * squares, 0.0)
    return np.where(below > 0, np.maximum(above, 0) / np.where(below > 0, below, 1.0), 0.0)


def shrunken(count: Floats, total: Floats, *, per: float = 1000.0, design: Floats | None = None) -> Shrunken:
    """Return rates drawn towards the rate of all groups, the more the less a group has.

    Parameters
    ----------
    count, total : ndarray, shape (G, K)
        Findings and words of each group.
    per : float
        Words that a rate is given for.
    design : ndarray, shape (G, K), optional
        By how much a count varies more than a Poisson count, as `design_effect` gives it: findings and words are
        divided by it. Without it findings are taken as independent of one another, and intervals are too narrow.

    Returns
    -------
    Shrunken
        NaN where a group has no words, and where fewer than three groups have.

    Raises
    ------
    InternalError
        If the shapes do not fit.

    Notes
    -----
    Counts are Poisson with the group's rate, and the rates of groups gamma with mean m and coefficient of variation s
    (Clayton and Kaldor 1987). Given s, m is estimated by maximum likelihood, and a group's rate is gamma with mean
    (a + count) / (a / m + total), a = 1 / s^2. With a handful of groups s is hardly known, and intervals that take it
    as known are too narrow (Morris 1983): values and variances are therefore averaged over a grid of s, weighted with
    its marginal likelihood, with the variance of m added (Kass and Steffey 1989). The bounds are quantiles of
    the gamma distribution with that mean and variance. Without any finding they are 0 to 3 / all words.
    """
    shape = np.shape(count)
    if np.shape(total) != shape or len(shape) != 2 or (design is not None and np.shape(design) != shape):
        msg = f"counts {shape}, totals {np.shape(total)} and design effects do not fit"
        raise InternalError(msg)
    effect = np.ones(shape) if design is None else np.where(np.isnan(design), 1.0, design)
    there = np.asarray(total) > 0
    words = np.where(there, total / effect, 0.0)
    found = np.where(there, count / effect, 0.0)
    mean, variance = _averaged(found, words)
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = mean**2 / variance, mean / variance
        low, high = special.gammaincinv(a, TAIL) / b, special.gammaincinv(a, 1 - TAIL) / b
        nothing = found.sum(axis=0) <= 0
        limit = RULE_OF_THREE / words.sum(axis=0)
    silent = ~there | (there.sum(axis=0) < 3)
    arrays = (np.where(nothing, 0.0, mean), np.where(nothing, 0.0, low), np.where(nothing, limit, high))
    return Shrunken(*(np.where(silent, np.nan, values * per) for values in arrays))


def _averaged(found: Floats, words: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of the groups' rates, averaged over the spread of rates, each (G, K)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        # shape (spreads, 1, K) and (spreads, G, K)
        shape = 1 / _SPREADS[:, np.newaxis, np.newaxis] ** 2
        overall = np.broadcast_to((found.sum(axis=0) / words.sum(axis=0)), (shape.shape[0], 1, found.shape[1]))
        for _ in range(_ROUNDS):
            weight = words * shape / (shape + overall * words)
            overall = (weight * found / np.where(words > 0, words, 1.0)).sum(axis=1, keepdims=True) / weight.sum(
                axis=1, keepdims=True
            )
        information = (words / (overall * (1 + overall * words / shape))).sum(axis=1, keepdims=True)
        of_overall = 1 / information
        scale = shape / (shape + overall * words)
        logs = special.gammaln(found + shape) - special.gammaln(shape) + shape * np.log(scale)
        logs = (logs + special.xlogy(found, 1 - scale)).sum(axis=1, keepdims=True)
        logs = logs + np.log(of_overall) / 2 - np.log(overall)
        weight = np.exp(logs - logs.max(axis=0)) * np.gradient(_SPREADS)[:, np.newaxis, np.newaxis]
        weight = weight / weight.sum(axis=0)
        rate = (shape + found) / (shape / overall + words)
        slope = (shape + found) * shape / (shape + overall * words) ** 2
        spread = rate**2 / (shape + found) + slope**2 * of_overall
        mean = (weight * rate).sum(axis=0)
        return mean, (weight * (spread + rate**2)).sum(axis=0) - mean**2
