"""What is in memory already: a DataFrame, or articles and dicts one after another."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import weakref
from collections.abc import Generator, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from framing.corpus._article import Article
from framing.corpus._file import remove
from framing.corpus._json import scalar_names
from framing.corpus._row import Log, Reject, Row, check_article, scalar, snippet
from framing.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_PEEK = 100


def _jsonable(value: object) -> object:
    plain = scalar(value)
    if plain is None or isinstance(plain, (str, int, float)):
        return plain
    if isinstance(plain, Mapping):
        return {str(name): _jsonable(part) for name, part in plain.items()}
    return [repr(plain)]  # nested or foreign: left out whatever it is


def _pack(item: object) -> object:
    """Return what JSON can hold of an item; reading it back gives the same article or reject."""
    if isinstance(item, Article):
        return [item.id, item.text, item.outlet, item.title, item.date, item.url, _jsonable(item.extra)]
    return _jsonable(item)


def _unpack(packed: object) -> object:
    if isinstance(packed, list) and len(packed) == 7:
        return Article(*packed)
    return packed


def _digest(rows: Iterable[object]) -> str:
    hashed = hashlib.sha256()
    for row in rows:
        hashed.update(json.dumps(_pack(row), ensure_ascii=True).encode("ascii") + b"\n")
    return hashed.hexdigest()


class FrameReader:
    """A pandas DataFrame."""

    lazy = False
    name = "DataFrame"
    notes: tuple[str, ...] = ()

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._columns = [str(column) for column in frame.columns]
        if len(set(self._columns)) < len(self._columns):
            raise InputError("DataFrame: two columns have the same name")

    def names(self) -> list[str]:
        """Return the columns."""
        return list(self._columns)

    def _cells(self) -> Iterator[dict[str, object]]:
        for values in self._frame.itertuples(index=False, name=None):
            yield dict(zip(self._columns, values, strict=True))

    def rows(self, log: Log) -> Generator[Row | Article | Reject, None, None]:
        """Yield one row for each row of the frame; lines count from 1."""
        for number, cells in enumerate(self._cells(), 1):
            yield Row(number, number, cells)

    def sha256(self) -> str:
        """Return the hash of the rows, written as JSON lines."""
        return _digest(self._cells())


class ItemsReader:
    """Articles or dicts, from a list or from an iterator that can be gone through only once.

    What such an iterator has given is kept in a temporary file, so that a second pass sees the same; it is asked for
    no more than has been consumed.
    """

    name = "articles"
    notes: tuple[str, ...] = ()

    def __init__(self, items: Iterable[object]) -> None:
        self._once = iter(items) if iter(items) is items else None
        self._items = items
        self.lazy = self._once is not None
        self._path = ""
        self._kept = 0

    def names(self) -> list[str]:
        """Return the columns of the first dicts; of the first only, where items come once."""
        first = islice(self._all(), 1 if self.lazy else _PEEK)
        found = [Row(0, 0, {str(k): v for k, v in item.items()}) for item in first if isinstance(item, Mapping)]
        return scalar_names(iter(found))

    def only_articles(self) -> bool:
        """Tell whether the first items are articles, which need no columns."""
        return not any(isinstance(item, Mapping) for item in islice(self._all(), 1 if self.lazy else _PEEK))

    def _all(self) -> Iterator[object]:
        if self._once is None:
            yield from self._items
            return
        seen = 0
        while True:
            if seen < self._kept:
                for item in self._replay(seen):
                    yield item
                    seen += 1
                continue
            try:
                item = next(self._once)
            except StopIteration:
                return
            self._keep(item)
            seen += 1
            yield item

    def _keep(self, item: object) -> None:
        if not self._path:
            handle, self._path = tempfile.mkstemp(prefix="framing-", suffix=".jsonl")
            os.close(handle)
            weakref.finalize(self, remove, self._path, os.getpid())
        with open(self._path, "a", encoding="ascii") as spool:
            spool.write(json.dumps(_pack(item), ensure_ascii=True) + "\n")
        self._kept += 1

    def _replay(self, start: int) -> Iterator[object]:
        with open(self._path, encoding="ascii") as spool:
            for line in islice(spool, start, self._kept):
                yield _unpack(json.loads(line))

    def rows(self, log: Log) -> Generator[Row | Article | Reject, None, None]:
        """Yield one row for each item; lines count items from 1."""
        for number, item in enumerate(self._all(), 1):
            if isinstance(item, Article):
                yield check_article(item, number, log)
            elif isinstance(item, Mapping):
                yield Row(number, number, {str(name): value for name, value in item.items()})
            else:
                reason = f"an item of type {type(item).__name__}; Article or dict is allowed"
                yield Reject(number, reason, "", snippet(item))

    def sha256(self) -> str:
        """Return the hash of the items, written as JSON lines."""
        return _digest(self._all())
