"""What the benchmarks of validity share: annotated records, shipped measures run over them, figures with intervals."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.analysis import Analysis, analyze
from framing.classify import Interval

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_RESAMPLES = 2000
_WIDTH = 52
Counts = NDArray[np.float64]  # right, marked, found, annotated: found is right unless pieces differ in number


def records(path: Path) -> list[dict[str, Any]]:
    """Return annotated records."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def analysed(path: Path, *only: str) -> Analysis:
    """Return the tables that a user would get of a file."""
    return analyze(path, only=only)


def characters(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Return the places in a text that spans cover and that are not white space."""
    return frozenset(place for low, high in spans for place in range(low, high) if not text[place].isspace())


def rates(counts: Counts) -> tuple[float, float, float]:
    """Return precision, recall and F1 of summed counts."""
    right, marked, found, annotated = counts.sum(axis=0).tolist()
    precision, recall = right / marked if marked else 0.0, found / annotated if annotated else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def say(name: str, rows: Sequence[Sequence[float]], groups: Sequence[str] | None = None) -> None:
    """Print precision, recall and F1.

    Parameters
    ----------
    name : str
    rows : sequence of (right, marked, annotated) or (right, marked, found, annotated)
        One for each record.
    groups : sequence of str, optional
        Records of a group are drawn together.
    """
    counts = np.array(rows, dtype=np.float64)
    if counts.shape[1] == 3:
        counts = counts[:, [0, 1, 0, 2]]
    _, group = np.unique(np.arange(len(rows)) if groups is None else np.array(groups), return_inverse=True)
    sums = np.zeros((int(group.max()) + 1, 4))
    np.add.at(sums, group, counts)
    rng = np.random.default_rng(7)
    draws = [rates(sums[rng.integers(0, len(sums), len(sums))])[2] for _ in range(_RESAMPLES)]
    precision, recall, f1 = rates(counts)
    low, high = np.percentile(draws, [2.5, 97.5])
    line(name, len(rows), f"P {precision:.3f}  R {recall:.3f}  F1 {interval(Interval(f1, low, high))}")


def line(name: str, n: int, scores: str) -> None:
    """Print a line of figures."""
    sys.stdout.write(f"{name:{_WIDTH}} n={n:5}  {scores}\n")
    sys.stdout.flush()


def interval(one: Interval) -> str:
    """Return a figure with its bounds."""
    return f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
