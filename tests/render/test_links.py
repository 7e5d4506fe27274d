"""Numbers lead to their evidence: anchors, links in tables and captions, bookmarks."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from framing.comparison._model import Comparison
from framing.figures import FIGURES, load_wording
from framing.render import write_report
from framing.render._content import build
from framing.render._links import SEE, anchors, keep_what_leads_somewhere
from framing.render._story import Story

Make = Callable[..., Comparison]


@pytest.fixture(scope="module")
def content(make: Make) -> dict[str, Any]:
    return build(make(3), wording=load_wording("en"), language="en")[0]


def _blocks(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for section in content["sections"] + content["appendix"] for block in section["blocks"]]


def test_links_of_a_table_have_a_cell_for_each_cell(content: dict[str, Any]) -> None:
    tables = [block for block in _blocks(content) if block["kind"] == "table" and block["links"]]
    assert len(tables) > 4
    for block in tables:
        assert [len(row) for row in block["links"]] == [len(row) for row in block["rows"]], block["id"]


def test_every_link_leads_to_an_anchor_of_the_report(content: dict[str, Any]) -> None:
    known = anchors(content)
    assert {"methods", "evidence", "evidence-loaded", "table-layers", "figure-rates"} <= known
    to = {anchor for block in _blocks(content) if block["kind"] == "table" for row in block["links"] for anchor in row}
    to |= {anchor for block in _blocks(content) if block["kind"] == "figure" for anchor in block["links"]}
    assert to - {""} <= known
    assert {"evidence-loaded", "table-layers"} <= to


def test_the_rates_of_a_layer_lead_to_its_evidence(content: dict[str, Any]) -> None:
    [table] = [block for block in _blocks(content) if block.get("id") == "table-layers"]
    labels = [column["label"] for column in table["columns"]]
    assert {row[labels.index("Loaded")] for row in table["links"]} == {"evidence-loaded"}
    assert {row[labels.index("Hedges")] for row in table["links"]} == {"evidence-hedge"}
    assert {row[0] for row in table["links"]} == {""}


def test_what_leads_nowhere_is_no_link() -> None:
    table = {"id": "table-x", "links": [["evidence-loaded", "table-x"], ["", "gone"]]}
    alone = {"id": "table-y", "links": [["gone"]]}
    figure = {"id": "figure-x", "links": ["table-x", "gone"]}
    runs = [{"text": "5", "strong": True, "link": "gone"}, {"text": "6", "strong": True, "link": "table-x"}]
    content = {"sections": [{"id": "s", "blocks": [table, alone, figure, {"kind": "text", "runs": runs}]}]}
    keep_what_leads_somewhere(content)
    assert table["links"] == [["", "table-x"], ["", ""]]
    assert alone["links"] == []
    assert figure["links"] == ["table-x"]
    assert [run["link"] for run in runs] == ["", "table-x"]


def test_figures_that_say_where_their_numbers_stand_are_figures() -> None:
    assert set(SEE) <= set(FIGURES)


def test_a_heading_may_be_an_anchor(make: Make) -> None:
    story = Story(make(3), load_wording("en"), "en")
    assert story.heading("balance.index", anchor="x")["id"] == "x"
    assert "id" not in story.heading("balance.index")


def _objects(pdf: bytes) -> bytes:
    """Return a PDF with its compressed object streams opened."""
    opened = [pdf]
    for found in re.finditer(rb"stream\r?\n", pdf):
        try:
            opened.append(zlib.decompressobj().decompress(pdf[found.end() :]))
        except zlib.error:
            continue
    return b"\n".join(opened)


def test_a_pdf_has_links_and_bookmarks_of_two_levels(make: Make, tmp_path: Path) -> None:
    found = _objects(write_report(make(3), tmp_path / "r.pdf", author="Ada Lovelace").read_bytes())
    links = re.findall(rb"/Subtype\s*/Link\b", found)
    contents = len(re.findall(rb"/S\s*/TOCI\b", found))
    assert len(links) > contents + 40
    assert re.search(rb"/PageMode\s*/UseOutlines", found) or b"/Outlines" in found
    for title in (b"Methods", b"Rates", b"Loaded terms"):
        assert re.search(rb"/Title\s*\(" + title, found), title
    assert b"Ada Lovelace" in found


def test_a_layout_without_evidence_has_no_dead_links(make: Make, tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(
        '#import "parts.typ": data-section, page-setup\n#let content = json("content.json")\n'
        "#show: doc => page-setup(content, doc)\n#title(text(content.title))\n"
        "#for section in content.sections.slice(0, 5) { data-section(section, content.words) }\n",
        encoding="utf-8",
    )
    assert write_report(make(3), tmp_path / "r.pdf", layout=own).read_bytes().startswith(b"%PDF")
