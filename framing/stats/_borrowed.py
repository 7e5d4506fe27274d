"""Groups with a handful of articles: how articles vary is learnt from the articles of all groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from framing.stats._estimate import Floats, Ints
from framing.stats._interval import RULE_OF_THREE, TAIL
from framing.stats._resample import Moments
from framing.stats._sums import Sums, gathered

# a group with so many articles says by itself how much they vary
MANY = 10
# all groups together must have so many articles, of which each group's rate takes one away
_ENOUGH, _FREEDOM = 10, 4
# so many articles of a group tell enough about how they vary
_USED = 100
# coefficients of variation of articles' rates; of layers in news nearly all lie between .3 and 1.5
_SPREADS = np.array([0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.05, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4])
_ROUNDS, _HALVINGS = 6, 40
# degrees of freedom of a side whose bounds allow for what is not known of the spread already
_KNOWN = 1000.0


@dataclass(frozen=True, slots=True)
class Borrowed:
    """How much the rates of articles vary, as all groups together tell.

    Attributes
    ----------
    weight : ndarray, shape (J, K)
        How likely each of J coefficients of variation is, summing to 1.
    known : ndarray of bool, shape (K,)
        Measures for which there is something to borrow, and a group in need of it.
    """

    weight: Floats
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, sums: Sums, n_articles: Ints) -> Borrowed:
        """Learn from the articles of all groups; `n_articles`, shape (G, K), are those with words."""
        speak = np.where(n_articles > 1, n_articles, 0)
        rest = n_articles.sum(axis=0) - n_articles
        need = (_is_few(n_articles) | _is_few(rest)).any(axis=0)
        known = need & (speak.sum(axis=0) >= _ENOUGH) & (np.maximum(speak - 1, 0).sum(axis=0) >= _FREEDOM)
        weight = np.zeros((_SPREADS.size, known.size))
        columns = np.flatnonzero(known)
        if columns.size:
            weight[:, columns] = _weights(sums, columns)
        return cls(weight, known)

    def at(self, columns: Ints) -> Borrowed:
        """Return the same for some measures."""
        return Borrowed(self.weight[:, columns], self.known[columns])

    def needed(self, moments: Moments) -> NDArray[np.bool_]:
        """Return for which measures these articles are few enough to borrow, shape (K,)."""
        return self.known & _is_few(moments.units)

    def bounds(self, moments: Moments, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Return the bounds of rates, each (K,), with those of few articles replaced."""
        there = np.flatnonzero(self.needed(moments))
        if not there.size:
            return low, high
        count, words = moments.count[0, there], moments.total[0, there]
        shape = words**2 / moments.total2[0, there] / _SPREADS[:, np.newaxis] ** 2
        low, high = low.copy(), high.copy()
        weight = self.weight[:, there]
        low[there] = np.where(count > 0, _quantile(count, shape, weight, TAIL) / words, 0.0)
        least = np.where(count > 0, 0.0, RULE_OF_THREE)
        high[there] = np.maximum(_quantile(count, shape, weight, 1 - TAIL), least) / words
        return low, high

    def freedom(self, moments: Moments) -> Floats:
        """Return the degrees of freedom of a side, shape (K,)."""
        return np.where(self.needed(moments), _KNOWN, moments.freedom())


def _is_few(n_articles: Ints) -> NDArray[np.bool_]:
    return np.asarray((n_articles > 1) & (n_articles < MANY))


def _weights(sums: Sums, columns: Ints) -> Floats:
    """Return the posterior of the coefficient of variation, shape (J, K)."""
    logs = np.zeros((_SPREADS.size, columns.size))
    for _, rows in sums.rows():
        some = rows[np.unique(np.linspace(0, rows.size - 1, min(rows.size, _USED)).astype(np.int64))]
        counts = gathered(sums.counts, some, None, columns)
        words = gathered(sums.totals, some, None)[:, sums.total_of[columns]]
        speaks = (words > 0).sum(axis=0) > 1
        for number, spread in enumerate(_SPREADS):
            logs[number] += np.where(speaks, _log_likelihood(counts, words, spread**2), 0.0)
    logs += (np.log(np.gradient(_SPREADS)) - _SPREADS)[:, np.newaxis]
    weight = np.exp(logs - logs.max(axis=0))
    return np.asarray(weight / weight.sum(axis=0), dtype=np.float64)


def _log_likelihood(counts: Floats, words: Floats, phi: float) -> Floats:
    """Return the adjusted profile likelihood of phi in one group, shape (K,)."""
    found, said = np.maximum(counts.sum(axis=0), 0.5), np.maximum(words.sum(axis=0), 1.0)
    rate = found / said
    for _ in range(_ROUNDS):
        weight = 1 / (1 + phi * words * rate)
        # a group without a finding has half of one
        least = 0.5 * weight.mean(axis=0)
        rate = np.maximum((weight * counts).sum(axis=0), least) / np.maximum((weight * words).sum(axis=0), 1e-9)
    mean, a = np.maximum(words * rate, 1e-12), 1 / phi
    logs = special.gammaln(counts + a) - special.gammaln(a) - a * np.log1p(mean / a)
    logs += special.xlogy(counts, mean / (a + mean))
    return np.asarray(logs.sum(axis=0) - np.log((mean / (1 + phi * mean)).sum(axis=0)) / 2, dtype=np.float64)


def _quantile(count: Floats, shape: Floats, weight: Floats, q: float) -> Floats:
    """Return the quantile of the mean of a count, shape (K,): a mixture of beta prime distributions."""
    below, above = np.log(count + 0.5) - 12, np.log(count + 0.5) + 16
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        mean = np.exp(middle)
        part = (weight * special.betainc(count + 0.5, shape, mean / (mean + shape))).sum(axis=0)
        below, above = np.where(part < q, middle, below), np.where(part < q, above, middle)
    return np.exp((below + above) / 2)
