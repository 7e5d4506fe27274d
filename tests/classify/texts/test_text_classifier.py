"""The classifier of texts: what it learns, how it decides, and what a decision is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from framing.classify.texts import TextClassifier, TextFeatures
from framing.classify.texts._decision import Decision
from framing.classify.texts._linear import Gold, Setting, Space, choose, decide, f1_threshold, fit
from framing.errors import InputError, OptionError

Three = tuple[list[str], list[str]]
Several = tuple[list[str], np.ndarray]


def small(**options: Any) -> TextClassifier:
    features = TextFeatures(words=(1, 1), vectors=False)
    return TextClassifier(features, **{"C": (1.0, 10.0), "balance": (0.0,), "folds": 3, "repeats": 1, **options})


def test_one_of_two_is_learnt(one_of_three: Three) -> None:
    texts, kinds = one_of_three
    two = np.where(np.array(kinds) == "money", "yes", "no")
    found = small().fit(texts, two)
    assert found.classes_.tolist() == ["no", "yes"]
    assert found.scores(texts).shape == (60, 1)
    assert found.predict_proba(texts).sum(axis=1) == pytest.approx(1)
    assert (found.predict(texts) == two).mean() > 0.95
    assert ((found.decision_function(texts) >= 0) == (found.predict(texts) == "yes")).all()


def test_one_of_three_is_learnt(one_of_three: Three) -> None:
    texts, kinds = one_of_three
    found = cross_val_predict(small(balance=(0.0, 1.0)), texts, np.array(kinds), cv=3)
    assert (found == kinds).mean() > 0.9


def test_any_of_three_are_learnt(any_of_three: Several) -> None:
    texts, labels = any_of_three
    found = small().fit(texts, labels)
    assert [one.tolist() for one in found.classes_] == [[0, 1]] * 3
    assert (found.predict(texts) == labels).mean() > 0.95
    assert found.predict_proba(texts).shape == (60, 3)
    assert found.score(texts, labels) > 0.8


@pytest.mark.parametrize("threshold", ["f1", "half"])
def test_one_half_is_the_decision(one_of_three: Three, any_of_three: Several, threshold: str) -> None:
    texts, kinds = one_of_three
    one = small(threshold=threshold).fit(texts, kinds)
    scores = one.scores(texts)
    assert (one.classes_[scores.argmax(axis=1)] == one.predict(texts)).all()
    assert ((scores >= 0.5).sum(axis=1) == 1).all()
    texts, labels = any_of_three
    several = small(threshold=threshold).fit(texts, labels)
    assert ((several.scores(texts) >= 0.5) == several.predict(texts)).all()
    assert ((several.predict_proba(texts) >= several.thresholds_) == several.predict(texts)).all()
    if threshold == "half":
        assert several.thresholds_ == pytest.approx(0.5)


def test_contributions_of_features_and_of_words_add_up(any_of_three: Several) -> None:
    texts, labels = any_of_three
    found = TextClassifier(TextFeatures(words=(1, 2), characters=(3, 4)), C=(1.0,), folds=3, repeats=1).fit(
        texts, labels
    )
    odds = found.decision_function(texts[:5])
    for text, one, true in zip(texts, found.explain(texts[:5]), odds, strict=False):
        assert one.log_odds == pytest.approx(true)
        assert one.constant + one.contributions.sum(axis=0) == pytest.approx(true)
        assert one.constant + one.rest + one.words.sum(axis=0) == pytest.approx(true)
        assert [text[start:end] for start, end in one.spans] == text[:-1].split()
        assert len(one.features) == len(one.contributions)


def test_the_word_that_tells_is_the_one_that_counts(one_of_three: Three) -> None:
    texts, kinds = one_of_three
    found = small().fit(texts, np.array(kinds) == "money")
    (one,) = found.explain(["The budget was read."])
    assert int(one.words[:, 0].argmax()) == 1
    assert one.strongest(0, 1)[0][0] in {"word=budget", "measure=length"}
    assert ("word=budget", pytest.approx(one.words[1, 0])) in one.strongest(0)


def test_parameters_of_features_can_be_searched(one_of_three: Three) -> None:
    texts, kinds = one_of_three
    pipeline = make_pipeline(FunctionTransformer(list), small())
    search = GridSearchCV(pipeline, {"textclassifier__features__words": [(1, 1), (1, 2)]}, cv=2).fit(texts, kinds)
    assert search.best_score_ > 0.9
    assert search.best_params_["textclassifier__features__words"] in {(1, 1), (1, 2)}


def test_a_clone_is_not_fitted_and_the_parameters_stay(one_of_three: Three) -> None:
    texts, kinds = one_of_three
    found = small(seed=3).fit(texts, kinds)
    again = clone(found)
    assert again.get_params()["features__words"] == (1, 1)
    assert again.seed == 3
    with pytest.raises(NotFittedError):
        again.scores(texts)
    assert not hasattr(found.features, "columns_")


def test_the_same_texts_give_the_same_model(one_of_three: Three) -> None:
    texts, kinds = one_of_three
    assert (small().fit(texts, kinds).scores(texts) == small().fit(texts, kinds).scores(texts)).all()


def test_weights_count(one_of_three: Three) -> None:
    """The same text with both labels goes with the heavier one."""
    texts, kinds = one_of_three
    doubled, two = [*texts, *texts], np.array([kind == "money" for kind in kinds] + [True] * 60)
    heavy = np.array([1.0] * 60 + [0.01] * 60)
    groups = [*range(60), *range(60)]
    found = small().fit(doubled, two, groups=groups, sample_weight=heavy)
    assert (found.predict(texts) == two[:60]).mean() > 0.9


def test_groups_are_never_divided(any_of_three: Several) -> None:
    _, labels = any_of_three
    groups = np.arange(60) // 4
    for seen, held in Gold(labels > 0, np.ones(60), groups, False).folds(5, 0):
        assert not set(groups[seen]) & set(groups[held])


@pytest.mark.parametrize("exclusive", [True, False])
def test_rotating_changes_no_weight(exclusive: bool) -> None:
    rng = np.random.default_rng(5)
    from scipy import sparse

    matrix = sparse.csr_matrix(rng.normal(size=(30, 80)))
    labels = np.arange(30)[:, np.newaxis] % 3 == np.arange(3)
    gold = Gold(labels, rng.random(30) + 0.5, np.arange(30), exclusive)
    space = Space.of(matrix)
    assert space.back is not None
    coef, intercept = fit(space.points, gold, np.arange(30), Setting(C=1.0, balance=0.5))
    plain, cut = fit(matrix, gold, np.arange(30), Setting(C=1.0, balance=0.5))
    assert space.weights(coef) == pytest.approx(plain, abs=5e-3)
    assert intercept - intercept.mean() == pytest.approx(cut - cut.mean(), abs=5e-3)


def test_a_class_that_a_part_does_not_have_is_unlikely_there() -> None:
    labels = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]], dtype=bool)
    points = np.eye(5)
    for exclusive in (True, False):
        gold = Gold(labels, np.ones(5), np.arange(5), exclusive)
        coef, intercept = fit(points, gold, np.arange(4), Setting(C=1.0, balance=0.0))
        assert (points @ coef.T + intercept).argmax(axis=1)[:4].tolist() == [0, 0, 1, 1]
        assert intercept[2] < -5


def test_the_threshold_maximises_expected_f1() -> None:
    rng = np.random.default_rng(1)
    chance = rng.random(200) ** 3
    cut = f1_threshold(chance, np.ones(200))

    def expected(at: float) -> float:
        given = chance >= at
        return float(2 * chance[given].sum() / (given.sum() + chance.sum()))

    assert expected(cut) == pytest.approx(max(expected(at) for at in chance))
    assert cut == pytest.approx(expected(cut) / 2)


def test_probabilities_are_calibrated() -> None:
    rng = np.random.default_rng(2)
    sums = rng.normal(size=(4000, 1)) * 2
    have = rng.random((4000, 1)) < 1 / (1 + np.exp(-(0.5 * sums - 1)))
    gold = Gold(have, np.ones(4000), np.arange(4000), False)
    found = decide(sums, gold, by_f1=False)
    assert found.slope[0] == pytest.approx(0.5, abs=0.06)
    assert found.shift[0] == pytest.approx(-1, abs=0.12)
    assert found.probability(sums).mean() == pytest.approx(have.mean(), abs=0.01)


def test_sums_that_point_the_wrong_way_say_nothing() -> None:
    sums = np.linspace(-1, 1, 100)[:, np.newaxis]
    gold = Gold(sums < -0.4, np.ones(100), np.arange(100), False)
    chance = decide(sums, gold, by_f1=True).probability(sums)
    assert chance == pytest.approx(float(gold.labels.mean()), abs=0.01)


def test_exclusive_scores_leave_one_label_above_one_half() -> None:
    decision = Decision(np.ones(3), np.zeros(3), np.array([0.0, 1.0, 0.0]), True)
    scores = decision.score(np.array([[2.0, 0.5, 0.0], [0.0, 0.0, 0.0]]))
    assert scores[0] == pytest.approx([1 / (1 + np.exp(-0.5)), 1 / (1 + np.exp(0.5)), 1 / (1 + np.exp(2.0))])
    assert scores[1].argmax() == 1


def test_regularisation_is_chosen_where_it_is_best_left_out() -> None:
    rng = np.random.default_rng(4)
    from scipy import sparse

    have = rng.random((120, 1)) < 0.5
    noise = rng.normal(size=(120, 200)) * 0.3
    matrix = sparse.csr_matrix(np.hstack([have + rng.normal(size=(120, 1)) * 0.5, noise]))
    gold = Gold(have, np.ones(120), np.arange(120), False)
    chosen = choose(Space.of(matrix), gold, (0.01, 1.0, 100.0), (0.0,), [gold.folds(5, 0)], True)
    assert chosen.merits[chosen.setting] == max(chosen.merits.values())
    assert len(chosen.merits) == 3


@pytest.mark.parametrize(
    ("y", "said"),
    [
        (["a"] * 60, "one class only, 'a'"),
        (["a"] * 59, r"shape \(59,\)"),
        (["a"] * 59 + ["b"], "label 0 .* in 1 group"),
        ([[1, 2]] * 60, "holds 2"),
        ([[1, 0]] * 60, "column 0 of y .* is 1 throughout"),
    ],
)
def test_labels_from_which_nothing_is_learnt_are_refused(one_of_three: Three, y: list[Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        small().fit(one_of_three[0], y)


def test_groups_and_weights_must_fit(one_of_three: Three) -> None:
    texts, kinds = one_of_three
    with pytest.raises(InputError, match="groups holds 2 entries; allowed: one for each of 60"):
        small().fit(texts, kinds, groups=[1, 2])
    with pytest.raises(InputError, match=r"sample_weight has shape \(2,\)"):
        small().fit(texts, kinds, sample_weight=[1, 2])
    with pytest.raises(InputError, match="in 1 group"):
        small().fit(texts, kinds, groups=[0 if kind == "money" else n for n, kind in enumerate(kinds)])


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"folds": 1}, "folds is 1"),
        ({"threshold": "best"}, "allowed: f1, half"),
        ({"C": (0.0,)}, "C is"),
        ({"repeats": 0}, "repeats is 0"),
    ],
)
def test_options_that_are_not_allowed_are_named(one_of_three: Three, option: dict[str, Any], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        small(**option).fit(*one_of_three)
