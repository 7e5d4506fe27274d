"""Figures of who speaks, in what role, how evenly, and where in the articles."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.axes import Axes

from framing import figures
from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures import FIGURES

Make = Callable[..., Comparison]
NEW = ("evenness", "roles", "speakers", "speaker_map", "positions")


def _texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def _rows(ax: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]


@pytest.mark.parametrize("unit", ["attributions", "words", "direct", "first-third"])
@pytest.mark.parametrize("name", ["balance", "roles"])
def test_shares_are_drawn_for_every_unit(make: Make, name: str, unit: str) -> None:
    comparison = make(3)
    table = figures._select.pick(getattr(comparison, "balance" if name == "balance" else "roles"), unit=unit)
    shares = set(np.round(table["value"], 9))
    widths = {round(abs(patch.get_width()), 9) for patch in FIGURES[name].draw(comparison, unit=unit).patches}
    assert len(widths) > 3
    assert widths <= shares


def test_an_unknown_unit_is_refused(make: Make) -> None:
    with pytest.raises(OptionError, match=r"unit 'x' .*first-third"):
        figures.roles(make(3), unit="x")


def test_the_index_is_drawn_from_nought_to_one_with_its_interval(make: Make) -> None:
    comparison = make(3)
    ax = figures.evenness(comparison)
    table = figures._select.pick(comparison.evenness, unit="attributions", measure="evenness")
    spans = [tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2]  # type: ignore[arg-type]
    for low, high in zip(table["low"], table["high"], strict=True):
        assert any(np.allclose(span, (low, high)) for span in spans)
    assert {"Attributions", "Attributed words", "First third"} <= set(_texts(ax))
    assert "Russia and Ukraine, from 0 (one side only) to 1" in ax.get_xlabel().replace("\n", " ")


def test_one_side_only_is_said_in_a_sentence(make: Make) -> None:
    comparison = make(3, sides=("russia",))
    ax = figures.evenness(comparison)
    assert not ax.axison
    assert _texts(ax) == ["One side only was heard (Russia), so that the balance index is 0."]
    assert FIGURES["evenness"].alt_text(comparison) == _texts(ax)[0]


def test_without_sides_there_is_no_index(make: Make) -> None:
    assert not figures.evenness(make(3, sides=())).axison


def test_without_sides_speakers_are_drawn_without_a_key(make: Make) -> None:
    ax = figures.speakers(make(3, sides=()))
    assert ax.axison
    assert ax.get_legend() is None


def test_the_foremost_speakers_stand_under_their_group(make: Make) -> None:
    comparison = make(3)
    ax = figures.speakers(comparison)
    rows = _rows(ax)
    heads = [number for number, row in enumerate(rows) if not row]
    assert len(heads) == 3
    assert set(comparison.groups["group"]) <= set(_texts(ax))
    first = comparison.speakers[comparison.speakers["group"] == comparison.groups["group"].iloc[0]]
    shown = rows[1 : heads[1]]
    assert shown[0] == first["speaker"].iloc[0]
    widths = [patch.get_width() for patch in ax.patches]
    assert all(any(np.isclose(width, share) for width in widths) for share in first["share"].head(len(shown)))


def test_a_wide_interval_does_not_make_the_bars_small(make: Make) -> None:
    comparison = make(3)
    high = comparison.speakers["high"].where(comparison.speakers.index != 0, 1.0)
    ax = figures.speakers(dataclasses.replace(comparison, speakers=comparison.speakers.assign(high=high)))
    assert ax.get_xlim()[1] < 0.5
    assert "An arrow: the interval reaches beyond the scale." in ax.get_xlabel()
    assert "arrow" not in figures.speakers(comparison).get_xlabel()


def test_of_many_groups_twelve_have_their_speakers_shown(make: Make) -> None:
    ax = figures.speakers(make(30))
    assert sum(not row for row in _rows(ax)) == 12
    assert "18 further outlets left out" in ax.get_xlabel()


def test_a_cell_of_the_map_says_its_share_in_per_cent(make: Make) -> None:
    comparison = make(3)
    ax = figures.speaker_map(comparison, top=2)
    assert len(_rows(ax)) == 2
    table = comparison.speakers[comparison.speakers["speaker"] == _rows(ax)[0]].set_index("group")["share"]
    shares = [100 * table[group] for group in comparison.groups["group"]]
    assert _texts(ax)[:3] == [f"{share:.0f}" if share >= 9.95 else f"{share:.1f}" for share in shares]


def test_cells_differ_in_grey(make: Make) -> None:
    """The darker, the more: the order of the shares is that of the luminance."""
    mesh = figures.speaker_map(make(3)).collections[0]
    mesh.update_scalarmappable()
    colours = mesh.get_facecolor() @ np.array([0.299, 0.587, 0.114, 0])
    values = np.asarray(mesh.get_array()).ravel()
    order = np.argsort(values)
    assert (np.diff(colours[order]) <= 1e-9).all()


def test_voices_are_three_lines_of_ten_points_a_group(make: Make) -> None:
    comparison = make(3)
    ax = figures.positions(comparison)
    lines = [line for line in ax.lines if len(line.get_xdata()) == 10]  # type: ignore[arg-type]
    assert len(lines) == 9
    assert len({(line.get_linestyle(), line.get_marker()) for line in lines}) == 3
    own = figures._select.pick(comparison.positions, group=comparison.groups["group"].iloc[0], voice="own")
    assert np.allclose(np.asarray(lines[0].get_ydata(), dtype=float), own.sort_values("part")["value"])
    assert len(ax.collections) == 9, "a band about every line"


def test_few_articles_have_lines_without_bands(make: Make) -> None:
    ax = figures.positions(make(3, articles=4))
    assert not ax.collections
    assert "interval" not in ax.get_xlabel()


@pytest.mark.parametrize("name", NEW)
def test_long_names_are_told_apart(make: Make, name: str) -> None:
    long = [f"An Association of Regional Newspapers of the Northern Provinces, Edition {x}" for x in "AB"]
    ax = FIGURES[name].draw(make(long))
    headings = [label.get_text() for label in ax.get_xticklabels()] if name == "speaker_map" else []
    shown = [text.replace("\n", " ") for text in [*_rows(ax), *_texts(ax), *headings]]
    assert len({text for text in shown if text.endswith(("Edition A", "Edition B", "dition A", "dition B"))}) == 2


@pytest.mark.parametrize("name", NEW)
def test_roles_and_speakers_of_one_article_have_no_interval(make: Make, name: str) -> None:
    assert "interval" not in FIGURES[name].draw(make(1, articles=1)).get_xlabel()
