"""Tasks of sentences and of texts from the command line, end to end, on made-up tables."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.classify import TextClassifier, TextFeatures
from framing.classify.sentences import _train
from framing.classify.sentences._train import SentenceTask

Run = Callable[..., Any]
QUICK = {"folds": 2, "costs": (1.0,), "vectors": False, "penalty": 1.0}
TELLING = {"sport": "goal match team league".split(), "money": "tax budget bank prices".split()}
PLAIN = "the mayor met people in town and a report was read by her office near old river bridge".split()


def quick_texts(seed: int) -> TextClassifier:
    features = TextFeatures(words=(1, 1), characters=None, vectors=False, measures=False)
    return TextClassifier(features, C=(3.0,), balance=(0.0,), folds=2, repeats=1, seed=seed)


@pytest.fixture
def topics(run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write 60 texts of one of two topics into the folder that commands run in, and let such tasks be quick."""
    monkeypatch.setattr("framing.classify.texts._train.TextClassifier", quick_texts)
    rng = np.random.default_rng(3)
    with Path("topics.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "body", "kind", "paper", "section"])
        for number in range(60):
            kind = list(TELLING)[number % 2]
            words = [*rng.choice(PLAIN, 9), *rng.choice(TELLING[kind], 3)]
            rng.shuffle(words)
            paper = "ABC"[number // 2 % 3]
            rows.writerow([f"t{number}", " ".join(words).capitalize() + ".", kind, paper, "NS"[number // 2 % 2]])
    return Path("topics.csv")


@pytest.fixture
def sentences(run: Run, made_sentences: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write made-up sentences there, and let their task be quick."""
    monkeypatch.setitem(_train.TASKS, "bias", SentenceTask(name="bias", positive="biased", layers=(), settings=QUICK))
    path: Path = made_sentences.write(Path("sentences.csv"), made_sentences.made(60))
    return path


def one_line(done: Any) -> str:
    """Return what a command that failed said."""
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("framing: ")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    return str(done.err)


def test_a_task_of_ones_own_from_table_to_column(run: Run, topics: Path) -> None:
    """Train, card, report, measure, and a column of scores in the table of articles."""
    columns = ("--text", "body", "--labels", "kind", "--positive", "sport", "--outlet", "paper", "--topic", "section")
    done = run("train", "topic", "--data", "topics.csv", *columns, "-o", "topic.skops", "--report", "topic.json")
    assert done.code == 0, done.err
    assert done.out.splitlines()[-1] == "topic.skops: its card is topic.md"
    assert "training on 60 texts" in done.err
    report = json.loads(Path("topic.json").read_text(encoding="utf-8"))
    assert report["task"] == "topic"
    card = Path("topic.md").read_text(encoding="utf-8")
    assert hashlib.sha256(Path("topic.skops").read_bytes()).hexdigest() in " ".join(card.split())
    assert "Task `topic`: sport." in card
    assert "outlets held out" in card

    again = (*MEASURE, *columns, "--model", "topic.skops")
    measured = run(*again)
    assert (measured.code, measured.err) == (0, "")
    assert "topics.csv, trained on" in measured.out
    for name, start in (("scores.md", b"# "), ("scores.json", b"{"), ("scores.pdf", b"%PDF-")):
        written = run(*again, "-o", name)
        assert written.out == f"{name}: topic, 60 records\n", written.err
        assert Path(name).read_bytes().startswith(start)
    assert Path("scores.md").read_text(encoding="utf-8") == measured.out

    analysed = run("analyze", "topics.csv", "--text", "body", "-o", "out", "--model", "topic.skops", "--only", "loaded",
                   "--jobs", "1", "--quiet")  # fmt: skip
    assert analysed.code == 0, analysed.err
    articles = pd.read_csv("out/articles.csv")
    said = articles["topic_sport"] >= 0.5
    assert (said == (articles["kind"] == "sport")).mean() > 0.9
    manifest = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(Path("topic.skops").read_bytes()).hexdigest()
    assert {"name": "topic", "file": "topic.skops", "sha256": digest} in manifest["models"]
    assert manifest["options"]["model"] == ["topic.skops"]


def test_several_columns_of_labels_are_a_task(run: Run, topics: Path) -> None:
    table = pd.read_csv(topics)
    for kind in TELLING:
        table[kind] = (table["kind"] == kind).astype(int)
    table["rare"] = (np.arange(60) % 3 == 0).astype(int)
    table.to_csv("many.csv", index=False)
    done = run("train", "kinds", "--data", "many.csv", "--text", "body", "--labels", "sport, money,rare",
               "--no-measure", "--quiet")  # fmt: skip
    assert (done.code, done.err, done.out) == (0, "", "kinds.skops: its card is kinds.md\n")
    run("analyze", "many.csv", "--text", "body", "-o", "out", "--model", "kinds.skops", "--only", "loaded", "--quiet",
        "--jobs", "1")  # fmt: skip
    assert {"kinds_sport", "kinds_money", "kinds_rare"} <= set(pd.read_csv("out/articles.csv").columns)


def test_a_task_of_sentences_from_table_to_column(run: Run, sentences: Path, made_sentences: ModuleType) -> None:
    """A model of bias takes the place of the one that ships, and so do its words."""
    made_sentences.write_votes(Path("votes.jsonl"), made_sentences.made(60))
    done = run("train", "bias", "--data", "sentences.csv", "--votes", "votes.jsonl", "-o", "mine.skops", "--report",
               "mine-scores.md", "--quiet")  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == ["mine-scores.md: bias, 60 records", "mine.skops: its card is mine.md"]
    assert "cross-validated, 5 folds by url" in Path("mine-scores.md").read_text(encoding="utf-8")
    measured = run("evaluate", "words", "--data", "sentences.csv", "--model", "mine.skops", "-o", "words.md")
    assert measured.code == 0, measured.err
    assert "lexicons alone" in Path("words.md").read_text(encoding="utf-8")

    Path("news.csv").write_text("id,text\n1,The quimsy mayor met people.\n2,The mayor met people.\n", encoding="utf-8")
    run("analyze", "news.csv", "-o", "out", "--only", "loaded", "--model", "mine.skops", "--quiet", "--jobs", "1")
    scores = pd.read_csv("out/sentences.csv")["bias"]
    assert scores[0] > 0.5 > scores[1]
    findings = pd.read_csv("out/findings.csv")
    assert findings[findings["lexicon"] == "model"]["text"].tolist() == ["quimsy"]
    assert pd.read_csv("out/articles.csv")["loaded_model_own"].tolist() == [1, 0]
    manifest = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in manifest["models"] if one["name"] == "bias"] == ["mine.skops"]
    run("analyze", "news.csv", "-o", "both", "--only", "loaded,bias", "--model", "mine.skops", "--quiet", "--jobs", "1")
    assert pd.read_csv("both/sentences.csv")["bias"].tolist() == scores.tolist()


TRAIN, MEASURE = (("train", "topic", "--data", "topics.csv"), ("evaluate", "topic", "--data", "topics.csv"))
TINY = ("evaluate", "bias", "--data", "sentences.csv", "--model", "tiny.skops")
BAD: list[tuple[tuple[str, ...], str]] = [
    (("train", "topic"), "--data"),
    (("train", "topic", "--data", "nowhere.csv"), "nowhere.csv"),
    ((*TRAIN, "--text", "body"), "a task of your own needs the column of its labels"),
    ((*TRAIN, "--text", "body", "--labels", ","), "--labels names no column"),
    ((*TRAIN, "--text", "body", "--labels", "nothing"), "'nothing'"),
    ((*TRAIN, "--labels", "kind", "--text", "nothing"), "'nothing'"),
    ((*TRAIN, "--text", "body", "--labels", "id"), "topics.csv"),
    ((*TRAIN, "--labels", "kind", "-o", "m.pkl"), "m.pkl: models are written as .skops"),
    ((*TRAIN, "--labels", "kind", "-o", "no/m.skops"), "there is no folder no"),
    (("train", "a/b", "--data", "topics.csv", "--labels", "kind"), "a/b.skops: there is no folder a"),
    ((*TRAIN, "--labels", "kind", "--report", "r.txt"), "allowed: .md, .json, .pdf"),
    ((*TRAIN, "--labels", "kind", "--report", "no/r.md"), "there is no folder no"),
    ((*TRAIN, "--labels", "kind", "--report", "topic.md"), "the model's card"),
    ((*TRAIN, "--labels", "kind", "--report", "r.md", "--no-measure"), "--no-measure"),
    ((*TRAIN, "--text", "body", "--labels", "kind", "--votes", "votes.jsonl"), "votes"),
    (("train", "bias", "--data", "sentences.csv", "--positive", "spin"), "'spin'"),
    (("train", "bias", "--data", "sentences.csv", "--votes", "votes.jsonl"), "votes.jsonl, line 1"),
    (("train", "bias", "--data", "topics.csv", "--text", "body", "--labels", "kind"), "'biased'"),
    ((*MEASURE, "--labels", "kind"), "no model of it ships"),
    ((*MEASURE, "--model", "nowhere.skops"), "nowhere.skops"),
    ((*MEASURE, "--model", "topics.csv"), "topics.csv: not a model of"),
    ((*MEASURE, "--model", "tiny.skops"), "a model of the task 'bias', not of 'topic'"),
    ((*TINY, "-o", "scores.txt"), "allowed: .md, .json"),
    ((*TINY, "-o", "no/s.md"), "there is no folder no"),
    (("analyze", "articles.csv", "-o", "out", "--model", "nowhere.skops"), "nowhere.skops: cannot be read"),
    (("analyze", "articles.csv", "-o", "out", "--model", "topics.csv"), "topics.csv: not a model of `framing train`"),
    (("analyze", "articles.csv", "-o", "out", "--model", "tiny.skops", "--model", "tiny.skops", "--only", "loaded"),
     "model 'tiny.skops': 'bias' is there already"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), BAD, ids=[" ".join(arguments)[:60] for arguments, _ in BAD])
def test_what_is_given_wrong_for_a_task_is_said_in_one_line(
    run: Run, topics: Path, sentences: Path, sentence_model_file: Path, arguments: tuple[str, ...], said: str
) -> None:
    Path("tiny.skops").write_bytes(sentence_model_file.read_bytes())
    Path("votes.jsonl").write_text('{"id": "s1"}\n', encoding="utf-8")
    there = set(Path().iterdir())
    assert said in one_line(run(*arguments, *(("--quiet",) if arguments[0] != "evaluate" else ())))
    assert set(Path().iterdir()) - there <= {Path("out")}
    assert not Path("out/manifest.json").exists()


def test_a_model_has_no_use_for_tables_that_are_there(run: Run, sentence_model_file: Path) -> None:
    run("analyze", "articles.csv", "-o", "out", "--only", "loaded", "--quiet", "--jobs", "1")
    done = run("compare", "out", "-o", "compared", "--model", str(sentence_model_file))
    assert "--model has no use here: out is analysed already" in one_line(done)


def test_an_annotated_article_takes_a_model_too(run: Run, sentence_model_file: Path) -> None:
    Path("one.csv").write_text("id,text\n1,The quimsy mayor met people.\n", encoding="utf-8")
    plain = run("annotate", "one.csv", "--only", "loaded")
    marked = run("annotate", "one.csv", "--only", "loaded", "--model", str(sentence_model_file))
    assert (plain.code, marked.code) == (0, 0), marked.err
    assert marked.out != plain.out


def test_the_tasks_are_listed(run: Run) -> None:
    for command in ("train", "evaluate"):
        done = run(command, "--help")
        assert done.code == 0
        for task in ("attribution", "bias", "words", "uncertain", "climate", "guns", "frames"):
            assert f"  {task}" in done.out
