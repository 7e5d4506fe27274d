"""From fitted weights to the columns that a model runs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from framing.classify._store import packed
from framing.classify.sentences._features import SHAPE_CODES, WordWeights, near_rows, own_rows, sentence_rows
from framing.classify.sentences._spellings import CHARACTERS, Spellings
from framing.classify.sentences._units import OFFSETS
from framing.classify.sentences._words import normal

Floats = NDArray[np.float64]
_STYLE = 2


@dataclass(frozen=True, slots=True)
class Sums:
    """Weights of a sentence's features, block by block."""

    spelling: Floats
    ngrams: Floats
    shapes: Floats
    marks: Floats
    phrases: Floats
    style: Floats
    pooling: Floats
    intercept: float

    @classmethod
    def cut(
        cls, fitted: LogisticRegression, sums: int, words: int, ngrams: int, dimensions: int, keys: int, phrases: int
    ) -> Sums:
        """Cut the weights of a fitted model up."""
        weights = fitted.coef_[0]
        low = words + ngrams + dimensions
        ends = np.cumsum([low, SHAPE_CODES, keys, phrases, _STYLE])
        spelling, shapes, marks, of_phrases, style, pooling = np.split(weights, ends)
        assert ends[-2] == sums
        return cls(
            spelling, weights[words : words + ngrams], shapes, marks, of_phrases, style, pooling,
            float(fitted.intercept_[0]),
        )  # fmt: skip


def compiled(spellings: Spellings, words: WordWeights, sums: Sums) -> dict[str, NDArray[Any]]:
    """Return the columns: all that a spelling decides alone in one row for each word that is known."""
    known = set(spellings.words) | set(map(normal, spellings.classes.words))
    if spellings.vectors is not None:
        known |= set(map(normal, spellings.vectors.words))
    table = sorted(word for word in known if "\n" not in word)
    grams = slice(len(spellings.words), len(spellings.words) + len(spellings.ngrams))
    ngrams = [words.own[grams] * CHARACTERS["word"], sums.ngrams * CHARACTERS["sentence"]]
    nobody = ["\x00"]  # no word, and no n-gram of one
    return {
        "words": packed(table),
        "table": _rows(spellings, table, words, sums),
        "unknown": _rows(spellings, nobody, words, sums)[0],
        "n-gram weights": np.column_stack(ngrams).astype(np.float32),
        "tags": np.stack([words.tags[offset] for offset in (0, *OFFSETS)]).astype(np.float32),
        "shapes": words.shapes.astype(np.float32),
        "tag before": words.pairs[-1].reshape(len(words.tags[0]), -1).astype(np.float32),
        "tag after": words.pairs[1].reshape(len(words.tags[0]), -1).astype(np.float32),
        "marks": np.column_stack([words.marks, sums.marks]).astype(np.float32),
        "place": words.place.astype(np.float32),
        "sentence shapes": sums.shapes.astype(np.float32),
        "phrase weights": sums.phrases.astype(np.float32),
        "style": sums.style,
        "pooling": sums.pooling,
        "intercepts": np.array([sums.intercept, words.intercept]),
    }


def _rows(spellings: Spellings, folded: list[str], words: WordWeights, sums: Sums) -> NDArray[np.float32]:
    """Return what each word weighs as itself, as a neighbour and in its sentence, shape (words, 6)."""
    near = near_rows(spellings, folded)
    columns = [
        own_rows(spellings, folded) @ words.own,
        *(near @ words.near[offset] for offset in OFFSETS),
        sentence_rows(spellings, folded) @ sums.spelling,
    ]
    return np.column_stack(columns).astype(np.float32)
