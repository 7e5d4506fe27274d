"""The telling words of one group: how often it uses them, and how much more often than the others do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._marks import tag
from framing.figures._panels import column, note
from framing.figures._scales import pixels, ratio_scale, rivals, roomy, settle, shown_name
from framing.figures._select import check, main_voice, pick, records
from framing.figures._style import ACCENT, FULL, INK, RULE, UNKNOWN, WARM, bold, canvas, elide, empty, printable, styled
from framing.figures._wording import Wording, load_wording

_AGAINST = ("others", "corpus")
_SURE, _WIDTH = 0.05, 1.96
_SIZE = 6.5

_Box = tuple[float, float, float, float]

# right, left, over and under the dot, then its corners
_PLACES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def _groups(comparison: Comparison, against: str) -> list[str]:
    """Return the groups that have words, in the order of the comparison."""
    found = _found(comparison, against)
    with_words = set(found["group"]) if len(found) else set()
    return [str(name) for name in comparison.groups["group"] if name in with_words]


def _found(comparison: Comparison, against: str) -> pd.DataFrame:
    table = pick(comparison.keyness, voice=main_voice(comparison), against=against)
    return table[(table["z"] > 0) & (table["rate"] > 0)] if len(table) else table


def _chosen(comparison: Comparison, group: str | None, against: str) -> tuple[str | None, pd.DataFrame]:
    """Return the group and its words, the most telling first, with `times` (as often as the others) and its bounds.

    Of two groups the words of the second one are there too, with `times` below 1.
    """
    check("against", against, _AGAINST)
    if group is not None:
        check("group", group, comparison.groups["group"])
    names = _groups(comparison, against)
    group = group if group is not None else (names[0] if names else None)
    found = _found(comparison, against)
    if group not in names:
        return group, found.iloc[:0]
    both = len(comparison.groups) == 2 and against == "others" and not comparison.reference
    found = found if both else found[found["group"] == group]
    sure = found[found["q"] < _SURE]
    found = found if sure.empty else sure
    turn = np.where(found["group"] == group, 1.0, -1.0)
    half = _WIDTH / column(found["z"])
    made = {
        name: np.exp(turn * column(found["log_odds"]) * (1 + side * half))
        for name, side in (("times", 0.0), ("near", -1.0), ("far", 1.0))
    }
    table = found.assign(**made)
    return group, table.sort_values(["z", "word"], ascending=[False, True], kind="stable")


@styled
def keyness_scatter(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    group: str | None = None,
    against: str = "others",
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the telling words of a group: to the right the more often it uses them, upwards the more than the others.

    Upwards are the odds of the word against those of the others, from the log-odds with a prior: a word that the
    others never use has odds too. A dot is the larger the more certain the word tells the group (z). Of two groups
    the words of the other one stand below the line. Not z, but what it is made of is on the axes: z alone would
    place a rare word that only one group uses and a frequent one that it uses a little more at the same height.

    Parameters
    ----------
    comparison : Comparison
        What to draw.
    ax : Axes, optional
        Where to draw; a figure of its own by default.
    group : str, optional
        Whose words; by default the first group that has any.
    against : str
        `others` (or the reference), or `corpus`, a reference corpus.
    width : float
        Inches, of a new figure.
    language : str
        Name or path of a wording.

    Returns
    -------
    Axes
        Both axes logarithmic. As many words as there is room for have their name, the most telling first.

    Raises
    ------
    OptionError
        If the comparison has no such group.

    References
    ----------
    Monroe, Burt L., Michael P. Colaresi, and Kevin M. Quinn. 2008. "Fightin' Words." Political Analysis 16.
    """
    wording = load_wording(language)
    group, table = _chosen(comparison, group, against)
    if group is None or table.empty:
        return empty(ax, wording("figure.no_keyness"), width)
    wide = roomy(ax, width)
    ax = canvas(ax, width, 4.3 if wide else 3.3)
    ratio_scale(ax, table["times"], [*table["near"], *table["far"]], wide=wide, upright=True)
    ax.tick_params(axis="y", labelsize=6.5)
    _rate_scale(ax, table)
    _dots(ax, table, group)
    _heads(ax, comparison, table, group, against, wording, wide=wide)
    note(ax, *_notes(ax, comparison, table, group, against, wording))
    _names(ax, table)
    return ax


def _rate_scale(ax: Axes, table: pd.DataFrame) -> None:
    low, high = float(table["rate"].min()), float(table["rate"].max())
    ax.set_xscale("log")
    ax.minorticks_off()
    room = max(math.log(high / low), 1.0)
    ax.set_xlim(low * math.exp(-0.1 * room), high * math.exp(0.16 * room))
    steps = [base * 10.0**power for power in range(-6, 4) for base in (1, 2, 5)]
    places = [t for t in steps if ax.get_xlim()[0] <= t <= ax.get_xlim()[1]]
    if len(places) > 7:
        places = [t for t in places if f"{t:e}"[0] == "1"] or places[::3]
    ax.set_xticks(places, labels=[f"{place:g}" for place in places])
    for place in places:
        ax.axvline(place, color=RULE, linewidth=0.5, zorder=0.4)


def _radius(z: float, most: float) -> float:
    """Return a dot's size in points: its area grows with z."""
    return 1.6 + 4.2 * math.sqrt(max(z, 0.0) / most)


def _dots(ax: Axes, table: pd.DataFrame, group: str) -> None:
    most = float(table["z"].max())
    bottom, top = ax.get_ylim()
    for row in records(table):
        here = row["group"] == group
        ends = sorted([float(row["near"]), float(row["far"])])
        ax.plot([row["rate"]] * 2, np.clip(ends, bottom, top), color=UNKNOWN, linewidth=0.5, zorder=1)
        for beyond, end, arrow in ((ends[0] < bottom, bottom, "v"), (ends[1] > top, top, "^")):
            if beyond:
                ax.plot([row["rate"]], [end], marker=arrow, markersize=2.6, color=UNKNOWN, clip_on=False, zorder=1)
        (point,) = ax.plot(
            [row["rate"]], [row["times"]], marker="o" if here else "D", linestyle="none", alpha=0.75, zorder=2,
            color=WARM if here else ACCENT, markersize=_radius(float(row["z"]), most) * (1 if here else 0.85),
            markeredgewidth=0.8, markerfacecolor=WARM if here else "white",
        )  # fmt: skip
        tag(point, word=row["word"], group=row["group"], voice=row["voice"])


def _heads(
    ax: Axes, comparison: Comparison, table: pd.DataFrame, group: str, against: str, wording: Wording, *, wide: bool
) -> None:
    """Say at the line of 1 which side of it is whose."""
    room = 34 if wide else 20
    heads = [(group, 1.0, WARM)]
    heads += [(str(name), -1.0, ACCENT) for name in dict.fromkeys(table["group"]) if name != group]
    for name, side, colour in heads:
        text = wording("figure.more_at", name=shown_name(name, room))
        ax.annotate(
            text, (1, 1 if side > 0 else 0), xycoords="axes fraction", xytext=(-2, 3), textcoords="offset points",
            ha="right", va="bottom", fontsize=7, color=colour, **bold(text),
        )  # fmt: skip


def _notes(
    ax: Axes, comparison: Comparison, table: pd.DataFrame, group: str, against: str, wording: Wording
) -> list[str]:
    voice = wording(f"voice_of.{main_voice(comparison)}")
    other = wording("figure.the_corpus") if against == "corpus" else rivals(comparison, wording)
    shown = len(comparison.groups) == 2 and len(set(table["group"])) > 1
    sure = bool((table["q"] < _SURE).any())
    many = bool((comparison.groups["n_articles"] > 1).any())
    bottom, top = ax.get_ylim()
    cut = bool((table[["near", "far"]].min(axis=1) < bottom).any() or (table[["near", "far"]].max(axis=1) > top).any())
    return [
        wording("figure.scatter_across", voice=voice),
        wording("figure.scatter_up", others=other),
        wording("figure.scatter_dots") + (f" {wording('figure.scatter_lines')}" if many else ""),
        wording("figure.speakers_cut") if many and cut else "",
        wording("figure.scatter_left_out" if sure else "figure.scatter_unsure", n=len(table),
                name=wording("figure.both") if shown else shown_name(group)),
    ]  # fmt: skip


def _names(ax: Axes, table: pd.DataFrame) -> None:
    """Name the dots, the most telling word first, each at the first free place about its dot; else not at all."""
    settle(ax)
    scale = ax.figure.dpi / 72
    heads = [text.get_window_extent() for text in ax.texts]
    most = float(table["z"].max())
    rows = records(table)
    points = [ax.transData.transform((row["rate"], row["times"])) for row in rows]
    sizes = [_radius(float(row["z"]), most) / 2 * scale for row in rows]
    taken = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, sizes, strict=True)]
    taken += [(head.x0, head.y0, head.x1, head.y1) for head in heads]
    edge = ax.get_window_extent()
    for row, (x, y), r in zip(rows, points, sizes, strict=True):
        text = elide(printable(row["word"]), 20)
        extent = pixels(ax, text, _SIZE) * 1.03, _SIZE * 1.15 * scale
        for (across, up), box in _candidates((float(x), float(y)), r + 1.6 * scale, extent):
            inside = box[0] >= edge.x0 and box[1] >= edge.y0 and box[2] <= edge.x1 and box[3] <= edge.y1
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                _name(ax, text, row, (across, up), (r / scale + 1.6))
                break


def _candidates(at: tuple[float, float], away: float, extent: tuple[float, float]) -> Iterator[tuple[Any, _Box]]:
    wide, high = extent
    for across, up in _PLACES:
        near = away * (0.75 if across and up else 1.0)
        x = at[0] + across * near - (wide if across < 0 else 0 if across else wide / 2)
        y = at[1] + up * near - (high if up < 0 else 0 if up else high / 2)
        yield (across, up), (x, y, x + wide, y + high)


def _meet(one: _Box, two: Sequence[float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _name(ax: Axes, text: str, row: dict[str, Any], place: tuple[int, int], away: float) -> None:
    across, up = place
    near = away * (0.75 if across and up else 1.0)
    label = ax.annotate(
        text, (row["rate"], row["times"]), xytext=(across * near, up * near), textcoords="offset points",
        ha={1: "left", -1: "right", 0: "center"}[across], va={1: "bottom", -1: "top", 0: "center"}[up], fontsize=_SIZE,
        color=INK, zorder=3,
    )  # fmt: skip
    label.set_in_layout(False)
    tag(label, word=row["word"], group=row["group"], voice=row["voice"])


def keyness_scatter_alt(
    comparison: Comparison, *, group: str | None = None, against: str = "others", language: str = "en"
) -> str:
    """Describe the figure of `keyness_scatter`: the most telling words, how often they are and how much more often."""
    wording = load_wording(language)
    group, table = _chosen(comparison, group, against)
    if group is None or table.empty:
        return wording("figure.no_keyness")
    other = wording("figure.the_corpus") if against == "corpus" else rivals(comparison, wording)
    parts = [
        wording("alt.scatter_part", word=row["word"], rate=wording.number(row["rate"], 2),
                times=wording.number(row["times"]))
        for row in records(table[table["group"] == group].head(8))
    ]  # fmt: skip
    return wording("alt.scatter", n=len(table), group=group, others=other, parts="; ".join(parts))
