"""What was found is measured overall, by outlet, length and kind, and its errors are named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from framing._data import lexicons
from framing.classify._errors import errors
from framing.classify._evaluate import KindReader, compare, evaluate, right
from framing.classify._gold import PARTS, Record, read_gold
from framing.classify._predict import Predicted, matched, predict
from framing.classify._scoring import FIGURES, ceiling
from framing.classify._tables import as_json, markdown, table
from framing.corpus import Article
from framing.measures.attribution import Attribution
from framing.measures.attribution.finder import Finder, Weights, WordClasses, open_classes
from framing.text import Vocabulary, read


def as_annotated(records: list[Record]) -> Predicted:
    """Return a prediction that is the annotation itself."""
    batch = read([Article(record.id, record.text) for record in records], Vocabulary())
    empty = Predicted(records, batch, matched(batch).of("cue"), [])
    found = [
        Attribution(number, *(sorted(one[part]) for part in PARTS), confidence=0.9)
        for number, gold in enumerate(empty.gold())
        for one in gold
    ]
    return replace(empty, found=found)


def changed(predicted: Predicted, index: int, **parts: list[tuple[int, int]]) -> Predicted:
    found = [replace(one, **parts) if number == index else one for number, one in enumerate(predicted.found)]
    return replace(predicted, found=found)


@pytest.fixture(scope="module")
def perfect(records: list[Record]) -> Predicted:
    return as_annotated(records)


@pytest.fixture(scope="module")
def classes() -> WordClasses:
    return open_classes(lexicons() / "models" / "word-classes.npz")


def test_the_annotation_itself_scores_one(perfect: Predicted) -> None:
    found = evaluate(perfect, part="All")
    assert {(score.precision.low, score.f1.value, score.recall.high) for score in found.scores.values()} == {(1, 1, 1)}
    assert found.articles == len(perfect.records)
    assert found.calibration is not None
    assert found.calibration.error == pytest.approx(0.1)
    assert [one.recall.value for one in found.kinds if one.gold] == [1.0] * sum(one.gold > 0 for one in found.kinds)


def test_groups_hold_every_article_once(perfect: Predicted) -> None:
    found = evaluate(perfect)
    assert [group.name for group in found.outlets] == ["Courier", "Gazette"]
    for groups in (found.outlets, found.lengths):
        assert sum(group.articles for group in groups) == len(perfect.records)
        assert sum(group.scores["linked"].gold for group in groups) == found.scores["linked"].gold
    assert len(found.lengths) <= 3


def test_one_article_alone_can_be_measured(records: list[Record]) -> None:
    found = evaluate(as_annotated(records[:1]))
    assert found.scores["linked"].f1.value == 1
    assert len(found.lengths) == 1


def test_nothing_found_scores_nothing(perfect: Predicted) -> None:
    found = evaluate(replace(perfect, found=[]))
    assert {score.f1.value for score in found.scores.values()} == {0.0}
    assert found.calibration is None
    assert "–" in markdown(found)


def test_what_is_right_stands_in_the_order_of_what_was_found(perfect: Predicted) -> None:
    wrong = changed(perfect, 2, content=[])
    assert right(compare(wrong)).tolist() == [number != 2 for number in range(len(perfect.found))]


def test_kinds_are_told_by_quotation_marks() -> None:
    batch = read([Article("1", "“No,” she said. It is “late” now.")])
    reader = KindReader(batch)
    assert [reader.kind([span]) for span in ((0, 5), (1, 3), (16, 32), (6, 14))] == [
        "direct",
        "direct",
        "mixed",
        "indirect",
    ]


def test_a_missed_cue_is_named_with_its_words(perfect: Predicted, classes: WordClasses) -> None:
    text = perfect.batch.text
    kept = [one for one in perfect.found if "warned" not in [text[start:end] for start, end in one.cue]]
    missed = replace(perfect, found=kept)
    found = errors(missed, compare(missed), classes)
    assert found
    assert {one.what.split(":")[0] for one in found} == {"missed outright"}
    assert {word for one in found for word in one.words} == {"warned"}
    assert sum(one.n for one in found) == len(perfect.found) - len(kept)
    assert {one.linked for one in found} == {0}


@pytest.mark.parametrize(
    ("part", "by", "what", "is_linked"),
    [
        ("content", (0, -5), "content ends too early", True),
        ("content", (5, 0), "content begins too late", True),
        ("content", None, "content not found", False),
        ("source", None, "source not found", False),
        ("cue", (0, 5), "cue ends too late", True),
    ],
)
def test_a_wrong_extent_is_named(
    perfect: Predicted, classes: WordClasses, part: str, by: tuple[int, int] | None, what: str, is_linked: bool
) -> None:
    """The first attribution is: The mayor said that the ferry was late."""
    ((start, end),) = getattr(perfect.found[0], part)
    wrong = changed(perfect, 0, **{part: [] if by is None else [(start + by[0], end + by[1])]})
    (found,) = errors(wrong, compare(wrong), classes)
    assert (found.what, found.n, found.linked) == (what, 1, int(is_linked))
    assert found.where == "a verb that the lexicons list"


def test_what_annotators_did_not_mark_is_named(perfect: Predicted, classes: WordClasses) -> None:
    text = perfect.batch.text
    start = text.index("The market opened")
    extra = Attribution(0, [(start, start + 10)], [(start + 11, start + 17)], [(start + 18, start + 25)])
    more = replace(perfect, found=sorted([*perfect.found, extra], key=lambda one: one.place))
    (found,) = errors(more, compare(more), classes)
    assert found.what == "found where annotators mark nothing: content outside quotation marks"
    assert found.where == "a verb that the lexicons do not list"


def test_the_way_of_the_product_finds_what_was_learnt(weights: Weights, data: Path) -> None:
    dev = read_gold(data / "dev.jsonl.gz")
    found = predict(dev, Finder(weights))
    scores = evaluate(found).scores
    assert scores["content_characters"].f1.value > 0.8
    assert scores["linked"].f1.value > 0.7
    assert all(0 <= one.confidence <= 1 for one in found.found)
    assert [one.place for one in found.found] == sorted(one.place for one in found.found)


def test_tables_say_what_the_evaluation_says(perfect: Predicted, data: Path) -> None:
    human = ceiling(read_gold(data / "agreement.jsonl.gz"))
    found = evaluate(perfect, part="All", human=human)
    text = markdown(found)
    assert text.startswith("All: 10 articles.")
    assert "2 ordered pairs" not in text
    assert "4 ordered pairs of 2 articles" in text
    for figure in FIGURES:
        assert f"| {figure.replace('_', ' ')}" in text
    loaded = json.loads(as_json(found))
    assert loaded["scores"]["linked"]["f1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert loaded["ceiling"]["pairs"] == 4


def test_columns_of_a_table_stand_under_each_other() -> None:
    assert table(["a", "n"], [["one", "1"], ["b", "20"]]).splitlines() == [
        "| a   |  n |", "| --- | -: |", "| one |  1 |", "| b   | 20 |",
    ]  # fmt: skip
