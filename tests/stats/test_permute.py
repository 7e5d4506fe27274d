"""Permutation tests."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from framing.errors import InternalError
from framing.stats import Sums, adjusted, permutation_p
from framing.stats import _permute as permute_module


def _exact(counts: list[int], words: list[int], first: tuple[int, ...]) -> float:
    """Enumerate every way to choose the first group."""

    def side(chosen: set[int]) -> tuple[float, float]:
        c = np.array([counts[i] for i in sorted(chosen)])
        w = np.array([words[i] for i in sorted(chosen)])
        spread = (((c - c.sum() / w.sum() * w) ** 2).sum() + 0.5) * len(c) / (len(c) - 1)
        return float(np.log((c.sum() + 0.5) / w.sum())), float(spread / (c.sum() + 0.5) ** 2)

    def statistic(chosen: tuple[int, ...]) -> float:
        own, rest = side(set(chosen)), side(set(range(len(counts))) - set(chosen))
        return float(abs(own[0] - rest[0]) / np.sqrt(own[1] + rest[1]))

    every = [statistic(chosen) for chosen in combinations(range(len(counts)), len(first))]
    return float(np.mean(np.array(every) >= statistic(first) - 1e-9))


def test_p_comes_near_the_exact_one() -> None:
    counts, words = [9, 7, 8, 2, 3, 1, 2, 0], [300, 250, 500, 400, 300, 700, 200, 350]
    sums = Sums.of(counts, words, [0, 0, 0, 1, 1, 1, 1, 1])
    p = permutation_p(sums, permutations=20_000, seed=0)
    assert p[0, 0] == pytest.approx(_exact(counts, words, (0, 1, 2)), abs=0.004)
    assert p[0, 0] == p[1, 0]


def test_a_clear_difference_reaches_the_smallest_p() -> None:
    words = np.full(60, 500)
    sums = Sums.of(np.repeat([20, 0], 30), words, np.repeat([0, 1], 30))
    assert permutation_p(sums, permutations=999, seed=0).tolist() == [[0.001], [0.001]]


def test_a_handful_of_findings_is_not_made_sure_by_a_group_of_few_words() -> None:
    """Two of four findings stand in a group with a twelfth of the articles and a sixteenth of the words."""
    counts = np.zeros(1200)
    counts[[0, 1, 500, 900]] = 1
    words = np.where(np.arange(1200) < 100, 375, 500)
    p = permutation_p(Sums.of(counts, words, np.repeat([0, 1], [100, 1100])), permutations=999, seed=0)
    assert 0.015 < p[0, 0] < 0.05


def test_equal_articles_have_p_one() -> None:
    sums = Sums.of(np.full(12, 3), np.full(12, 500), np.repeat([0, 1], 6))
    assert permutation_p(sums, permutations=99, seed=0).tolist() == [[1.0], [1.0]]


def test_no_findings_or_no_words_are_not_tested() -> None:
    counts = np.array([[0, 0], [0, 0], [0, 4], [0, 5]])
    words = np.array([[100, 0], [100, 0], [100, 50], [100, 50]])
    p = permutation_p(Sums.of(counts, words, [0, 0, 1, 1], total_of=[0, 1]), permutations=99, seed=0)
    assert np.isnan(p).all()


def test_chunks_do_not_change_p(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    words = rng.integers(100, 900, 50)
    sums = Sums.of(rng.poisson(words * 0.01), words, rng.integers(0, 3, 50), n_groups=3)
    whole = permutation_p(sums, permutations=500, seed=1)
    monkeypatch.setattr(permute_module, "_CHUNK", 400)
    assert np.array_equal(whole, permutation_p(sums, permutations=500, seed=1))


def test_large_corpora_are_binned_with_nearly_the_same_p(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    words = rng.integers(100, 900, 600)
    group = np.repeat([0, 1], [200, 400])
    sums = Sums.of(rng.poisson(words * np.where(group == 0, 0.011, 0.01)), words, group)
    whole = permutation_p(sums, permutations=2000, seed=1)
    monkeypatch.setattr(permute_module, "LARGEST_CORPUS", 150)
    assert permutation_p(sums, permutations=2000, seed=1)[0, 0] == pytest.approx(whole[0, 0], abs=0.05)


def test_benjamini_and_hochberg_leave_missing_tests_out() -> None:
    q = adjusted(np.array([[0.01, np.nan], [0.04, 0.03]]))
    assert q[0, 0] == pytest.approx(0.03)
    assert q[1].tolist() == pytest.approx([0.04, 0.04])
    assert np.isnan(q[0, 1])
    assert np.isnan(adjusted(np.array([np.nan]))).all()


def _enumerated(values: list[float], first: int) -> float:
    """Enumerate every way to choose the first group, for a difference of means."""

    def statistic(chosen: tuple[int, ...]) -> float:
        sides = [np.array([values[i] for i in range(len(values)) if (i in chosen) == mine]) for mine in (True, False)]
        extra = np.var(values) / 4
        variances = [((s - s.mean()) ** 2).sum() + extra for s in sides]
        error = sum(v * s.size / (s.size - 1) / s.size**2 for v, s in zip(variances, sides, strict=True))
        return float(abs(sides[0].mean() - sides[1].mean()) / np.sqrt(error))

    every = [statistic(chosen) for chosen in combinations(range(len(values)), first)]
    return float(np.mean(np.array(every) >= statistic(tuple(range(first))) - 1e-9))


def test_p_of_means_comes_near_the_exact_one() -> None:
    values = [3.1, 4.0, 2.2, 5.0, 1.0, 2.0, 0.5, 2.5, 1.7]
    sums = Sums.of(values, np.ones(9), [0, 0, 0, 0, 1, 1, 1, 1, 1])
    p = permutation_p(sums, permutations=20_000, seed=0, kind="mean")
    assert p[0, 0] == pytest.approx(_enumerated(values, 4), abs=0.006)


def test_equal_means_have_p_one() -> None:
    sums = Sums.of(np.full(12, 3.0), np.ones(12), np.repeat([0, 1], 6))
    assert permutation_p(sums, permutations=99, seed=0, kind="mean").tolist() == [[1.0], [1.0]]


def test_a_clear_difference_in_shares_reaches_the_smallest_p() -> None:
    sums = Sums.of(np.repeat([9, 1], 30), np.full(60, 10), np.repeat([0, 1], 30))
    assert permutation_p(sums, permutations=999, seed=0, kind="share").tolist() == [[0.001], [0.001]]


def test_two_hits_are_not_made_sure_by_few_articles() -> None:
    """Both of two hits stand in the group with a tenth of the trials: a chance of one in a hundred, not less."""
    counts = np.zeros(400)
    counts[[0, 1]] = 1
    sums = Sums.of(counts, np.ones(400), np.repeat([0, 1], [40, 360]))
    p = permutation_p(sums, permutations=999, seed=0, kind="share")
    assert 0.009 < p[0, 0] < 0.03


def test_against_a_reference_the_other_groups_do_not_matter() -> None:
    rng = np.random.default_rng(6)
    words = rng.integers(100, 900, 90)
    group = np.repeat([0, 1, 2], [20, 30, 40])
    counts = rng.poisson(words * 0.004 * np.array([1.6, 1.0, 3.0])[group])
    p = permutation_p(Sums.of(counts, words, group), permutations=999, seed=0, reference=1)
    counts[group == 2] = 0
    assert np.isnan(p[1, 0])
    assert permutation_p(Sums.of(counts, words, group), permutations=999, seed=0, reference=1)[0] == p[0]
    alone = Sums.of(counts[group < 2], words[group < 2], group[group < 2])
    assert permutation_p(alone, permutations=999, seed=0)[0, 0] == pytest.approx(p[0, 0], abs=0.03)


def test_a_reference_that_is_not_there_is_refused() -> None:
    with pytest.raises(InternalError, match="reference must lie in 0 to 1"):
        permutation_p(Sums.of([1, 2], [10, 10], [0, 1]), permutations=9, seed=0, reference=2)


def test_words_that_come_in_few_trials_are_no_surer_than_these() -> None:
    """Forty words of one attribution among a hundred articles, in the smaller group: a chance of one in ten."""
    counts = np.zeros(100)
    counts[0] = 40
    words, things = np.full(100, 40.0), np.ones(100)
    sums = Sums.of(counts, words, np.repeat([0, 1], [10, 90]))
    by_word = permutation_p(sums, permutations=999, seed=0, kind="share")
    by_trial = permutation_p(sums, permutations=999, seed=0, kind="share", trials=things)
    once = np.append(1.0, np.zeros(99))
    as_if = permutation_p(Sums.of(once, things, sums.group), permutations=999, seed=0, kind="share")
    assert by_trial[:, 0] == pytest.approx(as_if[:, 0])
    assert by_trial[0, 0] >= 0.1
    assert (by_trial >= by_word).all()


def test_trials_are_those_of_the_pair_where_there_is_a_reference() -> None:
    counts = np.array([30.0, 0, 0, 0, 0, 0, 0, 0, 25, 25])
    group = np.array([0, 0, 0, 1, 1, 1, 1, 1, 2, 2])
    sums = Sums.of(counts, np.full(10, 30.0), group)
    p = permutation_p(sums, permutations=199, seed=0, kind="share", reference=1, trials=np.ones(10))
    alone = Sums.of(counts[:8], np.full(8, 30.0), group[:8])
    pair = permutation_p(alone, permutations=199, seed=0, kind="share", reference=1, trials=np.ones(8))
    assert p[0] == pytest.approx(pair[0])
    # one hit in three of eight trials: mid-p, twice the smaller tail
    assert p[0, 0] >= 3 / 8


def test_shuffles_that_are_kept_are_the_ones_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    counts, words = rng.poisson(4, (40, 3)), rng.integers(100, 900, 40)
    sums = Sums.of(counts, words, np.arange(40) % 3, total_of=np.zeros(3))
    kept = permutation_p(sums, permutations=200, seed=3)
    monkeypatch.setattr(permute_module, "_KEPT", 0)
    assert np.array_equal(kept, permutation_p(sums, permutations=200, seed=3))
    assert not np.array_equal(kept, permutation_p(sums, permutations=200, seed=4))
