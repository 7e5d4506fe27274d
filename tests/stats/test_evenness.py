"""Pielou's index and its interval."""

from __future__ import annotations

import numpy as np
import pytest

from framing.errors import InternalError
from framing.stats import evenness, pielou


def test_the_index_is_one_of_equal_shares_and_nought_of_one_kind() -> None:
    assert pielou([5, 5]) == pytest.approx(1)
    assert pielou([3, 3, 3, 3]) == pytest.approx(1)
    assert pielou([7, 0]) == 0
    assert pielou([7]) == 0
    assert np.isnan(pielou([0, 0]))


def test_the_index_does_not_depend_on_size_or_order() -> None:
    assert pielou([1, 2, 3]) == pytest.approx(pielou([30, 10, 20]))
    assert pielou([[8, 2], [2, 8]]).tolist() == pytest.approx([0.7219, 0.7219], abs=1e-4)


def test_groups_are_estimated_apart_with_the_same_draws_for_the_same_seed() -> None:
    rng = np.random.default_rng(1)
    counts, group = rng.poisson([4, 2, 1], (40, 1, 3)), np.repeat([0, 1], 20)
    first, again, other = (evenness(counts, group, n_groups=2, resamples=200, seed=s) for s in (3, 3, 4))
    assert first.value[:, 0] == pytest.approx(pielou([counts[:20, 0].sum(axis=0), counts[20:, 0].sum(axis=0)]))
    assert (first.low == again.low).all()
    assert (first.low != other.low).any()
    assert first.total[:, 0].tolist() == [counts[:20].sum(), counts[20:].sum()]


def test_one_article_has_no_interval_and_none_has_no_value() -> None:
    found = evenness([[[3, 1]]], [0], n_groups=2)
    assert found.value[0, 0] > 0
    assert np.isnan([found.low[0, 0], found.high[0, 0], found.value[1, 0]]).all()


def test_one_kind_in_few_articles_leaves_room_for_others() -> None:
    few, many = (evenness(np.tile([1, 0], (n, 1, 1)), np.zeros(n), n_groups=1, resamples=100) for n in (5, 500))
    assert few.value[0, 0] == many.value[0, 0] == few.low[0, 0] == 0
    assert few.high[0, 0] > 0.9
    assert many.high[0, 0] < 0.1
    rest = 1 - 0.05 ** (1 / 500)
    assert many.high[0, 0] == pytest.approx(pielou([1 - rest, rest]))


@pytest.mark.parametrize("shares", [[0.5, 0.5], [0.6, 0.3, 0.1], [0.25, 0.25, 0.25, 0.25]])
def test_the_interval_covers_an_index_of_clustered_articles(shares: list[float]) -> None:
    rng, kinds, hits = np.random.default_rng(0), len(shares), 0
    for _ in range(100):
        sizes = 1 + rng.negative_binomial(1.5, 0.23, 20)
        drawn = rng.dirichlet(np.array(shares) * 2 * kinds, 20)
        counts = np.stack([rng.multinomial(size, p) for size, p in zip(sizes, drawn, strict=True)])
        found = evenness(counts[:, np.newaxis], np.zeros(20), n_groups=1, resamples=200)
        hits += found.low[0, 0] <= pielou(shares) + 1e-12 and pielou(shares) <= found.high[0, 0] + 1e-12
    assert hits >= 90


def test_counts_without_kinds_are_refused() -> None:
    with pytest.raises(InternalError, match=r"shape \(N, K, S\)"):
        evenness([1, 2], [0, 0], n_groups=1)


def test_wholes_are_estimated_apart_as_if_alone() -> None:
    rng = np.random.default_rng(2)
    counts = rng.poisson(3, (15, 2, 3))
    both = evenness(counts, np.zeros(15), n_groups=1, resamples=200)
    for place in (0, 1):
        alone = evenness(counts[:, [place]], np.zeros(15), n_groups=1, resamples=200)
        assert both.low[0, place] == pytest.approx(alone.low[0, 0])
        assert both.high[0, place] == pytest.approx(alone.high[0, 0])
