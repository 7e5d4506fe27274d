"""Why a sentence scored as it did: what each of its words added, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.classify.sentences._model import POOLED, Scored, SentenceModel, parts_of
from framing.classify.sentences._units import Units
from framing.lexicon import Matches

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contributions:
    """Parts of the log-odds of units; `words` of a unit and its `rest` add up to its score.

    Attributes
    ----------
    words : ndarray of float64, shape (tokens,)
        What each token added: by itself, as part of a phrase or a lexicon entry, and by what it scored in its
        surroundings.
    rest : ndarray of float64, shape (units,)
        What belongs to no word: length, share of quotation, an embedding, and the score of an average sentence.
    """

    words: Floats
    rest: Floats


def contributions(model: SentenceModel, scored: Scored, units: Units, matches: Matches) -> Contributions:
    """Take the scores of units apart.

    The highest score of a unit's words is credited to that word, the log-odds that any word is one to all in proportion
    to their logarithm of not being one; sums and means to each word for its own part.
    """
    columns, unit = model.columns, units.unit
    mean, deviation = columns["pooled"]
    weight = columns["pooling"] / deviation
    words = model.shares(units, matches).astype(np.float64)
    is_word = units.batch.is_word
    bounded, probability, none = parts_of(scored.words, units)
    of_pool = dict(zip(POOLED, range(len(POOLED)), strict=True))
    size = units.words[unit]
    for name, part in (
        ("sum", probability),
        ("density", probability / np.sqrt(size)),
        ("mean", np.where(is_word, bounded - mean[of_pool["mean"]], 0.0) / size),
    ):
        words += weight[of_pool[name]] * part
    for name, share in (("highest", _first_highest(bounded, units)), ("any", _shares(none, units))):
        place = of_pool[name]
        value = weight[place] * (scored.pooled[:, place] - mean[place])
        words += share * value[unit]
    words *= columns["calibration"][0]
    return Contributions(words, scored.sentences - units.sum(words))


def _first_highest(bounded: Floats, units: Units) -> Floats:
    """Return 1 for the first word of each unit that has its highest score, else 0."""
    if not len(bounded):
        return np.zeros(0)
    highest = units.highest(bounded, 0.0)[units.unit]
    places = np.flatnonzero((bounded == highest) & units.batch.is_word)
    _, first = np.unique(units.unit[places], return_index=True)
    found = np.zeros(len(bounded))
    found[places[first]] = 1
    return found


def _shares(none: Floats, units: Units) -> Floats:
    total = units.sum(none)[units.unit]
    return np.divide(none, total, out=np.zeros_like(none), where=total > 0)
