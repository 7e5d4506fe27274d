"""Sentence embeddings of a model that an installed package carries, and classifiers with them: the extra `embeddings`.

What runs over a corpus needs no scikit-learn; what trains is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.classify.embeddings._encoder import check_installed
from framing.classify.embeddings._model import KIND, EmbeddedModel

if TYPE_CHECKING:
    from framing.classify.embeddings._classifier import EmbeddedSentenceClassifier
    from framing.classify.embeddings._train import embedded_estimator, train_embedded
    from framing.classify.embeddings._transformer import SentenceEmbeddings

_HOME = {
    "EmbeddedSentenceClassifier": "_classifier", "SentenceEmbeddings": "_transformer", "embedded_estimator": "_train",
    "train_embedded": "_train",
}  # fmt: skip

__all__ = [
    "KIND", "EmbeddedModel", "EmbeddedSentenceClassifier", "SentenceEmbeddings", "check_installed",
    "embedded_estimator", "train_embedded",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
