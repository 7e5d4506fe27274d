"""FramingVectorizer: the numbers of the tables, in the hands of scikit-learn."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import estimator_checks

import framing as fr
from framing import _data
from framing.analysis import _analyze
from framing.errors import InputError, LexiconError, OptionError

VOICES = ("own", "quoted", "reported")
CHECKS = (
    "check_estimator_tags_renamed", "check_valid_tag_types", "check_estimator_repr",
    "check_no_attributes_set_in_init", "check_do_not_raise_errors_in_init_or_set_params", "check_mixin_order",
    "check_get_params_invariance", "check_set_params", "check_parameters_default_constructible",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> list[fr.Article]:
    """Return the articles of the bundled sample, and one without a word."""
    lines = _data.reports().joinpath("sample", "articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    read = [fr.Article(row["id"], row["text"], outlet=row["outlet"], title=row["title"]) for row in rows]
    return [*read, fr.Article("void", "…")]


@pytest.fixture(scope="module")
def tables(sample: list[fr.Article]) -> fr.Analysis:
    """Return their analysis."""
    return fr.analyze(sample, sides="sample")


@pytest.fixture(scope="module")
def features(sample: list[fr.Article]) -> pd.DataFrame:
    """Return their features, by name."""
    vectorizer = fr.FramingVectorizer(sides="sample", readability=True)
    return pd.DataFrame(vectorizer.fit_transform(sample), columns=vectorizer.get_feature_names_out())


def _over(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return a quotient of columns, zero where the whole is zero or there is none."""
    return (part / whole.where(whole > 0)).fillna(0.0).reset_index(drop=True)


def _same(found: pd.Series, wanted: pd.Series) -> None:
    np.testing.assert_allclose(found.to_numpy(), wanted.to_numpy(), rtol=1e-9)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_check_estimator_has_nothing_to_say() -> None:
    """Scikit-learn leaves out what wants numbers; the checks that need no input are run by name too."""
    estimator_checks.check_estimator(fr.FramingVectorizer())
    for name in CHECKS:
        if hasattr(estimator_checks, name):
            getattr(estimator_checks, name)("FramingVectorizer", fr.FramingVectorizer())


def test_rates_by_layer_and_voice_are_those_of_the_table(tables: fr.Analysis, features: pd.DataFrame) -> None:
    """Every count of the table of articles is there twice: by the words of its voice, and by all."""
    articles = tables.articles
    names = list(articles.columns)
    counts = names[names.index("sentences") + 1 : names.index("furniture")]
    assert "loaded_own" in counts
    assert len(counts) >= 24
    for name in counts:
        voice = name.rpartition("_")[2]
        _same(features[f"{name}_per_1000"], 1000 * _over(articles[name], articles[f"words_{voice}"]))
        _same(features[f"{name}_per_1000_of_all"], 1000 * _over(articles[name], articles["words"]))
    assert features["loaded_own_per_1000"].max() > 0
    assert features["hedge_quoted_per_1000"].max() > 0


def test_voices_and_lengths_are_those_of_the_table(tables: fr.Analysis, features: pd.DataFrame) -> None:
    articles = tables.articles
    _same(features["words_log"], np.log1p(articles["words"]))
    _same(features["words_per_sentence"], _over(articles["words"], articles["sentences"]))
    for voice in VOICES:
        _same(features[f"words_{voice}_share"], _over(articles[f"words_{voice}"], articles["words"]))
    assert features["words_quoted_share"].max() > 0


def test_attributions_are_those_of_the_table(tables: fr.Analysis, features: pd.DataFrame) -> None:
    """Kinds, stances, anonymity and sides, each as a share of the article's attributions."""
    articles, said = tables.articles, tables.attributions
    total = articles["attributions"]
    _same(features["attributions_per_1000"], 1000 * _over(total, articles["words"]))
    stances = sorted(set(said["stance"]) - {""})
    assert len(stances) > 2
    shares = {kind: said["kind"] == kind for kind in ("direct", "indirect", "mixed")}
    shares |= {stance: said["stance"] == stance for stance in stances}
    shares |= {f"side_{side}": said["side"] == side for side in tables.manifest["sides"]}
    shares["anonymous"] = said["anonymous"]
    for name, mask in shares.items():
        counted = said[mask].groupby("article_id").size().reindex(articles["id"], fill_value=0)
        counted.index = articles.index
        _same(features[f"attributions_{name}_share"], _over(counted, total))
    sides = [name for name in features if "_side_" in name]
    assert len(sides) == len(tables.manifest["sides"])
    assert features[sides].to_numpy().max() > 0


def test_headlines_and_readability_are_those_of_the_table(tables: fr.Analysis, features: pd.DataFrame) -> None:
    """Where the table is empty the features are zero."""
    articles = tables.articles
    _same(features["headline_words"], articles["headline_words"].fillna(0))
    for layer in ("loaded", "hedge", "booster"):
        wanted = 1000 * _over(articles[f"headline_{layer}"], articles["headline_words"])
        _same(features[f"headline_{layer}_per_1000"], wanted)
    for name in ("flesch_reading_ease", "smog_index", "difficult_words"):
        _same(features[name], articles[name].fillna(0))
    assert articles[["headline_words", "smog_index"]].iloc[-1].isna().all()


def test_names_are_stable_readable_and_as_many_as_columns(features: pd.DataFrame) -> None:
    """They follow from the parameters alone, fitted or not."""
    vectorizer = fr.FramingVectorizer()
    names = vectorizer.get_feature_names_out()
    assert names.dtype == object
    assert list(names) == list(clone(vectorizer).fit(["The ferry left."]).get_feature_names_out())
    assert vectorizer.transform(["The ferry left."]).shape == (1, len(names))
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() for name in names)
    assert {"loaded_own_per_1000", "words_own_share", "attributions_doubting_share"} <= set(names)
    assert "smog_index" not in names
    assert [name for name in features if name in set(names)] == list(names)


def test_measures_choose_the_columns() -> None:
    """As `only` does; length is always there, voices and cues go with attribution."""
    names = list(fr.FramingVectorizer("loaded").get_feature_names_out())
    assert names[:3] == ["words_log", "words_per_sentence", "loaded_own_per_1000"]
    assert len(names) == 2 + 2 * len(VOICES)
    spoken = fr.FramingVectorizer(["attribution"], readability=True).get_feature_names_out()
    assert "attributions_per_1000" in spoken
    assert "dale_chall" in spoken
    assert "loaded_own_per_1000" not in spoken
    assert list(fr.FramingVectorizer(()).get_feature_names_out()) == ["words_log", "words_per_sentence"]


def test_a_lexicon_of_ones_own_counts(tmp_path: Path) -> None:
    """Entries of a further lexicon are findings of its layer."""
    text = ["The ferry was wibbly."]
    (tmp_path / "mine.tsv").write_text("form\nwibbly\n", encoding="utf-8")
    own = fr.FramingVectorizer("loaded", lexicons=tmp_path / "mine.tsv")
    at = list(own.get_feature_names_out()).index("loaded_own_per_1000")
    assert own.transform(text)[0, at] == 250
    assert fr.FramingVectorizer("loaded").transform(text)[0, at] == 0


def test_a_text_gives_its_row_whatever_stands_beside_it(
    sample: list[fr.Article], features: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Order, batches and processes change nothing."""
    vectorizer = fr.FramingVectorizer(sides="sample", readability=True)
    np.testing.assert_array_equal(vectorizer.transform(sample[::-1])[::-1], features)
    np.testing.assert_array_equal(vectorizer.transform(sample[3:4]), features.iloc[3:4])
    monkeypatch.setattr(_analyze, "_BATCH_ARTICLES", 5)
    np.testing.assert_array_equal(vectorizer.transform(sample), features)


def test_two_jobs_give_what_one_gives(sample: list[fr.Article]) -> None:
    """In threads here, which are quicker to start than processes; what a process is handed can be pickled."""
    one = fr.FramingVectorizer("hedging")
    two = pickle.loads(pickle.dumps(clone(one).set_params(n_jobs=2)))
    with joblib.parallel_config(backend="threading"):
        found = two.transform(sample[:5])
        assert two.transform([]).shape == (0, found.shape[1])
    np.testing.assert_array_equal(found, one.transform(sample[:5]))


def test_texts_may_be_strings_articles_or_a_table(sample: list[fr.Article], features: pd.DataFrame) -> None:
    """However they come, the numbers are the same; strings have no title."""
    vectorizer = fr.FramingVectorizer(sides="sample", readability=True)
    texts = [article.text for article in sample]
    bare = vectorizer.transform(texts)
    for given in (np.array(texts, dtype=object), np.array(texts), pd.Series(texts), np.array(texts)[:, None]):
        np.testing.assert_array_equal(vectorizer.transform(given), bare)
    assert bare[:, [name.startswith("headline_") for name in features]].sum() == 0
    # the model of headlines reads the first sentence where there is no title
    titled = [name.startswith(("headline_", "frame_guns_")) for name in features]
    np.testing.assert_array_equal(bare[:, ~np.array(titled)], features.loc[:, ~np.array(titled)])
    columns = {"headline": [article.title or None for article in sample], "body": texts, "year": 2025}
    frame = pd.DataFrame(columns, index=range(50, 50 + len(texts)))
    np.testing.assert_array_equal(vectorizer.transform(frame), features)
    np.testing.assert_array_equal(vectorizer.transform(frame[["body"]]), bare)
    np.testing.assert_array_equal(vectorizer.transform(pd.Series(sample)), features)


@pytest.mark.parametrize("text", ["", " \n", "…", "“”"])
def test_a_text_without_words_is_a_row_of_zeros(text: str) -> None:
    """Alone or beside others."""
    vectorizer = fr.FramingVectorizer(readability=True)
    assert not vectorizer.transform([text]).any()
    found = vectorizer.transform(["The regime fell.", text, "It may rain."])
    assert not found[1].any()
    assert found[[0, 2]].any(axis=1).all()


def test_no_texts_are_no_rows() -> None:
    vectorizer = fr.FramingVectorizer("loaded")
    assert vectorizer.transform([]).shape == (0, len(vectorizer.get_feature_names_out()))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("The ferry left.", "X is of type str; allowed is a list"),
        (7, "X is of type int"),
        (["a", None], "row 1 of X is missing"),
        (pd.Series(["a", "b", None]), "row 2 of X is missing"),
        ([b"a"], "row 0 of X is of type bytes; allowed is a string or an Article"),
        (np.array([["a", "b"]]), r"X has the shape \(1, 2\)"),
        (np.array([[1.0], [2.0]]), "row 0 of X is of type float"),
        (pd.DataFrame({"text": ["a", None], "title": ["b", "c"]}), "row 1 of column 'text' is missing"),
        (pd.DataFrame({"left": ["a"], "right": ["b"]}), "which column holds the text"),
    ],
)
@pytest.mark.parametrize("method", ["fit", "transform"])
def test_what_is_no_text_is_named(given: Any, message: str, method: str) -> None:
    with pytest.raises(InputError, match=message):
        getattr(fr.FramingVectorizer("loaded"), method)(given)


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"measures": "nix"}, OptionError),
        ({"sides": "nix"}, OptionError),
        ({"sides": "hedges"}, OptionError),
        ({"lexicons": ["nix"]}, LexiconError),
    ],
)
def test_wrong_parameters_show_when_it_is_fitted(parameters: dict[str, Any], error: type[Exception]) -> None:
    vectorizer = fr.FramingVectorizer(**parameters)
    with pytest.raises(error, match=r"nix|hedges"):
        vectorizer.fit(["a"])


CALM = ["The council met on Monday.", "The ferry left the harbour at noon.", "Rain fell in the north.", "Prices rose."]
LOUD = [
    "The regime's disgraceful thugs struck.",
    "A vile, evil mob rioted.",
    "Radical extremists lied.",
    "What a sham!",
]


def test_a_pipeline_learns_from_it() -> None:
    """Loaded sentences are told from calm ones, and a grid of parameters is searched."""
    texts, labels = [*CALM, *LOUD] * 2, [0, 0, 0, 0, 1, 1, 1, 1] * 2
    model = make_pipeline(fr.FramingVectorizer("loaded"), StandardScaler(), LogisticRegression())
    assert model.fit(texts, labels).score(texts, labels) >= 0.75
    assert len(model[:-1].get_feature_names_out()) == len(model[-1].coef_[0])
    grid = {"framingvectorizer__measures": ["hedging", "loaded"], "logisticregression__C": [1.0]}
    found = GridSearchCV(model, grid, cv=2).fit(texts, labels)
    assert found.best_params_["framingvectorizer__measures"] == "loaded"


def test_columns_of_a_table_go_in_through_a_column_transformer() -> None:
    """A column by its name is a Series, several are a table; other columns stand beside it."""
    frame = pd.DataFrame({"text": LOUD, "title": ["Regime may fall"] * 4, "year": [2020.0, 2021.0, 2022.0, 2023.0]})
    both = ColumnTransformer(
        [
            ("framing", fr.FramingVectorizer(["loaded", "headline"]), ["text", "title"]),
            ("rest", "passthrough", ["year"]),
        ]
    )
    found = pd.DataFrame(both.fit_transform(frame), columns=both.get_feature_names_out())
    assert (found["framing__headline_words"] == 3).all()
    assert list(found["rest__year"]) == list(frame["year"])
    text = ColumnTransformer([("framing", fr.FramingVectorizer("loaded"), "text")])
    kept = ["framing__" + name for name in fr.FramingVectorizer("loaded").get_feature_names_out()]
    np.testing.assert_array_equal(text.fit_transform(frame), found[kept])


def test_it_can_return_a_table() -> None:
    vectorizer = fr.FramingVectorizer("loaded").set_output(transform="pandas")
    found = vectorizer.fit_transform(pd.DataFrame({"text": CALM}, index=[3, 4, 5, 6]))
    assert list(found.columns) == list(vectorizer.get_feature_names_out())
    assert list(found.index) == [3, 4, 5, 6]


def test_importing_framing_imports_no_scikit_learn() -> None:
    """It comes with the class."""
    code = "import sys, framing; print('sklearn' in sys.modules, 'FramingVectorizer' in dir(framing))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
