"""Permutation tests: the labels of articles are shuffled, the articles stay whole."""

from __future__ import annotations

import numpy as np
from scipy import sparse, special

from framing.stats._estimate import Floats, Ints
from framing.stats._sums import Sums, binned, gathered

LARGEST_CORPUS = 20_000
# numbers in one chunk of shuffled labels, and in one chunk of sums
_CHUNK = 2_000_000


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
        Two-sided; NaN where a side has no words or there are no findings at all.

    Notes
    -----
    The statistic is the deviance of two Poisson rates against one (the likelihood ratio), which grows with the log
    rate ratio on either side, needs no correction at zero and weighs both sides alike. Its distribution comes from
    the permutations alone, so that nothing need be Poisson. p = (b + 1) / (R + 1) with b the permutations at least as
    extreme (Phipson and Smyth 2010). More than 20,000 articles are first added up in that many random bins.
    """
    rng = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    counts, totals, bounds = _units(sums, rng)
    n, n_groups, n_measures = len(counts), sums.n_groups, counts.shape[1]
    indptr = bounds
    both = np.hstack([counts, totals])
    whole = both.sum(axis=0)
    observed = _deviance(_group_sums(np.arange(n)[np.newaxis], indptr, both), whole, n_measures, sums.total_of)[0]
    # equal tables must compare as equal whatever the order of additions
    limit = observed - 1e-9 * np.maximum(1.0, np.abs(observed))
    extreme = np.zeros((n_groups, n_measures), dtype=np.int64)
    step = max(1, min(_CHUNK // max(n, 1), _CHUNK // max(n_groups * both.shape[1], 1)))
    order = np.arange(n)
    for start in range(0, permutations, step):
        shuffled = rng.permuted(np.tile(order, (min(step, permutations - start), 1)), axis=1)
        deviance = _deviance(_group_sums(shuffled, indptr, both), whole, n_measures, sums.total_of)
        extreme += (deviance >= limit).sum(axis=0)
    p = (extreme + 1.0) / (permutations + 1.0)
    return np.where(np.isnan(observed), np.nan, p)


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
    return np.asarray(labels @ values, dtype=np.float64).reshape(r, n_groups, -1)


def _deviance(group_sums: Floats, whole: Floats, n_measures: int, total_of: Ints) -> Floats:
    """Return the deviance of group against rest, shape (R, G, K)."""
    count, words = group_sums[..., :n_measures], group_sums[..., n_measures:]
    all_counts, all_words = whole[:n_measures], whole[n_measures:]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = all_counts * (words / all_words)[..., total_of]
        rest, rest_expected = all_counts - count, all_counts - expected
        deviance = special.xlogy(count, count / expected) + special.xlogy(rest, rest / rest_expected)
    silent = (all_counts <= 0) | ((words <= 0) | (words >= all_words))[..., total_of]
    return np.asarray(np.where(silent, np.nan, deviance), dtype=np.float64)
