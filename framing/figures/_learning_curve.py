"""What more annotated records would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from framing.figures._measured import score
from framing.figures._panels import note
from framing.figures._style import ACCENT, FULL, MUTED, RULE, canvas, empty, styled
from framing.figures._wording import load_wording

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation


@styled
def learning_curve(
    evaluation: Evaluation, *, ax: Axes | None = None, width: float = FULL, language: str = "en"
) -> Axes:
    """Draw macro-F1 against the number of training records, with intervals, and what one annotator reaches.

    The axis of scores need not begin at zero: dots are read, not lengths.
    """
    wording = load_wording(language)
    curve = evaluation.curve
    if not curve:
        return empty(ax, wording("evaluation.no_curve"), width)
    ax = canvas(ax, width, 2.3)
    n = np.array([one.n for one in curve], dtype=np.float64)
    told = np.array([[one.score.value, one.score.low, one.score.high] for one in curve])
    known = np.isfinite(told[:, 1:]).all(axis=1)
    ax.fill_between(n, told[:, 1], told[:, 2], where=known.tolist(), color=ACCENT, alpha=0.15, linewidth=0)
    ax.plot(n, told[:, 0], marker="o", color=ACCENT)
    for x, y in zip(n, told[:, 0], strict=True):
        ax.annotate(
            score(wording, y), (x, y), xytext=(0, 5), textcoords="offset points", ha="center", fontsize=6.5
        )  # fmt: skip
    low, high = float(np.nanmin(told)), float(np.nanmax(told))
    if (human := evaluation.ceiling) is not None and np.isfinite(human.macro_f1.value):
        level = human.macro_f1.value
        low, high = min(low, level), max(high, level)
        ax.axhline(level, color=MUTED, linewidth=0.8, dashes=(4, 2))
        ax.annotate(
            f"{wording('evaluation.one_annotator')} {score(wording, level)}", (0, level), xytext=(2, 2),
            xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=6.5, color=MUTED,
        )  # fmt: skip
    edge = max((high - low) * 0.15, 0.02)
    ax.set_ylim(low - edge, min(high + edge, 1.02))
    ax.set_xlim(0, float(n.max()) * 1.06)
    ax.grid(axis="y", color=RULE, linewidth=0.5)
    ax.yaxis.set_major_formatter(lambda value, _: score(wording, value).ljust(3)[:3] if value < 1 else "1")
    ax.xaxis.set_major_formatter(lambda value, _: wording.number(value, 0))
    ax.set_ylabel(wording("evaluation.macro_f1"))
    note(ax, wording("evaluation.curve_key"))
    return ax


def learning_curve_alt(evaluation: Evaluation, *, language: str = "en") -> str:
    """Describe the figure of `learning_curve`."""
    wording = load_wording(language)
    if not evaluation.curve:
        return wording("evaluation.no_curve")
    told = [f"{score(wording, one.score.value)} ({wording.number(one.n, 0)})" for one in evaluation.curve]
    return wording("evaluation.alt_curve", points=wording.listing(told))
