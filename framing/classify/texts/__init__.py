"""Classifiers of texts: frames of articles, and any task of the user's own.

`TextModel`, which runs over a corpus, needs no scikit-learn; what trains is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.classify.texts._model import TextModel
from framing.classify.texts._topic import Topic
from framing.classify.texts._units import Units

if TYPE_CHECKING:
    from framing.classify.texts._classifier import TextClassifier
    from framing.classify.texts._compile import compiled
    from framing.classify.texts._explain import Explanation
    from framing.classify.texts._records import Records, read_records
    from framing.classify.texts._tasks import TASKS, TextTask, train_task
    from framing.classify.texts._train import TrainedTexts, evaluate_texts, train_texts
    from framing.classify.texts._transformer import TextFeatures

__all__ = [
    "TASKS", "Explanation", "Records", "TextClassifier", "TextFeatures", "TextModel", "TextTask", "Topic",
    "TrainedTexts", "Units", "compiled", "evaluate_texts", "read_records", "train_task", "train_texts",
]  # fmt: skip

_HOME = {
    "TextClassifier": "_classifier", "compiled": "_compile", "Explanation": "_explain", "Records": "_records",
    "read_records": "_records", "TASKS": "_tasks", "TextTask": "_tasks", "train_task": "_tasks",
    "TrainedTexts": "_train", "evaluate_texts": "_train", "train_texts": "_train", "TextFeatures": "_transformer",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
