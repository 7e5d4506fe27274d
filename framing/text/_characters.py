"""What kind of character stands where: one table look-up for a whole batch of text."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

SPACE, NEWLINE, LETTER, DIGIT, APOSTROPHE, HYPHEN, PERIOD, COMMA, AMPERSAND, DASH, QUOTE, MARK = range(12)

_PLANE = 0x10000
_SPECIAL = {
    "'": APOSTROPHE, "’": APOSTROPHE, "ʼ": APOSTROPHE, "＇": APOSTROPHE,
    "-": HYPHEN, "‐": HYPHEN, "‑": HYPHEN,
    **dict.fromkeys('"“”„‟«»＂‘‚‹›`', QUOTE),
    "–": DASH, "—": DASH, "―": DASH,
    ".": PERIOD, ",": COMMA, "&": AMPERSAND, "_": LETTER,
    "\n": NEWLINE, "\r": NEWLINE, "\x0b": NEWLINE, "\x0c": NEWLINE, "\x85": NEWLINE,
    "\u2028": NEWLINE, "\u2029": NEWLINE,
    # joiners and the soft hyphen stand inside words, the byte order mark and the zero-width space between them
    "\u00ad": LETTER, "\u200c": LETTER, "\u200d": LETTER, "\u2060": LETTER, "\ufeff": SPACE, "\u200b": SPACE,
}  # fmt: skip


def _class_of(character: str) -> int:
    special = _SPECIAL.get(character)
    if special is not None:
        return special
    category = unicodedata.category(character)
    if category[0] in "LM":
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
        return found
    return table[points]
