"""What was found wrong on printed pages and is not to come back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from framing.comparison._model import Comparison
from framing.figures import load_wording
from framing.figures._wording import without_ticks
from framing.render._appendix import evidence
from framing.render._first import rates_figure
from framing.render._same_event import same_event
from framing.render._story import Story, clean
from framing.render._tables import layers, readability

Make = Callable[..., Comparison]


def story(comparison: Comparison) -> Story:
    return Story(comparison, load_wording("en"), "en")


def table(blocks: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(block for block in blocks if block.get("id") == f"table-{name}")


@pytest.mark.parametrize("name", ["هآرتس", "ידיעות 2", "Donaudampfschifffahrtsgesellschaftszeitung", "The Post"])
def test_what_is_made_ready_twice_stays_as_it_was(name: str) -> None:
    assert clean(clean(name)) == clean(name)
    assert "�" not in clean(clean(name))


def test_rates_of_few_groups_have_their_intervals_in_the_table(make: Make) -> None:
    with_intervals, without = layers(story(make(3)), intervals=True), layers(story(make(3)))
    assert all("[" in cell for row in with_intervals["rows"][:3] for cell in row[1:])
    assert not any("[" in cell for row in without["rows"] for cell in row)
    assert "table of rates" in without["note"]
    assert "table of rates" not in with_intervals["note"]
    assert all("[" in cell for row in readability(story(make(3)))["rows"] for cell in row[1:])


def test_against_a_reference_nobody_is_set_against_the_others(make: Make) -> None:
    made = make(4)
    name = str(made.groups["group"].iloc[0])
    made = dataclasses.replace(made, reference=name, matched=made.matched[made.matched["group"] != name])
    blocks = same_event(story(made))
    assert f"events that {name} reports on too" in table(blocks, "matched")["caption"]
    assert "shares no event" not in table(blocks, "matched")["note"]
    assert f"against {name} on the same events" in next(b for b in blocks if b["kind"] == "figure")["caption"]
    assert rates_figure(story(made))["caption"].endswith(f"against {name}.")
    assert rates_figure(story(make(4)))["caption"].endswith("against the others.")


def test_evidence_that_is_whole_is_no_sample_of_less(make: Make) -> None:
    made = make(2)
    few = made.rates.assign(count=0)
    said = "".join(run["text"] for run in evidence(story(dataclasses.replace(made, rates=few)))[0]["runs"])
    assert "sample" not in said
    assert "sample" in "".join(run["text"] for run in evidence(story(made))[0]["runs"])


def test_commands_stand_between_quotation_marks() -> None:
    assert without_ticks("Printed by `framing train bias`.") == "Printed by “framing train bias”."


def test_the_bound_of_a_ratio_that_nobody_knows_has_no_decimals() -> None:
    assert load_wording("en").interval(1.876, 42767.304, 2) == "[1.88, 42,767]"
