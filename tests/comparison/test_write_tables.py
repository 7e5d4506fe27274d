"""Tables on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import Comparison, compare, write_tables
from framing.comparison._frame import COLUMNS
from framing.errors import OptionError


@pytest.fixture(scope="module")
def result(analysis: Any, lookup: Any) -> Comparison:
    """Give a comparison with every table filled."""
    return compare(analysis, resamples=100, permutations=100, lookup=lookup)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_table_is_written_and_reads_back(form: str, result: Comparison, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    written = write_tables(result, tmp_path / "new", format=form)
    assert sorted(path.name for path in written) == sorted([*(f"{name}.{form}" for name in COLUMNS), "comparison.json"])
    path = tmp_path / "new" / f"rates.{form}"
    if form == "csv":
        back = pd.read_csv(path, keep_default_na=True)
    elif form == "jsonl":
        back = pd.DataFrame([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
    else:
        back = pd.read_parquet(path)
    assert list(back.columns) == list(COLUMNS["rates"])
    assert np.allclose(back["high"].astype(float), result.rates["high"].astype(float), rtol=1e-9, equal_nan=True)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_same_comparison_gives_the_same_bytes(form: str, result: Comparison, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_tables(result, tmp_path / folder, format=form)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
        assert b"\r" not in path.read_bytes()


def test_a_missing_number_is_null_in_json_lines(result: Comparison, tmp_path: Path) -> None:
    write_tables(result, tmp_path, format="jsonl")
    assert "NaN" not in (tmp_path / "rates.jsonl").read_text(encoding="utf-8")


def test_other_formats_are_refused(result: Comparison, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="format must be one of csv, jsonl, parquet, found 'xlsx'"):
        write_tables(result, tmp_path, format="xlsx")
