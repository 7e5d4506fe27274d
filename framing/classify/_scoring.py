"""Score attributions against annotators', on characters that are not white space, so that no tokenisation is favoured.

A span is exact if it has the same first and last such character. An attribution is found (linked) if its content, and
its source and cue where the annotator has them, each overlap with an F1 of at least one half, one to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.classify._gold import PARTS, Record, Span

Counts = NDArray[np.float64]
Characters = frozenset[int]
FIGURES = (*(f"{part}_exact" for part in PARTS), *(f"{part}_characters" for part in PARTS), "linked")
_LEAST = 0.5
_RESAMPLES = 2000
_LEVEL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Marked:
    """The characters of an attribution's parts; none where it has no such part."""

    source: Characters
    cue: Characters
    content: Characters


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and where 95 of 100 resamples of the articles put it."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{short(self.value)} [{short(self.low)}, {short(self.high)}]"


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, and how many were right, predicted and annotated."""

    precision: Interval
    recall: Interval
    f1: Interval
    right: int
    predicted: int
    gold: int


def short(value: float) -> str:
    """Return a share with three places and no leading zero."""
    return f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.2f}"


def characters(text: str, spans: Iterable[Span]) -> Characters:
    """Return the places of spans that are not white space."""
    return frozenset(
        place for start, end in spans for place in range(start, min(end, len(text))) if not text[place].isspace()
    )


def marked(text: str, attributions: Iterable[Mapping[str, Sequence[Span]]]) -> list[Marked]:
    """Return attributions, given by part as spans, as characters."""
    return [Marked(*(characters(text, one.get(part) or ()) for part in PARTS)) for one in attributions]


def overlap(one: Characters, other: Characters) -> float:
    """Return the F1 of two sets of characters, 0 for two empty ones."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def linked(gold: Sequence[Marked], said: Sequence[Marked]) -> list[tuple[int, int]]:
    """Return which attributions were found, as pairs of annotated and predicted, greedily by overlap of content."""
    ends = [(min(one.content), max(one.content)) if one.content else (0, -1) for one in said]
    pairs = []
    for i, one in enumerate(gold):
        if not one.content:
            continue
        low, high = min(one.content), max(one.content)
        for j, other in enumerate(said):
            if ends[j][0] <= high and low <= ends[j][1]:
                pairs.append((overlap(one.content, other.content), i, j))
    taken_gold: set[int] = set()
    taken_said: set[int] = set()
    found = []
    for score, i, j in sorted(pairs, reverse=True):
        if score < _LEAST:
            break
        if i in taken_gold or j in taken_said:
            continue
        if _agree(gold[i].source, said[j].source) and _agree(gold[i].cue, said[j].cue):
            taken_gold.add(i)
            taken_said.add(j)
            found.append((i, j))
    return found


def _agree(gold: Characters, said: Characters) -> bool:
    return not gold or overlap(gold, said) >= _LEAST


def count(gold: Sequence[Marked], said: Sequence[Marked]) -> Counts:
    """Return for each of `FIGURES` how many were right, predicted and annotated in an article, shape (figures, 3)."""
    table = np.zeros((len(FIGURES), 3))
    for number, part in enumerate(PARTS):
        ends = [{(min(x), max(x)) for one in marks if (x := getattr(one, part))} for marks in (gold, said)]
        places = [frozenset[int]().union(*(getattr(one, part) for one in marks)) for marks in (gold, said)]
        for row, (annotated, predicted) in ((number, ends), (number + len(PARTS), places)):
            table[row] = len(annotated & predicted), len(predicted), len(annotated)
    table[-1] = len(linked(gold, said)), len(said), len(gold)
    return table


def estimate(counts: Counts, *, seed: int = 0) -> list[Score]:
    """Add counts up over articles, with 95 % intervals from resampling whole articles.

    Parameters
    ----------
    counts : ndarray of float64, shape (articles, figures, 3)
        Right, predicted and annotated.
    seed : int

    Returns
    -------
    list of Score
        One for each figure.
    """
    n = len(counts)
    flat = counts.reshape(n, -1)
    total = _rates(flat.sum(axis=0).reshape(1, -1, 3))[0]
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=_RESAMPLES) if n else np.zeros((1, 0))
    low, high = np.percentile(_rates((draws @ flat).reshape(len(draws), -1, 3)), _LEVEL, axis=0)
    sums = flat.sum(axis=0).reshape(-1, 3).astype(int).tolist()
    rows = np.stack([total, low, high], axis=-1).tolist()
    return [
        Score(Interval(*precision), Interval(*recall), Interval(*f1), *counted)
        for (precision, recall, f1), counted in zip(rows, sums, strict=True)
    ]


def _rates(counts: Counts) -> Counts:
    """Return precision, recall and F1 along the last axis, 0 where there is nothing to divide by."""
    right, predicted, gold = counts[..., 0], counts[..., 1], counts[..., 2]
    pairs = ((right, predicted), (right, gold), (2 * right, predicted + gold))
    return np.stack([np.divide(a, b, out=np.zeros_like(a), where=b > 0) for a, b in pairs], axis=-1)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How one annotator scores against another.

    Attributes
    ----------
    articles, pairs : int
        Articles with several annotators, and ordered pairs of them.
    scores : dict of str to Score
        By figure.
    """

    articles: int
    pairs: int
    scores: dict[str, Score]


def ceiling(records: Iterable[Record], *, seed: int = 0) -> Ceiling | None:
    """Score every annotator of an article against every other; None if no article has two."""
    by_article: dict[str, list[Record]] = {}
    for record in records:
        by_article.setdefault(record.id, []).append(record)
    several = [group for group in by_article.values() if len(group) > 1]
    if not several:
        return None
    rows = []
    for group in several:
        marks = [marked(record.text, record.attributions) for record in group]
        pairs = [count(one, other) for one in marks for other in marks if one is not other]
        rows.append(np.sum(pairs, axis=0))
    scores = dict(zip(FIGURES, estimate(np.array(rows), seed=seed), strict=True))
    return Ceiling(len(several), sum(len(group) * (len(group) - 1) for group in several), scores)
