"""Plain sentences that the finder passed over: `A, X said.` and `X said that A`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._mend import NOBODY
from framing.measures.attribution._model import Attribution
from framing.text import Batch

_LONGEST_SOURCE = 12


def plain(clauses: Clauses, cues: Matches, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions of sentences in which nothing was found, where their form leaves no doubt.

    Parameters
    ----------
    clauses : Clauses
    cues : Matches
        Of the layer ``cue``.
    found : sequence of Attribution
    """
    batch = clauses.batch
    sentence = batch.sentence[cues.first]
    open_ = _says_of(cues) & ~_taken(batch, found)[sentence] & (batch.quotation[cues.first] < 0)
    more: list[Attribution] = []
    last = -1
    for number in np.flatnonzero(open_).tolist():
        here = int(sentence[number])
        one = _read(clauses, cues, number, here) if here != last else None
        if one is not None:
            more.append(one)
            last = here
    return more


def _taken(batch: Batch, found: Sequence[Attribution]) -> NDArray[np.bool_]:
    """Tell for each sentence whether something was found in it."""
    spans = np.array([span for one in found for span in (*one.content, *one.cue)], dtype=np.int64).reshape(-1, 2)
    low = batch.sentence[np.searchsorted(batch.end, spans[:, 0], side="right")]
    high = batch.sentence[np.searchsorted(batch.end, spans[:, 1] - 1, side="right")]
    begins = np.bincount(low, minlength=len(batch.first) + 1)
    ends = np.bincount(high + 1, minlength=len(batch.first) + 1)
    return np.cumsum(begins[: len(batch.first) + 1] - ends[: len(batch.first) + 1])[:-1] > 0


def _says_of(cues: Matches) -> NDArray[np.bool_]:
    """Tell for each cue whether its verb introduces what is said."""
    used, number = np.unique(cues.entry, return_inverse=True)
    says = np.array([_says(cues.entries[entry]) for entry in used.tolist()], dtype=np.bool_)
    return says[number.ravel()]


def _says(entry: Entry) -> bool:
    return entry.layer == "cue" and entry["part"] == "verb" and "quote" in entry["content"].split("|")


def _read(clauses: Clauses, cues: Matches, number: int, sentence: int) -> Attribution | None:
    first, last = int(cues.first[number]), int(cues.last[number])
    low, high = clauses.first[sentence], clauses.last[sentence]
    group = clauses.verb_group(first, low)
    if clauses.word(group - 1) == "to" or clauses.flags[first] & g.PARTICIPLE:
        return None
    source = clauses.noun_phrase_before(group, low)
    if source is None or source[1] - source[0] > _LONGEST_SOURCE or clauses.word(source[0]) in NOBODY:
        return None
    end = high
    while end > last and clauses.flags[end - 1] & g.STOP:
        end -= 1
    before = source[0] - 1
    if last == end and before > low + 1 and clauses.flags[before] & g.COMMA:
        content, rule = (low, before), "cue-last"
    elif last < end - 2 and clauses.flags[last] & g.THAT and source[0] == low:
        content, rule = (last, end), "cue-first"
    else:
        return None
    entry = cues.entries[int(cues.entry[number])]
    article = int(clauses.batch.article[first])
    named, cue, said = (clauses.span(*part) for part in (source, (group, last), content))
    return Attribution(article, [named], [cue], [said], entry.category, rule, entry.lexicon, entry.id)
