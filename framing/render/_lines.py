"""Telling words in the sentences that they stand in, one line a word."""

from __future__ import annotations

import pandas as pd

from framing.figures._select import groups, pick, records
from framing.render._story import Block, Story, clean

# characters on either side of a word that fit half a line
_AROUND = 46
_MOST_WORDS, _MOST_LINES = 8, 120


def lines(story: Story) -> list[Block]:
    """Show the most telling words of each group, every one in one of its articles."""
    found = story.comparison.concordance
    found = found[found["voice"] == story.voice]
    if story.lone or found.empty:
        return []
    names = [name for name in groups(story.comparison) if name in set(found["group"])]
    most = max(2, min(_MOST_WORDS, _MOST_LINES // max(len(names), 1)))
    blocks = [story.text("lines.intro")]
    for name in names:
        first = found[found["group"] == name].drop_duplicates("word")
        chosen = first[first["word"].isin(_foremost(story, name, most))]
        if len(chosen):
            blocks.append({"kind": "heading", "text": clean(name, 80)})
            blocks.append({"kind": "lines", "items": [_line(row) for row in records(chosen)]})
    return blocks if len(blocks) > 1 else []


def _foremost(story: Story, group: str, most: int) -> list[str]:
    table = pick(story.comparison.keyness, group=group, voice=story.voice, against="others")
    ranked: pd.DataFrame = table.sort_values(["z", "word"], ascending=[False, True], kind="stable")
    return [str(word) for word in ranked["word"].head(most)]


def _line(row: dict[str, object]) -> dict[str, str]:
    before, after = str(row["before"]).lstrip(), str(row["after"]).rstrip()
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].split(" ", 1)[-1]
    if len(after) > _AROUND:
        after = after[:_AROUND].rsplit(" ", 1)[0] + "…"
    return {"before": clean(before, 60), "text": clean(row["text"], 40), "after": clean(after, 60)}
