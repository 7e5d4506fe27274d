"""Rows of dots or bars with intervals, in one or several columns that share one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from framing.figures._style import FULL, INK, MUTED, RULE, bold, canvas, elide, inches, width_of

_GAP = 0.16
"""Space between two columns, as a part of a column."""


_TITLE = (70, 32, 22, 16, 12, 10)
"""Columns of text that fit over one of 1, 2, ... panels of a full-width figure."""


@dataclass(frozen=True, slots=True)
class Series:
    """One value a row, with its interval; `marks` are marker shapes, one a row or one for all."""

    values: ArrayLike
    low: ArrayLike
    high: ArrayLike
    colour: str = INK
    marks: str | Sequence[str] = "o"
    filled: bool | Sequence[bool] = True
    hatch: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One column: its heading and the series drawn in it, one under the other in each row."""

    title: str
    series: Sequence[Series] = field(default_factory=tuple)


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
    line = 1.95 if any("\n" in name for name in names) else 1.25
    ax = canvas(ax, width, 0.62 + extra + 0.132 * line * len(names))
    ax.set_yticks(range(len(names)), labels=list(names))
    ax.set_ylim(len(names) - 0.4, -0.6)
    for y in range(len(names)):
        ax.axhline(y, color=RULE, linewidth=0.4, zorder=0)
    return ax


def draw_panels(
    ax: Axes, panels: Sequence[Panel], *, limit: float, bars: bool = False, percent: bool = False, ticks: int = 4
) -> list[float]:
    """Draw the panels side by side on one scale from 0 to `limit`; return where each begins."""
    step = limit * (1 + (_GAP if len(panels) > 1 else 0))
    starts = [step * i for i in range(len(panels))]
    ticks = ticks if len(panels) < 3 else 2
    places = [t for t in MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]).tick_values(0, limit) if 0 <= t <= limit * 1.001]
    room = _TITLE[min(len(panels), len(_TITLE)) - 1]
    for start, panel in zip(starts, panels, strict=True):
        for place in places:
            ax.axvline(start + place, color=RULE, linewidth=0.5 if place else 0.9, zorder=0.5)
        if panel.title:
            title = elide(panel.title, room)
            ax.annotate(
                title, (start, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
                fontsize=7, va="bottom", ha="left", **bold(title),
            )  # fmt: skip
        for number, series in enumerate(panel.series):
            spread = (number - (len(panel.series) - 1) / 2) * 0.36
            (_bars if bars else _dots)(ax, series, start, spread, len(panel.series))
    ax.set_xlim(-limit * 0.015, starts[-1] + limit * 1.03)
    _ticks(ax, starts, places, percent=percent)
    return starts


def _ticks(ax: Axes, starts: Sequence[float], places: Sequence[float], *, percent: bool) -> None:
    if len(starts) > 3 and len(places) > 2 and places[-1] > 0.85 * (starts[1] - starts[0]):
        places = places[:-1]  # its label would touch the next column's zero
    texts = [f"{100 * p:g} %" if percent and p else f"{100 * p:g}" if percent else f"{p:g}" for p in places]
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
        ax.plot(
            [start + value], [y], marker=mark, markersize=size + (mark in "<>^v") * 1.0, linestyle="none", zorder=3,
            color=series.colour, markerfacecolor=series.colour if full else "white", markeredgewidth=1.0,
        )  # fmt: skip


def _bars(ax: Axes, series: Series, start: float, spread: float, count: int) -> None:
    values, low, high = column(series.values), column(series.low), column(series.high)
    rows = np.arange(len(values)) + spread
    ax.barh(
        rows, np.nan_to_num(values), height=0.62 / count, left=start, color=series.colour, hatch=series.hatch or None,
        edgecolor="white", zorder=1.5,
    )  # fmt: skip
    whiskers(ax, rows, start + low, start + high)


def whiskers(ax: Axes, rows: ArrayLike, low: ArrayLike, high: ArrayLike) -> None:
    """Draw intervals over bars: dark, with a pale edge so that they show on a dark bar too."""
    for y, a, b in zip(column(rows), column(low), column(high), strict=True):
        if not (np.isnan(a) or np.isnan(b)):
            ax.plot([a, b], [y, y], color="white", linewidth=2.2, solid_capstyle="butt", zorder=2.5)
            ax.plot([a, b], [y, y], color=INK, linewidth=0.9, solid_capstyle="butt", zorder=3)


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
    """Write the axis label and what a reader must know under the axis, broken to the width that is there."""
    names = max((width_of(line) for t in ax.get_yticklabels() for line in t.get_text().split("\n")), default=0.0)
    room = inches(ax) * 72 if len(_root(ax).axes) > 1 else _root(ax).get_figwidth() * 72 - names * 4.5 - 12
    lines = [line for s in sentences if s for line in fill(s[:1].upper() + s[1:], max(24.0, room / 4.3))]
    ax.set_xlabel("\n".join(lines), loc="left", linespacing=1.35)


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
