"""What articles are about, so that groups can be compared within the same: events, or the values of a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.comparison._frame import Ints, text_of
from framing.comparison._groups import NO_GROUP, labels_of, refuse_counts
from framing.comparison._protocol import EventsLike
from framing.errors import OptionError

Bools = NDArray[np.bool_]
EVENTS = "events"
MOST_FIXED, LEAST_IN_CELL = 20, 2
"""Values of a column, and articles of a group in one of them on average, that fixed strata may have and need."""


@dataclass(frozen=True, slots=True)
class Strata:
    """The stratum of each article that counts: those of two groups or more.

    Attributes
    ----------
    names : list of str
        Sorted.
    of : ndarray of int, shape (N,)
        Place in `names`; -1 for none, for a copy that was folded, and for what one group alone has.
    folded : ndarray of bool, shape (N,)
        Copies of an article that counts.
    fixed : bool
        Whether these strata are the only ones of interest, so that articles are resampled within them: events are a
        sample of what happened, and the few values of a column (topics) are all there are. A column of more than twenty
        values, or with fewer than two articles of a group in one on average, is taken for one of events.
    """

    names: list[str]
    of: Ints
    folded: Bools
    fixed: bool


def matched_on(match: EventsLike | str | None) -> str:
    """Return what `Comparison.matched_on` says."""
    return match if isinstance(match, str) else "" if match is None else EVENTS


def check_match(match: EventsLike | str | None, articles: pd.DataFrame) -> None:
    """Refuse what is neither a column nor events of these articles."""
    if match is None:
        return
    if isinstance(match, str):
        if match not in articles.columns:
            msg = f"no column {match!r} to match on; the articles have {', '.join(map(str, articles.columns))}"
            raise OptionError(msg)
        refuse_counts(articles, match, "match on")
        return
    matched = getattr(match, "articles", None)
    if not isinstance(matched, pd.DataFrame) or not {"article_id", "event", "copy_of"} <= set(matched.columns):
        msg = f"match must be events or the name of a column, found {type(match).__name__}"
        raise OptionError(msg)
    if list(text_of(matched, "article_id")) != list(text_of(articles, "id")):
        msg = f"the events are those of {len(matched)} other articles than the {len(articles)} that are compared"
        raise OptionError(msg)


def strata(
    match: EventsLike | str, articles: pd.DataFrame, *, kept: Ints, group: Ints, stands_for: Ints, n_groups: int
) -> Strata:
    """Find the strata in which two groups or more have an article that counts.

    Parameters
    ----------
    match : Events or str
        Checked with `check_match`.
    articles : DataFrame
        All articles.
    kept, group, stands_for, n_groups
        As in `Setting`.

    Raises
    ------
    OptionError
        If no value of a column is that of articles of two groups.
    """
    folded = np.zeros(kept.size, dtype=np.bool_)
    if isinstance(match, str):
        values = labels_of(articles[match])
        name = values.where(values != NO_GROUP, "").iloc[kept]
    else:
        name = text_of(match.articles, "event").iloc[kept]
        folded = _copies(match, kept, stands_for)
    frame = pd.DataFrame({"name": name.to_numpy(dtype=object), "group": group})
    counted = frame[(frame["name"] != "") & ~folded]
    n_groups_of = counted.groupby("name")["group"].nunique()
    names = sorted(map(str, n_groups_of.index[n_groups_of > 1]))
    if isinstance(match, str) and not names and n_groups > 1:
        n_values = int(counted["name"].nunique())
        msg = (
            f"column {match!r} can't be matched on: it has {n_values} values in {len(frame)} articles, and none of "
            "them is that of articles of two groups"
        )
        raise OptionError(msg)
    of = pd.Index(names, dtype=object).get_indexer(pd.Index(frame["name"])).astype(np.int64)
    of = np.where(folded, -1, of)
    return Strata(names, of, folded, isinstance(match, str) and _are_fixed(of, group, len(names)))


def _are_fixed(of: Ints, group: Ints, n_strata: int) -> bool:
    inside = of >= 0
    n_cells = np.unique(np.stack([of[inside], group[inside]]), axis=1).shape[1]
    return 0 < n_strata <= MOST_FIXED and bool(inside.sum() >= LEAST_IN_CELL * n_cells)


def _copies(events: EventsLike, kept: Ints, stands_for: Ints) -> Bools:
    """Tell which articles that count are copies of another one that does."""
    matched = events.articles
    original = pd.Index(text_of(matched, "article_id")).get_indexer(pd.Index(text_of(matched, "copy_of").iloc[kept]))
    # one that repeats its own text in the same group is not folded into itself
    return np.asarray((original >= 0) & (stands_for[original] != np.arange(kept.size)), dtype=np.bool_)


def match_settings(match: EventsLike | str | None) -> Mapping[str, Any] | None:
    """Return what the manifest says of the strata."""
    if match is None:
        return None
    return {"on": "column", "column": match} if isinstance(match, str) else {"on": EVENTS, **match.settings}
