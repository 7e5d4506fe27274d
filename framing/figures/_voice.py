"""Whose words the articles are made of: shares in own voice, quoted and reported."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, column, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._select import by_group, groups, left_out, spread
from framing.figures._style import ACCENT, FULL, INK, WARM, empty, labels, styled
from framing.figures._wording import load_wording

_LOOKS = (("own", INK, "o"), ("quoted", ACCENT, "s"), ("reported", WARM, "^"))


@styled
def voice(comparison: Comparison, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw the share of each group's words in own voice, quoted and reported: a column a voice, with intervals."""
    wording = load_wording(language)
    names = groups(comparison)
    panels = _panels(comparison, names)
    if not panels:
        return empty(ax, wording("figure.no_voice"), width)
    named = [Panel(wording(f"voice.{look[0]}"), [series]) for look, series in zip(_LOOKS, panels, strict=True)]
    ax = rows_axes(ax, labels(names), width=width, extra=0.12)
    draw_panels(ax, named, limit=min(1.0, top_of(named)) * 1.04, percent=True)
    note(ax, wording("figure.voice_key", spread=spread(comparison, wording)), left_out(comparison, wording))
    return ax


def _panels(comparison: Comparison, names: list[str]) -> list[Series]:
    """Return the shares of the voices; none where nothing is attributed, and so all is own voice."""
    table = by_group(comparison.groups, names)
    if not (comparison.groups["n_attributions"] > 0).any():
        return []
    found = []
    for name, colour, mark in _LOOKS:
        share, low, high = (column(table[f"share_{name}{end}"]) for end in ("", "_low", "_high"))
        found.append(Series(share, low, high, colour, mark, keys=keys_of(names, voice=name)))
    return found


def voice_alt(comparison: Comparison, *, language: str = "en") -> str:
    """Describe the figure of `voice`: who has most and least own voice, and who quotes most."""
    wording = load_wording(language)
    names = groups(comparison)
    panels = _panels(comparison, names)
    if not panels:
        return wording("figure.no_voice")
    parts = []
    for (key, *_), series in zip(_LOOKS, panels, strict=True):
        values = column(series.values)
        if np.isnan(values).all():
            continue
        most, least = int(np.nanargmax(values)), int(np.nanargmin(values))
        parts.append(
            wording(
                "alt.sentences_part", n=int((~np.isnan(values)).sum()), what=wording(f"voice.{key}"), most=names[most],
                high=wording.percent(values[most]), least=names[least], low=wording.percent(values[least]),
            )
        )  # fmt: skip
    return wording("alt.voice", parts="; ".join(parts), spread=spread(comparison, wording, "alt"))
