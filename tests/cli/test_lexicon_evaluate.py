"""``framing lexicon evaluate``: what it prints, writes and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def folder(run: Run) -> Path:
    """Return the folder that commands run in, with a lexicon and annotated articles."""
    Path("mine.tsv").write_text("form\nvile\nsham\n", encoding="utf-8")
    record = {"id": "one", "text": "A vile fiasco. A sham.", "biased_words": ["vile", "fiasco"]}
    Path("words.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return Path()


def test_a_lexicon_is_held_against_annotated_words(run: Run, folder: Path) -> None:
    done = run("lexicon", "evaluate", "mine.tsv", "--data", "words.jsonl")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("words.jsonl: 1 record, 5 words, 2 of them marked (biased_words)")
    assert "| fiasco | one@7" in done.out


@pytest.mark.parametrize("name", ["out.md", "out.json", "out.csv"])
def test_the_coverage_is_written_in_three_forms(run: Run, folder: Path, name: str) -> None:
    done = run("lexicon", "evaluate", "mine.tsv", "--data", "words.jsonl", "--top", "3", "-o", name)
    assert done.code == 0, done.err
    assert done.out.startswith(f"{name}: 1 read, 2 marked words, precision .500")
    written = Path(name).read_text(encoding="utf-8")
    assert "fiasco" in written
    assert "vile" in written


def test_a_layer_and_several_names_are_measured_together(run: Run, folder: Path) -> None:
    done = run("lexicon", "evaluate", "loaded", "mine.tsv", "--data", "words.jsonl")
    assert done.code == 0, done.err
    assert "loaded-general" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "NAME"),
        (("mine.tsv",), "--data"),
        (("nosuch", "--data", "words.jsonl"), "no lexicon 'nosuch'"),
        (("mine.tsv", "--data", "nowhere.jsonl"), "nowhere.jsonl"),
        (("mine.tsv", "--data", "articles.csv"), "no column 'biased_words' or 'spans'"),
        (("mine.tsv", "--data", "words.jsonl", "--column", "marks"), "no column 'marks'"),
        (("mine.tsv", "--data", "words.jsonl", "--text", "story"), "no column 'story'"),
        (("mine.tsv", "--data", "words.jsonl", "-o", "out.pdf"), "allowed: .md, .json, .csv"),
        (("mine.tsv", "--data", "words.jsonl", "-o", "words.jsonl"), "allowed: .md, .json, .csv"),
        (("mine.tsv", "--data", "words.jsonl", "--top", "0"), "--top"),
    ],
)
def test_what_was_given_wrong_ends_in_one_line_and_2(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("lexicon", "evaluate", *arguments)
    assert done.code == 2
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert done.out == ""
