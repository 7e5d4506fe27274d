"""Estimates with their contrasts and tests, as columns of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from framing.comparison._frame import Floats, Ints, long
from framing.comparison._setting import Setting
from framing.comparison._strata import Bools
from framing.stats import Contrasts, Estimates, Sums, adjusted, permutation_p, shares

Kind = Literal["rate", "share", "mean"]
COARSE = 0.01
DIFFERENCES = ("difference", "difference_low", "difference_high")
RATIOS = ("ratio", "ratio_low", "ratio_high")


def with_tests(
    setting: Setting,
    labels: pd.DataFrame,
    found: Estimates,
    sums: Sums,
    *,
    kind: Kind,
    families: ArrayLike | None = None,
    where: ArrayLike | None = None,
    finer: int = 1,
    trials: ArrayLike | None = None,
) -> dict[str, Any]:
    """Return estimates as columns, with their differences, p and q: one row for each of K labels and each group.

    Parameters
    ----------
    setting : Setting
    labels : DataFrame
        K rows.
    found : Estimates
        With contrasts.
    sums : Sums
        Those that `found` is made from.
    kind : {"rate", "share", "mean"}
        What they are estimates of.
    families : array_like of int, shape (K,), optional
        Measures with the same number are corrected together; all are one family by default.
    where : array_like of bool, shape (K,) or (G, K), optional
        Which measures (of which groups) are tested; all by default.
    finer : int
        How many times as many permutations small p-values have, as in `p_values`.
    trials : array_like, optional
        As in `framing.stats.permutation_p`.
    """
    p = p_values(setting, sums, kind=kind, where=where, finer=finer, trials=trials)
    return long(
        labels,
        setting.groups,
        count=found.count,
        total=found.total,
        value=found.value,
        low=found.low,
        high=found.high,
        **contrasts(found, DIFFERENCES),
        p=p,
        q=q_values(p, families),
    )


def share_columns(
    setting: Setting,
    labels: pd.DataFrame,
    sums: Sums,
    *,
    trials: ArrayLike | None = None,
    families: ArrayLike | None = None,
    where: ArrayLike | None = None,
    finer: int = 1,
) -> dict[str, Any]:
    """Estimate and test shares; `trials` as in `framing.stats.shares`, the rest as in `with_tests`."""
    found = shares(
        sums,
        trials=trials,
        resamples=setting.resamples,
        seed=setting.seed,
        contrasts=True,
        reference=setting.reference,
    )
    columns = with_tests(
        setting, labels, found, sums, kind="share", families=families, where=where, finer=finer, trials=trials
    )
    return {**columns, "n_articles": found.n_articles.T.ravel()}


def contrasts(found: Estimates, names: tuple[str, ...] = RATIOS + DIFFERENCES) -> dict[str, Floats]:
    """Return some arrays of the contrasts, NaN where a single group has none."""
    against: Contrasts | None = found.contrasts
    nothing = np.full(found.value.shape, np.nan)
    return {name: nothing if against is None else getattr(against, name) for name in names}


def p_values(
    setting: Setting,
    sums: Sums,
    *,
    kind: Kind,
    where: ArrayLike | None = None,
    finer: int = 1,
    trials: ArrayLike | None = None,
) -> Floats:
    """Return p of each group and measure, shape (G, K); NaN where a group is too small or a measure is not tested.

    In a family of hundreds of tests not even the smallest p-value of 2,000 permutations survives the correction for
    their number: those measures for which a group has a p-value of a hundredth or less are tested anew with `finer`
    times as many.
    """
    shape = (setting.n_groups, sums.total_of.size)
    asked = np.ones(shape, dtype=np.bool_) if where is None else np.broadcast_to(np.asarray(where, np.bool_), shape)
    asked = asked & setting.tested[:, np.newaxis]
    tried = None if trials is None else np.asarray(trials, dtype=np.float64)
    p = _permuted(setting, sums, kind, asked, setting.permutations, tried)
    small = asked & (p <= COARSE)
    if finer > 1 and small.any():
        anew = _permuted(setting, sums, kind, asked & small.any(axis=0), finer * setting.permutations, tried)
        p = np.where(np.isnan(anew), p, anew)
    return p


def _permuted(
    setting: Setting, sums: Sums, kind: Kind, asked: Bools, permutations: int, trials: Floats | None
) -> Floats:
    p = np.full(asked.shape, np.nan)
    chosen = np.flatnonzero(asked.any(axis=0))
    if chosen.size:
        used, total_of = np.unique(sums.total_of[chosen], return_inverse=True)
        some = Sums.of(
            sums.counts[:, chosen], sums.totals[:, used], sums.group, n_groups=sums.n_groups, total_of=total_of
        )
        p[:, chosen] = permutation_p(
            some,
            permutations=permutations,
            seed=setting.seed,
            kind=kind,
            reference=setting.reference,
            trials=None if trials is None else trials[:, used],
        )
    return np.where(asked, p, np.nan)


def q_values(p: Floats, families: ArrayLike | None = None) -> Floats:
    """Correct the p-values of each family, shape (G, K)."""
    q = np.full(p.shape, np.nan)
    for family in _members(p.shape[1], families):
        q[:, family] = adjusted(p[:, family])
    return q


def _members(n: int, families: ArrayLike | None) -> Iterator[Ints]:
    number = np.zeros(n, dtype=np.int64) if families is None else np.asarray(families, dtype=np.int64)
    for family in np.unique(number):
        yield np.flatnonzero(number == family)
