"""A token is a word as a reader of news takes it, or a mark."""

from __future__ import annotations

import pytest

from framing.corpus import Article
from framing.text import read


def tokens(text: str) -> list[str]:
    batch = read([Article("1", text)])
    return [batch.string(place, place + 1) for place in range(len(batch))]


def words(text: str) -> list[str]:
    batch = read([Article("1", text)])
    return [batch.string(place, place + 1) for place in range(len(batch)) if batch.is_word[place]]


@pytest.mark.parametrize(
    "word",
    [
        # contractions and possessives, with every apostrophe
        "don't", "can’t", "it's", "O’Brien", "o'clock", "mother-in-law's", "doesnʼt",
        # hyphens, the one that does not break included
        "well-known", "counter‑offensive", "covid-19", "MiG-29", "1990s-era",
        # initials, and what is tied to them
        "U.S.", "U.N.", "D.C.", "J.D.", "J.R.R.", "e.g.", "p.m.", "Ph.D.", "Ph.D.s",
        "U.N.-backed", "U.S.-led", "U.S.’s", "U.S.'s", "U.K.-U.S.",
        # figures
        "1,500", "3.5", "10,000.50", "3.5bn", "3.30pm", "1990s", "½", "m²", "192.168.0.1",
        # decades
        "'90s", "’90s", "’68",
        # joined by other marks
        "AT&T", "R&D", "snake_case",
        # addresses
        "https://example.com/a?b=c#d", "http://example.com/a(b", "www.example.org", "example.com/path", "a.b+c@d.co.uk",
        # letters of every kind
        "soft\u00adhyphen", "e\u0301te\u0301", "naïve", "日本語", "مرحبا", "मुंबई", "Ⅷ",
    ],
)  # fmt: skip
def test_word_is_one_token(word: str) -> None:
    assert tokens(f"a {word} b") == ["a", word, "b"]
    assert words(word) == [word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the soldiers' homes", ["the", "soldiers", "'", "homes"]),
        ("the soldiers’ homes", ["the", "soldiers", "’", "homes"]),
        ("J. D. Vance", ["J", ".", "D", ".", "Vance"]),
        ("end.The next", ["end", ".", "The", "next"]),
        ("wait... what… -- no", ["wait", "...", "what", "…", "--", "no"]),
        ("Really?!", ["Really", "?", "!"]),
        ("$5 and 50%", ["$", "5", "and", "50", "%"]),
        ("9/11", ["9", "/", "11"]),
        ("pre- and post-war", ["pre", "-", "and", "post-war"]),
        ("the '90s' music", ["the", "'90s", "'", "music"]),
        ("'20 people' left", ["'", "20", "people", "'", "left"]),
        ("(https://example.com), then", ["(", "https://example.com", ")", ",", "then"]),
        ("write to a@b.org.", ["write", "to", "a@b.org", "."]),
        ("@handle #tag", ["@", "handle", "#", "tag"]),
        ("_so_", ["_", "so", "_"]),
        ('""', ['"', '"']),
        ("a\u200bb\ufeffc", ["a", "b", "c"]),
        ("a\xa0b\tc\u2003d", ["a", "b", "c", "d"]),
        ("日本語。", ["日本語", "。"]),
    ],
)
def test_text_is_cut_where_words_end(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\u200b\ufeff"])
def test_text_without_a_visible_character_has_no_token(text: str) -> None:
    assert tokens(text) == []


@pytest.mark.parametrize(
    "text", ["👍🏽", "👨\u200d👩\u200d👧", "❤\ufe0f", "\u00ad", "\u0301", "____", "...", "@", "://", "&"]
)
def test_signs_are_no_words(text: str) -> None:
    assert tokens(text)
    assert words(text) == []


def test_lone_surrogate_is_a_token() -> None:
    assert tokens("a \ud800 b") == ["a", "\ud800", "b"]


@pytest.mark.parametrize("text", ["http://", "www.", "a@b", "@@", "x@", "http://)))", "://a", "www.)", ".com"])
def test_broken_address_is_still_read_whole(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_address_does_not_swallow_its_neighbours() -> None:
    assert tokens("left,example.com,right") == ["left", ",", "example.com", ",", "right"]
