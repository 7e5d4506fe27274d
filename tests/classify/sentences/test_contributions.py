"""What each word added to a sentence's score: exact, whatever the text."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from framing.classify.sentences import Units, contributions
from framing.classify.sentences._classifier import SentenceClassifier
from framing.classify.sentences._features import matches_of
from framing.corpus import Article
from framing.text import Batch, Vocabulary, read


def batch_of(texts: list[str]) -> Batch:
    return read([Article(str(number), text) for number, text in enumerate(texts)], Vocabulary())


def many(made_sentences: ModuleType) -> list[str]:
    """Return odd texts, and 150 mixed from words, marks and unknown strings."""
    rng = np.random.default_rng(11)
    pieces = [*made_sentences.PLAIN, *made_sentences.PLANTED, "“", "”", ".", "!", ",", "regime", "perhaps", "Zqx", "7"]
    return [*made_sentences.ODD, *(" ".join(rng.choice(pieces, rng.integers(1, 25))) for _ in range(150))]


@pytest.fixture(scope="module")
def unmarked(made_sentences: ModuleType) -> SentenceClassifier:
    """Return a model of sentences in which nobody marked a word, with everything else set otherwise."""
    made = made_sentences.made()
    estimator = SentenceClassifier(folds=2, costs=(1.0,), vectors=False, length_power=0.0, threshold="f1")
    return estimator.fit([one.text for one in made], [one.planted != "" for one in made])


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("kind", ["marked", "unmarked"])
def test_words_and_rest_add_up_to_the_log_odds(
    made_sentences: ModuleType, trained_sentences: Any, unmarked: SentenceClassifier, kind: str, split: bool
) -> None:
    """Also of a text without a word, of marks only, of unknown words, and of a quotation that nobody closed."""
    estimator = trained_sentences.estimator if kind == "marked" else unmarked
    batch, model = batch_of(many(made_sentences)), estimator.model()
    units = Units.sentences(batch) if split else Units.articles(batch)
    matches = matches_of(estimator.lexicons, batch)
    scored = model.score(units, matches)
    found = contributions(model, scored, units, matches)
    assert found.words.shape == (len(batch),)
    assert found.rest.shape == scored.sentences.shape == (units.n,)
    assert np.isfinite(scored.sentences).all()
    np.testing.assert_allclose(units.sum(found.words) + found.rest, scored.sentences, rtol=0, atol=1e-9)


def test_the_planted_word_adds_most(made_sentences: ModuleType, trained_sentences: Any) -> None:
    made = [one for one in made_sentences.made(40, seed=8) if one.planted]
    batch, estimator = batch_of([one.text for one in made]), trained_sentences.estimator
    units, matches = Units.articles(batch), matches_of(estimator.lexicons, batch)
    model = estimator.model()
    added = contributions(model, model.score(units, matches), units, matches).words
    for number, one in enumerate(made):
        inside = np.flatnonzero(units.unit == number)
        assert batch.folded[inside[added[inside].argmax()]] == one.planted


def test_no_text_at_all_has_no_contributions(trained_sentences: Any) -> None:
    batch, estimator = batch_of([]), trained_sentences.estimator
    units, matches = Units.sentences(batch), matches_of(estimator.lexicons, batch)
    model = estimator.model()
    found = contributions(model, model.score(units, matches), units, matches)
    assert (len(found.words), len(found.rest)) == (0, 0)
