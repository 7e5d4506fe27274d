"""What the finder knows of a spelling: word, part of speech, cluster, ending and shape, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from framing.text import _letters as spelled
from framing.text._letters import key, letters_of

Codes = NDArray[np.int32]
PAD, UNKNOWN = 0, 1
SHAPES = ("upper", "initial", "capital", "mixed", "digit", "mark", "hyphen", "apostrophe", "lower")
_SHAPE = {name: number + UNKNOWN for number, name in enumerate(SHAPES)}
# bits of an ending of three letters
_TAIL = 24


def shape(spelling: str) -> str:
    """Return the shape of a spelling, one of `SHAPES`."""
    if spelling.isalpha():
        if spelling.islower():
            return "lower"
        if len(spelling) > 1 and spelling.isascii() and spelling.istitle():
            return "capital"
    first = spelling[0]
    if first.isdigit():
        return "digit"
    if not first.isalnum():
        return "mark"
    if first.isupper():
        if spelling.isupper():
            return "upper" if len(spelling) > 1 else "initial"
        return "capital" if spelling[1:].islower() else "mixed"
    return "hyphen" if "-" in spelling else "apostrophe" if "'" in spelling or "’" in spelling else "lower"


def numbered(names: Sequence[str]) -> dict[str, int]:
    """Give names numbers behind `UNKNOWN`."""
    return {name: number for number, name in enumerate(names, UNKNOWN + 1)}


@dataclass(frozen=True)
class WordClasses:
    """Part of speech and distributional cluster of English words.

    Attributes
    ----------
    tags : sequence of str
        The parts of speech (Penn Treebank).
    spelled, folded : mapping of str to int
        The commonest part of speech of a spelling, and of a folded one, counted in `tags`.
    endings : mapping of str to int
        The same for ``SHAPE ENDING`` with three, two or no letters.
    words : sequence of str
        The folded spellings that have clusters.
    members : ndarray of int, shape (words, levels)
        The cluster of each, from 0, at each level from coarse to fine.
    clusters : sequence of int, shape (levels,)
        How many there are at each level.
    """

    tags: Sequence[str]
    spelled: Mapping[str, int]
    folded: Mapping[str, int]
    endings: Mapping[str, int]
    words: Sequence[str]
    members: NDArray[np.int32]
    clusters: Sequence[int]

    def tag_codes(self, spellings: Sequence[str]) -> Codes:
        """Return the part of speech of each spelling, from `UNKNOWN`, shape (spellings,)."""
        found = self._look_up(self.spelled, spellings)
        of_folded = self._look_up(self.folded, list(map(str.lower, spellings)))
        found = np.where(found >= 0, found, of_folded)
        unknown = np.flatnonzero(found < 0)
        found[unknown] = self._guesses(spellings, unknown)
        return found + UNKNOWN

    @staticmethod
    def _look_up(known: Mapping[str, int], spellings: Sequence[str]) -> Codes:
        return np.fromiter(map(known.get, spellings, repeat(-1)), dtype=np.int32, count=len(spellings))

    def _guesses(self, spellings: Sequence[str], places: NDArray[np.int64]) -> Codes:
        """Return what `_guess` does for the spellings at some places, those that are ASCII all at once."""
        letters, (keys, tags) = letters_of(spellings), self._endings
        form = shape_codes(spellings)[places].astype(np.int64) << _TAIL
        found = np.full(len(places), self._default, dtype=np.int32)
        for length in (0, 2, 3):
            sought = form + letters.tail(length)[places]
            index = np.searchsorted(keys, sought, side="right") - 1
            found = np.where(keys[index] == sought, tags[index], found)
        for number in np.flatnonzero(~letters.plain[places]).tolist():
            spelling = spellings[places[number]]
            found[number] = self._guess(spelling, spelling.lower().replace("’", "'"))
        return found

    @cached_property
    def _endings(self) -> tuple[NDArray[np.int64], Codes]:
        """The endings in ASCII, each with its shape as one number, and their parts of speech, in order of numbers."""
        apart = [(name.split(" ", 1), tag) for name, tag in self.endings.items() if name.isascii()]
        coded = sorted([(-1, 0), *(((_SHAPE[form] << _TAIL) + key(end), tag) for (form, end), tag in apart)])
        keys, tags = zip(*coded, strict=True)
        return np.array(keys, dtype=np.int64), np.array(tags, dtype=np.int32)

    def _guess(self, spelling: str, folded: str) -> int:
        """Return the commonest part of speech of words that end and look like an unknown one."""
        # any other was looked up as it is written
        known = self.folded.get(folded) if "'" in folded else None
        if known is not None:
            return known
        form, get = shape(spelling), self.endings.get
        for end in (folded[-3:], folded[-2:], ""):
            known = get(f"{form} {end}")
            if known is not None:
                return known
        return self._default

    @cached_property
    def _default(self) -> int:
        return list(self.tags).index("NN") if "NN" in self.tags else 0

    @cached_property
    def _row(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def _codes(self) -> Codes:
        """The codes of each word's clusters, and in the last row those of a word that has none."""
        return np.append(self.members + UNKNOWN + 1, np.full((1, len(self.clusters)), UNKNOWN), axis=0).astype(np.int32)

    def cluster_codes(self, folded: Sequence[str]) -> Codes:
        """Return the clusters of each folded spelling, `UNKNOWN` or above, shape (spellings, levels)."""
        return self._codes.take(self._look_up(self._row, folded), axis=0)


def shape_codes(spellings: Sequence[str]) -> Codes:
    """Return the shape of each spelling, shape (spellings,)."""
    letters = letters_of(spellings)
    first, holds = letters.first, letters.holds
    capital = np.where(holds & spelled.HOLDS_UPPER, _SHAPE["mixed"], _SHAPE["capital"])
    capitals = np.where(letters.length > 1, _SHAPE["upper"], _SHAPE["initial"])
    joined = np.where(holds & spelled.HOLDS_APOSTROPHE, _SHAPE["apostrophe"], _SHAPE["lower"])
    codes = np.select(
        [first == spelled.DIGIT, first == spelled.UPPER, first == spelled.LOWER],
        [
            np.int64(_SHAPE["digit"]),
            np.where(holds & spelled.HOLDS_LOWER, capital, capitals),
            np.where(holds & spelled.HOLDS_HYPHEN, _SHAPE["hyphen"], joined),
        ],
        _SHAPE["mark"],
    ).astype(np.int32)
    for place in np.flatnonzero(~letters.plain).tolist():
        codes[place] = _SHAPE[shape(spellings[place])]
    return codes


def look_up(known: Mapping[str, int], spellings: Sequence[str]) -> Codes:
    """Return the number of each spelling, `UNKNOWN` for those that are not known, shape (spellings,)."""
    return np.fromiter(map(known.get, spellings, repeat(UNKNOWN)), dtype=np.int32, count=len(spellings))


def ending(folded: str) -> str:
    """Return the last three letters of a folded spelling."""
    return folded[-3:]
