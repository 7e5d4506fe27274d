"""Simulations: p-values are uniform where nothing differs, however unequal the articles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from framing.stats import Sums, matched, permutation_p

MEASURES, PERMUTATIONS = 1000, 99
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def assert_uniform(p: Floats) -> None:
    """Fail if a level is missed by more than four standard errors."""
    tested = p[~np.isnan(p)]
    assert tested.size > 0.9 * p.size
    for level in (0.01, 0.05, 0.1, 0.5):
        error = 4 * np.sqrt(level * (1 - level) / tested.size)
        assert abs(np.mean(tested <= level) - level) <= error, level


def assert_not_too_small(p: Floats) -> None:
    """Fail if small p-values are more frequent than they may be: with few findings they may be rarer."""
    for level in (0.01, 0.05, 0.1):
        assert np.mean(p <= level) <= level + 4 * np.sqrt(level * (1 - level) / p.size), level


def articles(rng: np.random.Generator, sizes: list[int], lengths: list[float]) -> tuple[Floats, np.ndarray]:
    """Draw words, (articles, measures): each measure has lengths of its own."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    spread = np.exp(rng.normal(0, 0.9, (group.size, MEASURES)))
    return np.maximum(30, np.round(np.array(lengths)[group, np.newaxis] * spread)), group


@pytest.mark.parametrize(
    ("sizes", "lengths", "reference"),
    [([30, 120], [500, 500], None), ([30, 120], [100, 500], None), ([120, 15], [900, 300], 1)],
)
def test_p_of_rates_is_uniform(sizes: list[int], lengths: list[float], reference: int | None) -> None:
    rng = np.random.default_rng(9)
    words, group = articles(rng, sizes, lengths)
    counts = rng.poisson(words * 0.005 * rng.gamma(1, 1, words.shape))
    p = permutation_p(Sums.of(counts, words, group), permutations=PERMUTATIONS, seed=1, reference=reference)
    assert_uniform(p[0])


def test_p_of_rare_findings_is_not_too_small() -> None:
    rng = np.random.default_rng(10)
    words, group = articles(rng, [30, 120], [500, 500])
    counts = rng.poisson(words * 0.0003 * rng.gamma(1, 1, words.shape))
    assert_not_too_small(permutation_p(Sums.of(counts, words, group), permutations=PERMUTATIONS, seed=1)[0])


@pytest.mark.parametrize(("sizes", "lengths"), [([30, 120], [500, 500]), ([30, 60], [1500, 500])])
def test_p_of_shares_is_uniform(sizes: list[int], lengths: list[float]) -> None:
    rng = np.random.default_rng(11)
    words, group = articles(rng, sizes, lengths)
    wholes = rng.poisson(words / 80)
    counts = rng.binomial(wholes, rng.beta(0.6, 1.4, wholes.shape))
    p = permutation_p(Sums.of(counts, wholes, group), permutations=PERMUTATIONS, seed=1, kind="share")
    assert_uniform(p[0])


def test_p_of_means_is_uniform_where_spreads_differ() -> None:
    rng = np.random.default_rng(12)
    group = np.repeat([0, 1], [30, 90])
    values = rng.normal(0, np.where(group == 0, 3, 1)[:, np.newaxis], (120, MEASURES))
    known = rng.random(values.shape) < 0.9
    sums = Sums.of(np.where(known, values, 0.0), known, group)
    assert_uniform(permutation_p(sums, permutations=PERMUTATIONS, seed=1, kind="mean")[0])


@pytest.mark.parametrize(
    ("n_strata", "sizes", "shorter", "reference"),
    [
        (40, (1, 1, 1), 1, None),
        (60, (1, 1, 1), 3, 1),
        (30, (1, 2, 4), 1, None),
        (3, (20, 40), 3, None),
        (1, (30, 60), 1, 1),
    ],
)
def test_p_within_strata_is_uniform(
    n_strata: int, sizes: tuple[int, ...], shorter: float, reference: int | None
) -> None:
    """Rates differ from event to event, and one group's articles may be shorter; within events nothing differs."""
    p = []
    for draw in range(5):
        rng = np.random.default_rng([13, draw])
        group = np.tile(np.repeat(np.arange(len(sizes)), sizes), n_strata)
        stratum = np.repeat(np.arange(n_strata), sum(sizes))
        words = np.round(np.exp(rng.normal(6.5, 0.9, group.size)) / np.where(group == 0, shorter, 1)) + 30
        level = 0.005 * np.exp(rng.normal(0, 0.7, (n_strata, 200)))
        counts = rng.poisson(words[:, np.newaxis] * level[stratum] * rng.gamma(1, 1, (group.size, 200)))
        sums = Sums.of(counts, words, group, total_of=np.zeros(200))
        found = matched(sums, stratum, resamples=2, permutations=PERMUTATIONS, seed=draw, reference=reference)
        p.append(found.p[0])
    assert_uniform(np.concatenate(p))


def test_the_check_finds_p_values_that_are_not_uniform() -> None:
    p = special.ndtr(-np.abs(np.random.default_rng(0).normal(0, 1.3, 1000))) * 2
    with pytest.raises(AssertionError):
        assert_not_too_small(p)
