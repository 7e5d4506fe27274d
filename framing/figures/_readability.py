"""How hard the articles of each group are to read."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, beside, column, draw_panels, note, rows_axes
from framing.figures._select import by_group, check, groups, left_out, pick
from framing.figures._style import FULL, INK, RULE, empty, inches, labels, styled
from framing.figures._wording import Wording, load_wording


def main_formula(comparison: Comparison) -> str:
    """Return the formula to draw where none is asked for: Flesch-Kincaid, or the first that was computed."""
    known = [str(name) for name in comparison.readability["formula"].drop_duplicates()]
    return "flesch_kincaid_grade" if "flesch_kincaid_grade" in known or not known else known[0]


def formula_name(wording: Wording, formula: str, part: str = "name") -> str:
    """Return what a formula is called, or how its axis is labelled (`unit`)."""
    return str(wording.get(f"readability.{formula}.{part}") or formula.replace("_", " "))


@styled
def readability(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    formula: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw a readability formula's mean over articles, a dot and an interval a group, sorted.

    The axis need not begin at zero: a dot's place is read, not a bar's length.
    """
    wording = load_wording(language)
    formula = formula or main_formula(comparison)
    check("formula", formula, comparison.readability["formula"])
    found = pick(comparison.readability, formula=formula)
    table = by_group(found, groups(comparison)).dropna(subset=["value"]) if not found.empty else found
    if table.empty:
        return empty(ax, wording("figure.no_readability"), width)
    table = table.sort_values("value", ascending=False, kind="stable")
    ax = rows_axes(ax, labels([str(g) for g in table.index]), width=width)
    values, low, high = (column(table[c]) for c in ("value", "low", "high"))
    draw_panels(ax, [Panel("", [Series(values, low, high, INK)])], limit=1.0)
    for line in [line for line in ax.lines if len(set(line.get_xdata())) == 1 and line.get_color() == RULE]:  # type: ignore[arg-type]
        line.remove()
    a, b = float(np.fmin(values, low).min()), float(np.fmax(values, high).max())
    edge = max((b - a) * 0.08, 0.5)
    places = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(a - edge, b + edge)
    ax.set_xlim(a - edge, b + edge)
    places = [t for t in places if a - edge <= t <= b + edge]
    ax.set_xticks(places, labels=[f"{t:g}" for t in places])
    for y in range(len(table)):
        ax.axhline(y, color=RULE, linewidth=0.4, zorder=0)
    if inches(ax) > 4.5:
        intervals = [wording.interval(x, y) for x, y in zip(low, high, strict=True)]
        columns = [(wording("figure.mean"), [wording.number(v) for v in values])]
        beside(ax, columns + ([(wording("figure.interval"), intervals)] if any(intervals) else []))
    note(ax, formula_name(wording, formula, "unit"), left_out(comparison, wording))
    return ax


def readability_alt(comparison: Comparison, *, formula: str | None = None, language: str = "en") -> str:
    """Describe the figure of `readability`."""
    wording = load_wording(language)
    formula = formula or main_formula(comparison)
    found = pick(comparison.readability, formula=formula)
    table = by_group(found, groups(comparison)).dropna(subset=["value"]) if not found.empty else found
    if table.empty:
        return wording("figure.no_readability")
    return wording(
        "alt.range", what=formula_name(wording, formula), low=wording.number(table["value"].min()),
        high=wording.number(table["value"].max()), least=table["value"].idxmin(), most=table["value"].idxmax(),
    )  # fmt: skip
