"""Attributions of a batch: what the finder finds, and what labels and quotation marks add."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._confidence import confidence
from framing.measures.attribution._link import Linker
from framing.measures.attribution._mend import mend
from framing.measures.attribution._model import Attribution, Span, pieces
from framing.measures.attribution._plain import plain
from framing.measures.attribution.finder import Finder
from framing.text import Batch

_NAME_WORDS = 6
_NOT_SPEAKERS = frozenset(
    "update updated watch read more related correction note photo photos video image editor's summary abstract "
    "source sources warning breaking exclusive opinion analysis story share listen follow".split()
)
# what is more often wrong than this is left out
_LEAST_SURE = 0.1
_PLACE = attrgetter("place")


def extract(clauses: Clauses, matches: Matches, finder: Finder) -> tuple[list[Attribution], list[Attribution]]:
    """Find the attributions of a batch, and the sources that said nothing.

    Parameters
    ----------
    clauses : Clauses
        The batch as rules read it.
    matches : Matches
        With the layer ``cue``.
    finder : Finder

    Returns
    -------
    attributions, refusals : list of Attribution
        In the order of the text; speakers are not resolved yet.
    """
    cues, batch, weights = matches.of("cue"), clauses.batch, finder.weights
    labelled = finder.label(batch, cues)
    found = Linker(batch, cues, labelled.labels).attributions()
    refused = refusals(clauses, matches)
    found = mend(clauses, found, refused)
    found = _together(found, plain(clauses, cues, [*found, *refused]), _labelled(clauses))
    quoted = _Quoted(clauses, found)
    quoted.complete()
    quoted.continue_()
    found = [one for one in found if one.content]
    quoted.tell_kinds(found)
    sure = confidence(found, batch, labelled, weights.transitions[1], weights.confidence)
    for one, value in zip(found, sure.tolist(), strict=True):
        one.confidence = value
    return [one for one in found if one.confidence >= _LEAST_SURE or not one.cue], refused


def _together(found: list[Attribution], whole: list[Attribution], labelled: list[Attribution]) -> list[Attribution]:
    """Add what rules find; what a label introduces, where nothing was found inside it."""
    if not (whole or labelled):
        return found
    fresh = list(whole)
    for one in labelled:
        low = bisect_left(found, one.place, key=_PLACE)
        if low == len(found) or found[low].place >= one.content[-1][1]:
            fresh.append(one)
    together = list(found)
    for one in sorted(fresh, key=_PLACE):
        insort(together, one, key=_PLACE)
    return together


def _is_refusal(entry: Entry) -> bool:
    """Tell whether a cue says that nothing was said: whole phrases, not ``refused`` alone."""
    return entry.category == "declining" and " " in entry.form


def refusals(clauses: Clauses, matches: Matches) -> list[Attribution]:
    """Find sources that said nothing: ``declined to comment``, ``have yet to respond``.

    Parameters
    ----------
    clauses : Clauses
    matches : Matches
        With the layer ``cue``.

    Returns
    -------
    list of Attribution
        Without content, in the order of the text.
    """
    cues, batch, found = matches.of("cue"), clauses.batch, []
    for first, last, number in zip(cues.first.tolist(), cues.last.tolist(), cues.entry.tolist(), strict=True):
        entry = cues.entries[number]
        if not _is_refusal(entry) or clauses.quotation[first] >= 0:
            continue
        low = clauses.first[int(batch.sentence[first])]
        source = clauses.noun_phrase_before(clauses.verb_group(first, low), low) or clauses.subject(low, first)
        found.append(
            Attribution(
                int(batch.article[first]),
                [clauses.span(*source)] if source else [],
                [clauses.span(first, last)],
                [],
                entry.category,
                "refusal",
                lexicon=entry.lexicon,
                entry=entry.id,
            )
        )
    return found


def _labelled(clauses: Clauses) -> list[Attribution]:
    """Read ``NAME: what NAME says`` at the head of a paragraph."""
    found = []
    batch, flags = clauses.batch, clauses.flags
    for low, last, high in _openings(batch):
        if not all(flags[place] & (g.CAPITAL | g.BRACKET | g.COMMA) for place in range(low, last)):
            continue
        if clauses.word(low) in _NOT_SPEAKERS or flags[low] & (
            g.PREPOSITION | g.SUBORDINATOR | g.RELATIVE | g.AUXILIARY
        ):
            continue
        end = high
        while end > last + 1 and flags[end - 1] & g.STOP and clauses.quotation[end - 1] < 0:
            end -= 1
        if end <= last + 1:
            continue
        found.append(
            Attribution(
                int(batch.article[low]),
                [clauses.span(low, last)],
                [clauses.span(last, last + 1)],
                [clauses.span(last + 1, end)],
                stance="neutral",
                rule="label",
            )
        )
    return found


def _openings(batch: Batch) -> list[tuple[int, int, int]]:
    """Return first token, first colon and end of the sentences that open a paragraph with a few words and a colon."""
    colon = batch.vocabulary.column("colon", _colons)[batch.type]
    places = np.flatnonzero(colon)
    sentence = batch.sentence[places]
    low = batch.first[sentence]
    opens = (low == 0) | (batch.paragraph[np.maximum(low - 1, 0)] != batch.paragraph[low])
    fits = opens & (places > low) & (places - low <= _NAME_WORDS) & (places < batch.last[sentence] - 1)
    fits[1:] &= ~(fits[:-1] & (sentence[1:] == sentence[:-1]))
    rows = np.column_stack([low, places, batch.last[sentence]])[fits]
    return [(first, place, end) for first, place, end in rows.tolist()]


def _colons(folded: Sequence[str]) -> NDArray[np.bool_]:
    return np.fromiter(map(":".__eq__, folded), dtype=np.bool_, count=len(folded))


class _Quoted:
    """What the quotation marks of a batch say about attributions that the rules found."""

    def __init__(self, clauses: Clauses, found: list[Attribution]) -> None:
        self.clauses = clauses
        self.found = found
        quotations = clauses.batch.quotations
        outer = np.flatnonzero(quotations.depth == 0)
        self._bounds = quotations.start[outer], quotations.end[outer]
        self.outer: list[int] = outer.tolist()
        self.starts: list[int] = self._bounds[0].tolist()
        self.ends: list[int] = self._bounds[1].tolist()
        self.continued: list[bool] = quotations.continued[outer].tolist()
        self.article = (
            clauses.batch.article[[min(clauses.opens[index], len(clauses.flags) - 1) for index in self.outer]].tolist()
            if self.outer
            else []
        )
        self.owner: dict[int, Attribution] = {}

    def _at(self, place: int) -> int | None:
        index = bisect_right(self.starts, place) - 1
        return index if index >= 0 and place < self.ends[index] else None

    def _touched(self) -> list[Attribution]:
        """Return the attributions whose content holds a part of a quotation, or has several pieces."""
        contents = [one.content for one in self.found]
        many = np.fromiter(map(len, contents), dtype=np.int64, count=len(contents))
        spans, (starts, ends) = pieces(contents), self._bounds
        overlaps = np.searchsorted(starts, spans[:, 1]) > np.searchsorted(ends, spans[:, 0], side="right")
        touched = many > 1
        touched[np.repeat(np.arange(len(contents)), many)[overlaps]] = True
        return [self.found[number] for number in np.flatnonzero(touched).tolist()]

    def complete(self) -> None:
        """Let a content that holds a part of a quotation hold the whole of it."""
        if not self.starts:
            return
        for one in self._touched():
            whole: list[Span] = []
            for start, end in one.content:
                head, tail = self._at(start), self._at(end - 1)
                if head is not None:
                    start = self.starts[head]
                if tail is not None:
                    end = self.ends[tail]
                whole.append((start, end))
                low = bisect_right(self.starts, start - 1)
                while low < len(self.starts) and self.starts[low] < end:
                    self.owner.setdefault(low, one)
                    low += 1
            one.content = _apart(whole)

    def continue_(self) -> None:
        """Give a quotation without a cue to the speaker of the one before it."""
        for index in range(len(self.outer)):
            if index in self.owner:
                self._take_over(index)
                continue
            before = self._before(index)
            if before is not None:
                self._give(index, before)
        for index in range(len(self.outer) - 1, 0, -1):
            # a quotation that opens in each paragraph may have its cue in the last
            if self.continued[index - 1] and index - 1 not in self.owner and index in self.owner:
                self._give(index - 1, self.owner[index])

    def _take_over(self, index: int) -> None:
        """Make one of a quotation that goes on in a new paragraph and was found there without a cue."""
        one, before = self.owner[index], self.owner.get(index - 1)
        goes_on = index and self.continued[index - 1] and self.article[index - 1] == self.article[index]
        if goes_on and before is not None and before is not one and not one.cue and before.cue:
            before.content = _apart([*before.content, *one.content])
            one.content = []
            self.owner[index] = before

    def _give(self, index: int, one: Attribution) -> None:
        one.content = _apart([*one.content, (self.starts[index], self.ends[index])])
        self.owner[index] = one

    def _before(self, index: int) -> Attribution | None:
        """Return the attribution that a quotation goes on with, if it does."""
        if index == 0 or self.article[index - 1] != self.article[index]:
            return None
        owner = self.owner.get(index - 1)
        if owner is None or owner.rule == "label":
            return None
        batch = self.clauses.batch
        first = self.clauses.opens[self.outer[index]]
        if first >= len(self.clauses.flags):
            return None
        if self.continued[index - 1]:
            return owner
        sentence = int(batch.sentence[first])
        if self.clauses.first[sentence] != first or self.ends[index] - self.starts[index] < 15:
            return None
        previous = self.clauses.token_at(max(end for _, end in (*owner.content, *owner.cue, *owner.source)) - 1)
        same_paragraph = batch.paragraph[previous] == batch.paragraph[first]
        return owner if same_paragraph and int(batch.sentence[previous]) >= sentence - 1 else None

    def tell_kinds(self, found: Sequence[Attribution]) -> None:
        """Tell whether each content is all quoted (direct), partly (mixed) or not (indirect)."""
        contents = [one.content for one in found]
        owner = np.repeat(np.arange(len(contents)), list(map(len, contents)))
        start, end = pieces(contents).T
        total = np.bincount(owner, end - start, len(contents))
        quoted = np.bincount(owner, self._quoted_before(end) - self._quoted_before(start), len(contents))
        for number in np.flatnonzero(quoted).tolist():
            found[number].kind = "direct" if quoted[number] >= total[number] - 2 else "mixed"

    def _quoted_before(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many characters in front of each place are quoted."""
        starts, ends = self._bounds
        number = np.searchsorted(starts, place, side="right")
        before = np.concatenate([[0], np.cumsum(ends - starts)])
        # the last that opens in front may go on behind
        return before[number] - np.where(number > 0, np.maximum(np.append(0, ends)[number] - place, 0), 0)


def _apart(spans: list[Span]) -> list[Span]:
    """Return pieces in order, those that overlap or touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined
