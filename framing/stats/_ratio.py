"""Rates, shares and means: ratios of sums, with intervals from resampling whole articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from framing.errors import InternalError
from framing.stats._borrowed import Borrowed
from framing.stats._contrast import Side, difference, ratio
from framing.stats._dispersion import clumping
from framing.stats._estimate import Contrasts, Estimates, Floats, Ints
from framing.stats._resample import Moments, group_moments
from framing.stats._single import Kind, interval
from framing.stats._sums import Sums, gathered

# numbers in the sums of one block of measures, all groups and resamples together: 48 MB
_BLOCK = 6_000_000


def rates(
    sums: Sums,
    *,
    per: float = 1000.0,
    resamples: int = 2000,
    seed: int = 0,
    contrasts: bool = False,
    reference: int | None = None,
) -> Estimates:
    """Estimate rates: findings per `per` words, each with a 95 % interval.

    Parameters
    ----------
    sums : Sums
        Findings and words of each article.
    per : float
        Words that a rate is given for.
    resamples : int
        Resamples of articles, drawn within each group.
    seed : int
        Results depend on it, not on how the work is cut up.
    contrasts : bool
        Whether each group is set against all others together, or against the reference.
    reference : int, optional
        Number of the group that every other one is set against; its own contrasts are NaN.

    Returns
    -------
    Estimates
        A value is NaN without words, its bounds are NaN with fewer than two articles that have words.

    Notes
    -----
    The statistic is the ratio of sums, so that long articles weigh as much as they are long. The interval reaches as
    far as the studentised bootstrap (Efron 1979; Hall 1988) with the linearised standard error of each resample (half
    a finding is added to its sum of squares so that a resample without findings has one), and at least as far as
    Student's interval of the log rate. Where few articles hold most of the words, degrees of freedom are those of the
    effective number of articles, (sum of words)^2 / sum of squared words, and the standard error is mended for the pull
    of long articles. It is never narrower than Jeffreys' of a single Poisson count (zero findings in W words: 0 to
    3 / W).

    Ratio and difference: the bounds follow from those of the two sides (Zou and Donner 2008), of the logs with half a
    finding added for the ratio (the ratio itself is shown with it only where a side has none); degrees of freedom after
    Welch (1947). The ratio's interval is never narrower than Jeffreys' of two Poisson counts.

    In simulations with articles of very unequal length (lognormal, sigma 1) and overdispersed findings (the rate of
    an article has a standard deviation as large as its mean) rates, ratios and differences are covered by 93 to 97 %
    with 15, 30 and 100 articles a group; with fewer than ten findings in a group, intervals are rather too wide (97 to
    99 %). tests/stats/test_coverage.py repeats a part of them.

    Two to nine articles with words say next to nothing of how much articles vary. Where the articles of all groups are
    at least four more than the groups, such a group (or the others together, if they are so few) borrows it from them:
    a count of mean m in words t_i is negative binomial with shape (sum t)^2 / (phi sum t^2), as it would be if articles
    of equal length had gamma rates, and the bounds are Jeffreys' of that count, averaged over what is likely of phi.
    With 12 to 60 articles in groups of two to nine 92 to 98 % are covered. It is fewer where groups differ in how much
    their articles vary: 82 % in a group whose articles vary with a standard deviation of 1.4 times the mean beside two
    with 0.7 times (89 % of ratios and differences).
    """
    plan = _Plan("rate", per, resamples, seed, contrasts, reference)
    return _estimates(sums, plan)


def shares(
    sums: Sums,
    *,
    trials: ArrayLike | None = None,
    resamples: int = 2000,
    seed: int = 0,
    contrasts: bool = False,
    reference: int | None = None,
) -> Estimates:
    """Estimate shares: parts of a whole, in [0, 1], each with a 95 % interval.

    Parameters
    ----------
    sums : Sums
        Parts and wholes of each article, e.g. attributions to a side and all attributions.
    trials : array_like, shape (N, D), optional
        How many independent things make up a whole, if that is not the whole itself: words of attributions come an
        attribution at a time.
    resamples, seed, contrasts, reference
        As in `rates`; of contrasts only the difference is given, the ratio is NaN.

    Returns
    -------
    Estimates
        Intervals as for rates, never narrower than Jeffreys' of a binomial share (none of n: 0 to 1 - .05 ** (1/n)).

    Notes
    -----
    Student's interval is that of the logit, with half a trial added to either part. None or all of n trials: n is
    divided by how much more the shares of articles vary than independent trials would, over all groups together
    (Kish 1965), as a group in which a rare part never occurs cannot show by itself that it comes in clumps. In
    simulations as those of `rates`, where the shares of articles follow a beta distribution, 93 to 97 % are covered;
    97 to 99 % of differences between two groups of 15 articles; of a side with a twentieth of the attributions, most
    of them in a few articles, 91 to 97 % in a group of 15 or 30 articles.

    Groups with two to nine articles borrow from all, as in `rates`, how alike attributions of one article are: trials
    are divided by 1 + rho (sum n^2 / sum n - 1), and Jeffreys' bounds averaged over what is likely of rho. In groups of
    two to five 94 to 98 % of shares are covered, and 91 to 99 % of differences.
    """
    return _estimates(sums, _Plan("share", 1.0, resamples, seed, contrasts, reference), trials)


def means(
    values: ArrayLike,
    group: ArrayLike,
    *,
    n_groups: int,
    resamples: int = 2000,
    seed: int = 0,
    contrasts: bool = False,
    reference: int | None = None,
) -> Estimates:
    """Estimate means over articles, each with a 95 % interval.

    Parameters
    ----------
    values : array_like, shape (N, K)
        NaN where an article has none.
    group : array_like of int, shape (N,)
        0 to G - 1.
    n_groups : int
        G.
    resamples, seed, contrasts, reference
        As in `rates`; of contrasts only the difference is given, the ratio is NaN.

    Returns
    -------
    Estimates
        `total` is the number of articles.
    """
    table = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(table)
    sums = Sums.of(np.where(known, table, 0.0), known, group, n_groups=n_groups, total_of=np.arange(table.shape[1]))
    return _estimates(sums, _Plan("mean", 1.0, resamples, seed, contrasts, reference))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be estimated, and how."""

    kind: Kind
    scale: float
    resamples: int
    seed: int
    contrasts: bool
    reference: int | None


def _estimates(sums: Sums, plan: _Plan, trials: ArrayLike | None = None) -> Estimates:
    shape = (sums.n_groups, sums.counts.shape[1])
    if plan.reference is not None and not 0 <= plan.reference < sums.n_groups:
        msg = f"the reference must lie in 0 to {sums.n_groups - 1}, found {plan.reference}"
        raise InternalError(msg)
    arrays = {name: np.full(shape, np.nan) for name in ("value", "low", "high")}
    count, total, n_articles = np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=np.int64)
    against = np.full((6, *shape), np.nan)
    with_contrasts = plan.contrasts and sums.n_groups > 1
    grouped = list(sums.rows())
    for number, rows in grouped:
        count[number] = np.asarray(sums.counts[rows].sum(axis=0)).ravel()
        total[number] = np.asarray(sums.totals[rows].sum(axis=0)).ravel()[sums.total_of]
        n_articles[number] = np.asarray((sums.totals[rows] > 0).sum(axis=0)).ravel()[sums.total_of]
    tried = _trials(sums, grouped, trials) if trials is not None else total
    design = clumping(sums, tried) if plan.kind == "share" else np.ones(shape[1])
    borrowed = None if plan.kind == "mean" else Borrowed.of(sums, n_articles, _tries(sums, plan, trials))
    for columns in _blocks(shape, plan.resamples, held=with_contrasts):
        lent = None if borrowed is None else borrowed.at(columns)
        kept: list[Moments] = []
        sides: list[Side] = []
        for number, rows in grouped:
            moments = group_moments(sums, number, rows, columns, plan.resamples, plan.seed)
            own = interval(moments, plan.kind, tried[number, columns], design[columns], lent)
            for name, values in zip(("value", "low", "high"), own, strict=True):
                arrays[name][number, columns] = values * plan.scale
            if with_contrasts:
                kept.append(moments)
                sides.append(Side.of(moments, own, lent))
        if with_contrasts:
            against[:, :, columns] = _contrasts(kept, sides, plan, tried[:, columns], design[columns], lent)
    return Estimates(
        **arrays,
        count=count,
        total=total,
        n_articles=n_articles,
        contrasts=Contrasts(*against) if with_contrasts else None,
    )


def _contrasts(
    kept: list[Moments], sides: list[Side], plan: _Plan, trials: Floats, design: Floats, lent: Borrowed | None
) -> Floats:
    """Set each group against the others or the reference, shape (6, G, K)."""
    against = np.full((6, *trials.shape), np.nan)
    everything, all_trials = sum(kept[1:], start=kept[0]), trials.sum(axis=0)
    for number, own in enumerate(sides):
        if number == plan.reference:
            continue
        if plan.reference is None:
            others = everything - kept[number]
            rest = Side.of(others, interval(others, plan.kind, all_trials - trials[number], design, lent), lent)
        else:
            rest = sides[plan.reference]
        if plan.kind == "rate":
            against[:3, number] = ratio(own, rest)
        against[3:, number] = difference(own, rest) * plan.scale
    if plan.kind == "share":
        against[3:] = np.clip(against[3:], -1, 1)
    return against


def _tries(sums: Sums, plan: _Plan, trials: ArrayLike | None) -> Floats | None:
    """Return the trials of each article, shape (N, D); None for rates."""
    if plan.kind == "rate":
        return None
    if trials is None:
        return gathered(sums.totals, np.arange(sums.group.size), None)
    return np.asarray(trials, dtype=np.float64).reshape(sums.totals.shape)


def _trials(sums: Sums, grouped: list[tuple[int, Ints]], trials: ArrayLike) -> Floats:
    per_article = np.asarray(trials, dtype=np.float64).reshape(sums.totals.shape)
    tried = np.zeros((sums.n_groups, sums.total_of.size))
    for number, rows in grouped:
        tried[number] = per_article[rows].sum(axis=0)[sums.total_of]
    return tried


def _blocks(shape: tuple[int, int], resamples: int, *, held: bool) -> list[Ints]:
    """Cut the measures so that the sums of a block stay small; contrasts hold those of all groups at once."""
    n_groups, n_measures = shape
    groups = n_groups if held else 1
    width = max(1, _BLOCK // (6 * groups * (resamples + 1)))
    return [np.arange(start, min(start + width, n_measures)) for start in range(0, n_measures, width)]
