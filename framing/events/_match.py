"""Find events and copies in an analysis."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from framing.errors import OptionError
from framing.events._cluster import clusters, cosines
from framing.events._copies import BOILERPLATE, HALF, PASSAGE, SHINGLE, Copies, copies_of
from framing.events._dates import NO_DATE
from framing.events._events import Events
from framing.events._neighbours import neighbours
from framing.events._reading import AnalysisLike, Ints, Texts, read_texts, words_of
from framing.events._similarity import LEAD, PER_DAY, WHOLE_SHARE, Floats, Matrix, Window, vectors

DAYS, MIN_SIMILARITY, UNDATED = 3.0, 0.24, 0.13


def match_events(
    analysis: AnalysisLike,
    *,
    days: float = DAYS,
    min_similarity: float = MIN_SIMILARITY,
    column: str = "outlet",
) -> Events:
    """Find articles on one event, and articles that repeat each other's words.

    Parameters
    ----------
    analysis : Analysis
        Only its articles, the page furniture in its findings and its texts are read; an article without a text is
        known by its title.
    days : float, optional
        How many days apart two articles may be and still be alike; an event whose days are all covered may go on for
        longer. An article without a date that can be read may be on an event of any time, but must be more alike.
    min_similarity : float, optional
        How alike the articles of one event must be on average, from 0 to 1: cosine of TF-IDF vectors, two fifths
        of title and lead, three fifths of the whole text, a twentieth less for each day between them.
    column : str, optional
        The column of `analysis.articles` that an event must have two values of.

    Returns
    -------
    Events

    Raises
    ------
    OptionError
        If an option has a value that is not allowed, or there is no such column.

    Notes
    -----
    Candidates are pairs within the time window whose cosine is high enough, at most fifty for each article; within each
    connected component of them, agglomerative clustering with average linkage makes the events, of 1,500 articles at
    most: a larger component is cut at its weakest links first (`framing.events._cluster`). What is a copy is
    explained at `framing.events._copies`. The thresholds were chosen on pairs of American news that were read, and on
    BASIL; tests/benchmarks/events.py measures them.
    """
    _check(days, min_similarity)
    window = Window(float(days), float(min_similarity), UNDATED)
    texts = read_texts(analysis, column)
    kept, place = _distinct(texts)
    rows, day = vectors(texts, kept), texts.day[kept]
    found = _with_repeats(clusters(rows, day, neighbours(rows, day, window), window), place)
    event = _of_several(found[place], texts.groups)
    names = _named(event, texts.day)
    nearest, titles = _central(rows, [texts.titles[one] for one in kept], [names[one] for one in kept], place)
    similarity = np.where(event >= 0, nearest[place], 0)
    copies = copies_of(texts)
    articles = pd.DataFrame(
        {
            "article_id": np.array(texts.ids, dtype=object),
            "event": np.array(names, dtype=object),
            "similarity": similarity,
            "copy_of": np.array([texts.ids[place] if place >= 0 else "" for place in copies.of.tolist()], dtype=object),
            "copied": copies.share,
            "agency": np.array(texts.agency, dtype=object),
        }
    )
    counted = np.rint(copies.elsewhere * words_of(analysis.articles, texts)).astype(np.int64)
    return Events(articles, titles, counted, _settings(texts, window, column, names, copies))


def _check(days: float, min_similarity: float) -> None:
    if not (_is_number(days) and days >= 0):
        msg = f"days: {days!r}; allowed: a number, 0 or more"
        raise OptionError(msg)
    if not (_is_number(min_similarity) and 0 < min_similarity <= 1):
        msg = f"min_similarity: {min_similarity!r}; allowed: a number above 0, 1 at most"
        raise OptionError(msg)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and math.isfinite(value)


def _distinct(texts: Texts) -> tuple[Ints, Ints]:
    """Return the first articles of each day and text, and for each article the place of its text among them."""
    known: dict[tuple[int, bytes, bytes], int] = {}
    kept: list[int] = []
    place: list[int] = []
    for article, day in enumerate(texts.day.tolist()):
        body = texts.word[texts.start[article] : texts.start[article + 1]].tobytes()
        title = texts.title_word[texts.title_start[article] : texts.title_start[article + 1]].tobytes()
        # no article is like another for want of words
        key = (day, body, b"" if body else title or str(article).encode())
        if key not in known:
            known[key] = len(kept)
            kept.append(article)
        place.append(known[key])
    return np.array(kept, dtype=np.int64), np.array(place, dtype=np.int64)


def _with_repeats(event: Ints, place: Ints) -> Ints:
    """Make a text that nothing else is like, but that stands there several times, an event of its own."""
    alone = (event < 0) & (np.bincount(place, minlength=len(event)) > 1)
    return np.where(alone, event.max(initial=-1) + np.cumsum(alone), event)


def _of_several(event: Ints, groups: Ints) -> Ints:
    """Leave out events of a single group."""
    placed = event >= 0
    pairs = np.unique(np.stack([event[placed], groups[placed]], axis=1), axis=0)
    n_groups = np.bincount(pairs[:, 0], minlength=int(event.max(initial=-1)) + 1)
    found: Ints = np.where(placed, event, 0)
    return np.where(placed & (np.append(n_groups, 0)[found] > 1), event, -1)


def _named(event: Ints, day: Ints) -> list[str]:
    """Return the name of each article's event; events are numbered by first date, then by first article."""
    last = np.iinfo(np.int64).max
    first: dict[int, tuple[int, int]] = {}
    for place, (one, when) in enumerate(zip(event.tolist(), np.where(day == NO_DATE, last, day).tolist(), strict=True)):
        if one >= 0:
            earliest, begin = first.get(one, (last, place))
            first[one] = (min(earliest, when), begin)
    order = sorted(first, key=first.__getitem__)
    width = max(4, len(str(len(order))))
    names = {one: f"e{number:0{width}d}" for number, one in enumerate(order, 1)}
    return [names.get(one, "") for one in event.tolist()]


def _central(rows: Matrix, titles: list[str], names: list[str], place: Ints) -> tuple[Floats, dict[str, str]]:
    """Return the cosine of each text to the nearest of its event, and the title nearest to all others."""
    repeated = np.bincount(place, minlength=len(names)) > 1
    nearest = np.where(repeated, np.asarray(rows.multiply(rows).sum(axis=1), dtype=np.float64).ravel(), 0.0)
    members: dict[str, list[int]] = {}
    for one, name in enumerate(names):
        if name:
            members.setdefault(name, []).append(one)
    chosen: dict[str, str] = {}
    for name in sorted(members):
        some = np.array(members[name], dtype=np.int64)
        alike = cosines(rows, some)
        nearest[some] = np.maximum(nearest[some], alike.max(axis=1))
        by_centre = some[np.argsort(-alike.sum(axis=1), kind="stable")].tolist()
        chosen[name] = next((titles[one] for one in by_centre if titles[one].strip()), "")
    return nearest, chosen


def _settings(texts: Texts, window: Window, column: str, names: list[str], copies: Copies) -> dict[str, Any]:
    """Return what a manifest should hold."""
    return {
        "days": window.days,
        "min_similarity": window.similarity,
        "min_similarity_undated": round(window.similarity + window.undated, 6),
        "column": column,
        "vectors": f"TF-IDF, {1 - WHOLE_SHARE:g} title and first {LEAD} words, {WHOLE_SHARE:g} whole text",
        "similarity_per_day": PER_DAY,
        "clustering": "agglomerative, average linkage",
        "shingle_words": SHINGLE,
        "passage_words": PASSAGE,
        "copy_share": HALF,
        "boilerplate_articles": BOILERPLATE,
        "events": len(set(names) - {""}),
        "articles_in_events": sum(name != "" for name in names),
        "articles_without_date": int((texts.day == NO_DATE).sum()),
        "copies": int((copies.of >= 0).sum()),
        "agency_articles": sum(name != "" for name in texts.agency),
    }
