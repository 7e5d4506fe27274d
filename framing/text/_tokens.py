"""Words, numbers and marks: where each token of a batch begins and ends."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from framing.text._characters import (
    AMPERSAND,
    APOSTROPHE,
    COMMA,
    DIGIT,
    HYPHEN,
    LETTER,
    LOW_LINE,
    NEWLINE,
    PERIOD,
    SPACE,
)

Flags = NDArray[np.bool_]
Offsets = NDArray[np.int64]

_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"“”‘’]+|\w+://[^\s<>\"“”‘’]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|co\.uk|info)\b(?:/[^\s<>\"“”‘’]*)?")
_REACH = 80
_TRAILING = ".,;:!?)]}'’\"”"


def _before(flags: Flags, by: int = 1) -> Flags:
    """Return, for each place, the flag `by` places in front of it."""
    shifted = np.zeros_like(flags)
    shifted[by:] = flags[:-by]
    return shifted


def _after(flags: Flags, by: int = 1) -> Flags:
    """Return, for each place, the flag `by` places behind it."""
    shifted = np.zeros_like(flags)
    shifted[:-by] = flags[by:]
    return shifted


def _joiners(kind: NDArray[np.uint8], alnum: Flags) -> Flags:
    """Return which marks hold two parts of one word together: don't, well-known, 3.5, 1,500, U.S, AT&T, snake_case."""
    places = np.flatnonzero((kind >= APOSTROPHE) & (kind <= LOW_LINE))
    places = places[(places > 0) & (places < kind.size - 1)]
    before, after, mark = kind[places - 1], kind[places + 1], kind[places]
    both = alnum[places - 1] & alnum[places + 1]
    digits = (before == DIGIT) & (after == DIGIT)
    letters = (before == LETTER) & (after == LETTER)
    # one letter on each side, as in U.S or e.g; `places` may stand at the rim
    lone = letters & ~_at(alnum, places - 2) & (~_at(alnum, places + 2) | (_at_kind(kind, places + 2) == PERIOD))
    joins = (
        (both & ((mark == APOSTROPHE) | (mark == HYPHEN) | (mark == LOW_LINE)))
        | (digits & ((mark == PERIOD) | (mark == COMMA)))
        | (lone & (mark == PERIOD))
        | (letters & (mark == AMPERSAND))
    )
    found = np.zeros(kind.size, dtype=np.bool_)
    found[places[joins]] = True
    return found


def _at(flags: Flags, places: Offsets) -> Flags:
    inside = (places >= 0) & (places < flags.size)
    found: Flags = inside & flags[np.clip(places, 0, flags.size - 1)]
    return found


def _at_kind(kind: NDArray[np.uint8], places: Offsets) -> NDArray[np.uint8]:
    inside = (places >= 0) & (places < kind.size)
    return np.where(inside, kind[np.clip(places, 0, kind.size - 1)], SPACE).astype(np.uint8)


def _last_periods(kind: NDArray[np.uint8], word: Flags, joined: Flags) -> Offsets:
    """Return the periods that close initials (the last one of U.S. or D.C.)."""
    inner = np.flatnonzero(joined & (kind == PERIOD))
    inner = inner[kind[inner - 1] == LETTER]
    last = inner + 2
    last = last[last < kind.size]
    found: Offsets = last[(kind[last] == PERIOD) & ~_at(word, last + 1)]
    return found


def _behind_initials(text: str, kind: NDArray[np.uint8], last: Offsets) -> Offsets:
    """Return the marks that tie a word to the initials in front: U.N.-backed, the U.S.'s."""
    tied = last + 1
    tied = tied[_at_kind(kind, tied + 1) == LETTER]
    hyphen = kind[tied] == HYPHEN
    possessive = (kind[tied] == APOSTROPHE) & ~_is_word_mark(kind, tied + 2)
    possessive[possessive] = [text[place + 1] in "sS" for place in tied[possessive].tolist()]
    found: Offsets = tied[hyphen | possessive]
    return found


def _is_word_mark(kind: NDArray[np.uint8], places: Offsets) -> Flags:
    return np.isin(_at_kind(kind, places), (LETTER, DIGIT))


def _decades(text: str, kind: NDArray[np.uint8], word: Flags) -> Offsets:
    """Return the apostrophes that stand for a century: '90s, ’68."""
    places = np.flatnonzero(kind == APOSTROPHE)
    places = places[~word[places] & ~_at(word, places - 1)]
    for by in (1, 2):
        places = places[_at_kind(kind, places + by) == DIGIT]
    after = _at_kind(kind, places + 3)
    plural = (after == LETTER) & ~_is_word_mark(kind, places + 4)
    plural[plural] = [text[place + 3] == "s" for place in places[plural].tolist()]
    # a straight mark in front of a bare number may as well open a quotation
    bare = ~_is_word_mark(kind, places + 3)
    bare[bare] = [text[place] == "’" for place in places[bare].tolist()]
    found: Offsets = places[plural | bare]
    return found


def _find_all(text: str, part: str) -> list[int]:
    places, place = [], text.find(part)
    while place >= 0:
        places.append(place)
        place = text.find(part, place + 1)
    return places


def _addresses(text: str, kind: NDArray[np.uint8], joined: Flags, word: Flags) -> Offsets:
    """Mark web and mail addresses as words in place; return where each begins."""
    # the few places that hint at an address are found first: a search for it everywhere would cost three word passes
    dots = np.flatnonzero((kind == PERIOD) & ~joined)
    dots = dots[_at_kind(kind, dots + 1) == LETTER]
    dots = dots[_at_kind(kind, dots - 1) != SPACE]
    hints = [(place, _WEB) for part in ("://", "www.") for place in _find_all(text, part)]
    hints += [(place, _MAIL) for place in _find_all(text, "@")]
    hints += [(place, _SITE) for place in dots.tolist()]
    starts, done = [], 0
    for place, pattern in sorted(hints, key=lambda hint: hint[0]):
        if place < done:
            continue
        reach = max(done, place - _REACH)
        blank = max(text.rfind(" ", reach, place), text.rfind("\n", reach, place))
        match = pattern.search(text, max(blank + 1, reach), min(place + 2000, len(text)))
        if match is None or not match.start() <= place < match.end():
            continue
        start = match.start()
        done = start + len(match.group().rstrip(_TRAILING))
        # some spaces have no width, and the pattern does not know them
        blanks = np.flatnonzero(kind[start:done] <= NEWLINE)
        done = start + int(blanks[0]) if blanks.size else done
        word[start:done] = True
        starts.append(start)
    return np.array(starts, dtype=np.int64)


def tokenise(text: str, points: NDArray[np.uint32], kind: NDArray[np.uint8]) -> tuple[Offsets, Offsets, Flags]:
    """Find the tokens of a text.

    A token is a word (contractions, hyphenated words, initials, numbers, decades, web and mail addresses are one), or
    a mark of one character; runs of one mark (``...``, ``--``) are one token.

    Parameters
    ----------
    text : str
        The text, of n characters.
    points : ndarray of uint32, shape (n,)
        Its code points.
    kind : ndarray of uint8, shape (n,)
        Their classes, from `framing.text._characters`.

    Returns
    -------
    start, end : ndarray of int64, shape (tokens,)
        Character offsets, end exclusive.
    is_word : ndarray of bool, shape (tokens,)
        False for marks.
    """
    if not text:
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing, np.empty(0, dtype=np.bool_)
    alnum = (kind == LETTER) | (kind == DIGIT)
    joined = _joiners(kind, alnum)
    for place in _find_all(text, "Ph.D."):
        joined[place + 2] = True
    word = alnum | joined
    last = _last_periods(kind, word, joined)
    word[last] = True
    word[_behind_initials(text, kind, last)] = True
    word[_decades(text, kind, word)] = True
    own_start = _addresses(text, kind, joined, word)
    begins = word & ~_before(word)
    begins[own_start] = True
    mark = ~word & (kind != SPACE) & (kind != NEWLINE)
    same = np.zeros_like(mark)
    same[1:] = mark[1:] & mark[:-1] & (points[1:] == points[:-1])
    # only periods and hyphens make runs; two quotation marks side by side stay two
    same &= (kind == PERIOD) | (kind == HYPHEN)
    starts = begins | (mark & ~same)
    inside = word | mark
    ends = inside & (_after(starts) | ~_after(inside))
    start = np.flatnonzero(starts)
    end = np.flatnonzero(ends) + 1
    return start, end, word[start]
