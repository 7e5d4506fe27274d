"""Predictions made for tests: whatever is wanted of n records and k labels, the same every time."""

from __future__ import annotations

from typing import Any

import numpy as np

from framing.classify.evaluation import Predictions, WordPredictions

ODD = "#let x = 1; *a* _b_ $c$ @d <b>& 🔥"


def predictions(n: int = 120, k: int = 1, *, exclusive: bool = False, votes: Any = None, **changes: Any) -> Predictions:
    """Return calibrated predictions with ties among the scores, two records a group and four outlets.

    `votes` are those given, or made ones if True.
    """
    rng = np.random.default_rng(5)
    leaning = rng.normal(size=(n, k)) * 1.5
    if exclusive:
        odds = np.exp(leaning)
        score = np.round(odds / odds.sum(axis=1, keepdims=True), 2)
        gold = np.eye(k, dtype=bool)[(leaning + rng.gumbel(size=(n, k))).argmax(axis=1)]
    else:
        score = np.round(1 / (1 + np.exp(-leaning)), 2)
        gold = rng.random((n, k)) < score
    given: dict[str, Any] = {
        "how": "cross-validated",
        "task": "bias",
        "labels": ("biased",) if k == 1 else tuple(f"frame {number}" for number in range(k)),
        "ids": [f"record-{number}" for number in range(n)],
        "texts": [f"Text {number} {ODD}" for number in range(n)],
        "gold": gold,
        "score": score,
        "probability": score,
        "groups": [f"url-{number // 2}" for number in range(n)],
        "outlets": [f"Outlet {number % 4}" for number in range(n)],
        "topics": ["war" if number % 3 else "taxes" for number in range(n)],
        "exclusive": exclusive,
        "votes": _votes(gold, rng, exclusive=exclusive) if votes is True else votes,
    }
    return Predictions(**{**given, **changes})


def _votes(gold: Any, rng: np.random.Generator, *, exclusive: bool) -> list[dict[str, Any]]:
    found = []
    for row in gold:
        said: dict[str, Any] = {}
        for annotator in "abcd":
            marks = row ^ (rng.random(len(row)) < 0.2)
            if len(row) == 1:
                said[annotator] = bool(marks[0])
            elif exclusive:
                said[annotator] = int(rng.integers(len(row)) if rng.random() < 0.3 else row.argmax())
            else:
                said[annotator] = np.flatnonzero(marks).tolist()
        found.append(said)
    return found


def words(n: int = 40, **changes: Any) -> WordPredictions:
    """Return marked words of records of five words each, with the marks of three annotators."""
    rng = np.random.default_rng(3)
    score = np.round(rng.random((n, 5)), 1)
    gold = rng.random((n, 5)) < score * 0.6
    given: dict[str, Any] = {
        "how": "cross-validated",
        "task": "words",
        "ids": [f"record-{number}" for number in range(n)],
        "texts": ["a b c d e"] * n,
        "groups": [f"url-{number // 2}" for number in range(n)],
        "words": [[(at, at + 1) for at in range(0, 10, 2)]] * n,
        "gold": gold.tolist(),
        "predicted": (score >= 0.5).tolist(),
        "score": score.tolist(),
        "marks": [{who: (row ^ (rng.random(5) < 0.2)).tolist() for who in "abc"} for row in gold],
    }
    return WordPredictions(**{**given, **changes})
