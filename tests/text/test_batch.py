"""A batch holds for any text: every character is accounted for, and company changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing.corpus import Article
from framing.text import Batch, Vocabulary, read
from framing.text._characters import NEWLINE, SPACE, classes, codes

_PIECES = [
    "the", "U.S.", "Sen.", "J.", "said", "Smith", "don't", "1,500", "’90s", "a@b.co", "https://x.org/y", "e\u0301",
    "\u00ad", "\u200d", "👍🏽", "日本", "\ud800", ".", "...", "?", "!", ",", '"', "“", "”", "„", "‘", "’", "'", "«",
    "»", "‹", "›", "‚", "`", "(", ")", "—", "--", "_", "@", "://", "www.", " ", " ", " ", "\xa0", "\n", "\n\n",
    "\r\n", "\t", "p.m.", "No.", "Ph.D.", "\u2028", "\ufeff", "'s", "n’", "6'2\"",
]  # fmt: skip
TEXT = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=40).map("".join),
    st.text(alphabet=st.characters(), max_size=60),
    # lines as long as an editor makes them
    st.lists(st.sampled_from(["word " * 12, "the end. ", "\n", "“so "]), max_size=40).map("".join),
)
# the same examples each time; raise the number to search further
QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def one(text: str) -> Batch:
    return read([Article("1", text)])


def columns(batch: Batch, number: int) -> dict[str, Any]:
    """Return an article's columns as they would be if it stood alone."""
    low, high = (int(place) for place in batch.first_token[number : number + 2])
    begin, offset = int(batch.first_sentence[number]), int(batch.offset[number])
    stop = int(batch.first_sentence[number + 1])
    found = batch.quotations
    own = (found.start >= offset) & (found.start < offset + max(len(batch.articles[number].text), 1))
    shift = int(np.flatnonzero(own)[0]) if own.any() else 0
    quotation = batch.quotation[low:high]
    paragraph = batch.paragraph[low:high]
    return {
        "start": (batch.start[low:high] - offset).tolist(),
        "end": (batch.end[low:high] - offset).tolist(),
        "spelling": [batch.vocabulary.spellings[number] for number in batch.type[low:high].tolist()],
        "is_word": batch.is_word[low:high].tolist(),
        "paragraph": (paragraph - paragraph[:1]).tolist(),
        "sentence": (batch.sentence[low:high] - begin).tolist(),
        "first": (batch.first[begin:stop] - low).tolist(),
        "last": (batch.last[begin:stop] - low).tolist(),
        "quotation": np.where(quotation < 0, -1, quotation - shift).tolist(),
        "quotations": [
            (start - offset, end - offset, depth, closed, continued)
            for start, end, depth, closed, continued in zip(
                found.start[own].tolist(),
                found.end[own].tolist(),
                found.depth[own].tolist(),
                found.closed[own].tolist(),
                found.continued[own].tolist(),
                strict=True,
            )
        ],
    }


@QUICK
@given(TEXT)
@example("")
@example("\u0301")
@example(".")
@example("a\x85b")
@example("https://x.org/y\ufeff")
def test_every_visible_character_is_in_exactly_one_token(text: str) -> None:
    batch = one(text)
    start, end = batch.start, batch.end
    assert (start < end).all()
    assert (start[1:] >= end[:-1]).all()
    covered = np.zeros(len(text), dtype=int)
    for low, high in zip(start.tolist(), end.tolist(), strict=True):
        covered[low:high] += 1
    kind = classes(codes(text))
    assert (covered == ((kind != SPACE) & (kind != NEWLINE))).all()
    assert [text[a:b] for a, b in zip(start, end, strict=True)] == [
        batch.vocabulary.spellings[number] for number in batch.type
    ]


@QUICK
@given(TEXT)
def test_sentences_divide_the_tokens(text: str) -> None:
    batch = one(text)
    assert len(batch.first) == len(batch.last)
    assert (batch.first < batch.last).all()
    assert (batch.first[1:] == batch.last[:-1]).all()
    if len(batch):
        assert (batch.first[0], batch.last[-1]) == (0, len(batch))
        assert np.repeat(np.arange(len(batch.first)), batch.last - batch.first).tolist() == batch.sentence.tolist()
        # a sentence never leaves its paragraph
        assert (batch.paragraph[batch.first] == batch.paragraph[batch.last - 1]).all()


@QUICK
@given(TEXT)
@example("“a ‘b. c’ d “e” f")
@example("‘Yes, she said “no” and left.")
def test_quotations_are_ordered_and_nested(text: str) -> None:
    batch = one(text)
    found = batch.quotations
    assert (found.start[1:] > found.start[:-1]).all()
    assert (found.start >= 0).all()
    assert (found.end <= len(text)).all()
    assert (found.end - found.start >= 2).all()
    open_ends: list[int] = []
    for start, end, depth in zip(found.start.tolist(), found.end.tolist(), found.depth.tolist(), strict=True):
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        assert depth == len(open_ends)
        assert not open_ends or end <= open_ends[-1]
        open_ends.append(end)
    assert (batch.quotation < len(found)).all()


@QUICK
@given(TEXT)
def test_no_quotation_leaves_its_paragraph(text: str) -> None:
    batch = one(text)
    found = batch.quotations
    for start, end in zip(found.start.tolist(), found.end.tolist(), strict=True):
        low, high = batch.token_at(start), int(np.searchsorted(batch.start, end))
        assert len(set(batch.paragraph[low:high].tolist())) == 1


@QUICK
@given(st.lists(TEXT, min_size=1, max_size=4))
@example(["", "", "a"])
@example(["“One.", "“Two,” he said."])
@example(["a.", ".b", "http://", "//x"])
@example(["word " * 12 + "\n", "x"])
@example(["e", "\u0301"])
@example([".«", "U.S."])
@example(["“Why?”", "Smith said."])
@example(["It is. ”", "The"])
def test_company_changes_nothing(texts: list[str]) -> None:
    batch = read([Article(str(number), text) for number, text in enumerate(texts)])
    for number, text in enumerate(texts):
        assert columns(batch, number) == columns(one(text), 0)


@QUICK
@given(st.lists(TEXT, max_size=3))
def test_what_was_read_before_changes_nothing(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    for text in texts:
        assert columns(read([Article("1", text)], vocabulary), 0) == columns(one(text), 0)


@pytest.mark.parametrize("texts", [[], [""], ["", ""], [" \n"]])
def test_batch_without_tokens_has_empty_columns(texts: list[str]) -> None:
    batch = read([Article("1", text) for text in texts])
    assert len(batch) == len(batch.first) == len(batch.quotations) == 0
    assert batch.first_token.tolist() == batch.first_sentence.tolist() == [0] * (len(texts) + 1)
    assert batch.sentence_article.tolist() == []


def test_places_lead_back_to_the_text() -> None:
    batch = read([Article("1", "One two."), Article("2", "Three, “four” five. Six.")])
    assert batch.article.tolist() == [0] * 3 + [1] * 9
    assert batch.sentence_article.tolist() == [0, 1, 1]
    assert batch.first_token.tolist() == [0, 3, 12]
    assert batch.first_sentence.tolist() == [0, 1, 3]
    assert batch.words(3, 7) == ["three", ",", "“", "four"]
    assert batch.string(3, 7) == "Three, “four"
    assert batch.token_at(int(batch.start[5])) == 5
    assert batch.articles[1].text[int(batch.start[6] - batch.offset[1]) :].startswith("four")
