"""Comparison within strata, in cases that can be checked by hand or by brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import sparse

from framing.errors import InternalError
from framing.stats import Sums, matched, matched_parts, rates
from framing.stats import _fixed as fixed_module
from framing.stats import _within as within_module


def _sums(seed: int = 0, *, dense: bool = True) -> tuple[Sums, np.ndarray]:
    """Give four groups, two denominators (some of them empty) and 60 strata, some without a second group."""
    rng = np.random.default_rng(seed)
    words = np.stack([rng.integers(0, 900, 300), rng.integers(0, 100, 300)], axis=1)
    words[rng.random(300) < 0.1] = 0
    total_of = np.array([0, 1, 0, 0, 1])
    counts = rng.poisson(words[:, total_of] * 0.01).astype(np.float64)
    held = counts if dense else sparse.csr_array(counts)
    totals = words.astype(np.float64) if dense else sparse.csr_array(words.astype(np.float64))
    sums = Sums.of(held, totals, rng.integers(0, 4, 300), n_groups=4, total_of=total_of)
    return sums, rng.integers(-1, 60, 300)


def test_two_strata_by_hand() -> None:
    """4 in 100 against 2 in 100, and 6 in 200 against 1 in 100; the third stratum has one group only."""
    sums = Sums.of([4, 2, 6, 1, 9], [100, 100, 200, 100, 50], [0, 1, 0, 1, 0])
    found = matched(sums, np.array([0, 0, 1, 1, 2]), resamples=100, permutations=0)
    r, q, w = 4 * 100 / 200 + 6 * 100 / 300, 2 * 100 / 200 + 1 * 200 / 300, 100 * 100 / 200 + 200 * 100 / 300
    assert found.ratio[0, 0] == pytest.approx(r / q)
    assert found.difference[0, 0] == pytest.approx((r - q) / w * 1000)
    assert found.ratio[1, 0] == pytest.approx(q / r)
    assert (found.n_strata[0, 0], found.n_articles[0, 0], found.count[0, 0], found.total[0, 0]) == (2, 2, 10, 300)
    assert found.value[0, 0] == pytest.approx(10 / 300 * 1000)
    assert found.expected[0, 0] == pytest.approx((100 * 2 / 100 + 200 * 1 / 100) / 300 * 1000)
    assert np.isnan(found.p).all()


@pytest.mark.parametrize("reference", [None, 1])
def test_every_estimate_is_what_a_loop_over_strata_gives(reference: int | None) -> None:
    sums, stratum = _sums()
    found = matched(sums, stratum, reference=reference, resamples=50, permutations=0)
    counts, totals, group = np.asarray(sums.counts), np.asarray(sums.totals)[:, sums.total_of], sums.group
    for number, k in product(set(range(4)) - {reference}, range(5)):
        r = q = w = n = 0.0
        for place in range(60):
            own = (stratum == place) & (group == number)
            rest = (stratum == place) & ((group != number) if reference is None else (group == reference))
            t1, t0, c1, c0 = totals[own, k].sum(), totals[rest, k].sum(), counts[own, k].sum(), counts[rest, k].sum()
            if t1 and t0:
                r, q, w, n = r + c1 * t0 / (t1 + t0), q + c0 * t1 / (t1 + t0), w + t1 * t0 / (t1 + t0), n + 1
        assert found.n_strata[number, k] == n
        assert [found.ratio[number, k], found.difference[number, k]] == pytest.approx([r / q, (r - q) / w * 1000])
        assert found.ratio_low[number, k] < found.ratio[number, k] < found.ratio_high[number, k]
        assert found.difference_low[number, k] < found.difference[number, k] < found.difference_high[number, k]
        assert found.low[number, k] < found.value[number, k] < found.high[number, k]
    if reference is not None:
        assert np.isnan([found.ratio[1], found.difference[1], found.p[1], found.value[1]]).all()


@pytest.mark.parametrize("reference", [None, 2])
def test_parts_add_up_to_the_difference(reference: int | None) -> None:
    sums, stratum = _sums()
    whole = matched(sums, stratum, reference=reference, resamples=2, permutations=0)
    parts = matched_parts(sums, stratum, reference=reference)
    assert parts.part.shape == (4, stratum.max() + 1, 5)
    keep = [number for number in range(4) if number != reference]
    assert np.nansum(parts.part, axis=1)[keep] == pytest.approx(whole.difference[keep])
    assert np.array_equal(np.isnan(parts.part), np.isnan(parts.difference))
    assert (~np.isnan(parts.part)).sum(axis=1)[keep].tolist() == whole.n_strata[keep].tolist()


def test_sparse_counts_give_the_same_as_dense_ones() -> None:
    (dense, stratum), (thin, _) = _sums(), _sums(dense=False)
    first, second = (matched(sums, stratum, resamples=50, permutations=49) for sums in (dense, thin))
    for name in ("ratio_low", "difference_high", "high", "p"):
        assert getattr(first, name) == pytest.approx(getattr(second, name), nan_ok=True)


def test_without_strata_nothing_is_compared() -> None:
    found = matched(Sums.of([1, 2], [100, 100], [0, 1]), np.array([-1, -1]), resamples=10, permutations=9)
    assert found.n_strata.tolist() == [[0], [0]]
    assert np.isnan([found.ratio, found.difference, found.value, found.p]).all()
    assert matched_parts(Sums.of([1, 2], [100, 100], [0, 1]), np.array([-1, -1])).part.shape == (2, 0, 1)


def test_one_stratum_has_a_difference_and_no_bounds() -> None:
    found = matched(Sums.of([5, 1], [100, 100], [0, 1]), np.array([0, 0]), resamples=10, permutations=9)
    assert found.difference[0, 0] == pytest.approx(40)
    assert np.isnan([found.ratio_low[0, 0], found.difference_high[0, 0]]).all()
    assert found.p[0, 0] == 1.0


def test_a_side_without_findings_has_a_finite_ratio() -> None:
    counts = np.tile([3, 0], 20)
    sums = Sums.of(counts, np.full(40, 500), np.tile([0, 1], 20))
    found = matched(sums, np.repeat(np.arange(20), 2), resamples=100, permutations=99)
    assert np.isfinite([found.ratio, found.ratio_low, found.ratio_high]).all()
    assert found.ratio_low[0, 0] > 1
    assert found.p[0, 0] == pytest.approx(0.01)


def test_what_differs_between_events_only_is_no_difference() -> None:
    """The group writes on the loud events, but there no louder than the others."""
    stratum = np.repeat(np.arange(40), 3)
    loud = stratum < 20
    group = np.where(loud, np.tile([0, 0, 1], 40), np.tile([0, 1, 1], 40))
    sums = Sums.of(np.where(loud, 20, 2), np.full(120, 500), group)
    found = matched(sums, stratum, resamples=100, permutations=99)
    assert found.difference[0, 0] == pytest.approx(0, abs=1e-9)
    assert found.p.tolist() == [[1.0], [1.0]]


def test_p_within_pairs_is_that_of_every_change_of_signs() -> None:
    counts = np.array([[6, 2], [5, 4], [8, 3], [2, 3], [7, 1], [4, 2], [9, 5]]) * 4
    words = np.array([[400, 300], [500, 600], [700, 400], [300, 300], [500, 200], [300, 500], [800, 700]])
    terms = counts[:, 0] - words[:, 0] * counts.sum(axis=1) / words.sum(axis=1)
    limit = abs(terms.sum()) - 1e-9
    exact = np.mean([abs(np.dot(signs, terms)) >= limit for signs in product([-1, 1], repeat=7)])
    sums = Sums.of(counts.ravel(), words.ravel(), np.tile([0, 1], 7))
    found = matched(sums, np.repeat(np.arange(7), 2), resamples=2, permutations=5000)
    assert found.p[0, 0] == pytest.approx(exact, abs=0.02)
    assert found.p[0, 0] == found.p[1, 0]


def test_a_reference_leaves_the_other_groups_out() -> None:
    sums, stratum = _sums()
    pair = np.isin(sums.group, [0, 3])
    alone = Sums.of(sums.counts[pair], sums.totals[pair], (sums.group[pair] == 3), n_groups=2, total_of=sums.total_of)
    among = matched(sums, stratum, reference=3, resamples=50, permutations=999)
    apart = matched(alone, stratum[pair], reference=1, resamples=50, permutations=999)
    assert among.ratio_low[0] == pytest.approx(apart.ratio_low[0])
    assert among.p[0] == pytest.approx(apart.p[0])


def test_the_seed_decides_and_chunks_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    sums, stratum = _sums()
    first, other = (matched(sums, stratum, resamples=50, permutations=99, seed=seed) for seed in (1, 2))
    monkeypatch.setattr(within_module, "_CHUNK", 5000)
    again = matched(sums, stratum, resamples=50, permutations=99, seed=1)
    assert np.array_equal(first.p, again.p, equal_nan=True)
    assert np.array_equal(first.ratio_low, again.ratio_low)
    assert not np.array_equal(first.p, other.p, equal_nan=True)
    assert not np.array_equal(first.ratio_low, other.ratio_low)


def test_a_very_large_stratum_is_binned_with_nearly_the_same_p(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    words = rng.integers(100, 900, 900)
    group = np.repeat([0, 1], [300, 600])
    sums = Sums.of(rng.poisson(words * np.where(group == 0, 0.0107, 0.01)), words, group)
    stratum = np.zeros(900, dtype=np.int64)
    whole = matched(sums, stratum, resamples=2, permutations=999).p
    monkeypatch.setattr(within_module, "LARGEST_STRATUM", 200)
    assert matched(sums, stratum, resamples=2, permutations=999).p == pytest.approx(whole, abs=0.05)


def test_what_does_not_fit_is_refused() -> None:
    sums = Sums.of([1, 2], [100, 100], [0, 1])
    with pytest.raises(InternalError, match="do not fit"):
        matched(sums, np.array([0]))
    with pytest.raises(InternalError, match="reference must lie in 0 to 1"):
        matched(sums, np.array([0, 0]), reference=2)


def test_one_fixed_stratum_has_the_bounds_of_two_groups_of_articles() -> None:
    """Nearly those of `rates`, as all articles have one weight."""
    rng = np.random.default_rng(5)
    words = rng.integers(100, 900, 90)
    sums = Sums.of(rng.poisson(words * 0.01), words, np.repeat([0, 1], [30, 60]))
    found = matched(sums, np.zeros(90, dtype=np.int64), resamples=2000, permutations=0, fixed=True)
    plain = rates(sums, resamples=2000, contrasts=True)
    assert plain.contrasts is not None
    assert found.ratio == pytest.approx(plain.contrasts.ratio)
    for name in ("ratio_low", "ratio_high", "difference_low", "difference_high"):
        assert getattr(found, name) == pytest.approx(getattr(plain.contrasts, name), rel=0.06, abs=0.02)
    assert found.low == pytest.approx(plain.low, rel=0.05)


@pytest.mark.parametrize("reference", [None, 1])
def test_fixed_strata_hold_their_values_in_whatever_blocks(
    reference: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums, stratum = _sums()
    stratum = np.where(stratum >= 0, stratum % 6, -1)
    options = {"resamples": 100, "permutations": 0, "reference": reference, "fixed": True}
    found = matched(sums, stratum, **options)
    keep = [number for number in range(4) if number != reference]
    for value, low, high in (
        (found.ratio, found.ratio_low, found.ratio_high),
        (found.difference, found.difference_low, found.difference_high),
        (found.value, found.low, found.high),
    ):
        assert (low[keep] < value[keep]).all()
        assert (value[keep] < high[keep]).all()
    if reference is not None:
        assert np.isnan([found.ratio_low[1], found.difference_low[1], found.low[1]]).all()
    monkeypatch.setattr(fixed_module, "_BLOCK", 1)
    again = matched(sums, stratum, **options)
    assert np.array_equal(found.ratio_high, again.ratio_high, equal_nan=True)


def test_a_side_of_one_article_in_a_single_fixed_stratum_has_no_bounds() -> None:
    found = matched(Sums.of([5, 1, 2], [100, 100, 100], [0, 1, 1]), np.zeros(3, np.int64), fixed=True, permutations=0)
    assert found.difference[0, 0] == pytest.approx(35)
    assert np.isnan([found.ratio_low[0, 0], found.difference_high[0, 0], found.low[0, 0]]).all()


def test_fixed_strata_where_one_side_has_no_finding_have_finite_bounds() -> None:
    sums = Sums.of([0] * 6 + [3, 4] * 6, np.full(18, 500), np.repeat([0, 1], [6, 12]))
    found = matched(sums, np.arange(18) % 2, resamples=100, permutations=0, fixed=True)
    assert np.isfinite([found.ratio, found.ratio_low, found.ratio_high, found.difference_high]).all()
    assert found.low[0, 0] == 0
    assert found.high[0, 0] >= 1000 * 3 / 3000 - 1e-9
    assert found.ratio_high[0, 0] < 2
