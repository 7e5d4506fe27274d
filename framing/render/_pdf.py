"""PDF by Typst: the template and the data lie in one temporary folder; no text of an article is ever markup."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst
from matplotlib.font_manager import get_font

from framing.errors import InternalError, LayoutError, OptionError
from framing.render._layout import Layout
from framing.render._request import Logo

_FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")
_INVISIBLE = {0x0A, 0x0D, 0x200B, 0x2068, 0x2069}
_LAST_RESORT = "LastResortHE-Regular.ttf"


def to_pdf(
    layout: Layout,
    content: Mapping[str, Any],
    figures: Mapping[str, str],
    *,
    paper: str,
    date: int | None,
    logo: Logo | None = None,
) -> bytes:
    """Return the report as PDF/UA-1.

    Raises
    ------
    LayoutError
        If Typst cannot set the layout; the message is Typst's first line.
    """
    with tempfile.TemporaryDirectory(prefix="framing-") as name:
        root = Path(name)
        for file, text in layout.parts.items():
            (root / file).write_text(text, encoding="utf-8")
        (root / "report.typ").write_text(layout.text, encoding="utf-8")
        data = json.dumps({**content, "paper": paper}, ensure_ascii=False, sort_keys=True, allow_nan=False)
        (root / "content.json").write_text(data, encoding="utf-8")
        (root / "figures").mkdir()
        for file, svg in figures.items():
            (root / "figures" / file).write_text(svg, encoding="utf-8")
        if logo is not None:
            (root / logo.file).write_bytes(logo.data)
        return _compile(root, layout, {ord(c) for c in data}, date)


def _compile(root: Path, layout: Layout, needed: set[int], date: int | None) -> bytes:
    """Set the report with fonts that ship with the libraries; with those of the system only where they are needed.

    The font of last resort draws a box that names the script: uglier than a system font, better than no report.
    """
    fonts = root / "fonts"
    fonts.mkdir()
    source = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for face in _FACES:
        (fonts / face).write_bytes((source / face).read_bytes())
    drawn = set(get_font(source / _FACES[0]).get_charmap()) | _INVISIBLE
    covered = needed <= drawn
    try:
        return _typst(root, layout, fonts, date, system=not covered)
    except LayoutError:
        if covered or not (source / _LAST_RESORT).is_file():
            raise
    (fonts / _LAST_RESORT).write_bytes((source / _LAST_RESORT).read_bytes())
    # in a figure one missing character would draw the whole label in the font of last resort
    for figure in (root / "figures").iterdir():
        svg = figure.read_text(encoding="utf-8")
        figure.write_text("".join(c if ord(c) in drawn else "\u25a1" for c in svg), encoding="utf-8")
    return _typst(root, layout, fonts, date, system=True)


def _typst(root: Path, layout: Layout, fonts: Path, date: int | None, *, system: bool) -> bytes:
    compiler = typst.Compiler(
        str(root / "report.typ"), root=str(root), font_paths=[str(fonts)], ignore_system_fonts=not system
    )
    try:
        data, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=date)
    except typst.TypstError as wrong:
        hints = "; ".join(getattr(wrong, "hints", None) or [])
        msg = f"{layout.name}: {str(wrong).splitlines()[0]}" + (f" ({hints})" if hints else "")
        raise LayoutError(" ".join(msg.split())) from wrong
    for warning in warnings:
        if "converge" in str(warning):  # page, figure and table numbers would be wrong
            msg = f"{layout.name}: {' '.join(str(warning).split())}"
            raise LayoutError(msg)
    if not isinstance(data, bytes):
        msg = f"{layout.name}: Typst returned {type(data).__name__} instead of a PDF"
        raise InternalError(msg)
    return data


def source_date() -> int | None:
    """Return SOURCE_DATE_EPOCH, the agreed way to give a build its date; without it nothing in the file is dated."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return None
    if not given.isdecimal():
        msg = f"SOURCE_DATE_EPOCH is {given!r}; allowed: seconds since 1970 as a whole number"
        raise OptionError(msg)
    return int(given)
