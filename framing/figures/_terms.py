"""Which loaded terms each group uses: a table of cells, darker where more often."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from framing.comparison._model import Comparison
from framing.figures._marks import tag
from framing.figures._panels import Panel, Series, beside, draw_panels, grow, note, plot_inches, rows_axes, top_of
from framing.figures._select import VOICES, check, check_layer, groups, left_out, lone, main_voice, pick
from framing.figures._style import (
    ACCENT,
    FULL,
    MOST_COLUMNS,
    MOST_GROUPS,
    canvas,
    elide,
    empty,
    ink_on,
    labels,
    narrow,
    printable,
    styled,
    width_of,
)
from framing.figures._wording import load_wording

# points: the smallest numbers in cells, and a letter of a heading over them
_SMALLEST, _EM = 3.9, 3.9


def _table(comparison: Comparison, layer: str, voice: str, top: int, most: int = MOST_GROUPS) -> pd.DataFrame:
    """Return terms x groups, per 1,000 words; the terms with the largest sum of rates, so that size does not decide."""
    found = pick(comparison.terms, layer=layer, voice=voice)
    found = found[found["group"].isin(groups(comparison, most))]
    if found.empty:
        return pd.DataFrame()
    table = found.pivot_table(index="form", columns="group", values="value", aggfunc="sum", fill_value=0.0)
    table = table.reindex(columns=groups(comparison, most), fill_value=0.0)
    table = table[table.sum(axis=1) > 0]
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    return table.loc[order]


@styled
def terms(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    layer: str = "loaded",
    voice: str | None = None,
    top: int = 20,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the most used terms against the groups, each cell with its rate per 1,000 words of the voice.

    With a single group the same numbers are bars.
    """
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    check_layer(comparison.rates, layer, wording)
    check("voice", voice, VOICES)
    most = MOST_COLUMNS if narrow(ax, width) else MOST_GROUPS
    table = _table(comparison, layer, voice, top, most)
    if table.empty:
        return empty(ax, wording("figure.no_findings", layer=wording.name_of("layer", layer)), width)
    what = wording("figure.per_1000", what=wording.name_of("layer", layer), voice=wording(f"voice_of.{voice}"))
    if lone(comparison) or table.shape[1] == 1:
        ax = rows_axes(ax, labels([str(t) for t in table.index]), width=width)
        nothing = np.full(len(table), np.nan)
        keys = [{"layer": layer, "voice": voice, "group": table.columns[0], "term": term} for term in table.index]
        panel = Panel("", [Series(table.iloc[:, 0], nothing, nothing, ACCENT, keys=keys)])
        draw_panels(ax, [panel], limit=top_of([panel]) * 1.04, bars=True)
        counts = pick(comparison.terms, layer=layer, voice=voice).groupby("form")["count"].sum()
        beside(ax, [(wording("figure.count"), [wording.number(counts[t], 0) for t in table.index])])
        note(ax, what)
        return ax
    terms_width = 17 if narrow(ax, width) else 26
    ax = canvas(ax, width, 0.9 + 0.155 * len(table))
    ax.set_yticks(range(len(table)), labels=[elide(printable(t), terms_width) for t in table.index])
    cells(
        ax,
        table.to_numpy(dtype=np.float64),
        keys=lambda row, place: {
            "layer": layer, "voice": voice, "term": table.index[row], "group": table.columns[place],
        },
    )  # fmt: skip
    headings(ax, [str(g) for g in table.columns])
    note(ax, what + wording("figure.darker"), left_out(comparison, wording, most))
    return ax


def cells(
    ax: Axes, values: NDArray[np.float64], *, keys: Callable[[int, int], Mapping[str, object]] | None = None
) -> None:
    """Draw a table of cells, each the darker the larger its value, with the value in it.

    `keys` says of a row and column which findings the cell stands for.
    """
    blues = LinearSegmentedColormap.from_list("framing", ["#f4f7fa", "#9cc3df", "#3a86ba", "#08406e"])
    top = float(values.max()) or 1.0
    rows, columns = values.shape
    # as large as three digits and a point have room for; where there is none, the colour says it
    size = min(6.5, 72 * plot_inches(ax) / columns / 2.15)
    ax.pcolormesh(
        np.arange(columns + 1) - 0.5, np.arange(rows + 1) - 0.5, np.sqrt(values / top), cmap=blues, vmin=0, vmax=1,
        edgecolors="white", linewidth=0.8,
    )  # fmt: skip
    for (row, column), value in np.ndenumerate(values):
        colour = ink_on(to_hex(blues(float(np.sqrt(value / top))))) if value else "#aab0b6"
        if size >= _SMALLEST:
            text = _cell(float(value), fine=top < 1)
            ax.text(column, row, text, ha="center", va="center", fontsize=size, color=colour)
        if keys is not None and value:
            cell = Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor="none", edgecolor="none", zorder=1)
            tag(ax.add_patch(cell), **keys(row, column))
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(rows - 0.5, -0.5)


def _cell(value: float, *, fine: bool) -> str:
    """Return a rate in as few characters as tell it from the others: two decimals where all rates are below one."""
    if value == 0:
        return "·"
    if fine:
        return f"{value:.2f}".removeprefix("0") if value >= 0.005 else "<.01"
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}" if value >= 0.05 else "<.1"


def headings(ax: Axes, names: list[str]) -> None:
    """Write the names of the columns over a table of cells, slanting where they have no room beside one another."""
    ax.xaxis.set_ticks_position("top")
    ax.tick_params(axis="x", length=0, pad=2)
    ax.spines["bottom"].set_visible(False)
    texts = labels(names, 18, 2)
    widest = max(width_of(line) for text in texts for line in text.split("\n"))
    if len(names) > 4 or (widest + 1) * _EM > 72 * plot_inches(ax) / len(names):
        texts = labels(names, 20, 1)
        grow(ax, max(width_of(text) for text in texts) * _EM / 72 * 0.77)
        ax.set_xticks(range(len(names)), labels=texts, rotation=50, ha="left", rotation_mode="anchor", color="#1f2328")
    else:
        ax.set_xticks(range(len(names)), labels=texts, color="#1f2328")


def terms_alt(
    comparison: Comparison, *, layer: str = "loaded", voice: str | None = None, top: int = 20, language: str = "en"
) -> str:
    """Describe the figure of `terms`: its most used terms and who uses each most."""
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    table = _table(comparison, layer, voice, top)
    if table.empty:
        return wording("figure.no_findings", layer=wording.name_of("layer", layer))
    parts = [
        wording("alt.term", term=term, value=wording.number(value), group=group)
        for term, value, group in zip(table.index[:5], table.max(axis=1), table.idxmax(axis=1), strict=False)
    ]
    return wording("alt.terms", n=len(table), layer=wording.name_of("layer", layer), parts="; ".join(parts))
