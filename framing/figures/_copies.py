"""How much text is not a group's own: passages that others had before, copied articles and news agencies."""

from __future__ import annotations

from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._select import by_group, extremes, groups, left_out, pick, spread
from framing.figures._style import ACCENT, FULL, INK, WARM, empty, labels, styled
from framing.figures._wording import load_wording

_MEASURES = (("words", INK, "o"), ("articles", ACCENT, "s"), ("agency", WARM, "^"))


@styled
def copies(comparison: Comparison, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw what share of each group's words, and of its articles, others had before, and how often it names an agency.

    A column a measure, with intervals.
    """
    wording = load_wording(language)
    known = _known(comparison)
    if not known:
        return empty(ax, wording("figure.no_copies"), width)
    names = groups(comparison)
    ax = rows_axes(ax, labels(names), width=width, extra=0.12)
    panels = []
    for measure, colour, mark in known:
        table = by_group(pick(comparison.copies, measure=measure), names)
        series = Series(table["value"], table["low"], table["high"], colour, mark, keys=keys_of(names))
        panels.append(Panel(wording(f"figure.copies_{measure}"), [series]))
    draw_panels(ax, panels, limit=min(1.0, top_of(panels, 0.02)) * 1.04, percent=True)
    note(ax, wording("figure.copies_key", spread=spread(comparison, wording)), left_out(comparison, wording))
    return ax


def _known(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [one for one in _MEASURES if pick(comparison.copies, measure=one[0])["value"].notna().any()]


def copies_alt(comparison: Comparison, *, language: str = "en") -> str:
    """Describe the figure of `copies`."""
    wording = load_wording(language)
    parts = []
    for measure, *_ in _known(comparison):
        table = by_group(pick(comparison.copies, measure=measure), groups(comparison))
        most, least = extremes(table.reset_index(names="group"))
        if not most["value"]:
            parts.append(wording("alt.none", what=wording(f"figure.copies_{measure}")))
            continue
        parts.append(
            wording(
                "alt.sentences_part", n=int(table["value"].notna().sum()), what=wording(f"figure.copies_{measure}"),
                most=most["group"], high=wording.percent(most["value"], 1), least=least["group"],
                low=wording.percent(least["value"], 1),
            )
        )  # fmt: skip
    if not parts:
        return wording("figure.no_copies")
    return wording("alt.copies", parts="; ".join(parts), spread=spread(comparison, wording, "alt"))
