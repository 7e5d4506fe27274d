"""Thresholds and calibration: the best that a slow search finds."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from framing.classify._decisions import best_threshold, calibrated, expected_threshold, log_odds


def probabilities(seed: int, *, rounded: bool) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    chance = rng.uniform(0.02, 0.98, 80)
    return np.round(chance, 1) if rounded else chance, rng.random(80) < chance


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_the_best_threshold_has_the_highest_f1(seed: int, rounded: bool) -> None:
    """Also where many probabilities are equal, which no threshold can tell apart."""
    chance, label = probabilities(seed, rounded=rounded)
    found = f1_score(label, chance >= best_threshold(chance, label))
    assert found == pytest.approx(max(f1_score(label, chance >= one, zero_division=0) for one in [*chance, 1.0]))


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_the_expected_threshold_has_the_highest_f1_to_expect(seed: int, rounded: bool) -> None:
    chance, _ = probabilities(seed, rounded=rounded)

    def expected(threshold: float) -> float:
        said = chance >= threshold
        return float(2 * chance[said].sum() / (said.sum() + chance.sum()))

    assert expected(expected_threshold(chance)) == pytest.approx(max(map(expected, chance)))


def test_a_threshold_is_between_two_probabilities_and_away_from_the_ends() -> None:
    assert best_threshold(np.array([0.9, 0.3, 0.7]), np.array([True, False, True])) == pytest.approx(0.5)
    assert best_threshold(np.array([1.0, 1.0]), np.array([True, True])) == 0.99
    assert expected_threshold(np.zeros(3) + 1e-6) == 0.01


def test_ties_with_lists_do_not_move_the_threshold_above_them() -> None:
    """What lists mark has the probability 1, in any order."""
    chance = np.array([1.0] * 4 + [0.6, 0.5, 0.1])
    label = np.array([True, True, False, True, True, False, False])
    assert best_threshold(chance, label) == pytest.approx(0.55)


def test_calibration_finds_the_line_that_scores_were_bent_by() -> None:
    rng = np.random.default_rng(0)
    true = rng.normal(0, 2, 20_000)
    label = rng.random(len(true)) < 1 / (1 + np.exp(-true))
    slope, intercept = calibrated((true - 1) * 4, label)
    assert slope == pytest.approx(0.25, abs=0.01)
    assert intercept == pytest.approx(1.0, abs=0.1)


def test_log_odds_are_those_of_a_probability() -> None:
    assert log_odds(0.5) == 0
    assert 1 / (1 + np.exp(-log_odds(0.2))) == pytest.approx(0.2)
