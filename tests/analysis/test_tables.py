"""The four tables are what design.md says, and everything in them leads back to the text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.analysis import BatchReader, Setting
from framing.text import base

LAYERS = (
    "loaded",
    "naming",
    "hedge",
    "booster",
    "scare_quote",
    "passive",
    "anonymous",
    "declined",
    "unverified",
    "accused",
)
VOICES = ("own", "quoted", "reported")
ARTICLES = [
    *("id", "outlet", "date", "title", "duplicate_of", "section", "input_words", "year"),
    *("words", "words_own", "words_quoted", "words_reported", "sentences"),
    *(f"{layer}_{voice}" for layer in LAYERS for voice in VOICES),
    *("furniture", "attributions", "headline_words", "headline_loaded", "headline_hedge", "headline_booster"),
    *("flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index", "coleman_liau_index"),
    *("automated_readability_index", "dale_chall", "difficult_words"),
    *("bias", "loaded_model_own", "loaded_model_quoted", "loaded_model_reported"),
]
SENTENCES = "article_id sentence start end words bias uncertain voice".split()
# without what models find, which are trained anew now and then
LISTS = ["loaded", "naming", "hedging", "scare_quotes", "passives", "sourcing", "headline"]
FINDINGS = "article_id sentence layer start end text lexicon entry category voice source side score".split()
ATTRIBUTIONS = [
    *("article_id", "attribution", "kind", "source", "cue", "content", "source_text", "cue_text", "content_text"),
    *("speaker", "side", "role", "stance", "anonymous", "confidence", "rule", "side_rule"),
]


def test_columns_are_those_of_the_design(analysis: fr.Analysis) -> None:
    """The columns, their names and their order are fixed from outside."""
    columns = list(analysis.articles.columns)
    assert columns[: len(ARTICLES)] == ARTICLES
    assert all(name.startswith("frame_") for name in columns[len(ARTICLES) :])
    assert {"frame_conflict", "frame_guns_politics"} <= set(columns[len(ARTICLES) :])
    assert list(analysis.sentences.columns) == SENTENCES
    assert list(analysis.findings.columns) == FINDINGS
    assert list(analysis.attributions.columns) == ATTRIBUTIONS


def test_every_article_is_a_row_in_its_order(analysis: fr.Analysis, articles: list[fr.Article]) -> None:
    """Nothing is lost, and the order is that of the input."""
    assert list(analysis.articles["id"]) == [article.id for article in articles]
    assert set(analysis.sentences["article_id"]) == {article.id for article in articles}


def test_findings_and_attributions_point_at_their_strings(analysis: fr.Analysis, articles: list[fr.Article]) -> None:
    """`text[start:end]` is the marked string of the text exactly as it was read, line breaks and all."""
    text = {article.id: article.text for article in articles}
    for row in analysis.findings.itertuples():
        assert text[row.article_id][row.start : row.end] == row.text
    for row in analysis.attributions.to_dict("records"):
        for part in ("source", "cue", "content"):
            spans = [piece.split("-") for piece in row[part].split(";") if piece]
            strings = [text[row["article_id"]][int(start) : int(end)] for start, end in spans]
            assert " … ".join(strings) == row[f"{part}_text"]
    assert len(analysis.findings) > 40
    assert len(analysis.attributions) > 10


def test_a_marked_string_keeps_its_white_space(analysis: fr.Analysis) -> None:
    """Tabs and double spaces inside a quotation come back from the tables."""
    assert analysis.attributions["content_text"].str.contains("clearly\ta  crime").any()


def test_sentences_cover_every_finding(analysis: fr.Analysis) -> None:
    """A finding lies in the sentence that it names; sentences are numbered from 0 in each article."""
    sentences = analysis.sentences.set_index(["article_id", "sentence"])
    for row in analysis.findings[analysis.findings["layer"] != "furniture"].itertuples():
        home = sentences.loc[(row.article_id, row.sentence)]
        assert home["start"] <= row.start < row.end <= home["end"]
    first = analysis.sentences.groupby("article_id", sort=False)["sentence"]
    assert (first.min() == 0).all()
    assert (first.max() + 1 == first.size()).all()


def test_words_add_up(analysis: fr.Analysis) -> None:
    """Words are those of the three voices, and those of the sentences."""
    articles = analysis.articles.set_index("id")
    assert (articles["words"] == articles[[f"words_{voice}" for voice in VOICES]].sum(axis=1)).all()
    assert (analysis.sentences.groupby("article_id")["words"].sum() == articles["words"]).all()
    assert (articles[["words_own", "words_quoted", "words_reported"]].sum() > 0).all()


def test_counts_are_those_of_the_findings(analysis: fr.Analysis) -> None:
    """Each count of the table of articles is the number of rows of that layer and voice."""
    counted = Counter(zip(*(analysis.findings[name] for name in ("article_id", "layer", "voice")), strict=True))
    for row in analysis.articles.to_dict("records"):
        for layer in LAYERS:
            for voice in VOICES:
                assert row[f"{layer}_{voice}"] == counted[row["id"], layer.replace("_", "-"), voice]
    per_article = analysis.attributions["article_id"].value_counts()
    assert {row.id: row.attributions for row in analysis.articles.itertuples() if row.attributions} == dict(per_article)


def test_word_counts_are_a_counters(analysis: fr.Analysis, articles: list[fr.Article]) -> None:
    """WordCounts holds for each article and voice how often each word stands there."""
    reading = BatchReader(Setting(sides=("actors-russia-ukraine",))).read(articles)
    batch, counts = reading.batch, analysis.words
    expected = [Counter[tuple[str, int]]() for _ in articles]
    for token in range(len(batch)):
        if batch.is_word[token] and not reading.furniture[token]:
            word = base(batch.words(token, token + 1)[0])
            expected[batch.article[token]][word, int(reading.voices.voice[token])] += 1
    for number in range(len(articles)):
        here = slice(counts.indptr[number], counts.indptr[number + 1])
        found = Counter[tuple[str, int]]()
        for word, row in zip(counts.word[here].tolist(), counts.counts[here].tolist(), strict=True):
            found.update({(counts.vocabulary[word], voice): n for voice, n in enumerate(row) if n})
        assert found == expected[number]
    assert counts.indptr[-1] == len(counts.word) == len(counts.counts)
    assert int(counts.counts.sum()) == analysis.articles["words"].sum()


def test_repeated_texts_are_kept_and_marked(analysis: fr.Analysis) -> None:
    """`duplicate_of` is the id of the first article with that text."""
    marked = analysis.articles.set_index("id")["duplicate_of"]
    assert marked["again"] == "a0"
    assert (marked.drop("again") == "").all()
    assert analysis.manifest["repeated"] == 1


def test_further_columns_are_carried_along(analysis: fr.Analysis) -> None:
    """A column whose name is taken becomes input_NAME, said in the manifest; text stays text."""
    articles = analysis.articles
    assert list(articles["section"].iloc[:3]) == ["world", "a\rb", "007"]
    assert list(articles["input_words"].iloc[:3]) == [0, 1, 2]
    assert articles["year"].isna().tolist() == [True, *[False] * 9, True]
    assert "column 'words' is carried as 'input_words'" in analysis.manifest["notes"]


def test_missing_titles_leave_the_headline_columns_empty(analysis: fr.Analysis) -> None:
    """Empty, not zero."""
    articles = analysis.articles
    untitled = articles["title"] == ""
    assert articles.loc[untitled, "headline_words"].isna().all()
    assert (articles.loc[~untitled, "headline_words"] == 3).all()


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_types_of_columns(form: str, articles: list[fr.Article]) -> None:
    """Text without gaps, whole numbers, floats with NaN, truth values: whatever the format."""
    found = fr.analyze(articles, format=form)
    assert found.findings["start"].dtype == "int64"
    assert found.findings["score"].dtype == "float64"
    assert found.attributions["anonymous"].dtype == bool
    assert found.articles["words"].dtype == "int64"
    assert found.articles["headline_words"].dtype == "float64"
    assert found.articles["bias"].dtype == found.articles["frame_conflict"].dtype == "float64"
    for column in ("bias", "uncertain"):
        assert found.sentences[column].between(0, 1).all()
    for table in (found.articles, found.findings, found.attributions):
        text = table.select_dtypes(exclude="number").drop(columns="anonymous", errors="ignore")
        assert text.map(lambda cell: isinstance(cell, str)).all(axis=None)


def test_formats_hold_the_same_values(analysis: fr.Analysis, articles: list[fr.Article], tmp_path: Path) -> None:
    """CSV, JSON Lines and Parquet are three spellings of the same tables."""
    for form in ("jsonl", "parquet"):
        other = fr.analyze(articles, sides="russia-ukraine", output=tmp_path / form, format=form)
        for name in ("articles", "sentences", "findings", "attributions"):
            assert (tmp_path / form / f"{name}.{form}").is_file()
            pd.testing.assert_frame_equal(getattr(other, name), getattr(analysis, name))


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_tables_without_rows_have_their_columns(form: str) -> None:
    """An article in which nothing is found has empty tables, not none."""
    found = fr.analyze([fr.Article("1", "Ferry.")], format=form, only=LISTS)
    assert found.sentences[["bias", "uncertain"]].isna().all(axis=None)
    assert list(found.findings.columns) == FINDINGS
    assert list(found.attributions.columns) == ATTRIBUTIONS
    assert len(found.findings) == len(found.attributions) == 0
    assert found.attributions["anonymous"].dtype == bool
    assert found.findings["start"].dtype == "int64"
    assert list(found.articles["headline_words"].isna()) == [True]


def test_a_column_may_change_its_mind_between_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers first and a word later is a column of text, in each format alike."""
    monkeypatch.setattr("framing.analysis._analyze._BATCH_ARTICLES", 2)
    cells = [None, None, 1, 2, 3.5, None, "x", True, 10**20, "\u2028"]
    corpus = [
        fr.Article(str(n), "The ferry left.", extra={"a": cell, "score": n, "source": cell})
        for n, cell in enumerate(cells)
    ]
    numbers = [fr.Article(str(n), "The ferry left.", extra={"a": cell}) for n, cell in enumerate(cells[:6])]
    for form in ("csv", "jsonl", "parquet"):
        found = fr.analyze(corpus, format=form, only="loaded").articles
        for column in ("a", "source"):
            assert list(found[column]) == ["", "", "1", "2", "3.5", "", "x", "true", str(10**20), "\u2028"]
        assert list(found["score"]) == list(range(10))
        floats = fr.analyze(numbers, format=form, only="loaded").articles["a"]
        assert floats.fillna(-1).tolist() == [-1, -1, 1, 2, 3.5, -1]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_groups_are_the_same_in_each_format(form: str) -> None:
    """A code keeps its zeros, a year is a year, a truth value is one: whatever the tables were kept in."""
    cells = [{"code": ("007", "7")[n % 2], "year": 2020 + n % 2, "late": bool(n % 2)} for n in range(4)]
    found = fr.analyze([fr.Article(str(n), "Rain.", extra=cell) for n, cell in enumerate(cells)], format=form)
    groups = {by: list(fr.compare(found, by=by, resamples=100, permutations=100).groups["group"]) for by in cells[0]}
    assert groups == {"code": ["007", "7"], "year": ["2020", "2021"], "late": ["False", "True"]}


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_an_analysis_in_which_nothing_was_found_compares(form: str) -> None:
    """No finding, no attribution, one article, no outlet: a comparison with nothing in it."""
    found = fr.analyze([fr.Article("1", "Ferry.")], format=form, only=LISTS)
    result = fr.compare(found, resamples=100, permutations=100)
    assert list(result.groups["group"]) == ["(none)"]
    assert len(result.terms) == 0
