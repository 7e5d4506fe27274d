"""Measure against human annotation: ``python tests/benchmarks/validity.py DATA``.

DATA is a folder with public annotated sets as JSON Lines: attribution/dev (PolNeAR), bias_sentences/dev (BABE),
hedging/dev (CoNLL-2010 Wikipedia), basil/train (BASIL). Prints what reports/validity.toml and README.md say, with
95 % intervals from resampling articles or sentences.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis import Analysis, analyze

_RESAMPLES = 2000
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
Counts = NDArray[np.float64]  # true, predicted, gold


def _records(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _f1(counts: Counts) -> float:
    true, predicted, gold = counts.sum(axis=0)
    return float(2 * true / (predicted + gold)) if predicted + gold else 0.0


def _say(name: str, rows: Sequence[Sequence[float]]) -> None:
    counts = np.array(rows, dtype=np.float64)
    true, predicted, gold = counts.sum(axis=0)
    rng = np.random.default_rng(7)
    draws = [_f1(counts[rng.integers(0, len(counts), len(counts))]) for _ in range(_RESAMPLES)]
    low, high = np.percentile(draws, [2.5, 97.5])
    precision, recall = true / predicted if predicted else 0.0, true / gold if gold else 0.0
    scores = f"P {precision:.3f}  R {recall:.3f}  F1 {_f1(counts):.3f} [{low:.3f}, {high:.3f}]"
    sys.stdout.write(f"{name:44} n={len(counts):5}  {scores}\n")


def _characters(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    return frozenset(place for low, high in spans for place in range(low, high) if not text[place].isspace())


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _attributions(table: pd.DataFrame, article: str, text: str) -> list[dict[str, frozenset[int]]]:
    rows = table[table["article_id"] == article].to_dict("records")
    return [
        {
            part: _characters(text, [tuple(map(int, piece.split("-"))) for piece in str(row[part]).split(";") if piece])
            for part in ("source", "cue", "content")
        }
        for row in rows
    ]


def _linked(gold: list[dict[str, frozenset[int]]], found: list[dict[str, frozenset[int]]]) -> int:
    """Count attributions whose three parts overlap by half, one to one, greedily by content."""
    pairs = sorted(
        ((_overlap(a["content"], b["content"]), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)),
        reverse=True,
    )
    used: tuple[set[int], set[int]] = set(), set()
    for score, i, j in pairs:
        if score < 0.5:
            break
        fits = all(not gold[i][part] or _overlap(gold[i][part], found[j][part]) >= 0.5 for part in ("source", "cue"))
        if fits and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
    return len(used[0])


def attribution(data: Path) -> None:
    """PolNeAR dev: linked attributions, exact cues, characters of contents."""
    records = _records(data / "attribution" / "dev.jsonl.gz")
    table = _analysed(records, "attribution").attributions
    linked, cues, contents = [], [], []
    for record in records:
        text = record["text"]
        gold = [
            {part: _characters(text, one.get(part) or []) for part in ("source", "cue", "content")}
            for one in record["attributions"]
        ]
        found = _attributions(table, record["id"], text)
        linked.append([_linked(gold, found), len(found), len(gold)])
        a, b = ({(min(one["cue"]), max(one["cue"])) for one in side if one["cue"]} for side in (gold, found))
        cues.append([len(a & b), len(b), len(a)])
        c, d = (frozenset[int]().union(*(one["content"] for one in side)) for side in (gold, found))
        contents.append([len(c & d), len(d), len(c)])
    _say("attribution, source + cue + content linked", linked)
    _say("attribution, cue exact", cues)
    _say("attribution, characters of content", contents)


def loaded_words(data: Path) -> None:
    """BABE dev: words that annotators called biased."""
    records = _records(data / "bias_sentences" / "dev.jsonl.gz")
    findings = _analysed(records, "loaded").findings
    findings = findings[findings["layer"] == "loaded"]
    rows, sentences = [], []
    for record in records:
        listed = {word.lower() for phrase in record["biased_words"] for word in _WORD.findall(phrase)}
        mine = findings[findings["article_id"] == record["id"]]
        hit = _characters(record["text"], list(zip(mine["start"], mine["end"], strict=True)))
        words = [
            (match.group().lower() in listed, not hit.isdisjoint(range(*match.span())))
            for match in _WORD.finditer(record["text"])
        ]
        rows.append([sum(a and b for a, b in words), sum(b for _, b in words), sum(a for a, _ in words)])
        biased, marked = record["label"] == "biased", bool(hit)
        sentences.append([biased and marked, marked, biased])
    _say("loaded terms, biased words (BABE)", rows)
    _say("loaded terms, a biased sentence holds one", sentences)


def hedges(data: Path) -> None:
    """CoNLL-2010 Wikipedia: sentences with a weasel cue."""
    records = _records(data / "hedging" / "dev.jsonl.gz")
    findings = _analysed(records, "hedging").findings
    hedged = set(findings.loc[findings["layer"] == "hedge", "article_id"])
    rows = [
        [r["label"] == "uncertain" and r["id"] in hedged, r["id"] in hedged, r["label"] == "uncertain"] for r in records
    ]
    _say("hedges, an uncertain sentence holds one", rows)


def _analysed(records: list[dict[str, Any]], only: str) -> Analysis:
    from framing.corpus import Article

    return analyze([Article(record["id"], record["text"]) for record in records], only=[only])


MEASURED: tuple[Callable[[Path], None], ...] = (attribution, loaded_words, hedges)

if __name__ == "__main__":
    for measure in MEASURED:
        measure(Path(sys.argv[1]))
