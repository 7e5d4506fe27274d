"""Everything that the finder looks at, as columns of whole numbers, one for each token.

Paragraphs stand apart by `GAP` empty places, so that a column can be shifted without a look at where a paragraph ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures.attribution.finder._classes import PAD, UNKNOWN, Codes, WordClasses
from framing.measures.attribution.finder._runs import Runs
from framing.text import Batch

GAP = 4
# a paragraph this long is labelled in pieces, cut where a sentence ends
_LONG, _PIECE = 96, 48
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

# 0 inside the text's own words; else inside a quotation, and whether it opens or closes here
_INSIDE, _OPENS, _CLOSES = 1, 2, 4
_FIRST, _LAST, _FIRST_OF_PARAGRAPH = 1, 2, 4
QUOTE_CODES, PLACE_CODES = 9, 9
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
LINKS = frozenset({"IN", "WDT", "WP", "WRB", "CC", "TO"})
MARKS = (",", ".", ":", ";", "-", "–", "—", "(", ")", "?", "!", "'", "…")
LINK_WORDS = (
    "that who which whom whose what when where while why how and or but if in on of to for with by from at as about "
    "because after before since until than against over under during through into whether although though like"
).split()
_NEAR = np.array([1, 2, 3, 4, 6, 9, 14, 20])
DISTANCES = len(_NEAR) + 2
_DISTANCE: Codes = np.append(np.searchsorted(_NEAR, np.arange(21), side="right"), 0).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Cues as the lexicons know them: part of speech and the first content that an entry takes, numbered."""

    names: tuple[tuple[str, str], ...]

    @property
    def codes(self) -> int:
        """How many codes there are: pad, none, inside, and two for each kind (one word, several)."""
        return 2 * len(self.names) + 3

    def of(self, entries: Sequence[Entry]) -> Codes:
        """Return the kind of each entry as the code of a single word, shape (entries,)."""
        number = {name: index for index, name in enumerate(self.names)}
        found = [number.get((entry["part"], entry["content"].split("|")[0]), -1) for entry in entries]
        return np.array([2 * index + 3 if index >= 0 else 0 for index in found], dtype=np.int32)


class Layout:
    """Where the tokens of a batch lie once paragraphs stand apart.

    Attributes
    ----------
    size : int
        Places, tokens and gaps.
    place : ndarray of int64, shape (tokens,)
    first, last : ndarray of int32, shape (size,)
        The first place of each place's sentence, and the one behind its last.
    """

    def __init__(self, batch: Batch) -> None:
        n = len(batch)
        rank = np.zeros(n, dtype=np.int64)
        opens = np.flatnonzero(batch.paragraph[1:] != batch.paragraph[:-1]) + 1
        rank[opens] = GAP
        self.place = np.arange(GAP, n + GAP) + np.cumsum(rank)
        self.size = (int(self.place[-1]) + 1 if n else GAP) + GAP
        self.opens = np.concatenate([[0], opens]).astype(np.int64) if n else np.zeros(0, dtype=np.int64)
        self.first = np.full(self.size, self.size, dtype=np.int32)
        self.last = np.zeros(self.size, dtype=np.int32)
        if n:
            self.first[self.place] = self.place[batch.first][batch.sentence]
            self.last[self.place] = (self.place[batch.last - 1] + 1)[batch.sentence]
        self._index = np.arange(self.size, dtype=np.int32)

    def runs(self, batch: Batch) -> Runs:
        """Return the sequences that are labelled each by itself: paragraphs, long ones in pieces."""
        length = np.diff(self.opens, append=len(batch))
        opens = [self.opens]
        for number in np.flatnonzero(length > _LONG).tolist():
            low, high = int(self.opens[number]), int(self.opens[number] + length[number])
            begins = batch.first[int(batch.sentence[low]) + 1 : int(batch.sentence[high - 1]) + 1]
            opens.append(_cuts(low, high, begins.tolist()))
        first = np.sort(np.concatenate(opens))
        return Runs(first, np.diff(first, append=len(batch)))

    def spread(self, column: NDArray[np.generic]) -> Codes:
        """Return a column of tokens as one of places, `PAD` in the gaps."""
        spread = np.zeros(self.size, dtype=np.int32)
        spread[self.place] = column
        return spread

    def before(self, flag: Flags) -> tuple[Codes, Codes]:
        """Return for each place the last flagged one in front of it in its sentence (or -1), and how far it is."""
        flagged = np.flatnonzero(flag).astype(np.int32)
        runs = np.diff(flagged, prepend=np.int32(-1), append=np.int32(self.size - 1))
        found = np.repeat(np.concatenate([[np.int32(-1)], flagged]), runs)
        found[found < self.first] = -1
        return found, _distance(self._index - found, found)

    def after(self, flag: Flags) -> tuple[Codes, Codes]:
        """Return for each place the first flagged one behind it in its sentence (or -1), and how far it is."""
        flagged = np.flatnonzero(flag).astype(np.int32)
        runs = np.diff(flagged, prepend=np.int32(0), append=np.int32(self.size))
        found = np.repeat(np.concatenate([flagged, [np.int32(-1)]]), runs)
        found[found >= self.last] = -1
        return found, _distance(found - self._index, found)


def _cuts(low: int, high: int, begins: Sequence[int]) -> Places:
    """Return where a long paragraph is cut: at the first sentence behind each `_PIECE` tokens, none too short."""
    cuts, last = [], low
    for place in begins:
        if place - last >= _PIECE and high - place >= _PIECE // 2:
            cuts.append(place)
            last = place
    return np.array(cuts, dtype=np.int64)


def _distance(apart: Codes, found: Codes) -> Codes:
    """Return distances as codes: 1 to 8, the farther the wider; 9 where nothing was found."""
    codes = _DISTANCE.take(np.minimum(apart, 20), mode="clip")
    codes[found < 0] = DISTANCES - 1
    return codes


def shifted(column: Codes, by: int) -> Codes:
    """Return a column whose place i holds what stood at i + by."""
    moved = np.zeros_like(column)
    if by > 0:
        moved[:-by] = column[by:]
    elif by < 0:
        moved[-by:] = column[:by]
    else:
        moved[:] = column
    return moved


def at(found: Codes, column: Codes) -> Codes:
    """Return what a column holds at the places found, 0 where none was."""
    taken = column.take(found, mode="clip")
    taken[found < 0] = 0
    return taken


class Columns:
    """The columns of a batch by name, built once for both passes.

    Parameters
    ----------
    batch : Batch
    cues : Matches
        Of the layer ``cue``.
    classes : WordClasses
    kinds : Kinds
    """

    def __init__(self, batch: Batch, cues: Matches, classes: WordClasses, kinds: Kinds) -> None:
        self.batch, self.classes, self.kinds = batch, classes, kinds
        self.layout = layout = Layout(batch)
        vocabulary = batch.vocabulary
        tags = vocabulary.column(("tag", id(classes)), classes.tag_codes, of_folded=False)
        marks = vocabulary.column("mark", _mark_codes)
        links = vocabulary.column("link", _link_codes)
        self.sizes = {"kind": kinds.codes, "tag": len(classes.tags) + UNKNOWN}
        self.tag = layout.spread(tags[batch.type])
        self.kind = layout.spread(self._kinds(cues, kinds))
        quotation = batch.quotation
        quoted = quotation >= 0
        change = quotation[1:] != quotation[:-1]
        opens, closes = quoted.copy(), quoted.copy()
        opens[1:] &= change
        closes[:-1] &= change
        self.quote = layout.spread(1 + _INSIDE * quoted + _OPENS * opens + _CLOSES * closes)
        self.inside = layout.spread(quoted)
        place = np.ones(len(batch), dtype=np.int32)
        place[batch.first] += _FIRST
        place[batch.last - 1] += _LAST
        place[layout.opens] += _FIRST_OF_PARAGRAPH
        self.place = layout.spread(place)
        self.built: dict[str, Codes] = {}
        self._far(layout.spread(marks[batch.type]), layout.spread(links[batch.type]))
        self._near()

    def _kinds(self, cues: Matches, kinds: Kinds) -> Codes:
        used, number = np.unique(cues.entry, return_inverse=True)
        codes = kinds.of([cues.entries[entry] for entry in used.tolist()])[number.ravel()]
        kind = np.ones(len(self.batch), dtype=np.int32)
        known = codes > 0
        first, last, codes = cues.first[known], cues.last[known], codes[known]
        several = last - first > 1
        for low, high in zip(first[several].tolist(), last[several].tolist(), strict=True):
            kind[low + 1 : high] = 2
        # of two word classes of one form the first entry counts: write it last
        kind[first[::-1]] = (codes + several)[::-1]
        return kind

    def _near(self) -> None:
        tags = self.sizes["tag"]
        self.built |= {
            "kind": self.kind,
            "kind pair": self.kind * self.sizes["kind"] + shifted(self.kind, 1),
            "kind tag": self.kind * tags + self.tag,
            "kind tag on": self.kind * tags + shifted(self.tag, 1),
            "tag triple": (shifted(self.tag, -1) * tags + self.tag) * tags + shifted(self.tag, 1),
            "state": (self.quote * PLACE_CODES + self.place) * tags + self.tag,
            "quote tag": self.quote * tags + self.tag,
            "quotes": (shifted(self.quote, -1) * QUOTE_CODES + self.quote) * QUOTE_CODES + shifted(self.quote, 1),
        }

    def _far(self, marks: Codes, links: Codes) -> None:
        layout, kinds, tags = self.layout, self.kinds.codes, self.sizes["tag"]
        last_cue, cue_back = layout.before(self.kind > UNKNOWN)
        next_cue, cue_on = layout.after(self.kind > UNKNOWN)
        finite = np.array([False, *(tag in FINITE for tag in self.classes.tags)])[self.tag]
        _, verb_back = layout.before(finite)
        _, verb_on = layout.after(finite)
        last_mark, mark_back = layout.before(marks > 0)
        next_mark, mark_on = layout.after(marks > 0)
        last_link, link_back = layout.before(links > 0)
        _, quote_back = layout.before(self.inside > 0)
        _, quote_on = layout.after(self.inside > 0)
        left, right = at(last_cue, self.kind), at(next_cue, self.kind)
        mark_left, mark_right = at(last_mark, marks), at(next_mark, marks)
        n, d, m = 2, DISTANCES, len(MARKS) + 2
        none = DISTANCES - 1
        within = (((left > 0) * n + (right > 0)) * n + (quote_back < none)) * n + (quote_on < none)
        self.built |= {
            "cues": (left * kinds + right) * n + self.inside,
            "cue back": left * d + cue_back,
            "cue on": right * d + cue_on,
            "cue back tag": left * tags + self.tag,
            "cue on tag": right * tags + self.tag,
            "quoted": ((quote_back * d + quote_on) * 16 + within.astype(np.int32)) * n + self.inside,
            "verb back": verb_back * tags + self.tag,
            "verb on": verb_on * tags + self.tag,
            "marks": (((mark_left * m + mark_right) * d + mark_back) * d + mark_on) * n + self.inside,
            "link": at(last_link, links) * d + link_back,
            "cue mark back": ((left * m + mark_left) * n + (cue_back > mark_back)) * n + self.inside,
            "cue mark on": ((right * m + mark_right) * n + (cue_on < mark_on)) * n + self.inside,
        }


def _mark_codes(folded: Sequence[str]) -> Codes:
    number = {mark: index for index, mark in enumerate(MARKS, 1)}
    other = len(MARKS) + 1
    return np.array([number.get(word, 0 if word[0].isalnum() else other) for word in folded], dtype=np.int32)


def _link_codes(folded: Sequence[str]) -> Codes:
    number = {word: index for index, word in enumerate(LINK_WORDS, 1)}
    return np.array([number.get(word, PAD) for word in folded], dtype=np.int32)
