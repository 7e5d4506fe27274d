"""Beside the figures: calibration in bins, confusion, outlets and topics, and what went wrong with certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from framing.classify._scoring import Interval
from framing.classify.evaluation._measures import BINS, bin_of, both, measure
from framing.classify.evaluation._model import FEW, Bin, CertainError, Confusion, Part
from framing.classify.evaluation._predictions import BINARY, EXCLUSIVE, SEVERAL, Floats, Ints, Predictions
from framing.classify.evaluation._resample import Groups, grouped, interval, ratio, resampled

_MOST_ERRORS = 10


def bins(given: Predictions, *, seed: int) -> tuple[Bin, ...]:
    """Return how often a label was annotated where it was said to be so and so probable."""
    if given.probability is None:
        return ()
    groups = grouped(given.groups)
    place = np.arange(BINS) == bin_of(given.probability)[:, :, np.newaxis]
    parts = (place, place * given.probability[:, :, np.newaxis], place & given.gold[:, :, np.newaxis])
    sums = groups.sums(np.hstack([part.sum(axis=1) for part in parts]).astype(np.float64))

    def shares(weights: Floats) -> Floats:
        total = weights @ sums
        return ratio(total[:, 2 * BINS :], total[:, :BINS])

    value, found = resampled(shares, groups.count, seed=seed)
    n, mass = sums[:, :BINS].sum(axis=0), sums[:, BINS : 2 * BINS].sum(axis=0)
    trials = (sums[:, :BINS] > 0).sum(axis=0).tolist()
    told = [interval(value[at], found[:, at], trials=trials[at]) for at in range(BINS)]
    return tuple(
        Bin(n=int(n[at]), probability=float(mass[at] / n[at]), share=told[at]) for at in range(BINS) if n[at]
    )  # fmt: skip


def confusion(given: Predictions) -> Confusion | None:
    """Count records by annotated and predicted class; None if a record may have several labels."""
    if given.kind == SEVERAL:
        return None
    gold, said = (both(rows, given.kind).astype(np.int64) for rows in (given.gold, given.decided))
    return Confusion(classes=given.classes, counts=tuple(tuple(row) for row in (gold.T @ said).tolist()))


def annotated(given: Predictions) -> dict[str, int]:
    """Count the records of each class."""
    return dict(zip(given.classes, both(given.gold, given.kind).sum(axis=0).tolist(), strict=True))


def parts(given: Predictions, names: Sequence[str | None] | None, *, seed: int) -> tuple[Part, ...]:
    """Measure the records of each outlet or topic by themselves; those without a name are left out."""
    if names is None:
        return ()
    counted = Counter(name for name in names if name is not None)
    column = np.array(names, dtype=object)
    order = sorted(counted, key=lambda name: (-counted[name], name))
    return tuple(_part(name, given.part(np.flatnonzero(column == name)), seed) for name in order)


def _part(name: str, given: Predictions, seed: int) -> Part:
    groups = grouped(given.groups)
    scores = measure(given, within=False, seed=seed).scores
    one_label = given.kind == BINARY
    whole = 0 not in annotated(given).values()
    return Part(
        name=name, n=len(given.ids), groups=groups.count, few=len(given.ids) < FEW,
        share=_share(given.gold, groups, seed) if one_label else None,
        said=_share(given.decided, groups, seed) if one_label else None,
        accuracy=scores.accuracy,
        macro_f1=scores.macro_f1 if whole else Interval(np.nan, np.nan, np.nan),
        auc=scores.auc,
    )  # fmt: skip


def _share(rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], groups: Groups, seed: int) -> Interval:
    sums = groups.sums(np.column_stack([rows[:, 0], np.ones(len(rows))]))

    def share(weights: Floats) -> Floats:
        total = weights @ sums
        return total[:, :1] / total[:, 1:]

    value, found = resampled(share, groups.count, seed=seed)
    return interval(value[0], found[:, 0], trials=groups.count)


def errors(given: Predictions) -> tuple[CertainError, ...]:
    """Return what was wrong and furthest from the decision: labels wrongly given and wrongly withheld alike.

    Of exclusive labels, what was said of one record with the largest lead over the annotated label.
    """
    if given.kind == EXCLUSIVE:
        said, gold = given.score.argmax(axis=1), given.gold.argmax(axis=1)
        rows = np.arange(len(said))
        lead = given.score[rows, said] - given.score[rows, gold]
        worst = _first(np.where(said == gold, -np.inf, lead), 2 * _MOST_ERRORS)
        return tuple(
            _error(given, row, int(said[row]), given.labels[gold[row]], given.labels[said[row]]) for row in worst
        )
    found: list[CertainError] = []
    for given_wrongly in (True, False):
        wrong = (given.decided != given.gold) & (given.decided == given_wrongly)
        sure = np.where(wrong, np.abs(given.score - 0.5), -np.inf).ravel()
        for place in _first(sure, _MOST_ERRORS):
            row, label = divmod(place, len(given.labels))
            names = given.labels[label], given.negative or f"not {given.labels[label]}"
            found.append(_error(given, row, label, *(names[::-1] if given_wrongly else names)))
    return tuple(found)


def _first(sure: Floats, most: int) -> list[int]:
    order: Ints = np.argsort(-sure, kind="stable")[:most]
    return [int(place) for place in order if np.isfinite(sure[place])]


def _error(given: Predictions, row: int, label: int, annotated: str, predicted: str) -> CertainError:
    votes = given.vote_rows(row)[:, label]
    return CertainError(
        id=given.ids[row], outlet=(given.outlets[row] if given.outlets is not None else None) or "",
        text=given.texts[row], annotated=annotated, predicted=predicted, score=float(given.score[row, label]),
        agreeing=int((votes == given.decided[row, label]).sum()), votes=len(votes),
    )  # fmt: skip
