"""How sides are introduced: the share of doubting and of endorsing cues."""

from __future__ import annotations

from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._select import by_group, groups, left_out, lone, main_sides, pick, spread
from framing.figures._style import ACCENT, FULL, WARM, empty, labels, styled
from framing.figures._wording import load_wording

_LOOKS = (("doubting", WARM, "v", False), ("endorsing", ACCENT, "^", True))
_MOST_SIDES = 4


def _shown(comparison: Comparison) -> list[str]:
    known = main_sides(comparison, _MOST_SIDES)
    return [side for side in known if not pick(comparison.stance, side=side).empty]


def _marked(comparison: Comparison, heard: list[str]) -> bool:
    """Tell whether any cue of these sides doubts or endorses: a figure of zeros shows nothing."""
    table = comparison.stance
    counted = table[table["side"].isin(heard) & table["stance"].isin([name for name, *_ in _LOOKS])]
    return bool((counted["value"] > 0).any())


@styled
def stance(comparison: Comparison, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw, for each side, the share of its attributions whose cue doubts (claimed) or endorses (confirmed).

    A hollow triangle pointing down is doubting, a full one pointing up endorsing; one column a side.
    """
    wording = load_wording(language)
    heard = _shown(comparison)
    if not heard or not _marked(comparison, heard):
        return empty(ax, wording("figure.no_doubt" if heard else "figure.no_stance"), width)
    key = wording("figure.stance_key")
    if lone(comparison):
        ax = rows_axes(ax, labels([wording.side(s) for s in heard]), width=width, extra=0.12)
        series = []
        for name, colour, mark, filled in _LOOKS:
            table = pick(comparison.stance, stance=name).drop_duplicates("side").set_index("side").reindex(heard)
            group = comparison.groups["group"].iloc[0]
            keys = [{"layer": "attribution", "category": name, "group": group, "side": side} for side in heard]
            series.append(Series(table["value"], table["low"], table["high"], colour, mark, filled, keys=keys))
        panels = [Panel("", series)]
    else:
        names = groups(comparison)
        ax = rows_axes(ax, labels(names), width=width, extra=0.12 + 0.02 * len(names))
        panels = []
        for side in heard:
            series = []
            for name, colour, mark, filled in _LOOKS:
                table = by_group(pick(comparison.stance, side=side, stance=name), names)
                if "value" in table:
                    keys = keys_of(names, layer="attribution", category=name, side=side)
                    series.append(Series(table["value"], table["low"], table["high"], colour, mark, filled, keys=keys))
            panels.append(Panel(wording.side(side), series))
    draw_panels(ax, panels, limit=min(1.0, top_of(panels, 0.05) * 1.04), percent=True)
    note(ax, wording("figure.share_stance", spread=spread(comparison, wording)), key, left_out(comparison, wording))
    return ax


def stance_alt(comparison: Comparison, *, language: str = "en") -> str:
    """Describe the figure of `stance`: for each side, where it is doubted and where it is endorsed most."""
    wording = load_wording(language)
    parts = []
    heard = _shown(comparison)
    if heard and not _marked(comparison, heard):
        return wording("figure.no_doubt")
    for side in heard:
        for name, *_ in _LOOKS:
            table = by_group(pick(comparison.stance, side=side, stance=name), groups(comparison))
            if "value" not in table or table["value"].isna().all():
                continue
            best = str(table["value"].idxmax())
            parts.append(
                wording(
                    f"alt.stance_{name}",
                    side=wording.side(side),
                    group=best,
                    value=wording.percent(table["value"].max()),
                )
            )
    if not parts:
        return wording("figure.no_stance")
    return wording("alt.stance", parts="; ".join(parts), spread=spread(comparison, wording, "alt"))
