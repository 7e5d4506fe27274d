"""A scikit-learn classifier of texts: one label, one of several, or several at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.utils.validation import check_is_fitted

from framing.classify.texts._decision import Decision
from framing.classify.texts._explain import Explanation, explain
from framing.classify.texts._linear import Choice, Gold, Space, choose, fit
from framing.classify.texts._targets import grouped, target
from framing.classify.texts._transformer import TextFeatures, checked_texts, matrix_of, tagged
from framing.classify.texts._units import read_units
from framing.errors import InputError, OptionError

Floats = NDArray[np.float64]
THRESHOLDS = ("f1", "half")


class TextClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression over `TextFeatures`, with everything chosen by cross-validation that never splits a group.

    Regularisation and balance are chosen where the area under the ROC curve (of exclusive labels, the mean of accuracy
    and macro-F1) is highest on texts left out. What those texts got also calibrates the probabilities (Platt 1999; of
    exclusive labels, Guo et al. 2017) and sets the threshold of each label.

    Parameters
    ----------
    features : TextFeatures, optional
        `TextFeatures()` by default.
    C : sequence of float
        Inverse strengths of regularisation to choose from.
    balance : sequence of float
        To choose from: texts of a class weigh as its share to the power of minus this; 1 makes classes equal.
    folds, repeats : int
        Parts of the cross-validation, and how often the texts are divided anew for calibration.
    threshold : str
        ``f1``: a label is given from the probability on where expected F1 is highest (Lewis 1995), and of exclusive
        labels the one with the highest balanced sum. ``half``: from .5 on, and the most probable one.
    seed : int

    Attributes
    ----------
    classes_ : ndarray, or list of ndarray
        For an indicator matrix [0, 1] for each column.
    features_ : TextFeatures
    coef_ : ndarray of float32, shape (k, features)
    intercept_ : ndarray of float64, shape (k,)
        k is 1 for two classes, else the number of labels.
    slope_, shift_, offset_ : ndarray of float64, shape (k,)
        Calibration and decision, see `Decision`.
    exclusive_ : bool
    C_, balance_ : float
        What was chosen.
    """

    def __init__(
        self,
        features: TextFeatures | None = None,
        *,
        C: Sequence[float] = (0.3, 1.0, 3.0, 10.0),  # noqa: N803 - scikit-learn's name
        balance: Sequence[float] = (0.0, 1.0),
        folds: int = 5,
        repeats: int = 3,
        threshold: str = "f1",
        seed: int = 0,
    ) -> None:
        self.features = features
        self.C = C
        self.balance = balance
        self.folds = folds
        self.repeats = repeats
        self.threshold = threshold
        self.seed = seed

    def fit(
        self,
        X: Iterable[str],  # noqa: N803
        y: Any,
        *,
        groups: Sequence[Any] | None = None,
        sample_weight: Any = None,
    ) -> TextClassifier:
        """Learn from annotated texts.

        Parameters
        ----------
        X : iterable of str, n texts
        y : array-like, shape (n,) or (n, k)
            Classes, or 0 and 1 for each of k labels.
        groups : sequence, length n, optional
            Texts of a group are never on both sides of a division.
        sample_weight : array-like, shape (n,), optional

        Raises
        ------
        InputError
            If lengths differ, there is one class only, or a class stands in one group only.
        OptionError
            If a parameter has a value that is not allowed.
        """
        self._checked()
        texts = checked_texts(X)
        self.classes_, labels, exclusive = target(y, len(texts))
        weight = np.ones(len(texts)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        if weight.shape != (len(texts),) or not (weight > 0).all():
            msg = f"sample_weight has shape {weight.shape}; allowed: one number above 0 for each of {len(texts)} texts"
            raise InputError(msg)
        gold = Gold(labels, weight, grouped(groups, labels), exclusive)
        self.features_ = TextFeatures() if self.features is None else clone(self.features)
        space = Space.of(self.features_.fit_transform(texts))
        self._keep(space, gold, self._choose(space, gold))
        return self

    def _choose(self, space: Space, gold: Gold) -> Choice:
        n = min(self.folds, len(np.unique(gold.groups)))
        divisions = [gold.folds(n, self.seed + repeat) for repeat in range(self.repeats)]
        return choose(space, gold, self.C, self.balance, divisions, self.threshold == "f1")

    def _keep(self, space: Space, gold: Gold, choice: Choice) -> None:
        coef, self.intercept_ = fit(space.points, gold, np.arange(len(gold.labels)), choice.setting)
        self.coef_ = space.weights(coef).astype(np.float32)
        self.slope_, self.shift_ = choice.decision.slope, choice.decision.shift
        self.offset_, self.exclusive_ = choice.decision.offset, choice.decision.exclusive
        self.C_, self.balance_ = choice.setting.C, choice.setting.balance

    @property
    def decision_(self) -> Decision:
        """How sums are read."""
        check_is_fitted(self, "coef_")
        return Decision(self.slope_, self.shift_, self.offset_, self.exclusive_)

    @property
    def thresholds_(self) -> Floats:
        """The probability from which a label is given, shape (k,); NaN for exclusive labels."""
        decision = self.decision_
        return np.full(len(self.slope_), np.nan) if self.exclusive_ else decision.thresholds

    def _sums(self, texts: Iterable[str]) -> Floats:
        check_is_fitted(self, "coef_")
        parts = read_units(checked_texts(texts))
        matrix = matrix_of(self.features_.features(), parts)
        return np.asarray(matrix @ self.coef_.T.astype(np.float64) + self.intercept_)

    def scores(self, texts: Iterable[str]) -> Floats:
        """Return scores from 0 to 1 on which .5 is the decision, shape (n, k); k is 1 for two classes."""
        return self.decision_.score(self._sums(texts))

    def probabilities(self, texts: Iterable[str]) -> Floats:
        """Return the calibrated probability of each label, shape (n, k); k is 1 for two classes."""
        return self.decision_.probability(self._sums(texts))

    def decision_function(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """Return the log-odds that are decided on, shape (n,) for two classes, else (n, k)."""
        odds = self.decision_.log_odds(self._sums(X))
        return odds[:, 0] if self._two else odds

    def predict_proba(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """Return calibrated probabilities, shape (n, classes), or (n, k) for an indicator matrix."""
        chance = self.probabilities(X)
        return np.hstack([1 - chance, chance]) if self._two else chance

    def predict(self, X: Iterable[str]) -> NDArray[Any]:  # noqa: N803
        """Return the class of each text, or an indicator matrix; decided by the threshold, not by the probability."""
        odds = self.decision_.log_odds(self._sums(X))
        if isinstance(self.classes_, list):
            return (odds >= 0).astype(np.int64)
        number = (odds[:, 0] >= 0).astype(np.int64) if self._two else odds.argmax(axis=1)
        return np.asarray(self.classes_[number])

    def explain(self, texts: Iterable[str]) -> list[Explanation]:
        """Return what each feature and each word adds to the log-odds of each label, exactly."""
        check_is_fitted(self, "coef_")
        features = self.features_.features()
        parts = read_units(checked_texts(texts))
        return explain(features, self.coef_.astype(np.float64), self.intercept_, self.decision_, parts)

    @property
    def _two(self) -> bool:
        return not isinstance(self.classes_, list) and len(self.classes_) == 2

    def _checked(self) -> None:
        for name, least in (("folds", 2), ("repeats", 1)):
            given = getattr(self, name)
            if not isinstance(given, int) or given < least:
                msg = f"{name} is {given!r}; allowed: a whole number from {least}"
                raise OptionError(msg)
        if self.threshold not in THRESHOLDS:
            msg = f"threshold is {self.threshold!r}; allowed: {', '.join(THRESHOLDS)}"
            raise OptionError(msg)
        if not len(self.C) or min(self.C) <= 0 or not len(self.balance):
            msg = f"C is {self.C!r} and balance {self.balance!r}; allowed: at least one number each, those of C above 0"
            raise OptionError(msg)
        if self.features is not None and not isinstance(self.features, TextFeatures):
            msg = f"features is of type {type(self.features).__name__}; allowed: TextFeatures"
            raise OptionError(msg)

    def __sklearn_tags__(self) -> Any:
        tags = tagged(super().__sklearn_tags__())
        tags.target_tags.multi_output = True
        tags.classifier_tags.multi_label = True
        return tags
