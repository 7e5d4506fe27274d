"""Write a report: choose the kind of file, check the options, hand over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures import load_wording
from framing.render._content import build, check_request
from framing.render._html import to_html
from framing.render._html_report import html_content
from framing.render._layout import Layout, find_layout
from framing.render._pdf import source_date, to_pdf
from framing.render._request import Request, read_logo, signed

if TYPE_CHECKING:
    from framing.analysis import Analysis

PAPERS = ("a4", "us-letter")
SUFFIXES = (".pdf", ".html")


def check_output(path: str | Path) -> Path:
    """Return the path of a report that can be written there.

    Raises
    ------
    OptionError
        If the suffix is not that of a report, or there is no such folder.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        msg = f"{path.name}: a report cannot be written as {suffix or 'a file without suffix'!r}; allowed: .pdf, .html"
        raise OptionError(msg)
    if not path.parent.is_dir():
        msg = f"{path}: there is no folder {path.parent}"
        raise OptionError(msg)
    return path


def check_report(
    path: str | Path,
    *,
    layout: str | Path = "comparison",
    paper: str = "a4",
    title: str | None = None,
    author: str | None = None,
    logo: str | Path | None = None,
    language: str = "en",
    article: str | None = None,
    group: str | None = None,
) -> tuple[Layout, Request]:
    """Check all options of a report that can be checked without its comparison, before an hour's work.

    Parameters are those of `write_report`, and so are the errors.

    Returns
    -------
    Layout
    Request
        Without an analysis.
    """
    suffix = check_output(path).suffix.lower()
    if paper not in PAPERS:
        msg = f"paper {paper!r} is not known; allowed: {', '.join(PAPERS)}"
        raise OptionError(msg)
    source_date()
    load_wording(language)
    request = Request(
        title=title,
        author=signed(author),
        logo=read_logo(logo) if logo is not None else None,
        article=article,
        group=group,
    )
    template = find_layout(layout, ".typ" if suffix == ".pdf" else ".html")
    check_request(request, template)
    return template, request


def write_report(
    comparison: Comparison,
    path: str | Path,
    *,
    layout: str | Path = "comparison",
    paper: str = "a4",
    title: str | None = None,
    author: str | None = None,
    logo: str | Path | None = None,
    language: str = "en",
    analysis: Analysis | None = None,
    article: str | None = None,
    group: str | None = None,
) -> Path:
    """Write a comparison as a report; the suffix of the path says whether as PDF or as HTML.

    The same comparison and options give the same bytes.

    Parameters
    ----------
    comparison : Comparison
        What to report.
    path : str or Path
        Where to write; `.pdf` or `.html`.
    layout : str or Path
        A layout of reports/layouts by name: `comparison`, `outlet` (one group's profile), `article` (one article marked
        line by line), `brief` (two pages), `methods` (the appendix of a paper, with a `.bib` file beside the PDF); or
        the path of a `.typ` file (PDF) or Jinja2 `.html` file (HTML).
    paper : str
        `a4` or `us-letter`; of a PDF.
    title : str, optional
        The title; made from the comparison by default.
    author : str, optional
        Who signs the report; stands under the title and in the properties of the file.
    logo : str or Path, optional
        A PNG, JPEG or SVG file for the top right of the first page, at most 16 mm high.
    language : str
        A wording of reports/wording by name, or the path of a wording file; what it leaves out is in English.
    analysis : Analysis, optional
        What the comparison was made of; the layout `article` needs it.
    article : str, optional
        The id of the article that the layout `article` shows; the first by default.
    group : str, optional
        The group that the layout `outlet` is on; the first by default.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    OptionError
        If the suffix, paper, language, article or group is not one of those allowed, there is no such folder, the logo
        is no picture, or SOURCE_DATE_EPOCH is set to something that is no date.
    LayoutError
        If the layout or wording cannot be used.
    """
    template, request = check_report(
        path, layout=layout, paper=paper, title=title, author=author, logo=logo, language=language, article=article,
        group=group,
    )  # fmt: skip
    path, date, wording = Path(path), source_date(), load_wording(language)
    request = replace(request, analysis=analysis)
    content, figures = build(comparison, wording=wording, language=language, layout=template, request=request)
    if path.suffix.lower() == ".pdf":
        data = to_pdf(template, content, figures, paper=paper, date=date, logo=request.logo)
    else:
        if "figure_css" in template.text:  # a layout that shows the evidence
            content, figures = html_content(comparison, content, figures, wording, analysis)
        data = to_html(template, content, figures).encode("utf-8")
    path.write_bytes(data)
    if bibliography := content.get("bibliography"):
        path.with_suffix(".bib").write_text(bibliography, encoding="utf-8", newline="\n")
    return path
