"""Whose voice each word stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.measures.attribution._model import Attribution, pieces
from framing.text import Batch

OWN, QUOTED, REPORTED = 0, 1, 2
VOICES = ("own", "quoted", "reported")
_SCARE_WORDS = 4
# behind these a word is named, not used: the term “woke”, nicknamed “the hook”
_INTRODUCES = frozenset(
    "word words term terms phrase letter title titled entitled called nicknamed dubbed named film movie book novel "
    "album song show series play painting poem column headline hashtag slogan chant".split()
)
_ENDS = frozenset(",.!?;")


@dataclass(frozen=True, slots=True)
class Voices:
    """The voice of each token of a batch.

    Attributes
    ----------
    voice : ndarray of int8, shape (tokens,)
        Index into `VOICES`.
    attribution : ndarray of int32, shape (tokens,)
        The attribution whose content the token stands in, or -1.
    scare : ndarray of int64, shape (scare quotes, 2)
        The first token of each scare quote, its mark included, and the one behind its last.
    """

    voice: NDArray[np.int8]
    attribution: NDArray[np.int32]
    scare: NDArray[np.int64]


def voices_of(batch: Batch, attributions: Sequence[Attribution]) -> Voices:
    """Tell for each token whether the outlet says it, quotes it or reports it.

    A word between quotation marks is quoted, unless the marks only distance the outlet from a word of its own (scare
    quotes: few words, no punctuation inside, nobody's content). Any other word of an attribution's content is
    reported. Everything else is the outlet's own, cues and sources included.
    """
    n = len(batch)
    owner = np.full(n, -1, dtype=np.int32)
    voice = np.zeros(n, dtype=np.int8)
    contents = [one.content for one in attributions]
    spans = pieces(contents)
    first = np.searchsorted(batch.end, spans[:, 0], side="right").tolist()
    last = np.searchsorted(batch.start, spans[:, 1]).tolist()
    numbers = np.repeat(np.arange(len(contents)), list(map(len, contents))).tolist()
    # from the back, so that of two contents that overlap the earlier keeps the words
    for low, high, number in zip(reversed(first), reversed(last), reversed(numbers), strict=True):
        owner[low:high] = number
    voice[owner >= 0] = REPORTED
    scare = _scare_quotes(batch, owner)
    quoted = batch.quotation >= 0
    for first, last in scare.tolist():
        quoted[first:last] = False
    voice[quoted] = QUOTED
    return Voices(voice, owner, scare)


def _scare_quotes(batch: Batch, owner: NDArray[np.int32]) -> NDArray[np.int64]:
    quotations = batch.quotations
    outer = np.flatnonzero((quotations.depth == 0) & quotations.closed)
    first = np.searchsorted(batch.start, quotations.start[outer])
    last = np.searchsorted(batch.start, quotations.end[outer])
    small = (last - first <= _SCARE_WORDS + 2) & (last - first >= 3)
    rows = [
        (a, b)
        for a, b in zip(first[small].tolist(), last[small].tolist(), strict=True)
        if owner[a] < 0 and _distances(batch, a, b)
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _distances(batch: Batch, first: int, last: int) -> bool:
    """Tell whether marks distance the outlet from their words: no title of a work, no whole sentence."""
    inside = [batch.text[int(batch.start[place]) : int(batch.end[place])] for place in range(first + 1, last - 1)]
    if inside[-1] in _ENDS or not any(word[0].isalpha() for word in inside):
        return False
    sentence = int(batch.sentence[first])
    if batch.last[sentence] - batch.first[sentence] <= last - first + 1:
        return False
    if inside[0][0].isupper():
        return False  # a title or a name: the film “Jaws”
    before = batch.words(max(int(batch.first[sentence]), first - 2), first)
    return not _INTRODUCES.intersection(before)
