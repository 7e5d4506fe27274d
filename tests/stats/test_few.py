"""Rates of cells with a handful of articles."""

from __future__ import annotations

import numpy as np
import pytest

from framing.errors import InternalError
from framing.stats import Sums, bounds_of_few, rates


@pytest.mark.parametrize(
    ("size", "rate", "differ"), [(2, 3.0, 0.0), (3, 10.0, 0.5), (5, 3.0, 0.0), (9, 10.0, 0.0), (9, 1.0, 0.0)]
)
def test_cells_of_two_to_nine_articles_are_covered_and_their_bounds_have_a_use(
    size: int, rate: float, differ: float
) -> None:
    hits, widest = [], 0.0
    for draw in range(10):
        rng = np.random.default_rng([21, draw])
        cell = np.repeat(np.arange(100), size)
        words = np.maximum(30, np.round(np.exp(rng.normal(6, 1, cell.size))))
        true = rate * np.exp(rng.normal(0, differ, 100))
        counts = rng.poisson(words / 1000 * true[cell] * rng.gamma(1, 1, cell.size))
        low, high = bounds_of_few(Sums.of(counts, words, cell % 2), cell, n_cells=100)
        hits.append((low[:, 0] <= true) & (true <= high[:, 0]))
        widest = max(widest, float(high.max()))
    assert 0.93 <= np.mean(hits) <= 0.985
    assert widest < 40 * rate


def test_alike_articles_have_the_bounds_of_a_poisson_count() -> None:
    sums = Sums.of(np.full(8, 3), np.full(8, 1000), np.zeros(8))
    low, high = bounds_of_few(sums, np.repeat(np.arange(4), 2), n_cells=5)
    assert low[:4, 0] == pytest.approx(low[0, 0])
    assert (low[0, 0], high[0, 0]) == pytest.approx((2.502 / 2, 12.37 / 2), rel=0.01)
    assert np.isnan([low[4, 0], high[4, 0]]).all()


def test_a_cell_without_findings_is_less_sure_where_findings_come_in_clumps() -> None:
    words, cell = np.full(12, 1000), np.repeat(np.arange(6), 2)
    even = bounds_of_few(Sums.of([0, 0, *[5] * 10], words, np.zeros(12)), cell, n_cells=6)[1]
    clumped = bounds_of_few(Sums.of([0, 0, *[0, 10] * 5], words, np.zeros(12)), cell, n_cells=6)[1]
    assert even[0, 0] >= 1.5
    assert clumped[0, 0] > 2 * even[0, 0]
    # by itself it would take itself to be without clumps
    assert rates(Sums.of([0, 0], [1000, 1000], [0, 0])).high[0, 0] == pytest.approx(1.5)


def test_cells_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InternalError, match=r"cells \(1,\) and groups \(2,\)"):
        bounds_of_few(Sums.of([1, 2], [10, 10], [0, 0]), np.array([0]), n_cells=1)
