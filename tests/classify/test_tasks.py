"""Training any task in one way: what is held apart, what is written, and what a measurement is called."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from framing.classify import TextClassifier, TextFeatures, _store, _tasks
from framing.classify._model_card import card
from framing.classify._provenance import KNOWN, UNKNOWN, provenance
from framing.classify.sentences import _train
from framing.classify.sentences._train import SentenceTask, telling
from framing.errors import InputError, OptionError

QUICK = {"folds": 2, "costs": (1.0,), "vectors": False, "penalty": 1.0}


def quick_texts(seed: int) -> TextClassifier:
    features = TextFeatures(words=(1, 1), characters=None, vectors=False, measures=False)
    return TextClassifier(features, C=(3.0,), balance=(0.0,), folds=2, repeats=1, seed=seed)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the task have few folds and no lexicons."""
    monkeypatch.setitem(_train.TASKS, "bias", SentenceTask(name="bias", positive="biased", layers=(), settings=QUICK))


def table(made_sentences: ModuleType, path: Path, n: int = 60, seed: int = 3, **columns: Sequence[Any]) -> Path:
    written: Path = made_sentences.write(path, made_sentences.made(n, seed), **columns)
    return written


@pytest.fixture(scope="module")
def measured(made_sentences: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Return a task trained and measured, with outlets, votes and a file to test on."""
    folder = tmp_path_factory.mktemp("measured")
    made = made_sentences.made(72)
    outlets = [("A", "B", "C", "")[number // 2 % 4] for number in range(72)]
    data = made_sentences.write(folder / "data.csv", made, outlet=outlets)
    test = table(made_sentences, folder / "test.csv", 20, 5, outlet=["A", "B"] * 10)
    votes = made_sentences.write_votes(folder / "votes.jsonl", made)
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(_train.TASKS, "bias", SentenceTask(name="bias", positive="biased", layers=(), settings=QUICK))
        made_model = _tasks.train(
            "bias", data, folder / "mine.skops", votes=votes, test=test, say=said.append, outlet="outlet"
        )  # fmt: skip
    assert "training on 72 texts" in said
    return folder, made_model


def test_outlets_held_out_are_measured_first(measured: tuple[Path, Any]) -> None:
    """Then the cross-validation, then the file apart; texts without an outlet are not held out."""
    evaluation = measured[1].evaluation
    hows = [one.how for one in evaluation.results]
    assert hows == ["outlets held out", "cross-validated, 5 folds by url", "test.csv, not trained on"]
    assert [one.n for one in evaluation.results] == [54, 72, 20]
    assert [one.scores.macro_f1.value > 0.8 for one in evaluation.results] == [True] * 3


def test_marked_words_are_measured_with_the_lists_and_without(measured: tuple[Path, Any]) -> None:
    words = measured[1].evaluation.words
    assert [one.how.rpartition("; ")[2] for one in words] == [_train.BOTH, _train.LISTS] * 2
    assert words[0].f1.value > 0.8
    assert [one.f1.value for one in words[1::2]] == pytest.approx([0, 0], nan_ok=True)


def test_annotators_give_the_ceiling(measured: tuple[Path, Any]) -> None:
    assert measured[1].evaluation.ceiling is not None


def test_the_model_says_what_it_is(made_sentences: ModuleType, measured: tuple[Path, Any]) -> None:
    folder, made = measured
    about, columns = _store.open_columns(folder / "mine.skops")
    data = (folder / "data.csv").read_bytes()
    assert (about["task"], about["kind"], about["labels"], about["negative"]) == (
        "bias",
        "sentences",
        ["biased"],
        "fair",
    )
    assert about["data"] == {
        "name": "data.csv", "sha256": hashlib.sha256(data).hexdigest(), "records": 72, "groups": 36,
        "grouped by": "url", "outlets": 3, "labelled": 36, "annotators": 3,
    }  # fmt: skip
    assert [one["how"] for one in about["scores"]["measured"]] == [one.how for one in made.evaluation.results]
    assert not any(array.dtype == object for array in columns.values())
    text = " ".join((folder / "mine.md").read_text(encoding="utf-8").split())
    assert hashlib.sha256((folder / "mine.skops").read_bytes()).hexdigest() in text
    assert "Licence: nothing is known here of their licence." in text
    assert "72 records in 36 groups (by url)" in text
    assert str(folder) not in text


def test_no_text_of_the_data_is_in_the_model(made_sentences: ModuleType, measured: tuple[Path, Any]) -> None:
    content = (measured[0] / "mine.skops").read_bytes()
    for one in made_sentences.made(72):
        assert one.text.encode() not in content


def test_no_article_is_on_both_sides(
    made_sentences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in the folds nor where outlets are held out, though two outlets carry the same article."""
    outlets = ["A" if number % 2 else "BCD"[number // 2 % 3] for number in range(60)]
    path = table(made_sentences, tmp_path / "data.csv", outlet=outlets)
    fitted: list[set[str]] = []
    held: list[tuple[set[str], set[str]]] = []
    fit, predict = _train._Tester.fit, _train.predict

    def fit_watched(self: Any, rows: Any) -> Any:
        fitted.append({self.data.records.groups[row] for row in rows.tolist()})
        return fit(self, rows)

    def predict_watched(estimator: Any, data: Any, **options: Any) -> Any:
        held.append((fitted[-1], set(data.records.groups)))
        return predict(estimator, data, **options)

    monkeypatch.setattr(_train._Tester, "fit", fit_watched)
    monkeypatch.setattr(_train, "predict", predict_watched)
    found = _train.train_sentences(path, task="bias", folds=2, outlet="outlet")
    assert len(held) >= 3
    for seen, apart in held:
        assert not seen & apart
    assert {one.how for one in found.predictions} == {"cross-validated, 2 folds by url"} | (
        {"outlets held out"} if len(found.predictions) == 2 else set()
    )


def test_outlets_that_know_one_label_cannot_be_held_out(made_sentences: ModuleType, tmp_path: Path) -> None:
    """The rest is measured all the same, and a part of the learning curve that is too small is left out."""
    outlets = ["A" if number % 2 else "BC"[number // 2 % 2] for number in range(24)]
    path = table(made_sentences, tmp_path / "data.csv", 24, outlet=outlets)
    found = _train.train_sentences(path, task="bias", folds=2)
    assert [one.how for one in found.predictions] == ["cross-validated, 2 folds by url"]
    assert found.curve
    assert found.curve[-1][0] == 12


def test_training_twice_gives_the_same_bytes(made_sentences: ModuleType, tmp_path: Path) -> None:
    path = table(made_sentences, tmp_path / "data.csv", 40)
    for name, seed in (("one", 0), ("two", 0), ("three", 1)):
        _tasks.train("bias", path, tmp_path / f"{name}.skops", measure=False, seed=seed)
    content = [(tmp_path / f"{name}.skops").read_bytes() for name in ("one", "two", "three")]
    assert content[0] == content[1]
    assert content[0] != content[2]
    assert "Not measured." in (tmp_path / "one.md").read_text(encoding="utf-8")


def test_words_are_measured_by_the_model_of_bias(made_sentences: ModuleType, measured: tuple[Path, Any]) -> None:
    folder = measured[0]
    found = _tasks.evaluate_task("words", folder / "test.csv", model=folder / "mine.skops")
    assert found.results == ()
    assert len(found.words) == 2
    plain = folder / "plain.csv"
    plain.write_text(
        "text,label\nA day.,fair\nA night.,biased\nA mayor met.,fair\nRain fell,biased\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="no words that annotators marked"):
        _tasks.evaluate_task("words", plain, model=folder / "mine.skops")


def test_a_measurement_on_the_training_data_says_so(measured: tuple[Path, Any], tmp_path: Path) -> None:
    """By the hash of the file, whatever it is called."""
    folder = measured[0]
    renamed = tmp_path / "test.csv"
    renamed.write_bytes((folder / "data.csv").read_bytes())
    found = _tasks.evaluate_task("bias", renamed, model=folder / "mine.skops")
    assert found.results[0].how == "test.csv, trained on"
    other = _tasks.evaluate_task("bias", folder / "test.csv", model=folder / "mine.skops")
    assert other.results[0].how == "test.csv, not trained on"


def test_predictions_of_a_text_are_those_of_its_strongest_sentence(trained_sentences: Any) -> None:
    estimator, data = trained_sentences.estimator, trained_sentences.data
    found, _ = _train.predict(estimator, data, task="bias", how="x")
    assert found.score[:, 0] == pytest.approx(estimator.predict_proba(data.records.texts)[:, 1], abs=1e-9)
    scored, units, _ = estimator.score_texts(["The mayor met. The quimsy mayor met."], split=True)
    assert units.n == 2
    assert scored.sentences[1] > scored.sentences[0]


def test_telling_words_are_in_order(trained_sentences: Any, made_sentences: ModuleType) -> None:
    found = telling(trained_sentences.estimator, trained_sentences.data)["biased"]
    weights = [weight for _, weight in found]
    assert found
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("task", "options", "kind", "said"),
    [
        (
            "tone",
            {},
            OptionError,
            "task 'tone' is none of bias, uncertain, words, climate, guns, frames: a task of your",
        ),
        ("tone", {"labels": "label", "votes": "votes.jsonl"}, OptionError, "votes are for tasks of sentences"),
        ("bias", {"positive": "Biased"}, InputError, "'Biased'"),
        ("bias", {"labels": "nothing"}, InputError, "nothing"),
        ("bias", {"text": "nothing"}, InputError, "nothing"),
        ("bias", {"labels": ["label", "id"]}, InputError, "data.csv"),
        ("bias", {"group": "nothing"}, InputError, "nothing"),
    ],
)
def test_what_is_given_wrong_is_refused(
    made_sentences: ModuleType, tmp_path: Path, task: str, options: dict[str, Any], kind: type[Exception], said: str
) -> None:
    path = table(made_sentences, tmp_path / "data.csv", 12)
    with pytest.raises(kind) as fault:
        _tasks.train(task, path, tmp_path / "m.skops", **options)
    assert said in str(fault.value)
    assert not (tmp_path / "m.skops").exists()


def test_a_column_that_the_test_lacks_is_said_before_the_work(made_sentences: ModuleType, tmp_path: Path) -> None:
    path = table(made_sentences, tmp_path / "data.csv", 12, outlet=["A"] * 12)
    test = table(made_sentences, tmp_path / "test.csv", 12)
    said: list[str] = []
    with pytest.raises(InputError, match=r"test\.csv: no column 'outlet' for outlet"):
        _tasks.train("bias", path, tmp_path / "m.skops", test=test, outlet="outlet", say=said.append)
    assert said == []


def test_a_folder_that_is_not_there_is_said_before_the_work(made_sentences: ModuleType, tmp_path: Path) -> None:
    path = table(made_sentences, tmp_path / "data.csv", 12)
    said: list[str] = []
    with pytest.raises(OptionError, match=r"m\.skops: there is no folder"):
        _tasks.train("bias", path, tmp_path / "no" / "m.skops", say=said.append)
    assert said == []


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("uncertain", "a model of the task 'bias', not of 'uncertain'"),
        ("tone", "a model of the task 'bias', not of 'tone'"),
    ],
)
def test_a_model_of_another_task_is_refused(sentence_model_file: Path, measured: Any, task: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        _tasks.evaluate_task(task, measured[0] / "test.csv", model=sentence_model_file)


def test_a_task_that_does_not_ship_needs_a_model(measured: Any) -> None:
    with pytest.raises(OptionError, match="task 'tone': no model of it ships"):
        _tasks.evaluate_task("tone", measured[0] / "test.csv")


def test_known_data_are_named_with_their_licence(trained_sentences: Any, tmp_path: Path) -> None:
    """By the hash of the file; the card of a model of others' data says that nothing is known."""
    path = tmp_path / "m.skops"
    trained_sentences.save(path)
    about, _ = _store.open_columns(path)
    assert provenance(about["data"]["sha256"]) is UNKNOWN
    for sha256, known in KNOWN.items():
        assert len(sha256) == 64
        text = " ".join(card({**about, "data": {**about["data"], "sha256": sha256}}, None, path).split())
        assert " ".join(known.licence.split()) in text
        assert " ".join(known.intended.split()) in text
        for limit in known.limits:
            assert " ".join(limit.split()) in text


def test_a_csv_of_lists_of_labels_is_a_task_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.classify.texts._train.TextClassifier", quick_texts)
    rng, path = np.random.default_rng(1), tmp_path / "topics.csv"
    words = {"sport": "goal match team", "money": "tax budget bank"}
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "topics"])
        for number in range(60):
            kinds = [kind for place, kind in enumerate(words) if number >> place & 1]
            chosen = [str(rng.choice(words[kind].split())) for kind in kinds for _ in range(3)]
            filler = rng.choice("day town people mayor report bridge office river".split(), 6)
            rows.writerow([" ".join([*filler, *chosen]), ";".join(kinds)])
    made = _tasks.train("topics", path, tmp_path / "t.skops", measure=False, labels="topics", empty="none")
    about, _ = _store.open_columns(made.model)
    assert about["kind"] == "texts"
    assert set(about["columns"]) >= {"topics_money", "topics_sport"}
