"""Measure the matching of events: ``python tests/benchmarks/events.py DATA [--analysis DIR]``.

DATA is a folder with basil/train (BASIL: 70 events, an article of three outlets each), outlets/sample and
outlets/topic_triples. Prints, with 95 % intervals from resampling events or triples:

- pairs of articles in one event of BASIL, all articles mixed, and the same where the threshold is chosen on a random
  half of the events and measured on the other;
- how many of the triples, and of their pairs, are in one event of the sample;
- how many of the pairs in event-pairs.tsv, drawn from those that were found and then read by two readers, fifty each,
  are on one story, and how many on one stage of it. Pairs that are no longer found are left out;
- what it costs, in passes of a word pattern over the same texts;
- whether outlets that use more loaded words in their own voice are those in which annotators marked more, by event.
"""

from __future__ import annotations

import argparse
import csv
import re
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from measured import analysed, interval, line, records
from numpy.typing import NDArray

from framing.analysis import Analysis
from framing.classify import Interval
from framing.events import Events, match_events
from framing.stats._interval import binomial_bounds

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
THRESHOLDS = tuple(np.round(np.arange(0.12, 0.41, 0.02), 2).tolist())
_PAIRS = Path(__file__).with_name("event-pairs.tsv")
_RESAMPLES, _HALVES, _RUNS = 2000, 20, 5
Floats = NDArray[np.float64]
Pairs = NDArray[np.bool_]


def together(events: Sequence[str]) -> Pairs:
    """Return which two articles are in one event, shape (N, N); nobody is with himself."""
    name = np.array(events, dtype=object)
    found: Pairs = (name[:, None] == name[None, :]) & (name != "")[:, None]
    np.fill_diagonal(found, False)
    return found


def scores(right: float, found: float, gold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of counts of pairs."""
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def pairwise(found: Pairs, gold: Sequence[str]) -> Floats:
    """Return right, found and gold pairs by gold event; half of a wrong pair is in the event of each article."""
    _, event = np.unique(np.array(gold), return_inverse=True)
    same = event[:, None] == event[None, :]
    counts = [found & same, found, same & ~np.eye(len(event), dtype=np.bool_)]
    rows = [np.bincount(event, weights=one.sum(axis=1)) / 2 for one in counts]
    return np.stack(rows, axis=1)


def resampled(rows: Floats, figure: Callable[[Floats], float]) -> Interval:
    """Return a figure of summed rows, with the interval from drawing rows again."""
    rng = np.random.default_rng(7)
    draws = [figure(rows[rng.integers(0, len(rows), len(rows))].sum(axis=0)) for _ in range(_RESAMPLES)]
    low, high = np.percentile(draws, [2.5, 97.5])
    return Interval(figure(rows.sum(axis=0)), float(low), float(high))


def basil_events(analysis: Analysis, gold: Sequence[str]) -> None:
    """Print the pairs of BASIL, at the shipped threshold and at thresholds chosen on halves of the events."""
    rows = pairwise(together(match_events(analysis).articles["event"].tolist()), gold)
    precision, recall, _ = scores(*rows.sum(axis=0))
    f1 = resampled(rows, lambda sums: scores(*sums)[2])
    line("BASIL, pairs in one event", len(rows), f"P {precision:.3f}  R {recall:.3f}  F1 {interval(f1)}")
    every = {
        least: pairwise(together(match_events(analysis, min_similarity=least).articles["event"].tolist()), gold)
        for least in THRESHOLDS
    }
    rng = np.random.default_rng(7)
    measured, chosen = [], []
    for _ in range(_HALVES):
        half = rng.permutation(len(rows)) < len(rows) // 2
        best = max(THRESHOLDS, key=lambda least: (scores(*every[least][half].sum(axis=0))[2], least))
        chosen.append(best)
        measured.append(scores(*every[best][~half].sum(axis=0))[2])
    line(
        "  threshold chosen on the other half of the events",
        _HALVES,
        f"F1 {np.mean(measured):.3f}, lowest {min(measured):.3f}; chosen {min(chosen):.2f} to {max(chosen):.2f}",
    )


def triples(events: Events, gold: Sequence[dict[str, Any]]) -> None:
    """Print how many triples are in one event."""
    of = dict(zip(events.articles["article_id"], events.articles["event"], strict=True))
    rows = []
    for triple in gold:
        three = [of[triple[side]] for side in ("left", "center", "right")]
        pairs = [one == other != "" for one, other in combinations(three, 2)]
        rows.append([all(pairs), sum(pairs) / 3, 1])
    counts = np.array(rows, dtype=np.float64)
    for name, column in (("triples, all three in one event", 0), ("triples, pairs in one event", 1)):
        recall = resampled(counts, lambda sums, column=column: float(sums[column] / sums[2]))  # type: ignore[misc]
        line(name, len(rows), f"R {interval(recall)}")


def judged(events: Events) -> None:
    """Print the precision of the pairs that each of two readers read, on one story and on one stage of it."""
    of = dict(zip(events.articles["article_id"], events.articles["event"], strict=True))
    with _PAIRS.open(encoding="utf-8", newline="") as rows:
        read = list(csv.DictReader(rows, delimiter="\t"))
    still = [row for row in read if of.get(row["first"], "") == of.get(row["second"], "-")]
    for reader in sorted({row["reader"] for row in still}):
        own = [row for row in still if row["reader"] == reader]
        for what, right in (("story", ["same", "other"]), ("stage", ["same"])):
            share = np.array([np.mean([row["stage"] in right for row in own])])
            bounds = binomial_bounds(share, np.array([float(len(own))]))
            value, low, high = (float(one[0]) for one in (share, *bounds))
            line(f"pairs of reader {reader}, one {what}", len(own), f"P {value:.3f} [{low:.3f}, {high:.3f}]")
    if len(still) < len(read):
        line("pairs no longer found", len(read) - len(still), "")


def cost(analysis: Analysis) -> None:
    """Print how many passes over the texts it takes; the tables are open and the texts unpacked before."""
    texts = [analysis.text(one) for one in analysis.articles["id"]]
    match_events(analysis)

    def seconds(run: Callable[[], object]) -> float:
        begun = time.process_time()
        run()
        return time.process_time() - begun

    def one_pass() -> None:
        for text in texts:
            for _ in WORD.finditer(text):
                pass

    ratios = []
    for _ in range(_RUNS):
        unit = seconds(one_pass)
        took = seconds(lambda: match_events(analysis))
        ratios.append(2 * took / (unit + seconds(one_pass)))
    line("cost", len(texts), f"{statistics.median(ratios):.1f} passes")


def ranking(analysis: Analysis, gold: Sequence[dict[str, Any]]) -> None:
    """Print how often two outlets stand in the same order by loaded words and by annotated spans, event by event."""
    findings, articles = analysis.findings, analysis.articles
    kept = (findings["layer"] == "loaded") & (findings["lexicon"] != "model") & (findings["voice"] == "own")
    counted = findings.loc[kept, "article_id"].value_counts()
    words = dict(zip(articles["id"], articles["words_own"], strict=True))
    of: dict[str, list[tuple[float, float]]] = {}
    for record in gold:
        own = max(words[record["id"]], 1)
        spans = sum(span["bias"] == "lex" and span["quote"] == "no" for span in record["spans"])
        of.setdefault(record["event"], []).append((counted.get(record["id"], 0) / own, spans / own))
    rows, ties = [], 0
    for articles_of_event in of.values():
        right = pairs = 0.0
        for (mine, marked), (other, marked_other) in combinations(articles_of_event, 2):
            if marked == marked_other:
                ties += 1
                continue
            pairs += 1
            right += 0.5 if mine == other else float((mine > other) == (marked > marked_other))
        rows.append([right, pairs])
    counts = np.array(rows)
    accuracy = resampled(counts, lambda sums: float(sums[0] / max(sums[1], 1)))
    line(
        "BASIL, order of two outlets in an event",
        int(counts[:, 1].sum()),
        f"{interval(accuracy)} ({ties} ties left out)",
    )


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--analysis", type=Path, help="an analysis of outlets/sample, where there is one already")
    given = parser.parse_args()
    path = given.data / "basil" / "train.jsonl.gz"
    gold, basil = records(path), analysed(path, "loaded")
    event = dict(zip((record["id"] for record in gold), (record["event"] for record in gold), strict=True))
    basil_events(basil, [event[one] for one in basil.articles["id"]])
    sample = given.data / "outlets" / "sample.jsonl.gz"
    outlets = Analysis.open(given.analysis) if given.analysis else analysed(sample, "loaded")
    events = match_events(outlets)
    triples(events, records(given.data / "outlets" / "topic_triples.jsonl.gz"))
    judged(events)
    cost(outlets)
    ranking(basil, gold)


if __name__ == "__main__":
    main()
