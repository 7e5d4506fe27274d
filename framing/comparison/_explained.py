"""Why sentences scored as they did: their articles read again, and each score taken apart into its words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from framing.analysis import BatchReader, Setting
from framing.comparison._protocol import AnalysisLike
from framing.corpus import Article
from framing.errors import FramingError
from framing.lexicon import names

DECISION = 0.5
_CLOSE = 2e-3  # scores stand in the tables with four digits
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: where it stands in the article's text, and what it added to the log-odds."""

    start: int
    end: int
    text: str
    added: float


@dataclass(frozen=True, slots=True)
class Explained:
    """The log-odds of a sentence, as a sum over its words.

    Attributes
    ----------
    words : tuple of Word
        Every token of the sentence, in order.
    rest : float
        What belongs to no word: length, share of quotation, the score of an average sentence.
    """

    words: tuple[Word, ...]
    rest: float

    @property
    def odds(self) -> float:
        """The log-odds: `rest` and what each word added."""
        return math.fsum([self.rest, *(word.added for word in self.words)])

    @property
    def score(self) -> float:
        """The score in [0, 1] that the log-odds are those of."""
        return 1 / (1 + math.exp(-self.odds))


def explain(
    analysis: AnalysisLike,
    scores: Mapping[tuple[str, int], float],
    *,
    measure: str = "bias",
    sides: Sequence[str] | None = None,
    lexicons: Sequence[str] | None = None,
    models: Sequence[str] = (),
) -> dict[tuple[str, int], Explained]:
    """Take the scores of sentences apart.

    Parameters
    ----------
    analysis : AnalysisLike
        Texts, and the options that they were analysed with.
    scores : mapping of (str, int) to float
        By article and sentence, the score in the table.
    measure : str
        `bias` or `uncertain`.
    sides, lexicons : sequence of str, optional
        Those of the analysis; its manifest has only the names of files.
    models : sequence of str
        Paths of the user's own models.

    Returns
    -------
    dict of (str, int) to Explained
        Without sentences whose text was not kept, and without those that do not come to the score of the table: their
        model or lexicons are not here any more.
    """
    texts: dict[str, str] = {}
    for article in sorted({article for article, _ in scores}):
        try:
            texts[article] = analysis.text(article)
        except KeyError:
            continue
    if not texts:
        return {}
    try:
        reader = _reader(measure, *_options(analysis.manifest, sides, lexicons), tuple(map(str, models)))
    except FramingError:
        return {}
    found: dict[tuple[str, int], Explained] = {}
    ids = list(texts)
    for begin in range(0, len(ids), _AT_ONCE):
        part = [Article(article, texts[article]) for article in ids[begin : begin + _AT_ONCE]]
        found |= _of_batch(reader, part, measure, scores)
    return found


def _options(
    manifest: Mapping[str, Any], sides: Sequence[str] | None, lexicons: Sequence[str] | None
) -> tuple[tuple[str, ...] | None, tuple[str, ...], tuple[str, ...]]:
    """Return what an analysis was made with: measures, lexicons, sides."""
    options: Mapping[str, Any] = manifest.get("options") or {}
    only = options.get("only")
    shipped = frozenset(names())
    given = [
        tuple(map(str, chosen))
        if chosen is not None
        else tuple(name for name in options.get(key) or () if name in shipped)
        for chosen, key in ((lexicons, "lexicon"), (sides, "sides"))
    ]
    return None if only is None else tuple(only), given[0], given[1]


@lru_cache(maxsize=2)
def _reader(
    measure: str,
    only: tuple[str, ...] | None,
    lexicons: tuple[str, ...],
    sides: tuple[str, ...],
    models: tuple[str, ...],
) -> BatchReader:
    sides = tuple(f"actors-{name}" if f"actors-{name}" in names() else name for name in sides)
    measures = None if only is None else (*only, *({measure} - set(only)))
    return BatchReader(Setting(measures=measures, lexicons=lexicons, sides=sides, models=models))


def _of_batch(
    reader: BatchReader, articles: Sequence[Article], measure: str, scores: Mapping[tuple[str, int], float]
) -> dict[tuple[str, int], Explained]:
    model: Any = next(one for one in reader.measures if one.name == measure)
    reading = reader.read(articles)
    parts, batch = model.explain(reading), reading.batch
    found = {}
    for number, article in enumerate(articles):
        offset, first = int(batch.offset[number]), int(batch.first_sentence[number])
        for (wanted, local), score in scores.items():
            sentence = first + local
            if wanted != article.id or not 0 <= sentence < len(batch.first):
                continue
            tokens = range(int(batch.first[sentence]), int(batch.last[sentence]))
            words = tuple(
                Word(start, end, article.text[start:end], float(parts.words[token]))
                for token in tokens
                for start, end in [(int(batch.start[token]) - offset, int(batch.end[token]) - offset)]
            )
            one = Explained(words, float(parts.rest[sentence]))
            if abs(one.score - score) < _CLOSE:
                found[wanted, local] = one
    return found
