"""Plain sentences that the finder passed over: `A, X said.` and `X said that A`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._mend import NOBODY
from framing.measures.attribution._model import Attribution, pieces
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
    by_sentence, by_token = _taken(batch, found)
    free = _says_of(cues) & ~by_token[cues.first] & (batch.quotation[cues.first] < 0)
    untouched = ~by_sentence[sentence]
    more: list[Attribution] = []
    last = -1
    for number in np.flatnonzero(free).tolist():
        here = int(sentence[number])
        one = _read(clauses, cues, number, here, whole=not untouched[number]) if here != last else None
        if one is not None:
            more.append(one)
            last = here
    return more


def _taken(batch: Batch, found: Sequence[Attribution]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell for each sentence whether something was found in it, and for each token whether it is part of that."""
    spans = pieces(part for one in found for part in (one.content, one.cue))
    first = np.searchsorted(batch.end, spans[:, 0], side="right")
    last = np.searchsorted(batch.end, spans[:, 1] - 1, side="right")
    depth = (
        np.bincount(first, minlength=len(batch) + 1) - np.bincount(last + 1, minlength=len(batch) + 1)[: len(batch) + 1]
    )
    tokens = np.cumsum(depth)[:-1] > 0
    sentences = np.zeros(len(batch.first), dtype=np.bool_)
    sentences[batch.sentence[tokens]] = True
    return sentences, tokens


def _says_of(cues: Matches) -> NDArray[np.bool_]:
    """Tell for each cue whether its verb introduces what is said."""
    used, number = np.unique(cues.entry, return_inverse=True)
    says = np.array([_says(cues.entries[entry]) for entry in used.tolist()], dtype=np.bool_)
    return says[number.ravel()]


def _says(entry: Entry) -> bool:
    return entry.layer == "cue" and entry["part"] == "verb" and "quote" in entry["content"].split("|")


def _read(clauses: Clauses, cues: Matches, number: int, sentence: int, *, whole: bool) -> Attribution | None:
    """Read a cue of either form; `whole` allows only the one whose content is all that stands in front of it."""
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
    elif not whole and last < end - 2 and clauses.flags[last] & g.THAT and source[0] == low:
        content, rule = (last, end), "cue-first"
    else:
        return None
    entry = cues.entries[int(cues.entry[number])]
    article = int(clauses.batch.article[first])
    named, cue, said = (clauses.span(*part) for part in (source, (group, last), content))
    return Attribution(article, [named], [cue], [said], entry.category, rule, entry.lexicon, entry.id)
