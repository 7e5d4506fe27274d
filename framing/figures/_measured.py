"""How measured scores are written and which of an evaluation's results is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from framing.errors import OptionError
from framing.figures._wording import Wording

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation, Interval, Result


def score(wording: Wording, value: float) -> str:
    """Return a score with three places and no leading zero: `.783`."""
    text = wording.number(value, 3)
    return text.removeprefix("0") if text.startswith("0") else text.replace("−0", "−")


def bounds(wording: Wording, found: Interval) -> str:
    """Return `[.771, .794]`, or nothing where there is no interval."""
    if not (math.isfinite(found.value) and math.isfinite(found.low) and math.isfinite(found.high)):
        return ""
    return wording("numbers.interval", low=score(wording, found.low), high=score(wording, found.high))


def scored(wording: Wording, found: Interval | None) -> str:
    """Return `.783 [.771, .794]`, or an en dash where nothing can be told."""
    return "–" if found is None else f"{score(wording, found.value)} {bounds(wording, found)}".strip()


def chosen(evaluation: Evaluation, number: int) -> Result:
    """Return one of the results.

    Raises
    ------
    OptionError
        If there is none of that number.
    """
    if not 0 <= number < len(evaluation.results):
        msg = f"result {number} is not known; allowed: 0 to {len(evaluation.results) - 1}"
        raise OptionError(msg if evaluation.results else "this evaluation has results for words only")
    return evaluation.results[number]
