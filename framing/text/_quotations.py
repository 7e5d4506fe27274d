"""Quotation marks: which open, which close, and what stands between them.

The marks of a paragraph are read from left to right. Each has a role that its shape or its neighbours suggest, and a
stack holds the quotations that are open. A quotation that its paragraph leaves open goes on in the next one if that
begins with an opening mark of the same kind, as newspapers print long quotations; otherwise it ends with its
paragraph, so a mark that never closes costs at most that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.text._characters import APOSTROPHE, DIGIT, LETTER, NEWLINE, QUOTE, SPACE

Offsets = NDArray[np.int64]

_DOUBLE = '"“”„‟«»＂'
_PARTNERS = {"„": "“”", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "›": "‹"}
# 'em, 'tis, rock 'n' roll; 'cause' with a mark on its other side is a word in quotation marks
_ELISION = re.compile(r"\d\ds\b|n\b|(?:em|til|tis|twas|cause|bout|round|cuz|nuff)\b(?!['’])", re.IGNORECASE)
_LONGEST_SINGLE = 600
_OPENS_BEHIND = np.array([ord(mark) for mark in "([{—–-"], dtype=np.uint32)
_PUNCTUATION = frozenset(".,?!…;:—–-)")


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a batch, as columns; in the order of their opening marks.

    Attributes
    ----------
    start, end : ndarray of int64, shape (quotations,)
        Offsets of the opening mark and behind the closing mark (of the paragraph's end where none closes).
    depth : ndarray of int8
        0 for a quotation that stands in none, 1 for one inside it, ...
    closed : ndarray of bool
        Whether a closing mark was found in the same paragraph.
    continued : ndarray of bool
        Whether it goes on in the following quotation, at the head of the next paragraph.
    """

    start: Offsets
    end: Offsets
    depth: NDArray[np.int8]
    closed: NDArray[np.bool_]
    continued: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class _Open:
    place: int
    mark: str
    row: int


class _Reader:
    """Reads the marks of one batch, paragraph by paragraph."""

    def __init__(self, text: str, kind: NDArray[np.uint8]) -> None:
        self.text = text
        self.kind = kind
        self.rows: list[list[int]] = []  # start, end, depth, closed, continued
        self.stack: list[_Open] = []

    def _is(self, place: int, low: int, high: int, *wanted: int) -> bool:
        return low <= place < high and int(self.kind[place]) in wanted

    def _open(self, place: int) -> None:
        self.stack.append(_Open(place, self.text[place], len(self.rows)))
        self.rows.append([place, place + 1, 0, 0, 0])

    def _close(self, place: int, level: int) -> None:
        """Close the quotation at `level` of the stack; those inside it that are still open were no quotations."""
        for stray in self.stack[level + 1 :]:
            self.rows[stray.row][1] = -1
        opened = self.stack[level]
        self.rows[opened.row][1] = place + 1
        self.rows[opened.row][3] = 1
        del self.stack[level:]

    def _find(self, marks: str) -> int | None:
        for level in range(len(self.stack) - 1, -1, -1):
            if self.stack[level].mark in marks:
                return level
        return None

    def _double(self, place: int, low: int, high: int) -> None:
        mark = self.text[place]
        spaced = place == low or self._is(place - 1, low, high, SPACE, NEWLINE) or self.text[place - 1] in "([{—–-"
        tight = place + 1 < high and not self._is(place + 1, low, high, SPACE, NEWLINE)
        if mark in "«»":
            self._guillemet(place, mark, spaced=spaced, tight=tight)
            return
        level = self._find('"“”„‟＂')
        if mark == "“" and level is not None and self.stack[level].mark == "„":
            self._close(place, level)
        elif mark in "“‟„":
            if level is not None:
                self._give_up(place, level)
            self._open(place)
        elif mark == "”":
            if level is not None:
                self._close(place, level)
            elif spaced and tight:
                self._open(place)  # a house style that opens with the closing mark
        elif level is None:
            # a straight mark behind a figure and with nothing open is inches or seconds
            if tight and (spaced or not self._is(place - 1, low, high, DIGIT, LETTER)):
                self._open(place)
        elif spaced and tight and not self._ends_here(place, low):
            self._give_up(place, level)
            self._open(place)
        else:
            self._close(place, level)

    def _ends_here(self, place: int, low: int) -> bool:
        """Tell whether a straight mark with a space in front may close all the same: ``word. "Then``."""
        return place > low and place >= 2 and self.text[place - 1] in "—–-" and self.text[place - 2] != " "

    def _give_up(self, place: int, level: int) -> None:
        """End a quotation that never closed with the sentence it stands in, since another one opens."""
        opened = self.stack[level]
        for stray in self.stack[level + 1 :]:
            self.rows[stray.row][1] = -1
        # it holds what was closed inside it
        start = max([opened.place, *(row[1] for row in self.rows[opened.row + 1 :])])
        text = self.text[start:place]
        cut = max(text.rfind(". "), text.rfind("? "), text.rfind("! "))
        end = start + (cut + 1 if cut >= 0 else len(text.rstrip()))
        self.rows[opened.row][1] = end if end > opened.place + 1 else -1
        del self.stack[level:]

    def _guillemet(self, place: int, mark: str, *, spaced: bool, tight: bool) -> None:
        level = self._find(_PARTNERS[mark])
        if level is not None:
            self._close(place, level)
        elif (spaced or place == 0) or (mark == "«" and not tight):
            self._open(place)

    def _single(self, place: int, low: int, high: int, *, later: bool, opens_next: bool) -> None:
        """Read a single mark: `later` one may close, and `opens_next` tells whether another opens before that."""
        text, mark = self.text, self.text[place]
        before_word = self._is(place - 1, low, high, LETTER, DIGIT) or self._ends_initials(place, low)
        after_word = self._is(place + 1, low, high, LETTER, DIGIT)
        if mark in "‹›":
            self._guillemet(place, mark, spaced=not before_word, tight=after_word)
            return
        level = self._find("'‘‚`")
        if level is not None and mark in "'’‘" and not (mark == "‘" and self.stack[level].mark != "‚"):
            if after_word:
                return
            plural = before_word and text[place - 1] in "sS" and self._is(place + 1, low, high, SPACE)
            possessive = plural and later and not opens_next
            if not possessive and place > self.stack[level].place + 1:
                self._close(place, level)
            return
        if before_word or not after_word or mark == "’" or not later:
            return
        if self._is_elision(place, high):
            return
        self._open(place)

    def _is_elision(self, place: int, high: int) -> bool:
        straight_year = self.text[place] == "'" and self.text[place + 1 : place + 3].isdigit()
        return straight_year or (self.text[place] in "'‘" and _ELISION.match(self.text, place + 1, high) is not None)

    def _ends_initials(self, place: int, low: int) -> bool:
        """Tell whether a mark stands behind the last period of initials: the U.S.'s."""
        return place - low > 3 and self.text[place - 1] == "." == self.text[place - 3]

    def paragraph(self, places: list[int], low: int, high: int, following: str) -> None:
        """Read the marks at `places` of the paragraph that lies between `low` and `high`.

        `following` is the next paragraph's first character.
        """
        text = self.text
        closers = [p for p in places if text[p] in "'’" and self._closes_single(p, low, high)]
        openers = [p for p in places if text[p] in "'‘" and self._opens_single(p, low, high)] if closers else []
        for place in places:
            mark = text[place]
            if mark in _DOUBLE:
                self._double(place, low, high)
            elif mark != "`":
                close, begin = _next(closers, place, high), _next(openers, place, high)
                # ‚so‘ closes with what opens elsewhere; and a paragraph may leave it to the next one to close
                later = close < min(high, place + _LONGEST_SINGLE) or mark == "‚" or (mark == "‘" == following)
                self._single(place, low, high, later=later, opens_next=begin < close)
        self._finish(high, following)

    def _opens_single(self, place: int, low: int, high: int) -> bool:
        behind = place == low or not self._is(place - 1, low, high, LETTER, DIGIT)
        return behind and self._is(place + 1, low, high, LETTER, DIGIT) and not self._is_elision(place, high)

    def _closes_single(self, place: int, low: int, high: int) -> bool:
        """Tell whether a single mark can only close: behind punctuation, or before it, or at the end."""
        if self._is(place + 1, low, high, LETTER, DIGIT) or place == low:
            return False
        before, after = self.text[place - 1], self.text[place + 1] if place + 1 < high else " "
        if before.isspace():
            return False
        if before in _PUNCTUATION or after in _PUNCTUATION or after in '"”':
            return True
        # ‘so-called’ experts: a closing mark, unless it looks like a plural's possessive
        return before not in "sS" or self._opened_near(place)

    def _opened_near(self, place: int) -> bool:
        window = self.text[max(0, place - 60) : place]
        opening = max(window.rfind(" '"), window.rfind("‘"))
        return opening >= 0 and not any(mark in window[opening + 2 :] for mark in "'’")

    def _finish(self, high: int, following: str) -> None:
        """End what the paragraph leaves open."""
        end = high
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        for opened in self.stack:
            row = self.rows[opened.row]
            goes_on = following == opened.mark and opened.row == self.stack[0].row
            if (opened.mark in "'‘‚`‹›" and not (goes_on and opened.mark == "‘")) or end <= opened.place + 1:
                row[1] = -1
                continue
            row[1] = end
            row[4] = int(goes_on)
        self.stack.clear()


def _next(places: list[int], place: int, high: int) -> int:
    """Return the first of some places behind `place`, or `high`."""
    index = bisect_right(places, place)
    return places[index] if index < len(places) else high


def _nested(rows: list[list[int]]) -> NDArray[np.int64]:
    """Return the rows that are quotations, with their depths; some that were opened have turned out to be none."""
    kept = [row for row in rows if row[1] > 0]
    ends: list[int] = []
    for row in kept:
        while ends and ends[-1] <= row[0]:
            ends.pop()
        row[2] = len(ends)
        ends.append(row[1])
    return np.array(kept, dtype=np.int64).reshape(-1, 5)


def _in_plain_pairs(
    points: NDArray[np.uint32], kind: NDArray[np.uint8], places: Offsets, owner: Offsets, start: Offsets
) -> NDArray[np.bool_]:
    """Tell which marks stand in paragraphs whose marks are nothing but pairs: most paragraphs, read in columns.

    A pair is “ and ”, or two straight marks of which the first can only open and the second cannot.
    """
    if not places.size:
        return np.zeros(0, dtype=np.bool_)
    first = np.concatenate([[0], np.flatnonzero(np.diff(owner)) + 1])
    size = np.diff(first, append=len(places))
    opening = (np.arange(len(places)) - np.repeat(first, size)) % 2 == 0
    mark = points[places]
    before = points[np.maximum(places - 1, 0)]
    blank = (kind == SPACE) | (kind == NEWLINE)
    spaced = (places == start[owner]) | blank[np.maximum(places - 1, 0)] | np.isin(before, _OPENS_BEHIND)
    tight = ~blank[np.minimum(places + 1, len(kind) - 1)] & (places + 1 < len(kind))
    straight = (mark == ord('"')) & ((spaced & tight) == opening)
    curly = mark == np.where(opening, ord("“"), ord("”"))
    whole = (np.logical_and.reduceat(straight, first) | np.logical_and.reduceat(curly, first)) & (size % 2 == 0)
    return np.repeat(whole, size)


def quotations(
    text: str,
    points: NDArray[np.uint32],
    kind: NDArray[np.uint8],
    start: Offsets,
    end: Offsets,
    article: NDArray[np.intp],
) -> Quotations:
    """Find the quotations.

    Parameters
    ----------
    text : str
        The joined text of a batch.
    points, kind : ndarray, shape (len(text),)
        Code points and character classes.
    start, end : ndarray of int64, shape (paragraphs,)
        The paragraphs.
    article : ndarray of int, shape (paragraphs,)
        The article of each paragraph; a quotation never goes on in the next article.

    Returns
    -------
    Quotations
    """
    places = np.flatnonzero((kind == QUOTE) | (kind == APOSTROPHE))
    if places.size:
        # most single marks are apostrophes between two letters
        inner = (places > 0) & (places < len(text) - 1)
        left, right = kind[np.maximum(places - 1, 0)], kind[np.minimum(places + 1, len(text) - 1)]
        apostrophe = inner & (left == LETTER) & (right == LETTER) & (kind[places] == APOSTROPHE)
        places = places[~apostrophe]
    reader = _Reader(text, kind)
    owner = np.searchsorted(start, places, side="right") - 1
    plain = _in_plain_pairs(points, kind, places, owner, start)
    pairs = places[plain].reshape(-1, 2)
    reader.rows += [[low, high + 1, 0, 1, 0] for low, high in pairs.tolist()]
    places, owner = places[~plain], owner[~plain]
    cuts = np.flatnonzero(np.diff(owner)) + 1
    for group in np.split(places, cuts) if places.size else []:
        index = int(np.searchsorted(start, group[0], side="right") - 1)
        goes_on = index + 1 < len(start) and article[index + 1] == article[index]
        following = text[int(start[index + 1]) : int(end[index + 1])].lstrip()[:1] if goes_on else ""
        reader.paragraph(group.tolist(), int(start[index]), int(end[index]), following)
    rows = _nested(sorted(reader.rows))
    return Quotations(
        start=rows[:, 0],
        end=rows[:, 1],
        depth=rows[:, 2].astype(np.int8),
        closed=rows[:, 3].astype(np.bool_),
        continued=rows[:, 4].astype(np.bool_),
    )
