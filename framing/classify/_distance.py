"""How far texts are from what a model was trained on: words it never saw, and another mix of words.

Both are compared with what held-out parts of the training data show, cut to the size of the texts in question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framing.classify._profile import (
    BLOCKS,
    FEWEST_BLOCKS,
    FEWEST_MIXED,
    Profile,
    clusters_of,
    divergence,
    jackknifed,
    lettered,
    mix_score,
    profile,
    unknown_score,
    width,
)
from framing.errors import OptionError

__all__ = ["Counts", "Distance", "Profile", "Row", "distance", "distances", "profile", "warning"]

_ROWS = 20  # texts from which the mix of words is judged: with fewer, one story makes it
_STORY = 250  # words: the words of one text go together, so a long one tells no more than that many from many texts
_LIMIT = 3.0  # standard deviations
_ENTRIES = 1 << 22  # of the word counts that are in memory at once


class Counts(Protocol):
    """What `Analysis.words` gives: counts of words by text, as compressed sparse rows."""

    @property
    def vocabulary(self) -> Sequence[str]:
        """The words, folded."""

    @property
    def indptr(self) -> NDArray[np.int64]:
        """Where each text's entries begin, shape (texts + 1,)."""

    @property
    def word(self) -> NDArray[Any]:
        """The number of each entry's word, shape (entries,)."""

    @property
    def counts(self) -> NDArray[Any]:
        """How often it stands there, shape (entries, voices)."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far texts are from a model's training data.

    Attributes
    ----------
    texts, words : int
        How many were looked at; numbers in digits are no words here.
    unknown : float
        Share of the words that never occur in the training data.
    mix : float
        Jensen-Shannon distance between the word clusters of both, from 0 to 1: what is left of it by the jackknife
        where there are five texts or more; of fewer it is mostly chance.
    usual_unknown, usual_mix : float
        The mean of held-out parts of the training data, of the same number of words; NaN where there are none.
    highest_unknown, highest_mix : float
        The highest of such a part.
    unknown_score, mix_score : float
        Standard deviations of such parts above their mean, for the share of unknown words and for the divergence;
        NaN where it is not judged: the mix of words of less than 20 texts or 2,000 words is not.
    score : float
        The mean of the two, or the first where the second is not judged.
    limit : float
        The score from which texts are far: 3, or that of the farthest held-out part if it is higher.
    judged : bool
        Whether there are words enough, 250, and parts to compare with.
    far : bool
        Whether the texts are judged and their score is beyond the limit.
    """

    texts: int
    words: int
    unknown: float
    mix: float
    usual_unknown: float
    usual_mix: float
    highest_unknown: float
    highest_mix: float
    unknown_score: float
    mix_score: float
    score: float
    limit: float
    judged: bool
    far: bool


class Row(NamedTuple):
    """The distance of a group of texts from a model's training data; the group None is all of them."""

    model: str
    group: str | None
    distance: Distance


def distance(profile: Profile, vocabulary: Sequence[str], counts: ArrayLike) -> Distance:
    """Say how far texts are from a model's training data.

    Parameters
    ----------
    profile : Profile
    vocabulary : sequence of str
        Folded words without a possessive 's, as in `Analysis.words`.
    counts : array, shape (texts, len(vocabulary)), or (len(vocabulary),) for one text

    Returns
    -------
    Distance

    Raises
    ------
    OptionError
        If counts and vocabulary do not go together.
    """
    table = np.atleast_2d(np.asarray(counts))
    if table.ndim != 2 or table.shape[1] != len(vocabulary):
        msg = f"counts of shape {np.shape(counts)} for {len(vocabulary)} words; allowed is (texts, {len(vocabulary)})"
        raise OptionError(msg)
    row, word = np.nonzero(table)
    one = _Sparse(vocabulary, np.searchsorted(row, np.arange(len(table) + 1)), word, table[row, word][:, None])
    return distances(one, {"": profile})[0].distance


class _Sparse(NamedTuple):
    vocabulary: Sequence[str]
    indptr: NDArray[np.int64]
    word: NDArray[np.int64]
    counts: NDArray[Any]


def distances(words: Counts, profiles: Mapping[str, Profile], groups: Sequence[str] | None = None) -> list[Row]:
    """Say how far a corpus, and each group of its texts, is from the training data of several models.

    Parameters
    ----------
    words : Counts
        `Analysis.words`; all voices count.
    profiles : mapping of str to Profile
        By model.
    groups : sequence of str, shape (texts,), optional
        The group of each text: its outlet.

    Returns
    -------
    list of Row
        For each model the corpus, then each group in the order in which it first stands there.

    Raises
    ------
    OptionError
        If there is not one group for each text.
    """
    texts = len(words.indptr) - 1
    if groups is not None and len(groups) != texts:
        msg = f"{len(groups)} groups for {texts} texts; allowed is one for each text"
        raise OptionError(msg)
    numbers: dict[str, int] = {}
    named = [""] * texts if groups is None else groups
    group = np.array([numbers.setdefault(name, len(numbers)) for name in named], dtype=np.int64)
    counted = _count(words, list(profiles.values()), group, len(numbers))
    labels = [] if groups is None else list(numbers)
    rows = []
    for place, (model, trained) in enumerate(profiles.items()):
        every = _judge(trained, counted.blocks.sum(axis=0), counted.unknown[place].sum(), int(counted.texts.sum()))
        rows.append(Row(model, None, every))
        for label in labels:
            at = numbers[label]
            found = _judge(trained, counted.blocks[at], counted.unknown[place, at], int(counted.texts[at]))
            rows.append(Row(model, label, found))
    return rows


class _Counted(NamedTuple):
    """By group: words in each block and cluster, unknown words of each model, texts with a word."""

    blocks: NDArray[np.float64]
    unknown: NDArray[np.float64]
    texts: NDArray[np.int64]


def _count(words: Counts, profiles: Sequence[Profile], group: NDArray[np.int64], groups: int) -> _Counted:
    vocabulary, indptr, wide = words.vocabulary, np.asarray(words.indptr), width()
    spelled = np.array(list(map(lettered, vocabulary)), dtype=np.bool_)
    cluster = clusters_of(vocabulary)
    # one column for each model: whether it never saw the word
    foreign = np.array([[word not in one.known for word in vocabulary] for one in profiles], dtype=np.bool_)
    block = _running(group) % BLOCKS
    blocks = np.zeros(groups * BLOCKS * wide)
    unknown = np.zeros((len(profiles), groups))
    texts = np.zeros(groups, dtype=np.int64)
    spoken = np.zeros(len(group), dtype=np.bool_)
    for begin in range(0, int(indptr[-1]), _ENTRIES):
        part = slice(begin, begin + _ENTRIES)
        word = np.asarray(words.word[part])
        row = np.searchsorted(indptr, np.arange(begin, begin + len(word)), side="right") - 1
        count = np.where(spelled[word], np.asarray(words.counts[part]).sum(axis=1), 0).astype(np.float64)
        cells = (group[row] * BLOCKS + block[row]) * wide + cluster[word]
        blocks += np.bincount(cells, weights=count, minlength=len(blocks))
        for place, one in enumerate(foreign):
            unknown[place] += np.bincount(group[row], weights=count * one[word], minlength=groups)
        spoken[row[count > 0]] = True
    texts += np.bincount(group[spoken], minlength=groups)
    return _Counted(blocks.reshape(groups, BLOCKS, wide), unknown, texts)


def _running(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many texts of its group stand in front of each."""
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], group[order])
    running = np.empty_like(group)
    running[order] = np.arange(len(group)) - first
    return running


def _judge(profile: Profile, blocks: NDArray[np.float64], unknown: float, texts: int) -> Distance:
    words = int(blocks.sum())
    share = float(unknown) / words if words else float("nan")
    blocks = blocks[blocks.any(axis=1)]
    apart = float("nan")
    if words and profile.clusters.any():
        total = blocks.sum(axis=0)[None]
        apart = jackknifed(blocks, profile.clusters) if len(blocks) >= FEWEST_BLOCKS else _plain(total, profile)
    usual, mixed, farthest = (
        _at(profile, table, min(words, _STORY * texts)) for table in (profile.unknown, profile.mix, profile.farthest)
    )
    judged = bool(len(profile.sizes) and words >= profile.sizes[0])
    by_mix = judged and texts >= _ROWS and words >= FEWEST_MIXED and not np.isnan(mixed[0])
    of_unknown = float(unknown_score(share, usual)) if judged else float("nan")
    of_mix = float(mix_score(apart, mixed)) if by_mix else float("nan")
    score = (of_unknown + of_mix) / 2 if by_mix else of_unknown
    limit = max(_LIMIT, farthest[1 if by_mix else 0])
    return Distance(
        texts, words, share, _root(apart), usual[0], _root(mixed[0]), usual[2], _root(mixed[2]),
        of_unknown, of_mix, score, limit, judged, judged and score > limit,
    )  # fmt: skip


def _plain(total: NDArray[np.float64], profile: Profile) -> float:
    return float(divergence(total, profile.clusters)[0])


def _root(value: float) -> float:
    return float(np.sqrt(max(0.0, value))) if not np.isnan(value) else value


def _at(profile: Profile, table: NDArray[np.float64], words: int) -> list[float]:
    """Return each column at a number of words: between two sizes by its logarithm, beyond the last as there."""
    found = []
    for column in table.T:
        known = ~np.isnan(column)
        log = np.log(profile.sizes[known])
        found.append(float(np.interp(np.log(max(1, words)), log, column[known])) if known.any() else float("nan"))
    return found


def warning(model: str, found: Distance, *, trained_on: str = "", group: str | None = None) -> str:
    """Say in one or two plain sentences that texts are far from a model's training data; empty if they are not.

    Parameters
    ----------
    model : str
        Its name.
    found : Distance
    trained_on : str
        What it was trained on, for the sentence: ``sentences of US news, 2017 to 2020``.
    group : str, optional
        The outlet, if the distance is that of one.

    Returns
    -------
    str
        One line.
    """
    if not found.far:
        return ""
    texts = "These texts are" if group is None else f"The texts of {group} are"
    data = f" ({trained_on})" if trained_on else ""
    if not found.mix_score > found.unknown_score:
        why = (
            f"{found.unknown:.1%} of their words never occur there, against {found.usual_unknown:.1%} in a part of "
            "those data that was held out"
        )
    else:
        why = (
            f"their mix of words is {found.mix:.2f} away from it, that of a part of those data that was held out "
            f"{found.usual_mix:.2f} (0 is the same mix, 1 nothing in common)"
        )
    return (
        f"{texts} far from what the model {model} was trained on{data}: {why}. How well it does on such texts was not "
        "measured; do not rest a conclusion on its scores."
    )
