"""Which columns the finder weighs, at which distance from a token, and which parts of a combined column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError
from framing.measures.attribution.finder._classes import Codes
from framing.measures.attribution.finder._columns import DISTANCES, LINK_WORDS, MARKS, PLACE_CODES, QUOTE_CODES

# O, then begin and inside of source, cue and content; 0 is the code of a gap
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
OUTSIDE, SOURCE, CUE, CONTENT = 0, 1, 3, 5
LABEL_CODES = len(LABELS) + 1
# codes of kinds of cues and of parts of speech: two kinds fit into 16 bits, a part of speech into 8
MOST_KINDS, MOST_TAGS = 180, 255
# the levels of word clusters
CLUSTERS = ("cluster", "fine cluster", "finest cluster")


@dataclass(frozen=True, slots=True)
class Template:
    """A column seen from a token, whose every value has a weight for each label.

    Attributes
    ----------
    column : str
    offset : int
        How many tokens behind (in front, if negative) the weighed one.
    axes : tuple of int
        The parts of a combined column that count; all, if empty.
    """

    column: str
    offset: int = 0
    axes: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """A key for files and messages."""
        parts = ",".join(map(str, self.axes))
        return f"{self.column}[{parts}]{self.offset:+d}" if parts else f"{self.column}{self.offset:+d}"


def _at(column: str, low: int, high: int, *axes: tuple[int, ...]) -> list[Template]:
    return [Template(column, offset, part) for offset in range(low, high + 1) for part in (axes or ((),))]


# of one token's spelling; added up once for each type
OF_TYPE = tuple(template for column in ("word", "tag", *CLUSTERS, "ending", "shape") for template in _at(column, -2, 2))
FIRST_PASS = (
    *_at("kind", -2, 2), Template("kind pair"), Template("kind tag"), Template("kind tag on"),
    *_at("tag triple", -1, 1),
    *_at("state", 0, 0, (0,), (1,), (1, 2), (0, 1), (0, 2)),
    *_at("quote tag", -1, -1, (0,), (0, 1)), *_at("quote tag", 1, 1, (0,), (0, 1)),
    Template("quotes"),
    *_at("cues", 0, 0, (0, 2), (1, 2), (0, 1, 2)), Template("cue back"), Template("cue on"),
    Template("cue back tag"), Template("cue on tag"),
    *_at("quoted", 0, 0, (0, 1), (4, 5, 6), (2, 3, 4, 5, 6)),
    *_at("verb back", 0, 0, (0,), (0, 1)), *_at("verb on", 0, 0, (0,), (0, 1)),
    *_at("marks", 0, 0, (0, 4), (1, 4), (0, 1, 2, 3)), Template("link"),
    Template("cue mark back"), Template("cue mark on"),
)  # fmt: skip
# of what the first pass said
SECOND_PASS = (
    *_at("label", -4, 4), *_at("labels", 0, 0, (0, 1), (1, 2), (2, 3), (3, 4), (1, 2, 3), (0, 1, 2, 3, 4)),
    Template("label tag"), Template("label tag back"), Template("label tag on"),
    Template("label cue"), Template("label cue back"), Template("label cue on"), Template("label order"),
    Template("label back"), Template("label on"), Template("label all"), Template("label all tag"),
    Template("label neighbours"), Template("label neighbours tag"),
)  # fmt: skip


def radices(sizes: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return how many codes each part of each column has.

    Parameters
    ----------
    sizes : mapping of str to int
        Codes of ``kind`` and ``tag``.

    Raises
    ------
    InputError
        If they are more than narrow columns have room for.
    """
    k, t = sizes["kind"], sizes["tag"]
    if k > MOST_KINDS or t > MOST_TAGS:
        msg = f"the model has {k} codes of cues and {t} of words; allowed are at most {MOST_KINDS} and {MOST_TAGS}"
        raise InputError(msg)
    q, p, d, m, lab = QUOTE_CODES, PLACE_CODES, DISTANCES, len(MARKS) + 2, LABEL_CODES
    return {
        "kind": (k,), "kind pair": (k, k), "kind tag": (k, t), "kind tag on": (k, t), "tag triple": (t, t, t),
        "state": (q, p, t), "quote tag": (q, t), "quotes": (q, q, q), "cues": (k, k, 2), "cue back": (k, d),
        "cue on": (k, d), "cue back tag": (k, t), "cue on tag": (k, t), "quoted": (d, d, 2, 2, 2, 2, 2),
        "verb back": (d, t), "verb on": (d, t), "marks": (m, m, d, d, 2), "link": (len(LINK_WORDS) + 1, d),
        "cue mark back": (k, m, 2, 2), "cue mark on": (k, m, 2, 2),
        "label": (lab,), "labels": (lab,) * 5, "label tag": (lab, t), "label tag back": (lab, t),
        "label tag on": (lab, t), "label cue": (2, 2, 2, 4), "label cue back": (k, d), "label cue on": (k, d),
        "label order": (2, 2, 2, 2, 2, 2, 4), "label back": (d, d, d), "label on": (d, d, d),
        "label all": (2,) * 7, "label all tag": (2, 2, 2, 2, 2, t), "label neighbours": (4, 4, d, d),
        "label neighbours tag": (4, 4, t),
    }  # fmt: skip


def project(codes: NDArray[np.integer[Any]], radix: Sequence[int], axes: Sequence[int]) -> Codes:
    """Return the codes of some parts of a combined column, as a number of their own."""
    whole = codes.astype(np.int32)
    if not axes:
        return whole
    projected = whole * 0
    for axis in axes:
        stride = 1
        for size in radix[axis + 1 :]:
            stride *= size
        projected = projected * radix[axis] + whole // stride % radix[axis]
    return projected
