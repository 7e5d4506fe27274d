"""The sections of the report of an evaluation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from framing.figures._by_part import MOST
from framing.figures._measured import score
from framing.figures._telling_features import sides_of
from framing.render._evaluation_story import EvaluationStory
from framing.render._story import Block, clean

if TYPE_CHECKING:
    from framing.classify.evaluation import CertainError, Part, Result

Section = dict[str, Any]
_FIGURES = ("macro_f1", "accuracy", "auc", "auc_within", "calibration_error", "brier")
_MOST_FEATURES = 8


def sections(story: EvaluationStory) -> list[Section]:
    """Return every section that has something to say."""
    found = story.evaluation
    made: list[tuple[str, list[Block]]] = []
    if found.results:
        first = found.results[0]
        made += [
            ("scores", _scores(story)),
            ("calibration", _calibration(story, first)),
            ("confusion", _confusion(story, first)),
        ]
    made += [
        ("words", [_words(story)] if found.words else []),
        ("curve", _curve(story)),
        ("features", _features(story)),
    ]
    if found.results:
        made += [(part, _parts(story, found.results[0], part)) for part in ("outlets", "topics")]
        made.append(("errors", _errors(story, found.results[0])))
    made.append(("method", [_method(story)]))
    return [{"id": name, "title": story.say(f"section.{name}"), "blocks": blocks} for name, blocks in made if blocks]


def _scores(story: EvaluationStory) -> list[Block]:
    rows = [
        [one.how, story.number(one.n), *(story.stacked(getattr(one.scores, name)) for name in _FIGURES)]
        for one in story.evaluation.results
    ]
    for one in story.evaluation.results:
        # the same records tested in another way have the same baselines
        rows += [row for row in _beside(story, one) if row not in rows]
    told = [name for at, name in enumerate(_FIGURES) if any(row[at + 2] not in ("–", "") for row in rows)]
    kept = [0, 1, *(_FIGURES.index(name) + 2 for name in told)]
    heads = [(story.say("column.how"), "text"), (story.say("column.n"), "right")]
    columns = [*heads, *((story.say(name), "right") for name in told)]
    blocks = [story.table("scores", columns, [[row[at] for at in kept] for row in rows])]
    for one in story.evaluation.results:
        blocks += _classes(story, one)
    return blocks


def _beside(story: EvaluationStory, one: Result) -> list[list[str]]:
    rows = []
    if (human := one.ceiling) is not None:
        figures = [story.stacked(human.macro_f1), story.stacked(human.accuracy), *[""] * 4]
        rows.append([story.say("one_annotator"), story.number(human.records), *figures])
    for base in one.baselines:
        figures = [story.stacked(figure) for figure in (base.macro_f1, base.accuracy, base.auc)]
        rows.append([story.say(f"baseline_{base.name}"), story.number(one.n), *figures, "", "", ""])
    return rows


def _classes(story: EvaluationStory, one: Result) -> list[Block]:
    how = clean(one.how, 120)
    names = ("precision", "recall", "f1")
    rows = [
        [
            c.name,
            *(story.scored(getattr(c, name)) for name in names),
            *map(story.number, (c.right, c.predicted, c.gold)),
        ]
        for c in one.classes
    ]
    counts = [(story.say(f"column.{name}"), "right") for name in ("right", "predicted", "annotated")]
    columns = [(story.say("column.class"), "text"), *((story.say(name), "right") for name in names), *counts]
    blocks = [story.table("classes", columns, rows, how=how)]
    if story.evaluation.binary:
        return blocks
    told = [name for name in _FIGURES[2:] if any(math.isfinite(getattr(c, name).value) for c in one.classes)]
    if told:
        rows = [[c.name, *(story.scored(getattr(c, name)) for name in told)] for c in one.classes]
        columns = [(story.say("column.label"), "text"), *((story.say(name), "right") for name in told)]
        blocks.append(story.table("more", columns, rows, how=how))
    return blocks


def _calibration(story: EvaluationStory, one: Result) -> list[Block]:
    if not one.bins:
        return [story.text("no_probability")]
    told = {"error": story.scored(one.scores.calibration_error), "brier": story.scored(one.scores.brier)}
    text = story.text("text.calibration", how=clean(one.how, 120), **told)
    return [text, story.figure("calibration", story.say("caption.calibration", how=clean(one.how, 120)))]


def _confusion(story: EvaluationStory, one: Result) -> list[Block]:
    if one.confusion is None:
        return []
    text = story.text("text.confusion", how=clean(one.how, 120))
    return [text, story.figure("confusion", story.say("caption.confusion", how=clean(one.how, 120)))]


def _words(story: EvaluationStory) -> Block:
    rows = []
    for one in story.evaluation.words:
        figures = [story.stacked(figure) for figure in (one.precision, one.recall, one.f1, one.auc, one.annotator_f1)]
        rows.append([one.how, *map(story.number, (one.words, one.gold, one.predicted)), *figures])
    heads = [(story.say(f"column.{name}"), "right") for name in ("words", "annotated", "predicted")]
    heads += [(story.say(name), "right") for name in ("precision", "recall", "f1", "auc")]
    columns = [(story.say("column.how"), "text"), *heads, (story.say("column.annotator"), "right")]
    return story.table("words", columns, rows)


def _curve(story: EvaluationStory) -> list[Block]:
    if not story.evaluation.curve:
        return []
    return [story.text("text.curve"), story.figure("curve", story.say("caption.curve"))]


def _features(story: EvaluationStory) -> list[Block]:
    found = story.evaluation
    labels = list(dict.fromkeys(one.label for one in found.features))
    if not labels:
        return []
    if len(labels) == 1:
        return [
            story.text("text.features"),
            story.figure("features", story.say("caption.features", label=clean(labels[0], 60))),
        ]
    rows = []
    for label in labels:
        sides = [", ".join(clean(one.name, 30) for one in side[:_MOST_FEATURES]) for side in sides_of(found, label)]
        rows.append([label, *sides])
    heads = ("label", "left"), ("for", "text"), ("against", "text")
    columns = [(story.say(f"column.{name}"), align) for name, align in heads]
    return [story.text("text.features"), story.table("features", columns, rows)]


def _parts(story: EvaluationStory, one: Result, part: str) -> list[Block]:
    found: tuple[Part, ...] = getattr(one, part)
    if not found:
        return []
    how = clean(one.how, 120)
    binary = story.evaluation.binary
    blocks = [story.text(f"text.{part}{'_shares' if binary and part == 'outlets' else ''}", how=how)]
    if binary and part == "outlets":
        blocks.append(story.figure("parts", story.say("caption.outlets", how=how), part=part))
    names = ("share", "said", "accuracy", "auc") if binary else ("accuracy", "macro_f1", "auc")
    rows = []
    for row in found[:MOST]:
        n = story.say("few_mark", row.n) if row.few else story.number(row.n)
        rows.append([row.name, n, *(story.scored(getattr(row, name)) for name in names)])
    heads = [story.say(f"column.{name}" if name in ("share", "said") else name) for name in names]
    columns = [(story.say(f"column.{part}"), "text"), (story.say("column.n"), "right"), *((h, "right") for h in heads)]
    notes = [story.say("table.few", least=story.number(_few()))] if any(row.few for row in found[:MOST]) else []
    if len(found) > MOST:
        notes.append(story.say("table.cut", len(found) - MOST))
    return [*blocks, story.table(part, columns, rows, note=" ".join(notes), how=how)]


def _few() -> int:
    # whoever has an evaluation has loaded these already; a report of a comparison need not wait for them
    from framing.classify.evaluation._model import FEW

    return FEW


def _errors(story: EvaluationStory, one: Result) -> list[Block]:
    if not one.errors:
        return [story.text("text.no_errors")]
    items = [_error(story, error) for error in one.errors]
    text = story.text(f"text.errors{'_votes' if one.ceiling is not None else ''}", how=clean(one.how, 120))
    return [text, {"kind": "evidence", "items": items}]


def _error(story: EvaluationStory, error: CertainError) -> dict[str, str]:
    told = [story.say("error.score", score=score(story.wording, error.score))]
    if error.votes:
        told.append(story.say("error.votes", error.votes, agreeing=error.agreeing))
    where = ", ".join(clean(part, 80) for part in (error.id, error.outlet) if part)
    return {
        "group": clean(story.say("error.group", predicted=error.predicted), 80),
        "voice": clean(story.say("error.voice", annotated=error.annotated), 80),
        "before": clean(error.text, 600),
        "text": "",
        "after": "",
        "entry": ", ".join(told),
        "article": where,
    }


def _method(story: EvaluationStory) -> Block:
    found = story.evaluation
    values = {"resamples": story.number(found.resamples), "seed": found.seed}
    items = [story.runs("method.groups", **values)]
    if found.results:
        items += [story.runs(f"method.{name}") for name in ("scores", "auc", "calibration", "baselines")]
    if found.words:
        items.append(story.runs("method.words"))
    if (human := found.ceiling) is not None:
        ties = story.say("method.ties", human.ties) if human.ties else ""
        told = {"judgements": story.number(human.judgements), "annotators": human.annotators, "ties": ties}
        items.append(story.runs("method.human", human.records, alpha=story.scored(human.alpha), **told))
    return {"kind": "list", "items": items}
