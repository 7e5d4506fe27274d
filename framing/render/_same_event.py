"""The sections on articles that tell one story, and on text that others have too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.figures._select import groups, keyed, pick, records
from framing.render._story import Block, Story, clean

_MOST_EVENTS = 20
_MOST_GROUPS_IN_MATRIX = 30


def same_event(story: Story) -> list[Block]:
    """Compare the groups within events only: what is left of a difference where all report on the same thing."""
    found = story.comparison
    if found.matched.empty:
        return []
    counted = found.event_articles[found.event_articles["counted"] == 1]
    # "events", or the name of the column that took their place
    kind = "events" if found.matched_on == "events" else "column"
    values: dict[str, Any] = {
        "events": story.wording.number(len(found.events), 0),
        "articles": story.wording.number(len(counted), 0),
        "all": story.wording.number(int(found.groups["n_articles"].sum()), 0),
        "column": clean(found.matched_on, 60),
        "groups": story.noun(),
    }
    blocks = [story.text(f"same_event.intro_{kind}", **values), *_table(story)]
    if not pick(found.matched, layer="loaded", category="", voice=story.voice).empty:
        blocks.append(story.figure("matched", caption=f"caption.{_against('matched', story)}", values=_sets(story)))
    if not found.event_rates.empty and len(groups(found)) <= _MOST_GROUPS_IN_MATRIX:
        blocks.append(story.text("same_event.matrix", groups=story.noun()))
        blocks.append(story.figure("events", caption="caption.events", values={"groups": story.noun()}))
    if kind == "events":
        blocks += [story.text("same_event.list"), _events(story)]
    return blocks


def _table(story: Story) -> list[Block]:
    """Set the rate of loaded terms in shared events beside what the others' articles on them lead one to expect."""
    word, rows, links = story.wording, [], []
    table = pick(story.comparison.matched, layer="loaded", category="", voice=story.voice)
    if table.empty:
        return []
    found = keyed(table, "group")
    for name in groups(story.comparison):
        if name not in found or not found[name]["n_events"]:
            continue
        row = found[name]
        rows.append([
            clean(name, 60), word.number(row["n_events"], 0), word.number(row["n_articles"], 0), story.estimate(row),
            word.number(row["expected"]), word.number(row["ratio"], 2),
            word.interval(row["ratio_low"], row["ratio_high"], 2), _q(story, row),
        ])  # fmt: skip
        links.append(["", "", "", "evidence-loaded", "", "", "", ""])
    heads = [("events", "right"), ("articles", "right"), ("rate", "right"), ("expected", "right"), ("ratio", "right"),
             ("interval", "left"), ("q", "right")]  # fmt: skip
    columns = [(_heading(story), "text"), *((word(f"column.{name}"), align) for name, align in heads)]
    # the reference has no row: it is what the others are set against
    missing = len(set(found) - {story.comparison.reference}) - len(rows)
    note = word("table.matched_left_out", n=missing) if missing > 0 else ""
    key = f"table.{_against('matched', story)}"
    caption = word(key, spoken=story.spoken, others=story.noun(), reference=clean(story.comparison.reference, 60))
    return [story.table("matched", columns, rows, note=note, links=links, caption=caption)]


def _against(key: str, story: Story) -> str:
    return f"{key}_reference" if story.comparison.reference else key


def _sets(story: Story) -> dict[str, object]:
    return {"groups": story.noun(), "reference": clean(story.comparison.reference, 60)}


def _q(story: Story, row: Mapping[str, Any]) -> str:
    return story.wording.q(row["q"]).removeprefix("q ").removeprefix("= ") or "–"


def _heading(story: Story) -> str:
    name = story.noun(1)
    return name[:1].upper() + name[1:]


def _events(story: Story) -> Block:
    """List the events by name, those with most groups first."""
    word = story.wording
    table = story.comparison.events.sort_values(
        ["n_groups", "n_articles", "event"], ascending=[False, False, True], kind="stable"
    )
    rows = [
        [_dates(row), clean(row["title"], 110), word.number(row["n_groups"], 0), word.number(row["n_articles"], 0)]
        for row in records(table.head(_MOST_EVENTS))
    ]
    more = len(table) - len(rows)
    columns = [(word("column.date"), "left"), (word("column.event"), "text"), (_heading_of_groups(story), "right"),
               (word("column.articles"), "right")]  # fmt: skip
    return story.table("events", columns, rows, note=word("table.more_events", n=more) if more > 0 else "")


def _heading_of_groups(story: Story) -> str:
    name = story.noun()
    return name[:1].upper() + name[1:]


def _dates(row: Mapping[str, Any]) -> str:
    first, last = str(row["first_date"]), str(row["last_date"])
    if first in ("", "nan"):
        return "–"
    return first if first == last or last in ("", "nan") else f"{first} – {last}"


def copies(story: Story) -> list[Block]:
    """Say how much of each group's text others have too: wire copy is not an outlet's own choice of words."""
    table = story.comparison.copies
    if table.empty or story.lone:
        return []
    if not (table["count"] > 0).any():
        return [story.text("copies.none")]
    blocks = [story.text("copies.intro", groups=story.noun())]
    blocks.append(story.figure("copies", caption="caption.copies", values={"groups": story.noun()}))
    return [*blocks, _copied(story, table)]


def _copied(story: Story, table: pd.DataFrame) -> Block:
    word, rows = story.wording, []
    measures = [m for m in ("words", "articles", "agency") if m in set(table["measure"])]
    for name in groups(story.comparison):
        found = keyed(pick(table, group=name), "measure")
        if found:
            size = word.number(max(row["n_articles"] for row in found.values()), 0)
            rows.append([clean(name, 60), size, *(story.share(found[m]) if m in found else "–" for m in measures)])
    columns = [(_heading(story), "text"), (word("column.articles"), "right")]
    columns += [(word(f"column.copied_{m}"), "right") for m in measures]
    return story.table("copies", columns, rows, spread=story.spread)
