"""Label the tokens of a batch as source, cue and content: two linear passes over columns."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from framing.lexicon import Matches
from framing.measures.attribution.finder._columns import Columns
from framing.measures.attribution.finder._decode import Labels, Scores, decode
from framing.measures.attribution.finder._labels import label_columns
from framing.measures.attribution.finder._orphans import reconsider
from framing.measures.attribution.finder._templates import LABELS
from framing.measures.attribution.finder._weights import WIDTH, TypeScores, Weights, blank, score
from framing.text import Batch, Vocabulary


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the finder says of each token.

    Attributes
    ----------
    labels : ndarray of int32, shape (tokens,)
        Places in `LABELS`.
    scores : ndarray of float32, shape (tokens, labels)
        Of the second pass, without transitions.
    """

    labels: Labels
    scores: Scores


class Finder:
    """Finds the parts of attributions with a conditional random field (Lafferty, McCallum and Pereira 2001), twice.

    The first pass weighs words and what stands around them; the second weighs them again together with what the first
    said of the sentence (stacked sequential learning, Cohen and Carvalho 2005).
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._types: WeakKeyDictionary[Vocabulary, TypeScores] = WeakKeyDictionary()

    def label(self, batch: Batch, cues: Matches) -> Labelled:
        """Label each token of a batch.

        Parameters
        ----------
        batch : Batch
        cues : Matches
            Of the layer ``cue``.
        """
        if not len(batch):
            return Labelled(np.zeros(0, dtype=np.int32), np.zeros((0, len(LABELS)), dtype=np.float32))
        weights = self.weights
        columns = Columns(batch, cues, weights.classes, weights.kinds)
        scores = blank(columns)
        self._add_types(batch, columns, scores)
        score(columns, columns.built, weights.first, scores)
        runs, place = columns.layout.runs(batch), columns.layout.place
        said = decode(np.ascontiguousarray(scores[:, :WIDTH]), weights.transitions[0], runs, place)
        second = np.ascontiguousarray(scores[:, WIDTH:])
        score(columns, label_columns(columns, said), weights.second, second)
        final = second.take(place, axis=0)[:, : len(LABELS)]
        labels = decode(final, weights.transitions[1], runs)
        return Labelled(reconsider(batch, labels, final, weights.transitions[1]), final)

    def _add_types(self, batch: Batch, columns: Columns, scores: Scores) -> None:
        types = self._types.setdefault(batch.vocabulary, TypeScores(self.weights))
        codes = columns.layout.spread(batch.type + 1)
        size = columns.layout.size
        for offset, rows in types.of(batch.vocabulary).items():
            low, high = max(0, -offset), size - max(0, offset)
            scores[low:high] += rows.take(codes[low + offset : high + offset], axis=0)
