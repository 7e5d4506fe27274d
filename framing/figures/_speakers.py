"""Who speaks: the foremost speakers of each group, and a table of cells of speakers against groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from framing.comparison._model import Comparison
from framing.figures._balance import side_look
from framing.figures._panels import Panel, Series, beside, column, draw_panels, legend, note, rows_axes, top_of
from framing.figures._select import groups, left_out, noun, spread
from framing.figures._style import (
    FULL,
    INK,
    MOST_COLUMNS,
    MOST_GROUPS,
    UNKNOWN,
    bold,
    canvas,
    elide,
    empty,
    labels,
    narrow,
    printable,
    styled,
)
from framing.figures._terms import cells, headings
from framing.figures._wording import Wording, load_wording

_MOST = 12


def _shown(comparison: Comparison) -> list[str]:
    """Return the groups to draw: at most twelve, those with the most articles."""
    names = groups(comparison)
    counts = comparison.groups.drop_duplicates("group").set_index("group")["n_articles"].reindex(names)
    kept = counts.rank(method="first", ascending=False) <= _MOST
    heard = set(comparison.speakers["group"])
    return [name for name in names if kept[name] and name in heard]


def _each(n: int) -> int:
    return 15 if n == 1 else 8 if n == 2 else 6 if n <= 4 else 4 if n <= 7 else 2


@styled
def speakers(comparison: Comparison, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw the foremost speakers of each group by their share of its attributed words, with intervals.

    Bars have the colour and hatch of the speaker's side; of many groups fewer speakers are shown, and twelve groups
    at most.
    """
    wording = load_wording(language)
    names = _shown(comparison)
    if not names:
        return empty(ax, wording("figure.no_speakers"), width)
    top = comparison.speakers
    parts = [top[top["group"] == name].head(_each(len(names))) for name in names]
    rows: list[str] = []
    places: list[int] = []
    heads: list[tuple[int, str]] = []
    for name, part in zip(names, parts, strict=True):
        if len(names) > 1:
            heads.append((len(rows), name))
            rows.append("")
        places += range(len(rows), len(rows) + len(part))
        rows += [elide(printable(speaker), 26) for speaker in part["speaker"]]
    table = pd.concat(parts, ignore_index=True)
    ax = rows_axes(ax, rows, width=width, extra=0.14)
    _bars(ax, comparison, table, places, len(rows))
    for (row, name), heading in zip(heads, labels([name for _, name in heads], 60, 1), strict=True):
        ax.annotate(
            heading, (0, row), xycoords=("axes fraction", "data"), xytext=(2, -1),
            textcoords="offset points", fontsize=7, va="center", ha="left", color=INK, annotation_clip=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6}, **bold(name),
        )  # fmt: skip
    _numbers(ax, table, places, len(rows), wording)
    _legend(ax, comparison, table, wording)
    key = wording("figure.speakers_key", spread=spread(comparison, wording))
    cut = wording("figure.speakers_cut") if (table["high"] > _limit(table)).any() else ""
    note(ax, key, cut, _left_out(comparison, names, wording))
    return ax


def _left_out(comparison: Comparison, shown: list[str], wording: Wording) -> str:
    missing = len(comparison.groups) - len(shown)
    if missing <= 0 or len(comparison.groups) <= _MOST:
        return ""
    return wording("figure.left_out", n=missing, shown=len(shown), what=noun(comparison, wording, missing))


def _bars(ax: Axes, comparison: Comparison, table: pd.DataFrame, places: list[int], n: int) -> None:
    def spread_out(
        values: pd.Series[float], chosen: pd.Series[bool]
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        lines = np.full(n, np.nan)
        lines[np.array(places)[chosen.to_numpy()]] = column(values[chosen])
        return lines

    limit = _limit(table)
    keys: list[dict[str, object]] = [{} for _ in range(n)]
    for place, group, speaker in zip(places, table["group"], table["speaker"], strict=True):
        keys[place] = {"layer": "attribution", "group": group, "term": speaker}
    for side in table["side"].unique():
        colour, hatch = side_look(comparison, str(side))
        chosen = table["side"] == side
        value, low, high = (spread_out(table[name], chosen) for name in ("share", "low", "high"))
        series = Series(value, low, high, colour, hatch=hatch, keys=keys)
        draw_panels(ax, [Panel("", [series])], limit=limit, bars=True, percent=True)
    for place, high in zip(places, column(table["high"]), strict=True):
        if high > limit:
            ax.plot([limit], [place], marker=">", markersize=4, color=INK, clip_on=False, zorder=4)


def _limit(table: pd.DataFrame) -> float:
    """Return where the scale ends: at twice the largest share, so that no wide interval makes all bars small."""
    longest = top_of([Panel("", [Series(table["share"], table["low"], table["high"])])])
    return min(1.0, longest * 1.04, 2 * float(table["share"].max()) or 1.0)


def _numbers(ax: Axes, table: pd.DataFrame, places: list[int], n: int, wording: Wording) -> None:
    shown = ("words",) if narrow(ax) else ("words", "articles")
    texts = {name: [""] * n for name in shown}
    for place, row in zip(places, table.to_dict("records"), strict=True):
        for name, lines in texts.items():
            lines[place] = wording.number(float(row[name]), 0)
    beside(ax, [(wording(f"figure.{name}"), lines) for name, lines in texts.items()])


def _legend(ax: Axes, comparison: Comparison, table: pd.DataFrame, wording: Wording) -> None:
    known = [str(side) for side in table["side"].unique() if str(side)]
    if not known:
        return
    handles = []
    for side in sorted(known):
        colour, hatch = side_look(comparison, side)
        handles.append(Patch(facecolor=colour, hatch=hatch or None, edgecolor="white", label=wording.side(side)))
    if (table["side"] == "").any():
        handles.append(Patch(facecolor=UNKNOWN, label=wording("figure.no_side")))
    legend(ax, handles, 5)


def speakers_alt(comparison: Comparison, *, language: str = "en") -> str:
    """Describe the figure of `speakers`: who has most words in each group."""
    wording = load_wording(language)
    names = _shown(comparison)
    if not names:
        return wording("figure.no_speakers")
    top, parts = comparison.speakers, []
    for name in names:
        first = top[top["group"] == name].iloc[0]
        share = wording.percent(float(first["share"]))
        parts.append(wording("alt.speaker", group=name, speaker=first["speaker"], share=share))
    return wording("alt.speakers_most", parts="; ".join(parts), spread=spread(comparison, wording, "alt"))


def _table(comparison: Comparison, top: int, most: int = MOST_GROUPS) -> pd.DataFrame:
    """Return speakers x groups, per cent of the group's attributed words; those with the largest sum of shares."""
    found = comparison.speakers
    names = groups(comparison, most)
    found = found[found["group"].isin(names)] if len(found) else found
    if found.empty:
        return pd.DataFrame()
    table = found.pivot_table(index="speaker", columns="group", values="share", aggfunc="sum", fill_value=0.0)
    table = 100 * table.reindex(columns=names, fill_value=0.0)
    table = table[table.sum(axis=1) > 0]
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    return table.loc[order]


@styled
def speaker_map(
    comparison: Comparison, *, ax: Axes | None = None, top: int = 20, width: float = FULL, language: str = "en"
) -> Axes:
    """Draw the foremost speakers against the groups, each cell with the share of the group's attributed words.

    A cell is the darker the more, and says its number: in grey it reads the same.
    """
    wording = load_wording(language)
    most = MOST_COLUMNS if narrow(ax, width) else MOST_GROUPS
    table = _table(comparison, top, most)
    if table.empty:
        return empty(ax, wording("figure.no_speakers"), width)
    names_width = 17 if narrow(ax, width) else 26
    ax = canvas(ax, width, 0.9 + 0.155 * len(table))
    ax.set_yticks(range(len(table)), labels=labels([str(name) for name in table.index], names_width, 1))
    cells(
        ax,
        table.to_numpy(dtype=np.float64),
        keys=lambda row, place: {"layer": "attribution", "term": table.index[row], "group": table.columns[place]},
    )
    headings(ax, [str(name) for name in table.columns])
    note(ax, wording("figure.speaker_map_key") + wording("figure.darker"), left_out(comparison, wording, most))
    return ax


def speaker_map_alt(comparison: Comparison, *, top: int = 20, language: str = "en") -> str:
    """Describe the figure of `speaker_map`: its foremost speakers and who gives each most room."""
    wording = load_wording(language)
    table = _table(comparison, top)
    if table.empty:
        return wording("figure.no_speakers")
    parts = [
        wording("alt.speaker", group=group, speaker=speaker, share=wording.percent(value / 100, 1))
        for speaker, value, group in zip(table.index[:5], table.max(axis=1), table.idxmax(axis=1), strict=False)
    ]
    return wording("alt.speaker_map", n=len(table), parts="; ".join(parts))
