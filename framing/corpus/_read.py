"""From what a user names - a path, `-`, a table, articles - to a corpus."""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from framing.corpus._article import Article
from framing.corpus._columns import resolve
from framing.corpus._corpus import Corpus
from framing.corpus._file import faults, open_file, remove
from framing.corpus._folder import FilesReader
from framing.corpus._json import JsonLinesReader, JsonReader
from framing.corpus._memory import FrameReader, ItemsReader
from framing.corpus._parquet import ParquetReader
from framing.corpus._row import Reader
from framing.corpus._tables import TableReader
from framing.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".txt", ".html", ".htm")
STANDARD_INPUT = "standard input"


def _suffix(path: Path) -> str:
    name = path.name.lower()
    return Path(name[:-3] if name.endswith(".gz") else name).suffix


def _sniff(head: str, options: Mapping[str, str | None]) -> str:
    """Tell from its beginning what standard input holds."""
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        first = start.partition("\n")[0].rstrip()
        return ".jsonl" if first.endswith("}") else ".json"
    if start.startswith("["):
        return ".json"
    if start[:14].lower().startswith(("<!doctype html", "<html", "<head", "<?xml")):
        return ".html"
    first = start.partition("\n")[0].strip()
    for delimiter, suffix in (("\t", ".tsv"), (",", ".csv"), (";", ".csv")):
        try:
            cells = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
        except csv.Error:
            continue
        if any(options.values()) or (len(cells) > 1 and _has_text(cells)):
            return suffix
    return ".csv" if first and _has_text([first]) else ".txt"


def _has_text(cells: list[str]) -> bool:
    try:
        return bool(resolve(cells, {}, "").text)
    except InputError:
        return False


def _spooled() -> Path:
    """Copy standard input into a temporary file, since it is read more than once."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None or sys.stdin.isatty():
        raise InputError(f"{STANDARD_INPUT}: nothing is piped in; give a file, or: cat FILE | framing ... -")
    handle, path = tempfile.mkstemp(prefix="framing-")
    with os.fdopen(handle, "wb") as spool:
        shutil.copyfileobj(stream, spool, 1 << 20)
    return Path(path)


def _binary(path: Path, mark: bytes) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(mark)) == mark


def _file_reader(path: Path, name: str, suffix: str, options: Mapping[str, str | None], encoding: str | None) -> Reader:
    with faults(name):
        if suffix == ".parquet" or (not suffix and _binary(path, b"PAR1")):
            return ParquetReader(open_file(path, name=name, text=False))
    if suffix in {".txt", ".html", ".htm"}:
        return FilesReader(path, name=name, encoding=encoding, suffix=suffix)
    file = open_file(path, name=name, encoding=encoding)
    if not suffix:
        suffix = _sniff(file.head(), options)
        if suffix in {".txt", ".html"}:
            return FilesReader(path, name=name, encoding=encoding, suffix=suffix)
    if suffix in {".jsonl", ".ndjson"}:
        return JsonLinesReader(file)
    return JsonReader(file) if suffix == ".json" else TableReader(file, suffix)


def _path_reader(path: Path, options: Mapping[str, str | None], encoding: str | None) -> Reader:
    name = str(path)
    with faults(name):
        path.stat()
    if path.is_dir():
        return FilesReader(path, name=name, encoding=encoding)
    suffix = _suffix(path)
    if suffix not in SUFFIXES:
        msg = f"{name}: unknown kind of file {suffix or '(no suffix)'!r}; allowed: {' '.join(SUFFIXES)}, each also .gz"
        raise InputError(msg)
    return _file_reader(path, name, suffix, options, encoding)


def _is_frame(source: object) -> bool:
    return any(
        kind.__module__.partition(".")[0] == "pandas" and kind.__name__ == "DataFrame" for kind in type(source).__mro__
    )


def read_corpus(
    source: str | Path | pd.DataFrame | Iterable[Article | Mapping[str, object]],
    *,
    id: str | None = None,
    text: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    title: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
    strict: bool = False,
) -> Corpus:
    """Open a corpus; articles are read when it is iterated, each time anew.

    Parameters
    ----------
    source : path, DataFrame or iterable of Article or dict
        .csv, .tsv, .jsonl, .ndjson, .json (a list of objects), each also .gz; .parquet (extra `parquet`); a .txt or
        .html file (extra `html`) or a folder of them, with the sub-folder as outlet; `-` for standard input, whose
        kind is told from its beginning.
    id, text, outlet, date, title, url : str, optional
        The column that holds it. By default it is found by the names that news collections use. Without ids the
        number of the row is the id; the white space around an id or an outlet's name is not part of it.
    encoding : str, optional
        By default UTF-8 or what a byte order mark says; anything else is detected, and said in `Corpus.notes`.
    strict : bool
        Stop at the first row that cannot be read, instead of putting it into `Corpus.rejects`.

    Returns
    -------
    Corpus

    Raises
    ------
    InputError
        If the source cannot be read, or a named column is not there, or the text column cannot be told.
    OptionError
        If there is no such encoding.
    MissingExtraError
        If a kind of file needs a library that is not installed.
    """
    options = {"id": id, "text": text, "outlet": outlet, "date": date, "title": title, "url": url}
    path: Path | None = None
    spool: Path | None = None
    reader: Reader
    if isinstance(source, (str, Path)):
        if str(source) == "-":
            spool = _spooled()
            try:
                reader = _file_reader(spool, STANDARD_INPUT, "", options, encoding)
            except BaseException:
                spool.unlink()
                raise
        else:
            path = Path(source)
            reader = _path_reader(path, options, encoding)
    elif _is_frame(source):
        reader = FrameReader(source)  # type: ignore[arg-type]
    elif isinstance(source, Iterable) and not isinstance(source, (Mapping, bytes)):
        reader = ItemsReader(source)
    else:
        kind = type(source).__name__
        msg = f"a corpus cannot be read from {kind}; allowed: a path, '-', a DataFrame, articles or dicts"
        raise InputError(msg)
    if spool is not None:
        weakref.finalize(reader, remove, str(spool), os.getpid())
    return Corpus(reader, options=options, path=path, strict=strict)
