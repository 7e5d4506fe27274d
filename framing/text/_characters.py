"""What kind of character stands where: one table look-up for a whole batch of text."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

SPACE, NEWLINE, LETTER, DIGIT, APOSTROPHE, HYPHEN, PERIOD, COMMA, AMPERSAND, LOW_LINE, DASH, QUOTE, MARK = range(13)

_PLANE = 0x10000
# joiners and the soft hyphen belong, like combining marks, to the word in front; alone they are no word
_JOINERS = frozenset("\u00ad\u200c\u200d\u2060")
_EXTENDER = MARK + 1
_SPECIAL = {
    "'": APOSTROPHE, "’": APOSTROPHE, "ʼ": APOSTROPHE, "＇": APOSTROPHE,
    "-": HYPHEN, "‐": HYPHEN, "‑": HYPHEN,
    **dict.fromkeys('"“”„‟«»＂‘‚‹›`', QUOTE),
    "–": DASH, "—": DASH, "―": DASH,
    ".": PERIOD, ",": COMMA, "&": AMPERSAND, "_": LOW_LINE,
    "\n": NEWLINE, "\r": NEWLINE, "\x0b": NEWLINE, "\x0c": NEWLINE, "\x85": NEWLINE,
    "\u2028": NEWLINE, "\u2029": NEWLINE,
    # the byte order mark and the zero-width space stand between words
    "\ufeff": SPACE, "\u200b": SPACE,
}  # fmt: skip


def _class_of(character: str) -> int:
    special = _SPECIAL.get(character)
    if special is not None:
        return special
    category = unicodedata.category(character)
    if category[0] == "M" or character in _JOINERS:
        return _EXTENDER
    if category[0] == "L":
        return LETTER
    if category[0] == "N":
        return DIGIT
    if category[0] == "Z" or category in {"Cc", "Cf"}:
        return SPACE
    return MARK


@cache
def _table() -> NDArray[np.uint8]:
    """Return the class of every character of the basic plane, shape (65536,)."""
    return np.fromiter((_class_of(chr(code)) for code in range(_PLANE)), dtype=np.uint8, count=_PLANE)


def codes(text: str) -> NDArray[np.uint32]:
    """Return the code points of `text`, shape (len(text),); lone surrogates are kept."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)


def classes(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the class of each code point, shape of `points`."""
    table = _table()
    if points.size and points.max() >= _PLANE:
        found = table[np.minimum(points, _PLANE - 1)]
        for code in np.unique(points[points >= _PLANE]):
            found[points == code] = _class_of(chr(code))
    else:
        found = table[points]
    _attach(found)
    return found


def _attach(kind: NDArray[np.uint8]) -> None:
    """Make combining marks and joiners letters behind a letter or a figure, and marks elsewhere; in place."""
    places = np.flatnonzero(kind == _EXTENDER)
    if not places.size:
        return
    heads = np.diff(places, prepend=-2) != 1
    # the sentinel stands for what lies in front of the text
    before = np.where(places[heads] > 0, kind[places[heads] - 1], SPACE)
    attached = np.where((before == LETTER) | (before == DIGIT), LETTER, MARK)
    kind[places] = attached[np.cumsum(heads) - 1]
