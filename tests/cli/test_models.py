"""Training and measuring from the command line, on invented articles."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from framing.measures.attribution.finder import open_weights

Run = Callable[..., Any]


@pytest.fixture
def data(annotated: ModuleType, run: Run) -> Path:
    """Return a folder with train, dev and agreement in the folder that commands run in."""
    folder: Path = annotated.write_folder(Path("data"))
    return folder


def test_a_model_is_trained_with_its_card_and_measured(run: Run, data: Path) -> None:
    """The scores that training prints for dev are those that measuring the written model gives."""
    trained = run("train", "attribution", "--data", "data", "-o", "mine.npz")
    assert trained.code == 0, trained.err
    assert trained.out.splitlines()[-1] == "mine.npz: 10 articles; its card is mine.md"
    assert "first pass, fold 1 of 4" in trained.err
    card = Path("mine.md").read_text(encoding="utf-8")
    assert hashlib.sha256(Path("mine.npz").read_bytes()).hexdigest() in card
    assert "PolNeAR" not in card
    assert "nothing is known here of their licence" in " ".join(card.split())
    about = open_weights(Path("mine.npz")).about
    assert about["articles"] == 10
    assert set(about["dev F1"]) == set(about["cross-validated F1"])

    measured = run("evaluate", "attribution", "--data", "data", "--model", "mine.npz")
    assert (measured.code, measured.err) == (0, "")
    assert measured.out.startswith("Dev: 4 articles.")
    assert measured.out in trained.out
    assert measured.out in card
    assert "4 ordered pairs of 2 articles" in measured.out

    written = run("evaluate", "attribution", "--data", "data", "--model", "mine.npz", "-o", "scores.json")
    assert written.out.startswith("scores.json: 4 articles, 24 attributions, linked F1 ")
    scores = json.loads(Path("scores.json").read_text(encoding="utf-8"))["scores"]
    assert scores["linked"]["f1"]["value"] == pytest.approx(about["dev F1"]["linked"], abs=1e-4)
    run("evaluate", "attribution", "--data", "data", "--model", "mine.npz", "-o", "scores.md")
    assert Path("scores.md").read_text(encoding="utf-8") == measured.out


def test_the_same_data_and_seed_give_the_same_model(run: Run, data: Path) -> None:
    """Also in the folder `attribution`, and without what a card does not need."""
    (data / "attribution").mkdir()
    (data / "train.jsonl.gz").rename(data / "attribution" / "train.jsonl.gz")
    for part in ("dev", "agreement"):
        (data / f"{part}.jsonl.gz").unlink()
    for name, seed in (("one", "3"), ("two", "3"), ("three", "4")):
        done = run("train", "attribution", "--data", "data", "-o", f"{name}.npz", "--seed", seed, "--quiet")
        assert (done.code, done.err) == (0, "")
    assert Path("one.npz").read_bytes() == Path("two.npz").read_bytes()
    assert Path("one.npz").read_bytes() != Path("three.npz").read_bytes()
    assert "### Dev" not in Path("one.md").read_text(encoding="utf-8")


def test_the_model_that_ships_is_measured_if_none_is_given(run: Run, data: Path) -> None:
    done = run("evaluate", "attribution", "--data", "data", "--part", "train")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Train: 10 articles.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("train", "attribution"), "--data"),
        (("train", "attribution", "--data", "nowhere"), "nowhere"),
        (
            ("train", "attribution", "--data", "data", "-o", "model.bin"),
            "model.bin: a model cannot be written as '.bin'",
        ),
        (("train", "attribution", "--data", "data", "-o", "no/model.npz"), "there is no folder no"),
        (("train", "attribution", "--data", "empty"), "empty: no train.jsonl.gz or train.jsonl there"),
        (("train", "attribution", "--data", "few"), "3 articles; training needs at least 4"),
        (("train", "attribution", "--data", "broken"), "train.jsonl, line 1: not an object"),
        (("train", "attribution", "--data", "data", "--word-classes", "articles.csv"), "articles.csv: not"),
        (("evaluate", "attribution", "--data", "data", "--model", "articles.csv"), "articles.csv: not"),
        (("evaluate", "attribution", "--data", "data", "--part", "test"), "data: no test.jsonl.gz"),
        (("evaluate", "attribution", "--data", "data", "-o", "scores.txt"), "allowed: .md, .json"),
    ],
)
def test_what_is_given_wrong_is_said_in_one_line(
    run: Run, data: Path, annotated: ModuleType, arguments: tuple[str, ...], said: str
) -> None:
    for name in ("empty", "few", "broken"):
        Path(name).mkdir()
    annotated.write(Path("few/train.jsonl"), annotated.articles(3))
    Path("broken/train.jsonl").write_text("{}\n", encoding="utf-8")
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("framing: ")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not Path("attribution.npz").exists()


def test_a_span_outside_its_text_stops_the_training(run: Run, data: Path) -> None:
    with gzip.open(data / "train.jsonl.gz", "at", encoding="utf-8") as lines:
        lines.write(json.dumps({"text": "No.", "attributions": [{"content": [[0, 9]]}]}) + "\n")
    done = run("train", "attribution", "--data", "data")
    assert (done.code, done.out) == (2, "")
    assert "line 11: span 0-9; allowed are places within 0-3" in done.err
