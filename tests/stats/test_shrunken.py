"""Shrinkage, the negative binomial model, influence of one article, and smoothing."""

from __future__ import annotations

import numpy as np
import pytest

from framing.errors import InternalError
from framing.stats import (
    Sums,
    design_effect,
    leave_one_out,
    matched,
    negative_binomial,
    permutation_p,
    rates,
    shares,
    shrunken,
    smoothed,
)


def test_small_groups_are_drawn_further() -> None:
    count, total = np.array([[8.0], [80.0], [20.0], [25.0]]), np.array([[1000.0], [10000.0], [10000.0], [10000.0]])
    found = shrunken(count, total)
    raw = count / total * 1000
    assert raw[0, 0] == raw[1, 0]
    assert found.value[0, 0] < found.value[1, 0] < raw[1, 0]
    assert found.value[2, 0] > raw[2, 0]
    assert (found.low < found.value).all()
    assert (found.value < found.high).all()
    assert (found.high - found.low)[0, 0] > (found.high - found.low)[1, 0]


def test_much_text_stays_where_it_is() -> None:
    count = np.array([[1000.0], [4000.0], [9000.0]])
    found = shrunken(count, np.full((3, 1), 1e6))
    assert found.value == pytest.approx(count / 1000, rel=0.02)


def test_two_groups_have_nothing_to_be_drawn_to() -> None:
    found = shrunken(np.array([[3.0], [5.0], [0.0]]), np.array([[1000.0], [1000.0], [0.0]]))
    assert np.isnan([found.value, found.low, found.high]).all()


def test_without_findings_the_rule_of_three_speaks_for_all() -> None:
    found = shrunken(np.zeros((3, 1)), np.full((3, 1), 1000.0))
    assert found.value.tolist() == found.low.tolist() == [[0.0]] * 3
    assert found.high == pytest.approx(1.0)


def test_shapes_that_do_not_fit_are_not_shrunken() -> None:
    with pytest.raises(InternalError, match="do not fit"):
        shrunken(np.zeros((3, 1)), np.zeros((2, 1)))


def test_shrunken_rates_cover_the_groups_own_and_lie_nearer_to_them() -> None:
    covered, nearer, raw = [], [], []
    for draw in range(25):
        rng = np.random.default_rng([1, draw])
        sizes = rng.integers(5, 100, 12)
        group = np.repeat(np.arange(12), sizes)
        words = np.round(np.exp(rng.normal(6, 1, group.size))) + 30
        true = 2 * rng.gamma(8, 1 / 8, (12, 20))
        counts = rng.poisson(words[:, np.newaxis] / 1000 * true[group] * rng.gamma(1, 1, (group.size, 20)))
        sums = Sums.of(counts, words, group, total_of=np.zeros(20))
        count = np.stack([counts[group == number].sum(axis=0) for number in range(12)])
        total = np.repeat(np.bincount(group, words)[:, np.newaxis], 20, axis=1)
        found = shrunken(count, total, design=design_effect(sums))
        covered.append(np.mean((found.low <= true) & (true <= found.high)))
        nearer.append(np.mean((found.value - true) ** 2))
        raw.append(np.mean((count / total * 1000 - true) ** 2))
    assert 0.91 <= np.mean(covered) <= 0.97
    assert np.mean(nearer) < 0.8 * np.mean(raw)


def test_independent_findings_have_no_design_effect_and_clumped_ones_have() -> None:
    rng = np.random.default_rng(0)
    words, group = np.full(600, 1000.0), np.repeat([0, 1, 2], 200)
    clumps = rng.gamma(1, 1, 600)
    counts = np.stack([rng.poisson(5, 600), rng.poisson(5 * clumps)], axis=1)
    effect = design_effect(Sums.of(counts, words, group, total_of=[0, 0]))
    assert effect[:, 0] == pytest.approx(1, abs=0.15)
    # 1 + phi m with phi = 1 and five findings in an article
    assert effect[:, 1] == pytest.approx(6, rel=0.2)


def test_negative_binomial_covers_the_ratio() -> None:
    hits = []
    for draw in range(300):
        rng = np.random.default_rng([2, draw])
        mine = np.repeat([True, False], [30, 100])
        words = np.round(np.exp(rng.normal(6, 1, 130))) + 30
        counts = rng.poisson(words / 1000 * np.where(mine, 6, 3) * rng.gamma(1, 1, 130))
        found = negative_binomial(counts, words, mine)
        hits.append(found.low <= 2 <= found.high)
    assert 0.92 <= np.mean(hits) <= 0.98


def test_negative_binomial_knows_poisson_counts() -> None:
    rng = np.random.default_rng(3)
    mine = np.arange(800) < 400
    counts = rng.poisson(np.where(mine, 6, 4))
    found = negative_binomial(counts, np.full(800, 500), mine)
    assert found.dispersion < 0.05
    assert found.ratio == pytest.approx(counts[:400].sum() / counts[400:].sum(), rel=1e-6)
    assert found.p < 1e-6


def test_one_long_article_does_not_decide_the_model_as_it_does_the_ratio_of_sums() -> None:
    rng = np.random.default_rng(7)
    words, mine = np.repeat([20_000, 500], [1, 59]), np.arange(60) < 30
    counts = np.append(200, rng.poisson(1.5 * rng.gamma(2, 0.5, 59)))
    sums_ratio = counts[mine].sum() / words[mine].sum() / (counts[~mine].sum() / words[~mine].sum())
    found = negative_binomial(counts, words, mine)
    assert sums_ratio > 2
    assert found.ratio < 1.5
    assert found.low < 1 < found.high


@pytest.mark.parametrize(
    ("counts", "words", "note"),
    [
        ([0, 0, 3, 4], [10, 10, 10, 10], "no findings in the group"),
        ([2, 1, 0, 0], [10, 10, 10, 10], "no findings in the others"),
        ([2, 1, 3, 4], [10, 0, 10, 10], "fewer than two articles with words in the group"),
    ],
)
def test_negative_binomial_says_why_it_has_no_estimate(counts: list[int], words: list[int], note: str) -> None:
    found = negative_binomial(counts, words, [True, True, False, False])
    assert found.note == note
    assert np.isnan([found.dispersion, found.ratio, found.low, found.high, found.p]).all()


def test_the_article_that_carries_a_difference_is_named() -> None:
    counts = np.array([2, 30, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
    sums = Sums.of(counts, np.full(12, 500), np.repeat([1, 0], 6))
    found = leave_one_out(sums, group=1, measure=0)
    assert found.row == 1
    assert found.ratio == pytest.approx(1)
    assert found.low < 1 < found.high


def test_an_article_of_the_others_can_carry_a_difference_too() -> None:
    sums = Sums.of([2, 2, 2, 2, 40, 2], np.full(6, 500), np.repeat([0, 1], 3))
    assert leave_one_out(sums, group=0, measure=0).row == 4


def test_influence_is_what_estimating_without_the_row_gives() -> None:
    rng = np.random.default_rng(4)
    words = rng.integers(100, 900, 50)
    group = np.repeat([0, 1, 2], [15, 15, 20])
    counts = rng.poisson(words * np.where(group == 0, 0.02, 0.01))
    found = leave_one_out(Sums.of(counts, words, group), group=0, measure=0, reference=2)
    assert group[found.row] != 1
    keep = np.arange(50) != found.row
    without = rates(Sums.of(counts[keep], words[keep], group[keep]), contrasts=True, reference=2).contrasts
    assert without is not None
    assert found.ratio == pytest.approx(without.ratio[0, 0])
    every = []
    for row in np.flatnonzero(group != 1):
        keep = (np.arange(50) != row) & (group != 1)
        own, rest = keep & (group == 0), keep & (group == 2)
        logs = [np.log((counts[side].sum() + 0.5) / words[side].sum()) for side in (own, rest)]
        every.append((logs[0] - logs[1], row))
    assert min(every)[1] == found.row


def test_too_few_articles_have_no_influence() -> None:
    found = leave_one_out(Sums.of([1, 2, 3], [10, 10, 10], [0, 1, 1]), group=0, measure=0)
    assert found.row == -1
    assert np.isnan([found.ratio, found.low, found.high]).all()
    with pytest.raises(InternalError, match="no contrast of group 1"):
        leave_one_out(Sums.of([1, 2], [10, 10], [0, 1]), group=1, measure=0, reference=1)


def test_a_steady_rate_stays_what_it_is() -> None:
    period = np.repeat(np.arange(10), 4)
    found = smoothed(np.full(40, 3), np.full(40, 1000), period, np.zeros(40), n_periods=10, n_groups=1, bandwidth=1.5)
    assert found.value[:, 0] == pytest.approx(3.0)
    assert (found.low[:, 0] < 3).all()
    assert (found.high[:, 0] > 3).all()
    assert found.bandwidth == 1.5


def test_smoothing_weighs_periods_by_their_words() -> None:
    found = smoothed([10, 0], [1000, 9000], [0, 1], [0, 0], n_periods=2, n_groups=1, bandwidth=1.0)
    weight = np.exp(-0.5)
    assert found.value[0, 0] == pytest.approx(1000 * 10 / (1000 + weight * 9000))


def test_where_a_group_has_no_words_near_nothing_is_drawn() -> None:
    found = smoothed([1, 2, 2], [500, 500, 500], [0, 0, -1], [0, 0, 1], n_periods=12, n_groups=2, bandwidth=1.0)
    assert (~np.isnan(found.value[:, 0])).tolist() == [True] * 3 + [False] * 9
    assert np.isnan(found.value[:, 1]).all()


def test_a_trend_has_a_narrow_bandwidth_and_noise_a_wide_one() -> None:
    rng = np.random.default_rng(5)
    period, words = np.repeat(np.arange(40), 10), np.full(400, 1000.0)
    zeros = np.zeros(400)
    steps = rng.poisson(np.where(period // 4 % 2 == 0, 10, 1))
    flat = rng.poisson(4, 400)
    narrow, wide = (smoothed(c, words, period, zeros, n_periods=40, n_groups=1, resamples=50) for c in (steps, flat))
    assert narrow.bandwidth <= 1
    assert wide.bandwidth == 4


def test_smoothed_intervals_cover_the_smoothed_rate() -> None:
    covered = []
    for draw in range(30):
        rng = np.random.default_rng([6, draw])
        period, group = rng.integers(0, 36, 600), rng.integers(0, 2, 600)
        words = np.round(np.exp(rng.normal(6, 1, 600))) + 30
        true = (3 + 2 * np.sin(np.arange(36) / 4))[period]
        counts = rng.poisson(words * true / 1000 * rng.gamma(1, 1, 600))
        found = smoothed(counts, words, period, group, n_periods=36, n_groups=2, resamples=300, seed=draw)
        kernel = np.exp(-(((np.arange(36)[:, np.newaxis] - period) / found.bandwidth) ** 2) / 2) * words
        for number in (0, 1):
            mine = kernel * (group == number)
            expected = mine @ true / mine.sum(axis=1)
            covered.append(np.mean((found.low[:, number] <= expected) & (expected <= found.high[:, number])))
    assert 0.92 <= np.mean(covered) <= 0.98


def test_a_bandwidth_of_nothing_is_refused() -> None:
    with pytest.raises(InternalError, match="bandwidth must be above 0"):
        smoothed([1], [1], [0], [0], n_periods=1, n_groups=1, bandwidth=0.0)
    with pytest.raises(InternalError, match="periods must lie in -1 to 0"):
        smoothed([1], [1], [1], [0], n_periods=1, n_groups=1)


def test_odd_tables_raise_no_warning_and_hold_their_values() -> None:
    """A handful of articles, mostly empty, one group missing: warnings are errors here."""
    for draw in range(60):
        rng = np.random.default_rng([8, draw])
        n = int(rng.integers(1, 9))
        words = rng.integers(0, 3, (n, 2)) * rng.integers(1, 2000, (n, 2))
        counts = np.minimum(rng.poisson(0.7, (n, 3)) * rng.integers(0, 40, (n, 3)), words[:, [0, 1, 1]])
        group, stratum = rng.integers(0, 3, n), rng.integers(-1, 3, n)
        sums = Sums.of(counts, words, group, n_groups=4, total_of=[0, 1, 1])
        for reference in (None, 1):
            found = rates(sums, resamples=30, contrasts=True, reference=reference)
            parts = shares(sums, resamples=30, contrasts=True, reference=reference)
            within = matched(sums, stratum, resamples=30, permutations=9, reference=reference)
            topics = matched(sums, stratum, resamples=30, permutations=0, reference=reference, fixed=True)
            for kind in ("rate", "share", "mean"):
                permutation_p(sums, permutations=9, seed=0, kind=kind, reference=reference)
            for estimates in (found, parts, within, topics):
                known = ~np.isnan(estimates.low)
                assert (estimates.low[known] <= estimates.value[known]).all()
                assert (estimates.value[known] <= estimates.high[known]).all()
        shrunken(found.count, found.total, design=design_effect(sums))
        leave_one_out(sums, group=0, measure=1, resamples=30)
        negative_binomial(counts[:, 0], words[:, 0], group == 0)
        smoothed(counts[:, 0], words[:, 0], stratum, group, n_periods=3, n_groups=4, resamples=30)
