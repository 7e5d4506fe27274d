"""Where the paragraphs of a batch begin and end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.text._characters import NEWLINE

Offsets = NDArray[np.int64]

# a text whose lines were wrapped by an editor: full of breaks after 40 to 100 characters, inside sentences
_WRAP_LOW, _WRAP_HIGH, _WRAP_SHARE, _WRAP_LINES = 40, 100, 0.7, 6
_ENDS_SENTENCE = frozenset('.?!:"”’)')
# a break that no writer makes: a line of this length at least, without a mark at its end, goes on in lower case
_LONG_LINE, _ENDS_LINE = 30, _ENDS_SENTENCE | frozenset(";…'»")


def _is_wrapped(text: str, start: int, end: int, breaks: Offsets) -> bool:
    """Tell whether the single line breaks of an article were made by an editor and mean nothing."""
    if len(breaks) < _WRAP_LINES:
        return False
    lengths = np.diff(np.concatenate([[start], breaks, [end]]))[:-1]
    fitting = (lengths >= _WRAP_LOW) & (lengths <= _WRAP_HIGH)
    if fitting.mean() < _WRAP_SHARE:
        return False
    ended = sum(text[place - 1] in _ENDS_SENTENCE for place in breaks.tolist() if place > start)
    return ended < len(breaks) / 2


def _goes_on(text: str, breaks: Offsets, single: NDArray[np.bool_], article_start: Offsets) -> NDArray[np.bool_]:
    """Tell for each break whether it stands inside a sentence, whatever the other lines of the article are like."""
    soft = np.zeros(len(breaks), dtype=np.bool_)
    article = article_start[np.maximum(np.searchsorted(article_start, breaks, side="right") - 1, 0)]
    line = np.maximum(np.concatenate([[0], breaks[:-1] + 1]), article).tolist()
    listed = -1  # where a line begins that is an item of a list in lower case
    for i in np.flatnonzero(single & ~np.isin(breaks + 1, article_start)).tolist():
        place = int(breaks[i])
        if not text[place + 1 : place + 9].lstrip()[:1].islower():
            continue
        end = text[max(place - 8, line[i]) : place].rstrip()[-1:]
        if end == ":" or listed == line[i]:
            listed = place + 1
        else:
            soft[i] = end not in _ENDS_LINE and place - line[i] >= _LONG_LINE
    return soft


def paragraphs(
    text: str, kind: NDArray[np.uint8], token: Offsets, article_start: Offsets, article_end: Offsets
) -> tuple[Offsets, Offsets]:
    """Find the paragraphs.

    A line break ends a paragraph, unless a long line without a mark at its end goes on in lower case; in an article
    whose lines were wrapped by an editor only an empty line does.

    Parameters
    ----------
    text : str
        The joined text of a batch.
    kind : ndarray of uint8, shape (len(text),)
        Character classes.
    token : ndarray of int64, shape (tokens,)
        Where each token begins.
    article_start, article_end : ndarray of int64, shape (articles,)
        The articles' offsets in `text`.

    Returns
    -------
    start, end : ndarray of int64, shape (paragraphs,)
        Offsets; a paragraph holds at least one token, but may have white space at its ends.
    """
    breaks = np.flatnonzero(kind == NEWLINE)
    if "\r\n" in text:  # one break, not an empty line
        pairs = [i + 1 for i in np.flatnonzero(np.diff(breaks) == 1).tolist() if text.startswith("\r\n", breaks[i])]
        breaks = np.delete(breaks, pairs)
    if breaks.size:
        # a break is single if tokens stand between it and its neighbours
        solid = np.diff(np.searchsorted(token, np.concatenate([[0], breaks, [len(text)]]))) > 0
        single = solid[:-1] & solid[1:]
        soft = _goes_on(text, breaks, single, article_start)
        low = np.searchsorted(breaks, article_start)
        high = np.searchsorted(breaks, article_end)
        for article in np.flatnonzero(high - low >= _WRAP_LINES).tolist():
            part = slice(int(low[article]), int(high[article]))
            own = breaks[part][single[part]]
            if _is_wrapped(text, int(article_start[article]), int(article_end[article]), own):
                soft[part] = single[part]
        breaks = breaks[~soft]
    bounds = np.unique(np.concatenate([article_start, article_end, breaks, breaks + 1]))
    start, end = bounds[:-1], bounds[1:]
    keep = np.diff(np.searchsorted(token, bounds)) > 0
    return start[keep], end[keep]
