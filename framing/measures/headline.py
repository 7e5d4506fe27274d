"""The headline against the body: what the title says in loaded terms, hedges and boosters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from framing.measures._base import Measure, Reading, count_by_title

_LAYERS = ("loaded", "hedge", "booster")


class Headline(Measure):
    """Counts the words and the marked words of titles; empty where an article has no title."""

    name = "headline"
    columns = ("headline_words", *(f"headline_{layer}" for layer in _LAYERS))

    def score(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return the counts for each article."""
        titles = reading.titles
        titled = [bool(article.title.strip()) for article in reading.batch.articles]
        words = np.bincount(titles.article, weights=titles.is_word, minlength=len(titled)).astype(np.int64).tolist()
        counts = {"headline_words": words, **{f"headline_{layer}": count_by_title(reading, layer) for layer in _LAYERS}}
        return {
            name: [value if has else None for value, has in zip(values, titled, strict=True)]
            for name, values in counts.items()
        }
