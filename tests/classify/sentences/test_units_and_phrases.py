"""What features are counted in: units, neighbours within them, and phrases looked up in columns."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from framing.classify.sentences._features import WordFeatures, keys_of, matches_of
from framing.classify.sentences._phrases import EDGE, Phrases, frequent_phrases
from framing.classify.sentences._spellings import Spellings
from framing.classify.sentences._units import OFFSETS, Units, shifted
from framing.classify.sentences._words import ngrams, normal
from framing.corpus import Article
from framing.measures.attribution import shipped_finder
from framing.text import Vocabulary, read

LEXICONS = ("hedges", "loaded-conflict")


def units_of(texts: list[str], *, split: bool = False) -> Units:
    batch = read([Article(str(number), text) for number, text in enumerate(texts)], Vocabulary())
    return Units.sentences(batch) if split else Units.articles(batch)


@pytest.fixture(scope="module")
def texts(made_sentences: ModuleType) -> list[str]:
    """Sentences and odd texts, short ones side by side."""
    return [*(one.text for one in made_sentences.made(30)), *made_sentences.ODD, "No.", "", "", "Yes", "a b", "a b c"]


def searched(units: Units, phrases: list[str]) -> set[tuple[int, int, str]]:
    """Look at every place for every phrase."""
    words = [normal(word) for word in units.batch.folded]
    found = set()
    for number in range(units.n):
        inside = np.flatnonzero(units.unit == number).tolist()
        run = [EDGE, *(words[token] for token in inside)]
        for place in range(len(run)):
            for size in (2, 3):
                phrase = " ".join(run[place : place + size])
                if place + size <= len(run) and phrase in phrases:
                    opens = place == 0
                    found.add((inside[0] if opens else inside[place - 1], size - opens, phrase))
    return found


@pytest.mark.parametrize("split", [False, True])
def test_phrases_in_columns_are_those_of_a_slow_search(texts: list[str], split: bool) -> None:
    units = units_of(texts, split=split)
    phrases = frequent_phrases(units, 2)
    assert {phrase.count(" ") for phrase in phrases} == {1, 2}
    assert any(phrase.startswith(EDGE) for phrase in phrases)
    token, length, phrase = Phrases(phrases, np.ones(len(phrases), dtype=np.float32)).find(units)
    found = list(zip(token.tolist(), length.tolist(), (phrases[number] for number in phrase.tolist()), strict=True))
    assert len(found) == len(set(found)) > 100
    assert set(found) == searched(units, phrases)


def test_a_phrase_of_three_words_needs_none_of_two() -> None:
    units = units_of(["The old river bridge fell.", "The old river.", "bridge"])
    phrases = Phrases(["old river bridge", f"{EDGE} the old"], np.array([3.0, 2.0], dtype=np.float32))
    token, length, phrase = phrases.find(units)
    assert sorted(zip(token.tolist(), length.tolist(), phrase.tolist(), strict=True)) == [
        (0, 2, 1),
        (1, 3, 0),
        (6, 2, 1),
    ]
    assert phrases.shares(units)[:5].tolist() == [1.0, 2.0, 1.0, 1.0, 0.0]


def test_phrases_of_a_possessive_and_of_numbers_are_found() -> None:
    units = units_of(["The mayor’s 12 boats.", "A mayor 7"])
    token, _, _ = Phrases(["mayor 0"], np.ones(1, dtype=np.float32)).find(units)
    assert units.batch.words(int(token[0]), int(token[0]) + 1) == ["mayor's"]
    assert len(token) == 2


def test_no_phrase_is_found_where_none_is_known(texts: list[str]) -> None:
    none = Phrases([], np.zeros(0, dtype=np.float32))
    assert not none.shares(units_of(texts)).any()
    assert [len(part) for part in none.find(units_of(texts))] == [0, 0, 0]
    some = Phrases(["old river"], np.ones(1, dtype=np.float32))
    assert [len(part) for part in some.find(units_of([]))] == [0, 0, 0]


@pytest.mark.parametrize("split", [False, True])
def test_neighbours_do_not_cross_a_unit(texts: list[str], split: bool) -> None:
    units = units_of(texts, split=split)
    values = np.arange(1, len(units.unit) + 1, dtype=np.float32)
    for offset in OFFSETS:
        found = shifted(values, offset, units.near[offset])
        for token, unit in enumerate(units.unit.tolist()):
            other = token + offset
            near = 0 <= other < len(values) and units.unit[other] == unit
            assert units.near[offset][token] == near
            assert found[token] == (values[other] if near else 0)


def test_sums_and_highest_values_are_those_of_each_unit(texts: list[str]) -> None:
    units = units_of(texts)
    values = np.random.default_rng(0).normal(size=len(units.unit))
    total, highest = units.sum(values), units.highest(values, -9.0)
    for number in range(units.n):
        inside = values[units.unit == number]
        assert total[number] == pytest.approx(inside.sum())
        assert highest[number] == (inside.max() if len(inside) else -9)
        words = units.batch.is_word[units.unit == number].sum()
        assert units.words[number] == max(words, 1)


def test_ngrams_are_different_and_know_the_edges() -> None:
    assert ngrams("ab") == ["_a", "ab", "b_", "_ab", "ab_", "_ab_"]
    assert len(ngrams("banana")) == len(set(ngrams("banana")))
    assert ngrams("x") == ["_x", "x_", "_x_"]


def features_of(texts: list[str]) -> WordFeatures:
    units = units_of(texts, split=True)
    matches = matches_of(LEXICONS, units.batch)
    counts = {normal(word): 2 for word in units.batch.folded}
    spellings = Spellings(counts, shipped_finder().weights.classes, None, least=2)  # type: ignore[arg-type]
    return WordFeatures(units, matches, spellings, keys_of(matches, LEXICONS))


def test_the_gradient_is_that_of_finite_differences() -> None:
    """The log-odds are linear in the weights, so one step along any direction tells exactly."""
    features = features_of(["Perhaps the regime fell. It may “fall” again, he said.", "Slaughter?", "Two words"])
    rng = np.random.default_rng(1)
    assert len(features.marks.data) > 0
    slope, weights = rng.normal(size=len(features.type)), rng.normal(size=features.size)
    gradient = features.backward(slope)
    assert gradient.shape == (features.size,)
    below = features.forward(weights) @ slope
    for _ in range(5):
        step = rng.normal(size=features.size)
        assert features.forward(weights + step) @ slope - below == pytest.approx(gradient @ step, rel=1e-8)
    # each block of weights, one at a time
    used = np.concatenate([rng.choice(np.flatnonzero(gradient), 40, replace=False), [features.size - 1]])
    for place in used.tolist():
        step = np.zeros(features.size)
        step[place] = 1
        assert features.forward(weights + step) @ slope - below == pytest.approx(gradient[place], abs=1e-8)
    never = np.flatnonzero(gradient == 0)[:5]
    step = np.zeros(features.size)
    step[never] = 1
    assert features.forward(weights + step) == pytest.approx(features.forward(weights))


def test_a_word_is_scored_the_same_whatever_stands_in_the_next_sentence() -> None:
    weights = np.random.default_rng(2).normal(size=features_of(["It may fall."]).size)
    with_more = features_of(["It may fall.", "It may fall."]).forward(weights)
    assert with_more[:4] == pytest.approx(features_of(["It may fall."]).forward(weights))
    assert with_more[4:] == pytest.approx(with_more[:4])
