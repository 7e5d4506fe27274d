"""Rates over time: the rate of each period with its interval, and the line that is smoothed over periods."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from framing.comparison._model import Comparison
from framing.figures._marks import tag
from framing.figures._panels import column, grow, note
from framing.figures._periods import filled, ticks
from framing.figures._select import check, check_layer, groups, left_out, main_voice, noun, pick, spread
from framing.figures._style import (
    ACCENT,
    FULL,
    INK,
    MUTED,
    RULE,
    UNKNOWN,
    WARM,
    bold,
    canvas,
    empty,
    inches,
    labels,
    narrow,
    styled,
)
from framing.figures._wording import Wording, load_wording

_Dashes = Literal["-", "--", ":"]
_LOOKS: tuple[tuple[str, str, _Dashes], ...] = ((INK, "o", "-"), (ACCENT, "s", "--"), (WARM, "^", ":"))
"""Colour, mark and dashes of up to three groups in one panel; more have a panel each."""

_MANY = 36

# between two small figures: of their width, of their height
_APART, _UNDER = 0.14, 0.36


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a small figure stands, and the scale of all: values from 0 to `top` are drawn over a height of 1."""

    left: float
    bottom: float
    top: float

    def x(self, number: ArrayLike) -> NDArray[np.float64]:
        return self.left + column(number)

    def y(self, values: ArrayLike) -> NDArray[np.float64]:
        return self.bottom + column(values) / self.top


def _rows(comparison: Comparison, layer: str, voice: str | None) -> pd.DataFrame:
    found = pick(comparison.trends, layer=layer, voice=voice or main_voice(comparison))
    return found[found["group"].isin(groups(comparison))]


def _named(comparison: Comparison, found: pd.DataFrame) -> list[str]:
    """Return the groups with words in some period."""
    having = set(found[(found["n_words"] > 0) & found["value"].notna()]["group"]) if len(found) else set()
    return [name for name in groups(comparison) if name in having]


@styled
def trend(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    layer: str = "loaded",
    voice: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw one layer's rate period by period, with thin intervals, and the smoothed line with its band.

    Up to three groups share a panel and are named at the end of their lines; more have a small figure each, with
    the lines of the others pale behind. A period without words of a group is a gap. Of more than three dozen periods
    the smoothed line alone has an interval.

    Raises
    ------
    OptionError
        If the comparison has no such layer or voice.
    """
    wording = load_wording(language)
    check_layer(comparison.trends, layer, wording)
    if voice:
        check("voice", voice, comparison.trends["voice"].drop_duplicates())
    found = _rows(comparison, layer, voice)
    names = _named(comparison, found)
    if not names:
        return empty(ax, _nothing(comparison, layer, wording), width)
    tables, periods = filled(found, names)
    dense = len(periods) > _MANY
    if dense:
        tables = [table.assign(low=np.nan, high=np.nan) for table in tables]
    top, cut = _top(tables, dense=dense)
    if len(names) <= len(_LOOKS):
        ax = canvas(ax, width, 2.3)
        _together(ax, names, tables, _Place(0, 0, top), slim=narrow(ax, width))
        across = 1
    else:
        ax, across = _apart(ax, names, tables, top, width)
    _scales(ax, periods, len(names), across, top)
    voiced = wording(f"voice_of.{voice or main_voice(comparison)}")
    key = wording("figure.per_1000", what=wording.name_of("layer", layer), voice=voiced)
    drawn = wording("figure.trend_dense_key" if dense else "figure.trend_key", spread=spread(comparison, wording))
    beyond = wording("figure.trend_beyond" if dense else "figure.speakers_cut") if cut else ""
    undated = len(groups(comparison)) - len(names)
    missing = wording("figure.trend_missing", n=undated, what=noun(comparison, wording, undated)) if undated else ""
    note(ax, key, drawn, beyond, missing, left_out(comparison, wording))
    return ax


def _nothing(comparison: Comparison, layer: str, wording: Wording) -> str:
    if comparison.trends.empty:
        return wording("figure.no_trend")
    return wording("figure.no_findings", layer=wording.name_of("layer", layer))


def _top(tables: Sequence[pd.DataFrame], *, dense: bool) -> tuple[float, bool]:
    """Return the end of the scale, and whether something reaches beyond: a wide interval must not flatten all lines.

    Nor may, of very many periods, one with few words.
    """
    together = pd.concat(tables)
    highest = float(np.nanmax([together["high"].max(), together["smooth_high"].max(), together["value"].max()]))
    if dense:
        least = float(np.nanmax([1.3 * together["smooth_high"].max(), 1.1 * together["value"].quantile(0.97), 0]))
        top = min(least, 1.05 * highest)
    else:
        least = 1.15 * float(np.nanmax([together["value"].max(), together["smooth"].max(), 0]))
        top = max(least, min(1.05 * highest, 1.6 * least))
    return top or 1.0, highest > (top or 1.0)


def _together(ax: Axes, names: Sequence[str], tables: Sequence[pd.DataFrame], place: _Place, *, slim: bool) -> None:
    """Draw the groups in one panel, their points beside one another, their names at the ends of the lines."""
    ends = []
    for number, table in enumerate(tables):
        colour, mark, dashes = _LOOKS[number]
        _line(ax, table, place, colour, dashes)
        _points(ax, table, place, colour, mark, 0.16 * (number - (len(names) - 1) / 2))
        line = _smooth(table).dropna()
        ends.append(float(place.y(line.iloc[-1])) if len(line) else 0.0)
    if len(names) > 1 and slim:
        _legend(ax, names)
    elif len(names) > 1:
        size = ax.get_figure(root=True).get_figheight() * 72 * 0.7  # type: ignore[union-attr]
        at = _spread_out(np.asarray(ends), 17 / size)
        for name, text, y, (colour, _, _) in zip(names, labels(names, 20), at, _LOOKS, strict=False):
            label = ax.annotate(
                text, (1, y), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
                fontsize=7, va="center", ha="left", color=colour, annotation_clip=False,
            )  # fmt: skip
            tag(label, group=name)


def _legend(ax: Axes, names: Sequence[str]) -> None:
    """Name the lines over the panel, where there is no room at their ends."""
    handles = [
        Line2D([], [], color=colour, linestyle=dashes, marker=mark, markersize=2.6, markerfacecolor="white", label=text)
        for (colour, mark, dashes), text in zip(_LOOKS, labels(names, 36, 1), strict=False)
    ]
    ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), frameon=False, fontsize=6.5, handlelength=2.6,
        borderpad=0, borderaxespad=0.2, labelspacing=0.25,
    )  # fmt: skip
    grow(ax, 0.12 * len(names))


def _spread_out(ends: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """Move labels apart that would cover one another, as little as need be."""
    places = ends.copy()
    order = np.argsort(places, kind="stable")
    for below, above in itertools.pairwise(order):
        places[above] = max(places[above], places[below] + least)
    moved: NDArray[np.float64] = places - max(0.0, float(places.max()) - 1.0)
    return moved


def _apart(
    ax: Axes | None, names: Sequence[str], tables: Sequence[pd.DataFrame], top: float, width: float
) -> tuple[Axes, int]:
    """Draw a small figure a group, the lines of all others pale behind it; return how many stand side by side."""
    n = len(names)
    across = (2 if n <= 12 else 3) if narrow(ax, width) else 2 if n == 4 else 3 if n <= 9 else 4 if n <= 16 else 5
    down = math.ceil(n / across)
    ax = canvas(ax, width, 0.75 + min(7.3, down * (1.25 if down <= 4 else 0.95)))
    step = len(tables[0]) * (1 + _APART)
    titles = labels(names, max(10, int(inches(ax) * 14 / across)), 1)
    for number, (table, title) in enumerate(zip(tables, titles, strict=True)):
        place = _Place(number % across * step, -(number // across) * (1 + _UNDER), top)
        for other in tables:
            if other is not table:
                ax.plot(place.x(np.arange(len(other))), place.y(_smooth(other)), color=UNKNOWN, linewidth=0.4, zorder=1)
        _line(ax, table, place, ACCENT, "-")
        _points(ax, table, place, INK, "o", 0)
        ax.annotate(
            title, (place.left - 0.5, place.bottom + 1), xytext=(0, 2), textcoords="offset points", fontsize=7,
            va="bottom", ha="left", **bold(title),
        )  # fmt: skip
    return ax, across


def _smooth(table: pd.DataFrame, name: str = "smooth") -> pd.Series[float]:
    return table[name].where(table["value"].notna())


def _line(ax: Axes, table: pd.DataFrame, place: _Place, colour: str, dashes: _Dashes) -> None:
    x = place.x(np.arange(len(table), dtype=np.float64))
    low, high = (np.minimum(place.y(_smooth(table, f"smooth_{end}")), place.bottom + 1) for end in ("low", "high"))
    if not np.isnan(low).all():
        ax.fill_between(x, low, high, color=colour, alpha=0.13, linewidth=0, zorder=1.2)
    ax.plot(x, place.y(_smooth(table)), color=colour, linestyle=dashes, linewidth=1.3, zorder=2)


def _points(ax: Axes, table: pd.DataFrame, place: _Place, colour: str, mark: str, beside: float) -> None:
    """Draw the rate of each period; an interval that ends beyond the scale has an arrow there."""
    x = place.x(np.arange(len(table)) + beside)
    value, low, high = (place.y(table[name]) for name in ("value", "low", "high"))
    end = place.bottom + 1
    many = len(table) > 60
    ax.vlines(x, low, np.minimum(high, end), color=colour, linewidth=0.35 if many else 0.6, alpha=0.4, zorder=1.6)
    for above in (high > end, value > end):
        ax.plot(x[above], np.full(above.sum(), end), "^", color=colour, markersize=2, alpha=0.4, zorder=1.6)
    for number, (_, row) in enumerate(table.iterrows()):
        if value[number] <= end:
            (dot,) = ax.plot(
                x[number], value[number], mark, color=colour, markersize=1.8 if many else 2.6, markeredgewidth=0.5,
                markerfacecolor="white", alpha=0.6 if many else 1.0, zorder=1.8 if many else 2.4,
            )  # fmt: skip
            tag(dot, layer=row["layer"], voice=row["voice"], group=row["group"])


def _scales(ax: Axes, periods: Sequence[str], n: int, across: int, top: float) -> None:
    """Draw the lines of the scale in each panel; periods are named under the lowest ones only."""
    down = math.ceil(n / across) if across > 1 else 1
    size = len(periods)
    step = size * (1 + _APART)
    panels = n if across > 1 else 1
    steps = MaxNLocator(4 if down == 1 else 2, steps=[1, 2, 2.5, 5, 10])
    values = [value for value in steps.tick_values(0, top) if 0 <= value <= top]
    for number in range(panels):
        left, bottom = number % across * step, -(number // across) * (1 + _UNDER)
        for value in values:
            ax.plot([left - 0.5, left + size - 0.5], [bottom + value / top] * 2, color=RULE, lw=0.5, zorder=0.5)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelsize=6, labelcolor=MUTED)
    rows = [-(row) * (1 + _UNDER) for row in range(down)]
    ax.set_yticks([row + v / top for row in rows for v in values], labels=[f"{v:g}" for _ in rows for v in values])
    side = min(across, panels)
    room = (inches(ax) - 0.5) / (side + (side - 1) * _APART)
    marked = ticks(periods, room)
    ax.set_xticks(
        [left * step + at for left in range(side) for at in marked],
        labels=[periods[at] for _ in range(side) for at in marked],
    )
    ax.set_xlim(-0.8, side * step - size * _APART)
    ax.set_ylim(rows[-1] - 0.04, 1.16 if across > 1 else 1.03)


def trend_alt(comparison: Comparison, *, layer: str = "loaded", voice: str | None = None, language: str = "en") -> str:
    """Describe the figure of `trend`: the first and the last smoothed rate of each group."""
    wording = load_wording(language)
    found = _rows(comparison, layer, voice)
    names = _named(comparison, found)
    tables, periods = filled(found, names)
    parts = []
    for name, table in zip(names, tables, strict=True):
        line = _smooth(table).fillna(table["value"]).dropna()
        if len(line):
            first, last = wording.number(line.iloc[0]), wording.number(line.iloc[-1])
            parts.append(wording("alt.trend_part", group=name, first=first, last=last))
    if not parts:
        return _nothing(comparison, layer, wording)
    return wording(
        "alt.trend", n=len(periods), layer=wording.name_of("layer", layer), start=periods[0], end=periods[-1],
        voice=wording(f"voice_of.{voice or main_voice(comparison)}"), parts="; ".join(parts),
        spread=spread(comparison, wording, "alt"),
    )  # fmt: skip
