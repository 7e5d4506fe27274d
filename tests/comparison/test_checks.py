"""How well differences stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import _checks
from framing.comparison._checks import check_table
from framing.comparison._frame import table
from framing.comparison._rates import rate_table
from framing.comparison._setting import Options, prepare
from framing.comparison._terms import term_table

Make = Callable[[list[dict[str, Any]]], Any]


def _row(outlet: str, title: str = "", **terms: int) -> dict[str, Any]:
    return {"outlet": outlet, "title": title, "words": 500, "terms": terms}


# every article has two terms but one, which has thirty
ONE_ARTICLE = [
    *(_row("A", f"Story {number}", thug=number % 2 + 1, mob=1) for number in range(10)),
    _row("A", "The one", thug=15, mob=15),
    *(_row("B", "", thug=number % 2 + 1, mob=1) for number in range(12)),
]
# thug is A's word, in every article; all else is the same everywhere
ONE_TERM = [
    *(_row("A", "", thug=4 + number % 2, mob=1, regime=1 + number % 2) for number in range(12)),
    *(_row("B", "", thug=0, mob=1, regime=1 + number % 2) for number in range(12)),
]


def _checked(analysis: Any, **options: Any) -> pd.DataFrame:
    """Check what is asked for as if it were sure: a test would not let a single article make a difference."""
    setting = prepare(analysis, Options(resamples=200, permutations=100, **options))
    rates = rate_table(setting)
    here = (rates["layer"] == "loaded") & (rates["voice"] == "own") & rates["ratio"].notna()
    return check_table(setting, rates.assign(q=np.where(here, 0.01, np.nan)), term_table(setting))[0]


def _of(found: pd.DataFrame, group: str, category: str = "") -> pd.Series[Any]:
    return found[(found["group"] == group) & (found["category"] == category)].iloc[0]


@pytest.mark.parametrize(("options", "group"), [({}, "A"), ({}, "B"), ({"reference": "B"}, "A")])
def test_the_article_that_alone_makes_a_difference_is_named(plain: Make, options: dict[str, Any], group: str) -> None:
    found = _of(_checked(plain(ONE_ARTICLE), **options), group)
    assert (found["article_id"], found["title"]) == ("p010", "The one")
    without = (10 * 2.5 / 5000) / (12 * 2.5 / 6000)
    assert found["ratio_without_article"] == pytest.approx(without if group == "A" else 1 / without)
    assert found["low_without_article"] < 1 < found["high_without_article"]
    assert found["kept_without_article"] == "no"
    assert found["dispersion"] > 0.1


def test_the_term_that_alone_makes_a_difference_is_named(plain: Make) -> None:
    found = _of(_checked(plain(ONE_TERM)), "A")
    assert (found["entry"], found["form"]) == ("thug", "thug")
    assert found["term_share"] == pytest.approx(54 / (54 + 12 + 18))
    assert found["ratio_without_term"] == pytest.approx(1.0)
    assert found["kept_without_term"] == "no"
    assert found["kept_without_article"] == "yes"


def test_a_term_that_the_others_use_supports_a_group_that_has_less(plain: Make) -> None:
    found = _of(_checked(plain(ONE_TERM)), "B")
    assert found["entry"] == "thug"
    assert found["term_share"] == 0
    assert found["kept_without_term"] == "no"


def test_a_difference_that_many_terms_and_articles_make_is_kept(plain: Make) -> None:
    rows = [_row("A", "", **{f"t{number}": 2 for number in range(8)}) for _ in range(12)]
    rows += [_row("B", "", **{f"t{number}": 1 for number in range(8)}) for _ in range(12)]
    found = _of(_checked(plain(rows)), "A")
    assert (found["kept_without_article"], found["kept_without_term"]) == ("yes", "yes")
    assert found["nb_ratio"] == pytest.approx(2.0, rel=0.01)
    assert 1 < found["nb_low"] < 2 < found["nb_high"]


def test_the_negative_binomial_model_sees_the_group_and_the_reference_only(plain: Make) -> None:
    rows = [*ONE_TERM, *(_row("C", "", thug=40) for _ in range(6))]
    found = _of(_checked(plain(rows), reference="B"), "A")
    assert found["nb_ratio"] == pytest.approx(84 / 30, rel=0.02)


def test_a_category_is_checked_with_its_own_terms(plain: Make) -> None:
    analysis = plain(ONE_TERM)
    category = np.where(analysis.findings["entry"] == "regime", "title", "insult")
    found = _checked(analysis.having(findings=analysis.findings.assign(category=category)))
    assert _of(found, "A", "title")["entry"] == "regime"
    assert np.isnan(_of(found, "A", "title")["ratio_without_term"])
    assert _of(found, "A", "title")["kept_without_term"] == "no"
    assert _of(found, "A", "insult")["entry"] == "thug"


def test_what_a_rule_found_has_no_term_to_leave_out(plain: Make) -> None:
    analysis = plain(ONE_TERM)
    found = _of(_checked(analysis.having(findings=analysis.findings.assign(lexicon="rule"))), "A")
    assert (found["entry"], found["form"], found["kept_without_term"]) == ("", "", "")
    assert np.isnan(found["term_share"])
    assert found["kept_without_article"] == "yes"


def test_only_what_is_sure_in_the_main_voice_is_checked(analysis: Any) -> None:
    setting = prepare(analysis, Options(resamples=200, permutations=500))
    rates = rate_table(setting)
    found, notes = check_table(setting, rates, term_table(setting))
    sure = rates[(rates["voice"] == "own") & (rates["q"] < 0.05)]
    assert not sure.empty
    same = ["layer", "category", "voice", "group", "ratio", "ratio_low", "ratio_high", "q"]
    pd.testing.assert_frame_equal(found[same], sure[same].reset_index(drop=True))
    assert found.dtypes.to_dict() == table("checks").dtypes.to_dict()
    assert notes == ()


def test_the_lowest_q_are_checked_where_there_are_too_many(analysis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_checks, "MOST", 2)
    setting = prepare(analysis, Options(resamples=100, permutations=100))
    rates = rate_table(setting)
    tested = (rates["voice"] == "own") & rates["ratio"].notna()
    q = np.where(tested, 0.04, np.nan)
    places = np.flatnonzero(tested)[[3, 7]]
    q[places] = 0.001
    found, notes = check_table(setting, rates.assign(q=q), term_table(setting))
    assert found["ratio"].tolist() == rates["ratio"].iloc[places].tolist()
    assert notes == (
        f"Of {tested.sum()} differences at q < .05 in the main voice the 2 with the lowest q were checked.",
    )


def test_nothing_sure_is_nothing_checked(analysis: Any) -> None:
    setting = prepare(analysis, Options(resamples=100, permutations=100))
    found, notes = check_table(setting, rate_table(setting).assign(q=np.nan), term_table(setting))
    assert found.equals(table("checks"))
    assert notes == ()


def test_how_the_work_is_cut_up_changes_nothing(plain: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _checked(plain(ONE_ARTICLE))
    monkeypatch.setattr(_checks, "_BLOCK", 1)
    pd.testing.assert_frame_equal(_checked(plain(ONE_ARTICLE)), whole)


@pytest.mark.parametrize("reference", [None, "B"])
def test_what_is_left_out_is_found_by_leaving_out_each(plain: Make, reference: str | None) -> None:
    """Every article and every term in turn: the one that brings the ratio nearest to 1."""
    rng = np.random.default_rng(2)
    rows = [
        {"outlet": outlet, "title": "", "words": int(rng.integers(300, 900)),
         "terms": {t: int(rng.poisson(3 * rng.gamma(1, 1) * (1 + (outlet == "A")))) for t in ("thug", "mob", "regime")}}
        for outlet in "ABC" for _ in range(6)
    ]  # fmt: skip
    found = _of(_checked(plain(rows), **({} if reference is None else {"reference": reference})), "A")

    def ratio(without: int = -1, term: str = "") -> float:
        rates = []
        for side in (("A",), ("B", "C") if reference is None else ("B",)):
            some = [row for n, row in enumerate(rows) if n != without and row["outlet"] in side]
            count = sum(value for row in some for name, value in row["terms"].items() if name != term)
            rates.append(count / sum(row["words"] for row in some))
        return float(rates[0] / rates[1])

    articles = {
        f"p{n:03d}": ratio(without=n) for n, row in enumerate(rows) if reference is None or row["outlet"] != "C"
    }
    terms = {term: ratio(term=term) for term in ("thug", "mob", "regime")}
    assert ratio() > 1
    assert found["article_id"] == min(articles, key=articles.__getitem__)
    assert found["ratio_without_article"] == pytest.approx(min(articles.values()))
    assert found["entry"] == min(terms, key=terms.__getitem__)
    assert found["ratio_without_term"] == pytest.approx(min(terms.values()))
