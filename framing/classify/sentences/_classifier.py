"""The sentence model as a scikit-learn estimator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from framing.classify.sentences._features import matches_of
from framing.classify.sentences._model import Scored, SentenceModel, covered
from framing.classify.sentences._training import CHOICES, Material, Plan, Span, Trainer
from framing.classify.sentences._units import Units
from framing.corpus import Article
from framing.errors import InputError, OptionError
from framing.lexicon import Matches
from framing.measures.attribution import shipped_finder
from framing.text import Batch, Vocabulary, read

Floats = NDArray[np.float64]
THRESHOLDS = ("half", "f1")


class SentenceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tells sentences of two kinds apart, and says which words make the difference.

    Words are scored in their surroundings first: by logistic regression on words that annotators marked, or, where
    nobody marked any, so that a sentence is positive if any of its words is (noisy or). Sentences are scored by
    logistic regression on words, n-grams of characters, word vectors, lexicon marks, phrases, and what their words
    scored in cross-fitting. Both are sums over words.

    Parameters
    ----------
    penalty : float
        On the weights of words in their surroundings.
    costs : sequence of float
        Values of C for the sentences, one of which is chosen by held-out loss.
    length_power : float
        The sum over a sentence's words is divided by their number to this power.
    phrases : int
        Phrases of two and three words that occur in so many texts have a weight; 0 for none.
    least : int
        A word seen less often has no weight of its own.
    vectors : bool
        Whether word vectors are used.
    characters : bool
        Whether n-grams of characters are used.
    lexicons : sequence of str
        Lexicons whose marks are features.
    folds : int
        For cross-fitting; no group is divided.
    threshold : {"half", "f1"}
        Decide at a probability of .5, or where the F1 to expect is highest.
    marked_from : float
        The share of annotators from which on a word counts as marked.
    random_state : int

    Attributes
    ----------
    classes_ : ndarray, shape (2,)
        The second is the positive one.
    about_ : dict
    columns_ : dict of str to ndarray
        The weights, as `SentenceModel` runs on them.
    """

    def __init__(
        self,
        *,
        penalty: float = 4.0,
        costs: Sequence[float] = CHOICES,
        length_power: float = 0.5,
        phrases: int = 0,
        least: int = 2,
        vectors: bool = True,
        characters: bool = True,
        lexicons: Sequence[str] = (),
        folds: int = 5,
        threshold: str = "half",
        marked_from: float = 0.4,
        random_state: int = 0,
    ) -> None:
        self.penalty = penalty
        self.costs = costs
        self.length_power = length_power
        self.phrases = phrases
        self.least = least
        self.vectors = vectors
        self.characters = characters
        self.lexicons = lexicons
        self.folds = folds
        self.threshold = threshold
        self.marked_from = marked_from
        self.random_state = random_state

    def fit(
        self,
        X: Sequence[str],  # noqa: N803 - scikit-learn's name
        y: ArrayLike,
        *,
        marked: Sequence[Sequence[Span]] | None = None,
        share: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> SentenceClassifier:
        """Fit to annotated texts.

        Parameters
        ----------
        X : sequence of str, shape (n,)
        y : array-like, shape (n,)
            Two labels; the second in sorted order is the positive one.
        marked : sequence of sequence of (int, int, float), optional
            For each text the marked places and the share of annotators who marked each.
        share : array-like of float, shape (n,), optional
            The share of annotators who gave the positive label.
        groups : array-like, shape (n,), optional
            Texts of one group, an article's sentences, are never divided.

        Raises
        ------
        InputError
            If there are not two labels, a text is no string, lengths differ, a share is none, no text has a word, or a
            label has fewer groups than there are folds.
        OptionError
            If a parameter has a value that is not allowed.
        """
        self._checked()
        texts = _texts(X)
        label = np.asarray(y)
        for name, given in (("y", label), ("marked", marked), ("share", share), ("groups", groups)):
            if given is not None and len(given) != len(texts):  # type: ignore[arg-type]
                msg = f"{name} has {len(given)} entries and X {len(texts)} texts"  # type: ignore[arg-type]
                raise InputError(msg)
        self.classes_, coded = np.unique(label, return_inverse=True)
        if len(self.classes_) != 2:
            msg = f"y has {len(self.classes_)} labels; this estimator takes two"
            raise InputError(msg)
        positive = coded.astype(np.bool_)
        shares = positive.astype(np.float64) if share is None else np.asarray(share, dtype=np.float64)
        if not ((shares >= 0) & (shares <= 1)).all():
            msg = "share holds what is no share; allowed are numbers from 0 to 1"
            raise InputError(msg)
        grouped = np.arange(len(texts)) if groups is None else np.unique(np.asarray(groups), return_inverse=True)[1]
        for name, kind in zip(self.classes_, (~positive, positive), strict=True):
            if len(np.unique(grouped[kind])) < self.folds:
                msg = f"label {name!s}: in fewer groups than there are folds ({self.folds})"
                raise InputError(msg)
        material = Material(texts, positive, shares, grouped, marked, tuple(self.lexicons))
        if not material.units.batch.is_word.any():
            msg = "X: no text has a word"
            raise InputError(msg)
        self.about_, self.columns_ = self._trained(material)
        return self

    def _trained(self, material: Material) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        return Trainer(material, self._plan()).train()

    def _checked(self) -> None:
        if not isinstance(self.folds, int) or self.folds < 2:
            msg = f"folds is {self.folds!r}; allowed: a whole number from 2"
            raise OptionError(msg)
        if self.threshold not in THRESHOLDS:
            msg = f"threshold is {self.threshold!r}; allowed: {', '.join(THRESHOLDS)}"
            raise OptionError(msg)
        if not len(self.costs) or min(self.costs) <= 0 or self.penalty <= 0:
            msg = f"costs are {self.costs!r}, penalty is {self.penalty!r}; allowed: numbers above 0, at least one cost"
            raise OptionError(msg)

    def _plan(self) -> Plan:
        return Plan(
            penalty=self.penalty, costs=tuple(self.costs), length_power=self.length_power, phrases=self.phrases,
            least=self.least, vectors=self.vectors, characters=self.characters, lexicons=tuple(self.lexicons),
            folds=self.folds,
            threshold=self.threshold, marked_from=self.marked_from, seed=self.random_state,
        )  # fmt: skip

    def model(self) -> SentenceModel:
        """Return what was fitted, as the package runs it."""
        check_is_fitted(self)
        return SentenceModel(self.about_, self.columns_, shipped_finder().weights.classes)

    def score_texts(self, X: Sequence[str], *, split: bool = False) -> tuple[Scored, Units, SentenceModel]:  # noqa: N803
        """Score texts, each as one unit, or each sentence of theirs."""
        model = self.model()
        batch = read([Article(str(number), text) for number, text in enumerate(_texts(X))], Vocabulary())
        units = Units.sentences(batch) if split else Units.articles(batch)
        return model.score(units, self._matches(batch)), units, model

    def _matches(self, batch: Batch) -> Matches:
        return matches_of(self.lexicons, batch)

    def covered(self, batch: Batch) -> NDArray[np.bool_]:
        """Tell which tokens of a batch an entry of a lexicon of loaded terms covers."""
        return covered(self._matches(batch).of("loaded"), len(batch))

    def decision_function(self, X: Sequence[str]) -> Floats:  # noqa: N803
        """Return the log-odds of the positive label, moved so that 0 is the decision; shape (n,)."""
        scored, _, _ = self.score_texts(X)
        return scored.sentences

    def predict_proba(self, X: Sequence[str]) -> Floats:  # noqa: N803
        """Return calibrated probabilities, shape (n, 2)."""
        moved = self.decision_function(X)
        odds = moved + np.log(self.about_["threshold"] / (1 - self.about_["threshold"]))
        positive = 1 / (1 + np.exp(-odds))
        return np.column_stack([1 - positive, positive])

    def predict(self, X: Sequence[str]) -> NDArray[Any]:  # noqa: N803
        """Return a label for each text, shape (n,)."""
        positive = self.decision_function(X) >= 0
        return np.asarray(self.classes_[positive.astype(int)])

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that this takes texts, two labels."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.classifier_tags.multi_class = False
        return tags


def _texts(given: Sequence[str]) -> list[str]:
    if isinstance(given, str):
        msg = "X is one string; a sequence of texts is wanted"
        raise InputError(msg)
    texts = list(given)
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            msg = f"text {number}: a {type(text).__name__}; every text must be a string"
            raise InputError(msg)
    return texts
