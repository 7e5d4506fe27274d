"""Works in BibTeX: read, cited, written, and agreeing with what stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from framing.comparison._model import Comparison
from framing.errors import LayoutError
from framing.figures import load_wording
from framing.lexicon import load
from framing.render import write_report
from framing.render._bibtex import (
    SOFTWARE,
    bibliography,
    cited,
    cited_in_lexicons,
    cited_in_methods,
    parse,
    software,
    used_by,
    written,
)

Make = Callable[..., Comparison]

_ROOT = Path(__file__).parents[2]


def test_both_files_are_read_whole() -> None:
    for works, file in ((cited_in_methods(), "reports/works.bib"), (cited_in_lexicons(), "lexicons/sources.bib")):
        assert len(works) == (_ROOT / file).read_text(encoding="utf-8").count("\n@") + 1
        assert all(work.fields["title"] and work.fields["year"].isdecimal() for work in works.values())
        assert parse(written(works), "again") == works


def test_a_reference_names_authors_title_and_place() -> None:
    works = cited_in_methods()
    assert works["mantel1959"].reference() == (
        "Mantel, Nathan, and William Haenszel. 1959. “Statistical Aspects of the Analysis of Data from Retrospective "
        "Studies of Disease.” Journal of the National Cancer Institute 22."
    )
    assert works["efron1993"].reference().endswith("An Introduction to the Bootstrap. Chapman & Hall.")
    assert works["monroe2008"].reference().startswith("Monroe, Burt L., Michael P. Colaresi, and Kevin M. Quinn. 2008.")
    kiparsky = cited_in_lexicons()["kiparsky1970"].reference()
    assert kiparsky.endswith("In Progress in Linguistics, edited by Manfred Bierwisch and Karl Erich Heidolph. Mouton.")


def test_what_cannot_be_read_is_named_with_its_line() -> None:
    with pytest.raises(LayoutError, match=r"my\.bib: entry 'a', line 2: found 'year = 1999"):
        parse("@book{a,\n  year = 1999\n}", "my.bib")
    with pytest.raises(LayoutError, match="entry 'a', line 1"):
        parse("@book{a, title = {never {closed}", "my.bib")
    with pytest.raises(LayoutError, match="key 'a' stands there twice"):
        parse("@book{a, year = {1}}\n@book{a, year = {2}}", "my.bib")


def test_a_text_cites_by_name_and_year() -> None:
    keys = [work.key for work in cited("the rule (Monroe, Colaresi and Quinn 2008) and Pielou's index (Shannon 1948)")]
    assert keys == ["monroe2008", "shannon1948"]
    said = "after Mantel and Haenszel (1959); in general see Gallagher and others 2021"
    assert [work.key for work in cited(said)] == ["gallagher2021", "mantel1959"]
    assert cited("Pielou wrote much, and 1966 was a year (of his)") == []


def test_every_citation_of_the_methods_has_its_work() -> None:
    """A new citation in the wording needs an entry in reports/works.bib."""
    for part in load_wording("en").get("methods"):
        named = re.findall(r"\(([^()]*?\b\d{4})\)", part["text"])
        years = sum(len(re.findall(r"\b(?:19|20)\d{2}\b", one)) for one in named)
        assert len(cited(part["text"])) >= years, part["title"]


def test_lexicons_cite_what_their_entries_cite() -> None:
    assert {work.key for work in used_by(["hedges"])} == {e.source for e in load("hedges").entries.values()}
    assert used_by(["somebody’s own"]) == []


def test_the_package_cites_itself_as_its_citation_file_does() -> None:
    file = _ROOT / "CITATION.cff"
    if not file.is_file():
        pytest.skip("the tests run without their checkout")
    said = file.read_text(encoding="utf-8")
    fields = software("9.9").fields
    assert f'title: "{fields["title"]}"' in said
    assert f"name: {fields['author'].strip('{}')}" in said
    assert fields["version"] == "9.9"


def test_a_key_in_both_files_is_one_work() -> None:
    both = cited_in_methods().keys() & cited_in_lexicons().keys()
    assert both == {"hyland2005"}
    assert all(cited_in_methods()[key] == cited_in_lexicons()[key] for key in both)
    assert list(bibliography([*cited_in_methods().values(), *cited_in_lexicons().values()])) == sorted(
        {*cited_in_methods(), *cited_in_lexicons()}
    )


def test_the_references_of_a_paper_agree_with_the_file_beside_it(
    make: Make, tmp_path: Path, pages_of: Callable[[Path], list[str]]
) -> None:
    pdf = write_report(make(3), tmp_path / "appendix.pdf", layout="methods")
    works = parse((tmp_path / "appendix.bib").read_text(encoding="utf-8"), "appendix.bib")
    assert {"hyland2005", "benjamini1995", "framing", SOFTWARE} <= set(works)
    assert works[SOFTWARE].fields["version"] == make(3).manifest["version"]
    text = " ".join(pages_of(pdf))
    shown = text[text.rindex("References") :]
    places = [shown.index(f"{key} ") for key in works]
    assert places == sorted(places)


def test_other_layouts_write_no_second_file(make: Make, tmp_path: Path) -> None:
    write_report(make(1, findings=False), tmp_path / "r.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["r.pdf"]
