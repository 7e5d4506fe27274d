"""One article, marked: nothing of the text is lost, nothing of it is markup, and voices are those that are counted."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

import framing as fr
from framing.errors import InputError, OptionError
from framing.render._segments import segments

TEXT = (
    "The regime may fall, the Kremlin said.\n\n"
    "“It was a <b>disgrace</b> & a crime,” President Volodymyr Zelensky said. The “peaceful” march went on.\r\n"
    "Smith said the ferry was “a coffin” that reportedly sank. <script>alert(1)</script>\n\n"
    "  \n"
    "Officials have yet to comment.\n"
    "Advertisement\n"
)


@pytest.fixture(scope="module")
def analysis() -> fr.Analysis:
    """Return the analysis of the article and of another."""
    articles = [
        fr.Article("1", TEXT, outlet="Gazette", title="Regime <i>falls</i>", date="2025-01-01"),
        fr.Article("2", "Rain."),
    ]
    return fr.analyze(articles, sides="russia-ukraine")


@pytest.fixture(scope="module")
def marked(analysis: fr.Analysis) -> fr.Annotated:
    """Return the article, marked."""
    return fr.annotate(analysis, id="1")


def _text_of(page: str) -> str:
    return re.sub(r"<[^>]*>", "", page)


def test_segments_joined_are_the_text(analysis: fr.Analysis) -> None:
    """Wherever the text is cut, nothing is left out and nothing comes twice."""
    findings, attributions = (table[table["article_id"] == "1"] for table in (analysis.findings, analysis.attributions))
    found = segments(TEXT, findings.to_dict("records"), attributions.to_dict("records"))
    assert "".join(segment.text for segment in found) == TEXT
    assert all(segment.text for segment in found)


def test_paragraphs_are_the_lines_of_the_text(marked: fr.Annotated) -> None:
    """A line break ends a paragraph; empty ones are left out."""
    found = ["".join(segment.text for segment in paragraph).strip() for paragraph in marked.paragraphs]
    assert found == [line.strip() for line in TEXT.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("regime", "reported"),
        ("disgrace", "quoted"),
        ("“peaceful”", "own"),  # scare quotes
        ("ferry was", "reported"),  # of a mixed content the part without marks
        ("coffin", "quoted"),  # and the part within
        ("reportedly", "reported"),
        ("went on", "own"),
        ("the Kremlin", "own"),  # a source
    ],
)
def test_a_segment_has_the_voice_in_which_its_words_are_counted(marked: fr.Annotated, words: str, voice: str) -> None:
    """What is shown is what is counted."""
    assert {s.voice for paragraph in marked.paragraphs for s in paragraph if words in s.text} == {voice}


def test_terms_and_speakers_are_listed(marked: fr.Annotated) -> None:
    """With side, voice and what a neutral wording would be."""
    speakers = {row["speaker"]: row["side"] for row in marked.speakers}
    assert speakers["Kremlin"] == "russia"
    assert speakers["Volodymyr Zelensky"] == "ukraine"
    assert marked.sides == ["russia", "ukraine"]
    regime = next(term for term in marked.terms if "regime" in term["text"].lower())
    assert (regime["voice"], regime["speaker"], regime["side"]) == ("reported", "Kremlin", "russia")
    assert regime["alternatives"]


def test_html_escapes_everything(marked: fr.Annotated) -> None:
    """No text of an article is ever markup, in the title neither."""
    page = marked.html()
    assert page.count("<script") == 1  # the page's own
    assert "alert(1)" not in page[page.index("<script") :]
    assert "&lt;script&gt;" in page
    assert "<b>disgrace" not in page
    assert "&lt;i&gt;falls" in page
    assert "&amp; a crime" in page


def test_html_asks_no_other_host(marked: fr.Annotated) -> None:
    """One file that stands alone."""
    page = marked.html()
    assert not re.search(r"https?:|src=|<link|@import|url\(", page)
    assert page.lstrip().lower().startswith("<!doctype html>")


def test_html_holds_the_whole_text(marked: fr.Annotated) -> None:
    """Word by word."""
    words = _text_of(marked.html()).split()
    for word in ("regime", "Kremlin", "Zelensky", "coffin", "reportedly", "Officials", "Advertisement"):
        assert any(word in found for found in words)


def test_a_notebook_shows_the_page(marked: fr.Annotated) -> None:
    """_repr_html_ is the page, in a frame that keeps its style to itself; the plain form is the terminal's."""
    shown = marked._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts"' in shown
    assert html.escape(marked.html()) in shown
    assert repr(marked) == marked.terminal(color=False)


def test_a_terminal_without_colour_has_brackets(marked: fr.Annotated) -> None:
    """Marks stand behind their words, with voice and speaker."""
    shown = marked.terminal()
    assert "regime[loaded: reported, Kremlin] may[hedge: reported, Kremlin] fall" in shown
    assert "“peaceful”[scare-quote: own]" in shown
    assert "have yet to comment[declined: own]" in shown
    assert "\033" not in shown
    assert "Kremlin [russia]: 1 ×" in shown


def test_a_terminal_with_colour_has_escapes_and_no_brackets(marked: fr.Annotated) -> None:
    """The words are the same."""
    shown = marked.terminal(color=True)
    assert "\033[" in shown
    assert "[loaded" not in shown
    plain = re.sub(r"\033\[[\d;]*m", "", shown)
    assert "The regime may fall¹, the Kremlin¹ said¹." in plain


def test_pdf_and_html_files(marked: fr.Annotated, tmp_path: Path) -> None:
    """The suffix says which; the same article gives the same bytes."""
    page, paper = marked.write(tmp_path / "a.html"), marked.write(tmp_path / "a.PDF")
    assert page.read_bytes().decode() == marked.html()
    assert paper.read_bytes().startswith(b"%PDF")
    assert marked.write(tmp_path / "b.pdf").read_bytes() == paper.read_bytes()


@pytest.mark.parametrize("text", ["Rain.", "#let x = 1 $ * _ ` @a <b> \\ //", "𝕏 🙂 \u202e قال", "a\u2028b\tc\x0bd"])
def test_any_text_can_be_written(text: str, tmp_path: Path) -> None:
    """Typst markup, emoji, another script, a text without any mark: each makes a page and a PDF."""
    found = fr.annotate(text)
    assert "No attributions." in found.terminal()
    assert found.write(tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert found.write(tmp_path / "a.html").stat().st_size > 0


def test_a_text_an_article_and_an_analysis_can_be_marked(analysis: fr.Analysis) -> None:
    """The first article of an analysis if none is named; `only` chooses measures."""
    assert fr.annotate(analysis).title == "Regime <i>falls</i>"
    assert fr.annotate(analysis, id="2").terms == ()
    assert fr.annotate(fr.Article("x", "Rain.", title="Wet")).title == "Wet"
    assert fr.annotate("The regime may fall.", only=["hedging"]).terms == ()


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_cannot_be_marked(text: str) -> None:
    """An empty text is said to be one."""
    with pytest.raises(InputError, match=r"^the article has no text$"):
        fr.annotate(text)


def test_an_unknown_article_a_suffix_or_a_folder(analysis: fr.Analysis, marked: fr.Annotated, tmp_path: Path) -> None:
    """Each is named."""
    with pytest.raises(InputError, match=r"^no article '9' in the analysis$"):
        fr.annotate(analysis, id="9")
    with pytest.raises(OptionError, match=r"^a\.doc: an article cannot be written as '\.doc'; allowed: \.pdf, \.html$"):
        marked.write(tmp_path / "a.doc")
    with pytest.raises(OptionError, match=r"there is no folder .*none$"):
        marked.write(tmp_path / "none" / "a.pdf")
