"""Groups compared within events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison._frame import table
from framing.comparison._matched import event_article_table, event_rate_table, event_table, matched_table
from framing.comparison._setting import Options, Setting, prepare

Make = Callable[[list[dict[str, Any]]], Any]
# two strata: A 4 in 1,000 and 6 in 2,000, B 1 in 1,000 and 2 in 500; A alone has the third
TWO = [
    {"outlet": "A", "topic": "fire", "words": 1000, "terms": {"thug": 4}},
    {"outlet": "B", "topic": "fire", "words": 1000, "terms": {"mob": 1}},
    {"outlet": "A", "topic": "flood", "words": 2000, "terms": {"thug": 6}},
    {"outlet": "B", "topic": "flood", "words": 500, "terms": {"thug": 2}},
    {"outlet": "A", "topic": "vote", "words": 900, "terms": {"thug": 90}},
    {"outlet": "B", "topic": "", "words": 900, "terms": {"thug": 90}},
]


@dataclass(frozen=True)
class FakeEvents:
    """What is known of events."""

    articles: pd.DataFrame
    titles: Mapping[str, str]
    words_copied: np.ndarray
    settings: Mapping[str, Any] = field(default_factory=dict)


def events_of(analysis: Any, names: list[str], copies: Mapping[int, int] | None = None) -> FakeEvents:
    """Give each article an event; some repeat another one."""
    ids = analysis.articles["id"].tolist()
    copied = [ids[(copies or {})[place]] if place in (copies or {}) else "" for place in range(len(ids))]
    articles = pd.DataFrame(
        {"article_id": ids, "event": names, "similarity": 0.5, "copy_of": copied, "agency": "",
         "copied": [1.0 if one else 0.0 for one in copied]}
    )  # fmt: skip
    words = np.where(np.array(copied) != "", analysis.articles["words"], 0).astype(np.int64)
    return FakeEvents(articles, {"e0001": "A fire in town"}, words)


def _setting(analysis: Any, match: Any, **options: Any) -> Setting:
    return prepare(analysis, Options(match=match, resamples=100, permutations=100, **options))


def _own(found: pd.DataFrame) -> pd.DataFrame:
    here = found[(found["layer"] == "loaded") & (found["voice"] == "own")]
    return here[here["category"] == ""].set_index("group")


def test_the_estimates_are_those_of_mantel_and_haenszel(plain: Make) -> None:
    found = _own(matched_table(_setting(plain(TWO), "topic"))).loc["A"]
    above = 4 * 1000 / 2000 + 6 * 500 / 2500
    below = 1 * 1000 / 2000 + 2 * 2000 / 2500
    weight = 1000 * 1000 / 2000 + 2000 * 500 / 2500
    assert found["ratio"] == pytest.approx(above / below)
    assert found["difference"] == pytest.approx(1000 * (above - below) / weight)
    assert (found["n_events"], found["n_articles"], found["n_words"], found["count"]) == (2, 2, 3000, 10)
    assert found["value"] == pytest.approx(1000 * 10 / 3000)
    # the others' rates of 1 and 4 per 1,000, weighted as the words of A
    assert found["expected"] == pytest.approx((1 * 1000 + 4 * 2000) / 3000)


def test_events_add_up_to_the_matched_difference(analysis: Any) -> None:
    for options in ({}, {"reference": "Times"}):
        setting = _setting(analysis, "section", **options)
        whole = matched_table(setting)
        parts = event_rate_table(setting)
        found = whole[(whole["category"] == "") & (whole["voice"] == "own")].set_index(["layer", "group"])
        sums = parts.groupby(["layer", "group"])["part"].sum(min_count=1).reindex(found.index)
        compared = found["difference"].notna()
        assert compared.sum() >= 15
        assert np.abs(sums - found["difference"])[compared].max() < 1e-9
        assert parts["value"].to_numpy() == pytest.approx(1000 * parts["count"] / parts["n_words"])
        assert whole.dtypes.to_dict() == table("matched").dtypes.to_dict()
        assert parts.dtypes.to_dict() == table("event_rates").dtypes.to_dict()


def test_only_events_of_two_groups_are_compared(plain: Make) -> None:
    setting = _setting(plain(TWO), "topic")
    assert set(event_rate_table(setting)["event"]) == {"fire", "flood"}
    found = event_table(setting, "topic")
    assert found["event"].tolist() == ["fire", "flood"]
    assert found["n_words"].tolist() == [2000, 2500]
    assert found["n_groups"].tolist() == [2, 2]


def test_an_event_row_says_what_is_set_against_what(plain: Make) -> None:
    found = event_rate_table(_setting(plain(TWO), "topic"))
    row = found[(found["event"] == "flood") & (found["group"] == "A")].iloc[0]
    assert (row["n_articles"], row["n_words"], row["count"]) == (1, 2000, 6)
    assert (row["value"], row["expected"], row["difference"]) == pytest.approx((3.0, 4.0, -1.0))


def test_the_reference_has_a_row_of_its_own_and_nothing_to_be_set_against(plain: Make) -> None:
    found = event_rate_table(_setting(plain(TWO), "topic", reference="B"))
    row = found[(found["event"] == "fire") & (found["group"] == "B")].iloc[0]
    assert row["value"] == pytest.approx(1.0)
    assert np.isnan(row["part"])


def test_whole_layers_in_the_main_voice_are_a_family_of_their_own(analysis: Any) -> None:
    found = matched_table(_setting(analysis, "section"))
    first = (found["category"] == "") & (found["voice"] == "own")
    for family in (first, ~first):
        tested = found[family].dropna(subset=["p"])
        assert (tested["q"] >= tested["p"]).all()
        assert tested["q"].max() == pytest.approx(tested["p"].max())
    assert found[found["group"] == "Gazette"]["p"].isna().all()
    assert found[found["group"] == "Gazette"]["ratio"].notna().any()


def test_without_anything_to_match_on_there_is_nothing(analysis: Any) -> None:
    setting = _setting(analysis, None)
    assert matched_table(setting).equals(table("matched"))
    assert event_rate_table(setting).equals(table("event_rates"))
    assert event_table(setting, None).equals(table("events"))
    assert event_article_table(setting, analysis, None).equals(table("event_articles"))


FOLDED = [
    {"outlet": "A", "date": "2019-01-01", "words": 1000, "terms": {"thug": 4}},
    {"outlet": "B", "date": "2019-01-02", "words": 1000, "terms": {"thug": 1}},
    {"outlet": "B", "date": "2019-01-03", "words": 1000, "terms": {"thug": 4}},
    {"outlet": "A", "date": "", "words": 1000, "terms": {"thug": 4}},
    {"outlet": "B", "date": "", "words": 1000, "terms": {"thug": 4}},
]


def test_a_folded_copy_does_not_count_but_is_listed(plain: Make) -> None:
    analysis = plain(FOLDED)
    match = events_of(analysis, ["e0001", "e0001", "e0001", "e0002", "e0002"], {2: 0, 4: 3})
    setting = _setting(analysis, match)
    found = _own(matched_table(setting))
    assert (found.loc["B", "n_articles"], found.loc["B", "count"], found.loc["B", "n_events"]) == (1, 1, 1)
    events = event_table(setting, match)
    assert events["event"].tolist() == ["e0001"]
    assert events.loc[0, ["title", "first_date", "last_date"]].tolist() == [
        "A fire in town",
        "2019-01-01",
        "2019-01-02",
    ]
    assert events.loc[0, ["n_articles", "n_groups", "n_words"]].tolist() == [2, 2, 2000]
    listed = event_article_table(setting, analysis, match).set_index("article_id")
    assert listed["counted"].to_dict() == {"p000": 1, "p001": 1, "p002": 0, "p003": 0, "p004": 0}
    assert listed.loc["p002", ["event", "copy_of", "copied"]].tolist() == ["e0001", "p000", 1.0]
