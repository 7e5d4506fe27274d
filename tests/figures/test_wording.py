"""Sentences: singular and plural, numbers, and what is wrong with a wording file."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import LayoutError, OptionError
from framing.figures import Wording, load_wording
from framing.lexicon import load


@pytest.fixture
def english() -> Wording:
    return load_wording("en")


def test_a_sentence_follows_its_number(english: Wording) -> None:
    assert english("count.articles", n=1) == "1 article"
    assert english("count.articles", n=1200) == "1,200 articles"


def test_braces_in_a_value_stay_as_they_are() -> None:
    wording = Wording({"a": "{name} says"}, "test")
    assert wording("a", name="{0.__class__} {x}") == "{0.__class__} {x} says"


def test_strong_words_are_marked_in_templates_and_never_in_values() -> None:
    wording = Wording({"a": "**{name}** says"}, "test")
    assert wording.runs("a", name="**x**") == [
        {"text": "**x**", "strong": True},
        {"text": " says", "strong": False},
    ]


def test_a_missing_sentence_and_a_missing_value_name_the_file() -> None:
    wording = Wording({"a": "{name} says"}, "my.toml")
    with pytest.raises(LayoutError, match=r"my\.toml: no sentence at 'b'"):
        wording("b")
    with pytest.raises(LayoutError, match=r"my\.toml: a: .*placeholders there are: other"):
        wording("a", other=1)


def test_an_unknown_language_lists_what_there_is() -> None:
    with pytest.raises(OptionError, match="language 'xx' has no wording; allowed: en"):
        load_wording("xx")


def test_a_wording_file_may_be_anywhere(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('language = "de"\n[numbers]\nthousands = "."\ndecimal = ","\n', encoding="utf-8")
    wording = load_wording(str(file))
    assert wording.language == "de"
    assert wording.number(1234.5) == "1.234,5"


def test_a_broken_wording_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("a = ", encoding="utf-8")
    with pytest.raises(LayoutError, match=r"broken\.toml: not a wording file"):
        load_wording(str(file))


def test_numbers_are_written_for_reading(english: Wording) -> None:
    assert english.number(float("nan")) == "–"
    assert english.number(-0.04) == "0.0"
    assert english.number(-3.25, 2) == "−3.25"
    assert english.percent(0.625) == "62\u00a0%"
    assert english.interval(float("nan"), 1.0) == ""
    assert english.q(0.0004) == "q < .001"
    assert english.q(0.0123) == "q = .012"


def test_a_referent_is_words_that_begin_large_only_where_a_line_begins(english: Wording) -> None:
    assert english.referent("health-law-2010") == "The US health insurance law of 2010"
    assert english.referent("health-law-2010", first=False) == "the US health insurance law of 2010"
    assert english.referent("of-my-own", first=False) == "of my own"


def test_named_referents_are_those_of_the_naming_sets(english: Wording) -> None:
    known = {entry.referent for entry in load("naming").entries.values()}
    assert set(english.get("referent")) <= known
    assert len({english.referent(key).casefold() for key in known}) == len(known)


def test_sides_are_names(english: Wording) -> None:
    assert english.side("us-republicans") == "US Republicans"
    assert english.listing(["a", "b", "c"]) == "a, b and c"
