"""Features of texts that every text has: the mean of its words' vectors, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify._store import packed, unpacked
from framing.classify._vectors import WordVectors, open_vectors
from framing.classify.texts._blocks import Floats, rarity, rows_of_length_one
from framing.classify.texts._units import Ints, Units
from framing.errors import InputError
from framing.lexicon import Matcher, load, names

Columns = Mapping[str, NDArray[Any]]
_WORDS = {
    "we": frozenset("i me my mine myself we us our ours ourselves i'm i've i'd i'll we're we've we'd we'll".split()),
    "he": frozenset("he him his himself she her hers herself he's she's he'd she'd he'll she'll".split()),
}
_MARKS = {"question": frozenset("?"), "exclamation": frozenset("!"), "money": frozenset("$£€%")}
_KIND = {form: number for number, forms in enumerate((*_MARKS.values(), *_WORDS.values())) for form in forms}
STYLE = ("length", "quoted", *_MARKS, *_WORDS, "number")
_NUMBER = len(STYLE) - 3  # of the kinds of tokens: the last


@cache
def _matcher(layers: frozenset[str]) -> Matcher:
    """Return what finds the entries of all lexicons of some layers; it takes a second to build."""
    return Matcher([load(name) for name in names() if load(name).layer in layers])


@dataclass(frozen=True, eq=False)
class MeanVector:
    """The mean of the vectors of a text's words, each as heavy as the word is rare; of length 1.

    Attributes
    ----------
    idf : ndarray of float64, shape (words with a vector,)
    """

    idf: Floats

    @classmethod
    def learn(cls, parts: Sequence[Units]) -> MeanVector:
        """Count in how many units each word with a vector stands."""
        block = cls(np.ones(len(open_vectors().words)))
        held = np.zeros(len(block.idf))
        for units in parts:
            held += np.bincount(block.weights(units).indices, minlength=len(held))
        n_units = sum(units.count for units in parts)
        # a word of every text says nothing of any: no + 1, other than for n-grams
        return cls(rarity(n_units, held) - 1)

    @property
    def size(self) -> int:
        """How many dimensions the vectors have."""
        return int(self._vectors.matrix.shape[1])

    @cached_property
    def _vectors(self) -> WordVectors:
        vectors = open_vectors()
        if len(vectors.words) != len(self.idf):
            msg = f"the model knows {len(self.idf):,} word vectors, this version has {len(vectors.words):,}; train anew"
            raise InputError(msg)
        return vectors

    def weights(self, units: Units) -> sparse.csr_matrix:
        """Return how heavy each word with a vector is in each unit, shape (units, words with a vector)."""
        kinds, counts = units.spellings()
        folded = units.batch.vocabulary.folded
        rows = self._vectors.rows([folded[kind] for kind in kinds.tolist()])
        known = np.flatnonzero(rows >= 0)
        shape = (len(kinds), len(self.idf))
        heavy = sparse.csr_matrix((self.idf[rows[known]], (known, rows[known])), shape=shape)
        return sparse.csr_matrix(counts @ heavy)

    def sums(self, units: Units) -> Floats:
        """Return the sum of the vectors of each unit, shape (units, dimensions)."""
        weights = self.weights(units)
        used = np.unique(weights.indices)
        dense: Floats = np.asarray(weights[:, used] @ self._vectors.matrix[used].astype(np.float64))
        return dense

    def matrix(self, units: Units) -> sparse.csr_matrix:
        """Return the features of units, shape (units, dimensions)."""
        return rows_of_length_one(sparse.csr_matrix(self.sums(units)))

    def of_tokens(self, units: Units, tokens: Ints) -> Floats:
        """Return the part of each token in its unit's features, shape (tokens, dimensions)."""
        rows = units.looked_up(tokens, self._vectors.rows)
        heavy = np.where(rows >= 0, self.idf[rows], 0.0)[:, np.newaxis]
        length = np.linalg.norm(self.sums(units), axis=1)[units.owner[tokens]]
        vectors = self._vectors.matrix[rows].astype(np.float64)
        return np.asarray(heavy * vectors / np.where(length > 0, length, 1)[:, np.newaxis])

    @property
    def names(self) -> list[str]:
        """What each feature is called."""
        return [f"vector={number}" for number in range(self.size)]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return everything as arrays."""
        return {"vectors idf": self.idf}

    @classmethod
    def of_columns(cls, columns: Columns) -> MeanVector:
        """Return the block that wrote them."""
        return cls(columns["vectors idf"])


@dataclass(frozen=True, eq=False)
class Style:
    """How a text is written, each measure less its mean and divided by its spread.

    Attributes
    ----------
    measures : sequence of str
        `STYLE`, and LAYER:CATEGORY for the rates of lexicon entries.
    mean, spread : ndarray of float64, shape (measures,)
    """

    measures: Sequence[str]
    mean: Floats
    spread: Floats
    _key: object = field(default_factory=object, repr=False)

    @classmethod
    def learn(cls, parts: Sequence[Units], layers: Sequence[str]) -> Style:
        """Take mean and spread of some units."""
        entries = _matcher(frozenset(layers)).entries if layers else []
        rates = sorted({f"{entry.layer}:{entry.category}" for entry in entries})
        raw = cls((*STYLE, *rates), np.zeros(0), np.zeros(0))
        values = np.concatenate([raw.values(units) for units in parts])
        spread = values.std(axis=0)
        return cls(raw.measures, values.mean(axis=0), np.where(spread > 0, spread, 1.0))

    @property
    def size(self) -> int:
        """How many measures there are."""
        return len(self.measures)

    @cached_property
    def _layers(self) -> frozenset[str]:
        return frozenset(name.partition(":")[0] for name in self.measures if ":" in name)

    def _kinds(self, folded: Sequence[str]) -> NDArray[np.int8]:
        get = _KIND.get
        # of spellings that begin with a letter few hold a digit
        return np.array([get(word, _NUMBER if word[0].isdigit() else -1) for word in folded], dtype=np.int8)

    def values(self, units: Units) -> Floats:
        """Return the measures as they are, shape (units, measures): log words, shares of words, rates per word."""
        batch = units.batch
        n_words = np.bincount(units.owner[units.words], minlength=units.count)
        kinds = batch.vocabulary.column(self._key, self._kinds)[batch.type]
        inside = np.flatnonzero(units.owner >= 0)
        counts = [
            np.bincount(units.owner[inside][kinds[inside] == kind], minlength=units.count)
            for kind in range(_NUMBER + 1)
        ]
        rates = np.array([*counts, *self._lexicon_counts(units)]) / np.maximum(n_words, 1)
        return np.array([np.log1p(n_words), units.share(batch.quotation >= 0), *rates]).T

    def _lexicon_counts(self, units: Units) -> list[Floats]:
        wanted = [name for name in self.measures if ":" in name]
        if not wanted:
            return []
        matches = _matcher(self._layers).find(units.batch)
        place = {name: number for number, name in enumerate(wanted)}
        found = [place.get(f"{entry.layer}:{entry.category}", -1) for entry in matches.entries]
        kind = np.array(found, dtype=np.int64)[matches.entry]
        owner = units.owner[matches.first]
        fine = (kind >= 0) & (owner >= 0)
        table = np.bincount(kind[fine] * units.count + owner[fine], minlength=len(wanted) * units.count)
        return list(table.reshape(len(wanted), units.count).astype(np.float64))

    def matrix(self, units: Units) -> sparse.csr_matrix:
        """Return the features of units, shape (units, measures)."""
        return sparse.csr_matrix((self.values(units) - self.mean) / self.spread)

    @property
    def names(self) -> list[str]:
        """What each feature is called."""
        return [f"measure={name}" for name in self.measures]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return everything as arrays."""
        return {"measures": packed(self.measures), "measures mean": self.mean, "measures spread": self.spread}

    @classmethod
    def of_columns(cls, columns: Columns) -> Style:
        """Return the block that wrote them."""
        return cls(unpacked(columns["measures"]), columns["measures mean"], columns["measures spread"])
