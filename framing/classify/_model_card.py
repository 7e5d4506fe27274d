"""The card of a classifier: what it is, what it was made of, what it scores, and what it is not for."""

from __future__ import annotations

import platform
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
import skops

import framing
from framing.classify._provenance import provenance
from framing.classify._store import digest
from framing.classify.evaluation import Evaluation, Result, card_scores

_WIDTH = 120
_HOW = {
    "sentences": (
        "Words are scored in their surroundings by logistic regression: the word, its n-grams of characters, cluster, "
        "part of speech, vector and lexicon marks, and those of two words to either side; fitted to words that "
        "annotators marked, or, where nobody marked any, so that a sentence is positive if any of its words is (noisy "
        "or). Sentences are scored by logistic regression on sums over their words and on what these scored in "
        "cross-fitting; annotators' shares are learnt as soft labels. Probabilities are calibrated on held-out scores "
        "(Platt 1999). What each word adds to a score is exact."
    ),
    "texts": (
        "Logistic regression on n-grams of words and of characters, word vectors and measures of style, each block of "
        "length one. Regularisation, class weights and thresholds are chosen by cross-validation; probabilities are "
        "calibrated on held-out scores (Platt 1999)."
    ),
}
_VECTORS = (
    "Word vectors and clusters come from 3,000 articles of twelve outlets, 2012 to 2020, from "
    "github.com/ramybaly/Article-Bias-Prediction (Baly and others 2020), Apache 2.0 as its repository states; parts of "
    "speech from Universal Dependencies English EWT (Silveira and others 2014), CC BY-SA 4.0."
)


def scores_about(evaluation: Evaluation) -> dict[str, Any]:
    """Return what a model file says of its scores: the headline first, and what one annotator reaches."""
    found: dict[str, Any] = {"measured": [_result(one) for one in evaluation.results]}
    if evaluation.ceiling is not None:
        found["ceiling"] = _three(evaluation.ceiling.macro_f1)
        found["alpha"] = _three(evaluation.ceiling.alpha)
    if evaluation.words:
        found["words"] = [
            {"how": one.how, "n": one.n, "f1": _three(one.f1), "precision": _three(one.precision),
             "recall": _three(one.recall), "annotator": _three(one.annotator_f1) if one.annotator_f1 else None}
            for one in evaluation.words
        ]  # fmt: skip
    return found


def _result(one: Result) -> dict[str, Any]:
    return {
        "how": one.how, "n": one.n, "macro_f1": _three(one.scores.macro_f1), "auc": _three(one.scores.auc),
        "auc_within": _three(one.scores.auc_within), "calibration_error": _three(one.scores.calibration_error),
        "accuracy": _three(one.scores.accuracy),
    }  # fmt: skip


def _three(found: Any) -> list[float | None]:
    values = (found.value, found.low, found.high)
    return [None if np.isnan(value) else round(float(value), 4) for value in values]


def card(about: Mapping[str, Any], evaluation: Evaluation | None, model: Path) -> str:
    """Return the card of a model that was written already, as Markdown."""
    data = about["data"]
    known = provenance(data["sha256"])
    counts = f"{data['records']:,} records in {data['groups']:,} groups (by {data['grouped by']})"
    parts = [
        f"# {model.stem}",
        f"Task `{about['task']}`: {', '.join(about['labels'])}. Written by `framing train {about['task']}`; the "
        "figures are those of the file beside it.",
        f"File: `{model.name}`, {model.stat().st_size:,} bytes, SHA-256 `{digest(model)}`. A skops file: weights, no "
        "pickle, no text.",
        "## Data and licence",
        f"{known.data} **Licence: {known.licence}.**",
        f"Trained on {counts}; file `{data['name']}`, SHA-256 `{data['sha256']}`.",
        _VECTORS,
        "## How it was trained",
        _HOW["texts" if about["kind"] == "texts" else "sentences"],
        *_embedding(about),
        _settings(about),
        "## Scores",
        card_scores(evaluation) if evaluation is not None else "Not measured.",
        "## Intended use", known.intended,
        "## Limits", "\n".join(f"- {one}" for one in known.limits),
        "## Versions",
        f"framing {framing.__version__}, Python {platform.python_version()}, NumPy {np.__version__}, scikit-learn "
        f"{sklearn.__version__}, skops {skops.__version__}.",
    ]  # fmt: skip
    return "\n\n".join(map(_wrapped, parts)) + "\n"


def _embedding(about: Mapping[str, Any]) -> list[str]:
    """Say what embeddings the model adds, if any."""
    known = about.get("embedding")
    if not known:
        return []
    return [
        f"Joined in one logistic regression with sentence embeddings of {known['package']} {known['version']} "
        f"(licence: {known['licence']}), layer {known['layer']}. They are not in the file: the extra "
        "`embeddings` has them."
    ]


def _settings(about: Mapping[str, Any]) -> str:
    threshold = about.get("threshold", about.get("thresholds"))
    lines = [f"Decided from a probability of {threshold:.3f} on."] if isinstance(threshold, float) else []
    lines.append("In tables .5 is the decision: the calibrated probability, moved in log-odds by the threshold's.")
    return " ".join(lines)


def _wrapped(part: str) -> str:
    """Break the lines of running text; headings, lists and tables stay as they are."""
    if part.startswith(("#", "- ")) or "\n" in part:
        return part
    return textwrap.fill(part, _WIDTH, break_long_words=False, break_on_hyphens=False)
