"""Each figure: geometry, labels and words, with many groups, one group and none."""

from __future__ import annotations

import dataclasses
import itertools
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing import figures
from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures import FIGURES

Make = Callable[..., Comparison]

ODD = (
    "#hash *star* _under_ $math$",
    "<script>alert(1)</script> & Co",
    "🔥 Emoji 中文",
    "العربية الجديدة",
    "null\x00control\u202e",
    "An Association of Regional Newspapers of the Northern Provinces, Edition A",
    "An Association of Regional Newspapers of the Northern Provinces, Edition B",
)


def _rows(ax: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]


def _texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("groups", [1, 3, 30])
def test_every_figure_is_drawn_with_any_number_of_groups(make: Make, name: str, groups: int) -> None:
    comparison = make(groups)
    ax = FIGURES[name].draw(comparison)
    width, height = ax.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    assert width == figures._style.FULL
    assert height < 9.0, "a figure with its caption fits on a page"
    assert figures.to_svg(ax).count("<svg") == 1
    assert len(FIGURES[name].alt_text(comparison)) > 10
    assert len(FIGURES[name].title()) > 3


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_in_a_sentence_that_it_has_nothing_to_show(make: Make, name: str) -> None:
    comparison = make(2, findings=False, attributions=False)
    bare = dataclasses.replace(comparison, readability=comparison.readability.iloc[:0])
    ax = FIGURES[name].draw(bare)
    assert not ax.axison
    assert _texts(ax) == [FIGURES[name].alt_text(bare)]
    assert _texts(ax)[0].endswith(".")


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_takes_names_of_any_script_and_markup(make: Make, name: str) -> None:
    comparison = make(ODD)
    svg = figures.to_svg(FIGURES[name].draw(comparison))
    assert "<script>" not in svg
    assert "\x00" not in svg
    if name not in ("profile", "voice_strip", "dumbbell", "word_shift"):
        assert "*star*" in svg


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_the_same_string_each_time(make: Make, name: str) -> None:
    one, two = (figures.to_svg(FIGURES[name].draw(make(2))) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_a_saved_figure_is_the_same_bytes_each_time(make: Make, suffix: str, tmp_path: Path) -> None:
    one, two = (figures.save(figures.balance(make(2)), tmp_path / f"{i}.{suffix}") for i in (1, 2))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_draws_into_given_axes(make: Make, name: str) -> None:
    left, right = Figure(figsize=(8, 3)).subplots(1, 2)
    assert FIGURES[name].draw(make(3), ax=right) is right
    assert not left.has_data()
    assert right.has_data()


def test_pyplot_is_never_imported() -> None:
    code = "import sys, framing.figures; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_style_of_the_caller_comes_back(make: Make) -> None:
    import matplotlib as mpl

    before = mpl.rcParams["font.size"], mpl.rcParams["svg.hashsalt"]
    figures.rates(make(3))
    assert (mpl.rcParams["font.size"], mpl.rcParams["svg.hashsalt"]) == before


def test_rates_are_sorted_and_marked_by_shape_where_they_differ(make: Make) -> None:
    comparison = make(12)
    table = figures._select.pick(comparison.rates, layer="loaded", category="", voice="own")
    table = table.sort_values("value", ascending=False)
    ax = figures.rates(comparison)
    assert _rows(ax) == list(table["group"])
    dots = {line.get_ydata()[0]: line for line in ax.lines if line.get_marker() in ("o", "<", ">")}  # type: ignore[index]
    for row, (value, ratio, q) in enumerate(zip(table["value"], table["ratio"], table["q"], strict=True)):
        assert dots[row].get_xdata()[0] == pytest.approx(value)  # type: ignore[index]
        assert dots[row].get_marker() == ("o" if not q < 0.05 else ">" if ratio > 1 else "<")


def test_rates_show_the_rate_of_all_groups_together(make: Make) -> None:
    comparison = make(3)
    table = figures._select.pick(comparison.rates, layer="loaded", category="", voice="own")
    overall = 1000 * table["count"].sum() / table["n_words"].sum()
    assert f"all: {overall:.1f}" in _texts(figures.rates(comparison))


def test_rates_of_one_group_speak_of_no_others(make: Make) -> None:
    ax = figures.rates(make(1))
    assert "other" not in ax.get_xlabel()
    assert not [text for text in _texts(ax) if text.startswith("all:")]


def test_an_interval_is_drawn_from_low_to_high(make: Make) -> None:
    comparison = make(3)
    table = figures._select.pick(comparison.rates, layer="hedge", category="", voice="own")
    spans = [tuple(line.get_xdata()) for line in figures.rates(comparison, layer="hedge").lines]
    for low, high in zip(table["low"], table["high"], strict=True):
        assert any(np.allclose(span, (low, high)) for span in spans if len(span) == 2)


def test_a_group_of_one_article_has_no_interval(make: Make) -> None:
    texts = _texts(figures.rates(make(3, articles=1)))
    assert not [text for text in texts if "nan" in text or "[" in text]


def test_more_than_thirty_groups_are_left_out_and_said(make: Make) -> None:
    comparison = make(35)
    for name in ("rates", "terms", "balance", "stance", "hedging", "keyness", "headlines", "readability", "naming"):
        ax = FIGURES[name].draw(comparison)
        assert "5 further outlets left out" in ax.get_xlabel().replace("\n", " "), name
    assert len(_rows(figures.rates(comparison))) == 30


def test_cells_of_the_heatmap_hold_their_rates(make: Make) -> None:
    comparison = make(3)
    ax = figures.terms(comparison, top=5)
    table = figures._select.pick(comparison.terms, layer="loaded", voice="own")
    first = _rows(ax)[0]
    expected = [f"{value:.1f}" for value in table[table["form"] == first]["value"]]
    assert len(_rows(ax)) == 5
    assert _texts(ax)[:3] == expected


def test_two_sides_part_from_a_middle_line(make: Make) -> None:
    comparison = make(3)
    widths = [patch.get_width() for patch in figures.balance(comparison).patches]
    table = figures._select.pick(comparison.balance, unit="attributions")
    for side, sign in zip(figures._select.sides(comparison), (-1, 1), strict=False):
        for share in table[table["side"] == side]["value"]:
            assert any(np.isclose(width, sign * share) for width in widths)


def test_three_sides_have_a_column_each(make: Make) -> None:
    ax = figures.balance(make(4, sides=("us-republicans", "us-democrats", "russia")))
    assert {"US Republicans", "US Democrats", "Russia", "unknown"} <= set(_texts(ax))
    assert len(ax.patches) == 3 * 4, "the unknown are a number beside the bars"
    assert min(patch.get_width() for patch in ax.patches) >= 0


def test_a_side_hardly_heard_has_no_column(make: Make) -> None:
    comparison = make(4, sides=("us-republicans", "us-democrats", "russia"))
    balance = comparison.balance.copy()
    balance.loc[balance["side"] == "russia", "count"] = 0
    ax = figures.balance(dataclasses.replace(comparison, balance=balance))
    assert "Russia" not in _texts(ax)
    assert "1 side with few attributions is not shown." in ax.get_xlabel()


def test_without_a_named_side_there_is_no_balance(make: Make) -> None:
    comparison = make(3)
    unknown = comparison.balance[comparison.balance["side"] == "unknown"]
    assert not figures.balance(dataclasses.replace(comparison, balance=unknown)).axison


def test_sides_keep_their_colours_and_differ_in_hatch(make: Make) -> None:
    comparison = make(3)
    looks = [figures._balance.side_look(comparison, side) for side in ("russia", "ukraine")]
    assert looks[0][0] != looks[1][0]
    assert looks[0][1] != looks[1][1]
    drawn = {patch.get_facecolor() for patch in figures.balance(comparison).patches}
    strip = {patch.get_facecolor() for patch in figures.voice_strip(comparison).patches}
    assert drawn & strip


def test_colours_of_sides_differ_in_grey(make: Make) -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    colours = figures._style.SIDE_COLOURS
    assert all(abs(grey(a) - grey(b)) > 25 for a, b in itertools.pairwise(colours))


def test_shares_of_names_have_their_denominators(make: Make) -> None:
    comparison = make(3)
    referent = figures.referents(comparison)[0]
    ax = figures.naming(comparison, referent=referent)
    totals = figures._select.pick(comparison.naming, referent=referent)["total"].astype(str)
    assert set(totals) <= set(_texts(ax))


def test_doubting_and_endorsing_differ_in_shape(make: Make) -> None:
    markers = {line.get_marker() for line in figures.stance(make(3)).lines}
    assert {"v", "^"} <= markers


def test_the_strip_covers_the_article_once(make: Make) -> None:
    comparison = make(3)
    patches = figures.voice_strip(comparison).patches
    lines = len({patch.get_y() for patch in patches})  # type: ignore[attr-defined]
    assert sum(patch.get_width() for patch in patches) == pytest.approx(lines)  # type: ignore[attr-defined]


def test_the_strip_names_its_speakers(make: Make) -> None:
    comparison = make(3)
    speakers = set(comparison.segments["speaker"]) - {""}
    assert speakers & set(_texts(figures.voice_strip(comparison)))


def test_long_names_are_cut_but_stay_different() -> None:
    short = figures._style.labels(ODD)
    assert len(set(short)) == len(ODD)
    assert all(figures._style.width_of(line) <= 28 for name in short for line in name.split("\n"))


def test_text_in_figures_is_text(make: Make) -> None:
    svg = figures.to_svg(figures.rates(make(3)))
    assert re.search(r"<text[^>]*>\s*Northern Herald\s*</text>", svg)


def test_a_figure_of_another_kind_is_refused(make: Make, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"figure\.gif.*\.svg, \.pdf, \.png"):
        figures.save(figures.rates(make(1)), tmp_path / "figure.gif")


def test_a_description_names_the_highest_and_the_lowest(make: Make) -> None:
    comparison = make(12)
    table = figures._select.pick(comparison.rates, layer="loaded", category="", voice="own").sort_values("value")
    text = FIGURES["rates"].alt_text(comparison)
    assert f"from {table['group'].iloc[-1]} ({table['value'].iloc[-1]:.1f})" in text
    assert f"to {table['group'].iloc[0]} ({table['value'].iloc[0]:.1f})" in text


def test_the_rate_of_all_counts_groups_that_are_not_drawn(make: Make) -> None:
    comparison = make(35)
    table = figures._select.pick(comparison.rates, layer="loaded", category="", voice="own")
    table = table.assign(count=table["count"] * np.where(table["group"] == table["group"].iloc[-1], 50, 1))
    rates = comparison.rates.copy()
    rates.loc[table.index, "count"] = table["count"]
    overall = 1000 * table["count"].sum() / table["n_words"].sum()
    assert f"all: {overall:.1f}" in _texts(figures.rates(dataclasses.replace(comparison, rates=rates)))


def test_options_that_a_comparison_does_not_have_are_refused(make: Make) -> None:
    comparison = make(3)
    with pytest.raises(OptionError, match=r"layer 'nope' is not in this comparison; allowed: .*loaded.*hedge"):
        figures.rates(comparison, layer="nope")
    with pytest.raises(OptionError, match=r"voice 'loud' .*allowed: own, quoted, reported, all"):
        figures.terms(comparison, voice="loud")
    with pytest.raises(OptionError, match=r"formula 'x' .*gunning_fog"):
        figures.readability(comparison, formula="x")
    with pytest.raises(OptionError, match=r"category 'x' .*condemning"):
        figures.rates(comparison, category="x")
    with pytest.raises(OptionError, match=r"unit 'x' .*words"):
        figures.balance(comparison, unit="x")


def test_untested_rates_have_no_key_of_differences(make: Make) -> None:
    comparison = make(3, articles=2)
    assert "q <" not in figures.rates(comparison).get_xlabel()
    assert "No difference was tested." in FIGURES["rates"].alt_text(comparison)


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_of_single_articles_speaks_of_intervals(make: Make, name: str) -> None:
    for groups in (1, 2):
        comparison = make(groups, articles=1)
        assert "interval" not in FIGURES[name].draw(comparison).get_xlabel()
        assert "interval" not in FIGURES[name].alt_text(comparison)


def test_stances_without_doubt_or_endorsement_are_a_sentence(make: Make) -> None:
    comparison = make(3)
    plain = dataclasses.replace(comparison, stance=comparison.stance.assign(count=0, value=0.0))
    ax = figures.stance(plain)
    assert not ax.axison
    assert _texts(ax) == [FIGURES["stance"].alt_text(plain)]
