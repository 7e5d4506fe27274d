"""Weights are added up as whole numbers of 16 bits."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace

import numpy as np
import pytest

from framing.errors import InputError
from framing.measures.attribution import shipped_finder
from framing.measures.attribution.finder import WIDTH, Rows, Weights
from framing.measures.attribution.finder._templates import radices
from framing.measures.attribution.finder._weights import score


def _unit(*weights: float) -> float:
    """Return the unit of a model with one template for each weight."""
    rows = {f"word{number:+d}": Rows(np.array([1]), _row(weight)) for number, weight in enumerate(weights)}
    found = Weights.unit
    assert isinstance(found, cached_property)
    return float(found.func(SimpleNamespace(rows=rows)))


def _row(weight: float) -> np.ndarray:
    return np.full((1, 2 * WIDTH), weight, dtype=np.float32)


@pytest.mark.parametrize("weights", [(1.0,), (-30.0, 40.0), (0.25,) * 60, (200.0,) * 20])
def test_no_sum_of_weights_overflows(weights: tuple[float, ...]) -> None:
    unit = _unit(*weights)
    assert unit >= 1
    assert sum(abs(round(weight * unit)) + 1 for weight in weights) <= np.iinfo(np.int16).max


def test_shipped_weights_keep_three_decimals() -> None:
    assert shipped_finder().weights.unit >= 1000


@pytest.mark.parametrize("sizes", [{"kind": 181, "tag": 40}, {"kind": 40, "tag": 256}])
def test_more_codes_than_columns_have_room_for_are_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(InputError, match="allowed are at most 180 and 255"):
        radices(sizes)


@pytest.mark.parametrize("offset", [-2, 0, 3])
def test_a_place_gets_the_row_of_the_code_at_that_distance(offset: int) -> None:
    """Also across the blocks in which places are scored."""
    size = 40_000
    codes = np.arange(size, dtype=np.int32) % 7
    rows = np.repeat(np.arange(7, dtype=np.int16)[:, None], WIDTH, axis=1)
    into = np.zeros((size, WIDTH), dtype=np.int16)
    score([(rows, codes, offset)], into)
    expected = [codes[place + offset] if 0 <= place + offset < size else 0 for place in range(size)]
    assert into[:, 0].tolist() == expected
