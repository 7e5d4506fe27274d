"""What runs over a corpus: the same scores as the estimator's, for titles, sentences and articles of a topic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing.classify._store import load_estimator, open_columns, save
from framing.classify.texts import TASKS, TextClassifier, TextFeatures, TextModel, Topic, compiled
from framing.classify.texts._units import read_units
from framing.corpus import Article
from framing.errors import InputError, OptionError
from framing.text import Batch, Vocabulary, read

Three = tuple[list[str], list[str]]
Several = tuple[list[str], np.ndarray]
FEATURES = TextFeatures(words=(1, 2), characters=(3, 4), lexicons=("hedge",), weights={"characters": 2.0})


def fitted(texts: list[str], y: Any) -> TextClassifier:
    return TextClassifier(FEATURES, C=(1.0,), balance=(0.5,), folds=3, repeats=1).fit(texts, y)


def batch_of(texts: list[str]) -> Batch:
    return read([Article(str(number), text) for number, text in enumerate(texts)])


def model_of(estimator: TextClassifier, **about: Any) -> TextModel:
    own, columns = compiled(estimator)
    return TextModel({**own, **about}, columns)


@pytest.fixture(scope="module")
def three(one_of_three: Three) -> TextClassifier:
    return fitted(*one_of_three)


@pytest.mark.parametrize("kind", ["two", "three", "several"])
def test_scores_are_the_estimator_s(one_of_three: Three, any_of_three: Several, kind: str) -> None:
    texts, kinds = one_of_three
    y: Any = np.array(kinds) == "money" if kind == "two" else kinds
    if kind == "several":
        texts, y = any_of_three
    estimator = fitted(texts, y)
    model = model_of(estimator)
    new = [*texts, "Nobody read it.", "Some say 12 people's doctors may strike!"]
    assert model.scores(batch_of(new)) == pytest.approx(estimator.scores(new), abs=1e-6)
    assert model.probabilities(batch_of(new)) == pytest.approx(estimator.probabilities(new), abs=1e-6)
    assert len(model.labels) == estimator.scores(new).shape[1]


def test_scores_survive_the_disk(three: TextClassifier, one_of_three: Three, tmp_path: Path) -> None:
    texts, _ = one_of_three
    about, columns = compiled(three)
    path = tmp_path / "kinds.skops"
    save(path, three, {"task": "kinds", **about}, columns)
    model = TextModel(*open_columns(path))
    assert model.scores(batch_of(texts)) == pytest.approx(three.scores(texts), abs=1e-6)
    again = load_estimator(path)
    assert (again.scores(texts) == three.scores(texts)).all()
    assert again.fit(texts, [label[0] for label in one_of_three[1]]).classes_.tolist() == ["f", "h", "m"]


def test_a_batch_after_another_scores_the_same(three: TextClassifier, one_of_three: Three) -> None:
    """What is known of spellings is kept across batches of one vocabulary, for each model its own."""
    texts, _ = one_of_three
    vocabulary, model, other = Vocabulary(), model_of(three), model_of(fitted(texts, np.arange(60) % 2))
    for low in (0, 20, 40):
        part = texts[low : low + 20]
        batch = read([Article(str(number), text) for number, text in enumerate(part)], vocabulary)
        assert model.scores(batch) == pytest.approx(three.scores(part), abs=1e-6)
        assert other.scores(batch).shape == (20, 1)


def test_sentences_score_as_texts_of_their_own(three: TextClassifier) -> None:
    parts = ["The market saw prices rise.", "Doctors and nurses met.", "A rival group planned an attack."]
    batch = batch_of([" ".join(parts[:2]), parts[2]])
    assert model_of(three).scores(batch, "sentence") == pytest.approx(three.scores(parts), abs=1e-6)
    assert model_of(three).scores(batch, "first sentence") == pytest.approx(three.scores(parts[::2]), abs=1e-6)


def test_a_model_of_titles_reads_the_first_sentence_where_there_is_no_title(three: TextClassifier) -> None:
    texts = ["The market fell. Doctors met.", "Nurses met. A rival attack followed.", ""]
    titles = ["An attack by rivals", "", ""]
    model = model_of(three, unit="title")
    found = model.score_articles(batch_of(texts), batch_of(titles))
    assert found[:2] == pytest.approx(three.scores([titles[0], "Nurses met."]), abs=1e-6)
    assert np.isnan(found[2]).all()


def test_nothing_is_said_of_an_article_outside_the_topic(three: TextClassifier) -> None:
    texts = ["Prices of climate-friendly goods rose.", "Prices rose.", "Climatologists met doctors."]
    model = model_of(three, topic=Topic(("climat*",)).about())
    found = model.score_articles(batch_of(texts))
    assert np.isnan(found).all(axis=1).tolist() == [False, True, False]
    assert found[[0, 2]] == pytest.approx(three.scores([texts[0], texts[2]]), abs=1e-6)
    titled = model_of(three, unit="title", topic=Topic(("climat*",)).about())
    apart = titled.score_articles(batch_of(texts), batch_of(["Prices", "Climate", ""]))
    assert np.isnan(apart).all(axis=1).tolist() == [True, False, False]


def test_a_topic_is_told_by_number_and_share_of_words() -> None:
    (units,) = read_units(["Oil and gas.", "Oil here.", "Oil, gas and " + "many words " * 20, "Spoil it, gasp"])
    assert Topic(("oil", "gas"), least=2, share=0.1).holds(units).tolist() == [True, False, False, False]
    assert Topic(("oil", "gas*")).holds(units).tolist() == [True, True, True, True]


def test_hidden_labels_have_no_column(three: TextClassifier) -> None:
    model = model_of(three, columns=["frame_fight", "", "frame_money"])
    batch = batch_of(["Prices rose."])
    assert model.columns == ("frame_fight", "frame_money")
    assert (model.score_articles(batch) == model.scores(batch)[:, [0, 2]]).all()


def test_an_empty_batch_has_no_scores(three: TextClassifier) -> None:
    empty = batch_of([])
    assert model_of(three).scores(empty).shape == (0, 3)
    assert model_of(three).score_articles(empty).shape == (0, 3)
    assert model_of(three, unit="title").score_articles(empty, empty).shape == (0, 3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"labels": ["a"]}, "weights for 1 labels"),
        ({"unit": "chapter"}, "unit 'chapter'"),
        ({"columns": ["a"]}, "weights for 3"),
    ],
)
def test_a_model_that_does_not_fit_together_is_refused(
    three: TextClassifier, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        model_of(three, **change)


def test_columns_of_another_kind_are_refused(three: TextClassifier) -> None:
    about, columns = compiled(three)
    del columns["coef"]
    with pytest.raises(InputError, match="not the columns of a text model"):
        TextModel(about, columns)


def test_an_unknown_unit_is_refused(three: TextClassifier) -> None:
    with pytest.raises(InputError, match="unit is 'page'; allowed: text, title, sentence, first sentence"):
        model_of(three).scores(batch_of(["One."]), "page")


def test_each_label_has_a_name(three: TextClassifier) -> None:
    assert compiled(three)[0]["labels"] == ["fight", "health", "money"]
    with pytest.raises(OptionError, match="1 names for labels; allowed: 3"):
        compiled(three, ["one"])


@pytest.mark.parametrize(
    ("task", "inside", "outside"),
    [
        (
            "climate",
            "Carbon emissions must fall, said the climate panel.",
            "The prime minister resigned after the vote.",
        ),
        ("guns", "Students march for gun control", "Students march for lower fees"),
    ],
)
def test_tasks_that_ship_know_their_topic(task: str, inside: str, outside: str) -> None:
    (units,) = read_units([inside, outside])
    assert TASKS[task].topic.holds(units).tolist() == [True, False]


def test_columns_of_tasks_that_ship_are_named_after_frames() -> None:
    assert TASKS["climate"].column("human_interest") == "frame_human_interest"
    assert TASKS["guns"].column("School or public space safety") == "frame_guns_school_or_public_space_safety"
    assert TASKS["guns"].column("none") == ""
