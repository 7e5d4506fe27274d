"""A comparison as the content of a report: plain values that a layout sets as PDF or HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from framing.comparison._model import Comparison
from framing.errors import LayoutError, OptionError
from framing.figures import Wording
from framing.render._appendix import appendix
from framing.render._article_content import article_content
from framing.render._brief_content import brief_content
from framing.render._first import first_page
from framing.render._layout import Layout
from framing.render._links import keep_what_leads_somewhere
from framing.render._methods_content import methods_content
from framing.render._outlet_content import outlet_content
from framing.render._request import Request
from framing.render._sections import sections
from framing.render._story import Story, clean
from framing.render._title import title_of

Builder = Callable[[Story, Request], dict[str, Any]]


def build(
    comparison: Comparison,
    *,
    wording: Wording,
    language: str,
    title: str | None = None,
    layout: Layout | None = None,
    request: Request | None = None,
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the content of a report and its figures.

    Parameters
    ----------
    comparison : Comparison
    wording : Wording
    language : str
        The name or path the wording was loaded from.
    title : str, optional
        The report's title, where no `request` says it.
    layout : Layout, optional
        What the content is for; `comparison` by default. A layout at a path has the content of `comparison`, and that
        of every other layout that it names: `content.outlet`, `content.brief` ...
    request : Request, optional

    Returns
    -------
    content : dict
        title, author, logo, language, program, words (what a layout says itself), first (the first page), sections and
        appendix (each a list of `{"id", "title", "blocks"}`), and what the layout has of its own.
    figures : dict of str to str
        File name -> SVG.

    Raises
    ------
    LayoutError
        If the layout is not one of a report.
    OptionError
        If something was asked for that the layout cannot show.
    """
    request = request or Request(title=title)
    shipped = layout.shipped if layout else "comparison"
    extra = [] if layout is None or shipped else _named(layout)
    check_request(request, layout)
    story = Story(comparison, wording, language)
    content = _common(story, request) | content_of(shipped or "comparison")(story, request)
    for name in extra:
        content[name] = content_of(name)(story, request)
    keep_what_leads_somewhere(content)
    return content, story.figures


def content_of(layout: str) -> Builder:
    """Return what makes the content of a layout of reports/layouts.

    Raises
    ------
    LayoutError
        If it is not one of a report.
    """
    if layout not in _BUILDERS:
        msg = f"layout {layout!r} is not one of a report; allowed: {', '.join(_BUILDERS)}, or the path of a file"
        raise LayoutError(msg)
    return _BUILDERS[layout]


def comparison_content(story: Story, request: Request) -> dict[str, Any]:
    """Return the default report: the first page, every section, the appendix."""
    return {
        "title": clean(request.title, 200) if request.title else title_of(story),
        "first": first_page(story),
        "sections": sections(story),
        "appendix": appendix(story),
    }


_BUILDERS: Mapping[str, Builder] = {
    "comparison": comparison_content,
    "outlet": outlet_content,
    "article": article_content,
    "brief": brief_content,
    "methods": methods_content,
}
_ONLY_FOR = {"article": "article", "group": "outlet"}


def _named(layout: Layout) -> list[str]:
    """Return the layouts whose content a layout at a path makes use of."""
    return [name for name in _BUILDERS if re.search(rf'\bcontent\.{name}\b|content\.at\("{name}"', layout.text)]


def check_request(request: Request, layout: Layout | None = None) -> None:
    """Refuse what the layout cannot show.

    Raises
    ------
    OptionError
        If an article or a group is asked for that the layout has no use for.
    """
    shipped = layout.shipped if layout else "comparison"
    shown = (shipped, *([] if layout is None or shipped else _named(layout)))
    for option, needed in _ONLY_FOR.items():
        if getattr(request, option) is not None and needed not in shown:
            msg = f"{option} is for the layout {needed!r}; this is {shipped or 'one of your own'!r}"
            raise OptionError(msg)


def _common(story: Story, request: Request) -> dict[str, Any]:
    """Return what every layout shows."""
    wording = story.wording
    return {
        "author": clean(request.author, 120) if request.author else "",
        "logo": {"file": request.logo.file, "uri": request.logo.uri} if request.logo else None,
        "language": wording.language,
        "words": dict(wording.get("layout") or {}),
        "program": wording("layout.made_with", version=str(story.comparison.manifest.get("version", ""))),
    }
