"""The sections that ask how well a difference stands: its terms, single articles, chance, size, time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.figures._select import groups, pick, records
from framing.render._story import Block, Story, clean

_MOST_CHECKED = 12


def made_of(story: Story) -> list[Block]:
    """Show which terms make up the clearest difference in loaded terms, added up exactly."""
    group = _clearest(story)
    if group is None:
        return []
    row = records(pick(story.comparison.rates, layer="loaded", category="", voice=story.voice, group=group))[0]
    other = story.comparison.reference or story.wording("made_of.others", others=story.noun())
    values: dict[str, Any] = {
        "group": clean(group, 60),
        "other": clean(other, 60),
        "difference": story.wording.number(row["difference"], 2),
    }
    return [
        story.text("made_of.intro", **values),
        story.figure("word_shift", caption="caption.word_shift", values=values, group=group),
    ]


def _clearest(story: Story) -> str | None:
    """Return the group whose rate of loaded terms differs most surely; of two groups the one with more."""
    table = pick(story.comparison.rates, layer="loaded", category="", voice=story.voice).dropna(subset=["difference"])
    table = table[table["group"].isin(set(story.comparison.shifts["group"]))]
    if table.empty:
        return None
    if len(story.comparison.groups) == 2:
        table = table[table["difference"] >= 0] if (table["difference"] >= 0).any() else table
    ordered = table.assign(size=table["difference"].abs()).sort_values(
        ["q", "size", "group"], ascending=[True, False, True], kind="stable"
    )
    return str(ordered["group"].iloc[0])


def checks(story: Story) -> list[Block]:
    """Name for each clear difference the article and the term that it rests on most, and whether it stands without."""
    table = story.comparison.checks
    if table.empty:
        return []
    word, rows, links = story.wording, [], []
    shown = table.sort_values(["q", "layer", "category", "group"], kind="stable").head(_MOST_CHECKED)
    for row in records(shown):
        layer = str(row["layer"])
        what = story.layer(layer, str(row["category"]))
        model = _ratio(story, row, "nb_ratio", "nb_low", "nb_high")
        article = _without(story, row, "article", str(row["title"]) or str(row["article_id"]))
        term = _without(story, row, "term", f"“{row['form']}”" if row["form"] else "")
        rows.append([clean(row["group"], 40), what, _ratio(story, row, "ratio", "ratio_low", "ratio_high"), model,
                     article, term])  # fmt: skip
        links.append(["", f"evidence-{layer}", "", "", "", ""])
    name = story.noun(1)
    heads = [("what", "text"), ("ratio", "right"), ("model_ratio", "right"), ("without_article", "text"),
             ("without_term", "text")]  # fmt: skip
    columns = [(name[:1].upper() + name[1:], "text"), *((word(f"column.{head}"), align) for head, align in heads)]
    more = len(table) - len(rows)
    note = word("table.more_checks", n=more) if more > 0 else ""
    return [story.text(_verdict(table), n=len(table)), story.table("checks", columns, rows, note=note, links=links)]


def _verdict(table: pd.DataFrame) -> str:
    lost = (table["kept_without_article"] == "no") | (table["kept_without_term"] == "no")
    return "checks.some_lost" if lost.any() else "checks.all_kept"


def _ratio(story: Story, row: Mapping[str, Any], value: str, low: str, high: str) -> str:
    return f"{story.wording.number(row[value], 2)} {story.wording.interval(row[low], row[high], 2)}".strip()


def _without(story: Story, row: Mapping[str, Any], part: str, name: str) -> str:
    """Return what is left of a ratio without an article or a term, and its name."""
    if not name:
        return "–"
    left = _ratio(story, row, f"ratio_without_{part}", f"low_without_{part}", f"high_without_{part}")
    mark = "" if row[f"kept_without_{part}"] == "yes" else f" {story.wording('checks.lost')}"
    return f"{clean(name, 60)}: {left}{mark}"


def small_groups(story: Story) -> list[Block]:
    """Set the raw rate of loaded terms beside the one drawn towards all, where there are groups enough."""
    table = pick(story.comparison.rates, layer="loaded", category="", voice=story.voice)
    if table.empty or table["shrunk"].isna().all() or len(groups(story.comparison)) < 3:
        return []
    return [story.text("small_groups.intro"), story.figure("shrinkage", caption="caption.shrinkage")]


def over_time(story: Story) -> list[Block]:
    """Follow the rate of loaded terms over time."""
    found = story.comparison
    if found.trends.empty:
        return []
    periods = found.trends["period"].drop_duplicates()
    values = {"period": story.wording(f"over_time.{found.over}"), "n": len(periods)}
    return [
        story.text("over_time.intro", n=len(periods), period=values["period"]),
        story.figure("trend", caption="caption.trend", values=values),
    ]
