"""How well a classifier does: figures with intervals, beside what people and baselines reach."""

from framing.classify._scoring import Interval
from framing.classify.evaluation._card import card_scores
from framing.classify.evaluation._evaluate import evaluate
from framing.classify.evaluation._json import as_json
from framing.classify.evaluation._markdown import markdown
from framing.classify.evaluation._model import (
    Baseline,
    Bin,
    Ceiling,
    CertainError,
    ClassScores,
    Confusion,
    CurvePoint,
    Evaluation,
    Feature,
    Part,
    Result,
    Scores,
    WordResult,
)
from framing.classify.evaluation._predictions import Predictions, WordPredictions

__all__ = [
    "Baseline", "Bin", "Ceiling", "CertainError", "ClassScores", "Confusion", "CurvePoint", "Evaluation", "Feature",
    "Interval", "Part", "Predictions", "Result", "Scores", "WordPredictions", "WordResult", "as_json", "card_scores",
    "evaluate", "markdown",
]  # fmt: skip
