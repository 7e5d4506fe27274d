"""Models that are trained and measured: who said what, and later which sentence is biased."""

from framing.classify._attribution import Trained, evaluate_attribution, train_attribution
from framing.classify._evaluate import Evaluation
from framing.classify._scoring import FIGURES, Interval, Score
from framing.classify._tables import as_json, markdown
from framing.classify._training import Plan

__all__ = [
    "FIGURES", "Evaluation", "Interval", "Plan", "Score", "Trained", "as_json", "evaluate_attribution", "markdown",
    "train_attribution",
]  # fmt: skip
