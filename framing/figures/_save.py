"""Writing figures to files that are the same every time, at the size that they are drawn in or enlarged."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing.errors import MissingExtraError, OptionError
from framing.figures._style import COLUMN, FULL, style

FORMATS = ("svg", "pdf", "png", "pgf")

WIDTHS = {"column": (COLUMN, COLUMN), "full": (FULL, FULL), "slide": (5.0, 10.0)}
"""Inches by the name of a width: that to draw at, and that to save at. Type of 6.5 points has 13 on a slide."""

_PNG_DPI = 200
_TEX = ("xelatex", "lualatex", "pdflatex")
_ESCAPES = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", **{c: f"\\{c}" for c in "{}#$%&_"}
}  # fmt: skip
_ROOT = re.compile(r"<svg [^>]*>", re.DOTALL)
_LENGTH = re.compile(r'\b(width|height)="([\d.]+)pt"')


def to_svg(ax: Axes, *, width: float | None = None) -> str:
    """Return the figure of these Axes as SVG with its text as text; the same figure gives the same string."""
    buffer = io.StringIO()
    figure = _figure(ax)
    with style():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    times = _times(figure, width)
    if times == 1:
        return buffer.getvalue()

    def enlarged(root: re.Match[str]) -> str:
        return _LENGTH.sub(lambda one: f'{one[1]}="{times * float(one[2]):.6g}pt"', root[0])

    return _ROOT.sub(enlarged, buffer.getvalue(), count=1)


def save(ax: Axes, path: str | Path, *, width: float | None = None) -> Path:
    """Write the figure of these Axes, without a date, so that the same figure is the same bytes.

    Parameters
    ----------
    ax : Axes
        As a function of `framing.figures` returned it.
    path : str or Path
        Its suffix says the format: `.svg`, `.pdf`, `.png` or `.pgf` (for LaTeX, in the font of the document).
    width : float, optional
        Inches to which the figure is enlarged, type and lines with it: `WIDTHS["slide"]` has those to draw at and to
        save at for a projector.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    OptionError
        If the suffix is none of these.
    MissingExtraError
        If a `.pgf` is asked for and there is no TeX system, which has to measure the text.
    """
    path = Path(path)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        found = path.suffix or "a file without suffix"
        allowed = ", ".join(f".{one}" for one in FORMATS)
        msg = f"{path.name}: a figure cannot be written as {found!r}; allowed: {allowed}"
        raise OptionError(msg)
    figure = _figure(ax)
    times = _times(figure, width)
    with style():
        if kind == "svg":
            path.write_text(to_svg(ax, width=width), encoding="utf-8", newline="\n")
        elif kind == "png":
            dpi = (_PNG_DPI, _PNG_DPI)
            figure.savefig(
                path, format="png", dpi=_PNG_DPI * times, metadata={"Software": None}, pil_kwargs={"dpi": dpi}
            )
        elif kind == "pdf":
            _pdf(figure, path, times)
        else:
            check_tex(path.name)
            _pgf(figure, path, times)
    return path


def check_tex(name: str) -> str:
    """Return the TeX system that measures the text of a `.pgf`.

    Raises
    ------
    MissingExtraError
        If there is none.
    """
    for program in _TEX:
        if shutil.which(program):
            return program
    others = ", ".join(f".{one}" for one in FORMATS if one != "pgf")
    msg = f"{name}: PGF needs a TeX system, and none of {', '.join(_TEX)} was found; install TeX Live or take {others}"
    raise MissingExtraError(msg)


def escaped(text: str) -> str:
    """Return a text as TeX: Matplotlib hands it on as it is."""
    return "".join(_ESCAPES.get(character, character) for character in text)


def _times(figure: Figure, width: float | None) -> float:
    return 1.0 if width is None else width / figure.get_figwidth()


def _pdf(figure: Figure, path: Path, times: float) -> None:
    dates: dict[str, Any] = {"CreationDate": None}
    if times == 1:
        figure.savefig(path, format="pdf", metadata=dates)
        return
    from matplotlib.backends import backend_mixed, backend_pdf

    mixed: Any = backend_mixed  # neither has types
    pdf: Any = backend_pdf
    file = pdf.PdfFile(path, metadata=dates)
    before = figure.dpi
    figure.dpi = 72  # the unit of PDF
    try:
        width, height = figure.get_size_inches()
        file.newPage(times * width, times * height)
        file.output(times, 0, 0, times, 0, 0, pdf.Op.concat_matrix)
        renderer = mixed.MixedModeRenderer(figure, width, height, 72, pdf.RendererPdf(file, 72, height, width))
        figure.draw(renderer)
        renderer.finalize()
        file.finalize()
    finally:
        file.close()
        figure.dpi = before


def _pgf(figure: Figure, path: Path, times: float) -> None:
    from matplotlib.backends import backend_mixed
    from matplotlib.backends import backend_pgf as pgf

    mixed: Any = backend_mixed
    buffer = io.StringIO()
    with mpl.rc_context({"pgf.texsystem": check_tex(path.name), "pgf.rcfonts": False}):
        width, height = figure.get_size_inches()
        renderer = mixed.MixedModeRenderer(figure, width, height, figure.dpi, _renderer(pgf)(figure, buffer))
        try:
            figure.draw(renderer)
        except (pgf.LatexError, RuntimeError, OSError) as fault:
            said = " ".join(str(fault).split())[:200]
            msg = f"{path.name}: the TeX system could not measure the text of the figure: {said}"
            raise MissingExtraError(msg) from fault
    size = rf"\pgfqpoint{{{width:.6f}in}}{{{height:.6f}in}}"
    lines = (
        "% in the preamble of the document: \\usepackage{pgf}",
        rf"\begingroup\makeatletter\scalebox{{{times:.6g}}}{{%",
        r"\begin{pgfpicture}%",
        rf"\pgfpathrectangle{{\pgfpointorigin}}{{{size}}}%",
        r"\pgfusepath{use as bounding box, clip}%",
        buffer.getvalue().rstrip("\n"),
        r"\end{pgfpicture}%",
        r"}\makeatother\endgroup",
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _renderer(pgf: Any) -> Callable[..., Any]:
    """Return Matplotlib's renderer for PGF with the text escaped."""

    class Renderer(pgf.RendererPgf):  # type: ignore[misc]
        def draw_text(
            self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
        ) -> None:
            super().draw_text(gc, x, y, escaped(s), prop, angle, ismath, mtext)

        def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
            return super().get_text_width_height_descent(escaped(s), prop, ismath)

    return Renderer


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure
