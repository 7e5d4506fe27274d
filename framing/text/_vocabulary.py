"""The distinct spellings of a corpus, and everything that depends on a spelling alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Compute = Callable[[Sequence[str]], NDArray[Any]]

# their 's is a verb and not a possessive, so it stays part of the word
_CONTRACTED = frozenset(
    "it's he's she's that's there's what's who's let's here's where's how's when's why's this's everyone's".split()
)
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u2060": None})


def fold(spelling: str) -> str:
    """Return a spelling as lexicons know it: lower case, straight apostrophes, plain hyphens, NFC."""
    if spelling.isascii():
        return spelling.lower()
    return unicodedata.normalize("NFC", spelling.translate(_FOLD)).lower()


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
