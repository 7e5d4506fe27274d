"""From scores to probabilities, and from probabilities to decisions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds of a probability."""
    return float(np.log(probability / (1 - probability)))


def calibrated(odds: Floats, label: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and intercept that turn scores into log-odds (Platt 1999), fitted to held-out scores.

    Parameters
    ----------
    odds : ndarray of float64, shape (n,)
    label : ndarray of bool, shape (n,)
    """
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1e4).fit(odds[:, None], label)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def best_threshold(probability: Floats, label: NDArray[np.bool_]) -> float:
    """Return the probability from which on to decide for the positive, so that F1 is highest on what was seen."""
    order = np.argsort(-probability, kind="stable")
    right = np.cumsum(label[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + label.sum())
    # between equal probabilities nothing can be decided
    f1[:-1][np.diff(probability[order]) == 0] = -1
    return _between(probability[order], int(np.argmax(f1)))


def expected_threshold(probability: Floats) -> float:
    """Return the same by the F1 to expect if the probabilities are right, which varies less with few positives.

    The optimum for a decision that depends on the probability alone (Lipton, Elkan and Naryanaswamy 2014).
    """
    order = np.argsort(-probability, kind="stable")
    right = np.cumsum(probability[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + probability.sum())
    f1[:-1][np.diff(probability[order]) == 0] = -1
    return _between(probability[order], int(np.argmax(f1)))


def _between(descending: Floats, place: int) -> float:
    """Return the middle between a probability and the next lower one, away from 0 and 1."""
    lower = descending[min(place + 1, len(descending) - 1)]
    return float(np.clip((descending[place] + lower) / 2, 0.01, 0.99))
