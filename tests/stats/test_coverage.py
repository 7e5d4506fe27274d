"""Simulations: what an interval promises, it keeps."""

from __future__ import annotations

import numpy as np
import pytest

from framing.stats import Sums, means, permutation_p, rates, shares

RUNS = 400


def _words(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Lengths as in news: the longest of thirty articles has forty times the words of the shortest."""
    return np.maximum(30, np.round(np.exp(rng.normal(6.3, 0.9, shape))))


def _findings(rng: np.random.Generator, words: np.ndarray, rate: float, spread: float) -> np.ndarray:
    """Overdispersed counts: the rate of an article varies around `rate` per 1,000 words."""
    return rng.poisson(rate / 1000 * words * rng.gamma(1 / spread**2, spread**2, words.shape))


@pytest.mark.parametrize(("n", "rate", "spread"), [(15, 5.0, 0.7), (30, 1.0, 1.0), (80, 5.0, 0.7), (60, 0.3, 0.7)])
def test_rate_intervals_cover_about_95_percent(n: int, rate: float, spread: float) -> None:
    """Each simulated sample is a group of its own, so that one call makes all intervals."""
    rng = np.random.default_rng(n)
    words = _words(rng, (RUNS, n))
    counts = _findings(rng, words, rate, spread)
    found = rates(Sums.of(counts.ravel(), words.ravel(), np.repeat(np.arange(RUNS), n)), resamples=400)
    covered = np.mean((found.low <= rate) & (rate <= found.high))
    assert 0.92 <= covered <= 0.985


def test_share_intervals_cover_about_95_percent() -> None:
    """Attributions of one article tend to the same side."""
    rng = np.random.default_rng(5)
    n, share = 25, 0.3
    totals = rng.poisson(6, (RUNS, n))
    counts = rng.binomial(totals, rng.beta(2 * share, 2 * (1 - share), (RUNS, n)))
    found = shares(Sums.of(counts.ravel(), totals.ravel(), np.repeat(np.arange(RUNS), n)), resamples=400)
    assert 0.925 <= np.mean((found.low <= share) & (share <= found.high)) <= 0.985


def test_mean_intervals_cover_about_95_percent() -> None:
    rng = np.random.default_rng(6)
    n = 25
    values = rng.normal(50, 10, (RUNS, n)).ravel()[:, np.newaxis]
    found = means(values, np.repeat(np.arange(RUNS), n), n_groups=RUNS, resamples=400)
    assert 0.925 <= np.mean((found.low <= 50) & (found.high >= 50)) <= 0.985


def test_intervals_of_ratio_and_difference_cover_about_95_percent() -> None:
    """Measures of one set of articles are drawn independently: one call makes all intervals."""
    rng = np.random.default_rng(8)
    n, m = 30, 90
    words = _words(rng, (n + m,))
    group = np.repeat([0, 1], [n, m])
    wide = np.repeat(words[:, np.newaxis], RUNS, axis=1)
    counts = _findings(rng, wide, 2.0, 0.8)
    counts[:n] += _findings(rng, wide[:n], 2.0, 0.8)
    sums = Sums.of(counts, words, group, total_of=np.zeros(RUNS))
    found = rates(sums, resamples=400, contrasts=True).contrasts
    assert found is not None
    assert 0.92 <= np.mean((found.ratio_low[0] <= 2) & (found.ratio_high[0] >= 2)) <= 0.985
    assert 0.91 <= np.mean((found.difference_low[0] <= 2) & (found.difference_high[0] >= 2)) <= 0.985


@pytest.mark.parametrize(("rate", "shorter"), [(5.0, 1), (0.5, 1), (5.0, 5)])
def test_p_values_are_uniform_where_nothing_differs(rate: float, shorter: int) -> None:
    """Even where one side writes articles a fifth as long: length is not a difference in rates."""
    rng = np.random.default_rng(9)
    n, m, measures = 30, 120, 1000
    lengths = np.repeat([500 // shorter, 500], [n, m])[:, np.newaxis]
    words = np.maximum(30, np.round(lengths * np.exp(rng.normal(0, 0.9, (n + m, measures)))))
    counts = _findings(rng, words, rate, 1.0)
    sums = Sums.of(counts, words, np.repeat([0, 1], [n, m]), total_of=np.arange(measures))
    p = permutation_p(sums, permutations=299, seed=1)[0]
    for level in (0.05, 0.1, 0.5):
        error = 3.5 * np.sqrt(level * (1 - level) / measures)
        assert abs(np.mean(p <= level) - level) <= error
