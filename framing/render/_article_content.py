"""The content of the layout `article`: one article line by line, with notes in its margin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from framing.analysis import Analysis
from framing.errors import OptionError
from framing.render._annotated import Annotated, annotate
from framing.render._appendix import limits
from framing.render._article_notes import Notes
from framing.render._marked_content import Runs, Sides
from framing.render._request import Request
from framing.render._story import Block, Story, clean, unbroken

_MOST_LISTED = 8
_MOST_SPEAKERS, _MOST_TERMS = 40, 80


def article_content(story: Story, request: Request) -> dict[str, Any]:
    """Return one article with its marks and notes.

    Raises
    ------
    OptionError
        If there is no analysis to take the text from, or no such article in it.
    """
    if request.analysis is None:
        msg = "layout 'article' shows a text, and a comparison has none; allowed: analysis=, what the comparison is of"
        raise OptionError(msg)
    marked = annotate(request.analysis, id=chosen(story, request.analysis, request.article))
    sides = Sides(marked.sides, story.wording)
    runs = Runs(marked.attributions, marked.findings, sides, marked.sentences)
    notes = Notes(marked, sides, story.wording)
    paragraphs = [[_run(runs.run(segment), notes) for segment in paragraph] for paragraph in marked.paragraphs]
    made = {"speakers": _speakers(story, marked, sides), "terms": _terms(story, marked), "limits": limits(story)}
    title = request.title or marked.title
    return {
        "title": clean(title, 200) if title else story.wording("article_layout.title"),
        "byline": clean(", ".join(part for part in (marked.outlet, marked.date) if part), 120),
        "first": None,
        "facts": _facts(story, marked),
        "paragraphs": paragraphs,
        "notes": notes.made,
        "legend": dict(story.wording.get("article_layout.legend") or {}),
        "explained": story.wording.runs("article_layout.explained"),
        "sides": sides.listed(marked.attributions),
        "sections": [
            {"id": name, "title": story.wording(f"article_layout.section.{name}"), "blocks": blocks}
            for name, blocks in made.items()
            if blocks
        ],
        "appendix": [],
    }


def chosen(story: Story, analysis: Analysis, article: str | None) -> str:
    """Return the id of the article that was asked for: the first one of the comparison by default.

    Raises
    ------
    OptionError
        If the analysis has no such article; the message lists some that it has.
    """
    known = [str(one) for one in analysis.articles["id"]]
    there = set(known)
    if article is None:
        compared = [str(one) for one in story.comparison.articles["id"] if str(one) in there]
        if compared or known:
            return (compared or known)[0]
    if article is None or article not in there:
        listed = ", ".join(clean(one, 60) for one in known[:_MOST_LISTED]) or "none"
        more = f" and {len(known) - _MOST_LISTED:,} more" if len(known) > _MOST_LISTED else ""
        msg = f"article {article!r} is not in the analysis; allowed: {listed}{more}"
        raise OptionError(msg)
    return article


def _run(run: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """Return a run as the layout needs it: its text, the classes of its marks, its numbers, and which notes begin."""
    return {
        "text": unbroken(run["text"]),
        "marks": [{"classes": mark["classes"]} for mark in run["marks"]],
        "numbers": [{"label": number["label"], "colour": number["colour"]} for number in run["numbers"]],
        "scores": [{"label": score["label"], "classes": score["classes"]} for score in run["scores"]],
        "notes": notes.of(run),
    }


def _facts(story: Story, marked: Annotated) -> list[dict[str, str]]:
    word, total = story.wording, sum(marked.words.values())
    facts = [(word.number(total, 0), word("first.fact_words", n=total))]
    facts += [
        (word.percent(marked.words[voice] / total if total else 0.0), word(f"article_layout.fact_{voice}"))
        for voice in story.voices
    ]
    own = sum(row["voice"] == "own" for row in marked.terms)
    facts.append((word.number(own, 0), word("article_layout.fact_terms", n=own)))
    return [{"number": number, "word": said} for number, said in facts]


def _speakers(story: Story, marked: Annotated, sides: Sides) -> list[Block]:
    """List who speaks, in the order in which they first do."""
    word, some = story.wording, marked.speakers[:_MOST_SPEAKERS]
    if not some:
        return []
    rows = [
        [clean(row["speaker"], 60), sides.name(row["side"]) or "–",
         word.name_of("role", row["role"]) if row["role"] else "–", word.number(row["attributions"], 0),
         word.number(row["words"], 0), _stances(row["stances"])]
        for row in some
    ]  # fmt: skip
    heads = (("speaker", "text"), ("side", "text"), ("role", "text"), ("attributions", "right"), ("words", "right"))
    columns = [*((word(f"column.{name}"), align) for name, align in heads), (word("column.introduced"), "text")]
    return [story.table("article_speakers", columns, rows, note=_more(story, marked.speakers, _MOST_SPEAKERS))]


def _stances(stances: str) -> str:
    return clean(stances.replace("-", " "), 120) or "–"


def _terms(story: Story, marked: Annotated) -> list[Block]:
    """List the loaded terms in the order of the text."""
    word, some = story.wording, marked.terms[:_MOST_TERMS]
    if not some:
        return [story.text("loaded.none")]
    rows = [
        [clean(row["text"], 60), word.name_of("category", row["category"]), word(f"voice.{row['voice']}"),
         clean(row["speaker"], 60) or "–", clean(row["alternatives"], 160) or "–"]
        for row in some
    ]  # fmt: skip
    names = ("term", "category", "voice", "speaker", "neutral")
    columns = [(word(f"column.{name}"), "text") for name in names]
    return [story.table("article_terms", columns, rows, note=_more(story, marked.terms, _MOST_TERMS))]


def _more(story: Story, rows: Sequence[Any], shown: int) -> str:
    more = len(rows) - shown
    return story.wording("article_layout.more", n=more) if more > 0 else ""
