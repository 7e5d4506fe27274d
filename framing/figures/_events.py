"""Which events drive a difference: what each event adds to it, by group."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from framing.comparison._model import Comparison
from framing.figures._marks import tag
from framing.figures._panels import beside, note, plot_inches, rows_axes
from framing.figures._select import check, check_layer, groups, left_out, main_voice, pick
from framing.figures._style import (
    ACCENT,
    FULL,
    INK,
    MOST_COLUMNS,
    MOST_GROUPS,
    MUTED,
    RULE,
    WARM,
    bold,
    canvas,
    elide,
    empty,
    labels,
    narrow,
    printable,
    styled,
)
from framing.figures._terms import headings
from framing.figures._wording import Wording, load_wording

_MOST = 30
_SHOWN = ("part", "difference")


def _rows(comparison: Comparison, layer: str) -> pd.DataFrame:
    found = pick(comparison.event_rates, layer=layer, voice=main_voice(comparison))
    return found[found["difference"].notna()]


def _columns(comparison: Comparison, found: pd.DataFrame, most: int = MOST_GROUPS) -> list[str]:
    """Return the groups that are set against others: not the reference itself."""
    known = set(found["group"])
    return [name for name in groups(comparison, most) if name in known and name != comparison.reference]


def _titles(comparison: Comparison, events: Sequence[str], width: int) -> list[str]:
    """Return what the events are called: a title, or the value of the column that took the place of events."""
    known = comparison.events.drop_duplicates("event").set_index("event")["title"]
    named = comparison.matched_on not in ("", "events")
    texts = [str(event) if named else str(known.get(event, "") or event) for event in events]
    return labels([printable(text) for text in texts], width, 1)


@styled
def events(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    layer: str = "loaded",
    group: str | None = None,
    show: str = "part",
    top: int = _MOST,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw which events drive the differences within events: a row an event, those that add most first.

    A filled square is an event in which the group has more than the others, a hollow one fewer; the larger the square,
    the more the event adds to the difference. One group, or two that mirror one another, are bars that add up to it.

    Parameters
    ----------
    group : str, optional
        Draw this group alone.
    show : {"part", "difference"}
        What the size of a square is: what the event adds, which is little where few words were written, or the
        difference of the rates in the event itself.
    top : int
        Rows at most; what the others add together is a row of its own, or said.

    Raises
    ------
    OptionError
        If the comparison has no such layer or group.
    """
    wording = load_wording(language)
    check_layer(comparison.event_rates, layer, wording)
    check("show", show, _SHOWN)
    found = _rows(comparison, layer)
    most = MOST_COLUMNS if narrow(ax, width) else MOST_GROUPS
    names = _columns(comparison, found, most)
    if group is not None:
        check("group", group, names)
    if not names:
        return empty(ax, _nothing(comparison, layer, wording), width)
    if group is not None or len(names) <= 2:
        return _bars(comparison, ax, found, group or names[0], layer, top, width, wording)
    return _matrix(comparison, ax, found, names, layer, show, top, width, wording)


def _nothing(comparison: Comparison, layer: str, wording: Wording) -> str:
    if comparison.event_rates.empty:
        return wording("figure.no_events")
    return wording("figure.no_event_findings", layer=wording.name_of("layer", layer))


def _matrix(
    comparison: Comparison, ax: Axes | None, found: pd.DataFrame, names: list[str], layer: str, show: str, top: int,
    width: float, wording: Wording,
) -> Axes:  # fmt: skip
    found = found[found["group"].isin(names)]
    weight = found["part"].abs().groupby(found["event"]).sum().sort_values(ascending=False, kind="stable")
    shown = [str(event) for event in weight.index[:top]]
    values = found.pivot_table(index="event", columns="group", values=show).reindex(index=shown, columns=names)
    slim = narrow(ax, width)
    line = 0.16 if len(shown) > 12 else 0.19
    ax = canvas(ax, width, 0.95 + line * len(shown))
    room = 18 if slim else 40 if len(names) <= 8 else 36 if len(names) <= 14 else 30
    ax.set_yticks(range(len(shown)), labels=_titles(comparison, shown, room))
    headings(ax, names)
    full = float(np.nanquantile(np.abs(values.to_numpy()), 0.98)) or 1.0
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_ylim(len(shown) - 0.5, -0.5)
    for row in range(len(shown)):
        ax.axhline(row, color=RULE, linewidth=0.4, zorder=0)
    most = 72 * 0.9 * min(line, (plot_inches(ax) - 0.4 * (not slim)) / len(names))
    _squares(ax, values, full, most, {"layer": layer, "voice": main_voice(comparison)})
    if not slim:
        share = weight.head(top) / (float(weight.sum()) or 1.0)
        beside(ax, [(wording("figure.event_share"), [wording.percent(value) for value in share])])
    key = wording(
        f"figure.events_key_{show}", value=wording.number(full), layer=wording.name_of("layer", layer),
        voice=wording(f"voice_of.{main_voice(comparison)}"), others=_others(comparison, wording),
    )  # fmt: skip
    rest = len(weight) - len(shown)
    lost = wording.percent(float(weight[top:].sum() / weight.sum()))
    more = wording("figure.more_events", n=rest, share=lost) if rest else ""
    shares = "" if slim else wording("figure.events_share_key")
    note(ax, key, shares, more, left_out(comparison, wording, MOST_COLUMNS if slim else MOST_GROUPS))
    return ax


def _others(comparison: Comparison, wording: Wording) -> str:
    return printable(comparison.reference) if comparison.reference else wording("figure.the_others")


def _squares(ax: Axes, values: pd.DataFrame, full: float, most: float, keys: Mapping[str, str]) -> None:
    """Draw a square a cell, whose area is the value and whose side is `most` points at a value of `full`."""
    for (row, place), value in np.ndenumerate(values.to_numpy(dtype=np.float64)):
        if math.isnan(value):
            continue
        side = most * max(0.15, math.sqrt(min(1.0, abs(value) / full)))
        colour = WARM if value > 0 else ACCENT
        (square,) = ax.plot(
            place, row, "s", markersize=side, markerfacecolor=colour if value > 0 else "white",
            markeredgecolor=colour, markeredgewidth=0.8, zorder=2,
        )  # fmt: skip
        tag(square, **keys, group=values.columns[place], event=values.index[row])


def _bars(
    comparison: Comparison, ax: Axes | None, found: pd.DataFrame, group: str, layer: str, top: int, width: float,
    wording: Wording,
) -> Axes:  # fmt: skip
    """Draw what each event adds to the difference of one group, largest first, and the rest as one row."""
    table = pick(found, group=group).set_index("event")["part"]
    if table.empty:
        return empty(ax, _nothing(comparison, layer, wording), width)
    kept = table[table.abs().sort_values(ascending=False, kind="stable").index[:top]].sort_values(ascending=False)
    length = 40 if narrow(ax, width) else 46
    names = _titles(comparison, [str(event) for event in kept.index], length)
    parts = [float(part) for part in kept]
    rest = len(table) - len(kept)
    if rest:
        names.append(elide(wording("figure.other_events", n=rest), length))
        parts.append(float(table.sum() - kept.sum()))
    ax = rows_axes(ax, names, width=width, extra=0.12)
    for row, part in enumerate(parts):
        colour = WARM if part > 0 else ACCENT
        (bar,) = ax.barh(
            row, part, 0.62, color=colour if part > 0 else "white", edgecolor=colour, linewidth=0.8, zorder=2,
            hatch="////" if row >= len(kept) else None,
        ).patches  # fmt: skip
        if row < len(kept):
            tag(bar, layer=layer, voice=main_voice(comparison), group=group, event=kept.index[row])
    _scale(ax, np.asarray(parts), wording)
    against = _against(comparison, group, wording)
    for sign, key in ((-1, "figure.event_fewer"), (1, "figure.event_more")):
        text = wording(key)
        ax.annotate(
            text, (0, 1), xycoords=("data", "axes fraction"), xytext=(sign * 5, 3), textcoords="offset points",
            ha="left" if sign > 0 else "right", va="bottom", fontsize=7, color=INK, **bold(text),
        )  # fmt: skip
    key = wording(
        "figure.events_bars_key", layer=wording.name_of("layer", layer), total=wording.number(float(table.sum()), 2),
        voice=wording(f"voice_of.{main_voice(comparison)}"), group=labels([group], 40, 1)[0], others=against,
    )  # fmt: skip
    note(ax, key)
    return ax


def _against(comparison: Comparison, group: str, wording: Wording) -> str:
    """Return what a group is set against: the reference, the one other group, or the others."""
    if comparison.reference:
        return printable(comparison.reference)
    others = [str(name) for name in comparison.groups["group"] if str(name) != group]
    return printable(others[0]) if len(others) == 1 else wording("figure.the_others")


def _scale(ax: Axes, parts: NDArray[np.float64], wording: Wording) -> None:
    low, high = min(0.0, float(parts.min())), max(0.0, float(parts.max()))
    room = (high - low or 1.0) * 0.05
    least = (high - low or 1.0) * 0.22  # both headings need some room
    low, high = min(low - room, -least), max(high + room, least)
    ax.set_xlim(low, high)
    steps = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10])
    places = [place for place in steps.tick_values(low, high) if low <= place <= high]
    digits = max(1, -math.floor(math.log10(places[1] - places[0] + 1e-12))) if len(places) > 1 else 1
    ax.set_xticks(places, labels=[wording.number(place, digits) for place in places])
    for place in places:
        ax.axvline(place, color=RULE if place else MUTED, linewidth=0.5 if place else 0.9, zorder=0.5)


def events_alt(
    comparison: Comparison, *, layer: str = "loaded", group: str | None = None, show: str = "part", top: int = _MOST,
    language: str = "en",
) -> str:  # fmt: skip
    """Describe the figure of `events`: the events that add most, and to the difference of which group."""
    wording = load_wording(language)
    found = _rows(comparison, layer)
    names = _columns(comparison, found)
    if not names:
        return _nothing(comparison, layer, wording)
    chosen = [group] if group is not None else names[:1] if len(names) <= 2 else names
    found = found[found["group"].isin(chosen)]
    largest = found.loc[found["part"].abs().sort_values(ascending=False, kind="stable").index].head(3)
    parts = [
        wording(
            "alt.event_more" if part > 0 else "alt.event_fewer", group=name,
            title=_titles(comparison, [str(event)], 60)[0], value=wording.number(abs(part), 2),
        )
        for event, name, part in zip(largest["event"], largest["group"], largest["part"], strict=True)
    ]  # fmt: skip
    return wording(
        "alt.events", n=found["event"].nunique(), layer=wording.name_of("layer", layer), parts="; ".join(parts),
    )  # fmt: skip
