"""What the scores of words are made of, laid out by spelling for training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify.sentences._model import LAYERS, SentenceModel, mark_keys
from framing.classify.sentences._spellings import CHARACTERS, VECTOR, Spellings
from framing.classify.sentences._units import OFFSETS, Units
from framing.classify.sentences._words import normal
from framing.lexicon import Matcher, Matches, load, names
from framing.measures.attribution.finder._classes import SHAPES, shape_codes
from framing.text import Batch

Floats = NDArray[np.float64]
Matrix = sparse.csr_array
PLACE = 3  # quoted, opening, length
SHAPE_CODES = len(SHAPES) + 1


@dataclass(frozen=True, slots=True)
class WordWeights:
    """Weights of a word's features, block by block; see `WordFeatures`."""

    own: Floats
    near: dict[int, Floats]
    tags: dict[int, Floats]
    shapes: Floats
    pairs: dict[int, Floats]
    marks: Floats
    place: Floats
    intercept: float


class WordFeatures:
    """Features of every word of some units; what a spelling alone decides stands in one row a spelling.

    Parameters
    ----------
    units : Units
    matches : Matches
    spellings : Spellings
    keys : sequence of str
        Names of lexicon marks, see `mark_keys`.
    """

    def __init__(self, units: Units, matches: Matches, spellings: Spellings, keys: Sequence[str]) -> None:
        self.units, self.spellings = units, spellings
        vocabulary = units.batch.vocabulary
        folded = [normal(word) for word in vocabulary.folded]
        self.type = units.batch.type.astype(np.int64)
        self.n_types = len(folded)
        self.own = own_rows(spellings, folded)
        self.near = near_rows(spellings, folded)
        self.tag = spellings.classes.tag_codes(vocabulary.spellings).astype(np.int64)
        self.shape = shape_codes(vocabulary.spellings).astype(np.int64)
        self.n_tags = len(spellings.classes.tags) + 2
        self.marks = marks_of(units, matches, keys)
        self.place = SentenceModel.place(units).astype(np.float64)
        self._sizes = self._layout(len(keys))
        self.size = sum(self._sizes.values()) + 1
        self.penalised = np.ones(self.size)
        self.penalised[-1] = 0

    def _layout(self, keys: int) -> dict[str, int]:
        return {
            "own": self.own.shape[1],
            **{f"near {offset}": self.near.shape[1] for offset in OFFSETS},
            **{f"tags {offset}": self.n_tags for offset in (0, *OFFSETS)},
            "shapes": SHAPE_CODES,
            **{f"pairs {offset}": self.n_tags**2 for offset in (-1, 1)},
            "marks": 3 * keys,
            "place": PLACE,
        }

    def _blocks(self, weights: Floats) -> dict[str, Floats]:
        found, low = {}, 0
        for name, size in self._sizes.items():
            found[name] = weights[low : low + size]
            low += size
        return found

    def split(self, weights: Floats) -> WordWeights:
        """Cut weights up by block."""
        block = self._blocks(weights)
        return WordWeights(
            own=block["own"],
            near={offset: block[f"near {offset}"] for offset in OFFSETS},
            tags={offset: block[f"tags {offset}"] for offset in (0, *OFFSETS)},
            shapes=block["shapes"],
            pairs={offset: block[f"pairs {offset}"] for offset in (-1, 1)},
            marks=block["marks"].reshape(-1, 3),
            place=block["place"],
            intercept=float(weights[-1]),
        )

    def _pair(self, offset: int) -> NDArray[np.int64]:
        """Return the pair of the parts of speech of each token and its neighbour, the earlier first."""
        tag = self.tag[self.type]
        other = np.roll(tag, -offset)
        return other * self.n_tags + tag if offset < 0 else tag * self.n_tags + other

    def forward(self, weights: Floats) -> Floats:
        """Return the log-odds of each token, shape (tokens,)."""
        one, near = self.split(weights), self.units.near
        total = (self.own @ one.own + one.tags[0][self.tag] + one.shapes[self.shape])[self.type]
        for offset in OFFSETS:
            each = (self.near @ one.near[offset] + one.tags[offset][self.tag])[self.type]
            total += np.where(near[offset], np.roll(each, -offset), 0)
        for offset in (-1, 1):
            total += np.where(near[offset], one.pairs[offset][self._pair(offset)], 0)
        for column, offset in enumerate((0, -1, 1)):
            each = self.marks @ one.marks[:, column]
            total += np.where(near[offset], np.roll(each, -offset), 0) if offset else each
        return np.asarray(total + self.place @ one.place + one.intercept)

    def backward(self, slope: Floats) -> Floats:
        """Return the gradient of the weights for one of the log-odds, shape (size,)."""
        near, n = self.units.near, self.n_types
        parts: dict[str, NDArray[Any]] = {}
        by_type = np.bincount(self.type, slope, n)
        parts["own"] = self.own.T @ by_type
        parts["tags 0"] = np.bincount(self.tag, by_type, self.n_tags)
        parts["shapes"] = np.bincount(self.shape, by_type, SHAPE_CODES)
        moved = {offset: np.roll(np.where(near[offset], slope, 0), offset) for offset in OFFSETS}
        for offset in OFFSETS:
            each = np.bincount(self.type, moved[offset], n)
            parts[f"near {offset}"] = self.near.T @ each
            parts[f"tags {offset}"] = np.bincount(self.tag, each, self.n_tags)
        for offset in (-1, 1):
            each = np.where(near[offset], slope, 0)
            parts[f"pairs {offset}"] = np.bincount(self._pair(offset), each, self.n_tags**2)
        marks = [self.marks.T @ each for each in (slope, moved[-1], moved[1])]
        parts["marks"] = np.column_stack(marks).ravel()
        parts["place"] = self.place.T @ slope
        return np.concatenate([*(parts[name] for name in self._sizes), [slope.sum()]])


def own_rows(spellings: Spellings, folded: Sequence[str]) -> Matrix:
    """Return what each spelling is as itself, shape (spellings, features)."""
    scale = VECTOR["word"]
    blocks = [
        spellings.named(folded), spellings.spelt(folded) * CHARACTERS["word"], spellings.clustered(folded),
        sparse.csr_array(spellings.meant(folded) * scale),
    ]  # fmt: skip
    return sparse.hstack(blocks).tocsr()


def near_rows(spellings: Spellings, folded: Sequence[str]) -> Matrix:
    """Return what each spelling is as a neighbour, shape (spellings, features)."""
    return sparse.hstack([spellings.named(folded), spellings.clustered(folded)]).tocsr()


def sentence_rows(spellings: Spellings, folded: Sequence[str]) -> Matrix:
    """Return what each spelling adds to its sentence, shape (spellings, features)."""
    blocks = [
        spellings.named(folded), spellings.spelt(folded) * CHARACTERS["sentence"],
        sparse.csr_array(spellings.meant(folded) * VECTOR["sentence"]),
    ]  # fmt: skip
    return sparse.hstack(blocks).tocsr()


def matches_of(lexicons: Sequence[str], batch: Batch) -> Matches:
    """Return where entries of lexicons stand in a batch; what looks for those that ship is kept."""
    wanted = tuple(lexicons)
    return (_shipped(wanted) if set(wanted) <= set(names()) else _matcher(wanted)).find(batch)


def _matcher(lexicons: tuple[str, ...]) -> Matcher:
    return Matcher([load(name) for name in lexicons])


_shipped = lru_cache(maxsize=4)(_matcher)


def keys_of(matches: Matches, lexicons: Sequence[str]) -> list[str]:
    """Return, sorted, the names of the marks that some lexicons can make."""
    entries = [entry for entry in matches.entries if entry.lexicon in lexicons and entry.layer in LAYERS]
    return sorted({key for entry in entries for key in mark_keys(entry.layer, entry.category)})


def marks_of(units: Units, matches: Matches, keys: Sequence[str]) -> Matrix:
    """Return how often each name of a mark covers each token, shape (tokens, keys)."""
    number = {key: place for place, key in enumerate(keys)}
    rows: list[int] = []
    columns: list[int] = []
    for layer in LAYERS:
        part = matches.of(layer)
        for first, last, entry in zip(part.first.tolist(), part.last.tolist(), part.entry.tolist(), strict=True):
            found = part.entries[entry]
            for key in mark_keys(layer, found.category):
                if key in number:
                    rows.extend(range(first, last))
                    columns.extend([number[key]] * (last - first))
    shape = len(units.batch), len(keys)
    places = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    return sparse.coo_array((np.ones(len(rows)), places), shape=shape).tocsr()
