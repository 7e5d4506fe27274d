"""The first page: what differs, by how much, how sure; after it a busy reader can stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import framing.comparison as comparison_package
from framing.figures import referents
from framing.figures._select import extremes, keyed, pick, sides
from framing.figures._voice_strip import articles as strip_articles
from framing.render._headlines import rate_sentence, share_sentence, what_of
from framing.render._story import NO_NAMES, Block, Story, clean

_MOST, _MOST_WITHOUT_FIGURE = 6, 10
_MOST_NAMED = 6
_RATES = ("rate", "matched")
FIGURE_UP_TO = 12

Runs = list[dict[str, Any]]


def first_page(story: Story) -> dict[str, Any]:
    """Return facts (number and word pairs), main sentences, what else was seen, what was not found, how sure it is."""
    found = _differences(story) if not story.lone else []
    main = found if not story.lone else _single(story)
    if not main:
        main = [story.wording.runs(_why_none(story), others=story.noun())]
    page: dict[str, Any] = {
        "facts": _facts(story),
        "heading": story.wording(f"first.heading_{story.case}"),
        "main": main,
        "also": _also(story) if not story.lone and not story.tested else [],
        "also_heading": story.wording("first.also"),
        "not_found": _not_found(story) if not story.lone and story.findings else [],
        "sure": _sure(story),
        "sure_heading": story.wording("first.sure_heading"),
        "figure": None,
    }
    figure = first_figure(story)
    page["figure"] = figure if figure and figure["kind"] == "figure" else None
    return page


def first_figure(story: Story) -> Block | None:
    """Draw what fits on the first page: rates of a few groups, the layers of one, the strip of an article."""
    if story.one_article:
        return strip(story)
    if story.lone:
        name = clean(story.comparison.groups["group"].iloc[0], 80) if len(story.comparison.groups) else ""
        return story.figure("profile", caption="caption.profile", values={"group": name})
    if len(story.comparison.groups) <= FIGURE_UP_TO:
        return rates_figure(story)
    return None


def rates_figure(story: Story) -> Block:
    """Draw the rates of all groups, and say what they are set against."""
    reference = story.comparison.reference
    values: dict[str, object] = {"groups": story.noun(), "reference": clean(reference, 60)}
    return story.figure("rates", caption="caption.rates_reference" if reference else "caption.rates", values=values)


def strip(story: Story) -> Block | None:
    """Draw the article with the most changes of voice."""
    known = strip_articles(story.comparison)
    if not known:
        return None
    row = pick(story.comparison.articles, id=known[0])
    title = clean(row["title"].iloc[0], 120) if len(row) else ""
    name = str(row["group"].iloc[0]) if len(row) else ""
    values: dict[str, object] = {
        "title": title if title not in ("", "nan") else clean(known[0], 60),
        "group": f", {clean(name, 60)}" if name and name not in NO_NAMES else "",
    }
    return story.figure("voice_strip", caption="caption.voice_strip", values=values, article=known[0])


def _facts(story: Story) -> list[dict[str, str]]:
    groups, wording = story.comparison.groups, story.wording
    articles, words = int(groups["n_articles"].sum()), int(groups["n_words"].sum())
    findings = story.findings
    facts = [] if story.lone else [(len(groups), story.noun(len(groups)))]
    facts += [(articles, wording("first.fact_articles", n=articles)), (words, wording("first.fact_words", n=words))]
    facts += [(findings, wording("first.fact_findings", n=findings))]
    attributions = int(groups["n_attributions"].sum())
    facts += [(attributions, wording("first.fact_attributions", n=attributions))]
    return [{"number": wording.number(number, 0), "word": word} for number, word in facts]


def _differences(story: Story) -> list[Runs]:
    """Return a sentence for each difference that the comparison holds worth a headline."""
    limit = _MOST if len(story.comparison.groups) <= FIGURE_UP_TO else _MOST_WITHOUT_FIGURE
    found = comparison_package.strongest(story.comparison, limit=limit)
    return [rate_sentence(story, one) if one.kind in _RATES else share_sentence(story, one) for one in found]


def _why_none(story: Story) -> str:
    if story.lone or not story.findings:
        return "first.nothing"
    return "first.no_difference" if story.tested else "first.untested"


def _not_found(story: Story) -> list[Runs]:
    """Name what was tested and where no group differs, so that nobody takes silence for an answer."""
    missing = comparison_package.not_found(story.comparison)
    parts = {
        "not_found": _listed(story, [one for one in missing if one.kind in _RATES and not one.small], most=20),
        "not_found_names": _listed(story, [one for one in missing if one.kind == "naming" and not one.small]),
        "not_found_shares": _listed(story, [o for o in missing if o.kind not in (*_RATES, "naming") and not o.small]),
        "not_found_small": _listed(story, [one for one in missing if one.small]),
    }
    # a layer that was tested within events is not told of without them, whatever its q is there
    if not story.comparison.matched.empty and parts["not_found"]:
        parts = {"not_found_matched" if key == "not_found" else key: names for key, names in parts.items()}
    return [
        story.wording.runs(
            f"first.{key}", n=len(names), spoken=story.spoken, names=story.wording.listing(names), others=story.noun()
        )
        for key, names in parts.items()
        if names
    ]


def _listed(story: Story, missing: Sequence[comparison_package.NotFound], most: int = _MOST_NAMED) -> list[str]:
    """Return what was looked for by name, the first of it and how many more there are."""
    # a layer may have been tested both within events and without them
    names = list(dict.fromkeys(_named(story, one) for one in missing))
    more = len(names) - most
    return names if more < 2 else [*names[:most], story.wording("first.and_more", n=more)]


def _named(story: Story, one: comparison_package.NotFound) -> str:
    name = what_of(story, one.kind, one.what)
    return story.wording("first.share_of", what=name) if one.kind == "sourcing" else name


def _also(story: Story) -> list[Runs]:
    """Describe, without a test, who is heard and what is called what."""
    return [*_heard(story), *_called(story)]


def _heard(story: Story) -> list[Runs]:
    sentences = []
    for side in [s for s in sides(story.comparison) if s != "unknown"][:2]:
        table = pick(story.comparison.balance, unit="attributions", side=side).dropna(subset=["value"])
        if len(table) < 2:
            continue
        most, least = extremes(table)
        if not most["low"] > least["high"]:  # intervals that overlap, or none
            continue
        sentences.append(
            story.wording.runs(
                "first.side", side=story.wording.side(side), most=clean(most["group"], 44), high=story.share(most),
                least=clean(least["group"], 44), low=story.share(least),
            )
        )  # fmt: skip
    return sentences[:1]


def _called(story: Story) -> list[Runs]:
    """Return the widest gap between two groups in the share of one name, among referents mentioned often enough."""
    best: tuple[float, dict[str, Any], dict[str, Any]] | None = None
    for referent in referents(story.comparison)[:10]:
        found = pick(story.comparison.naming, referent=referent, voice=story.voice)
        found = found[found["total"] >= 10]
        for _, table in found.groupby("form"):
            if len(table) < 2:
                continue
            most, least = extremes(table)
            gap = float(most["low"] - least["high"])
            if gap > (best[0] if best else 0.0):
                best = gap, most, least
    if best is None:
        return []
    _, most, least = best
    values: dict[str, Any] = {
        "referent": clean(story.wording.referent(str(most["referent"]), first=False), 60),
        "form": clean(most["form"], 60),
        "most": clean(most["group"], 44),
        "high": story.share(most),
        "n_most": story.wording.number(most["total"], 0),
        "least": clean(least["group"], 44),
        "low": story.share(least),
        "n_least": story.wording.number(least["total"], 0),
    }
    return [story.wording.runs("first.naming", **values)]


def _single(story: Story) -> list[Runs]:
    """Describe one group, or one article, where nothing can be compared."""
    sentences = []
    for layer in ("loaded", "hedge", "booster"):
        found = keyed(pick(story.comparison.rates, layer=layer, category=""), "voice")
        total = sum(int(found[voice]["count"]) for voice in story.voices if voice in found)
        if "own" not in found or not total:
            continue
        own = found["own"]
        sentences.append(
            story.wording.runs(
                f"first.layer_{story.case}",
                n=total,
                what=story.layer(layer),
                own=story.wording.number(own["count"], 0),
                rate=story.estimate(own),
                one=story.layer_one(layer, total),
                where=story.wording("first.layer_where", n=int(own["count"])),
            )
        )
    return [*sentences, *_single_terms(story), *_single_voice(story), *_single_sides(story)]


def _single_terms(story: Story) -> list[Runs]:
    table = pick(story.comparison.terms, layer="loaded", voice=story.voice)
    # a form that stands in several entries is one word to a reader
    table = table.groupby("form")["count"].sum().reset_index()
    table = table[table["count"] > 0].sort_values(["count", "form"], ascending=[False, True]).head(5)
    if table.empty:
        return []
    names = [
        story.wording("first.term_count", form=clean(form, 40), n=count)
        for form, count in zip(table["form"], table["count"], strict=True)
    ]
    return [story.wording.runs("first.terms", spoken=story.spoken, names=story.wording.listing(names))]


def _single_voice(story: Story) -> list[Runs]:
    if story.comparison.groups.empty or not int(story.comparison.groups["n_attributions"].sum()):
        return [story.wording.runs(f"first.no_attributions_{story.case}")]
    row = story.comparison.groups.iloc[0]
    percent = story.wording.percent
    shares: dict[str, Any] = {voice: percent(float(row[f"share_{voice}"])) for voice in story.voices}
    return [story.wording.runs("first.voices", **shares)]


def _single_sides(story: Story) -> list[Runs]:
    table = keyed(pick(story.comparison.balance, unit="attributions"), "side")
    heard = sides(story.comparison)
    if not [s for s in heard if s != "unknown"]:
        return []
    parts = [
        story.wording(
            "first.side_unknown" if s == "unknown" else "first.side_share", side=story.wording.side(s),
            share=story.wording.percent(table[s]["value"]),
        )
        for s in heard
    ]  # fmt: skip
    total = int(max(row["total"] for row in table.values()))
    return [story.wording.runs("first.sides", n=total, parts=story.wording.listing(parts))]


def _sure(story: Story) -> list[Runs]:
    resamples = story.comparison.manifest.get("resamples")
    shown = story.wording.number(float(resamples), 0) if isinstance(resamples, int) else "–"
    case = story.case if story.lone or story.tested else "untested"
    within = case == "several" and not story.comparison.matched.empty
    keys = [f"first.sure_{case}", *(["first.sure_matched"] if within else []), "first.sure_limits"]
    return [story.wording.runs(key, resamples=shown, others=story.noun()) for key in keys]
