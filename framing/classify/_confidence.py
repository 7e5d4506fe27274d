"""Fit the confidence of attributions, and say how far it can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Attributions of about one confidence: how many, their mean confidence, and the share that was right."""

    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well a confidence tells how often it is right.

    Attributes
    ----------
    n : int
    error : float
        Expected calibration error: the mean difference between confidence and the share that was right in ten bins of
        equal width, weighted by their attributions (Naeini, Cooper and Hauskrecht 2015).
    brier : float
        Mean squared difference between confidence and right or wrong (Brier 1950).
    spread : float
        The same for a confidence that says of all what is true on average.
    bins : tuple of Bin
        Those that hold any, in rising order.
    """

    n: int
    error: float
    brier: float
    spread: float
    bins: tuple[Bin, ...]


def fit_confidence(features: Floats, right: NDArray[np.bool_]) -> Floats:
    """Fit a logistic regression.

    Parameters
    ----------
    features : ndarray of float64, shape (attributions, features)
    right : ndarray of bool, shape (attributions,)
        Whether an annotator marked the same one.

    Returns
    -------
    ndarray of float64, shape (features + 1,)
        Coefficients, the constant last; only the constant, if all are right or all are wrong or there are none.
    """
    if len(right) == 0 or right.all() or not right.any():
        share = (right.sum() + 1) / (len(right) + 2)
        return np.array([np.log(share / (1 - share))])
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(max_iter=2000).fit((features - mean) / spread, right)
    slopes = model.coef_[0] / spread
    return np.append(slopes, model.intercept_[0] - slopes @ mean).astype(np.float64)


def calibration(confidence: Sequence[float] | Floats, right: NDArray[np.bool_]) -> Calibration | None:
    """Compare confidence with what was right; None if there is nothing to compare."""
    sure = np.asarray(confidence, dtype=np.float64)
    if not len(sure):
        return None
    number = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    bins = []
    for index in np.unique(number).tolist():
        inside = number == index
        bins.append(Bin(int(inside.sum()), float(sure[inside].mean()), float(right[inside].mean())))
    error = sum(one.n * abs(one.confidence - one.right) for one in bins) / len(sure)
    share = float(right.mean())
    return Calibration(len(sure), error, float(((sure - right) ** 2).mean()), share * (1 - share), tuple(bins))
