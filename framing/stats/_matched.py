"""Groups compared within strata (events, topics): Mantel-Haenszel ratio and difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints
from framing.stats._fixed import within_fixed
from framing.stats._interval import NORMAL, studentised
from framing.stats._resample import LARGEST_GROUP, Moments, resampled
from framing.stats._single import rate_interval, weighted_rate
from framing.stats._strata import Pairs, Strata
from framing.stats._sums import Sums, binned
from framing.stats._within import within_p

_ESTIMATED = (
    "count", "total", "value", "low", "high", "expected", "ratio", "ratio_low", "ratio_high", "difference",
    "difference_low", "difference_high", "p",
)  # fmt: skip
# numbers in the sums of one block of measures: 48 MB
_BLOCK = 6_000_000


@dataclass(frozen=True, slots=True)
class Matched:
    """Each group against the others (or a reference) within strata; every array has shape (G, K).

    Attributes
    ----------
    n_strata, n_articles : ndarray of int
        Strata in which both the group and the others have words, and the group's articles with words there.
    count, total : ndarray
        The group's findings and words in these strata.
    value, low, high : ndarray
        Its rate there.
    expected : ndarray
        The rate of the others, each stratum weighted by the group's words.
    ratio, ratio_low, ratio_high, difference, difference_low, difference_high : ndarray
        Mantel-Haenszel rate ratio and rate difference; bounds are NaN with fewer than two strata.
    p : ndarray
        Labels of articles permuted within strata.
    """

    n_strata: Ints
    n_articles: Ints
    count: Floats
    total: Floats
    value: Floats
    low: Floats
    high: Floats
    expected: Floats
    ratio: Floats
    ratio_low: Floats
    ratio_high: Floats
    difference: Floats
    difference_low: Floats
    difference_high: Floats
    p: Floats


@dataclass(frozen=True, slots=True)
class MatchedParts:
    """What each stratum adds; every array has shape (G, S, K): groups, strata, measures.

    Attributes
    ----------
    value, expected, difference : ndarray
        Rate of the group, of the others, and their difference; NaN where either has no words in the stratum.
    part : ndarray
        What the stratum adds to `Matched.difference`: the parts of a group and measure add up to it.
    """

    value: Floats
    expected: Floats
    difference: Floats
    part: Floats


def matched(
    sums: Sums,
    stratum: Ints,
    *,
    per: float = 1000.0,
    resamples: int = 2000,
    permutations: int = 2000,
    seed: int = 0,
    reference: int | None = None,
    fixed: bool = False,
) -> Matched:
    """Compare each group with the others, or with a reference, within strata only.

    Parameters
    ----------
    sums : Sums
        Findings and words of N articles.
    stratum : ndarray of int, shape (N,)
        The event or topic of each article, from 0; -1 leaves it out.
    per : float
        Words that a rate is given for.
    resamples, permutations : int
        Resamples of strata, and shuffles of labels within them; 0 permutations leave p out (NaN).
    seed : int
        The same strata are drawn, and the same shuffles made, for all measures.
    reference : int, optional
        Number of the group that every other one is set against; its own row is NaN, its counts 0.
    fixed : bool
        Whether the strata are the only ones of interest (topics), not a sample of others like them (events).

    Returns
    -------
    Matched

    Raises
    ------
    InternalError
        If there is not one stratum for each article, or no such reference.

    Notes
    -----
    In a stratum the group has c1 findings in t1 words and the others c0 in t0; T = t1 + t0. Strata where either has no
    words are left out. With R = c1 t0 / T, Q = c0 t1 / T and W = t1 t0 / T, the ratio is sum(R) / sum(Q) (Mantel and
    Haenszel 1959, for words as person-time Rothman and Boice 1979) and the difference sum(R - Q) / sum(W) (Greenland
    and Robins 1985). If either side has no findings, half a finding in all its words is added to both.

    Intervals come from resampling strata. The log ratio is studentised with its linearised standard error, and the
    interval never narrower than Student's, with the effective number of strata less one, (sum W)^2 / sum W^2 - 1, as
    degrees of freedom. The bounds of the difference follow from those of sum(R) / sum(W) and sum(Q) / sum(W), which are
    made like those of `rates`, and from the correlation of R and Q over strata (Zou and Donner 2008). Neither
    is narrower than for Poisson counts (Greenland and Robins 1985). p: see `within_p`. As strata are
    resampled, few of them leave an interval wide, however many articles they hold, and one leaves none.

    Fixed strata are not resampled: a difference there need not hold elsewhere, and intervals come from articles
    resampled within each side of a stratum (`within_fixed`; studentised, never narrower than Student's). They need two
    articles or more on most sides of the strata; with fewer, they are too wide. In simulations with one to ten strata
    of three to a hundred articles of very unequal length a side, 93 to 98 % are covered; tests/stats/test_coverage.py
    repeats a part.
    """
    if reference is not None and not 0 <= reference < sums.n_groups:
        msg = f"the reference must lie in 0 to {sums.n_groups - 1}, found {reference}"
        raise InternalError(msg)
    strata = Strata.of(sums, stratum)
    n_measures = sums.counts.shape[1]
    shape = (sums.n_groups, n_measures)
    n_strata, n_articles = (np.zeros(shape, dtype=np.int64) for _ in range(2))
    found = {name: np.full(shape, np.nan) for name in _ESTIMATED}
    found["count"], found["total"] = np.zeros(shape), np.zeros(shape)
    for number in range(sums.n_groups):
        if number == reference:
            continue
        cells = int((strata.cell_group == number).sum())
        width = max(1, _BLOCK // (10 * max(min(cells, LARGEST_GROUP), resamples + 1)))
        for start in range(0, n_measures, width):
            columns = np.arange(start, min(start + width, n_measures))
            pairs = strata.pairs(number, columns, reference)
            n_strata[number, columns] = pairs.both().sum(axis=0)
            n_articles[number, columns] = pairs.articles.sum(axis=0)[pairs.total_of]
            rng = np.random.default_rng(np.random.SeedSequence([seed, 3, number]))
            for name, values in _estimated(pairs, per, 1 if fixed else resamples, rng).items():
                found[name][number, columns] = values
    if fixed:
        scales = {"ratio_low": 1.0, "ratio_high": 1.0}
        for number, columns, bounds in within_fixed(strata, np.arange(n_measures), reference, resamples, seed):
            there = ~np.isnan(found["ratio"][number, columns])
            for name, values in bounds.items():
                known = there if name in scales else np.ones_like(there)
                found[name][number, columns] = np.where(known, values * scales.get(name, per), np.nan)
    if permutations:
        found["p"] = within_p(strata, permutations=permutations, seed=seed, reference=reference)
    return Matched(n_strata, n_articles, **found)


def _estimated(pairs: Pairs, per: float, resamples: int, rng: np.random.Generator) -> dict[str, Floats]:
    """Return everything of one group but p, each of shape (K,)."""
    value, ratio, mine, others = _moments(pairs, resamples, rng)
    rate, low, high = rate_interval(value)
    count, total = value.count[0], value.total[0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        expected = pairs.expected().sum(axis=0) / total
    apart, equal = pairs.poisson_variances()
    # half a finding in all words of either side, as the terms of Mantel and Haenszel weigh it
    weight = mine.total[0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ours = 0.5 * weight / total
        theirs = 0.5 * weight / pairs.rest_total.sum(axis=0)[pairs.total_of]
        poisson = apart / weight**2
    ratios = _log_ratio(ratio, mine, ours, theirs, equal)
    sides = weighted_rate(mine, ours), weighted_rate(others, theirs)
    differences = _difference(sides, _correlation(ratio, mine, others), poisson)
    there = count + pairs.rest.sum(axis=0) > 0
    names = ("ratio", "ratio_low", "ratio_high")
    found = {name: np.where(there, values, np.nan) for name, values in zip(names, ratios, strict=True)}
    names = ("difference", "difference_low", "difference_high")
    found |= {name: values * per for name, values in zip(names, differences, strict=True)}
    return found | {
        "count": count,
        "total": total,
        "value": rate * per,
        "low": low * per,
        "high": high * per,
        "expected": expected * per,
    }


def _moments(pairs: Pairs, resamples: int, rng: np.random.Generator) -> tuple[Moments, Moments, Moments, Moments]:
    """Return the moments, over resampled strata, of c1 and t1, R and Q, R and W, Q and W."""
    n = len(pairs.stratum)
    bins = binned(np.arange(n), LARGEST_GROUP, rng)
    r, q, w = pairs.terms()
    r, q, w, count, total = (
        values if bins is None else np.asarray(bins @ values) for values in (r, q, w, pairs.count, pairs.total)
    )
    k, d, wide = r.shape[1], w.shape[1], w[:, pairs.total_of]
    products = [r**2, r * q, q**2, r * wide, q * wide, count**2, count * total[:, pairs.total_of]]
    parts = np.hstack([r, q, count, *products, w, w**2, total, total**2])
    summed = resampled(parts, resamples, rng)
    cut = [place * k for place in range(1, 11)] + [10 * k + place * d for place in range(1, 4)]
    (r, q, c, rr, rq, qq, rw, qw, cc, ct, *others) = np.split(summed, cut, axis=1)
    w, ww, t, tt = (values[:, pairs.total_of] for values in others)
    units = (total > 0).sum(axis=0).astype(np.int64)[pairs.total_of]
    return (
        Moments(c, t, cc, ct, tt, units),
        Moments(r, q, rr, rq, qq, units),
        Moments(r, w, rr, rw, ww, units),
        Moments(q, w, qq, qw, ww, units),
    )


def _log_ratio(
    ratio: Moments, mine: Moments, ours: Floats, theirs: Floats, equal: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the ratio and its bounds, each (K,); `equal` is the variance of Poisson counts at equal rates."""
    above, below = ratio.count + ours, ratio.total + theirs
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slope = above / below
        logs = np.log(slope)
        squares = ratio.count2 - 2 * slope * ratio.cross + slope**2 * ratio.total2
        small = np.where(ratio.units > 1, ratio.units / (ratio.units - 1.0), np.nan)
        spread = (np.maximum(squares, 0) + 2 * (ours**2 + slope**2 * theirs**2)) * small
        error = np.sqrt(spread) / above
        floor = np.sqrt((equal + ours + theirs) / (above[0] * below[0])) * NORMAL
    student = np.asarray(error[0] * mine.leverage())
    low, high = studentised(logs[0], error[0], logs[1:], error[1:], mine.freedom(), student=student)
    value = np.where((ratio.count[0] > 0) & (ratio.total[0] > 0), ratio.ratio()[0], slope[0])
    with np.errstate(invalid="ignore", over="ignore"):
        return value, np.exp(np.minimum(low, logs[0] - floor)), np.exp(np.maximum(high, logs[0] + floor))


def _correlation(ratio: Moments, mine: Moments, others: Moments) -> Floats:
    """Return the correlation of the two sides' terms over strata, (K,)."""
    a, b = mine.ratio()[0], others.ratio()[0]
    shared = ratio.cross[0] - a * others.cross[0] - b * mine.cross[0] + a * b * mine.total2[0]
    nothing = np.zeros(shared.shape)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        squares = mine.spread(nothing)[0] * others.spread(nothing)[0]
        found = shared * mine.units / (mine.units - 1.0) / np.sqrt(squares)
    return np.clip(np.where(squares > 0, found, 0.0), -1, 1)


def _difference(
    sides: tuple[tuple[Floats, Floats, Floats], tuple[Floats, Floats, Floats]], correlation: Floats, poisson: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the difference and its bounds, each (K,); `poisson` is its variance for Poisson counts."""
    (own, own_low, own_high), (rest, rest_low, rest_high) = sides

    def together(mine: Floats, theirs: Floats) -> Floats:
        square = mine**2 + theirs**2 - 2 * correlation * mine * theirs
        return np.maximum(np.sqrt(np.maximum(square, 0)), np.sqrt(poisson) * NORMAL)

    with np.errstate(invalid="ignore", over="ignore"):
        apart = own - rest
        low = apart - together(own - own_low, rest_high - rest)
        high = apart + together(own_high - own, rest - rest_low)
    return apart, low, high


def matched_parts(sums: Sums, stratum: Ints, *, per: float = 1000.0, reference: int | None = None) -> MatchedParts:
    """Return what each stratum adds to the difference of `matched`.

    Parameters
    ----------
    sums, stratum, per, reference
        As in `matched`.

    Returns
    -------
    MatchedParts
        S is the largest stratum plus one. The part of a stratum is (R - Q) / sum(W).
    """
    strata = Strata.of(sums, stratum)
    n_strata, n_measures = int(strata.stratum.max(initial=-1)) + 1, sums.counts.shape[1]
    shape = (sums.n_groups, n_strata, n_measures)
    value, expected, part = (np.full(shape, np.nan) for _ in range(3))
    every = np.arange(n_measures)
    for number in range(sums.n_groups):
        if number == reference or not n_strata or not n_measures:
            continue
        pairs = strata.pairs(number, every, reference)
        r, q, w = pairs.terms()
        total, rest = pairs.total[:, pairs.total_of], pairs.rest_total[:, pairs.total_of]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            value[number, pairs.stratum] = pairs.count / total * per
            expected[number, pairs.stratum] = pairs.rest / rest * per
            parts = (r - q) / w.sum(axis=0)[pairs.total_of] * per
        part[number, pairs.stratum] = np.where(pairs.both(), parts, np.nan)
    return MatchedParts(value=value, expected=expected, difference=value - expected, part=part)
