"""Attributions are scored on characters, one to one, with intervals from whole articles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from framing.classify._gold import Record
from framing.classify._scoring import FIGURES, ceiling, characters, count, estimate, linked, marked

TEXT = "Ana Brook said that the old bridge must close . The union disagreed ."


def one(source: Any = (0, 9), cue: Any = (10, 14), content: Any = (15, 45)) -> dict[str, list[tuple[int, int]]]:
    parts = {"source": source, "cue": cue, "content": content}
    return {name: [span] if span else [] for name, span in parts.items()}


def counts(gold: list[Any], said: list[Any]) -> dict[str, list[float]]:
    table = count(marked(TEXT, gold), marked(TEXT, said))
    return {name: row.tolist() for name, row in zip(FIGURES, table, strict=True)}


def test_white_space_does_not_count() -> None:
    assert characters("a b\n", [(0, 4), (1, 2)]) == {0, 2}
    found = counts([one(content=(15, 45))], [one(content=(14, 46))])
    assert found["content_exact"] == [1, 1, 1]
    assert found["content_characters"] == [25, 25, 25]


def test_exact_means_the_same_first_and_last_character() -> None:
    """Pieces between them do not matter."""
    said = {"source": [(0, 3), (4, 9)], "cue": [(10, 15)], "content": [(15, 40)]}
    found = counts([one()], [said])
    assert found["source_exact"] == [1, 1, 1]
    assert found["cue_exact"] == [1, 1, 1]
    assert found["content_exact"] == [0, 1, 1]
    assert found["content_characters"] == [20, 20, 25]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (one(content=(15, 30)), True),
        (one(content=(15, 22)), False),
        (one(source=None), False),
        (one(source=(4, 9)), True),
        (one(cue=(48, 51)), False),
        (one(content=None), False),
    ],
)
def test_an_attribution_is_found_if_each_part_overlaps_by_half(said: Any, found: bool) -> None:
    assert counts([one()], [said])["linked"] == [float(found), 1, 1]


def test_a_part_that_annotators_leave_open_may_be_anything() -> None:
    assert counts([one(source=None)], [one()])["linked"] == [1, 1, 1]


def test_linking_is_one_to_one_and_the_best_overlap_goes_first() -> None:
    gold, said = marked(TEXT, [one()]), marked(TEXT, [one(content=(15, 35)), one()])
    assert linked(gold, said) == [(0, 1)]
    assert counts([one()], [one(), one()])["linked"] == [1, 2, 1]


def test_nothing_against_nothing_scores_nothing() -> None:
    scores = estimate(np.array([count([], [])]))
    assert {(score.precision.value, score.recall.value, score.f1.value) for score in scores} == {(0.0, 0.0, 0.0)}


def test_rates_are_of_sums_and_intervals_hold_them() -> None:
    table = np.array([[[8, 10, 10]], [[2, 10, 4]], [[5, 6, 9]]], dtype=float)
    (score,) = estimate(table, seed=1)
    assert (score.right, score.predicted, score.gold) == (15, 26, 23)
    assert score.precision.value == pytest.approx(15 / 26)
    assert score.recall.value == pytest.approx(15 / 23)
    assert score.f1.value == pytest.approx(30 / 49)
    for rate in (score.precision, score.recall, score.f1):
        assert 0 <= rate.low < rate.value < rate.high <= 1
    assert estimate(table, seed=1) == [score]


def test_articles_that_are_all_alike_leave_no_doubt() -> None:
    (score,) = estimate(np.array([[[3, 4, 5]]] * 6, dtype=float))
    assert score.f1.low == pytest.approx(score.f1.high) == pytest.approx(6 / 9)


def test_the_ceiling_is_every_annotator_against_every_other() -> None:
    """Precision one way is recall the other, so both are the same in sum."""
    rows = [Record("1", "", TEXT, marks, code) for code, marks in (("a", (one(),)), ("b", (one(), one(cue=(48, 51)))))]
    found = ceiling([*rows, Record("2", "", TEXT, (one(),), "a")])
    assert found is not None
    assert (found.articles, found.pairs) == (1, 2)
    score = found.scores["linked"]
    assert (score.right, score.predicted, score.gold) == (2, 3, 3)
    assert score.precision.value == score.recall.value == pytest.approx(2 / 3)


def test_there_is_no_ceiling_without_a_second_annotator() -> None:
    assert ceiling([Record("1", "", TEXT, (one(),))]) is None
