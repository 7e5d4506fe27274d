"""Texts as features: what is counted, what it is called, and that it is scikit-learn's."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.utils import estimator_checks

from framing.classify.texts import TextClassifier, TextFeatures
from framing.classify.texts._blocks import CharacterGrams, WordGrams
from framing.classify.texts._units import first_sentences, headlines, read_units, sentences
from framing.corpus import Article
from framing.errors import InputError, OptionError
from framing.text import read

TEXTS = ["The climate change report. The climate change!", "A report on 12 changes?", 'He said: "We agree." I do not.']
# those that need no table of numbers, of which there is none
CHECKS = [
    "check_estimator_cloneable", "check_estimator_tags_renamed", "check_valid_tag_types", "check_estimator_repr",
    "check_no_attributes_set_in_init", "check_do_not_raise_errors_in_init_or_set_params", "check_mixin_order",
    "check_parameters_default_constructible", "check_get_params_invariance", "check_set_params",
]  # fmt: skip


@pytest.mark.parametrize("kind", [TextFeatures, TextClassifier])
def test_scikit_learn_finds_nothing_wrong(kind: type) -> None:
    """It runs few checks on estimators that do not take tables, and says so."""
    with pytest.warns(SkipTestWarning, match="requires input  of type"):
        results = estimator_checks.check_estimator(kind(), on_fail=None)
    assert results
    assert {one["status"] for one in results} == {"passed"}


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("kind", [TextFeatures, TextClassifier])
def test_checks_without_data_pass(kind: type, check: str) -> None:
    getattr(estimator_checks, check)(kind.__name__, kind())


def test_words_in_a_row_are_counted_within_sentences() -> None:
    names = TextFeatures(words=(1, 3), vectors=False, measures=False, least=1).fit(TEXTS).get_feature_names_out()
    assert {"word=climate", "word=climate change", "word=the climate change", "word=on 0 changes"} <= set(names)
    assert "word=report the" not in names


def test_words_that_few_texts_have_are_left_out() -> None:
    names = TextFeatures(words=(1, 2), vectors=False, measures=False, least=2).fit(TEXTS).get_feature_names_out()
    assert list(names) == ["word=report"]


def test_longer_runs_need_no_shorter_ones() -> None:
    features = TextFeatures(words=(2, 2), vectors=False, measures=False, least=1).fit(TEXTS)
    names = features.get_feature_names_out().tolist()
    assert "word=climate change" in names
    assert "word=climate" not in names
    counts = features.features().blocks["words"].counts(read_units(TEXTS)[0]).toarray()
    assert counts[0, names.index("word=climate change")] == 2


def test_counts_are_those_of_a_plain_count() -> None:
    rng = np.random.default_rng(3)
    texts = [" ".join(rng.choice(list("abcdef"), 30)) for _ in range(20)]
    (units,) = read_units(texts)
    block = WordGrams.learn([units], (1, 3), 1)
    counts = block.counts(units).toarray()
    for name, column in zip(block.names, counts.T, strict=True):
        gram = name.removeprefix("word=")
        held = [sum(" ".join(text.split()[n : n + 1 + gram.count(" ")]) == gram for n in range(30)) for text in texts]
        assert column.tolist() == held


def test_characters_stay_within_words() -> None:
    (units,) = read_units(["ab abc"])
    block = CharacterGrams.learn([units], (2, 3), 1)
    found = dict(zip(block.grams, block.counts(units).toarray()[0].tolist(), strict=True))
    assert found == {"_a": 2, "ab": 2, "b_": 1, "bc": 1, "c_": 1, "_ab": 2, "ab_": 1, "abc": 1, "bc_": 1}


def test_rows_of_counted_blocks_have_the_length_of_their_weight() -> None:
    features = TextFeatures(characters=(3, 4), least=1, measures=False, weights={"characters": 2.0})
    matrix = features.fit_transform(TEXTS)
    for name, part in features.features().slices.items():
        length = np.sqrt(matrix[:, part].multiply(matrix[:, part]).sum(axis=1))
        assert length == pytest.approx(2.0 if name == "characters" else 1.0)


def test_names_are_as_many_as_columns_and_all_different() -> None:
    features = TextFeatures(characters=(3, 5), least=1, lexicons=("hedge",))
    matrix = features.fit_transform(TEXTS)
    names = features.get_feature_names_out()
    assert sparse.issparse(matrix)
    assert matrix.shape == (3, len(names)) == (3, features.n_features_out_)
    assert len(set(names)) == len(names)
    assert {"vector=17", "measure=quoted", "characters=_cli"} <= set(names)
    assert any(name.startswith("measure=hedge:") for name in names)


def test_style_is_what_it_says() -> None:
    features = TextFeatures(words=None, vectors=False, lexicons=("hedge",)).fit([*TEXTS, "Perhaps it may cost $5."])
    style = features.features().blocks["measures"]
    (units,) = read_units([*TEXTS, "Perhaps it may cost $5."])
    values = dict(zip(style.measures, style.values(units).T, strict=True))  # type: ignore[attr-defined]
    assert values["length"] == pytest.approx(np.log1p([7, 5, 7, 5]))
    assert values["quoted"] == pytest.approx([0, 0, 2 / 7, 0])
    assert values["question"] == pytest.approx([0, 1 / 5, 0, 0])
    assert values["we"] == pytest.approx([0, 0, 2 / 7, 0])
    assert values["he"] == pytest.approx([0, 0, 1 / 7, 0])
    assert values["number"] == pytest.approx([0, 1 / 5, 0, 1 / 5])
    assert values["money"] == pytest.approx([0, 0, 0, 1 / 5])
    hedged = sum(values[name] for name in values if name.startswith("hedge:"))
    assert hedged[3] > 0
    assert hedged[0] == 0


def test_fitting_and_transforming_at_once_is_the_same() -> None:
    features = TextFeatures(characters=(3, 5), least=1)
    assert abs(features.fit_transform(TEXTS) - features.transform(TEXTS)).max() == 0


def test_texts_do_not_depend_on_their_neighbours() -> None:
    features = TextFeatures(characters=(3, 5), least=1).fit(TEXTS)
    alone = sparse.vstack([features.transform([text]) for text in TEXTS])
    assert abs(features.transform(TEXTS) - alone).max() < 1e-12


def test_a_text_without_words_has_no_features_but_style() -> None:
    features = TextFeatures(least=1, measures=False).fit(TEXTS)
    assert features.transform(["...", ""]).nnz == 0


def test_units_are_told_apart() -> None:
    batch = read([Article("1", "One here. Two here."), Article("2", "Three.")])
    words = [
        units.spellings()[1].sum(axis=1).ravel().tolist()[0] for units in (sentences(batch), first_sentences(batch))
    ]
    assert words == [[2, 2, 1], [2, 1]]
    assert sentences(batch).only(np.array([False, True, True])).spellings()[1].shape == (2, 3)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"words": (2, 1)}, r"words is \(2, 1\)"),
        ({"characters": 3}, "characters is 3"),
        ({"least": 0}, "least is 0"),
        ({"weights": {"word": 1}}, "weights has 'word'; allowed: words"),
        ({"words": None, "vectors": False, "measures": False}, "all off"),
    ],
)
def test_options_that_are_not_allowed_are_named(option: dict[str, object], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        TextFeatures(**option).fit(TEXTS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "said"), [("one text", "one str"), ([], "no texts"), (["a", None], "text 1 .*NoneType")]
)
def test_texts_that_are_none_are_refused(texts: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        TextFeatures().fit(texts)


def test_nothing_is_transformed_before_fitting() -> None:
    with pytest.raises(NotFittedError):
        clone(TextFeatures()).transform(TEXTS)


def test_features_are_computed_without_scikit_learn() -> None:
    code = """
import pathlib, sys, types, framing
# the package's own __init__ imports what trains
package = types.ModuleType("framing.classify")
package.__path__ = [str(pathlib.Path(framing.__path__[0], "classify"))]
sys.modules["framing.classify"] = package
from framing.classify.texts import TextModel
assert not {name.partition(".")[0] for name in sys.modules} & {"sklearn", "skops"}
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_very_short_text_is_a_headline_as_a_whole() -> None:
    """Of a longer one the first sentence is."""
    texts = [
        "Harbour closed. Mayor resigns.",
        "The harbour was closed. " + "Nobody knows for how long it will be. " * 8,
    ]
    batch = read([Article(str(number), text) for number, text in enumerate(texts)])
    assert headlines(batch).spellings()[1].sum(axis=1).ravel().tolist()[0] == [4, 4]
