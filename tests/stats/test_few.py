"""Rates and shares of cells and groups with a handful of articles."""

from __future__ import annotations

import numpy as np
import pytest

from framing.errors import InternalError
from framing.stats import Sums, bounds_of_few, rates, shares


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


@pytest.mark.parametrize(
    ("sizes", "true"),
    [((4, 4, 4), (3.0, 3.0, 3.0)), ((4, 4, 4), (3.0, 15.0, 15.0)), ((5,) * 12, (20.0,) * 12), ((2, 100), (10.0, 10.0))],
)
def test_groups_of_two_to_nine_articles_borrow_and_are_covered(sizes: tuple[int, ...], true: tuple[float, ...]) -> None:
    group, hits, highest = np.repeat(np.arange(len(sizes)), sizes), [], []
    for draw in range(20 if len(sizes) < 12 else 8):
        rng = np.random.default_rng([22, draw])
        words = np.maximum(30, np.round(np.exp(rng.normal(6, 1, group.size))))
        mean = words * np.array(true)[group] / 1000
        counts = rng.poisson(mean[:, np.newaxis] * rng.gamma(1, 1, (group.size, 50)))
        found = rates(Sums.of(counts, words, group, total_of=np.zeros(50)), resamples=30, contrasts=True)
        against = found.contrasts
        assert against is not None
        parts = [(found.low[0], found.high[0], true[0])]
        parts.append((against.ratio_low[0], against.ratio_high[0], true[0] / true[1]))
        parts.append((against.difference_low[0], against.difference_high[0], true[0] - true[1]))
        hits.append([np.mean((low <= truth) & (truth <= high)) for low, high, truth in parts])
        highest.append(np.median(found.high[0]))
    covered = np.mean(hits, axis=0)
    assert all(0.92 <= part <= 0.98 for part in covered), covered
    # by themselves four articles would reach to 35 times the rate
    assert np.mean(highest) < 13 * true[0]


def test_shares_of_few_articles_borrow_and_are_covered() -> None:
    group, hits, width = np.repeat(np.arange(3), 4), [], []
    for draw in range(20):
        rng = np.random.default_rng([23, draw])
        words = np.maximum(30, np.round(np.exp(rng.normal(6, 1, 12))))
        wholes = rng.poisson(np.repeat(words[:, np.newaxis] / 60, 50, axis=1))
        counts = rng.binomial(wholes, rng.beta(0.6, 1.4, wholes.shape))
        found = shares(Sums.of(counts, wholes, group, total_of=np.arange(50)), resamples=30)
        hits.append(np.mean(((found.low <= 0.3) & (found.high >= 0.3))[~np.isnan(found.low)]))
        width.append(np.nanmedian(found.high - found.low))
    assert 0.93 <= np.mean(hits) <= 0.98
    # by themselves they would reach from nearly nothing to nearly all
    assert np.mean(width) < 0.65


def test_what_few_articles_say_has_a_use_beside_others() -> None:
    counts, words = [1, 0, 1, 0, 4, 2, 3, 3, 6, 9, 4, 5], np.full(12, 220)
    found = rates(Sums.of(counts, words, np.repeat([0, 1, 2], 4)))
    alone = rates(Sums.of(counts[:4], words[:4], np.zeros(4)))
    assert 0 < found.low[0, 0] < found.value[0, 0] < found.high[0, 0] < 10
    assert found.value[0, 0] == alone.value[0, 0]
    assert found.high[0, 0] < alone.high[0, 0]


def test_one_article_borrows_nothing_and_ten_need_nothing() -> None:
    rng = np.random.default_rng(3)
    group = np.repeat([0, 1, 2], [1, 10, 4])
    words, counts = rng.integers(200, 900, 15), rng.poisson(4, 15)
    found = rates(Sums.of(counts, words, group), seed=2)
    assert np.isnan(found.low[0, 0])
    large = group == 1
    apart = rates(Sums.of(counts[large], words[large], group[large], n_groups=3), seed=2)
    assert (found.low[1, 0], found.high[1, 0]) == (apart.low[1, 0], apart.high[1, 0])
