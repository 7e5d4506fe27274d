"""The strongest differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from framing.comparison import Comparison, compare, headline_findings
from framing.errors import OptionError


@pytest.fixture(scope="module")
def result(analysis: Any, lookup: Any) -> Comparison:
    """Give a comparison in which the Post differs in loaded words alone."""
    return compare(analysis, resamples=200, permutations=999, lookup=lookup)


def test_the_planted_difference_comes_first(result: Comparison) -> None:
    first = headline_findings(result)[0]
    assert (first.layer, first.group, first.voice) == ("loaded", "Post", "own")
    row = result.rates[
        (result.rates["layer"] == first.layer)
        & (result.rates["category"] == first.category)
        & (result.rates["group"] == "Post")
        & (result.rates["voice"] == "own")
    ].iloc[0]
    assert (first.value, first.ratio_low, first.q) == (row["value"], row["ratio_low"], row["q"])


def test_differences_come_in_the_order_of_the_nearer_bound(result: Comparison) -> None:
    found = headline_findings(result, limit=50, max_q=1.0, min_ratio=1.0)
    keys = [(item.category != "", -max(item.ratio_low, 1 / item.ratio_high)) for item in found]
    assert keys == sorted(keys)
    assert max(bound for _, bound in keys) < -1


def test_a_handful_of_articles_makes_no_headline(result: Comparison) -> None:
    rates = result.rates.assign(articles_with=np.minimum(result.rates["articles_with"], 1))
    assert headline_findings(replace(result, rates=rates)) == []


def test_limit_and_smallest_ratio_hold(result: Comparison) -> None:
    assert len(headline_findings(result, limit=1)) == 1
    assert headline_findings(result, limit=0) == []
    assert headline_findings(result, min_ratio=100) == []


def test_of_two_groups_only_the_one_with_more_is_named(make: Callable[..., Any], lookup: Any) -> None:
    found = compare(make(["Post"] * 12 + ["Times"] * 12), resamples=200, permutations=999, lookup=lookup)
    assert {item.group for item in headline_findings(found)} == {"Post"}


def test_one_group_differs_from_nothing(make: Callable[..., Any], lookup: Any) -> None:
    found = compare(make(["A"] * 6), resamples=100, permutations=100, lookup=lookup)
    assert headline_findings(found) == []


def test_a_negative_limit_is_refused(result: Comparison) -> None:
    with pytest.raises(OptionError, match="limit must be at least 0"):
        headline_findings(result, limit=-1)
