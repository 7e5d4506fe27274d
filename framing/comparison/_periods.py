"""The periods that the dates of articles fall into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.comparison._frame import Ints, text_of
from framing.errors import OptionError
from framing.events._dates import dates

LENGTHS = {"year": "Y", "quarter": "Q", "month": "M", "week": "W-SUN", "day": "D"}
"""Lengths of periods, longest first, with the names that pandas has for them."""
MOST_PERIODS = 400

# how exact a date must be for a period of each length: `2019` says no month
_DIGITS = {"year": 4, "quarter": 6, "month": 6, "week": 8, "day": 8}


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of some articles.

    Attributes
    ----------
    names : list of str
        From the first to the last, those in between without articles too.
    of : ndarray of int, shape (N,)
        Place of each article in `names`; -1 without a usable date.
    """

    names: list[str]
    of: Ints


def periods(articles: pd.DataFrame, over: str) -> Periods:
    """Sort articles into periods by their column `date`.

    Raises
    ------
    OptionError
        If no article has a date that can be used, or there would be more than four hundred periods.
    """
    days = dates(articles, _DIGITS[over])
    known = days.notna().to_numpy()
    if not known.any():
        if len(articles) == 0:
            return Periods([], np.zeros(0, dtype=np.int64))
        written = sorted(set(text_of(articles, "date")) - {""})
        found = f"found {written[0][:40]!r}" if written else "the column date is empty"
        msg = f"no article has a date to compare over each {over}; {found}, allowed are dates such as 2019-03-31"
        raise OptionError(msg)
    number = pd.PeriodIndex(days[known], freq=LENGTHS[over]).astype("int64").to_numpy()
    first, last = int(number.min()), int(number.max())
    if last - first >= MOST_PERIODS:
        longer = ", ".join(list(LENGTHS)[: list(LENGTHS).index(over)])
        msg = (
            f"over {over!r} makes {last - first + 1} periods from {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}, "
            f"more than {MOST_PERIODS}; use {longer or 'fewer articles'}"
        )
        raise OptionError(msg)
    place = np.full(len(articles), -1, dtype=np.int64)
    place[known] = number - first
    every = pd.period_range(start=pd.Period(ordinal=first, freq=LENGTHS[over]), periods=last - first + 1)
    return Periods([_name(period, over) for period in every], place)


def _name(period: pd.Period, over: str) -> str:
    if over == "week":
        year, week, _ = period.start_time.isocalendar()
        return f"{year}-W{week:02}"
    return period.strftime({"year": "%Y", "quarter": "%F-Q%q", "month": "%Y-%m", "day": "%Y-%m-%d"}[over])
