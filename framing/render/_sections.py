"""The body of a report: material, wording, naming, who is heard, balance, certainty, words, headlines, readability."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from framing.comparison._setting import BY_MODEL
from framing.figures import referents
from framing.figures._keyness import is_sure
from framing.figures._readability import formula_name, main_formula
from framing.figures._select import pick, records
from framing.render import _tables as tables
from framing.render._first import FIGURE_UP_TO, rates_figure
from framing.render._heard import balance, heard
from framing.render._lines import lines
from framing.render._robustness import checks, made_of, over_time, small_groups
from framing.render._same_event import copies, same_event
from framing.render._story import Block, Story, clean
from framing.render._trained import frames, sentences

_MOST_REFERENTS = 4


def sections(story: Story) -> list[dict[str, Any]]:
    """Return the sections that have something to say, in the order of reading."""
    makers: list[Callable[[Story], list[Block]]] = [article, material, copies, same_event, loaded, made_of, checks]
    makers += [small_groups, over_time, naming, heard, balance, certainty, other]
    makers += [sentences, frames, keyness, lines, headlines, readability]
    made = []
    for maker in makers:
        blocks = maker(story)
        if blocks:
            name = maker.__name__
            made.append({"id": name, "title": story.wording(f"section.{name}"), "blocks": blocks})
    return made


def article(story: Story) -> list[Block]:
    """Say what was counted in the one article there is; its strip stands on the first page."""
    if not story.one_article:
        return []
    return [] if story.comparison.rates.empty else [story.text("article.counts"), tables.single_rates(story)]


def material(story: Story) -> list[Block]:
    """Say what was read."""
    groups = story.comparison.groups
    articles = int(groups["n_articles"].sum())
    blocks = [story.text(f"material.intro_{story.case}", n=articles, groups=story.noun(len(groups)), **_span(story))]
    blocks += [tables.material(story)] if len(groups) else []
    notes = [clean(n, 1200) for n in story.comparison.notes]
    warned = groups[groups["warning"].astype(str).str.len() > 0] if "warning" in groups else groups.iloc[:0]
    said = " ".join(notes)
    warned = warned[[clean(name) not in said for name in warned["group"]]]
    notes += [f"{clean(row['group'], 60)}: {clean(row['warning'])}" for row in records(warned.head(10))]
    if len(warned) > 10:
        notes.append(story.wording("material.more_warnings", n=len(warned) - 10))
    if notes:
        blocks += [story.heading("material.notes"), story.bullets([[{"text": n, "strong": False}] for n in notes])]
    return blocks


def _span(story: Story) -> dict[str, object]:
    dates = story.comparison.articles.get("date")
    known = sorted(str(d)[:10] for d in dates if str(d) not in ("", "nan", "NaT", "None")) if dates is not None else []
    if not known:
        return {"span": ""}
    if known[0] == known[-1]:
        return {"span": story.wording("material.span_one", first=known[0])}
    return {"span": story.wording("material.span", first=known[0], last=known[-1])}


def loaded(story: Story) -> list[Block]:
    """Show the loaded terms: how many, which."""
    if story.comparison.rates.empty:
        return [story.text("loaded.nothing")]
    if story.one_article:
        return [story.text("loaded.intro_article"), tables.terms(story) or story.text("loaded.none")]
    blocks = [story.text("loaded.intro")]
    if not story.lone:
        if len(story.comparison.groups) > FIGURE_UP_TO:
            blocks.append(rates_figure(story))
        blocks.append(tables.layers(story, intervals=len(story.comparison.groups) <= FIGURE_UP_TO))
        blocks += tables.differences(story)
    if not pick(story.comparison.terms, layer="loaded", voice=story.voice).empty:
        blocks += [story.text(f"loaded.terms_{'single' if story.lone else 'several'}")]
        blocks += [story.figure("terms", caption=f"caption.terms_{'single' if story.lone else 'several'}")]
    return blocks + _by_model(story)


def _by_model(story: Story) -> list[Block]:
    """Show what a trained model marks beside the lists, as a measure of its own."""
    if pick(story.comparison.rates, layer=BY_MODEL, category="").empty:
        return []
    blocks = [story.heading("loaded.by_model_heading"), story.text("loaded.by_model"), tables.by_model(story)]
    return blocks if story.comparison.sentences.empty else [*blocks, story.text("loaded.by_model_more")]


def naming(story: Story) -> list[Block]:
    """Show what the same thing is called."""
    found = referents(story.comparison)
    if not found:
        return []
    blocks = [story.text("naming.intro", n=len(found))]
    for number, referent in enumerate(found[:_MOST_REFERENTS], 1):
        name = {"referent": clean(story.wording.referent(referent, first=False), 80)}
        blocks.append(
            story.figure("naming", caption="caption.naming", key=str(number), values=dict(name), referent=referent)
        )
    if len(found) > _MOST_REFERENTS:
        blocks.append(tables.more_referents(story, found[_MOST_REFERENTS:]))
    return blocks


def certainty(story: Story) -> list[Block]:
    """Show hedges and boosters; one group has them in its profile."""
    if story.lone or pick(story.comparison.rates, layer="hedge", category="").empty:
        return []
    return [story.text("certainty.intro"), story.figure("hedging", caption="caption.hedging")]


def other(story: Story) -> list[Block]:
    """Show the rates of one group as a table; several have theirs beside the loaded terms."""
    if not story.lone or story.one_article or story.comparison.rates.empty:
        return []
    return [story.text("other.intro"), tables.single_rates(story)]


def keyness(story: Story) -> list[Block]:
    """Show the words that tell one group from the others."""
    if story.lone or story.comparison.keyness.empty:
        return []
    intro = "keyness.intro" if is_sure(story.comparison) else "keyness.intro_unsure"
    return [story.text(intro), story.figure("keyness", caption="caption.keyness")]


def headlines(story: Story) -> list[Block]:
    """Show headlines against bodies."""
    table = pick(story.comparison.headlines, layer="loaded").dropna(subset=["value"])
    if table.empty or story.one_article:
        return []
    return [story.text("headlines.intro"), story.figure("headlines", caption="caption.headlines")]


def readability(story: Story) -> list[Block]:
    """Show how hard the articles are to read."""
    if story.comparison.readability.empty or story.comparison.readability["value"].isna().all():
        return []
    formula = formula_name(story.wording, main_formula(story.comparison))
    blocks = [story.text("readability_section.intro")]
    if not story.lone:
        blocks.append(story.figure("readability", caption="caption.readability", values={"formula": formula}))
    return [*blocks, tables.readability(story)]
