"""Dates as newspapers write them, and the periods that they fall into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import Comparison, compare
from framing.comparison._periods import LENGTHS, periods
from framing.comparison._setting import Options, prepare
from framing.comparison._trends import trend_table
from framing.errors import OptionError
from framing.events._dates import first_number


def _dated(*written: object) -> pd.DataFrame:
    return pd.DataFrame({"date": list(written)})


def _compare(analysis: Any, lookup: Any, written: list[str], **options: Any) -> Comparison:
    articles = analysis.articles.assign(date=written)
    return compare(analysis.having(articles=articles), resamples=100, permutations=100, lookup=lookup, **options)


@pytest.mark.parametrize(
    ("written", "first"), [("25/4/2019", "day"), ("4/25/2019", "month"), ("2019-04-25", "month"), ("", "month")]
)
def test_how_dates_of_two_meanings_are_read_is_noted(
    written: str, first: str, make: Callable[..., Any], lookup: Any
) -> None:
    found = _compare(make(["A"] * 3), lookup, ["3/4/2019", "2019", written], over="year")
    assert f"Dates such as 3/4/2019 are read with the {first} first." in found.notes


def test_dates_of_one_meaning_need_no_note() -> None:
    assert [first_number(_dated(one)) for one in ("2019-04-25", "25/4/2019", "4/4/2019", "")] == [""] * 4


def test_a_year_is_a_date_for_years_only() -> None:
    articles = _dated("2018", "2019-05", "2020")
    assert periods(articles, "year").names == ["2018", "2019", "2020"]
    assert periods(articles, "month").of.tolist() == [-1, 0, -1]
    assert periods(_dated(2018, np.nan, 2019), "year").of.tolist() == [0, -1, 1]


@pytest.mark.parametrize(
    ("over", "names", "places"),
    [
        ("year", ["2018", "2019"], [0, 0, 1]),
        ("quarter", ["2018-Q4", "2019-Q1"], [0, 0, 1]),
        ("month", ["2018-12", "2019-01", "2019-02"], [0, 0, 2]),
        ("week", ["2018-W52", *(f"2019-W{week:02}" for week in range(1, 6))], [0, 1, 5]),
    ],
)
def test_periods_go_from_the_first_to_the_last_without_gaps(over: str, names: list[str], places: list[int]) -> None:
    found = periods(_dated("2018-12-30", "2018-12-31", "2019-02-01"), over)
    assert found.names == names
    assert found.of.tolist() == places


def test_days_are_days_across_a_leap_year() -> None:
    assert periods(_dated("2020-02-28", "2020-03-01"), "day").names == ["2020-02-28", "2020-02-29", "2020-03-01"]


@pytest.mark.parametrize(
    ("over", "longer"), [("day", "year, quarter, month, week"), ("week", "year, quarter, month"), ("year", "fewer")]
)
def test_more_than_four_hundred_periods_are_refused(over: str, longer: str) -> None:
    with pytest.raises(OptionError) as error:
        periods(_dated("1600-01-01", "2019-06-30"), over)
    assert "from 1600-01-01 to 2019-06-30, more than 400; use " + longer in str(error.value)


def test_a_table_without_a_date_is_refused() -> None:
    with pytest.raises(OptionError, match="no article has a date to compare over each month; found 'soon'"):
        periods(_dated("soon", ""), "month")
    with pytest.raises(OptionError, match="the column date is empty"):
        periods(pd.DataFrame({"id": ["a"]}), "day")


def test_every_length_has_a_name_that_pandas_knows() -> None:
    assert all(pd.Period("2019-01-01", freq=name).freq for name in LENGTHS.values())


def test_trends_add_up_to_the_rates_of_the_groups(make: Callable[..., Any], lookup: Any) -> None:
    written = ["2019-01-05", "2019-01-06", "2019-03-07"] * 4
    found = _compare(make(["A"] * 6 + ["B"] * 6), lookup, written, over="month")
    trends = found.trends[found.trends["layer"] == "loaded"]
    whole = found.rates[(found.rates["layer"] == "loaded") & (found.rates["category"] == "")]
    whole = whole[whole["voice"] == "own"].set_index("group")
    sums = trends.groupby("group")[["count", "n_words"]].sum()
    assert sums["count"].to_dict() == whole["count"].to_dict()
    assert sums["n_words"].to_dict() == whole["n_words"].to_dict()
    row = trends[(trends["period"] == "2019-03") & (trends["group"] == "B")].iloc[0]
    assert row["n_articles"] == 2
    assert row["value"] == pytest.approx(1000 * row["count"] / row["n_words"])
    assert row["low"] <= row["value"] <= row["high"]
    assert set(found.trends["voice"]) == {"own"}
    assert found.over == found.manifest["over"] == "month"


def test_a_period_without_articles_is_a_row_without_a_value(make: Callable[..., Any], lookup: Any) -> None:
    written = ["2019-01-05", "2019-01-06", "2019-03-07"] * 4
    trends = _compare(make(["A"] * 6 + ["B"] * 6), lookup, written, over="month").trends
    assert list(dict.fromkeys(trends["period"])) == ["2019-01", "2019-02", "2019-03"]
    empty = trends[trends["period"] == "2019-02"]
    assert (empty["n_articles"] == 0).all()
    assert empty[["value", "low", "high"]].isna().all(axis=None)


def test_one_article_in_a_period_has_no_interval(make: Callable[..., Any], lookup: Any) -> None:
    written = ["2019-01-05"] * 5 + ["2019-02-01"] + ["2019-01-05"] * 6
    trends = _compare(make(["A"] * 6 + ["B"] * 6), lookup, written, over="month").trends
    alone = trends[trends["n_articles"] == 1]
    assert set(alone["group"]) == {"A"}
    assert alone["value"].notna().all()
    assert alone[["low", "high"]].isna().all(axis=None)


def test_articles_without_a_date_are_left_out_of_trends_only(make: Callable[..., Any], lookup: Any) -> None:
    written = ["2019-01-05"] * 10 + ["", "soon"]
    found = _compare(make(["A"] * 6 + ["B"] * 6), lookup, written, over="day")
    assert found.trends.groupby("layer")["n_articles"].sum().eq(10).all()
    assert found.groups["n_articles"].sum() == 12
    assert any(note.startswith("2 articles without a usable date are left out") for note in found.notes)


def test_without_periods_there_are_no_trends_and_no_date_is_needed(make: Callable[..., Any], lookup: Any) -> None:
    found = _compare(make(["A"] * 6), lookup, [""] * 6)
    assert found.trends.empty
    assert not any("date" in note for note in found.notes)


def test_two_articles_in_a_period_have_an_interval_of_some_use(plain: Callable[..., Any]) -> None:
    """By themselves they would have one that reaches to thousands of times the rate."""
    rng = np.random.default_rng(3)
    rows = [
        {"outlet": "AB"[n % 2], "date": f"2019-{n // 4 % 12 + 1:02}-01", "words": int(rng.integers(100, 2000)),
         "terms": {"thug": int(rng.poisson(4 * rng.gamma(1, 1)))}}
        for n in range(48)
    ]  # fmt: skip
    found = trend_table(prepare(plain(rows), Options(over="month", resamples=200, permutations=100)))
    assert set(found["n_articles"]) == {2}
    overall = 1000 * found["count"].sum() / found["n_words"].sum()
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    assert found["high"].max() < 25 * overall
