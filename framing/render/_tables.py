"""The tables of a report, as rows of strings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from framing.comparison._setting import BY_LIST, BY_MODEL
from framing.figures._readability import formula_name
from framing.figures._select import keyed, pick, records
from framing.render._story import Block, Story, clean, digits_of

_MOST_DIFFERENCES = 20
_MOST_LAYERS = 8
_MOST_GROUPS = 60
_MOST_TERMS = 30
_MOST_BALANCED, _MOST_ACCUSED = 6, 12
LOADED = (BY_LIST, BY_MODEL)
_UNITS = ("attributions", "words", "direct", "first-third")


def _group_heading(story: Story) -> tuple[str, str]:
    noun = story.noun(1)
    return noun[:1].upper() + noun[1:], "text"


def _names(story: Story) -> list[str]:
    return [str(g) for g in story.comparison.groups["group"].head(_MOST_GROUPS)]


def _cut(story: Story) -> str:
    missing = len(story.comparison.groups) - _MOST_GROUPS
    return story.wording("table.cut", n=missing, groups=story.noun(missing)) if missing > 0 else ""


def material(story: Story) -> Block:
    """Articles, words and voices of each group."""
    word, rows = story.wording, []
    table = story.comparison.groups
    for g in records(table.head(_MOST_GROUPS)):
        total = float(g["n_words"]) or math.nan
        shares = [word.percent(float(g[f"n_words_{v}"]) / total) for v in story.voices]
        rows.append([str(g["group"]), *(word.number(g[c], 0) for c in ("n_articles", "n_words")), *shares,
                     word.number(g["n_attributions"], 0)])  # fmt: skip
    if len(table) > 1:
        total = float(table["n_words"].sum()) or math.nan
        shares = [word.percent(float(table[f"n_words_{v}"].sum()) / total) for v in story.voices]
        rows.append([word("table.all"), *(word.number(table[c].sum(), 0) for c in ("n_articles", "n_words")), *shares,
                     word.number(table["n_attributions"].sum(), 0)])  # fmt: skip
    heads = [word(f"column.{c}") for c in ("articles", "words", "own", "quoted", "reported", "attributions")]
    notes = [_cut(story)]
    repeated = int(table["n_duplicates"].sum()) if "n_duplicates" in table else 0
    if repeated:
        notes.append(word("material.duplicates", n=repeated))
    columns = [_group_heading(story), *((h, "right") for h in heads)]
    links = [["", "", "", "", "", "", "heard"] for _ in rows]
    return story.table("material", columns, rows, note=" ".join(n for n in notes if n), links=links)


def layers(story: Story, *, intervals: bool = False) -> Block:
    """Own-voice rate of every layer and group, a mark where the group differs from the others.

    With intervals, each rate has its own.
    """
    word = story.wording
    whole = pick(story.comparison.rates, category="", voice=story.voice)
    shown = [str(x) for x in whole["layer"].drop_duplicates() if x != BY_MODEL][:_MOST_LAYERS]
    rows = []
    for name in _names(story):
        found = keyed(pick(whole, group=name), "layer")
        rows.append([name, *(_marked(story, found[x], intervals) if x in found else "–" for x in shown)])
    sums = whole.groupby("layer", sort=False)[["count", "n_words"]].sum().reindex(shown)
    rows.append([word("table.all"), *(_rate(story, c, n) for c, n in zip(sums["count"], sums["n_words"], strict=True))])
    heads = [word.name_of("layer_short", layer) for layer in shown]
    columns = [_group_heading(story), *((h[:1].upper() + h[1:], "right") for h in heads)]
    key = "table.layers_note" if whole["q"].notna().any() else "table.layers_untested"
    elsewhere = "" if intervals or whole["low"].isna().all() else word("table.layers_elsewhere")
    note = " ".join(n for n in (word(key, others=story.noun()), elsewhere, _cut(story)) if n)
    links = [["", *(f"evidence-{layer}" for layer in shown)] for _ in rows]
    return story.table("layers", columns, rows, note=note, links=links, spread=story.spread if intervals else "")


def _rate(story: Story, count: float, words: float) -> str:
    return story.rate(1000 * count / words if words else math.nan)


def _marked(story: Story, row: Mapping[str, Any], intervals: bool) -> str:
    mark = "" if not row["q"] < 0.05 else "▲ " if row["ratio"] > 1 else "▼ "
    return mark + (story.estimate(row) if intervals else story.rate(row["value"]))


def by_model(story: Story) -> Block:
    """List loaded words of the lexicons beside those that only the model marks, each as a rate of its own."""
    word, rows = story.wording, []
    found = {layer: pick(story.comparison.rates, layer=layer, category="", voice=story.voice) for layer in LOADED}
    by = {layer: keyed(table, "group") for layer, table in found.items()}
    for name in _names(story):
        cells = [story.estimate(by[layer][name]) if name in by[layer] else "–" for layer in LOADED]
        articles = [row[name]["n_articles"] for row in by.values() if name in row]
        rows.append([name, *cells, word.number(max(articles, default=0), 0)])
    heads = [word("column.listed"), word("column.by_model"), word("column.articles")]
    columns = [_group_heading(story), *((head, "right") for head in heads)]
    links = [["", *(f"evidence-{layer}" for layer in LOADED), ""] for _ in rows]
    return story.table("by_model", columns, rows, note=_cut(story), links=links, spread=story.spread)


def sentence_shares(story: Story) -> Block:
    """Share of the sentences in own voice that the models call biased and uncertain, of how many."""
    word, rows = story.wording, []
    own = pick(story.comparison.sentences, voice="own")
    for name in _names(story):
        found = keyed(pick(own, group=name), "measure")
        shares = [story.share(found[m]) if m in found else "–" for m in ("bias", "uncertain")]
        sizes = [max((row[size] for row in found.values()), default=0) for size in ("total", "n_articles")]
        rows.append([name, *shares, *(word.number(size, 0) for size in sizes)])
    heads = [word(f"figure.sentences_{m}") for m in ("bias", "uncertain")]
    heads += [word("column.sentences"), word("column.articles")]
    columns = [_group_heading(story), *((head, "right") for head in heads)]
    links = [["", "evidence-bias", "", "", ""] for _ in rows]
    caption = word("table.sentence_shares", spread=story.spread)
    return story.table("sentences", columns, rows, note=_cut(story), links=links, caption=caption)


def sentence_counts(story: Story) -> Block:
    """How many sentences of one article the models call biased or uncertain, by voice."""
    word, rows = story.wording, []
    table = story.comparison.sentences
    for voice in story.voices:
        found = keyed(pick(table, voice=voice), "measure")
        counts = [word.number(found[m]["count"], 0) if m in found else "–" for m in ("bias", "uncertain")]
        rows.append([word(f"voice.{voice}"), word.number(max(row["total"] for row in found.values()), 0), *counts])
    heads = [word("column.sentences"), word("figure.sentences_bias"), word("figure.sentences_uncertain")]
    links = [["", "", "evidence-bias", ""] for _ in rows]
    columns = [(word("column.voice"), "text"), *((head, "right") for head in heads)]
    return story.table("sentences", columns, rows, links=links)


def differences(story: Story) -> list[Block]:
    """Every difference at q < .05, the largest first."""
    if not story.tested:
        return [story.text("loaded.untested")]
    table = story.comparison.rates
    table = table[(table["q"] < 0.05) & (table["voice"] != "all")]
    if table.empty:
        return [story.text("loaded.no_differences", others=story.noun())]
    table = table.assign(size=np.abs(np.log(table["ratio"].clip(1e-3, 1e3)))).sort_values(
        ["q", "size", "group"], ascending=[True, False, True], kind="stable"
    )
    word, rows, links = story.wording, [], []
    for row in records(table.head(_MOST_DIFFERENCES)):
        what, to = story.layer(str(row["layer"]), str(row["category"])), f"evidence-{row['layer']}"
        rows.append([
            clean(row["group"], 40), what, word(f"voice.{row['voice']}"), story.rate(row["value"]),
            word.interval(row["low"], row["high"], digits_of(row["value"])), word.number(row["ratio"], 2),
            word.interval(row["ratio_low"], row["ratio_high"], 2),
            word.q(row["q"]).removeprefix("q ").removeprefix("= "),
        ])  # fmt: skip
        links.append(["", "", "", to, "", to, "", ""])
    heads = [("what", "text"), ("voice", "left"), ("rate", "right"), ("interval", "left"), ("ratio", "right"),
             ("interval", "left"), ("q", "right")]  # fmt: skip
    columns = [_group_heading(story), *((word(f"column.{c}"), align) for c, align in heads)]
    more = len(table) - len(rows)
    note = word("table.more_differences", n=more) if more > 0 else ""
    return [story.table("differences", columns, rows, note=note, links=links, others=story.noun())]


def single_rates(story: Story) -> Block:
    """Every layer of one group: counts and rates by voice."""
    word, rows, links = story.wording, [], []
    found = pick(story.comparison.rates, category="")
    for layer in found["layer"].drop_duplicates():
        cells = [story.layer(str(layer))[:1].upper() + story.layer(str(layer))[1:]]
        for voice in story.voices:
            part = pick(found, layer=layer, voice=voice)
            cells += (
                ["–", ""] if part.empty else [word.number(part["count"].iloc[0], 0), story.estimate(records(part)[0])]
            )
        rows.append(cells)
        links.append(["", *([f"evidence-{layer}", ""] * len(story.voices))])
    columns = [(word("column.what"), "text")]
    for voice in story.voices:
        columns += [(word(f"voice.{voice}"), "right"), (word("column.rate"), "left")]
    return story.table("single_rates", columns, rows, links=links, spread=story.spread)


def terms(story: Story) -> Block | None:
    """List the loaded terms with their counts by voice, the most used first; nothing where there are none."""
    found = pick(story.comparison.terms, layer="loaded")
    found = found[found["voice"].isin(story.voices) & (found["count"] > 0)]
    if found.empty:
        return None
    counts = found.pivot_table(index="form", columns="voice", values="count", aggfunc="sum", fill_value=0)
    counts = counts.reindex(columns=story.voices, fill_value=0)
    counts = counts.iloc[np.argsort(-counts.sum(axis=1).to_numpy(), kind="stable")]
    word, shown = story.wording, counts.head(_MOST_TERMS)
    rows = [
        [str(form), *(word.number(n, 0) for n in (sum(numbers), *numbers))]
        for form, numbers in zip(shown.index, shown.to_numpy().tolist(), strict=True)
    ]
    heads = [word("column.n"), *(word(f"column.{voice}") for voice in story.voices)]
    more = len(counts) - len(shown)
    note = word("table.more_terms", n=more) if more else ""
    links = [["", *(["evidence-loaded"] * 4)] for _ in rows]
    columns = [(word("column.term"), "text"), *((h, "right") for h in heads)]
    return story.table("terms", columns, rows, note=note, links=links)


def sourcing(story: Story) -> Block:
    """Shares of attributions to sources not named, of those without any source, and of comments declined."""
    word, rows = story.wording, []
    measures = [str(m) for m in story.comparison.sourcing["measure"].drop_duplicates()]
    for name in _names(story):
        found = keyed(pick(story.comparison.sourcing, group=name), "measure")
        if found:
            rows.append([name, word.number(max(row["total"] for row in found.values()), 0),
                         *(story.share(found[m]) if m in found else "–" for m in measures)])  # fmt: skip
    columns = [_group_heading(story), (word("column.attributions"), "right")]
    columns += [(word.name_of("sourcing", m), "right") for m in measures]
    links = [["", "", *(f"evidence-{m}" for m in measures)] for _ in rows]
    return story.table("sourcing", columns, rows, note=_cut(story), links=links, spread=story.spread)


def units(story: Story, sides: list[str]) -> list[Block]:
    """Share of each side in attributions, words, direct quotations and the first third; nothing of many groups."""
    table = story.comparison.balance
    if len(story.comparison.groups) > _MOST_BALANCED or not sides:
        return []
    word, rows = story.wording, []
    shown = [unit for unit in _UNITS if not pick(table, unit=unit).empty]
    for name in _names(story):
        for side in sides:
            found = keyed(pick(table, group=name, side=side), "unit")
            shares = [story.share(found[unit]) if unit in found else "–" for unit in shown]
            rows.append([*([] if story.lone else [name]), word.side(side), *shares])
    columns = [] if story.lone else [_group_heading(story)]
    columns += [(word("column.side"), "text"), *((word(f"figure.of_{unit}"), "right") for unit in shown)]
    return [story.table("balance", columns, rows, spread=story.spread)]


def replies(story: Story) -> Block:
    """How often each side is accused, and whether it is then heard, asked or left out."""
    word, rows = story.wording, []
    found = story.comparison.replies
    accused = pick(found, measure="accused")
    accused = accused[accused["group"].isin(_names(story)) & (accused["count"] > 0)]
    # the most accused ones, in the order of the groups
    shown = accused[accused["count"].rank(method="first", ascending=False) <= _MOST_ACCUSED]
    for row in sorted(records(shown), key=lambda row: _names(story).index(str(row["group"]))):
        then = keyed(pick(found, group=row["group"], side=row["side"]), "measure")
        cells = [story.share(then[m]) for m in ("accused-heard", "accused-declined", "accused-unheard")]
        head = [] if story.lone else [str(row["group"])]
        rows.append([*head, word.side(str(row["side"])), word.number(row["count"], 0), *cells])
    columns = [] if story.lone else [_group_heading(story)]
    columns += [(word("column.side"), "text"), (word("column.accused"), "right")]
    columns += [(word(f"column.{name}"), "right") for name in ("accused_heard", "accused_declined", "accused_unheard")]
    more = len(accused) - len(rows)
    note = word("table.more_replies", n=more) if more > 0 else ""
    to = [*([] if story.lone else [""]), "", "evidence-accused", "", "evidence-declined", ""]
    return story.table("replies", columns, rows, note=note, links=[to] * len(rows), spread=story.spread)


def more_referents(story: Story, referents: list[str]) -> Block:
    """List the referents that have no figure, with their names and how often each is used."""
    rows = []
    for referent in referents[:15]:
        found = pick(story.comparison.naming, referent=referent, voice=story.voice)
        sums = found.groupby("form")["count"].sum().sort_values(ascending=False, kind="stable")
        names = [f"{clean(form, 40)} ({story.wording.number(count, 0)})" for form, count in sums.items() if count]
        rows.append([clean(story.wording.referent(referent), 80), ", ".join(names),
                     story.wording.number(sums.sum(), 0)])  # fmt: skip
    columns = [(story.wording(f"column.{c}"), a) for c, a in (("referent", "text"), ("names", "text"), ("n", "right"))]
    left = len(referents) - len(rows)
    note = story.wording("table.more_referents", n=left) if left else ""
    return story.table("referents", columns, rows, note=note, links=[["", "", "evidence-naming"]] * len(rows))


def readability(story: Story) -> Block:
    """Every formula and group, means over articles."""
    word, rows = story.wording, []
    formulas = [str(f) for f in story.comparison.readability["formula"].drop_duplicates()]
    for name in _names(story):
        found = keyed(pick(story.comparison.readability, group=name), "formula")
        if found:
            rows.append([name, *(story.estimate(found[f]) if f in found else "–" for f in formulas)])
    columns = [_group_heading(story), *((formula_name(word, f), "right") for f in formulas)]
    return story.table("readability", columns, rows, note=_cut(story), spread=story.spread)
