"""The part of a model card that says what the model scores."""

from __future__ import annotations

from collections.abc import Sequence

from framing.classify.evaluation._markdown import METHOD, headline, scores, words
from framing.classify.evaluation._model import FEW, Evaluation, Part, Result
from framing.classify.evaluation._shown import shown

_SHOWN = 3


def card_scores(evaluation: Evaluation) -> str:
    """Return the scores section of a model card as Markdown, without its heading.

    Main figures with intervals and n, what one annotator and the baselines reach, and the outlets and topics where the
    model does worst and best.
    """
    parts = [f"{line}\n" for line in headline(evaluation)]
    if evaluation.results:
        parts.append(scores(evaluation))
        if len(evaluation.results[0].classes) > 1:
            parts.append(_classes(evaluation.results[0]))
        parts += _places(evaluation.results[0])
    if evaluation.words:
        parts.append(words(evaluation.words))
    parts.append(METHOD.format(resamples=evaluation.resamples) + "\n")
    return "\n".join(parts)


def _classes(result: Result) -> str:
    told = (f"{one.name} {shown(one.f1)} ({one.gold:,} annotated)" for one in result.classes)
    return f"F1 by class ({result.how}): {'; '.join(told)}.\n"


def _places(result: Result) -> list[str]:
    lines = []
    for what, found in (("outlets", result.outlets), ("topics", result.topics)):
        enough = sorted((one for one in found if not one.few), key=lambda one: (one.accuracy.value, one.name))
        few = len(found) - len(enough)
        left = f" {few} of {len(found)} {what} have fewer than {FEW} records and are not ranked." if few else ""
        if len(enough) > 2 * _SHOWN:
            told = f"worst {_named(enough[:_SHOWN])}; best {_named(enough[: -_SHOWN - 1 : -1])}"
        elif enough:
            told = _named(enough)
        else:
            told = "no figures"
        if found:
            lines.append(f"By {what[:-1]}, accuracy ({result.how}): {told}.{left}\n")
    return lines


def _named(found: Sequence[Part]) -> str:
    return ", ".join(f"{one.name} {shown(one.accuracy)} (n = {one.n:,})" for one in found)
