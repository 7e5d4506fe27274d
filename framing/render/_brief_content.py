"""The content of the layout `brief`: the first page, and one more with the most important numbers and the limits."""

from __future__ import annotations

import dataclasses
from typing import Any

from framing.figures import referents
from framing.figures._select import pick, sides
from framing.render import _tables as tables
from framing.render._appendix import limits
from framing.render._first import first_page
from framing.render._request import Request
from framing.render._story import Block, Story, clean
from framing.render._title import title_of

_MOST_MAIN, _MOST_ALSO, _MOST_GROUPS = 6, 3, 12


def brief_content(story: Story, request: Request) -> dict[str, Any]:
    """Return two pages; `second` has blocks in the order in which a layout may leave out the last of them."""
    first = first_page(story)
    first["main"], first["also"] = first["main"][:_MOST_MAIN], first["also"][:_MOST_ALSO]
    return {
        "title": clean(request.title, 140) if request.title else title_of(story),
        "first": first,
        "second": {
            "heading": story.wording("brief.heading"),
            "table": _table(story),
            "figures": _figures(story),
            "limits_heading": story.wording("section.limits"),
            "limits": limits(story)[0]["items"],
            "made": _made(story),
        },
        "sections": [],
        "appendix": [],
    }


def _table(story: Story) -> Block | None:
    """Return the rates of all layers: of the groups with most articles, or of the voices of the only one."""
    if story.comparison.rates.empty:
        return tables.material(story) if 0 < len(story.comparison.groups) <= _MOST_GROUPS else None
    if story.lone:
        return tables.single_rates(story)
    table = tables.layers(_largest(story))
    if (missing := len(story.comparison.groups) - _MOST_GROUPS) > 0:
        table["note"] += " " + story.wording("table.cut", n=missing, groups=story.noun(missing))
    return table


def _largest(story: Story) -> Story:
    """Return the story of the groups with most articles, in the order that they had."""
    groups = story.comparison.groups
    if len(groups) <= _MOST_GROUPS:
        return story
    largest = set(groups.nlargest(_MOST_GROUPS, "n_articles", keep="first")["group"])
    shown = groups[groups["group"].isin(largest)].reset_index(drop=True)
    return dataclasses.replace(story, comparison=dataclasses.replace(story.comparison, groups=shown))


def _figures(story: Story) -> list[Block]:
    """Return what is looked at first after the rates: naming and balance, or hedging where there is neither."""
    drawn: list[Block] = []
    found = referents(story.comparison)
    few = len(story.comparison.groups) <= _MOST_GROUPS
    if found and few:
        values: dict[str, object] = {"referent": clean(story.wording.referent(found[0], first=False), 80)}
        drawn.append(story.figure("naming", caption="caption.naming", key="1", values=values, referent=found[0]))
    if few and [side for side in sides(story.comparison) if side != "unknown"]:
        drawn.append(story.figure("balance", caption="caption.balance"))
    if not drawn and few and not pick(story.comparison.rates, layer="hedge", category="").empty:
        drawn.append(story.figure("hedging", caption="caption.hedging"))
    return [block for block in drawn if block["kind"] == "figure"]


def _made(story: Story) -> list[dict[str, Any]]:
    """Say of what and how it was made, in a line."""
    given = story.comparison.manifest
    source = given.get("input") or {}
    return story.wording.runs(
        "brief.made", version=clean(given.get("version", "–"), 40), sha=str(source.get("sha256", "–"))[:16],
        seed=clean(given.get("seed", "–"), 40),
    )  # fmt: skip
