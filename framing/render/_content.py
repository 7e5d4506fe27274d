"""A comparison as the content of a report: plain values that a layout sets as PDF or HTML."""

from __future__ import annotations

from typing import Any

from framing.comparison._model import Comparison
from framing.figures import Wording
from framing.render._appendix import appendix
from framing.render._first import first_page
from framing.render._sections import sections
from framing.render._story import Story, clean


def build(
    comparison: Comparison, *, wording: Wording, language: str, title: str | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the content of a report and its figures.

    Returns
    -------
    content : dict
        title, subtitle, language, words (what a layout says itself), first (the first page), sections and appendix
        (each a list of `{"id", "title", "blocks"}`).
    figures : dict of str to str
        File name -> SVG.
    """
    story = Story(comparison, wording, language)
    content = {
        "title": clean(title, 200) if title else _title(story),
        "language": wording.language,
        "words": dict(wording.get("layout") or {}),
        "first": first_page(story),
        "sections": sections(story),
        "appendix": appendix(story),
        "program": wording("layout.made_with", version=str(comparison.manifest.get("version", ""))),
    }
    return content, story.figures


def _title(story: Story) -> str:
    groups = story.comparison.groups
    if story.one_article and len(story.comparison.articles):
        name = str(story.comparison.articles["title"].iloc[0])
        if name and name != "nan":
            return clean(name, 160)
    if story.lone and len(groups):
        return story.wording("title.single", group=clean(groups["group"].iloc[0], 80))
    if 1 < len(groups) <= 3:
        names = [clean(group, 40) for group in groups["group"]]
        return story.wording("title.few", names=story.wording.listing(names))
    return story.wording("title.several", n=len(groups), groups=story.noun(len(groups)))
