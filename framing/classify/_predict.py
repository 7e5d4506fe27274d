"""Attributions of annotated articles as the product finds them, or as models that have not seen them do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framing.classify._gold import Record, Span
from framing.corpus import Article, FurnitureFinder, read_corpus, scan
from framing.lexicon import Matcher, Matches, load
from framing.measures.attribution import CUES, Attribution, attributions_of
from framing.measures.attribution.finder import Finder, Labelled, Weights
from framing.text import Batch, Vocabulary, read


@dataclass(frozen=True, slots=True)
class Predicted:
    """Annotated articles and what was found in them.

    Attributes
    ----------
    records : sequence of Record
    batch : Batch
        Of their texts.
    cues : Matches
    found : sequence of Attribution
        In the order of the text; offsets count in the batch's.
    """

    records: Sequence[Record]
    batch: Batch
    cues: Matches
    found: Sequence[Attribution]

    def gold(self) -> list[list[dict[str, list[Span]]]]:
        """Return the annotated attributions by article, as spans in the batch's text."""
        return [
            [{part: _moved(spans, offset) for part, spans in one.items()} for one in record.attributions]
            for record, offset in zip(self.records, self.batch.offset.tolist(), strict=True)
        ]

    def by_article(self) -> list[list[Attribution]]:
        """Return what was found by article."""
        rows: list[list[Attribution]] = [[] for _ in self.records]
        for one in self.found:
            rows[one.article].append(one)
        return rows


def _moved(spans: Sequence[Span], offset: int) -> list[Span]:
    return [(start + offset, end + offset) for start, end in spans]


class _Known(Finder):
    """A finder that says what is known already."""

    def __init__(self, weights: Weights, labelled: Labelled) -> None:
        super().__init__(weights)
        self._labelled = labelled

    def label(self, batch: Batch, cues: Matches) -> Labelled:
        return self._labelled


def matched(batch: Batch) -> Matches:
    """Return the cues of a batch."""
    return Matcher([load(name) for name in CUES]).find(batch)


def attribute(batch: Batch, matches: Matches, finder: Finder, labelled: Labelled | None = None) -> list[Attribution]:
    """Find attributions as the product does; with `labelled`, from labels that are there already."""
    used = finder if labelled is None else _Known(finder.weights, labelled)
    found, _ = attributions_of(batch, matches, _people(), used)
    return found


@cache
def _people() -> Matcher:
    return Matcher([load("titles")])


def predict(records: Sequence[Record], finder: Finder) -> Predicted:
    """Find attributions on the way that an analysis takes: without those that stand in page furniture."""
    articles = [Article(record.id, record.text, outlet=record.outlet) for record in records]
    batch = read(articles, Vocabulary())
    matches = matched(batch)
    found = attribute(batch, matches, finder)
    hidden = _furniture(batch, articles)
    place = np.searchsorted(batch.end, [(one.cue or one.content)[0][0] for one in found], side="right")
    kept = [one for one, is_hidden in zip(found, hidden[place].tolist(), strict=True) if not is_hidden]
    return Predicted(records, batch, matches.of("cue"), kept)


def _furniture(batch: Batch, articles: Sequence[Article]) -> NDArray[np.bool_]:
    """Tell for each token whether it is page furniture."""
    hidden = np.zeros(len(batch), dtype=np.bool_)
    finder = FurnitureFinder(scan(read_corpus(list(articles))).recurring)
    for article, offset in zip(articles, batch.offset.tolist(), strict=True):
        for start, end, _ in finder.spans(article):
            first = np.searchsorted(batch.end, start + offset, side="right")
            hidden[first : np.searchsorted(batch.start, end + offset)] = True
    return hidden
