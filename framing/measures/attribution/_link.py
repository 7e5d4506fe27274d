"""From labels to attributions: every part goes to its nearest cue."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures.attribution._model import Attribution, Span
from framing.measures.attribution.finder import CONTENT, CUE, SOURCE, Spans, nearest, spans
from framing.text import Batch
from framing.text._letters import letters_of

# characters of a content that may stand without a cue: more than marks
_LEAST_ALONE = 12
_NEGATIONS = frozenset("not never neither nor".split())


class Linker:
    """Makes attributions of what the finder labelled."""

    def __init__(self, batch: Batch, cue_matches: Matches, labels: NDArray[np.int32]) -> None:
        self.batch = batch
        self.matches = cue_matches
        self.cues = spans(labels, CUE)
        self.sources = spans(labels, SOURCE)
        self.contents = spans(labels, CONTENT)

    def attributions(self) -> list[Attribution]:
        """Return the attributions in the order of the text, a content without a cue in its paragraph as one of its own.

        A cue that no content was found for is left out.
        """
        sources, alone = self._pieces(self.sources)
        contents, alone = self._pieces(self.contents)
        self._share(sources)
        cues = self.cues
        found = [Attribution(article, [], [], [span], rule="no-cue") for article, span in alone]
        rows = zip(
            self._offsets(cues), self.batch.article[cues.first].tolist(), self._entries(), self._negated(),
            sources, contents, strict=True,
        )  # fmt: skip
        for span, article, entry, negated, source, content in rows:
            if not content:
                continue
            one = Attribution(article, source, [span], content, rule=_rule(source, span[0], content, entry))
            if entry is not None:
                one.lexicon, one.entry = entry.lexicon, entry.id
                one.stance = "neutral" if negated else entry.category
            found.append(one)
        found.sort(key=attrgetter("place"))
        return found

    def _pieces(self, parts: Spans) -> tuple[list[list[Span]], list[tuple[int, Span]]]:
        """Return the parts of each cue, and those of none with their article."""
        of_cue: list[list[Span]] = [[] for _ in range(len(self.cues))]
        alone = []
        owners = nearest(parts, self.cues, self.batch).tolist()
        articles = self.batch.article[parts.first].tolist()
        for owner, span, article in zip(owners, self._offsets(parts), articles, strict=True):
            if owner >= 0:
                of_cue[owner].append(span)
            elif span[1] - span[0] >= _LEAST_ALONE:
                alone.append((article, span))
        return of_cue, alone

    def _offsets(self, parts: Spans) -> list[Span]:
        start, end = self.batch.start[parts.first], self.batch.end[parts.last - 1]
        return list(zip(start.tolist(), end.tolist(), strict=True))

    def _share(self, sources: list[list[Span]]) -> None:
        """Give a cue without a source that of the cue in front of it: she said that ... and added that ..."""
        sentence = self.batch.sentence[self.cues.first].tolist()
        start = self.batch.start[self.cues.first].tolist()
        for number in range(1, len(sources)):
            if not sources[number] and sentence[number] == sentence[number - 1]:
                sources[number] = [span for span in sources[number - 1] if span[0] < start[number]]

    def _entries(self) -> list[Entry | None]:
        """Return the lexicon entry of each cue: of those inside it the longest, then the first."""
        matches, cues = self.matches, self.cues
        low = np.searchsorted(matches.first, cues.first)
        high = np.searchsorted(matches.first, cues.last)
        some = high > low
        best = np.full(len(cues), -1, dtype=np.int64)
        best[some] = matches.entry[low[some]]
        length = matches.last - matches.first
        for number in np.flatnonzero(high > low + 1).tolist():
            a, b = int(low[number]), int(high[number])
            best[number] = matches.entry[a + int(length[a:b].argmax())]
        return [matches.entries[number] if number >= 0 else None for number in best.tolist()]

    def _negated(self) -> list[bool]:
        """Tell for each cue whether it is denied: who has not confirmed takes no position."""
        flags = self.batch.vocabulary.column("negation", _negations)[self.batch.type]
        total = np.concatenate([[0], np.cumsum(flags)])
        found: list[bool] = (total[self.cues.last] > total[self.cues.first]).tolist()
        return found


def _negations(folded: Sequence[str]) -> NDArray[np.bool_]:
    letters = letters_of(folded)
    found = np.fromiter(map(_NEGATIONS.__contains__, folded), dtype=np.bool_, count=len(folded))
    found |= letters.ends_in("n't")
    for place in np.flatnonzero(~letters.plain).tolist():
        found[place] |= folded[place].endswith("n't")
    return found


def _rule(source: list[Span], cue: int, content: list[Span], entry: Entry | None) -> str:
    """Name how the parts stand to each other."""
    part = entry["part"] if entry is not None else ""
    if part == "preposition":
        return "according-to"
    if not source:
        return "no-source"
    if content[0][0] < cue:
        return "cue-inside" if content[-1][0] > cue else "cue-last"
    return "nominal" if part == "noun" else "cue-first"
