"""Confidence is fitted to what was right, and its calibration is measured in bins."""

from __future__ import annotations

import numpy as np
import pytest

from framing.classify._confidence import calibration, fit_confidence
from framing.measures.attribution._confidence import probability


def test_coefficients_count_in_the_units_of_the_features() -> None:
    """A feature of large numbers, one that says nothing, and one that never changes."""
    random = np.random.default_rng(0)
    signal = random.normal(300, 100, size=4000)
    right = random.random(4000) < 1 / (1 + np.exp(-(signal - 300) / 50))
    columns = np.column_stack([signal, random.normal(size=4000), np.ones(4000)])
    found = fit_confidence(columns, right)
    assert found[0] == pytest.approx(1 / 50, rel=0.1)
    assert abs(found[1]) < 0.1
    sure = probability(columns, found)
    measured = calibration(sure, right)
    assert measured is not None
    assert measured.error < 0.03
    assert measured.brier < 0.75 * measured.spread


@pytest.mark.parametrize(("right", "share"), [([True] * 8, 0.9), ([False] * 8, 0.1), ([], 0.5)])
def test_without_both_outcomes_only_the_constant_is_fitted(right: list[bool], share: float) -> None:
    found = fit_confidence(np.ones((len(right), 2)), np.array(right, dtype=np.bool_))
    assert probability(np.zeros((1, 0)), found) == pytest.approx(share)


def test_calibration_is_the_difference_in_each_bin_weighted() -> None:
    found = calibration([0.95, 0.95, 0.95, 0.25], np.array([True, True, False, False]))
    assert found is not None
    assert [(one.n, one.confidence) for one in found.bins] == [(1, 0.25), (3, pytest.approx(0.95))]
    assert found.error == pytest.approx((3 * (0.95 - 2 / 3) + 0.25) / 4)
    assert found.brier == pytest.approx((2 * 0.05**2 + 0.95**2 + 0.25**2) / 4)
    assert found.spread == pytest.approx(0.25)


def test_full_confidence_stands_in_the_last_bin() -> None:
    found = calibration([1.0, 0.0], np.array([True, False]))
    assert found is not None
    assert (found.n, found.error, len(found.bins)) == (2, 0.0, 2)


def test_nothing_has_no_calibration() -> None:
    assert calibration([], np.zeros(0, dtype=np.bool_)) is None
