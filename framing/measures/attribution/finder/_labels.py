"""Columns of what the first pass said, for the second."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.measures.attribution.finder._classes import Codes
from framing.measures.attribution.finder._columns import DISTANCES, Columns, Flags, Nearest, Small, bits, shifted, wide
from framing.measures.attribution.finder._templates import CONTENT, CUE, LABEL_CODES, SOURCE

_PART = np.array([0, 0, 1, 1, 2, 2, 3, 3], dtype=np.uint8)  # of a label's code: nothing, source, cue, content


def label_columns(columns: Columns, labels: Codes) -> dict[str, NDArray[Any]]:
    """Return the columns of the second pass by name.

    Parameters
    ----------
    columns : Columns
    labels : ndarray of int32, shape (tokens,)
        What the first pass said, as places in `LABELS`.
    """
    layout, tags = columns.layout, columns.sizes["tag"]
    label = layout.spread(labels + 1).astype(np.uint8)
    part = _PART.take(label)
    last_cue, next_cue = layout.before(label == CUE + 1), layout.after(label == CUE + 1)
    last_source, next_source = layout.before(label == SOURCE + 1), layout.after(label == SOURCE + 1)
    last_content, next_content = layout.before(label == CONTENT + 1), layout.after(label == CONTENT + 1)
    left, right = last_cue.there, next_cue.there
    behind_source, behind_content, before_content = last_source.there, last_content.there, next_content.there
    order = bits(
        last_source.place > last_cue.place,
        _comes_first(next_source, next_cue),
        last_content.place > last_cue.place,
        _comes_first(next_content, next_cue),
        left,
        right,
    )
    every = bits(behind_source, next_source.there, behind_content, before_content, left, right, columns.inside)
    last_part, next_part = layout.before(part > 0), layout.after(part > 0)
    neighbours = wide(last_part.of(part) * 4 + next_part.of(part))
    cue_back, cue_on = last_cue.distance, next_cue.distance
    d = DISTANCES
    return _near(label, columns.tag, tags) | {
        "label cue": bits(left, right, columns.inside) * 4 + part,
        "label cue back": wide(last_cue.of(columns.kind)) * d + cue_back,
        "label cue on": wide(next_cue.of(columns.kind)) * d + cue_on,
        "label order": order * 4 + part,
        "label back": (wide(last_source.distance) * d + cue_back) * d + last_content.distance,
        "label on": (wide(next_source.distance) * d + cue_on) * d + next_content.distance,
        "label all": every,
        "label all tag": wide(bits(behind_source, behind_content, before_content, left, right)) * tags + columns.tag,
        "label neighbours": (neighbours * d + last_part.distance) * d + next_part.distance,
        "label neighbours tag": neighbours * tags + columns.tag,
    }


def _near(label: Small, tag: Small, tags: int) -> dict[str, NDArray[Any]]:
    window = np.zeros(len(label), dtype=np.uint16)
    for offset in range(-2, 3):
        window *= LABEL_CODES
        window += shifted(label, offset)
    row = wide(label) * tags
    return {
        "label": label,
        "labels": window,
        "label tag": row + tag,
        "label tag back": row + shifted(tag, -1),
        "label tag on": row + shifted(tag, 1),
    }


def _comes_first(one: Nearest, other: Nearest) -> Flags:
    """Tell where one stands nearer than another, or alone; those behind count."""
    # a negative place, of nothing, is as a whole number without a sign beyond every other
    return one.place.view(np.uint32) < other.place.view(np.uint32)
