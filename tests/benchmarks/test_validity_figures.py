"""The benchmarks of validity count as they say, and what they printed is what the README and reports state."""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_MODULES = ("measured", "models", "validity")
_FINDING = ["article_id", "start", "end", "layer", "lexicon", "voice"]
_SCORE = re.compile(r"-?\d?\.\d+")

pytestmark = pytest.mark.skipif(not (ROOT / "setup.cfg").is_file(), reason="the tests run without their checkout")


@pytest.fixture(scope="module")
def benchmark() -> Iterator[ModuleType]:
    """Return the benchmark's modules as it is run: from their folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(HERE), *sys.path])
        found = [importlib.import_module(name) for name in _MODULES]
        yield SimpleNamespace(**dict(zip(_MODULES, found, strict=True)))  # type: ignore[misc]
    for name in _MODULES:
        sys.modules.pop(name)


@pytest.fixture
def analysis(benchmark: Any, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return tables to be filled, which the benchmark then takes for those of an analysis."""
    tables = SimpleNamespace()
    for module in (benchmark.models, benchmark.validity):
        monkeypatch.setattr(module, "analysed", lambda *_: tables)
    return tables


def write(path: Path, records: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)


def printed(capsys: pytest.CaptureFixture[str], name: str) -> list[str]:
    """Return what stands behind a name, for each line that begins with it."""
    lines = capsys.readouterr().out.splitlines()
    return [line.split("n=")[1] for line in lines if line.strip().startswith(name)]


def figures() -> list[dict[str, Any]]:
    return list(tomllib.loads((ROOT / "reports" / "validity.toml").read_text(encoding="utf-8"))["measured"])


def shown(number: float) -> str:
    return f"{number:.3f}".replace("0.", ".", 1).replace("-", "−")


def test_pieces_found_and_pieces_marked_are_counted_apart(benchmark: Any) -> None:
    """One marked piece may touch two annotated ones."""
    precision, recall, f1 = benchmark.measured.rates(np.array([[1.0, 4.0, 2.0, 2.0]]))
    assert (precision, recall) == (0.25, 1.0)
    assert f1 == pytest.approx(0.4)


def test_nothing_marked_and_nothing_annotated_scores_nothing(benchmark: Any) -> None:
    assert benchmark.measured.rates(np.zeros((2, 4))) == (0.0, 0.0, 0.0)


def test_records_of_a_group_are_drawn_together(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [[1, 1, 1], [0, 1, 1]] * 4
    benchmark.measured.say("apart", rows)
    benchmark.measured.say("together", rows, ["same"] * 8)
    apart, together = (_SCORE.findall(line) for line in capsys.readouterr().out.splitlines())
    assert together[-3:] == ["0.500", "0.500", "0.500"]
    assert apart[-3] == "0.500"
    assert apart[-2] < apart[-1]


def test_highest_sentence_stands_for_a_record(benchmark: Any) -> None:
    sentences = pd.DataFrame({"article_id": ["a", "a", "b"], "bias": [0.2, 0.7, np.nan]})
    assert benchmark.models.highest(SimpleNamespace(sentences=sentences), "bias", ["b", "a", "c"]) == [0.0, 0.7, 0.0]


def test_sentence_with_the_largest_overlap_is_taken(benchmark: Any) -> None:
    sentences = pd.DataFrame({"start": [0, 10, 31], "end": [9, 30, 60]})
    assert benchmark.models.overlapping(sentences, 5, 25)["start"] == 10
    assert benchmark.models.overlapping(sentences, 25, 60)["start"] == 31


def test_words_of_the_model_count_beside_those_of_the_lexicons(
    benchmark: Any, analysis: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record: dict[str, Any] = {"id": "a", "text": "A vile and crooked deal", "url": None, "label": "biased"}
    record["biased_words"] = ["Vile", "crooked"]
    votes = [{"id": "a", "annotator": who, "label": "biased", "biased_words": ["vile"]} for who in (1, 2)]
    write(tmp_path / "bias_sentences" / "dev.jsonl.gz", [record])
    write(tmp_path / "bias_sentences" / "raw_annotations.jsonl.gz", votes)
    analysis.findings = pd.DataFrame(
        [("a", 2, 6, "loaded", "loaded-general", "own"), ("a", 11, 18, "loaded", "model", "own")], columns=_FINDING
    )
    benchmark.models.loaded_words(tmp_path)
    alone, both = printed(capsys, "loaded words")
    assert "R 0.500" in alone
    assert "R 1.000" in both


def test_spans_in_quotations_are_no_spans_of_the_outlet(
    benchmark: Any, analysis: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The reckless plan failed. “A shameful day,” she said."
    spans = [
        {"start": 4, "end": 12, "bias": "lex", "quote": "no"},
        {"start": 29, "end": 37, "bias": "lex", "quote": "yes"},
        {"start": 18, "end": 24, "bias": "inf", "quote": "no"},
    ]
    write(tmp_path / "basil" / "train.jsonl.gz", [{"id": "a", "event": "e", "text": text, "spans": spans}])
    analysis.findings = pd.DataFrame(
        [("a", 4, 12, "loaded", "loaded-general", "own"), ("a", 13, 17, "loaded", "model", "own")], columns=_FINDING
    )
    benchmark.models.basil(tmp_path)
    out = capsys.readouterr().out.splitlines()
    listed, own, quoted, modelled = (re.findall(r"[PR] ([\d.]+)", line) for line in out[:4])
    assert listed == ["1.000", "0.500"]
    assert own == ["1.000", "1.000"]
    assert quoted == ["0.000", "0.000"]
    assert modelled == ["0.500", "0.500"]
    assert "1 own, 0 quoted" in out[-2]


def test_rank_correlation_is_of_articles_that_have_a_score(
    benchmark: Any, analysis: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subjective = [(7 * n % 24) / 24 for n in range(24)]
    gold = [{"id": str(n), "sentences": [{"subjectivity": one}]} for n, one in enumerate(subjective)]
    write(tmp_path / "ukraine_bias" / "train.jsonl.gz", gold)
    analysis.articles = pd.DataFrame({
        "id": [str(n) for n in range(24)], "bias": [*subjective[:23], np.nan], "words_own": [100] * 24,
        "loaded_own": [round(30 - 24 * one) for one in subjective], "loaded_model_own": [5] * 24,
    })  # fmt: skip
    benchmark.models.ukraine(tmp_path)
    scored, listed = (line.split("n=")[1] for line in capsys.readouterr().out.splitlines())
    assert scored.split()[0] == "23"
    assert "Spearman 1.000" in scored
    assert listed.split()[0] == "24"
    assert "Spearman -1.000" in listed


def test_parts_are_measured_by_name(benchmark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    parts = {name: lambda _, name=name: called.append(name) for name in benchmark.validity.PARTS}
    monkeypatch.setattr(benchmark.validity, "PARTS", parts)
    monkeypatch.setattr(sys, "argv", ["validity.py", "data", "--only", "news", "--only", "bias"])
    benchmark.validity.main()
    assert called == ["news", "bias"]


def test_judged_sentences_of_news_are_sound() -> None:
    with (HERE / "news-hedges.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) == len({(row["article"], row["start"]) for row in rows}) == 200
    assert {row["answer"] for row in rows} == {"certain", "uncertain"}
    assert all(int(row["start"]) < int(row["end"]) for row in rows)


@pytest.mark.parametrize("row", figures(), ids=lambda row: f"{row['measure']}, {row['data']}")
def test_figure_lies_in_its_interval(row: dict[str, Any]) -> None:
    assert {"measure", "data", "n", "metric", "score", "note"} <= set(row)
    low, high = row.get("interval", [row["score"]] * 2)
    assert low <= row["score"] <= high


@pytest.mark.parametrize("row", figures(), ids=lambda row: f"{row['measure']}, {row['data']}")
def test_readme_says_what_reports_say(row: dict[str, Any]) -> None:
    table = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cell = shown(row["score"])
    if "interval" in row:
        cell += " [{}, {}]".format(*map(shown, row["interval"]))
    found = [line for line in table if cell in line and f"{row['n']:,} " in line]
    assert found, f"no row has {cell}"
    if "ceiling" in row:
        assert any(f"| {shown(row['ceiling'])} |" in line for line in found)


@pytest.mark.parametrize("name", ["bias", "bias-embeddings", "uncertain", "climate", "guns"])
def test_readme_says_what_the_cards_say(name: str) -> None:
    """The figure that a card begins with is that of the file beside it."""
    card = (ROOT / "lexicons" / "models" / f"{name}.md").read_text(encoding="utf-8")
    (headline,) = re.findall(r"^\*\*Macro-F1 (\S+ \[\S+ \S+\])\*\*", card, re.MULTILINE)
    assert headline in (ROOT / "README.md").read_text(encoding="utf-8")
