"""JSON Lines, and JSON documents that hold a list of objects or one object after another."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import TextIO

from framing.corpus._file import File
from framing.corpus._row import MAX_TEXT, Log, Reject, Row, scalar, snippet
from framing.corpus._tables import lines
from framing.errors import InputError

_PEEK = 100  # objects from which the columns are told
_CHUNK = 1 << 16
_KINDS = {list: "a list", str: "a string", int: "a number", float: "a number", bool: "true or false"}


def _not_object(value: object) -> str:
    return f"{_KINDS.get(type(value), 'null')} where an object {{...}} is expected"


def _broken(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON at character {error.colno:,} ({error.msg})"
    if isinstance(error, RecursionError):
        return "JSON nested too deeply"
    return f"broken JSON ({error})"


def _row(line: int, number: int, value: object, raw: str) -> Row | Reject:
    if not isinstance(value, dict):
        return Reject(line, _not_object(value), "", snippet(raw))
    return Row(line, number, value)


def scalar_names(rows: Iterator[Row]) -> list[str]:
    """Return the names of columns, in first-seen order, without those that hold nested values only."""
    flat: dict[str, bool] = {}
    for row in rows:
        for name, value in row.cells.items():
            plain = scalar(value)
            nested = plain is not None and not isinstance(plain, (str, int, float))
            flat[name] = flat.get(name, False) or not nested
    return [name for name, is_flat in flat.items() if is_flat]


class _JsonReader:
    lazy = False

    def __init__(self, file: File) -> None:
        self._file = file
        self.name = file.name
        self.notes = file.notes

    def names(self) -> list[str]:
        """Return the columns of the first objects."""
        return scalar_names(self._peek())

    def _peek(self) -> Iterator[Row]:
        seen = 0
        for row in self.rows(Log()):
            if isinstance(row, Row):
                yield row
                seen += 1
                if seen == _PEEK:
                    return

    def rows(self, log: Log) -> Generator[Row | Reject, None, None]:
        """Yield one row for each object."""
        raise NotImplementedError

    def sha256(self) -> str:
        """Return the hash of the file as it lies on disk."""
        return self._file.sha256


class JsonLinesReader(_JsonReader):
    """A file with one JSON object a line."""

    def rows(self, log: Log) -> Generator[Row | Reject, None, None]:
        """Yield one row for each line that is not empty."""
        number = 0
        with self._file.text() as stream:
            for n, line in enumerate(lines(stream, self.name), 1):
                if line.isspace():
                    continue
                number += 1
                try:
                    value = json.loads(line)
                except (ValueError, RecursionError) as error:
                    yield Reject(n, _broken(error), "", snippet(line))
                else:
                    yield _row(n, number, value, line)


class _Document:
    """A window on a JSON text that moves forward; `line` is the physical line at its beginning."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._decode = json.JSONDecoder().raw_decode
        self._buffer = ""
        self._ended = False
        self.line = 1

    def _more(self) -> None:
        chunk = self._stream.read(max(_CHUNK, len(self._buffer)))  # doubling: long objects stay linear
        self._ended = not chunk
        self._buffer += chunk
        if len(self._buffer) > 8 * MAX_TEXT:
            raise InputError(
                f"{self._name}, line {self.line:,}: a JSON object is longer than {8 * MAX_TEXT:,} characters"
            )

    def _drop(self, count: int) -> None:
        self.line += self._buffer.count("\n", 0, count)
        self._buffer = self._buffer[count:]

    def peek(self) -> str:
        """Return the next character that is not white space; empty at the end."""
        while True:
            rest = self._buffer.lstrip(" \t\r\n\ufeff")
            self._drop(len(self._buffer) - len(rest))
            if rest or self._ended:
                return rest[:1]
            self._more()

    def skip(self) -> None:
        """Go over one character."""
        self._drop(1)

    def value(self) -> tuple[object, str]:
        """Return the next value and the text that stands for it."""
        while True:
            try:
                value, end = self._decode(self._buffer)
            except (ValueError, RecursionError) as error:
                if isinstance(error, RecursionError) or self._ended:
                    raise InputError(f"{self._name}, line {self._at(error):,}: {_broken(error)}") from error
                self._more()
                continue
            if end == len(self._buffer) and not self._ended:  # a number may go on
                self._more()
                continue
            raw = self._buffer[: min(end, 400)]
            self._drop(end)
            return value, raw

    def _at(self, error: Exception) -> int:
        return self.line + (error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0)


class JsonReader(_JsonReader):
    """A .json file: a list of objects, one object, or one after another; read piece by piece."""

    def rows(self, log: Log) -> Generator[Row | Reject, None, None]:
        """Yield one row for each object."""
        with self._file.text() as stream:
            document = _Document(stream, self.name)
            listed = document.peek() == "["
            if listed:
                document.skip()
            number = 0
            while mark := document.peek():
                if listed and mark in ",]":
                    document.skip()
                    if mark == "]":
                        break
                    continue
                number += 1
                line = document.line
                value, raw = document.value()
                yield _row(line, number, value, raw)
            else:
                if listed:
                    raise InputError(f"{self.name}, line {document.line:,}: the list is never closed with ]")
            if document.peek():
                raise InputError(f"{self.name}, line {document.line:,}: something follows the list")
