"""Which words tell the groups apart."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from scipy.special import ndtr

from framing.comparison._frame import PER, VOICES, Floats, Ints, table
from framing.comparison._protocol import WordCountsLike
from framing.comparison._setting import Setting
from framing.stats import adjusted, log_odds

WORDS_SHOWN = 40
LEAST_ARTICLES = 3
LEAST_COUNT = 5

_PARTS = re.compile(r"\w+")


def keyness_table(setting: Setting, words: WordCountsLike) -> pd.DataFrame:
    """Rank the words of each group against all others by log-odds with an informative Dirichlet prior.

    At most forty words a group: those in at least three of its articles and five times or more. Numbers and the
    group's own name are left out, function words are not: which of them a writer prefers can tell a lot. q takes
    words as drawn one by one, which they are not; it belongs to the ranking.
    """
    if setting.n_groups < 2 or not len(words.vocabulary):
        return table("keyness")
    counts, articles = _by_group(setting, words)
    _, _, z = found = log_odds(counts)
    usable = _usable([str(word) for word in words.vocabulary], setting.groups)
    tested = usable & (articles >= LEAST_ARTICLES) & (counts >= LEAST_COUNT) & ~np.isnan(z)
    q = adjusted(np.where(tested, 2 * ndtr(-np.abs(z)), np.nan))
    total = counts.sum(axis=1, keepdims=True)
    pooled = counts.sum(axis=0)
    parts = [_columns_of(g, tested[g], z[g]) for g in range(setting.n_groups)]
    group, word = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    others = pooled[word] - counts[group, word]
    rest_words = total.sum() - total[group, 0]
    columns = {
        "voice": np.full(word.size, setting.voice, dtype=object),
        "against": np.full(word.size, "others", dtype=object),
        "group": np.array(setting.groups, dtype=object)[group],
        "word": np.array(words.vocabulary, dtype=object)[word],
        "count": counts[group, word],
        "count_others": others,
        "rate": PER * counts[group, word] / total[group, 0],
        "rate_others": PER * others / rest_words,
        "log_odds": found.delta[group, word],
        "z": z[group, word],
        "q": q[group, word],
        "n_articles": articles[group, word],
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


def _usable(vocabulary: list[str], groups: list[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
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


def _columns_of(group: int, tested: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], z: Floats) -> tuple[Ints, Ints]:
    words = np.flatnonzero(tested & (z > 0))
    best = words[np.argsort(-z[words], kind="stable")][:WORDS_SHOWN]
    return np.full(best.size, group, dtype=np.int64), best.astype(np.int64)
