"""The field expects what counting all sequences of labels expects, and learns."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from framing.classify._sequence import expect, fit
from framing.measures.attribution.finder import CUE, LABELS, OUTSIDE, SOURCE, Runs, decode, forbidden

_LENGTHS = np.array([3, 1, 4])
_FIRST = np.array([0, 3, 4])


def by_counting(
    scores: NDArray[np.float64], step: NDArray[np.float64], first: NDArray[np.float64], last: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Go through every sequence of labels for one sequence of tokens."""
    n = scores.shape[1]
    total, marginals, steps = 0.0, np.zeros_like(scores), np.zeros_like(step)
    begins, ends = np.zeros(n), np.zeros(n)
    for labels in product(range(n), repeat=len(scores)):
        score = first[labels[0]] + last[labels[-1]] + sum(scores[t, label] for t, label in enumerate(labels))
        score += sum(step[a, b] for a, b in pairwise(labels))
        weight = float(np.exp(score))
        total += weight
        for t, label in enumerate(labels):
            marginals[t, label] += weight
        for a, b in pairwise(labels):
            steps[a, b] += weight
        begins[labels[0]] += weight
        ends[labels[-1]] += weight
    return np.log(total), marginals / total, steps / total, begins / total, ends / total


@pytest.mark.parametrize("scale", [1.0, 8.0])
def test_forward_and_backward_expect_what_counting_expects(scale: float) -> None:
    random = np.random.default_rng(3)
    n = 3
    scores = random.normal(size=(int(_LENGTHS.sum()), n)) * scale
    step, first, last = random.normal(size=(n, n)), random.normal(size=n), random.normal(size=n)
    found = expect(scores, step, first, last, Runs(_FIRST, _LENGTHS))
    each = [
        by_counting(scores[low : low + length], step, first, last)
        for low, length in zip(_FIRST.tolist(), _LENGTHS.tolist(), strict=True)
    ]
    assert found.log_partition == pytest.approx(sum(one[0] for one in each))
    np.testing.assert_allclose(found.marginals, np.concatenate([one[1] for one in each]), atol=1e-9)
    for name, number in (("steps", 2), ("first", 3), ("last", 4)):
        np.testing.assert_allclose(getattr(found, name), sum(one[number] for one in each), atol=1e-9)


def test_log_partition_moves_as_the_marginals_say() -> None:
    """Its derivative by a score is the marginal: what the training steps rest on."""
    random = np.random.default_rng(5)
    scores, step = random.normal(size=(8, 4)), random.normal(size=(4, 4))
    first, last, runs = random.normal(size=4), random.normal(size=4), Runs(_FIRST, _LENGTHS)
    found = expect(scores, step, first, last, runs)
    for place in ((0, 0), (3, 2), (7, 1)):
        moved = scores.copy()
        moved[place] += 1e-5
        slope = (expect(moved, step, first, last, runs).log_partition - found.log_partition) / 1e-5
        assert slope == pytest.approx(found.marginals[place], abs=1e-4)


def toy() -> tuple[sparse.csr_matrix, NDArray[np.int64], NDArray[np.int64]]:
    """Return sequences of four tokens: a source of two, a cue, and one outside; a feature tells the first of each."""
    labels = np.tile([SOURCE, SOURCE + 1, CUE, OUTSIDE], 50).astype(np.int64)
    # feature 0 opens a source, 1 is shared by what follows, 2 is a cue, 3 noise
    noise = np.random.default_rng(0).integers(0, 2, len(labels))
    rows = np.stack([labels == SOURCE, np.isin(labels, [SOURCE + 1, OUTSIDE]), labels == CUE, noise == 1], axis=1)
    return sparse.csr_matrix(rows.astype(np.float32)), labels, np.arange(0, len(labels), 4)


def test_fitting_lowers_the_loss_and_learns_the_pattern() -> None:
    """One feature stands for two labels; only the order of labels tells them apart."""
    features, labels, first = toy()
    losses: list[float] = []
    found = fit(
        features, labels, first, forbidden=forbidden(), epochs=8, group=10, rate=0.3, penalty=0.01,
        progress=lambda _, loss: losses.append(loss),
    )  # fmt: skip
    assert len(losses) == 8
    assert losses[-1] < losses[0] / 4
    scores = np.asarray(features @ found.weights, dtype=np.float32)
    said = decode(scores, found.transitions, Runs(first, np.full(len(first), 4)))
    assert said.tolist() == labels.tolist()


def test_what_may_not_follow_stays_forbidden() -> None:
    features, labels, first = toy()
    found = fit(features, labels, first, forbidden=forbidden(), epochs=2)
    assert (found.transitions.step[forbidden()] < -1000).all()
    assert (found.transitions.step[~forbidden()] > -1000).all()
    inside = [number for number, name in enumerate(LABELS) if name.startswith("I-")]
    assert (found.transitions.first[inside] < -1000).all()


def test_the_same_seed_gives_the_same_field() -> None:
    features, labels, first = toy()
    one, same, other = (
        fit(features, labels, first, forbidden=forbidden(), epochs=2, group=8, seed=seed) for seed in (4, 4, 5)
    )
    assert np.array_equal(one.weights, same.weights)
    assert not np.array_equal(one.weights, other.weights)
