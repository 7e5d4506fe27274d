"""Counts and words of groups within strata (events, topics), and the terms of Mantel and Haenszel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints
from framing.stats._sums import Counts, Sums


@dataclass(frozen=True, slots=True)
class Strata:
    """The articles that stand in a stratum, added up by cell: a group within a stratum.

    Attributes
    ----------
    sums : Sums
        Only the rows with a stratum.
    stratum : ndarray of int, shape (rows of `sums`,)
        0 to S - 1.
    cell_stratum, cell_group : ndarray of int, shape (M,)
        Of each cell that has articles.
    adds : scipy.sparse.csr_array, shape (M, rows of `sums`)
        Adds articles up to cells.
    rows : ndarray of int
        Which rows of the sums that were given they are.
    """

    sums: Sums
    stratum: Ints
    cell_stratum: Ints
    cell_group: Ints
    adds: sparse.csr_array
    rows: Ints

    @classmethod
    def of(cls, sums: Sums, stratum: Ints) -> Strata:
        """Leave out what stands in no stratum, and find the cells.

        Raises
        ------
        InternalError
            If there is not one stratum for each row.
        """
        codes = np.asarray(stratum, dtype=np.int64)
        if codes.shape != sums.group.shape:
            msg = f"strata {codes.shape} and groups {sums.group.shape} do not fit"
            raise InternalError(msg)
        rows = np.flatnonzero(codes >= 0)
        codes, group = codes[rows], sums.group[rows]
        held = Sums(sums.counts[rows], sums.totals[rows], sums.total_of, group, sums.n_groups)
        cells, cell = np.unique(codes * max(sums.n_groups, 1) + group, return_inverse=True)
        adds = sparse.csr_array((np.ones(rows.size), (cell, np.arange(rows.size))), shape=(cells.size, rows.size))
        in_stratum, of_group = np.divmod(cells, max(sums.n_groups, 1))
        return cls(held, codes, in_stratum, of_group, adds, rows)

    def pairs(self, number: int, columns: Ints, reference: int | None) -> Pairs:
        """Set one group's cells against those of the others, or of the reference, in the same strata."""
        own = np.flatnonzero(self.cell_group == number)
        here = self.cell_stratum[own]
        if reference is None:
            others = np.flatnonzero(np.isin(self.cell_stratum, here) & (self.cell_group != number))
        else:
            others = np.flatnonzero(np.isin(self.cell_stratum, here) & (self.cell_group == reference))
        place = np.searchsorted(here, self.cell_stratum[others])
        gather = sparse.csr_array((np.ones(others.size), (place, others)), shape=(here.size, self.cell_group.size))
        mine, theirs = self.adds[own], gather @ self.adds
        used, total_of = np.unique(self.sums.total_of[columns], return_inverse=True)
        totals = _dense(self.sums.totals[:, used])
        total, rest_total = _dense(mine @ totals), _dense(theirs @ totals)
        articles = _dense(mine @ (totals > 0).astype(np.float64))
        counts = self.sums.counts[:, columns]
        both = (total > 0) & (rest_total > 0)
        return Pairs(
            stratum=here,
            count=_dense(mine @ counts) * both[:, total_of],
            rest=_dense(theirs @ counts) * both[:, total_of],
            total=total * both,
            rest_total=rest_total * both,
            articles=np.rint(articles * both).astype(np.int64),
            total_of=total_of.astype(np.int64),
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """A group and the others in S strata; nothing where either has no words. Counts (S, K), totals (S, D)."""

    stratum: Ints
    count: Floats
    rest: Floats
    total: Floats
    rest_total: Floats
    articles: Ints
    total_of: Ints

    def both(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Tell in which strata both have words, shape (S, K)."""
        return (self.total > 0)[:, self.total_of]

    def terms(self) -> tuple[Floats, Floats, Floats]:
        """Return R = c1 t0 / T, Q = c0 t1 / T, both (S, K), and W = t1 t0 / T, (S, D); 0 where there are no words."""
        every = np.where(self.total > 0, self.total + self.rest_total, 1.0)
        ours, theirs = self.total / every, self.rest_total / every
        return self.count * theirs[:, self.total_of], self.rest * ours[:, self.total_of], self.total * theirs

    def expected(self) -> Floats:
        """Return the findings of the group at the others' rates, shape (S, K)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(self.total > 0, self.total / self.rest_total, 0.0)
        return np.asarray(self.rest * weight[:, self.total_of], dtype=np.float64)

    def poisson_variances(self) -> tuple[Floats, Floats]:
        """Return the variances of sum(R - Q) if the counts were Poisson, and of it where the rates are equal, (K,).

        Greenland and Robins (1985): the sums of (c1 t0^2 + c0 t1^2) / T^2 and of (c1 + c0) t1 t0 / T^2.
        """
        every = np.where(self.total > 0, self.total + self.rest_total, 1.0)
        ours, theirs = (self.total / every)[:, self.total_of], (self.rest_total / every)[:, self.total_of]
        apart = (self.count * theirs**2 + self.rest * ours**2).sum(axis=0)
        return apart, ((self.count + self.rest) * ours * theirs).sum(axis=0)


def _dense(values: Counts) -> Floats:
    return np.asarray(values.toarray() if isinstance(values, sparse.csr_array) else values, dtype=np.float64)
