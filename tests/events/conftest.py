"""Analyses made by hand: only the tables and texts that events are found from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

WORDS = [f"{first}{second}{third}" for first in "bdfglm" for second in "aeiou" for third in ("rn", "st", "lk", "mp")]
COMMON = "the of and to in that was for with as by at from his she they".split()


@dataclass(frozen=True)
class Made:
    """The tables and texts of an analysis."""

    articles: pd.DataFrame
    findings: pd.DataFrame
    texts: Mapping[str, str]

    def text(self, article_id: str) -> str:
        """Return the text, if there is one."""
        return self.texts[article_id]


def prose(seed: int, length: int = 120, about: Sequence[str] = ()) -> str:
    """Return words drawn by a seed, no two alike, with every fourth one from `about`."""
    rng = np.random.default_rng(seed)
    made = [f"{rng.choice(WORDS)}{rng.choice(WORDS)}" for _ in range(length)]
    for place in range(0, length, 2):
        made[place] = str(rng.choice(COMMON))
    if about:
        made[1::4] = [str(about[number % len(about)]) for number in range(len(made[1::4]))]
    return " ".join(made) + "."


def make(rows: Sequence[Mapping[str, Any]], furniture: Sequence[tuple[str, int, int]] = ()) -> Made:
    """Make an analysis of articles; what is not given is empty, and an article without a text has none."""
    filled = [
        {"id": f"a{number}", "outlet": "Herald", "date": "", "title": "", **row} for number, row in enumerate(rows)
    ]
    texts = {row["id"]: row["text"] for row in filled if "text" in row}
    columns = ["id", "outlet", "date", "title"]
    extra = sorted({name for row in filled for name in row} - {*columns, "text"})
    articles = pd.DataFrame([{name: row.get(name, "") for name in [*columns, *extra]} for row in filled])
    if not filled:
        articles = pd.DataFrame({name: pd.Series([], dtype=object) for name in columns})
    findings = pd.DataFrame(
        [{"article_id": one, "layer": "furniture", "start": start, "end": end} for one, start, end in furniture],
        columns=["article_id", "layer", "start", "end"],
    )
    return Made(articles, findings, texts)


@pytest.fixture(scope="session")
def analysed() -> Callable[..., Made]:
    """Give the function that makes an analysis."""
    return make


@pytest.fixture(scope="session")
def written() -> Callable[..., str]:
    """Give the function that makes prose."""
    return prose
