"""Measure against human annotation: ``python tests/benchmarks/validity.py DATA``.

DATA is a folder with public annotated sets as JSON Lines: attribution/dev and attribution/agreement (PolNeAR),
bias_sentences/dev (BABE), hedging/dev (CoNLL-2010 Wikipedia). Prints what reports/validity.toml and README.md say, with
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
from numpy.typing import NDArray

from framing.analysis import Analysis, analyze
from framing.classify import Interval, evaluate_attribution

_RESAMPLES = 2000
_FIGURES = ("source_exact", "cue_exact", "content_exact", "content_characters", "linked")
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


def attribution(data: Path) -> None:
    """PolNeAR dev: spans to the character, characters of contents, linked attributions; as the model's card has it."""
    found = evaluate_attribution(data)
    for figure in _FIGURES:
        score = found.scores[figure]
        scores = f"P {score.precision.value:.3f}  R {score.recall.value:.3f}  F1 {_interval(score.f1)}"
        name = f"attribution, {figure.replace('_', ' ')}"
        sys.stdout.write(f"{name:44} n={found.articles:5}  {scores}\n")
        if found.ceiling is not None:
            human = _interval(found.ceiling.scores[figure].f1)
            sys.stdout.write(f"{'  people among themselves':44} n={found.ceiling.articles:5}  F1 {human}\n")


def _interval(one: Interval) -> str:
    return f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"


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
