"""Sentences on single differences: who, how much, against whom, how sure."""

from __future__ import annotations

from typing import Any

from framing.comparison import Headline
from framing.figures._readability import formula_name
from framing.render._story import Story, clean, digits_of

Runs = list[dict[str, Any]]
_WIDTH = 44
_TABLES = {
    "naming": "naming",
    "side": "table-balance",
    "sourcing": "table-sourcing",
    "sentences": "table-sentences",
    "readability": "table-readability",
}
"""Where the numbers of a sentence on a share or a mean stand: a table, or a section."""


def rate_sentence(story: Story, one: Headline) -> Runs:
    """Tell of a difference in the rate of a layer."""
    wording = story.wording
    size, key = _size(story, one.ratio)
    if one.kind == "matched":
        key = f"matched_{key}"
    elif story.comparison.reference:
        key = f"{key}_reference"
    runs = wording.runs(
        f"first.{key}",
        group=clean(one.group, _WIDTH),
        size=size,
        what=story.layer(one.layer, one.category),
        voice=wording(f"voice_of.{one.voice}"),
        others=story.noun(),
        reference=clean(story.comparison.reference, _WIDTH),
        events=_events(story, one.n_events),
        value=story.rate(one.value),
        interval=wording.interval(one.low, one.high, digits_of(one.value)),
        others_value=story.rate(one.others),
        others_interval=wording.interval(one.others_low, one.others_high),
        ratio=wording.number(one.ratio, 2),
        ratio_interval=wording.interval(one.ratio_low, one.ratio_high, 2),
        q=wording.q(one.q),
        articles=wording("count.articles", n=one.n_articles),
    )
    shown = bool((story.comparison.evidence["layer"] == one.layer).any())
    return _linked(runs, f"evidence-{one.layer}" if shown else "table-layers")


def _events(story: Story, n: int) -> str:
    if story.comparison.matched_on == "events":
        return story.wording("first.events", n=n)
    return story.wording("first.strata", n=n, column=clean(story.comparison.matched_on, 40))


def _size(story: Story, ratio: float) -> tuple[str, str]:
    wording = story.wording
    if ratio >= 2:
        return wording("first.size_times", value=wording.number(ratio)), "higher"
    if ratio >= 1:
        return wording("first.size_more", value=wording.percent(ratio - 1)), "more"
    return wording("first.size_fewer", value=wording.percent(1 - ratio)), "more"


def share_sentence(story: Story, one: Headline) -> Runs:
    """Tell of a difference in a share, or in the mean of a formula."""
    wording, mean = story.wording, one.kind == "readability"
    estimate = {"value": one.value, "low": one.low, "high": one.high}
    others = {"value": one.others, "low": one.others_low, "high": one.others_high}
    write = story.estimate if mean else story.share
    runs = wording.runs(
        f"first.{one.kind}_tested",
        n=one.total,
        group=clean(one.group, _WIDTH),
        value=write(estimate),
        others=others_of(story, one.group),
        others_value=write(others),
        q=wording.q(one.q),
        articles=wording("count.articles", n=one.n_articles),
        referent=clean(wording.referent(one.referent, first=False), 60),
        form=clean(one.form, 60),
        side=wording.side(one.side) if one.side else "",
        measure=what_of(story, one.kind, one.measure),
        formula=formula_name(wording, one.formula) if one.formula else "",
    )
    return _linked(runs, _TABLES.get(one.kind, ""))


def _linked(runs: Runs, anchor: str) -> Runs:
    """Let the strong words of a sentence lead to where its numbers stand."""
    return [run | {"link": anchor} if run["strong"] else run for run in runs]


def others_of(story: Story, group: str) -> str:
    """Return whom a group is set against, as a phrase: the reference, the only other group, or all others."""
    names = [str(name) for name in story.comparison.groups["group"]]
    if story.comparison.reference:
        return clean(story.comparison.reference, _WIDTH)
    if len(names) == 2:
        return clean(names[1 - names.index(group)], _WIDTH)
    return story.wording("first.others", others=story.noun())


def what_of(story: Story, kind: str, what: str) -> str:
    """Return what a measure of some kind is called in the middle of a sentence."""
    wording = story.wording
    if kind in ("rate", "matched"):
        return story.layer(what)
    if kind == "naming":
        return clean(wording.referent(what, first=False), 60)
    if kind == "side":
        return wording("first.share_of_side", side=wording.side(what))
    if kind == "sourcing":
        return wording.name_of("sourcing_of", what)
    if kind == "sentences":
        return wording(f"first.{what}")
    return formula_name(wording, what)
