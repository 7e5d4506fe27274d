"""The words that pushed the score of a sentence, and all else as one number: what is shown adds up exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_UP, _DOWN = 4, 2
_LEAST = 0.15  # what adds less stands with all else
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Push:
    """A word, its place among those given, and what it added to the log-odds, rounded."""

    place: int
    text: str
    added: float


@dataclass(frozen=True, slots=True)
class Pushes:
    """A score taken apart: `up`, `down` and `rest` add up to `total`, as they are rounded.

    Attributes
    ----------
    up, down : tuple of Push
        The words that pushed most for it and against it, the strongest first.
    rest : float
        All other words, and what belongs to no word.
    total : float
        The log-odds; above 0 the score is above .5.
    """

    up: tuple[Push, ...]
    down: tuple[Push, ...]
    rest: float
    total: float

    @property
    def score(self) -> float:
        """The score in [0, 1]."""
        return 1 / (1 + math.exp(-self.total))


def pushes(words: Sequence[tuple[str, float]], odds: float) -> Pushes:
    """Choose the words to show.

    Parameters
    ----------
    words : sequence of (str, float)
        Every token of a sentence and what it added.
    odds : float
        The log-odds of the sentence.
    """
    told = [
        Push(place, text, round(added, _DIGITS))
        for place, (text, added) in enumerate(words)
        if abs(added) >= _LEAST and any(map(str.isalnum, text))
    ]
    told.sort(key=lambda word: (-abs(word.added), word.place))
    up = tuple(word for word in told if word.added > 0)[:_UP]
    down = tuple(word for word in told if word.added < 0)[:_DOWN]
    total = round(odds, _DIGITS)
    rest = round(total - math.fsum(word.added for word in (*up, *down)), _DIGITS)
    return Pushes(up, down, rest, total)


def signed(value: float) -> str:
    """Return a number with its sign, as it is read: `+1.20`, `−0.40`."""
    return f"{value:+.{_DIGITS}f}".replace("-", "−") if value else f"{0:.{_DIGITS}f}"


def score_of(value: float) -> str:
    """Return a score in [0, 1] without the zero in front: `.79`; none is shown as certain."""
    if value >= 0.995:
        return ">.99"
    return f"{value:.2f}".removeprefix("0")
