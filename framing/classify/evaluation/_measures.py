"""Every figure of a set of predictions, for many resamples at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from framing.classify._scoring import Interval
from framing.classify.evaluation._model import ClassScores, Scores
from framing.classify.evaluation._predictions import BINARY, EXCLUSIVE, Bools, Floats, Ints, Predictions
from framing.classify.evaluation._rank import Ranking
from framing.classify.evaluation._resample import Groups, grouped, interval, ratio, resampled

BINS = 10
_DRAWS = 1000
_BY_CHANCE = 0.95
_OF_LABEL = ("auc", "auc_within", "calibration_error", "brier")
_OF_ALL = ("macro_f1", "accuracy", *_OF_LABEL)


def both(rows: Bools, kind: str) -> Bools:
    """Return labels as classes: of one label, its absence as a second column."""
    return np.hstack([rows, ~rows]) if kind == BINARY else rows


def right_share(gold: Bools, decided: Bools, kind: str) -> Floats:
    """Return what each record adds to accuracy, shape (n,)."""
    same = gold == decided
    return np.asarray(same.all(axis=1) if kind == EXCLUSIVE else same.mean(axis=1), dtype=np.float64)


def f1(right: Floats, predicted: Floats, gold: Floats) -> Floats:
    """Return the harmonic mean of precision and recall, 0 where a class is neither there nor predicted."""
    return ratio(2 * right, predicted + gold, empty=0.0)


def bin_of(probability: Floats) -> Ints:
    """Return which of ten bins of equal width each probability falls into; 1 belongs to the last."""
    return np.minimum((probability * BINS).astype(np.int64), BINS - 1)


def error_by_chance(probability: Floats, *, seed: int) -> Floats:
    """Return the calibration error that a perfectly calibrated model stays below in 95 of 100 draws of the labels.

    Parameters
    ----------
    probability : ndarray of float64, shape (n, k)
    seed : int

    Returns
    -------
    ndarray of float64, shape (k + 1,)
        Of each label, and of their mean.
    """
    rng, n = np.random.default_rng(seed), len(probability)
    step = max(1, 250_000 // n)
    found = np.empty((_DRAWS, probability.shape[1]))
    for label, column in enumerate(probability.T):
        place = (np.arange(BINS) == bin_of(column)[:, np.newaxis]).astype(np.float64)
        for start in range(0, _DRAWS, step):
            rows = slice(start, min(start + step, _DRAWS))
            drawn = rng.random((rows.stop - start, n)) < column
            found[rows, label] = np.abs((column - drawn) @ place).sum(axis=1) / n
    return np.asarray(np.quantile(np.column_stack([found, found.mean(axis=1)]), _BY_CHANCE, axis=0), dtype=np.float64)


def strata(names: Sequence[str | None] | None) -> Ints | None:
    """Return outlets as numbers; -1 where none is known; None if no record has one."""
    if names is None or all(name is None for name in names):
        return None
    numbers = {name: number for number, name in enumerate(sorted({name for name in names if name is not None}))}
    return np.array([-1 if name is None else numbers[name] for name in names], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of all labels together and of each class."""

    scores: Scores
    classes: tuple[ClassScores, ...]


class _Statistic:
    """Weights of groups to figures, one after the other: classes' P, R, F1; labels' four; those of all."""

    def __init__(self, given: Predictions, groups: Groups, *, within: bool) -> None:
        self._groups = groups
        gold, decided = both(given.gold, given.kind), both(given.decided, given.kind)
        self.classes, self.labels = gold.shape[1], given.gold.shape[1]
        right = right_share(given.gold, given.decided, given.kind)
        counted = np.hstack([gold & decided, decided, gold]).astype(np.float64)
        self.counts = counted.sum(axis=0).astype(int).reshape(3, -1)
        self.by_group = groups.sums(np.column_stack([counted, right, np.ones(len(right))]))
        places = strata(given.outlets) if within else None
        columns = range(self.labels)
        self._plain = [Ranking(given.score[:, one], given.gold[:, one]) for one in columns]
        self._within = [Ranking(given.score[:, one], given.gold[:, one], places) for one in columns]
        self._has_within = places is not None
        self._distances = self._squares = None
        if given.probability is not None:
            distance = given.probability - given.gold
            spread = np.zeros((len(distance), self.labels, BINS))
            np.put_along_axis(spread, bin_of(given.probability)[:, :, np.newaxis], distance[:, :, np.newaxis], axis=2)
            self._distances = groups.sums(spread)
            self._squares = groups.sums(distance**2)

    def __call__(self, weights: Floats) -> Floats:
        sums = weights @ self.by_group
        right, predicted, gold = np.moveaxis(sums[:, :-2].reshape(len(weights), 3, -1), 1, 0)
        total = sums[:, -1:]
        found = f1(right, predicted, gold)
        by_class = (ratio(right, predicted, empty=0.0), ratio(right, gold, empty=0.0), found)
        by_label = self._by_label(weights, total)
        overall = [found.mean(axis=1), sums[:, -2] / sums[:, -1], *(_mean(rows) for rows in by_label)]
        return np.hstack([*by_class, *by_label, np.column_stack(overall)])

    def _by_label(self, weights: Floats, total: Floats) -> list[Floats]:
        drawn = weights[:, self._groups.of]
        unknown = np.full((len(weights), self.labels), np.nan)
        areas = np.column_stack([one.area(drawn) for one in self._plain])
        within = np.column_stack([one.area(drawn) for one in self._within]) if self._has_within else unknown
        if self._distances is None or self._squares is None:
            return [areas, within, unknown, unknown]
        binned = np.abs(weights @ self._distances).reshape(len(weights), self.labels, BINS)
        return [areas, within, binned.sum(axis=2) / total, weights @ self._squares / total]


def _mean(rows: Floats) -> Floats:
    """Return the mean over the labels that can be told at all; a resample in which one of them cannot is NaN."""
    told = np.isfinite(rows).any(axis=0)
    return rows[:, told].mean(axis=1) if told.any() else np.full(len(rows), np.nan)


def measure(given: Predictions, *, within: bool = True, seed: int = 0) -> Measured:
    """Return every figure with its interval.

    Parameters
    ----------
    given : Predictions
    within : bool
        Whether to compute the area under the curve within outlets as well.
    seed : int
    """
    groups = grouped(given.groups)
    statistic = _Statistic(given, groups, within=within)
    value, found = resampled(statistic, groups.count, width=len(given.ids), seed=seed)
    k, c = statistic.labels, statistic.classes
    # in how many groups each share was counted
    present = (statistic.by_group > 0).sum(axis=0)
    trials: list[int | None] = [*present[c : 3 * c].tolist(), *[None] * (len(value) - 2 * c)]
    names = [name for name in ("precision", "recall", "f1") for _ in range(c)]
    names += [name for name in _OF_LABEL for _ in range(k)] + list(_OF_ALL)
    trials[len(names) - len(_OF_ALL) + 1] = groups.count
    told = [
        interval(value[at], found[:, at], trials=trials[at], basic=name == "calibration_error")
        for at, name in enumerate(names)
    ]
    if given.probability is not None:
        of_errors = [at for at, name in enumerate(names) if name == "calibration_error"]
        for at, chance in zip(of_errors, error_by_chance(given.probability, seed=seed).tolist(), strict=True):
            if told[at].value <= chance:
                told[at] = replace(told[at], low=0.0)
    return Measured(_scores(told[-len(_OF_ALL) :]), _classes(given, statistic, told))


def _scores(told: Sequence[Interval]) -> Scores:
    return Scores(**dict(zip(_OF_ALL, told, strict=True)))


def _classes(given: Predictions, statistic: _Statistic, told: Sequence[Interval]) -> tuple[ClassScores, ...]:
    c, k = statistic.classes, statistic.labels
    rows = []
    for at, name in enumerate(given.classes):
        right, predicted, gold = statistic.counts[:, at].tolist()
        precision, recall, of_class = told[at : 3 * c : c]
        # the negative class has those of the label
        auc, within, error, brier = told[3 * c + at : 3 * c + 4 * k : k] if at < k else [None] * 4
        rows.append(
            ClassScores(
                name=name, right=right, predicted=predicted, gold=gold, precision=precision, recall=recall, f1=of_class,
                auc=auc, auc_within=within, calibration_error=error, brier=brier,
            )
        )  # fmt: skip
    return tuple(rows)
