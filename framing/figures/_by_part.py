"""What happens by outlet and by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from framing.errors import OptionError
from framing.figures._measured import chosen, score
from framing.figures._panels import Panel, Series, beside, draw_panels, note, rows_axes
from framing.figures._style import ACCENT, FULL, INK, WARM, empty, inches, labels, styled
from framing.figures._wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framing.classify.evaluation import Evaluation, Interval, Part

PARTS = ("outlets", "topics")
MOST = 30


def parts_of(evaluation: Evaluation, part: str, result: int) -> tuple[Part, ...]:
    """Return the outlets or topics of a result, the largest first.

    Raises
    ------
    OptionError
        If the part is neither, or there is no result of that number.
    """
    if part not in PARTS:
        msg = f"part {part!r} is not known; allowed: {', '.join(PARTS)}"
        raise OptionError(msg)
    one = chosen(evaluation, result)
    return one.outlets if part == "outlets" else one.topics


def _series(found: Sequence[Interval | None], colour: str, marks: str = "o", *, filled: bool = True) -> Series:
    nothing = (np.nan, np.nan, np.nan)
    values, low, high = zip(*(nothing if one is None else (one.value, one.low, one.high) for one in found), strict=True)
    return Series(values, low, high, colour, marks, filled)


@styled
def by_part(
    evaluation: Evaluation,
    *,
    ax: Axes | None = None,
    part: str = "outlets",
    result: int = 0,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw for each outlet or topic the share annotated and the share predicted, and the accuracy, with intervals.

    Raises
    ------
    OptionError
        If the part is neither `outlets` nor `topics`, or there is no result of that number.
    """
    wording = load_wording(language)
    found = parts_of(evaluation, part, result)[:MOST]
    if not found:
        return empty(ax, wording("evaluation.no_parts"), width)
    marks = [wording("evaluation.few_mark", n=one.n) if one.few else wording.number(one.n, 0) for one in found]
    ax = rows_axes(ax, labels([one.name for one in found]), width=width, extra=0.12)
    panels = []
    if evaluation.binary:
        share = [
            _series([one.share for one in found], INK, "D", filled=False),
            _series([one.said for one in found], WARM),
        ]
        panels.append(Panel(wording("evaluation.share_of", label=evaluation.labels[0]), share))
    accuracy = _series([one.accuracy for one in found], ACCENT)
    panels.append(Panel(wording("evaluation.accuracy"), [accuracy]))
    draw_panels(ax, panels, limit=1.0)
    if inches(ax) > 4.5:
        beside(
            ax, [(wording("evaluation.accuracy"), [score(wording, one.accuracy.value) for one in found]), ("n", marks)]
        )
    few = wording("evaluation.few_key") if any(one.few for one in found) else ""
    note(ax, wording("evaluation.parts_key") if evaluation.binary else wording("evaluation.accuracy_key"), few)
    return ax


def by_part_alt(evaluation: Evaluation, *, part: str = "outlets", result: int = 0, language: str = "en") -> str:
    """Describe the figure of `by_part`."""
    wording = load_wording(language)
    found = parts_of(evaluation, part, result)
    if not found:
        return wording("evaluation.no_parts")
    told = [f"{one.name} {score(wording, one.accuracy.value)}" for one in found[:MOST]]
    return wording("evaluation.alt_parts", rows=wording.listing(told))
