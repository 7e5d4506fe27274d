"""The page of a marked article: its structure, and how it behaves in a browser."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import framing as fr
from framing.render import _annotated

TEXT = (
    "The minister said that Kyiv had claimed “the regime may fall”, a paper wrote.\n\n"
    "“It was a <b>disgrace</b>,” President Ada One told https://example.org/x. “</style><script>window.hacked = 1"
    "</script>,” she added.\n\n"
    "The “peaceful” march reportedly went on. Skelda did not respond.\n\n"
    + "One more paragraph stands here so that the page is longer than a window. "
    * 30
)


def _span(words: str) -> str:
    if not words:
        return ""
    found = [TEXT.index(piece) for piece in words.split("|")]
    return ";".join(f"{start}-{start + len(piece)}" for start, piece in zip(found, words.split("|"), strict=True))


def _attribution(number: int, source: str, cue: str, content: str, **more: Any) -> dict[str, Any]:
    return {
        "article_id": "1", "attribution": number, "kind": "indirect", "source": _span(source), "cue": _span(cue),
        "content": _span(content), "source_text": source, "cue_text": cue, "content_text": content, "speaker": source,
        "side": "", "role": "government", "stance": "neutral", "anonymous": False, "confidence": 0.93, "rule": "model",
        "side_rule": "", **more,
    }  # fmt: skip


def _finding(layer: str, text: str, voice: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    return {
        "article_id": "1", "sentence": 0, "layer": layer, "start": start, "end": start + len(text), "text": text,
        "lexicon": "rule", "entry": layer, "category": "", "voice": voice, "source": "", "side": "", "score": None,
        **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def marked() -> fr.Annotated:
    """Return an article whose marks were made by hand: nested, in pieces, unsure, on three sides and on none."""
    attributions = [
        _attribution(0, "a paper", "wrote", "The minister said that Kyiv had claimed “the regime may fall”"),
        _attribution(1, "The minister", "said", "that Kyiv had claimed “the regime may fall”", side="russia",
                     side_rule="pronoun:actors-x/minister"),
        _attribution(2, "Kyiv", "claimed", "“the regime may fall”", side="ukraine", confidence=0.31, stance="doubting"),
        _attribution(3, "President Ada One", "told",
                     "“It was a <b>disgrace</b>,”|“</style><script>window.hacked = 1</script>,”", side="eu"),
    ]  # fmt: skip
    findings = [
        _finding("loaded", "regime", "quoted", lexicon="loaded-conflict", entry="regime", category="delegitimising",
                 source="Kyiv", side="ukraine"),
        _finding("hedge", "may", "quoted", category="modal", source="Kyiv", side="ukraine"),
        _finding("scare-quote", "“peaceful”", "own"),
        _finding("loaded", "march", "own", category="bellicose"),
        _finding("hedge", "reportedly", "own", category="attribution-shield"),
        _finding("declined", "did not respond", "own", category="declining", source="Skelda", side="russia"),
        _finding("passive", "went on", "own", category="agentless"),
    ]  # fmt: skip
    row = {"title": "A <i>title</i>", "outlet": "Gazette", "date": "2025-01-01"}
    words = {"words_own": 20, "words_quoted": 10, "words_reported": 5}
    return _annotated._marked(TEXT, {**row, **words}, pd.DataFrame(findings), pd.DataFrame(attributions))


class _Page(HTMLParser):
    """Keeps every element's attributes, and the text of the article without its numbers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.article: list[str] = []
        self._inside = self._number = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        self._inside |= tag == "article"
        self._number |= tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        """Leave the article, or a number."""
        self._inside &= tag != "article"
        self._number &= tag != "sup"

    def handle_data(self, data: str) -> None:
        """Keep the article's text."""
        if self._inside and not self._number:
            self.article.append(data)

    def having(self, name: str) -> list[dict[str, str]]:
        """Return the attributes of all elements that have this one."""
        return [given for _, given in self.elements if name in given]


@pytest.fixture(scope="module")
def page(marked: fr.Annotated) -> _Page:
    """Return the page, parsed."""
    return _Page(marked.html())


def test_the_text_stands_in_the_page_in_its_order(page: _Page) -> None:
    """Nothing is left out, nothing comes twice, and what looks like markup is text."""
    assert " ".join("".join(page.article).split()) == " ".join(TEXT.split())


def test_the_page_asks_for_nothing(page: _Page) -> None:
    """No address in any attribute, no handler in any element, and a policy that forbids every request."""
    assert [given for given in page.having("href") if not given["href"].startswith("#")] == []
    assert page.having("src") == []
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]
    assert [tag for tag, _ in page.elements].count("script") == 1
    policy = next(given["content"] for given in page.having("http-equiv"))
    assert "default-src 'none'" in policy


def test_ids_are_unique_and_what_is_referred_to_is_there(page: _Page) -> None:
    """Every description, every link."""
    ids = [given["id"] for given in page.having("id")]
    assert sorted(ids) == sorted(set(ids))
    wanted = {given["aria-describedby"] for given in page.having("aria-describedby")}
    wanted |= {given["href"].removeprefix("#") for given in page.having("href")}
    wanted |= {given["data-to"] for given in page.having("data-to")}
    assert wanted <= set(ids)


def test_each_part_has_its_number_and_says_what_it_is(page: _Page) -> None:
    """Source, cue and both pieces of the content; one of them is where the tab key stops."""
    numbers = [given for given in page.having("role") if given.get("data-a") == "4"]
    assert sorted(given["data-part"] for given in numbers) == ["content", "content", "cue", "source"]
    assert sorted(given["tabindex"] for given in numbers) == ["-1", "-1", "-1", "0"]
    source = next(given for given in numbers if given["data-part"] == "source")
    assert source["aria-label"] == "source of attribution 4, speaker President Ada One, side EU"


def test_an_unsure_attribution_is_said_to_be_one(marked: fr.Annotated, page: _Page) -> None:
    """By a mark on its parts, in words, and with its confidence; a filter hides all of its kind."""
    parts = [given for given in page.having("data-part") if given["data-a"] == "3" and "class" in given]
    assert all("unsure" in given["class"] for given in parts)
    assert all(given["aria-label"].endswith(", unsure") for given in page.having("role") if given.get("data-a") == "3")
    assert "0.31 <strong>unsure</strong>" in marked.html()
    assert "unsure" in [given["data-filter"] for given in page.having("data-filter")]


def test_what_decided_a_side_is_told(marked: fr.Annotated) -> None:
    """A pronoun that was resolved is said to be one."""
    assert "by actors-x/minister, whom the pronoun means" in marked.html()


def test_the_paper_has_numbers_confidence_and_rules(marked: fr.Annotated, tmp_path: Path) -> None:
    """Nested attributions, many sides and unsure ones can be set."""
    assert marked.write(tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    content = marked._content()
    assert [row["confidence"] for row in content["attributions"]] == ["0.93", "0.93", "0.31", "0.93"]
    labels = [number["label"] for paragraph in content["paragraphs"] for run in paragraph for number in run["numbers"]]
    assert {"1", "2b", "3c?", "4a"} == set(labels)


def test_a_terminal_shows_numbers_and_confidence(marked: fr.Annotated) -> None:
    """Raised behind each part; a list says what they are."""
    shown = marked.terminal()
    assert "The minister² said²" in shown
    assert "Kyiv³? had claimed³?" in shown
    assert "President Ada One⁴ told⁴" in shown
    assert "3? Kyiv [ukraine] claimed (doubting; indirect; confidence 0.31; model)" in shown
    coloured = marked.terminal(color=True)
    assert re.sub(r"\033\[[\d;]*m", "", coloured).startswith("A <i>title</i>\n\nThe minister² said²")


def test_more_than_six_sides_keep_letters_of_their_own() -> None:
    """Colours and lines come again, letters do not."""
    text = " ".join(f"Speaker{number} said nothing{number}." for number in range(8))
    rows = []
    for number in range(8):
        start = text.index(f"Speaker{number}")
        spans = {
            "source": f"{start}-{start + 8}",
            "cue": f"{start + 9}-{start + 13}",
            "content": f"{start + 14}-{start + 22}",
        }
        rows.append({**_attribution(number, "", "", ""), **spans, "side": f"side-{number}"})  # fmt: skip
    empty = pd.DataFrame(columns=["layer"])
    row = {"title": "", "outlet": "", "date": "", "words_own": 8, "words_quoted": 0, "words_reported": 8}
    sides = _annotated._marked(text, row, empty, pd.DataFrame(rows))._content()["sides"]
    assert [side["letter"] for side in sides] == list("abcdefgh")
    assert [side["number"] for side in sides] == list("12345612")


# ------------------------------------------------------------------------------------------------------ a browser

_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--virtual-time-budget=4000",
    "--window-size=1280,900",
)


def _see(page: str, folder: Path) -> dict[str, Any]:
    """Show a page in a browser without a window and return what its script saw."""
    if _BROWSER is None:
        pytest.skip("no Chromium")
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [_BROWSER, *_OPTIONS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    found = re.search(r'<pre id="seen">(.*?)</pre>', done.stdout.decode(errors="replace"), re.DOTALL)
    assert found, done.stderr.decode(errors="replace")[-2000:]
    seen: dict[str, Any] = json.loads(html.unescape(found[1]))
    return seen


def _with(page: str, name: str) -> str:
    script = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return page.replace("</body>", f"<script>{{{script}}}</script></body>")


@pytest.fixture(scope="module")
def seen(marked: fr.Annotated, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a browser saw while keys were pressed."""
    found = _see(_with(marked.html(), "annotated_look.js"), tmp_path_factory.mktemp("page"))
    assert found["errors"] == []
    return found


def test_the_browser_shows_the_whole_text_and_runs_none_of_it(seen: dict[str, Any]) -> None:
    """In the order of the article."""
    assert seen["text"] == " ".join(TEXT.split())
    assert not seen["hacked"]


def test_the_tab_key_stops_once_at_each_attribution(seen: dict[str, Any]) -> None:
    """In the order of the text, with nothing put in front."""
    assert seen["stops"] == ["n2", "n3", "n1", "n4"]
    assert seen["ahead"] == 0


def test_keys_step_from_attribution_to_attribution(seen: dict[str, Any]) -> None:
    """With j, k and the arrows; the parts of the one that is reached are linked, and no card opens yet."""
    assert seen["steps"] == ["n2", "n3", "n1", "n3", "n1", "n3"]
    assert set(seen["lit"]) == {"3source", "3cue", "3content"}
    assert seen["link"] > 0
    assert "cue" in seen["tag"]
    assert seen["closed"]


def test_enter_and_space_open_the_card_and_escape_closes_it(seen: dict[str, Any]) -> None:
    """It tells speaker, side, stance, confidence and rule, follows the focus, and leaves it where it was."""
    is_open, told, expanded = seen["card"]
    assert (is_open, expanded) == (True, "true")
    for words in ("Attribution 3", "Kyiv", "Ukraine", "doubting", "0.31 unsure", "model"):
        assert words in told
    assert seen["follows"][0] == "n1"
    assert "Attribution 1" in seen["follows"][1]
    assert seen["escaped"] == [False, "n1", 0, 0]
    assert (seen["space"], seen["again"]) == (True, False)
    assert "President Ada One" in seen["click"]
    assert not seen["away"]


def test_marked_words_are_reached_by_their_own_keys(seen: dict[str, Any]) -> None:
    """The card tells voice and neutral alternatives."""
    assert seen["word"] == "regime"
    for words in ("Loaded term", "regime", "delegitimising", "quoted: Kyiv", "government", "loaded-conflict/regime"):
        assert words in seen["wordCard"]


def test_the_mouse_shows_the_card_while_it_is_there(seen: dict[str, Any]) -> None:
    """With every piece of the content."""
    is_open, told, pieces = seen["hover"]
    assert is_open
    assert "President Ada One" in told
    assert pieces >= 2
    assert not seen["left"]


def test_the_list_leads_to_the_place(seen: dict[str, Any]) -> None:
    """The focus goes with it."""
    assert seen["jump"] == "n4"


def test_filters_hide_marks_and_bring_them_back(seen: dict[str, Any]) -> None:
    """Layers, sides, voices; what is hidden is no stop of the tab key."""
    assert seen["hedge"] == ["underline", "none", True, "underline"]
    assert seen["side"] == ["n2", "n3", "n1"]
    assert seen["none"] == []
    assert seen["own"] == 0
    assert seen["passive"] == 1


def test_a_narrow_window_needs_no_sideways_scrolling(marked: fr.Annotated, tmp_path: Path) -> None:
    """At 360 pixels; the card stands inside."""
    inner = html.escape(_with(marked.html(), "annotated_measure.js"), quote=True)
    frame = f'<!doctype html><body><iframe srcdoc="{inner}" style="width:360px;height:800px;border:0"></iframe></body>'
    found = _see(frame, tmp_path)
    assert found["width"] == 360
    assert found["wide"] == []
    assert found["scroll"] <= 360
    assert 0 <= found["card"][0] < found["card"][1] <= 360
