"""A report for a browser: its content, with the evidence behind every mark and whole tables as data of the page."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from framing.comparison._model import Comparison
from framing.comparison._protocol import AnalysisLike
from framing.figures import Wording
from framing.figures._marks import ANY_EVENT
from framing.figures._select import keyed, noun
from framing.figures._style import printable
from framing.lexicon import Entry, load, names
from framing.render._appendix import _work
from framing.render._evidence_data import (
    ATTRIBUTION,
    BIAS,
    WORD,
    behind,
    evidence_rows,
    total,
    with_attributions,
    with_terms,
)
from framing.render._story import Story
from framing.render._svg import drawings
from framing.render._whole_tables import whole_tables

_AROUND, _TITLE = 260, 140
_MOST_PRINTED = 60
_FIRST = ("loaded", "naming", "hedge", "booster", ATTRIBUTION)
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def html_content(
    comparison: Comparison,
    content: Mapping[str, Any],
    figures: Mapping[str, str],
    wording: Wording,
    analysis: AnalysisLike | None = None,
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the content of a report for a browser, and its figures.

    Parameters
    ----------
    comparison : Comparison
    content, figures
        As for every layout; figures are SVG by file name.
    wording : Wording
    analysis : Analysis, optional
        What the comparison was made of: attributions can then be read as well, and terms that the sample left out.

    Returns
    -------
    content : dict
        The same, with `data` (the page's data, as JSON that can stand in a script element), `figure_css`, `browse`
        (what the page says of its evidence, and a part of it as a list for those without a script, or None).
    figures : dict of str to Markup
    """
    drawn = drawings(figures)
    rows = evidence_rows(comparison)
    if analysis is not None:
        rows = with_attributions(comparison, analysis, rows, drawn.marks)
        rows = with_terms(comparison, analysis, rows, drawn.marks)
    evidence = _Evidence(comparison, rows, wording)
    data = {
        "words": {
            **(wording.get("browser") or {}),
            "all": wording("table.all"),
            "outlet": _capital(printable(noun(comparison, wording, 1))),
            "decimal": wording.get("numbers.decimal") or ".",
            "thousands": wording.get("numbers.thousands") or ",",
        },
        **evidence.tables,
        "marks": [evidence.mark(mark) for mark in drawn.marks],
        "whole": whole_tables(comparison, content),
    }
    page = {**content, "data": script_json(data), "figure_css": drawn.css, "browse": evidence.listed()}
    return page, dict(drawn.svg)


def script_json(value: object) -> Markup:
    """Return JSON that no browser takes for markup, whatever stands in its strings."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup("".join(_ESCAPES.get(c, c) for c in text) if _ESCAPES.keys() & set(text) else text)


class _Evidence:
    """Rows of evidence as the page needs them: short, and every name once."""

    def __init__(self, comparison: Comparison, rows: pd.DataFrame, wording: Wording) -> None:
        self._comparison, self._wording = comparison, wording
        self._story = Story(comparison, wording, "")
        self._installed, self._lexicons = set(names()), dict[str, Mapping[str, Entry]]()
        known = set(rows["layer"])
        order = [layer for layer in _FIRST if layer in known]
        order += [layer for layer in dict.fromkeys(rows["layer"]) if layer not in order]
        groups = {str(name): place for place, name in enumerate(comparison.groups["group"])}
        place = pd.DataFrame(
            {"layer": rows["layer"].map(order.index), "group": rows["group"].map(groups).fillna(len(groups))}
        )
        self._rows = rows.iloc[np.lexsort((place["group"], place["layer"]))].reset_index(drop=True)
        self._events = {str(row["event"]): printable(row["title"]) for row in comparison.events.to_dict("records")}

    def layer(self, layer: str) -> str:
        """Return what a layer is called, in the plural."""
        if layer in (ATTRIBUTION, WORD, BIAS):
            return self._wording(f"browser.layer_{layer}")
        return printable(self._wording.name_of("layer", layer))

    def mark(self, mark: Mapping[str, str]) -> list[Any]:
        """Return what a mark is called, how many findings it stands for, and which rows show them."""
        shown = np.flatnonzero(behind(self._rows, mark)).tolist()
        if not shown:
            return ["", 0, []]
        counted = total(self._comparison, mark)
        return [self._said(mark), max(counted or 0, len(shown)), shown]

    def _said(self, mark: Mapping[str, str]) -> str:
        word = self._wording
        parts = [word("browser.term", term=printable(mark[key])) for key in ("term", "word") if key in mark]
        if "layer" in mark:
            layer = self.layer(mark["layer"])
            category = word.name_of("category", mark["category"]) if "category" in mark else ""
            parts.append(word("first.what", layer=layer, category=printable(category)) if category else layer)
        if "referent" in mark:
            parts.append(printable(word.referent(mark["referent"])))
        if mark.get("voice"):
            parts.append(word(f"voice_of.{mark['voice']}"))
        if "side" in mark:
            parts.append(word("browser.side", side=self._side(mark["side"])))
        if mark.get("event") == ANY_EVENT:
            parts.append(word("browser.any_event"))
        elif "event" in mark:
            parts.append(word("browser.event", title=self._events.get(mark["event"], mark["event"])))
        return ", ".join([*parts, printable(mark.get("group", ""))]).strip(", ")

    def _side(self, side: str) -> str:
        return printable(self._wording("figure.side_unknown") if side == "unknown" else self._wording.side(side))

    @functools.cached_property
    def tables(self) -> dict[str, Any]:
        """Return the rows, and the names that their numbers stand for."""
        rows, word = self._rows, self._wording
        sides = rows["side"].where(rows["side"] != "nan", "")
        coded = {name: pd.factorize(rows[name]) for name in ("layer", "group", "voice", "article_id", "source")}
        coded["side"] = pd.factorize(sides)
        entry = pd.MultiIndex.from_frame(rows[["layer", "term", "lexicon", "entry", "category", "source_work"]])
        entry_codes, entries = pd.factorize(entry)
        codes = [coded[name][0] for name in ("layer", "group", "article_id")]
        codes += [entry_codes, *(coded[name][0] for name in ("voice", "source", "side"))]
        text = [
            [_tail(t) for t in rows["before"]],
            [printable(t) for t in rows["text"]],
            [_head(t) for t in rows["after"]],
        ]
        return {
            "layers": [_capital(self.layer(str(name))) for name in coded["layer"][1]],
            "layerKeys": [str(name) for name in coded["layer"][1]],
            "groups": [printable(name) for name in coded["group"][1]],
            "articles": self._articles(coded["article_id"][1]),
            "entries": [self._entry(*one) for one in entries],
            "voices": [word(f"voice.{name}") if name else "" for name in coded["voice"][1]],
            "sources": [printable(name) if name != "nan" else "" for name in coded["source"][1]],
            "sides": [self._side(str(name)) if name else "" for name in coded["side"][1]],
            "rows": [list(row) for row in zip(*(c.tolist() for c in codes), *text, strict=True)],
        }  # fmt: skip

    def _articles(self, ids: Iterable[object]) -> list[list[str]]:
        known = keyed(self._comparison.articles, "id")
        made = []
        for one in ids:
            row = known.get(str(one), {})
            cells = [str(row.get(name, "")) for name in ("title", "date", "outlet")]
            title, date, outlet = ("" if cell in ("nan", "NaT", "None") else printable(cell) for cell in cells)
            made.append([title[:_TITLE] or printable(one), date[:10], outlet])
        return made

    def _entry(self, layer: str, term: str, lexicon: str, entry: str, category: str, work: str) -> list[str]:
        """Return term, category, lexicon and entry, the work it rests on, neutral alternatives."""
        kind = "" if category == layer else self._wording.name_of("category", category) if category else ""
        if lexicon not in self._lexicons:
            self._lexicons[lexicon] = load(lexicon).entries if lexicon in self._installed else {}
        known = self._lexicons[lexicon].get(entry)
        place = f"{lexicon}/{entry}" if lexicon not in ("", "rule", "nan") else ""
        rests = _work(self._story, work) if known else ""
        other = ", ".join(known.alternatives) if known else ""
        return [printable(one) for one in (term, kind, place, rests, other)]

    def listed(self) -> dict[str, Any] | None:
        """Return what a page without a script shows: some findings of every layer and group."""
        rows, word = self._rows, self._wording
        if rows.empty:
            return None
        turn = rows.groupby(["layer", "group"], sort=False).cumcount().to_numpy()
        chosen = np.sort(np.argsort(turn, kind="stable")[:_MOST_PRINTED])
        found, told = self.tables, []
        for layer, part in rows.iloc[chosen].groupby("layer", sort=False):
            items = [self._item(found, int(number)) for number in part.index]
            # biased sentences have a section of their own, with that name
            told.append(
                {
                    "id": f"evidence-{layer}" if layer != BIAS else "",
                    "title": _capital(self.layer(str(layer))),
                    "items": items,
                }
            )
        missing = set(found["layerKeys"]) - set(rows["layer"].iloc[chosen]) - {BIAS}
        return {
            "intro": word("browser.intro", n=len(rows)),
            "cut": word("browser.listed", n=len(chosen)),
            "layers": told,
            "anchors": [f"evidence-{key}" for key in sorted(missing)],
        }

    @staticmethod
    def _item(found: Mapping[str, Any], number: int) -> dict[str, Any]:
        _, group, article, entry, voice, source, side, before, text, after = found["rows"][number]
        title, date, outlet = found["articles"][article]
        _, kind, place, work, other = found["entries"][entry]
        group, voice, source = found["groups"][group], found["voices"][voice], found["sources"][source]
        return {
            "number": number + 1, "group": group, "voice": f"{voice}: {source}" if source else voice,
            "side": found["sides"][side], "before": before, "text": text, "after": after, "title": title,
            "where": ", ".join(part for part in (outlet if outlet != group else "", date) if part),
            "entry": " · ".join(part for part in (kind, place, work) if part), "other": other,
        }  # fmt: skip


def _tail(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _AROUND else "…" + text[-_AROUND:].split(" ", 1)[-1]


def _head(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _AROUND else text[:_AROUND].rsplit(" ", 1)[0] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
