"""The sentence model with embeddings as a scikit-learn estimator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike, NDArray
from sklearn.base import clone
from sklearn.utils.validation import check_is_fitted

from framing.classify.embeddings._encoder import encoder
from framing.classify.embeddings._model import EmbeddedModel
from framing.classify.embeddings._training import EmbeddedTrainer
from framing.classify.embeddings._transformer import SentenceEmbeddings
from framing.classify.sentences._classifier import SentenceClassifier
from framing.classify.sentences._training import Material, Plan, Span
from framing.classify.texts._transformer import checked_texts
from framing.measures.attribution import shipped_finder

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

    @property
    def folds(self) -> int:  # type: ignore[override]
        """Those of the stack."""
        return self._settings.folds

    @property
    def lexicons(self) -> Sequence[str]:  # type: ignore[override]
        """Those of the stack."""
        return self._settings.lexicons

    @property
    def _settings(self) -> SentenceClassifier:
        return SentenceClassifier() if self.stack is None else self.stack

    def _plan(self) -> Plan:
        return self._settings._plan()

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
        self.embeddings_ = SentenceEmbeddings(layer=LAYER) if self.embeddings is None else clone(self.embeddings)
        self.embeddings_.fit(checked_texts(X))
        super().fit(X, y, marked=marked, share=share, groups=groups)
        return self

    def _checked(self) -> None:
        self._settings._checked()

    def _trained(self, material: Material) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        costs = tuple(self.embedding_costs)
        about, columns = EmbeddedTrainer(material, self._plan(), self.embeddings_.transform, costs).train()
        return {**about, "embedding": self._embedding()}, columns

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
