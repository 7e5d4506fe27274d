"""Words; and an evaluation as Markdown, as JSON and as part of a model card."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from types import ModuleType

import pytest

from framing.classify.evaluation import Evaluation, WordPredictions, as_json, card_scores, evaluate, markdown

CURVE = [(100, 0.7, 0.65, 0.75), (50, 0.6, float("nan"), float("nan"))]


def whole(made: ModuleType) -> Evaluation:
    held, crossed = made.predictions(200, votes=True, how="outlets held out"), made.predictions(200)
    features = [("a", 1.0), ("b|c", -2.0), ("d", 3.0), ("nothing", 0.0)]
    return evaluate([held, crossed], features=features, curve=CURVE, words=made.words())


def test_words_score_as_counted_by_hand(made: ModuleType) -> None:
    given: WordPredictions = made.words()
    (found,) = evaluate([], words=given).words
    cells = [pair for rows in zip(given.gold, given.predicted, strict=True) for pair in zip(*rows, strict=True)]
    hit, said, gold = sum(g and p for g, p in cells), sum(p for _, p in cells), sum(g for g, _ in cells)
    assert (found.words, found.right, found.predicted, found.gold) == (200, hit, said, gold)
    assert found.precision.value == pytest.approx(hit / said)
    assert found.recall.value == pytest.approx(hit / gold)
    assert found.f1.value == pytest.approx(2 * hit / (said + gold))
    assert found.f1.low < found.f1.value < found.f1.high
    assert 0.5 < found.auc.value < 1


def test_one_annotator_is_held_against_each_other_one(made: ModuleType) -> None:
    given: WordPredictions = made.words()
    hit = said = gold = 0
    for marks in given.marks or ():
        for one, other in itertools.permutations(marks.values(), 2):
            hit += sum(a and b for a, b in zip(one, other, strict=True))
            said += sum(one)
            gold += sum(other)
    (found,) = evaluate([], words=given).words
    assert found.pairs == 40 * 6
    assert found.annotator_f1 is not None
    assert found.annotator_f1.value == pytest.approx(2 * hit / (said + gold))
    (found,) = evaluate([], words=replace(given, marks=None, score=None)).words
    assert found.annotator_f1 is None
    assert found.auc.value != found.auc.value


def test_the_headline_is_the_first_and_comes_with_n_and_what_people_reach(made: ModuleType) -> None:
    told = whole(made)
    for text in (markdown(told), card_scores(told)):
        first = text.index("**Macro-F1 .")
        assert text.index("outlets held out; n = 200 records in 100 groups") < text.index("One annotator against")
        assert first < text.index("One annotator against") < text.index("cross-validated")


def test_no_text_of_a_record_is_in_markdown_or_json(made: ModuleType) -> None:
    told = whole(made)
    assert told.results[0].errors[0].text.startswith("Text ")
    for text in (markdown(told), as_json(told), card_scores(told)):
        assert made.ODD not in text
        assert "Text " not in text
    assert told.results[0].errors[0].id in markdown(told)


def test_json_holds_every_figure_and_nothing_that_is_no_number(made: ModuleType) -> None:
    told = whole(made)
    read = json.loads(as_json(told), parse_constant=pytest.fail)
    macro = told.results[0].scores.macro_f1
    assert read["results"][0]["scores"]["macro_f1"] == {"value": macro.value, "low": macro.low, "high": macro.high}
    assert read["curve"][0] == {"n": 50, "score": {"value": 0.6, "low": None, "high": None}}
    assert [one["name"] for one in read["features"]] == ["d", "a", "b|c"]


def test_a_bar_in_a_name_breaks_no_table(made: ModuleType) -> None:
    rows = [line for line in markdown(whole(made)).splitlines() if "b\\|c" in line]
    assert len(rows) == 1


def test_equal_baselines_are_written_once(made: ModuleType) -> None:
    assert card_scores(whole(made)).count("*most frequent class*") == 1


def test_a_card_says_which_parts_are_too_small_to_rank(made: ModuleType) -> None:
    outlets = [f"Outlet {min(number // 50, 3)}" if number < 190 else "tiny" for number in range(200)]
    text = card_scores(evaluate(made.predictions(200, outlets=outlets)))
    assert "1 of 5 outlets have fewer than 30 records and are not ranked" in text
    assert "tiny" not in text


def test_of_many_outlets_a_card_names_the_worst_and_the_best(made: ModuleType) -> None:
    told = evaluate(made.predictions(400, outlets=[f"Outlet {number % 8}" for number in range(400)]))
    ranked = sorted(told.results[0].outlets, key=lambda one: one.accuracy.value)
    text = card_scores(told)
    assert text.index("worst " + ranked[0].name) < text.index("best ")
    assert ranked[-1].name in text[text.index("best ") :]


@pytest.mark.parametrize("n", [1, 30])
@pytest.mark.parametrize(("k", "exclusive"), [(1, False), (9, False), (9, True)])
def test_few_records_are_still_told(made: ModuleType, n: int, k: int, exclusive: bool) -> None:
    told = evaluate(made.predictions(n, k, exclusive=exclusive, votes=True))
    assert f"n = {n} record" in markdown(told)
    assert "nan" not in markdown(told).split()
