"""How certain each voice sounds: hedges and boosters."""

from __future__ import annotations

from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._select import by_group, groups, left_out, pick, spread
from framing.figures._style import ACCENT, FULL, WARM, empty, labels, styled
from framing.figures._wording import load_wording

_LOOKS = (("hedge", ACCENT, "o", False), ("booster", WARM, "s", True))
_VOICES = ("own", "quoted", "reported")


@styled
def hedging(comparison: Comparison, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw the rates of hedges (hollow circles) and boosters (full squares), a column a voice, with intervals."""
    wording = load_wording(language)
    names = groups(comparison)
    panels = []
    for voice in _VOICES:
        series = []
        for layer, colour, mark, filled in _LOOKS:
            found = pick(comparison.rates, layer=layer, category="", voice=voice)
            if not found.empty:
                table = by_group(found, names)
                keys = keys_of(names, layer=layer, voice=voice)
                series.append(Series(table["value"], table["low"], table["high"], colour, mark, filled, keys=keys))
        panels.append(Panel(wording(f"voice.{voice}"), series))
    if not any(panel.series for panel in panels):
        return empty(ax, wording("figure.no_hedging"), width)
    ax = rows_axes(ax, labels(names), width=width, extra=0.12 + 0.02 * len(names))
    draw_panels(ax, panels, limit=top_of(panels) * 1.04)
    note(ax, wording("figure.hedging_key", spread=spread(comparison, wording)), left_out(comparison, wording))
    return ax


def hedging_alt(comparison: Comparison, *, language: str = "en") -> str:
    """Describe the figure of `hedging`: the range of each layer in own voice."""
    wording = load_wording(language)
    parts = []
    for layer, *_ in _LOOKS:
        table = by_group(pick(comparison.rates, layer=layer, category="", voice="own"), groups(comparison))
        if "value" not in table or table["value"].isna().all():
            continue
        parts.append(
            wording(
                "alt.range", what=wording.name_of("layer", layer), low=wording.number(table["value"].min()),
                high=wording.number(table["value"].max()), least=table["value"].idxmin(), most=table["value"].idxmax(),
            )
        )  # fmt: skip
    return wording("alt.hedging", parts="; ".join(parts)) if parts else wording("figure.no_hedging")
