"""What lexicons find among annotated words, as Markdown, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from framing.classify._coverage import Coverage, EntryCoverage, Missed, Place
from framing.classify._scoring import Score, short
from framing.classify._tables import table

CSV_COLUMNS = (
    "kind", "lexicon", "entry", "form", "hits", "right", "wrong", "precision", "own_hits", "own_right", "outlets",
    "missed", "annotated", "occurrences", "rate", "record", "offset",
)  # fmt: skip


def coverage_markdown(found: Coverage, *, top: int = 30) -> str:
    """Return a coverage as tables of Markdown, with the `top` first entries and missed words."""
    parts = [_introduction(found), _scores(found)]
    hit = [one for one in found.entries if one.hits]
    if hit:
        parts += [f"{len(hit):,} of {len(found.entries):,} entries hit. Those with most hits:\n", _entries(hit[:top])]
        wrong = sorted(hit, key=lambda one: (one.right - one.wrong, -one.hits))
        worst = [one for one in wrong if one.wrong > one.right][:top]
        if worst:
            parts += ["Entries that hit wrongly more often than rightly, the worst first:\n", _entries(worst)]
    parts.append(_never(found, top))
    if found.missed:
        parts += [
            f"{len(found.missed):,} marked words that no entry hits, as candidates for an editor. A word is no "
            "candidate because it was marked: it must be loaded in itself, and not only name the topic.\n",
            _missed(found.missed[:top]),
        ]
    return "\n".join(parts)


def _introduction(found: Coverage) -> str:
    bias = f", spans of bias {found.bias}" if found.bias else ""
    rejected = f"; {found.rejected:,} could not be read" if found.rejected else ""
    return (
        f"{found.data}: {_records(found.records)}{rejected}, {found.words:,} words, {found.score.gold:,} of them "
        f"marked ({found.column}{bias}), in {found.marked:,} of the records. In brackets 95 % intervals from "
        "resampling records.\n"
    )


def _records(n: int) -> str:
    return "1 record" if n == 1 else f"{n:,} records"


def _scores(found: Coverage) -> str:
    rows = [("all", found.score), *(voice for voice in found.voices.items() if voice[1].gold or voice[1].predicted)]
    if len(found.by_lexicon) > 1:
        rows += [one for one in found.by_lexicon.items() if one[1].predicted]
    head = ["words", "precision", "recall", "F1", "right", "found", "marked"]
    return table(head, [_score(name, score) for name, score in rows])


def _score(name: str, score: Score) -> list[str]:
    rates = [
        str(rate) if n else "–"
        for rate, n in (
            (score.precision, score.predicted), (score.recall, score.gold), (score.f1, score.predicted + score.gold),
        )
    ]  # fmt: skip
    return [name, *rates, *(f"{n:,}" for n in (score.right, score.predicted, score.gold))]


def _entries(entries: Sequence[EntryCoverage]) -> str:
    head = ["lexicon", "entry", "right at", "wrong at", "hits", "right", "own voice", "right", "outlets"]
    rows = []
    for one in entries:
        places = [str(place) if place else "–" for place in (one.first_right, one.first_wrong)]
        counts = one.hits, one.right, one.own_hits, one.own_right, one.outlets
        rows.append([one.lexicon, one.entry, *places, *(f"{n:,}" for n in counts)])
    return table(head, rows, text=4)


def _never(found: Coverage, top: int) -> str:
    never = [one for one in found.entries if not one.hits]
    if not never:
        return "Every entry hits.\n"
    shown = ", ".join(f"{one.lexicon}/{one.entry}" for one in never[:top])
    more = f" and {len(never) - top:,} more (all of them in a .json or .csv)" if len(never) > top else ""
    return f"{len(never):,} {'entry never hits' if len(never) == 1 else 'entries never hit'}: {shown}{more}.\n"


def _missed(missed: Sequence[Missed]) -> str:
    head = ["word", "first at", "missed", "marked", "occurs", "rate", "outlets"]
    rows = [
        [
            one.word,
            str(one.first),
            *(f"{n:,}" for n in (one.missed, one.annotated, one.occurrences)),
            short(one.rate),
            f"{one.outlets:,}",
        ]
        for one in missed
    ]
    return table(head, rows, text=2)


def coverage_json(found: Coverage) -> str:
    """Return a coverage as JSON, with every entry and every missed word."""
    made: dict[str, Any] = asdict(found)
    for row, one in zip(made["missed"], found.missed, strict=True):
        row["rate"] = round(one.rate, 4)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def coverage_csv(found: Coverage) -> str:
    """Return every entry and every missed word as rows of one table; the column `kind` tells them apart."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSV_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for one in found.entries:
        writer.writerow(
            {
                "kind": "entry", "lexicon": one.lexicon, "entry": one.entry, "form": one.form, "hits": one.hits,
                "right": one.right, "wrong": one.wrong, "precision": round(one.right / one.hits, 4) if one.hits else "",
                "own_hits": one.own_hits, "own_right": one.own_right, "outlets": one.outlets,
                **_place(one.first_wrong or one.first_right),
            }
        )  # fmt: skip
    for word in found.missed:
        writer.writerow(
            {
                "kind": "missed", "form": word.word, "outlets": word.outlets, "missed": word.missed,
                "annotated": word.annotated, "occurrences": word.occurrences, "rate": round(word.rate, 4),
                **_place(word.first),
            }
        )  # fmt: skip
    return stream.getvalue()


def _place(place: Place | None) -> dict[str, str | int]:
    return {} if place is None else {"record": place.record, "offset": place.offset}
