"""Permutation tests: the labels of articles are shuffled, the articles stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, stats

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints
from framing.stats._sums import Sums, binned, gathered

LARGEST_CORPUS = 20_000
# numbers in one chunk of shuffled labels, and in one chunk of sums
_CHUNK = 2_000_000
# numbers that are added to at a time: they stay in the cache
_CACHE = 100_000


# shuffled labels that are kept for the next table: 20 MB
_KEPT = 10_000_000

Kind = Literal["rate", "share", "mean"]
Labels = NDArray[Any]


def permutation_p(
    sums: Sums,
    *,
    permutations: int,
    seed: int,
    kind: Kind = "rate",
    reference: int | None = None,
    trials: ArrayLike | None = None,
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
    trials : array_like, shape (N, D), optional
        Of shares, how many independent things make up a whole, if that is not the whole itself, as in `shares`.

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
    if reference is not None and not 0 <= reference < sums.n_groups:
        msg = f"the reference must lie in 0 to {sums.n_groups - 1}, found {reference}"
        raise InternalError(msg)
    tried = None if trials is None else _by_group(np.asarray(trials, dtype=np.float64).reshape(sums.totals.shape), sums)
    units = _units(sums, np.random.default_rng(np.random.SeedSequence([seed, 2])))
    if reference is None:
        return _tested(units, sums.total_of, kind, permutations, (seed, 2, 0), tried)
    p = np.full((sums.n_groups, sums.total_of.size), np.nan)
    for number in range(sums.n_groups):
        if number == reference or not min(units.sizes[number], units.sizes[reference]):
            continue
        pair = np.array([number, reference])
        some = None if tried is None else tried[pair]
        p[number] = _tested(units.only(pair), sums.total_of, kind, permutations, (seed, 2, number), some)[0]
    return p


@dataclass(frozen=True, slots=True)
class _Units:
    """Articles, or bins of them, in the order of groups: counts (n, K), totals (n, D) and the size of each group."""

    counts: Floats
    totals: Floats
    sizes: Ints

    def only(self, groups: Ints) -> _Units:
        ends = np.cumsum(self.sizes)
        rows = np.concatenate([np.arange(ends[g] - self.sizes[g], ends[g]) for g in groups.tolist()])
        return _Units(self.counts[rows], self.totals[rows], self.sizes[groups])


def _tested(
    units: _Units, total_of: Ints, kind: Kind, permutations: int, seed: tuple[int, ...], trials: Floats | None
) -> Floats:
    """Return p of each of some groups against the rest of them, shape (G, K)."""
    test = _Test.of(units.counts, units.totals, total_of, kind)
    n, n_groups = len(units.counts), units.sizes.size
    observed = test.statistics(test.added(_labels(units.sizes)[np.newaxis], n_groups), units.sizes)[0]
    # equal tables must compare as equal whatever the order of additions
    limit = observed * (1 - 1e-9)
    extreme = np.zeros(observed.shape, dtype=np.int64)
    step = max(1, min(_CHUNK // max(n, 1), _CHUNK // max(n_groups * test.whole.size, 1)))
    for shuffled in _shuffles(seed, units.sizes, permutations, step):
        # a shuffle that leaves a side without words can't speak against an extreme
        extreme += (~(test.statistics(test.added(shuffled, n_groups), units.sizes) < limit)).sum(axis=0)
    own = np.stack([part.sum(axis=0) for part in np.split(np.hstack([units.counts, units.totals]), _inner(units))])
    return test.p(observed, extreme, permutations, own, trials)


def _shuffles(seed: tuple[int, ...], sizes: Ints, permutations: int, step: int) -> Iterator[Labels]:
    """Yield the shuffles, at most `step` at a time; how they are cut changes nothing."""
    if sizes.sum() * permutations <= _KEPT:
        every = _shuffled(seed, tuple(sizes.tolist()), permutations)
        yield from (every[start : start + step] for start in range(0, permutations, step))
        return
    rng = np.random.default_rng(np.random.SeedSequence(list(seed)))
    for start in range(0, permutations, step):
        yield rng.permuted(np.tile(_labels(sizes), (min(step, permutations - start), 1)), axis=1)


@lru_cache(maxsize=1)
def _shuffled(seed: tuple[int, ...], sizes: tuple[int, ...], permutations: int) -> Labels:
    """Return all shuffles at once: every table of a comparison needs the same ones again."""
    rng = np.random.default_rng(np.random.SeedSequence(list(seed)))
    return rng.permuted(np.tile(_labels(np.array(sizes)), (permutations, 1)), axis=1)


def _labels(sizes: Ints) -> Labels:
    """Return the group of each article, in the order of groups."""
    return np.repeat(np.arange(sizes.size, dtype=np.int16 if sizes.size < 2**15 else np.int32), sizes)


def _inner(units: _Units) -> Ints:
    return np.cumsum(units.sizes)[:-1].astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Test:
    """What a test of some articles needs: sums by article, and the same over all of them.

    `blocks` are columns of `parts` with the articles that have anything in them: hardly any article mentions a given
    referent, and what has nothing need not be added up in every shuffle.
    """

    kind: Kind
    whole: Floats
    total_of: Ints
    n: int
    blocks: list[tuple[Ints, Ints, Floats]]

    @classmethod
    def of(cls, counts: Floats, totals: Floats, total_of: Ints, kind: Kind) -> _Test:
        parts = [counts, counts**2, counts * totals[:, total_of], totals, totals**2]
        belongs = [total_of, total_of, total_of, np.arange(totals.shape[1]), np.arange(totals.shape[1])]
        if kind != "rate":
            parts.append((totals > 0).astype(np.float64))
            belongs.append(np.arange(totals.shape[1]))
        table, of = np.hstack(parts), np.concatenate(belongs)
        blocks = []
        for number in range(totals.shape[1]):
            columns = np.flatnonzero(of == number).astype(np.int64)
            rows = np.flatnonzero((table[:, columns] != 0).any(axis=1)).astype(np.int64)
            blocks.append((rows, columns, np.ascontiguousarray(table[np.ix_(rows, columns)])))
        return cls(kind, table.sum(axis=0), total_of, len(counts), blocks)

    def added(self, labels: Labels, n_groups: int) -> Floats:
        """Return sums by shuffle and group, shape (R, G, columns), from the group of each article in each shuffle."""
        r = len(labels)
        found = np.zeros((r * n_groups, self.whole.size))
        turned = np.ascontiguousarray(labels.T)
        for rows, columns, values in self.blocks:
            wide = min(columns.size, 32)
            step = max(1, _CACHE // (n_groups * max(wide, 1)))
            for start in range(0, r, step):
                some = turned[rows, start : start + step]
                size = some.shape[1]
                place = (some + np.arange(size, dtype=np.int32) * n_groups).ravel()
                pointer = np.arange(rows.size + 1, dtype=np.int32) * size
                chosen = sparse.csc_array((np.ones(place.size), place, pointer), shape=(size * n_groups, rows.size))
                for first in range(0, columns.size, wide):
                    part = slice(first, first + wide)
                    added = np.asarray(chosen @ values[:, part])
                    found[start * n_groups : (start + size) * n_groups, columns[part]] = added
        return found.reshape(r, n_groups, -1)

    def statistics(self, own: Floats, sizes: Ints) -> Floats:
        """Return |t| from the sums of each group, shape (R, G, K)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.kind == "rate":
                first, second = self._log_rate(own, sizes), self._log_rate(self.whole - own, self.n - sizes)
            else:
                first, second = self._plain(own), self._plain(self.whole - own)
            return np.asarray(np.abs(first[0] - second[0]) / np.sqrt(first[1] + second[1]), dtype=np.float64)

    def p(self, observed: Floats, extreme: Ints, permutations: int, own: Floats, trials: Floats | None) -> Floats:
        """Return p, never below the one that a handful of findings can have; NaN where nothing is tested."""
        k = self.total_of.size
        every, count = self.whole[:k], own[:, :k]
        words = own[:, k:]
        p = (extreme + 1.0) / (permutations + 1.0)
        silent = np.isnan(observed)
        if self.kind != "mean":
            silent |= every <= 0
        if self.kind == "rate":
            p = np.maximum(p, _given_words(count, every, words, self.total_of))
        elif self.kind == "share":
            tried = words if trials is None else trials
            p = np.maximum(p, _given_trials(count, words[:, self.total_of], tried[:, self.total_of]))
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
        return int(self.whole.size - 3 * self.total_of.size) // (2 if self.kind == "rate" else 3)

    def _cut(self, summed: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        k, d = self.total_of.size, self._n_totals()
        count, square, cross, total, total_square = np.split(
            summed[..., : 3 * k + 2 * d], [k, 2 * k, 3 * k, 3 * k + d], axis=-1
        )
        return count, square, cross, total[..., self.total_of], total_square[..., self.total_of]


def _given_words(own: Floats, every: Floats, words: Floats, total_of: Ints) -> Floats:
    """Return the p-value of each group's count if findings fell on single words at random, shape (G, K)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (words / words.sum(axis=0))[:, total_of]
    half = stats.binom.pmf(own, every, share) / 2
    return _smaller_tail(stats.binom.sf(own, every, share) + half, stats.binom.cdf(own, every, share) - half)


def _given_trials(own: Floats, whole: Floats, trials: Floats) -> Floats:
    """Return the p-value of each group's share if its trials were independent ones, shape (G, K)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        # of words that come some at a time, as many trials as have their share, one at least
        mine = np.where(whole > 0, np.ceil(own / whole * trials - 1e-9), 0.0)
        rest_whole, rest_trials = whole.sum(axis=0) - whole, trials.sum(axis=0) - trials
        rest = np.where(rest_whole > 0, np.ceil((own.sum(axis=0) - own) / rest_whole * rest_trials - 1e-9), 0.0)
    drawn = np.rint(trials)
    given = drawn + np.rint(rest_trials), mine + rest, drawn
    half = stats.hypergeom.pmf(mine, *given) / 2
    return _smaller_tail(stats.hypergeom.sf(mine, *given) + half, stats.hypergeom.cdf(mine, *given) - half)


def _smaller_tail(upper: Floats | float, lower: Floats | float) -> Floats:
    return np.asarray(np.minimum(1.0, 2 * np.minimum(upper, lower)), dtype=np.float64)


def _by_group(values: Floats, sums: Sums) -> Floats:
    """Add up the rows of each group, shape (G, D)."""
    return np.stack([values[rows].sum(axis=0) for _, rows in sums.rows()])


def _units(sums: Sums, rng: np.random.Generator) -> _Units:
    """Gather the articles group by group; those of a very large corpus in bins."""
    n = sums.group.size
    parts: list[tuple[Floats, Floats]] = []
    for _, rows in sums.rows():
        fair = max(1, round(LARGEST_CORPUS * rows.size / n)) if n > LARGEST_CORPUS else rows.size
        bins = binned(rows, fair, rng)
        parts.append((gathered(sums.counts, rows, bins), gathered(sums.totals, rows, bins)))
    counts, totals = (np.vstack(arrays) for arrays in zip(*parts, strict=True))
    return _Units(counts, totals, np.array([len(part) for part, _ in parts], dtype=np.int64))
