"""Permutation tests: the labels of articles are shuffled, the articles stay whole."""

from __future__ import annotations

import numpy as np
from scipy import sparse, stats

from framing.stats._estimate import Floats, Ints
from framing.stats._sums import Sums, binned, gathered

LARGEST_CORPUS = 20_000
# numbers in one chunk of shuffled labels, and in one chunk of sums
_CHUNK = 2_000_000
_CACHE = 100_000


def permutation_p(sums: Sums, *, permutations: int, seed: int) -> Floats:
    """Return the p-value of each group against all the others, for each measure.

    Parameters
    ----------
    sums : Sums
        Counts and words of N articles.
    permutations : int
        R; the smallest p-value possible is 1 / (R + 1).
    seed : int
        The same shuffles serve all measures.

    Returns
    -------
    ndarray, shape (G, K)
        Two-sided; NaN where a side has no words or a single article, or there are no findings at all.

    Notes
    -----
    The statistic is the log rate ratio over its linearised standard error (half a finding added, as in `rates`), both
    worked out anew in every permutation. Without the standard error the test would take a difference in the length of
    articles for one in rates: where one side's articles are five times as long, it rejects equal rates in up to 12 %
    of the samples instead of 5 % (Janssen 1997 and Chung and Romano 2013 show why studentising mends it).
    p = (b + 1) / (R + 1) with b the permutations at least as extreme (Phipson and Smyth 2010). A handful of findings
    has few outcomes, and a group with fewer words than most shuffles make would seem extreme for that alone; p is
    therefore never below the one of two Poisson counts given their words (binomial, mid-p, twice the smaller tail).
    More than 20,000 articles are first added up in that many random bins.
    """
    rng = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    counts, totals, bounds = _units(sums, rng)
    n, n_groups, n_measures = len(counts), sums.n_groups, counts.shape[1]
    parts = np.hstack([counts, counts**2, counts * totals[:, sums.total_of], totals, totals**2])
    whole = parts.sum(axis=0)
    sizes = np.diff(bounds)

    def statistics(order: Ints) -> Floats:
        group_sums = _group_sums(order, bounds, parts)
        rest = _side(whole - group_sums, n - sizes, n_measures, sums.total_of)
        own = _side(group_sums, sizes, n_measures, sums.total_of)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.abs(own[0] - rest[0]) / np.sqrt(own[1] + rest[1]), dtype=np.float64)

    observed = statistics(np.arange(n)[np.newaxis])[0]
    silent = np.isnan(observed) | (whole[:n_measures] <= 0)
    # equal tables must compare as equal whatever the order of additions
    limit = observed * (1 - 1e-9)
    extreme = np.zeros((n_groups, n_measures), dtype=np.int64)
    step = max(1, min(_CHUNK // max(n, 1), _CHUNK // max(n_groups * parts.shape[1], 1)))
    order = np.arange(n)
    for start in range(0, permutations, step):
        shuffled = rng.permuted(np.tile(order, (min(step, permutations - start), 1)), axis=1)
        # a shuffle that leaves a side without words can't speak against an extreme
        extreme += (~(statistics(shuffled) < limit)).sum(axis=0)
    p = np.maximum((extreme + 1.0) / (permutations + 1.0), _given_words(sums, counts, totals, bounds))
    return np.where(silent, np.nan, p)


def _given_words(sums: Sums, counts: Floats, totals: Floats, bounds: Ints) -> Floats:
    """Return the p-value of each group's count if findings fell on single words at random, shape (G, K)."""
    order = np.arange(len(counts))[np.newaxis]
    count = _group_sums(order, bounds, counts)[0]
    words = _group_sums(order, bounds, totals)[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (words / words.sum(axis=0))[:, sums.total_of]
    every = count.sum(axis=0)
    half = stats.binom.pmf(count, every, share) / 2
    upper = stats.binom.sf(count, every, share) + half
    lower = stats.binom.cdf(count, every, share) - half
    return np.asarray(np.minimum(1.0, 2 * np.minimum(upper, lower)), dtype=np.float64)


def _units(sums: Sums, rng: np.random.Generator) -> tuple[Floats, Floats, Ints]:
    """Return counts and totals in the order of groups, and where each group begins."""
    n = sums.group.size
    parts: list[tuple[Floats, Floats]] = []
    for _, rows in sums.rows():
        fair = max(1, round(LARGEST_CORPUS * rows.size / n)) if n > LARGEST_CORPUS else rows.size
        bins = binned(rows, fair, rng)
        parts.append((gathered(sums.counts, rows, bins), gathered(sums.totals, rows, bins)))
    counts, totals = (np.vstack(arrays) for arrays in zip(*parts, strict=True))
    bounds = np.concatenate([[0], np.cumsum([len(part) for part, _ in parts])]).astype(np.int64)
    return counts, totals, bounds


def _group_sums(shuffled: Ints, bounds: Ints, values: Floats) -> Floats:
    """Return sums by permutation and group, shape (R, G, columns): the first n_1 of a shuffle are group 1, ..."""
    r, n = shuffled.shape
    n_groups = bounds.size - 1
    indptr = np.append((np.arange(r)[:, np.newaxis] * n + bounds[:-1]).ravel(), r * n)
    labels = sparse.csr_array((np.ones(r * n), shuffled.ravel(), indptr), shape=(r * n_groups, n))
    # rows are picked at random: a few columns at a time stay in the cache, ten times as fast
    width = max(8, _CACHE // n)
    columns = [np.ascontiguousarray(values[:, start : start + width]) for start in range(0, values.shape[1], width)]
    return np.hstack([labels @ block for block in columns]).reshape(r, n_groups, -1)


def _side(summed: Floats, articles: Ints, n_measures: int, total_of: Ints) -> tuple[Floats, Floats]:
    """Return the log rates of one side and their variances, both of shape (R, G, K); NaN without words."""
    k, d = n_measures, (summed.shape[-1] - 3 * n_measures) // 2
    count, square, cross, total, total_square = np.split(summed, [k, 2 * k, 3 * k, 3 * k + d], axis=-1)
    total, total_square = total[..., total_of], total_square[..., total_of]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(total > 0, count / total, np.nan)
        small = np.where(articles > 1, articles / (articles - 1.0), np.nan)[:, np.newaxis]
        spread = np.maximum(square - 2 * ratio * cross + ratio**2 * total_square, 0) + 0.5
        log_rate = np.log((count + 0.5) / total)
    return log_rate, np.asarray(spread * small / (count + 0.5) ** 2, dtype=np.float64)
