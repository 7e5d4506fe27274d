"""A scan finds what is repeated, in memory that does not hold the texts."""

from __future__ import annotations

import pytest

from framing.corpus import Article, read_corpus, scan
from framing.corpus._scan import LineCounter, is_furniture
from framing.corpus._seen import Seen

BODY = [
    f"{who} of {place} said on {day} that the ferry would be late."
    for who in ("The mayor", "A docker", "The owner", "The pilot", "A guest")
    for place in ("Northport", "Southport")
    for day in ("Monday", "Friday")
]


def outlet(name: str, *lines: str, count: int = 20) -> list[Article]:
    return [Article(f"{name}{n}", "\n\n".join([BODY[n], *lines]), name) for n in range(count)]


def test_counts() -> None:
    corpus = read_corpus(
        [
            {"id": 1, "text": "One.", "outlet": "Gazette", "title": "Ferry", "desk": "home"},
            {"id": 2, "text": "Two.", "outlet": "Herald", "date": "2021-05-03"},
            {"id": 3, "text": ""},
        ]
    )
    found = scan(corpus)
    assert (found.articles, found.rejected, found.characters, found.titled, found.dated) == (2, 1, 8, 1, 1)
    assert found.outlets == {"Gazette": 1, "Herald": 1}
    assert found.columns == ("desk",)


def test_repeated_texts_are_told_by_their_words_alone() -> None:
    texts = ["The ferry left.", "the  FERRY\nleft.", "The ferry left!", " The ferry left. "]
    found = scan(read_corpus(Article(str(n), text) for n, text in enumerate(texts)))
    assert found.duplicates == {"1": "0", "3": "0"}


def test_label_that_recurs_in_an_outlet_is_furniture_there_only() -> None:
    corpus = read_corpus([*outlet("Gazette", "Story Continued Below"), *outlet("Herald", "All quiet")][:21])
    assert scan(corpus).recurring == {"Gazette": frozenset({"Story Continued Below"})}


@pytest.mark.parametrize(
    "sentence",
    [
        "He declined to comment.",
        "The council did not respond to a request for comment.",
        "The owners call the strike illegal.",
        "“No comment,” she said.",
        "What happens next?",
    ],
)
def test_honest_sentence_that_recurs_is_not_furniture(sentence: str) -> None:
    articles = outlet("Gazette", count=20)
    some = [Article(a.id, a.text + "\n" + sentence * (n < 12), a.outlet) for n, a in enumerate(articles)]
    assert scan(read_corpus(some)).recurring == {}


@pytest.mark.parametrize(
    "line",
    [
        "Follow Ida Holm on Twitter.",
        "Ida Holm is a reporter for the Gazette.",
        "Sign up for our newsletter.",
        "Per Strand contributed to this report.",
    ],
)
def test_sentence_about_the_page_that_recurs_is_furniture(line: str) -> None:
    articles = outlet("Gazette", count=20)
    some = [Article(a.id, a.text + ("\n" + line) * (n < 6), a.outlet) for n, a in enumerate(articles)]
    assert scan(read_corpus(some)).recurring == {"Gazette": frozenset({line})}


def test_copies_of_one_article_do_not_make_its_lines_furniture() -> None:
    copies = [Article(str(n), "Ferry Leaves\nThe ferry left" + " " * n, "Gazette") for n in range(40)]
    found = scan(read_corpus(copies))
    assert len(found.duplicates) == 39
    assert found.recurring == {}


def test_line_repeated_inside_one_article_counts_once() -> None:
    assert scan(read_corpus([Article("1", "Refrain\n" * 50, "Gazette")])).recurring == {}


@pytest.mark.parametrize(
    ("line", "count", "articles", "expected"),
    [
        ("Photo", 5, 250, True),
        ("Photo", 4, 20, False),
        ("Photo", 39, 2_000, False),
        ("* * *", 250, 250, False),
        ("The strike is over.", 60, 250, False),
        ("The strike is over.", 63, 250, True),
        ("The strike is over.", 19, 19, False),
    ],
)
def test_thresholds(line: str, count: int, articles: int, expected: bool) -> None:
    assert is_furniture(line, count, articles) is expected


def test_counter_forgets_lines_that_come_once_but_not_those_that_recur() -> None:
    counter = LineCounter(most=100)
    for n in range(500):
        counter.add("Gazette", f"Line {n} a\nLine {n} b\nStory Continued Below")
    assert counter.recurring() == {"Gazette": frozenset({"Story Continued Below"})}
    assert sum(map(len, counter._counts.values())) <= 103


def test_seen_remembers_the_number_each_string_came_with() -> None:
    seen = Seen()
    assert [seen.add(str(n)) for n in range(5_000)] == [0] * 5_000
    assert [seen.add(str(n)) for n in (0, 17, 4_999)] == [1, 18, 5_000]
