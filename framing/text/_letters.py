"""The letters of many spellings at once: what a spelling's look decides, without a step of Python for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]

# what a character is, and what a spelling holds behind its first
MARK, DIGIT, UPPER, LOWER = range(4)
HOLDS_LOWER, HOLDS_UPPER, HOLDS_HYPHEN, HOLDS_APOSTROPHE = (1 << bit for bit in range(4))

_CHARACTERS = [chr(code) for code in range(128)]
_KIND = np.array(
    [DIGIT if c.isdigit() else UPPER if c.isupper() else LOWER if c.islower() else MARK for c in _CHARACTERS],
    dtype=np.uint8,
)
_SMALL = np.array([ord(c.lower()) for c in _CHARACTERS], dtype=np.uint8)
_HOLDS = np.array([0, 0, HOLDS_UPPER, HOLDS_LOWER], dtype=np.uint8)[_KIND]
_HOLDS[ord("-")], _HOLDS[ord("'")] = HOLDS_HYPHEN, HOLDS_APOSTROPHE


class Letters:
    """The letters of spellings, as columns; they tell nothing of one that is not ASCII.

    Parameters
    ----------
    spellings : sequence of str
        None of them empty.

    Attributes
    ----------
    plain : ndarray of bool, shape (spellings,)
        All of its characters are ASCII; the other columns count for these alone.
    length : ndarray of int64, shape (spellings,)
    """

    def __init__(self, spellings: Sequence[str]) -> None:
        n = len(spellings)
        self.plain: Flags = np.fromiter(map(str.isascii, spellings), dtype=np.bool_, count=n)
        self.length = np.fromiter(map(len, spellings), dtype=np.int64, count=n)
        self._text: Bytes = np.frombuffer("".join(spellings).encode("ascii", "replace"), dtype=np.uint8)
        self._end = np.cumsum(self.length)
        self._start = self._end - self.length

    @cached_property
    def first(self) -> Bytes:
        """What the first character is: a mark, a digit, a capital or a small letter; shape (spellings,)."""
        kinds: Bytes = _KIND.take(self._text[self._start])
        return kinds

    @cached_property
    def second(self) -> Bytes:
        """The same of the second, a mark where there is none."""
        there = np.minimum(self._start + 1, self._end - 1)
        return np.where(self.length > 1, _KIND.take(self._text[there]), np.uint8(MARK))

    @cached_property
    def last(self) -> Bytes:
        """The same of the last character."""
        return _KIND.take(self._text[self._end - 1])

    @cached_property
    def holds(self) -> Bytes:
        """What stands behind the first character, as flags; shape (spellings,)."""
        if not len(self._start):
            return np.zeros(0, dtype=np.uint8)
        held = _HOLDS[self._text]
        held[self._start] = 0
        found: Bytes = np.bitwise_or.reduceat(held, self._start)
        return found

    def tail(self, length: int) -> NDArray[np.int64]:
        """Return the last characters, all small and of at most seven, as the number that `key` gives them."""
        found = np.zeros(len(self._start), dtype=np.int64)
        for back in range(length, 0, -1):
            place = np.maximum(self._end - back, 0)
            found = (found << 8) + np.where(self.length >= back, _SMALL[self._text[place]], 0)
        return found

    def ends_in(self, ending: str) -> Flags:
        """Tell which spellings end in these characters, in small letters or capitals."""
        found: Flags = self.tail(len(ending)) == key(ending)
        return found & self.plain

    def others(self, decided: Flags) -> Iterator[int]:
        """Yield the places of spellings that are not ASCII, or that their letters do not decide."""
        yield from np.flatnonzero(~(decided & self.plain)).tolist()


def key(letters: str) -> int:
    """Return small ASCII letters, at most seven, as one number."""
    return int.from_bytes(letters.encode("ascii"), "big")


class Spellings(list[str]):
    """Some spellings of a vocabulary, as written or folded, with the letters that they are written with."""

    def __init__(self, spellings: Sequence[str], letters: Letters) -> None:
        super().__init__(spellings)
        self.letters = letters


def letters_of(spellings: Sequence[str]) -> Letters:
    """Return the letters of spellings, or those that folded ones are written with, where a vocabulary knows them."""
    return spellings.letters if isinstance(spellings, Spellings) else Letters(spellings)
