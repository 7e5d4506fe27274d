"""What trained models add to a comparison: measures of their own, and sentences explained word by word."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.classify import _store
from framing.classify._distance import profile
from framing.comparison import Comparison, compare, strongest
from framing.comparison._explained import explain
from framing.comparison._frame import COLUMNS, table
from framing.comparison._trained import Trained
from framing.corpus import Article
from framing.text import read

VOICES = ("own", "quoted", "reported")
PLAIN = "The council met on Tuesday. It approved the budget for the coming year. The vote was held at noon."
HARSH = "The disgraceful regime crushed its helpless critics. Its radical cronies are shameful liars. Rain fell."


@pytest.fixture(scope="module")
def analysis() -> fr.Analysis:
    """Give three articles of a harsh outlet and three of a plain one, one of them twice."""
    articles = [Article(f"h{n}", f"{HARSH} It was day {n}.", outlet="Harsh") for n in range(3)]
    articles += [Article(f"p{n}", f"{PLAIN} It was day {n}.", outlet="Plain") for n in range(3)]
    return fr.analyze([*articles, Article("again", f"{HARSH} It was day 0.", outlet="Harsh")])


@pytest.fixture(scope="module")
def result(analysis: fr.Analysis) -> Comparison:
    """Give their comparison."""
    return compare(analysis, resamples=100, permutations=100, min_articles=2)


def _scored(fake: Any, scores: dict[str, float], **columns: Any) -> Any:
    """Give the made analysis these scores of bias, by voice, one for each of the three sentences."""
    voices = list(scores)
    n = len(fake.articles)
    sentences = fake.sentences.assign(
        voice=np.tile(voices, n), bias=np.tile(list(scores.values()), n), uncertain=np.nan, words=9
    )
    return fake.having(sentences=sentences, articles=fake.articles.assign(**columns))


def _quick(analysis: Any, lookup: Any = None) -> Comparison:
    return compare(analysis, resamples=100, permutations=100, lookup=lookup)


def test_every_table_has_its_columns(result: Comparison) -> None:
    for name, columns in COLUMNS.items():
        assert tuple(getattr(result, name).columns) == columns
        assert getattr(result, name).dtypes.to_dict() == table(name).dtypes.to_dict(), name
    assert not result.sentences.empty
    assert not result.biased_words.empty
    assert set(result.models["model"]) == {"bias", "uncertain"}


def test_the_rate_of_loaded_terms_is_that_of_the_lexicons_alone(make: Callable[..., Any], lookup: Any) -> None:
    fake = make(["A"] * 6 + ["B"] * 6)
    columns = {f"loaded_model_{voice}": 1 for voice in VOICES}
    columns |= {f"loaded_{voice}": fake.articles[f"loaded_{voice}"] + 1 for voice in VOICES}
    more = fake.findings[fake.findings["layer"] == "hedge"]
    more = more.assign(layer="loaded", lexicon="model", entry="x", text="x", category="model")
    findings = pd.concat([fake.findings, more], ignore_index=True)
    marked = fake.having(articles=fake.articles.assign(**columns), findings=findings)
    alone, found = _quick(fake, lookup), _quick(marked, lookup)
    one, other = (
        rates[rates["layer"] == "loaded"].drop(columns=["p", "q"]).reset_index(drop=True)
        for rates in (alone.rates, found.rates)
    )
    pd.testing.assert_frame_equal(one, other)
    assert set(found.terms.query("layer == 'loaded'")["lexicon"]) == {"en/loaded"}
    assert set(found.evidence.query("lexicon == 'model'")["layer"]) == {"loaded-model"}


def test_what_the_model_marks_is_a_rate_of_its_own_and_not_tested(make: Callable[..., Any], lookup: Any) -> None:
    fake = make(["A"] * 8 + ["B"] * 8)
    # the model sees ten times as much in one outlet as in the other
    own = np.repeat([20, 2], 8)
    articles = fake.articles.assign(
        loaded_model_own=own, loaded_model_quoted=0, loaded_model_reported=0,
        loaded_own=fake.articles["loaded_own"] + own,
    )  # fmt: skip
    found = _quick(fake.having(articles=articles), lookup)
    rates = found.rates[(found.rates["layer"] == "loaded-model") & (found.rates["voice"] == "own")].set_index("group")
    assert rates.loc["A", "count"] == 160
    assert rates.loc["A", "low"] > rates.loc["B", "high"]
    assert rates["q"].isna().all()
    assert "loaded-model" not in {one.layer for one in strongest(found, limit=50)}


def test_lists_that_were_not_asked_for_have_no_rate(make: Callable[..., Any], lookup: Any) -> None:
    fake = make(["A"] * 4)
    articles = fake.articles.assign(**{f"loaded_model_{v}": fake.articles[f"loaded_{v}"] for v in VOICES})
    found = _quick(
        fake.having(articles=articles, findings=fake.findings.iloc[:0], manifest={"measures": ["bias"]}), lookup
    )
    assert "loaded" not in set(found.rates["layer"])
    assert "loaded-model" in set(found.rates["layer"])


def test_shares_of_sentences_are_counted_by_voice_from_a_score_of_one_half(
    make: Callable[..., Any], lookup: Any
) -> None:
    fake = _scored(make(["A"] * 4 + ["B"] * 4), {"own": 0.5, "quoted": 0.9, "reported": 0.4999})
    found = _quick(fake, lookup).sentences
    assert set(found["measure"]) == {"bias"}
    rows = found[found["group"] == "A"].set_index("voice")
    assert rows.loc[["own", "quoted", "reported", "all"], "count"].tolist() == [4, 4, 0, 8]
    assert rows.loc[["own", "quoted", "reported", "all"], "total"].tolist() == [4, 4, 4, 12]
    assert rows.loc["own", "value"] == 1
    assert (rows["low"] <= rows["value"]).all()


def test_a_sentence_without_a_score_is_in_no_share(make: Callable[..., Any], lookup: Any) -> None:
    found = _quick(_scored(make(["A"] * 4), {"own": math.nan, "quoted": 0.9, "reported": 0.1}), lookup).sentences
    assert found.set_index("voice").loc["own", "total"] == 0


def test_the_most_biased_are_in_own_voice_and_of_different_articles(make: Callable[..., Any], lookup: Any) -> None:
    fake = _scored(make(["A"] * 5 + ["B"]), {"own": 0.7, "quoted": 0.99, "reported": 0.98})
    found = _quick(fake, lookup).biased_sentences
    assert found.groupby("group").size().to_dict() == {"A": 3, "B": 1}
    assert found["article_id"].is_unique
    assert set(found["score"]) == {0.7}
    assert found["text"].iloc[0] == "The regime invaded."


def test_a_score_that_does_not_come_out_again_is_not_explained(make: Callable[..., Any], lookup: Any) -> None:
    """These scores are made up: no words are given for them."""
    found = _quick(_scored(make(["A"] * 3), {"own": 0.987, "quoted": 0.1, "reported": 0.1}), lookup)
    assert not found.biased_sentences.empty
    assert found.biased_sentences["log_odds"].isna().all()
    assert found.biased_words.empty


def test_words_and_rest_add_up_to_the_score(result: Comparison, analysis: fr.Analysis) -> None:
    added = result.biased_words.groupby(["article_id", "sentence"])["added"].sum()
    assert set(result.biased_sentences["group"]) >= {"Harsh"}
    for row in result.biased_sentences.to_dict("records"):
        odds = added[row["article_id"], row["sentence"]] + row["rest"]
        assert odds == pytest.approx(row["log_odds"], abs=1e-9)
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(row["score"], abs=1e-3)
        assert analysis.text(row["article_id"])[row["start"] : row["end"]] == row["text"]
    for word in result.biased_words.to_dict("records"):
        assert analysis.text(word["article_id"])[word["start"] : word["end"]] == word["word"]


def test_a_repeated_text_is_not_shown_twice(result: Comparison) -> None:
    assert "again" not in set(result.biased_sentences["article_id"])


@pytest.mark.parametrize("measure", ["bias", "uncertain"])
def test_both_sentence_models_can_be_explained(analysis: fr.Analysis, measure: str) -> None:
    table = analysis.sentences.dropna(subset=[measure])
    scores = {
        (str(a), int(s)): float(v)
        for a, s, v in zip(table["article_id"], table["sentence"], table[measure], strict=True)
    }
    found = explain(analysis, scores, measure=measure)
    assert found.keys() == scores.keys()
    assert all(abs(found[key].score - score) < 1e-3 for key, score in scores.items())


def test_an_article_whose_text_was_not_kept_is_left_out(analysis: fr.Analysis) -> None:
    assert explain(analysis, {("nobody", 0): 0.9}) == {}


def test_frames_are_shares_of_the_articles_on_the_topic(make: Callable[..., Any], lookup: Any) -> None:
    conflict = [0.9, 0.2, 0.5, math.nan] + [math.nan] * 3
    found = _quick(_scored(make(["A"] * 4 + ["B"] * 3), {"own": 0.1, "quoted": 0.1, "reported": 0.1},
                           frame_conflict=conflict), lookup)  # fmt: skip
    rows = found.frames.set_index("group")
    assert set(rows["frame"]) == {"conflict"}
    assert set(rows["model"]) == {"climate"}
    assert (rows.loc["A", "count"], rows.loc["A", "total"]) == (2, 3)
    assert rows.loc["B", "total"] == 0
    assert math.isnan(rows.loc["B", "value"])


def _opened(about: dict[str, Any]) -> Callable[..., Any]:
    return lambda _file: ({"lexicons": [], **about}, {})


def test_what_a_model_scored_stands_in_the_table(
    make: Callable[..., Any], lookup: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = {"how": "outlets held out", "n": 368, "macro_f1": [0.7, 0.65, 0.75], "auc_within": [None, None, None]}
    scores = {"measured": [measured, {**measured, "how": "dev"}], "ceiling": [0.8, 0.7, 0.9]}
    said = "outlets held out, n = 368: macro-F1 .70 [.65, .75]; dev, n = 368: macro-F1 .70 [.65, .75]"
    monkeypatch.setattr(_store, "open_columns", _opened({"scores": scores, "trained on": "letters"}))
    found = _quick(_scored(make(["A"] * 3), {"own": 0.1, "quoted": 0.1, "reported": 0.1}), lookup).models
    row = found.iloc[0].to_dict()
    assert row == {"model": "bias", "trained_on": "letters", "line": said, "score": 0.7, "ceiling": 0.8,
                   "n": 368.0}  # fmt: skip


def test_a_model_that_was_not_measured_has_no_numbers(
    make: Callable[..., Any], lookup: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_store, "open_columns", _opened({}))
    found = _quick(_scored(make(["A"] * 3), {"own": 0.1, "quoted": 0.1, "reported": 0.1}), lookup)
    assert found.models[["score", "ceiling", "n"]].isna().all(axis=None)
    assert found.distances.empty


def test_of_a_model_of_the_users_own_nothing_is_claimed(
    make: Callable[..., Any], lookup: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_store, "open_columns", _opened({"scores": {"macro_f1": 0.7, "line": "Good."}}))
    fake = _scored(make(["A"] * 3), {"own": 0.1, "quoted": 0.1, "reported": 0.1})
    found = _quick(fake.having(manifest={"models": [{"name": "bias", "sha256": "0" * 64}]}), lookup)
    assert found.models["score"].isna().all()
    assert found.models["line"].tolist() == [""]


def test_texts_far_from_the_training_data_are_warned_of_by_outlet(monkeypatch: pytest.MonkeyPatch) -> None:
    subjects = ("council", "mayor", "school", "museum", "harbour", "market", "bridge", "theatre", "library", "station")
    trained = [Article(str(n), f"The {subjects[n % 10]} opened in the city. {PLAIN} " * 3) for n in range(100)]
    known = profile(read(trained))
    monkeypatch.setattr(Trained, "profile", known)
    strange = "Zorblat quindle frabjous morkle vintrop. " * 80
    articles = [Article(f"n{n}", trained[n].text * 2, outlet="Near") for n in range(3)]
    articles += [Article(f"f{n}", f"{strange} Day {n}.", outlet="Far") for n in range(3)]
    found = compare(fr.analyze(articles, only=["bias"]), resamples=100, permutations=100).distances
    rows = found[found["model"] == "bias"].set_index("group")
    assert rows.loc["Near", "warning"] == ""
    assert rows.loc["Far", "warning"].startswith("The texts of Far are far from what the model bias was trained on")
    assert rows.loc["Far", "n_articles"] == 3
