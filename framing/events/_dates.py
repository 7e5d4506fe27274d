"""Dates as they are written, as days."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

NO_DATE = -(1 << 40)

_YEAR = r"(?:1[5-9]|2[01])\d\d"  # no other year is a newspaper's
_ISO = re.compile(rf"^({_YEAR})(?:$|[-/.]?(\d{{2}})(?:$|[-/.]?(\d{{2}})(?!\d)))")
_HAS_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)|^{_YEAR}\d{{10}}$")
_DAY_OR_MONTH_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b")
# a day is that of the place where the article appeared, whatever it was in Greenwich
_OFFSET = re.compile(r"\s*(?:(?<=\d)Z|\b[A-Z]{3,4}|(?<=\d)\s*[+-]\d{2}:?\d{2})\s*(?:\([^)]*\))?$")


def days_of(articles: pd.DataFrame) -> NDArray[np.int64]:
    """Return the day of each article, counted from 1 January 1970, or `NO_DATE`; shape (len(articles),)."""
    day = dates(articles)
    counted = day.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(day.isna().to_numpy(), NO_DATE, counted).astype(np.int64)


def dates(articles: pd.DataFrame, digits: int = 8) -> pd.Series[pd.Timestamp]:
    """Return the day of each article; NaT where its date is empty, can't be read or is not exact enough.

    ISO 8601 (`2019-03-31T23:30:00+05:00`, `20190331`), RFC 2822 and what else pandas reads; `31/3/2019` has the day
    first, as have all such dates of a table in which one must have and none can't. `digits` is 4 for a year, 6 for a
    month, 8 for a day.
    """
    if "date" not in articles.columns:
        return pd.Series(pd.NaT, index=articles.index, dtype="datetime64[s]")
    written = _written(articles["date"]).reset_index(drop=True)
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
    if "date" not in articles.columns:
        return ""
    numbers = _written(articles["date"]).str.extract(_DAY_OR_MONTH_FIRST).astype(float).dropna()
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


def _written(column: pd.Series[Any]) -> pd.Series[str]:
    """Return dates as text; 20190331.0, as a column with gaps is read, is 20190331."""
    whole = pd.api.types.is_float_dtype(column) and bool((column.dropna() % 1 == 0).all())
    plain = column.astype("Int64") if whole else column
    return plain.astype(object).where(plain.notna(), "").astype(str).str.strip()
