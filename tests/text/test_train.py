"""What Punkt learns from news is written as a table, without names and ordinary words."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from framing import _data
from framing.text import train
from framing.text._sentences import TITLES

NEWS = (
    "The senator from Calif. voted on Monday. However, the house did not. However, nobody was hurt there. "
    "He met the dept. head in Calif. offices again. However, the dept. was closed. The army left.\n"
)


def rows(texts: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"abbreviation": set(), "collocation": set(), "starter": set()}
    for kind, form, _ in train.learn(texts):
        found[kind].add(form)
    return found


def test_abbreviations_are_learnt() -> None:
    assert {"calif", "dept"} <= rows([NEWS] * 20)["abbreviation"]


def test_ordinary_word_that_ends_sentences_is_no_abbreviation() -> None:
    seen = Counter({"ape.": 9, "ape": 30, "ariz.": 9, "Ariz.": 30, "ariz": 1})
    assert not train._is_abbreviation("ape", seen)
    assert train._is_abbreviation("ariz", seen)


def test_name_is_no_starter() -> None:
    seen = Counter({"bush": 7, "Bush": 1400, "however": 40, "However": 40, "I": 100, "rare": 2})
    starters = {form for form in ("bush", "however", "i", "rare") if train._is_starter(form, seen)}
    assert starters == {"however", "i"}


def test_table_is_written_sorted(tmp_path: Path) -> None:
    source, output = tmp_path / "news.txt", tmp_path / "sentences.tsv"
    source.write_text(NEWS * 20, encoding="utf-8")
    train.main([str(source), "-o", str(output)])
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "kind\tform\tsecond"
    assert lines[1:] == sorted(lines[1:])
    assert "abbreviation\tcalif\t" in lines


@pytest.fixture(scope="module")
def shipped() -> list[dict[str, str]]:
    with (_data.lexicons() / "en" / "sentences.tsv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def test_shipped_table_has_rows_of_three_kinds_only(shipped: list[dict[str, str]]) -> None:
    assert {row["kind"] for row in shipped} == {"abbreviation", "collocation", "starter"}
    assert all(row["form"] for row in shipped)


@pytest.mark.parametrize("name", ["bush", "trump", "wilson", "clinton"])
def test_shipped_table_has_no_name_as_a_starter(shipped: list[dict[str, str]], name: str) -> None:
    assert name not in {row["form"] for row in shipped if row["kind"] == "starter"}


def test_shipped_table_leaves_titles_to_the_rules(shipped: list[dict[str, str]]) -> None:
    assert {row["form"] for row in shipped if row["kind"] == "abbreviation"} & (TITLES - {"e.g", "i.e"}) == set()
