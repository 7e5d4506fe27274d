"""Rates, shares and means in cases that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from framing.errors import InternalError
from framing.stats import Estimate, Sums, means, rates, shares
from framing.stats import _ratio as ratio_module
from framing.stats import _resample as resample_module
from framing.stats._interval import studentised


@pytest.fixture
def sums() -> Sums:
    """Give three groups of unequal size, five measures, two of them with words of their own."""
    rng = np.random.default_rng(2)
    words = rng.integers(50, 900, (120, 2))
    total_of = np.array([0, 0, 1, 1, 0])
    counts = rng.poisson(words[:, total_of] * 0.004)
    return Sums.of(counts, words, np.repeat([0, 1, 2], [20, 30, 70]), total_of=total_of)


def test_rate_is_the_ratio_of_sums_not_the_mean_of_ratios() -> None:
    found = rates(Sums.of([1, 9], [100, 900], [0, 0]))
    assert found.value[0, 0] == 10.0
    assert found.at(0, 0) == Estimate(10.0, found.low[0, 0], found.high[0, 0], 2, 1000)


def test_interval_holds_the_value(sums: Sums) -> None:
    found = rates(sums)
    assert (found.low < found.value).all()
    assert (found.value < found.high).all()


def test_no_findings_leave_three_in_all_words_possible() -> None:
    found = rates(Sums.of([0, 0, 0], [500, 200, 300], [0, 0, 0]))
    assert (found.value[0, 0], found.low[0, 0]) == (0.0, 0.0)
    assert found.high[0, 0] == pytest.approx(1000 * 3.0 / 1000)


def test_one_article_has_a_value_and_no_bounds() -> None:
    found = rates(Sums.of([2], [1000], [0]))
    assert found.value[0, 0] == 2.0
    assert np.isnan([found.low[0, 0], found.high[0, 0]]).all()


def test_no_words_have_no_value() -> None:
    found = rates(Sums.of([0, 0, 3, 1], [0, 0, 100, 200], [0, 0, 1, 1]), contrasts=True)
    assert np.isnan([found.value[0, 0], found.low[0, 0], found.high[0, 0]]).all()
    assert found.contrasts is not None
    assert np.isnan(found.contrasts.ratio).all()
    assert np.isnan(found.contrasts.difference).all()


def test_a_group_without_articles_has_no_value() -> None:
    found = rates(Sums.of([1, 2], [100, 100], [0, 0], n_groups=2))
    assert np.isnan(found.value[1, 0])
    assert found.n_articles[:, 0].tolist() == [2, 0]


def test_articles_without_words_do_not_count() -> None:
    assert rates(Sums.of([1, 0, 2], [100, 0, 100], [0, 0, 0])).n_articles[0, 0] == 2


def test_two_groups_are_each_others_inverse() -> None:
    rng = np.random.default_rng(0)
    words = rng.integers(100, 900, 60)
    found = rates(Sums.of(rng.poisson(words * 0.01), words, np.repeat([0, 1], 30)), contrasts=True).contrasts
    assert found is not None
    assert found.ratio[0, 0] == pytest.approx(1 / found.ratio[1, 0])
    assert found.ratio_low[0, 0] == pytest.approx(1 / found.ratio_high[1, 0])
    assert found.difference_low[0, 0] == pytest.approx(-found.difference_high[1, 0])


def test_ratio_is_against_all_others_together() -> None:
    found = rates(Sums.of([4, 1, 3], [100, 100, 300], [0, 1, 2]), contrasts=True).contrasts
    assert found is not None
    assert found.ratio[0, 0] == pytest.approx((4 / 100) / (4 / 400))
    assert found.difference[0, 0] == pytest.approx(40 - 10)


def test_ratio_with_a_zero_gets_half_a_finding_on_both_sides() -> None:
    found = rates(Sums.of([0, 0, 6, 6], [500, 500, 500, 500], [0, 0, 1, 1]), contrasts=True).contrasts
    assert found is not None
    assert found.ratio[0, 0] == pytest.approx(0.5 / 12.5)
    assert 0 < found.ratio_low[0, 0] < found.ratio[0, 0] < found.ratio_high[0, 0] < np.inf


def test_results_do_not_depend_on_how_the_work_is_cut(sums: Sums, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rates(sums, contrasts=True, seed=4)
    monkeypatch.setattr(ratio_module, "_BLOCK", 1)
    monkeypatch.setattr(resample_module, "_CHUNK", 777)
    cut = rates(sums, contrasts=True, seed=4)
    assert np.array_equal(whole.low, cut.low)
    assert np.array_equal(whole.high, cut.high)
    assert whole.contrasts is not None
    assert cut.contrasts is not None
    assert np.array_equal(whole.contrasts.ratio_low, cut.contrasts.ratio_low)


def test_the_seed_decides(sums: Sums) -> None:
    assert np.array_equal(rates(sums, seed=4).low, rates(sums, seed=4).low)
    assert not np.array_equal(rates(sums, seed=4).low, rates(sums, seed=5).low)


def test_sparse_counts_give_the_same_as_dense_ones(sums: Sums) -> None:
    held = Sums.of(sparse.csr_array(sums.counts), sums.totals, sums.group, total_of=sums.total_of)
    assert np.array_equal(rates(held, contrasts=True).high, rates(sums, contrasts=True).high)


def test_groups_larger_than_the_limit_are_binned_and_hardly_change(sums: Sums, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = rates(sums)
    monkeypatch.setattr(resample_module, "LARGEST_GROUP", 35)
    binned = rates(sums)
    assert np.array_equal(exact.value, binned.value)
    assert np.array_equal(exact.low[:2], binned.low[:2])
    width = (binned.high - binned.low)[2] / (exact.high - exact.low)[2]
    assert ((width > 0.6) & (width < 1.6)).all()


def test_shares_stay_in_zero_to_one() -> None:
    found = shares(Sums.of([9, 10, 1, 0], [10, 10, 10, 10], [0, 0, 1, 1]))
    assert found.low.min() >= 0
    assert found.high.max() <= 1
    assert found.value[:, 0].tolist() == [0.95, 0.05]


def test_share_of_none_or_all_follows_the_rule_of_three() -> None:
    found = shares(Sums.of([0, 0, 5, 5], [5, 5, 5, 5], [0, 0, 1, 1]))
    assert (found.low[0, 0], found.high[1, 0]) == (0.0, 1.0)
    assert found.high[0, 0] == pytest.approx(1 - 0.05 ** (1 / 10))
    assert found.low[1, 0] == pytest.approx(0.05 ** (1 / 10))


def test_trials_widen_the_share_of_clumped_words() -> None:
    sums = Sums.of([0, 0], [200, 300], [0, 0])
    assert shares(sums, trials=[4, 6]).high[0, 0] == pytest.approx(1 - 0.05 ** (1 / 10))
    assert shares(sums).high[0, 0] == pytest.approx(1 - 0.05 ** (1 / 500))


def test_share_of_nothing_is_not_a_number() -> None:
    assert np.isnan(shares(Sums.of([0, 0], [0, 0], [0, 0])).value[0, 0])


def test_means_leave_missing_values_out() -> None:
    found = means([[1.0, -5.0], [3.0, np.nan], [np.nan, -7.0]], [0, 0, 0], n_groups=1)
    assert found.value.tolist() == [[2.0, -6.0]]
    assert found.n_articles.tolist() == [[2, 2]]
    assert found.low[0, 1] < -6 < found.high[0, 1]


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InternalError, match="do not fit"):
        Sums.of([1, 2], [1, 2, 3], [0, 0])
    with pytest.raises(InternalError, match="groups must lie in 0 to 0"):
        Sums.of([1, 2], [1, 2], [0, 1], n_groups=1)
    with pytest.raises(InternalError, match="total_of must lie"):
        Sums.of([1, 2], [1, 2], [0, 0], total_of=[1])


def test_against_a_reference_each_group_is_set_apart(sums: Sums) -> None:
    found = rates(sums, contrasts=True, reference=2)
    assert found.contrasts is not None
    assert found.contrasts.ratio[0] == pytest.approx(found.value[0] / found.value[2])
    assert found.contrasts.difference[1] == pytest.approx(found.value[1] - found.value[2])
    assert np.isnan([found.contrasts.ratio[2], found.contrasts.difference_low[2]]).all()
    assert np.array_equal(found.low, rates(sums).low)


def test_two_groups_are_the_same_against_the_others_and_against_a_reference() -> None:
    rng = np.random.default_rng(1)
    words = rng.integers(100, 900, 60)
    two = Sums.of(rng.poisson(words * 0.01), words, np.repeat([0, 1], 30))
    first, second = rates(two, contrasts=True).contrasts, rates(two, contrasts=True, reference=1).contrasts
    assert first is not None
    assert second is not None
    assert first.ratio_low[0] == pytest.approx(second.ratio_low[0])
    assert first.difference_high[0] == pytest.approx(second.difference_high[0])


def test_shares_and_means_have_differences_and_no_ratios() -> None:
    found = shares(Sums.of([3, 4, 8, 9], [10, 10, 10, 10], [0, 0, 1, 1]), contrasts=True).contrasts
    assert found is not None
    assert found.difference[:, 0] == pytest.approx([-0.5, 0.5])
    assert found.difference_low[0, 0] == pytest.approx(-found.difference_high[1, 0])
    assert found.difference_low.min() >= -1
    assert np.isnan(found.ratio).all()
    apart = means([[1.0], [3.0], [7.0], [9.0]], [0, 0, 1, 1], n_groups=2, contrasts=True, reference=0).contrasts
    assert apart is not None
    assert apart.difference[1, 0] == pytest.approx(6)
    assert np.isnan(apart.difference[0, 0])


def test_values_that_do_not_vary_have_a_difference_without_error() -> None:
    found = means([[2.0], [2.0], [5.0], [5.0]], [0, 0, 1, 1], n_groups=2, contrasts=True).contrasts
    assert found is not None
    assert (found.difference_low[0, 0], found.difference_high[0, 0]) == (-3.0, -3.0)


def test_a_part_that_never_occurs_is_less_sure_where_it_comes_in_clumps_elsewhere() -> None:
    nothing, whole = [0] * 10, [10] * 10
    even = Sums.of([*nothing, *[5] * 10], whole * 2, np.repeat([0, 1], 10))
    clumped = Sums.of([*nothing, *[0, 10] * 5], whole * 2, np.repeat([0, 1], 10))
    assert shares(even).high[0, 0] == pytest.approx(1 - 0.05 ** (1 / 100))
    assert shares(clumped).high[0, 0] > 0.2


def test_a_reference_that_is_not_there_is_not_estimated_against(sums: Sums) -> None:
    with pytest.raises(InternalError, match="reference must lie in 0 to 2"):
        rates(sums, contrasts=True, reference=3)


def test_draws_that_are_kept_are_the_ones_drawn_anew(sums: Sums, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = rates(sums, seed=6)
    monkeypatch.setattr(resample_module, "_KEPT", 0)
    assert np.array_equal(kept.high, rates(sums, seed=6).high)


def test_a_measure_of_few_articles_is_estimated_as_if_it_stood_alone() -> None:
    """Articles without it are left out of the additions, not of the draws."""
    rng = np.random.default_rng(7)
    rare = np.where(np.arange(90) % 15 == 0, rng.integers(1, 5, 90), 0)
    wholes = np.where(rare > 0, rare + 2, 0)
    group = np.repeat([0, 1], 45)
    alone = shares(Sums.of(rare, wholes, group), contrasts=True)
    both = shares(
        Sums.of(np.stack([rare, rng.integers(0, 3, 90)], 1), np.stack([wholes, np.full(90, 3)], 1), group),
        contrasts=True,
    )
    assert np.array_equal(alone.high[:, 0], both.high[:, 0])
    assert alone.contrasts is not None
    assert both.contrasts is not None
    assert np.array_equal(alone.contrasts.difference_low[:, 0], both.contrasts.difference_low[:, 0])


def test_an_interval_of_enormous_values_raises_no_warning() -> None:
    value, errors = np.array([1e300]), np.array([[1e-300], [1e-300], [1.0]])
    low, high = studentised(value, np.array([1e200]), np.array([[9e299], [1.1e300], [1e300]]), errors, np.array([1.0]))
    assert low[0] <= 1e300 <= high[0]
