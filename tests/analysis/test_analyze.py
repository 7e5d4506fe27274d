"""analyze: the same bytes whatever the number of processes, and sense on odd corpora."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.analysis import _analyze
from framing.errors import InputError, LexiconError, OptionError

TABLES = ("articles", "sentences", "findings", "attributions")


def _bytes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make batches of four articles."""
    monkeypatch.setattr(_analyze, "_BATCH_ARTICLES", 4)


@pytest.mark.usefixtures("small_batches")
def test_one_process_and_two_write_the_same_bytes(
    articles: list[fr.Article], sentence_model_file: Path, tmp_path: Path
) -> None:
    """Three batches through two processes, and through one, twice, also with a model of one's own: the same files."""
    for name, jobs in (("one", 1), ("again", 1), ("two", 2)):
        fr.analyze(articles, sides="russia-ukraine", models=sentence_model_file, output=tmp_path / name, jobs=jobs)
    one = _bytes(tmp_path / "one")
    assert _bytes(tmp_path / "again") == one
    assert _bytes(tmp_path / "two") == one
    assert {"articles.csv", "manifest.json", "rejects.csv", "texts.jsonl.gz", "words/word.i32"} <= one.keys()


def test_batches_do_not_change_the_tables(
    analysis: fr.Analysis, articles: list[fr.Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the corpus is cut into batches changes no row."""
    monkeypatch.setattr(_analyze, "_BATCH_ARTICLES", 3)
    cut = fr.analyze(articles, sides="russia-ukraine")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(cut, name), getattr(analysis, name))


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 9, 12, 13])
def test_no_article_is_lost_at_the_edge_of_a_batch(count: int) -> None:
    """Articles in are rows out, with exactly one, two and three batches and one article more."""
    corpus = [fr.Article(str(n), f"Ferry {n} left.") for n in range(count)]
    assert [len(batch) for batch in _analyze.batches(corpus)] == [4] * (count // 4) + [count % 4] * (count % 4 > 0)
    found = fr.analyze(corpus, only="attribution")
    assert list(found.articles["id"]) == [str(n) for n in range(count)]
    assert len(found.words.indptr) == count + 1


def test_long_articles_make_short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch also ends when its texts are long."""
    monkeypatch.setattr(_analyze, "_BATCH_CHARACTERS", 400_000)
    corpus = [fr.Article(str(n), "x" * 250_000) for n in range(5)]
    assert [len(batch) for batch in _analyze.batches(corpus)] == [2, 2, 1]


def test_texts_come_back_by_id(analysis: fr.Analysis, articles: list[fr.Article]) -> None:
    """The words behind a number can be shown."""
    for article in articles:
        assert analysis.text(article.id) == article.text
    with pytest.raises(KeyError):
        analysis.text("nobody")


def _kinds(path: Path) -> Iterator[object]:
    rows = [{"id": "1", "text": "The regime fell.", "outlet": "A"}, {"id": "2", "text": "It rained.", "outlet": "B"}]
    made = [fr.Article(**row) for row in rows]
    yield made
    yield (article for article in made)
    yield pd.DataFrame(rows)
    yield rows
    (path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    yield path / "a.jsonl"
    yield str(path / "a.jsonl")
    yield fr.read_corpus(made)


def test_a_corpus_may_be_articles_a_generator_a_table_or_a_file(tmp_path: Path) -> None:
    """However the same articles are given, the tables are the same."""
    first, *others = [fr.analyze(corpus, only="loaded") for corpus in _kinds(tmp_path)]  # type: ignore[arg-type]
    assert len(first.articles) == 2
    for other in others:
        for name in TABLES:
            pd.testing.assert_frame_equal(getattr(other, name), getattr(first, name))


def test_texts_of_one_sentence_without_outlet_or_title(tmp_path: Path) -> None:
    """A list of sentences analyses like any other corpus."""
    (tmp_path / "s.csv").write_text("text,label\nThe regime fell.,1\n“No”,0\nRain,1\n", encoding="utf-8")
    found = fr.analyze(tmp_path / "s.csv").articles
    assert list(found["id"]) == ["1", "2", "3"]
    assert list(found["outlet"]) == ["", "", ""]
    assert list(found["sentences"]) == [1, 1, 1]
    assert list(found["label"]) == [1, 0, 1]
    assert found["headline_words"].isna().all()


@pytest.mark.parametrize("text", ["Advertisement", "Enlarge this image\n\nAdvertisement", "…", "“”", "🙂", "-"])
def test_articles_without_a_word_of_their_own(text: str) -> None:
    """Nothing but furniture or marks: no words, no scores, no exception."""
    found = fr.analyze([fr.Article("0", "The ferry left."), fr.Article("1", text)]).articles.iloc[1]
    assert (found["words"], found["sentences"]) == (0, 0)
    assert pd.isna(found["flesch_reading_ease"])


def test_only_chooses_measures(analysis: fr.Analysis) -> None:
    """Attribution always runs; of the others only those that are named, each alone or as a list."""
    found = fr.analyze([fr.Article("1", "“The regime may fall,” Smith said.")], only="loaded")
    assert set(found.findings["layer"]) == {"loaded"}
    assert len(found.attributions) == 1
    assert "hedge_own" not in found.articles
    assert found.manifest["measures"] == ["attribution", "loaded"]
    assert set(analysis.findings["layer"]) >= {"loaded", "hedge", "booster", "scare-quote", "passive", "declined"}


def test_the_manifest_names_no_machine_and_no_hour(tmp_path: Path) -> None:
    """Version, options, hashes and counts; the same on every machine at every time."""
    path = tmp_path / "in.csv"
    path.write_text("id,outlet,text\n1,A,The regime fell.\n2,B,\n3,A,It rained.\n", encoding="utf-8")
    found = fr.analyze(path, sides="russia-ukraine", only=["loaded"], output=tmp_path / "out")
    manifest = found.manifest
    assert manifest["version"] == fr.__version__
    assert manifest["options"] == {
        "only": ["loaded"],
        "sides": ["actors-russia-ukraine"],
        "lexicon": [],
        "model": [],
        "format": "csv",
    }
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert manifest["input"] == {"path": "in.csv", "sha256": digest, "articles": 2, "rejected": 1}
    assert {"russia", "ukraine"} <= set(manifest["sides"])
    lexicons = {lexicon["name"]: lexicon for lexicon in manifest["lexicons"]}
    assert {"actors-russia-ukraine", "loaded-conflict", "reporting-verbs"} <= lexicons.keys()
    assert all(len(lexicon["sha256"]) == 64 and lexicon["entries"] > 0 for lexicon in lexicons.values())
    assert str(tmp_path) not in json.dumps(manifest)
    (model,) = manifest["models"]
    assert model["name"] == "attribution"
    assert len(model["sha256"]) == 64


def test_rows_that_cannot_be_read_are_written_with_their_line(tmp_path: Path) -> None:
    """rejects.csv: line, reason, id and what stood there; the run goes on."""
    path = tmp_path / "in.csv"
    path.write_text("id,outlet,text\n1,A,The regime fell.\n2,B,\n3,A\n", encoding="utf-8")
    fr.analyze(path, output=tmp_path / "out", only="loaded")
    rejects = pd.read_csv(tmp_path / "out" / "rejects.csv")
    assert list(rejects.columns) == ["line", "reason", "id", "snippet"]
    assert list(rejects["line"]) == [3, 4]


def test_without_rejects_the_file_is_a_header(tmp_path: Path) -> None:
    """The file is always there."""
    fr.analyze([fr.Article("1", "Rain.")], output=tmp_path / "out", only="loaded")
    assert (tmp_path / "out" / "rejects.csv").read_text(encoding="utf-8") == "line,reason,id,snippet\n"


def test_a_strict_corpus_stops_at_the_first_bad_row(tmp_path: Path) -> None:
    """The message names file, line and reason, and no manifest is left."""
    path = tmp_path / "in.csv"
    path.write_text("id,outlet,text\n1,A,The regime fell.\n2,B,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"in\.csv, line 3: "):
        fr.analyze(fr.read_corpus(path, strict=True), output=tmp_path / "out")
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_a_users_lexicon_comes_first_and_reaches_the_comparison(tmp_path: Path) -> None:
    """A path is a lexicon like those that ship: where it speaks, ours are silent."""
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("form\tcategory\nbutchered\tmine\nferry\tmine\n", encoding="utf-8")
    corpus = [fr.Article(str(n), "Troops butchered the guards of the ferry.", outlet="AB"[n % 2]) for n in range(4)]
    found = fr.analyze(corpus, lexicons=lexicon)
    loaded = found.findings[found.findings["layer"] == "loaded"]
    assert set(loaded["lexicon"]) == {"mine"}
    assert set(loaded["entry"]) == {"butchered", "ferry"}
    assert found.manifest["options"]["lexicon"] == ["mine.tsv"]
    result = fr.compare(found, resamples=100, permutations=100)
    terms = result.terms[result.terms["lexicon"] == "mine"]
    assert set(terms["entry"]) == {"butchered", "ferry"}


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"format": "xml"}, OptionError, r"^format 'xml'; allowed are csv, jsonl, parquet$"),
        ({"jobs": 0}, OptionError, r"^jobs 0; allowed are whole numbers from 1$"),
        ({"only": "spin"}, OptionError, r"^measure 'spin'; allowed are attribution, loaded, "),
        ({"sides": "atlantis"}, OptionError, r"^sides 'atlantis': neither a file nor one of china-taiwan, eu, "),
        (
            {"sides": ["hedges"]},
            OptionError,
            r"^sides 'hedges': a lexicon of the layer 'hedge'; allowed are china",
        ),
        ({"lexicons": "atlantis"}, LexiconError, r"^no lexicon 'atlantis': neither a file nor one of actors-china-"),
    ],
)
def test_wrong_options_list_what_is_allowed(options: dict[str, object], kind: type[Exception], message: str) -> None:
    """What is wrong with the options shows before anything is read."""
    with pytest.raises(kind, match=message):
        fr.analyze("/nowhere/at/all.csv" if "format" in options or "jobs" in options else [], **options)  # type: ignore[arg-type]


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    """An input called articles.csv in the output folder stays what it was."""
    path = tmp_path / "articles.csv"
    path.write_text("id,text\n1,The ferry left.\n", encoding="utf-8")
    with pytest.raises(OptionError, match=r"writing there would overwrite the input articles\.csv; choose"):
        fr.analyze(path, output=tmp_path)
    assert path.read_text(encoding="utf-8") == "id,text\n1,The ferry left.\n"


def test_files_that_are_not_ours_stay(tmp_path: Path) -> None:
    """Only a folder with a manifest is an earlier run, whose tables of another format go."""
    (tmp_path / "findings.jsonl").write_text("mine\n", encoding="utf-8")
    corpus = [fr.Article("1", "The regime fell.")]
    fr.analyze(corpus, output=tmp_path, only="loaded")
    assert (tmp_path / "findings.jsonl").read_text(encoding="utf-8") == "mine\n"
    assert len(fr.Analysis.open(tmp_path).findings) == 1
    fr.analyze(corpus, output=tmp_path, only="loaded", format="parquet")
    assert sorted(path.name for path in tmp_path.glob("findings.*")) == ["findings.parquet"]


def test_a_temporary_folder_goes_with_the_analysis() -> None:
    """Without an output the tables live as long as the object."""
    found = fr.analyze([fr.Article("1", "Rain.")], only="loaded")
    folder = found.directory
    assert (folder / "articles.csv").is_file()
    del found
    assert not folder.exists()
