from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from framing.events import _copies as copies_module
from framing.events import match_events

Make = Callable[..., Any]


def row(outlet: str, day: int, text: str, **more: str) -> dict[str, str]:
    return {"outlet": outlet, "date": f"2020-01-{day:02d}" if day else "", "text": text, **more}


def copies(found: Any) -> list[str]:
    return list(found.articles["copy_of"])


def test_the_later_of_two_equal_texts_is_the_copy(analysed: Make, written: Make) -> None:
    found = match_events(analysed([row("Herald", 2, written(1)), row("Post", 1, written(1))]))
    assert copies(found) == ["a1", ""]
    assert found.articles["copied"].tolist() == [1.0, 0.0]
    assert found.words_copied.tolist() == [120, 0]


def test_of_one_day_the_first_is_the_original(analysed: Make, written: Make) -> None:
    assert copies(match_events(analysed([row("Herald", 1, written(1)), row("Post", 1, written(1))]))) == ["", "a0"]


def test_of_one_day_the_agency_is_the_original(analysed: Make, written: Make) -> None:
    assert copies(match_events(analysed([row("Herald", 1, written(1)), row("Reuters", 1, written(1))]))) == ["a1", ""]


def test_without_a_date_nothing_is_earlier(analysed: Make, written: Make) -> None:
    assert copies(match_events(analysed([row("Herald", 0, written(1)), row("Post", 3, written(1))]))) == ["a1", ""]


def test_a_copy_within_the_outlet_is_folded_but_no_other_outlets_words(analysed: Make, written: Make) -> None:
    update = written(1, 100) + " " + written(2, 50)
    found = match_events(
        analysed([row("Herald", 1, written(1, 100)), row("Herald", 2, update), row("Herald", 2, update)])
    )
    assert copies(found) == ["", "a0", "a1"]
    assert found.articles["copied"].tolist() == pytest.approx([0, 100 / 150, 1])
    assert found.words_copied.tolist() == [0, 0, 0]


@pytest.mark.parametrize(("shared", "copy"), [(100, True), (60, False)])
def test_a_copy_shares_half_of_its_words(analysed: Make, written: Make, shared: int, copy: bool) -> None:
    wire = written(1, 200)
    part = " ".join(wire.split()[:shared])
    found = match_events(analysed([row("Reuters", 1, wire), row("Post", 2, f"{part} {written(2, 160 - shared)}")]))
    assert (copies(found)[1] == "a0") is copy
    assert found.words_copied[1] == pytest.approx(shared, abs=1)


def test_the_words_are_those_of_the_table(analysed: Make, written: Make) -> None:
    rows = [row("Reuters", 1, written(1, 100), words="50"), row("Post", 2, written(1, 100), words="50")]
    assert match_events(analysed(rows)).words_copied.tolist() == [0, 50]


def test_a_long_quotation_is_no_copy(analysed: Make, written: Make) -> None:
    statement = written(1, 200)
    quoted = [row("Herald", 1, f"{written(2, 60)} “{statement}”"), row("Post", 2, f"“{statement}” {written(3, 60)}")]
    found = match_events(analysed(quoted))
    assert copies(found) == ["", ""]
    assert found.words_copied.tolist() == [0, 0]


def test_a_quotation_in_a_copied_paragraph_is_copied_with_it(analysed: Make, written: Make) -> None:
    wire = f"{written(1, 40)} “{written(2, 60)}” {written(3, 40)}"
    found = match_events(analysed([row("Herald", 1, wire), row("Post", 2, f"{wire} {written(4, 40)}")]))
    assert copies(found) == ["", "a0"]
    assert found.words_copied.tolist() == [0, 140]


def test_a_set_phrase_is_no_passage(analysed: Make, written: Make) -> None:
    phrase = "the united states attorney for the southern district of new york"
    found = match_events(
        analysed([row("Herald", 1, f"{written(1)} {phrase}"), row("Post", 2, f"{phrase} {written(2)}")])
    )
    assert found.words_copied.tolist() == [0, 0]


def test_what_an_outlet_says_in_every_article_is_no_copy_of_it(analysed: Make, written: Make) -> None:
    block = written(99, 40)
    rows = [row("Herald", 1, f"{written(seed, 40)} {block}") for seed in range(8)]
    found = match_events(analysed([*rows, row("Post", 2, f"{written(20, 20)} {block}")]))
    assert set(copies(found)) == {""}
    assert found.words_copied.sum() == 0


def test_an_agency_is_the_source_whenever_it_came(analysed: Make, written: Make) -> None:
    wire = written(1, 100)
    rows = [
        row("Herald", 1, f"{wire} {written(2, 100)}"),
        row("Reuters", 4, wire),
        row("Post", 4, f"{wire} {written(3, 100)}"),
    ]
    assert match_events(analysed(rows)).words_copied.tolist() == [100, 0, 100]


def test_a_signed_article_is_an_agencys(analysed: Make, written: Make) -> None:
    wire = written(1, 100)
    rows = [row("Herald", 1, f"{wire} {written(2, 100)}"), row("Herald", 4, f"BERLIN (AP) — {wire}")]
    found = match_events(analysed(rows))
    assert found.articles["agency"].tolist() == ["", "AP"]
    assert found.words_copied[0] == 100
    assert found.settings["agency_articles"] == 1


def test_parts_change_nothing(analysed: Make, written: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        row(("Herald", "Post", "Times")[number % 3], 1 + number % 5, f"{written(number % 4, 80)} {written(number, 60)}")
        for number in range(24)
    ]
    whole = match_events(analysed(rows))
    monkeypatch.setattr(copies_module, "_AT_ONCE", 100)
    parts = match_events(analysed(rows))
    assert parts.articles.equals(whole.articles)
    assert parts.words_copied.tolist() == whole.words_copied.tolist()
    assert whole.words_copied.sum() > 0


def test_texts_of_few_words_are_compared_as_a_whole_or_not_at_all(analysed: Make) -> None:
    rows = [row("Herald", 1, "He left."), row("Herald", 2, "He left."), row("Post", 3, "He left.")]
    assert copies(match_events(analysed(rows))) == ["", "a0", ""]
