"""A second look at paragraphs where a cue has no content, or a content no cue."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.measures.attribution.finder._decode import Labels, Scores, Transitions, decode
from framing.measures.attribution.finder._runs import Runs
from framing.measures.attribution.finder._spans import nearest, spans
from framing.measures.attribution.finder._templates import CONTENT, CUE
from framing.text import Batch

Flags = NDArray[np.bool_]
# what is added to every begin of what is missed; chosen on cross-validated predictions
_FOR_CUE, _FOR_CONTENT = np.float32(2.0), np.float32(1.0)


def reconsider(
    batch: Batch, labels: Labels, scores: Scores, transitions: Transitions, within: Flags | None = None
) -> Labels:
    """Label again, readier to begin what is missed, the paragraphs that hold a part without its other.

    Parameters
    ----------
    batch : Batch
    labels : ndarray of int32, shape (tokens,)
    scores : ndarray of float32, shape (tokens, labels)
    transitions : Transitions
    within : ndarray of bool, shape (tokens,), optional
        The tokens to look at, whole paragraphs; all, if not given.
    """
    cues, contents = spans(labels, CUE), spans(labels, CONTENT)
    owner = nearest(contents, cues, batch)
    childless = np.ones(len(cues), dtype=np.bool_)
    childless[owner[owner >= 0]] = False
    n = int(batch.paragraph[-1]) + 1 if len(batch) else 0
    no_content, no_cue = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    no_content[batch.paragraph[cues.first[childless]]] = True
    no_cue[batch.paragraph[contents.first[owner < 0]]] = True
    no_cue &= ~no_content
    missed = (no_content | no_cue)[batch.paragraph]
    tokens = np.flatnonzero(missed if within is None else missed & within)
    again = labels.copy()
    if tokens.size:
        paragraph = batch.paragraph[tokens]
        first = np.flatnonzero(np.concatenate([[True], paragraph[1:] != paragraph[:-1]]))
        readier = scores[tokens]
        readier[:, CONTENT] += _FOR_CONTENT * no_content[paragraph]
        readier[:, CUE] += _FOR_CUE * no_cue[paragraph]
        again[tokens] = decode(readier, transitions, Runs(first, np.diff(first, append=len(tokens))))
    return again
