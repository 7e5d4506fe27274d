"""The back of a report: methods, validity, limits, evidence, manifest."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing._data import reports
from framing.errors import LayoutError
from framing.figures._select import groups, keyed, records
from framing.figures._wording import without_ticks
from framing.render._bibtex import cited
from framing.render._story import Block, Story, clean

_MOST_EVIDENCE, _OFTEN = 60, 3
_FIRST_LAYERS = ("loaded", "naming", "hedge", "booster", "scare-quote", "passive")
"""Layers in the order of the evidence; of the first `_OFTEN` times as much is shown as of each other."""
_KEY = re.compile(r"([a-z]+?)(?:and[a-z]+)?(\d{4})([a-z]?)")


def appendix(story: Story) -> list[dict[str, Any]]:
    """Return the sections of the appendix."""
    made = {"methods": methods_with_works(story), "validity": validity(story), "limits": limits(story)}
    made |= {"evidence": evidence(story), "manifest": manifest(story)}
    return [
        {"id": name, "title": story.wording(f"section.{name}"), "blocks": blocks}
        for name, blocks in made.items()
        if blocks
    ]


def methods(story: Story) -> list[Block]:
    """Say how each number comes about, with its formula and its source."""
    blocks: list[Block] = []
    for part in story.wording.get("methods") or []:
        if part.get("only", story.case) not in (story.case, "all") and not (part.get("only") == "lone" and story.lone):
            continue
        # a method that nothing here was measured with
        if part.get("needs") and getattr(story.comparison, str(part["needs"])).empty:
            continue
        blocks.append({"kind": "heading", "text": str(part["title"])})
        blocks.append({"kind": "text", "runs": _runs(str(part["text"]))})
        if part.get("formula"):
            blocks.append({"kind": "formula", "name": str(part["formula"]), "alt": str(part["formula_alt"])})
    return blocks


def methods_with_works(story: Story) -> list[Block]:
    """Say how each number comes about, and name the works that are cited there."""
    blocks = methods(story)
    works = cited(json.dumps(blocks, ensure_ascii=False))
    if works:
        blocks.append(story.heading("layout.works"))
        blocks.append(story.bullets([[{"text": work.reference(), "strong": False}] for work in works]))
    return blocks


def _runs(text: str) -> list[dict[str, Any]]:
    return [{"text": t, "strong": i % 2 == 1} for i, t in enumerate(without_ticks(text).split("**")) if t]


def _measured() -> Sequence[Mapping[str, Any]]:
    file = reports() / "validity.toml"
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        msg = f"reports/validity.toml: {wrong}"
        raise LayoutError(msg) from wrong
    found = read.get("measured", [])
    for number, row in enumerate(found, 1):
        missing = [key for key in ("measure", "data", "n", "metric", "score") if key not in row]
        if missing:
            msg = f"reports/validity.toml: entry {number} of [[measured]] has no {', '.join(missing)}"
            raise LayoutError(msg)
    return list(found)


def validity(story: Story) -> list[Block]:
    """Say what each measure scored against human annotation."""
    word, rows = story.wording, []
    measured = _measured()
    for row in measured:
        ceiling = row.get("ceiling")
        rows.append([
            str(row["measure"]), str(row["data"]), word.number(float(row["n"]), 0), str(row["metric"]),
            word.number(float(row["score"]), 2) + _interval(story, row.get("interval")),
            "–" if ceiling is None else word.number(float(ceiling), 2),
        ])  # fmt: skip
    if not rows:
        return [story.text("validity.empty")]
    heads = (("measure", "text"), ("data", "text"), ("n", "right"), ("metric", "left"), ("score", "right"))
    columns = [(word(f"column.{c}"), a) for c, a in heads] + [(word("column.ceiling"), "right")]
    blocks = [story.text("validity.intro"), story.table("validity", columns, rows)]
    noted = [row for row in measured if row.get("note")]
    if noted:
        notes = [f"**{row['measure']}.** {row['note']}".replace("`", "") for row in noted]
        blocks.append(story.bullets([_runs(note) for note in notes]))
    return blocks


def _interval(story: Story, bounds: Sequence[float] | None) -> str:
    return f" {story.wording.interval(float(bounds[0]), float(bounds[1]), 2)}" if bounds else ""


def limits(story: Story) -> list[Block]:
    """Say what the numbers must not be taken for."""
    return [story.bullets([_runs(str(text)) for text in story.wording.get("limits.items") or []])]


def evidence(story: Story) -> list[Block]:
    """Show findings behind the figures, taken in turn from every layer and group until the appendix is full."""
    table = story.comparison.evidence
    if table.empty:
        return []
    chosen = _spread(table[table["group"].isin(groups(story.comparison))])
    titles = {key: str(row["title"]) for key, row in keyed(story.comparison.articles, "id").items()}
    total, found = (story.wording.number(n, 0) for n in (len(table), story.findings))
    # layers that have no rate are in the evidence and not in the number of findings
    key = "whole" if len(table) >= story.findings else "intro"
    blocks = [story.text(f"evidence.{key}", n=len(chosen), total=total, all=found)]
    for layer, part in chosen.groupby("layer", sort=False):
        name = story.layer(str(layer))
        blocks.append({"kind": "heading", "text": name[:1].upper() + name[1:], "id": f"evidence-{layer}"})
        blocks.append({"kind": "evidence", "items": [_item(story, row, titles) for row in records(part)]})
    return blocks


def _spread(table: pd.DataFrame) -> pd.DataFrame:
    """Take rows from every layer in turn, those of the first page more often; each layer begins with another group."""
    layers = sorted(table["layer"].unique(), key=lambda layer: (_rank(layer), layer))
    places = {str(group): place for place, group in enumerate(table["group"].unique())}
    parts = []
    for number, layer in enumerate(layers):
        part = table[table["layer"] == layer]
        begin = number * len(places) // max(len(layers), 1)
        place = (part["group"].map(places) - begin) % len(places)
        part = part.assign(_turn=part.groupby("group", sort=False).cumcount(), _place=place)
        part = part.sort_values(["_turn", "_place"], kind="stable")
        weight = _OFTEN if layer == _FIRST_LAYERS[0] else 1
        parts.append(part.assign(_rank=np.arange(len(part)) // weight, _layer=number))
    ranked = pd.concat(parts).sort_values(["_rank", "_layer"], kind="stable").head(_MOST_EVIDENCE)
    shown = ranked.assign(_place=ranked["group"].map(places)).sort_values(["_layer", "_place", "_turn"], kind="stable")
    return pd.DataFrame(shown.drop(columns=["_turn", "_place", "_rank", "_layer"]))


def _rank(layer: str) -> int:
    return _FIRST_LAYERS.index(layer) if layer in _FIRST_LAYERS else len(_FIRST_LAYERS)


def _item(story: Story, row: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, str]:
    word, voice = story.wording, str(row["voice"])
    source = clean(row["source"], 60) if str(row["source"]) not in ("", "nan") else ""
    title = titles.get(str(row["article_id"]), "")
    parts = [
        word.name_of("category", str(row["category"])),
        clean(row["lexicon"], 40),
        _work(story, str(row["source_work"])),
    ]
    return {
        "group": clean(row["group"], 60),
        "voice": word("evidence.voice_of", voice=word(f"voice.{voice}"), source=source)
        if source
        else word(f"voice.{voice}"),
        "before": clean(_tail(str(row["before"]), 160), 200),
        "text": clean(row["text"], 120),
        "after": clean(row["after"], 160),
        "entry": " · ".join(p for p in parts if p),
        "article": clean(title, 90) if title not in ("", "nan") else clean(row["article_id"], 60),
    }


def _tail(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[-width:].split(" ", 1)[-1]


def _work(story: Story, key: str) -> str:
    """Return a key of sources.bib as author and year; entries without a source are the project's own."""
    if key in ("", "nan", "framing"):
        return story.wording("evidence.own_entry")
    found = _KEY.fullmatch(key)
    return f"{found[1].capitalize()} {found[2]}{found[3]}" if found else clean(key, 40)


def manifest(story: Story) -> list[Block]:
    """Say what this report was made from, so that it can be made again."""
    word, given = story.wording, story.comparison.manifest
    source: Mapping[str, Any] = given.get("input") or {}
    rows = [(word("manifest.version"), str(given.get("version", "–"))), (word("manifest.by"), story.comparison.by)]
    rows += [(word("manifest.input"), _path(source.get("path"))), ("SHA-256", str(source.get("sha256", "–")))]
    for key in ("articles", "rejected"):
        if key in source:
            rows.append((word(f"manifest.{key}"), word.number(float(source[key]), 0)))
    rows += [(word(f"manifest.{key}"), str(given[key])) for key in ("seed", "resamples") if key in given]
    options: Mapping[str, Any] = given.get("options") or {}
    rows += [
        (f"--{key.replace('_', '-')}", _shown(value))
        for key, value in sorted(options.items())
        if value not in (None, [], "")
    ]
    blocks = [
        story.text("manifest.intro"),
        story.table("manifest", [(word("column.key"), "left"), (word("column.value"), "text")], rows),
    ]
    lexicons = given.get("lexicons") or []
    if lexicons:
        blocks.append(_lexicons(story, lexicons))
    models = given.get("models") or []
    if models:
        blocks.append(_models(story, models))
    return blocks


def _lexicons(story: Story, lexicons: Sequence[Mapping[str, Any]]) -> Block:
    word = story.wording
    heads = (("lexicon", "text"), ("layer", "left"), ("version", "left"), ("entries", "right"), ("hash", "left"))
    rows = []
    for card in lexicons:
        names = [str(card.get(key, "")) for key in ("name", "layer", "version")]
        rows.append([*names, word.number(float(card.get("entries", 0)), 0), str(card.get("sha256", ""))[:16]])
    return story.table("lexicons", [(word(f"column.{c}"), a) for c, a in heads], rows)


def _models(story: Story, models: Sequence[Mapping[str, Any]]) -> Block:
    """Say which trained models ran."""
    rows = [[str(one.get("name", "")), str(one.get("sha256", ""))[:16]] for one in models]
    heads = [(story.wording(f"column.{name}"), how) for name, how in (("model", "text"), ("hash", "left"))]
    return story.table("models_used", heads, rows)


def _path(path: object) -> str:
    """Return the file's name only: where it lay on somebody's disk is nobody's business."""
    return str(path or "–").replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _shown(value: object) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
