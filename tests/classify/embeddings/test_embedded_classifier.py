"""Sentences told apart by their words and by their embedding; a stand-in for the model, so no extra is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone

from framing.classify import _store
from framing.classify.embeddings import (
    KIND,
    EmbeddedModel,
    EmbeddedSentenceClassifier,
    SentenceEmbeddings,
    embedded_estimator,
)
from framing.classify.embeddings._model import texts_of
from framing.classify.sentences import Units
from framing.classify.sentences._classifier import SentenceClassifier
from framing.corpus import Article
from framing.errors import InputError, OptionError
from framing.lexicon import Matcher
from framing.measures.attribution import shipped_finder
from framing.text import Vocabulary, read

Kinds = tuple[list[str], list[str], list[str]]


def small(**options: Any) -> EmbeddedSentenceClassifier:
    return EmbeddedSentenceClassifier(SentenceClassifier(vectors=False, folds=3, costs=(0.1,)), **options)


@pytest.fixture(scope="module")
def fitted(fake_of_module: Any, two_kinds: Kinds) -> EmbeddedSentenceClassifier:
    texts, labels, groups = two_kinds
    return small().fit(texts, labels, groups=groups)


def test_what_no_word_tells_is_learnt_from_the_embedding(fitted: EmbeddedSentenceClassifier, two_kinds: Kinds) -> None:
    texts, labels, _ = two_kinds
    assert (fitted.predict(texts) == labels).mean() > 0.95
    odds = fitted.decision_function(texts)
    assert ((odds >= 0) == (fitted.predict(texts) == "yes")).all()
    assert fitted.predict_proba(texts).sum(axis=1) == pytest.approx(1)
    # the first column of the stand-in tells the kinds apart, the second is the same for all
    wet, same, _ = np.abs(fitted.columns_["embedding"])
    assert wet > 0.5
    assert same < wet / 100


def test_the_score_is_that_of_the_words_and_that_of_the_embedding(
    fitted: EmbeddedSentenceClassifier, two_kinds: Kinds
) -> None:
    texts, _, _ = two_kinds
    scored, units, model = fitted.score_texts(texts)
    assert isinstance(model, EmbeddedModel)
    vectors = fitted.embeddings_.transform(texts)
    assert model.of_embedding(units) == pytest.approx(vectors @ fitted.columns_["embedding"])
    words = super(EmbeddedModel, model).score(units, fitted._matches(units.batch))
    assert scored.sentences == pytest.approx(words.sentences + model.of_embedding(units))
    assert scored.words == pytest.approx(words.words)


def test_it_has_parameters_and_clones(fitted: EmbeddedSentenceClassifier) -> None:
    again = clone(fitted)
    assert again.get_params()["stack__folds"] == 3
    assert not hasattr(again, "columns_")
    again.set_params(stack__penalty=2.0, embeddings=SentenceEmbeddings(layer=2))
    assert again.stack is not None
    assert again.stack.penalty == 2.0
    assert again.get_params()["embeddings__layer"] == 2
    assert again.folds == 3
    assert EmbeddedSentenceClassifier().folds == SentenceClassifier().folds


def test_a_saved_model_scores_the_same(fitted: EmbeddedSentenceClassifier, two_kinds: Kinds, tmp_path: Path) -> None:
    texts, _, _ = two_kinds
    file = tmp_path / "own.skops"
    _store.save(file, fitted, {"task": "bias", **fitted.about_}, fitted.columns_)
    odds = fitted.decision_function(texts)
    assert _store.load_estimator(file).decision_function(texts) == pytest.approx(odds)
    about, columns = _store.open_columns(file)
    assert about["kind"] == KIND
    assert about["embedding"] == {"package": "fake", "version": "1", "sha256": "aa", "layer": 4}
    model = EmbeddedModel(about, columns, shipped_finder().weights.classes)
    batch = read([Article(str(number), text) for number, text in enumerate(texts)], Vocabulary())
    assert model.score(Units.articles(batch), Matcher([]).find(batch)).sentences == pytest.approx(odds)


def test_weights_of_other_embeddings_are_refused(fitted: EmbeddedSentenceClassifier, fake_of_module: Any) -> None:
    about = {**fitted.about_, "embedding": {**fake_of_module.about, "version": "0", "sha256": "bb", "layer": 4}}
    model = EmbeddedModel(about, fitted.columns_, shipped_finder().weights.classes)
    batch = read([Article("a", "It rained.")], Vocabulary())
    with pytest.raises(InputError, match=r"trained with the weights of fake 0, installed are those of fake 1"):
        model.score(Units.sentences(batch), Matcher([]).find(batch))


def test_each_unit_is_embedded_as_it_stands_in_the_text() -> None:
    batch = read([Article("a", " One rose.  “Two” fell! "), Article("b", ""), Article("c", "Three  words here.")],
                 Vocabulary())  # fmt: skip
    assert texts_of(Units.sentences(batch)) == ["One rose.", "“Two” fell!", "Three  words here."]
    assert texts_of(Units.articles(batch)) == ["One rose.  “Two” fell!", "Three  words here."]


def test_a_text_without_a_word_gets_nothing_from_the_embedding(fitted: EmbeddedSentenceClassifier) -> None:
    batch = read([Article("a", ""), Article("b", "Rain fell.")], Vocabulary())
    added = fitted.model().of_embedding(Units.articles(batch))
    assert added[0] == 0
    assert added[1] == pytest.approx(float(fitted.columns_["embedding"][1]))
    empty = read([Article("a", "")], Vocabulary())
    assert fitted.model().of_embedding(Units.articles(empty)).tolist() == [0]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["a"] * 60, "y has 1 labels; this estimator takes two"),
        (["a"] * 59, "y has 59 entries and X 60 texts"),
        (["a"] * 59 + ["b"], r"label b: in fewer groups than there are folds \(3\)"),
    ],
)
def test_labels_that_cannot_be_learnt_are_refused(
    fake_of_module: Any, two_kinds: Kinds, labels: list[str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        small().fit(two_kinds[0], labels)


def test_tasks_of_sentences_have_an_estimator() -> None:
    found = embedded_estimator("bias", seed=3)
    assert found.stack is not None
    assert found.stack.random_state == 3
    assert found.stack.lexicons
    with pytest.raises(OptionError, match="task is 'climate'; allowed with embeddings: bias, uncertain"):
        embedded_estimator("climate")
