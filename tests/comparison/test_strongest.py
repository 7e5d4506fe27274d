"""What a first page may tell, and what was looked for and not found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import Comparison, compare, not_found, strongest
from framing.comparison._candidates import candidates
from framing.comparison._frame import COLUMNS, table
from framing.errors import OptionError


def _rows(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """Make a table of some rows; what is not given is empty, NaN or a hundred."""
    empty = table(name)
    filled = {
        column: [
            row.get(
                column,
                "" if empty[column].dtype.kind not in "if" else 100 if empty[column].dtype.kind == "i" else np.nan,
            )
            for row in rows
        ]
        for column in COLUMNS[name]
    }
    return table(name, filled)


def _share(group: str, value: float, others: float, **more: Any) -> dict[str, Any]:
    difference = value - others
    sure = {"difference_low": difference - 0.02, "difference_high": difference + 0.02, "q": 0.01}
    return {
        "group": group,
        "value": value,
        "count": 100 * value,
        "total": 100,
        "difference": difference,
        **sure,
        **more,
    }


def _rate(group: str, ratio: float, **more: Any) -> dict[str, Any]:
    bounds = {"ratio": ratio, "ratio_low": ratio / 1.1, "ratio_high": ratio * 1.1, "q": 0.01}
    words = {"value": 5 * ratio, "count": 50, "n_words": 10_000, "articles_with": 9}
    return {"layer": "loaded", "voice": "own", "group": group, **bounds, **words, **more}


@pytest.fixture(scope="module")
def empty(make: Callable[..., Any], lookup: Any) -> Comparison:
    """Give a comparison of three outlets with nothing in the tables that a first page is made of."""
    found = compare(make(["A"] * 6 + ["B"] * 6 + ["C"] * 6), resamples=100, permutations=100, lookup=lookup)
    names = ("rates", "matched", "naming", "balance", "sourcing", "sentences", "readability")
    return replace(found, **{name: table(name) for name in names})


def test_the_planted_difference_is_told_with_both_values(analysis: Any, lookup: Any) -> None:
    found = compare(analysis, resamples=200, permutations=999, lookup=lookup)
    first = strongest(found)[0]
    assert (first.kind, first.layer, first.group, first.voice, first.higher) == ("rate", "loaded", "Post", "own", True)
    articles = analysis.articles[analysis.articles["outlet"] != "Post"]
    assert first.others == pytest.approx(1000 * articles["loaded_own"].sum() / articles["words_own"].sum())
    assert np.isnan(first.others_low)
    assert first.n_articles == 12
    assert (first.n_events, first.category, first.referent) == (0, "", "")


def test_of_two_groups_the_other_one_has_its_interval_and_only_the_one_with_more_is_named(
    make: Callable[..., Any], lookup: Any
) -> None:
    found = compare(make(["Post"] * 12 + ["Times"] * 12), resamples=200, permutations=999, lookup=lookup)
    told = strongest(found)
    assert {item.group for item in told} == {"Post"}
    rates = found.rates.set_index(["layer", "category", "voice", "group"])
    times = rates.loc[("loaded", "", "own", "Times")]
    first = next(item for item in told if item.layer == "loaded")
    assert (first.others, first.others_low, first.others_high) == (times["value"], times["low"], times["high"])


def test_against_a_reference_the_reference_has_its_interval(analysis: Any, lookup: Any) -> None:
    found = compare(analysis, resamples=200, permutations=999, lookup=lookup, reference="Post")
    told = [item for item in strongest(found) if item.layer == "loaded"]
    assert "Herald" in {item.group for item in told} <= {"Herald", "Times"}
    rates = found.rates.set_index(["layer", "category", "voice", "group"])
    post = rates.loc[("loaded", "", "own", "Post")]
    assert {(item.others, item.others_high) for item in told} == {(post["value"], post["high"])}
    assert not any(item.higher for item in told)


def test_a_difference_within_events_comes_first_and_replaces_the_one_without(empty: Comparison) -> None:
    rates = _rows("rates", _rate("A", 9.0), _rate("B", 9.0, layer="hedge"), _rate("B", 4.0))
    matched = _rows("matched", _rate("A", 1.5, expected=4.0, n_events=7))
    found = strongest(replace(empty, rates=rates, matched=matched))
    assert [(item.kind, item.layer, item.group) for item in found] == [
        ("matched", "loaded", "A"),
        ("rate", "hedge", "B"),
        ("rate", "loaded", "B"),
    ]
    assert (found[0].others, found[0].n_events) == (4.0, 7)


def test_a_difference_that_is_gone_within_events_is_not_told_without_them(empty: Comparison) -> None:
    rates = _rows("rates", _rate("A", 9.0))
    matched = _rows("matched", _rate("A", 1.0, expected=4.0, q=0.9))
    found = replace(empty, rates=rates, matched=matched)
    assert strongest(found) == []
    assert [(one.kind, one.what) for one in not_found(found)] == [("matched", "loaded")]


@pytest.mark.parametrize(
    ("name", "row", "least"),
    [
        ("naming", {"referent": "attack", "form": "invasion", "voice": "own"}, 0.10),
        ("balance", {"unit": "attributions", "side": "russia"}, 0.05),
        ("sourcing", {"measure": "anonymous"}, 0.05),
        ("sentences", {"measure": "bias", "voice": "own"}, 0.03),
        ("readability", {"formula": "flesch_kincaid_grade"}, 1.0),
    ],
)
def test_a_difference_is_told_from_a_size_that_a_reader_would_notice(
    name: str, row: dict[str, Any], least: float, empty: Comparison
) -> None:
    for size, told in ((least + 0.001, 1), (least - 0.001, 0)):
        found = replace(empty, **{name: _rows(name, _share("A", 0.3 + size, 0.3, **row))})
        assert len(strongest(found)) == told
        assert len(not_found(found)) == 1 - told
        if not told:
            assert not_found(found)[0].small


def test_other_voices_units_and_formulas_are_not_told(empty: Comparison) -> None:
    found = replace(
        empty,
        naming=_rows("naming", _share("A", 0.9, 0.1, referent="attack", voice="quoted")),
        balance=_rows(
            "balance",
            _share("A", 0.9, 0.1, unit="words", side="russia"),
            _share("A", 0.9, 0.1, unit="attributions", side="unknown"),
        ),
        sentences=_rows("sentences", _share("A", 0.9, 0.1, measure="bias", voice="all")),
        rates=_rows("rates", _rate("A", 4.0, category="smear"), _rate("A", 4.0, voice="quoted")),
    )
    assert strongest(found) == []
    assert not_found(found) == []


def test_a_name_of_a_referent_that_a_group_hardly_mentions_is_not_told(empty: Comparison) -> None:
    row = _share("A", 0.9, 0.1, referent="attack", voice="own")
    assert strongest(replace(empty, naming=_rows("naming", row | {"total": 10})))
    assert not strongest(replace(empty, naming=_rows("naming", row | {"total": 9})))


def test_an_interval_that_holds_no_difference_is_not_told(empty: Comparison) -> None:
    row = _share("A", 0.9, 0.1, measure="anonymous") | {"difference_low": -0.01}
    assert not strongest(replace(empty, sourcing=_rows("sourcing", row)))


def test_what_is_rare_everywhere_is_not_told(empty: Comparison) -> None:
    few = _rate("A", 4.0, value=0.4, count=1, n_words=10_000)
    assert not strongest(replace(empty, rates=_rows("rates", few, _rate("B", 0.25, value=0.1, count=1, q=0.5))))


def test_differences_stand_in_the_order_of_the_nearer_bound(empty: Comparison) -> None:
    found = replace(
        empty,
        rates=_rows("rates", _rate("A", 2.0)),  # log(2 / 1.1) / log 1.25 = 2.7
        balance=_rows("balance", _share("B", 0.5, 0.3, unit="attributions", side="russia")),  # .18 / .05 = 3.6
        sourcing=_rows("sourcing", _share("C", 0.2, 0.1, measure="anonymous")),  # .08 / .05 = 1.6
    )
    told = strongest(found)
    assert [item.kind for item in told] == ["side", "rate", "sourcing"]
    assert [item.bound for item in told] == pytest.approx([3.6, np.log(2 / 1.1) / np.log(1.25), 1.6])


def test_each_layer_and_kind_has_its_turn_before_one_is_told_of_twice(empty: Comparison) -> None:
    names = [("attack", "invasion", 0.9), ("attack", "raid", 0.8), ("wall", "fence", 0.5)]
    found = replace(
        empty,
        rates=_rows("rates", _rate("A", 9.0), _rate("B", 8.0), _rate("C", 1.5, layer="hedge")),
        naming=_rows("naming", *(_share("A", v, 0.1, referent=r, form=f, voice="own") for r, f, v in names)),
    )
    assert {(i.kind, i.layer, i.form) for i in strongest(found, limit=3)} == {
        ("rate", "loaded", ""),
        ("rate", "hedge", ""),
        ("naming", "", "invasion"),
    }
    # another referent comes before a second name of one
    assert [i.form for i in strongest(found, limit=5) if i.kind == "naming"] == ["invasion", "fence"]
    assert len(strongest(found, limit=9)) == 6


def test_a_layer_that_one_group_differs_in_is_not_missing(empty: Comparison) -> None:
    rates = _rows("rates", _rate("A", 4.0), _rate("B", 1.0, q=0.8), _rate("B", 1.0, layer="hedge", q=0.3))
    (missing,) = not_found(replace(empty, rates=rates))
    assert (missing.kind, missing.what, missing.n_tests, missing.least_q, missing.small) == (
        "rate",
        "hedge",
        1,
        0.3,
        False,
    )


def test_of_one_group_nothing_is_told_and_nothing_missing(make: Callable[..., Any], lookup: Any) -> None:
    found = compare(make(["A"] * 6), resamples=100, permutations=100, lookup=lookup)
    assert strongest(found) == []
    assert not_found(found) == []
    assert candidates(found).empty


def test_a_negative_limit_is_refused_and_none_gives_none(empty: Comparison) -> None:
    found = replace(empty, rates=_rows("rates", _rate("A", 4.0)))
    assert strongest(found, limit=0) == []
    with pytest.raises(OptionError, match="limit must be at least 0, found -1"):
        strongest(found, limit=-1)
