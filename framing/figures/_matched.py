"""The groups set against one another within the same events only."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._marks import ANY_EVENT
from framing.figures._panels import beside, note, rows_axes
from framing.figures._scales import dot, is_cut, looks, ratio_scale, rival_heading, rivals, roomy, row_names, tested_key
from framing.figures._select import by_group, check_layer, groups, left_out, main_voice, pick, records, spread
from framing.figures._style import FULL, MUTED, empty, styled
from framing.figures._wording import Wording, load_wording


def _table(comparison: Comparison, layer: str) -> pd.DataFrame:
    """Return one row a group, the highest ratio first: those that have an event in common with another group."""
    voice = main_voice(comparison)
    found = pick(comparison.matched, layer=layer, category="", voice=voice)
    if found.empty:
        return found
    table = by_group(found, groups(comparison))
    everywhere = by_group(pick(comparison.rates, layer=layer, category="", voice=voice), groups(comparison))
    table["unmatched"] = everywhere["ratio"] if "ratio" in everywhere else float("nan")
    return table.dropna(subset=["ratio"]).sort_values("ratio", ascending=False, kind="stable")


@styled
def matched(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    layer: str = "loaded",
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the ratio of each group's rate to that of the others in the same events, with intervals.

    Parameters
    ----------
    comparison : Comparison
        What to draw; made with events, or with a column in their place.
    ax : Axes, optional
        Where to draw; a figure of its own by default.
    layer : str
        Which findings, in the voice that the comparison was made for.
    width : float
        Inches, of a new figure.
    language : str
        Name or path of a wording.

    Returns
    -------
    Axes
        With one row a group, on a logarithmic axis: half as much and twice as much lie equally far from 1. Marks are
        those of `rates`; the upright line in a row is the ratio over all articles, whatever they are about.

    Raises
    ------
    OptionError
        If the comparison has no such layer.
    """
    wording = load_wording(language)
    check_layer(comparison.matched, layer, wording)
    table = _table(comparison, layer)
    if table.empty:
        return empty(ax, wording("figure.no_matched"), width)
    wide = roomy(ax, width)
    ax = rows_axes(ax, row_names([str(g) for g in table.index], wide=wide), width=width, extra=0.12)
    bounds = [float(v) for key in ("ratio_low", "ratio_high") for v in table[key]]
    ratio_scale(ax, [*table["ratio"], *table["unmatched"]], bounds, wide=wide)
    for y, row in enumerate(records(table.reset_index(names="group"))):
        _row(ax, y, row, layer, main_voice(comparison))
    _numbers(ax, table, rival_heading(comparison, wording), wording, wide=wide)
    _note(ax, comparison, table, layer, wording, cut=is_cut(ax, bounds))
    return ax


def _row(ax: Axes, y: int, row: dict[str, object], layer: str, voice: str) -> None:
    ratio, low, high, q, unmatched = (
        float(str(row[k])) for k in ("ratio", "ratio_low", "ratio_high", "q", "unmatched")
    )
    left, right = ax.get_xlim()
    if left <= unmatched <= right:
        ax.plot([unmatched] * 2, [y - 0.3, y + 0.3], color=MUTED, linewidth=1.0, zorder=1.5)
    colour, mark, filled = looks(ratio > 1, q)
    said = {"layer": layer, "group": row["group"], "voice": voice, "event": ANY_EVENT}
    dot(ax, ratio, y, (low, high), colour=colour, mark=mark, filled=filled, said=said)


def _numbers(ax: Axes, table: pd.DataFrame, heading: str, wording: Wording, *, wide: bool) -> None:
    events = (wording("figure.events"), [wording.number(n, 0) for n in table["n_events"]])
    if not wide:
        beside(ax, [events])
        return
    intervals = [wording.interval(a, b, 2) for a, b in zip(table["ratio_low"], table["ratio_high"], strict=True)]
    columns = [
        (wording("figure.rate"), [wording.number(v) for v in table["value"]]),
        (heading, [wording.number(v) for v in table["expected"]]),
        (wording("figure.ratio"), [wording.number(v, 2) for v in table["ratio"]]),
        (wording("figure.interval"), intervals),
        events,
    ]
    beside(ax, [column for column in columns if any(column[1])], gap=7)


def _note(ax: Axes, comparison: Comparison, table: pd.DataFrame, layer: str, wording: Wording, *, cut: bool) -> None:
    what, voice = wording.name_of("layer", layer), wording(f"voice_of.{main_voice(comparison)}")
    unit = wording(
        "figure.matched_unit", what=what, voice=voice, others=rivals(comparison, wording),
        spread=spread(comparison, wording),
    )  # fmt: skip
    alone = len(groups(comparison)) - len(table) - (1 if comparison.reference in groups(comparison) else 0)
    note(
        ax, unit, tested_key(comparison, wording, tested=bool(table["q"].notna().any())),
        wording("figure.matched_unmatched") if table["unmatched"].notna().any() else "",
        wording("figure.speakers_cut") if cut else "",
        wording("figure.matched_alone", n=alone) if alone > 0 else "", left_out(comparison, wording),
    )  # fmt: skip


def matched_alt(comparison: Comparison, *, layer: str = "loaded", language: str = "en") -> str:
    """Describe the figure of `matched`: the ratio of every group, with its interval and events."""
    wording = load_wording(language)
    table = _table(comparison, layer)
    if table.empty:
        return wording("figure.no_matched")
    parts = [
        wording(
            "alt.matched_part", n=float(row["n_events"]), group=row["group"], ratio=wording.number(row["ratio"], 2),
            interval=wording.interval(row["ratio_low"], row["ratio_high"], 2),
        ).replace("  ", " ")
        for row in records(table.reset_index(names="group"))
    ]  # fmt: skip
    what, voice = wording.name_of("layer", layer), wording(f"voice_of.{main_voice(comparison)}")
    others, with_intervals = rivals(comparison, wording), spread(comparison, wording, "alt")
    return wording("alt.matched", spread=with_intervals, what=what, voice=voice, others=others, parts="; ".join(parts))
