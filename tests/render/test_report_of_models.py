"""What a report says of trained models: rates with their validity beside them, warnings, and no verdict."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison._model import Comparison
from framing.figures import load_wording
from framing.render import write_report
from framing.render._appendix import manifest
from framing.render._sections import sections
from framing.render._story import Story

Make = Callable[..., Comparison]


def _section(comparison: Comparison, name: str) -> list[dict[str, Any]]:
    """Return the blocks of a section; none if the report has no such section."""
    found = {one["id"]: one["blocks"] for one in sections(Story(comparison, load_wording("en"), "en"))}
    return list(found.get(name, []))


def _said(blocks: list[dict[str, Any]]) -> str:
    parts = [run["text"] for block in blocks for run in block.get("runs", [])]
    parts += [run["text"] for block in blocks if block["kind"] == "list" for item in block["items"] for run in item]
    return " ".join([*parts, *(block["text"] for block in blocks if block["kind"] == "heading")])


def _table(blocks: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(block for block in blocks if block.get("id") == f"table-{name}")


def test_shares_have_interval_and_n_and_are_called_no_verdict(make: Make) -> None:
    comparison = make(3)
    blocks = _section(comparison, "sentences")
    assert "no verdict" in _said(blocks)
    rows = _table(blocks, "sentences")["rows"]
    own = comparison.sentences.query("measure == 'bias' and voice == 'own'").iloc[0]
    assert rows[0][0] == own["group"]
    assert (
        rows[0][1].replace("\u00a0", " ")
        == f"{100 * own['value']:.0f} % [{100 * own['low']:.0f}, {100 * own['high']:.0f}]"
    )
    assert rows[0][3] == f"{own['total']:,}"
    assert any(block["kind"] == "figure" and block["file"] == "sentences.svg" for block in blocks)


def test_beside_a_model_stand_score_ceiling_and_n(make: Make) -> None:
    rows = {row[0]: row for row in _table(_section(make(3), "sentences"), "models_bias")["rows"]}
    assert rows["Biased sentences"][2:] == ["0.78", "0.78", "368"]
    assert rows["Uncertain sentences"][2:] == ["0.66", "–", "822"]


def test_a_model_that_was_not_measured_is_said_not_to_be(make: Make) -> None:
    comparison = make(3)
    bare = comparison.models.assign(score=np.nan, ceiling=np.nan, n=np.nan, line="")
    blocks = _section(dataclasses.replace(comparison, models=bare), "sentences")
    assert "nothing is claimed" in _said(blocks)
    assert not [block for block in blocks if block.get("id") == "table-models_bias"]


@pytest.mark.parametrize("groups", [1, 2])
def test_texts_far_from_the_training_data_are_warned_of(make: Make, groups: int) -> None:
    comparison = make(groups)
    said = _said(_section(comparison, "sentences"))
    assert "The texts of all are far" in said
    assert ("Far as well" in said) == (groups == 2)
    near = dataclasses.replace(comparison, distances=comparison.distances.assign(warning=""))
    assert "Far from" not in _said(_section(near, "sentences"))


def test_one_outlet_that_is_far_is_named_with_its_reason(make: Make) -> None:
    comparison = make(3)
    table = comparison.distances
    name = str(comparison.groups["group"].iloc[1])
    only = table.assign(warning=table["warning"].where(table["group"] == name, ""))
    said = _said(_section(dataclasses.replace(comparison, distances=only), "sentences"))
    assert f"The texts of {name} are far" in said


def test_a_biased_sentence_has_its_words_their_sum_and_its_place(make: Make) -> None:
    comparison = make(2)
    blocks = _section(comparison, "sentences")
    (shown,) = [block for block in blocks if block["kind"] == "sentences"]
    item = shown["items"][0]
    row = comparison.biased_sentences.iloc[0]
    assert "".join(run["text"] for run in item["runs"]) == row["text"]
    pushed = {run["text"]: run["push"] for run in item["runs"] if run["push"]}
    assert pushed == {"Hardliners": "for", "were": "for", "furious": "for", "said": "against"}
    parts = {part["name"]: part["text"] for part in item["parts"]}
    assert parts["sum"] == f"{row['log_odds']:+.2f}"
    assert parts["against"] == "said −0.46"
    assert item["place"].startswith(f"{row['article_id']}, sentence 5")


def test_a_sentence_that_is_not_explained_is_shown_without_words(make: Make) -> None:
    comparison = make(2)
    bare = dataclasses.replace(
        comparison,
        biased_sentences=comparison.biased_sentences.assign(log_odds=np.nan, rest=np.nan),
        biased_words=comparison.biased_words.iloc[:0],
    )
    (shown,) = [block for block in _section(bare, "sentences") if block["kind"] == "sentences"]
    assert shown["items"][0]["parts"] == []
    assert [run["push"] for run in shown["items"][0]["runs"]] == [""]


def test_frames_are_shown_for_groups_with_enough_articles_on_the_topic(make: Make) -> None:
    comparison = make(3, articles=24)  # 6, 5 and 4 articles on the topic
    blocks = _section(comparison, "frames")
    table = _table(blocks, "frames_climate")
    names = [str(name) for name in comparison.groups["group"]]
    assert [column["label"] for column in table["columns"][1:]] == [
        f"{names[0]} (n\xa0=\xa06)",
        f"{names[1]} (n\xa0=\xa05)",
    ]
    assert table["rows"][0][0] == "Conflict"
    assert table["rows"][1][0] == "Human interest"
    said = _said(blocks)
    assert "US articles on climate change only" in said
    assert "US headlines on gun violence only" in said


def test_without_enough_articles_or_any_model_there_is_no_section(make: Make) -> None:
    comparison = make(3)
    few = dataclasses.replace(comparison, frames=comparison.frames.assign(total=1))
    assert _section(few, "frames") == []
    none = dataclasses.replace(comparison, sentences=comparison.sentences.iloc[:0])
    assert _section(none, "sentences") == []


def _with_marks(comparison: Comparison) -> Comparison:
    marks = comparison.rates.query("layer == 'loaded' and category == ''").assign(layer="loaded-model", q=np.nan)
    marks[["value", "low", "high"]] = [1.5, 1.1, 2.2]
    return dataclasses.replace(comparison, rates=pd.concat([comparison.rates, marks], ignore_index=True))


def test_what_the_model_marks_stands_beside_the_rate_of_the_lists(make: Make) -> None:
    comparison = make(3)
    blocks = _section(_with_marks(comparison), "loaded")
    own = comparison.rates.query("layer == 'loaded' and category == '' and voice == 'own'").iloc[0]
    row = _table(blocks, "by_model")["rows"][0]
    assert row[1:3] == [f"{own['value']:.1f} [{own['low']:.1f}, {own['high']:.1f}]", "1.5 [1.1, 2.2]"]
    heads = [column["label"] for column in _table(blocks, "layers")["columns"]]
    assert "By model" not in heads
    assert not [block for block in _section(comparison, "loaded") if block.get("id") == "table-by_model"]


@pytest.mark.parametrize("suffix", ["pdf", "html"])
@pytest.mark.parametrize("kind", [{"groups": 2}, {"groups": 1, "articles": 1}])
def test_the_sections_can_be_written(make: Make, kind: dict[str, int], suffix: str, tmp_path: Path) -> None:
    comparison = _with_marks(make(**kind))
    odd = comparison.biased_sentences.assign(text="<b>#let x</b> {{ 7 }} $a$ \x00 قال", log_odds=np.nan)
    found = write_report(dataclasses.replace(comparison, biased_sentences=odd), tmp_path / f"r.{suffix}").read_bytes()
    if suffix == "html":
        assert "&lt;b&gt;#let x&lt;/b&gt; {{ 7 }}" in found.decode()
    else:
        assert found.startswith(b"%PDF")


def test_the_manifest_names_the_models_that_ran(make: Make) -> None:
    comparison = make(3)
    ran = [{"name": "attribution", "sha256": "0" * 64}, {"name": "tone", "file": "tone.skops", "sha256": "abcdef" * 11}]
    comparison = dataclasses.replace(comparison, manifest={**comparison.manifest, "models": ran})
    blocks = manifest(Story(comparison, load_wording("en"), "en"))
    assert _table(blocks, "models_used")["rows"] == [["attribution", "0" * 16], ["tone", "abcdefabcdefabcd"]]
    without = dataclasses.replace(comparison, manifest={**comparison.manifest, "models": []})
    with pytest.raises(StopIteration):
        _table(manifest(Story(without, load_wording("en"), "en")), "models_used")
