"""Permutation tests: the labels of articles are shuffled, the articles stay whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse, stats

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints
from framing.stats._sums import Sums, binned, gathered

LARGEST_CORPUS = 20_000
# numbers in one chunk of shuffled labels, and in one chunk of sums
_CHUNK = 2_000_000
_CACHE = 100_000


Kind = Literal["rate", "share", "mean"]


def permutation_p(
    sums: Sums, *, permutations: int, seed: int, kind: Kind = "rate", reference: int | None = None
) -> Floats:
    """Return the p-value of each group against all the others, or against a reference, for each measure.

    Parameters
    ----------
    sums : Sums
        Counts and words of N articles; of a mean the values (0 where there is none) and whether they are known.
    permutations : int
        R; the smallest p-value possible is 1 / (R + 1).
    seed : int
        The same shuffles serve all measures.
    kind : {"rate", "share", "mean"}
        Rates are compared by their ratio, shares and means by their difference.
    reference : int, optional
        Number of the group that every other one is set against; labels are then shuffled among those two groups only.

    Returns
    -------
    ndarray, shape (G, K)
        Two-sided; NaN where a side has no words or a single article, or there are no findings at all, and in the row
        of the reference.

    Raises
    ------
    InternalError
        If there is no such reference.

    Notes
    -----
    The statistic is the log rate ratio (of shares and means the difference) over its linearised standard error (half a
    finding added, as in `rates`), both worked out anew in every permutation. Without the standard error the test would
    take a difference in the length of articles for one in rates: where one side's articles are five times as long, it
    rejects equal rates in up to 12 % of the samples instead of 5 % (Janssen 1997 and Chung and Romano 2013 show why
    studentising mends it). p = (b + 1) / (R + 1) with b the permutations at least as extreme (Phipson and Smyth 2010).
    A handful of findings has few outcomes, and a group with fewer words than most shuffles make would seem extreme for
    that alone; p is therefore never below the one of two Poisson counts given their words (binomial), of shares never
    below the one of independent trials (hypergeometric; both mid-p, twice the smaller tail). More than 20,000 articles
    are first added up in that many random bins.
    """
    if reference is not None:
        return _against(sums, permutations, seed, kind, reference)
    rng = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    counts, totals, bounds = _units(sums, rng)
    test = _Test.of(counts, totals, sums.total_of, kind)
    n, sizes = len(counts), np.diff(bounds)
    observed = test.statistics(_group_sums(np.arange(n)[np.newaxis], bounds, test.parts), sizes)[0]
    # equal tables must compare as equal whatever the order of additions
    limit = observed * (1 - 1e-9)
    extreme = np.zeros(observed.shape, dtype=np.int64)
    step = max(1, min(_CHUNK // max(n, 1), _CHUNK // max(sums.n_groups * test.parts.shape[1], 1)))
    order = np.arange(n)
    for start in range(0, permutations, step):
        shuffled = rng.permuted(np.tile(order, (min(step, permutations - start), 1)), axis=1)
        # a shuffle that leaves a side without words can't speak against an extreme
        extreme += (~(test.statistics(_group_sums(shuffled, bounds, test.parts), sizes) < limit)).sum(axis=0)
    own = _group_sums(order[np.newaxis], bounds, np.hstack([counts, totals]))[0]
    return test.p(observed, extreme, permutations, own)


def _against(sums: Sums, permutations: int, seed: int, kind: Kind, reference: int) -> Floats:
    """Set each group against the reference; only the smaller of the two is added up in every shuffle."""
    if not 0 <= reference < sums.n_groups:
        msg = f"the reference must lie in 0 to {sums.n_groups - 1}, found {reference}"
        raise InternalError(msg)
    counts, totals, bounds = _units(sums, np.random.default_rng(np.random.SeedSequence([seed, 2])))
    p = np.full((sums.n_groups, counts.shape[1]), np.nan)
    places = [np.arange(bounds[number], bounds[number + 1]) for number in range(sums.n_groups)]
    for number in range(sums.n_groups):
        if number == reference or not min(places[number].size, places[reference].size):
            continue
        # |statistic| is the same from either side
        small, large = sorted((places[number], places[reference]), key=len)
        rows = np.concatenate([small, large])
        test = _Test.of(counts[rows], totals[rows], sums.total_of, kind)
        rng = np.random.default_rng(np.random.SeedSequence([seed, 2, number]))
        size, one, order = np.array([small.size]), np.array([0, small.size]), np.arange(rows.size)
        observed = test.statistics(_group_sums(order[np.newaxis, : small.size], one, test.parts), size)[0]
        limit, extreme = observed * (1 - 1e-9), np.zeros(observed.shape, dtype=np.int64)
        step = max(1, min(_CHUNK // rows.size, _CHUNK // test.parts.shape[1]))
        for start in range(0, permutations, step):
            shuffled = rng.permuted(np.tile(order, (min(step, permutations - start), 1)), axis=1)[:, : small.size]
            extreme += (~(test.statistics(_group_sums(shuffled, one, test.parts), size) < limit)).sum(axis=0)
        own = np.hstack([counts[small], totals[small]]).sum(axis=0)[np.newaxis]
        p[number] = test.p(observed, extreme, permutations, own)[0]
    return p


@dataclass(frozen=True, slots=True)
class _Test:
    """What a test of some articles needs: sums by article, and the same over all of them."""

    kind: Kind
    parts: Floats
    whole: Floats
    total_of: Ints
    n: int

    @classmethod
    def of(cls, counts: Floats, totals: Floats, total_of: Ints, kind: Kind) -> _Test:
        parts = [counts, counts**2, counts * totals[:, total_of], totals, totals**2]
        if kind != "rate":
            parts.append((totals > 0).astype(np.float64))
        table = np.hstack(parts)
        return cls(kind, table, table.sum(axis=0), total_of, len(counts))

    def statistics(self, own: Floats, sizes: Ints) -> Floats:
        """Return |t| from the sums of each group, shape (R, G, K)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.kind == "rate":
                first, second = self._log_rate(own, sizes), self._log_rate(self.whole - own, self.n - sizes)
            else:
                first, second = self._plain(own), self._plain(self.whole - own)
            return np.asarray(np.abs(first[0] - second[0]) / np.sqrt(first[1] + second[1]), dtype=np.float64)

    def p(self, observed: Floats, extreme: Ints, permutations: int, own: Floats) -> Floats:
        """Return p, never below the one that a handful of findings can have; NaN where nothing is tested."""
        k, d = self.total_of.size, int(own.shape[-1] - self.total_of.size)
        every, words = self.whole[:k], self.whole[3 * k : 3 * k + d]
        p = (extreme + 1.0) / (permutations + 1.0)
        silent = np.isnan(observed)
        if self.kind != "mean":
            p = np.maximum(p, _given_words(own[:, :k], every, own[:, k:], words, self.total_of, self.kind))
            silent |= every <= 0
        return np.where(silent, np.nan, p)

    def _log_rate(self, summed: Floats, articles: Ints) -> tuple[Floats, Floats]:
        """Return the log rates of one side and their variances, both of shape (R, G, K); NaN without words."""
        count, square, cross, total, total_square = self._cut(summed)
        ratio = np.where(total > 0, count / total, np.nan)
        small = np.where(articles > 1, articles / (articles - 1.0), np.nan)[:, np.newaxis]
        spread = np.maximum(square - 2 * ratio * cross + ratio**2 * total_square, 0) + 0.5
        log_rate = np.log((count + 0.5) / total)
        return log_rate, np.asarray(spread * small / (count + 0.5) ** 2, dtype=np.float64)

    def _plain(self, summed: Floats) -> tuple[Floats, Floats]:
        """Return the shares or means of one side and their variances, both of shape (R, G, K); NaN without any."""
        count, square, cross, total, total_square = self._cut(summed)
        articles = summed[..., summed.shape[-1] - self._n_totals() :][..., self.total_of]
        ratio = np.where(total > 0, count / total, np.nan)
        small = np.where(articles > 1, articles / (articles - 1.0), np.nan)
        spread = np.maximum(square - 2 * ratio * cross + ratio**2 * total_square, 0) + self._extra()
        return ratio, np.asarray(spread * small / total**2, dtype=np.float64)

    def _extra(self) -> Floats:
        """Return what is added to the squares, so that articles which happen to be alike have an error too."""
        count, square, cross, total, total_square = self._cut(self.whole)
        articles = self.whole[self.whole.size - self._n_totals() :][self.total_of]
        ratio = count / total
        spread = np.maximum(square - 2 * ratio * cross + ratio**2 * total_square, 0)
        # a share's half trial, a mean's quarter of an article; of equal values anything will do
        return np.where(spread > 0, spread / (4 * np.maximum(articles, 1)), 1.0)

    def _n_totals(self) -> int:
        return int(self.parts.shape[1] - 3 * self.total_of.size) // (2 if self.kind == "rate" else 3)

    def _cut(self, summed: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        k, d = self.total_of.size, self._n_totals()
        count, square, cross, total, total_square = np.split(
            summed[..., : 3 * k + 2 * d], [k, 2 * k, 3 * k, 3 * k + d], axis=-1
        )
        return count, square, cross, total[..., self.total_of], total_square[..., self.total_of]


def _given_words(own: Floats, every: Floats, words: Floats, all_words: Floats, total_of: Ints, kind: Kind) -> Floats:
    """Return the p-value of each group's count if findings fell on single words at random, shape (G, K)."""
    if kind == "share":
        # words, trials and so on are whole numbers; anything else is rounded
        count, drawn = np.rint(own), np.rint(words)[:, total_of]
        given = np.rint(all_words)[total_of], np.rint(every), drawn
        half = stats.hypergeom.pmf(count, *given) / 2
        upper, lower = stats.hypergeom.sf(count, *given) + half, stats.hypergeom.cdf(count, *given) - half
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            share = (words / all_words)[:, total_of]
        half = stats.binom.pmf(own, every, share) / 2
        upper, lower = stats.binom.sf(own, every, share) + half, stats.binom.cdf(own, every, share) - half
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
    labels = sparse.csr_array((np.ones(r * n), shuffled.ravel(), indptr), shape=(r * n_groups, len(values)))
    # rows are picked at random: a few columns at a time stay in the cache, ten times as fast
    width = max(8, _CACHE // n)
    columns = [np.ascontiguousarray(values[:, start : start + width]) for start in range(0, values.shape[1], width)]
    return np.hstack([labels @ block for block in columns]).reshape(r, n_groups, -1)
