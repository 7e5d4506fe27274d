"""Find the best sequence of labels for many paragraphs at once (Viterbi 1967)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.measures.attribution.finder._runs import Runs
from framing.measures.attribution.finder._templates import LABELS

Scores = NDArray[np.float32]
Labels = NDArray[np.int32]
# what no sequence may do: go on with what has not begun
FORBIDDEN = np.float32(-1e4)
_INSIDE = range(2, len(LABELS), 2)
_FREE = [label for label in range(len(LABELS)) if label not in _INSIDE]
# here the labels that may follow any other stand in front, so that each kind is one slice
_ORDER = np.array([*_FREE, *_INSIDE])


def forbidden() -> NDArray[np.bool_]:
    """Return which label may not follow which, shape (labels, labels)."""
    mask = np.zeros((len(LABELS), len(LABELS)), dtype=np.bool_)
    for inside in _INSIDE:
        mask[:, inside] = True
        mask[[inside - 1, inside], inside] = False
    return mask


@dataclass(frozen=True, slots=True)
class Transitions:
    """How likely labels follow each other, as scores.

    Attributes
    ----------
    step : ndarray of float32, shape (labels, labels)
    first, last : ndarray of float32, shape (labels,)
        Of the first and the last label of a paragraph.
    """

    step: Scores
    first: Scores
    last: Scores


def decode(scores: Scores, transitions: Transitions, runs: Runs, place: NDArray[np.int64] | None = None) -> Labels:
    """Return the best label of each token.

    Parameters
    ----------
    scores : ndarray of float32, shape (places, at least labels)
    transitions : Transitions
    runs : Runs
        All tokens, each in one sequence.
    place : ndarray of int64, shape (tokens,), optional
        Where a token's scores stand; in the order of the tokens, if not given.

    Returns
    -------
    ndarray of int32, shape (tokens,)
    """
    labels = np.zeros(len(runs.token), dtype=np.int32)
    if not runs.steps:
        return labels
    rows = runs.token if place is None else place[runs.token]
    best = scores.take(rows, axis=0).T[_ORDER]
    _forward(best, transitions, runs)
    labels[runs.token] = _ORDER.take(_backward(best, transitions, runs))
    return labels


def _forward(best: Scores, transitions: Transitions, runs: Runs) -> None:
    """Turn scores into those of the best sequence up to each token, shape (labels, tokens), step by step."""
    offset = runs.offset.tolist()
    best[:, : offset[1]] += transitions.first[_ORDER, None]
    step = transitions.step
    into = np.ascontiguousarray(step[_ORDER][:, _FREE])[:, :, None]
    begun, going = (np.array([step[label - by, label] for label in _INSIDE])[:, None] for by in (1, 0))
    for t in range(1, runs.steps):
        here = best[:, offset[t] : offset[t + 1]]
        before = best[:, offset[t - 1] : offset[t - 1] + here.shape[1]]
        free, inside = here[: len(_FREE)], here[len(_FREE) :]
        free += np.maximum.reduce(before[:, None, :] + into, axis=0)
        # what is inside goes on with its begin or with itself
        inside += np.maximum(before[1 : len(_FREE)] + begun, before[len(_FREE) :] + going)


def _backward(best: Scores, transitions: Transitions, runs: Runs) -> NDArray[np.intp]:
    """Read the best sequences from their ends; a label's own score does not change which came before it."""
    offset = runs.offset.tolist()
    rows = np.ascontiguousarray(best.T)
    step = np.ascontiguousarray(transitions.step[np.ix_(_ORDER, _ORDER)].T)
    labels = np.empty(offset[-1], dtype=np.intp)
    ends = runs.offset[runs.length - 1] + np.arange(len(runs.length))
    labels[ends] = (rows[ends] + transitions.last[_ORDER]).argmax(axis=1)
    for t in range(runs.steps - 2, -1, -1):
        low, high = offset[t], offset[t + 1]
        going = offset[t + 2] - high
        reached = step.take(labels[high : high + going], axis=0)
        reached += rows[low : low + going]
        reached.argmax(axis=1, out=labels[low : low + going])
    return labels
