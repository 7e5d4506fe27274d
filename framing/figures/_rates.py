"""Rates per 1,000 words by group, with intervals; and all layers of one group."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, beside, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._scales import tested_key
from framing.figures._select import (
    VOICES,
    by_group,
    check,
    check_layer,
    groups,
    left_out,
    lone,
    main_voice,
    noun,
    pick,
    records,
    spread,
)
from framing.figures._style import ACCENT, FULL, INK, MUTED, WARM, empty, inches, labels, styled
from framing.figures._wording import Wording, load_wording

_WIDE = 4.5
"""Inches from which there is room for numbers beside the dots."""


def _table(comparison: Comparison, layer: str, category: str, voice: str) -> pd.DataFrame:
    found = pick(comparison.rates, layer=layer, category=category, voice=voice)
    table = by_group(found, groups(comparison)) if not found.empty else found
    return table.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable") if len(table) else table


def overall(comparison: Comparison, layer: str, category: str, voice: str) -> float:
    """Return the rate of all groups together, those that are not drawn among them."""
    table = pick(comparison.rates, layer=layer, category=category, voice=voice)
    words = float(table["n_words"].sum())
    return 1000 * float(table["count"].sum()) / words if words else float("nan")


@styled
def rates(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    layer: str = "loaded",
    category: str = "",
    voice: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw one layer's rate in one voice: a dot and an interval a group, sorted, and the rate of all as a line.

    Parameters
    ----------
    comparison : Comparison
        What to draw.
    ax : Axes, optional
        Where to draw; a figure of its own by default.
    layer, category, voice : str
        Which estimates; an empty category is the whole layer, no voice the one that the comparison was made for.
    width : float
        Inches, of a new figure.
    language : str
        Name or path of a wording.

    Returns
    -------
    Axes
        With one row a group. A triangle pointing right is a rate higher than the other groups' together at q < .05,
        one pointing left a lower rate; a hollow circle is neither.

    Raises
    ------
    OptionError
        If the comparison has no such layer, category or voice.
    """
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    check_layer(comparison.rates, layer, wording)
    check("voice", voice, VOICES)
    if category:
        check("category", category, [c for c in pick(comparison.rates, layer=layer)["category"] if c])
    table = _table(comparison, layer, category, voice)
    if table.empty:
        return empty(ax, wording("figure.no_findings", layer=wording.name_of("layer", layer)), width)
    ax = rows_axes(ax, labels([str(g) for g in table.index]), width=width, extra=0.12)
    clear = np.asarray(table["q"] < 0.05)
    above = np.asarray(table["ratio"] > 1)
    marks = ["o" if not c else ">" if up else "<" for c, up in zip(clear, above, strict=True)]
    limit = top_of([Panel("", [Series(table["value"], table["low"], table["high"])])]) * 1.04
    keys = keys_of(list(table.index), layer=layer, category=category, voice=voice)
    for colour, mask in ((INK, ~clear), (WARM, clear & above), (ACCENT, clear & ~above)):
        shown = np.where(mask, table["value"], np.nan)
        series = Series(shown, table["low"], table["high"], colour, marks, [bool(c) for c in clear], keys=keys)
        draw_panels(ax, [Panel("", [series])], limit=limit)
    if len(table) > 1:
        overall_line(ax, overall(comparison, layer, category, voice), wording)
    if inches(ax) > _WIDE:
        _numbers(ax, table, wording)
    unit = wording("figure.per_1000", what=_what(wording, layer, category), voice=wording(f"voice_of.{voice}"))
    key = tested_key(comparison, wording, tested=bool(table["q"].notna().any()))
    note(ax, unit, key, left_out(comparison, wording))
    return ax


def _what(wording: Wording, layer: str, category: str) -> str:
    name = wording.name_of("layer", layer)
    return (
        wording("figure.category_of", layer=name, category=wording.name_of("category", category)) if category else name
    )


def overall_line(ax: Axes, value: float, wording: Wording) -> None:
    """Draw the rate of all groups together as a dashed line with its number."""
    ax.axvline(value, color=MUTED, linewidth=0.8, dashes=(4, 2), zorder=1)
    ax.annotate(
        wording("figure.overall", value=wording.number(value)), (value, 1), xycoords=("data", "axes fraction"),
        xytext=(0, 3), textcoords="offset points", ha="center", va="bottom", fontsize=6.5, color=MUTED,
    )  # fmt: skip


def _numbers(ax: Axes, table: pd.DataFrame, wording: Wording) -> None:
    intervals = [wording.interval(low, high) for low, high in zip(table["low"], table["high"], strict=True)]
    columns = [(wording("figure.rate"), [wording.number(v) for v in table["value"]])]
    if any(intervals):
        columns.append((wording("figure.interval"), intervals))
    columns.append((wording("figure.articles"), [wording.number(n, 0) for n in table["n_articles"]]))
    beside(ax, columns)


def rates_alt(
    comparison: Comparison, *, layer: str = "loaded", category: str = "", voice: str | None = None, language: str = "en"
) -> str:
    """Describe the figure of `rates` in a sentence or two."""
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    table = _table(comparison, layer, category, voice)
    if table.empty:
        return wording("figure.no_findings", layer=wording.name_of("layer", layer))
    clear = [str(g) for g in table.index[table["q"] < 0.05]]
    what = {"what": _what(wording, layer, category), "voice": wording(f"voice_of.{voice}")}
    what["spread"] = spread(comparison, wording, "alt")
    first, last = table.iloc[0], table.iloc[-1]
    text = wording(
        "alt.rates", n=len(table), **what, groups=noun(comparison, wording, len(table)), first=table.index[0],
        high=wording.number(first["value"]), last=table.index[-1], low=wording.number(last["value"]),
        overall=wording.number(overall(comparison, layer, category, voice)),
    )  # fmt: skip
    if lone(comparison):
        return text
    if clear:
        return f"{text} {wording('alt.clear', n=len(clear), names=wording.listing(clear))}"
    return f"{text} {wording('alt.unclear' if table['q'].notna().any() else 'alt.untested')}"


@styled
def profile(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    group: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw every layer of one group, a column a voice: what is in the group's own voice, what is its speakers'."""
    wording = load_wording(language)
    group = group if group is not None else _first(comparison)
    check("group", group, comparison.groups["group"])
    found = pick(comparison.rates, group=group, category="")
    layers = [str(x) for x in found["layer"].drop_duplicates()] if not found.empty else []
    if not layers:
        return empty(ax, wording("figure.no_findings_at_all"), width)
    ax = rows_axes(ax, labels([_capital(wording.name_of("layer", x)) for x in layers]), width=width, extra=0.12)
    panels = []
    for voice, colour in (("own", INK), ("quoted", ACCENT), ("reported", WARM)):
        table = found[found["voice"] == voice].drop_duplicates("layer").set_index("layer").reindex(layers)
        keys = [{"layer": layer, "group": group, "voice": voice} for layer in layers]
        series = Series(table["value"], table["low"], table["high"], colour, keys=keys)
        panels.append(Panel(wording(f"voice.{voice}"), [series]))
    draw_panels(ax, panels, limit=top_of(panels) * 1.04)
    note(ax, wording("figure.per_1000_each", group=group, spread=spread(comparison, wording)))
    return ax


def profile_alt(comparison: Comparison, *, group: str | None = None, language: str = "en") -> str:
    """Describe the figure of `profile`."""
    wording = load_wording(language)
    group = group if group is not None else _first(comparison)
    table = pick(comparison.rates, group=group, category="", voice="own")
    if table.empty:
        return wording("figure.no_findings_at_all")
    parts = [
        wording(
            "alt.profile_part", layer=wording.name_of("layer", str(row["layer"])), value=wording.number(row["value"])
        )
        for row in records(table)
    ]
    return wording("alt.profile", group=group, parts=wording.listing(parts), spread=spread(comparison, wording, "alt"))


def _first(comparison: Comparison) -> str:
    return str(comparison.groups["group"].iloc[0]) if len(comparison.groups) else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
