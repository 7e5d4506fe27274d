"""What a reader hands on: a row of cells, or the reason why there is none; and how a row becomes an article."""

from __future__ import annotations

import datetime
import decimal
import json
import math
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, cast

from framing.corpus._article import Article, Scalar
from framing.corpus._columns import Fields

MAX_TEXT = 10_000_000  # characters; the longest novels have four million
MAX_COLUMNS = 1_000
_SNIPPET = 80


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be read.

    Attributes
    ----------
    line : int
        The physical line on which the row begins, counted from 1; in a table without lines (Parquet, DataFrame,
        iterable) the number of the row.
    reason : str
        What was found and, where it is not plain, what is allowed.
    id : str
        The id in the row; empty where none could be read.
    snippet : str
        The beginning of what stood there, at most 80 characters, on one line.
    """

    line: int
    reason: str
    id: str = ""
    snippet: str = ""


class Row(NamedTuple):
    """The cells of one row: `line` for messages, `number` counts all rows from 1, readable or not."""

    line: int
    number: int
    cells: Mapping[str, object]


@dataclass(slots=True)
class Log:
    """What one pass over a source finds out beside its rows."""

    columns: dict[str, None] = field(default_factory=dict)
    nested: dict[str, None] = field(default_factory=dict)
    repeated: int = 0
    repeated_example: str = ""
    left_out: int = 0
    encodings: dict[str, tuple[int, str]] = field(default_factory=dict)  # how many files, the first of them
    notes: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Return what a reader of the results should know, one plain sentence each."""
        out = [
            f"{count:,} file(s) are not UTF-8 and were read as {encoding}, first {first}"
            for encoding, (count, first) in self.encodings.items()
        ]
        out += [f"column {name!r} holds nested values, which were left out" for name in self.nested]
        if self.left_out:
            out.append(f"{self.left_out:,} value(s) were left out: more than {MAX_COLUMNS:,} different further columns")
        if self.repeated:
            out.append(
                f"{self.repeated:,} article(s) have an id that was used before; "
                f"#2, #3 ... was added, first to {self.repeated_example!r}"
            )
        return out + self.notes


class Reader(Protocol):
    """One kind of source. Everything above it (columns, ids, rejects) is the same for all kinds."""

    @property
    def name(self) -> str:
        """Name the source in messages."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what was decided when the source was opened."""

    @property
    def lazy(self) -> bool:
        """Tell whether the column names are unknown until an article is asked for."""

    def names(self) -> list[str]:
        """Return the names of columns that may hold an article's fields, in order."""

    def rows(self, log: Log) -> Generator[Row | Article | Reject, None, None]:
        """Yield the rows from the beginning."""

    def sha256(self) -> str:
        """Return the hash of the source, as 64 hexadecimal digits."""


def snippet(value: object) -> str:
    """Return the beginning of `value` on one line."""
    head = value[: 4 * _SNIPPET] if isinstance(value, str) else _written(value)[: 4 * _SNIPPET]
    line = " ".join(head.split()).encode("utf-8", "replace").decode("utf-8").replace("\x00", "\\0")
    return line if len(line) <= _SNIPPET else line[: _SNIPPET - 3] + "..."


def _written(value: object) -> str:
    """Return a row or list as JSON, as it was most likely written, and all else as Python shows it."""
    if isinstance(value, (dict, list)):
        with suppress(TypeError, ValueError, RecursionError):
            return json.dumps(value, ensure_ascii=False)
    return repr(value)


def scalar(value: object) -> Scalar | object:
    """Return `value` as a plain scalar where it is one, else as it is: a list, a mapping."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if isinstance(value, float):  # numpy.float64 is one too
        return None if math.isnan(value) else float(value)
    if kind.__name__ in {"NAType", "NaTType"}:  # what pandas has for an empty cell
        return None
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time() and value.tzinfo is None
        return (value.date() if midnight else value).isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, str):  # a subclass, as numpy.str_
        return str(value)
    item = getattr(value, "item", None)  # a NumPy scalar
    return scalar(item()) if item is not None and getattr(value, "ndim", 1) == 0 else value


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, (str, int, float))


def _fault(value: str) -> str:
    """Say why a string cannot be carried into a table; empty if it can."""
    if "\x00" in value:
        return "a NUL character"
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as bad:
            return f"half of a surrogate pair (U+{ord(value[bad.start]):04X})"
    return ""


def text_fault(text: object, column: str) -> str:
    """Say why `text` cannot be an article's text; empty if it can."""
    if text is None:
        return f"no text (column {column!r} is missing or empty)"
    if not isinstance(text, str):
        return f"the text (column {column!r}) is {_kind(text)}; a string is allowed"
    if not text or text.isspace():
        return f"the text (column {column!r}) is empty"
    if len(text) > MAX_TEXT:
        return f"the text (column {column!r}) has {len(text):,} characters; {MAX_TEXT:,} are allowed"
    return ""


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"of type {type(value).__name__}"


def _name(value: Scalar | object) -> str:
    """Return an id or an outlet as a string; 7.0, a whole number that met an empty cell, is 7."""
    if value is None or not _is_scalar(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _plain(value: Scalar | object) -> str:
    return str(value) if value is not None and _is_scalar(value) else ""


def to_article(row: Row, fields: Fields, log: Log) -> Article | Reject:
    """Make the article of a row, or say why there is none."""
    cells = {name: scalar(value) for name, value in row.cells.items()}
    id_ = _name(cells.get(fields.id)) if fields.id is not None else ""
    text = cells.get(fields.text)
    reason = text_fault(text, fields.text)
    if not reason:
        for name, value in cells.items():
            if isinstance(value, str) and (fault := _fault(value)):
                reason = f"column {name!r} holds {fault}"
                break
    if reason:
        return Reject(row.line, reason, snippet(id_), snippet(text if text is not None else dict(row.cells)))
    assert isinstance(text, str)
    used = fields.used
    return Article(
        id=id_ or str(row.number),
        text=text,
        outlet=_name(cells.get(fields.outlet)) if fields.outlet is not None else "",
        title=_plain(cells.get(fields.title)) if fields.title is not None else "",
        date=_plain(cells.get(fields.date)) if fields.date is not None else "",
        url=_plain(cells.get(fields.url)) if fields.url is not None else "",
        extra=_extra(cells, used, log),
    )


def _extra(cells: Mapping[str, Scalar | object], used: frozenset[str], log: Log) -> dict[str, Scalar]:
    extra: dict[str, Scalar] = {}
    for name, value in cells.items():
        if not _is_scalar(value):
            log.nested[name] = None
        elif name in used:
            continue
        elif name in log.columns or len(log.columns) < MAX_COLUMNS:
            log.columns[name] = None
            extra[name] = cast("Scalar", value)
        else:
            log.left_out += 1
    return extra


def check_article(article: Article, number: int, log: Log) -> Article | Reject:
    """Hold an article that a caller made to the same rules as a row."""
    cells: dict[str, object] = {
        "id": article.id or None,
        "text": article.text,
        "outlet": article.outlet,
        "title": article.title,
        "date": article.date,
        "url": article.url,
    }
    made = to_article(Row(number, number, cells), Fields.plain(), log)
    if isinstance(made, Reject):
        return made
    own = frozenset[str]()
    further = _extra({name: scalar(value) for name, value in article.extra.items()}, own, log)
    return Article(made.id, made.text, made.outlet, made.title, made.date, made.url, further)
