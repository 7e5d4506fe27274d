"""Groups compared within fixed strata (topics): articles are resampled within them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import special

from framing.stats._contrast import Side, difference
from framing.stats._estimate import Floats, Ints
from framing.stats._interval import NORMAL, RULE_OF_THREE, TAIL, studentised
from framing.stats._resample import Moments, moments_of
from framing.stats._strata import Strata

# numbers in the sums of one block of measures, all cells and resamples together: 96 MB
_BLOCK = 12_000_000
_LEAST_LEFT = 0.05


@dataclass(frozen=True, slots=True)
class _Weighted:
    """One side, its articles weighted by stratum.

    `count`, `total` and `variance` (of the count, around the rates of strata), of shape (B + 1, K), are observed in row
    0 and resampled below; `half` is half a finding weighted, `poisson` the least variance there can be, `df` the
    degrees of freedom, all (K,).
    """

    count: Floats
    total: Floats
    variance: Floats
    half: Floats
    poisson: Floats
    df: Floats

    def side(self) -> Side:
        """Return the weighted rate with its bounds."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            ratio, error = self.count / self.total, self.error() / self.total
            least = 2 * RULE_OF_THREE * self.half / self.total[0]
        no_student = np.full(self.df.shape, np.nan)
        low, high = studentised(ratio[0], error[0], ratio[1:], error[1:], self.df, student=no_student)
        on_logs = self.on_logs()
        with np.errstate(over="ignore"):
            low, high = np.fmin(low, np.exp(on_logs.low)), np.fmax(high, np.exp(on_logs.high))
        value = ratio[0]
        known = ~np.isnan(on_logs.low)
        low = np.where(value > 0, np.maximum(np.fmin(low, value), 0), 0.0)
        high = np.fmax(high, np.fmax(value, least))
        bounds = np.where(known, low, np.nan), np.where(known, high, np.nan)
        return Side(self.count[0], self.total[0], value, *bounds, df=self.df)

    def error(self) -> Floats:
        """Return the standard error of the count, with half a finding more where all articles are alike."""
        return np.asarray(np.sqrt(self.variance + 2 * self.half**2), dtype=np.float64)

    def on_logs(self) -> Side:
        """Return the log rate with half a finding added and Student's interval of it."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            student = special.stdtrit(np.maximum(self.df, 1e-9), 1 - TAIL) * self.error()[0]
            reach = np.maximum(student, NORMAL * np.sqrt(self.poisson + self.half**2)) / (self.count[0] + self.half)
            centre = np.log((self.count[0] + self.half) / self.total[0])
        reach = np.where(self.df > 0, reach, np.nan)
        return Side(self.count[0], self.total[0], centre, centre - reach, centre + reach, self.df)


def within_fixed(
    strata: Strata, columns: Ints, reference: int | None, resamples: int, seed: int
) -> Iterator[tuple[int, Ints, dict[str, Floats]]]:
    """Yield groups, measures and the bounds of their rates, ratios and differences, in findings per word.

    The Mantel-Haenszel sums are those of articles with the weights t0 / T (of the group) and t1 / T (of the others),
    so that sum(R) / sum(W) and sum(Q) / sum(W) are ratios of weighted sums, independent of each other given the
    strata, and the variance of either adds up over its strata. A stratum in which a side has one article says nothing
    of how articles vary there: it is set against the side's rate in all strata, which makes the interval rather wide.
    Degrees of freedom after Satterthwaite (1946).
    """
    width = max(1, _BLOCK // (6 * max(strata.cell_group.size, 1) * (resamples + 1)))
    groups = [number for number in np.unique(strata.cell_group).tolist() if number != reference]
    for start in range(0, columns.size, width):
        some = columns[start : start + width]
        cells = _cells(strata, some, resamples, seed)
        whole: dict[int, Moments] = {}
        for (stratum, _), cell in cells.items():
            whole[stratum] = whole[stratum] + cell if stratum in whole else cell
        for number in groups:
            pairs = strata.pairs(number, some, reference)
            own = {s: cells[s, number] for s in pairs.stratum.tolist()}
            rest = {s: _others(cells, whole, (s, number), reference) for s in own}
            every = np.where(pairs.total > 0, pairs.total + pairs.rest_total, 1.0)
            weights = (pairs.rest_total / every)[:, pairs.total_of], (pairs.total / every)[:, pairs.total_of]
            sides = _side(own, weights[0]), _side(rest, weights[1])
            alone = _side(own, (weights[0] > 0).astype(np.float64)).side()
            yield number, some, _bounds(sides, alone)


def _cells(strata: Strata, columns: Ints, resamples: int, seed: int) -> dict[tuple[int, int], Moments]:
    """Resample the articles of every cell."""
    found = {}
    starts = np.append(strata.adds.indptr, 0)
    for place, (stratum, group) in enumerate(zip(strata.cell_stratum, strata.cell_group, strict=True)):
        rows = strata.adds.indices[starts[place] : starts[place + 1]]
        rng = np.random.default_rng(np.random.SeedSequence([seed, 6, int(stratum), int(group)]))
        found[int(stratum), int(group)] = moments_of(strata.sums, np.sort(rows), columns, resamples, rng)
    return found


def _others(
    cells: Mapping[tuple[int, int], Moments], whole: Mapping[int, Moments], cell: tuple[int, int], reference: int | None
) -> Moments | None:
    return whole[cell[0]] - cells[cell] if reference is None else cells.get((cell[0], reference))


def _side(strata: Mapping[int, Moments | None], weight: Floats) -> _Weighted:
    """Add up one side's strata, of which `weight`, shape (S, K), is 0 where one does not count."""
    cells = [(cell, factor) for cell, factor in zip(strata.values(), weight, strict=True) if cell is not None]
    if not cells:
        nothing = np.zeros(weight.shape[1])
        empty = np.zeros((2, weight.shape[1]))
        return _Weighted(empty, empty, empty, nothing, nothing, nothing)
    count = sum(factor * cell.count for cell, factor in cells)
    total = sum(factor * cell.total for cell, factor in cells)
    variance, parts, poisson, words, units, freedom = (np.zeros(1) for _ in range(6))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        overall = count[0] / total[0]
        for cell, factor in cells:
            several = cell.units > 1
            rate = np.where(several & (cell.total > 0), cell.count / cell.total, overall)
            squares = np.maximum(cell.count2 - 2 * rate * cell.cross + rate**2 * cell.total2, 0)
            # long articles pull the rate of their stratum towards them
            left = np.where(several, np.maximum(1 - cell.total2[0] / cell.total[0] ** 2, _LEAST_LEFT), 1.0)
            spread = np.where(factor > 0, factor**2 * squares / left, 0.0)
            variance = variance + spread
            parts = parts + spread[0] ** 2 / np.maximum(cell.freedom(), 1.0)
            freedom = freedom + np.where(factor > 0, cell.freedom(), 0.0)
            poisson = poisson + factor**2 * cell.count[0]
            words = words + np.where(factor > 0, cell.total[0], 0.0)
            units = units + np.where(factor > 0, cell.units, 0)
        half = 0.5 * total[0] / words
        df = (variance[0] + 2 * half**2) ** 2 / (parts + 4 * half**4 / np.maximum(freedom, 1.0))
    return _Weighted(count, total, variance, half, poisson, np.where((units > 1) & ~np.isnan(df), df, 0.0))


def _bounds(sides: tuple[_Weighted, _Weighted], alone: Side) -> dict[str, Floats]:
    own, rest = (side.side() for side in sides)
    apart = difference(own, rest)
    logs = []
    for side, plain in zip(sides, (own, rest), strict=True):
        on_logs = side.on_logs()
        with np.errstate(divide="ignore", invalid="ignore"):
            low = np.where(plain.low > 0, np.log(plain.low), on_logs.low)
            high = np.log(plain.high)
        logs.append(
            Side(
                plain.count, plain.total, on_logs.value, np.fmin(low, on_logs.low), np.fmax(high, on_logs.high), side.df
            )
        )
    with np.errstate(invalid="ignore", over="ignore"):
        ratio = np.exp(difference(*logs))
    return {
        "low": alone.low, "high": alone.high, "ratio_low": ratio[1], "ratio_high": ratio[2],
        "difference_low": apart[1], "difference_high": apart[2],
    }  # fmt: skip
