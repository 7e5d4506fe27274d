"""The columns of every table, and helpers that keep their types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

VOICES = ("own", "quoted", "reported", "all")
PER = 1000.0

_INTEGERS = {
    "n_articles", "n_duplicates", "n_words", "n_words_own", "n_words_quoted", "n_words_reported", "n_sentences",
    "n_attributions", "n_speakers", "count", "count_others", "total", "articles_with", "words", "attributions",
    "attributed_words", "speakers", "direct", "articles", "declined", "unverified", "rank", "sentence", "n_events",
    "n_groups", "counted", "count_reference",
}  # fmt: skip
_TEXTS = {
    "group", "warning", "layer", "category", "voice", "lexicon", "entry", "form", "topic", "referent", "unit", "side",
    "stance", "measure", "word", "formula", "id", "outlet", "date", "title", "article_id", "source", "before", "text",
    "after", "source_work", "speaker", "role", "sides", "kind", "name", "heard", "accused", "accused_declined",
    "accused_unheard", "model", "frame", "trained_on", "line", "first", "second", "event", "first_date", "last_date",
    "copy_of", "agency", "period", "other", "against", "kept_without_article", "kept_without_term",
}  # fmt: skip
_OFFSETS = {"start", "end"}  # whole numbers, but in `segments`
_PLACES = {"part"}  # tenths of an article in `positions`, elsewhere what adds up to a difference
_INTERVAL = ("value", "low", "high")
_DIFFERENCE = ("difference", "difference_low", "difference_high")
_TESTED = (*_INTERVAL, *_DIFFERENCE, "p", "q")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "groups": (
        "group", "n_articles", "n_duplicates", "n_words", "n_words_own", "n_words_quoted", "n_words_reported",
        "n_sentences", "n_attributions", "n_speakers", "speakers_per_article", "speakers_per_article_low",
        "speakers_per_article_high", "share_own", "share_own_low", "share_own_high", "share_quoted", "share_quoted_low",
        "share_quoted_high", "share_reported", "share_reported_low", "share_reported_high", "warning", "first",
        "second",
    ),
    "rates": (
        "layer", "category", "voice", "group", "count", "n_articles", "n_words", *_INTERVAL, "ratio", "ratio_low",
        "ratio_high", *_DIFFERENCE, "p", "q", "articles_with", "shrunk", "shrunk_low", "shrunk_high",
    ),
    "terms": ("layer", "lexicon", "entry", "form", "category", "voice", "group", "count", "n_articles", "value"),
    "naming": ("topic", "referent", "entry", "form", "category", "voice", "group", "count", "total", *_TESTED),
    "balance": ("unit", "side", "group", "count", "total", *_TESTED),
    "roles": ("unit", "role", "group", "count", "total", *_TESTED),
    "evenness": ("unit", "measure", "sides", "group", "n_articles", "total", *_INTERVAL),
    "speakers": (
        "group", "speaker", "side", "role", "attributions", "words", "direct", "articles", "share", "low", "high",
    ),
    "replies": ("measure", "side", "group", "count", "total", *_TESTED),
    "positions": ("part", "voice", "group", "count", "total", *_INTERVAL),
    "stance": ("side", "stance", "group", "count", "total", *_TESTED),
    "sourcing": ("measure", "group", "count", "total", *_TESTED),
    "keyness": (
        "voice", "against", "group", "word", "count", "count_others", "rate", "rate_others", "log_odds", "z", "q",
        "n_articles",
    ),
    "concordance": ("voice", "group", "word", "article_id", "start", "end", "before", "text", "after"),
    "readability": ("formula", "group", "n_articles", *_TESTED),
    "headlines": ("layer", "group", "n_articles", "words", "count", *_TESTED, "body"),
    "articles": (
        "id", "group", "outlet", "date", "title", "words", "attributions", "attributed_words", "speakers",
        "anonymous_share", "declined", "unverified", "evenness", "difference", "heard", "accused", "accused_declined",
        "accused_unheard",
    ),
    "article_balance": (
        "id", "group", "kind", "name", "attributions", "share_attributions", "words", "share_words", "direct",
        "share_direct", "first_third", "share_first_third",
    ),
    "evidence": (
        "layer", "group", "article_id", "lexicon", "entry", "category", "voice", "source", "side", "before", "text",
        "after", "source_work", "form", "start", "end",
    ),
    "segments": ("article_id", "start", "end", "voice", "side", "speaker", "stance"),
    "sentences": ("measure", "voice", "group", "n_articles", "count", "total", *_TESTED),
    "biased_sentences": (
        "group", "rank", "article_id", "sentence", "start", "end", "score", "log_odds", "rest", "text",
    ),
    "biased_words": ("article_id", "sentence", "start", "end", "word", "added"),
    "frames": ("model", "frame", "group", "count", "total", *_TESTED),
    "models": ("model", "trained_on", "line", "score", "ceiling", "n"),
    "distances": (
        "model", "group", "n_articles", "n_words", "unknown", "usual_unknown", "mix", "usual_mix", "score", "limit",
        "warning",
    ),
    "events": ("event", "title", "first_date", "last_date", "n_articles", "n_groups", "n_words"),
    "event_articles": ("event", "article_id", "group", "similarity", "counted", "copy_of", "copied", "agency"),
    "copies": ("measure", "group", "n_articles", "count", "total", *_INTERVAL),
    "matched": (
        "layer", "category", "voice", "group", "n_events", "n_articles", "n_words", "count", *_INTERVAL, "expected",
        "ratio", "ratio_low", "ratio_high", *_DIFFERENCE, "p", "q",
    ),
    "event_rates": (
        "event", "layer", "voice", "group", "n_articles", "n_words", "count", "value", "expected", "difference", "part",
    ),
    "checks": (
        "layer", "category", "voice", "group", "ratio", "ratio_low", "ratio_high", "q", "dispersion", "nb_ratio",
        "nb_low", "nb_high", "nb_p", "article_id", "title", "ratio_without_article", "low_without_article",
        "high_without_article", "kept_without_article", "entry", "form", "term_share", "ratio_without_term",
        "low_without_term", "high_without_term", "kept_without_term",
    ),
    "shifts": (
        "layer", "voice", "group", "other", "lexicon", "entry", "form", "category", "count", "count_others", "rate",
        "rate_others", "part",
    ),
    "trends": (
        "period", "layer", "voice", "group", "n_articles", "n_words", "count", *_INTERVAL, "smooth", "smooth_low",
        "smooth_high",
    ),
}  # fmt: skip


def table(name: str, columns: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Return a table with exactly the columns and types of its kind; without `columns`, an empty one."""
    given = columns if columns is not None else dict.fromkeys(COLUMNS[name], ())
    whole = _INTEGERS | (_OFFSETS if name != "segments" else set()) | (_PLACES if name == "positions" else set())
    return pd.DataFrame({column: _typed(column, given[column], whole) for column in COLUMNS[name]})


def _typed(column: str, values: Any, whole: Set[str]) -> pd.Series[Any]:
    if column in _TEXTS:
        return pd.Series(np.asarray(values, dtype=object)).astype(str)
    kind = np.int64 if column in whole else np.float64
    return pd.Series(
        np.rint(np.asarray(values, dtype=np.float64)).astype(kind) if kind is np.int64 else np.asarray(values),
        dtype=kind,
    )


def long(labels: pd.DataFrame, groups: Sequence[str], **arrays: NDArray[Any]) -> dict[str, Any]:
    """Unfold arrays of shape (G, K) to K x G rows; `labels` has one row for each of the K measures."""
    n_groups = len(groups)
    columns: dict[str, Any] = {str(name): np.repeat(labels[name].to_numpy(), n_groups) for name in labels.columns}
    columns["group"] = np.tile(np.asarray(groups, dtype=object), len(labels))
    columns.update({name: values.T.ravel() for name, values in arrays.items()})
    return columns


def text_of(frame: pd.DataFrame, column: str) -> pd.Series[Any]:
    """Return a column as text; empty where it is missing."""
    if column not in frame.columns:
        return pd.Series("", index=frame.index, dtype=object)
    values = frame[column]
    return values.astype(object).where(values.notna(), "").astype(str)


def number_of(frame: pd.DataFrame, column: str, missing: float = 0.0) -> Floats:
    """Return a column as float; `missing` where a cell is empty or the column is not there."""
    if column not in frame.columns:
        return np.full(len(frame), missing)
    values = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isnan(values), missing, values)
