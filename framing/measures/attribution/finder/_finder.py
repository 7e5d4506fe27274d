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
from framing.measures.attribution.finder._weights import (
    WIDTH,
    Part,
    TypeScores,
    Weights,
    blank,
    of_sums,
    parts_of,
    score,
)
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
        score([*self._types_of(batch, columns), *parts_of(columns.built, weights.first)], scores)
        runs, place = columns.layout.runs(batch), columns.layout.place
        said = decode(of_sums(scores[:, :WIDTH], weights.unit), weights.transitions[0], runs, place)
        second = np.ascontiguousarray(scores[:, WIDTH:])
        score(parts_of(label_columns(columns, said), weights.second), second)
        final = of_sums(second.take(place, axis=0)[:, : len(LABELS)], weights.unit)
        labels = decode(final, weights.transitions[1], runs)
        return Labelled(reconsider(batch, labels, final, weights.transitions[1]), final)

    def _types_of(self, batch: Batch, columns: Columns) -> list[Part]:
        """Return the weights of the spellings around a token, as `score` takes them."""
        types = self._types.setdefault(batch.vocabulary, TypeScores(self.weights))
        return [(rows, columns.type, offset) for offset, rows in types.of(batch.vocabulary).items()]
