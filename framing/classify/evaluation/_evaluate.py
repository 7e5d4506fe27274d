"""Measure what a classifier said against what annotators said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from framing.classify._scoring import Interval
from framing.classify.evaluation._baselines import baselines
from framing.classify.evaluation._ceiling import ceiling
from framing.classify.evaluation._details import annotated, bins, confusion, errors, parts
from framing.classify.evaluation._measures import measure
from framing.classify.evaluation._model import CurvePoint, Evaluation, Feature, Result
from framing.classify.evaluation._predictions import BINARY, Predictions, WordPredictions
from framing.classify.evaluation._resample import RESAMPLES, grouped
from framing.classify.evaluation._words import measure_words
from framing.errors import InputError

_MOST_FEATURES = 20
Weights = Sequence[tuple[str, float]]


def evaluate(
    predictions: Sequence[Predictions] | Predictions,
    *,
    features: Weights | Mapping[str, Weights] | None = None,
    curve: Sequence[tuple[int, float, float, float]] | None = None,
    words: Sequence[WordPredictions] | WordPredictions | None = None,
    seed: int = 0,
) -> Evaluation:
    """Measure predictions.

    Parameters
    ----------
    predictions : sequence of Predictions
        Ways of testing one task, the headline (outlets held out) first; may be empty if words are given.
    features : sequence of (name, weight), or mapping of label to such, optional
        Of a linear model; the heaviest in both directions are kept.
    curve : sequence of (n, value, low, high), optional
        Macro-F1 reached with n training records; NaN bounds where they are not known.
    words : sequence of WordPredictions, optional
    seed : int
        For resampling, and for the folds in which outlets' rates are counted.

    Returns
    -------
    Evaluation

    Raises
    ------
    InputError
        If there is nothing to measure, predictions are of different tasks or labels, a feature's weight or a value of
        the curve is not finite, or features are of an unknown label.
    """
    given = [predictions] if isinstance(predictions, Predictions) else list(predictions)
    marked = [words] if isinstance(words, WordPredictions) else list(words or ())
    _check(given, marked)
    first = given[0] if given else None
    return Evaluation(
        task=first.task if first else marked[0].task,
        kind=first.kind if first else "words",
        labels=first.labels if first else (),
        negative=first.classes[1] if first and first.kind == BINARY else "",
        seed=seed,
        resamples=RESAMPLES,
        results=tuple(_result(one, seed) for one in given),
        curve=_curve(curve or ()),
        features=_features(features or {}, first.labels if first else ()),
        words=tuple(measure_words(one, seed=seed) for one in marked),
    )


def _check(given: Sequence[Predictions], marked: Sequence[WordPredictions]) -> None:
    if not given and not marked:
        msg = "there is nothing to evaluate; allowed: predictions, words, or both"
        raise InputError(msg)
    tasks = {(one.task, one.classes, one.exclusive) for one in given}
    if len(tasks) > 1:
        found = "; ".join(f"{one.task}: {', '.join(one.classes)}" for one in given)
        msg = f"predictions of one evaluation differ in task or labels ({found}); allowed: one task"
        raise InputError(msg)


def _result(given: Predictions, seed: int) -> Result:
    measured = measure(given, seed=seed)
    return Result(
        how=given.how,
        n=len(given.ids),
        groups=grouped(given.groups).count,
        annotated=annotated(given),
        scores=measured.scores,
        classes=measured.classes,
        baselines=baselines(given, seed=seed),
        confusion=confusion(given),
        bins=bins(given, seed=seed),
        outlets=parts(given, given.outlets, seed=seed),
        topics=parts(given, given.topics, seed=seed),
        errors=errors(given),
        ceiling=ceiling(given, seed=seed),
    )


def _curve(given: Sequence[tuple[int, float, float, float]]) -> tuple[CurvePoint, ...]:
    for n, value, _, _ in given:
        if n < 1 or not math.isfinite(value):
            msg = f"the learning curve holds {value} at n = {n}; allowed: finite values at n of 1 or more"
            raise InputError(msg)
    return tuple(CurvePoint(n=int(n), score=Interval(*map(float, score))) for n, *score in sorted(given))


def _features(given: Weights | Mapping[str, Weights], labels: tuple[str, ...]) -> tuple[Feature, ...]:
    by_label = given if isinstance(given, Mapping) else {labels[0] if labels else "": given}
    if labels and (unknown := [label for label in by_label if label not in labels]):
        msg = f"features are of the label {unknown[0]!r}; allowed: {', '.join(labels)}"
        raise InputError(msg)
    if len(labels) > 1 and not isinstance(given, Mapping):
        msg = f"features are of no label; allowed where there are several: a mapping with the keys {', '.join(labels)}"
        raise InputError(msg)
    found: list[Feature] = []
    for label, weights in by_label.items():
        for name, weight in weights:
            if not math.isfinite(weight):
                msg = f"the weight of feature {name!r} is {weight}; allowed: finite numbers"
                raise InputError(msg)
        rising = sorted(weights, key=lambda one: (-one[1], one[0]))
        for_it = [one for one in rising if one[1] > 0][:_MOST_FEATURES]
        against = [one for one in rising[::-1] if one[1] < 0][:_MOST_FEATURES]
        found += [Feature(label=label, name=name, weight=float(weight)) for name, weight in (*for_it, *against)]
    return tuple(found)
