"""Baselines, bins, parts and certain errors."""

from __future__ import annotations

import math
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from framing.classify.evaluation import Predictions, evaluate
from framing.classify.evaluation._baselines import outlet_rates


def test_an_outlet_that_decides_the_label_is_all_that_one_needs_to_know(made: ModuleType) -> None:
    given: Predictions = made.predictions(80)
    decided = np.array([[number % 4 == 0] for number in range(80)])
    majority, outlet = evaluate(replace(given, gold=decided)).results[0].baselines
    assert (majority.name, outlet.name) == ("majority", "outlet")
    assert outlet.macro_f1.value == outlet.auc.value == 1.0
    assert majority.accuracy.value == 0.75
    assert majority.auc.value == 0.5


def test_the_rate_of_an_outlet_does_not_see_the_record_itself(made: ModuleType) -> None:
    """Where each group is an outlet of its own, its name is unknown in the other folds."""
    given: Predictions = made.predictions(40)
    alone = replace(given, outlets=given.groups)
    rates = outlet_rates(alone, seed=0)
    assert rates is not None
    assert len(np.unique(rates)) <= 5


def test_without_outlets_there_is_no_baseline_of_them(made: ModuleType) -> None:
    result = evaluate(made.predictions(40, outlets=None, topics=None)).results[0]
    assert [one.name for one in result.baselines] == ["majority"]
    assert result.outlets == result.topics == ()
    assert math.isnan(result.scores.auc_within.value)


def test_bins_hold_every_record_once(made: ModuleType) -> None:
    given: Predictions = made.predictions()
    bins = evaluate(given).results[0].bins
    assert sum(one.n for one in bins) == 120
    assert sum(one.n * one.share.value for one in bins) == pytest.approx(given.gold.sum())
    assert sum(one.n * one.probability for one in bins) == pytest.approx(given.score.sum())
    assert [int(one.probability * 10) for one in bins] == sorted({min(int(p * 10), 9) for p in given.score[:, 0]})


def test_each_outlet_is_measured_by_itself(made: ModuleType) -> None:
    given: Predictions = made.predictions(100)
    outlets = ["large"] * 72 + ["small"] * 27 + [None]
    large, small = evaluate(replace(given, outlets=outlets)).results[0].outlets
    assert (large.name, large.n, large.few, large.groups) == ("large", 72, False, 36)
    assert (small.name, small.n, small.few) == ("small", 27, True)
    assert large.share is not None
    assert large.said is not None
    assert large.share.value == pytest.approx(given.gold[:72].mean())
    assert large.said.value == pytest.approx((given.score[:72] >= 0.5).mean())
    assert large.accuracy.value == pytest.approx(np.mean(given.decided[:72] == given.gold[:72]))


def test_an_outlet_without_one_of_the_classes_has_no_macro_f1(made: ModuleType) -> None:
    given: Predictions = made.predictions(80)
    gold = given.gold.copy()
    gold[:40] = False
    first, second = evaluate(replace(given, gold=gold, outlets=["a"] * 40 + ["b"] * 40)).results[0].outlets
    assert math.isnan(first.macro_f1.value)
    assert math.isnan(first.auc.value)
    assert math.isfinite(first.accuracy.value)
    assert math.isfinite(second.macro_f1.value)


def test_several_labels_have_no_share_by_outlet(made: ModuleType) -> None:
    assert all(one.share is None for one in evaluate(made.predictions(60, 3)).results[0].outlets)


def test_errors_are_wrong_and_the_surest_come_first(made: ModuleType) -> None:
    given: Predictions = made.predictions(votes=True)
    found = evaluate(given).results[0].errors
    given_wrongly = [one for one in found if one.predicted == "biased"]
    withheld = [one for one in found if one.predicted == "not biased"]
    assert given_wrongly
    assert withheld
    assert all(one.annotated == "not biased" and one.score >= 0.5 for one in given_wrongly)
    assert [one.score for one in given_wrongly] == sorted((one.score for one in given_wrongly), reverse=True)
    assert [one.score for one in withheld] == sorted(one.score for one in withheld)
    row = given.ids.index(withheld[0].id)
    assert withheld[0].text == given.texts[row]
    assert (withheld[0].agreeing, withheld[0].votes) == (sum(not vote for vote in given.votes[row].values()), 4)


def test_an_error_of_exclusive_labels_names_both(made: ModuleType) -> None:
    given: Predictions = made.predictions(60, 3, exclusive=True, votes=True)
    for one in evaluate(given).results[0].errors:
        row = given.ids.index(one.id)
        assert one.annotated == given.labels[given.gold[row].argmax()]
        assert one.predicted == given.labels[given.score[row].argmax()] != one.annotated
        assert one.agreeing == sum(vote == given.score[row].argmax() for vote in given.votes[row].values())


def test_nothing_wrong_is_no_error(made: ModuleType) -> None:
    given: Predictions = made.predictions(20)
    assert evaluate(replace(given, score=given.gold.astype(float))).results[0].errors == ()
