"""What a first page tells: the strongest differences of all tables, and what was looked for and not found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison._candidates import KEYS, NUMBERS, candidates
from framing.comparison._model import Comparison
from framing.errors import OptionError

SURE = 0.05
KINDS = ("matched", "rate", "naming", "side", "sourcing", "sentences", "readability")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One way in which a group differs, with all that a sentence on it needs.

    Attributes
    ----------
    kind : str
        `matched` (rate of a layer within events), `rate` (of a layer), `naming` (share of a name among the mentions of
        a referent), `side` (share of the attributions), `sourcing`, `sentences` (shares of a measure) or `readability`
        (mean of a formula).
    layer, category, voice, topic, referent, entry, form, side, measure, formula : str
        What it is about; empty where the kind has no such thing.
    group : str
        Who differs.
    value, low, high : float
        The group's estimate: per 1,000 words, a share in [0, 1], or a mean.
    others, others_low, others_high : float
        That of all other groups together or of the reference; its interval only where that is a single group.
    ratio, ratio_low, ratio_high : float
        Of rates, else NaN.
    difference, difference_low, difference_high : float
        In the unit of `value`.
    q : float
    count, total : float
        What `value` is the ratio of, in the group; a mean has none.
    n_articles : int
        Articles of the group; of `matched` those in the events.
    n_events : int
        Of `matched`, else 0.
    effect : float
        The difference (of rates the log ratio) in units of the smallest that is told.
    bound : float
        The same for the bound of its interval that lies nearer to no difference.
    """

    kind: str
    group: str
    value: float
    low: float
    high: float
    others: float
    others_low: float
    others_high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    difference: float
    difference_low: float
    difference_high: float
    q: float
    count: float
    total: float
    n_articles: int
    n_events: int
    effect: float
    bound: float
    layer: str = ""
    category: str = ""
    voice: str = ""
    topic: str = ""
    referent: str = ""
    entry: str = ""
    form: str = ""
    side: str = ""
    measure: str = ""
    formula: str = ""

    @property
    def higher(self) -> bool:
        """Whether the group has more than what it is set against."""
        return self.effect > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """Something that was tested and in which no group differs enough to be told.

    Attributes
    ----------
    kind : str
        As in `Headline`.
    what : str
        The layer, referent, side, measure or formula.
    n_tests : int
    least_q : float
    small : bool
        Whether a difference has q < .05 and is only too small, or rests on too little, to be told.
    """

    kind: str
    what: str
    n_tests: int
    least_q: float
    small: bool


def strongest(comparison: Comparison, *, limit: int = 8, max_q: float = SURE) -> list[Headline]:
    """Return the strongest differences of all tables in the main voice, for a first page.

    Parameters
    ----------
    comparison : Comparison
        Of two groups or more; of one there are none.
    limit : int
        How many at most.
    max_q : float
        Only differences with q below it are told.

    Returns
    -------
    list of Headline
        Only those of a size that a reader would notice: a rate ratio of 1.25 and once in 2,000 words, ten percentage
        points of the names of a referent with ten mentions in the group, five of attributions, three of sentences, one
        grade; and whose interval leaves out no difference. Differences within events come first; a layer that was
        tested there for a group is not told without them. Then they are ordered by the bound of the interval that lies
        nearer to no difference, in units of the smallest size. Each layer and kind has its turn before one is told
        of twice. Of two groups only the one with more is named.

    Raises
    ------
    OptionError
        If `limit` is negative.
    """
    if limit < 0:
        msg = f"limit must be at least 0, found {limit}"
        raise OptionError(msg)
    frame = candidates(comparison)
    frame = frame[_passes(frame, max_q)]
    if frame.empty:
        return []
    frame = frame.assign(first=frame["kind"] != KINDS[0], size=frame["bound"].abs())
    frame = frame.sort_values(
        ["first", "size", "kind", "turn", "form", "group"],
        ascending=[True, False, True, True, True, True],
        kind="stable",
    )
    return [_headline(row) for row in _varied(frame).head(limit).sort_index().to_dict("records")]


def _varied(frame: pd.DataFrame) -> pd.DataFrame:
    """Order rows by turns, their index being their rank.

    A layer of rates has turns of its own; names, sides and the like have theirs as a kind, and in it another referent
    or side comes before a second row of one.
    """
    frame = frame.reset_index(drop=True)
    of_rates = frame["kind"].isin(KINDS[:2])
    own = frame["kind"].where(~of_rates, "rate") + ":" + frame["turn"]
    again = frame.groupby(own).cumcount()
    within = frame.assign(again=again).sort_values("again", kind="stable")
    taker = own.where(of_rates, frame["kind"])
    turn = within.groupby(taker.loc[within.index]).cumcount().sort_index()
    return frame.assign(taken=turn).sort_values(["taken"], kind="stable").drop(columns="taken")


def _passes(frame: pd.DataFrame, max_q: float = SURE) -> pd.Series[bool]:
    large = (frame["effect"].abs() >= 1 - 1e-9) & (frame["bound"] != 0)
    return (frame["q"] < max_q) & large & frame["enough"].astype(bool)


def _headline(row: Mapping[Any, Any]) -> Headline:
    names = {"kind", "group", "effect", "bound", *KEYS, *NUMBERS}
    given = {name: row[name] for name in names}
    for name in ("n_articles", "n_events"):
        given[name] = int(given[name]) if np.isfinite(given[name]) else 0
    return Headline(**given)


def not_found(comparison: Comparison) -> list[NotFound]:
    """Return what was tested in the main voice and in which no group differs enough to be told.

    Layers first, then referents (only those in which a name was tested), sides, measures and formulas; what has most
    tests first within a kind.
    """
    frame = candidates(comparison)
    if frame.empty:
        return []
    frame = frame.assign(passes=_passes(frame), kind=frame["kind"].astype(str))
    missing = [
        NotFound(
            kind=str(kind),
            what=str(what),
            n_tests=len(rows),
            least_q=float(rows["q"].min()),
            small=bool((rows["q"] < SURE).any()),
        )
        for (kind, what), rows in frame.groupby(["kind", "turn"], sort=True)
        if not rows["passes"].any()
    ]
    # a layer that differs within events for one group is not missing because it does not for another without them
    told = set(frame.loc[frame["passes"] & frame["kind"].isin(KINDS[:2]), "turn"])
    missing = [one for one in missing if one.kind not in KINDS[:2] or one.what not in told]
    return sorted(missing, key=lambda one: (KINDS.index(one.kind), -one.n_tests, one.what))
