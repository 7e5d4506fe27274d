"""Shares of sentences that a trained model calls biased or uncertain."""

from __future__ import annotations

from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._select import VOICES, by_group, check, extremes, groups, left_out, pick, spread
from framing.figures._style import ACCENT, FULL, WARM, empty, labels, styled
from framing.figures._wording import load_wording

_MEASURES = (("bias", WARM), ("uncertain", ACCENT))


@styled
def sentences(
    comparison: Comparison, *, ax: Axes | None = None, voice: str = "own", width: float = FULL, language: str = "en"
) -> Axes:
    """Draw the share of the sentences of a voice that the models call biased, and uncertain, with intervals."""
    wording = load_wording(language)
    check("voice", voice, VOICES)
    known = _measures(comparison, voice)
    if not known:
        return empty(ax, wording("figure.no_sentences"), width)
    names = groups(comparison)
    ax = rows_axes(ax, labels(names), width=width, extra=0.12)
    panels = []
    for measure, colour in known:
        table = by_group(pick(comparison.sentences, measure=measure, voice=voice), names)
        keys = keys_of(names, layer=measure, voice=voice)
        series = Series(table["value"], table["low"], table["high"], colour, keys=keys)
        panels.append(Panel(wording(f"figure.sentences_{measure}"), [series]))
    draw_panels(ax, panels, limit=min(1.0, top_of(panels)) * 1.04, percent=True)
    key = wording("figure.sentences_key", voice=wording(f"voice_of.{voice}"), spread=spread(comparison, wording))
    note(ax, key, left_out(comparison, wording))
    return ax


def _measures(comparison: Comparison, voice: str) -> list[tuple[str, str]]:
    return [one for one in _MEASURES if not pick(comparison.sentences, measure=one[0], voice=voice).empty]


def sentences_alt(comparison: Comparison, *, voice: str = "own", language: str = "en") -> str:
    """Describe the figure of `sentences`."""
    wording = load_wording(language)
    parts = []
    for measure, _ in _measures(comparison, voice):
        table = by_group(pick(comparison.sentences, measure=measure, voice=voice), groups(comparison))
        table = table.reset_index(names="group").dropna(subset=["value"])
        if table.empty:
            continue
        most, least = extremes(table)
        parts.append(
            wording(
                "alt.sentences_part", n=len(table), what=wording(f"figure.sentences_{measure}"), most=most["group"],
                high=wording.percent(most["value"]), least=least["group"], low=wording.percent(least["value"]),
            )
        )  # fmt: skip
    if not parts:
        return wording("figure.no_sentences")
    return wording("alt.sentences", parts="; ".join(parts), spread=spread(comparison, wording, "alt"))
