"""Trained models as measures: what goes into the tables is what the model says, sentence by sentence."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.analysis import BatchReader, Setting
from framing.classify._measures import Bias, OwnModel, Uncertain, measure_of, sentence_model

TEXT = (
    "The mayor met people in town. The snarvy drubbled mayor read a report near the bridge.\n\n"
    "“The quimsy office was closed on a cold day,” the mayor said. Her office near the bridge was empty."
)


def rewritten(source: Path, target: Path, **entries: Any) -> Path:
    """Copy a model whose `about` says something else."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "framing.json":
                content = json.dumps({**json.loads(content), **entries}).encode()
            new.writestr(name, content)
    return target


@pytest.fixture(scope="module")
def articles() -> list[fr.Article]:
    quoted = "“The quimsy mayor met people in town,” he said."
    return [
        fr.Article("mixed", TEXT, outlet="A"),
        fr.Article("quoted", quoted, outlet="B"),
        fr.Article("furniture", "Advertisement", outlet="A"),
        fr.Article("marks", "…", outlet="B"),
        fr.Article("plain", "The report was read. People walked home.", outlet="A"),
    ]


@pytest.fixture(scope="module")
def analysis(articles: list[fr.Article], sentence_model_file: Path) -> fr.Analysis:
    return fr.analyze(articles, models=sentence_model_file, only=["loaded"])


def test_a_sentences_score_is_its_probability(
    analysis: fr.Analysis, articles: list[fr.Article], trained_sentences: Any
) -> None:
    text = {article.id: article.text for article in articles}
    table = analysis.sentences[analysis.sentences["words"] > 0]
    strings = [text[row.article_id][row.start : row.end] for row in table.itertuples()]
    plain = [number for number, string in enumerate(strings) if not set("“”") & set(string)]
    assert len(plain) >= 4
    wanted = trained_sentences.estimator.predict_proba([strings[number] for number in plain])[:, 1]
    assert table["bias"].to_numpy()[plain] == pytest.approx(wanted, abs=1e-4)
    assert ((table["bias"] >= 0) & (table["bias"] <= 1)).all()


def test_a_sentence_without_a_word_of_the_article_has_no_score(analysis: fr.Analysis) -> None:
    empty = analysis.sentences[analysis.sentences["words"] == 0]
    assert set(empty["article_id"]) == {"furniture", "marks"}
    assert empty["bias"].isna().all()


def test_an_articles_score_is_the_mean_over_its_own_sentences(analysis: fr.Analysis) -> None:
    """A sentence that is a source's for the most part does not count; without any, there is no score."""
    found = analysis.articles.set_index("id")["bias"]
    for name, table in analysis.sentences.groupby("article_id"):
        own = table[(table["voice"] == "own") & (table["words"] > 0)]
        if len(own):
            assert found[name] == pytest.approx(own["bias"].mean(), abs=1e-4)
        else:
            assert pd.isna(found[name])
    assert set(found[found.isna()].index) == {"quoted", "furniture", "marks"}


def test_marked_words_are_findings_and_counted_by_voice(analysis: fr.Analysis) -> None:
    """Neighbours stand together; the entry is the words, and the score at least the decision."""
    marked = analysis.findings[analysis.findings["lexicon"] == "model"]
    assert {"snarvy drubbled", "quimsy"} <= set(marked["entry"])
    assert set(marked["layer"]) == {"loaded"}
    assert (marked["text"].str.lower() == marked["entry"]).all()
    assert marked["score"].between(0.5, 1).all()
    articles = analysis.articles.set_index("id")
    for name, row in articles.iterrows():
        for voice in ("own", "quoted", "reported"):
            here = marked[(marked["article_id"] == name) & (marked["voice"] == voice)]
            assert row[f"loaded_model_{voice}"] == len(here)
            assert row[f"loaded_{voice}"] >= len(here)
    assert articles.loc["quoted", ["loaded_model_own", "loaded_model_quoted"]].tolist() == [0, 1]


def test_words_of_a_lexicon_are_left_to_it(tmp_path: Path, sentence_model_file: Path) -> None:
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("form\tcategory\nquimsy\tmine\n", encoding="utf-8")
    text = "The quimsy snarvy mayor met people."
    found = fr.analyze([fr.Article("1", text)], models=sentence_model_file, only=["loaded"], lexicons=lexicon).findings
    assert list(zip(found["lexicon"], found["text"], strict=True)) == [("mine", "quimsy"), ("model", "snarvy")]


def test_marked_words_do_not_join_across_a_sentence(sentence_model_file: Path) -> None:
    text = "The mayor’s office was quimsy. Snarvy people met in town."
    found = fr.analyze([fr.Article("1", text)], models=sentence_model_file, only=["loaded"]).findings
    assert list(found["entry"]) == ["quimsy", "snarvy"]


@pytest.mark.parametrize("only", [["attribution"], ["loaded", "naming", "hedging", "passives", "headline"]])
def test_a_score_does_not_depend_on_the_other_measures(
    analysis: fr.Analysis, articles: list[fr.Article], sentence_model_file: Path, only: list[str]
) -> None:
    found = fr.analyze(articles, models=sentence_model_file, only=only)
    pd.testing.assert_series_equal(found.sentences["bias"], analysis.sentences["bias"])
    pd.testing.assert_series_equal(found.articles["bias"], analysis.articles["bias"])
    assert "loaded_model_own" in found.articles


def test_words_and_rest_add_up_in_a_corpus_too(articles: list[fr.Article], sentence_model_file: Path) -> None:
    reader = BatchReader(Setting(measures=("loaded",), models=(str(sentence_model_file),)))
    (measure,) = [one for one in reader.measures if isinstance(one, Bias)]
    reading = reader.read(articles)
    units, scored = measure.scored(reading)
    parts = measure.explain(reading)
    np.testing.assert_allclose(units.sum(parts.words) + parts.rest, scored.sentences, rtol=0, atol=1e-9)


def test_another_batch_is_scored_anew(articles: list[fr.Article], sentence_model_file: Path) -> None:
    reader = BatchReader(Setting(measures=("loaded",), models=(str(sentence_model_file),)))
    (measure,) = [one for one in reader.measures if isinstance(one, Bias)]
    first, second = reader.read(articles[:1]), reader.read(articles[4:])
    sizes = [len(measure.score_sentences(reading)["bias"]) for reading in (first, second, first)]
    assert sizes == [len(first.batch.first), len(second.batch.first), len(first.batch.first)]


def test_a_model_of_uncertain_sentences_has_their_column(
    articles: list[fr.Article], sentence_model_file: Path, tmp_path: Path
) -> None:
    other = rewritten(sentence_model_file, tmp_path / "u.skops", task="uncertain")
    assert isinstance(measure_of(other), Uncertain)
    found = fr.analyze(articles, models=[other, sentence_model_file], only=["loaded"])
    assert "uncertain" not in found.articles
    assert found.sentences["uncertain"].equals(found.sentences["bias"])
    assert found.manifest["measures"] == ["attribution", "loaded", "uncertain", "bias"]


def test_a_measure_of_a_model_needs_its_lexicons(sentence_model_file: Path) -> None:
    assert Bias(sentence_model_file).lexicons == ("loaded-conflict", "hedges")
    assert sentence_model(sentence_model_file).about["lexicons"] == ["loaded-conflict", "hedges"]


@pytest.mark.parametrize("package", ["framing", "framing.analysis"])
def test_what_only_training_needs_is_not_imported(package: str) -> None:
    code = (
        f"import sys, {package}; print([name for name in ('sklearn', 'skops', 'nltk', 'scipy.optimize', 'joblib', "
        "'textstat', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_running_a_model_needs_no_scikit_learn(sentence_model_file: Path) -> None:
    code = (
        "import sys, framing as fr; "
        "found = fr.analyze([fr.Article('1', 'A quimsy day.')], models=sys.argv[1], only=['loaded']); "
        "print(found.sentences['bias'].notna().all(), "
        "[name for name in ('sklearn', 'skops', 'nltk') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(sentence_model_file)], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout == "True []\n"


def test_a_text_model_is_a_measure_of_its_task(tmp_path: Path, made_sentences: Any) -> None:
    """Of sentences, where it says that it reads sentences: the column is in their table."""
    from framing.classify import TextClassifier, TextFeatures
    from framing.classify.texts._train import train_texts

    path = made_sentences.write(tmp_path / "data.csv", made_sentences.made(40))
    estimator = TextClassifier(TextFeatures(words=(1, 1), vectors=False), C=(3.0,), balance=(0.0,), folds=2, repeats=1)
    trained = train_texts(path, task="tone", labels="label", positive="biased", estimator=estimator, measure=False)
    from framing.classify import _store

    for unit, file in (("text", tmp_path / "t.skops"), ("sentence", tmp_path / "s.skops")):
        about, columns = trained.compiled(unit=unit, columns=["tone_biased"])
        _store.save(file, trained.estimator, about, columns)
    measure = measure_of(tmp_path / "s.skops")
    assert isinstance(measure, OwnModel)
    assert (measure.columns, measure.sentence_columns) == ((), ("tone_biased",))
    corpus = [fr.Article("1", "The quimsy mayor met people. The mayor met people."), fr.Article("2", "…")]
    found = fr.analyze(corpus, models=tmp_path / "s.skops", only=["loaded"])
    assert "tone_biased" not in found.articles
    scores = found.sentences["tone_biased"]
    assert scores[0] > scores[1]
    assert pd.isna(scores[2])
    wanted = trained.estimator.scores(["The quimsy mayor met people.", "The mayor met people."])[:, 0]
    assert scores[:2].to_numpy() == pytest.approx(wanted, abs=1e-4)
    whole = fr.analyze(corpus, models=tmp_path / "t.skops", only=["loaded"])
    assert list(whole.sentences.columns) == [name for name in found.sentences.columns if name != "tone_biased"]
    assert whole.articles["tone_biased"][0] == pytest.approx(trained.estimator.scores([corpus[0].text])[0, 0], abs=1e-4)
    assert pd.isna(whole.articles["tone_biased"][1])
