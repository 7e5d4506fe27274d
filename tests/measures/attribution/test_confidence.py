"""Each attribution has a confidence in [0, 1], worked out for all of a batch at once."""

from __future__ import annotations

import numpy as np
import pytest

from framing.corpus import Article
from framing.errors import InputError
from framing.measures.attribution import Attribution
from framing.measures.attribution._confidence import FEATURES, confidence, features, log_odds
from framing.measures.attribution.finder import LABELS, Labelled, Transitions
from framing.text import Batch, read

TEXTS = ("She said that it rains.\n\nWe know, he said, it pours.", "According to Ana Brook, no ferry sailed.")
_N = len(LABELS)


@pytest.fixture
def batch() -> Batch:
    return read([Article(str(number), text) for number, text in enumerate(TEXTS)])


def span(batch: Batch, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = batch.text.index(words, start + 1)
    return start, start + len(words)


@pytest.fixture
def found(batch: Batch) -> list[Attribution]:
    def of(words: str, nth: int = 0) -> tuple[int, int]:
        return span(batch, words, nth)

    return [
        Attribution(0, [of("She")], [of("said")], [of("that it rains")], rule="cue-first", entry="say"),
        Attribution(0, [of("he", 1)], [of("said", 1)], [of("We know"), of("it pours")], rule="cue-inside"),
        Attribution(1, [], [], [of("no ferry sailed")], rule="no-cue"),
    ]


@pytest.fixture
def transitions() -> Transitions:
    random = np.random.default_rng(1)
    step = random.normal(size=(_N, _N)).astype(np.float32)
    return Transitions(step, *random.normal(size=(2, _N)).astype(np.float32))


def labelled(batch: Batch, scale: float = 1.0) -> Labelled:
    random = np.random.default_rng(2)
    scores = (scale * random.normal(size=(len(batch), _N))).astype(np.float32)
    return Labelled(random.integers(0, _N, len(batch)).astype(np.int32), scores)


def test_log_odds_are_those_of_a_label_given_its_neighbours(batch: Batch, transitions: Transitions) -> None:
    """At the ends of a paragraph, given that it begins or ends there."""
    given = labelled(batch)
    labels, paragraph = given.labels.tolist(), batch.paragraph.tolist()
    tokens = np.arange(len(batch))
    found = log_odds(given, tokens, batch.paragraph, transitions)
    for token, label in enumerate(labels):
        row = given.scores[token].astype(float)
        opens = token == 0 or paragraph[token - 1] != paragraph[token]
        closes = token == len(labels) - 1 or paragraph[token + 1] != paragraph[token]
        row = row + (transitions.first if opens else transitions.step[labels[token - 1]])
        row = row + (transitions.last if closes else transitions.step[:, labels[token + 1]])
        share = np.exp(row[label]) / np.exp(row).sum()
        assert found[token] == pytest.approx(np.clip(np.log(share / (1 - share)), -7, 7), abs=1e-4)


def test_very_sure_and_very_unsure_stay_finite(batch: Batch, transitions: Transitions) -> None:
    found = log_odds(labelled(batch, 1e4), np.arange(len(batch)), batch.paragraph, transitions)
    assert np.isfinite(found).all()
    assert found.min() < -6
    assert found.max() > 6


def test_features_have_a_row_for_each_attribution_in_order(
    batch: Batch, found: list[Attribution], transitions: Transitions
) -> None:
    table = features(found, batch, labelled(batch), transitions)
    column = {name: table[:, number].tolist() for number, name in enumerate(FEATURES)}
    assert column["source pieces"] == [1, 1, 0]
    assert column["content pieces"] == [1, 2, 1]
    assert column["cue length"] == [pytest.approx(np.log(2)), pytest.approx(np.log(2)), 0]
    assert column["content length"] == pytest.approx([np.log(4), np.log(5), np.log(4)])
    assert column["known cue"] == [1, 0, 0]
    assert (column["cue-first"], column["cue-inside"], column["no-cue"]) == ([1, 0, 0], [0, 1, 0], [0, 0, 1])
    assert column["cue least"][2] == column["source mean"][2] == 0
    backwards = features(found[::-1], batch, labelled(batch), transitions)
    np.testing.assert_allclose(backwards[::-1], table)


def test_an_attribution_is_as_sure_as_its_ends(
    batch: Batch, found: list[Attribution], transitions: Transitions
) -> None:
    """The least of first, last and the token behind; a part at the end of the text has none behind."""
    given = labelled(batch)
    sure = log_odds(given, np.arange(len(batch)), batch.paragraph, transitions)
    table = features(found, batch, given, transitions)
    least = {name: table[:, number] for number, name in enumerate(FEATURES) if name.endswith("least")}
    said = batch.token_at(found[0].cue[0][0])
    assert least["cue least"][0] == pytest.approx(min(sure[said], sure[said + 1]))
    head = batch.token_at(found[2].content[0][0])
    assert least["content least"][2] == pytest.approx(min(sure[head], sure[head + 2], sure[head + 3]))


def test_confidence_is_a_probability(batch: Batch, found: list[Attribution], transitions: Transitions) -> None:
    random = np.random.default_rng(3)
    for scale in (0.1, 1e3):
        coefficients = random.normal(size=len(FEATURES) + 1) * scale
        sure = confidence(found, batch, labelled(batch), transitions, coefficients)
        assert sure.shape == (3,)
        assert ((sure >= 0) & (sure <= 1)).all()


def test_a_constant_alone_says_the_same_of_all(
    batch: Batch, found: list[Attribution], transitions: Transitions
) -> None:
    sure = confidence(found, batch, labelled(batch), transitions, np.zeros(1))
    assert sure.tolist() == [0.5, 0.5, 0.5]


@pytest.mark.parametrize("many", [len(FEATURES) + 1, 1])
def test_no_attributions_have_no_confidence(batch: Batch, transitions: Transitions, many: int) -> None:
    assert confidence([], batch, labelled(batch), transitions, np.zeros(many)).shape == (0,)


def test_coefficients_of_another_version_are_refused(batch: Batch, transitions: Transitions) -> None:
    with pytest.raises(InputError, match=f"2 coefficients of confidence; allowed are 1 and {len(FEATURES) + 1}"):
        confidence([], batch, labelled(batch), transitions, np.zeros(2))
