"""The cues of a batch: which matches of the cue lexicons can introduce a content here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from framing.lexicon import Entry, Matches
from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses

# where somebody says it belongs to the cue: said in a statement
_OCCASIONS = frozenset("statement interview email e-mail tweet letter memo release post".split())


@dataclass(slots=True)
class Cue:
    """A cue that may introduce a content.

    Attributes
    ----------
    first, last : int
        Its tokens with auxiliaries, adverbs and the occasion; `last` is the one behind.
    head, head_last : int
        The tokens that the lexicon matched.
    entry : Entry
    part : str
        verb, noun, adjective, preposition or adverb.
    takes : frozenset of str
        Contents that the entry takes.
    passive, participle, infinitive, coordinated, negated : bool
        How a verb stands in its clause.
    """

    first: int
    last: int
    head: int
    head_last: int
    entry: Entry
    part: str
    takes: frozenset[str]
    passive: bool = False
    participle: bool = False
    infinitive: bool = False
    coordinated: bool = False
    negated: bool = False

    @property
    def stance(self) -> str:
        """The entry's category; who has not confirmed takes no position."""
        return "neutral" if self.negated else self.entry.category


@cache
def _takes(content: str) -> frozenset[str]:
    return frozenset(content.split("|")) - {""}


def is_refusal(entry: Entry) -> bool:
    """Tell whether a cue says that nothing was said: whole phrases, not ``refused`` alone."""
    return entry.category == "declining" and " " in entry.form


def cues_of(clauses: Clauses, matches: Matches) -> dict[int, list[Cue]]:
    """Return the cues outside quotations, by sentence, from left to right."""
    found: dict[int, list[Cue]] = {}
    batch = clauses.batch
    outside = np.flatnonzero(batch.quotation[matches.first] < 0)
    columns = (matches.first[outside], matches.last[outside], matches.entry[outside])
    kinds: dict[int, tuple[Entry, str, frozenset[str]] | None] = {}
    rows = zip(*(column.tolist() for column in columns), batch.sentence[columns[0]].tolist(), strict=True)
    for first, last, number, index in rows:
        if number not in kinds:
            entry = matches.entries[number]
            kinds[number] = None if is_refusal(entry) else (entry, entry["part"], _takes(entry["content"]))
        kind = kinds[number]
        cue = _cue(clauses, first, last, kind, clauses.first[index], clauses.last[index]) if kind else None
        if cue is None:
            continue
        here = found.setdefault(index, [])
        if here and here[-1].head == first:  # one form, two word classes
            if _fits_better(clauses, cue, here[-1]):
                here[-1] = cue
        elif not here or first >= here[-1].last:
            here.append(cue)
    return found


def _fits_better(clauses: Clauses, cue: Cue, other: Cue) -> bool:
    """Choose between a verb and a noun of one form: claims, reports, hopes."""
    previous = clauses.flags[cue.head - 1] if cue.head else 0
    nominal = bool(previous & (g.DETERMINER | g.POSSESSIVE | g.PREPOSITION | g.NUMBER)) and not previous & g.TO
    return (cue.part == "noun") == nominal and (other.part == "noun") != nominal


def _cue(
    clauses: Clauses, first: int, last: int, kind: tuple[Entry, str, frozenset[str]], low: int, high: int
) -> Cue | None:
    entry, part, takes = kind
    flags = clauses.flags
    previous = flags[first - 1] if first > low else 0
    if part == "adjective" and not previous & (g.AUXILIARY | g.ADVERB):
        return None  # was certain that, not the so-called experts
    if part != "verb":
        return Cue(first, last, first, last, entry, part, takes)
    if previous & (g.DETERMINER | g.POSSESSIVE) and not previous & g.PRONOUN:
        return None  # his stated aim, the proposed plan
    if previous & g.PREPOSITION and not flags[first] & g.PARTICIPLE:
        return None
    if _is_noun_here(clauses, first, last, low, high):
        return None
    cue = Cue(clauses.verb_group(first, low), last, first, last, entry, part, takes)
    before = flags[cue.first - 1] if cue.first > low else 0
    if before & g.TO:
        cue.infinitive = True
        cue.first -= 1
    cue.passive = _is_passive(clauses, cue, first)
    cue.participle = bool(flags[first] & g.PARTICIPLE) and not any(
        flags[place] & g.BE for place in range(cue.first, first)
    )
    cue.coordinated = bool(before & g.COORDINATOR)
    cue.negated = any(_is_negation(clauses.word(place)) for place in range(max(low, cue.first - 1), first))
    cue.last = _occasion(clauses, last, high)
    if cue.last < high and clauses.word(cue.last) == ":":
        cue.last += 1
    return cue


# forms that are a noun at least as often; a subject or an auxiliary must stand in front, an object behind
_OFTEN_NOUNS = frozenset(
    "state states report reports tweet tweets call calls interview challenge advocate advocates".split()
)


def _is_noun_here(clauses: Clauses, first: int, last: int, low: int, high: int) -> bool:
    """Tell whether a form that is often a noun is one here: a Senate report, the state."""
    if last - first > 1 or clauses.word(first) not in _OFTEN_NOUNS:
        return False
    previous = clauses.flags[first - 1] if first > low else 0
    following = clauses.flags[last] if last < high else g.STOP
    if previous & (g.AUXILIARY | g.PRONOUN | g.TO | g.ADVERB):
        return False
    return not following & (g.THAT | g.DETERMINER | g.PRONOUN) or bool(following & g.STOP)


def _is_negation(word: str) -> bool:
    return word in {"not", "never", "neither", "nor"} or word.endswith("n't")


def _is_passive(clauses: Clauses, cue: Cue, head: int) -> bool:
    flags = clauses.flags
    has_be = any(flags[place] & g.BE for place in range(cue.first, max(head, cue.head_last - 1)))
    return has_be and not flags[head] & g.PARTICIPLE


def _occasion(clauses: Clauses, last: int, high: int) -> int:
    """Return the token behind ``in a statement`` if that follows a cue, or the cue's own end."""
    if last + 2 < high and clauses.word(last) == "in" and clauses.flags[last + 1] & g.DETERMINER:
        for place in range(last + 2, min(last + 5, high)):
            if clauses.word(place) in _OCCASIONS:
                return place + 1
    return last
