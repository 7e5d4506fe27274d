"""Rows of dots or bars with intervals, in one or several columns that share one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import IdentityTransform, blended_transform_factory
from numpy.typing import ArrayLike, NDArray

from framing.figures._marks import tag
from framing.figures._style import (
    FULL,
    INK,
    MUTED,
    RULE,
    bold,
    canvas,
    inches,
    labels,
    made_here,
    narrow,
    width_of,
    wrap,
)

_GAP = 0.16
"""Space between two columns, as a part of a column."""


_NOTE, _TWO_LINES = 9.7, 0.26
"""Points between two lines of a note; inches that the height of a figure has for one."""


@dataclass(frozen=True, slots=True)
class Series:
    """One value a row, with its interval.

    `marks` are marker shapes, one a row or one for all; `keys` say for each row which findings its mark stands for.
    """

    values: ArrayLike
    low: ArrayLike
    high: ArrayLike
    colour: str = INK
    marks: str | Sequence[str] = "o"
    filled: bool | Sequence[bool] = True
    hatch: str = ""
    keys: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """One column: its heading and the series drawn in it, one under the other in each row."""

    title: str
    series: Sequence[Series] = field(default_factory=tuple)


def keys_of(names: Sequence[object], **keys: object) -> list[dict[str, object]]:
    """Return what the marks of rows stand for that differ in their group only."""
    return [{"group": name, **keys} for name in names]


def column(values: ArrayLike) -> NDArray[np.float64]:
    """Return values as floats, missing ones as NaN."""
    return np.asarray(values, dtype=np.float64)


def top_of(panels: Sequence[Panel], least: float = 0.0) -> float:
    """Return the largest value or bound of all panels."""
    parts = [column(a) for panel in panels for s in panel.series for a in (s.values, s.high)]
    finite = [float(np.nanmax(part)) for part in parts if part.size and not np.all(np.isnan(part))]
    return max([least, *finite]) or 1.0


def rows_axes(ax: Axes | None, names: Sequence[str], *, width: float = FULL, extra: float = 0.0) -> Axes:
    """Return Axes tall enough for so many rows, row labels set, first row on top."""
    if narrow(ax, width):
        names = _narrowed(names)
    line = 1.95 if any("\n" in name for name in names) else 1.25
    ax = canvas(ax, width, 0.62 + extra + 0.132 * line * len(names))
    ax.set_yticks(range(len(names)), labels=list(names))
    ax.set_ylim(len(names) - 0.4, -0.6)
    for y in range(len(names)):
        ax.axhline(y, color=RULE, linewidth=0.4, zorder=0)
    return ax


def _narrowed(names: Sequence[str]) -> list[str]:
    """Return labels that leave half of a column's width to what is drawn."""
    short = labels([name.replace("\n", " ") for name in names if name], 17)
    left = iter(short)
    return [next(left) if name else "" for name in names]


def plot_inches(ax: Axes) -> float:
    """Return about how wide the Axes will be beside the row labels that they have now."""
    if len(_root(ax).axes) > 1:
        return inches(ax)
    names = max((width_of(line) for t in ax.get_yticklabels() for line in t.get_text().split("\n")), default=0.0)
    return _root(ax).get_figwidth() - (names * 4.4 + 12) / 72


def grow(ax: Axes, height: float) -> None:
    """Make the figure higher by so many inches, if it is ours."""
    figure = _root(ax)
    if made_here(figure):
        figure.set_figheight(figure.get_figheight() + height)


def draw_panels(
    ax: Axes, panels: Sequence[Panel], *, limit: float, bars: bool = False, percent: bool = False, ticks: int = 4
) -> list[float]:
    """Draw the panels side by side on one scale from 0 to `limit`; return where each begins."""
    step = limit * (1 + (_GAP if len(panels) > 1 else 0))
    starts = [step * i for i in range(len(panels))]
    wide = plot_inches(ax) / len(panels)
    ticks = max(1, min(ticks, int(wide / 0.5)))
    places = [t for t in MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]).tick_values(0, limit) if 0 <= t <= limit * 1.001]
    if len(starts) > 1 and (step - places[-1]) * wide / step < (0.3 if percent else 0.18):
        # its label would touch the zero of the next column
        places = places[:-1] if len(places) > 2 else [0.0, places[-1] / 2]
    size = _heading_size(panels, wide)
    for start, panel in zip(starts, panels, strict=True):
        for place in places:
            ax.axvline(start + place, color=RULE, linewidth=0.5 if place else 0.9, zorder=0.5)
        if panel.title:
            title = wrap(panel.title, _heading_columns(wide, size), 2 if len(panels) > 1 else 1)
            ax.annotate(
                title, (start, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
                fontsize=size, va="bottom", ha="left", linespacing=1.1, **bold(title),
            )  # fmt: skip
        for number, series in enumerate(panel.series):
            spread = (number - (len(panel.series) - 1) / 2) * 0.36
            (_bars if bars else _dots)(ax, series, start, spread, len(panel.series))
    ax.set_xlim(-limit * 0.015, starts[-1] + limit * 1.03)
    _ticks(ax, starts, places, percent=percent)
    return starts


def _heading_size(panels: Sequence[Panel], wide: float) -> float:
    """Return the type size at which no word of a heading is cut, if there is one that can be read."""
    words = [width_of(word) for panel in panels for word in panel.title.split()]
    sizes = (7.0, 6.5, 6.0) if wide > 0.8 else (6.0,)
    return next((size for size in sizes if max(words, default=0.0) <= _heading_columns(wide, size)), sizes[-1])


def _heading_columns(wide: float, size: float) -> float:
    """Return how many columns of bold type fit over a panel of so many inches, with a gap to the next."""
    return max(6.0, (72 * wide - 4) / (0.7 * size))


def _ticks(ax: Axes, starts: Sequence[float], places: Sequence[float], *, percent: bool) -> None:
    texts = [f"{100 * p:g} %" if percent and p else f"{100 * p:g}" if percent else f"{p:g}" for p in places]
    first = places[1] if len(places) > 1 else np.inf
    if first * plot_inches(ax) / (ax.get_xlim()[1] or 1.0) < (0.24 if percent else 0.15):
        texts[0] = ""  # where the columns begin is seen
    ax.set_xticks([s + p for s in starts for p in places], labels=texts * len(starts))


def _dots(ax: Axes, series: Series, start: float, spread: float, count: int) -> None:
    values, low, high = column(series.values), column(series.low), column(series.high)
    size = 4.2 if count == 1 else 3.4
    for row, value in enumerate(values):
        if np.isnan(value):
            continue
        y = row + spread
        if not np.isnan(low[row]):
            ax.plot([start + low[row], start + high[row]], [y, y], color=series.colour, solid_capstyle="butt", zorder=2)
        mark = series.marks if isinstance(series.marks, str) else series.marks[row]
        full = series.filled if isinstance(series.filled, bool) else series.filled[row]
        (dot,) = ax.plot(
            [start + value], [y], marker=mark, markersize=size + (mark in "<>^v") * 1.0, linestyle="none", zorder=3,
            color=series.colour, markerfacecolor=series.colour if full else "white", markeredgewidth=1.0,
        )  # fmt: skip
        if series.keys:
            tag(dot, **series.keys[row])


def _bars(ax: Axes, series: Series, start: float, spread: float, count: int) -> None:
    values, low, high = column(series.values), column(series.low), column(series.high)
    rows = np.arange(len(values)) + spread
    bars = ax.barh(
        rows, np.nan_to_num(values), height=0.62 / count, left=start, color=series.colour, hatch=series.hatch or None,
        edgecolor="white", zorder=1.5,
    )  # fmt: skip
    for value, bar, keys in zip(values, bars.patches, series.keys, strict=False):
        if value > 0:
            tag(bar, **keys)
    whiskers(ax, rows, start + low, start + high)


def whiskers(ax: Axes, rows: ArrayLike, low: ArrayLike, high: ArrayLike) -> None:
    """Draw intervals over bars: dark, with a pale edge so that they show on a dark bar too."""
    for y, a, b in zip(column(rows), column(low), column(high), strict=True):
        if not (np.isnan(a) or np.isnan(b)):
            ax.plot([a, b], [y, y], color="white", linewidth=2.2, solid_capstyle="butt", zorder=2.5)
            ax.plot([a, b], [y, y], color=INK, linewidth=0.9, solid_capstyle="butt", zorder=3)


def legend(ax: Axes, handles: Sequence[Artist], most: int = 6) -> None:
    """Name looks above the Axes, in a row; in a narrow figure in rows of three, from its left edge."""
    slim = made_here(_root(ax)) and _root(ax).get_figwidth() < (5.6 if len(handles) > 4 else 4.2)
    columns = min(3 if slim else most, len(handles))
    left = blended_transform_factory(_root(ax).transFigure, ax.transAxes)
    ax.legend(
        handles=list(handles), loc="lower left", bbox_to_anchor=(0.01 if slim else 0, 1.0), ncols=columns,
        bbox_transform=left if slim else ax.transAxes, frameon=False, fontsize=6.5, handlelength=1.3,
        handleheight=0.9, columnspacing=1.4, borderpad=0, borderaxespad=0.2, labelspacing=0.3,
    )  # fmt: skip
    grow(ax, 0.13 * (-(-len(handles) // columns) - 1))


def beside(ax: Axes, columns: Sequence[tuple[str, Sequence[str]]], *, gap: float = 9) -> None:
    """Write columns of right-aligned text to the right of the Axes, each under its heading."""
    at = gap
    for heading, texts in columns:
        longest = max((width_of(t) for t in (*texts, heading)), default=0.0)
        at += longest * 3.95
        for row, text in enumerate(texts):
            ax.annotate(
                text, (1, row), xycoords=("axes fraction", "data"), xytext=(at, 0), textcoords="offset points",
                ha="right", va="center", fontsize=6.5, color=INK, annotation_clip=False,
            )  # fmt: skip
        ax.annotate(
            heading, (1, 1), xycoords="axes fraction", xytext=(at, 3), textcoords="offset points", ha="right",
            va="bottom", fontsize=6.5, color=MUTED, annotation_clip=False,
        )  # fmt: skip
        at += gap


def note(ax: Axes, *sentences: str) -> None:
    """Write the axis label and what a reader must know under the axis, broken to the width that is there.

    In a figure of ours it begins at the left edge, and the figure grows with it, so that rows keep their height.
    """
    figure, room = _root(ax), plot_inches(ax) * 72
    ours = made_here(figure)
    if ours:
        room = figure.get_figwidth() * 72 - 8
    lines = [line for s in sentences if s for line in fill(s[:1].upper() + s[1:], max(24.0, room / 4.45))]
    ax.set_xlabel("\n".join(lines), loc="left", linespacing=1.35)
    if ours:
        # the layout reserves its height only: it may be wider than the axes
        label = ax.xaxis.label
        label.set_transform(blended_transform_factory(figure.transFigure, IdentityTransform()))
        label.set_x(3 / 72 / figure.get_figwidth())
        figure.set_figheight(figure.get_figheight() + len(lines) * _NOTE / 72 - _TWO_LINES)


def fill(text: str, width: float) -> list[str]:
    """Return the lines of a text broken at spaces."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and width_of(f"{lines[-1]} {word}") > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _root(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure
