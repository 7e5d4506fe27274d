"""The rows beside a marked article: attributions, findings and speakers, as they are shown and told to a reader."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from framing.lexicon import Entry, load, names

_LAYERS = (
    "loaded", "hedge", "booster", "scare-quote", "declined", "unverified", "anonymous", "accused", "naming", "passive",
    "furniture",
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
    rows = []
    for record in table.to_dict("records"):
        lexicon, entry = str(record["lexicon"]), str(record["entry"])
        known = _entry(lexicon, entry)
        rows.append(
            {
                "text": str(record["text"]),
                "layer": str(record["layer"]),
                "entry": entry,
                "lexicon": lexicon,
                "category": str(record["category"]),
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
    return sorted(rows, key=lambda row: (row["start"], -row["end"], layer_place(row["layer"])))


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
