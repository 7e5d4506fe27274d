"""Periods on an axis: every one between the first and the last, and names that fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from framing.figures._style import width_of

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_PART = re.compile(r"(\d{4})(?:-(Q?)(\d{1,2}))?")

# months between two names: so that a year begins with one of them
_STEPS = {12: (1, 2, 3, 6, 12, 24, 60, 120), 4: (1, 2, 4, 8, 20, 40)}
_ROUND = (1, 2, 5, 10, 20, 50, 100, 200)


def number(period: str) -> tuple[int, int] | None:
    """Return the kind of a period (periods in a year) and its place among all of its kind, or None."""
    if found := _DAY.fullmatch(period):
        return 365, date(*map(int, found.groups())).toordinal()
    if found := _WEEK.fullmatch(period):
        return 52, date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal() // 7
    if found := _PART.fullmatch(period):
        each = 1 if found[3] is None else 4 if found[2] else 12
        return each, int(found[1]) * each + (int(found[3]) - 1 if found[3] else 0)
    return None


def _name(kind: int, place: int) -> str:
    if kind == 365:
        return date.fromordinal(place).isoformat()
    if kind == 52:
        year, week, _ = date.fromordinal(place * 7 + 1).isocalendar()
        return f"{year}-W{week:02}"
    year, part = divmod(place, kind)
    return str(year) if kind == 1 else f"{year}-Q{part + 1}" if kind == 4 else f"{year}-{part + 1:02}"


def filled(table: pd.DataFrame, names: Sequence[str]) -> tuple[list[pd.DataFrame], list[str]]:
    """Return a table for each group with one row a period, and the periods; those without data are rows of NaN.

    Periods that lie between two others and are not in the table are put in. A rate of no words is none.
    """
    periods = sorted({str(period) for period in table["period"]}) if "period" in table.columns else []
    places = [number(period) for period in periods]
    known = [place for place in places if place is not None]
    if known and len(known) == len(places) and len({kind for kind, _ in known}) == 1:
        kind = known[0][0]
        first, last = min(place for _, place in known), max(place for _, place in known)
        periods = [_name(kind, place) for place in range(first, last + 1)]
    measured = table.assign(value=table["value"].where(table["n_words"] > 0)) if periods else table
    tables = []
    for name in names:
        rows = measured[measured["group"] == name].drop_duplicates("period").set_index("period").reindex(periods)
        texts = rows[["layer", "voice", "group"]].bfill().ffill()
        tables.append(rows.assign(**{str(key): texts[key] for key in texts}).reset_index())
    return tables, periods


def ticks(periods: Sequence[str], room: float) -> list[int]:
    """Return which periods have their names under an axis of so many inches: as many as fit, evenly."""
    if not periods:
        return []
    most = max(1, int(room / (max(width_of(period) for period in periods) * 0.051 + 0.09)))
    places = [number(period) for period in periods]
    kind, first = places[0] or (0, 0)
    for step in _STEPS.get(kind, _ROUND):
        begin = -first % step if kind in (1, 4, 12) else 0
        shown = list(range(begin, len(periods), step))
        if 1 <= len(shown) <= most:
            return shown
    return sorted({int(place) for place in np.linspace(0, len(periods) - 1, min(most, 2))})
