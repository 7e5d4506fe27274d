"""The features that tell a label, in words that a reader knows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.classify._vectors import open_vectors
from framing.classify.texts._blocks import WordGrams
from framing.classify.texts._classifier import TextClassifier
from framing.classify.texts._dense import MeanVector

_FREQUENT = 5000  # words that stand for what dimensions of vectors mean
_LEAST_RARE = 1.0  # log of units for one that holds a word; what is more frequent says nothing

Telling = dict[str, list[tuple[str, float]]]


def telling(estimator: TextClassifier, labels: Sequence[str], *, most: int = 30) -> Telling:
    """Return the heaviest features of each label in both directions.

    Dimensions of word vectors mean nothing to a reader: in their place stand words, ``like=WORD``, with what a text of
    that word alone would get from its vector.

    Returns
    -------
    dict of str to list of (name, weight)
        Weights of the log-odds, the highest first: `most` for and `most` against, a third of them such words.
    """
    features = estimator.features_.features()
    names = np.array(features.names, dtype=object)
    weights = estimator.coef_.astype(np.float64) * estimator.slope_[:, np.newaxis]
    vectors = features.blocks.get("vectors")
    kept = np.ones(len(names), dtype=np.bool_)
    extra, extra_weights = np.zeros(0, dtype=object), np.zeros((len(weights), 0))
    for name, part in features.slices.items():
        weights[:, part] *= features.weights[name]
    if isinstance(vectors, MeanVector):
        part = features.slices["vectors"]
        kept[part] = False
        extra, extra_weights = _words(vectors, features.blocks.get("words"), weights[:, part])
    names, weights = names[kept], weights[:, kept]
    n_words = most // 3 if len(extra) else 0
    found = {}
    for label, row, of_words in zip(labels, weights, extra_weights, strict=True):
        chosen = [*_heaviest(names, row, most - n_words), *_heaviest(extra, of_words, n_words)]
        found[label] = sorted(chosen, key=lambda one: -one[1])
    return found


def _words(
    vectors: MeanVector, words: object, weights: NDArray[np.float64]
) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    shipped = open_vectors()
    rows = np.arange(min(_FREQUENT, len(shipped.words)))
    rows = rows[vectors.idf[rows] > _LEAST_RARE]
    if isinstance(words, WordGrams):
        known = frozenset(words.words)
        rows = rows[np.array([shipped.words[row] in known for row in rows.tolist()], dtype=np.bool_)]
    matrix = shipped.matrix[rows].astype(np.float64)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.array([f"like={shipped.words[row]}" for row in rows.tolist()], dtype=object), weights @ matrix.T


def _heaviest(names: NDArray[np.object_], weights: NDArray[np.float64], most: int) -> list[tuple[str, float]]:
    """Return the highest and the lowest."""
    order = np.argsort(-weights, kind="stable")
    chosen = np.unique(np.concatenate([order[:most], order[len(order) - most :]])) if most else order[:0]
    chosen = chosen[np.argsort(-weights[chosen], kind="stable")]
    return [(str(names[place]), float(weights[place])) for place in chosen.tolist() if weights[place]]
