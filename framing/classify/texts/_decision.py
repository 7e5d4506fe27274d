"""From a linear sum to a probability, and to the score on which one half is the decision; without scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Decision:
    """How the sums of k labels are read.

    Attributes
    ----------
    slope, shift : ndarray of float64, shape (k,)
        Probabilities are those of the log-odds `slope` * sum + `shift` (Platt 1999); of exclusive labels, their
        softmax.
    offset : ndarray of float64, shape (k,)
        Added to the log-odds for the decision: less the log-odds of the threshold; of exclusive labels, what gives
        rare ones a chance.
    exclusive : bool
        Whether a text has exactly one of the labels.
    """

    slope: Floats
    shift: Floats
    offset: Floats
    exclusive: bool

    def probability(self, sums: Floats) -> Floats:
        """Return calibrated probabilities, shape (texts, k)."""
        odds = sums * self.slope + self.shift
        return np.asarray(softmax(odds, axis=1) if self.exclusive else expit(odds))

    def log_odds(self, sums: Floats) -> Floats:
        """Return what is decided on, shape (texts, k): above 0 a label is given; of exclusive labels, the highest."""
        return np.asarray(sums * self.slope + self.shift + self.offset)

    def score(self, sums: Floats) -> Floats:
        """Return scores from 0 to 1, shape (texts, k); from .5 on a label is given.

        The score of an exclusive label is its probability against the strongest other one alone.
        """
        odds = self.log_odds(sums)
        if self.exclusive and odds.shape[1] > 1:
            highest = np.sort(odds, axis=1)[:, -2:]
            best = odds.argmax(axis=1)[:, np.newaxis] == np.arange(odds.shape[1])
            odds = odds - np.where(best, highest[:, :1], highest[:, 1:])
        return np.asarray(expit(odds))

    @property
    def thresholds(self) -> Floats:
        """The probability from which a label is given, shape (k,); of exclusive labels it means nothing."""
        return np.asarray(expit(-self.offset))
