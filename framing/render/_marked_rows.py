"""The rows beside a marked article: attributions, findings and speakers, as they are shown and told to a reader."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from framing.classify._measures import MODEL
from framing.comparison._explained import DECISION, Explained
from framing.comparison._setting import BY_LIST, BY_MODEL
from framing.lexicon import Entry, load, names
from framing.render._pushes import pushes
from framing.render._segments import pieces

KINDS = ("bias", "uncertain")
"""What models call a sentence."""

_LAYERS = (
    "loaded", "loaded-model", "hedge", "booster", "scare-quote", "declined", "unverified", "anonymous", "accused",
    "naming", "passive", "furniture",
)  # fmt: skip

SURE = 0.5
"""Attributions of less confidence are shown as unsure."""


def layer_place(layer: str) -> tuple[int, str]:
    """Return where a layer stands in a list of layers; those of other measures come last."""
    return (_LAYERS.index(layer) if layer in _LAYERS else len(_LAYERS)), layer


def attribution_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the attributions of one article, numbered from one, with `unsure` and the number of words."""
    rows = []
    for record in table.to_dict("records"):
        row: dict[str, Any] = {str(key): value for key, value in record.items()}
        confidence = _share(row.get("confidence", ""))
        rows.append(
            {
                **{key: str(value) for key, value in row.items()},
                "number": int(row["attribution"]) + 1,
                "confidence": confidence,
                "unsure": confidence is not None and confidence < SURE,
                "anonymous": str(row["anonymous"]).lower() == "true",
                "rule": str(row.get("rule", "")),
                "side_rule": str(row.get("side_rule", "")),
                "words": len(str(row["content_text"]).split()),
            }
        )
    return rows


def _share(value: Any) -> float | None:
    try:
        share = float(value)
    except (TypeError, ValueError):
        return None
    return None if math.isnan(share) else share


def finding_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the findings of one article in the order of the text, with what their lexicon says of them."""
    rows: list[dict[str, Any]] = []
    for record in table.to_dict("records"):
        lexicon, entry = str(record["lexicon"]), str(record["entry"])
        known = _entry(lexicon, entry)
        by_model = lexicon == MODEL and record["layer"] == BY_LIST
        rows.append(
            {
                "text": str(record["text"]),
                "layer": BY_MODEL if by_model else str(record["layer"]),
                "score": _share(record.get("score", "")) if by_model else None,
                # a model's score of what a lexicon lists
                "weight": _share(record.get("score", "")) if record["layer"] == BY_LIST and not by_model else None,
                "also": "",
                "entry": entry,
                "lexicon": lexicon,
                "category": "" if by_model else str(record["category"]),
                "voice": str(record["voice"]),
                "speaker": str(record["source"]),
                "side": str(record["side"]),
                "start": int(record["start"]),
                "end": int(record["end"]),
                "alternatives": ", ".join(known.alternatives) if known else "",
                "note": known.note if known else "",
                "work": known.source if known else "",
            }
        )
    rows.sort(key=lambda row: (row["start"], -row["end"], layer_place(row["layer"])))
    for row in rows:
        if row["layer"] == BY_MODEL:
            row |= _listed_elsewhere(row, rows)
    return rows


def _listed_elsewhere(row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return the entry of another layer that covers a word which only the model calls loaded, and what it offers."""
    for one in rows:
        covers = one["start"] < row["end"] and row["start"] < one["end"] and one["layer"] != BY_MODEL
        if covers and _entry(one["lexicon"], one["entry"]):
            return {key: one[key] for key in ("alternatives", "note")} | {"also": f"{one['lexicon']}/{one['entry']}"}
    return {}


def sentence_rows(
    text: str,
    table: pd.DataFrame,
    explained: Mapping[str, Mapping[int, Explained]],
    attributions: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the sentences of one article that a model scores .5 or more, numbered from one, in the order of the text.

    Each with its kind, voice, score, speaker (of a sentence that is not the outlet's own) and the words that pushed it.
    """
    rows: list[dict[str, Any]] = []
    for record in table.to_dict("records"):
        for kind in KINDS:
            score = _share(record.get(kind, ""))
            if score is None or score < DECISION:
                continue
            start, end, voice = int(record["start"]), int(record["end"]), str(record.get("voice", "") or "own")
            why = explained.get(kind, {}).get(int(record["sentence"]))
            rows.append(
                {
                    "number": len(rows) + 1,
                    "sentence": int(record["sentence"]) + 1,
                    "kind": kind,
                    "score": score,
                    "voice": voice,
                    "speaker": "" if voice == "own" else _speaker(start, end, attributions),
                    "start": start,
                    "end": end,
                    "text": " ".join(text[start:end].split()),
                    "pushes": pushes([(word.text, word.added) for word in why.words], why.odds) if why else None,
                }
            )
    return rows


def _speaker(start: int, end: int, attributions: Sequence[dict[str, Any]]) -> str:
    """Return who speaks most of a stretch of text."""
    shares = [
        (sum(max(0, min(end, high) - max(start, low)) for low, high in pieces(row["content"])), -row["number"], row)
        for row in attributions
    ]
    best = max(shares, key=lambda share: share[:2], default=None)
    return str(best[2]["speaker"] or best[2]["source_text"]) if best and best[0] else ""


@lru_cache(maxsize=4096)
def _entry(lexicon: str, entry: str) -> Entry | None:
    return load(lexicon).entries.get(entry) if lexicon in names() else None


def speaker_rows(attributions: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield those who speak in the order in which they first do: side, role, how often, words, how introduced."""
    by_speaker: dict[str, list[dict[str, Any]]] = {}
    for row in attributions:
        if row["speaker"]:
            by_speaker.setdefault(row["speaker"], []).append(row)
    for speaker, rows in by_speaker.items():
        stances: dict[str, int] = {}
        for row in rows:
            if row["stance"]:
                stances[row["stance"]] = stances.get(row["stance"], 0) + 1
        yield {
            "speaker": speaker,
            "side": next((row["side"] for row in rows if row["side"]), ""),
            "role": next((row["role"] for row in rows if row["role"]), ""),
            "attributions": len(rows),
            "words": sum(row["words"] for row in rows),
            "stances": ", ".join(f"{stance} {count}" for stance, count in stances.items()),
            "numbers": [row["number"] for row in rows],
        }
