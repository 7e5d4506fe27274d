"""Texts that repeat each other, in whole or in good part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from framing.classify.texts._units import read_units

_RUN = 5  # words
_SHARE = 0.5  # of the runs of the shorter text
_COMMON = 50  # texts; a run that more have is a turn of phrase, or a page's


def near_duplicates(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return for each text the first that it repeats, itself where there is none; shape (texts,).

    Two texts repeat each other if the shorter shares half of its runs of five words with the other, or, where it is
    shorter than that, if their words are the same.
    """
    rows, runs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    numbers: dict[str, int] = {}
    done = 0
    for units in read_units(texts):
        tokens = units.words
        folded = units.batch.vocabulary.folded
        column = np.array([numbers.setdefault(word, len(numbers) + 1) for word in folded], dtype=np.int64)
        words, owner = column[units.batch.type[tokens]], units.owner[tokens]
        for unit in range(units.count):
            found = np.unique(_runs(words[owner == unit]))
            rows.append(np.full(len(found), done + unit))
            runs.append(found)
        done += units.count
    return _joined(np.concatenate(rows), np.concatenate(runs), len(texts))


def _runs(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each run of words; for a shorter text one for all of it."""
    size = max(min(_RUN, len(words)), 1)
    total = np.zeros(max(len(words) - size + 1, 0), dtype=np.int64)
    with np.errstate(over="ignore"):
        for place in range(size):
            total = total * np.int64(1_000_003) + words[place : place + len(total)]
    return total


def _joined(rows: NDArray[np.int64], runs: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    kinds, column, held = np.unique(runs, return_inverse=True, return_counts=True)
    has = sparse.csr_matrix((np.ones(len(rows)), (rows, column)), shape=(n, len(kinds)))
    size = np.asarray(has.sum(axis=1)).ravel()
    shared = has[:, (held > 1) & (held <= _COMMON)]
    pairs = sparse.coo_matrix(shared @ shared.T)
    alike = pairs.data >= _SHARE * np.minimum(size[pairs.row], size[pairs.col])
    graph = sparse.csr_matrix((np.ones(alike.sum()), (pairs.row[alike], pairs.col[alike])), shape=(n, n))
    part = connected_components(graph, directed=False)[1]
    first = np.full(part.max(initial=-1) + 1, n)
    np.minimum.at(first, part, np.arange(n))
    return np.asarray(first[part], dtype=np.int64)
