"""Marked words: precision, recall, area under the curve, and one annotator against another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from framing.classify._scoring import Interval
from framing.classify.evaluation._measures import f1
from framing.classify.evaluation._model import WordResult
from framing.classify.evaluation._predictions import Bools, Floats, WordPredictions
from framing.classify.evaluation._rank import Ranking
from framing.classify.evaluation._resample import Groups, grouped, interval, ratio, resampled

_UNKNOWN = Interval(np.nan, np.nan, np.nan)


def measure_words(given: WordPredictions, *, seed: int) -> WordResult:
    """Score marked words over all words of all records, with intervals from resampling groups of records."""
    groups = grouped(given.groups)
    gold = [np.asarray(row, dtype=np.bool_) for row in given.gold]
    said = [np.asarray(row, dtype=np.bool_) for row in given.predicted]
    counts = np.array([[(g & s).sum(), s.sum(), g.sum()] for g, s in zip(gold, said, strict=True)], dtype=np.float64)
    precision, recall, of_words = _rates(counts, groups, seed)
    right, predicted, annotated = counts.sum(axis=0).astype(int).tolist()
    human, pairs = _annotators(given, groups, seed)
    return WordResult(
        how=given.how, task=given.task, n=len(given.ids), groups=groups.count, words=sum(map(len, given.words)),
        right=right, predicted=predicted, gold=annotated, precision=precision, recall=recall, f1=of_words,
        auc=_area(given, gold, groups, seed), annotator_f1=human, pairs=pairs,
    )  # fmt: skip


def _rates(counts: Floats, groups: Groups, seed: int) -> tuple[Interval, Interval, Interval]:
    sums = groups.sums(counts)

    def statistic(weights: Floats) -> Floats:
        right, predicted, gold = (weights @ sums).T
        shares = ratio(right, predicted, empty=0.0), ratio(right, gold, empty=0.0)
        return np.column_stack([*shares, f1(right, predicted, gold)])

    value, found = resampled(statistic, groups.count, seed=seed)
    trials = [*(sums[:, 1:] > 0).sum(axis=0).tolist(), None]
    one, two, three = (interval(value[at], found[:, at], trials=trials[at]) for at in range(3))
    return one, two, three


def _area(given: WordPredictions, gold: Sequence[Bools], groups: Groups, seed: int) -> Interval:
    if given.score is None:
        return _UNKNOWN
    score = np.concatenate([np.asarray(row, dtype=np.float64) for row in given.score])
    ranking = Ranking(score, np.concatenate(gold))
    of_word = np.repeat(groups.of, [len(row) for row in gold])
    value, found = resampled(
        lambda weights: ranking.area(weights[:, of_word])[:, np.newaxis], groups.count, width=len(score), seed=seed
    )
    return interval(value[0], found[:, 0])


def _annotators(given: WordPredictions, groups: Groups, seed: int) -> tuple[Interval | None, int]:
    """Hold every annotator of a record against every other; F1 is the same in both directions."""
    if given.marks is None:
        return None, 0
    rows = [_pairs(marks or {}) for marks in given.marks]
    pairs = sum(number for _, number in rows)
    if not pairs:
        return None, 0
    return _rates(np.array([counts for counts, _ in rows], dtype=np.float64), groups, seed)[2], pairs


def _pairs(marks: Mapping[Hashable, Sequence[bool] | Bools]) -> tuple[tuple[float, float, float], int]:
    """Return words marked by both, by one and by the other over all ordered pairs, and how many pairs there are."""
    if len(marks) < 2:
        return (0.0, 0.0, 0.0), 0
    rows = np.array([np.asarray(row, dtype=np.bool_) for row in marks.values()], dtype=np.float64)
    others = len(rows) - 1
    of_word = rows.sum(axis=0)
    both = float((of_word * (of_word - 1)).sum())
    return (both, float(rows.sum()) * others, float(rows.sum()) * others), len(rows) * others
