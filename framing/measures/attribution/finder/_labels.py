"""Columns of what the first pass said, for the second."""

from __future__ import annotations

import numpy as np

from framing.measures.attribution.finder._classes import Codes
from framing.measures.attribution.finder._columns import DISTANCES, Columns, at, shifted
from framing.measures.attribution.finder._templates import CONTENT, CUE, LABEL_CODES, SOURCE

_PART = np.array([0, 0, 1, 1, 2, 2, 3, 3], dtype=np.int32)  # of a label's code: nothing, source, cue, content


def label_columns(columns: Columns, labels: Codes) -> dict[str, Codes]:
    """Return the columns of the second pass by name.

    Parameters
    ----------
    columns : Columns
    labels : ndarray of int32, shape (tokens,)
        What the first pass said, as places in `LABELS`.
    """
    layout, tags = columns.layout, columns.sizes["tag"]
    label = layout.spread(labels + 1)
    part = _PART[label]
    columns_of_label = _near(label, columns.tag, tags)
    last_cue, cue_back = layout.before(label == CUE + 1)
    next_cue, cue_on = layout.after(label == CUE + 1)
    last_source, source_back = layout.before(label == SOURCE + 1)
    next_source, source_on = layout.after(label == SOURCE + 1)
    last_content, content_back = layout.before(label == CONTENT + 1)
    next_content, content_on = layout.after(label == CONTENT + 1)
    left, right = last_cue >= 0, next_cue >= 0
    order = _bits(
        last_source > last_cue,
        _comes_first(next_source, next_cue),
        last_content > last_cue,
        _comes_first(next_content, next_cue),
        left,
        right,
    )
    here = _bits(last_source >= 0, last_content >= 0, next_content >= 0, left, right)
    every = _bits(
        last_source >= 0, next_source >= 0, last_content >= 0, next_content >= 0, left, right, columns.inside > 0
    )
    marked = part > 0
    last_part, part_back = layout.before(marked)
    next_part, part_on = layout.after(marked)
    neighbours = at(last_part, part) * 4 + at(next_part, part)
    d = DISTANCES
    return columns_of_label | {
        "label cue": _bits(left, right, columns.inside > 0) * 4 + part,
        "label cue back": at(last_cue, columns.kind) * d + cue_back,
        "label cue on": at(next_cue, columns.kind) * d + cue_on,
        "label order": order * 4 + part,
        "label back": (source_back * d + cue_back) * d + content_back,
        "label on": (source_on * d + cue_on) * d + content_on,
        "label all": every,
        "label all tag": here * tags + columns.tag,
        "label neighbours": (neighbours * d + part_back) * d + part_on,
        "label neighbours tag": neighbours * tags + columns.tag,
    }


def _near(label: Codes, tag: Codes, tags: int) -> dict[str, Codes]:
    window = label * 0
    for offset in range(-2, 3):
        window = window * LABEL_CODES + shifted(label, offset)
    return {
        "label": label,
        "labels": window,
        "label tag": label * tags + tag,
        "label tag back": label * tags + shifted(tag, -1),
        "label tag on": label * tags + shifted(tag, 1),
    }


def _comes_first(one: Codes, other: Codes) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return (one >= 0) & ((other < 0) | (one < other))


def _bits(*flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Codes:
    number = flags[0].astype(np.int32)
    for flag in flags[1:]:
        number = number * 2 + flag
    return number
