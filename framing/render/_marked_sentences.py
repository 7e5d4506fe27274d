"""Sentences that a trained model calls biased or uncertain, as layouts of a marked article are given them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from framing.render._pushes import Push, Pushes, score_of, signed

_EXCERPT = 110
NAMES = {"bias": "biased", "uncertain": "uncertain"}
SIGNS = {"bias": "◆", "uncertain": "≈"}
_SOURCES = {"bias": "◇"}
MIGHT = {
    "bias": "as annotators of US news of 2017 to 2020 might",
    "uncertain": "as annotators of Wikipedia might",
}


def sentence_items(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the sentences as they are listed beside the text and told in a card."""
    return [
        {
            "number": row["number"],
            "sentence": row["sentence"],
            "kind": row["kind"],
            "name": NAMES[row["kind"]],
            "might": MIGHT[row["kind"]],
            "sign": sign(row),
            "score": score_of(row["score"]),
            "voice": row["voice"],
            "speaker": row["speaker"],
            "whose": whose(row),
            "text": textwrap.shorten(row["text"], _EXCERPT, placeholder=" …"),
            "filters": filters(row),
            "parts": parts(row["pushes"]) if row["pushes"] else [],
        }
        for row in rows
    ]


def whose(row: Mapping[str, Any]) -> str:
    """Say in whose voice a sentence is: the outlet's, or that of its source."""
    if row["voice"] == "own":
        return "the outlet’s own voice"
    speaker = row["speaker"] or "the source"
    by = f"{speaker}’" if speaker.endswith("s") else f"{speaker}’s"  # critics’, and the mayor’s
    return f"{row['voice']}: {by}, not the outlet’s"


def sign(row: Mapping[str, Any]) -> str:
    """Return the sign of a sentence: hollow where it is a source's."""
    return SIGNS[row["kind"]] if row["voice"] == "own" else _SOURCES.get(row["kind"], SIGNS[row["kind"]])


def parts(found: Pushes) -> list[dict[str, str]]:
    """Return what a score is the sum of, in log-odds."""
    named = (("for", listed(found.up)), ("against", listed(found.down)), ("all else", signed(found.rest)))
    return [{"name": name, "text": text} for name, text in (*named, ("sum", signed(found.total))) if text]


def listed(words: Sequence[Push]) -> str:
    """Return words with what each added."""
    return ", ".join(f"{word.text} {signed(word.added)}" for word in words)


def kind_items(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the kinds that were found, with how often in all and in own voice."""
    return [
        {
            "kind": kind,
            "name": f"{name} sentence",
            "sign": SIGNS[kind],
            "key": f"sentence-{kind}",
            "count": sum(row["kind"] == kind for row in rows),
            "own": sum(row["kind"] == kind and row["voice"] == "own" for row in rows),
        }
        for kind, name in NAMES.items()
        if any(row["kind"] == kind for row in rows)
    ]


def filters(row: Mapping[str, Any]) -> str:
    """Return the words by which the filters know a sentence."""
    return f"sentence-{row['kind']} voice-{row['voice']}"


def ending(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sign and score that stand behind a sentence."""
    return {
        "number": row["number"],
        "label": f"{sign(row)}{score_of(row['score'])}",
        "classes": ["score", row["kind"], f"in-{row['voice']}"],
        "filters": filters(row),
        "said": f"sentence called {NAMES[row['kind']]}, score {score_of(row['score'])}, {whose(row)}",
    }
