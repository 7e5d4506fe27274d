"""Two sections of a report: who is heard, and how the sides are balanced."""

from __future__ import annotations

import math

from framing.figures._evenness import balanced_sides
from framing.figures._select import extremes, main_sides, pick, records, sides
from framing.render import _tables as tables
from framing.render._first import strip
from framing.render._story import Block, Story, clean

_MOST_SIDES = 4


def heard(story: Story) -> list[Block]:
    """Show who speaks, in what role, where in the articles, and who has no name."""
    groups = story.comparison.groups
    if not int(groups["n_attributions"].sum()):
        return [story.text("heard.nothing")]
    blocks = [story.text("heard.intro")]
    if not story.comparison.speakers.empty:
        blocks += [_speakers(story), story.figure("speakers", caption="caption.speakers")]
        if not story.lone:
            blocks.append(story.figure("speaker_map", caption="caption.speaker_map"))
    if not story.comparison.roles.empty:
        blocks += [story.text("heard.roles"), story.figure("roles", caption="caption.roles")]
    if not story.comparison.sourcing.empty:
        blocks += [story.text("heard.sourcing"), tables.sourcing(story)]
    if not story.comparison.positions.empty and not story.one_article:
        blocks += [_positions(story), story.figure("positions", caption="caption.positions")]
    drawn = None if story.one_article else strip(story)
    if drawn:
        blocks += [story.text("heard.strip"), drawn]
    return blocks


def _speakers(story: Story) -> Block:
    """Say how many speak, and who has most words."""
    table, groups = story.comparison.speakers, story.comparison.groups
    words = table.groupby("speaker", sort=True)["words"].sum()
    first = story.wording.get(f"speaker.{words.idxmax()}") or words.idxmax()
    number = {"speakers": story.wording.number(len(words), 0), "first": clean(first, 60)}
    if story.one_article:
        return story.text("heard.speakers_article", n=len(words), **number)
    weights = groups["n_articles"].clip(lower=0)
    mean = float((groups["speakers_per_article"] * weights).sum() / max(int(weights.sum()), 1))
    return story.text("heard.speakers", n=len(words), mean=story.wording.number(mean), **number)


def _positions(story: Story) -> Block:
    """Say how own voice stands at the beginning and at the end, over all articles."""
    own = pick(story.comparison.positions, voice="own").groupby("part")[["count", "total"]].sum()
    shares = own["count"] / own["total"].where(own["total"] > 0, math.nan)
    first, last = story.wording.percent(float(shares.iloc[0])), story.wording.percent(float(shares.iloc[-1]))
    return story.text("heard.positions", first=first, last=last)


def balance(story: Story) -> list[Block]:
    """Show how much each side is heard, how evenly, introduced how, and who is accused and not heard."""
    comparison = story.comparison
    if not int(comparison.groups["n_attributions"].sum()):
        return []
    if not [side for side in sides(comparison) if side != "unknown"]:
        given = bool(comparison.manifest.get("sides"))
        return [story.text("balance.none_known" if given else "balance.none_given")]
    blocks = [story.text("balance.intro"), story.figure("balance", caption="caption.balance")]
    blocks += tables.units(story, main_sides(comparison, _MOST_SIDES))
    blocks += _index(story)
    blocks += [story.heading("balance.introduced"), story.text("balance.introduced_intro")]
    blocks.append(story.figure("stance", caption="caption.stance"))
    return blocks + _replies(story)


def _index(story: Story) -> list[Block]:
    """Say what the index is, what came out, and draw it where there is more than one number."""
    against = balanced_sides(story.comparison)
    if not against:
        return []
    blocks = [story.heading("balance.index")]
    names = story.wording.listing([story.wording.side(side) for side in against])
    if len(against) == 1:
        return [*blocks, story.text("balance.one_side", side=names)]
    blocks.append(story.text("balance.definition", sides=names, n=len(against)))
    table = pick(story.comparison.evenness, unit="attributions", measure="evenness").dropna(subset=["value"])
    if table.empty:
        return [*blocks, story.text("balance.no_index")]
    most, least = extremes(table)
    blocks.append(
        story.text(
            "balance.index_single" if len(table) == 1 else "balance.index_several",
            most=clean(most["group"], 44), high=story.estimate(most, 2), n_most=story.wording.number(most["total"], 0),
            least=clean(least["group"], 44), low=story.estimate(least, 2),
            n_least=story.wording.number(least["total"], 0),
        )
    )  # fmt: skip
    blocks += _difference(story)
    if not story.one_article:
        blocks.append(story.figure("evenness", caption="caption.evenness"))
    return blocks


def _difference(story: Story) -> list[Block]:
    """Say by how much one of two sides is heard more, where the interval leaves no doubt which."""
    table = pick(story.comparison.evenness, unit="attributions", measure="difference").dropna(subset=["value"])
    if table.empty:
        return []
    first, second = (story.wording.side(side) for side in balanced_sides(story.comparison))
    row = max(records(table), key=lambda row: abs(row["value"]))
    more, less = (first, second) if row["value"] >= 0 else (second, first)
    sign = 1 if row["value"] >= 0 else -1
    low, high = sorted((100 * sign * row["low"], 100 * sign * row["high"]))
    bounds = story.wording.interval(low, high, 0)
    return [
        story.text(
            "balance.difference_single" if len(table) == 1 else "balance.difference",
            group=clean(row["group"], 44), more=more, less=less,
            value=story.wording.number(100 * abs(row["value"]), 0), interval=f" {bounds}" if bounds else "",
        )
    ]  # fmt: skip


def _replies(story: Story) -> list[Block]:
    """Say who is accused and not heard, who declined, and whose claims were not verified."""
    table = story.comparison.replies
    counts = {str(name): int(part["count"].sum()) for name, part in table.groupby("measure")}
    blocks: list[Block] = []
    if counts.get("accused"):
        values = {name.replace("-", "_"): story.wording.number(n, 0) for name, n in counts.items()}
        blocks += [story.heading("balance.replies"), story.text("balance.accused", n=counts["accused"], **values)]
        if not story.one_article:
            blocks.append(tables.replies(story))
    for measure in ("declined", "unverified"):
        if counts.get(measure):
            blocks.append(_by_side(story, measure, counts[measure]))
    return blocks


def _by_side(story: Story, measure: str, total: int) -> Block:
    sums = pick(story.comparison.replies, measure=measure).groupby("side")["count"].sum()
    known = sorted(((str(side), int(n)) for side, n in sums.items() if n), key=lambda one: (-one[1], one[0]))
    parts = [story.wording("balance.of_side", side=story.wording.side(side), n=n) for side, n in known]
    return story.text(f"balance.{measure}", n=total, parts=story.wording.listing(parts))
