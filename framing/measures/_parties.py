"""Sides that something is said of: who is accused, who was asked and said nothing, whose claim was not checked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from framing.lexicon import Entry, Matcher
from framing.measures._base import Reading
from framing.measures.attribution import Attribution

_AUXILIARIES = frozenset("is are was were be been being gets got".split())
# behind these stands no longer who is accused but what of, where, and who suffered it
_ENDS = frozenset(
    "for over after before because as while when since although though in on against to at with from into inside "
    "across near toward towards during amid , ; : — –".split()
)
# a side behind one of these in a longer content is a place or a victim
_NOT_ACCUSED = frozenset("in on against to at with for from into inside across near toward towards between".split())
_ACCUSING = ("accus", "suspect", "charg", "convict")
_DETERMINERS = frozenset("the a an its his her their our former president mr mrs ms".split())
_FROM = frozenset({"from", "by"})
_EMPTY = frozenset({"there", "it"})
# tokens
_REACH, _NAME, _BEFORE = 40, 8, 12
# sentences back to the claim that could not be verified
_BACK = 2


@dataclass(frozen=True, slots=True)
class Party:
    """A side named at some tokens, or known from an attribution.

    Attributes
    ----------
    first, last : int
        Where it is named: the first token and the one behind the last.
    name : str
        To show.
    side : str
    """

    first: int
    last: int
    name: str
    side: str


@dataclass(frozen=True, slots=True)
class Accusation:
    """A side named as the one that a cue speaks against, and who speaks."""

    party: Party
    speaker: str


@cache
def _forms(people: Matcher) -> dict[str, Entry]:
    """Return the actors that have a side, by their forms in lower case."""
    known = (entry for entry in people.entries if entry.layer == "actor" and entry["side"])
    return {form.lower(): entry for entry in known for form in entry.forms}


class Parties:
    """The sides named in a batch wherever a measure has to know them.

    Parameters
    ----------
    reading : Reading
        Without an actors lexicon nobody is found.
    unverified : sequence of (first, last)
        Tokens of the phrases that say that a claim was not checked.
    """

    def __init__(self, reading: Reading, unverified: Sequence[tuple[int, int]]) -> None:
        self._batch = reading.batch
        self._reading = reading
        self._attacks = [one for one in reading.attributions if one.stance == "attacking" and one.cue]
        where = np.zeros(len(self._batch), dtype=np.bool_)
        for one in self._attacks:
            first, last = self._sentence(self._cue(one)[0])
            where[first:last] = True
            for low, high in self._tokens(one.content):
                where[low:high] = True
        for first, _ in unverified:
            low, high = self._sentence(first)
            where[low:high] = True
        found = reading.people.find(self._batch, where=where).of("actor")
        self._first: list[int] = found.first.tolist()
        self._named: list[tuple[int, int, Entry]] = [
            (first, last, found.entries[number])
            for first, last, number in zip(self._first, found.last.tolist(), found.entry.tolist(), strict=True)
        ]

    def accused(self) -> list[Accusation]:
        """Return the sides that are spoken against, in the order of the text; each once for an attribution.

        The object of the cue ("accused Russia of ...", "was critical of Labour", "Russia was accused") is accused
        whoever speaks, unless it is the speaker's own side. A side that is named elsewhere in the content is, where
        the speaker is known to be of another one.
        """
        found = []
        for one in self._attacks:
            seen: set[str] = set()
            for party in [*self._objects(one), *(self._inside(one) if one.side else ())]:
                if party.side not in seen and party.side != one.side:
                    seen.add(party.side)
                    found.append(Accusation(party, one.speaker))
        return sorted(found, key=lambda one: one.party.first)

    def _objects(self, one: Attribution) -> list[Party]:
        words, (first, last) = self._batch.folded, self._cue(one)
        low, high = self._sentence(first)
        own = self._tokens(one.source)
        if (
            first > low
            and words[last - 1].endswith("ed")
            and words[first : last - 1]
            and _AUXILIARIES & set(words[first:last])
        ):
            return self._between(max(low, first - _BEFORE), first, own)[-1:]
        if first > low and words[first - 1] in _AUXILIARIES and not words[first].endswith("ing"):
            return self._between(max(low, first - _BEFORE), first, own)[-1:]
        ends = _ENDS | {"of"} if words[last - 1].startswith(_ACCUSING) else _ENDS
        end = last
        while end < min(high, last + _REACH) and (end <= last + 1 or words[end] not in ends):
            end += 1
        return self._between(last, end, own)

    def _inside(self, one: Attribution) -> list[Party]:
        words, found = self._batch.folded, []
        for low, high in self._tokens(one.content):
            for party in self._between(low, high, []):
                before = party.first - 1
                while before >= low and words[before] in _DETERMINERS:
                    before -= 1
                if before < low or words[before] not in _NOT_ACCUSED:
                    found.append(party)
        return found

    def asked(self, one: Attribution) -> Party | None:
        """Return who said nothing where the name follows: "no immediate comment from Moscow"."""
        last = self._cue(one)[1]
        _, high = self._sentence(last - 1)
        words = self._batch.folded
        if last >= high or words[last] not in _FROM:
            return Party(last, last, "", "") if one.speaker.lower() in _EMPTY else None
        # a capital stands for its government here, which conditions of the lexicon deny behind "from"
        forms, first = _forms(self._reading.people), last + 1
        first += words[first : first + 1] == ["the"]
        for end in range(min(high, first + _NAME), first, -1):
            entry = forms.get(" ".join(words[first:end]))
            if entry:
                return Party(first, end, entry["display"] or entry.form, entry["side"])
        return Party(last, last, "", "")

    def claimant(self, first: int, last: int) -> Party:
        """Return whose claim it is that tokens say was not verified: named beside the phrase, or the last to speak."""
        low, high = self._sentence(first)
        named = self._between(low, first, []) or self._between(last, high, [])
        if named:
            return named[0]
        spoken = self._spoken(first)
        return Party(first, last, spoken.speaker, spoken.side) if spoken else Party(first, last, "", "")

    def _spoken(self, token: int) -> Attribution | None:
        """Return the attribution of this sentence, or the nearest of the two sentences before."""
        batch, best = self._batch, None
        article, sentence = batch.article[token], batch.sentence[token]
        for one in self._reading.attributions:
            if one.article != article or not one.cue:
                continue
            here = batch.sentence[self._cue(one)[0]]
            if here > sentence:
                break
            if sentence - here <= _BACK:
                best = one
        return best

    def _between(self, low: int, high: int, without: Sequence[tuple[int, int]]) -> list[Party]:
        """Return the sides named between two tokens, but for what stands in `without`."""
        found = []
        for first, last, entry in self._named[bisect_left(self._first, low) : bisect_left(self._first, high)]:
            inside = any(start <= first < end for start, end in without)
            if last <= high and entry["side"] and entry["kind"] != "place" and not inside:
                found.append(Party(first, last, entry["display"] or entry.form, entry["side"]))
        return found

    def _cue(self, one: Attribution) -> tuple[int, int]:
        (first, _), (_, last) = self._tokens(one.cue[:1])[0], self._tokens(one.cue[-1:])[0]
        return first, last

    def _tokens(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        at = self._batch.token_at
        return [(at(start), at(end - 1) + 1) for start, end in spans]

    def _sentence(self, token: int) -> tuple[int, int]:
        firsts, lasts = self._batch.bounds
        return firsts[token], lasts[token]
