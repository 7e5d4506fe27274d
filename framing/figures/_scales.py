"""Scales that do not begin at zero - of ratios, and of differences to either side - and the dots on them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from framing.comparison._model import Comparison
from framing.figures._marks import tag
from framing.figures._panels import column
from framing.figures._select import lone, noun
from framing.figures._style import ACCENT, INK, MUTED, RULE, WARM, elide, inches, labels, printable, width_of
from framing.figures._wording import Wording

_WIDE = 4.5
"""Inches of Axes from which there is room for all numbers beside the dots."""

_AXES = 0.775
"""Axes of a new figure are so wide, in parts of the figure, before they are laid out."""

_RATIOS: tuple[tuple[float, ...], ...] = (
    (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 2),
    (0.5, 0.67, 0.8, 1, 1.25, 1.5, 2),
    (0.1, 0.15, 0.2, 0.33, 0.5, 0.67, 1, 1.5, 2, 3, 5, 7, 10),
    tuple(2.0**power for power in range(-7, 8)),
    (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100),
    tuple(10.0**power for power in range(-6, 7)),
)
_LEAST = math.log(1.25)
"""A scale of ratios reaches at least so far to either side, so that no trifle looks large."""


def roomy(ax: Axes | None, width: float) -> bool:
    """Say whether a figure, or the given Axes, has room for all numbers beside its dots."""
    return (inches(ax) if ax is not None else width * _AXES) > _WIDE


def row_names(names: Sequence[str], *, wide: bool, lines: int = 2) -> list[str]:
    """Return row labels made to fit, of one line or two: longer ones where there is room."""
    return labels(names, (26 if lines > 1 else 32) if wide else 17, lines)


def shown_name(name: str, width: float = 30) -> str:
    """Return a name as it can stand within a sentence of a figure."""
    return elide(printable(name), width)


def _reach(
    values: NDArray[np.float64], bounds: NDArray[np.float64], least: float, slack: float = 2.0
) -> tuple[float, float]:
    """Return how far a scale goes down and up: over all bounds, but not beyond `slack` times the farthest value."""
    most = slack * float(np.max(np.abs(values), initial=least))

    def side(sign: int) -> float:
        far, end = (float(np.max(sign * numbers, initial=0.0)) for numbers in (values, bounds))
        return max(least, 1.12 * far, min(1.04 * end, most))

    return side(-1), side(1)


def ratio_scale(
    ax: Axes, values: Iterable[float], bounds: Iterable[float], *, wide: bool, upright: bool = False
) -> None:
    """Make the x axis (or `upright` the y axis) logarithmic, for ratios, with 1 marked.

    It holds all values; a bound may lie beyond it, if it is much farther from 1 than any value.
    """
    logs, ends = (np.log(a[np.isfinite(a) & (a > 0)]) for a in (column(list(values)), column(list(bounds))))
    slack = 1.3 if upright else 2.0
    low, high = _reach(logs, ends, _LEAST, slack)
    axis = "y" if upright else "x"
    ax.set(**{f"{axis}scale": "log", f"{axis}lim": (math.exp(-low), math.exp(high))})
    ax.minorticks_off()
    places = _ratio_ticks(low, high, 0.06 if upright else 0.15 if wide else 0.19)
    ax.set(**{f"{axis}ticks": places, f"{axis}ticklabels": [f"{place:g}×" for place in places]})
    _lines(ax, places, 1.0, upright=upright)


def _ratio_ticks(low: float, high: float, apart: float) -> list[float]:
    """Return the most ticks that lie so far apart, in parts of the axis, and reach over most of it."""
    for every in _RATIOS:
        places = [t for t in every if -low <= math.log(t) <= high]
        gaps = [math.log(b / a) for a, b in itertools.pairwise(places)]
        reaches = math.log(every[-1]) > 0.6 * high and -math.log(every[0]) > 0.6 * low
        if reaches and min(gaps, default=math.inf) >= apart * (low + high):
            return places
    return [1.0]


def signed_scale(ax: Axes, values: Iterable[float], bounds: Iterable[float], *, wide: bool, least: float = 0.0) -> None:
    """Give the x axis room to either side of zero, with zero marked."""
    given, ends = (a[np.isfinite(a)] for a in (column(list(values)), column(list(bounds))))
    low, high = _reach(given, ends, least)
    edge = 0.03 * (low + high) or 1.0
    ax.set_xlim(-max(low, edge), max(high, edge))
    left, right = ax.get_xlim()
    ticks = MaxNLocator(6 if wide else 4, steps=[1, 2, 2.5, 5, 10]).tick_values(left, right)
    places = [float(t) for t in ticks if left <= t <= right]
    texts = [f"{'+' if t > 0 else '−' if t < 0 else ''}{abs(t):g}" for t in places]
    ax.set_xticks(places, labels=texts)
    _lines(ax, places, 0.0)


def _lines(ax: Axes, places: Sequence[float], middle: float, *, upright: bool = False) -> None:
    line = ax.axhline if upright else ax.axvline
    for place in places:
        line(place, color=RULE, linewidth=0.5, zorder=0.5)
    line(middle, color=MUTED, linewidth=0.9, zorder=0.6)


def dot(
    ax: Axes, x: float, y: float, interval: tuple[float, float] = (math.nan, math.nan), *, colour: str = INK,
    mark: str = "o", filled: bool = True, size: float = 4.2, said: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Draw a dot with its interval, which `said` tags; what lies beyond the axis is an arrow at its end."""
    left, right = ax.get_xlim()
    low, high = interval
    if math.isnan(x):
        return
    known = not (math.isnan(low) or math.isnan(high))
    if known and low <= right and high >= left:
        ends = [max(low, left), min(high, right)]
        ax.plot(ends, [y, y], color=colour, solid_capstyle="butt", zorder=2)
    for beyond, end, arrow in ((min(x, low) < left, left, "<"), (max(x, high) > right, right, ">")):
        if beyond:
            ax.plot([end], [y], marker=arrow, markersize=3.2, color=colour, linestyle="none", clip_on=False, zorder=4)
    if left <= x <= right:
        (point,) = ax.plot(
            [x], [y], marker=mark, markersize=size + (mark in "<>^v") * 1.0, linestyle="none", zorder=3, color=colour,
            markerfacecolor=colour if filled else "white", markeredgewidth=1.0, clip_on=False,
        )  # fmt: skip
        tag(point, **(said or {}))


def is_cut(ax: Axes, values: Iterable[float]) -> bool:
    """Say whether any of these reaches beyond the axis, so that there are arrows to explain."""
    left, right = ax.get_xlim()
    return any(not math.isnan(v) and (v < left or v > right) for v in values)


def looks(above: bool, q: float) -> tuple[str, str, bool]:
    """Return colour, mark and whether it is filled, as in `rates`: a triangle where q < .05, else a hollow circle."""
    if not q < 0.05:
        return INK, "o", False
    return (WARM, ">", True) if above else (ACCENT, "<", True)


def tested_key(comparison: Comparison, wording: Wording, *, tested: bool) -> str:
    """Return what triangles and hollow circles say: against all others, or against the reference."""
    if lone(comparison):
        return ""
    if not tested:
        return wording("figure.untested_key")
    if comparison.reference:
        return wording("figure.q_key_reference", reference=shown_name(comparison.reference))
    return wording("figure.q_key", others=noun(comparison, wording))


def rivals(comparison: Comparison, wording: Wording) -> str:
    """Return what a group is set against, for a sentence: `the other outlets`, or the reference."""
    if comparison.reference:
        return shown_name(comparison.reference)
    return wording("figure.rivals", others=noun(comparison, wording, len(comparison.groups) - 1))


def rival_heading(comparison: Comparison, wording: Wording) -> str:
    """Return the heading of a column of what a group is set against."""
    return shown_name(comparison.reference, 11) if comparison.reference else wording("figure.others")


def settle(ax: Axes) -> Bbox:
    """Lay the figure out, and return the box in pixels that the Axes take with all their labels."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    box = ax.get_tightbbox()
    return Bbox.from_extents(*(box if box is not None else ax.get_window_extent()).extents)


def pixels(ax: Axes, text: str, size: float) -> float:
    """Return how wide a text of that size in points comes out, in pixels."""
    return width_of(text) * 0.6 * size * ax.figure.dpi / 72
