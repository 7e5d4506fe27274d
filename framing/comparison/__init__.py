"""Groups of articles compared on every measure: tables of estimates, one row an estimate."""

from __future__ import annotations

from framing.comparison._compare import compare
from framing.comparison._groups import chosen_columns
from framing.comparison._model import Comparison
from framing.comparison._protocol import AnalysisLike, EntryLike, EventsLike, Lookup, WordCountsLike
from framing.comparison._shifts import word_shift
from framing.comparison._strongest import Headline, NotFound, not_found, strongest
from framing.comparison._write import FORMATS, write_tables

__all__ = [
    "FORMATS",
    "AnalysisLike",
    "Comparison",
    "EntryLike",
    "EventsLike",
    "Headline",
    "Lookup",
    "NotFound",
    "WordCountsLike",
    "chosen_columns",
    "compare",
    "not_found",
    "strongest",
    "word_shift",
    "write_tables",
]
