"""Area under the ROC curve of many resamples at once, over all pairs or over those within one outlet only."""

from __future__ import annotations

import numpy as np

from framing.classify.evaluation._predictions import Bools, Floats, Ints
from framing.classify.evaluation._resample import ratio


class Ranking:
    """The records in the order of their scores, ties together, stratum by stratum.

    The area is the share of pairs of a positive and a negative record of one stratum in which the positive one has the
    higher score, a tie counting half (Mann and Whitney 1947; Hanley and McNeil 1982); strata weigh by their pairs.

    Parameters
    ----------
    score : ndarray of float64, shape (n,)
    gold : ndarray of bool, shape (n,)
    stratum : ndarray of int64, shape (n,), optional
        Number of each record's stratum; a negative one leaves a record out. All records are one stratum by default.
    """

    def __init__(self, score: Floats, gold: Bools, stratum: Ints | None = None) -> None:
        strata = np.zeros(len(score), dtype=np.int64) if stratum is None else stratum
        order = np.lexsort((score, strata))
        self._order = order[strata[order] >= 0]
        rank, part = score[self._order], strata[self._order]
        self._positive = gold[self._order].astype(np.float64)
        n = len(self._order)
        new_part = np.ones(n, dtype=np.bool_)
        new_part[1:] = part[1:] != part[:-1]
        new_tie = new_part.copy()
        new_tie[1:] |= rank[1:] != rank[:-1]
        self._ties = np.flatnonzero(new_tie)
        # strata begin at these ties, and each tie is of this stratum
        self._parts = np.flatnonzero(new_part[self._ties])
        self._part_of = np.cumsum(new_part[self._ties]) - 1

    def area(self, weights: Floats) -> Floats:
        """Return the area for weights of records, shape (B, n), as shape (B,); NaN where there is no pair."""
        if not len(self._order):
            return np.full(len(weights), np.nan)
        drawn = weights[:, self._order]
        positive = drawn * self._positive
        negative = drawn - positive
        if len(self._ties) < len(self._order):
            positive, negative = (np.add.reduceat(side, self._ties, axis=1) for side in (positive, negative))
        below = np.cumsum(negative, axis=1) - negative
        below -= below[:, self._parts][:, self._part_of]
        over = np.einsum("ij,ij->i", positive, below + 0.5 * negative)
        by_part = [np.add.reduceat(side, self._parts, axis=1) for side in (positive, negative)]
        return ratio(over, np.einsum("ij,ij->i", *by_part))
