"""Headlines against the bodies they stand over."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, column, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._select import by_group, check_layer, groups, left_out, pick, records, spread
from framing.figures._style import FULL, MUTED, WARM, empty, labels, styled
from framing.figures._wording import load_wording


@styled
def headlines(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    layer: str = "loaded",
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw a layer's rate in headlines (a full diamond with its interval) against that in the bodies (a square)."""
    wording = load_wording(language)
    check_layer(comparison.headlines, layer, wording)
    found = pick(comparison.headlines, layer=layer)
    table = by_group(found, groups(comparison)).dropna(subset=["value"]) if not found.empty else found
    if table.empty:
        return empty(ax, wording("figure.no_headlines"), width)
    ax = rows_axes(ax, labels([str(g) for g in table.index]), width=width)
    values, body = column(table["value"]), column(table["body"])
    nothing = np.full(len(table), np.nan)
    head = Series(values, table["low"], table["high"], WARM, "D")
    panels = [Panel("", [head])]
    limit = max(top_of(panels), float(np.nanmax(body, initial=0.0))) * 1.04
    draw_panels(ax, panels, limit=limit)
    # findings of headlines are counted only; those of the bodies can be read
    keys = keys_of(list(table.index), layer=layer, voice="own")
    draw_panels(ax, [Panel("", [Series(body, nothing, nothing, MUTED, "s", False, keys=keys)])], limit=limit)
    what = wording.name_of("layer", layer)
    key = wording("figure.headlines_key", layer=what, spread=spread(comparison, wording))
    note(ax, key, left_out(comparison, wording))
    return ax


def headlines_alt(comparison: Comparison, *, layer: str = "loaded", language: str = "en") -> str:
    """Describe the figure of `headlines`."""
    wording = load_wording(language)
    found = pick(comparison.headlines, layer=layer)
    table = by_group(found, groups(comparison)).dropna(subset=["value"]) if not found.empty else found
    if table.empty:
        return wording("figure.no_headlines")
    parts = [
        wording(
            "alt.headline", group=row["group"], value=wording.number(row["value"]), body=wording.number(row["body"])
        )
        for row in records(table.reset_index(names="group"))
    ]
    return wording("alt.headlines", layer=wording.name_of("layer", layer), parts="; ".join(parts))
