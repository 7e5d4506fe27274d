"""Which words tell the groups apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from framing.comparison._frame import PER, VOICES, Floats, Ints, table
from framing.comparison._protocol import WordCountsLike
from framing.comparison._setting import Setting
from framing.comparison._strata import Bools
from framing.stats import adjusted, log_odds

WORDS_SHOWN = 40
LEAST_ARTICLES = 3
LEAST_COUNT = 5

_PARTS = re.compile(r"\w+")


def keyness_table(setting: Setting, words: WordCountsLike, corpus: WordCountsLike | None = None) -> pd.DataFrame:
    """Rank the words of each group by log-odds with an informative Dirichlet prior.

    Against all others together or the reference, and then, if one is given, against a reference corpus. At most forty
    words a group: those in at least three of its articles and five times or more. Numbers and the group's own name are
    left out, function words are not: which of them a writer prefers can tell a lot. q takes words as drawn one by one,
    which they are not; it belongs to the ranking.
    """
    if not len(words.vocabulary) or not setting.n_groups:
        return table("keyness")
    counts, articles = _by_group(setting, words)
    usable = _usable([str(word) for word in words.vocabulary], setting.groups)
    telling = _Telling(
        setting, words, counts, articles, usable & (articles >= LEAST_ARTICLES) & (counts >= LEAST_COUNT)
    )
    blocks = []
    if setting.n_groups > 1:
        blocks.append(_against_others(telling))
    if corpus is not None and len(corpus.vocabulary):
        blocks.append(_against_corpus(telling, corpus))
    return pd.concat(blocks, ignore_index=True) if blocks else table("keyness")


@dataclass(frozen=True, slots=True)
class _Telling:
    """Words of G groups that may be shown: arrays of shape (G, V)."""

    setting: Setting
    words: WordCountsLike
    counts: Floats
    articles: Ints
    usable: Bools


def _against_others(telling: _Telling) -> pd.DataFrame:
    """Set each group against all others together, or against the reference."""
    counts, reference = telling.counts, telling.setting.reference
    if reference is None:
        found = log_odds(counts)
        rest = counts.sum(axis=0) - counts
        return _ranked(telling, "others", found.delta, found.z, rest, rest.sum(axis=1))
    rest = np.repeat(counts[[reference]], len(counts), axis=0)
    delta, z = _each_against(counts, rest)
    delta[reference] = z[reference] = np.nan
    return _ranked(telling, "others", delta, z, rest, rest.sum(axis=1))


def _against_corpus(telling: _Telling, corpus: WordCountsLike) -> pd.DataFrame:
    """Set each group against a reference corpus; words that only the corpus has count in its length."""
    counts, n_words = telling.counts, len(telling.words.vocabulary)
    place = {str(word): number for number, word in enumerate(telling.words.vocabulary)}
    other = _of_corpus(corpus, telling.setting.voice)
    column = np.array([place.get(str(word), n_words) for word in corpus.vocabulary], dtype=np.int64)
    added = np.bincount(column, weights=other, minlength=n_words + 1).astype(np.float64)
    rest = np.repeat(added[np.newaxis], len(counts), axis=0)
    delta, z = _each_against(np.hstack([counts, np.zeros((len(counts), 1))]), rest)
    return _ranked(telling, "corpus", delta[:, :n_words], z[:, :n_words], rest[:, :n_words], rest.sum(axis=1))


def _of_corpus(corpus: WordCountsLike, voice: str) -> Floats:
    """Count the words of a corpus in one voice; in all together if its voices were never told apart."""
    counts = np.asarray(corpus.counts)
    if counts.ndim > 1:
        place = VOICES.index(voice)
        apart = counts.shape[1] == len(VOICES) - 1 and bool(counts[:, 1:].any())
        counts = counts[:, place] if apart and place < len(VOICES) - 1 else counts.sum(axis=1)
    return np.bincount(corpus.word, weights=counts, minlength=len(corpus.vocabulary)).astype(np.float64)


def _each_against(counts: Floats, rest: Floats) -> tuple[Floats, Floats]:
    """Return log-odds and z of each row against the same row of `rest`."""
    found = [log_odds(np.stack(pair)) for pair in zip(counts, rest, strict=True)]
    return np.stack([one.delta[0] for one in found]), np.stack([one.z[0] for one in found])


def _ranked(
    telling: _Telling, against: str, delta: Floats, z: Floats, rest: Floats, rest_words: Floats
) -> pd.DataFrame:
    """Return the most telling words of each group; q is corrected over all groups."""
    setting, counts = telling.setting, telling.counts
    tested = telling.usable & ~np.isnan(z)
    q = adjusted(np.where(tested, 2 * ndtr(-np.abs(z)), np.nan))
    parts = [_columns_of(g, tested[g], z[g]) for g in range(setting.n_groups)]
    group, word = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    columns = {
        "voice": np.full(word.size, setting.voice, dtype=object),
        "against": np.full(word.size, against, dtype=object),
        "group": np.array(setting.groups, dtype=object)[group],
        "word": np.array(telling.words.vocabulary, dtype=object)[word],
        "count": counts[group, word],
        "count_others": rest[group, word],
        "rate": PER * counts[group, word] / counts.sum(axis=1)[group],
        "rate_others": PER * rest[group, word] / rest_words[group],
        "log_odds": delta[group, word],
        "z": z[group, word],
        "q": q[group, word],
        "n_articles": telling.articles[group, word],
    }
    return table("keyness", columns)


def _by_group(setting: Setting, words: WordCountsLike) -> tuple[Floats, Ints]:
    """Count occurrences and articles of every word in every group, both of shape (G, V)."""
    n_words, shape = len(words.vocabulary), (setting.n_groups, len(words.vocabulary))
    group_of = np.full(len(words.indptr) - 1, -1, dtype=np.int64)
    group_of[setting.kept] = setting.group
    group = np.repeat(group_of, np.diff(words.indptr))
    place = VOICES.index(setting.voice)
    counts = words.counts.sum(axis=1) if place == 3 else words.counts[:, place]
    inside = (group >= 0) & (counts > 0)
    cell = group[inside] * n_words + words.word[inside]
    size = shape[0] * shape[1]
    occurrences = np.bincount(cell, weights=counts[inside], minlength=size).reshape(shape).astype(np.float64)
    return occurrences, np.bincount(cell, minlength=size).reshape(shape).astype(np.int64)


def _usable(vocabulary: list[str], groups: list[str]) -> Bools:
    """Tell which words may be shown for which group, shape (G, V)."""
    lettered = np.array([any(c.isalpha() for c in word) and not any(c.isdigit() for c in word) for word in vocabulary])
    usable = np.repeat(lettered[np.newaxis], len(groups), axis=0)
    place = {word: number for number, word in enumerate(vocabulary)}
    for number, group in enumerate(groups):
        parts = _PARTS.findall(group.lower())
        for name in {*parts, "".join(parts), "-".join(parts)}:
            for form in (name, f"{name}'s", f"{name}’s"):
                if form in place:
                    usable[number, place[form]] = False
    return usable


def _columns_of(group: int, tested: Bools, z: Floats) -> tuple[Ints, Ints]:
    words = np.flatnonzero(tested & (z > 0))
    best = words[np.argsort(-z[words], kind="stable")][:WORDS_SHOWN]
    return np.full(best.size, group, dtype=np.int64), best.astype(np.int64)
