"""An evaluation as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from framing.classify._tables import table
from framing.classify.evaluation._model import (
    FEW,
    Ceiling,
    CertainError,
    ClassScores,
    Confusion,
    Evaluation,
    Part,
    Result,
    Scores,
    WordResult,
)
from framing.classify.evaluation._shown import cell, counted, shown, signed

_FIGURES = {
    "macro_f1": "macro-F1", "accuracy": "accuracy", "auc": "AUC", "auc_within": "AUC within outlets",
    "calibration_error": "calibration error", "brier": "Brier score",
}  # fmt: skip
_BASELINES = {"majority": "*most frequent class*", "outlet": "*outlet's name alone*"}
METHOD = (
    "In brackets 95 % intervals from {resamples:,} resamples of whole groups of records (five or more), percentiles; "
    "those of the calibration error are turned about the value, since chance makes it larger in every resample, and "
    "reach to 0 where a perfectly calibrated model could show as much. A dash: it cannot be told. Calibration error: "
    "ten bins of equal width."
)


def markdown(evaluation: Evaluation) -> str:
    """Return an evaluation as Markdown, without the texts of records."""
    parts = [f"# Evaluation of `{evaluation.task}`\n", *(f"{line}\n" for line in headline(evaluation))]
    parts.append(METHOD.format(resamples=evaluation.resamples) + "\n")
    if evaluation.results:
        parts += ["## Scores\n", scores(evaluation)]
        parts += [part for one in evaluation.results for part in _classes(one)]
        parts += _details(evaluation.results[0])
    if evaluation.words:
        parts += ["## Words\n", words(evaluation.words)]
    if evaluation.curve:
        rows = [[f"{one.n:,}", shown(one.score)] for one in evaluation.curve]
        parts += ["## Learning curve\n", table(["training records", "macro-F1"], rows, text=0)]
    if evaluation.features:
        rows = [[cell(one.label), cell(one.name), f"{one.weight:+.3f}"] for one in evaluation.features]
        parts += ["## Most telling features\n", table(["label", "feature", "weight"], rows, text=2)]
    return "\n".join(parts)


def headline(evaluation: Evaluation) -> list[str]:
    """Return the main figure with its n, and what people reach, as sentences of Markdown."""
    lines = []
    if evaluation.results:
        first = evaluation.results[0]
        lines.append(
            f"**Macro-F1 {shown(first.scores.macro_f1)}** ({first.how}; n = {counted(first.n, 'record')} in "
            f"{counted(first.groups, 'group')})."
        )
        if first.absent:
            lines.append(f"No record is annotated as {', '.join(first.absent)}: F1 counts as 0 there, by convention.")
        if (human := evaluation.ceiling) is not None:
            lines.append(_human(human))
    if evaluation.words and not evaluation.results:
        one = evaluation.words[0]
        size = f"n = {counted(one.words, 'word')} of {counted(one.n, 'record')}"
        lines.append(f"**F1 of words {shown(one.f1)}** ({one.how}; {size}).")
    return lines


def _human(human: Ceiling) -> str:
    size = f"{counted(human.judgements, 'judgement')} of {counted(human.records, 'record')}"
    ties = f" {human.ties:,} whose others were evenly divided are left out." if human.ties else ""
    return (
        f"One annotator against the majority of the others: macro-F1 {shown(human.macro_f1)}, accuracy "
        f"{shown(human.accuracy)} ({size} by {counted(human.annotators, 'annotator')}).{ties} The model against the "
        f"same majorities: macro-F1 {shown(human.model_macro_f1)}, accuracy {shown(human.model_accuracy)}. "
        f"Krippendorff's alpha {shown(human.alpha)}."
    )


def scores(evaluation: Evaluation) -> str:
    """Return a table of every way of testing, its baselines, and one annotator."""
    rows = [[cell(one.how), f"{one.n:,}", *_overall(one.scores)] for one in evaluation.results]
    for one in evaluation.results:
        # the same records tested in another way have the same baselines
        rows += [row for row in _beside(one) if row not in rows]
    return table(["", "records", *_FIGURES.values()], rows)


def _beside(result: Result) -> list[list[str]]:
    """Return rows for the baselines and for one annotator."""
    rows = []
    for base in result.baselines:
        figures = [shown(base.macro_f1), shown(base.accuracy), shown(base.auc)]
        rows.append([_BASELINES[base.name], f"{result.n:,}", *figures, "", "", ""])
    if (human := result.ceiling) is not None:
        figures = [shown(human.macro_f1), shown(human.accuracy)]
        rows.append(["*one annotator*", f"{human.records:,}", *figures, *[""] * 4])
    return rows


def _overall(found: Scores) -> list[str]:
    return [shown(getattr(found, name)) for name in _FIGURES]


def _classes(result: Result) -> list[str]:
    several = len([one for one in result.classes if one.auc is not None]) > 1
    head = ["class", "precision", "recall", "F1", "right", "predicted", "annotated"]
    rows = [_class(one, more=several) for one in result.classes]
    return [f"### Classes: {result.how}\n", table([*head, *(["AUC", "calibration error"] if several else [])], rows)]


def _class(one: ClassScores, *, more: bool) -> list[str]:
    figures = [shown(one.precision), shown(one.recall), shown(one.f1)]
    counts = [f"{n:,}" for n in (one.right, one.predicted, one.gold)]
    return [cell(one.name), *figures, *counts, *([shown(one.auc), shown(one.calibration_error)] if more else [])]


def _details(result: Result) -> list[str]:
    parts = []
    if result.confusion is not None:
        parts += [f"## Confusion: {result.how}\n", _confusion(result.confusion)]
    if result.bins:
        rows = [[signed(one.probability), f"{one.n:,}", shown(one.share)] for one in result.bins]
        parts += [
            f"## Calibration: {result.how}\n",
            table(["mean probability", "records", "share annotated"], rows, text=0),
        ]
    for name, found in (("Outlets", result.outlets), ("Topics", result.topics)):
        if found:
            parts += [f"## {name}: {result.how}\n", _parts(name[:-1].lower(), found)]
    if result.errors:
        parts += [f"## Most certain errors: {result.how}\n", _errors(result.errors)]
    return parts


def _confusion(found: Confusion) -> str:
    rows = [
        [cell(name), *(f"{n:,}" for n in row), f"{sum(row):,}"]
        for name, row in zip(found.classes, found.counts, strict=True)
    ]
    return table(["annotated \\ predicted", *map(cell, found.classes), "all"], rows)


def _parts(head: str, found: Sequence[Part]) -> str:
    one_label = found[0].share is not None
    rows = []
    for one in found:
        shares = [shown(one.share), shown(one.said)] if one_label else []
        figures = [shown(one.accuracy), shown(one.macro_f1), shown(one.auc)]
        rows.append([cell(one.name), f"{'† ' if one.few else ''}{one.n:,}", *shares, *figures])
    heads = ["annotated share", "predicted share"] if one_label else []
    told = table([head, "records", *heads, "accuracy", "macro-F1", "AUC"], rows)
    return f"{told}\n† Fewer than {FEW} records: these figures say little.\n" if any(one.few for one in found) else told


def _errors(found: Sequence[CertainError]) -> str:
    rows = [
        [
            cell(one.id), cell(one.outlet) or "–", cell(one.annotated), cell(one.predicted), signed(one.score),
            f"{one.agreeing} of {one.votes}" if one.votes else "–",
        ]
        for one in found
    ]  # fmt: skip
    return table(["id", "outlet", "annotated", "predicted", "score", "annotators with the model"], rows, text=4)


def words(found: Sequence[WordResult]) -> str:
    """Return a table of marked words, with one annotator against another where that is known."""
    head = ["", "words", "precision", "recall", "F1", "AUC", "right", "predicted", "annotated", "one annotator, F1"]
    rows = [
        [
            cell(one.how), f"{one.words:,}", shown(one.precision), shown(one.recall), shown(one.f1), shown(one.auc),
            *(f"{n:,}" for n in (one.right, one.predicted, one.gold)), shown(one.annotator_f1),
        ]
        for one in found
    ]  # fmt: skip
    return table(head, rows)
