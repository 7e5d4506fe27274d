"""Rates of many cells with a handful of articles each: how articles vary is learnt from all cells together."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints
from framing.stats._interval import poisson_bounds
from framing.stats._shrunken import overdispersion
from framing.stats._sums import Sums, gathered


def bounds_of_few(sums: Sums, cell: Ints, *, n_cells: int, per: float = 1000.0) -> tuple[Floats, Floats]:
    """Return the 95 % intervals of rates in cells with few articles, e.g. of an outlet in a month.

    Parameters
    ----------
    sums : Sums
        Findings and words of N articles, by group.
    cell : ndarray of int, shape (N,)
        The cell of each article, from 0; a cell belongs to one group.
    n_cells : int
        C.
    per : float
        Words that a rate is given for.

    Returns
    -------
    low, high : ndarray, shape (C, K)
        NaN where a cell has no words.

    Raises
    ------
    InternalError
        If there is not one cell for each article.

    Notes
    -----
    Two or three articles say next to nothing of how much articles vary, so that an interval from them alone (Student's
    with one degree of freedom) has no use: it reaches to thousands of times the rate. Here a cell's count of mean m in
    words t_i has variance m (1 + phi r sum t_i^2 / sum t_i), r being the rate of its group over all cells and phi, the
    `overdispersion`, that of the articles of all groups around the rates of these. Findings and words are divided by
    that design effect (Kish 1965); the bounds are Jeffreys' of a Poisson count, 0 to 3 / words without a finding. In
    simulations with two to nine articles of very unequal length 95 to 98 % are covered, also where the rates of cells
    differ; tests/stats/test_few.py repeats a part of them.
    """
    which = np.asarray(cell, dtype=np.int64)
    if which.shape != sums.group.shape:
        msg = f"cells {which.shape} and groups {sums.group.shape} do not fit"
        raise InternalError(msg)
    rows = np.arange(which.size)
    counts, totals = gathered(sums.counts, rows, None), gathered(sums.totals, rows, None)
    adds = sparse.csr_array((np.ones(which.size), (which, rows)), shape=(n_cells, which.size))
    grouped = sparse.csr_array((np.ones(which.size), (sums.group, rows)), shape=(sums.n_groups, which.size))
    group_of = np.zeros(n_cells, dtype=np.int64)
    group_of[which] = sums.group
    count, words = np.asarray(adds @ counts), np.asarray(adds @ totals)[:, sums.total_of]
    squares = np.asarray(adds @ totals**2)[:, sums.total_of]
    found, said = np.asarray(grouped @ counts), np.asarray(grouped @ totals)[:, sums.total_of]
    with np.errstate(divide="ignore", invalid="ignore"):
        # a group without a finding has articles like the others'
        rate = np.where(found > 0, found / said, found.sum(axis=0) / said.sum(axis=0))[group_of]
        effect = 1 + overdispersion(sums) * rate * squares / words
        low, high = poisson_bounds(count / effect, words / effect)
        low = np.fmin(low, count / words)
    there = words > 0
    return np.where(there, low * per, np.nan), np.where(there, high * per, np.nan)
