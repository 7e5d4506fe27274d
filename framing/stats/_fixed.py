"""Groups compared within fixed strata (topics): how sure, from how articles vary within them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse, special

from framing.stats._contrast import Side, difference
from framing.stats._estimate import Floats, Ints
from framing.stats._interval import NORMAL, RULE_OF_THREE, TAIL
from framing.stats._strata import Pairs, Strata

Bounds = tuple[Floats, Floats, Floats]


@dataclass(frozen=True, slots=True)
class _Weighted:
    """One side, its articles weighted by stratum: arrays of shape (K,).

    `count` and `total` are weighted sums, `half` is half a finding weighted; `variance` is that of the count around the
    rates of strata, `poisson` the least it can be, `df` its degrees of freedom.
    """

    count: Floats
    total: Floats
    half: Floats
    variance: Floats
    poisson: Floats
    df: Floats

    def bounds(self) -> Bounds:
        """Return the weighted rate with Student's interval of its log."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            value, centre = self.count / self.total, np.log((self.count + self.half) / self.total)
            reach = self.reach() / (self.count + self.half)
            low, high = np.exp(centre - reach), np.exp(centre + reach)
            least = 2 * RULE_OF_THREE * self.half / self.total
        return value, np.where(self.count > 0, np.fmin(low, value), 0.0), np.fmax(high, np.fmax(value, least))

    def reach(self) -> Floats:
        """Return half the width of the interval of the count."""
        with np.errstate(invalid="ignore", over="ignore"):
            student = special.stdtrit(np.maximum(self.df, 1e-9), 1 - TAIL) * np.sqrt(self.variance + 2 * self.half**2)
            found = np.maximum(student, NORMAL * np.sqrt(self.poisson + self.half**2))
        return np.asarray(np.where(self.df > 0, found, np.nan), dtype=np.float64)


def within_fixed(strata: Strata, number: int, columns: Ints, reference: int | None, pairs: Pairs) -> dict[str, Floats]:
    """Return bounds of rate, ratio and difference of one group, each of shape (K,): findings per word.

    The Mantel-Haenszel sums are those of articles with the weights t0 / T (of the group) and t1 / T (of the others),
    so that sum(R) / sum(W) and sum(Q) / sum(W) are ratios of weighted sums, independent of each other given the
    strata, and the variance of either adds up over its strata. A stratum in which a side has one article says nothing
    of how articles vary there: it is set against the side's rate in all strata, which makes its interval rather wide.
    Degrees of freedom after Satterthwaite (1946).
    """
    every = np.where(pairs.total > 0, pairs.total + pairs.rest_total, 1.0)
    own_weight, rest_weight = pairs.rest_total / every, pairs.total / every
    here = np.searchsorted(pairs.stratum, strata.stratum)
    inside = np.isin(strata.stratum, pairs.stratum)
    group = strata.sums.group
    mine = np.flatnonzero(inside & (group == number))
    other = group != number if reference is None else group == reference
    theirs = np.flatnonzero(inside & other)
    plain = (pairs.total > 0).astype(np.float64)
    ours, rest = (
        _side(strata, rows, here[rows], weight, columns)
        for rows, weight in ((mine, own_weight), (theirs, rest_weight))
    )
    alone = _side(strata, mine, here[mine], plain, columns)
    sides = [Side(one.count, one.total, *one.bounds(), df=one.df) for one in (ours, rest)]
    apart = difference(*sides)
    logs = []
    for one in (ours, rest):
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            centre, reach = np.log((one.count + one.half) / one.total), one.reach() / (one.count + one.half)
        logs.append(Side(one.count, one.total, centre, centre - reach, centre + reach, one.df))
    with np.errstate(invalid="ignore", over="ignore"):
        ratio = np.exp(difference(*logs))
    _, low, high = alone.bounds()
    return {
        "low": low, "high": high, "ratio_low": ratio[1], "ratio_high": ratio[2],
        "difference_low": apart[1], "difference_high": apart[2],
    }  # fmt: skip


def _side(strata: Strata, rows: Ints, place: Ints, weight: Floats, columns: Ints) -> _Weighted:
    """Add up one side: `place` is the stratum of each row in `weight`, of shape (S, D), 0 where it does not count."""
    used, total_of = np.unique(strata.sums.total_of[columns], return_inverse=True)
    counts, totals = (
        np.asarray(part.toarray() if isinstance(part, sparse.csr_array) else part, dtype=np.float64)
        for part in (strata.sums.counts[rows][:, columns], strata.sums.totals[rows][:, used])
    )
    adds = sparse.csr_array((np.ones(rows.size), (place, np.arange(rows.size))), shape=(len(weight), rows.size))
    wide = totals[:, total_of]
    count, square, cross = (np.asarray(adds @ part) for part in (counts, counts**2, counts * wide))
    total, total_square = (np.asarray(adds @ part)[:, total_of] for part in (totals, totals**2))
    units = np.asarray(adds @ (totals > 0).astype(np.float64))[:, total_of]
    factor = weight[:, total_of]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        all_count, all_total = (factor * count).sum(axis=0), (factor * total).sum(axis=0)
        rate = np.where(units > 1, count / total, all_count / all_total)
        spread = np.maximum(square - 2 * rate * cross + rate**2 * total_square, 0)
        # long articles pull the rate of their stratum towards them
        left = np.where(units > 1, np.maximum(1 - total_square / total**2, 0.05), 1.0)
        effective = np.where(units > 1, np.fmax(total**2 / total_square - 1, 1.0), 1.0)
        parts = np.where(units > 0, factor**2 * spread / left, 0.0)
        half = 0.5 * all_total / np.where(factor > 0, total, 0.0).sum(axis=0)
        variance = parts.sum(axis=0)
        # half a finding more, where all articles are alike
        df = (variance + 2 * half**2) ** 2 / ((parts**2 / effective).sum(axis=0) + 4 * half**4)
    enough = np.where(factor > 0, units, 0.0).sum(axis=0) > 1
    return _Weighted(
        all_count, all_total, half, variance, (factor**2 * count).sum(axis=0), np.where(enough, df, 0.0)
    )
