"""The classifier of sentences: scikit-learn's, the same every time, and the same as what runs over a corpus."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.model_selection import cross_val_predict
from sklearn.utils import estimator_checks

from framing.classify import load_estimator
from framing.classify._measures import sentence_model
from framing.classify.sentences import Units
from framing.classify.sentences._classifier import SentenceClassifier
from framing.classify.sentences._features import matches_of
from framing.classify.sentences._training import folds_of
from framing.corpus import Article
from framing.errors import InputError, OptionError
from framing.text import Vocabulary, read

# those that need no table of numbers, of which there is none
CHECKS = [
    "check_estimator_cloneable", "check_estimator_tags_renamed", "check_valid_tag_types", "check_estimator_repr",
    "check_no_attributes_set_in_init", "check_do_not_raise_errors_in_init_or_set_params", "check_mixin_order",
    "check_parameters_default_constructible", "check_get_params_invariance", "check_set_params",
]  # fmt: skip


def small(**options: Any) -> SentenceClassifier:
    return SentenceClassifier(**{"folds": 2, "costs": (1.0,), "vectors": False, "penalty": 1.0, **options})


def xy(made: list[Any]) -> tuple[list[str], np.ndarray]:
    return [one.text for one in made], np.array([one.planted != "" for one in made])


def test_scikit_learn_finds_nothing_wrong() -> None:
    """It runs few checks on estimators that do not take tables, and says so."""
    with pytest.warns(SkipTestWarning, match="requires input  of type"):
        results = estimator_checks.check_estimator(SentenceClassifier(), on_fail=None)
    assert results
    assert {one["status"] for one in results} == {"passed"}


@pytest.mark.parametrize("check", CHECKS)
def test_checks_of_the_sentence_classifier_pass(check: str) -> None:
    getattr(estimator_checks, check)("SentenceClassifier", SentenceClassifier())


def test_it_takes_texts_of_two_labels() -> None:
    tags = SentenceClassifier().__sklearn_tags__()
    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array
    assert not tags.classifier_tags.multi_class


def test_a_clone_keeps_parameters_and_forgets_what_was_learnt(trained_sentences: Any) -> None:
    again = clone(trained_sentences.estimator)
    assert again.get_params() == trained_sentences.estimator.get_params()
    assert again.set_params(folds=3).folds == 3
    for method in (again.predict, again.predict_proba, again.decision_function):
        with pytest.raises(NotFittedError):
            method(["One."])


def test_planted_words_are_learnt_in_cross_validation(made_sentences: ModuleType) -> None:
    """Without knowing a marked word, by labels alone."""
    texts, label = xy(made_sentences.made(160))
    named = np.where(label, "yes", "no")
    found = cross_val_predict(small(), texts, named, cv=2)
    assert (found == named).mean() > 0.9


def test_fitting_twice_gives_the_same_bits(made_sentences: ModuleType) -> None:
    made = made_sentences.made(40)
    texts, label = xy(made)
    marked = [one.marked for one in made]
    one, two = (small(phrases=2).fit(texts, label, marked=marked) for _ in range(2))
    assert one.about_ == two.about_
    assert one.columns_.keys() == two.columns_.keys()
    for name, column in one.columns_.items():
        assert (column == two.columns_[name]).all(), name


def test_probability_decision_and_label_agree(made_sentences: ModuleType, trained_sentences: Any) -> None:
    texts, label = xy(made_sentences.made(40, seed=9))
    estimator = trained_sentences.estimator
    odds, chance, said = estimator.decision_function(texts), estimator.predict_proba(texts), estimator.predict(texts)
    assert chance.sum(axis=1) == pytest.approx(1)
    assert ((odds >= 0) == (said == 1)).all()
    assert ((chance[:, 1] >= estimator.about_["threshold"]) == (said == 1)).all()
    assert (said == label).mean() > 0.9
    assert estimator.score(texts, label.astype(int)) == (said == label).mean()


@pytest.mark.parametrize("threshold", ["half", "f1"])
def test_the_decision_stands_where_the_threshold_does(made_sentences: ModuleType, threshold: str) -> None:
    texts, label = xy(made_sentences.made(40))
    found = small(threshold=threshold, length_power=0.0).fit(texts, label)
    moved = found.decision_function(texts) + np.log(found.about_["threshold"] / (1 - found.about_["threshold"]))
    assert found.predict_proba(texts)[:, 1] == pytest.approx(1 / (1 + np.exp(-moved)))
    assert (found.about_["threshold"] == 0.5) == (threshold == "half")


def test_what_is_saved_predicts_the_same(
    made_sentences: ModuleType, trained_sentences: Any, sentence_model_file: Path
) -> None:
    """The estimator in the file, and the columns beside it that run without scikit-learn."""
    texts = [*made_sentences.ODD, *xy(made_sentences.made(30, seed=21))[0]]
    estimator = trained_sentences.estimator
    odds = estimator.decision_function(texts)
    assert (load_estimator(sentence_model_file).decision_function(texts) == odds).all()
    model = sentence_model(sentence_model_file)
    batch = read([Article(str(number), text) for number, text in enumerate(texts)], Vocabulary())
    units, matches = Units.articles(batch), matches_of(estimator.lexicons, batch)
    assert model.score(units, matches).sentences == pytest.approx(odds, abs=1e-6)


def test_a_text_scores_the_same_alone_and_among_others(made_sentences: ModuleType, trained_sentences: Any) -> None:
    """Also with a vocabulary that knows other texts already."""
    texts = [*made_sentences.ODD, *xy(made_sentences.made(20, seed=5))[0]]
    estimator = trained_sentences.estimator
    together = estimator.decision_function(texts)
    alone = np.concatenate([estimator.decision_function([text]) for text in texts])
    assert alone == pytest.approx(together, abs=1e-6)
    model, vocabulary = estimator.model(), Vocabulary()
    for low in (0, 7, 30):
        part = texts[low : low + 9]
        batch = read([Article(str(number), text) for number, text in enumerate(part)], vocabulary)
        found = model.score(Units.articles(batch), matches_of(estimator.lexicons, batch))
        assert found.sentences == pytest.approx(together[low : low + 9], abs=1e-6)


def test_words_of_one_sentence_do_not_depend_on_the_next(made_sentences: ModuleType, trained_sentences: Any) -> None:
    estimator = trained_sentences.estimator
    first, *others = (one.text for one in made_sentences.made(8, seed=2))
    scored, units, _ = estimator.score_texts([" ".join([first, *others])], split=True)
    alone, _, _ = estimator.score_texts([first], split=True)
    assert units.n == 8
    n = len(alone.words)
    assert scored.words[:n] == pytest.approx(alone.words, abs=1e-6)
    assert scored.sentences[0] == pytest.approx(alone.sentences[0], abs=1e-6)


def test_no_group_is_divided() -> None:
    rng = np.random.default_rng(4)
    groups = rng.integers(0, 25, 200)
    label = rng.random(200) < 0.4
    folds = folds_of(label, groups, 5, 0)
    assert sorted(set(folds.tolist())) == [0, 1, 2, 3, 4]
    for group in np.unique(groups):
        assert len(set(folds[groups == group].tolist())) == 1
    assert (folds_of(label, groups, 5, 0) == folds).all()
    assert (folds_of(label, groups, 5, 1) != folds).any()


def test_groups_reach_the_cross_fitting(made_sentences: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    from framing.classify.sentences import _training

    texts, label = xy(made_sentences.made(24))
    groups, seen = np.repeat([f"g{n}" for n in range(6)], 4), []
    divide = _training.folds_of

    def watched(label: Any, groups: Any, n: int, seed: int) -> Any:
        folds = divide(label, groups, n, seed)
        seen.append((np.asarray(groups), folds))
        return folds

    monkeypatch.setattr(_training, "folds_of", watched)
    small().fit(texts, label, groups=groups)
    ((given, folds),) = seen
    for name in np.unique(groups):
        assert len(set(given[groups == name].tolist())) == len(set(folds[groups == name].tolist())) == 1


def test_shares_of_annotators_are_learnt(made_sentences: ModuleType) -> None:
    """A sentence that fewer called biased scores lower, with the same labels."""
    made = made_sentences.made(80)
    texts, label = xy(made)
    doubted = np.array([one.planted in made_sentences.PLANTED[:2] for one in made])
    share = np.where(doubted, 0.6, label * 1.0)
    soft, hard = small().fit(texts, label, share=share), small().fit(texts, label)
    probes = [f"The {word} mayor met people." for word in made_sentences.PLANTED]
    apart = hard.decision_function(probes) - soft.decision_function(probes)
    assert apart[:2].mean() > apart[2:].mean() + 0.1


def test_marked_words_are_found(made_sentences: ModuleType, trained_sentences: Any) -> None:
    made = made_sentences.made(60, seed=17)
    estimator = trained_sentences.estimator
    scored, units, model = estimator.score_texts([one.text for one in made])
    hit = (model.word_odds(scored, units) >= 0) & units.batch.is_word
    found = {(int(units.unit[token]), units.batch.folded[token]) for token in np.flatnonzero(hit)}
    wanted = {(number, one.planted) for number, one in enumerate(made) if one.planted}
    assert len(found & wanted) / len(found | wanted) > 0.9


def test_words_that_nobody_marked_are_found_by_the_labels_of_their_texts(made_sentences: ModuleType) -> None:
    """A text is positive if any of its words is (noisy or): the planted ones score highest."""
    texts, label = xy(made_sentences.made(80))
    estimator = small(length_power=0.0, threshold="f1").fit(texts, label)
    fresh = made_sentences.made(40, seed=23)
    scored, units, _ = estimator.score_texts([one.text for one in fresh])
    right = []
    for number, one in enumerate(fresh):
        inside = np.flatnonzero((units.unit == number) & units.batch.is_word)
        best = units.batch.folded[inside[scored.words[inside].argmax()]]
        right.append(best == one.planted if one.planted else best not in made_sentences.PLANTED)
        if one.planted:
            assert scored.words[inside].max() > np.median(scored.words[inside]) + 2
    assert np.mean(right) > 0.9


def test_marks_on_which_too_few_agree_leave_words_undecided(made_sentences: ModuleType) -> None:
    """Nothing to fit the decision to: words keep the log-odds that they have."""
    made = made_sentences.made(20)
    texts, label = xy(made)
    marked = [[(start, end, 0.2) for start, end, _ in one.marked] for one in made]
    assert small(marked_from=0.5).fit(texts, label, marked=marked).columns_["word"].tolist() == [1, 0, 0, 0]


def test_of_words_gives_what_a_word_adds_to_its_sentence(made_sentences: ModuleType, trained_sentences: Any) -> None:
    weights = trained_sentences.estimator.model().of_words([*made_sentences.PLANTED, "the", "mayor", "zqx"])
    of_planted = np.mean([weights[word] for word in made_sentences.PLANTED])
    assert of_planted > max(weights["the"], weights["mayor"], weights["zqx"])


TEXTS = ["A quimsy day."] * 4 + ["A day."] * 4


@pytest.mark.parametrize(
    ("options", "given", "kind", "said"),
    [
        ({}, {"y": [0] * 8}, InputError, "y has 1 labels; this estimator takes two"),
        ({}, {"y": [0, 1, 2] * 2 + [0, 1]}, InputError, "y has 3 labels"),
        ({}, {"y": [0, 1]}, InputError, "y has 2 entries and X 8 texts"),
        ({}, {"groups": [1]}, InputError, "groups has 1 entries and X 8 texts"),
        ({}, {"share": [1.0]}, InputError, "share has 1 entries"),
        ({}, {"marked": [[]]}, InputError, "marked has 1 entries"),
        ({}, {"share": [2.0] * 8}, InputError, "share holds what is no share"),
        ({}, {"share": [np.nan] * 8}, InputError, "share holds what is no share"),
        ({}, {"X": "One text."}, InputError, "X is one string"),
        ({}, {"X": [*TEXTS[:7], None]}, InputError, "text 7: a NoneType; every text must be a string"),
        ({}, {"X": ["…", ""] * 4}, InputError, "no text has a word"),
        ({"folds": 5}, {}, InputError, r"in fewer groups than there are folds \(5\)"),
        ({}, {"groups": [1] * 4 + [2] * 4}, InputError, r"label 0: in fewer groups than there are folds \(2\)"),
        ({"folds": 1}, {}, OptionError, "folds is 1; allowed: a whole number from 2"),
        ({"threshold": "best"}, {}, OptionError, "threshold is 'best'; allowed: half, f1"),
        ({"costs": ()}, {}, OptionError, "at least one cost"),
        ({"costs": (0.0,)}, {}, OptionError, "numbers above 0"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(
    options: dict[str, Any], given: dict[str, Any], kind: type[Exception], said: str
) -> None:
    arguments = {"X": TEXTS, "y": [1] * 4 + [0] * 4, **given}
    with pytest.raises(kind, match=said):
        small(**options).fit(arguments.pop("X"), arguments.pop("y"), **arguments)


def test_an_unknown_lexicon_is_refused(made_sentences: ModuleType) -> None:
    texts, label = xy(made_sentences.made(12))
    with pytest.raises(Exception, match="nowhere"):
        small(lexicons=("nowhere",)).fit(texts, label)
