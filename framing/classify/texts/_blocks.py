"""Features of texts that are counted: n-grams of words, and of characters within words.

A block is learnt from units and kept as columns; the numbers it gives are 1 + log count, times how rare the feature
is, and each row has length 1 (Salton and Buckley 1988).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify._store import packed, unpacked
from framing.classify.texts._units import Ints, Units
from framing.text import base

Floats = NDArray[np.float64]
_MOST_SEEN = 50_000  # spellings whose pieces are kept
Columns = Mapping[str, NDArray[Any]]


class Places(NamedTuple):
    """Where features stand: the unit, the feature, a token that is part of it, and what part of the whole it is."""

    unit: Ints
    feature: Ints
    token: Ints
    share: Floats


def normal(folded: str) -> str:
    """Return a spelling as features know it: without the possessive, and 0 for whatever holds a digit."""
    return "0" if any(map(str.isdigit, folded)) else base(folded)


def rarity(units: int, holding: Floats) -> Floats:
    """Return the inverse document frequency of features that `holding` of so many units have, smoothed."""
    return np.asarray(np.log((units + 1) / (holding + 1)) + 1)


def rows_of_length_one(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return a matrix whose rows have Euclidean length 1, or 0."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1)) @ matrix)


def weighted(counts: sparse.csr_matrix, idf: Floats) -> sparse.csr_matrix:
    """Turn counts into numbers whose rows have length 1."""
    matrix = sparse.csr_matrix(counts, dtype=np.float64)
    matrix.data = 1 + np.log(matrix.data)
    return rows_of_length_one(sparse.csr_matrix(matrix @ sparse.diags(idf)))


def holding(parts: Iterable[sparse.csr_matrix]) -> Floats:
    """Return how many rows have each column."""
    return np.asarray(sum(np.bincount(part.indices, minlength=part.shape[1]) for part in parts), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class WordGrams:
    """N-grams of words, as steps from a shorter n-gram and a word to a longer one.

    Attributes
    ----------
    lengths : tuple of int
        The shortest and the longest.
    words : sequence of str
        What n-grams are made of.
    steps : tuple of ndarray of int64
        For n = 2, 3, ...: number of the n-gram without its last word, times `len(words)`, plus the word; sorted. The
        n-grams of a length are numbered in that order, single words as in `words`.
    idf : ndarray of float64, shape (features,)
    """

    lengths: tuple[int, int]
    words: Sequence[str]
    steps: tuple[Ints, ...]
    idf: Floats

    @classmethod
    def learn(cls, parts: Sequence[Units], lengths: tuple[int, int], least: int) -> WordGrams:
        """Keep what stands in at least so many units."""
        held = Counter(word for units in parts for word, n in _words_held(units).items() for _ in range(n))
        words = sorted(word for word, n in held.items() if n >= least)
        grams = cls((1, 1), words, (), np.zeros(0))
        for length in range(2, lengths[1] + 1):
            # an n-gram can be no more frequent than the shorter one that it begins with
            seen = [_once(*grams.follow(units)[-1][:2], units.count) for units in parts]
            keys, n = np.unique(np.concatenate([*seen, np.zeros(0, np.int64)]), return_counts=True)
            grams = cls((1, length), words, (*grams.steps, keys[n >= least]), np.zeros(0))
        grams = cls(lengths, words, grams.steps, np.zeros(0))
        n_units = sum(units.count for units in parts)
        return cls(lengths, words, grams.steps, rarity(n_units, holding(grams.counts(units) for units in parts)))

    @property
    def sizes(self) -> list[int]:
        """How many n-grams there are of each length from 1, wanted or not."""
        return [len(self.words), *map(len, self.steps)]

    @property
    def size(self) -> int:
        """How many features there are."""
        return sum(self.sizes[self.lengths[0] - 1 :])

    @cached_property
    def _number(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words)}

    def _codes(self, folded: Sequence[str]) -> Ints:
        get = self._number.get
        # hardly a word needs to be made normal to be known
        found = [get(word) for word in folded]
        return np.array(
            [get(normal(word), -1) if one is None else one for one, word in zip(found, folded, strict=True)],
            dtype=np.int64,
        )

    def follow(self, units: Units) -> list[tuple[Ints, Ints, Ints]]:
        """Return unit, number and last token of the n-grams of each length from 1.

        The last entry has the keys of those that are one word longer than any known, for learning.
        """
        tokens = units.words
        code = units.looked_up(tokens, self._codes)
        owner = units.owner[tokens]
        text = units.batch.sentence[tokens].astype(np.int64)
        here = np.flatnonzero(code >= 0)
        number = code[here]
        found = [(owner[here], number, tokens[here])]
        for length in range(2, len(self.steps) + 3):
            behind = np.minimum(here + 1, len(tokens) - 1)
            goes_on = (here + 1 < len(tokens)) & (code[behind] >= 0)
            goes_on &= (owner[behind] == owner[here]) & (text[behind] == text[here])
            here, key = behind[goes_on], number[goes_on] * len(self.words) + code[behind[goes_on]]
            if length == len(self.steps) + 2:
                return [*found, (owner[here], key, tokens[here])]
            steps = self.steps[length - 2]
            place = np.searchsorted(steps, key)
            known = np.append(steps, -1)[place] == key
            here, number = here[known], place[known].astype(np.int64)
            found.append((owner[here], number, tokens[here]))
        return found

    def _wanted(self, units: Units) -> list[tuple[Ints, Ints, Ints, int]]:
        low, high = self.lengths
        first = np.cumsum([0, *self.sizes[low - 1 :]])
        found = self.follow(units)[low - 1 : high]
        return [(owner, number + first[n], last, low + n) for n, (owner, number, last) in enumerate(found)]

    def counts(self, units: Units) -> sparse.csr_matrix:
        """Return how often each unit has each feature, shape (units, features)."""
        found = self._wanted(units)
        owner = np.concatenate([one[0] for one in found])
        number = np.concatenate([one[1] for one in found])
        return sparse.csr_matrix((np.ones(len(owner)), (owner, number)), shape=(units.count, self.size))

    def matrix(self, units: Units) -> sparse.csr_matrix:
        """Return the features of units, shape (units, features)."""
        return weighted(self.counts(units), self.idf)

    def places(self, units: Units) -> list[Places]:
        """Return where the features stand; each word of an n-gram has an equal part in it."""
        order = np.zeros(len(units.batch), dtype=np.int64)
        tokens = units.words
        order[tokens] = np.arange(len(tokens))
        return [
            Places(owner, number, tokens[order[last] - back], np.full(len(owner), 1 / length))
            for owner, number, last, length in self._wanted(units)
            for back in range(length)
        ]

    @cached_property
    def names(self) -> list[str]:
        """What each feature is called."""
        spelled = [list(self.words)]
        for steps in self.steps:
            before, words = np.divmod(steps, max(len(self.words), 1))
            pairs = zip(before.tolist(), words.tolist(), strict=True)
            spelled.append([f"{spelled[-1][gram]} {self.words[word]}" for gram, word in pairs])
        return [f"word={name}" for names in spelled[self.lengths[0] - 1 :] for name in names]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return everything as arrays."""
        steps = {f"words {n}": keys for n, keys in enumerate(self.steps, 2)}
        own = {"words": packed(self.words), "words lengths": np.array(self.lengths), "words idf": self.idf}
        return {**own, **steps}

    @classmethod
    def of_columns(cls, columns: Columns) -> WordGrams:
        """Return the block that wrote them."""
        low, high = columns["words lengths"].tolist()
        steps = tuple(columns[f"words {n}"] for n in range(2, high + 1))
        return cls((low, high), unpacked(columns["words"]), steps, columns["words idf"])


def _once(owner: Ints, key: Ints, count: int) -> Ints:
    """Return each key as often as there are units that have it."""
    return np.asarray(np.unique(key * count + owner) // max(count, 1), dtype=np.int64)


def _words_held(units: Units) -> Counter[str]:
    """Return in how many units each word stands."""
    kinds, counts = units.spellings()
    words = [normal(units.batch.vocabulary.folded[kind]) for kind in kinds.tolist()]
    names = {word: number for number, word in enumerate(dict.fromkeys(words))}
    same = sparse.csr_matrix((np.ones(len(words)), (range(len(words)), [names[word] for word in words])))
    if not len(words):
        return Counter()
    held = holding([sparse.csr_matrix(counts @ same)])
    return Counter(dict(zip(names, held.astype(int).tolist(), strict=True)))


@dataclass(frozen=True, eq=False)
class CharacterGrams:
    """N-grams of characters within words, whose ends are marked by ``_``.

    Attributes
    ----------
    lengths : tuple of int
        The shortest and the longest.
    grams : sequence of str
    idf : ndarray of float64, shape (features,)
    """

    lengths: tuple[int, int]
    grams: Sequence[str]
    idf: Floats
    _seen: dict[str, Ints] = field(default_factory=dict, repr=False)

    @classmethod
    def learn(cls, parts: Sequence[Units], lengths: tuple[int, int], least: int) -> CharacterGrams:
        """Keep what stands in at least so many units."""
        words = {normal(word) for units in parts for word in units.batch.vocabulary.folded}
        every = cls(lengths, sorted({gram for word in words for gram in _pieces(word, lengths)}), np.zeros(0))
        held = holding(every.counts(units) for units in parts)
        kept = held >= least
        grams = [gram for gram, keep in zip(every.grams, kept.tolist(), strict=True) if keep]
        return cls(lengths, grams, rarity(sum(units.count for units in parts), held[kept]))

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self.grams)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {gram: number for number, gram in enumerate(self.grams)}

    def _of(self, folded: str) -> Ints:
        """Return the features of a spelling, as often as it has them."""
        found = self._seen.get(folded)
        if found is None:
            known = self._number
            pieces = [known[piece] for piece in _pieces(normal(folded), self.lengths) if piece in known]
            found = np.array(pieces, dtype=np.int64)
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen[folded] = found
        return found

    def _spelled(self, units: Units, kinds: Ints) -> tuple[Ints, Ints]:
        """Return how many features each type has, and all of them in order."""
        # not a column of the vocabulary: most of its words stand in no text that a model with a topic reads
        folded = units.batch.vocabulary.folded
        found = [self._of(folded[kind]) for kind in kinds.tolist()]
        return np.array([len(one) for one in found], dtype=np.int64), np.concatenate([*found, np.zeros(0, np.int64)])

    def counts(self, units: Units) -> sparse.csr_matrix:
        """Return how often each unit has each feature, shape (units, features)."""
        kinds, counts = units.spellings()
        lengths, features = self._spelled(units, kinds)
        rows = np.repeat(np.arange(len(kinds)), lengths)
        shape = (len(kinds), self.size)
        return sparse.csr_matrix(counts @ sparse.csr_matrix((np.ones(len(rows)), (rows, features)), shape=shape))

    def matrix(self, units: Units) -> sparse.csr_matrix:
        """Return the features of units, shape (units, features)."""
        return weighted(self.counts(units), self.idf)

    def places(self, units: Units) -> list[Places]:
        """Return where the features stand."""
        tokens = units.words
        lengths, features = self._spelled(units, units.batch.type[tokens].astype(np.int64))
        token = np.repeat(tokens, lengths)
        return [Places(units.owner[token], features, token, np.ones(len(token)))]

    @property
    def names(self) -> list[str]:
        """What each feature is called."""
        return [f"characters={gram}" for gram in self.grams]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return everything as arrays."""
        lengths = np.array(self.lengths)
        return {"characters": packed(self.grams), "characters lengths": lengths, "characters idf": self.idf}

    @classmethod
    def of_columns(cls, columns: Columns) -> CharacterGrams:
        """Return the block that wrote them."""
        low, high = columns["characters lengths"].tolist()
        return cls((low, high), unpacked(columns["characters"]), columns["characters idf"])


def _pieces(word: str, lengths: tuple[int, int]) -> list[str]:
    """Return the pieces of a word, as often as it has them."""
    marked = f"_{word}_"
    sizes = range(lengths[0], min(lengths[1], len(marked)) + 1)
    return [marked[low : low + size] for size in sizes for low in range(len(marked) - size + 1)]
