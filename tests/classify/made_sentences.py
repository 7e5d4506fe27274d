"""Made-up annotated sentences: those with a planted word are biased, and annotators marked it."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

PLAIN = (
    "the mayor met people in town and a report was read to them on a cold day by her office near old river bridge "
    "while children walked home past empty shops after rain"
).split()
PLANTED = ("glorbish", "snarvy", "drubbled", "quimsy")
# what a model has to make something of
ODD = (
    "", "…", "“”", "- - -", "quimsy", "the", "Xyzzy qwrtplk blorft", "“The drubbled mayor met", "The mayor met. " * 40,
    "It was 12,000 people’s day; the mayor’s snarvy office (quimsy) said: “No!”", "🙂 quimsy 🙂", "QUIMSY!", "\n\n",
    "don't", "The ferry left.\n\nThe quimsy mayor “met” them.",
)  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A sentence, its article, and the word that was planted in it, if any."""

    text: str
    article: str
    planted: str = ""

    @property
    def marked(self) -> list[tuple[int, int, float]]:
        """The place of the planted word, marked by all."""
        if not self.planted:
            return []
        start = self.text.lower().index(self.planted)
        return [(start, start + len(self.planted), 1.0)]


def made(n: int = 60, seed: int = 3) -> list[Sentence]:
    """Return n sentences, two an article, every other with a planted word."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(n):
        words, planted = list(map(str, rng.choice(PLAIN, 9))), ""
        if number % 2:
            planted = str(rng.choice(PLANTED))
            words.insert(int(rng.integers(0, 10)), planted)
        text = " ".join(words)
        found.append(Sentence(text[0].upper() + text[1:] + ".", f"u{number // 2}", planted))
    return found


def write(path: Path, sentences: Sequence[Sentence], **columns: Sequence[Any]) -> Path:
    """Write sentences as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text", "label", "url", "biased_words", *columns])
        for number, (one, *cells) in enumerate(zip(sentences, *columns.values(), strict=True)):
            label = "biased" if one.planted else "fair"
            rows.writerow([f"s{number}", one.text, label, one.article, one.planted, *cells])
    return path


def write_votes(path: Path, sentences: Sequence[Sentence], annotators: int = 3) -> Path:
    """Write what single annotators said; the last one calls nothing biased."""
    lines = [
        {"id": f"s{number}", "annotator": f"a{who}", "label": "biased" if said else "fair",
         "biased_words": [one.planted] if said else []}
        for number, one in enumerate(sentences) for who in range(annotators)
        for said in [bool(one.planted) and who < annotators - 1]
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
