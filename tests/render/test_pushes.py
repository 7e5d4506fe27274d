"""A score taken apart: what is shown adds up, to the last digit that is shown."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest

from framing.render._pushes import pushes, score_of, signed


def _decimal(shown: str) -> Decimal:
    return Decimal(shown.replace("−", "-"))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_shown_adds_up_to_the_sum_that_is_shown(seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = [(f"w{n}", float(added)) for n, added in enumerate(rng.normal(0, 0.8, int(rng.integers(0, 30))))]
    odds = math.fsum([float(rng.normal()), *(added for _, added in words)])
    found = pushes(words, odds)
    parts = [signed(word.added) for word in (*found.up, *found.down)] + [signed(found.rest)]
    assert sum(map(_decimal, parts)) == _decimal(signed(found.total))
    assert abs(found.total - odds) <= 0.005 + 1e-12


def test_the_strongest_come_first_and_each_on_its_side() -> None:
    found = pushes([("a", 0.4), ("b", -0.9), ("c", 1.4), ("d", -0.3), ("e", -2.0)], 0.1)
    assert [word.text for word in found.up] == ["c", "a"]
    assert [word.text for word in found.down] == ["e", "b"]
    assert found.rest == pytest.approx(0.1 - (1.4 + 0.4 - 2.0 - 0.9))


def test_marks_and_words_that_add_little_stand_with_all_else() -> None:
    found = pushes([("!", 2.0), ("the", 0.01), ("vile", 1.0)], 3.0)
    assert [word.text for word in found.up] == ["vile"]
    assert found.rest == 2.0


def test_without_words_all_is_rest() -> None:
    found = pushes([], -1.25)
    assert (found.up, found.down, found.rest, found.total) == ((), (), -1.25, -1.25)


def test_numbers_are_written_with_sign_and_scores_without_zero() -> None:
    assert [signed(value) for value in (1.2, -0.4, 0.0, -0.0)] == ["+1.20", "−0.40", "0.00", "0.00"]
    assert [score_of(value) for value in (0.5, 0.987, 0.9949, 0.9951, 1.0)] == [".50", ".99", ".99", ">.99", ">.99"]
