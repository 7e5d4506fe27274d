"""What the finder knows of a spelling: word, part of speech, cluster, ending and shape, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
PAD, UNKNOWN = 0, 1
SHAPES = ("upper", "initial", "capital", "mixed", "digit", "mark", "hyphen", "apostrophe", "lower")
_SHAPE = {name: number + UNKNOWN for number, name in enumerate(SHAPES)}


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
        get, of_folded, guess = self.spelled.get, self.folded.get, self._guess
        found = []
        for spelling in spellings:
            tag = get(spelling)
            if tag is None:
                folded = spelling.lower()
                tag = of_folded(folded)
                if tag is None:
                    tag = guess(spelling, folded.replace("’", "'"))
            found.append(tag)
        return np.array(found, dtype=np.int32) + UNKNOWN

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
        get = self._row.get
        return self._codes[np.array([get(word, -1) for word in folded], dtype=np.int64)]


def shape_codes(spellings: Sequence[str]) -> Codes:
    """Return the shape of each spelling, shape (spellings,)."""
    return np.array([_SHAPE[shape(spelling)] for spelling in spellings], dtype=np.int32)


def look_up(known: Mapping[str, int], spellings: Sequence[str]) -> Codes:
    """Return the number of each spelling, `UNKNOWN` for those that are not known, shape (spellings,)."""
    return np.array([known.get(spelling, UNKNOWN) for spelling in spellings], dtype=np.int32)


def ending(folded: str) -> str:
    """Return the last three letters of a folded spelling."""
    return folded[-3:]
