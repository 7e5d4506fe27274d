"""Voice over the length of the articles: how much is own, quoted and reported from beginning to end."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.comparison._model import Comparison
from framing.figures._panels import column, note, plot_inches
from framing.figures._select import groups, left_out, pick, spread
from framing.figures._style import (
    ACCENT,
    FULL,
    INK,
    MUTED,
    RULE,
    WARM,
    bold,
    canvas,
    empty,
    labels,
    narrow,
    styled,
)
from framing.figures._wording import Wording, load_wording

_Dashes = Literal["-", "--", ":"]
_LOOKS: tuple[tuple[str, str, _Dashes, str], ...] = (
    ("own", INK, "-", ""),
    ("quoted", ACCENT, "--", "o"),
    ("reported", WARM, ":", "^"),
)
_TENTHS = 10
# with fewer articles the bands cover one another
_LEAST_ARTICLES = 10
# between two small figures, in tenths and in shares
_APART, _UNDER = 1.6, 0.42


def _columns(n: int, *, slim: bool) -> int:
    if slim:
        return min(n, 2 if n <= 8 else 3)
    return n if n <= 3 else 2 if n == 4 else 3 if n <= 6 else 4 if n <= 16 else 6


@styled
def positions(comparison: Comparison, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw the share of each voice in each tenth of the articles, with intervals: a small figure a group.

    Lines differ in colour, dashes and marks; the pale band about a line is its interval.
    """
    wording = load_wording(language)
    names = groups(comparison)
    if comparison.positions.empty:
        return empty(ax, wording("figure.no_positions"), width)
    counts = comparison.groups.drop_duplicates("group").set_index("group")["n_articles"]
    few = {name for name in names if counts[name] < _LEAST_ARTICLES}
    across = _columns(len(names), slim=narrow(ax, width))
    down = math.ceil(len(names) / across)
    ax = canvas(ax, width, 0.7 + min(7.2, down * (1.9 if down == 1 else 1.35 if across > 2 else 1.15)))
    titles = labels(names, int(plot_inches(ax) * 12.5 / across), 1)
    for number, (name, title) in enumerate(zip(names, titles, strict=True)):
        table = pick(comparison.positions, group=name)
        if name in few:
            table = table.assign(low=np.nan, high=np.nan)
        _small(ax, table, number % across * (_TENTHS - 1 + _APART), -(number // across) * (1 + _UNDER))
        ax.annotate(
            title, (number % across * (_TENTHS - 1 + _APART), 1 - number // across * (1 + _UNDER)), xytext=(0, 3),
            textcoords="offset points", fontsize=7, va="bottom", ha="left", **bold(title),
        )  # fmt: skip
    _frame(ax, len(names), across, down, wording)
    _legend(ax, wording)
    with_bands = spread(comparison, wording) if len(few) < len(names) else ""
    left = wording("figure.positions_few", least=_LEAST_ARTICLES) if few and with_bands else ""
    note(ax, wording("figure.positions_key", spread=with_bands), left, left_out(comparison, wording))
    return ax


def _small(ax: Axes, table: pd.DataFrame, left: float, bottom: float) -> None:
    for share in (0.0, 0.5, 1.0):
        ax.plot([left, left + _TENTHS - 1], [bottom + share] * 2, color=RULE, linewidth=0.5, zorder=0.5)
    for voice, colour, dashes, mark in _LOOKS:
        part = pick(table, voice=voice).sort_values("part")
        x = left + column(part["part"]) - 1
        value, low, high = (bottom + column(part[name]) for name in ("value", "low", "high"))
        if not np.isnan(low).all():
            ax.fill_between(x, low, high, color=colour, alpha=0.16, linewidth=0, zorder=1)
        ax.plot(x, value, color=colour, linestyle=dashes, linewidth=1.1, marker=mark or None, markersize=2.6, zorder=2)


def _frame(ax: Axes, n: int, across: int, down: int, wording: Wording) -> None:
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelsize=6, labelcolor=MUTED)
    edge = -(down - 1) * (1 + _UNDER)
    ticks = [share - row * (1 + _UNDER) for row in range(down) for share in (0, 0.5, 1)]
    ax.set_yticks(ticks, labels=[wording.percent(share) for _ in range(down) for share in (0, 0.5, 1)])
    ends = [(left * (_TENTHS - 1 + _APART), text) for left in range(min(n, across)) for text in ("start", "end")]
    places = [left + (_TENTHS - 1 if text == "end" else 0) for left, text in ends]
    ax.set_xticks(places, labels=[wording(f"figure.{text}") for _, text in ends])
    for label, (_, text) in zip(ax.get_xticklabels(), ends, strict=True):
        label.set_horizontalalignment("left" if text == "start" else "right")
    ax.set_xlim(-0.25, min(n, across) * (_TENTHS - 1 + _APART) - _APART + 0.25)
    ax.set_ylim(edge - 0.06, 1.2)


def _legend(ax: Axes, wording: Wording) -> None:
    handles = [
        Line2D([], [], color=colour, linestyle=dashes, marker=mark or None, markersize=3, linewidth=1.1,
               label=wording(f"voice.{voice}"))
        for voice, colour, dashes, mark in _LOOKS
    ]  # fmt: skip
    ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, fontsize=6.5,
        handlelength=2.6, columnspacing=1.6, borderpad=0, borderaxespad=0.2,
    )  # fmt: skip


def positions_alt(comparison: Comparison, *, language: str = "en") -> str:
    """Describe the figure of `positions`: how much of the first and of the last tenth is the outlet's own voice."""
    wording = load_wording(language)
    if comparison.positions.empty:
        return wording("figure.no_positions")
    parts = []
    for name in groups(comparison):
        own = pick(comparison.positions, group=name, voice="own").sort_values("part")["value"]
        if len(own) and own.notna().all():
            first, last = wording.percent(float(own.iloc[0])), wording.percent(float(own.iloc[-1]))
            parts.append(wording("alt.position", group=name, first=first, last=last))
    return wording("alt.positions", parts="; ".join(parts), spread=spread(comparison, wording, "alt"))
