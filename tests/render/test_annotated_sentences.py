"""Sentences and words that trained models mark, in a marked article: seen, explained, and in their voice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import framing as fr
from framing.comparison._explained import Explained, Word
from framing.render import _annotated
from framing.render._segments import segments

TEXT = "The vile plan failed. “It was a monstrous lie,” Ada One said.\n\nThe disgraced clerk left. Rain fell."
OWN, QUOTED, LAST = "The vile plan failed.", "“It was a monstrous lie,” Ada One said.", "The disgraced clerk left."


def _place(part: str) -> tuple[int, int]:
    return TEXT.index(part), TEXT.index(part) + len(part)


def _sentence(number: int, text: str, voice: str, bias: float, uncertain: float) -> dict[str, Any]:
    start, end = _place(text)
    return {"article_id": "1", "sentence": number, "start": start, "end": end, "words": 5, "bias": bias,
            "uncertain": uncertain, "voice": voice}  # fmt: skip


def _finding(text: str, layer: str, lexicon: str, **more: Any) -> dict[str, Any]:
    start, end = _place(text)
    return {"article_id": "1", "sentence": 0, "layer": layer, "start": start, "end": end, "text": text,
            "lexicon": lexicon, "entry": text, "category": "", "voice": "own", "source": "", "side": "", "score": None,
            **more}  # fmt: skip


@pytest.fixture(scope="module")
def marked() -> fr.Annotated:
    """Return an article with a biased sentence of the outlet, one of a source, and an uncertain one."""
    start, end = _place("“It was a monstrous lie,”")
    said = {
        "article_id": "1", "attribution": 0, "kind": "direct", "source": "{}-{}".format(*_place("Ada One")),
        "cue": "{}-{}".format(*_place("said")), "content": f"{start}-{end}", "source_text": "Ada One",
        "cue_text": "said", "content_text": "“It was a monstrous lie,”", "speaker": "Ada One", "side": "", "role": "",
        "stance": "neutral", "anonymous": False, "confidence": 0.9, "rule": "model", "side_rule": "",
    }  # fmt: skip
    findings = [
        _finding("vile", "loaded", "model", category="model", score=0.81),
        _finding("disgraced", "loaded", "loaded-general", category="condemning"),
        _finding("plan", "loaded", "model", category="model", score=0.62),
        _finding("plan", "naming", "naming", entry="nothing"),
    ]
    sentences = [
        _sentence(0, OWN, "own", 0.79, 0.1),
        _sentence(1, QUOTED, "quoted", 0.66, 0.1),
        _sentence(2, LAST, "own", 0.4999, 0.5),
        _sentence(3, "Rain fell.", "own", float("nan"), float("nan")),
    ]
    vile, plan = _place("vile"), _place("plan")
    why = Explained((Word(*vile, "vile", 1.5), Word(*plan, "plan", -0.25), Word(0, 3, "The", 0.05)), 0.02)
    row = {"title": "T", "outlet": "Gazette", "date": "", "words_own": 9, "words_quoted": 5, "words_reported": 0}
    return _annotated._marked(
        TEXT, row, pd.DataFrame(findings), pd.DataFrame([said]), pd.DataFrame(sentences), {"bias": {0: why}}
    )


def test_sentences_scored_one_half_or_more_are_marked(marked: fr.Annotated) -> None:
    found = [(row["kind"], row["text"], row["voice"]) for row in marked.sentences]
    assert found == [("bias", OWN, "own"), ("bias", QUOTED, "quoted"), ("uncertain", LAST, "own")]


def test_a_sentence_in_a_quotation_is_its_sources(marked: fr.Annotated) -> None:
    assert [row["speaker"] for row in marked.sentences] == ["", "Ada One", ""]
    assert "quoted: Ada One’s, not the outlet’s" in marked.terminal()
    assert "◇.66" in marked.html()
    assert "◆.79" in marked.html()


def test_the_words_that_pushed_a_score_are_shown_and_add_up(marked: fr.Annotated) -> None:
    assert "for: vile +1.50; against: plan −0.25; all else: +0.07; sum: +1.32" in marked.terminal()
    page = marked.html()
    assert "vile +1.50" in page
    assert "plan −0.25" in page
    assert "+1.32" in page


def test_cutting_at_sentences_loses_nothing(marked: fr.Annotated) -> None:
    found = segments(TEXT, [], [], marked.sentences)
    assert "".join(segment.text for segment in found) == TEXT
    assert [segment.text[-5:] for segment in found if segment.closing] == ["iled.", "said.", "left."]
    shown = ["".join(s.text for p in marked.paragraphs for s in p if number in s.sentences) for number in range(3)]
    assert shown == [OWN, QUOTED, LAST]


def test_words_of_the_model_are_no_loaded_terms_of_a_list(marked: fr.Annotated) -> None:
    assert [row["text"] for row in marked.terms] == ["disgraced"]
    by_model = [row for row in marked.findings if row["layer"] == "loaded-model"]
    assert [(row["text"], row["score"]) for row in by_model] == [("vile", 0.81), ("plan", 0.62)]
    shown = marked.terminal()
    assert "vile[model: own]" in shown
    assert "vile (score .81, own)" in shown
    assert "annotators of US news of 2017 to 2020" in shown


def test_a_word_of_the_model_names_the_entry_of_another_layer() -> None:
    """And offers what that entry offers instead."""
    marked = fr.annotate("The regime fell.", only=["loaded"])
    (listed,) = [row for row in marked.findings if row["layer"] == "loaded"]
    start, end = listed["start"], listed["end"]
    mark = {"article_id": "1", "sentence": 0, "layer": "loaded", "start": start, "end": end, "text": listed["text"],
            "lexicon": "model", "entry": "regime", "category": "model", "voice": "own", "source": "", "side": "",
            "score": 0.7}  # fmt: skip
    other = {**mark, "layer": "naming", "lexicon": listed["lexicon"], "entry": listed["entry"], "score": None}
    row = {"title": "", "outlet": "", "date": "", "words_own": 3, "words_quoted": 0, "words_reported": 0}
    no_attributions = pd.DataFrame(columns=["attribution"])
    found = _annotated._marked("The regime fell.", row, pd.DataFrame([mark, other]), no_attributions)
    word = next(row for row in found.findings if row["layer"] == "loaded-model")
    assert word["also"] == f"{listed['lexicon']}/{listed['entry']}"
    assert word["alternatives"] == listed["alternatives"] != ""
    assert word["also"] in found.html()


def test_what_is_referred_to_in_the_page_is_there(marked: fr.Annotated) -> None:
    page = marked.html()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    wanted = re.findall(r'(?:href="#|aria-describedby="|data-to=")([^"]+)"', page)
    assert {"s1", "x1", "l1"} <= set(ids)
    assert set(wanted) <= set(ids)


def test_a_filter_hides_the_mark_and_nothing_around_it(marked: fr.Annotated) -> None:
    """The sentence's span holds text only: no mark of another kind stands inside it."""
    inside = re.findall(r'<span class="sentence [^>]*>(.*?)</span>', marked.html())
    assert inside
    assert not [part for part in inside if "<mark" in part or '<span class="content' in part]


def test_pdf_and_page_are_written(marked: fr.Annotated, tmp_path: Path) -> None:
    assert marked.write(tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "No verdict on the article" in marked.write(tmp_path / "a.html").read_text(encoding="utf-8")


def test_an_article_is_explained_by_the_models_that_ship() -> None:
    """Every sentence that is called something has its words, and they come to its score."""
    text = "The disgraceful regime crushed its helpless critics. Some people say that it might perhaps have ended."
    found = fr.annotate(text).sentences
    assert found
    for row in found:
        assert row["pushes"] is not None
        assert row["pushes"].score == pytest.approx(row["score"], abs=0.005)


def test_without_models_nothing_is_called_anything() -> None:
    found = fr.annotate("The disgraceful regime crushed its helpless critics.", only=["loaded"])
    assert found.sentences == ()
    assert "Which sentences" not in found.html()
