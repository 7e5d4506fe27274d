"""The distinct spellings of a corpus, and everything that depends on a spelling alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.text._letters import Letters, Spellings

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


class _ShortWords:
    """Finds the types of short ASCII spellings in columns: eight characters are one whole number, its own key.

    A table of places, one for each hash: a spelling that finds its place taken stays with the dictionary.
    """

    LONGEST = 8
    _BITS = 18
    # the bytes of a spelling of that length
    _MASK = np.array([(1 << 8 * length) - 1 for length in range(LONGEST + 1)], dtype=np.uint64)
    _FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth's multiplicative hash)

    def __init__(self) -> None:
        self._key = np.zeros(1 << self._BITS, dtype=np.uint64)
        self._type = np.full(1 << self._BITS, -1, dtype=np.int32)

    def keys(self, points: NDArray[np.uint32], start: Offsets, length: Offsets) -> NDArray[np.uint64]:
        """Return the characters of each spelling as one number, shape of `start`."""
        characters = np.zeros(len(points) + self.LONGEST, dtype=np.uint8)
        np.copyto(characters[: len(points)], points, casting="unsafe")
        # the same bytes read as one number at every place
        windows = np.ndarray(len(points), dtype="<u8", buffer=characters.data, strides=(1,))
        return windows[start] & self._MASK[length]

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return the type of each key, or -1."""
        place = (keys * self._FACTOR) >> np.uint64(64 - self._BITS)
        return np.where(self._key[place] == keys, self._type[place], np.int32(-1)).astype(np.int32)

    def firsts(self, keys: NDArray[np.uint64]) -> Offsets:
        """Return where each key stands first, but for keys whose place in the table another one takes."""
        place = (keys * self._FACTOR) >> np.uint64(64 - self._BITS)
        number = np.arange(len(keys))
        first = np.zeros(1 << self._BITS, dtype=np.int64)
        first[place[::-1]] = number[::-1]
        return np.flatnonzero((first[place] == number) & (self._type[place] < 0))

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
        self._index: dict[str, int] = {}
        self._spellings: list[str] = []
        self._folded: list[str] = []
        self._columns: dict[Hashable, NDArray[Any]] = {}
        self._short = _ShortWords()
        # the letters of the types from one on, as long as no further ones come
        self._letters: dict[int, Letters] = {}

    def __len__(self) -> int:
        return len(self._index)

    def number(self, spellings: Sequence[str]) -> NDArray[np.int32]:
        """Return the type of each spelling, shape (len(spellings),); unknown ones get the next numbers."""
        index = self._index
        fresh = [word for word in dict.fromkeys(spellings) if word not in index]
        index.update(zip(fresh, range(len(index), len(index) + len(fresh)), strict=True))
        self._spellings += fresh
        self._folded += [word.lower() if word.isascii() else fold(word) for word in fresh]
        return np.fromiter(map(index.__getitem__, spellings), dtype=np.int32, count=len(spellings))

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
        short_places = np.flatnonzero(short)
        keys = self._short.keys(points, start[short_places], length[short_places])
        known = self._short.find(keys)
        types = np.full(len(start), -1, dtype=np.int32)
        types[short_places] = known
        missed = np.flatnonzero(known < 0)
        if missed.size:
            keys, places = keys[missed], short_places[missed]
            first = self._short.firsts(keys)
            self._short.add(keys[first], self._numbers(text, start, end, places[first]))
            types[places] = self._short.find(keys)
        slow = np.flatnonzero(types < 0)
        types[slow] = self._numbers(text, start, end, slow)
        return types

    def _numbers(self, text: str, start: Offsets, end: Offsets, tokens: Offsets) -> NDArray[np.int32]:
        """Return the types of some tokens by the dictionary."""
        return self.number(
            [text[low:high] for low, high in zip(start[tokens].tolist(), end[tokens].tolist(), strict=True)]
        )

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
            Takes a sequence of k spellings (`letters_of` tells their letters) and returns an array whose first axis
            has k entries.
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
            fresh = compute(Spellings(source[done:], self._letters_from(done)))
            known = fresh if known is None else np.concatenate([known, fresh])
            self._columns[key] = known
        return known

    def _letters_from(self, low: int) -> Letters:
        """Return the letters of the types from one on, the same for all columns that are computed now."""
        letters = self._letters.get(low)
        if letters is None or low + len(letters.length) < len(self):
            self._letters = {low: Letters(self._spellings[low:])}
            letters = self._letters[low]
        return letters
