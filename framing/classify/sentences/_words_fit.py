"""Fit the scores of words in their surroundings: to marked words, or to nothing but the labels of sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from framing.classify.sentences._features import WordFeatures

Floats = NDArray[np.float64]
_RARE = -4.5  # log-odds that a word of an uncertain text is a cue, to begin with


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of the units that are fitted, and the number of each one's unit among them."""

    tokens: NDArray[np.int64]
    unit: NDArray[np.int64]
    n: int


def fit_marked(features: WordFeatures, share: Floats, units: NDArray[np.bool_], *, penalty: float) -> Floats:
    """Fit log-odds to the share of annotators who marked each word: logistic regression with soft labels.

    Parameters
    ----------
    features : WordFeatures
    share : ndarray of float64, shape (tokens,)
    units : ndarray of bool, shape (units,)
        Which take part.
    penalty : float
        Half of it times the square of the weights is added to the loss, which is summed over words.
    """
    part = _part(features, units)
    wanted = share[part.tokens]

    def loss(odds: Floats) -> tuple[float, Floats]:
        probability = 1 / (1 + np.exp(-odds))
        return float((np.logaddexp(0, odds) - wanted * odds).sum()), probability - wanted

    return _fit(features, part, loss, penalty, rate=float(np.clip(wanted.mean(), 1e-3, 0.5)))


def fit_unmarked(features: WordFeatures, label: Floats, units: NDArray[np.bool_], *, penalty: float) -> Floats:
    """Fit log-odds so that a unit is positive if any of its words is (noisy or; Zhang, Platt and Viola 2005).

    Parameters
    ----------
    features : WordFeatures
    label : ndarray of float64, shape (units,)
        From 0 to 1.
    units : ndarray of bool, shape (units,)
        Which take part.
    penalty : float
    """
    part = _part(features, units)
    positive = label[units]

    def loss(odds: Floats) -> tuple[float, Floats]:
        # the log of the probability that no word is, for each unit
        none = np.bincount(part.unit, np.logaddexp(0, odds), part.n) + 1e-6
        any_ = -np.expm1(-none)
        slope = (1 - positive) - positive * np.exp(-none) / any_
        total = ((1 - positive) * none - positive * np.log(any_)).sum()
        return float(total), slope[part.unit] / (1 + np.exp(-odds))

    return _fit(features, part, loss, penalty, rate=1 / (1 + np.exp(-_RARE)))


def _part(features: WordFeatures, units: NDArray[np.bool_]) -> _Part:
    tokens = np.flatnonzero(features.units.batch.is_word & units[features.units.unit])
    return _Part(tokens, (np.cumsum(units) - 1)[features.units.unit[tokens]], int(units.sum()))


def _fit(
    features: WordFeatures, part: _Part, loss: Callable[[Floats], tuple[float, Floats]], penalty: float, rate: float
) -> Floats:
    """Minimise a loss of the log-odds of words, with L-BFGS; gradients are summed by spelling, not by word."""
    gather = _chosen(part.tokens, len(features.units.batch))

    def objective(weights: Floats) -> tuple[float, Floats]:
        odds = features.forward(weights)[part.tokens]
        value, slope = loss(odds)
        gradient = features.backward(gather.T @ slope)
        free = features.penalised
        return value + penalty / 2 * float((weights * free) @ weights), gradient + penalty * weights * free

    begin = np.zeros(features.size)
    begin[-1] = np.log(rate / (1 - rate))
    found = minimize(objective, begin, jac=True, method="L-BFGS-B", options={"maxiter": 150, "maxcor": 10})
    return np.asarray(found.x)


def _chosen(tokens: NDArray[np.int64], n: int) -> sparse.csr_array:
    ones = np.ones(len(tokens))
    return sparse.csr_array((ones, (np.arange(len(tokens)), tokens)), shape=(len(tokens), n))
