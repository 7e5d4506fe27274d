"""What a linear model's decision on a text is made of: each feature, and each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify.texts._decision import Decision
from framing.classify.texts._features import Features
from framing.classify.texts._units import Units

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Explanation:
    """The parts of the log-odds of each of k labels; they add up exactly.

    ``log_odds`` is ``constant`` plus the sum of ``contributions``, and also ``constant`` plus ``rest`` plus the sum of
    ``words``.

    Attributes
    ----------
    log_odds : ndarray of float64, shape (k,)
        What is decided on: above 0 a label is given; of exclusive labels, the highest.
    score : ndarray of float64, shape (k,)
    constant : ndarray of float64, shape (k,)
        What a text without any feature would have.
    features : list of str, length f
        Those that the text has.
    contributions : ndarray of float64, shape (f, k)
    spans : list of (start, end), length w
        The words, as offsets into the text.
    words : ndarray of float64, shape (w, k)
        What each word adds: its part of every feature that it belongs to.
    rest : ndarray of float64, shape (k,)
        What belongs to no single word: measures of style.
    """

    log_odds: Floats
    score: Floats
    constant: Floats
    features: list[str]
    contributions: Floats
    spans: list[tuple[int, int]]
    words: Floats
    rest: Floats

    def strongest(self, label: int, most: int = 10) -> list[tuple[str, float]]:
        """Return the features that move a label the most, either way, the strongest first."""
        order = np.argsort(-np.abs(self.contributions[:, label]), kind="stable")[:most]
        return [(self.features[place], float(self.contributions[place, label])) for place in order.tolist()]


def explain(
    features: Features, coef: Floats, intercept: Floats, decision: Decision, parts: Sequence[Units]
) -> list[Explanation]:
    """Take the decision on each unit apart."""
    names = features.names
    scaled = coef * decision.slope[:, np.newaxis]
    constant = intercept * decision.slope + decision.shift + decision.offset
    return [one for units in parts for one in _of_units(features, names, scaled, constant, decision, units)]


def _of_units(
    features: Features, names: Sequence[str], scaled: Floats, constant: Floats, decision: Decision, units: Units
) -> list[Explanation]:
    matrix = features.matrix(units)
    on_tokens = np.array([features.on_tokens(units, matrix, weights) for weights in scaled]).T
    batch, words = units.batch, units.words
    out = []
    for unit in range(units.count):
        row = sparse.csr_matrix(matrix[unit])
        contributions = row.data[:, np.newaxis] * scaled[:, row.indices].T
        odds = constant + contributions.sum(axis=0)
        tokens = words[units.owner[words] == unit]
        start = batch.start[tokens] - batch.offset[batch.article[tokens]]
        spans = list(zip(start.tolist(), (start + batch.end[tokens] - batch.start[tokens]).tolist(), strict=True))
        sums = (odds - decision.shift - decision.offset) / decision.slope
        out.append(
            Explanation(
                log_odds=odds, score=decision.score(sums[np.newaxis])[0], constant=constant,
                features=[names[place] for place in row.indices.tolist()], contributions=contributions,
                spans=spans, words=on_tokens[tokens], rest=odds - constant - on_tokens[tokens].sum(axis=0),
            )
        )  # fmt: skip
    return out
