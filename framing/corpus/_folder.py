"""A folder of .txt and .html files, one article each, and a single such file."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath

from framing.corpus._file import File, open_file
from framing.corpus._row import MAX_TEXT, Log, Reject, Row, snippet
from framing.errors import FramingError, InputError, MissingExtraError

_TEXT, _PAGE = (".txt",), (".html", ".htm")
_NAMES = ["id", "text", "outlet", "title", "date", "url"]
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)


def _no_html() -> None:
    try:
        import trafilatura  # noqa: F401
    except ImportError as err:
        why = str(err).partition("\n")[0]
        raise MissingExtraError(f"reading .html files needs trafilatura ({why}): pip install framing[html]") from err


def read_page(markup: str) -> dict[str, object]:
    """Find the article in a page.

    Parameters
    ----------
    markup : str
        The page, decoded.

    Returns
    -------
    dict
        text (None where no article was found), title, date, outlet (the name that the site gives itself), url.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(markup, with_metadata=True, include_comments=False)
    if found is None:
        return {"text": None}
    part = found if isinstance(found, dict) else found.as_dict()
    wanted = {"text": "text", "title": "title", "date": "date", "outlet": "sitename", "url": "url"}
    return {ours: part.get(theirs) or "" for ours, theirs in wanted.items()}


def _declared(path: Path) -> str | None:
    """Return the encoding that a page declares, unless that is UTF-8, which is tried anyway."""
    with path.open("rb") as stream:
        found = _DECLARED.search(stream.read(4096))
    name = found[1].decode("ascii").lower().replace("_", "-") if found else "utf-8"
    if name in {"utf-8", "utf8"}:
        return None
    # Browsers read these as cp1252.
    return "cp1252" if name in {"iso-8859-1", "latin1", "us-ascii"} else name


def _opened(path: Path, kind: str, name: str, encoding: str | None) -> File:
    file = open_file(path, name=name, encoding=encoding)
    if encoding is not None or kind not in _PAGE or file.encoding.startswith("utf"):
        return file
    try:  # what a page declares counts more than what its letters look like
        return open_file(path, name=name, encoding=_declared(path) or file.encoding)
    except FramingError:
        return file


class FilesReader:
    """Text files and pages; the outlet is the sub-folder, or what a page says."""

    lazy = False

    def __init__(self, root: Path, *, name: str, encoding: str | None, suffix: str | None = None) -> None:
        self._root = root
        self._encoding = encoding
        self._suffix = suffix  # what a single file is, where its name does not say
        self._sha256 = ""
        self.name = name
        self.notes: tuple[str, ...] = ()
        kinds = {self._kind(path) for path in self._files()} if root.is_dir() else {suffix or root.suffix.lower()}
        if not kinds & {*_TEXT, *_PAGE}:
            found = ", ".join(sorted(filter(None, kinds))) or "no files"
            raise InputError(f"{name}: no .txt or .html files in this folder (found: {found[:80]})")
        if kinds & {*_PAGE}:
            _no_html()
        others = sorted(kinds - {*_TEXT, *_PAGE})
        if others:
            said = ", ".join(kind or "files without suffix" for kind in others)
            self.notes = (f"{name} holds other files too, which were not read: {said}",)

    def _kind(self, path: Path) -> str:
        return self._suffix or path.suffix.lower()

    def names(self) -> list[str]:
        """Return the fields that a file has."""
        return list(_NAMES)

    def _files(self) -> Iterator[Path]:
        """Yield files folder by folder, each sorted by name; hidden ones and links to folders are passed over."""
        if not self._root.is_dir():
            yield self._root
            return
        for folder, below, files in os.walk(self._root):
            below[:] = sorted(name for name in below if not name.startswith((".", "__")))
            yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))

    def _articles(self) -> Iterator[tuple[Path, PurePosixPath]]:
        for path in self._files():
            if self._kind(path) in {*_TEXT, *_PAGE}:
                inside = path.relative_to(self._root) if path != self._root else Path(path.name)
                yield path, PurePosixPath(inside.as_posix())

    def rows(self, log: Log) -> Generator[Row | Reject, None, None]:
        """Yield one row for each file."""
        for number, (path, inside) in enumerate(self._articles(), 1):
            id_ = str(inside.with_suffix("")) if path != self._root else self._single()
            outlet = inside.parts[0] if len(inside.parts) > 1 else ""
            try:
                cells = self._read(path, str(inside), log)
            except InputError as error:
                if path == self._root:
                    raise
                yield Reject(1, str(error).replace("\n", " "), id_, "")
                continue
            cells["id"] = id_
            if outlet:
                cells["outlet"] = outlet
            if cells["text"] is None:
                yield Reject(1, "no article was found in this page", id_, snippet(str(cells.get("title", ""))))
            else:
                yield Row(1, number, cells)

    def _single(self) -> str:
        name = PurePosixPath(self.name).name
        return re.sub(r"(?i)(\.(txt|html?))?(\.gz)?$", "", name) or name

    def _read(self, path: Path, inside: str, log: Log) -> dict[str, object]:
        file = _opened(path, self._kind(path), self.name if path == self._root else inside, self._encoding)
        if self._encoding is None and file.encoding not in {"utf-8", "utf-8-sig", "utf-16", "utf-32"}:
            count, first = log.encodings.get(file.encoding, (0, inside))
            log.encodings[file.encoding] = (count + 1, first)
        with file.text() as stream:
            text = stream.read(2 * MAX_TEXT)
        if self._kind(path) in _TEXT:
            return {"text": text}
        return read_page(text)

    def sha256(self) -> str:
        """Return the hash of a file, or of the sorted names and bytes of a folder's articles."""
        if not self._sha256:
            if self._root.is_dir():
                whole = hashlib.sha256()
                for path, inside in self._articles():
                    whole.update(str(inside).encode("utf-8", "surrogateescape") + b"\x00")
                    whole.update(_bytes_hash(path))
                self._sha256 = whole.hexdigest()
            else:
                self._sha256 = _bytes_hash(self._root).hex()
        return self._sha256


def _bytes_hash(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b"unreadable"
