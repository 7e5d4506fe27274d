"""Two sections of a report: what the sentence models say of each group, and the frames; beside each its validity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.figures._select import keyed, pick, records
from framing.render import _tables as tables
from framing.render._pushes import Push, Pushes, pushes, score_of, signed
from framing.render._story import Block, Story, clean

_SENTENCE_MODELS = ("bias", "uncertain")
_MOST_FRAME_GROUPS, _MOST_SHOWN = 5, 12
_MOST_WARNINGS = 3
_FEWEST = 5


def sentences(story: Story) -> list[Block]:
    """Show which share of the sentences the models call biased or uncertain, and the most biased ones."""
    comparison = story.comparison
    if comparison.sentences.empty:
        return []
    resamples = comparison.manifest.get("resamples")
    shown = story.wording.number(float(resamples), 0) if isinstance(resamples, int) else "–"
    blocks = [story.text(f"sentences.intro_{story.case}", others=story.noun())]
    blocks += warnings(story, _SENTENCE_MODELS)
    if not story.one_article:
        blocks.append(story.figure("sentences", caption="caption.sentences"))
        method = "sentences.method_tested" if comparison.sentences["q"].notna().any() else "sentences.method"
        blocks += [tables.sentence_shares(story), story.text(method, resamples=shown)]
    else:
        blocks.append(tables.sentence_counts(story))
    return blocks + measured(story, _SENTENCE_MODELS) + _most_biased(story)


def _most_biased(story: Story) -> list[Block]:
    found = story.comparison.biased_sentences
    groups = story.comparison.groups.nlargest(_MOST_SHOWN, "n_articles")["group"]
    found = found[found["group"].isin(groups)]
    heading = story.heading("sentences.most_biased", anchor="evidence-bias")
    if found.empty:
        return [heading, story.text("sentences.none_biased")]
    words = dict(iter(story.comparison.biased_words.groupby(["article_id", "sentence"], sort=False)))
    titles = keyed(story.comparison.articles, "id")
    items = [
        _item(story, row, words.get((row["article_id"], row["sentence"])), titles.get(str(row["article_id"]), {}))
        for row in records(found)
    ]
    return [heading, story.text(f"sentences.words_{story.case}"), {"kind": "sentences", "items": items}]


def _item(story: Story, row: dict[str, Any], words: pd.DataFrame | None, article: dict[str, Any]) -> dict[str, Any]:
    word = story.wording
    title = str(article.get("title", ""))
    place = word("sentences.place", article=clean(row["article_id"], 60), sentence=int(row["sentence"]) + 1)
    item = {
        "group": clean(row["group"], 60),
        "score": word("sentences.score", score=score_of(float(row["score"]))),
        "runs": [{"text": clean(row["text"], 600), "push": ""}],
        "parts": [],
        "place": place if title in ("", "nan") else f"{place} — {clean(title, 90)}",
    }
    if words is None or math.isnan(row["log_odds"]):
        return item
    found = pushes(list(zip(words["word"], words["added"], strict=True)), float(row["log_odds"]))
    return item | {"runs": _runs(row, words, found), "parts": _parts(story, found)}


def _runs(row: dict[str, Any], words: pd.DataFrame, found: Pushes) -> list[dict[str, str]]:
    """Return the sentence cut where a word that pushed begins or ends."""
    text, first = str(row["text"]), int(row["start"])
    kinds = {one.place: "for" for one in found.up} | {one.place: "against" for one in found.down}
    runs, at = [], 0
    for place, start, end in zip(range(len(words)), words["start"], words["end"], strict=True):
        if place in kinds:
            low, high = int(start) - first, int(end) - first
            runs += [{"text": text[at:low], "push": ""}, {"text": text[low:high], "push": kinds[place]}]
            at = high
    # each run is made printable by itself, with the spaces at its ends
    return [{**run, "text": clean(run["text"], 600)} for run in [*runs, {"text": text[at:], "push": ""}] if run["text"]]


def _parts(story: Story, found: Pushes) -> list[dict[str, str]]:
    """Return what a score is the sum of, each part with its name."""
    word = story.wording
    parts = [(word(f"sentences.{name}"), _listed(some)) for name, some in (("for", found.up), ("against", found.down))]
    parts += [(word("sentences.rest"), signed(found.rest)), (word("sentences.sum"), signed(found.total))]
    return [{"name": name, "text": text} for name, text in parts if text]


def _listed(words: Sequence[Push]) -> str:
    return ", ".join(f"{clean(word.text, 40)} {signed(word.added)}" for word in words)


def measured(story: Story, models: Sequence[str]) -> list[Block]:
    """Say what the models scored, what one annotator reaches, and on how many records."""
    word = story.wording
    found = story.comparison.models
    found = found[found["model"].isin(models)]
    if found.empty:
        return []
    if found["score"].isna().all() and not (found["line"] != "").any():
        return [story.text("models.unmeasured", n=len(found))]
    rows = []
    for row in records(found):
        numbers = [word.number(float(row[name]), 2) for name in ("score", "ceiling")]
        name = word.name_of("model", str(row["model"]))
        rows.append([name, clean(row["trained_on"], 120), *numbers, word.number(float(row["n"]), 0)])
    heads = (("model", "text"), ("trained_on", "text"), ("macro_f1", "right"), ("ceiling", "right"), ("n", "right"))
    columns = [(word(f"column.{name}"), align) for name, align in heads]
    note = " ".join(
        f"{word.name_of('model', str(row['model']))}: {row['line']}" for row in records(found) if row["line"]
    )
    return [story.table(f"models_{models[0]}", columns, rows, caption=word("table.models"), note=clean(note, 1200))]


def warnings(story: Story, models: Sequence[str]) -> list[Block]:
    """Warn where the texts are far from what a model was trained on: all of them, and those of single groups."""
    table = story.comparison.distances
    table = table[table["model"].isin(models) & (table["warning"] != "")]
    items = []
    for model in table["model"].drop_duplicates():
        far = table[table["model"] == model]
        every, groups = far[far["group"] == ""], far[far["group"] != ""]
        said = [str(text) for text in every["warning"]]
        if len(groups) <= (0 if story.lone else _MOST_WARNINGS) and not said:
            said += [str(text) for text in groups["warning"]]
        elif len(groups) and not story.lone:
            names = [clean(name, 44) for name in groups["group"].head(_MOST_SHOWN)]
            said.append(story.wording("models.far_groups", n=len(groups), names=story.wording.listing(names)))
        items += [[{"text": clean(text, 600), "strong": False}] for text in said]
    return [story.heading("models.far"), story.bullets(items)] if items else []


def frames(story: Story) -> list[Block]:
    """Show the share of articles with each frame, for groups with enough articles on the topic."""
    blocks: list[Block] = []
    least = 1 if story.one_article else int(story.comparison.manifest.get("min_articles", _FEWEST))
    for model in story.comparison.frames["model"].drop_duplicates():
        found = pick(story.comparison.frames, model=model)
        totals = found.drop_duplicates("group")[["group", "total"]]
        enough = totals[totals["total"] >= least].nlargest(_MOST_FRAME_GROUPS, "total", keep="first")
        if enough.empty:
            continue
        blocks += [story.heading(f"frames.{model}"), story.text(f"frames.about_{model}", least=least, n=least)]
        blocks += warnings(story, [str(model)])
        more = int((totals["total"] >= least).sum()) - len(enough)
        blocks.append(_frame_table(story, str(model), found, enough, more))
        blocks += measured(story, [str(model)])
    return [story.text("frames.intro"), *blocks] if blocks else []


def _frame_table(story: Story, model: str, found: pd.DataFrame, groups: pd.DataFrame, more: int) -> Block:
    word = story.wording
    rows = []
    for frame in found["frame"].drop_duplicates():
        by = keyed(pick(found, frame=frame), "group")
        name = word.name_of("frame", str(frame))
        rows.append([name[:1].upper() + name[1:], *(story.share(by[str(group)]) for group in groups["group"])])
    heads = [f"{clean(group, 40)} (n\u00a0=\u00a0{word.number(n, 0)})" for group, n in groups.to_numpy().tolist()]
    columns = [(word("column.frame"), "text"), *((head, "right") for head in heads)]
    note = word("table.more_frames", n=more, groups=story.noun(more)) if more else ""
    caption = word("table.frames", spread=story.spread)
    return story.table(f"frames_{model}", columns, rows, caption=caption, note=note)
