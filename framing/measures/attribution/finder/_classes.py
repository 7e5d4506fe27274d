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
    """Number names behind `UNKNOWN`."""
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
    cluster : mapping of str to int
        The cluster of a folded spelling, from 0.
    clusters : int
    """

    tags: Sequence[str]
    spelled: Mapping[str, int]
    folded: Mapping[str, int]
    endings: Mapping[str, int]
    cluster: Mapping[str, int]
    clusters: int

    def tag_codes(self, spellings: Sequence[str]) -> Codes:
        """Return the part of speech of each spelling, from `UNKNOWN`, shape (spellings,)."""
        return np.array([self._tag(spelling) for spelling in spellings], dtype=np.int32) + UNKNOWN

    def _tag(self, spelling: str) -> int:
        known = self.spelled.get(spelling)
        if known is None:
            folded = spelling.lower().replace("’", "'")
            known = self.folded.get(folded)
            if known is None:
                form = shape(spelling)
                for ending in (folded[-3:], folded[-2:], ""):
                    known = self.endings.get(f"{form} {ending}")
                    if known is not None:
                        break
        return self._default if known is None else known

    @cached_property
    def _default(self) -> int:
        return list(self.tags).index("NN") if "NN" in self.tags else 0

    def cluster_codes(self, folded: Sequence[str]) -> Codes:
        """Return the cluster of each folded spelling, `UNKNOWN` or from the number behind it, shape (spellings,)."""
        get = self.cluster.get
        return np.array([get(word, -1) for word in folded], dtype=np.int32) + UNKNOWN + 1


def shape_codes(spellings: Sequence[str]) -> Codes:
    """Return the shape of each spelling, shape (spellings,)."""
    return np.array([_SHAPE[shape(spelling)] for spelling in spellings], dtype=np.int32)


def look_up(known: Mapping[str, int], spellings: Sequence[str]) -> Codes:
    """Return the number of each spelling, `UNKNOWN` for those that are not known, shape (spellings,)."""
    return np.array([known.get(spelling, UNKNOWN) for spelling in spellings], dtype=np.int32)


def ending(folded: str) -> str:
    """Return the last three letters of a folded spelling."""
    return folded[-3:]
