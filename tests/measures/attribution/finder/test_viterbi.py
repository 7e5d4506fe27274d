"""The decoder finds the best of all sequences of labels."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from framing.measures.attribution.finder import FORBIDDEN, LABELS, Runs, Transitions, decode, forbidden


def transitions(random: np.random.Generator) -> Transitions:
    n = len(LABELS)
    step = random.normal(size=(n, n)).astype(np.float32)
    first, last = random.normal(size=(2, n)).astype(np.float32)
    step[forbidden()] = FORBIDDEN
    first[2::2] = FORBIDDEN
    return Transitions(step, first, last)


@pytest.mark.parametrize("seed", range(4))
def test_decoding_finds_the_best_sequence(seed: int) -> None:
    """Sequences of several lengths are decoded side by side, each as if it were alone."""
    random = np.random.default_rng(seed)
    length = np.array([2, 4, 1, 3])
    first = np.cumsum(length) - length
    scores = (2 * random.normal(size=(int(length.sum()), len(LABELS)))).astype(np.float32)
    found = transitions(random)
    said = decode(scores, found, Runs(first, length))
    for low, many in zip(first.tolist(), length.tolist(), strict=True):
        assert tuple(said[low : low + many].tolist()) == best(scores[low : low + many], found)


def best(scores: np.ndarray, found: Transitions) -> tuple[int, ...]:
    def score(labels: tuple[int, ...]) -> float:
        total = float(found.first[labels[0]] + found.last[labels[-1]])
        total += sum(float(scores[t, label]) for t, label in enumerate(labels))
        return total + sum(float(found.step[a, b]) for a, b in pairwise(labels))

    return max(product(range(len(LABELS)), repeat=len(scores)), key=score)


def test_nothing_goes_on_that_has_not_begun() -> None:
    """However good its score."""
    scores = np.zeros((6, len(LABELS)), dtype=np.float32)
    scores[:, 2::2] = 50.0
    found = transitions(np.random.default_rng(9))
    said = decode(scores, found, Runs(np.array([0]), np.array([6]))).tolist()
    for before, label in zip([0, *said], said, strict=False):
        assert label == 0 or label % 2 or before in (label - 1, label)


def test_no_tokens_have_no_labels() -> None:
    none = np.zeros(0, dtype=np.int64)
    scores = np.zeros((0, len(LABELS)), dtype=np.float32)
    assert decode(scores, transitions(np.random.default_rng(0)), Runs(none, none)).tolist() == []
