"""What a report was asked for beside the comparison."""

from __future__ import annotations

import base64
import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from framing.errors import OptionError
from framing.figures._style import printable

if TYPE_CHECKING:
    from framing.analysis import Analysis

_LOGOS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_FORMATS = {"PNG": ".png", "JPEG": ".jpg"}


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the first page.

    Attributes
    ----------
    file : str
        What it is called beside the layout.
    data : bytes
    """

    file: str
    data: bytes

    @property
    def uri(self) -> str:
        """The picture as a `data:` address, for HTML."""
        kind = _LOGOS[Path(self.file).suffix]
        return f"data:{kind};base64,{base64.b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a report was asked for.

    Attributes
    ----------
    title, author : str, optional
        Of the report.
    logo : Logo, optional
    analysis : Analysis, optional
        What the comparison was made of; the layout `article` shows a text of it.
    article : str, optional
        Which article.
    group : str, optional
        Which group the layout `outlet` is on.
    """

    title: str | None = None
    author: str | None = None
    logo: Logo | None = None
    analysis: Analysis | None = None
    article: str | None = None
    group: str | None = None


def read_logo(path: str | Path) -> Logo:
    """Return a logo, made sure to be the picture that its suffix promises.

    Raises
    ------
    OptionError
        If there is no such file, or it is no PNG, JPEG or SVG.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    allowed = "allowed: a PNG, JPEG or SVG file"
    if suffix not in _LOGOS:
        msg = f"logo {path}: {suffix or 'a file without suffix'!r} is no kind of picture that is known; {allowed}"
        raise OptionError(msg)
    try:
        data = path.read_bytes()
    except OSError as wrong:
        msg = f"logo {path}: cannot be read ({wrong.strerror or wrong}); {allowed}"
        raise OptionError(msg) from wrong
    found = _kind(data)
    if found is None or found != {".jpeg": ".jpg"}.get(suffix, suffix):
        what = "is empty" if not data else "is damaged or no picture" if found is None else f"is a {found[1:]} file"
        msg = f"logo {path}: {what}; {allowed}, its suffix saying which"
        raise OptionError(msg)
    return Logo(f"logo{found}", data)


def _kind(data: bytes) -> str | None:
    """Return the suffix of a picture by what is in it; None if it is none of those known."""
    readers: tuple[Callable[[bytes], str | None], ...] = (_raster, _vector)
    return next((kind for reader in readers if (kind := reader(data))), None)


def _raster(data: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            kind = _FORMATS.get(str(image.format))
            image.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
    return kind


def _vector(data: bytes) -> str | None:
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return None
    return ".svg" if root.tag.rpartition("}")[2] == "svg" else None


def signed(author: str | None) -> str:
    """Return an author's name as it can be set, or nothing.

    Raises
    ------
    OptionError
        If nothing of it can be printed.
    """
    if author is None:
        return ""
    shown = printable(author).strip()
    if not shown:
        msg = f"author {author!r} has nothing that can be printed; allowed: a name"
        raise OptionError(msg)
    return shown
