"""Which articles repeat the words of another, and how many words: shingles over all texts.

A shingle is a run of `SHINGLE` words (Broder 1997). A *passage* is what shared shingles cover without a gap, and counts
if at least `PASSAGE` of its words stand outside of quotation marks: shorter ones are set phrases and the full names of
offices; and a statement that two reporters quote at length makes nobody's article a copy, while a quotation within a
copied paragraph is copied with it. A statement that is set off without quotation marks cannot be told.
Shingles that stand in more than `BOILERPLATE` articles of one outlet are that outlet's habit and no copy.

An article is a copy of the earlier one that shares most of its words, if that is `HALF` of them or more. Earlier is
what has the earlier date, then what stands first in the input; of one day an outlet that is a news agency comes first,
and articles without a date come last.

References
----------
Andrei Z. Broder, "On the resemblance and containment of documents", Compression and Complexity of SEQUENCES 1997.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.events._dates import NO_DATE
from framing.events._reading import Flags, Ints, Texts

Hashes = NDArray[np.uint64]

SHINGLE = 8
PASSAGE = 15
HALF = 0.5
BOILERPLATE = 5
_EARLIEST = 6
"""Articles of one shingle that a later one is set against."""
_LIKELY = 0.25
"""Share of an article's shingles that another has, from which on their words are compared."""
_AT_ONCE = 1 << 23
"""Shingles that are sorted at once."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Of each article; N articles.

    Attributes
    ----------
    of : ndarray of int, shape (N,)
        Place of the article that it repeats, or -1.
    share : ndarray of float, shape (N,)
        Of its words, in passages of that article.
    elsewhere : ndarray of float, shape (N,)
        Share of its words in passages of earlier articles of other outlets, or of an agency.
    """

    of: Ints
    share: NDArray[np.float64]
    elsewhere: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Shingles of one part that several articles have, one row an article and shingle, earliest first.

    Attributes
    ----------
    run : ndarray
        Number of the shingle.
    article : ndarray
    row : ndarray
        For each place of `place` its row.
    place : ndarray
        Where the shingles begin, in the words of all texts.
    """

    run: Ints
    article: Ints
    row: Ints
    place: Ints


def copies_of(texts: Texts) -> Copies:
    """Find copies.

    Parameters
    ----------
    texts : Texts
    """
    n_articles = len(texts.ids)
    rank = _ranks(texts)
    first = _first_of_its_text(texts, rank)
    once = first == np.arange(n_articles)
    hashes = _hashes(texts, once)
    marked = np.zeros(len(texts.word), dtype=np.bool_)
    usual = np.zeros(len(texts.word), dtype=np.bool_)
    pairs: list[tuple[Ints, Ints]] = []
    n_parts = 1 + len(hashes) // _AT_ONCE
    part_of = np.empty(len(hashes), dtype=np.uint16)
    for low in range(0, len(hashes), _AT_ONCE):
        part_of[low : low + _AT_ONCE] = (hashes[low : low + _AT_ONCE] >> np.uint64(32)) % np.uint64(n_parts)
    for part in range(n_parts):
        shared = _shared(texts, hashes, rank, usual, np.flatnonzero((hashes > 0) & (part_of == part)))
        marked[shared.place[_from_elsewhere(texts, rank, shared)[shared.row]]] = True
        pairs.append(_pairs(shared, n_articles))
    of, share = _closest(texts, hashes, usual, *(np.concatenate(part) for part in zip(*pairs, strict=True)))
    elsewhere = _covered(texts, marked) / np.maximum(texts.length, 1)
    again = np.flatnonzero(~once)
    of[again], share[again], elsewhere[again] = first[again], 1.0, elsewhere[first[again]]
    return Copies(of, share, elsewhere)


def _ranks(texts: Texts) -> Ints:
    """Return the place of each article in order of time."""
    day = np.where(texts.day == NO_DATE, np.iinfo(np.int64).max, texts.day)
    rank = np.empty(len(day), dtype=np.int64)
    rank[np.lexsort((np.arange(len(day)), ~texts.is_agency, day))] = np.arange(len(day))
    return rank


def _first_of_its_text(texts: Texts, rank: Ints) -> Ints:
    """Return, for each article, the earliest article of its outlet with the very same words."""
    known: dict[tuple[int, bytes], int] = {}
    first = np.arange(len(rank))
    for article in np.argsort(rank).tolist():
        words = texts.word[texts.start[article] : texts.start[article + 1]]
        if len(words):
            first[article] = known.setdefault((int(texts.outlet[article]), words.tobytes()), article)
    return first


def _hashes(texts: Texts, once: Flags) -> Hashes:
    """Return the hash of the shingle that begins at each word; 0 where none does."""
    code = np.arange(1, len(texts.words) + 1, dtype=np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
        code = (code ^ (code >> np.uint64(shift))) * np.uint64(factor)
    code ^= code >> np.uint64(31)
    size = len(texts.word)
    found = np.zeros(size, dtype=np.uint64)
    whole = max(0, size - SHINGLE + 1)
    for low in range(0, whole, _AT_ONCE):
        part = found[low : min(whole, low + _AT_ONCE)]
        for offset in range(low, low + SHINGLE):
            part *= np.uint64(0x9E3779B97F4A7C15)
            part += code[texts.word[offset : offset + len(part)]]
        part |= np.uint64(1)
    for offset in range(1, SHINGLE):
        ends = texts.start[1:] - offset
        found[ends[ends >= texts.start[:-1]]] = 0
    found[np.repeat(~once, texts.length)] = 0
    return found


def _shared(texts: Texts, hashes: Hashes, rank: Ints, usual: Flags, place: Ints) -> _Shared:
    """Return which shingles at some places several articles share, and mark in `usual` those that are a habit."""
    place = place[np.argsort(hashes[place], kind="stable")]
    new = np.ones(len(place), dtype=np.bool_)
    new[1:] = hashes[place[1:]] != hashes[place[:-1]]
    several = np.bincount(np.cumsum(new) - 1) > 1
    place = place[np.repeat(several, np.diff(np.flatnonzero(np.append(new, True))))]
    run = _numbered(hashes[place])
    article = np.searchsorted(texts.start, place, side="right") - 1
    order = np.lexsort((place, rank[article], run))
    place, run, article = place[order], run[order], article[order]
    distinct = _changes(run, article)
    row = np.cumsum(distinct) - 1
    found_run, found_article = run[distinct], article[distinct]
    habit = _habits(found_run, texts.outlet[found_article])
    usual[place[habit[row]]] = True
    kept = ~habit & (np.bincount(found_run)[found_run] > 1)
    inside = kept[row]
    return _Shared(found_run[kept], found_article[kept], (np.cumsum(kept) - 1)[row[inside]], place[inside])


def _numbered(values: Hashes) -> Ints:
    """Return the number of each of some sorted values, from 0."""
    return np.cumsum(_changes(values)) - 1


def _changes(*columns: NDArray[np.generic]) -> Flags:
    """Return where a row differs from the one before."""
    found = np.zeros(len(columns[0]), dtype=np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def _habits(run: Ints, outlet: Ints) -> Flags:
    """Return which rows are of shingles that too many articles of one outlet have."""
    order = np.lexsort((outlet, run))
    new = _changes(run[order], outlet[order])
    size = np.diff(np.flatnonzero(np.append(new, True)))
    most = np.zeros(int(run[-1]) + 1 if len(run) else 0, dtype=np.int64)
    np.maximum.at(most, run[order][new], size)
    found: Flags = (most > BOILERPLATE)[run]
    return found


def _from_elsewhere(texts: Texts, rank: Ints, shared: _Shared) -> Flags:
    """Return which rows an earlier article of another outlet has too, or any other article of an agency."""
    run, article = shared.run, shared.article
    begin = np.searchsorted(run, run)
    outlet = texts.outlet[article]
    foreign = outlet != outlet[begin]
    # the first of another outlet than the earliest has
    second = np.full(int(run[-1]) + 1 if len(run) else 0, np.iinfo(np.int64).max)
    np.minimum.at(second, run[foreign], rank[article[foreign]])
    agencys = texts.agencys[article]
    others = np.bincount(run, weights=agencys, minlength=len(second))[run] - agencys
    found: Flags = (foreign | (second[run] < rank[article]) | (others > 0)) & ~texts.is_agency[article]
    return found


def _pairs(shared: _Shared, n_articles: int) -> tuple[Ints, Ints]:
    """Return pairs of a later and an earlier article as one number each, and how many shingles they share."""
    run, article = shared.run, shared.article
    begin = np.searchsorted(run, run)
    at = np.arange(len(run)) - begin
    keys = []
    for step in range(_EARLIEST):
        later = at > step
        keys.append(article[later] * n_articles + article[begin[later] + step])
    return np.unique(np.concatenate(keys), return_counts=True)


def _closest(texts: Texts, hashes: Hashes, usual: Flags, keys: Ints, counts: Ints) -> tuple[Ints, NDArray[np.float64]]:
    """Return the article that each repeats most of, and how much."""
    n_articles = len(texts.ids)
    of, share = np.full(n_articles, -1, dtype=np.int64), np.zeros(n_articles)
    pairs, where = np.unique(keys, return_inverse=True)
    number = np.bincount(where, weights=counts, minlength=len(pairs))
    later, earlier = pairs // max(n_articles, 1), pairs % max(n_articles, 1)
    likely = number >= _LIKELY * (texts.length[later] - SHINGLE + 1)
    for one, other in zip(later[likely].tolist(), earlier[likely].tolist(), strict=True):
        here = slice(texts.start[one], texts.start[one + 1])
        there = hashes[texts.start[other] : texts.start[other + 1]]
        same = (hashes[here] > 0) & ~usual[here] & np.isin(hashes[here], there)
        found = _passages(same, texts.quoted[here]).mean()
        if found >= HALF and found > share[one]:
            of[one], share[one] = other, found
    return of, share


def _covered(texts: Texts, marked: Flags) -> NDArray[np.float64]:
    """Return how many words of each article stand in passages."""
    found = np.zeros(len(texts.ids))
    held = np.concatenate([[0], np.cumsum(marked)])[texts.start]
    for article in np.flatnonzero(np.diff(held)).tolist():
        here = slice(texts.start[article], texts.start[article + 1])
        found[article] = _passages(marked[here], texts.quoted[here]).sum()
    return found


def _passages(marked: Flags, quoted: Flags) -> Flags:
    """Return which words of an article stand in passages, from where shared shingles begin."""
    change = np.zeros(len(marked) + SHINGLE, dtype=np.int64)
    change[:-SHINGLE] += marked
    change[SHINGLE:] -= marked
    inside = np.cumsum(change)[: len(marked)] > 0
    passage = np.cumsum(_changes(inside)) - 1
    own = np.bincount(passage, weights=inside & ~quoted)
    found: Flags = inside & (own >= PASSAGE)[passage]
    return found
