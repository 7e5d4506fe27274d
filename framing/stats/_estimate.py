"""What an estimate is: a value and the bounds of its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number, how sure it is, and what it rests on.

    Attributes
    ----------
    value : float
        NaN where nothing was there to measure.
    low, high : float
        Bounds of the 95 % interval; NaN where fewer than two articles speak.
    n_articles, n_words : int
        Articles and words (or attributions: whatever the denominator counts) that it rests on.
    """

    value: float
    low: float
    high: float
    n_articles: int
    n_words: int


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Each group against all the others together; every array has shape (G, K): groups, measures.

    Attributes
    ----------
    ratio, ratio_low, ratio_high : ndarray
        NaN where either side has no words or neither has a finding.
    difference, difference_low, difference_high : ndarray
        In the unit of the estimates.
    """

    ratio: Floats
    ratio_low: Floats
    ratio_high: Floats
    difference: Floats
    difference_low: Floats
    difference_high: Floats


@dataclass(frozen=True, slots=True)
class Estimates:
    """Estimates of K measures in G groups; every array has shape (G, K).

    Attributes
    ----------
    value, low, high : ndarray of float
        See `Estimate`.
    count, total : ndarray of float
        Numerator and denominator, summed over the group's articles.
    n_articles : ndarray of int
        Articles with a denominator above zero.
    contrasts : Contrasts or None
        Only where they were asked for and there are two groups or more.
    """

    value: Floats
    low: Floats
    high: Floats
    count: Floats
    total: Floats
    n_articles: Ints
    contrasts: Contrasts | None = None

    def at(self, group: int, measure: int) -> Estimate:
        """Return one of them."""
        return Estimate(
            value=float(self.value[group, measure]),
            low=float(self.low[group, measure]),
            high=float(self.high[group, measure]),
            n_articles=int(self.n_articles[group, measure]),
            n_words=int(self.total[group, measure]),
        )
