"""Layouts beside the default one, and what a report is signed with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.image as mpimg
import numpy as np
import pytest

from framing.analysis import Analysis, analyze
from framing.comparison._compare import compare
from framing.comparison._model import Comparison
from framing.corpus import Article
from framing.errors import LayoutError, OptionError
from framing.figures import load_wording
from framing.render import write_report
from framing.render._content import build, content_of
from framing.render._layout import find_layout
from framing.render._outlet_content import only
from framing.render._request import Request, read_logo

Make = Callable[..., Comparison]
Pages = Callable[[Path], list[str]]

LAYOUTS = ("outlet", "brief", "methods")
KINDS: dict[str, dict[str, Any]] = {
    "many with long names": {
        "groups": [f"{i:02d} {'The Very Long Gazette of Everywhere and Elsewhere ' * 2}"[:80] for i in range(30)],
        "titles": ("word " * 300, "עברית " * 60),
    },
    "odd names": {"groups": ["صحيفة الشرق", "🔥 Daily 🎉", "#let *x* $y$", "n\x00\u202e"], "titles": ("",)},
    "no findings": {"groups": 3, "findings": False, "attributions": False},
    "one article": {"groups": 1, "articles": 1},
    "one large group": {"groups": 1, "articles": 4000},
}
TEXT = (
    "The brutal regime slammed its critics on Tuesday. “We will never surrender to the terrorists,” the mayor, Ada "
    "Holm, said. She reportedly claimed that the strike may end soon.\n\nOfficials said that the talks had failed."
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    long_title = "A headline that goes on " * 30
    return analyze(
        [
            Article("one", TEXT, outlet="Herald", title="First"),
            Article("two", TEXT.replace("brutal", "new") + "\n\n#let $x$ *y* " + "x" * 200, outlet="Post",
                    title=long_title),
            Article("dense", "The brutal regime’s thugs slammed the heroic rebels, who reportedly may flee. " * 60,
                    outlet="Post", title=""),
        ],
        only=["attribution", "loaded", "hedging"],
    )  # fmt: skip


@pytest.fixture(scope="module")
def compared(analysis: Analysis) -> Comparison:
    return compare(analysis, by="outlet", resamples=100, permutations=100)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_takes_every_comparison(make: Make, kind: str, layout: str, tmp_path: Path) -> None:
    pdf = write_report(make(**KINDS[kind]), tmp_path / "r.pdf", layout=layout).read_bytes()
    assert b"pdfuaid" in pdf
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert pages == 2 if layout == "brief" else pages >= 2


def test_a_brief_holds_numbers_and_limits_on_its_two_pages(make: Make, tmp_path: Path, pages_of: Pages) -> None:
    first, second = pages_of(write_report(make(3), tmp_path / "r.pdf", layout="brief"))
    assert "How sure this is" in first
    assert "Findings per 1,000 words" in second
    assert "Rates, not verdicts" in second


def test_a_brief_says_how_many_groups_it_leaves_out(make: Make) -> None:
    content, _ = build(make(30), wording=load_wording("en"), language="en", layout=find_layout("brief", ".typ"))
    table = content["second"]["table"]
    assert len(table["rows"]) == 12 + 1
    assert table["note"].endswith("18 further outlets left out.")


def test_a_profile_is_of_the_group_that_was_asked_for(make: Make, tmp_path: Path, pages_of: Pages) -> None:
    comparison = make(3)
    name = str(comparison.groups["group"].iloc[1])
    text = " ".join(pages_of(write_report(comparison, tmp_path / "r.pdf", layout="outlet", group=name)))
    assert text.startswith(f"FRAMING REPORT {name}: a profile")
    for row in comparison.rates.query(
        "group == @name and layer == 'loaded' and category == '' and voice == 'own'"
    ).to_dict("records"):
        assert f"{row['value']:.1f} [{row['low']:.1f}, {row['high']:.1f}]" in text
        others = comparison.rates.query("group != @name and layer == 'loaded' and category == '' and voice == 'own'")
        assert f"{1000 * others['count'].sum() / others['n_words'].sum():.1f}" in text


def test_a_profile_shows_what_stands_for_a_loaded_term(compared: Comparison) -> None:
    content, _ = build(compared, wording=load_wording("en"), language="en", layout=find_layout("outlet", ".typ"))
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    [table] = [block for block in blocks if block.get("id") == "table-outlet_terms"]
    rows = {row[0]: row for row in table["rows"]}
    assert len(rows) > 1
    assert any(row[-1] != "–" for row in rows.values())


def test_the_part_of_one_group_holds_nothing_of_another(make: Make) -> None:
    comparison = make(3)
    name = str(comparison.groups["group"].iloc[2])
    part = only(comparison, name)
    for table in (part.groups, part.rates, part.speakers, part.evidence, part.articles):
        assert set(table["group"]) == {name}
    assert set(part.segments["article_id"]) <= set(part.articles["id"])
    assert len(comparison.groups) == 3


def test_an_article_stands_line_by_line_with_notes(
    compared: Comparison, analysis: Analysis, tmp_path: Path, pages_of: Pages
) -> None:
    pages = pages_of(write_report(compared, tmp_path / "r.pdf", layout="article", analysis=analysis))
    assert pages[0].startswith("FRAMING REPORT First")
    assert "brutal regime: loaded term" in pages[0]
    assert "reportedly: hedge" in pages[0]
    assert "Ada Holm: “said”" in pages[0]
    for article in ("two", "dense"):
        pdf = write_report(compared, tmp_path / "r.pdf", layout="article", analysis=analysis, article=article)
        assert b"pdfuaid" in pdf.read_bytes()


def test_notes_of_an_article_offer_a_neutral_wording_once(compared: Comparison, analysis: Analysis) -> None:
    content, _ = build(
        compared, wording=load_wording("en"), language="en", layout=find_layout("article", ".typ"),
        request=Request(analysis=analysis, article="dense"),
    )  # fmt: skip
    offered = [note["more"] for note in content["notes"] if note["head"] == "thugs"]
    assert len(offered) == 60
    assert offered[0]
    assert set(offered[1:]) == {""}
    noted = [number for paragraph in content["paragraphs"] for run in paragraph for number in run["notes"]]
    assert noted == list(range(len(content["notes"])))


def test_an_article_keeps_its_text(compared: Comparison, analysis: Analysis) -> None:
    content, _ = build(
        compared, wording=load_wording("en"), language="en", layout=find_layout("article", ".typ"),
        request=Request(analysis=analysis, article="one"),
    )  # fmt: skip
    said = "\n\n".join("".join(run["text"] for run in paragraph) for paragraph in content["paragraphs"])
    assert said == TEXT


def test_options_say_what_is_allowed(make: Make, compared: Comparison, analysis: Analysis, tmp_path: Path) -> None:
    file = tmp_path / "r.pdf"
    with pytest.raises(OptionError, match="group 'Nobody' is not in the comparison; allowed: Northern Herald, The Low"):
        write_report(make(3), file, layout="outlet", group="Nobody")
    with pytest.raises(OptionError, match=r"layout 'article' shows a text.*allowed: analysis="):
        write_report(make(3), file, layout="article")
    with pytest.raises(OptionError, match="article 'x' is not in the analysis; allowed: one, two, dense"):
        write_report(compared, file, layout="article", analysis=analysis, article="x")
    with pytest.raises(OptionError, match="group is for the layout 'outlet'; this is 'comparison'"):
        write_report(make(3), file, group="Northern Herald")
    with pytest.raises(OptionError, match="article is for the layout 'article'; this is 'brief'"):
        write_report(make(3), file, layout="brief", article="one")
    with pytest.raises(LayoutError, match="layout 'annotated' is not one of a report; allowed: comparison, outlet"):
        content_of("annotated")
    with pytest.raises(LayoutError, match="layout 'brief' makes a PDF and no HTML; allowed: comparison"):
        write_report(make(3), tmp_path / "r.html", layout="brief")
    assert not file.exists()


def test_a_layout_at_a_path_has_the_content_that_it_names(make: Make, tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text('#let content = json("content.json")\n#content.brief.title\n// content.outlet', encoding="utf-8")
    content, _ = build(
        make(2, findings=False), wording=load_wording("en"), language="en", layout=find_layout(own, ".typ")
    )
    assert content["brief"]["second"]["limits"]
    assert content["outlet"]["group"] == "Northern Herald"
    assert {"methods", "article"}.isdisjoint(content)
    assert content["sections"]


def _logo(folder: Path, name: str) -> Path:
    file = folder / name
    if name.endswith(".svg"):
        file.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><path d="M0 0h9v9z"/></svg>')
    else:
        mpimg.imsave(file, np.zeros((40, 160, 3)))
    return file


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "logo.svg"])
def test_author_and_logo_stand_on_the_first_page(make: Make, name: str, tmp_path: Path, pages_of: Pages) -> None:
    logo = _logo(tmp_path, name)
    file = write_report(make(2), tmp_path / "r.pdf", layout="brief", author="Ada *Lovelace*", logo=logo)
    assert "Ada *Lovelace*" in pages_of(file)[0]
    plain = write_report(make(2), tmp_path / "plain.pdf", layout="brief", author="Ada *Lovelace*")
    assert len(file.read_bytes()) != len(plain.read_bytes())
    assert (
        file.read_bytes()
        == write_report(
            make(2), tmp_path / "again.pdf", layout="brief", author="Ada *Lovelace*", logo=logo
        ).read_bytes()
    )


def test_a_logo_must_be_the_picture_that_its_suffix_says(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"logo .*gone\.png: cannot be read .*allowed: a PNG, JPEG or SVG file"):
        read_logo(tmp_path / "gone.png")
    for name, data in (("a.png", b""), ("b.png", b"\x89PNG broken"), ("c.svg", b"<html/>"), ("d.gif", b"GIF89a")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(OptionError, match=rf"{name}: .*allowed: a PNG, JPEG or SVG"):
            read_logo(tmp_path / name)
    _logo(tmp_path, "e.png").rename(tmp_path / "e.jpg")
    with pytest.raises(OptionError, match=r"e\.jpg: is a png file"):
        read_logo(tmp_path / "e.jpg")


def test_an_author_is_a_name(make: Make, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="author '  ' has nothing that can be printed"):
        write_report(make(1), tmp_path / "r.pdf", author="  ")


def test_a_wording_file_says_what_it_says_and_english_the_rest(make: Make, tmp_path: Path, pages_of: Pages) -> None:
    wording = tmp_path / "de.toml"
    wording.write_text(
        'language = "de-AT"\n[numbers]\nthousands = "."\ndecimal = ","\n[layout]\nkicker = "Rahmenbericht"\n',
        encoding="utf-8",
    )
    text = " ".join(pages_of(write_report(make(2), tmp_path / "r.pdf", layout="brief", language=str(wording))))
    assert "RAHMENBERICHT" in text.replace(" ", "")
    assert "How sure this is" in text
    assert b"de-AT" in (tmp_path / "r.pdf").read_bytes()


def test_a_sentence_is_never_of_two_languages(tmp_path: Path) -> None:
    file = tmp_path / "de.toml"
    file.write_text('language = "de"\n[count]\narticles = { other = "{n} Artikel" }\n', encoding="utf-8")
    wording = load_wording(str(file))
    assert wording("count.articles", n=1) == "1 Artikel"
    assert wording("count.words", n=1) == "1 word"
    other = tmp_path / "other.toml"
    other.write_bytes(b"\xff")
    with pytest.raises(LayoutError, match=r"other\.toml: cannot be read as UTF-8"):
        load_wording(str(other))


def test_a_date_changes_nothing_but_the_date(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (write_report(make(2), tmp_path / f"{i}.pdf", layout="methods").read_bytes() for i in range(2))
    assert one == two
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = [write_report(make(2), tmp_path / f"{i}.pdf", layout="methods").read_bytes() for i in range(2)]
    assert dated[0] == dated[1]


def test_content_can_be_written_as_json(make: Make) -> None:
    for layout in ("comparison", *LAYOUTS):
        content, figures = build(make(2), wording=load_wording("en"), language="en", layout=find_layout(layout, ".typ"))
        assert json.dumps(content, allow_nan=False)
        drawn = set(re.findall(r'"file": "([^"]+\.svg)"', json.dumps(content)))
        assert drawn <= set(figures)
