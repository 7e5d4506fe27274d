"""Articles whose words readers marked: as a list of words, or as places in the text."""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.corpus import Article, Corpus, Reject, read_corpus
from framing.errors import InputError

# a word as scoring counts it: letters and digits, joined by hyphens and apostrophes
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
COLUMNS = ("biased_words", "spans")
_LINES, _TABLES = (".jsonl", ".ndjson"), (".csv", ".tsv")
_PLACES = re.compile(r"\d+-\d+(?:\s*;\s*\d+-\d+)*")
_ALLOWED = "a list of words, or of spans with start and end"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article and what readers marked in it: words wherever they stand, or places.

    Attributes
    ----------
    article : Article
    words : frozenset of str
        Lower-cased.
    spans : tuple of (start, end)
    """

    article: Article
    words: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()


class AnnotatedCorpus:
    """Annotated articles of a file, read when they are iterated.

    Parameters
    ----------
    file : str or Path
        .jsonl, .ndjson, .csv or .tsv, each also .gz.
    column : str, optional
        Column with the annotations; one of `COLUMNS` by default.
    bias : str, optional
        Of spans that have a ``bias``, only those with this one.
    strict : bool
        Stop at the first row that cannot be read.
    **columns
        Columns of the articles, and encoding, as for `read_corpus`.

    Raises
    ------
    InputError
        If the file is of another kind, or no column holds annotations.
    """

    def __init__(
        self,
        file: str | Path,
        *,
        column: str | None = None,
        bias: str | None = None,
        strict: bool = False,
        **columns: str | None,
    ) -> None:
        self.file = Path(file)
        self._kind = Path(self.file.name.lower().removesuffix(".gz")).suffix
        if self._kind not in (*_LINES, *_TABLES):
            allowed = " ".join((*_LINES, *_TABLES))
            msg = f"{file}: annotated words cannot be read from {self._kind or 'a file without suffix'!r}; allowed: "
            raise InputError(f"{msg}{allowed}, each also .gz")
        self._corpus: Corpus = read_corpus(self.file, strict=strict, **columns)
        self._encoding = columns.get("encoding") or "utf-8-sig"
        self._bias = bias
        self.column = self._column(column)
        self.rejected = 0

    def _column(self, wanted: str | None) -> str:
        """Return the column with the annotations, found in the first record."""
        given = next((cells for article, _, cells in self._rows() if isinstance(article, Article)), None)
        if given is None:
            msg = f"{self.file}: no record that could be read"
            raise InputError(msg)
        for name in (wanted,) if wanted else COLUMNS:
            if name in given:
                return name
        sought = repr(wanted) if wanted else " or ".join(map(repr, COLUMNS))
        names = ", ".join(map(repr, given)) or "none"
        msg = f"{self.file}: no column {sought} with annotations; say --column NAME; columns found: {names}"
        raise InputError(msg)

    def __iter__(self) -> Iterator[Annotated]:
        self.rejected = 0
        for article, where, cells in self._rows():
            if isinstance(article, Reject):
                self.rejected += 1
            else:
                yield self._annotated(article, where, cells)

    def _rows(self) -> Iterator[tuple[Article | Reject, str, Mapping[str, Any]]]:
        """Yield articles with where they stand and all their cells; the corpus carries no nested ones along."""
        if self._kind in _TABLES:
            for number, article in enumerate(self._corpus.rows(), 1):
                yield article, f"record {number}", {} if isinstance(article, Reject) else dict(article.extra)
            return
        for article, (number, line) in zip(self._corpus.rows(), self._lines(), strict=False):
            cells = {} if isinstance(article, Reject) else json.loads(line)
            yield article, f"line {number}", cells

    def _lines(self) -> Iterator[tuple[int, str]]:
        opener = gzip.open if self.file.name.lower().endswith(".gz") else open
        try:
            with opener(self.file, "rt", encoding=self._encoding) as stream:
                for number, line in enumerate(stream, 1):
                    if not line.isspace():
                        yield number, line
        except UnicodeDecodeError as fault:
            msg = f"{self.file}: not {fault.encoding} at byte {fault.start}; say --encoding NAME"
            raise InputError(msg) from fault

    def _annotated(self, article: Article, where: str, cells: Mapping[str, Any]) -> Annotated:
        at = f"{self.file}, {where}"
        if self.column not in cells and self._kind in _LINES:
            msg = f"{at}: no {self.column!r}; where nothing is marked, an empty list is allowed"
            raise InputError(msg)
        marks = _listed(cells.get(self.column), f"{at}: {self.column}")
        words = [mark for mark in marks if isinstance(mark, str)]
        spans = [self._span(mark, article, f"{at}: {self.column}") for mark in marks if not isinstance(mark, str)]
        folded = frozenset(word.lower() for phrase in words for word in WORD.findall(phrase))
        return Annotated(article, folded, tuple(span for span in spans if span is not None))

    def _span(self, mark: object, article: Article, at: str) -> Span | None:
        """Return a span's place; None if it is of another bias than wanted."""
        bias = None
        if isinstance(mark, Mapping):
            bias, mark = mark.get("bias"), (mark.get("start"), mark.get("end"))
        if not isinstance(mark, (list, tuple)) or len(mark) != 2 or not all(type(place) is int for place in mark):
            msg = f"{at} holds {mark!r}; allowed is {_ALLOWED}"
            raise InputError(msg)
        start, end = mark
        if not 0 <= start < end <= len(article.text):
            msg = f"{at}: span {start}-{end}; allowed are places within 0-{len(article.text)}"
            raise InputError(msg)
        return None if self._bias is not None and bias != self._bias else (start, end)


def _listed(cell: object, at: str) -> list[Any]:
    """Return a cell as a list: JSON's own, or as a table writes it (a list, or words or places joined by ; or |)."""
    if cell is None or cell == "":
        return []
    if isinstance(cell, str):
        text = cell.strip()
        if text.startswith("["):
            cell = _parsed(text)
        elif _PLACES.fullmatch(text):
            return [tuple(map(int, part.split("-"))) for part in text.split(";")]
        else:
            return [part.strip() for part in re.split(r"[;|]", text) if part.strip()]
    if not isinstance(cell, list):
        found = repr(cell)
        msg = f"{at} is {found if len(found) <= 40 else found[:37] + '...'}; allowed is {_ALLOWED}"
        raise InputError(msg)
    return cell


def _parsed(text: str) -> object:
    """Return a list written as JSON or as Python shows it; the text itself in a tuple where it is neither."""
    for parse in (json.loads, ast.literal_eval):
        try:
            return parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return (text,)
