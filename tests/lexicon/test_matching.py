"""Entries are found as lexicons/README.md says."""

from __future__ import annotations

import pytest

from framing.corpus import Article
from framing.lexicon import Entry, Lexicon, Matcher
from framing.text import Vocabulary, read


def lexicon(name: str, layer: str, *forms: str, **attributes: str) -> Lexicon:
    entries = {
        form: Entry(form, form, (form,), (), "", "", "framing", name, layer, number, attributes)
        for number, form in enumerate(forms, start=2)
    }
    return Lexicon(name, "", layer, "1", "", "", entries, "")


def found(lexicons: list[Lexicon], *texts: str) -> list[tuple[str, str, str]]:
    """Return layer, entry and words of each match."""
    batch = read([Article(str(number), text) for number, text in enumerate(texts)])
    matches = Matcher(lexicons).find(batch)
    return [
        (matches.entries[entry].layer, matches.entries[entry].id, batch.string(first, last))
        for first, last, entry in zip(
            matches.first.tolist(), matches.last.tolist(), matches.entry.tolist(), strict=True
        )
    ]


def strings(form: str, text: str) -> list[str]:
    return [words for _, _, words in found([lexicon("l", "loaded", form)], text)]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("regime", ["regime", "Regime", "REGIME", "regime's", "Regime’s"]),
        ("counter-offensive", ["counter-offensive", "counter offensive", "counteroffensive", "counter‑offensive"]),
        ("far right", ["far right", "far-right", "Far  right"]),
        ("so-called peace", ["so-called peace", "so called peace", "socalled peace"]),
        ("don't know", ["don't know", "don’t know"]),
        ("U.N.-backed", ["U.N.-backed"]),
        ("St. Petersburg", ["St. Petersburg"]),
        ("no-fly zone", ["no-fly zone", "no fly zone"]),
    ],
)
def test_form_is_found_however_it_is_written(form: str, written: list[str]) -> None:
    for words in written:
        assert strings(form, f"It is {words} there") == [words]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("regime", "the regimes and regimental"),
        ("far right", "so far, right"),
        ("far right", "It is far. Right!"),
        ("far right", "It is far\nright"),
        ("far right", "“far” right"),
        ("it is clear", "it is, clear"),
        ("far right", "far"),
        ("very far right", "so very far"),
    ],
)
def test_form_is_not_found_across_marks_sentences_and_word_ends(form: str, text: str) -> None:
    assert strings(form, text) == []


def test_form_is_not_found_across_articles() -> None:
    assert found([lexicon("l", "loaded", "far right")], "so far", "right now") == []


def test_longest_form_wins_within_a_layer() -> None:
    one = lexicon("l", "loaded", "military", "special military operation", "operation")
    assert found([one], "a special military operation and an operation") == [
        ("loaded", "special military operation", "special military operation"),
        ("loaded", "operation", "operation"),
    ]


def test_form_that_begins_first_wins_within_a_layer() -> None:
    one = lexicon("l", "loaded", "military operation", "operation room door")
    assert [entry for _, entry, _ in found([one], "a military operation room door")] == ["military operation"]


def test_layers_overlap() -> None:
    lexicons = [lexicon("l", "loaded", "invasion"), lexicon("n", "naming", "full-scale invasion")]
    assert found(lexicons, "the full-scale invasion") == [
        ("loaded", "invasion", "invasion"),
        ("naming", "full-scale invasion", "full-scale invasion"),
    ]


def test_one_form_may_name_two_referents() -> None:
    lexicons = [
        lexicon("a", "naming", "conflict", referent="war-a"),
        lexicon("b", "naming", "conflict", referent="war-b"),
        lexicon("c", "naming", "conflict", referent="war-b"),
    ]
    batch = read([Article("1", "the conflict")])
    matches = Matcher(lexicons).find(batch)
    assert [matches.entries[entry].referent for entry in matches.entry] == ["war-a", "war-b"]


def test_first_lexicon_wins_where_two_hold_one_form() -> None:
    lexicons = [lexicon("a", "loaded", "regime"), lexicon("b", "loaded", "regime")]
    batch = read([Article("1", "the regime")])
    matches = Matcher(lexicons).find(batch)
    assert [matches.entries[entry].lexicon for entry in matches.entry] == ["a"]


def test_matches_of_a_layer_are_in_the_order_of_the_text() -> None:
    lexicons = [lexicon("l", "loaded", "regime", "a clear threat"), lexicon("h", "hedge", "may")]
    batch = read([Article("1", "It may be a clear threat. The regime may.")])
    matches = Matcher(lexicons).find(batch)
    assert [batch.string(a, b) for a, b in zip(matches.of("loaded").first, matches.of("loaded").last, strict=True)] == [
        "a clear threat",
        "regime",
    ]
    assert len(matches.of("hedge")) == 2
    assert len(matches.of("naming")) == 0
    assert len(matches) == 4


def test_lexicons_without_entries_find_nothing() -> None:
    assert found([], "the regime") == []
    assert found([lexicon("l", "loaded")], "the regime", "") == []
    assert found([lexicon("l", "loaded", "regime")]) == []


def test_two_matchers_may_share_a_vocabulary() -> None:
    vocabulary = Vocabulary()
    batch = read([Article("1", "the regime may")], vocabulary)
    for form in ["regime", "may", "the", "regime may"] * 5:
        # each matcher is gone before the next is made, which may then stand at its address
        matches = Matcher([lexicon("l", "loaded", form)]).find(batch)
        assert [batch.string(a, b) for a, b in zip(matches.first, matches.last, strict=True)] == [form]
