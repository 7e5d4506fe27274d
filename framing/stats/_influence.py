"""The article without which a difference would be smallest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.errors import InternalError
from framing.stats._estimate import Floats, Ints
from framing.stats._ratio import rates
from framing.stats._sums import Sums, gathered


@dataclass(frozen=True, slots=True)
class Influence:
    """What one article does to a rate ratio.

    Attributes
    ----------
    row : int
        Row of the sums; -1 where there is no ratio, or none that holds without one article.
    ratio, low, high : float
        The rate ratio with its 95 % interval without that article; NaN where there is none.
    """

    row: int
    ratio: float
    low: float
    high: float


def leave_one_out(
    sums: Sums,
    *,
    group: int,
    measure: int,
    reference: int | None = None,
    per: float = 1000.0,
    resamples: int = 1000,
    seed: int = 0,
) -> Influence:
    """Find the article, of the group or of the others, that supports a difference most.

    Parameters
    ----------
    sums : Sums
        Findings and words of each article.
    group, measure : int
        Whose ratio, and of what.
    reference : int, optional
        The group it is set against; without it all others.
    per, resamples, seed
        As in `rates`.

    Returns
    -------
    Influence
        The row without which the log ratio lies nearest to 0, or furthest beyond it.

    Raises
    ------
    InternalError
        If there is no such group or measure, or the reference is the group itself.

    Notes
    -----
    Articles are ranked by the log ratio with half a finding added to both sides (as in `rates`), so that the last
    finding of a side can be taken away.
    """
    row = most_influential(sums, group=group, measure=measure, reference=reference)
    if row < 0:
        return Influence(-1, np.nan, np.nan, np.nan)
    which: Ints = sums.total_of[[measure]]
    keep = np.delete(np.arange(sums.group.size), row)
    if reference is not None:
        keep = keep[(sums.group[keep] == group) | (sums.group[keep] == reference)]
    count = gathered(sums.counts, keep, None, np.array([measure]))
    words = gathered(sums.totals, keep, None, which)
    rest = Sums.of(count, words, (sums.group[keep] != group).astype(np.int64), n_groups=2)
    found = rates(rest, per=per, resamples=resamples, seed=seed, contrasts=True).contrasts
    assert found is not None  # two groups have contrasts
    return Influence(row, *(float(values[0, 0]) for values in (found.ratio, found.ratio_low, found.ratio_high)))


def most_influential(sums: Sums, *, group: int, measure: int, reference: int | None = None) -> int:
    """Return the row of `leave_one_out` alone, which needs no resampling; -1 where there is none."""
    n_measures = sums.counts.shape[1]
    if not (0 <= group < sums.n_groups and 0 <= measure < n_measures) or reference == group:
        msg = f"no contrast of group {group} and measure {measure} in {sums.n_groups} groups and {n_measures} measures"
        raise InternalError(msg)
    rows = np.arange(sums.group.size)
    if reference is not None:
        rows = np.flatnonzero((sums.group == group) | (sums.group == reference))
    which: Ints = sums.total_of[[measure]]
    count = gathered(sums.counts, rows, None, np.array([measure]))[:, 0]
    words = gathered(sums.totals, rows, None, which)[:, 0]
    rows, count, words = rows[words > 0], count[words > 0], words[words > 0]
    mine = sums.group[rows] == group
    if min(mine.sum(), (~mine).sum()) < 2 or count.sum() <= 0:
        return -1
    away = np.stack([np.where(side, count, 0.0) for side in (mine, ~mine)])
    away_words = np.stack([np.where(side, words, 0.0) for side in (mine, ~mine)])
    found, all_words = away.sum(axis=1), away_words.sum(axis=1)
    full = _log_ratio(found[:, np.newaxis], all_words[:, np.newaxis])[0]
    without = _log_ratio(found[:, np.newaxis] - away, all_words[:, np.newaxis] - away_words)
    place = int(np.argmin(without if full >= 0 else -without))
    return int(rows[place])


def _log_ratio(found: Floats, words: Floats) -> Floats:
    logs = np.log((found + 0.5) / words)
    return np.asarray(logs[0] - logs[1], dtype=np.float64)
