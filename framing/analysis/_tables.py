"""The four tables: their columns, and how rows become bytes."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import MissingExtraError, OptionError

Row = Sequence[Any]

FORMATS = ("csv", "jsonl", "parquet")
SENTENCES = ("article_id", "sentence", "start", "end", "words", "bias", "uncertain")
FINDINGS = (
    "article_id", "sentence", "layer", "start", "end", "text", "lexicon", "entry", "category", "voice", "source",
    "side", "score",
)  # fmt: skip
ATTRIBUTIONS = (
    "article_id", "attribution", "kind", "source", "cue", "content", "source_text", "cue_text", "content_text",
    "speaker", "side", "role", "stance", "anonymous",
)  # fmt: skip
LEADING = ("id", "outlet", "date", "title", "duplicate_of")
COUNTED = ("words", "words_own", "words_quoted", "words_reported", "sentences")
# columns of numbers that may be empty, for formats with types
_FLOATS = frozenset({"bias", "uncertain", "score"})


def check_format(name: str) -> None:
    """Refuse an unknown table format, or one whose library is not installed.

    Raises
    ------
    OptionError, MissingExtraError
    """
    if name not in FORMATS:
        msg = f"format {name!r}; allowed are {', '.join(FORMATS)}"
        raise OptionError(msg)
    if name == "parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError as missing:
            msg = "parquet needs pyarrow; run: pip install framing[parquet]"
            raise MissingExtraError(msg) from missing


def _cell(value: Any) -> Any:
    """Return a value as CSV shows it: nothing for what is missing, ten digits at most."""
    if isinstance(value, float):
        return "" if math.isnan(value) else format(value, ".10g")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else float(format(value, ".10g"))
    return value


def encode(columns: Sequence[str], rows: Iterable[Row], form: str) -> bytes:
    """Return rows as CSV or JSON Lines, without a header.

    Lone surrogates, which no encoding has a place for, become question marks.
    """
    buffer = io.StringIO()
    if form == "csv":
        csv.writer(buffer, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    else:
        for row in rows:
            record = {column: _plain(value) for column, value in zip(columns, row, strict=True)}
            buffer.write(json.dumps(record, ensure_ascii=False) + "\n")
    return buffer.getvalue().encode("utf-8", "replace")


class TableWriter:
    """Writes one table piece by piece.

    Parameters
    ----------
    folder : Path
    name : str
    columns : sequence of str
    form : str
        One of `FORMATS`.
    """

    def __init__(self, folder: Path, name: str, columns: Sequence[str], form: str) -> None:
        self.path = folder / f"{name}.{form}"
        self.columns = tuple(columns)
        self.form = form
        self._parquet: Any = None
        self._file = None if form == "parquet" else self.path.open("wb")
        if self._file and form == "csv":
            self._file.write(encode(columns, [columns], "csv"))

    def write(self, piece: bytes) -> None:
        """Append encoded rows, as `encode` returned them (JSON Lines for Parquet)."""
        if self._file:
            self._file.write(piece)
        else:
            self._write_parquet(piece)

    def _write_parquet(self, piece: bytes) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = [json.loads(line) for line in piece.decode("utf-8").splitlines()]
        if not rows and self._parquet is not None:
            return
        values = {column: [row[column] for row in rows] for column in self.columns}
        if self._parquet is None:
            schema = pa.schema([(column, self._type(column, values[column])) for column in self.columns])
            self._parquet = pq.ParquetWriter(self.path, schema)
        schema = self._parquet.schema
        arrays = [pa.array(_fitting(values[field.name], field.type), type=field.type) for field in schema]
        self._parquet.write_table(pa.Table.from_arrays(arrays, schema=schema))

    def _type(self, column: str, values: Sequence[Any]) -> Any:
        import pyarrow as pa

        known = [value for value in values if value is not None]
        if column in _FLOATS or (known and all(isinstance(value, float) for value in known)):
            return pa.float64()
        if known and all(isinstance(value, bool) for value in known):
            return pa.bool_()
        if known and all(isinstance(value, int) for value in known):
            return pa.int64()
        return pa.string()

    def close(self) -> None:
        """Finish the file."""
        if self._file:
            self._file.close()
        elif self._parquet is None:
            self._write_parquet(b"")
        if self._parquet is not None:
            self._parquet.close()


def _fitting(values: Sequence[Any], kind: Any) -> list[Any]:
    """Make values fit a column whose type the first piece decided: what does not fit a number becomes text."""
    if str(kind) == "string":
        return [None if value is None else value if isinstance(value, str) else json.dumps(value) for value in values]
    if str(kind) == "double":
        return [None if value is None else float(value) for value in values]
    return list(values)


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Read one of the tables of an output folder; empty cells of text columns are empty strings.

    Raises
    ------
    FileNotFoundError
        If the folder has no such table.
    """
    for form in FORMATS:
        path = folder / f"{name}.{form}"
        if path.exists():
            return _typed(_READERS[form](path))
    raise FileNotFoundError(folder / f"{name}.csv")


def _read_csv(path: Path) -> pd.DataFrame:
    text = {"id", "article_id", "outlet", "date", "title", "duplicate_of", "text", "lexicon", "entry", "category"}
    text |= {"voice", "source", "side", "speaker", "role", "stance", "source_text", "cue_text", "content_text", "cue"}
    text |= {"content", "kind", "layer"}
    return pd.read_csv(path, keep_default_na=False, na_values=[""], dtype=dict.fromkeys(text, "str"))


def _read_jsonl(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8") as lines:
        return pd.DataFrame([json.loads(line) for line in lines])


_READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "csv": _read_csv,
    "jsonl": _read_jsonl,
    "parquet": pd.read_parquet,
}


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    for column in table.columns:
        if column in _FLOATS:
            table[column] = pd.to_numeric(table[column])
        elif table[column].dtype == object or isinstance(table[column].dtype, pd.StringDtype):
            table[column] = table[column].fillna("")
    if "anonymous" in table and table["anonymous"].dtype != bool:
        table["anonymous"] = table["anonymous"].astype(str).str.lower() == "true"
    return table
