"""Marks of figures: what they stand for can be read back from the SVG, and the same figure is the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures import FIGURES, hedging, keyness, rates, terms, to_svg
from framing.figures._marks import decode, tag

Make = Callable[..., Comparison]


def _marks(ax: Axes) -> list[dict[str, str]]:
    ids = re.findall(r'id="(m-[^"]*)"', to_svg(ax))
    assert len(ids) == len(set(ids))
    found = [decode(one) for one in ids]
    assert None not in found
    return [dict(one) for one in found if one is not None]


def test_what_a_mark_stands_for_survives_svg() -> None:
    ax = Figure().add_subplot()
    said = {"layer": "scare-quote", "group": 'A "b" <c> & \u202e中', "term": "x" * 300}
    (line,) = ax.plot([1], [1], "o")
    tag(line, **said, category="")
    assert _marks(ax) == [said]


def test_a_mark_that_says_nothing_has_no_id() -> None:
    ax = Figure().add_subplot()
    (line,) = ax.plot([1], [1], "o")
    assert tag(line, layer="", side=float("nan")).get_gid() is None
    with pytest.raises(OptionError, match="cannot say 'colour'; allowed: layer, category, group"):
        tag(line, colour="red")


@pytest.mark.parametrize("identifier", ["figure_1", "m-", "m-1-1", "m-abc-1", "m-a-x", "m-ifbem-3"])
def test_other_ids_are_no_marks(identifier: str) -> None:
    assert decode(identifier) is None


def test_marks_of_one_figure_differ_where_they_stand_for_the_same() -> None:
    ax = Figure().add_subplot()
    for _ in range(2):
        (line,) = ax.plot([1], [1], "o")
        tag(line, layer="loaded")
    assert _marks(ax) == [{"layer": "loaded"}] * 2


def test_every_dot_of_a_rate_says_whose_it_is(make: Make) -> None:
    comparison = make(4)
    marks = _marks(rates(comparison, layer="hedge"))
    assert {m.pop("group") for m in marks} == set(comparison.groups["group"])
    assert marks == [{"layer": "hedge", "voice": "own"}] * 4


def test_a_cell_says_its_term_and_group(make: Make) -> None:
    comparison = make(3)
    table = comparison.terms.query("layer == 'loaded' and voice == 'own' and count > 0")
    counted = set(zip(table["group"], table["form"], strict=True))
    shown = {(m["group"], m["term"]) for m in _marks(terms(comparison, top=200))}
    assert shown == counted


def test_voices_and_words_are_told_apart(make: Make) -> None:
    assert {(m["layer"], m["voice"]) for m in _marks(hedging(make(2)))} == {
        (layer, voice) for layer in ("hedge", "booster") for voice in ("own", "quoted", "reported")
    }
    assert all(m["word"] and m["group"] for m in _marks(keyness(make(3))))


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_the_same_figure_has_the_same_marks(name: str, make: Make) -> None:
    comparison = make(3)
    one, two = (to_svg(FIGURES[name].draw(comparison)) for _ in range(2))
    assert one == two
