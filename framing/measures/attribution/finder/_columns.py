"""Everything that the finder looks at, as columns of whole numbers, one for each token.

Paragraphs stand apart by `GAP` empty places, so that a column can be shifted without a look at where a paragraph ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures.attribution.finder._classes import PAD, UNKNOWN, Codes, WordClasses
from framing.measures.attribution.finder._runs import Runs
from framing.text import Batch
from framing.text._letters import MARK, letters_of

GAP = 4
# a paragraph this long is labelled in pieces, cut where a sentence ends
_LONG, _PIECE = 96, 48
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
# columns are as narrow as their codes allow: the narrower, the quicker
Small = NDArray[np.uint8]

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
# 1 to 8, the farther the wider; 9 at both ends, for what was not found
_DISTANCE: Small = np.searchsorted(_NEAR, np.arange(1 << 16), side="right").astype(np.uint8)
_DISTANCE[[0, -1]] = DISTANCES - 1
# beyond any distance
_NOWHERE = -(1 << 30)


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


class Nearest:
    """The flagged place that is nearest to each place on one side, in its sentence.

    Parameters
    ----------
    place : ndarray of int32, shape (stretches,)
        The flagged place, negative where there is none.
    length : ndarray of int64, shape (stretches,)
        How many places in a row have it.
    behind : bool
        Whether it stands behind them.
    """

    def __init__(self, place: Codes, length: Places, *, behind: bool) -> None:
        self._place, self._length = place, length
        self._sign = -1 if behind else 1

    @cached_property
    def place(self) -> Codes:
        """The flagged place of each place, negative where there is none."""
        return np.repeat(self._place, self._length)

    @property
    def there(self) -> Flags:
        """Whether there is one."""
        return np.repeat(self._place >= 0, self._length)

    @property
    def distance(self) -> Small:
        """How far it is, as a code below `DISTANCES`."""
        apart = np.arange(len(self.place), dtype=np.int32)
        apart -= self.place
        if self._sign < 0:
            np.negative(apart, out=apart)
        return _DISTANCE.take(apart, mode="clip")

    def of(self, column: NDArray[Any]) -> NDArray[Any]:
        """Return what a column holds there, 0 where there is none."""
        return np.repeat(np.where(self._place >= 0, column.take(self._place, mode="clip"), 0), self._length)


class Layout:
    """Where the tokens of a batch lie once paragraphs stand apart.

    Attributes
    ----------
    size : int
        Places, tokens and gaps.
    place : ndarray of int64, shape (tokens,)
    opens : ndarray of int64, shape (paragraphs,)
        The first token of each paragraph.
    first, last : ndarray of int64, shape (sentences,)
        The first and the last place of each sentence.
    """

    def __init__(self, batch: Batch) -> None:
        n = len(batch)
        rank = np.zeros(n, dtype=np.int64)
        opens = np.flatnonzero(batch.paragraph[1:] != batch.paragraph[:-1]) + 1
        rank[opens] = GAP
        self.place = np.arange(GAP, n + GAP) + np.cumsum(rank)
        self.size = (int(self.place[-1]) + 1 if n else GAP) + GAP
        self.opens = np.concatenate([[0], opens]).astype(np.int64) if n else np.zeros(0, dtype=np.int64)
        self.first, self.last = self.place[batch.first], self.place[batch.last - 1]
        # no search goes on beyond its sentence
        self._opens, self._closes = np.zeros((2, self.size), dtype=np.bool_)
        self._opens[self.first] = self._closes[self.last] = True

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

    def before(self, flag: Flags) -> Nearest:
        """Return the last flagged place in front of each place in its sentence."""
        ends, place = self._stretches(flag, self._closes)
        # what stands up to the first end has nothing in front of it
        none = np.array([_NOWHERE], dtype=np.int32)
        return Nearest(np.concatenate([none, place]), np.diff(ends, prepend=-1, append=self.size - 1), behind=False)

    def after(self, flag: Flags) -> Nearest:
        """Return the first flagged place behind each place in its sentence."""
        ends, place = self._stretches(flag, self._opens)
        none = np.array([_NOWHERE], dtype=np.int32)
        return Nearest(np.concatenate([place, none]), np.diff(ends, prepend=0, append=self.size), behind=True)

    @staticmethod
    def _stretches(flag: Flags, wall: Flags) -> tuple[Places, Codes]:
        """Return the places that are flagged or walls, and for each itself, or `_NOWHERE` for a wall."""
        ends = np.flatnonzero(flag | wall)
        return ends, np.where(wall[ends], _NOWHERE, ends).astype(np.int32)


def _cuts(low: int, high: int, begins: Sequence[int]) -> Places:
    """Return where a long paragraph is cut: at the first sentence behind each `_PIECE` tokens, none too short."""
    cuts, last = [], low
    for place in begins:
        if place - last >= _PIECE and high - place >= _PIECE // 2:
            cuts.append(place)
            last = place
    return np.array(cuts, dtype=np.int64)


def shifted(column: NDArray[Any], by: int) -> NDArray[Any]:
    """Return a column whose place i holds what stood at i + by."""
    moved = np.zeros_like(column)
    if by > 0:
        moved[:-by] = column[by:]
    elif by < 0:
        moved[-by:] = column[:by]
    else:
        moved[:] = column
    return moved


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
        self.sizes = {"kind": kinds.codes, "tag": len(classes.tags) + UNKNOWN}
        # the types that stand at all places, numbered from one on; 0 in the gaps
        self.type = layout.spread(batch.type + 1)
        vocabulary = batch.vocabulary
        self.tag = self._of_type(vocabulary.column(("tag", id(classes)), classes.tag_codes, of_folded=False))
        self.kind = layout.spread(self._kinds(cues, kinds)).astype(np.uint8)
        quotation = layout.spread(batch.quotation + 1)
        here = (self.type > 0).astype(np.uint8)
        self.inside = quoted = quotation > 0
        change = np.ones(layout.size + 1, dtype=np.bool_)
        change[1:-1] = quotation[1:] != quotation[:-1]
        opens, closes = (quoted & change[:-1]).view(np.uint8), (quoted & change[1:]).view(np.uint8)
        self.quote: Small = here + _INSIDE * quoted.view(np.uint8) + _OPENS * opens + _CLOSES * closes
        self.place = here
        self.place[layout.first] += _FIRST
        self.place[layout.last] += _LAST
        self.place[layout.place[layout.opens]] += _FIRST_OF_PARAGRAPH
        self.built: dict[str, NDArray[Any]] = {}
        self._far(
            self._of_type(vocabulary.column("mark", _mark_codes)), self._of_type(vocabulary.column("link", _link_codes))
        )
        self._near()

    def _of_type(self, codes: Codes) -> Small:
        """Return a column of types as one of places, `PAD` in the gaps."""
        return np.concatenate([[PAD], codes]).astype(np.uint8).take(self.type)

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
        tags, tag, quote = self.sizes["tag"], self.tag, wide(self.quote)
        kind_row, tag_row = wide(self.kind) * tags, wide(tag) * tags
        pair = tag_row + shifted(tag, 1)
        self.built |= {
            "kind": self.kind,
            "kind pair": wide(self.kind) * self.sizes["kind"] + shifted(self.kind, 1),
            "kind tag": kind_row + tag,
            "kind tag on": kind_row + shifted(tag, 1),
            "tag triple": shifted(tag, -1).astype(np.int32) * tags**2 + pair,
            "state": (quote * PLACE_CODES + self.place) * tags + tag,
            "quote tag": quote * tags + tag,
            "quotes": (shifted(quote, -1) * QUOTE_CODES + quote) * QUOTE_CODES + shifted(quote, 1),
        }

    def _far(self, marks: Small, links: Small) -> None:
        layout, kinds, tags = self.layout, self.kinds.codes, self.sizes["tag"]
        last_cue, next_cue = layout.before(self.kind > UNKNOWN), layout.after(self.kind > UNKNOWN)
        finite = np.array([False, *(tag in FINITE for tag in self.classes.tags)])[self.tag]
        last_mark, next_mark = layout.before(marks > 0), layout.after(marks > 0)
        last_link = layout.before(links > 0)
        quote_back, quote_on = layout.before(self.inside).distance, layout.after(self.inside).distance
        cue_back, cue_on = last_cue.distance, next_cue.distance
        mark_back, mark_on = last_mark.distance, next_mark.distance
        left, right = wide(last_cue.of(self.kind)), wide(next_cue.of(self.kind))
        mark_left, mark_right = wide(last_mark.of(marks)), wide(next_mark.of(marks))
        n, d, m = 2, DISTANCES, len(MARKS) + 2
        none = DISTANCES - 1
        inside = self.inside.view(np.uint8)
        within = bits(left > 0, right > 0, quote_back < none, quote_on < none, self.inside)
        self.built |= {
            "cues": (left * kinds + right) * n + inside,
            "cue back": left * d + cue_back,
            "cue on": right * d + cue_on,
            "cue back tag": left * tags + self.tag,
            "cue on tag": right * tags + self.tag,
            "quoted": (wide(quote_back) * d + quote_on) * 32 + within,
            "verb back": wide(layout.before(finite).distance) * tags + self.tag,
            "verb on": wide(layout.after(finite).distance) * tags + self.tag,
            "marks": (((mark_left * m + mark_right) * d + mark_back) * d + mark_on) * n + inside,
            "link": wide(last_link.of(links)) * d + last_link.distance,
            "cue mark back": (left * m + mark_left) * 4 + bits(cue_back > mark_back, self.inside),
            "cue mark on": (right * m + mark_right) * 4 + bits(cue_on < mark_on, self.inside),
        }


def wide(column: Small) -> NDArray[np.uint16]:
    """Return a column in which products of codes have room: all but those of three parts of speech."""
    return column.astype(np.uint16)


def bits(*flags: Flags) -> Small:
    """Return flags, eight at most, as the digits of one number, the first in front."""
    number = flags[0].astype(np.uint8)
    for flag in flags[1:]:
        number += number
        number |= flag.view(np.uint8)
    return number


def _mark_codes(folded: Sequence[str]) -> Codes:
    number = {mark: index for index, mark in enumerate(MARKS, 1)}
    other = len(MARKS) + 1
    letters = letters_of(folded)
    codes = np.zeros(len(folded), dtype=np.int32)
    for place in letters.others(letters.first > MARK):
        word = folded[place]
        codes[place] = number.get(word, 0 if word[0].isalnum() else other)
    return codes


def _link_codes(folded: Sequence[str]) -> Codes:
    number = {word: index for index, word in enumerate(LINK_WORDS, 1)}
    return np.fromiter(map(number.get, folded, repeat(PAD)), dtype=np.int32, count=len(folded))
