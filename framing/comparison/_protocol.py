"""What a comparison needs to be given, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class WordCountsLike(Protocol):
    """Words of every article, as compressed rows in the order of the articles table.

    `counts` has the columns own, quoted, reported; `indptr` one place more than there are articles.
    """

    @property
    def vocabulary(self) -> Sequence[str]:
        """Lower-cased words."""

    @property
    def indptr(self) -> NDArray[np.int64]:
        """Where each article's words begin."""

    @property
    def word(self) -> NDArray[np.int32]:
        """Places in the vocabulary."""

    @property
    def counts(self) -> NDArray[np.uint16]:
        """Occurrences by voice, shape (len(word), 3)."""


class AnalysisLike(Protocol):
    """The four tables, the manifest, words and texts: `framing.analysis.Analysis`, or anything with the same names."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article."""

    @property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence."""

    @property
    def findings(self) -> pd.DataFrame:
        """One row a marked place."""

    @property
    def attributions(self) -> pd.DataFrame:
        """One row an attribution."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What the tables were made from."""

    @property
    def words(self) -> WordCountsLike:
        """Words by article and voice."""

    def text(self, article_id: str) -> str:
        """Return an article's text; KeyError where it was not kept."""


class EventsLike(Protocol):
    """Stories that articles are on: `framing.events.Events`, or anything with the same names."""

    @property
    def articles(self) -> pd.DataFrame:
        """Event, similarity, copy_of, copied and agency of each article, in the order of the articles table."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Title of the most central article of each event."""

    @property
    def words_copied(self) -> NDArray[np.int64]:
        """Words of each article that an earlier one of another outlet, or of an agency, has too."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Thresholds."""


class EntryLike(Protocol):
    """The part of a lexicon entry that a comparison shows."""

    @property
    def topic(self) -> str:
        """What the entry is about, or empty."""

    @property
    def referent(self) -> str:
        """What it names, or empty."""

    @property
    def source(self) -> str:
        """Key of sources.bib."""


# name of a lexicon -> its entries by id
Lookup = Callable[[str], Mapping[str, EntryLike]]


def installed_entries(name: str) -> Mapping[str, EntryLike]:
    """Return the entries of a lexicon that ships with framing; none of one that was a user's file."""
    from framing.lexicon import load, names  # only here: tests need no lexicon

    return load(name).entries if name in names() else {}
