"""Features of texts for any scikit-learn model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from framing.classify.texts._features import BLOCKS, Features
from framing.classify.texts._units import Units, read_units
from framing.errors import InputError, OptionError

Lengths = tuple[int, int]


def checked_texts(texts: Iterable[str]) -> list[str]:
    """Return texts as a list.

    Raises
    ------
    InputError
        If they are one string, or hold anything but strings, or there are none.
    """
    if isinstance(texts, (str, bytes)):
        msg = f"texts are one {type(texts).__name__}; allowed: a list of strings"
        raise InputError(msg)
    found = list(texts)
    if not found:
        msg = "there are no texts; allowed: at least one"
        raise InputError(msg)
    for number, text in enumerate(found):
        if not isinstance(text, str):
            msg = f"text {number} (from 0) is of type {type(text).__name__}; allowed: a string"
            raise InputError(msg)
    return found


class TextFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn texts into n-grams of words and characters, mean word vectors, and measures of style.

    Parameters
    ----------
    words : (int, int) or None
        The shortest and the longest n-gram of words; n-grams end with the sentence.
    characters : (int, int) or None
        The shortest and the longest n-gram of characters, within words.
    vectors : bool
        Mean of the word vectors that ship, each as heavy as the word is rare.
    measures : bool
        Log length, share of quoted words, question and exclamation marks, signs of money, I and we, he and she,
        numbers; standardised.
    lexicons : sequence of str
        Layers (``loaded``, ``hedge``, ``booster``) of whose lexicons the rate of each category joins the measures. Such
        features change with the lexicons: a model with them belongs to one version of the package.
    least : int
        An n-gram that stands in fewer texts is left out.
    weights : mapping of str to float, optional
        How much a block counts: ``words``, ``characters``, ``vectors`` (1 by default), ``measures`` (0.1). Each row of
        the first three has length 1.

    Attributes
    ----------
    columns_ : dict of str to ndarray
        What was learnt, as arrays.
    n_features_out_ : int
    """

    def __init__(
        self,
        *,
        words: Lengths | None = (1, 2),
        characters: Lengths | None = None,
        vectors: bool = True,
        measures: bool = True,
        lexicons: Sequence[str] = (),
        least: int = 2,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self.words = words
        self.characters = characters
        self.vectors = vectors
        self.measures = measures
        self.lexicons = lexicons
        self.least = least
        self.weights = weights

    def fit(self, X: Iterable[str], y: Any = None) -> TextFeatures:  # noqa: N803 - scikit-learn's name
        """Learn which n-grams there are and how rare.

        Parameters
        ----------
        X : iterable of str, n texts
        y : ignored

        Raises
        ------
        InputError
            If X holds anything but strings.
        OptionError
            If a parameter has a value that is not allowed.
        """
        self._checked()
        return self.fit_units(read_units(checked_texts(X)))

    def fit_units(self, parts: Sequence[Units]) -> TextFeatures:
        """Do the same with texts that were read already."""
        features = Features.learn(
            parts, words=self.words, characters=self.characters, vectors=self.vectors, measures=self.measures,
            layers=tuple(self.lexicons), least=self.least, weights=self.weights or {},
        )  # fmt: skip
        self.columns_ = features.columns()
        self.n_features_out_ = features.size
        return self

    def fit_transform(self, X: Iterable[str], y: Any = None) -> sparse.csr_matrix:  # noqa: N803
        """Learn from texts and return their features, shape (n, features); the texts are read once."""
        self._checked()
        parts = read_units(checked_texts(X))
        return matrix_of(self.fit_units(parts).features(), parts)

    def transform(self, X: Iterable[str]) -> sparse.csr_matrix:  # noqa: N803
        """Return the features of texts, shape (n, features)."""
        return matrix_of(self.features(), read_units(checked_texts(X)))

    def features(self) -> Features:
        """Return what was learnt, as the run time has it."""
        check_is_fitted(self, "columns_")
        return Features.of_columns(self.columns_)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return names like ``word=climate change``, ``characters=_den``, ``vector=17``, ``measure=quoted``."""
        return np.array(self.features().names, dtype=object)

    def _checked(self) -> None:
        for name in ("words", "characters"):
            given = getattr(self, name)
            if given is not None and not _is_range(given):
                msg = f"{name} is {given!r}; allowed: two whole numbers from 1, the second no smaller, or None"
                raise OptionError(msg)
        if not isinstance(self.least, int) or self.least < 1:
            msg = f"least is {self.least!r}; allowed: a whole number from 1"
            raise OptionError(msg)
        unknown = sorted(set(self.weights or {}) - set(BLOCKS))
        if unknown:
            msg = f"weights has {unknown[0]!r}; allowed: {', '.join(BLOCKS)}"
            raise OptionError(msg)
        if not (self.words or self.characters or self.vectors or self.measures):
            msg = "no features: words, characters, vectors and measures are all off; allowed: at least one"
            raise OptionError(msg)

    def __sklearn_tags__(self) -> Any:
        return tagged(super().__sklearn_tags__())


def tagged(tags: Any) -> Any:
    """Say to scikit-learn that input is a list of strings, of which no table is made."""
    tags.input_tags.one_d_array = True
    tags.input_tags.two_d_array = False
    tags.input_tags.string = True
    tags.no_validation = True
    return tags


def matrix_of(features: Features, parts: Sequence[Units]) -> sparse.csr_matrix:
    """Return the features of all units, shape (units, features)."""
    return sparse.csr_matrix(sparse.vstack([features.matrix(units) for units in parts], format="csr"))


def _is_range(given: object) -> bool:
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        return False
    low, high = given
    return isinstance(low, int) and isinstance(high, int) and 1 <= low <= high
