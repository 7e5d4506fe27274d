"""Sentence embeddings as a scikit-learn transformer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from framing.classify.embeddings._bert import Floats32
from framing.classify.embeddings._encoder import encoder
from framing.classify.texts._transformer import checked_texts, tagged
from framing.errors import OptionError


class SentenceEmbeddings(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn texts into vectors with all-MiniLM-L6-v2, as the extra `embeddings` installs it.

    A text is cut off after 256 word pieces. Nothing is fetched, and no torch is loaded. The same texts give the same
    vectors whatever the number of threads.

    Parameters
    ----------
    layer : int, optional
        Whose vectors are averaged, from 1; the last by default, as the model is meant. Those in the middle know more
        of how something is said, and cost less.
    threads : int
        How many batches of texts are worked on at once.

    Attributes
    ----------
    n_features_out_ : int
    """

    def __init__(self, *, layer: int | None = None, threads: int = 1) -> None:
        self.layer = layer
        self.threads = threads

    def fit(self, X: Iterable[str], y: Any = None) -> SentenceEmbeddings:  # noqa: N803 - scikit-learn's name
        """Look whether the model is there; nothing is learnt.

        Parameters
        ----------
        X : iterable of str
        y : ignored

        Raises
        ------
        InputError
            If X holds anything but strings.
        OptionError
            If a parameter has a value that is not allowed.
        MissingExtraError
            If the extra is not installed.
        """
        checked_texts(X)
        self.check()
        self.n_features_out_ = encoder().bert.size
        return self

    def transform(self, X: Iterable[str]) -> Floats32:  # noqa: N803
        """Return a vector of length 1 for each text, shape (n, 384), float32."""
        check_is_fitted(self, "n_features_out_")
        return encoder().embed(checked_texts(X), layer=self.layer, threads=self.threads)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return ``embedding=0``, ``embedding=1``, ..."""
        check_is_fitted(self, "n_features_out_")
        return np.array([f"embedding={number}" for number in range(self.n_features_out_)], dtype=object)

    def check(self) -> None:
        """Look at the parameters.

        Raises
        ------
        OptionError
            If one has a value that is not allowed.
        MissingExtraError
            If the extra is not installed.
        """
        for name, given in (("layer", self.layer), ("threads", self.threads)):
            if given is None and name == "layer":
                continue
            if isinstance(given, bool) or not isinstance(given, int) or given < 1:
                msg = f"{name} is {given!r}; allowed: a whole number from 1{', or None' * (name == 'layer')}"
                raise OptionError(msg)
        layers = encoder().bert.layers
        if self.layer is not None and self.layer > layers:
            msg = f"layer is {self.layer}; allowed: 1 to {layers}, or None"
            raise OptionError(msg)

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that this takes texts."""
        return tagged(super().__sklearn_tags__())
