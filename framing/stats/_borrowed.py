"""Groups with a handful of articles: how articles vary is learnt from the articles of all groups.

Counts of an article are negative binomial around its group's rate, or beta-binomial around its share. How much
articles vary has a posterior on a grid, from the profile likelihood of each group adjusted for its rate (Cox and Reid
1987), so that intervals allow for what a dozen articles leave unknown of it. Before the data a coefficient of
variation s of rates has the weight exp(-s), up to 2.4, and a correlation of shares the same weight up to 0.9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from framing.stats._estimate import Floats, Ints
from framing.stats._interval import RULE_OF_THREE, TAIL, binomial_bounds
from framing.stats._resample import Moments
from framing.stats._sums import Sums, gathered

# a group with so many articles says by itself how much they vary
MANY = 10
# all groups together must have so many articles, less one for each group's rate or share
_FREEDOM = 4
# so many articles of a group tell enough about how they vary
_USED = 100
# coefficients of variation of articles' rates; of layers in news nearly all lie between .3 and 1.5
_SPREADS = np.array([0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.05, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4])
# how much two attributions of an article are alike (intraclass correlation)
_ALIKE = np.array([0.002, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
_ROUNDS, _HALVINGS = 6, 40
# degrees of freedom of a side whose bounds allow for what is not known of the spread already
_KNOWN = 1000.0


@dataclass(frozen=True, slots=True)
class Borrowed:
    """How much the rates or shares of articles vary, as all groups together tell.

    Attributes
    ----------
    weight : ndarray, shape (J, K)
        How likely each of J coefficients of variation (or, of shares, correlations) is, summing to 1.
    known : ndarray of bool, shape (K,)
        Measures for which there is something to borrow, and a group in need of it.
    """

    weight: Floats
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, sums: Sums, n_articles: Ints, trials: Floats | None = None) -> Borrowed:
        """Learn from the articles of all groups; `n_articles`, shape (G, K), are those with words.

        `trials`, shape (N, D), are those of shares; without them counts are Poisson around a rate.
        """
        free = np.maximum(n_articles - 1, 0).sum(axis=0)
        rest = n_articles.sum(axis=0) - n_articles
        need = (_is_few(n_articles) | _is_few(rest)).any(axis=0)
        known = need & (free >= _FREEDOM)
        weight = np.zeros((_SPREADS.size, known.size))
        columns = np.flatnonzero(known)
        if columns.size:
            weight[:, columns] = _weights(sums, columns, trials)
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

    def share_bounds(self, moments: Moments, trials: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Return the bounds of shares, each (K,), with those of few articles replaced."""
        there = np.flatnonzero(self.needed(moments))
        if not there.size:
            return low, high
        share, n, weight = moments.ratio()[0, there], trials[there], self.weight[:, there]
        an_article = n * moments.total2[0, there] / moments.total[0, there] ** 2
        effect = np.maximum(1 + _ALIKE[:, np.newaxis] * (an_article - 1), 1.0)
        hits, misses = share * n / effect + 0.5, (1 - share) * n / effect + 0.5
        least, most = binomial_bounds(share, n)
        # a share of far less than one trial lies below Jeffreys' bound
        least, most = np.fmin(least, share), np.fmax(most, share)
        low, high = low.copy(), high.copy()
        low[there] = np.where(share > 0, np.fmin(_share_quantile(hits, misses, weight, TAIL), least), 0.0)
        high[there] = np.where(share < 1, np.fmax(_share_quantile(hits, misses, weight, 1 - TAIL), most), 1.0)
        return low, high

    def freedom(self, moments: Moments) -> Floats:
        """Return the degrees of freedom of a side, shape (K,)."""
        return np.where(self.needed(moments), _KNOWN, moments.freedom())


def _is_few(n_articles: Ints) -> NDArray[np.bool_]:
    return np.asarray((n_articles > 1) & (n_articles < MANY))


def _weights(sums: Sums, columns: Ints, trials: Floats | None) -> Floats:
    """Return the posterior of the coefficient of variation, or of the correlation, shape (J, K)."""
    grid = _SPREADS**2 if trials is None else _ALIKE
    logs = np.zeros((grid.size, columns.size))
    for _, rows in sums.rows():
        if rows.size < 2:
            continue
        some = rows[np.unique(np.linspace(0, rows.size - 1, min(rows.size, _USED)).astype(np.int64))]
        counts = gathered(sums.counts, some, None, columns)
        words = gathered(sums.totals, some, None)[:, sums.total_of[columns]]
        speaks = (words > 0).sum(axis=0) > 1
        if trials is None:
            found = [_log_likelihood(counts, words, phi) for phi in grid]
        else:
            tried = np.where(words > 0, trials[some][:, sums.total_of[columns]], 0.0)
            hits = counts * tried / np.where(words > 0, words, 1.0)
            found = [_log_likelihood_of_shares(np.clip(hits, 0, tried), tried, alike) for alike in grid]
        logs += np.where(speaks, np.stack(found), 0.0)
    if trials is None:
        logs -= _SPREADS[:, np.newaxis]
        logs += np.log(np.gradient(_SPREADS))[:, np.newaxis]
    else:
        logs += np.log(np.gradient(_ALIKE))[:, np.newaxis]
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
    return np.asarray(np.exp((below + above) / 2), dtype=np.float64)


def _log_likelihood_of_shares(hits: Floats, trials: Floats, alike: float) -> Floats:
    """Return the adjusted profile likelihood of a correlation in one group, shape (K,): beta-binomial."""
    weight = 1 / (1 + alike * np.maximum(trials - 1, 0))
    # none or all have half a trial
    share = ((weight * hits).sum(axis=0) + 0.25) / ((weight * trials).sum(axis=0) + 0.5)
    size = 1 / alike - 1
    logs = special.betaln(hits + share * size, trials - hits + (1 - share) * size)
    logs -= special.betaln(share * size, (1 - share) * size)
    information = share * (1 - share) * (weight * trials).sum(axis=0)
    return np.asarray(logs.sum(axis=0) - np.log(np.maximum(information, 1e-12)) / 2, dtype=np.float64)


def _share_quantile(hits: Floats, misses: Floats, weight: Floats, q: float) -> Floats:
    """Return the quantile of a share, shape (K,): a mixture of beta distributions."""
    below, above = np.zeros(hits.shape[1]), np.ones(hits.shape[1])
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        part = (weight * special.betainc(hits, misses, middle)).sum(axis=0)
        below, above = np.where(part < q, middle, below), np.where(part < q, above, middle)
    return (below + above) / 2
