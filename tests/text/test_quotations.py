"""Quotation marks are read as newspapers set them."""

from __future__ import annotations

import pytest

from framing.corpus import Article
from framing.text import Quotations, read


def quotations(text: str) -> Quotations:
    return read([Article("1", text)]).quotations


def quoted(text: str) -> list[str]:
    found = quotations(text)
    return [text[start:end] for start, end in zip(found.start.tolist(), found.end.tolist(), strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("“Yes,” he said, “no.”", ["“Yes,”", "“no.”"]),
        ("‘Yes,’ he said, ‘no.’", ["‘Yes,’", "‘no.’"]),
        ("'Yes,' he said, 'is it?' And 'No!'", ["'Yes,'", "'is it?'", "'No!'"]),
        ("„Ja“, sagte er, „nein”.", ["„Ja“", "„nein”"]),
        ("‚Ja‘, sagte er.", ["‚Ja‘"]),
        ("«Oui», dit-il. « Non\xa0», dit-elle.", ["«Oui»", "« Non\xa0»"]),
        ("»Ja«, sagte er, ›nein‹.", ["»Ja«", "›nein‹"]),
        ('("Yes") ["No"]—"maybe"', ['"Yes"', '"No"', '"maybe"']),
        ('He said,"yes" then left.', ['"yes"']),
        ('"A," he said, "B.""C"', ['"A,"', '"B."', '"C"']),
        ('"Yes"-men and the "No"s', ['"Yes"', '"No"']),
        ("the ‘so-called’ experts and 'so-called' friends", ["‘so-called’", "'so-called'"]),
    ],
)
def test_quotation_is_found_with_its_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected
    assert quotations(text).closed.all()


@pytest.mark.parametrize(
    "text",
    [
        "the soldiers’ homes and the workers’ rights",
        "the soldiers' homes and the workers' rights",
        "The boss' car, James' house and Jesus' words",
        "the ’90s and the '90s, ’68 and '68",
        "give ‘em hell, 'em and ’em; 'tis, ’twas",
        "rock ’n’ roll, rock 'n' roll, rock ‘n’ roll",
        "don't, can’t, o'clock, O’Brien",
        'He is 6\'2" tall, 5\' 10" wide; a 12" record and a 5" gun.',
        'a " b',
        '"',
        "“",
        "‘",
        "”",
        "’",
        "''",
        "a”",
        "« ",
    ],
)
def test_nothing_is_quoted(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘The soldiers’ homes burned,’ he said.", ["‘The soldiers’ homes burned,’"]),
        ("'The soldiers' homes burned,' he said.", ["'The soldiers' homes burned,'"]),
        ("the ‘soldiers’ and the ‘heroes’ of", ["‘soldiers’", "‘heroes’"]),
        ("‘It’s over,’ he said. ‘Don’t go.’", ["‘It’s over,’", "‘Don’t go.’"]),
        ("the '60s were 'good'.", ["'good'"]),
        ("‘20 years is long,’ he said.", ["‘20 years is long,’"]),
        ("'No,' he said. 'Round' and 'cause'.", ["'No,'", "'Round'", "'cause'"]),
        ("'U.S.'s role' and the U.S.'s 'part'", ["'U.S.'s role'", "'part'"]),
        ("The film “12 O’Clock” and 'n' more", ["“12 O’Clock”"]),
        ('The 12" record, "Blue," sold.', ['"Blue,"']),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“He said ‘never’ to me,” she said.", "‘never’"),
        ("\"He said 'never' to me,\" she said.", "'never'"),
        ("‘He said “never” to me,’ she said.", "“never”"),
        ("“He said, ‘I won’t go.’” Then", "‘I won’t go.’"),
        ("«a «b» c»", "«b»"),
    ],
)
def test_quotation_inside_a_quotation_is_one_deeper(text: str, inner: str) -> None:
    found = quotations(text)
    assert quoted(text)[1:] == [inner]
    assert found.depth.tolist() == [0, 1]


def test_mark_that_turns_out_to_be_none_does_not_bury_what_it_holds() -> None:
    found = quotations("‘Yes, she said “no” and left.")
    assert quoted("‘Yes, she said “no” and left.") == ["“no”"]
    assert found.depth.tolist() == [0]


@pytest.mark.parametrize("mark", ["“", '"', "‘"])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_long_quotation_opens_each_paragraph(mark: str, gap: str) -> None:
    close = {"“": "”", "‘": "’"}.get(mark, mark)
    text = f"{mark}First one.{gap}{mark}Second one.{gap}{mark}Third one,{close} he said."
    found = quotations(text)
    assert quoted(text) == [f"{mark}First one.", f"{mark}Second one.", f"{mark}Third one,{close}"]
    assert found.continued.tolist() == [True, True, False]
    assert found.closed.tolist() == [False, False, True]
    assert found.depth.tolist() == [0, 0, 0]


def test_quotation_does_not_go_on_in_the_next_article() -> None:
    batch = read([Article("1", "“One."), Article("2", "“Two,” he said.")])
    assert batch.quotations.continued.tolist() == [False, False]


@pytest.mark.parametrize("mark", ["“", '"', "„", "«"])
def test_mark_that_never_closes_costs_its_paragraph_at_most(mark: str) -> None:
    text = f"He wrote {mark}so and so.  \nThe next one has {mark}none.\n“Third,” he said."
    assert quoted(text) == [f"{mark}so and so.", f"{mark}none.", "“Third,”"]
    assert quotations(text).closed.tolist() == [False, False, True]


def test_single_mark_that_never_closes_costs_nothing() -> None:
    assert quoted("He wrote ‘so and so.\nThe next one.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“one here. Next “second” ok.", ["“one here.", "“second”"]),
        ("“one “two” three", ["“one", "“two”"]),
        ('"one two three. "Four five" six.', ['"one two three.', '"Four five"']),
        ("“a ‘b. c’ d “e” f", ["“a ‘b. c’ d", "‘b. c’", "“e”"]),
        ("Stray ” mark. And “this” one.", ["“this”"]),
    ],
)
def test_mark_that_never_closes_ends_where_another_opens(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_tokens_know_the_outermost_quotation_they_stand_in() -> None:
    batch = read([Article("1", "He “said ‘never’ to” me.")])
    inside = [batch.string(place, place + 1) for place in range(len(batch)) if batch.quotation[place] == 0]
    assert inside == ["“", "said", "‘", "never", "’", "to", "”"]
    assert set(batch.quotation.tolist()) == {-1, 0}


def test_many_marks_are_read_in_one_go() -> None:
    text = "'a' " * 3000 + "“b " * 3000
    assert len(quoted(text)) == 6000
