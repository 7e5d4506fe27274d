"""Measure against human annotation: ``python tests/benchmarks/validity.py DATA [--only PART]``.

DATA is a folder with public annotated sets as JSON Lines: attribution/dev and attribution/agreement (PolNeAR),
bias_sentences/dev and bias_sentences/raw_annotations (BABE), hedging/dev (CoNLL-2010 Wikipedia), basil/train (BASIL)
and ukraine_bias/train. Prints what reports/validity.toml and README.md say, with 95 % intervals from resampling
sentences, articles or events. What models of frames scored stands in their cards, which `framing train` writes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from measured import analysed, interval, line, records, say
from models import basil, bias_sentences, loaded_words, news_sentences, ukraine, uncertain_sentences

from framing.classify import evaluate_attribution

_FIGURES = ("source_exact", "cue_exact", "content_exact", "content_characters", "linked")


def attribution(data: Path) -> None:
    """PolNeAR dev: spans to the character, characters of contents, linked attributions; as the model's card has it."""
    found = evaluate_attribution(data)
    for figure in _FIGURES:
        score = found.scores[figure]
        scores = f"P {score.precision.value:.3f}  R {score.recall.value:.3f}  F1 {interval(score.f1)}"
        line(f"attribution, {figure.replace('_', ' ')}", found.articles, scores)
        if found.ceiling is not None:
            human = interval(found.ceiling.scores[figure].f1)
            line("  people among themselves", found.ceiling.articles, f"F1 {human}")


def hedges(data: Path) -> None:
    """CoNLL-2010 Wikipedia: sentences with a weasel cue hold an entry of the lists."""
    path = data / "hedging" / "dev.jsonl.gz"
    findings = analysed(path, "hedging").findings
    hedged = set(findings.loc[findings["layer"] == "hedge", "article_id"])
    annotated = [(record["id"] in hedged, record["label"] == "uncertain") for record in records(path)]
    say("hedges, an uncertain sentence holds one", [[a and b, a, b] for a, b in annotated])


PARTS: Mapping[str, Callable[[Path], None]] = {
    "attribution": attribution,
    "bias": bias_sentences,
    "words": loaded_words,
    "hedges": hedges,
    "uncertain": uncertain_sentences,
    "news": news_sentences,
    "basil": basil,
    "ukraine": ukraine,
}


def main() -> None:
    """Measure all parts, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", action="append", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    given = parser.parse_args()
    for part in given.only or PARTS:
        PARTS[part](given.data)


if __name__ == "__main__":
    main()
