"""Comparisons by two columns, against a reference, over time and within strata."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import Comparison, compare
from framing.comparison._frame import COLUMNS
from framing.comparison._setting import Options, prepare
from framing.errors import OptionError


@dataclass(frozen=True)
class Matched:
    """Events, made by hand."""

    articles: pd.DataFrame
    titles: dict[str, str]
    words_copied: np.ndarray
    settings: dict[str, Any]


@pytest.fixture
def six(make: Callable[..., Any]) -> Any:
    """Give six articles of each of two outlets."""
    return make(["A"] * 6 + ["B"] * 6)


def _quick(analysis: Any, lookup: Any, **options: Any) -> Comparison:
    return compare(analysis, **{"resamples": 100, "permutations": 100, "lookup": lookup, **options})


def _with(analysis: Any, **columns: Any) -> Any:
    return analysis.having(articles=analysis.articles.assign(**columns))


def _events(analysis: Any, event: list[str], copy_of: list[str] | None = None) -> Matched:
    n = len(event)
    articles = pd.DataFrame(
        {
            "article_id": analysis.articles["id"],
            "event": event,
            "similarity": 0.5,
            "copy_of": copy_of or [""] * n,
            "copied": 0.0,
            "agency": "",
        }
    )
    titles = {name: f"About {name}" for name in event if name}
    return Matched(articles, titles, np.zeros(n, dtype=np.int64), {"days": 3.0})


def _refused(analysis: Any, lookup: Any, **options: Any) -> str:
    with pytest.raises(OptionError) as error:
        _quick(analysis, lookup, **options)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_two_columns_are_crossed_and_only_combinations_that_occur_are_groups(six: Any, lookup: Any) -> None:
    sections = ["news"] * 6 + ["opinion"] * 5 + ["news"]
    found = _quick(_with(six, section=sections), lookup, by=["outlet", "section"], min_articles=1)
    assert found.by == "outlet × section"
    assert list(found.groups["group"]) == ["A × news", "B × news", "B × opinion"]
    assert list(found.groups["first"]) == ["A", "B", "B"]
    assert list(found.groups["second"]) == ["news", "news", "opinion"]
    assert list(found.groups["n_articles"]) == [6, 1, 5]
    assert found.manifest["by"] == ["outlet", "section"]


def test_a_single_column_has_no_parts(six: Any, lookup: Any) -> None:
    groups = _quick(six, lookup, by=["outlet"]).groups
    assert set(groups["first"]) | set(groups["second"]) == {""}


def test_a_missing_value_of_a_crossed_column_comes_last_and_is_noted(six: Any, lookup: Any) -> None:
    found = _quick(_with(six, section=[""] * 2 + ["z"] * 10), lookup, by=("outlet", "section"))
    assert list(found.groups["group"]) == ["A × z", "A × (none)", "B × z"]
    assert "2 articles without a value of section stand together as (none)." in found.notes


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ([], "by must be one column or two that are crossed, found none"),
        (["outlet", "section", "id"], "one column or two that are crossed, found 'outlet', 'section', 'id'"),
        (["outlet", "outlet"], "two different columns to be crossed, found 'outlet' twice"),
        (["outlet", "topic"], "no column 'topic' to compare by; the articles have id, outlet"),
    ],
)
def test_other_numbers_of_columns_are_refused(by: list[str], message: str, six: Any, lookup: Any) -> None:
    assert message in _refused(six, lookup, by=by)


def test_every_other_group_is_set_against_the_reference(analysis: Any, lookup: Any) -> None:
    found = _quick(analysis, lookup, reference="Post", permutations=500)
    loaded = found.rates[
        (found.rates["layer"] == "loaded") & (found.rates["category"] == "") & (found.rates["voice"] == "own")
    ].set_index("group")
    assert loaded.loc["Herald", "difference"] == pytest.approx(
        loaded.loc["Herald", "value"] - loaded.loc["Post", "value"]
    )
    assert loaded.loc["Post", ["ratio", "difference", "p", "q"]].isna().all()
    assert loaded.loc["Herald", "q"] < 0.05
    for name, columns in COLUMNS.items():
        if {"difference", "group", "q"} <= set(columns):
            rows = getattr(found, name)
            assert rows.loc[rows["group"] == "Post", ["difference", "p", "q"]].isna().all(axis=None), name
    assert (found.reference, found.manifest["reference"]) == ("Post", "Post")


def test_nothing_is_tested_against_a_reference_of_a_handful_of_articles(analysis: Any, lookup: Any) -> None:
    found = _quick(analysis, lookup, reference="Gazette")
    assert found.rates["p"].isna().all()
    assert found.rates["ratio"].notna().any()
    assert "The reference, Gazette, is one of them, so that nothing is tested." in found.notes


def test_a_reference_that_is_no_group_is_refused_with_the_groups_there_are(
    six: Any, make: Callable[..., Any], lookup: Any
) -> None:
    message = _refused(six, lookup, reference="C")
    assert message == "no group 'C' to be the reference; the groups by outlet are A, B"
    many = make([f"N{number:02}" for number in range(20)])
    assert _refused(many, lookup, reference="C").endswith("N10, N11 and 8 more")


def test_strata_are_the_values_that_two_groups_have(six: Any) -> None:
    topics = ["war", "war", "", "tax", "sport", "sport", "war", "tax", "tax", "", "law", "law"]
    setting = prepare(_with(six, topic=topics), Options(match="topic"))
    assert setting.event_names == ["tax", "war"]
    assert setting.event is not None
    assert setting.event.tolist() == [1, 1, -1, 0, -1, -1, 1, 0, 0, -1, -1, -1]


def test_matching_on_a_column_is_noted(six: Any, lookup: Any) -> None:
    found = _quick(_with(six, topic=["war", "tax"] * 6), lookup, match="topic")
    assert found.matched_on == "topic"
    assert found.manifest["match"] == {"on": "column", "column": "topic"}
    assert list(found.events["event"]) == ["tax", "war"]
    assert any("12 of 12 articles have 2 values of topic that two groups or more have;" in note for note in found.notes)


def test_a_column_of_single_values_can_not_be_matched_on(six: Any, lookup: Any) -> None:
    message = _refused(six, lookup, match="id")
    assert "column 'id' can't be matched on: it has 12 values in 12 articles" in message
    assert "no column 'topic' to match on" in _refused(six, lookup, match="topic")


def test_copies_are_folded_and_an_event_of_one_group_is_none(six: Any, lookup: Any) -> None:
    # a006 of B repeats a000 of A: e1 is left to A alone; e2 has both outlets
    event = ["e1", "e2", "e2", "", "", "", "e1", "e2", "", "", "", ""]
    copies = [""] * 6 + ["a000"] + [""] * 5
    events = _events(six, event, copies)
    setting = prepare(six, Options(match=events))
    assert setting.event_names == ["e2"]
    assert setting.event is not None
    assert np.flatnonzero(setting.event == 0).tolist() == [1, 2, 7]
    found = _quick(six, lookup, match=events)
    assert (found.matched_on, found.manifest["match"]) == ("events", {"on": "events", "days": 3.0})
    assert any("3 of 12 articles are on 1 event that" in note for note in found.notes)
    assert any(note.startswith("1 article repeats another article that counts") for note in found.notes)


def test_a_copy_of_an_article_that_is_not_there_counts(six: Any) -> None:
    event = ["e1"] * 12
    setting = prepare(six, Options(match=_events(six, event, ["elsewhere"] * 12)))
    assert setting.event is not None
    assert (setting.event == 0).all()


def test_a_text_that_its_own_outlet_repeats_is_not_folded_into_itself(six: Any) -> None:
    twice = _with(six, duplicate_of=["", "a000"] + [""] * 10)
    setting = prepare(twice, Options(match=_events(six, ["e1"] * 12, ["a001"] + [""] * 11)))
    assert not setting.folded.any()
    assert len(setting.articles) == 11


def test_events_of_other_articles_are_refused(six: Any, analysis: Any, lookup: Any) -> None:
    events = _events(six, ["e1"] * 12)
    assert "the events are those of 12 other articles than the 38" in _refused(analysis, lookup, match=events)
    assert "match must be events or the name of a column, found float" in _refused(six, lookup, match=0.5)


def test_no_event_of_two_groups_is_noted_and_compares_nothing(six: Any, lookup: Any) -> None:
    found = _quick(six, lookup, match=_events(six, ["e1"] * 6 + ["e2"] * 6))
    assert found.matched.empty
    assert "No event has articles of two groups, so that nothing is compared within events." in found.notes


def test_an_unknown_length_of_periods_is_refused(six: Any, lookup: Any) -> None:
    message = _refused(six, lookup, over="decade")
    assert message == "over must be one of year, quarter, month, week, day, found 'decade'"


def test_all_options_together_give_the_same_tables_for_the_same_seed(six: Any, lookup: Any) -> None:
    made = _with(six, topic=["war", "tax"] * 6, date=["2019-01-05", "2019-02-07", "2019-02-08"] * 4)
    options = {"match": "topic", "over": "month", "reference": "A", "seed": 4}
    first, again = (_quick(made, lookup, **options) for _ in range(2))
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again, name))
    assert first.notes == again.notes


@pytest.mark.parametrize("by", ["words", "loaded_own", "dale_chall", ["outlet", "headline_words"]])
def test_counts_and_scores_are_no_groups(by: str | list[str], six: Any, lookup: Any) -> None:
    message = _refused(six, lookup, by=by)
    assert "holds counts of framing's, not groups; columns to compare by: id, outlet, date" in message
    assert message.endswith("duplicate_of, section")


def test_counts_can_not_be_matched_on_and_a_text_column_behind_them_can_be_used(six: Any, lookup: Any) -> None:
    assert "'sentences' holds counts of framing's, not groups; columns to match on: id" in _refused(
        six, lookup, match="sentences"
    )
    later = _with(six, leaning=["left", "right"] * 6)
    assert list(_quick(later, lookup, by="leaning").groups["group"]) == ["left", "right"]


@pytest.mark.parametrize(
    ("topic", "fixed"),
    [
        (["war", "tax"] * 6, True),  # three articles of an outlet on each
        (["war"] * 12, True),
        (["a", "b", "c", "d", "e", "f"] * 2, False),  # one of each
    ],
)
def test_few_values_with_several_articles_are_taken_as_they_are(topic: list[str], fixed: bool, six: Any) -> None:
    assert prepare(_with(six, topic=topic), Options(match="topic")).fixed == fixed
    # events are a sample of what happened, however few
    assert not prepare(six, Options(match=_events(six, topic))).fixed


def test_more_than_twenty_values_are_a_sample(make: Callable[..., Any]) -> None:
    for n, fixed in ((20, True), (21, False)):
        many = make(["A"] * 2 * n + ["B"] * 2 * n)
        topics = [f"t{number % n}" for number in range(4 * n)]
        assert prepare(_with(many, topic=topics), Options(match="topic")).fixed == fixed


def test_one_topic_has_intervals_and_a_note_says_where_they_come_from(six: Any, lookup: Any) -> None:
    found = _quick(_with(six, topic=["war"] * 12), lookup, match="topic")
    loaded = found.matched[(found.matched["layer"] == "loaded") & (found.matched["category"] == "")]
    own = loaded[loaded["voice"] == "own"].set_index("group").loc["A"]
    raw = found.rates[(found.rates["layer"] == "loaded") & (found.rates["category"] == "")]
    raw = raw[raw["voice"] == "own"].set_index("group").loc["A"]
    assert own["ratio"] == pytest.approx(raw["ratio"])
    assert 0.01 < own["ratio_low"] < own["ratio"] < own["ratio_high"] < 100
    assert any(
        "not as a sample of others: intervals come from articles resampled within each" in n for n in found.notes
    )
    events = _quick(six, lookup, match=_events(six, ["e1", "e2"] * 6))
    assert not any("resampled within each" in note for note in events.notes)
