"""Which features speak most for a label and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from framing.figures._panels import note
from framing.figures._style import ACCENT, FULL, RULE, WARM, canvas, elide, empty, inches, printable, styled, width_of
from framing.figures._wording import Wording, load_wording

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation, Feature

_MOST = 15
_COLUMNS = 24


def sides_of(evaluation: Evaluation, label: str) -> tuple[list[Feature], list[Feature]]:
    """Return the features for a label and against it, the heaviest first."""
    mine = sorted((one for one in evaluation.features if one.label == label), key=lambda one: -abs(one.weight))
    return [one for one in mine if one.weight > 0][:_MOST], [one for one in mine if one.weight < 0][:_MOST]


def _label(evaluation: Evaluation, label: str | None) -> str:
    return label if label is not None else next((one.label for one in evaluation.features), "")


@styled
def telling_features(
    evaluation: Evaluation,
    *,
    ax: Axes | None = None,
    label: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the weights of the heaviest features of a label, for it to the right and against it to the left."""
    wording = load_wording(language)
    label = _label(evaluation, label)
    for_it, against = sides_of(evaluation, label)
    if not for_it and not against:
        return empty(ax, wording("evaluation.no_features"), width)
    rows = max(len(for_it), len(against))
    ax = canvas(ax, width, 0.6 + 0.15 * rows)
    top = max(abs(one.weight) for one in (*for_it, *against))
    for found, colour, sign in ((for_it, WARM, 1), (against, ACCENT, -1)):
        ax.barh(np.arange(len(found)), [one.weight for one in found], height=0.62, color=colour)
        for row, one in enumerate(found):
            weight = wording.number(one.weight, 2)
            name = elide(printable(one.name), _COLUMNS)
            ax.annotate(
                f"{name}  {weight}" if sign > 0 else f"{weight}  {name}", (one.weight, row), xytext=(3 * sign, 0),
                textcoords="offset points", ha="left" if sign > 0 else "right", va="center", fontsize=6.8,
            )  # fmt: skip
    ax.axvline(0, color=RULE, linewidth=0.9)
    ax.set_ylim(rows - 0.4, -0.6)
    limit = max(1.2 * top, *(_reach(one, wording, inches(ax)) for one in (*for_it, *against)))
    ax.set_xlim(-limit, limit)
    ax.set_yticks([])
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    note(ax, wording("evaluation.features_key", label=label, other=_other(evaluation, label, wording)))
    return ax


def _reach(one: Feature, wording: Wording, width: float) -> float:
    """Return how far the axis must go for the bar and the name at its end."""
    half = 36 * width
    name = width_of(f"{elide(printable(one.name), _COLUMNS)}  {wording.number(one.weight, 2)}") * 4.2 + 6
    return abs(one.weight) * half / max(half - name, 0.2 * half)


def _other(evaluation: Evaluation, label: str, wording: Wording) -> str:
    return evaluation.negative or wording("evaluation.not", label=label)


def telling_features_alt(evaluation: Evaluation, *, label: str | None = None, language: str = "en") -> str:
    """Describe the figure of `telling_features`."""
    wording = load_wording(language)
    label = _label(evaluation, label)
    for_it, against = sides_of(evaluation, label)
    if not for_it and not against:
        return wording("evaluation.no_features")
    parts = [
        wording("evaluation.alt_features", label=name, names=", ".join(one.name for one in found))
        for name, found in ((label, for_it), (_other(evaluation, label, wording), against))
        if found
    ]
    return " ".join(parts)
