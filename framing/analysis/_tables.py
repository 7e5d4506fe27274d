"""The four tables: their columns, and how rows become bytes."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import MissingExtraError, OptionError

Row = Sequence[Any]

FORMATS = ("csv", "jsonl", "parquet")
SENTENCES = ("article_id", "sentence", "start", "end", "words", "bias", "uncertain", "voice")
FINDINGS = (
    "article_id", "sentence", "layer", "start", "end", "text", "lexicon", "entry", "category", "voice", "source",
    "side", "score",
)  # fmt: skip
ATTRIBUTIONS = (
    "article_id", "attribution", "kind", "source", "cue", "content", "source_text", "cue_text", "content_text",
    "speaker", "side", "role", "stance", "anonymous", "confidence", "rule", "side_rule",
)  # fmt: skip
LEADING = ("id", "outlet", "date", "title", "duplicate_of")
COUNTED = ("words", "words_own", "words_quoted", "words_reported", "sentences")
_COLUMNS = {"sentences": SENTENCES, "findings": FINDINGS, "attributions": ATTRIBUTIONS}
_TEXT = frozenset(LEADING) | {
    "article_id", "layer", "text", "lexicon", "entry", "category", "voice", "source", "side", "kind", "cue", "content",
    "source_text", "cue_text", "content_text", "speaker", "role", "stance", "rule", "side_rule",
}  # fmt: skip
# columns of numbers that may be empty, for formats with types
_FLOATS = frozenset({"bias", "uncertain", "score", "confidence"})
_INTEGERS = frozenset({"sentence", "start", "end", "words", "attribution"})
_FIXED = {
    **dict.fromkeys(_TEXT, "text"), **dict.fromkeys(_FLOATS, "float"), **dict.fromkeys(_INTEGERS, "int"),
    "anonymous": "bool",
}  # fmt: skip
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_FLOATING = frozenset({float, type(None)})
# what CSV quotes a cell for; a carriage return is seen to by the row
_QUOTED = (",", '"', "\n")


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
    if form == "csv":
        text = _csv(list(rows))
    else:
        records = ({column: _plain(value) for column, value in zip(columns, row, strict=True)} for row in rows)
        text = "".join([json.dumps(record, ensure_ascii=False) + "\n" for record in records])
    return text.encode("utf-8", "replace")


def _csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV, column by column: three times as quick as `csv.writer`, which looks at every character."""
    lines = list(map(",".join, zip(*map(_column, zip(*rows, strict=True)), strict=True)))
    text = "\n".join([*lines, ""])
    return _with_returns(rows) if "\r" in text else text


def _column(values: Sequence[Any]) -> Sequence[str]:
    """Return the cells of a column as CSV shows them."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return list(map(str, values))
    if kinds <= _FLOATING:
        # nan is the one number that is not itself
        return ["" if value is None or value != value else format(value, ".10g") for value in values]
    if kinds != {str}:
        values = ["" if value is None else str(_cell(value)) for value in values]
    if not any(map("".join(values).__contains__, _QUOTED)):
        return values
    return [_in_quotes(cell) if "," in cell or '"' in cell or "\n" in cell else cell for cell in values]


def _in_quotes(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _with_returns(rows: Iterable[Row]) -> str:
    """Return rows as CSV, those with a carriage return quoted: readers take it for a row's end."""
    buffer = io.StringIO()
    plain = csv.writer(buffer, lineterminator="\n")
    quoted = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        returns = any(isinstance(cell, str) and "\r" in cell for cell in row)
        (quoted if returns else plain).writerow([_cell(value) for value in row])
    return buffer.getvalue()


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
        self._parquet = _ParquetFile(self.path, self.columns) if form == "parquet" else None
        self._file = None if self._parquet else self.path.open("wb")
        if self._file and form == "csv":
            self._file.write(encode(columns, [columns], "csv"))

    def write(self, piece: bytes) -> None:
        """Append encoded rows, as `encode` returned them (JSON Lines for Parquet)."""
        if self._file:
            self._file.write(piece)
        elif self._parquet:
            # not splitlines, which also cuts at U+2028 and its like
            self._parquet.write([json.loads(line) for line in piece.decode("utf-8").split("\n") if line])

    def close(self) -> None:
        """Finish the file."""
        if self._file:
            self._file.close()
        elif self._parquet:
            self._parquet.close()


class _ParquetFile:
    """A Parquet file whose columns may turn out to hold something else than they began with.

    The first rows decide the types. If later ones do not fit (a further column of numbers, then a word), what is
    written already is written again with a wider type: whole numbers, then floats, then text.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path = path
        self._columns = columns
        self._further = frozenset(_further(columns))
        self._types: dict[str, str] = {}
        self._writer: Any = None

    def write(self, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        values = {column: [row[column] for row in rows] for column in self._columns}
        types = {column: self._type(column, values[column]) for column in self._columns}
        if types != self._types:
            self._begin(types)
        self._append(values)

    def _type(self, column: str, values: Sequence[Any]) -> str:
        kind = self._types.get(column, "null")
        return _wider(kind, values) if column in self._further else _FIXED.get(column) or _wider(kind, values)

    def _begin(self, types: dict[str, str]) -> None:
        """Open the file with these types, and put back what stood in it."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        before = None
        if self._writer is not None:
            self._writer.close()
            before = self._path.with_suffix(".before")
            self._path.replace(before)
        self._types = types
        self._writer = pq.ParquetWriter(self._path, pa.schema([(name, _arrow(kind)) for name, kind in types.items()]))
        if before is not None:
            with pq.ParquetFile(before) as file:
                for group in range(file.num_row_groups):
                    self._append(file.read_row_group(group).to_pydict())
            before.unlink()

    def _append(self, values: dict[str, list[Any]]) -> None:
        import pyarrow as pa

        arrays = [pa.array(_fitting(values[name], kind), type=_arrow(kind)) for name, kind in self._types.items()]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._writer.schema))

    def close(self) -> None:
        if self._writer is None:
            self._begin({column: self._type(column, []) for column in self._columns})
        self._writer.close()


def _arrow(kind: str) -> Any:
    import pyarrow as pa

    return {"null": pa.null(), "bool": pa.bool_(), "int": pa.int64(), "float": pa.float64(), "text": pa.string()}[kind]


def _wider(kind: str, values: Sequence[Any]) -> str:
    """Return the narrowest type that holds a column so far and these values."""
    found = {kind, *map(_kind, values)} - {"null"}
    if len(found) <= 1:
        return next(iter(found), "null")
    return "float" if found == {"int", "float"} else "text"


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if -(2**63) <= value < 2**63 else "text"
    return "float" if isinstance(value, float) else "text"


def _fitting(values: Sequence[Any], kind: str) -> list[Any]:
    if kind == "text":
        return [None if value is None else str(_cell(value)) for value in values]
    if kind == "float":
        return [None if value is None else float(value) for value in values]
    return list(values)


def read_table(folder: Path, name: str, form: str | None = None) -> pd.DataFrame:
    """Read one of the tables of an output folder; empty cells of text columns are empty strings.

    Whatever the format, a further column of the input is numbers if all its values are plainly numbers (``007`` is
    none), true and false if all are that, and text otherwise.

    Parameters
    ----------
    folder : Path
    name : str
    form : str, optional
        The format to look for first.

    Raises
    ------
    FileNotFoundError
        If the folder has no such table.
    """
    for kind in sorted(FORMATS, key=lambda kind: kind != form):
        path = folder / f"{name}.{kind}"
        if path.exists():
            return _typed(_read(path, kind), name)
    raise FileNotFoundError(folder / f"{name}.csv")


def _read(path: Path, form: str) -> pd.DataFrame:
    if form == "parquet":
        return pd.read_parquet(path)
    if form == "jsonl":
        with path.open(encoding="utf-8") as lines:
            return pd.DataFrame([json.loads(line) for line in lines], columns=_columns_of(path))
    columns = list(pd.read_csv(path, nrows=0, keep_default_na=False).columns)
    text = [*_TEXT, *_further(columns)]
    return pd.read_csv(path, keep_default_na=False, na_values=[""], dtype=dict.fromkeys(text, "str"), low_memory=False)


def _columns_of(path: Path) -> list[str]:
    """Return the columns of a table in JSON Lines, also of one without rows."""
    with path.open(encoding="utf-8") as lines:
        first = lines.readline()
    return list(json.loads(first)) if first else list(_COLUMNS.get(path.stem, ()))


def _further(columns: Sequence[str]) -> list[str]:
    """Return the input's further columns, which stand in front of the counts of the table of articles."""
    if tuple(columns[: len(LEADING)]) != LEADING or COUNTED[0] not in columns:
        return []
    return list(columns[len(LEADING) : list(columns).index(COUNTED[0])])


def _typed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    names = list(table.columns)
    further = set(_further(names)) if name == "articles" else set()
    scores = set(names[names.index("attributions") + 1 :]) if name == "articles" and "attributions" in names else set()
    for column in table.columns:
        kind = "" if column in further else _FIXED.get(column, "")
        if kind == "text":
            table[column] = table[column].astype(object).where(table[column].notna(), "").astype("str")
        elif kind == "bool":
            table[column] = table[column].astype(str).str.lower() == "true"
        elif kind:
            table[column] = pd.to_numeric(table[column]).astype("float64" if kind == "float" else "int64")
        elif column in further:
            table[column] = _settled(table[column])
        elif table[column].isna().all():
            table[column] = pd.Series(float("nan"), index=table.index, dtype="float64")
        elif not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = _settled(table[column])
        if column in scores and pd.api.types.is_integer_dtype(table[column]):
            table[column] = table[column].astype("float64")
    return table


def _settled(column: pd.Series[Any]) -> pd.Series[Any]:
    """Give a further column the type that all its values have, whatever the format it was kept in."""
    if pd.api.types.is_bool_dtype(column) or (pd.api.types.is_numeric_dtype(column) and column.notna().any()):
        return column
    cells = [None if missing else _cell(value) for value, missing in zip(column, column.isna(), strict=True)]
    known = [str(cell) for cell in cells if cell not in {None, ""}]
    if known and all(map(_NUMBER.fullmatch, known)):
        return pd.to_numeric(pd.Series([None if cell == "" else cell for cell in cells], index=column.index))
    if len(known) == len(cells) and set(known) <= {"true", "false"}:
        return pd.Series([cell == "true" for cell in cells], index=column.index)
    return pd.Series(["" if cell is None else str(cell) for cell in cells], index=column.index, dtype="str")
