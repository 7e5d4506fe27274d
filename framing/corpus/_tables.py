"""CSV and TSV, row by row, with the physical line on which each row begins."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TextIO

from framing.corpus._columns import listed
from framing.corpus._file import File, faults
from framing.corpus._row import MAX_TEXT, Log, Reject, Row, snippet
from framing.errors import InputError

MAX_LINE = 100_000_000  # characters; a longer line means that the file is no text of lines
_PEEK = 200  # lines from which the use of quotation marks in a TSV is told


def lines(stream: TextIO, name: str) -> Iterator[str]:
    """Yield physical lines with their ends; never more than MAX_LINE characters in memory."""
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            raise InputError(f"{name}, line {number:,}: the line is longer than {MAX_LINE:,} characters")
        yield line


class _Feed:
    """Lines for the csv module; those of the record being read can be given back."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._again: deque[str] = deque()
        self.number = 0
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._source)
        self.number += 1
        self.record.append(line)
        return line

    def rewind(self) -> str:
        """Give back all lines of the record but its first, which is returned."""
        first = self.record[0] if self.record else ""
        self._again.extendleft(reversed(self.record[1:]))
        self.number -= max(len(self.record) - 1, 0)
        return first


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end of data" in said:
        return "a quotation mark opens a cell and is never closed"
    if "field limit" in said:
        return f"a cell is longer than {MAX_TEXT:,} characters, or its quotation mark is never closed"
    if "expected after" in said:
        return "text follows the quotation mark that closes a cell (quotation marks inside a cell are doubled)"
    return f"broken CSV ({said})"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart."""

    delimiter: str
    quoting: bool = True

    def reader(self, feed: Iterator[str]) -> Iterator[list[str]]:
        """Return a csv reader that refuses what it would have to guess."""
        if self.quoting:
            return csv.reader(feed, delimiter=self.delimiter, strict=True)
        return csv.reader(feed, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=True)


def _next(reader: Iterator[list[str]]) -> list[str]:
    # The limit belongs to the whole process; it is ours only while a row is being read.
    before = csv.field_size_limit(MAX_TEXT)
    try:
        return next(reader)
    finally:
        csv.field_size_limit(before)


def _records(source: Iterator[str], dialect: Dialect) -> Iterator[tuple[int, list[str], str, str]]:
    """Yield line, cells, reason and the first physical line of each record; cells are empty where there is a reason.

    Behind a broken quotation mark reading starts again on the next physical line.
    """
    feed = _Feed(source)
    reader = dialect.reader(feed)
    while True:
        feed.record.clear()
        begin = feed.number + 1
        try:
            yield begin, _next(reader), "", feed.record[0]
        except StopIteration:
            return
        except csv.Error as error:
            first = feed.rewind()
            yield begin, [], _reason(error), first
            reader = dialect.reader(feed)


def _dialect(head: str, suffix: str, name: str) -> tuple[Dialect, tuple[str, ...]]:
    first = head.lstrip("\r\n").partition("\n")[0]
    delimiter = "\t" if suffix == ".tsv" else ","
    notes: tuple[str, ...] = ()
    if delimiter not in first:
        for other, called in ((";", "semicolons"), ("\t", "tabs"), (",", "commas")):
            if other in first:
                delimiter = other
                notes = (f"{name} has no {'tab' if suffix == '.tsv' else 'comma'} in its header; read with {called}",)
                break
    if delimiter == "\t" and _bare_quotes(head, first.count("\t")):
        return Dialect("\t", quoting=False), (
            *notes,
            f"{name}: cells begin with quotation marks that do not close there; they were read as part of the text",
        )
    return Dialect(delimiter), notes


def _bare_quotes(head: str, tabs: int) -> bool:
    """Tell whether a TSV is written without quoting: every line is a row, and some cell only begins with a mark."""
    rows = [line for line in head.splitlines()[:-1][:_PEEK] if line]
    if any(row.count("\t") != tabs for row in rows):
        return False
    cells = [cell for row in rows for cell in row.split("\t") if cell.startswith('"')]
    return any(len(cell) == 1 or not cell.endswith('"') or cell.count('"') % 2 for cell in cells)


class TableReader:
    """A CSV or TSV file."""

    lazy = False

    def __init__(self, file: File, suffix: str) -> None:
        self._file = file
        self.name = file.name
        self._dialect, notes = _dialect(file.head(), suffix, file.name)
        self.notes = file.notes + notes
        self._header = self._read_header()

    def _read_header(self) -> list[str]:
        with self._file.text() as stream:
            for line, cells, reason, _ in _records(lines(stream, self.name), self._dialect):
                if reason:
                    raise InputError(f"{self.name}, line {line:,}: in the header, {reason}")
                if cells:
                    names = [cell.strip() or f"column_{n}" for n, cell in enumerate(cells, 1)]
                    break
            else:
                raise InputError(f"{self.name}: the file holds nothing but empty lines")
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InputError(f"{self.name}, line {line:,}: the header has {listed(twice)} more than once")
        if any("\x00" in name for name in names):
            raise InputError(f"{self.name}, line {line:,}: the header holds a NUL byte; this is no table of text")
        return names

    def names(self) -> list[str]:
        """Return the header."""
        return list(self._header)

    def sha256(self) -> str:
        """Return the hash of the file as it lies on disk."""
        return self._file.sha256

    def rows(self, log: Log) -> Generator[Row | Reject, None, None]:
        """Yield the rows below the header."""
        with faults(self.name), self._file.text() as stream:
            yield from self._rows(lines(stream, self.name))

    def _rows(self, source: Iterator[str]) -> Generator[Row | Reject, None, None]:
        header, number, lost = self._header, -1, False
        for line, cells, reason, first in _records(source, self._dialect):
            if not cells and not reason:
                continue  # an empty line
            fits = not reason and len(cells) == len(header)
            if lost and not fits:
                continue  # what is left of a broken row
            number += 1
            if number == 0:
                continue  # the header
            lost = bool(reason)
            if fits:
                yield Row(line, number, dict(zip(header, cells, strict=True)))
            else:
                reason = reason or f"{len(cells):,} cell(s) where the header has {len(header):,}"
                yield Reject(line, reason, "", snippet(first))
