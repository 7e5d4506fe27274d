"""The balance index: how evenly the sides are heard."""

from __future__ import annotations

from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, draw_panels, note, rows_axes
from framing.figures._select import by_group, groups, left_out, pick, spread
from framing.figures._style import ACCENT, FULL, empty, labels, styled
from framing.figures._wording import Wording, load_wording

_UNITS = ("attributions", "words", "first-third")


def balanced_sides(comparison: Comparison) -> list[str]:
    """Return the sides that the index sets against one another."""
    sides = comparison.evenness["sides"]
    return [side for side in str(sides.iloc[0]).split(";") if side] if len(sides) else []


def _nothing(comparison: Comparison, wording: Wording) -> str:
    """Return why there is no index to draw, or nothing."""
    sides = balanced_sides(comparison)
    if not sides:
        return wording("figure.no_sides")
    return wording("figure.one_side", side=wording.side(sides[0])) if len(sides) == 1 else ""


@styled
def evenness(comparison: Comparison, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw the balance index of each group, with intervals: a column for attributions, words and the first third."""
    wording = load_wording(language)
    nothing = _nothing(comparison, wording)
    if nothing:
        return empty(ax, nothing, width)
    names = groups(comparison)
    ax = rows_axes(ax, labels(names), width=width, extra=0.12)
    panels = []
    for unit in _UNITS:
        table = by_group(pick(comparison.evenness, unit=unit, measure="evenness"), names)
        panels.append(
            Panel(wording(f"figure.of_{unit}"), [Series(table["value"], table["low"], table["high"], ACCENT)])
        )
    draw_panels(ax, panels, limit=1.0)
    sides = wording.listing([wording.side(side) for side in balanced_sides(comparison)])
    key = wording("figure.evenness_key", sides=sides, spread=spread(comparison, wording))
    note(ax, key, left_out(comparison, wording))
    return ax


def evenness_alt(comparison: Comparison, *, language: str = "en") -> str:
    """Describe the figure of `evenness`: which group hears the sides most and least evenly."""
    wording = load_wording(language)
    nothing = _nothing(comparison, wording)
    if nothing:
        return nothing
    table = by_group(pick(comparison.evenness, unit="attributions", measure="evenness"), groups(comparison))
    table = table.dropna(subset=["value"])
    if table.empty:
        return wording("figure.no_sides")
    return wording(
        "alt.evenness", spread=spread(comparison, wording, "alt"), n=len(table),
        sides=wording.listing([wording.side(side) for side in balanced_sides(comparison)]),
        most=str(table["value"].idxmax()), high=wording.number(table["value"].max(), 2),
        least=str(table["value"].idxmin()), low=wording.number(table["value"].min(), 2),
    )  # fmt: skip
