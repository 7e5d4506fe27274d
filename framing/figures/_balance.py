"""Who is heard: the sides' shares of the attributions of each group."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._marks import tag
from framing.figures._panels import (
    Panel,
    Series,
    beside,
    column,
    draw_panels,
    keys_of,
    note,
    plot_inches,
    rows_axes,
    top_of,
    whiskers,
)
from framing.figures._select import (
    by_group,
    check,
    groups,
    left_out,
    lone,
    main_sides,
    noun,
    pick,
    side_order,
    sides,
    spread,
)
from framing.figures._style import (
    FULL,
    INK,
    RULE,
    SIDE_COLOURS,
    SIDE_HATCHES,
    UNKNOWN,
    bold,
    empty,
    inches,
    labels,
    narrow,
    styled,
)
from framing.figures._wording import Wording, load_wording

_MOST_SIDES = 5
UNITS = ("attributions", "words", "direct", "first-third")


def side_look(comparison: Comparison, side: str) -> tuple[str, str]:
    """Return the colour and hatch of a side: the same in every figure of a comparison."""
    order = side_order(comparison)
    if side not in order:
        return UNKNOWN, ""
    number = order.index(side)
    return SIDE_COLOURS[number % len(SIDE_COLOURS)], SIDE_HATCHES[number % len(SIDE_HATCHES)]


@styled
def balance(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    unit: str = "attributions",
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the share of each side among what is attributed, with intervals.

    Two sides are bars that part from a middle line; more are columns of bars; a single group has a row a side. The
    share whose side is not known is always shown.

    Parameters
    ----------
    unit : str
        `attributions`, `words` (that are attributed), `direct` (quotations) or `first-third` (of the articles).
    """
    wording = load_wording(language)
    check("unit", unit, UNITS)
    named = main_sides(comparison, 3 if narrow(ax, width) else _MOST_SIDES)
    if not named or pick(comparison.balance, unit=unit).empty:
        return empty(ax, wording("figure.no_sides"), width)
    unit_text = wording(f"figure.share_{unit}", spread=spread(comparison, wording))
    if lone(comparison):
        return _single(comparison, ax, unit, sides(comparison), unit_text, width, wording)
    names = groups(comparison)
    ax = rows_axes(ax, labels(names), width=width, extra=0.12)
    if len(named) == 2:
        _diverging(ax, comparison, unit, named, names, wording)
    else:
        _columns(ax, comparison, unit, named, names, wording)
    rarer = len([side for side in sides(comparison) if side != "unknown"]) - len(named)
    more = wording("figure.more_sides", n=rarer) if rarer else ""
    note(ax, unit_text, more, left_out(comparison, wording))
    return ax


def _diverging(
    ax: Axes, comparison: Comparison, unit: str, named: list[str], names: list[str], wording: Wording
) -> None:
    reach = 0.0
    for sign, side in zip((-1, 1), named, strict=True):
        table = by_group(pick(comparison.balance, unit=unit, side=side), names)
        colour, hatch = side_look(comparison, side)
        values = column(table["value"])
        rows = np.arange(len(names))
        bars = ax.barh(
            rows, sign * np.nan_to_num(values), 0.62, color=colour, hatch=hatch or None, edgecolor="white", zorder=1.5
        )
        for name, value, bar in zip(names, values, bars.patches, strict=True):
            if value > 0:
                tag(bar, layer="attribution", group=name, side=side)
        whiskers(ax, rows, sign * column(table["low"]), sign * column(table["high"]))
        ends = np.fmax(values, column(table["high"]))
        reach = max(reach, float(np.nanmax(ends, initial=0.01)))
        for row, (value, end) in enumerate(zip(values, ends, strict=True)):
            if not np.isnan(value):
                ax.annotate(
                    wording.percent(value), (sign * end, row), xytext=(sign * 4, 0), textcoords="offset points",
                    ha="left" if sign > 0 else "right", va="center", fontsize=6.5,
                )  # fmt: skip
        ax.annotate(
            wording.side(side), (0, 1), xycoords=("data", "axes fraction"), xytext=(sign * 6, 3),
            textcoords="offset points", ha="left" if sign > 0 else "right", va="bottom",
            fontsize=7, color=INK, **bold(wording.side(side)),
        )  # fmt: skip
    # the numbers at the ends of the bars need some room, however narrow the figure is
    reach *= max(1.22, 1 / (1 - 0.68 / max(1.0, plot_inches(ax))))
    ax.set_xlim(-reach, reach)
    ax.axvline(0, color=INK, linewidth=0.7, zorder=4)
    fine, coarse = (0.25, 0.1) if plot_inches(ax) > 2.5 else (0.5, 0.25)
    places = [t for t in np.arange(-1, 1.01, fine if reach > 0.45 else coarse) if abs(t) <= reach]
    ax.set_xticks(places, labels=[wording.percent(abs(t)) for t in places])
    for place in places:
        ax.axvline(place, color=RULE, linewidth=0.5, zorder=0.5)
    _unknown(ax, comparison, unit, named, names, wording)


def _columns(ax: Axes, comparison: Comparison, unit: str, named: list[str], names: list[str], wording: Wording) -> None:
    panels = []
    for side in named:
        table = by_group(pick(comparison.balance, unit=unit, side=side), names)
        colour, hatch = side_look(comparison, side)
        keys = keys_of(names, layer="attribution", side=side)
        series = Series(table["value"], table["low"], table["high"], colour, hatch=hatch, keys=keys)
        panels.append(Panel(wording.side(side), [series]))
    draw_panels(ax, panels, limit=min(1.0, top_of(panels) * 1.04), bars=True, percent=True)
    _unknown(ax, comparison, unit, named, names, wording)


def _unknown(ax: Axes, comparison: Comparison, unit: str, named: list[str], names: list[str], wording: Wording) -> None:
    """Write beside the bars which share has no side, and of how many."""
    unknown = by_group(pick(comparison.balance, unit=unit, side="unknown"), names)
    total = by_group(pick(comparison.balance, unit=unit, side=named[0]), names)
    if inches(ax) > 4.5 and "value" in unknown:
        shares = [wording.percent(v) for v in column(unknown["value"])]
        counts = [wording.number(n, 0) for n in column(total["total"])]
        beside(ax, [(wording("figure.side_unknown"), shares), ("n", counts)])


def _single(
    comparison: Comparison, ax: Axes | None, unit: str, heard: list[str], unit_text: str, width: float, wording: Wording
) -> Axes:
    table = pick(comparison.balance, unit=unit).drop_duplicates("side").set_index("side").reindex(heard)
    texts = [wording("figure.side_unknown") if s == "unknown" else wording.side(s) for s in heard]
    ax = rows_axes(ax, labels(texts), width=width)
    limit = min(1.0, top_of([Panel("", [Series(table["value"], table["low"], table["high"])])]) * 1.04)
    group = comparison.groups["group"].iloc[0]
    keys = [{"layer": "attribution", "group": group, "side": side} for side in heard]
    for row, side in enumerate(heard):
        colour, hatch = side_look(comparison, side)
        alone = np.where(np.arange(len(heard)) == row, table["value"], np.nan)
        low, high = (np.where(np.isnan(alone), np.nan, column(table[c])) for c in ("low", "high"))
        series = Series(alone, low, high, colour, hatch=hatch, keys=keys)
        draw_panels(ax, [Panel("", [series])], limit=limit, bars=True, percent=True)
    beside(
        ax,
        [
            (wording("figure.share"), [wording.percent(v) for v in column(table["value"])]),
            (wording("figure.of"), [wording.number(n, 0) for n in column(table["total"])]),
        ],
    )
    note(ax, unit_text)
    return ax


def balance_alt(comparison: Comparison, *, unit: str = "attributions", language: str = "en") -> str:
    """Describe the figure of `balance`: which group gives each side most and least room."""
    wording = load_wording(language)
    parts = []
    for side in sides(comparison):
        table = by_group(pick(comparison.balance, unit=unit, side=side), groups(comparison)).dropna(subset=["value"])
        if side == "unknown" or table.empty:
            continue
        most, least = str(table["value"].idxmax()), str(table["value"].idxmin())
        parts.append(
            wording(
                "alt.side_single" if lone(comparison) else "alt.side", side=wording.side(side), most=most, least=least,
                high=wording.percent(table["value"].max()), low=wording.percent(table["value"].min()),
            )
        )  # fmt: skip
    if not parts:
        return wording("figure.no_sides")
    what = noun(comparison, wording, len(groups(comparison)))
    unit_text = wording(f"figure.share_{unit}", spread="")
    with_intervals = spread(comparison, wording, "alt")
    return wording("alt.balance", unit=unit_text, groups=what, parts="; ".join(parts), spread=with_intervals)
