"""Figures of events, time, voices, frames and copies: geometry and labels; gaps, and what there is too much of."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing import figures
from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures import FIGURES
from framing.figures._marks import decode
from framing.figures._periods import filled, ticks

Make = Callable[..., Comparison]
NEW = ("voice", "frames", "trend", "events", "copies")
MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]


def _texts(ax: Axes) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in ax.texts]


def _rows(ax: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]


def _note(ax: Axes) -> str:
    return ax.get_xlabel().replace("\n", " ")


def _tagged(ax: Axes) -> list[tuple[dict[str, str], object]]:
    """Return what each mark stands for, and the mark."""
    marks = [*ax.lines, *ax.patches, *ax.texts]
    return [(dict(decode(mark.get_gid() or "") or {}), mark) for mark in marks if mark.get_gid()]


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("width", [figures._style.COLUMN, 5.0])
def test_new_figures_keep_the_width_that_is_asked_for(make: Make, name: str, width: float) -> None:
    for groups in (2, 12):
        figure = FIGURES[name].draw(make(groups), width=width).get_figure(root=True)
        assert isinstance(figure, Figure)
        assert figure.get_figwidth() == width
        assert figure.get_figheight() < 9.0


@pytest.mark.parametrize("name", NEW)
def test_marks_say_whose_they_are(make: Make, name: str) -> None:
    comparison = make(3)
    said = {keys["group"] for keys, _ in _tagged(FIGURES[name].draw(comparison)) if "group" in keys}
    assert said == set(comparison.groups["group"]) or name == "frames"


def test_the_caller_keeps_the_size_of_a_figure_of_his(make: Make) -> None:
    figure = Figure(figsize=(4, 3))
    figures.copies(make(3), ax=figure.add_subplot())
    assert tuple(figure.get_size_inches()) == (4, 3)


def test_a_period_without_words_is_a_gap_in_the_line(make: Make) -> None:
    ax = figures.trend(make(1))
    line = next(line for line in ax.lines if len(line.get_xdata()) == len(MONTHS))  # type: ignore[arg-type]
    missing = np.isnan(np.asarray(line.get_ydata(), dtype=float))
    assert [MONTHS[i] for i in np.flatnonzero(missing)] == ["2022-09", "2022-10"]


def test_periods_that_the_table_leaves_out_are_gaps_too(make: Make) -> None:
    table = make(2).trends
    table = table[(table["layer"] == "loaded") & ~table["period"].isin(["2023-02", "2023-03"])]
    tables, periods = filled(table, list(table["group"].unique()))
    assert periods == MONTHS
    assert tables[1].set_index("period")["value"].isna().sum() == 2


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("2019-12-30", "2020-01-02", ["2019-12-31", "2020-01-01"]),
        ("2020-W52", "2021-W02", ["2020-W53", "2021-W01"]),
        ("2019-Q4", "2020-Q2", ["2020-Q1"]),
        ("2018", "2020", ["2019"]),
        ("morning", "night", []),
    ],
)
def test_every_kind_of_period_is_counted_on(first: str, last: str, between: list[str]) -> None:
    rows = [
        {"period": period, "layer": "loaded", "voice": "own", "group": "A", "n_words": 9, "value": 1.0}
        for period in (first, last)
    ]
    _, periods = filled(pd.DataFrame(rows), ["A"])
    assert periods == [first, *between, last]


def test_period_labels_are_thinned_to_what_fits_and_begin_with_the_year() -> None:
    assert [MONTHS[i] for i in ticks(MONTHS, 2.0)] == ["2022-01", "2022-07", "2023-01", "2023-07"]
    assert len(ticks(MONTHS, 20.0)) == len(MONTHS)
    assert [MONTHS[5:][i] for i in ticks(MONTHS[5:], 1.5)] == ["2022-07", "2023-01", "2023-07"]
    days = [f"2024-08-{day:02d}" for day in range(1, 31)]
    assert 1 <= len(ticks(days, 2.0)) <= 3
    assert ticks([], 3.0) == []


def test_up_to_three_lines_are_named_at_their_ends_and_differ_without_colour(make: Make) -> None:
    comparison = make(3)
    ax = figures.trend(comparison)
    assert set(comparison.groups["group"]) <= set(_texts(ax))
    lines = [line for line in ax.lines if len(line.get_xdata()) == len(MONTHS)]  # type: ignore[arg-type]
    assert len({line.get_linestyle() for line in lines}) == 3
    ends = sorted(float(text.xy[1]) for text in ax.texts if text.get_text() in set(comparison.groups["group"]))  # type: ignore[attr-defined]
    assert (np.diff(ends) > 0.03).all()


def test_in_a_column_the_lines_have_a_legend(make: Make) -> None:
    comparison = make(2)
    legend = figures.trend(comparison, width=figures._style.COLUMN).get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == list(comparison.groups["group"])


def test_more_groups_have_a_panel_each_with_the_others_behind(make: Make) -> None:
    comparison = make(5)
    ax = figures.trend(comparison)
    lines = [line for line in ax.lines if len(line.get_xdata()) == len(MONTHS)]  # type: ignore[arg-type]
    pale = [line for line in lines if line.get_color() == figures._style.UNKNOWN]
    assert len(pale) == 5 * 4
    assert len(lines) - len(pale) == 5
    assert set(comparison.groups["group"]) <= set(_texts(ax))


def test_a_wide_interval_does_not_flatten_the_lines(make: Make) -> None:
    comparison = make(2)
    assert "arrow" not in _note(figures.trend(comparison))
    trends = comparison.trends.copy()
    trends.loc[0, "high"] = 500.0
    ax = figures.trend(dataclasses.replace(comparison, trends=trends))
    assert "An arrow: the interval reaches beyond the scale." in _note(ax)
    labels = [float(text) for text in _rows(ax)]
    assert max(labels) < 50


def test_trends_of_unknown_layers_and_voices_are_refused(make: Make) -> None:
    with pytest.raises(OptionError, match=r"layer 'nope' .*loaded, hedge"):
        figures.trend(make(2), layer="nope")
    with pytest.raises(OptionError, match=r"voice 'quoted' .*allowed: own"):
        figures.trend(make(2), voice="quoted")


def test_a_square_is_filled_where_there_is_more_and_as_large_as_what_it_adds(make: Make) -> None:
    comparison = make(4)
    parts = comparison.event_rates.set_index(["event", "group"])["part"]
    squares = [(keys, mark) for keys, mark in _tagged(figures.events(comparison)) if "event" in keys]
    assert len(squares) == len(parts)
    sizes = []
    for keys, mark in squares:
        part = parts[keys["event"], keys["group"]]
        assert (mark.get_markerfacecolor() == "white") == (part < 0)  # type: ignore[attr-defined]
        sizes.append((abs(part), mark.get_markersize()))  # type: ignore[attr-defined]
    assert (np.diff([size for _, size in sorted(sizes)]) >= -1e-9).all()


def test_events_that_add_most_stand_first(make: Make) -> None:
    comparison = make(4)
    weight = comparison.event_rates.assign(part=comparison.event_rates["part"].abs()).groupby("event")["part"].sum()
    titles = comparison.events.set_index("event")["title"]
    first = titles[weight.idxmax()]
    row = _rows(figures.events(comparison))[0]
    assert first.startswith(row.split("…")[0])
    shares = [float(text.split()[0]) for text in _texts(figures.events(comparison)) if text.endswith("%")]
    assert sum(shares) == pytest.approx(100, abs=len(shares) / 2)


def test_two_groups_are_bars_that_add_up_to_the_difference(make: Make) -> None:
    comparison = make(2)
    group = comparison.groups["group"].iloc[0]
    parts = comparison.event_rates[comparison.event_rates["group"] == group]["part"]
    ax = figures.events(comparison)
    widths = [patch.get_width() for patch in ax.patches]  # type: ignore[attr-defined]
    assert sum(widths) == pytest.approx(parts.sum())
    assert widths == sorted(widths, reverse=True)
    assert f"together {parts.sum():.2f}".replace("-", "−") in _note(ax)


def test_events_beyond_the_top_are_one_bar_or_said(make: Make) -> None:
    comparison = make(2)
    ax = figures.events(comparison, top=3)
    parts = comparison.event_rates[comparison.event_rates["group"] == comparison.groups["group"].iloc[0]]["part"]
    assert len(ax.patches) == 4
    assert _rows(ax)[-1] == f"{len(parts) - 3} other events together"
    assert sum(patch.get_width() for patch in ax.patches) == pytest.approx(parts.sum())  # type: ignore[attr-defined]
    many = figures.events(make(4), top=5)
    assert len(_rows(many)) == 5
    assert re.search(r"9 further events add \d+ % together\.", _note(many).replace("\xa0", " "))


def test_a_group_of_the_matrix_can_be_drawn_alone(make: Make) -> None:
    comparison = make(5)
    group = comparison.groups["group"].iloc[3]
    keys = {said["group"] for said, _ in _tagged(figures.events(comparison, group=group)) if "event" in said}
    assert keys == {group}
    with pytest.raises(OptionError, match=r"group 'Nobody' .*Harbour Times"):
        figures.events(comparison, group="Nobody")


def test_the_reference_has_no_column_of_its_own(make: Make) -> None:
    comparison = dataclasses.replace(make(4), reference="Free Courier")
    ax = figures.events(comparison)
    assert "Free Courier" not in [label.get_text() for label in ax.get_xticklabels()]
    assert "from Free Courier" in _note(ax)


def test_values_of_a_column_name_the_rows(make: Make) -> None:
    comparison = dataclasses.replace(make(2), matched_on="topic")
    assert set(_rows(figures.events(comparison))) <= set(comparison.events["event"])


def test_in_a_column_twelve_groups_stand_beside_one_another(make: Make) -> None:
    for name in ("events", "terms", "speaker_map"):
        ax = FIGURES[name].draw(make(30), width=figures._style.COLUMN)
        assert len(ax.get_xticklabels()) == 12, name
        assert "18 further outlets left out: shown are the 12" in _note(ax), name


def test_the_shares_of_the_three_voices_are_drawn_with_their_intervals(make: Make) -> None:
    comparison = make(3)
    ax = figures.voice(comparison)
    dots = [mark.get_xdata()[0] for _, mark in _tagged(ax)]  # type: ignore[attr-defined]
    assert np.allclose(dots[:3], comparison.groups["share_own"])
    quoted = comparison.groups["share_quoted_high"] - comparison.groups["share_quoted_low"]
    spans = [float(np.ptp(line.get_xdata())) for line in ax.lines if len(line.get_xdata()) == 2]  # type: ignore[arg-type]
    assert all(any(np.isclose(span, wide) for span in spans) for wide in quoted)
    assert {"Own voice", "Quoted", "Reported"} <= set(_texts(ax))


def test_frames_of_a_model_are_columns_of_the_groups_with_enough_articles(make: Make) -> None:
    comparison = make(12)
    ax = figures.frames(comparison, model="guns")
    assert {"2nd Amendment rights", "Politics"} <= set(_texts(ax))
    assert len(_rows(ax)) == 6
    assert "Northern Herald (10)" in _rows(ax)
    assert "6 outlets with too few articles on the topic are not shown." in _note(ax)
    with pytest.raises(OptionError, match=r"model 'nope' .*climate, guns"):
        figures.frames(comparison, model="nope")


def test_many_frames_stand_in_bands_each_under_its_heading(make: Make) -> None:
    comparison = make(3)
    names = [f"frame_{letter}" for letter in "abcdefghi"]
    parts = [comparison.frames[comparison.frames["frame"] == "conflict"].assign(frame=name) for name in names]
    ax = figures.frames(dataclasses.replace(comparison, frames=pd.concat(parts, ignore_index=True)))
    assert {f"Frame {letter}" for letter in "abcdefghi"} <= set(_texts(ax))
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert len(dots) == 9 * 3


def test_copies_are_shares_of_words_and_articles(make: Make) -> None:
    comparison = make(3)
    ax = figures.copies(comparison)
    assert {"Words in common", "Copied articles", "Names an agency"} <= set(_texts(ax))
    low, high = (comparison.copies[name] for name in ("low", "high"))
    spans = [float(np.ptp(line.get_xdata())) for line in ax.lines if len(line.get_xdata()) == 2]  # type: ignore[arg-type]
    assert all(any(np.isclose(span, wide) for span in spans) for wide in high - low)


def test_descriptions_name_who_has_most(make: Make) -> None:
    comparison = make(4)
    words = comparison.copies[comparison.copies["measure"] == "words"]
    most = words.loc[words["value"].idxmax(), "group"]
    assert f"({most})" in FIGURES["copies"].alt_text(comparison)
    assert "24 periods" in FIGURES["trend"].alt_text(comparison)
    assert "from 2022-01 to 2023-12" in FIGURES["trend"].alt_text(comparison)
    assert "14 events" in FIGURES["events"].alt_text(comparison)
    assert "Own voice: from" in FIGURES["voice"].alt_text(comparison)
    assert "Frames of climate news: conflict" in FIGURES["frames"].alt_text(comparison)


def test_a_slide_is_ten_inches_of_the_same_drawing(make: Make) -> None:
    drawn, saved = figures.WIDTHS["slide"]
    ax = figures.rates(make(3), width=drawn)
    plain, slide = figures.to_svg(ax), figures.to_svg(ax, width=saved)
    assert f'width="{72 * saved:g}pt"' in slide
    assert re.sub(r'(width|height)="[\d.]+pt"', "", slide) == re.sub(r'(width|height)="[\d.]+pt"', "", plain)
