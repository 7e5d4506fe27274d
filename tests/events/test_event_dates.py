"""Dates as newspapers write them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from framing.events._dates import NO_DATE, dates, days_of

NEW_YEAR = (date(2019, 2, 1) - date(1970, 1, 1)).days


def _dated(*written: object) -> pd.DataFrame:
    return pd.DataFrame({"date": list(written)})


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-03-31", "2019-03-31"),
        ("20190331", "2019-03-31"),
        ("2019/03/31", "2019-03-31"),
        ("2019-03-31T23:30:00Z", "2019-03-31"),
        ("2019-03-31T23:30:00.5+05:00", "2019-03-31"),
        ("2019-03-31 00:30:00-05:00", "2019-03-31"),
        ("Sun, 31 Mar 2019 23:30:00 -0500", "2019-03-31"),
        ("Sun, 31 Mar 2019 23:30:00 GMT", "2019-03-31"),
        ("March 31, 2019", "2019-03-31"),
        ("31 March 2019", "2019-03-31"),
        ("31/3/2019", "2019-03-31"),
        ("3/31/2019", "2019-03-31"),
    ],
)
def test_a_date_is_the_day_in_the_place_where_it_was_written(written: str, day: str) -> None:
    assert dates(_dated(written))[0] == pd.Timestamp(day)


@pytest.mark.parametrize("written", ["", np.nan, "soon", "2019-13-45", "12:30", "March", "0001-01-01", "1553990400"])
def test_what_is_no_date_has_none(written: object) -> None:
    assert dates(_dated(written)).isna().all()


def test_offsets_and_forms_may_be_mixed_in_one_column() -> None:
    found = dates(_dated("2019-03-31T01:00:00+09:00", "Sun, 31 Mar 2019 23:00:00 -0800", "31 March 2019", ""))
    assert found[:3].eq(pd.Timestamp("2019-03-31")).all()
    assert found.isna().tolist() == [False, False, False, True]


def test_one_date_with_the_day_first_tells_how_the_others_are_to_be_read() -> None:
    assert dates(_dated("3/4/2019", "25/4/2019"))[0] == pd.Timestamp("2019-04-03")
    assert dates(_dated("3/4/2019", "4/25/2019"))[0] == pd.Timestamp("2019-03-04")


@pytest.mark.parametrize(
    "written",
    [
        " 2019-02-01 ", "2019-02-01T23:10:00Z", "2019-02-01 10:00", "2019/02/01", "20190201", 20190201.0,
        "1 February 2019", "February 1, 2019", "Fri, 01 Feb 2019 10:00:00 GMT", "Friday, February 1, 2019",
    ],
)  # fmt: skip
def test_a_date_that_can_be_read_is_a_day(written: object) -> None:
    assert days_of(_dated(written)).tolist() == [NEW_YEAR]


@pytest.mark.parametrize("written", ["", "nan", "yesterday", "2019-13-01", "2019-02-30", "2019", "20191", "٢"])
def test_a_date_that_is_no_day_is_none(written: str) -> None:
    assert days_of(_dated(written)).tolist() == [NO_DATE]


def test_days_stand_in_the_order_of_the_dates() -> None:
    assert days_of(_dated("2019-02-02", "", "2019-02-01")).tolist() == [NEW_YEAR + 1, NO_DATE, NEW_YEAR]


def test_a_table_without_dates_has_no_days() -> None:
    assert days_of(pd.DataFrame({"id": ["1", "2"]})).tolist() == [NO_DATE, NO_DATE]
