"""Dates as they are written, as numbers of days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

NO_DATE = -(1 << 40)

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<year>(?:1[6-9]|2[01])\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)(?!\d)",
        rf"{_YEAR}/(?P<month>\d\d?)/(?P<day>\d\d?)(?!\d)",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:T|$)",
        rf"(?:[a-z]+\.?,? +)?(?P<day>\d\d?)(?:st|nd|rd|th)?[ -]{_MONTH},?[ -]{_YEAR}(?!\d)",
        rf"(?:[a-z]+\.?,? +)?{_MONTH} +(?P<day>\d\d?)(?:st|nd|rd|th)?,? +{_YEAR}(?!\d)",
    )
)


def day_of(written: str) -> int:
    """Return the day of a date, counted from 1 January 1970, or `NO_DATE`.

    Year, month and day in that order, or the month as a word; what stands behind them, such as the time, is left
    alone. 01/02/2019 is two dates and therefore none.

    Parameters
    ----------
    written : str
    """
    text = written.strip()
    for form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        month = int(parts["month"]) if "month" in parts else _MONTHS[parts["name"].lower()]
        try:
            return date(int(parts["year"]), month, int(parts["day"])).toordinal() - date(1970, 1, 1).toordinal()
        except ValueError:
            return NO_DATE
    return NO_DATE


def days_of(written: Sequence[str]) -> NDArray[np.int64]:
    """Return the day of each date; shape (len(written),)."""
    known = {text: day_of(text) for text in set(written)}
    return np.array([known[text] for text in written], dtype=np.int64)
