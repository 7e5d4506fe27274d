"""The tables of a comparison on disk."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd

from framing.comparison._frame import COLUMNS
from framing.comparison._model import Comparison
from framing.errors import MissingExtraError, OptionError

FORMATS = ("csv", "jsonl", "parquet")


def write_tables(comparison: Comparison, directory: str | Path, *, format: str = "csv") -> list[Path]:
    """Write each table as a file of its name, and comparison.json with manifest and notes.

    Parameters
    ----------
    comparison : Comparison
        What `compare` gave.
    directory : str or Path
        Made if it is not there.
    format : {"csv", "jsonl", "parquet"}
        Floats have ten significant digits in each; a missing number is an empty cell, or null.

    Returns
    -------
    list of Path
        The files written. The same comparison gives the same bytes.

    Raises
    ------
    OptionError
        If the format is none of the three.
    MissingExtraError
        If Parquet is asked for without pyarrow.
    """
    if format not in FORMATS:
        msg = f"format must be one of {', '.join(FORMATS)}, found {format!r}"
        raise OptionError(msg)
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in COLUMNS:
        path = folder / f"{name}.{format}"
        _write(getattr(comparison, name), path, format)
        written.append(path)
    about = {
        "by": comparison.by,
        "over": comparison.over,
        "reference": comparison.reference,
        "matched_on": comparison.matched_on,
        "manifest": comparison.manifest,
        "notes": list(comparison.notes),
    }
    path = folder / "comparison.json"
    path.write_text(json.dumps(about, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    return [*written, path]


def _write(frame: pd.DataFrame, path: Path, format: str) -> None:
    if format == "csv":
        frame.to_csv(path, index=False, float_format="%.10g", lineterminator="\n", encoding="utf-8")
    elif format == "jsonl":
        with path.open("w", encoding="utf-8", newline="\n") as lines:
            lines.writelines(_line(row) for row in frame.to_dict("records"))
    else:
        try:
            frame.apply(_rounded).to_parquet(path, index=False)
        except ImportError as missing:
            msg = "writing Parquet needs pyarrow; run: pip install framing[parquet]"
            raise MissingExtraError(msg) from missing


def _line(row: dict[Any, Any]) -> str:
    return json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.10g}") if math.isfinite(value) else None
    return value


def _rounded(column: pd.Series[Any]) -> pd.Series[Any]:
    if not pd.api.types.is_float_dtype(column):
        return column
    return pd.Series([float(f"{value:.10g}") for value in column], index=column.index, dtype="float64")
