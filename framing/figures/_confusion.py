"""Which class is taken for which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from framing.figures._measured import chosen
from framing.figures._panels import note
from framing.figures._style import ACCENT, FULL, canvas, empty, ink_on, labels, styled
from framing.figures._wording import load_wording

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation

_SHADES = LinearSegmentedColormap.from_list("share", ["#ffffff", ACCENT])
_MOST_WITH_SHARES = 6


@styled
def confusion(
    evaluation: Evaluation, *, ax: Axes | None = None, result: int = 0, width: float = FULL, language: str = "en"
) -> Axes:
    """Draw records by annotated class (rows) and predicted class (columns), darker: a larger share of the row.

    Raises
    ------
    OptionError
        If there is no result of that number.
    """
    wording = load_wording(language)
    found = chosen(evaluation, result).confusion
    if found is None:
        return empty(ax, wording("evaluation.no_confusion"), width)
    counts = np.array(found.counts, dtype=np.float64)
    n = len(found.classes)
    few = n <= _MOST_WITH_SHARES
    ax = canvas(ax, width, 0.75 + (0.3 if few else 0.25) * n + (0 if few else 0.5))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ax.pcolormesh(shares, cmap=_SHADES, vmin=0, vmax=1, edgecolors="white", linewidth=1.2)
    for row, column in np.ndindex(n, n):
        text = wording.number(float(counts[row, column]), 0)
        if few:
            text += f"  ({wording.percent(float(shares[row, column]))})"
        ax.text(
            column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=7 if few else 6.5,
            color=ink_on(to_hex(_SHADES(shares[row, column]))),
        )  # fmt: skip
    ax.set_ylim(n, 0)
    ax.set_yticks(np.arange(n) + 0.5, labels=labels(found.classes, 24))
    ax.set_xticks(np.arange(n) + 0.5, labels=labels(found.classes, 16))
    if not few:
        ax.tick_params(axis="x", labelrotation=35, labelsize=6)
        for label in ax.get_xticklabels():
            label.set(ha="left", rotation_mode="anchor")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    note(ax, wording("evaluation.confusion_key"))
    return ax


def confusion_alt(evaluation: Evaluation, *, result: int = 0, language: str = "en") -> str:
    """Describe the figure of `confusion`."""
    wording = load_wording(language)
    found = chosen(evaluation, result).confusion
    if found is None:
        return wording("evaluation.no_confusion")
    told = []
    for name, row in zip(found.classes, found.counts, strict=True):
        cells = [f"{wording.number(n, 0)} {of}" for of, n in zip(found.classes, row, strict=True) if n]
        if cells:
            told.append(wording("evaluation.alt_row", name=name, n=sum(row), cells=wording.listing(cells)))
    return wording("evaluation.alt_confusion", rows="; ".join(told))
