"""A file: found, hashed, unzipped and decoded. Nothing here knows about rows."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from charset_normalizer import CharsetMatches, from_bytes

from framing.errors import InputError, OptionError

_CHUNK = 1 << 20
_SAMPLE = 1 << 15
_MOSTLY_ASCII = 0.25  # share of bytes beyond ASCII for each letter
_NEAR = (0.05, 0.15)  # chaos and coherence of charset-normalizer, each between 0 and 1
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Excel or Word file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was looked through once: its hash, how it is packed and in which encoding it is written."""

    path: Path
    name: str
    packed: bool
    sha256: str
    encoding: str
    notes: tuple[str, ...] = ()

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """Open the file as text with its own line ends."""
        with faults(self.name), _opened(self.path, self.packed) as stream:
            text = io.TextIOWrapper(stream, encoding=self.encoding, newline="")
            try:
                yield text
            finally:
                text.detach()

    def head(self, size: int = 65_536) -> str:
        """Return the first `size` characters."""
        with self.text() as text:
            return text.read(size)


@contextmanager
def faults(name: str) -> Iterator[None]:
    """Turn what goes wrong with a file into one line that names it."""
    try:
        yield
    except FileNotFoundError as err:
        raise InputError(f"{name}: no such file or folder") from err
    except PermissionError as err:
        raise InputError(f"{name}: no permission to read it") from err
    except EOFError as err:
        raise InputError(f"{name}: the gzip file is cut off; pack it or copy it again") from err
    except (gzip.BadGzipFile, zlib.error) as err:
        raise InputError(f"{name}: the gzip file is damaged ({err})") from err
    except UnicodeDecodeError as err:
        raise InputError(f"{name}: {err.reason} ({err.encoding})") from err
    except OSError as err:
        raise InputError(f"{name}: cannot be read ({err.strerror or err})") from err


class _Hashing(io.RawIOBase):
    """A file that hashes whatever is read from it."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.sha256 = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        chunk = self._raw.read(len(view))
        self.sha256.update(chunk)
        view[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def _opened(path: Path, packed: bool) -> Iterator[IO[bytes]]:
    if packed:
        with gzip.open(path, "rb") as stream:
            yield stream  # type: ignore[misc]
    else:
        with path.open("rb") as stream:
            yield stream


class _Check:
    """Decodes piece by piece and remembers where that first failed."""

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._done = 0
        self.bad: int | None = None  # position of the first byte that is wrong
        self.wide = 0  # bytes before it beyond one for each character: a sign that UTF-8 was meant

    def feed(self, chunk: bytes, last: bool = False) -> None:
        if self.bad is not None:
            return
        pending = len(self._decoder.getstate()[0])
        try:
            decoded = self._decoder.decode(chunk, last)
        except UnicodeDecodeError as err:
            good = err.object[: err.start]
            self.wide += len(good) - len(good.decode(err.encoding, "ignore"))
            self.bad = self._done - pending + err.start
        except UnicodeError:  # UTF-16 and UTF-32 have errors without a position
            self.bad = self._done - pending
        else:
            self.wide += len(chunk) - len(decoded)
            self._done += len(chunk)


def _bad_byte(path: Path, packed: bool, encoding: str) -> int | None:
    check = _Check(encoding)
    with _opened(path, packed) as stream:
        while chunk := stream.read(_CHUNK):
            check.feed(chunk)
            if check.bad is not None:
                return check.bad
    check.feed(b"", last=True)
    return check.bad


def _sample(path: Path, packed: bool, position: int) -> bytes:
    """Return the head of the file and what stands around `position`, so that detecting takes bounded time."""
    with _opened(path, packed) as stream:
        if position < 2 * _SAMPLE:
            return stream.read(4 * _SAMPLE)
        head = stream.read(_SAMPLE)
        stream.seek(position - _SAMPLE)
        return head + stream.read(2 * _SAMPLE)


def detect(sample: bytes) -> tuple[str, str] | None:
    """Return the likeliest encoding of `sample`, which is not UTF-8, and the next that reads it differently, or ""."""
    found = from_bytes(sample)
    best = found.best()
    if best is None:
        return None
    encoding = "cp1252" if _is_western(sample, found) else best.encoding
    read = sample.decode(encoding, "replace")
    others = (match.encoding for match in found if match.encoding != encoding and str(match) != read)
    return encoding, next(others, "")


def _is_western(sample: bytes, found: CharsetMatches) -> bool:
    """Tell whether `sample` is taken for cp1252.

    Several code pages often fit a sample equally well: of these it is cp1252 in English news. Where few letters are
    beyond ASCII, the rates of code pages differ by chance, so that cp1252 need only be near the best.
    """
    try:
        letters = sum(map(str.isalpha, sample.decode("cp1252")))
    except UnicodeDecodeError:
        return False
    slack = _NEAR if sum(byte > 127 for byte in sample) < _MOSTLY_ASCII * letters else (0.0, 0.0)
    best = found[0]
    return any(
        match.chaos <= best.chaos + slack[0] and match.coherence >= best.coherence - slack[1]
        for match in found
        if "cp1252" in {match.encoding, *match.could_be_from_charset}
    )


def known(encoding: str) -> str:
    """Return `encoding` if Python can decode it.

    Raises
    ------
    OptionError
        If there is no such encoding.
    """
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
    except LookupError as err:
        msg = f"unknown encoding {encoding!r}; allowed is any that Python knows, as utf-8, cp1252, latin-1, utf-16"
        raise OptionError(msg) from err
    return encoding


def _mark(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def _not_text(head: bytes, name: str) -> None:
    for mark, kind in _FOREIGN:
        if head.startswith(mark):
            msg = f"{name}: this is {kind}; allowed are CSV, TSV, JSON Lines, Parquet, .txt and .html"
            raise InputError(msg)
    if len(head) >= 8 and head.count(0) * 5 > len(head) and _mark(head) is None:
        side = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        msg = f"{name}: every other byte is NUL; if this is UTF-16 without a byte order mark, say --encoding {side}"
        raise InputError(msg)


def open_file(path: Path, *, name: str | None = None, encoding: str | None = None, text: bool = True) -> File:
    """Look a file through once, without keeping it: hash, packing, encoding.

    Parameters
    ----------
    path : Path
        A file, packed with gzip or not (its first bytes tell, not its name).
    name : str, optional
        What messages call it.
    encoding : str, optional
        Its encoding; found out by default: UTF-8 or what a byte order mark says, else detected, which `notes` tell.
    text : bool
        False for a binary file, which is only hashed.

    Raises
    ------
    InputError
        If it cannot be read, is empty, is cut off, or is not text in any encoding that could be told.
    OptionError
        If there is no such encoding.
    """
    name = name or str(path)
    asked = known(encoding) if encoding is not None else None
    with faults(name):
        if path.is_dir():
            raise InputError(f"{name}: is a folder; a file is expected")
        with path.open("rb") as raw:
            hashing = _Hashing(raw)
            packed = raw.peek(2)[:2] == b"\x1f\x8b"
            stream = io.BufferedReader(hashing, _CHUNK)
            inner: IO[bytes] = gzip.GzipFile(fileobj=stream) if packed else stream  # type: ignore[assignment]
            head = inner.read(_SAMPLE)
            if not head:
                raise InputError(f"{name}: the file is empty")
            if text and asked is None:
                _not_text(head, name)
            check = _Check(asked or _mark(head) or "utf-8") if text else None
            chunk = head
            while chunk:
                if check is not None:
                    check.feed(chunk)
                chunk = inner.read(_CHUNK)
            while stream.read(_CHUNK):  # what may follow the packed part
                pass
        if check is None:
            return File(path, name, packed, hashing.sha256.hexdigest(), "")
        check.feed(b"", last=True)
        used = asked or _mark(head) or "utf-8"
        notes: tuple[str, ...] = ()
        if check.bad is not None:
            if asked or used != "utf-8":
                raise InputError(f"{name}: byte {check.bad:,} is not {used}")
            used, notes = _other(path, name, packed, check)
        return File(path, name, packed, hashing.sha256.hexdigest(), used, notes)


def _other(path: Path, name: str, packed: bool, check: _Check) -> tuple[str, tuple[str, ...]]:
    """Find the encoding of a file that is not UTF-8; never without saying so."""
    position = check.bad or 0
    if check.wide > 3:
        msg = f"{name}: byte {position:,} is not UTF-8, though the text before it is; say --encoding if it is another"
        raise InputError(msg)
    found = detect(_sample(path, packed, position))
    if found is None:
        raise InputError(f"{name}: byte {position:,} is not UTF-8, and no other encoding fits; say --encoding")
    encoding, other = found
    bad = _bad_byte(path, packed, encoding)
    if bad is not None:
        msg = f"{name}: byte {position:,} is not UTF-8 and byte {bad:,} not {encoding}, the likeliest; say --encoding"
        raise InputError(msg)
    differs = f"; {other} would read it differently" if other else ""
    note = (
        f"{name} is not UTF-8 (byte {position:,}); read as {encoding} (detected; pass --encoding to be sure){differs}"
    )
    return encoding, (note,)


def remove(path: str, owner: int) -> None:
    """Remove a temporary file, unless this process is only a copy of the one that made it."""
    if os.getpid() == owner and os.path.exists(path):
        os.unlink(path)
