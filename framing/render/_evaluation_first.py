"""The first page of the report of an evaluation: what is reached, beside what people reach, and how sure it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from framing.figures._measured import score
from framing.render._evaluation_story import EvaluationStory
from framing.render._story import clean

if TYPE_CHECKING:
    from framing.classify.evaluation import Result, WordResult

Runs = list[dict[str, Any]]
_FEW = 200
"""Below so many records the first page says that they are few."""


def first_page(story: EvaluationStory) -> dict[str, Any]:
    """Return facts, main sentences, how sure it is, and the figure of what is reached."""
    results, words = story.evaluation.results, story.evaluation.words
    main = _model(story, results[0]) if results else []
    for one in words:
        main += _words(story, one)
    figure = story.figure("reached", story.say("caption.reached")) if results else None
    return {
        "facts": _facts(story, results[0]) if results else _word_facts(story, words[0]),
        "heading": story.say("first.heading"),
        "main": main,
        "also": [],
        "also_heading": "",
        "not_found": [],
        "sure": _sure(story),
        "sure_heading": story.say("first.sure_heading"),
        "figure": figure,
    }


def _fact(number: str, word: str) -> dict[str, str]:
    return {"number": number, "word": word}


def _facts(story: EvaluationStory, first: Result) -> list[dict[str, str]]:
    word = story.wording
    facts = [_fact(score(word, first.scores.macro_f1.value), story.say("fact.model", how=clean(first.how, 60)))]
    if (human := story.evaluation.ceiling) is not None:
        facts.append(_fact(score(word, human.macro_f1.value), story.say("fact.human")))
    for name, auc in (("within", first.scores.auc_within), ("auc", first.scores.auc)):
        if math.isfinite(auc.value):
            facts.append(_fact(score(word, auc.value), story.say(f"fact.{name}")))
            break
    return [*facts, _fact(story.number(first.n), story.wording.template("evaluation.fact.records", first.n))]


def _word_facts(story: EvaluationStory, first: WordResult) -> list[dict[str, str]]:
    word = story.wording
    facts = [_fact(score(word, first.f1.value), story.say("fact.words_f1"))]
    if first.annotator_f1 is not None:
        facts.append(_fact(score(word, first.annotator_f1.value), story.say("fact.annotator_f1")))
    if math.isfinite(first.auc.value):
        facts.append(_fact(score(word, first.auc.value), story.say("fact.auc")))
    return [*facts, _fact(story.number(first.words), word.template("evaluation.fact.words", first.words))]


def _model(story: EvaluationStory, first: Result) -> list[Runs]:
    groups = story.say("first.groups", first.groups)
    scores = first.scores
    said = {"score": story.scored(scores.macro_f1), "how": clean(first.how, 120), "groups": groups}
    main = [story.runs("first.model", first.n, **said)]
    if first.absent:
        main.append(story.runs("first.absent", len(first.absent), names=clean(", ".join(first.absent), 200)))
    if (human := story.evaluation.ceiling) is not None:
        reached = {"human": story.scored(human.macro_f1), "model": story.scored(human.model_macro_f1)}
        main.append(story.runs("first.human", **reached))
    else:
        main.append(story.runs("first.no_human"))
    main += _baselines(story, first)
    if math.isfinite(scores.auc_within.value):
        main.append(story.runs("first.auc", score=story.scored(scores.auc), within=story.scored(scores.auc_within)))
    elif math.isfinite(scores.auc.value):
        main.append(story.runs("first.auc_plain", score=story.scored(scores.auc)))
    if math.isfinite(scores.calibration_error.value):
        main.append(story.runs("first.calibration", score=story.scored(scores.calibration_error)))
    for one in story.evaluation.results[1:]:
        told = {"score": story.scored(one.scores.macro_f1), "auc": story.scored(one.scores.auc)}
        how = clean(one.how, 120)
        main.append(story.runs("first.further", how=how[:1].upper() + how[1:], **told))
    return main


def _baselines(story: EvaluationStory, first: Result) -> list[Runs]:
    rows = []
    for base in first.baselines:
        below = base.macro_f1.value < first.scores.macro_f1.value
        key = "majority" if base.name == "majority" else "outlet_below" if below else "outlet_above"
        rows.append(story.runs(f"first.{key}", score=story.scored(base.macro_f1)))
    return rows[::-1]


def _words(story: EvaluationStory, one: WordResult) -> list[Runs]:
    told: dict[str, object] = {"how": clean(one.how, 120), "records": story.number(one.n)}
    main = [story.runs("first.words", one.words, score=story.scored(one.f1), **told)]
    if one.annotator_f1 is None:
        return [*main, story.runs("first.words_no_annotator")]
    return [*main, story.runs("first.words_annotator", one.pairs, score=story.scored(one.annotator_f1))]


def _sure(story: EvaluationStory) -> list[Runs]:
    found = story.evaluation
    sure = [story.runs("first.sure_intervals", resamples=story.number(found.resamples))]
    n = (found.results or found.words)[0].n
    if n < _FEW:
        sure.insert(0, story.runs("first.sure_few", n))
    if (human := found.ceiling) is not None and math.isfinite(human.alpha.value):
        sure.append(story.runs("first.sure_alpha", alpha=story.scored(human.alpha)))
    return sure
