"""Predictions that cannot be measured are refused in a line that says what is wrong and what is allowed."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from framing.classify.evaluation import evaluate
from framing.errors import InputError

NAN = np.full((4, 1), np.nan)
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a score that is no number": ({"score": NAN}, r"record 'record-0', label 'biased': score is nan; allowed: finite"),
    "a probability that is none": ({"probability": np.full((4, 1), 1.5)}, r"probability is 1\.5; allowed: .* 0 to 1"),
    "a probability that is no number": ({"probability": NAN}, r"probability is nan"),
    "another shape": ({"score": np.zeros(4)}, r"score has shape \(4,\); allowed: \(4, 1\), records by labels"),
    "annotation that is no truth value": ({"gold": np.zeros((4, 1))}, r"gold holds float64; allowed: bool"),
    "too few groups": ({"groups": ["a"]}, r"groups holds 1 entries; allowed: one for each of 4 records"),
    "an id twice": ({"ids": list("abca")}, r"the id 'a' stands 2 times; allowed: once"),
    "no labels": ({"labels": ()}, r"labels are \(\); allowed: at least one"),
    "one exclusive label": ({"exclusive": True}, r"allowed: at least two"),
    "a negative class of the label's name": ({"negative": "biased"}, r"allowed: any name but the label's"),
    "a vote for no label": (
        {"votes": [None, {"x": 2}, None, None]},
        r"'record-1', annotator 'x': the vote is 2; .*True",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_measured_is_refused(made: ModuleType, case: str) -> None:
    changes, message = WRONG[case]
    with pytest.raises(InputError, match=f"^bias, cross-validated: .*{message}"):
        made.predictions(4, **changes)


def test_no_records_are_refused(made: ModuleType) -> None:
    with pytest.raises(InputError, match="there are no records"):
        made.predictions(0, gold=np.zeros((0, 1), dtype=bool))
    with pytest.raises(InputError, match="there are no records"):
        made.words(0)


def test_an_exclusive_record_has_one_label(made: ModuleType) -> None:
    gold = np.array([[True, False], [True, True]])
    with pytest.raises(InputError, match="'record-1' has 2 labels; allowed where labels are exclusive: 1"):
        made.predictions(2, 2, exclusive=True, gold=gold)


@pytest.mark.parametrize(
    ("exclusive", "vote", "allowed"),
    [(True, 2, "a label's number, 0 to 1"), (True, True, "a label's number"), (False, [0, 2], "a collection"),
     (False, "01", "a collection")],
)  # fmt: skip
def test_a_vote_is_for_labels_that_there_are(made: ModuleType, exclusive: bool, vote: Any, allowed: str) -> None:
    with pytest.raises(InputError, match=allowed):
        made.predictions(1, 2, exclusive=exclusive, votes=[{"x": vote}])


def test_words_and_marks_have_one_entry_each(made: ModuleType) -> None:
    with pytest.raises(InputError, match="record 'record-0': gold holds 1 entries; allowed: one for each of 5 words"):
        made.words(2, gold=[[True], [True]])
    with pytest.raises(InputError, match="marks of annotator 'x' holds 2 entries"):
        made.words(1, marks=[{"x": [True, False]}])
    with pytest.raises(InputError, match="not finite"):
        made.words(1, score=[[float("nan")] * 5])


def test_one_evaluation_is_of_one_task(made: ModuleType) -> None:
    with pytest.raises(InputError, match="differ in task or labels"):
        evaluate([made.predictions(10), made.predictions(10, task="other")])
    with pytest.raises(InputError, match="nothing to evaluate"):
        evaluate([])


def test_features_and_curve_are_numbers_of_known_labels(made: ModuleType) -> None:
    given = made.predictions(10)
    with pytest.raises(InputError, match="weight of feature 'x' is nan"):
        evaluate(given, features=[("x", float("nan"))])
    with pytest.raises(InputError, match="of the label 'other'; allowed: biased"):
        evaluate(given, features={"other": [("x", 1.0)]})
    with pytest.raises(InputError, match="features are of no label"):
        evaluate(made.predictions(10, 2), features=[("x", 1.0)])
    with pytest.raises(InputError, match="learning curve holds nan at n = 5"):
        evaluate(given, curve=[(5, float("nan"), 0.0, 1.0)])
