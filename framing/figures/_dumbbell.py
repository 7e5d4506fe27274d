"""Two groups set against each other on every layer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures._panels import Panel, Series, beside, draw_panels, note, rows_axes, top_of
from framing.figures._scales import dot, pixels, roomy, row_names, settle, shown_name
from framing.figures._select import check, main_voice, noun, pick, records, spread
from framing.figures._style import ACCENT, FULL, INK, UNKNOWN, WARM, bold, empty, labels, styled
from framing.figures._wording import Wording, load_wording

_APART = 0.17
"""Rows from a dot to the middle of its row, so that two intervals do not cover each other."""

_LOOKS = ((WARM, "o", True, "●"), (ACCENT, "D", False, "◇"))


def pair(comparison: Comparison, chosen: Sequence[str] | None = None) -> tuple[str, str] | None:
    """Return the two groups to draw; None where there are no two.

    Two that were asked for; the two of a comparison of two; the group farthest from the reference, and the reference;
    or those with the highest and the lowest rate of loaded terms.

    Raises
    ------
    OptionError
        If the groups that were asked for are not two, or not in the comparison.
    """
    names = [str(name) for name in comparison.groups["group"]]
    if chosen is not None:
        for name in chosen:
            check("groups", name, names)
        if len(set(chosen)) != 2:
            msg = f"groups: {len(set(chosen))} different groups were given; allowed: two"
            raise OptionError(msg)
        return str(chosen[0]), str(chosen[1])
    if len(names) < 3 and not comparison.reference:
        return (names[0], names[1]) if len(names) == 2 else None
    table = _main_layer(comparison).dropna(subset=["value"])
    if comparison.reference:
        table = table[table["group"] != comparison.reference].dropna(subset=["ratio"])
        far = max(records(table), key=lambda row: _distance(float(row["ratio"])), default=None)
        return (str(far["group"]), comparison.reference) if far else None
    if len(table) < 2:
        return None
    rows = records(table.sort_values("value", ascending=False, kind="stable"))
    return str(rows[0]["group"]), str(rows[-1]["group"])


def _distance(ratio: float) -> float:
    return abs(math.log(ratio)) if 0 < ratio < math.inf else math.inf


def _main_layer(comparison: Comparison) -> pd.DataFrame:
    found = pick(comparison.rates, category="", voice=main_voice(comparison))
    loaded = pick(found, layer="loaded")
    return found[found["layer"] == found["layer"].iloc[0]] if loaded.empty and len(found) else loaded


def _tables(comparison: Comparison, two: tuple[str, str] | None) -> list[pd.DataFrame]:
    """Return one table a group, one row a layer, those with the highest rates first; none where nothing was found."""
    found = pick(comparison.rates, category="", voice=main_voice(comparison))
    if two is None or found.empty:
        return []
    parts = [pick(found, group=name).drop_duplicates("layer").set_index("layer") for name in two]
    top = pd.concat([part["value"] for part in parts], axis=1).max(axis=1).dropna()
    order = top[top > 0].sort_values(ascending=False, kind="stable").index
    return [part.reindex(order) for part in parts] if len(order) else []


@styled
def dumbbell(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    groups: Sequence[str] | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw two groups' rates of every layer, a row a layer: two dots with intervals, joined by a line.

    Parameters
    ----------
    comparison : Comparison
        What to draw.
    ax : Axes, optional
        Where to draw; a figure of its own by default.
    groups : sequence of two str, optional
        Which two. By default the two of a comparison of two, the reference and the group farthest from it, or the
        groups with the highest and the lowest rate of loaded terms.
    width : float
        Inches, of a new figure.
    language : str
        Name or path of a wording.

    Returns
    -------
    Axes
        With one row a layer, per 1,000 words, from zero. The line is dark where the two were tested against each other
        and differ at q < .05.

    Raises
    ------
    OptionError
        If these are not two groups of the comparison.
    """
    wording = load_wording(language)
    two = pair(comparison, groups)
    tables = _tables(comparison, two)
    if two is None or not tables:
        return empty(ax, wording("figure.no_pair" if two is None else "figure.no_findings_at_all"), width)
    wide = roomy(ax, width)
    layers = [str(layer) for layer in tables[0].index]
    names = [wording.name_of("layer" if wide else "layer_short", layer) for layer in layers]
    ax = rows_axes(ax, row_names([n[:1].upper() + n[1:] for n in names], wide=wide, lines=1), width=width, extra=0.3)
    ax.set_ylim(len(layers) - 0.4, -1.25)
    every = [Series(part["value"], part["low"], part["high"]) for part in tables]
    draw_panels(ax, [Panel("")], limit=top_of([Panel("", every)]) * 1.04)
    _dots(ax, comparison, tables, two, layers)
    if wide:
        _numbers(ax, comparison, tables, two, wording)
    direct = _direct(ax, tables, two)
    if not direct:
        ax.set_ylim(len(layers) - 0.4, -0.6)
    _note(ax, comparison, two, wording, chosen=groups is not None, key=not direct)
    return ax


def _tested(comparison: Comparison, two: tuple[str, str]) -> bool:
    """Say whether the first was set against the second alone."""
    return len(comparison.groups) == 2 or comparison.reference == two[1]


def _dots(
    ax: Axes, comparison: Comparison, tables: list[pd.DataFrame], two: tuple[str, str], layers: list[str]
) -> None:
    first, second = tables
    clear = first["q"] < 0.05
    for row, layer in enumerate(layers):
        ends = [float(first["value"].iloc[row]), float(second["value"].iloc[row])]
        sure = _tested(comparison, two) and bool(clear.iloc[row])
        if not any(math.isnan(end) for end in ends):
            ax.plot(ends, [row - _APART, row + _APART], color=INK if sure else UNKNOWN, linewidth=1.4, zorder=1.5)
        for table, name, look, side in zip(tables, two, _LOOKS, (-1, 1), strict=True):
            value, low, high = (float(table[key].iloc[row]) for key in ("value", "low", "high"))
            colour, mark, filled, _ = look
            said = {"layer": layer, "group": name, "voice": main_voice(comparison)}
            place = row + side * _APART
            dot(ax, value, place, (low, high), colour=colour, mark=mark, filled=filled, size=3.8, said=said)


def _numbers(
    ax: Axes, comparison: Comparison, tables: list[pd.DataFrame], two: tuple[str, str], wording: Wording
) -> None:
    columns = [
        (look[3], [wording.number(float(v)) for v in table["value"]])
        for table, look in zip(tables, _LOOKS, strict=True)
    ]
    if _tested(comparison, two):
        rows = records(tables[0])
        ratios = [
            f"{wording.number(r['ratio'], 2)} {wording.interval(r['ratio_low'], r['ratio_high'], 2)}".strip()
            for r in rows
        ]
        columns.append((wording("figure.ratio"), ratios))
    beside(ax, columns)


def _direct(ax: Axes, tables: list[pd.DataFrame], two: tuple[str, str]) -> bool:
    """Write each name over its dot of the first row, away from the other one; say whether there was room."""
    values = [float(table["value"].iloc[0]) for table in tables]
    if any(math.isnan(value) for value in values):
        return False
    box = settle(ax)
    texts = labels(two, 30, 1)
    left = 0 if values[0] <= values[1] else 1
    places = [float(ax.transData.transform((value, 0))[0]) for value in values]
    room = [places[i] - box.x0 if i == left else box.x1 - places[i] for i in (0, 1)]
    if any(pixels(ax, text, 7) * 1.05 > space for text, space in zip(texts, room, strict=True)):
        return False
    for i in (0, 1):
        ax.annotate(
            texts[i], (values[i], -0.85), xytext=(3 if i == left else -3, 0), textcoords="offset points",
            ha="right" if i == left else "left", va="center", fontsize=7, color=_LOOKS[i][0], annotation_clip=False,
            **bold(texts[i]),
        )  # fmt: skip
    return True


def _note(ax: Axes, comparison: Comparison, two: tuple[str, str], wording: Wording, *, chosen: bool, key: bool) -> None:
    voice = wording(f"voice_of.{main_voice(comparison)}")
    names = labels(two, 30, 1)
    signs = wording("figure.dumbbell_key", first=names[0], second=names[1]) if key else ""
    dark = wording("figure.dumbbell_dark") if _tested(comparison, two) else ""
    which = ""
    if not chosen and len(comparison.groups) > 2:
        how = "figure.dumbbell_reference" if comparison.reference else "figure.dumbbell_chosen"
        what = noun(comparison, wording, len(comparison.groups))
        which = wording(how, n=len(comparison.groups), what=what, reference=shown_name(comparison.reference))
    note(ax, wording("figure.dumbbell_unit", voice=voice, spread=spread(comparison, wording)), signs, dark, which)


def dumbbell_alt(comparison: Comparison, *, groups: Sequence[str] | None = None, language: str = "en") -> str:
    """Describe the figure of `dumbbell`: both rates of every layer."""
    wording = load_wording(language)
    two = pair(comparison, groups)
    tables = _tables(comparison, two)
    if two is None or not tables:
        return wording("figure.no_pair" if two is None else "figure.no_findings_at_all")
    parts = [
        wording("alt.dumbbell_part", layer=wording.name_of("layer", str(layer)), first=wording.number(float(a)),
                second=wording.number(float(b)))
        for layer, a, b in zip(tables[0].index, tables[0]["value"], tables[1]["value"], strict=True)
    ]  # fmt: skip
    with_intervals = spread(comparison, wording, "alt")
    return wording("alt.dumbbell", spread=with_intervals, first=two[0], second=two[1], parts="; ".join(parts))
