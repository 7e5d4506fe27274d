"""The sections of a report on who is heard and on the balance of sides."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from framing.comparison._model import Comparison
from framing.figures import load_wording
from framing.render._appendix import methods_with_works
from framing.render._heard import balance, heard
from framing.render._sections import sections
from framing.render._story import Story

Make = Callable[..., Comparison]


def _story(comparison: Comparison) -> Story:
    return Story(comparison, load_wording("en"), "en")


def _said(blocks: list[dict[str, Any]]) -> str:
    return " ".join("".join(run["text"] for run in block["runs"]) for block in blocks if block["kind"] == "text")


def test_who_is_heard_shows_speakers_roles_and_places(make: Make) -> None:
    story = _story(make(3))
    blocks = heard(story)
    assert {"speakers.svg", "speaker_map.svg", "roles.svg", "positions.svg", "voice_strip.svg"} <= set(story.figures)
    assert "an article hears 4.0 of them on average" in _said(blocks)


def test_the_balance_says_definition_and_result(make: Make) -> None:
    comparison = make(3)
    story = _story(comparison)
    said = _said(balance(story))
    assert {"balance.svg", "evenness.svg", "stance.svg"} <= set(story.figures)
    assert "Pielou’s evenness" in said
    table = comparison.evenness.query("unit == 'attributions' and measure == 'evenness'")
    best = table.loc[table["value"].idxmax()]
    assert f"{best['group']} with {best['value']:.2f} [{best['low']:.2f}, {best['high']:.2f}]" in said
    assert "percentage points" in said


def test_one_group_has_one_index_and_is_set_against_no_other(make: Make) -> None:
    said = _said(balance(_story(make(1))))
    assert "the index is" in said
    assert "least even" not in said
    assert "widest gap" not in said


def test_one_side_only_reads_sensibly(make: Make) -> None:
    said = _said(balance(_story(make(3, sides=("russia",)))))
    assert "One side only was heard: Russia. The balance index is 0." in said
    assert "Most even" not in said


@pytest.mark.parametrize(
    ("given", "expected"), [([], "No sides were given"), (["x"], "No source could be given a side")]
)
def test_without_sides_the_report_says_why(make: Make, given: list[str], expected: str) -> None:
    comparison = make(3, sides=())
    story = _story(dataclasses.replace(comparison, manifest={**comparison.manifest, "sides": given}))
    blocks = balance(story)
    assert len(blocks) == 1
    assert expected in _said(blocks)
    assert not story.figures


def test_without_attributions_there_is_no_balance(make: Make) -> None:
    names = [section["id"] for section in sections(_story(make(3, attributions=False)))]
    assert "heard" in names
    assert "balance" not in names


def test_the_accused_are_counted_and_listed(make: Make) -> None:
    blocks = balance(_story(make(3)))
    said = _said(blocks)
    assert "60 times an article speaks against a side" in said
    assert "in 18 it is neither heard" in said
    assert "12 times a side is said not to have commented: Russia 6 and Ukraine 6." in said
    [table] = [block for block in blocks if block.get("id") == "table-replies"]
    assert len(table["rows"]) == 6
    assert [cell.replace("\u00a0", " ") for cell in table["rows"][0][2:]] == [
        "10",
        "60 % [30, 100]",
        "10 % [5, 20]",
        "30 % [15, 60]",
    ]


def test_of_many_accused_the_foremost_are_listed(make: Make) -> None:
    [table] = [block for block in balance(_story(make(12))) if block.get("id") == "table-replies"]
    assert len(table["rows"]) == 12
    assert "12 further rows" in table["note"]


def test_shares_by_unit_are_a_table_of_few_groups(make: Make) -> None:
    for groups, there in ((3, True), (12, False)):
        names = [block.get("id") for block in balance(_story(make(groups)))]
        assert ("table-balance" in names) is there


def test_the_methods_define_the_index_where_it_was_used(make: Make) -> None:
    blocks = methods_with_works(_story(make(3)))
    assert "evenness" in [block.get("name") for block in blocks]
    assert "Pielou, E. C. 1966" in repr(blocks)
    nothing = methods_with_works(_story(make(3, sides=())))
    assert "evenness" not in [block.get("name") for block in nothing]
    assert "Pielou" not in repr(nothing)
