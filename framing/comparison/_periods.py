"""When the articles appeared: dates as they are written, and the periods that they fall into."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.comparison._frame import Ints, text_of
from framing.comparison._groups import NO_GROUP, labels_of
from framing.errors import OptionError

LENGTHS = {"year": "Y", "quarter": "Q", "month": "M", "week": "W-SUN", "day": "D"}
"""Lengths of periods, longest first, with the names that pandas has for them."""
MOST_PERIODS = 400

# how exact a date must be for a period of each length: `2019` says no month
_DIGITS = {"year": 4, "quarter": 6, "month": 6, "week": 8, "day": 8}
_YEAR = r"(?:1[5-9]|2[01])\d\d"  # no other year is a newspaper's
_ISO = re.compile(rf"^({_YEAR})(?:$|[-/.]?(\d{{2}})(?:$|[-/.]?(\d{{2}})(?!\d)))")
_HAS_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)|^{_YEAR}\d{{10}}$")
_DAY_OR_MONTH_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b")
# a day is that of the place where the article appeared, whatever it was in Greenwich
_OFFSET = re.compile(r"\s*(?:(?<=\d)Z|\b[A-Z]{3,4}|(?<=\d)\s*[+-]\d{2}:?\d{2})\s*(?:\([^)]*\))?$")


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


def dates(articles: pd.DataFrame, digits: int = 8) -> pd.Series[pd.Timestamp]:
    """Return the day of each article; NaT where its date is empty, can't be read or is not exact enough.

    ISO 8601 (`2019-03-31T23:30:00+05:00`, `20190331`), RFC 2822 and what else pandas reads; `31/3/2019` has the day
    first, as have all such dates of a table in which one must have and none can't. `digits` is 4 for a year, 6 for a
    month, 8 for a day.
    """
    if "date" not in articles.columns:
        return pd.Series(pd.NaT, index=articles.index, dtype="datetime64[s]")
    written = labels_of(articles["date"]).replace(NO_GROUP, "").reset_index(drop=True)
    parts = written.str.extract(_ISO)
    exact = parts.notna().sum(axis=1).map({0: 0, 1: 4, 2: 6, 3: 8})
    plain = parts[0] + "-" + parts[1].fillna("01") + "-" + parts[2].fillna("01")
    day = pd.to_datetime(plain.where(exact >= digits), format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
    other = (exact == 0) & written.str.contains(_HAS_YEAR)
    if other.any():
        day = day.where(~other, _read(written[other]).reindex(day.index))
    return day.set_axis(articles.index)


def first_number(articles: pd.DataFrame) -> str:
    """Return how dates such as 3/4/2019 are read: `day` or `month` first; empty where there are none."""
    numbers = text_of(articles, "date").str.strip().str.extract(_DAY_OR_MONTH_FIRST).astype(float).dropna()
    if not ((numbers[0] <= 12) & (numbers[1] <= 12) & (numbers[0] != numbers[1])).any():
        return ""
    return "day" if _day_first(numbers) else "month"


def _day_first(numbers: pd.DataFrame) -> bool:
    return bool((numbers[0] > 12).any() and not (numbers[1] > 12).any())


def _read(written: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    day_first = _day_first(written.str.extract(_DAY_OR_MONTH_FIRST).astype(float))
    with warnings.catch_warnings():
        # names of time zones that it does not know, days where months were expected
        warnings.simplefilter("ignore")
        local = written.str.replace(_OFFSET, "", regex=True)
        read = pd.to_datetime(local, format="mixed", dayfirst=day_first, errors="coerce", utc=True)
    return read.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")
