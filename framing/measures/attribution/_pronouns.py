"""Whom a pronoun means: the nearest who fits in number, gender and place in the sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from framing.lexicon import Entry
from framing.measures import _grammar as g
from framing.measures.attribution import _names as n
from framing.measures.attribution._cast import PERSON, THING, Cast, Scene, Speaker
from framing.measures.attribution._wording import described_gender
from framing.text import base

HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "themselves", "both", "all", "neither"})
IT = frozenset({"it", "its", "itself"})
SELF = frozenset({"i", "we", "my", "our", "me", "us", "mine", "ours"})
RELATIVES = frozenset({"who", "which", "whom", "that", "whose"})
YOU = frozenset({"you", "your"})
PRONOUNS = HE | SHE | THEY | IT | SELF | RELATIVES | YOU

# how many tokens back a name may stand that no source has, and how many sentences
BACK = 120
_SENTENCES = 6
# how far back a source may stand
_HEARD = 30
# what a place costs, in sentences of distance
_SOURCE, _FIRST, _SUBJECT, _OBJECT, _POSSESSIVE, _OBLIQUE = 0.0, 0.1, 0.3, 0.5, 0.7, 1.1
_UNSURE = 0.3
_VAGUE = 0.2
_NEVER = 99.0
_MANY = frozenset({"group", "organisation", "party", "agency", "army", "media"})
_ONE = _MANY - {"group"} | {"government"}


class _Candidate(NamedTuple):
    cost: float
    back: int
    speaker: Speaker


class Pronouns:
    """Resolves the pronouns of a batch."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def resolve(self, word: str, token: int, cast: Cast) -> Speaker | None:
        """Return whom a pronoun at a token means, or None."""
        if word in RELATIVES:
            return self._antecedent(token, cast)
        found = list(self._heard(word, token, cast))
        if word in HE or word in SHE:
            found += self._named(word, token, cast, min((one.cost for one in found), default=_SENTENCES))
        elif word in THEY or word in IT:
            found += self._described(word, token, cast)
        best = min(found, key=lambda candidate: candidate[:2], default=None)
        if best is None:
            return None
        if best.speaker.kind == PERSON and not best.speaker.gender and best.cost < 2:
            best.speaker.gender = "m" if word in HE else "f" if word in SHE else ""
        return best.speaker

    def _heard(self, word: str, token: int, cast: Cast) -> Iterator[_Candidate]:
        """Yield the sources in front of a pronoun that fit it."""
        here = self.scene.sentence(token)
        for place, sentence, speaker in cast.heard[: -_HEARD - 1 : -1]:
            unsure = _misfit(speaker, word)
            if place < token and unsure < _NEVER:
                yield _Candidate(here - sentence + _SOURCE + unsure, token - place, speaker)
                if unsure == 0:
                    return  # whoever was heard before stands farther off

    def _named(self, word: str, token: int, cast: Cast, limit: float) -> Iterator[_Candidate]:
        """Yield the persons named in front of a pronoun who fit it, less than so many sentences back."""
        scene = self.scene
        here, quotation = scene.sentence(token), scene.clauses.quotation
        inside, flags = quotation[token], scene.flags
        index = bisect_left(scene.capitals, token) - 1
        low = max(cast.low, token - BACK, scene.clauses.first[max(0, here - int(limit))])
        while index >= 0 and scene.capitals[index] >= low:
            place = scene.capitals[index]
            index -= 1
            same = cast.by_surname.get(base(scene.word(place)))
            if not same or (quotation[place] >= 0 and quotation[place] != inside):
                continue
            after = flags[place + 1]
            if after & g.CAPITAL and after & g.LETTER and not after & g.DAY and not flags[place] & g.POSSESSIVE:
                continue  # the first word of a longer name
            if scene.word(place + 1) in n.OF_A_PERSON and not flags[place] & g.POSSESSIVE:
                continue
            first = place
            while first > low and flags[first - 1] & g.CAPITAL and first > place - 4:
                first -= 1
            speaker = _meant(scene, cast, same, first, place)
            unsure = _misfit(speaker, word) if speaker else _NEVER
            distance = here - scene.sentence(place)
            if speaker and unsure < _NEVER and distance < _SENTENCES:
                yield _Candidate(distance + unsure + self._cost(first, place + 1), token - place, speaker)

    def _cost(self, first: int, last: int) -> float:
        """Return what a mention costs by its place: a subject is likelier to be taken up than a possessor."""
        flags = self.scene.flags
        if flags[last - 1] & g.POSSESSIVE:
            return _POSSESSIVE
        before, after = flags[first - 1] if first else 0, flags[last] if last < len(flags) else 0
        while before & g.DETERMINER and first > 1:
            first -= 1
            before = flags[first - 1]
        if before & (g.STOP | g.QUOTE) or not first or self.scene.sentence(first) != self.scene.sentence(first - 1):
            return _FIRST
        if before & g.COORDINATOR and flags[first - 2] & g.CAPITAL:
            return _OBJECT  # such as Sanders and Warren
        if before & (g.PREPOSITION | g.TO) and not before & g.STOP:
            return _OBLIQUE
        if before & g.LETTER and not before & (g.COORDINATOR | g.SUBORDINATOR | g.THAT | g.ADVERB | g.CAPITAL):
            return _SUBJECT if after & (g.AUXILIARY | g.PAST | g.RELATIVE) else _OBJECT
        return _SUBJECT

    def _described(self, word: str, token: int, cast: Cast) -> Iterator[_Candidate]:
        """Yield the groups, bodies and documents in front of a pronoun that fit it."""
        scene, low = self.scene, max(cast.low, token - BACK // 2)
        here, quotation = scene.sentence(token), scene.clauses.quotation
        hits: list[tuple[int, int, Entry]] = [*scene.actors.inside(low, token), *scene.titles.inside(low, token)]
        for first, last, entry in hits:
            if not _is_what(entry, word) or (quotation[first] >= 0 and quotation[first] != quotation[token]):
                continue
            if scene.flags[last] & g.CAPITAL or scene.flags[last - 1] & g.POSSESSIVE:
                continue
            name = entry["display"] or scene.string(first, last)
            speaker = cast.others.get(name.lower()) or Speaker(name, role=entry["role"], plural=word in THEY)
            speaker.take_side(entry)
            cost = here - scene.sentence(first) + self._cost(first, last) + _UNSURE
            yield _Candidate(cost, token - first, speaker)
        if word in IT:
            yield from self._bodies(token, low, cast)

    def _bodies(self, token: int, low: int, cast: Cast) -> Iterator[_Candidate]:
        """Yield the organisations in front of a pronoun, known by a word such as Committee."""
        scene, flags = self.scene, self.scene.flags
        here = scene.sentence(token)
        for index in range(bisect_left(scene.capitals, token) - 1, -1, -1):
            place = scene.capitals[index]
            if place < low:
                return
            if scene.word(place) not in n.ORGANISATIONS or flags[place + 1] & g.CAPITAL:
                continue
            first = place
            while first > low and (flags[first - 1] & g.CAPITAL or scene.word(first - 1) in {"and", "of", "for"}):
                first -= 1
            while first < place and (not flags[first] & g.CAPITAL or scene.word(first) in n.NOT_NAMES - {"white"}):
                first += 1
            if first < place:
                name = scene.string(first, place + 1)
                speaker = cast.others.get(name.lower()) or Speaker(name, kind=THING)
                yield _Candidate(here - scene.sentence(place) + self._cost(first, place + 1), token - place, speaker)

    def _antecedent(self, token: int, cast: Cast) -> Speaker | None:
        """Return whom a relative pronoun goes back to: the noun phrase in front of it."""
        scene, flags = self.scene, self.scene.flags
        end = token
        while end > cast.low and (flags[end - 1] & (g.COMMA | g.BRACKET | g.DASH) or scene.word(end - 1) in n.SUFFIXES):
            end -= 1
        first = end
        while (
            first > cast.low
            and flags[first - 1] & (g.LETTER | g.CAPITAL | g.NUMBER)
            and not flags[first - 1]
            & (g.DETERMINER | g.AUXILIARY | g.PRONOUN | g.SUBORDINATOR | g.COORDINATOR | g.THAT | g.PAST | g.TO)
        ):
            first -= 1
        # Democrats on Capitol Hill, who: a place is nobody
        link = next((p for p in range(first, end) if flags[p] & g.PREPOSITION and scene.word(p) != "of"), end)
        if link > first and not (flags[end - 1] & g.CAPITAL and cast.by_surname.get(base(scene.word(end - 1)))):
            end = link
        elif link < end:
            first = link + 1
        if first >= end:
            return None
        if flags[end - 1] & g.CAPITAL:
            start = end
            while start > first and flags[start - 1] & g.CAPITAL:
                start -= 1
            same = cast.by_surname.get(base(scene.word(end - 1)))
            return (_meant(scene, cast, same, start, end - 1) if same else None) or Speaker(scene.string(start, end))
        name = scene.string(first, end)
        plural = name.endswith("s")
        return self._apposition_of(first, cast) or Speaker(name, plural=plural, gender=described_gender(name))

    def _apposition_of(self, first: int, cast: Cast) -> Speaker | None:
        """Return the person in front of an apposition: Harlan Crow, a Texas real estate developer, who."""
        flags = self.scene.flags
        if first - 3 < cast.low or not flags[first - 1] & g.DETERMINER or not flags[first - 2] & g.COMMA:
            return None
        start = end = first - 2
        while start > cast.low and flags[start - 1] & g.CAPITAL:
            start -= 1
        same = cast.by_surname.get(base(self.scene.word(end - 1))) if start < end else None
        return _meant(self.scene, cast, same, start, end - 1) if same else None


def _meant(scene: Scene, cast: Cast, same: list[Speaker], first: int, place: int) -> Speaker | None:
    """Return which bearer of a surname stands at a place: the words in front may give a given name or a title."""
    if first == place:
        return cast.bearer(same, "", "", place)
    before = [scene.word(token) for token in range(first, place)]
    given = next((word for word in before if n.given_names().get(word)), "")
    gender = next((gender for word in before if (gender := n.title_gender(word))), "")
    return cast.bearer(same, given, gender, place)


def _is_what(entry: Entry, word: str) -> bool:
    """Tell whether an actor or a title may be taken up by they, or by it."""
    if entry.layer == "actor":
        return entry["kind"] in (_MANY if word in THEY else _ONE)
    if word in THEY:
        return entry["number"] == "plural" and entry["role"] != "document"
    return entry["number"] == "singular" and entry["role"] == "document"


def _misfit(speaker: Speaker, word: str) -> float:
    """Return how badly a speaker fits a pronoun: 0 for well, `_NEVER` for not at all."""
    if word in HE or word in SHE:
        wanted = "m" if word in HE else "f"
        if speaker.plural or speaker.kind == THING or speaker.gender not in {"", wanted}:
            return _NEVER
        if speaker.kind == PERSON:
            doubt = _VAGUE if speaker.name[:1].islower() else 0.0
        else:
            doubt = _UNSURE if speaker.name[:1].isupper() else 1.0
        return doubt + (0 if speaker.gender else _UNSURE)
    if word in THEY:
        return 0 if speaker.plural else 2 * _UNSURE if speaker.kind == THING and speaker.role != "document" else _NEVER
    if word in IT:
        if speaker.plural or speaker.kind == PERSON or speaker.gender:
            return _NEVER
        return 0 if speaker.kind == THING else _UNSURE
    return _NEVER
