"""Permutation tests within strata: labels are shuffled among the articles of one stratum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse, special

from framing.stats._estimate import Floats, Ints
from framing.stats._strata import Pairs, Strata
from framing.stats._sums import gathered

# a larger stratum is first added up in that many random bins
LARGEST_STRATUM = 1_000
# numbers in one chunk of shuffles, of sums and of a block of measures
_CHUNK = 1_000_000
_BLOCK = 8_000_000
_CACHE = 100_000

Bools = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def within_p(strata: Strata, *, permutations: int, seed: int, reference: int | None) -> Floats:
    """Return the p-value of each group against the others or the reference, shape (G, K).

    Notes
    -----
    Under equal rates within strata the findings of a group less those expected from its words, c1 - t1 (c1 + c0) / T,
    have mean zero whatever the lengths of articles. Their sum over strata is divided by its standard error, worked out
    anew in every shuffle: where both sides have two articles or more from the residuals of articles, elsewhere from the
    square of the stratum's own term. p is never below the one of independent findings given the words: a sum of
    binomial counts, taken as one binomial of the same mean and variance (mid-p, twice the smaller tail).
    """
    sums = strata.sums
    n_groups, n_measures = sums.n_groups, sums.counts.shape[1]
    p = np.full((n_groups, n_measures), np.nan)
    against = [None] if reference is None else [number for number in range(n_groups) if number != reference]
    for other in against:
        keep = np.arange(sums.group.size)
        if other is not None:
            keep = np.flatnonzero((sums.group == other) | (sums.group == reference))
        # a stratum of one group has nothing to shuffle
        shared = np.unique(np.stack([strata.stratum[keep], sums.group[keep]]), axis=1)[0]
        repeated = np.unique(shared[1:][shared[1:] == shared[:-1]])
        keep = keep[np.isin(strata.stratum[keep], repeated)]
        targets = np.unique(sums.group[keep]) if other is None else np.array([other])
        if not keep.size:
            continue
        width = max(1, _BLOCK // keep.size)
        for start in range(0, n_measures, width):
            columns = np.arange(start, min(start + width, n_measures))
            rng = np.random.default_rng(np.random.SeedSequence([seed, 4, 0 if other is None else other + 1]))
            pool = _Pool.of(strata, keep, columns, rng)
            for number, extreme, silent in _shuffles(pool, targets.tolist(), permutations, rng):
                pairs = strata.pairs(number, columns, reference)
                found = np.maximum((extreme + 1.0) / (permutations + 1.0), _given_words(pairs))
                silent = silent | ((pairs.count + pairs.rest).sum(axis=0) <= 0) | ~pairs.both().any(axis=0)
                p[number, columns] = np.where(silent, np.nan, found)
    return p


@dataclass(frozen=True, slots=True)
class _Pool:
    """Articles (or bins of them) in the order of strata.

    `residuals` (N, K) are findings less those expected at the rate of the stratum; `products` has, if any cell and its
    rest have two articles, what the variance of residuals needs: their squares, residuals times words, words, squared
    words, (N, 2 K + 2 D).
    """

    stratum: Ints
    group: Ints
    residuals: Floats
    products: Floats | None
    total_of: Ints

    @classmethod
    def of(cls, strata: Strata, keep: Ints, columns: Ints, rng: np.random.Generator) -> _Pool:
        keep = keep[np.lexsort((strata.sums.group[keep], strata.stratum[keep]))]
        used, total_of = np.unique(strata.sums.total_of[columns], return_inverse=True)
        bins = _bins(strata.stratum[keep], strata.sums.group[keep], rng)
        stratum, group = strata.stratum[keep], strata.sums.group[keep]
        if bins is not None:
            first = np.asarray((bins > 0).argmax(axis=1)).ravel()
            stratum, group = stratum[first], group[first]
        counts = gathered(strata.sums.counts, keep, bins, columns)
        totals = gathered(strata.sums.totals, keep, bins, used)
        place = np.unique(stratum, return_inverse=True)[1]
        adds = sparse.csr_array((np.ones(place.size), (place, np.arange(place.size))))
        with np.errstate(divide="ignore", invalid="ignore"):
            words = np.asarray(adds @ totals)[:, total_of]
            rate = np.where(words > 0, np.asarray(adds @ counts) / words, 0.0)
        residuals = counts - rate[place] * totals[:, total_of]
        products = None
        if _any_crowded(stratum, group):
            products = np.hstack([residuals**2, residuals * totals[:, total_of], totals, totals**2])
        return cls(place.astype(np.int64), group, residuals, products, total_of.astype(np.int64))

    def spread(self, score: Floats, own: Floats, every: Floats, size: Floats, others: Floats) -> Floats:
        """Return the variance of the terms of crowded cells from the residuals of articles, shape (R, K)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            # the residuals of a stratum add up to nothing
            mine, words = self._squares(score, own)
            theirs, rest_words = self._squares(-score, every - own)
            share = words / (words + rest_words)
            mine *= (1 - share) ** 2 * (size / (size - 1))[:, np.newaxis]
            theirs *= share**2 * (others / (others - 1))[:, np.newaxis]
        return np.asarray(np.nan_to_num(mine + theirs, nan=0.0, posinf=0.0).sum(axis=1), dtype=np.float64)

    def _squares(self, score: Floats, summed: Floats) -> tuple[Floats, Floats]:
        """Return the sum of squared residuals around the cell's own rate, and its words, shape (R, M, K)."""
        k = self.total_of.size
        d = (summed.shape[-1] - 2 * k) // 2
        square, cross, words, word_squares = np.split(summed, [k, 2 * k, 2 * k + d], axis=-1)
        words, word_squares = words[..., self.total_of], word_squares[..., self.total_of]
        rate = np.where(words > 0, score / words, 0.0)
        return np.maximum(square - 2 * rate * cross + rate**2 * word_squares, 0), words


def _bins(stratum: Ints, group: Ints, rng: np.random.Generator) -> sparse.csr_array | None:
    """Return the matrix that adds up the articles of very large strata, in equal parts within each cell."""
    sizes = np.bincount(stratum)
    if sizes.max(initial=0) <= LARGEST_STRATUM:
        return None
    number = np.zeros(stratum.size, dtype=np.int64)
    done = 0
    starts = _starts(stratum, group)
    for start, stop in zip(starts, np.append(starts[1:], stratum.size), strict=True):
        fair = min(1.0, LARGEST_STRATUM / sizes[stratum[start]])
        parts = max(1, round((stop - start) * fair))
        number[start:stop] = done + rng.permutation(stop - start) % parts
        done += parts
    return sparse.csr_array((np.ones(number.size), (number, np.arange(number.size))), shape=(done, number.size))


def _starts(stratum: Ints, group: Ints) -> Ints:
    """Return where a cell begins, of articles in the order of cells."""
    return np.flatnonzero(np.append(True, (np.diff(stratum) != 0) | (np.diff(group) != 0))).astype(np.int64)


def _any_crowded(stratum: Ints, group: Ints) -> bool:
    """Tell whether any cell, and the rest of its stratum, have two articles or more; in the order of strata."""
    start = _starts(stratum, group)
    size = np.diff(np.append(start, stratum.size))
    whole = np.unique(stratum, return_inverse=True)[1]
    return bool(((size >= 2) & (np.bincount(whole)[whole[start]] - size >= 2)).any())


def _shuffles(
    pool: _Pool, targets: list[int], permutations: int, rng: np.random.Generator
) -> list[tuple[int, Ints, Bools]]:
    """Return each target group with how many shuffles are as extreme as what was seen, and what can't be tested."""
    n = pool.stratum.size
    cells = _Cells.of(pool)

    def statistics(shuffled: Ints) -> list[Floats]:
        score, products = cells.added(shuffled, pool)
        return [cells.statistic(number, score, products, pool) for number in targets]

    observed = statistics(np.arange(n)[np.newaxis])
    extreme = [np.zeros(pool.total_of.size, dtype=np.int64) for _ in targets]
    step = max(1, min(_CHUNK // n, _CHUNK // max(1, cells.start.size * pool.total_of.size)))
    for start in range(0, permutations, step):
        keys = rng.random((min(step, permutations - start), n)) + pool.stratum
        for place, drawn in enumerate(statistics(np.argsort(keys, axis=1))):
            # equal tables must compare as equal whatever the order of additions
            extreme[place] += (~(drawn < observed[place] * (1 - 1e-9))).sum(axis=0)
    return [(number, extreme[i], np.isnan(observed[i][0])) for i, number in enumerate(targets)]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells in the order of (group, stratum): where each begins, and what does not change in a shuffle.

    `crowded` are the cells that, like the rest of their stratum, have two articles or more; `size`, `others` and
    `whole` (articles there, in the rest, products of the stratum) are theirs.
    """

    slots: Ints
    start: Ints
    group: Ints
    crowded: Ints
    size: Floats
    others: Floats
    whole: Floats

    @classmethod
    def of(cls, pool: _Pool) -> _Cells:
        slots = np.lexsort((pool.stratum, pool.group))
        stratum, group = pool.stratum[slots], pool.group[slots]
        start = _starts(stratum, group)
        here = stratum[start]
        size = np.diff(np.append(start, slots.size)).astype(np.float64)
        others = np.bincount(stratum)[here] - size
        crowded = np.flatnonzero((size >= 2) & (others >= 2))
        whole = np.empty((0, 0))
        if pool.products is not None:
            adds = sparse.csr_array((np.ones(slots.size), (pool.stratum, np.arange(slots.size))))
            whole = np.asarray(adds @ pool.products)[here[crowded]]
        return cls(slots, start, group[start], crowded, size[crowded], others[crowded], whole)

    def added(self, shuffled: Ints, pool: _Pool) -> tuple[Floats, Floats | None]:
        """Return sums by shuffle and cell: of residuals (R, M, K), and of products (R, crowded, columns)."""
        r, n = shuffled.shape
        indptr = np.append((np.arange(r)[:, np.newaxis] * n + self.start).ravel(), r * n)
        labels = sparse.csr_array((np.ones(r * n), shuffled[:, self.slots].ravel(), indptr), shape=(indptr.size - 1, n))
        score = _product(labels, pool.residuals).reshape(r, self.start.size, -1)
        if pool.products is None:
            return score, None
        rows = (np.arange(r)[:, np.newaxis] * self.start.size + self.crowded).ravel()
        return score, _product(labels[rows], pool.products).reshape(r, self.crowded.size, -1)

    def statistic(self, number: int, score: Floats, products: Floats | None, pool: _Pool) -> Floats:
        """Return |t| of one group in each shuffle, shape (R, K)."""
        first, last = np.searchsorted(self.group, [number, number + 1]).tolist()
        mine = score[:, first:last]
        a, b = np.searchsorted(self.crowded, [first, last]).tolist()
        alone = mine
        if b > a:
            alone = np.delete(mine, self.crowded[a:b] - first, axis=1)
        variance = np.einsum("rsk,rsk->rk", alone, alone)
        if products is not None and b > a:
            crowded = score[:, self.crowded[a:b]]
            ours, every = products[:, a:b], self.whole[a:b]
            variance = variance + pool.spread(crowded, ours, every, self.size[a:b], self.others[a:b])
        with np.errstate(divide="ignore", invalid="ignore"):
            # half a finding, as in rates: a shuffle without findings has an error too
            return np.asarray(np.abs(mine.sum(axis=1)) / np.sqrt(variance + 0.5), dtype=np.float64)


def _product(labels: sparse.csr_array, values: Floats) -> Floats:
    # rows are picked at random: a few columns at a time stay in the cache
    width = max(8, _CACHE // len(values))
    cut = range(0, values.shape[1], width)
    blocks = [labels @ np.ascontiguousarray(values[:, start : start + width]) for start in cut]
    return np.asarray(np.hstack(blocks), dtype=np.float64)


def _given_words(pairs: Pairs) -> Floats:
    """Return the p-value of a group's findings if they fell on single words of a stratum at random, shape (K,)."""
    every = np.where(pairs.total > 0, pairs.total + pairs.rest_total, 1.0)
    share = (pairs.total / every)[:, pairs.total_of]
    findings, count = pairs.count + pairs.rest, pairs.count.sum(axis=0)
    mean = (findings * share).sum(axis=0)
    variance = (findings * share * (1 - share)).sum(axis=0)
    # from the side that has less to expect: p is then the same from either
    turn = 2 * mean > findings.sum(axis=0)
    count, mean = (np.where(turn, findings.sum(axis=0) - seen, seen) for seen in (count, mean))
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.clip(1 - variance / mean, 1e-9, 1 - 1e-9)
        trials = np.maximum(mean / chance, count)
        # P(X >= c) = I(c, n - c + 1), 1 for no finding
        at_least = np.where(count > 0, special.betainc(np.maximum(count, 1e-9), trials - count + 1, chance), 1.0)
        more = np.where(trials > count, special.betainc(count + 1, np.maximum(trials - count, 1e-9), chance), 0.0)
    upper = (at_least + more) / 2
    p = np.minimum(1.0, 2 * np.minimum(upper, 1 - upper))
    return np.asarray(np.where(np.isnan(p), 1.0, p), dtype=np.float64)
