"""Join a sentence model and sentence embeddings in one logistic regression."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify._decisions import calibrated, expected_threshold, log_odds
from framing.classify.embeddings._model import KIND, Embed, texts_of
from framing.classify.sentences._model import pool
from framing.classify.sentences._training import Material, Plan, Trainer

Floats = NDArray[np.float64]


class EmbeddedTrainer(Trainer):
    """Trains the sentence model first, then weighs what it says of texts it had not seen against their embeddings.

    Parameters
    ----------
    material : Material
    plan : Plan
    embed : callable
        Takes n texts, returns an array of shape (n, d).
    costs : tuple of float
        Values of C, one of which is chosen by held-out loss.
    """

    def __init__(self, material: Material, plan: Plan, embed: Embed, costs: tuple[float, ...]) -> None:
        super().__init__(material, plan)
        self._embed, self._costs = embed, costs
        self._crossed: dict[float, Floats] = {}
        self._words = np.zeros(0)

    def _cross_words(self) -> Floats:
        self._words = super()._cross_words()
        return self._words

    def _cross_sentences(self, matrix: sparse.csr_array, cost: float) -> Floats:
        self._crossed[cost] = super()._cross_sentences(matrix, cost)
        return self._crossed[cost]

    def train(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """Train, and return what the model says of itself, and its columns."""
        about, columns = super().train()
        slope, intercept = columns["calibration"]
        odds = slope * self._crossed[about["cost"]] + intercept
        embedded = np.zeros((self.units.n, 0))
        if len(self.units.filled):
            vectors = np.asarray(self._embed(texts_of(self.units)), dtype=np.float64)
            embedded = np.tile(vectors.mean(axis=0), (self.units.n, 1))
            embedded[self.units.filled] = vectors
        # rows of length 1 or so, so that C means the same for every size of embedding
        mean, scale = embedded.mean(axis=0), (embedded.std(axis=0) + 1e-6) * np.sqrt(embedded.shape[1])
        matrix = sparse.csr_array(np.column_stack([odds, (embedded - mean) / scale]))
        cost, line, crossed = self._chosen(matrix)
        fitted = self._fit_sentences(matrix, np.ones(self.units.n, dtype=np.bool_), cost)
        stack, weights = fitted.coef_[0, 0], fitted.coef_[0, 1:] / scale
        threshold = expected_threshold(1 / (1 + np.exp(-crossed))) if self.plan.threshold == "f1" else 0.5
        moved = crossed - log_odds(threshold)
        constant = line[0] * (stack * intercept + fitted.intercept_[0] - mean @ weights) + line[1] - log_odds(threshold)
        columns["calibration"] = np.array([line[0] * stack * slope, constant])
        columns["embedding"] = (line[0] * weights).astype(np.float32)
        columns["word"], word_threshold = self._rescored(self._words, pool(self._words, self.units), moved)
        return {
            **about, "kind": KIND, "threshold": threshold, "word threshold": word_threshold, "embedding cost": cost
        }, columns  # fmt: skip

    def _chosen(self, matrix: sparse.csr_array) -> tuple[float, tuple[float, float], Floats]:
        """Return the C of the lowest held-out loss, slope and intercept of its calibration, and held-out log-odds."""
        label = self.material.label
        found = []
        for cost in self._costs:
            odds = super()._cross_sentences(matrix, cost)
            slope, intercept = line = calibrated(odds, label)
            crossed = slope * odds + intercept
            found.append((float((np.logaddexp(0, crossed) - label * crossed).mean()), cost, line, crossed))
        _, cost, line, crossed = min(found, key=lambda one: one[0])
        return cost, line, crossed
