"""Measure who speaks against a reader: ``python tests/benchmarks/speakers.py DATA``.

DATA is a folder with attribution/dev (PolNeAR) as JSON Lines. The resolver gets the annotators' sources and cues, so
that it is measured and not the finder; tests/measures/attribution/speakers.tsv says who each source is and how that is
counted.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from framing import lexicon
from framing.corpus import Article
from framing.measures.attribution import Attribution
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._speakers import SpeakerRules, places_of_sources
from framing.text import Batch, Vocabulary, read

_GOLD = Path(__file__).parents[1] / "measures" / "attribution" / "speakers.tsv"


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).lower()
    words = [word for word in plain.encode("ascii", "ignore").decode().split() if word != "the"]
    return " ".join(words)


def _attributions(batch: Batch, records: list[dict[str, Any]]) -> Iterable[Attribution]:
    for number, record in enumerate(records):
        offset = int(batch.offset[number])
        for gold in record["attributions"]:
            parts = {
                role: [(start + offset, end + offset) for start, end in gold[role]]
                for role in ("source", "cue", "content")
            }
            yield Attribution(number, **parts)


def resolve(records: list[dict[str, Any]], *people: str) -> dict[tuple[str, int, int], Attribution]:
    """Resolve the annotated sources of articles; each is found by article id and its first and last character."""
    batch = read([Article(record["id"], record["text"]) for record in records], Vocabulary())
    clauses = Clauses(batch)
    found = sorted(_attributions(batch, records), key=lambda one: one.place)
    matcher = lexicon.Matcher([lexicon.load(name) for name in ("titles", *people)])
    named = matcher.find(batch, where=places_of_sources(clauses, found))
    SpeakerRules(clauses, named.of("actor"), named.of("title")).resolve(found)
    places = {}
    for one in found:
        if one.source:
            offset = int(batch.offset[one.article])
            key = (records[one.article]["id"], one.source[0][0] - offset, one.source[-1][1] - offset)
            places[key] = one
    return places


def main(data: Path) -> None:
    """Print the accuracy of the display name, overall and by kind of source, and the rows that are wrong."""
    with gzip.open(data / "attribution" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        resolved = resolve([json.loads(line) for line in lines])
    with _GOLD.open(encoding="utf-8") as lines:
        gold = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    right = defaultdict(list)
    for row in gold:
        name = resolved[row["article_id"], int(row["start"]), int(row["end"])].speaker
        accepted = {_folded(other) for other in [row["speaker"], *row["alternatives"].split("|")] if other}
        for kind in ("all", row["kind"]):
            right[kind].append(_folded(name) in accepted)
        if _folded(name) not in accepted:
            sys.stdout.write(f"wrong\t{row['article_id']}\t{row['start']}\t{row['kind']}\t{row['speaker']}\t{name}\n")
    for kind, marks in right.items():
        sys.stdout.write(f"{kind:14} n={len(marks):4}  accuracy {sum(marks) / len(marks):.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
