"""The tables of one group's profile: its numbers beside those of the others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from framing.comparison._setting import BY_MODEL
from framing.figures import referents
from framing.figures._readability import formula_name
from framing.figures._select import keyed, pick, records
from framing.lexicon import load, names
from framing.render._story import Block, Story, clean, digits_of

_MOST_TERMS, _MOST_REFERENTS, _MOST_WORDS = 40, 15, 20

Runs = list[dict[str, Any]]


def rivals(story: Story) -> str:
    """Return what a group is set against: the reference, or the other outlets together."""
    return clean(story.comparison.reference, 44) or story.wording("outlet.rivals", others=story.noun())


def _rival_heading(story: Story) -> str:
    return clean(story.comparison.reference, 44) or story.wording("column.expected")


def _others(story: Story, table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows that a group's are set against."""
    reference = story.comparison.reference
    return table[table["group"] == reference] if reference and reference != name else table[table["group"] != name]


def _pooled(table: pd.DataFrame, total: str, per: float) -> float:
    """Return the rate or share of several groups together."""
    size = float(table[total].sum())
    return per * float(table["count"].sum()) / size if size else math.nan


def _layers(story: Story, name: str) -> list[tuple[dict[str, Any], float]]:
    """Return each whole layer's row of the group, with the rate of the others; what was not tested comes last."""
    whole = pick(story.comparison.rates, category="", voice=story.voice)
    whole = whole[whole["layer"] != "furniture"]
    rows = []
    for layer in whole["layer"].drop_duplicates():
        found = pick(whole, layer=layer)
        mine = records(pick(found, group=name))
        rows += [(row, _pooled(_others(story, found, name), "n_words", 1000)) for row in mine]
    return sorted(rows, key=lambda row: row[0]["layer"] == BY_MODEL)


def clear_differences(story: Story, name: str) -> list[Runs]:
    """Return a sentence for each layer in which the group differs at q < .05, the surest first."""
    wording, sentences = story.wording, []
    for row, others in sorted(_layers(story, name), key=lambda row: row[0]["q"]):
        if not row["q"] < 0.05:
            continue
        what = story.layer(str(row["layer"]))
        runs = wording.runs(
            "outlet.more" if row["ratio"] > 1 else "outlet.fewer", what=what[:1].upper() + what[1:],
            spoken=story.spoken, value=story.rate(row["value"]),
            interval=wording.interval(row["low"], row["high"], digits_of(row["value"])),
            others=rivals(story), others_value=story.rate(others), ratio=wording.number(row["ratio"], 2),
            ratio_interval=wording.interval(row["ratio_low"], row["ratio_high"], 2), q=wording.q(row["q"]),
        )  # fmt: skip
        sentences.append([run | {"link": f"evidence-{row['layer']}"} if run["strong"] else run for run in runs])
    return sentences


def unclear(story: Story, name: str) -> list[Runs]:
    """Name the layers in which the group was not found to differ."""
    found = [story.layer(str(row["layer"])) for row, _ in _layers(story, name) if row["q"] >= 0.05]
    if not found:
        return []
    named = story.wording.listing(found)
    return [story.wording.runs("outlet.not_found", n=len(found), spoken=story.spoken, names=named,
                               others=rivals(story))]  # fmt: skip


def rates_table(story: Story, name: str) -> Block:
    """Every layer in the main voice: count, rate, that of the others, ratio and q."""
    word, rows, links = story.wording, [], []
    for row, others in _layers(story, name):
        what = story.layer(str(row["layer"]))
        cells = [what[:1].upper() + what[1:], word.number(row["count"], 0), story.estimate(row)]
        if not story.lone:
            ratio = word.number(row["ratio"], 2)
            interval = word.interval(row["ratio_low"], row["ratio_high"], 2)
            cells += [word.number(others), f"{ratio} {interval}".strip(), _q(story, row)]
        rows.append(cells)
        to = f"evidence-{row['layer']}"
        links.append(["", to, to, *([] if story.lone else ["", to, ""])])
    heads = [("what", "text"), ("n", "right"), ("rate", "right")]
    columns = [(word(f"column.{c}"), align) for c, align in heads]
    if not story.lone:
        columns += [(_rival_heading(story), "right"), (word("column.ratio"), "right"), (word("column.q"), "right")]
    values = {"spoken": story.spoken, "spread": story.spread}
    caption = word.phrase("table.contrasts_lone", values) if story.lone else ""
    return story.table("contrasts", columns, rows, links=links, caption=caption, spread=story.spread)


def _q(story: Story, row: Mapping[str, Any]) -> str:
    return story.wording.q(row["q"]).removeprefix("q ").removeprefix("= ") or "–"


def matched_table(story: Story, name: str) -> Block | None:
    """Set the same rates within events that others report on too; nothing where events were not matched."""
    found = pick(story.comparison.matched, category="", voice=story.voice, group=name)
    if found.empty or not (found["n_events"] > 0).any():
        return None
    word, rows, links = story.wording, [], []
    for row in records(found):
        what = story.layer(str(row["layer"]))
        ratio = f"{word.number(row['ratio'], 2)} {word.interval(row['ratio_low'], row['ratio_high'], 2)}".strip()
        rows.append([what[:1].upper() + what[1:], word.number(row["n_events"], 0), story.estimate(row),
                     word.number(row["expected"]), ratio, _q(story, row)])  # fmt: skip
        links.append(["", "", f"evidence-{row['layer']}", "", "", ""])
    heads = (("what", "text"), ("events", "right"), ("rate", "right"), ("expected", "right"), ("ratio", "right"),
             ("q", "right"))  # fmt: skip
    columns = [(word(f"column.{c}"), align) for c, align in heads]
    return story.table("outlet_matched", columns, rows, links=links, spread=story.spread)


def terms_table(story: Story, name: str) -> Block | None:
    """List the loaded terms of the group in the main voice, the most used first, with more neutral wordings."""
    whole = pick(story.comparison.terms, layer="loaded", voice=story.voice)
    found = whole[(whole["group"] == name) & (whole["count"] > 0)]
    if found.empty:
        return None
    found = found.sort_values(["count", "form"], ascending=[False, True], kind="stable")
    words = keyed(story.comparison.groups, "group")
    size = sum(float(row[_words(story)]) for row in records(_others(story, story.comparison.groups, name)))
    own = float(words[name][_words(story)]) or math.nan
    rest = _others(story, whole, name).groupby(["lexicon", "entry"])["count"].sum()
    word, rows = story.wording, []
    for row in records(found.head(_MOST_TERMS)):
        key = (str(row["lexicon"]), str(row["entry"]))
        cells = [clean(row["form"], 60), word.name_of("category", str(row["category"])), word.number(row["count"], 0),
                 word.number(row["n_articles"], 0), word.number(1000 * row["count"] / own, 2)]  # fmt: skip
        if not story.lone:
            cells.append(word.number(1000 * rest.get(key, 0) / size if size else math.nan, 2))
        rows.append([*cells, _neutral(*key)])
    heads = [("term", "text"), ("category", "text"), ("n", "right"), ("articles", "right"), ("rate", "right")]
    columns = [(word(f"column.{c}"), align) for c, align in heads]
    columns += [] if story.lone else [(_rival_heading(story), "right")]
    columns.append((word("column.neutral"), "text"))
    more = len(found) - len(rows)
    note = word("table.more_terms", n=more) if more else ""
    links = [["", "", *(["evidence-loaded"] * 3), *([] if story.lone else [""]), ""] for _ in rows]
    return story.table("outlet_terms", columns, rows, note=note, links=links)


def _words(story: Story) -> str:
    return "n_words" if story.voice == "all" else f"n_words_{story.voice}"


def _neutral(lexicon: str, entry: str) -> str:
    """Return what a lexicon offers instead of an entry; nothing where it is somebody's own or has changed since."""
    known = load(lexicon).entries.get(entry) if lexicon in names() else None
    return clean(", ".join(known.alternatives), 120) if known and known.alternatives else "–"


def naming_table(story: Story, name: str) -> Block | None:
    """Say what the group calls each referent, with the shares of the others."""
    word = story.wording
    rows: list[list[str]] = []
    links: list[list[str]] = []
    for referent in referents(story.comparison)[:_MOST_REFERENTS]:
        whole = pick(story.comparison.naming, referent=referent, voice=story.voice)
        mine = whole[(whole["group"] == name) & (whole["total"] > 0)]
        totals = _others(story, whole, name).drop_duplicates("group")["total"].sum()
        rest = _others(story, whole, name).groupby("form")["count"].sum()
        for row in records(mine.sort_values(["count", "form"], ascending=[False, True], kind="stable")):
            others = rest.get(row["form"], 0) / totals if totals else math.nan
            if not row["count"] and not others > 0:
                continue
            first = clean(word.referent(referent), 80) if not rows or rows[-1][-1] != referent else ""
            cells = [first, clean(row["form"], 60), word.number(row["count"], 0), story.share(row)]
            rows.append([*cells, *([] if story.lone else [word.percent(others)]), referent])
            links.append(["", "", "evidence-naming", "evidence-naming", *([] if story.lone else [""])])
    if not rows:
        return None
    heads = [("referent", "text"), ("name", "text"), ("n", "right"), ("share", "right")]
    columns = [(word(f"column.{c}"), align) for c, align in heads]
    columns += [] if story.lone else [(_rival_heading(story), "right")]
    return story.table("outlet_naming", columns, [row[:-1] for row in rows], links=links, spread=story.spread)


def words_table(story: Story, name: str) -> Block | None:
    """List the words that most tell the group from the others."""
    found = pick(story.comparison.keyness, voice=story.voice, group=name)
    if "against" in found and (found["against"] == "others").any():
        found = pick(found, against="others")
    if found.empty:
        return None
    word = story.wording
    rows = [
        [clean(row["word"], 60), word.number(row["count"], 0), word.number(row["n_articles"], 0),
         word.number(row["rate"], 2), word.number(row["rate_others"], 2), word.number(row["z"], 1), _q(story, row)]
        for row in records(found.sort_values(["z", "word"], ascending=[False, True], kind="stable").head(_MOST_WORDS))
    ]  # fmt: skip
    heads = (("word", "text"), ("n", "right"), ("articles", "right"), ("rate", "right"))
    columns = [(word(f"column.{c}"), align) for c, align in heads]
    columns += [(_rival_heading(story), "right"), ("z", "right"), (word("column.q"), "right")]
    return story.table("outlet_words", columns, rows)


def readability_table(story: Story, name: str) -> Block | None:
    """Each formula's mean, with the lowest and the highest of the others."""
    word, rows = story.wording, []
    for formula in story.comparison.readability["formula"].drop_duplicates():
        found = pick(story.comparison.readability, formula=formula).dropna(subset=["value"])
        mine, rest = records(pick(found, group=name)), _others(story, found, name)["value"]
        if mine:
            low, high = (word.number(bound) for bound in ((rest.min(), rest.max()) if len(rest) else [math.nan] * 2))
            between = low if low == high else f"{low} – {high}"
            rows.append([formula_name(word, str(formula)), story.estimate(mine[0]), between])
    if not rows:
        return None
    columns = [(word("column.formula"), "text"), (word("column.mean"), "right"), (_rival_heading(story), "right")]
    return story.table("outlet_readability", columns, rows, spread=story.spread)
