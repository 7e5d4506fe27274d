"""The evidence behind the marks of a page: findings in their sentences, attributions, lines of telling words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.comparison._evidence import _with_sentences
from framing.comparison._frame import text_of
from framing.comparison._model import Comparison
from framing.comparison._protocol import AnalysisLike
from framing.figures._marks import ANY_EVENT
from framing.figures._select import pick

COLUMNS = (
    "layer", "group", "article_id", "lexicon", "entry", "category", "voice", "source", "side", "before", "text",
    "after", "source_work", "term", "referent", "word", "event",
)  # fmt: skip
"""Columns of the evidence of a page: those of `Comparison.evidence`, and what else a mark may name."""

ATTRIBUTION, WORD, BIAS = "attribution", "word", "bias"
_MOST_EACH, _MOST_OF_TERM = 8, 3


def evidence_rows(comparison: Comparison) -> pd.DataFrame:
    """Return all evidence that a comparison holds: findings, lines of telling words, biased sentences."""
    found = comparison.evidence
    parts = [found.assign(term=text_of(found, "form").to_numpy()) if len(found) else found]
    lines = comparison.concordance
    if len(lines):
        parts.append(lines.assign(layer=WORD, term=lines["word"]))
    biased = comparison.biased_sentences
    if len(biased):
        parts.append(biased[["group", "article_id", "text"]].assign(layer=BIAS, voice="own"))
    return _complete(comparison, parts)


def with_attributions(
    comparison: Comparison, analysis: AnalysisLike, rows: pd.DataFrame, marks: Sequence[Mapping[str, str]]
) -> pd.DataFrame:
    """Add attributions: some of every side and stance of each group and of speakers with a mark, over many articles.

    Their term is the speaker, their category the stance, and what is marked is the source, or the cue without one.
    """
    group = dict(zip(text_of(comparison.articles, "id"), text_of(comparison.articles, "group"), strict=True))
    table = analysis.attributions
    table = table[text_of(table, "article_id").isin(set(group)).to_numpy()]
    if table.empty:
        return rows
    names = ("article_id", "kind", "speaker", "side", "stance", "source", "cue", "content")
    frame = pd.DataFrame({name: text_of(table, name).to_numpy() for name in names})
    frame["group"] = frame["article_id"].map(group)
    speakers = {
        (mark.get("group", ""), mark["term"]) for mark in marks if mark.get("layer") == ATTRIBUTION and "term" in mark
    }
    chosen = frame[_chosen(frame, speakers, seed=_seed(comparison))].reset_index(drop=True)
    places = [
        _place(analysis, article, source, cue, content)
        for article, source, cue, content in zip(
            chosen["article_id"], chosen["source"], chosen["cue"], chosen["content"], strict=True
        )
    ]
    made = pd.DataFrame(places, columns=["before", "text", "after"])
    for name in ("group", "article_id", "side"):
        made[name] = chosen[name]
    made["voice"] = np.where(chosen["kind"] == "indirect", "reported", "quoted")
    made = made.assign(layer=ATTRIBUTION, category=chosen["stance"], term=chosen["speaker"], source=chosen["speaker"])
    made["side"] = made["side"].where(made["side"] != "", "unknown")
    return _complete(comparison, [rows, made[made["text"] != ""]])


def with_terms(
    comparison: Comparison, analysis: AnalysisLike, rows: pd.DataFrame, marks: Sequence[Mapping[str, str]]
) -> pd.DataFrame:
    """Add a few findings for each mark of a term that the sample has none of."""
    wanted = [mark for mark in marks if mark.get("term") and mark.get("layer") not in (None, ATTRIBUTION, WORD)]
    wanted = [mark for mark in wanted if not behind(rows, mark).any()]
    if not wanted or analysis.findings.empty:
        return rows
    keys = ["layer", "term", "group", "voice"]
    asked = pd.DataFrame([{key: mark.get(key, "") for key in keys} for mark in wanted]).drop_duplicates()
    entries = pd.concat([comparison.terms, comparison.naming.assign(layer="naming", lexicon="")], ignore_index=True)
    entries = entries[entries["count"] > 0].rename(columns={"form": "term"})
    asked = asked.merge(entries[["layer", "entry", "term"]].drop_duplicates(), on=["layer", "term"])
    group = dict(zip(text_of(comparison.articles, "id"), text_of(comparison.articles, "group"), strict=True))
    found = analysis.findings
    found = found[found["entry"].isin(set(asked["entry"])).to_numpy()]
    found = found.assign(group=text_of(found, "article_id").map(group), article_id=text_of(found, "article_id"))
    joined = found.dropna(subset=["group"]).merge(asked, on=["layer", "entry", "group", "voice"])
    joined = joined.sort_values(["layer", "term", "group", "voice", "article_id", "start"], kind="stable")
    joined["turn"] = joined.groupby([*keys, "article_id"]).cumcount()
    joined = joined.sort_values([*keys, "turn"], kind="stable")
    joined = joined[joined.groupby(keys).cumcount() < _MOST_OF_TERM]
    if joined.empty:
        return rows
    return _complete(comparison, [rows, _with_sentences(joined, analysis)])


def behind(rows: pd.DataFrame, mark: Mapping[str, str]) -> NDArray[np.bool_]:
    """Say of each row whether a mark stands for it; what the mark does not say is left open."""
    fits = np.ones(len(rows), dtype=bool)
    for key, value in mark.items():
        if key == "voice" and value == "all":
            continue
        found = rows[key].to_numpy()
        fits &= found != "" if key == "event" and value == ANY_EVENT else found == value
    return fits


def total(comparison: Comparison, mark: Mapping[str, str]) -> int | None:
    """Return how many findings a mark counts, of which the evidence is a sample; None where that is not known."""
    layer, group = mark.get("layer", ""), mark.get("group", "")
    if "word" in mark:
        found = pick(comparison.keyness, word=mark["word"], group=group, voice=mark.get("voice", "own"))
    elif layer == ATTRIBUTION:
        return _attributed(comparison, mark)
    elif mark.get("event") == ANY_EVENT:
        found = pick(comparison.matched, layer=layer, category="", group=group, voice=mark.get("voice", "own"))
    elif "event" in mark:
        found = pick(comparison.event_rates, event=mark["event"], layer=layer, group=group)
    elif layer in set(comparison.sentences["measure"]):
        found = pick(comparison.sentences, measure=layer, group=group, voice=mark.get("voice", "own"))
    elif "referent" in mark:
        names = {key: value for key, value in mark.items() if key not in ("layer", "term", "side")}
        found = pick(comparison.naming, form=mark.get("term", ""), **names)
    elif "term" in mark:
        found = pick(comparison.terms, layer=layer, form=mark["term"], group=group, voice=mark.get("voice", "all"))
    elif "side" in mark or not layer:
        return None
    else:
        whole = {"category": mark.get("category", ""), "voice": mark.get("voice", "all")}
        found = pick(comparison.rates, layer=layer, group=group, **whole)
    return int(found["count"].sum()) if len(found) else None


def _attributed(comparison: Comparison, mark: Mapping[str, str]) -> int | None:
    group = mark.get("group", "")
    if "term" in mark:
        found = pick(comparison.speakers, group=group, speaker=mark["term"])
        return int(found["attributions"].sum()) if len(found) else None
    if "category" in mark:
        found = pick(comparison.stance, group=group, side=mark.get("side", ""), stance=mark["category"])
    else:
        found = pick(comparison.balance, unit="attributions", group=group, side=mark.get("side", ""))
    return int(found["count"].sum()) if len(found) else None


def _complete(comparison: Comparison, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the parts under one another with every column as text, and referent and event looked up."""
    if not any(len(part) for part in parts):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    whole = pd.concat([part for part in parts if len(part)], ignore_index=True)
    whole = pd.DataFrame({name: text_of(whole, name).to_numpy(dtype=object) for name in COLUMNS})
    naming = comparison.naming.drop_duplicates("entry")
    referents = dict(zip(text_of(naming, "entry"), text_of(naming, "referent"), strict=True))
    named = zip(whole["layer"], whole["entry"], strict=True)
    whole["referent"] = [referents.get(entry, "") if layer == "naming" else "" for layer, entry in named]
    told = comparison.event_articles
    told = told[told["counted"] == 1]
    events = dict(zip(text_of(told, "article_id"), text_of(told, "event"), strict=True))
    # as Python's own strings, which compare faster than packed ones
    return whole.assign(event=[events.get(one, "") for one in whole["article_id"]]).astype(object)


def _seed(comparison: Comparison) -> int:
    seed = comparison.manifest.get("seed", 0)
    return seed if isinstance(seed, int) else 0


def _chosen(frame: pd.DataFrame, speakers: Set[tuple[str, str]], seed: int) -> NDArray[np.bool_]:
    """Choose at most eight attributions of each side, of each side and stance, and of each of these speakers."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 5]))
    order = frame.assign(chance=rng.random(len(frame))).sort_values("chance", kind="stable")
    order["turn"] = order.groupby(["group", "side", "article_id"]).cumcount()
    order = order.sort_values(["turn", "chance"], kind="stable")
    taken = order.groupby(["group", "side"]).cumcount() < _MOST_EACH
    marked = order["stance"].isin(["doubting", "endorsing"])
    taken |= marked & (order.groupby(["group", "side", "stance"]).cumcount() < _MOST_EACH)
    wanted = [one in speakers for one in zip(order["group"], order["speaker"], strict=True)]
    taken |= np.array(wanted) & (order.groupby(["group", "speaker"]).cumcount() < _MOST_EACH)
    chosen: NDArray[np.bool_] = taken.sort_index().to_numpy(dtype=bool)
    return chosen


def _place(analysis: AnalysisLike, article: str, source: str, cue: str, content: str) -> tuple[str, str, str]:
    """Return what stands before, in and after the source of an attribution, from its first word to its last."""
    try:
        text = analysis.text(article)
    except KeyError:
        return "", "", ""
    spans = {name: _spans(cell) for name, cell in (("source", source), ("cue", cue), ("content", content))}
    every = [span for found in spans.values() for span in found]
    if not every:
        return "", "", ""
    start, end = (spans["source"] or spans["cue"] or every)[0]
    return text[min(a for a, _ in every) : start], text[start:end], text[end : max(b for _, b in every)]


def _spans(cell: str) -> list[tuple[int, int]]:
    pieces = [piece.split("-") for piece in cell.split(";") if piece]
    return [(int(start), int(end)) for start, end in pieces]
