"""Every figure against plain loops over records and pairs, and what its interval says."""

from __future__ import annotations

import math
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
from sklearn.metrics import f1_score, roc_auc_score

from framing.classify.evaluation import Predictions, _measures, evaluate
from framing.classify.evaluation._measures import error_by_chance, measure
from framing.classify.evaluation._rank import Ranking
from framing.classify.evaluation._resample import grouped, interval, resampled

NEAR = 5e-5


def plain_f1(gold: list[bool], said: list[bool]) -> tuple[float, float, float]:
    hit, predicted, annotated = sum(g and s for g, s in zip(gold, said, strict=True)), sum(said), sum(gold)
    precision = hit / predicted if predicted else 0.0
    recall = hit / annotated if annotated else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def plain_auc(score: list[float], gold: list[bool], outlets: list[str] | None = None) -> float:
    won = pairs = 0.0
    for i, good in enumerate(gold):
        for j, bad in enumerate(gold):
            if good and not bad and (outlets is None or outlets[i] == outlets[j]):
                pairs += 1
                won += 1.0 if score[i] > score[j] else 0.5 if score[i] == score[j] else 0.0
    return won / pairs


def plain_error(probability: list[float], gold: list[bool]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, y in zip(probability, gold, strict=True):
        bins.setdefault(min(int(p * 10), 9), []).append((p, y))
    return sum(abs(sum(p for p, _ in one) - sum(y for _, y in one)) for one in bins.values()) / len(gold)


def test_one_label_scores_as_counted_by_hand(made: ModuleType) -> None:
    given: Predictions = made.predictions()
    result = evaluate(given).results[0]
    gold, score = given.gold[:, 0].tolist(), given.score[:, 0].tolist()
    said = [one >= 0.5 for one in score]
    there = plain_f1(gold, said)
    absent = plain_f1([not one for one in gold], [not one for one in said])
    positive, negative = result.classes
    assert [one.value for one in (positive.precision, positive.recall, positive.f1)] == pytest.approx(there, abs=NEAR)
    assert [one.value for one in (negative.precision, negative.recall, negative.f1)] == pytest.approx(absent, abs=NEAR)
    assert result.scores.macro_f1.value == pytest.approx((there[2] + absent[2]) / 2, abs=NEAR)
    assert result.scores.auc.value == pytest.approx(plain_auc(score, gold), abs=NEAR)
    within = plain_auc(score, gold, list(given.outlets or ()))
    assert result.scores.auc_within.value == pytest.approx(within, abs=NEAR)
    assert within != pytest.approx(result.scores.auc.value, abs=NEAR)
    assert result.scores.calibration_error.value == pytest.approx(plain_error(score, gold), abs=NEAR)
    assert result.scores.brier.value == pytest.approx(np.mean([(p - y) ** 2 for p, y in zip(score, gold, strict=True)]))
    assert result.scores.accuracy.value == pytest.approx(np.mean([s == g for s, g in zip(said, gold, strict=True)]))


def test_several_labels_score_as_the_mean_of_theirs(made: ModuleType) -> None:
    given: Predictions = made.predictions(90, 3)
    result = evaluate(given).results[0]
    each = [plain_f1(given.gold[:, k].tolist(), (given.score[:, k] >= 0.5).tolist())[2] for k in range(3)]
    assert [one.f1.value for one in result.classes] == pytest.approx(each, abs=NEAR)
    assert result.scores.macro_f1.value == pytest.approx(np.mean(each), abs=NEAR)
    assert result.scores.auc.value == pytest.approx(roc_auc_score(given.gold, given.score), abs=NEAR)
    errors = [plain_error(given.score[:, k].tolist(), given.gold[:, k].tolist()) for k in range(3)]
    assert result.scores.calibration_error.value == pytest.approx(np.mean(errors), abs=NEAR)
    assert result.confusion is None


def test_of_exclusive_labels_the_highest_score_decides(made: ModuleType) -> None:
    given: Predictions = made.predictions(150, 4, exclusive=True)
    result = evaluate(given).results[0]
    gold, said = given.gold.argmax(axis=1), given.score.argmax(axis=1)
    assert result.scores.macro_f1.value == pytest.approx(f1_score(gold, said, average="macro"), abs=NEAR)
    assert result.scores.accuracy.value == pytest.approx(np.mean(gold == said), abs=NEAR)
    assert result.confusion is not None
    counts = np.array(result.confusion.counts)
    assert counts.sum() == 150
    assert counts.trace() == (gold == said).sum()
    assert counts[0, 1] == ((gold == 0) & (said == 1)).sum()


def test_a_class_that_no_record_has_counts_as_nothing_and_is_named(made: ModuleType) -> None:
    given = made.predictions(40, gold=np.ones((40, 1), dtype=bool))
    result = evaluate(given).results[0]
    assert result.absent == ("not biased",)
    assert result.classes[1].f1.value == 0.0
    assert result.scores.macro_f1.value == pytest.approx(result.classes[0].f1.value / 2)
    assert math.isnan(result.scores.auc.value)
    assert math.isnan(result.scores.auc_within.value)


def test_without_probabilities_nothing_is_said_on_calibration(made: ModuleType) -> None:
    result = evaluate(made.predictions(40, probability=None)).results[0]
    assert math.isnan(result.scores.calibration_error.value)
    assert math.isnan(result.scores.brier.value)
    assert result.bins == ()


def test_weights_are_repetitions() -> None:
    rng = np.random.default_rng(2)
    score, gold, stratum = np.round(rng.random(60), 1), rng.random(60) < 0.4, rng.integers(-1, 3, 60)
    weights = rng.integers(0, 4, (3, 60))
    for strata in (None, stratum):
        found = Ranking(score, gold, strata).area(weights.astype(float))
        for row, area in zip(weights, found, strict=True):
            many = np.repeat(np.arange(60), row)
            part = None if strata is None else [str(one) for one in strata[many]]
            if strata is not None:
                many, part = many[strata[many] >= 0], [one for one in part or () if one != "-1"]
            assert area == pytest.approx(plain_auc(score[many].tolist(), gold[many].tolist(), part))


def test_the_same_seed_gives_the_same_intervals(made: ModuleType) -> None:
    given = made.predictions()
    assert measure(given, seed=3) == measure(given, seed=3)
    assert measure(given, seed=3) != measure(given, seed=4)


def test_records_of_one_group_are_drawn_together(made: ModuleType) -> None:
    """Ten copies of each record say no more than one: the interval of groups is that wide, that of records is not."""
    given: Predictions = made.predictions(40)
    rows = np.repeat(np.arange(40), 10)
    copied = replace(
        given, ids=[str(one) for one in range(400)], texts=[""] * 400, gold=given.gold[rows], score=given.score[rows],
        probability=None, outlets=None, topics=None, groups=[str(one) for one in rows],
    )  # fmt: skip
    together = measure(copied).scores.macro_f1
    apart = measure(replace(copied, groups=copied.ids)).scores.macro_f1
    assert together.low < together.value < together.high
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_an_interval_holds_what_is_true(made: ModuleType) -> None:
    """Of 60 samples whose true share is known, hardly any interval misses it."""
    rng, held = np.random.default_rng(8), 0
    for _ in range(60):
        rows = (rng.random(80) < 0.3).astype(float)
        groups = grouped([str(one) for one in range(80)])
        sums = groups.sums(rows)
        value, found = resampled(lambda weights, s=sums: weights @ s / 80, groups.count, seed=1)
        told = interval(value[0], found[:, 0])
        held += told.low <= 0.3 <= told.high
    assert held >= 50


def test_a_share_of_all_is_not_certain() -> None:
    told = interval(1.0, np.ones(100), trials=20)
    assert (told.low, told.high) == (pytest.approx(0.05 ** (1 / 20)), 1.0)
    told = interval(0.0, np.zeros(100), trials=20)
    assert (told.low, told.high) == (0.0, pytest.approx(1 - 0.05 ** (1 / 20)))
    assert math.isnan(interval(0.4, np.full(100, 0.4)).low)


def test_a_handful_of_groups_has_no_interval(made: ModuleType) -> None:
    few = measure(made.predictions(8)).scores.accuracy
    assert math.isfinite(few.value)
    assert math.isnan(few.low)
    assert math.isfinite(measure(made.predictions(10)).scores.accuracy.low)


def test_a_calibrated_model_may_be_perfectly_calibrated(made: ModuleType) -> None:
    told = measure(made.predictions(300)).scores.calibration_error
    assert told.low == 0.0
    assert told.low <= told.value <= told.high
    crooked: Predictions = made.predictions(300)
    told = measure(replace(crooked, probability=1 - crooked.score)).scores.calibration_error
    assert 0 < told.low <= told.value <= told.high


def test_error_by_chance_shrinks_with_the_records() -> None:
    few, many = (error_by_chance(np.full((n, 1), 0.5), seed=0)[0] for n in (25, 2500))
    # |mean of n fair coins - .5|, 95th percentile
    assert many == pytest.approx(1.96 * 0.5 / 50, rel=0.15)
    assert few > 5 * many


def test_an_interval_may_be_turned_about_its_value() -> None:
    found = np.linspace(0.10, 0.20, 1001)
    told = interval(0.12, found, basic=True)
    assert (told.low, told.high) == (pytest.approx(2 * 0.12 - 0.1975), pytest.approx(2 * 0.12 - 0.1025))
    assert interval(0.05, found, basic=True).low == 0.0
    assert interval(0.05, found, basic=True).high == 0.05


def test_what_chance_makes_is_no_calibration_error(made: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    given: Predictions = made.predictions(300)
    crooked = replace(given, probability=1 - given.score)
    for chance, is_zero in ((0.0, False), (1.0, True)):
        monkeypatch.setattr(_measures, "error_by_chance", lambda *_, c=chance, **__: np.array([c, c]))
        assert (measure(crooked).scores.calibration_error.low == 0.0) is is_zero
