"""Runs of one label, and the cue that is nearest to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.measures.attribution.finder._decode import Labels
from framing.text import Batch

Tokens = NDArray[np.int64]
# how far, in words, a cue is held to be farther off: behind the part, in another sentence, behind a conjunction
_BEHIND, _OTHER_SENTENCE, _CONJUNCTION = 0.5, 6.0, 2.0
# a mark between part and cue counts as this much of a word
_MARK = 0.3
_CONJUNCTIONS = frozenset({"and", "but", "or"})


@dataclass(frozen=True, slots=True)
class Spans:
    """Runs of tokens with one label, in the order of the text; `last` is the token behind."""

    first: Tokens
    last: Tokens

    def __len__(self) -> int:
        return len(self.first)


def spans(labels: Labels, begin: int) -> Spans:
    """Return the runs that begin with a label and go on with the one behind it."""
    opens = np.flatnonzero(labels == begin)
    goes_on = np.append(labels == begin + 1, False)
    # the first token behind each opening that does not go on
    stops = np.flatnonzero(~goes_on)
    return Spans(opens, stops[np.searchsorted(stops, opens + 1)])


def nearest(parts: Spans, cues: Spans, batch: Batch) -> NDArray[np.int64]:
    """Return for each part the number of the nearest cue of its paragraph, or -1.

    Parameters
    ----------
    parts, cues : Spans
    batch : Batch
    """
    if not len(cues):
        return np.full(len(parts), -1, dtype=np.int64)
    words = np.concatenate([[0], np.cumsum(batch.is_word)])
    links = batch.vocabulary.column("conjunction", _conjunctions)[batch.type]
    behind = np.searchsorted(cues.first, parts.first)
    in_front = _farness(parts, cues, behind - 1, batch, words)
    # A, and elaborated on B: what stands in front of a conjunction is no part of the cue behind it
    linked = links[np.minimum(parts.last, len(links) - 1)]
    is_behind = _farness(parts, cues, behind, batch, words) + _BEHIND + _CONJUNCTION * linked
    best = np.where(in_front <= is_behind, behind - 1, behind)
    return np.where(np.isinf(np.minimum(in_front, is_behind)), -1, best)


def _farness(parts: Spans, cues: Spans, number: Tokens, batch: Batch, words: Tokens) -> NDArray[np.float64]:
    """Return how far cues are from parts, in words; infinite where there is none in the paragraph."""
    there = (number >= 0) & (number < len(cues))
    safe = np.where(there, number, 0)
    place = cues.first[safe]
    is_front = place < parts.first
    low = np.where(is_front, cues.last[safe], parts.last)
    high = np.maximum(np.where(is_front, parts.first, place), low)
    between = words[high] - words[low]
    far = between + _MARK * (high - low - between)
    far += _OTHER_SENTENCE * (batch.sentence[place] != batch.sentence[parts.first])
    there &= batch.paragraph[place] == batch.paragraph[parts.first]
    return np.where(there, far, np.inf)


def _conjunctions(folded: Sequence[str]) -> NDArray[np.bool_]:
    return np.fromiter(map(_CONJUNCTIONS.__contains__, folded), dtype=np.bool_, count=len(folded))
