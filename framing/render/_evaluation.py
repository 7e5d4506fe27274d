"""The report of an evaluation: what a model reaches, beside what people reach, as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import framing
from framing.errors import OptionError
from framing.figures import Wording, load_wording
from framing.render._evaluation_first import first_page
from framing.render._evaluation_sections import sections
from framing.render._evaluation_story import EvaluationStory
from framing.render._layout import find_layout
from framing.render._pdf import source_date, to_pdf
from framing.render._story import clean

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation

_PAPERS = ("a4", "us-letter")


def write_evaluation(
    evaluation: Evaluation,
    path: str | Path,
    *,
    layout: str | Path = "evaluation",
    paper: str = "a4",
    title: str | None = None,
    language: str = "en",
) -> Path:
    """Write an evaluation as a PDF; the same evaluation and options give the same bytes.

    Parameters
    ----------
    evaluation : Evaluation
        Of `framing.classify.evaluation.evaluate`. The report shows the texts of the most certain errors.
    path : str or Path
        Where to write; `.pdf`.
    layout : str or Path
        A layout of reports/layouts by name, or the path of a `.typ` file.
    paper : str
        `a4` or `us-letter`.
    title : str, optional
        The title; made from the task by default.
    language : str
        A wording of reports/wording by name, or the path of a wording file.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    OptionError
        If the suffix, paper or language is not one of those allowed, or there is no such folder.
    LayoutError
        If the layout or wording cannot be used.
    """
    path = Path(path)
    if path.suffix.lower() != ".pdf":
        found = path.suffix or "a file without suffix"
        msg = f"{path.name}: an evaluation cannot be written as {found!r}; allowed: .pdf"
        raise OptionError(msg)
    if not path.parent.is_dir():
        msg = f"{path}: there is no folder {path.parent}"
        raise OptionError(msg)
    if paper not in _PAPERS:
        msg = f"paper {paper!r} is not known; allowed: {', '.join(_PAPERS)}"
        raise OptionError(msg)
    date = source_date()
    wording = load_wording(language)
    template = find_layout(layout, ".typ")
    content, figures = build(evaluation, wording=wording, language=language, title=title)
    path.write_bytes(to_pdf(template, content, figures, paper=paper, date=date))
    return path


def build(
    evaluation: Evaluation, *, wording: Wording, language: str, title: str | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the content of the report and its figures (file name -> SVG), as for the report of a comparison."""
    story = EvaluationStory(evaluation, wording, language)
    content = {
        "title": clean(title, 200) if title else story.say("title", task=clean(evaluation.task, 80)),
        "language": wording.language,
        "words": {**(wording.get("layout") or {}), "kicker": story.say("kicker")},
        "first": first_page(story),
        "sections": sections(story),
        "appendix": [],
        "program": story.say("program", version=framing.__version__),
    }
    return content, story.figures
