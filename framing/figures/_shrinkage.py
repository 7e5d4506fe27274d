"""Rates as they were counted beside rates drawn towards that of all groups."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, beside, draw_panels, note, rows_axes, top_of
from framing.figures._rates import overall, overall_line
from framing.figures._scales import dot, roomy, row_names
from framing.figures._select import (
    VOICES,
    by_group,
    check,
    check_layer,
    groups,
    left_out,
    main_voice,
    pick,
    records,
    spread,
)
from framing.figures._style import ACCENT, FULL, MUTED, UNKNOWN, empty, styled
from framing.figures._wording import Wording, load_wording

_APART = 0.18


def _table(comparison: Comparison, layer: str, voice: str) -> pd.DataFrame:
    found = pick(comparison.rates, layer=layer, category="", voice=voice)
    if found.empty or "shrunk" not in found.columns or found["shrunk"].isna().all():
        return found.iloc[:0]
    table = by_group(found, groups(comparison)).dropna(subset=["value"])
    return table.sort_values("value", ascending=False, kind="stable")


@styled
def shrinkage(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    layer: str = "loaded",
    voice: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw each group's rate as it was counted, and drawn towards that of all groups the more, the less it has.

    Parameters
    ----------
    comparison : Comparison
        What to draw, of three groups or more.
    ax : Axes, optional
        Where to draw; a figure of its own by default.
    layer, voice : str
        Which rates; no voice is the one that the comparison was made for.
    width : float
        Inches, of a new figure.
    language : str
        Name or path of a wording.

    Returns
    -------
    Axes
        With one row a group: a hollow square for the rate, a full circle under it for the rate drawn in, each with its
        interval.

    Raises
    ------
    OptionError
        If the comparison has no such layer or voice.
    """
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    check_layer(comparison.rates, layer, wording)
    check("voice", voice, VOICES)
    table = _table(comparison, layer, voice)
    if table.empty:
        return empty(ax, wording("figure.no_shrinkage"), width)
    wide = roomy(ax, width)
    ax = rows_axes(ax, row_names([str(g) for g in table.index], wide=wide), width=width, extra=0.12 + 0.02 * len(table))
    every = [Series(table[v], table[a], table[b]) for v, a, b in (_RAW, _SHRUNK)]
    draw_panels(ax, [Panel("")], limit=top_of([Panel("", every)]) * 1.04)
    for y, row in enumerate(records(table.reset_index(names="group"))):
        _row(ax, y, row, layer, voice)
    overall_line(ax, overall(comparison, layer, "", voice), wording)
    if wide:
        _numbers(ax, table, wording)
    unit = wording("figure.per_1000", what=wording.name_of("layer", layer), voice=wording(f"voice_of.{voice}"))
    note(ax, f"{unit}{spread(comparison, wording)}", wording("figure.shrinkage_key"), left_out(comparison, wording))
    return ax


_RAW, _SHRUNK = ("value", "low", "high"), ("shrunk", "shrunk_low", "shrunk_high")


def _row(ax: Axes, y: int, row: dict[str, object], layer: str, voice: str) -> None:
    raw, shrunk = ([float(str(row[key])) for key in keys] for keys in (_RAW, _SHRUNK))
    said = {"layer": layer, "group": row["group"], "voice": voice}
    ax.plot([raw[0], shrunk[0]], [y - _APART, y + _APART], color=UNKNOWN, linewidth=1.0, zorder=1.5)
    dot(ax, raw[0], y - _APART, (raw[1], raw[2]), colour=MUTED, mark="s", filled=False, size=3.2, said=said)
    dot(ax, shrunk[0], y + _APART, (shrunk[1], shrunk[2]), colour=ACCENT, mark="o", size=3.6, said=said)


def _numbers(ax: Axes, table: pd.DataFrame, wording: Wording) -> None:
    columns = [
        ("□", [wording.number(v) for v in table["value"]]),
        ("●", [wording.number(v) for v in table["shrunk"]]),
        (wording("figure.words"), [wording.number(n, 0) for n in table["n_words"]]),
        (wording("figure.articles"), [wording.number(n, 0) for n in table["n_articles"]]),
    ]
    beside(ax, columns)


def shrinkage_alt(
    comparison: Comparison, *, layer: str = "loaded", voice: str | None = None, language: str = "en"
) -> str:
    """Describe the figure of `shrinkage`: both rates of every group."""
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    table = _table(comparison, layer, voice)
    if table.empty:
        return wording("figure.no_shrinkage")
    parts = [
        wording("alt.shrinkage_part", group=row["group"], value=wording.number(row["value"]),
                shrunk=wording.number(row["shrunk"]))
        for row in records(table.reset_index(names="group"))
    ]  # fmt: skip
    return wording(
        "alt.shrinkage", spread=spread(comparison, wording, "alt"), what=wording.name_of("layer", layer),
        voice=wording(f"voice_of.{voice}"), parts="; ".join(parts),
    )  # fmt: skip
