"""Training on a file: what is held out, what is measured, and what a model file then says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing.classify.evaluation import evaluate
from framing.classify.texts import (
    TextClassifier,
    TextFeatures,
    TextModel,
    evaluate_texts,
    train_task,
    train_texts,
)
from framing.classify.texts import _train as training
from framing.errors import InputError, OptionError

Table = Callable[..., Path]
Three = tuple[list[str], list[str]]
Several = tuple[list[str], np.ndarray]
QUICK = TextClassifier(TextFeatures(words=(1, 1)), C=(1.0,), balance=(0.0,), folds=2, repeats=1)


def test_a_classifier_is_trained_and_measured(one_of_three: Three, table: Table) -> None:
    texts, kinds = one_of_three
    outlets = [f"outlet {number % 7}" for number in range(60)]
    path = table(text=texts, kind=kinds, outlet=outlets, place=["here", "there"] * 30)
    said: list[str] = []
    found = train_texts(
        path, task="kinds", labels="kind", topic="place", estimator=QUICK, folds=3, shares=(0.5,), say=said.append
    )
    apart, crossed = found.predictions
    assert (apart.how, crossed.how) == ("outlets held out", "cross-validated, 3 folds")
    assert (crossed.labels, crossed.exclusive) == (("fight", "health", "money"), True)
    assert crossed.outlets == outlets
    assert crossed.topics == ["here", "there"] * 30
    assert (crossed.decided == crossed.gold).all(axis=1).mean() > 0.85
    assert [n for n, *_ in found.curve] == [20, 40]
    assert all(low <= value <= high for _, value, low, high in found.curve)
    assert {name for name, weight in found.features["money"][:12]} & {"word=budget", "word=taxes", "word=prices"}
    assert not any(name.startswith("vector=") for name, _ in found.features["money"])
    assert "training on 60 texts" in said
    measured = evaluate(found.predictions, features=found.features, curve=found.curve)
    assert measured.results[0].how == "outlets held out"


def test_what_is_predicted_was_not_learnt_from(
    one_of_three: Three, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No group, and then no outlet, is on both sides."""
    texts, kinds = one_of_three
    groups, outlets = [str(number // 3) for number in range(60)], [str(number % 5) for number in range(60)]
    path = table(text=texts, kind=kinds, url=groups, outlet=outlets)
    seen: list[set[int]] = []
    fit, held = training._Tester.fit, training._Tester._held

    def noted(self: Any, rows: np.ndarray) -> TextClassifier:
        seen.append(set(rows.tolist()))
        return fit(self, rows)

    def checked(self: Any, fitted: TextClassifier, rows: np.ndarray) -> Any:
        asked = set(rows.tolist())
        assert not {groups[row] for row in asked} & {groups[row] for row in seen[-1]}
        return held(self, fitted, rows)

    monkeypatch.setattr(training._Tester, "fit", noted)
    monkeypatch.setattr(training._Tester, "_held", checked)
    found = train_texts(path, task="kinds", labels="kind", estimator=QUICK, folds=5, shares=(0.5,))
    # all, then five parts, half of each for the curve, and five outlets
    assert [len(rows) for rows in seen[:1]] == [60]
    assert len(seen) == 1 + 5 + 5 + 5
    for rows in seen[11:]:
        assert len({outlets[row] for row in rows}) == 4
    assert len(found.curve) == 2


def test_several_labels_are_measured_one_by_one(any_of_three: Several, table: Table) -> None:
    texts, labels = any_of_three
    path = table(text=texts, **dict(zip("abc", labels.T.tolist(), strict=True)))
    found = train_texts(path, task="any", labels=["a", "b", "c"], estimator=QUICK, folds=3, shares=())
    (crossed,) = found.predictions
    assert not crossed.exclusive
    assert (crossed.decided == crossed.gold).mean() > 0.85
    assert crossed.probability is not None
    assert found.curve == []


def test_training_without_measuring_only_trains(any_of_three: Several, table: Table) -> None:
    texts, labels = any_of_three
    found = train_texts(table(text=texts, a=labels[:, 0]), task="any", labels="a", estimator=QUICK, measure=False)
    assert (found.predictions, found.curve) == ([], [])
    assert found.estimator.predict(texts).shape == (60,)


def test_a_model_says_what_it_was_trained_on(one_of_three: Three, table: Table) -> None:
    texts, kinds = one_of_three
    path = table(text=texts, kind=kinds, outlet=["a", "b", "c"] * 20)
    found = train_texts(path, task="kinds", labels="kind", estimator=QUICK, measure=False)
    about, columns = found.compiled(unit="sentence")
    assert json.loads(json.dumps(about)) == about
    assert (about["task"], about["kind"], about["unit"], about["exclusive"]) == ("kinds", "texts", "sentence", True)
    assert about["data"]["labelled"] == {"fight": 20, "health": 20, "money": 20}
    assert (about["data"]["name"], about["data"]["records"], about["data"]["outlets"]) == ("data.csv", 60, 3)
    assert TextModel(about, columns).labels == ("fight", "health", "money")


def test_a_model_is_measured_on_another_file(one_of_three: Three, table: Table) -> None:
    texts, kinds = one_of_three
    trained = train_texts(
        table(text=texts[:40], kind=kinds[:40]), task="kinds", labels="kind", estimator=QUICK, measure=False
    )
    names = trained.records.labels
    other = table("other.csv", text=texts[40:], kind=kinds[40:])
    found = evaluate_texts(trained.estimator, other, task="kinds", labels="kind", names=names)
    assert (found.how, found.labels, len(found.ids)) == ("other.csv", names, 20)
    assert (found.decided == found.gold).all(axis=1).mean() > 0.8
    two = table("two.csv", text=texts[40:], kind=["money" if kind == "money" else "fight" for kind in kinds[40:]])
    assert evaluate_texts(trained.estimator, two, task="kinds", labels="kind", names=names).labels == names
    strange = table("strange.csv", text=texts[40:], kind=["money", "love"] * 10)
    with pytest.raises(InputError, match="has the label 'love'; allowed: 'fight', 'health', 'money'"):
        evaluate_texts(trained.estimator, strange, task="kinds", labels="kind", names=names)


def test_second_labels_are_learnt_from_but_not_asked_for(one_of_three: Three, table: Table) -> None:
    texts, kinds = one_of_three
    path = table(text=texts, kind=kinds, other=["money"] * 5 + [""] * 55)
    found = train_texts(path, task="kinds", labels="kind", second="other", estimator=QUICK, folds=3, shares=())
    (crossed,) = found.predictions
    assert len(crossed.ids) == 60
    assert crossed.gold.argmax(axis=1).tolist() == [crossed.labels.index(kind) for kind in kinds]


def test_shipped_tasks_read_their_own_columns(one_of_three: Three, tmp_path: Path) -> None:
    texts, kinds = one_of_three
    path = tmp_path / "guns.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for text, kind in zip(texts, kinds, strict=True):
            row = {"text": text, "frame1": None if kind == "health" else kind, "frame2": None}
            file.write(json.dumps(row) + "\n")
    found = train_task("guns", path, measure=False)
    assert found.records.labels == ("fight", "money", "none")
    with pytest.raises(OptionError, match="task is 'love'; allowed: climate, guns"):
        train_task("love", path)


@pytest.mark.parametrize("options", [{"folds": 1}, {"shares": (0.5, 1.0)}])
def test_options_that_are_not_allowed_are_named(table: Table, options: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match="allowed: at least 2, and numbers between 0 and 1"):
        train_texts(table(text=["a"]), task="any", labels="a", **options)
