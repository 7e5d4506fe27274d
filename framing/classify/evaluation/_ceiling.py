"""How far annotators agree: one against the majority of the others, and Krippendorff's alpha."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.classify._scoring import Interval
from framing.classify.evaluation._measures import both, f1
from framing.classify.evaluation._model import Ceiling
from framing.classify.evaluation._predictions import BINARY, EXCLUSIVE, Bools, Floats, Ints, Predictions
from framing.classify.evaluation._resample import Groups, grouped, interval, ratio, resampled


@dataclass(frozen=True, slots=True)
class _Judged:
    """Votes with the majority of the others; every array has a row a vote.

    `told` says of which labels there is a majority, shape (votes, k).
    """

    record: Ints
    vote: Bools
    majority: Bools
    told: Bools


def ceiling(given: Predictions, *, seed: int) -> Ceiling | None:
    """Hold each annotator, and the model, against the majority of the other annotators of the record.

    Returns
    -------
    Ceiling or None
        None if no record has two votes.
    """
    if given.votes is None:
        return None
    several = [row for row, votes in enumerate(given.votes) if votes is not None and len(votes) > 1]
    if not several:
        return None
    rows = [given.vote_rows(row) for row in several]
    judged = _judged(given, several, rows)
    groups = grouped([given.groups[row] for row in several])
    at = Groups(groups.of[np.searchsorted(several, judged.record)], groups.count)
    human = _against(given, judged.vote, judged, at, seed)
    model = _against(given, given.decided[judged.record], judged, at, seed)
    annotators = {annotator for row in several for annotator in given.votes[row] or ()}
    return Ceiling(
        records=len(several), annotators=len(annotators), judgements=int(judged.told.sum()),
        ties=int((~judged.told).sum()), accuracy=human[0], macro_f1=human[1], model_accuracy=model[0],
        model_macro_f1=model[1], alpha=_alpha(given, rows, groups, seed),
    )  # fmt: skip


def _judged(given: Predictions, several: Sequence[int], rows: Sequence[Bools]) -> _Judged:
    parts = []
    for votes in rows:
        others = votes.sum(axis=0) - votes.astype(np.int64)
        if given.kind == EXCLUSIVE:
            first = others == others.max(axis=1, keepdims=True)
            alone = first.sum(axis=1, keepdims=True) == 1
            parts.append((votes, first & alone, alone))
        else:
            half = (len(votes) - 1) / 2
            parts.append((votes, others > half, others != half))
    record = np.repeat(np.array(several, dtype=np.int64), [len(votes) for votes in rows])
    vote, majority, told = (np.concatenate(part) for part in zip(*parts, strict=True))
    return _Judged(record, vote, majority, told)


def _against(given: Predictions, said: Bools, judged: _Judged, at: Groups, seed: int) -> tuple[Interval, Interval]:
    """Return accuracy and macro-F1 of what was said against the majorities."""
    # one label: its absence is a class too, told where the label is; exclusive ones: one column tells of all
    told = np.broadcast_to(judged.told, both(judged.vote, given.kind).shape)
    gold, decided = both(judged.majority, given.kind) & told, both(said, given.kind) & told
    if given.kind == EXCLUSIVE:
        right, cases = (gold & decided).any(axis=1, keepdims=True), judged.told
    else:
        right, cases = (judged.majority == said) & judged.told, judged.told
    counts = np.hstack([gold & decided, decided, gold]).astype(np.float64)
    sums = at.sums(np.column_stack([counts, right.sum(axis=1), cases.sum(axis=1)]))

    def statistic(weights: Floats) -> Floats:
        total = weights @ sums
        parts = np.moveaxis(total[:, :-2].reshape(len(weights), 3, -1), 1, 0)
        return np.column_stack([ratio(total[:, -2], total[:, -1]), f1(*parts).mean(axis=1)])

    value, found = resampled(statistic, at.count, seed=seed)
    trials = int((sums[:, -1] > 0).sum())
    return interval(value[0], found[:, 0], trials=trials), interval(value[1], found[:, 1])


def _alpha(given: Predictions, rows: Sequence[Bools], groups: Groups, seed: int) -> Interval:
    """Return alpha, by NLTK, with an interval from resampling the coincidences of each group."""
    if given.kind == EXCLUSIVE:
        tables = [list(rows)]
    else:
        tables = [[votes[:, [label]] for votes in rows] for label in range(len(given.labels))]
    value = float(np.mean([_nltk_alpha(table) for table in tables]))
    found = np.mean([_resampled_alpha(table, groups, seed) for table in tables], axis=0)
    return interval(value, found)


def _nltk_alpha(rows: Sequence[Bools]) -> float:
    # imported where there are votes: it takes as long as the rest of the package
    from nltk.metrics.agreement import AnnotationTask

    triples = [
        (annotator, record, int(vote[0]) if len(vote) == 1 else int(vote.argmax()))
        for record, votes in enumerate(rows)
        for annotator, vote in enumerate(votes)
    ]
    if len({label for _, _, label in triples}) < 2:
        # all say the same of all: chance would agree as well
        return float("nan")
    return float(AnnotationTask(triples).alpha())


def _resampled_alpha(rows: Sequence[Bools], groups: Groups, seed: int) -> Floats:
    """Return alpha of each resample: one minus observed over expected disagreement."""
    whole = [both(votes, BINARY) if votes.shape[1] == 1 else votes for votes in rows]
    values = np.array([votes.sum(axis=0) for votes in whole], dtype=np.float64)
    size = values.sum(axis=1)
    apart = (size**2 - (values**2).sum(axis=1)) / (size - 1)
    sums = groups.sums(np.column_stack([apart, values]))

    def statistic(weights: Floats) -> Floats:
        total = weights @ sums
        n, of_value = total[:, 1:].sum(axis=1), total[:, 1:]
        expected = ratio(n**2 - (of_value**2).sum(axis=1), n - 1)
        return 1 - ratio(total[:, :1], expected[:, np.newaxis])

    return resampled(statistic, groups.count, seed=seed)[1][:, 0]
