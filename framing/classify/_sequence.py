"""Fit a linear-chain conditional random field to labelled sequences (Lafferty, McCallum and Pereira 2001).

Features are a sparse matrix, sequences run side by side in columns, and steps are those of AdaGrad (Duchi, Hazan and
Singer 2011) over small groups of sequences, with the weights of the later epochs averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.measures.attribution.finder import FORBIDDEN, Runs, Transitions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Field:
    """A fitted field.

    Attributes
    ----------
    weights : ndarray of float32, shape (features, labels)
    transitions : Transitions
    """

    weights: NDArray[np.float32]
    transitions: Transitions


@dataclass(frozen=True, slots=True)
class Expected:
    """What a field expects of some sequences.

    Attributes
    ----------
    log_partition : float
    marginals : ndarray of float64, shape (tokens, labels)
    steps : ndarray of float64, shape (labels, labels)
        How often labels follow each other.
    first, last : ndarray of float64, shape (labels,)
    """

    log_partition: float
    marginals: Floats
    steps: Floats
    first: Floats
    last: Floats


def expect(scores: Floats, step: Floats, first: Floats, last: Floats, runs: Runs) -> Expected:
    """Run forward and backward over sequences (Rabiner 1989, with scaling).

    Parameters
    ----------
    scores : ndarray of float64, shape (tokens, labels)
    step : ndarray of float64, shape (labels, labels)
    first, last : ndarray of float64, shape (labels,)
    runs : Runs
        All tokens, each in one sequence.
    """
    offset = runs.offset.tolist()
    given = scores[runs.token]
    top = given.max(axis=1, keepdims=True)
    given = np.exp(given - top)
    ahead, scale = _forward(given, np.exp(step), np.exp(first), offset)
    behind, steps, ends, rest = _backward(given, ahead, scale, np.exp(step), np.exp(last), offset)
    marginals = ahead * behind
    marginals /= marginals.sum(axis=1, keepdims=True)
    in_order = np.empty_like(marginals)
    in_order[runs.token] = marginals
    total = float(top.sum()) + float(np.log(scale).sum()) + rest
    return Expected(total, in_order, steps, in_order[runs.first].sum(axis=0), ends)


def _forward(given: Floats, step: Floats, first: Floats, offset: list[int]) -> tuple[Floats, Floats]:
    ahead, scale = np.empty_like(given), np.empty(len(given))
    for t in range(len(offset) - 1):
        low, high = offset[t], offset[t + 1]
        come = first if t == 0 else ahead[offset[t - 1] : offset[t - 1] + high - low] @ step
        here = come * given[low:high]
        scale[low:high] = here.sum(axis=1)
        ahead[low:high] = here / scale[low:high, None]
    return ahead, scale


def _backward(
    given: Floats, ahead: Floats, scale: Floats, step: Floats, last: Floats, offset: list[int]
) -> tuple[Floats, Floats, Floats, float]:
    behind, steps = np.empty_like(given), np.zeros_like(step)
    ends, rest = np.zeros_like(last), 0.0
    for t in range(len(offset) - 2, -1, -1):
        low, high = offset[t], offset[t + 1]
        going = offset[t + 2] - high if t + 2 < len(offset) else 0
        if going:
            come = given[high : high + going] * behind[high : high + going] / scale[high : high + going, None]
            behind[low : low + going] = come @ step.T
            steps += ahead[low : low + going].T @ come
        if low + going < high:
            closing = ahead[low + going : high] * last
            total = closing.sum(axis=1, keepdims=True)
            behind[low + going : high] = last / total
            ends += (closing / total).sum(axis=0)
            rest += float(np.log(total).sum())
    return behind, steps * step, ends, rest


class _Steps:
    """Parameters with the step sizes of AdaGrad."""

    def __init__(self, *shape: int, dtype: type = np.float64) -> None:
        self.value: NDArray[Any] = np.zeros(shape, dtype=dtype)
        self._squares: NDArray[Any] = np.full(shape, 1e-2, dtype=dtype)

    def descend(self, gradient: NDArray[np.floating], rate: float) -> None:
        self._squares += gradient * gradient
        self.value -= rate * gradient / np.sqrt(self._squares)

    def descend_rows(self, rows: NDArray[Any], gradient: NDArray[np.floating], rate: float) -> None:
        self._squares[rows] += gradient * gradient
        self.value[rows] -= rate * gradient / np.sqrt(self._squares[rows])


def fit(
    features: sparse.csr_matrix,
    labels: Ints,
    first: Ints,
    *,
    forbidden: NDArray[np.bool_],
    epochs: int = 6,
    group: int = 64,
    rate: float = 0.05,
    penalty: float = 50.0,
    seed: int = 0,
    progress: Callable[[int, float], None] | None = None,
) -> Field:
    """Fit a field.

    Parameters
    ----------
    features : sparse matrix, shape (tokens, features)
        Of 0 and 1.
    labels : ndarray of int, shape (tokens,)
    first : ndarray of int, shape (sequences,)
        The first token of each sequence.
    forbidden : ndarray of bool, shape (labels, labels)
        What may not follow what.
    epochs, group : int
        How often all sequences are seen, and how many at once.
    rate : float
    penalty : float
        Of squared weights (half of it times their sum is added to the loss).
    seed : int
    progress : callable, optional
        Called with epoch and mean loss a token.

    Returns
    -------
    Field
    """
    length = np.diff(first, append=len(labels))
    n = len(forbidden)
    weights = _Steps(features.shape[1], n, dtype=np.float32)
    step, start, end = _Steps(n, n), _Steps(n), _Steps(n)
    never = forbidden.any(axis=0) & (forbidden.sum(axis=0) > n // 2)
    step.value[forbidden], start.value[never] = FORBIDDEN, FORBIDDEN
    # how often a feature is touched in an epoch: its share of the penalty at each touch
    touched = np.minimum(np.asarray(features.sum(axis=0)).ravel(), len(first) / group).astype(np.float32) + 1e-6
    random = np.random.default_rng(seed)
    mean = np.zeros_like(weights.value)
    averaged = [np.zeros((n, n)), np.zeros(n), np.zeros(n)]
    for epoch in range(epochs):
        loss = 0.0
        for chosen in _groups(length, group, random):
            batch = _Batch(features, labels, first[chosen], length[chosen])
            rows = weights.value[batch.columns]
            scores = np.asarray(batch.features @ rows, dtype=np.float64)
            found = expect(scores, step.value, start.value, end.value, batch.runs)
            loss += found.log_partition - batch.gold(scores, step.value, start.value, end.value)
            error = found.marginals
            error[np.arange(len(error)), batch.labels] -= 1
            gradient = np.asarray(batch.features.T @ error.astype(np.float32))
            gradient += (penalty / touched[batch.columns])[:, None] * rows
            weights.descend_rows(batch.columns, gradient, rate)
            steps, starts, ends = batch.counts(n)
            step.descend(np.where(forbidden, 0.0, found.steps - steps), rate)
            start.descend(np.where(never, 0.0, found.first - starts), rate)
            end.descend(found.last - ends, rate)
        if progress is not None:
            progress(epoch, loss / len(labels))
        if epoch >= epochs // 2:
            mean += weights.value / (epochs - epochs // 2)
            for total, now in zip(averaged, (step, start, end), strict=True):
                total += now.value / (epochs - epochs // 2)
    step_, start_, end_ = (part.astype(np.float32) for part in averaged)
    return Field(mean, Transitions(step_, start_, end_))


def _groups(length: Ints, size: int, random: np.random.Generator) -> Iterator[Ints]:
    """Give groups of sequences of about one length, in random order."""
    order = np.argsort(length + random.random(len(length)) * 6, kind="stable")
    groups = [order[low : low + size] for low in range(0, len(order), size)]
    for number in random.permutation(len(groups)):
        yield groups[number]


class _Batch:
    """Some sequences with the features that occur in them."""

    def __init__(self, features: sparse.csr_matrix, labels: Ints, first: Ints, length: Ints) -> None:
        rows = np.concatenate([np.arange(a, a + n) for a, n in zip(first.tolist(), length.tolist(), strict=True)])
        part = features[rows]
        self.columns, index = np.unique(part.indices, return_inverse=True)
        self.features = sparse.csr_matrix((part.data, index.ravel(), part.indptr), shape=(len(rows), len(self.columns)))
        self.labels = labels[rows]
        self._ends = np.cumsum(length) - 1
        self._starts = self._ends - length + 1
        going = np.ones(len(rows), dtype=np.bool_)
        going[self._starts] = False
        self._on = np.flatnonzero(going)
        self.runs = Runs(self._starts, length)

    def counts(self, n: int) -> tuple[Floats, Floats, Floats]:
        """Return how often labels follow each other, begin and end."""
        pairs = self.labels[self._on - 1] * n + self.labels[self._on]
        return (
            np.bincount(pairs, minlength=n * n).reshape(n, n).astype(np.float64),
            np.bincount(self.labels[self._starts], minlength=n).astype(np.float64),
            np.bincount(self.labels[self._ends], minlength=n).astype(np.float64),
        )

    def gold(self, scores: Floats, step: Floats, start: Floats, end: Floats) -> float:
        """Return the score of the labels that were given."""
        labels = self.labels
        return float(
            scores[np.arange(len(labels)), labels].sum()
            + step[labels[self._on - 1], labels[self._on]].sum()
            + start[labels[self._starts]].sum()
            + end[labels[self._ends]].sum()
        )
