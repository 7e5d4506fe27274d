"""The sentence model with embeddings as a scikit-learn estimator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import clone
from sklearn.utils.validation import check_is_fitted

from framing.classify.embeddings._encoder import encoder
from framing.classify.embeddings._model import EmbeddedModel
from framing.classify.embeddings._training import EmbeddedTrainer
from framing.classify.embeddings._transformer import SentenceEmbeddings
from framing.classify.sentences._classifier import SentenceClassifier
from framing.classify.sentences._training import Material, Span
from framing.classify.texts._transformer import checked_texts
from framing.errors import InputError
from framing.lexicon import Matches
from framing.measures.attribution import shipped_finder
from framing.text import Batch

LAYER = 4  # of six; by cross-validation on annotated sentences
COSTS = (0.1, 0.2, 0.5, 1.0)


class EmbeddedSentenceClassifier(SentenceClassifier):
    """Tells sentences of two kinds apart by their words, as `SentenceClassifier` does, and by their embedding.

    Both are joined by logistic regression: the log-odds that the words give to sentences that were held out, and the
    embedding. The latter belongs to no word, so it stands in what `contributions` leaves over.

    Parameters
    ----------
    stack : SentenceClassifier, optional
        Scores words, and sentences by their words; not fitted. ``SentenceClassifier()`` by default.
    embeddings : transformer, optional
        Takes texts, returns an array of shape (n, d); ``SentenceEmbeddings(layer=4)`` by default.
    embedding_costs : sequence of float
        Values of C for both together, one of which is chosen by held-out loss.

    Attributes
    ----------
    classes_, about_, columns_
        See `SentenceClassifier`; ``columns_["embedding"]`` has the weights of the embedding, shape (d,).
    stack_ : SentenceClassifier
        With the settings that were used; what it learnt is in `columns_`.
    embeddings_ : transformer
    """

    def __init__(
        self,
        stack: SentenceClassifier | None = None,
        embeddings: Any = None,
        *,
        embedding_costs: Sequence[float] = COSTS,
    ) -> None:
        # the settings of the words are those of the stack
        self.stack = stack
        self.embeddings = embeddings
        self.embedding_costs = embedding_costs

    def fit(
        self,
        X: Sequence[str],  # noqa: N803 - scikit-learn's name
        y: ArrayLike,
        *,
        marked: Sequence[Sequence[Span]] | None = None,
        share: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> EmbeddedSentenceClassifier:
        """Fit to annotated texts; see `SentenceClassifier.fit`.

        Raises
        ------
        InputError
            If there are not two labels, a text is no string, or a label has fewer groups than there are folds.
        MissingExtraError
            If the extra `embeddings` is not installed.
        """
        texts, label = checked_texts(X), np.asarray(y)
        self.stack_ = SentenceClassifier() if self.stack is None else clone(self.stack)
        self.embeddings_ = SentenceEmbeddings(layer=LAYER) if self.embeddings is None else clone(self.embeddings)
        self.embeddings_.fit(texts)
        if len(texts) != len(label):
            msg = f"X has {len(texts)} texts and y {len(label)} labels"
            raise InputError(msg)
        self.classes_, coded = np.unique(label, return_inverse=True)
        grouped = np.arange(len(texts)) if groups is None else np.unique(np.asarray(groups), return_inverse=True)[1]
        self._check(coded, grouped)
        material = Material(
            texts, coded.astype(np.bool_), coded.astype(float) if share is None else np.asarray(share, dtype=float),
            grouped, marked, tuple(self.stack_.lexicons),
        )  # fmt: skip
        trainer = EmbeddedTrainer(
            material, self.stack_._plan(), self.embeddings_.transform, tuple(self.embedding_costs)
        )
        about, self.columns_ = trainer.train()
        self.about_ = {**about, "embedding": self._embedding()}
        return self

    def _check(self, coded: NDArray[np.int64], grouped: NDArray[np.int64]) -> None:
        if len(self.classes_) != 2:
            msg = f"y has {len(self.classes_)} labels; this estimator takes two"
            raise InputError(msg)
        for name, kind in zip(self.classes_, (coded == 0, coded == 1), strict=True):
            if len(np.unique(grouped[kind])) < self.stack_.folds:
                msg = f"label {name!s}: in fewer groups than there are folds ({self.stack_.folds})"
                raise InputError(msg)

    def _matches(self, batch: Batch) -> Matches:
        return self.stack_._matches(batch)

    def _embedding(self) -> dict[str, Any] | None:
        """Return what the run time needs to make the same embeddings; None if they are not those of the extra."""
        if not isinstance(self.embeddings_, SentenceEmbeddings):
            return None
        known = encoder()
        return {**known.about, "layer": self.embeddings_.layer or known.bert.layers}

    def model(self) -> EmbeddedModel:
        """Return what was fitted, as the package runs it."""
        check_is_fitted(self)
        return EmbeddedModel(
            self.about_, self.columns_, shipped_finder().weights.classes, embed=self.embeddings_.transform
        )
