"""What a model reaches beside what annotators reach and what is reached without reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from framing.figures._measured import bounds, score
from framing.figures._panels import Panel, Series, beside, draw_panels, note, rows_axes
from framing.figures._style import ACCENT, FULL, INK, MUTED, empty, inches, labels, styled
from framing.figures._wording import Wording, load_wording

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation, Interval

_WIDE = 4.5


def rows_of(evaluation: Evaluation, wording: Wording) -> list[tuple[str, Interval, int, str]]:
    """Return name, macro-F1, n and kind (`model`, `human`, `baseline`) of each row; equal rows once."""
    rows: list[tuple[str, Interval, int, str]] = [
        (one.how, one.scores.macro_f1, one.n, "model") for one in evaluation.results
    ]
    beside_it: dict[tuple[str, str, int], tuple[str, Interval, int, str]] = {}
    for one in evaluation.results:
        if (human := one.ceiling) is not None:
            name = wording("evaluation.one_annotator")
            beside_it.setdefault(
                (name, str(human.macro_f1), human.records), (name, human.macro_f1, human.records, "human")
            )
        for base in one.baselines:
            name = wording(f"evaluation.baseline_{base.name}")
            beside_it.setdefault((name, str(base.macro_f1), one.n), (name, base.macro_f1, one.n, "baseline"))
    order = {"human": 0, "baseline": 1}
    return rows + sorted(beside_it.values(), key=lambda row: (order[row[3]], -row[1].value))


@styled
def reached(evaluation: Evaluation, *, ax: Axes | None = None, width: float = FULL, language: str = "en") -> Axes:
    """Draw macro-F1 of every way of testing, of one annotator and of the baselines, with intervals."""
    wording = load_wording(language)
    rows = rows_of(evaluation, wording)
    if not rows:
        return empty(ax, wording("evaluation.no_results"), width)
    ax = rows_axes(ax, labels([name for name, *_ in rows], 34), width=width, extra=0.12)
    told = np.array([[one.value, one.low, one.high] for _, one, _, _ in rows])
    for kind, colour, mark in (("model", ACCENT, "o"), ("human", INK, "D"), ("baseline", MUTED, "s")):
        mine = np.array([row[3] == kind for row in rows])
        series = Series(np.where(mine, told[:, 0], np.nan), told[:, 1], told[:, 2], colour, mark, kind != "baseline")
        draw_panels(ax, [Panel("", [series])], limit=1.0)
    if inches(ax) > _WIDE:
        columns = [(wording("evaluation.macro_f1"), [score(wording, one.value) for _, one, _, _ in rows])]
        if any(bounds(wording, one) for _, one, _, _ in rows):
            columns.append((wording("figure.interval"), [bounds(wording, one) for _, one, _, _ in rows]))
        beside(ax, [*columns, ("n", [wording.number(n, 0) for _, _, n, _ in rows])])
    kinds = dict.fromkeys(kind for *_, kind in rows)
    note(ax, wording("evaluation.reached_key", marks=", ".join(wording(f"evaluation.mark_{kind}") for kind in kinds)))
    return ax


def reached_alt(evaluation: Evaluation, *, language: str = "en") -> str:
    """Describe the figure of `reached`."""
    wording = load_wording(language)
    told = [f"{name} {score(wording, one.value)}" for name, one, _, _ in rows_of(evaluation, wording)]
    return wording("evaluation.alt_reached", rows=wording.listing(told)) if told else wording("evaluation.no_results")
