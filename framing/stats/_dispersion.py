"""How much more counts of articles vary than independent findings would."""

from __future__ import annotations

import numpy as np

from framing.stats._estimate import Floats
from framing.stats._sums import Sums, gathered


def clumping(sums: Sums, trials: Floats) -> Floats:
    """Return the design effect of shares, shape (K,): over all groups together, never below 1.

    Parameters
    ----------
    sums : Sums
        Parts and wholes of each article.
    trials : ndarray, shape (G, K)
        Independent trials in each group.

    Notes
    -----
    The variance of the parts of a group's articles around its share, over the one of independent trials (Kish 1965).
    """
    above, below = np.zeros(sums.total_of.size), np.zeros(sums.total_of.size)
    for number, rows in sums.rows():
        count, total = gathered(sums.counts, rows, None), gathered(sums.totals, rows, None)[:, sums.total_of]
        n, whole = (total > 0).sum(axis=0), total.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(whole > 0, count.sum(axis=0) / whole, 0.0)
            spread = ((count - share * total) ** 2).sum(axis=0) * n / (n - 1)
            independent = share * (1 - share) * whole**2 / trials[number]
        speaks = (n > 1) & (trials[number] > 0)
        above += np.where(speaks, spread, 0.0)
        below += np.where(speaks, independent, 0.0)
    return np.where(below > 0, np.maximum(above / np.where(below > 0, below, 1.0), 1.0), 1.0)
