"""One annotator against the majority of the others, and agreement beyond chance."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from framing.classify.evaluation import Ceiling, Predictions, evaluate
from framing.classify.evaluation._ceiling import _nltk_alpha, _resampled_alpha
from framing.classify.evaluation._resample import grouped


def ceiling_of(given: Predictions) -> Ceiling:
    found = evaluate(given).ceiling
    assert found is not None
    return found


def f1_of(pairs: list[tuple[object, object]], name: object) -> float:
    hit = sum(said == gold == name for said, gold in pairs)
    return 2 * hit / (sum(said == name for said, _ in pairs) + sum(gold == name for _, gold in pairs))


def test_one_annotator_is_held_against_the_others(made: ModuleType) -> None:
    given: Predictions = made.predictions(60, votes=True)
    pairs, model, ties = [], [], 0
    for row, votes in enumerate(given.votes or ()):
        for annotator, vote in votes.items():
            others = [one for who, one in votes.items() if who != annotator]
            if 2 * sum(others) == len(others):
                ties += 1
                continue
            majority = 2 * sum(others) > len(others)
            pairs.append((vote, majority))
            model.append((bool(given.decided[row, 0]), majority))
    found = ceiling_of(given)
    assert (found.records, found.annotators, found.judgements, found.ties) == (60, 4, len(pairs), ties)
    assert found.accuracy.value == pytest.approx(np.mean([one == other for one, other in pairs]))
    assert found.macro_f1.value == pytest.approx((f1_of(pairs, True) + f1_of(pairs, False)) / 2)
    assert found.model_macro_f1.value == pytest.approx((f1_of(model, True) + f1_of(model, False)) / 2)
    assert found.macro_f1.low < found.macro_f1.value < found.macro_f1.high


def test_an_even_division_of_the_others_is_left_out(made: ModuleType) -> None:
    votes = [{"a": True, "b": True, "c": False}] * 6
    found = ceiling_of(made.predictions(6, votes=votes))
    # a and b each see one of either kind
    assert (found.judgements, found.ties) == (6, 12)
    assert found.accuracy.value == 0.0


def test_of_exclusive_labels_the_most_frequent_of_the_others_counts(made: ModuleType) -> None:
    given: Predictions = made.predictions(50, 3, exclusive=True, votes=True)
    pairs, ties = [], 0
    for votes in given.votes or ():
        for annotator, vote in votes.items():
            (first, most), *rest = Counter(one for who, one in votes.items() if who != annotator).most_common()
            if rest and rest[0][1] == most:
                ties += 1
            else:
                pairs.append((vote, first))
    found = ceiling_of(given)
    assert (found.judgements, found.ties) == (len(pairs), ties)
    assert found.accuracy.value == pytest.approx(np.mean([one == other for one, other in pairs]))
    assert found.macro_f1.value == pytest.approx(np.mean([f1_of(pairs, name) for name in range(3)]))


def test_of_several_labels_each_is_voted_on(made: ModuleType) -> None:
    votes = [{"a": [0], "b": [0, 1], "c": [0]}] * 8
    found = ceiling_of(made.predictions(8, 2, votes=votes))
    # label 1: a and c see one of either kind, b alone stands against two
    assert (found.judgements, found.ties) == (8 * 4, 8 * 2)
    assert found.accuracy.value == pytest.approx(3 / 4)


def test_alpha_of_a_published_example() -> None:
    """Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: two observers, ten units, binary: .095."""
    one, other = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    rows = [np.array([[a], [b]], dtype=bool) for a, b in zip(one, other, strict=True)]
    assert _nltk_alpha(rows) == pytest.approx(0.095, abs=5e-4)


def test_the_resampled_alpha_is_that_of_nltk() -> None:
    """A thousand resamples of copies of one record each: every resample is the whole."""
    rng = np.random.default_rng(1)
    rows = [rng.random((rng.integers(2, 6), 1)) < 0.4 for _ in range(30)]
    copies = rows * 6
    groups = grouped([str(number // 30) for number in range(180)])
    assert _resampled_alpha(copies, groups, 0) == pytest.approx(_nltk_alpha(copies))


def test_where_all_say_the_same_alpha_cannot_be_told(made: ModuleType) -> None:
    assert math.isnan(ceiling_of(made.predictions(6, votes=[{"a": True, "b": True}] * 6)).alpha.value)


def test_without_two_votes_there_is_no_ceiling(made: ModuleType) -> None:
    given: Predictions = made.predictions(6)
    assert evaluate(given).ceiling is None
    assert evaluate(replace(given, votes=[{"a": True}, None, {}, None, None, None])).ceiling is None
