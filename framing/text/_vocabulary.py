"""The distinct spellings of a corpus, and everything that depends on a spelling alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Compute = Callable[[Sequence[str]], NDArray[Any]]
Offsets = NDArray[np.int64]

# their 's is a verb and not a possessive, so it stays part of the word
_CONTRACTED = frozenset(
    "it's he's she's that's there's what's who's let's here's where's how's when's why's this's everyone's".split()
)
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u2060": None})


def fold(spelling: str) -> str:
    """Return a spelling as lexicons know it: lower case, straight apostrophes, plain hyphens, NFC; never empty."""
    if spelling.isascii():
        return spelling.lower()
    # a soft hyphen that stands alone is left as it is
    return unicodedata.normalize("NFC", spelling.translate(_FOLD)).lower() or spelling


def base(folded: str) -> str:
    """Return a folded spelling without the possessive 's, which no lexicon form carries."""
    if folded.endswith("'s") and folded not in _CONTRACTED:
        return folded[:-2]
    return folded


class _Index(dict[str, int]):
    """Number spellings in the order in which they are first looked up."""

    def __missing__(self, spelling: str) -> int:
        number = len(self)
        self[spelling] = number
        return number


class _ShortWords:
    """Finds the types of short ASCII spellings in columns: eight characters are one whole number, its own key.

    A table of places, one for each hash: a spelling that finds its place taken stays with the dictionary.
    """

    LONGEST = 8
    _BITS = 18
    _FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth's multiplicative hash)

    def __init__(self) -> None:
        self._key = np.zeros(1 << self._BITS, dtype=np.uint64)
        self._type = np.full(1 << self._BITS, -1, dtype=np.int32)

    def keys(self, points: NDArray[np.uint32], start: Offsets, length: Offsets) -> NDArray[np.uint64]:
        """Return the characters of each spelling as one number, shape of `start`."""
        characters = np.zeros(len(points) + self.LONGEST, dtype=np.uint64)
        characters[: len(points)] = points
        keys = characters[start]
        for place in range(1, self.LONGEST):
            part = characters[start + place] << np.uint64(8 * place)
            keys |= np.where(length > place, part, np.uint64(0))
        return keys

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return the type of each key, or -1."""
        place = (keys * self._FACTOR) >> np.uint64(64 - self._BITS)
        return np.where(self._key[place] == keys, self._type[place], np.int32(-1)).astype(np.int32)

    def add(self, keys: NDArray[np.uint64], types: NDArray[np.int32]) -> None:
        """Remember types, where the place of their key is free."""
        place = (keys * self._FACTOR) >> np.uint64(64 - self._BITS)
        free = self._type[place] < 0
        # where two new keys want one place, both columns take the last
        self._key[place[free]] = keys[free]
        self._type[place[free]] = types[free]


class Vocabulary:
    """Number the distinct spellings, and keep what was worked out for each.

    One vocabulary serves many batches: what a spelling alone decides (lower case, shape, lexicon membership, a model's
    weight) is computed once and gathered by type after that.
    """

    def __init__(self) -> None:
        self._index = _Index()
        self._spellings: list[str] = []
        self._folded: list[str] = []
        self._columns: dict[Hashable, NDArray[Any]] = {}
        self._short = _ShortWords()

    def __len__(self) -> int:
        return len(self._index)

    def number(self, spellings: Sequence[str]) -> NDArray[np.int32]:
        """Return the type of each spelling, shape (len(spellings),); unknown ones get the next numbers."""
        look_up = self._index.__getitem__
        types = np.fromiter(map(look_up, spellings), dtype=np.int32, count=len(spellings))
        if len(self._index) > len(self._spellings):
            self._spellings = list(self._index)
            self._folded.extend(map(fold, self._spellings[len(self._folded) :]))
        return types

    def number_tokens(self, text: str, points: NDArray[np.uint32], start: Offsets, end: Offsets) -> NDArray[np.int32]:
        """Return the type of each token of a text.

        Parameters
        ----------
        text : str
        points : ndarray of uint32, shape (len(text),)
        start, end : ndarray of int64, shape (tokens,)

        Returns
        -------
        ndarray of int32, shape (tokens,)
        """
        length = end - start
        short = length <= _ShortWords.LONGEST
        foreign = np.flatnonzero(points >= 128)
        if foreign.size and start.size:
            owner = np.searchsorted(start, foreign, side="right") - 1
            short[owner[owner >= 0]] = False
        keys = self._short.keys(points, start[short], length[short])
        types = np.full(len(start), -1, dtype=np.int32)
        types[short] = self._short.find(keys)
        slow = types < 0
        spellings = [text[a:b] for a, b in zip(start[slow].tolist(), end[slow].tolist(), strict=True)]
        types[slow] = self.number(spellings)
        missed = slow[short]
        self._short.add(keys[missed], types[short][missed])
        return types

    @property
    def spellings(self) -> Sequence[str]:
        """The distinct spellings in the order of their numbers."""
        return self._spellings

    @property
    def folded(self) -> Sequence[str]:
        """The same in lower case with straight apostrophes."""
        return self._folded

    def column(self, key: Hashable, compute: Compute, *, of_folded: bool = True) -> NDArray[Any]:
        """Return a value for each type, computed for new types only.

        Parameters
        ----------
        key : hashable
            The column's name; the same key must always come with the same `compute`.
        compute : callable
            Takes a sequence of k spellings and returns an array whose first axis has k entries.
        of_folded : bool
            Whether `compute` wants the folded spellings or the ones in the text.

        Returns
        -------
        ndarray, shape (types, ...)
        """
        known = self._columns.get(key)
        done = 0 if known is None else len(known)
        if known is None or done < len(self):
            source = self._folded if of_folded else self._spellings
            fresh = compute(source[done:])
            known = fresh if known is None else np.concatenate([known, fresh])
            self._columns[key] = known
        return known
