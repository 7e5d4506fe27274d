"""Train a sentence model: words first, then sentences with what their words say, then words once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from framing.classify._decisions import best_threshold, calibrated, expected_threshold, log_odds
from framing.classify._vectors import open_vectors
from framing.classify.sentences._compile import Sums, compiled
from framing.classify.sentences._features import (
    WordFeatures,
    keys_of,
    marks_of,
    matches_of,
    sentence_rows,
)
from framing.classify.sentences._model import SentenceModel, pool
from framing.classify.sentences._phrases import Phrases, frequent_phrases
from framing.classify.sentences._spellings import Spellings
from framing.classify.sentences._units import Units
from framing.classify.sentences._words import normal
from framing.classify.sentences._words_fit import fit_marked, fit_unmarked
from framing.corpus import Article
from framing.measures.attribution import shipped_finder
from framing.measures.attribution.finder._classes import shape_codes
from framing.text import Vocabulary, read

Floats = NDArray[np.float64]
Span = tuple[int, int, float]  # start, end, share of annotators
CHOICES = (0.03, 0.1, 0.3)  # of C


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How to train; see `SentenceClassifier`."""

    penalty: float = 4.0
    costs: tuple[float, ...] = CHOICES
    length_power: float = 0.5
    phrases: int = 0
    least: int = 2
    vectors: bool = True
    characters: bool = True
    lexicons: tuple[str, ...] = ()
    folds: int = 5
    threshold: str = "half"
    marked_from: float = 0.4
    seed: int = 0


@dataclass(frozen=True)
class Material:
    """Annotated texts, read.

    Attributes
    ----------
    texts : sequence of str
    label : ndarray of bool, shape (texts,)
    share : ndarray of float64, shape (texts,)
        Of annotators who called the text positive; the label where there is one annotator.
    groups : ndarray, shape (texts,)
    marked : sequence of sequence of Span, optional
        Words that annotators marked.
    lexicons : tuple of str
    """

    texts: Sequence[str]
    label: NDArray[np.bool_]
    share: Floats
    groups: NDArray[Any]
    marked: Sequence[Sequence[Span]] | None
    lexicons: tuple[str, ...]
    units: Units = field(init=False)

    def __post_init__(self) -> None:
        batch = read([Article(str(number), text) for number, text in enumerate(self.texts)], Vocabulary())
        object.__setattr__(self, "units", Units.articles(batch))

    @cached_property
    def matches(self) -> Any:
        """The marks of the lexicons."""
        return matches_of(self.lexicons, self.units.batch)

    @cached_property
    def marked_share(self) -> Floats:
        """The share of annotators who marked each token, shape (tokens,)."""
        batch = self.units.batch
        found = np.zeros(len(batch))
        for offset, spans in zip(batch.offset.tolist(), self.marked or (), strict=False):
            for start, end, share in spans:
                first = int(np.searchsorted(batch.end, start + offset, side="right"))
                last = int(np.searchsorted(batch.start, end + offset))
                found[first:last] = np.maximum(found[first:last], share)
        return found


def folds_of(label: NDArray[np.bool_], groups: NDArray[Any], n: int, seed: int) -> NDArray[np.int64]:
    """Return the fold of each text; a group is in one, and labels are spread evenly."""
    fold = np.zeros(len(label), dtype=np.int64)
    splitter = StratifiedGroupKFold(n, shuffle=True, random_state=seed)
    for number, (_, held) in enumerate(splitter.split(label, label, groups)):
        fold[held] = number
    return fold


class Trainer:
    """Trains a model on material.

    Parameters
    ----------
    material : Material
    plan : Plan
    """

    def __init__(self, material: Material, plan: Plan) -> None:
        self.material, self.plan, self.units = material, plan, material.units
        batch = self.units.batch
        counts: Counter[str] = Counter(map(normal, batch.folded))
        finder = shipped_finder()
        self.spellings = Spellings(
            counts,
            finder.weights.classes,
            open_vectors() if plan.vectors else None,
            least=plan.least,
            characters=plan.characters,
        )
        self.keys = keys_of(material.matches, plan.lexicons)
        self.features = WordFeatures(self.units, material.matches, self.spellings, self.keys)
        self.phrases = frequent_phrases(self.units, plan.phrases) if plan.phrases else []
        self.folds = folds_of(material.label, material.groups, plan.folds, plan.seed)

    def _fit_words(self, inside: NDArray[np.bool_]) -> Floats:
        if self.material.marked is None:
            return fit_unmarked(self.features, self.material.share, inside, penalty=self.plan.penalty)
        return fit_marked(self.features, self.material.marked_share, inside, penalty=self.plan.penalty)

    def _cross_words(self) -> Floats:
        """Return the log-odds of each word by a model that has not seen its text, shape (tokens,)."""
        odds = np.zeros(len(self.units.batch))
        for fold in range(self.plan.folds):
            weights = self._fit_words(self.folds != fold)
            held = (self.folds == fold)[self.units.unit]
            odds[held] = self.features.forward(weights)[held]
        return odds

    @cached_property
    def _sums(self) -> sparse.csr_array:
        """Features of texts that are sums over their words, shape (texts, features)."""
        units, batch = self.units, self.units.batch
        ones = np.ones(len(batch))
        n = units.n
        holds = sparse.coo_array((ones, (units.unit, np.arange(len(batch)))), shape=(n, len(batch))).tocsr()
        types = sparse.coo_array((ones, (units.unit, batch.type)), shape=(n, len(batch.vocabulary))).tocsr()
        folded = [normal(word) for word in batch.vocabulary.folded]
        shapes = _indicator(shape_codes(batch.vocabulary.spellings))
        blocks = [types @ sentence_rows(self.spellings, folded), types @ shapes]
        blocks += [holds @ marks_of(units, self.material.matches, self.keys), self._phrase_counts()]
        scale = sparse.diags_array(units.words**-self.plan.length_power)
        return sparse.csr_array(scale @ sparse.hstack(blocks))

    def _phrase_counts(self) -> sparse.csr_array:
        shape = self.units.n, len(self.phrases)
        if not self.phrases:
            return sparse.csr_array(shape)
        token, _, phrase = Phrases(self.phrases, np.zeros(len(self.phrases), dtype=np.float32)).find(self.units)
        return sparse.coo_array((np.ones(len(token)), (self.units.unit[token], phrase)), shape=shape).tocsr()

    def _fit_sentences(self, matrix: sparse.csr_array, inside: NDArray[np.bool_], cost: float) -> LogisticRegression:
        """Fit to the share of annotators: a text counts as positive with it, and as negative with the rest."""
        share, part = self.material.share[inside], matrix[np.flatnonzero(inside)]
        both = sparse.vstack([part, part]).tocsr()
        label, weight = np.repeat([1, 0], len(share)), np.concatenate([share, 1 - share])
        kept = np.flatnonzero(weight > 0)
        return LogisticRegression(C=cost, max_iter=2000).fit(both[kept], label[kept], sample_weight=weight[kept])

    def _cross_sentences(self, matrix: sparse.csr_array, cost: float) -> Floats:
        odds = np.zeros(self.units.n)
        for fold in range(self.plan.folds):
            held = self.folds == fold
            odds[held] = self._fit_sentences(matrix, ~held, cost).decision_function(matrix[np.flatnonzero(held)])
        return odds

    def train(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """Train, and return what the model says of itself, and its columns."""
        # these vectors are short: threads would take longer to start than to add, and add in another order
        with threadpool_limits(1, user_api="blas"):
            return self._trained()

    def _trained(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        plan, label = self.plan, self.material.label
        words = self._cross_words()
        pooled = pool(words, self.units)
        mean, deviation = pooled.mean(axis=0), pooled.std(axis=0) + 1e-9
        style = SentenceModel.style(self.units)
        further = sparse.csr_array(np.hstack([style, (pooled - mean) / deviation]))
        matrix = sparse.hstack([self._sums, further]).tocsr()
        crossed = {cost: self._cross_sentences(matrix, cost) for cost in plan.costs}
        lines = {cost: calibrated(odds, label) for cost, odds in crossed.items()}
        cost = min(plan.costs, key=lambda one: _loss(crossed[one], lines[one], label))
        slope, intercept = lines[cost]
        odds = slope * crossed[cost] + intercept
        threshold = expected_threshold(1 / (1 + np.exp(-odds))) if plan.threshold == "f1" else 0.5
        moved = odds - log_odds(threshold)
        whole = np.ones(self.units.n, dtype=np.bool_)
        final = self._fit_sentences(matrix, whole, cost)
        sums = Sums.cut(final, self._sums.shape[1], len(self.spellings.words), len(self.spellings.ngrams),
                        self.spellings.meant(["0"]).shape[1], len(self.keys), len(self.phrases))  # fmt: skip
        columns = compiled(self.spellings, self.features.split(self._fit_words(whole)), sums)
        columns |= {
            "pooled": np.stack([mean, deviation]),
            "calibration": np.array([slope, intercept - log_odds(threshold)]),
            **self._packed(),
        }
        word, word_threshold = self._rescored(words, pooled, moved)
        columns["word"] = word
        about = {
            "lexicons": list(plan.lexicons), "length power": plan.length_power, "cost": cost, "threshold": threshold,
            "word threshold": word_threshold, "texts": self.units.n, "positive": int(label.sum()),
        }  # fmt: skip
        return about, columns

    def _packed(self) -> dict[str, NDArray[Any]]:
        from framing.classify._store import packed

        return {
            "n-grams": packed(self.spellings.ngrams), "mark keys": packed(self.keys), "phrases": packed(self.phrases)
        }  # fmt: skip

    def _rescored(self, words: Floats, pooled: Floats, moved: Floats) -> tuple[Floats, float]:
        """Weigh a word's own score, how far it is from the highest of its text, and the score of the text."""
        unit, is_word = self.units.unit, self.units.batch.is_word
        gold = (self.material.marked_share >= self.plan.marked_from)[is_word]
        # nobody marked any, or too few agree on one, or on all
        if not gold.any() or gold.all():
            return np.array([1.0, 0.0, 0.0, 0.0]), 0.5
        seen = np.column_stack([words, words - pooled[unit, 0], moved[unit]])[is_word]
        fitted = LogisticRegression(C=1.0).fit(seen, gold)
        # of the model alone: lists that were bettered on these very texts would make it look too strict
        threshold = best_threshold(fitted.predict_proba(seen)[:, 1], gold)
        weights = [*fitted.coef_[0], fitted.intercept_[0] - log_odds(threshold)]
        return np.array(weights), threshold


def _indicator(codes: NDArray[np.int32]) -> sparse.csr_array:
    from framing.classify.sentences._features import SHAPE_CODES

    ones = np.ones(len(codes))
    return sparse.coo_array((ones, (np.arange(len(codes)), codes)), shape=(len(codes), SHAPE_CODES)).tocsr()


def _loss(odds: Floats, line: tuple[float, float], label: NDArray[np.bool_]) -> float:
    """Return the logarithmic loss of calibrated log-odds."""
    moved = line[0] * odds + line[1]
    return float((np.logaddexp(0, moved) - label * moved).mean())
