"""From labels to attributions: every part goes to its nearest cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures.attribution._model import Attribution
from framing.measures.attribution.finder import CONTENT, CUE, SOURCE, Labelled
from framing.text import Batch

Tokens = NDArray[np.int64]
# a source in another sentence is as good as one this many tokens farther off
_OTHER_SENTENCE = 5.0
# of two cues equally near, the one behind
_IN_FRONT = 0.5
_NEGATIONS = frozenset("not never neither nor".split())


@dataclass(frozen=True, slots=True)
class Spans:
    """Runs of tokens with one label, in the order of the text; `last` is the token behind."""

    first: Tokens
    last: Tokens

    def __len__(self) -> int:
        return len(self.first)


def spans(labels: NDArray[np.int32], begin: int) -> Spans:
    """Return the runs that begin with a label and go on with the one behind it."""
    opens = np.flatnonzero(labels == begin)
    goes_on = np.append(labels == begin + 1, False)
    # the first token behind each opening that does not go on
    stops = np.flatnonzero(~goes_on)
    return Spans(opens, stops[np.searchsorted(stops, opens + 1)])


def nearest(parts: Spans, cues: Spans, batch: Batch, *, other_sentence: float = 0.0) -> NDArray[np.int64]:
    """Return for each part the number of the nearest cue of its paragraph, or -1.

    Parameters
    ----------
    parts, cues : Spans
    batch : Batch
    other_sentence : float
        Tokens that a cue in another sentence is held to be farther off.
    """
    if not len(cues):
        return np.full(len(parts), -1, dtype=np.int64)
    behind = np.searchsorted(cues.first, parts.first)
    front = behind - 1
    distances = []
    for number, is_front in ((front, True), (behind, False)):
        there = (number >= 0) & (number < len(cues))
        safe = np.where(there, number, 0)
        place = cues.first[safe]
        apart = parts.first - cues.last[safe] + _IN_FRONT if is_front else place - parts.last
        distance = apart + other_sentence * (batch.sentence[place] != batch.sentence[parts.first])
        there &= batch.paragraph[place] == batch.paragraph[parts.first]
        distances.append(np.where(there, distance, np.inf))
    best = np.where(distances[0] < distances[1], front, behind)
    return np.where(np.isinf(np.minimum(*distances)), -1, best)


class Linker:
    """Makes attributions of what the finder labelled."""

    def __init__(self, batch: Batch, cue_matches: Matches, labelled: Labelled) -> None:
        self.batch = batch
        self.matches = cue_matches
        self.labelled = labelled
        self.cues = spans(labelled.labels, CUE)
        self.sources = spans(labelled.labels, SOURCE)
        self.contents = spans(labelled.labels, CONTENT)

    def attributions(self) -> list[Attribution]:
        """Return the attributions, a content without any cue in its paragraph as one of its own."""
        batch, cues = self.batch, self.cues
        pieces: list[list[tuple[int, int]]] = [[] for _ in range(len(cues))]
        said: list[list[tuple[int, int]]] = [[] for _ in range(len(cues))]
        found = []
        owner = nearest(self.sources, cues, batch, other_sentence=_OTHER_SENTENCE).tolist()
        for number, span in zip(owner, self._offsets(self.sources), strict=True):
            if number >= 0:
                pieces[number].append(span)
        owner = nearest(self.contents, cues, batch).tolist()
        articles = batch.article[self.contents.first].tolist()
        for number, span, article in zip(owner, self._offsets(self.contents), articles, strict=True):
            if number >= 0:
                said[number].append(span)
            else:
                found.append(Attribution(article, [], [], [span], rule="no-cue"))
        self._share(pieces)
        entries = self._entries()
        rows = zip(self._offsets(cues), batch.article[cues.first].tolist(), entries, pieces, said, strict=True)
        for (start, end), article, entry, source, content in rows:
            one = Attribution(article, source, [(start, end)], content)
            one.rule = _rule(one, entry)
            if entry is not None:
                one.lexicon, one.entry = entry.lexicon, entry.id
                one.stance = "neutral" if self._is_negated(start, end) else entry.category
            found.append(one)
        found.sort(key=lambda one: one.place)
        return found

    def _offsets(self, parts: Spans) -> list[tuple[int, int]]:
        start, end = self.batch.start[parts.first], self.batch.end[parts.last - 1]
        return list(zip(start.tolist(), end.tolist(), strict=True))

    def _share(self, pieces: list[list[tuple[int, int]]]) -> None:
        """Give a cue without a source that of the cue in front of it: she said that ... and added that ..."""
        sentence = self.batch.sentence[self.cues.first].tolist()
        for number in range(1, len(pieces)):
            if not pieces[number] and sentence[number] == sentence[number - 1]:
                start = self.batch.starts[self.cues.first[number]]
                pieces[number] = [span for span in pieces[number - 1] if span[0] < start]

    def _entries(self) -> list[Entry | None]:
        """Return the lexicon entry of each cue: of those inside it, the longest, then the first."""
        matches, cues = self.matches, self.cues
        low = np.searchsorted(matches.first, cues.first).tolist()
        high = np.searchsorted(matches.first, cues.last).tolist()
        length = (matches.last - matches.first).tolist()
        entry = matches.entry.tolist()
        return [
            matches.entries[entry[max(range(a, b), key=lambda index: (length[index], -index))]] if a < b else None
            for a, b in zip(low, high, strict=True)
        ]

    def _is_negated(self, start: int, end: int) -> bool:
        words = self.batch.text[start:end].lower().replace("’", "'").split()
        return any(word in _NEGATIONS or word.endswith("n't") for word in words)


def _rule(one: Attribution, entry: Entry | None) -> str:
    """Name how the parts stand to each other."""
    if entry is not None and entry["part"] == "preposition":
        return "according-to"
    if not one.content:
        return "no-content"
    if not one.source:
        return "no-source"
    cue = one.cue[0][0]
    before, behind = one.content[0][0] < cue, one.content[-1][0] > cue
    if before and behind:
        return "cue-inside"
    if before:
        return "cue-last"
    return "nominal" if entry is not None and entry["part"] == "noun" else "cue-first"
