"""The content of the layout `outlet`: one group's profile, and its rates against the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pandas as pd

from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures._select import pick
from framing.render import _outlet_tables as tables
from framing.render._appendix import evidence, limits, manifest, validity
from framing.render._first import first_page
from framing.render._heard import balance, heard
from framing.render._request import Request
from framing.render._sections import headlines, readability
from framing.render._story import NO_NAMES, Block, Story, clean
from framing.render._title import title_of
from framing.render._trained import frames, sentences

_MOST_LISTED = 12
_PREFIX = "outlet-"

Maker = Callable[[Story, Story], list[Block]]


def outlet_content(story: Story, request: Request) -> dict[str, Any]:
    """Return one group's profile.

    Raises
    ------
    OptionError
        If there is no such group.
    """
    name = chosen(story.comparison, request.group)
    one = Story(only(story.comparison, name), story.wording, story.language, story.figures, _PREFIX)
    all_ = dataclasses.replace(story, prefix=_PREFIX)
    makers: list[tuple[str, Maker]] = [
        ("rates", _rates), ("terms", _terms), ("naming", _naming), ("heard", lambda one, _: heard(one)),
        ("balance", lambda one, _: balance(one)), ("certainty", _certainty),
        ("sentences", lambda one, _: sentences(one)), ("frames", lambda one, _: frames(one)), ("words", _words),
        ("headlines", lambda one, _: headlines(one)), ("readability", _readability),
    ]  # fmt: skip
    made = [(key, maker(one, all_)) for key, maker in makers]
    behind = [(maker.__name__, maker(one)) for maker in (validity, limits, evidence, manifest)]
    title = title_of(one) if name in NO_NAMES else story.wording("outlet.title", group=clean(name, 80))
    return {
        "title": clean(request.title, 200) if request.title else title,
        "group": clean(name, 80),
        "first": _first(one, all_, name),
        "sections": [_section(story, key, blocks) for key, blocks in made if blocks],
        "appendix": [_section(story, key, blocks) for key, blocks in behind if blocks],
    }


def chosen(comparison: Comparison, group: str | None) -> str:
    """Return the group that was asked for, the first one by default.

    Raises
    ------
    OptionError
        If there is no such group; the message lists those there are.
    """
    names = [str(name) for name in comparison.groups["group"]]
    if group is None and names:
        return names[0]
    if group is None or group not in names:
        listed = ", ".join(clean(name, 80) for name in names[:_MOST_LISTED]) or "none"
        more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
        msg = f"group {group!r} is not in the comparison; allowed: {listed}{more}"
        raise OptionError(msg)
    return group


def only(comparison: Comparison, group: str) -> Comparison:
    """Return the part of a comparison that is on one group; what was reckoned against the others stays as it is."""
    kept: dict[str, Any] = {}
    for field in dataclasses.fields(comparison):
        table = getattr(comparison, field.name)
        if isinstance(table, pd.DataFrame) and "group" in table.columns and field.name != "distances":
            kept[field.name] = table[table["group"] == group].reset_index(drop=True)
    # a model's distance from all articles is said with an empty group
    distances = comparison.distances
    kept["distances"] = distances[distances["group"] == group].reset_index(drop=True)
    articles = set(kept["articles"]["id"])
    for name in ("segments", "biased_words"):
        table = getattr(comparison, name)
        kept[name] = table[table["article_id"].isin(articles)].reset_index(drop=True)
    named = tuple(note for note in comparison.notes if group in note)
    return dataclasses.replace(comparison, **kept, notes=named)


def _section(story: Story, key: str, blocks: list[Block]) -> dict[str, Any]:
    lone = story.wording.get(f"outlet.section.{key}_lone") if story.lone else None
    known = lone or story.wording.get(f"outlet.section.{key}")
    title = str(known) if isinstance(known, str) else story.wording(f"section.{key}")
    return {"id": key, "title": title, "blocks": blocks}


def _first(one: Story, story: Story, name: str) -> dict[str, Any]:
    """Return the first page: what stands out against the others, then what there is of it."""
    page = first_page(one)
    if story.lone:
        return page
    found = tables.clear_differences(story, name)
    drawn = story.figure("fingerprint", caption="caption.fingerprint", values={"group": clean(name, 80)}, group=name)
    return page | {
        "heading": story.wording("outlet.heading"),
        "main": found or [story.wording.runs(_none(story), others=story.noun())],
        "also_heading": story.wording("outlet.also"),
        "also": page["main"],
        "not_found": tables.unclear(story, name),
        "sure": _sure(story),
        "figure": drawn if drawn["kind"] == "figure" else page["figure"],
    }


def _sure(story: Story) -> list[list[dict[str, Any]]]:
    """Return how sure it is, as for a report on all groups."""
    resamples = story.comparison.manifest.get("resamples")
    shown = story.wording.number(float(resamples), 0) if isinstance(resamples, int) else "–"
    case = "several" if story.tested else "untested"
    return [story.wording.runs(key, resamples=shown) for key in (f"outlet.sure_{case}", "first.sure_limits")]


def _none(story: Story) -> str:
    return "outlet.no_difference" if story.tested else "outlet.untested"


def _name(one: Story) -> str:
    return str(one.comparison.groups["group"].iloc[0])


def _rates(one: Story, story: Story) -> list[Block]:
    """Set each layer's rate against that of the others, and show all voices."""
    if one.comparison.rates.empty:
        return [story.text("loaded.nothing")]
    name = _name(one)
    shown = one.figure("profile", caption="caption.profile", values={"group": clean(name, 80)})
    if story.lone:
        return [tables.rates_table(story, name), shown]
    blocks = [story.text("outlet.rates", others=tables.rivals(story)), tables.rates_table(story, name)]
    matched = tables.matched_table(story, name)
    return [*blocks, *([story.text("outlet.matched"), matched] if matched else []), shown]


def _terms(one: Story, story: Story) -> list[Block]:
    """List the loaded terms in own voice, with what could stand for them."""
    table = tables.terms_table(story, _name(one))
    if table is None:
        return [story.text("loaded.none")] if len(one.comparison.rates) else []
    key = "outlet.terms_lone" if story.lone else "outlet.terms"
    blocks = [story.text(key, others=tables.rivals(story)), table]
    if not pick(story.comparison.shifts, group=_name(one)).empty:
        other = story.comparison.reference or story.wording("made_of.others", others=story.noun())
        values = {"group": clean(_name(one), 60), "other": clean(other, 60)}
        blocks.append(story.figure("word_shift", caption="caption.word_shift", values=values, group=_name(one)))
    return blocks


def _naming(one: Story, story: Story) -> list[Block]:
    table = tables.naming_table(story, _name(one))
    return [story.text("outlet.naming_lone" if story.lone else "outlet.naming"), table] if table else []


def _certainty(one: Story, story: Story) -> list[Block]:
    if pick(one.comparison.rates, layer="hedge", category="").empty:
        return []
    return [one.text("certainty.intro"), one.figure("hedging", caption="caption.hedging")]


def _words(one: Story, story: Story) -> list[Block]:
    table = None if story.lone else tables.words_table(story, _name(one))
    return [story.text("outlet.words", others=tables.rivals(story)), table] if table else []


def _readability(one: Story, story: Story) -> list[Block]:
    if story.lone:
        return readability(one)
    table = tables.readability_table(story, _name(one))
    return [story.text("readability_section.intro"), table] if table else []
