"""How sure an attribution is: the probability that an annotator marks the same one."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError
from framing.measures.attribution._model import Attribution, pieces
from framing.measures.attribution.finder import Labelled, Transitions
from framing.text import Batch

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Tokens = NDArray[np.int64]
# beyond these log odds (a probability of .999) surer is not better
_MOST = np.float32(7.0)
_PARTS = ("cue", "source", "content")
_RULES = ("cue-first", "cue-last", "cue-inside", "nominal", "according-to", "no-source", "no-cue", "label", "passive")
FEATURES = (
    *(f"{part} {what}" for part in _PARTS for what in ("least", "mean", "length", "pieces")),
    "quoted", "to source", "to content", "known cue", *_RULES,
)  # fmt: skip
_RULE = {name: number for number, name in enumerate(_RULES)}


def log_odds(labelled: Labelled, tokens: Tokens, paragraph: NDArray[np.int32], transitions: Transitions) -> Singles:
    """Return how probable the labels of some tokens are, given those of their neighbours, as log odds within `_MOST`.

    Parameters
    ----------
    labelled : Labelled
    tokens : ndarray of int64, shape (n,)
    paragraph : ndarray of int32, shape (tokens,)
        The sequence that each token stands in.
    transitions : Transitions

    Returns
    -------
    ndarray of float32, shape (n,)
    """
    labels, end = labelled.labels, len(labelled.labels) - 1
    here, before, behind = paragraph[tokens], np.maximum(tokens - 1, 0), np.minimum(tokens + 1, end)
    n = labelled.scores.shape[1]
    # one row behind the labels is for the ends of a paragraph
    into = np.concatenate([transitions.step, transitions.first[None]])
    onto = np.concatenate([transitions.step.T, transitions.last[None]])
    opens = (tokens == 0) | (paragraph[before] != here)
    closes = (tokens == end) | (paragraph[behind] != here)
    scores = labelled.scores.take(tokens, axis=0)
    scores += into.take(np.where(opens, n, labels[before]), axis=0)
    scores += onto.take(np.where(closes, n, labels[behind]), axis=0)
    row, given = np.arange(len(tokens)), labels[tokens]
    scores -= scores[row, given][:, None]
    scores[row, given] = -np.inf
    np.minimum(scores, 2 * _MOST, out=scores)
    others = np.exp(scores, out=scores) @ np.ones(n, dtype=np.float32)
    return np.asarray(-np.log(np.clip(others, np.exp(-_MOST), np.exp(_MOST))), dtype=np.float32)


class _Pieces:
    """The pieces of one part of some attributions, as tokens, and whose each is."""

    def __init__(self, found: Sequence[Attribution], part: str, batch: Batch) -> None:
        given: list[list[tuple[int, int]]] = list(map(attrgetter(part), found))
        flat = pieces(given)
        self.many = np.fromiter(map(len, given), dtype=np.int64, count=len(given))
        self.owner = np.repeat(np.arange(len(given)), self.many)
        self.first = np.searchsorted(batch.end, flat[:, 0], side="right")
        self.behind = np.maximum(np.searchsorted(batch.start, flat[:, 1]), self.first + 1)
        # the first piece of each that has one
        self._opens = np.flatnonzero(np.diff(self.owner, prepend=-1))
        self.there = self.many > 0

    @property
    def ends(self) -> Tokens:
        """First and last token and the one behind, shape (3, pieces); the last again where the text ends."""
        last = self.behind - 1
        return np.stack([self.first, last, self.behind])

    def least(self, values: Singles) -> Floats:
        """Return the least value of each attribution, 0 where it has no such part."""
        found = np.zeros(len(self.many))
        if len(values):
            found[self.there] = np.minimum.reduceat(values, self._opens)
        return found

    def total(self, values: NDArray[np.generic]) -> Floats:
        """Return the sum of values over the pieces of each attribution."""
        return np.bincount(self.owner, weights=values, minlength=len(self.many)).astype(np.float64)

    def opening(self, values: NDArray[np.generic], none: float = 0.0) -> Floats:
        """Return the value of each attribution's first piece."""
        found = np.full(len(self.many), none)
        found[self.there] = values[self._opens]
        return found


def features(found: Sequence[Attribution], batch: Batch, labelled: Labelled, transitions: Transitions) -> Floats:
    """Return what the confidence is worked out from, shape (attributions, len(FEATURES)).

    Parameters
    ----------
    found : sequence of Attribution
    batch : Batch
    labelled : Labelled
    transitions : Transitions
        Of the second pass.
    """
    table = np.zeros((len(found), len(FEATURES)))
    if not found:
        return table
    parts = [_Pieces(found, part, batch) for part in _PARTS]
    ends = np.concatenate([part.ends for part in parts], axis=1)
    most = len(batch) - 1
    ends = np.minimum(ends, most)
    # many ends are one token: the last of a source and the one in front of its cue
    wanted = np.zeros(len(batch), dtype=np.bool_)
    wanted[ends] = True
    tokens = np.flatnonzero(wanted)
    sure = np.zeros(len(batch), dtype=np.float32)
    sure[tokens] = log_odds(labelled, tokens, batch.paragraph, transitions)
    sure = sure[ends]
    low = 0
    for number, part in enumerate(parts):
        here = sure[:, low : low + len(part.first)]
        low += len(part.first)
        many = np.maximum(part.many, 1)
        table[:, 4 * number] = part.least(np.minimum(np.minimum(here[0], here[1]), here[2]))
        table[:, 4 * number + 1] = part.total(here[0] + here[1] + here[2]) / (3 * many)
        table[:, 4 * number + 2] = np.log1p(part.total(part.behind - part.first))
        table[:, 4 * number + 3] = np.minimum(part.many, 3)
    cue, source, content = parts
    column = 4 * len(parts)
    table[:, column] = content.opening(batch.quotation[np.minimum(content.first, most)] >= 0)
    place_of_cue = cue.opening(cue.first)
    for number, part in enumerate((source, content), column + 1):
        apart = np.log1p(np.abs(part.opening(part.first) - place_of_cue))
        table[:, number] = np.where(part.there & cue.there, apart, 0.0)
    table[:, column + 3] = [bool(one.entry) for one in found]
    rule = np.array([_RULE.get(one.rule, -1) for one in found])
    known = np.flatnonzero(rule >= 0)
    table[known, column + 4 + rule[known]] = 1.0
    return table


def confidence(
    found: Sequence[Attribution], batch: Batch, labelled: Labelled, transitions: Transitions, coefficients: Floats
) -> Floats:
    """Return the probability that an annotator marked the same attribution.

    A logistic regression of how sure the model is of the ends of source, cue and content, of their lengths and of how
    they stand to each other, fitted to articles that the model had not seen.

    Parameters
    ----------
    found : sequence of Attribution
        Offsets count in the batch's text.
    batch : Batch
    labelled : Labelled
        What `found` was made of.
    transitions : Transitions
        Of the second pass.
    coefficients : ndarray of float64, shape (len(FEATURES) + 1,) or (1,)
        The constant last; a constant alone says the same of all.

    Returns
    -------
    ndarray of float64, shape (attributions,)
        In [0, 1], in the order of `found`.

    Raises
    ------
    InputError
        If there are not as many coefficients as features.
    """
    if len(coefficients) not in (1, len(FEATURES) + 1):
        msg = f"the model has {len(coefficients)} coefficients of confidence; allowed are 1 and {len(FEATURES) + 1}"
        raise InputError(msg)
    if len(coefficients) == 1:
        return probability(np.zeros((len(found), 0)), coefficients)
    return probability(features(found, batch, labelled, transitions), coefficients)


def probability(columns: Floats, coefficients: Floats) -> Floats:
    """Return the probabilities of a logistic regression, shape (rows,).

    Parameters
    ----------
    columns : ndarray of float64, shape (rows, n)
    coefficients : ndarray of float64, shape (n + 1,)
        The constant last.
    """
    odds = columns @ coefficients[:-1] + coefficients[-1]
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))
