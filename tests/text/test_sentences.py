"""Sentences end where a reader of news ends them."""

from __future__ import annotations

import pytest

from framing.corpus import Article
from framing.text import read


def sentences(text: str) -> list[str]:
    batch = read([Article("1", text)])
    return [batch.string(first, last) for first, last in zip(batch.first.tolist(), batch.last.tolist(), strict=True)]


ONE = [
    # names with titles and initials
    "U.S. Sen. J. D. Vance said so.",
    "Gen. Milley and Brig. Gen. Pat Ryder met Lt. Gov. Dan Patrick.",
    "George W. Bush met J.K. Rowling and J.R.R. Tolkien.",
    "Mr. Smith sued Mr. Jones in Smith vs. Jones.",
    "Dr. No met Prof. X and St. Petersburg's mayor.",
    # institutions and places
    "The U.N. Security Council met U.S. President Joe Biden.",
    "Washington, D.C. Mayor Muriel Bowser spoke.",
    "Rep. Adam Schiff, D-Calif., spoke for Sen. Bob Casey (D-Pa.) on Sept. 11.",
    "Apple Inc. said so, and Foo Corp. agreed on Jan. 6.",
    # datelines
    "KYIV (Reuters) - Russia attacked.",
    "WASHINGTON, D.C. — The Senate met.",
    # numbers
    "It cost $3.5 million, or 1,500 for each of No. 5 and Vol. II.",
    "He was born c. 1818, e.g. The Times says.",
    "They left at 7 p.m. Monday, or at 3 a.m. EST.",
    # what is said and who said it
    "“Why?” Smith asked.",
    "“Why?” the mayor asked.",
    "'Why not!' shouted Smith.",
    "“I was …” Smith said.",
    "He said: “Go.”",
    # ellipses
    "Wait... what?",
    "He left . . . then he came.",
    # marks that begin nothing
    "He left. :)",
    "The so-called “U.S.” is large.",
]


@pytest.mark.parametrize("text", ONE)
def test_sentence_is_not_cut(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left the U.S.", "The army stayed."],
        ["In the U.S.", "However, nobody came."],
        ["He arrived at 5 p.m.", "Smith left at 6 a.m.", "The bus came."],
        ["It bought Foo Corp.", "The price rose."],
        ["They ate bread, cheese, etc.", "Then they left."],
        ["She has a Ph.D.", "He has none."],
        ["He lives in James St.", "The house is old."],
        ["He said no.", "Nobody came."],
        ["There was a plan B.", "The end came."],
        ["It was I.", "Then you came."],
        ["Who?", "Me!", "Really?!", "Yes."],
        ["It is over.", "(It was long.)", "Then he came."],
        ["“It is over.”", "The war ended."],
        ["“We won.”", "Smith said he was glad."],
        ["‘It is done.’", "She left."],
        ["He said: “Go.”", "And she went."],
        ["“Really?”", "“Yes.”", "“No.”"],
        ["He said (“No.”).", "She left."],
        ["“Why?” Smith asked.", "“No.”", "He left."],
        ["He left. . . .", "She came."],
        ["Wait...", "He left."],
        ["5 percent left.", "10 came.", "$5 was paid.", "€4 was lost."],
        ["The cost rose.", "iPhone sales fell."],
        ["KYIV (Reuters) - Russia attacked.", "Kyiv answered."],
    ],
    ids=lambda parts: parts[0],
)
def test_sentences_are_told_apart(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is the end.The war in Ukraine.The day", ["It is the end.", "The war in Ukraine.", "The day"]),
        ("“It is the end.”The day", ["“It is the end.”", "The day"]),
        ("It ended. ” The day", ["It ended. ”", "The day"]),
        ("Write to Mr.Smith at No.10 now", ["Write to Mr.Smith at No.10 now"]),
    ],
)
def test_lost_and_added_spaces_of_scraped_text(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_paragraph_ends_a_sentence_without_a_mark() -> None:
    assert sentences("A headline\nThe text begins\r\n\r\nand goes on") == [
        "A headline",
        "The text begins",
        "and goes on",
    ]


def test_number_of_a_list_is_no_sentence() -> None:
    assert sentences("1. First thing\n2. Second thing. Done.") == ["1. First thing", "2. Second thing.", "Done."]


def test_lines_of_an_editor_are_joined() -> None:
    lines = [f"the quick brown fox jumped over the lazy dog and went on its way {number}" for number in range(8)]
    assert len(sentences("\n".join(lines))) == 1
    assert len(sentences("\n".join(lines[:4]) + "\n\n" + "\n".join(lines[4:]))) == 2


def test_few_lines_of_an_editor_are_joined_where_a_sentence_goes_on() -> None:
    text = "The minister said on Tuesday that the ferry\nwould not sail before the end of the week,\n  and left."
    assert sentences(text) == [text]
    assert len(sentences(text.replace("\n", "\r\n"))) == 1
    assert len(sentences(text.replace("\n", "\n\n"))) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Ferry is late again for the third time this week\nThe ferry did not sail.",
        "Ferry is late\nand nobody was told.",
        "What the plan for the harbour promises is this:\nlower fares for each of the passengers\nfaster ships",
        "- lower fares for each of the passengers\n- faster ships for the crew",
        "lower fares for each of the passengers;\nfaster ships for the crew",
        "The ferry did not sail on that Monday morning.\nhe said.",
    ],
)
def test_headlines_and_items_of_lists_are_not_joined(text: str) -> None:
    assert sentences(text) == text.split("\n")


def test_joined_lines_do_not_depend_on_the_article_before() -> None:
    text = "apples and pears from the harbour of the town\nwere sold"
    batch = read([Article("1", "The crew of the ferry was told to wait:"), Article("2", text)])
    assert [batch.string(int(batch.first[i]), int(batch.last[i])) for i in range(len(batch.first))][1:] == [text]


def test_short_paragraphs_are_not_taken_for_lines_of_an_editor() -> None:
    lines = [f"The quick brown fox jumped over the lazy dog and went on its way {number}." for number in range(8)]
    assert sentences("\n".join(lines)) == lines


@pytest.mark.parametrize("text", [".", "...", "?!", '."', "U.S.", "“”", "(.)", ". . .", "a.", "\ud800."])
def test_marks_alone_are_one_sentence(text: str) -> None:
    assert sentences(text) == [text]
