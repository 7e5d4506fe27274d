"""One group over all measures: how far it lies from the others, in units of how far the groups lie apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import beside, column, note, rows_axes
from framing.figures._readability import formula_name, main_formula
from framing.figures._scales import (
    dot,
    is_cut,
    looks,
    ratio_scale,
    rival_heading,
    rivals,
    roomy,
    row_names,
    shown_name,
    signed_scale,
    tested_key,
)
from framing.figures._select import check, main_voice, noun, pick, spread
from framing.figures._style import FULL, MUTED, RULE, empty, styled
from framing.figures._wording import Wording, load_wording

_LEAST_MEASURES = 3
_LEAST_GROUPS = 3
"""With fewer groups there is no telling how far they usually lie apart."""

_SHARES = frozenset({"anonymous", "declined"})
"""Layers that are shown as shares of attributions, if sourcing is there."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """One measure of all groups; `kind` is how its values are written."""

    name: str
    kind: str
    table: pd.DataFrame
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    """One measure of the group: as it is, the mean of the others, and how far it lies from them (`at`)."""

    measure: _Measure
    value: float
    low: float
    high: float
    others: float
    at: float
    at_low: float
    at_high: float
    q: float


def _measures(comparison: Comparison, wording: Wording) -> Iterator[_Measure]:
    voice = main_voice(comparison)
    rates = pick(comparison.rates, category="", voice=voice)
    shares = set(comparison.sourcing["measure"]) if len(comparison.sourcing) else set()
    for layer in rates["layer"].drop_duplicates() if len(rates) else ():
        if layer not in _SHARES & shares:
            name = wording.name_of("layer", str(layer))
            yield _Measure(name, "rate", pick(rates, layer=layer), {"layer": str(layer), "voice": voice})
    headlines = pick(comparison.headlines, layer="loaded")
    yield _Measure(wording("fingerprint.headlines"), "rate", headlines, {"layer": "loaded"})
    for part in ("quoted", "reported"):
        yield _Measure(wording(f"fingerprint.{part}"), "share", _of_groups(comparison, f"share_{part}"))
    for kind in ("anonymous", "declined"):
        yield _Measure(
            wording(f"fingerprint.{kind}"), "share", pick(comparison.sourcing, measure=kind), {"layer": kind}
        )
    even = pick(comparison.evenness, unit="attributions", measure="evenness")
    yield _Measure(wording("fingerprint.evenness"), "index", even)
    for kind in ("bias", "uncertain"):
        table = pick(comparison.sentences, measure=kind, voice=voice)
        yield _Measure(wording(f"fingerprint.{kind}"), "share", table)
    formula = main_formula(comparison)
    yield _Measure(formula_name(wording, formula), "grade", pick(comparison.readability, formula=formula))


def _of_groups(comparison: Comparison, key: str) -> pd.DataFrame:
    names = {key: "value", f"{key}_low": "low", f"{key}_high": "high"}
    return comparison.groups[["group", *names]].rename(columns=names)


def _row(measure: _Measure, group: str, reference: str, *, ratios: bool) -> _Row | None:
    """Set the group against the others on one measure; None where it, or they, have no value."""
    table = measure.table.dropna(subset=["value"]) if len(measure.table) else measure.table
    mine = pick(table, group=group)
    rest = pick(table, group=reference) if reference and reference != group else table[table["group"] != group]
    if mine.empty or rest.empty:
        return None
    value, low, high = (float(mine[key].iloc[0]) for key in ("value", "low", "high"))
    others = float(column(rest["value"]).mean())
    if ratios:
        if value <= 0 or others <= 0:
            return None
        middle, apart = 0.0, others
    else:
        apart = float(np.std(column(table["value"]), ddof=1)) if len(table) >= _LEAST_GROUPS else 0.0
        if not apart > 0:
            return None
        middle = others
    q = float(mine["q"].iloc[0]) if "q" in mine.columns else math.nan
    at, at_low, at_high = ((number - middle) / apart for number in (value, low, high))
    return _Row(measure, value, low, high, others, at, at_low, at_high, q)


def _rows(comparison: Comparison, group: str | None, wording: Wording) -> tuple[str, list[_Row], bool]:
    """Return the group, its measures, and whether they are ratios (of fewer than three groups)."""
    names = [str(name) for name in comparison.groups["group"]]
    if group is not None:
        check("group", group, names)
    group = group if group is not None else (names[0] if names else "")
    ratios = len(names) < _LEAST_GROUPS
    found = [_row(each, group, comparison.reference, ratios=ratios) for each in _measures(comparison, wording)]
    rows = [row for row in found if row is not None]
    return group, rows if len(rows) >= _LEAST_MEASURES else [], ratios


@styled
def fingerprint(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    group: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw one group over all measures, each standardised, so that what is special about it shows at a glance.

    Of a measure with the values v_1 ... v_G of G groups, group g stands at (v_g - m) / s, where m is the mean of the
    others' values (each group counts once; with a reference, m is its value), and s the standard deviation of all G
    values, with G - 1 below the line. The bounds of its interval are moved and scaled alike: (low - m) / s and
    (high - m) / s; m and s are taken as they are. With fewer than three groups s says nothing; then the figure shows
    v_g / m on a logarithmic axis. The mean and standard deviation were preferred to the median and its deviation, as
    the latter is 0 or close to it in many a set of three or four groups.

    Parameters
    ----------
    comparison : Comparison
        What to draw, of two groups or more.
    ax : Axes, optional
        Where to draw; a figure of its own by default.
    group : str, optional
        Which group; by default the first.
    width : float
        Inches, of a new figure.
    language : str
        Name or path of a wording.

    Returns
    -------
    Axes
        With one row a measure, always in the same order, so that two fingerprints can be laid side by side. Marks are
        those of `rates`; measures that are not tested have a hollow circle.

    Raises
    ------
    OptionError
        If the comparison has no such group.
    """
    wording = load_wording(language)
    group, rows, ratios = _rows(comparison, group, wording)
    if not rows:
        return empty(ax, wording("figure.no_fingerprint"), width)
    wide = roomy(ax, width)
    names = [row.measure.name[:1].upper() + row.measure.name[1:] for row in rows]
    ax = rows_axes(ax, row_names(names, wide=wide, lines=1 if wide else 2), width=width, extra=0.12)
    places, bounds = [row.at for row in rows], [end for row in rows for end in (row.at_low, row.at_high)]
    if ratios:
        ratio_scale(ax, places, bounds, wide=wide)
    else:
        signed_scale(ax, places, bounds, wide=wide, least=1.0)
    for y, row in enumerate(rows):
        above = row.at > (1 if ratios else 0)
        colour, mark, filled = looks(above, row.q)
        said = {"group": group, **row.measure.said} if row.measure.said else {}
        dot(ax, row.at, y, (row.at_low, row.at_high), colour=colour, mark=mark, filled=filled, said=said)
    _groups_of_rows(ax, rows)
    _numbers(ax, rows, rival_heading(comparison, wording), wording, wide=wide)
    note(ax, *_notes(ax, comparison, group, rows, wording, ratios=ratios))
    return ax


def _groups_of_rows(ax: Axes, rows: list[_Row]) -> None:
    """Draw a line wherever another kind of number begins."""
    for y in range(1, len(rows)):
        if rows[y].measure.kind != rows[y - 1].measure.kind:
            ax.axhline(y - 0.5, color=MUTED, linewidth=0.4, zorder=0.2)
    ax.axhline(-0.5, color=RULE, linewidth=0.4, zorder=0.1)


def _written(kind: str, value: float, wording: Wording) -> str:
    if kind == "share":
        return wording.percent(value, 1)
    return wording.number(value, 2 if kind == "index" else 1)


def _interval(row: _Row, wording: Wording) -> str:
    if math.isnan(row.low) or math.isnan(row.high):
        return ""
    if row.measure.kind == "share":
        return wording.interval(100 * row.low, 100 * row.high)
    return wording.interval(row.low, row.high, 2 if row.measure.kind == "index" else 1)


def _numbers(ax: Axes, rows: list[_Row], heading: str, wording: Wording, *, wide: bool) -> None:
    columns = [(wording("figure.value"), [_written(row.measure.kind, row.value, wording) for row in rows])]
    if wide:
        intervals = [_interval(row, wording) for row in rows]
        columns += [(wording("figure.interval"), intervals)] if any(intervals) else []
        columns.append((heading, [_written(row.measure.kind, row.others, wording) for row in rows]))
    beside(ax, columns)


def _notes(
    ax: Axes, comparison: Comparison, group: str, rows: list[_Row], wording: Wording, *, ratios: bool
) -> list[str]:
    n = len(comparison.groups)
    how = "ratio" if ratios else "reference" if comparison.reference not in ("", group) else "unit"
    unit = wording(
        f"figure.fingerprint_{how}", group=shown_name(group), n=n,
        others=rivals(comparison, wording), what=noun(comparison, wording, n), spread=spread(comparison, wording),
    )  # fmt: skip
    kinds = wording("figure.fingerprint_kinds", voice=wording(f"voice_of.{main_voice(comparison)}"))
    tested = any(not math.isnan(row.q) for row in rows)
    cut = is_cut(ax, [end for row in rows for end in (row.at_low, row.at_high)])
    return [
        unit, kinds, tested_key(comparison, wording, tested=tested),
        wording("figure.fingerprint_untested") if tested and any(math.isnan(row.q) for row in rows) else "",
        wording("figure.speakers_cut") if cut else "",
    ]  # fmt: skip


def fingerprint_alt(comparison: Comparison, *, group: str | None = None, language: str = "en") -> str:
    """Describe the figure of `fingerprint`: the measures by which the group lies farthest from the others."""
    wording = load_wording(language)
    group, rows, ratios = _rows(comparison, group, wording)
    if not rows:
        return wording("figure.no_fingerprint")

    def far(row: _Row) -> float:
        return abs(math.log(row.at)) if ratios else abs(row.at)

    parts = [
        wording("alt.fingerprint_part", name=row.measure.name, value=_written(row.measure.kind, row.value, wording),
                others=_written(row.measure.kind, row.others, wording))
        for row in sorted(rows, key=far, reverse=True)[:6]
    ]  # fmt: skip
    others, with_intervals = rivals(comparison, wording), spread(comparison, wording, "alt")
    return wording(
        "alt.fingerprint", n=len(rows), spread=with_intervals, group=group, others=others, parts="; ".join(parts)
    )
