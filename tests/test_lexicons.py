"""What ships keeps the rules of lexicons/README.md and is as much as was promised."""

from __future__ import annotations

import csv
import functools
import tomllib
from collections import Counter, defaultdict
from typing import Any

import pytest

from framing import _data
from framing import lexicon as shipped
from framing.lexicon import LAYERS, Lexicon, check, names, sources, vocabulary

EN = _data.lexicons() / "en"
load = functools.cache(shipped.load)
# the section of the vocabulary, where it is not named like the layer; titles have a role in its place
_SECTION = {"actor": "kinds", "title": None}


def lexicons(layer: str) -> list[Lexicon]:
    return [lexicon for lexicon in map(load, names()) if lexicon.layer == layer]


def count(layer: str) -> int:
    return sum(map(len, lexicons(layer)))


def card(name: str) -> dict[str, Any]:
    return tomllib.loads((EN / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", names())
def test_lexicon_holds(name: str) -> None:
    assert check(name) == []


@pytest.mark.parametrize("name", names())
def test_lexicon_has_a_card_with_examples_of_both_kinds(name: str) -> None:
    found = card(name)
    assert found["name"] == name
    assert found["language"] == "en"
    assert found["licence"] == "MIT"
    assert found["must_match"]
    assert found["must_not_match"]


@pytest.mark.parametrize("name", names())
def test_card_lists_the_sources_of_its_entries(name: str) -> None:
    used = {entry.source for entry in load(name).entries.values()}
    assert set(card(name)["sources"]) == used
    assert used <= sources()


def test_every_card_belongs_to_a_lexicon() -> None:
    cards = {file.name.removesuffix(".toml") for file in EN.iterdir() if file.name.endswith(".toml")}
    assert cards == set(names())


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_has_a_lexicon(layer: str) -> None:
    assert lexicons(layer)


def test_no_entry_stands_in_two_lexicons_of_a_layer() -> None:
    for layer in LAYERS:
        # actors of one story are another's too, and one form may have two senses with conditions
        if layer in {"actor", "naming", "furniture"}:
            continue
        seen = Counter(
            (entry.form, entry.conditions, entry["part"]) for one in lexicons(layer) for entry in one.entries.values()
        )
        assert [form for (form, _, _), number in seen.items() if number > 1] == []


def test_loaded_terms_cover_the_topics() -> None:
    topics = Counter(entry.topic for one in lexicons("loaded") for entry in one.entries.values())
    assert count("loaded") >= 1200
    assert len(topics) >= 12
    assert topics["conflict"] >= 100


def test_naming_sets_give_a_choice() -> None:
    sets: dict[str, set[str]] = defaultdict(set)
    for lexicon in lexicons("naming"):
        for entry in lexicon.entries.values():
            sets[entry.referent].add(entry.id)
    assert len(sets) >= 60
    assert [referent for referent, members in sets.items() if len(members) < 3] == []


@pytest.mark.parametrize(("layer", "least"), [("hedge", 200), ("booster", 150), ("cue", 300)])
def test_layer_has_as_many_entries_as_promised(layer: str, least: int) -> None:
    assert count(layer) >= least


def test_actors_of_six_stories_have_sides() -> None:
    stories = {lexicon.name: lexicon for lexicon in lexicons("actor") if lexicon.name != "actors-sample"}
    assert len(stories) >= 6
    assert {f"actors-{story}" for story in ("russia-ukraine", "israel-palestine", "us-politics", "uk-politics")} <= set(
        stories
    )
    for lexicon in stories.values():
        assert len({entry["side"] for entry in lexicon.entries.values()} - {""}) >= 2


@pytest.mark.parametrize("word", ["occupier", "incursion", "regime", "terrorist", "puppet", "annex", "liberate"])
def test_words_of_war_are_loaded(word: str) -> None:
    assert word in {form for one in lexicons("loaded") for entry in one.entries.values() for form in entry.forms}


def test_every_word_of_the_vocabulary_has_one_sentence() -> None:
    for section, words in vocabulary().items():
        assert words, section
        for word, sentence in words.items():
            assert sentence.endswith("."), f"{section}.{word}"
            assert len(sentence.split()) >= 3, f"{section}.{word}"
            assert "\n" not in sentence, f"{section}.{word}"


def test_every_layer_is_defined() -> None:
    assert set(vocabulary()["layers"]) == set(LAYERS)


def test_every_category_is_defined() -> None:
    for name in names():
        lexicon = load(name)
        section = _SECTION.get(lexicon.layer, lexicon.layer)
        if section is not None:
            used = {entry.category for entry in lexicon.entries.values()}
            assert used <= set(vocabulary()[section]), name


def test_retired_ids_are_not_in_use() -> None:
    with (_data.lexicons() / "retired.tsv").open(encoding="utf-8") as stream:
        retired = list(csv.DictReader(stream, delimiter="\t"))
    for row in retired:
        entries = load(row["lexicon"]).entries
        assert row["id"] not in entries
        assert row["successor"] == "" or row["successor"] in entries


def test_every_cited_work_names_its_author_and_year() -> None:
    records = (_data.lexicons() / "sources.bib").read_text(encoding="utf-8").split("\n@")
    assert len(records) == len(sources())
    for record in records:
        assert "author = {" in record
        assert "year = {" in record
        assert "pages" not in record
