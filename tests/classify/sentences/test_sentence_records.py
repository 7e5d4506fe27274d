"""Annotated sentences as files have them: labels, marked words, and what single annotators said."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from framing.classify.sentences._records import read_sentences
from framing.errors import InputError


@pytest.fixture
def table(made_sentences: ModuleType, tmp_path: Path) -> Path:
    path: Path = made_sentences.write(tmp_path / "data.csv", made_sentences.made(12))
    return path


def test_words_and_marks_are_those_of_the_file(made_sentences: ModuleType, table: Path) -> None:
    made, found = made_sentences.made(12), read_sentences(table, positive="biased")
    assert found.records.labels == ("biased",)
    assert found.records.gold[:, 0].tolist() == [one.planted != "" for one in made]
    assert found.share.tolist() == found.records.gold[:, 0].tolist()
    assert found.records.groups == [one.article for one in made]
    assert found.marked == [one.marked for one in made]


def test_spans_are_read_as_words_are(made_sentences: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    rows = [
        {"text": one.text, "label": int(one.planted != ""), "spans": [list(span[:2]) for span in one.marked]}
        for one in made_sentences.made(12)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert read_sentences(path).marked == [one.marked for one in made_sentences.made(12)]


def test_a_file_without_marks_has_none(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("text,label\nA quimsy day.,1\nA drubbled day.,1\nA day.,0\nA night.,0\n", encoding="utf-8")
    assert read_sentences(path).marked is None


def test_votes_are_shares(made_sentences: ModuleType, table: Path, tmp_path: Path) -> None:
    """Two of three call a sentence biased and mark its word."""
    made = made_sentences.made(12)
    votes = made_sentences.write_votes(tmp_path / "votes.jsonl", made)
    packed = tmp_path / "votes.jsonl.gz"
    packed.write_bytes(gzip.compress(votes.read_bytes() + b"\n"))
    for path in (votes, packed):
        found = read_sentences(table, positive="biased", votes=path)
        assert found.share.tolist() == [2 / 3 if one.planted else 0 for one in made]
        assert found.marked is not None
        assert [[span[2] for span in spans] for spans in found.marked] == [
            [2 / 3] if one.planted else [] for one in made
        ]


def test_a_text_that_nobody_voted_on_keeps_its_label(made_sentences: ModuleType, table: Path, tmp_path: Path) -> None:
    made = made_sentences.made(12)
    votes = made_sentences.write_votes(tmp_path / "votes.jsonl", made[:2])
    found = read_sentences(table, positive="biased", votes=votes)
    assert found.share.tolist() == [0, 2 / 3] + [float(one.planted != "") for one in made[2:]]


def test_some_of_the_records_keep_everything_together(made_sentences: ModuleType, table: Path, tmp_path: Path) -> None:
    votes = made_sentences.write_votes(tmp_path / "votes.jsonl", made_sentences.made(12))
    found = read_sentences(table, positive="biased", votes=votes)
    part = found.only(np.array([5, 2]))
    assert part.records.ids == ["s5", "s2"]
    assert part.share.tolist() == [found.share[5], found.share[2]]
    assert part.marked == [found.marked[5], found.marked[2]]  # type: ignore[index]
    assert part.records.groups == ["u2", "u1"]


LINE = {"id": "s1", "annotator": "a", "label": "biased"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no vote on any text of data.csv; allowed: lines with its ids"),
        (json.dumps({**LINE, "id": "x"}).encode(), "no vote on any text of data.csv"),
        (b"{", "line 1: votes cannot be read"),
        (json.dumps(LINE).encode() + b"\n[1", "line 2: votes cannot be read"),
        (b"[1]", "line 1: found list; allowed is an object with id, annotator and label"),
        (b'{"id": "s1", "label": 1}', "line 1: found id, label; allowed is an object with id, annotator and label"),
        (b"\xff\xfe", "votes cannot be read"),
        (
            json.dumps({**LINE, "biased_words": "quimsy"}).encode(),
            "line 1: biased_words is 'quimsy'; allowed is a list",
        ),
        (json.dumps({**LINE, "biased_words": [1]}).encode(), "line 1: biased_words is"),
        (json.dumps({**LINE, "label": "Biased"}).encode(), "nobody voted 'biased' in 'label'"),
    ],
)
def test_votes_that_cannot_be_read_are_said_with_their_line(
    table: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    votes = tmp_path / "votes.jsonl"
    votes.write_bytes(content)
    with pytest.raises(InputError, match=r"votes\.jsonl") as fault:
        read_sentences(table, positive="biased", votes=votes)
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("damage", [lambda whole: whole[:-9], lambda whole: whole[:20], lambda whole: b"no gzip"])
def test_packed_votes_that_are_cut_off_are_refused(
    made_sentences: ModuleType, table: Path, tmp_path: Path, damage: Any
) -> None:
    plain = made_sentences.write_votes(tmp_path / "votes.jsonl", made_sentences.made(12)).read_bytes()
    (tmp_path / "votes.jsonl.gz").write_bytes(damage(gzip.compress(plain)))
    with pytest.raises(InputError, match="votes cannot be read"):
        read_sentences(table, positive="biased", votes=tmp_path / "votes.jsonl.gz")


def test_more_than_two_labels_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("text,label\n" + "".join(f"Text {n} here.,{'abc'[n % 3]}\n" for n in range(12)), encoding="utf-8")
    with pytest.raises(InputError, match="'label' holds 3 labels; this task takes two"):
        read_sentences(path)


@pytest.mark.parametrize("name", ["data.tsv", "data.csv.gz"])
def test_other_tables_are_read_the_same(made_sentences: ModuleType, table: Path, tmp_path: Path, name: str) -> None:
    content = table.read_bytes()
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content.replace(b",", b"\t"))
    assert read_sentences(path, positive="biased").marked == read_sentences(table, positive="biased").marked
