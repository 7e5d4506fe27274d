from __future__ import annotations

from datetime import date

import pytest

from framing.events._dates import NO_DATE, day_of, days_of

NEW_YEAR = (date(2019, 2, 1) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    "written",
    [
        "2019-02-01",
        " 2019-02-01 ",
        "2019-2-1",
        "2019-02-01T23:10:00Z",
        "2019-02-01 10:00",
        "2019/02/01",
        "20190201",
        "1 February 2019",
        "1st Feb 2019",
        "February 1, 2019",
        "Feb. 1, 2019, 10:30 a.m.",
        "Fri, 01 Feb 2019 10:00:00 GMT",
        "Friday, February 1, 2019",
    ],
)
def test_a_date_that_can_be_read_is_a_day(written: str) -> None:
    assert day_of(written) == NEW_YEAR


@pytest.mark.parametrize(
    "written", ["", "nan", "yesterday", "01/02/2019", "2019-13-01", "2019-02-30", "2019-02-011", "2019", "20191", "٢"]
)
def test_a_date_that_could_be_two_days_or_none_is_none(written: str) -> None:
    assert day_of(written) == NO_DATE


def test_days_stand_in_the_order_of_the_dates() -> None:
    assert days_of(["2019-02-02", "", "2019-02-01"]).tolist() == [NEW_YEAR + 1, NO_DATE, NEW_YEAR]
