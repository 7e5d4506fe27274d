"""What a measure is: it reads a batch and marks places, or scores articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Matcher, Matches
from framing.measures.attribution import Attribution, Voices
from framing.text import Batch

Tokens = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reading:
    """A batch with everything that was worked out before the measures run.

    Attributes
    ----------
    batch : Batch
    titles : Batch
        The articles' titles, one for each article, empty where it has none.
    matches, title_matches : Matches
        Entries found in the texts and in the titles.
    attributions : sequence of Attribution
    refusals : sequence of Attribution
        Sources that said nothing: cues of the category ``declining``; they have no content.
    voices : Voices
    furniture : ndarray of bool, shape (tokens,)
        Tokens that are not the article's.
    people : Matcher
        Of titles and, where sides are wanted, actors; a measure gives it the tokens to look at.
    """

    batch: Batch
    titles: Batch
    matches: Matches
    title_matches: Matches
    attributions: Sequence[Attribution]
    refusals: Sequence[Attribution]
    voices: Voices
    furniture: NDArray[np.bool_]
    people: Matcher


@dataclass(frozen=True, slots=True)
class Marks:
    """Marked places of one layer, as columns; all of length n.

    Attributes
    ----------
    layer : str
    first, last : ndarray of int64
        The first token and the one behind the last.
    lexicon, entry, category : list of str
        What was found there; a rule's name stands in for an entry.
    source, side : list of str, optional
        Who is meant, where the measure knows better than the voice does.
    score : ndarray of float, optional
    """

    layer: str
    first: Tokens
    last: Tokens
    lexicon: list[str]
    entry: list[str]
    category: list[str]
    source: list[str] | None = None
    side: list[str] | None = None
    score: NDArray[np.float64] | None = None


class Measure:
    """Base of all measures; a plugin derives from it and registers under the entry point ``framing.measures``.

    Attributes
    ----------
    name : str
        As `--only` knows it.
    layers : tuple of str
        Layers of the findings it makes, one count for each and voice in the table of articles.
    lexicons : tuple of str
        Shipped lexicons it looks for.
    columns : tuple of str
        Further columns of the table of articles.
    sentence_columns : tuple of str
        Columns of the table of sentences.
    """

    name: ClassVar[str] = ""
    layers: ClassVar[tuple[str, ...]] = ()
    lexicons: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[tuple[str, ...]] = ()
    sentence_columns: ClassVar[tuple[str, ...]] = ()

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the places that this measure marks in a batch."""
        return ()

    def weigh(self, reading: Reading, marks: Sequence[Marks]) -> Sequence[Marks]:
        """Return the marks of all measures of a batch, some of them with scores."""
        return marks

    def score(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return a value for each article of the batch and each of `columns`."""
        return {}

    def score_sentences(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return a value for each sentence of the batch and each of `sentence_columns`."""
        return {}


def marks_of_layer(reading: Reading, layer: str) -> Marks:
    """Return the lexicon matches of a layer as marks."""
    matches = reading.matches.of(layer)
    entries = [matches.entries[number] for number in matches.entry.tolist()]
    return Marks(
        layer,
        matches.first,
        matches.last,
        [entry.lexicon for entry in entries],
        [entry.id for entry in entries],
        [entry.category for entry in entries],
    )


def count_by_title(reading: Reading, layer: str) -> list[int]:
    """Return how often a layer's entries stand in the title of each article."""
    matches = reading.title_matches.of(layer)
    articles = reading.titles.article[matches.first]
    return [int(count) for count in np.bincount(articles, minlength=len(reading.batch.articles))]
