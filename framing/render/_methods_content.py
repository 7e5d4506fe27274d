"""The content of the layout `methods`: the appendix of a paper, with its references in BibTeX."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from framing.render import _tables as tables
from framing.render._appendix import limits, manifest, methods, validity
from framing.render._bibtex import Work, bibliography, cited, software, used_by, written
from framing.render._request import Request
from framing.render._story import Block, Story, clean

_PARAMETERS = ("by", "over", "reference", "voice", "min_articles", "resamples", "permutations", "seed")


def methods_content(story: Story, request: Request) -> dict[str, Any]:
    """Return what was counted and how; `bibliography` is the text of the BibTeX file."""
    told = methods(story)
    works = _works(story, told)
    made = {
        "material": _material(story),
        "methods": told,
        "parameters": _parameters(story),
        "manifest": manifest(story),
        "validity": validity(story),
        "limits": limits(story),
        "references": _references(story, works),
    }
    return {
        "title": clean(request.title, 200) if request.title else story.wording("methods_layout.title"),
        "lead": _lead(story),
        "first": None,
        "sections": [
            {"id": name, "title": _title(story, name), "blocks": blocks} for name, blocks in made.items() if blocks
        ],
        "appendix": [],
        "bibliography": written(works),
    }


def _title(story: Story, name: str) -> str:
    own = story.wording.get(f"methods_layout.section.{name}")
    return str(own) if isinstance(own, str) else story.wording(f"section.{name}")


def _works(story: Story, told: list[Block]) -> Mapping[str, Work]:
    """Return the works that the text cites, those that the lexicons' entries cite, and framing itself."""
    manifest = story.comparison.manifest
    lexicons = [str(card.get("name", "")) for card in manifest.get("lexicons") or []]
    version = str(manifest.get("version", ""))
    return bibliography([*used_by(lexicons), *cited(json.dumps(told, ensure_ascii=False)), software(version)])


def _lead(story: Story) -> list[dict[str, Any]]:
    """Return the paragraph that a paper could have in its own text."""
    groups, given = story.comparison.groups, story.comparison.manifest
    word = story.wording
    number: dict[str, Any] = {
        "articles": word("count.articles", n=int(groups["n_articles"].sum())),
        "words": word("count.words", n=int(groups["n_words"].sum())),
        "findings": word.number(story.findings, 0),
        "lexicons": word.number(len(given.get("lexicons") or []), 0),
        "groups": f"{word.number(len(groups), 0)} {story.noun(len(groups))}",
    }
    return word.runs("methods_layout.lead", version=clean(given.get("version", "–"), 40), **number)


def _material(story: Story) -> list[Block]:
    blocks = [story.text("methods_layout.material"), tables.material(story)] if len(story.comparison.groups) else []
    notes = [[{"text": clean(note, 1200), "strong": False}] for note in story.comparison.notes]
    return [*blocks, story.bullets(notes)] if notes else blocks


def _parameters(story: Story) -> list[Block]:
    """List the numbers that were set, those of the matching of events too."""
    word, given = story.wording, story.comparison.manifest
    known = [key for key in _PARAMETERS if given.get(key) not in (None, "", [])]
    rows = [[word(f"parameter.{key}"), _said(given[key])] for key in known]
    match = given.get("match")
    if isinstance(match, Mapping):
        rows += [[f"{word('parameter.match')}: {key.replace('_', ' ')}", _said(value)] for key, value in match.items()]
    elif match:
        rows.append([word("parameter.match"), _said(match)])
    if not rows:
        return []
    columns = [(word("column.key"), "text"), (word("column.value"), "text")]
    return [story.table("parameters", columns, rows)]


def _said(value: object) -> str:
    if isinstance(value, list):
        return " × ".join(str(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _references(story: Story, works: Mapping[str, Work]) -> list[Block]:
    """List the works under the keys that they have in the BibTeX file."""
    items = [{"key": key, "text": work.reference()} for key, work in works.items()]
    return [story.text("methods_layout.references"), {"kind": "references", "items": items}]
