"""The card of an attribution model: what it is, what it was made of, what it scores, and what it is not for."""

from __future__ import annotations

import hashlib
import json
import platform
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import sklearn

import framing
from framing.classify import _tables
from framing.classify._errors import Error
from framing.classify._evaluate import Evaluation
from framing.classify._gold import Record
from framing.classify._scoring import FIGURES
from framing.classify._training import Plan
from framing.measures.attribution.finder import Weights

# PolNeAR's train part, known by its texts and annotations
_POLNEAR = "434d10b51f84a474f14a579534ecc984f996aaad86c68c27f8e678acdc5fb74b"
_CORPUS = (
    "PolNeAR 1.0.0, the part for training: seven US publishers on the presidential campaign, 8 November 2015 to "
    "7 September 2016 (Newell, Margolin and Ruths 2018; github.com/networkdynamics/PolNeAR). **Licence: none stated "
    "for the corpus**; the setup script of its Python module says MIT. The texts belong to their publishers; the model "
    "holds weights of words and of what stands around them, and no text."
)
_GIVEN = "Annotated articles that whoever trained the model had; nothing is known here of their licence."
_CLASSES = (
    "Parts of speech of words: the commonest tag of each in the training part of Universal Dependencies English EWT "
    "(Silveira and others 2014), **CC BY-SA 4.0**. Clusters of words: what stands around them in 3,000 articles of "
    "twelve outlets, 2012 to 2020, from github.com/ramybaly/Article-Bias-Prediction (Baly and others 2020), **Apache "
    "2.0** as its repository states; the texts belong to their publishers."
)
_OWN_CLASSES = "Parts of speech and clusters of words: a table that whoever trained the model had."
_INTENDED = """\
Finding who is said to say, think or want what in English news, so that words can be counted by voice, source and side
over many articles. Each attribution carries a confidence, the probability that an annotator would mark the same one.
"""
_LIMITS_OF_CORPUS = """\
- It learnt from US political news of 2015 and 2016, all on one campaign. Other countries, topics, years and genres were
  not measured here; opinion pieces, broadcast transcripts and live blogs differ most.
- Attributions inside the content of others are not marked in the data, so they are not found as such.
"""
_LIMITS = """\
- Contents outside quotation marks, attributions without a source, and cues that are no verbs of saying are missed far
  more often than quotations; see the tables. Rates of indirect speech are too low, and not everywhere by one share.
- It says that a text attributes words to a source. It is no evidence that the source exists, said so, or was quoted
  rightly, and none that a text is fair.
- Two trained annotators do not agree on all of it; no figure can mean more than theirs.
- Not for judging single persons, articles or outlets without reading what was found.
"""
_REFERENCES = """\
Lafferty, McCallum and Pereira 2001, Conditional random fields: probabilistic models for segmenting and labeling
sequence data. Cohen and Carvalho 2005, Stacked sequential learning. Duchi, Hazan and Singer 2011, Adaptive subgradient
methods for online learning and stochastic optimization.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A trained finder and all that its card says of it.

    Attributes
    ----------
    records : sequence of Record
        What it was trained on.
    given_classes : bool
        The word classes are not those that ship with framing.
    plan : Plan
    seed : int
    weights : Weights
    cross : Evaluation
        By cross-validation.
    dev : Evaluation or None
    errors : sequence of Error
        Of the cross-validated predictions, most frequent first.
    """

    records: Sequence[Record]
    given_classes: bool
    plan: Plan
    seed: int
    weights: Weights
    cross: Evaluation
    dev: Evaluation | None
    errors: Sequence[Error]


def digest(records: Sequence[Record]) -> str:
    """Return the SHA-256 of texts and annotations, whatever order the articles are in."""
    lines = sorted(json.dumps([one.id, one.text, one.attributions], ensure_ascii=False) for one in records)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def about(made: Made) -> dict[str, Any]:
    """Return what the model file says of itself."""
    found = {
        "what": "attribution finder",
        "framing": framing.__version__,
        "data": _data(made),
        "classes": _OWN_CLASSES if made.given_classes else _CLASSES,
        "articles": len(made.records),
        "train sha256": digest(made.records),
        "plan": asdict(made.plan),
        "seed": made.seed,
        "cross-validated F1": _f1(made.cross),
    }
    return found if made.dev is None else {**found, "dev F1": _f1(made.dev)}


def _f1(found: Evaluation) -> dict[str, float]:
    return {figure: round(found.scores[figure].f1.value, 4) for figure in FIGURES}


def _data(made: Made) -> str:
    return _CORPUS if _is_corpus(made) else _GIVEN


def _is_corpus(made: Made) -> bool:
    return digest(made.records) == _POLNEAR


def card(made: Made, model: Path) -> str:
    """Return the card of a model that was written already, as Markdown."""
    weights, plan = made.weights, made.plan
    features = sum(len(rows.codes) for rows in weights.rows.values())
    said = sum(len(record.attributions) for record in made.records)
    words = f"{len(weights.words):,} words and {len(weights.endings):,} endings"
    parts = [
        f"# {model.stem}: who says what\n",
        "Labels each word of English news as part of a source, a cue, a content or none; parts are then linked to the "
        "nearest cue. Written by `framing train attribution`; the figures are those of the file beside it.\n",
        f"File: `{model.name}`, {model.stat().st_size:,} bytes, SHA-256 "
        f"`{hashlib.sha256(model.read_bytes()).hexdigest()}`. NumPy arrays without pickle.\n",
        "## Data and licences\n",
        f"{_data(made)}\n",
        f"{len(made.records):,} articles, {said:,} attributions (SHA-256 of texts and annotations "
        f"`{digest(made.records)}`).\n",
        f"{_OWN_CLASSES if made.given_classes else _CLASSES}\n",
        "## How it was trained\n",
        f"Two linear-chain conditional random fields over paragraphs; {features:,} features with a weight for each of "
        f"seven labels, of {words}, parts of speech, clusters, shapes, quotation marks and cues of the lexicons, in "
        f"windows and at a distance. The second also sees what the first said, learnt from labels that first passes of "
        f"{plan.folds} folds gave to articles it had not seen. AdaGrad, {plan.epochs} epochs, rate {plan.rate}, "
        f"penalty {plan.penalty}, features seen at least {plan.least} times, averaged over {plan.seeds} orders of the "
        f"articles; {plan.readiness[0]} and {plan.readiness[1]} added to the begin of a cue; seed {made.seed}. The "
        "confidence is a logistic regression on the cross-validated predictions.\n",
        _REFERENCES,
        "## Scores\n",
        "A span is exact if it has the annotator's first and last character; characters are those that are not white "
        "space; an attribution is linked if its content, and its source and cue where the annotator has them, each "
        "overlap with an F1 of at least one half.\n",
        f"### {made.cross.part}\n",
        f"Each article is labelled by a second pass trained on the other {plan.folds - 1} of {plan.folds} folds. (What "
        "the first pass said of those comes from models that had seen this article among others.)\n",
        _tables.markdown(made.cross),
    ]
    if made.dev is not None:
        parts += [f"### {made.dev.part}\n", _tables.markdown(made.dev)]
    parts += [
        "## What goes wrong\n",
        f"The {len(made.errors)} most frequent differences from the annotation in the cross-validated predictions, "
        "counted by machine. An attribution may differ in several ways; “still linked” are those found all the same.\n",
        _tables.errors(made.errors, said),
        "## Intended use\n", _INTENDED, "## Limits\n", _LIMITS, "## Versions\n", _versions(),
    ]  # fmt: skip
    return "\n".join(map(_wrapped, parts))


def _wrapped(part: str) -> str:
    """Break the lines of running text; headings, lists and tables stay as they are."""
    if part.startswith(("#", "-", "|")) or "\n|" in part:
        return part
    return textwrap.fill(part, 120, break_long_words=False, break_on_hyphens=False) + "\n"


def _versions() -> str:
    return (
        f"framing {framing.__version__}, Python {platform.python_version()}, NumPy {np.__version__}, SciPy "
        f"{scipy.__version__}, scikit-learn {sklearn.__version__}.\n"
    )
