"""Measure what was found in annotated articles: overall, by outlet, length and kind, beside what annotators reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.classify._confidence import Calibration, calibration
from framing.classify._gold import PARTS, Span
from framing.classify._predict import Predicted
from framing.classify._scoring import (
    FIGURES,
    Ceiling,
    Interval,
    Marked,
    Score,
    characters,
    count,
    estimate,
    linked,
    marked,
)
from framing.measures.attribution import Attribution
from framing.text import Batch

Counts = NDArray[np.float64]
KINDS = ("direct", "mixed", "indirect", "with a source", "without a source")


@dataclass(frozen=True, slots=True)
class Group:
    """Scores of some articles: those of an outlet, or of about one length.

    Attributes
    ----------
    name : str
    articles : int
    scores : dict of str to Score
        By figure.
    """

    name: str
    articles: int
    scores: dict[str, Score]


@dataclass(frozen=True, slots=True)
class Kind:
    """How many attributions of a kind were found.

    Attributes
    ----------
    name : str
        One of `KINDS`.
    gold, predicted : int
        Annotated ones, and predicted ones: one attribution may be annotated as direct and predicted as mixed.
    recall : Interval
        The share of the annotated ones of the kind that was found (linked).
    precision : Interval
        The share of the predicted ones of the kind that an annotator marked.
    """

    name: str
    gold: int
    predicted: int
    recall: Interval
    precision: Interval


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a finder scores on annotated articles.

    Attributes
    ----------
    part : str
        What the articles are.
    articles : int
    scores : dict of str to Score
        By figure.
    ceiling : Ceiling or None
        How one annotator scores against another, if articles with several annotators were given.
    outlets, lengths : tuple of Group
    kinds : tuple of Kind
    calibration : Calibration or None
    """

    part: str
    articles: int
    scores: dict[str, Score]
    ceiling: Ceiling | None
    outlets: tuple[Group, ...]
    lengths: tuple[Group, ...]
    kinds: tuple[Kind, ...]
    calibration: Calibration | None


@dataclass(frozen=True, slots=True)
class Compared:
    """An article's annotated and predicted attributions, and which are the same.

    Attributes
    ----------
    gold, said : list of Marked
    pairs : list of (int, int)
        Numbers of those that were found.
    """

    gold: list[Marked]
    said: list[Marked]
    pairs: list[tuple[int, int]]


def compare(predicted: Predicted) -> list[Compared]:
    """Lay what annotators marked and what was found side by side, by article."""
    text, rows = predicted.batch.text, []
    for gold, said in zip(predicted.gold(), predicted.by_article(), strict=True):
        one, other = marked(text, gold), [_marked(text, attribution) for attribution in said]
        rows.append(Compared(one, other, linked(one, other)))
    return rows


def _marked(text: str, one: Attribution) -> Marked:
    return Marked(*(characters(text, getattr(one, part)) for part in PARTS))


def right(compared: Sequence[Compared]) -> NDArray[np.bool_]:
    """Tell of each attribution that was found, in order, whether an annotator marked the same."""
    rows = [np.isin(np.arange(len(one.said)), [j for _, j in one.pairs]) for one in compared]
    return np.concatenate(rows) if rows else np.zeros(0, dtype=np.bool_)


def evaluate(
    predicted: Predicted,
    *,
    part: str = "",
    human: Ceiling | None = None,
    compared: Sequence[Compared] | None = None,
    seed: int = 0,
) -> Evaluation:
    """Score what was found.

    Parameters
    ----------
    predicted : Predicted
    part : str
        What to call the articles.
    human : Ceiling, optional
    compared : sequence of Compared, optional
        If `compare` was called already.
    seed : int
        For resampling articles.
    """
    rows = compare(predicted) if compared is None else compared
    counts = np.array([count(one.gold, one.said) for one in rows])
    records = predicted.records
    words = predicted.batch.is_word.astype(np.float64)
    length = np.bincount(predicted.batch.article, weights=words, minlength=len(records)).astype(np.float64)
    outlets = np.array([record.outlet or "(none)" for record in records])
    return Evaluation(
        part,
        len(records),
        _scores(counts, seed),
        human,
        tuple(_group(name, outlets == name, counts, seed) for name in sorted(set(outlets.tolist()))),
        tuple(_group(name, inside, counts, seed) for name, inside in _thirds(length)),
        _by_kind(predicted, rows, seed),
        calibration([one.confidence for one in predicted.found], right(rows)),
    )


def _scores(counts: Counts, seed: int) -> dict[str, Score]:
    return dict(zip(FIGURES, estimate(counts, seed=seed), strict=True))


def _group(name: str, inside: NDArray[np.bool_], counts: Counts, seed: int) -> Group:
    return Group(name, int(inside.sum()), _scores(counts[inside], seed))


def _thirds(length: Counts) -> list[tuple[str, NDArray[np.bool_]]]:
    """Divide articles by length in words into three parts, fewer if they are few."""
    bounds = np.unique(np.quantile(length, [1 / 3, 2 / 3], method="higher"))
    number = np.searchsorted(bounds, length)
    groups = []
    for index in np.unique(number).tolist():
        inside = number == index
        groups.append((f"{int(length[inside].min()):,}–{int(length[inside].max()):,} words", inside))
    return groups


def _by_kind(predicted: Predicted, rows: Sequence[Compared], seed: int) -> tuple[Kind, ...]:
    """Count for each article and kind what was found."""
    reader = KindReader(predicted.batch)
    found = predicted.by_article()
    # by what the annotated one is, and by what the predicted one is
    counts = np.zeros((2, len(rows), len(KINDS), 3))
    for number, (gold, one) in enumerate(zip(predicted.gold(), rows, strict=True)):
        known, hit = {i for i, _ in one.pairs}, {j for _, j in one.pairs}
        for i, attribution in enumerate(gold):
            for kind in reader.kinds(attribution["content"], attribution["source"]):
                counts[0, number, kind] += i in known, 0, 1
        for j, other in enumerate(found[number]):
            for kind in reader.kinds(other.content, other.source):
                counts[1, number, kind] += j in hit, 1, 0
    annotated, said = (estimate(part, seed=seed) for part in counts)
    return tuple(
        Kind(name, one.gold, other.predicted, one.recall, other.precision)
        for name, one, other in zip(KINDS, annotated, said, strict=True)
    )


class KindReader:
    """Tells how contents stand to the quotation marks of a batch."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        zero = np.zeros(1, dtype=np.int64)
        self._words = np.concatenate([zero, np.cumsum(batch.is_word)])
        self._quoted = np.concatenate([zero, np.cumsum(batch.is_word & (batch.quotation >= 0))])

    def kind(self, content: Sequence[Span]) -> str:
        """Return direct if all words are in quotation marks, indirect if none is, else mixed."""
        words = quoted = 0
        for start, end in content:
            first = np.searchsorted(self._batch.end, start, side="right")
            last = np.searchsorted(self._batch.start, end)
            words += int(self._words[last] - self._words[first])
            quoted += int(self._quoted[last] - self._quoted[first])
        return "indirect" if not quoted else "direct" if quoted == words else "mixed"

    def kinds(self, content: Sequence[Span], source: Sequence[Span]) -> tuple[int, int]:
        """Return the places in `KINDS` of an attribution."""
        return KINDS.index(self.kind(content)), KINDS.index("with a source" if source else "without a source")
