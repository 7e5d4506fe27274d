"""Models that are trained and measured: who said what, which sentence is biased, which frame an article has.

What runs over a corpus needs no scikit-learn; what trains and measures is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.classify._measures import MEASURES

if TYPE_CHECKING:
    from framing.classify._attribution import Trained, evaluate_attribution, train_attribution
    from framing.classify._coverage import Coverage, evaluate_lexicons
    from framing.classify._coverage_tables import coverage_csv, coverage_json, coverage_markdown
    from framing.classify._evaluate import Evaluation
    from framing.classify._scoring import FIGURES, Interval, Score
    from framing.classify._store import load_estimator
    from framing.classify._tables import as_json, markdown
    from framing.classify._training import Plan
    from framing.classify.sentences._classifier import SentenceClassifier
    from framing.classify.texts import TextClassifier, TextFeatures

_HOME = {
    "Trained": "_attribution", "evaluate_attribution": "_attribution", "train_attribution": "_attribution",
    "Coverage": "_coverage", "evaluate_lexicons": "_coverage", "coverage_csv": "_coverage_tables",
    "coverage_json": "_coverage_tables", "coverage_markdown": "_coverage_tables", "Evaluation": "_evaluate",
    "FIGURES": "_scoring", "Interval": "_scoring", "Score": "_scoring", "load_estimator": "_store",
    "as_json": "_tables", "markdown": "_tables", "Plan": "_training", "SentenceClassifier": "sentences._classifier",
    "TextClassifier": "texts", "TextFeatures": "texts",
}  # fmt: skip

__all__ = [
    "FIGURES", "MEASURES", "Coverage", "Evaluation", "Interval", "Plan", "Score", "SentenceClassifier",
    "TextClassifier", "TextFeatures", "Trained", "as_json", "coverage_csv", "coverage_json", "coverage_markdown",
    "evaluate_attribution", "evaluate_lexicons", "load_estimator", "markdown", "train_attribution",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
