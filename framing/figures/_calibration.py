"""Whether what is said to be probable is as frequent as that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from framing.figures._measured import chosen, score
from framing.figures._panels import note
from framing.figures._style import ACCENT, FULL, INK, MUTED, RULE, canvas, empty, styled
from framing.figures._wording import load_wording

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation

_ROOM = 0.16
"""The part of the plot, under its zero, in which bars show how many records there are."""


@styled
def calibration(
    evaluation: Evaluation, *, ax: Axes | None = None, result: int = 0, width: float = FULL, language: str = "en"
) -> Axes:
    """Draw the share annotated against the probability, by tenths, with the diagonal of a perfect model.

    The bars below show how many records (and labels) lie in each tenth.

    Raises
    ------
    OptionError
        If there is no result of that number.
    """
    wording = load_wording(language)
    bins = chosen(evaluation, result).bins
    if not bins:
        return empty(ax, wording("evaluation.no_probability"), width)
    ax = canvas(ax, width, 3.0)
    ax.plot([0, 1], [0, 1], color=MUTED, linewidth=0.8, dashes=(4, 2), zorder=1)
    at = np.array([one.probability for one in bins])
    told = np.array([[one.share.value, one.share.low, one.share.high] for one in bins])
    for place, (_, low, high) in zip(at, told, strict=True):
        if np.isfinite(low):
            ax.plot([place, place], [low, high], color=ACCENT, solid_capstyle="butt", zorder=2)
    ax.plot(at, told[:, 0], marker="o", color=ACCENT, linewidth=0.7, zorder=3)
    n = np.array([one.n for one in bins], dtype=np.float64)
    centre = (np.minimum((at * 10).astype(int), 9) + 0.5) / 10
    ax.bar(centre, n / n.max() * _ROOM * 0.6, width=0.092, bottom=-_ROOM, color=RULE, zorder=0.8)
    for place, count in zip(centre, n, strict=True):
        ax.annotate(
            wording.number(count, 0), (place, -_ROOM + count / n.max() * _ROOM * 0.6), xytext=(0, 1.5),
            textcoords="offset points", ha="center", fontsize=6, color=MUTED,
        )  # fmt: skip
    ax.axhline(0, color=RULE, linewidth=0.6, zorder=0.5)
    ticks = np.arange(0, 1.01, 0.2)
    ax.set_xticks(ticks, labels=[f"{t:.1f}" for t in ticks])
    ax.set_yticks(ticks, labels=[f"{t:.1f}" for t in ticks])
    ax.set_xlim(0, 1)
    ax.set_ylim(-_ROOM, 1.02)
    ax.set_ylabel(wording("evaluation.share_annotated"), color=INK)
    note(ax, wording("evaluation.calibration_key"))
    return ax


def calibration_alt(evaluation: Evaluation, *, result: int = 0, language: str = "en") -> str:
    """Describe the figure of `calibration`."""
    wording = load_wording(language)
    bins = chosen(evaluation, result).bins
    if not bins:
        return wording("evaluation.no_probability")
    told = [
        wording(
            "evaluation.alt_bin", probability=score(wording, one.probability), share=score(wording, one.share.value),
            n=one.n,
        )
        for one in bins
    ]  # fmt: skip
    return wording("evaluation.alt_calibration", bins=wording.listing(told))
