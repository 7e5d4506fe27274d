"""Where the words of an article are known, they tell which patterns of furniture need a look."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

import pytest

from framing.corpus import Article, FurnitureFinder

TEXTS = (
    "The mayor spoke.\n| AP Photo\nAll rights reserved.",
    "Read on.\nContributed to this report: nobody.\nJane Doe contributed to this report.",
    "Nothing of the page stands here.",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_furniture_is_the_same_with_gates_as_without(text: str) -> None:
    finder, article = FurnitureFinder(), Article("a", text)
    opened = finder.gates_in([word.lower() for word in re.findall(r"\w+|\S", text)])
    assert finder.spans(article, reduce(or_, opened.tolist(), 0)) == finder.spans(article)


def test_a_pattern_whose_gate_no_word_opens_is_not_tried() -> None:
    finder, article = FurnitureFinder(), Article("a", TEXTS[0])
    assert [rule for *_, rule in finder.spans(article)] != [rule for *_, rule in finder.spans(article, 0)]


def test_a_word_opens_the_gates_that_it_holds() -> None:
    opened = FurnitureFinder().gates_in(["the", "reserved", "unreserved", "getty"]).tolist()
    assert opened[0] == 0
    assert opened[1] == opened[2] > 0
    assert opened[3] not in {0, opened[1]}
