"""Who a source is: display name, role, side, and whom a pronoun means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._model import Attribution

_HE, _SHE, _THEY = frozenset({"he", "him", "his"}), frozenset({"she", "her"}), frozenset({"they", "them", "their"})
_SELF = frozenset({"i", "we", "my", "our", "me", "us"})
_IT = frozenset({"it", "its"})
_RELATIVES = frozenset({"who", "which", "whom"})
_PRONOUNS = _HE | _SHE | _THEY | _SELF | _IT | _RELATIVES
# what stands in front of a surname: one or two given names, perhaps an initial and a particle
_GIVEN = re.compile(r"\b((?:[A-Z][\w'’-]+ (?:[A-Z]\.? )?(?:(?:de|van|al|bin|von) )?){1,2})$")
_REACH = 50
_RANK = {"person": 0, "office": 1, "army": 1, "government": 1, "agency": 1, "party": 1, "organisation": 1, "media": 1}
_LEAST_RANK = 2
# how many tokens in front of a pronoun a name may stand that no source has
_BACK = 120
# characters between a source and its cue in which it may be said that it is not named
_ASIDE = 120
_UNNAMED = re.compile(
    r"anonym|condition of|not to be (?:named|identified|quoted)|familiar with|close to|knowledge of|unnamed|"
    r"unidentified|\bsources?\b|insiders?\b|whistle-?blowers?\b|briefed on",
    re.IGNORECASE,
)
_FEMALE = re.compile(r"\b(?:Mrs|Ms|Miss|Madam|Lady|Dame|Queen|Princess|Sister)\b|(?:woman|women)\b")
_MALE = re.compile(r"\b(?:Mr|Lord|Sir|King|Prince|Father|Pope|Imam|Rabbi)\b|(?:man|men)\b")
# capitalised words that begin no person's name
_NOT_NAMES = frozenset(
    "the a an mr mrs ms miss dr in on at when while after before as but and if according one some many most no "
    "this that where what how why who then there his her their its our my these those for from with by of to is "
    "are was were it he she they we you i so yet also still meanwhile however monday tuesday wednesday thursday "
    "friday saturday sunday both not since because although though until unless during under over about against "
    "between january february march april june july august september october november december independent".split()
)


_ARTICLE = re.compile(r"^(?:the|a|an|one|some|several|many|two|three)\s+(?=\S)", re.IGNORECASE)
# those who speak against the party that they are named after
_AGAINST = frozenset(
    "critics critic opponents opponent rivals rival enemies enemy victims victim foes foe detractors detractor "
    "sceptics skeptics challengers challenger accusers accuser protesters wife husband widow".split()
)


@lru_cache(maxsize=4096)
def _gender(text: str) -> str:
    return "f" if _FEMALE.search(text) else "m" if _MALE.search(text) else ""


@lru_cache(maxsize=4096)
def _is_unnamed(text: str) -> bool:
    return bool(_UNNAMED.search(text))


def places_of_sources(clauses: Clauses, found: Iterable[Attribution]) -> NDArray[np.bool_]:
    """Tell for each token whether a name there may say who speaks: in a source, or in front of a pronoun."""
    where = np.zeros(len(clauses.batch), dtype=np.bool_)
    text = clauses.batch.text
    for one in found:
        if one.source:
            start, end = one.source[0][0], one.source[-1][1]
            first = clauses.token_at(start)
            if text[start:end].lower() in _HE | _SHE:
                where[max(0, first - _BACK) : first] = True
            else:
                where[first : clauses.token_at(end - 1) + 1] = True
    return where


@dataclass(slots=True)
class Speaker:
    """Somebody who is given contents in one article."""

    name: str
    side: str = ""
    role: str = ""
    gender: str = ""
    plural: bool = False
    person: bool = False
    anonymous: bool = False


class _Places:
    """Matches of a layer, found by the tokens of a span."""

    def __init__(self, matches: Matches) -> None:
        self.first: list[int] = matches.first.tolist()
        self.last: list[int] = matches.last.tolist()
        self.entry: list[int] = matches.entry.tolist()
        self.entries = matches.entries

    def inside(self, first: int, last: int) -> list[tuple[int, int, Entry]]:
        low = bisect_left(self.first, first)
        found = []
        while low < len(self.first) and self.first[low] < last:
            if self.last[low] <= last:
                found.append((self.first[low], self.last[low], self.entries[self.entry[low]]))
            low += 1
        return found


class SpeakerRules:
    """Resolves the sources of a batch, article by article."""

    def __init__(self, clauses: Clauses, actors: Matches, titles: Matches) -> None:
        self.clauses = clauses
        self.actors = _Places(actors)
        self.titles = _Places(titles)

    def resolve(self, found: list[Attribution]) -> None:
        """Fill in speaker, role, side and anonymity of attributions that stand in the order of the text."""
        article, known = -1, _Known("")
        for one in found:
            if one.article != article:
                article = one.article
                known = _Known(self.clauses.batch.articles[article].text)
            if not one.source:
                continue
            speaker = self._speaker(one, known)
            one.speaker, one.side, one.role = speaker.name, speaker.side, speaker.role
            one.anonymous = speaker.anonymous or _is_unnamed(self._aside(one))
            text = self.clauses.batch.text[one.source[0][0] : one.source[-1][1]]
            one.by_pronoun = text.lower() in _PRONOUNS

    def _aside(self, one: Attribution) -> str:
        """Return what stands between a source and its cue: ``One diplomat, speaking anonymously, said``."""
        start, end = one.source[-1][1], one.cue[0][0] if one.cue else 0
        return self.clauses.batch.text[start:end] if start < end <= start + _ASIDE else ""

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        return self.clauses.token_at(start), self.clauses.token_at(end - 1) + 1

    def _speaker(self, one: Attribution, known: _Known) -> Speaker:
        start, end = one.source[0][0], one.source[-1][1]
        text = self.clauses.batch.text[start:end].strip(" ,;")
        word = text.lower()
        if word in _PRONOUNS:
            found = known.pronoun(word) or self._named_before(start, word, known)
            return found or Speaker(text, plural=word in _THEY)
        again = known.again(text)
        if again is not None:
            return again
        first, last = self._tokens(start, end)
        return known.add(self._described(text, first, last), text)

    def _named_before(self, start: int, word: str, known: _Known) -> Speaker | None:
        """Return the actor named last in front of a pronoun that no earlier source fits."""
        if word not in _HE | _SHE:
            return None
        token = self.clauses.token_at(start)
        low = int(self.clauses.batch.first_token[self.clauses.batch.article[token]])
        wanted = "f" if word in _SHE else "m"
        for _, _, entry in reversed(self.actors.inside(max(low, token - _BACK), token)):
            if entry["kind"] == "person" and entry["gender"] in {"", wanted}:
                return known.add(_from_actor(entry, entry["display"] or entry.form), entry.form)
        return None

    def _described(self, text: str, first: int, last: int) -> Speaker:
        together = self._together(text, first, last)
        if together is not None:
            return together
        head = self._head_end(first, last)
        actors, titles = self.actors.inside(first, last), self.titles.inside(first, last)
        title = titles[0][2] if titles else None
        best = self._actor(actors, first, head, titled=title is not None)
        name = self._name(first, last, titles)
        role = title["role"] if title else best[2]["role"] if best else ""
        if best and best[2]["role"] and title and title.id.startswith("spokes"):
            role = best[2]["role"]  # a spokesman speaks for whom he names
        gender = (title["gender"] if title else "") or _gender(text)
        if best and best[2]["kind"] == "person" and (_is_called(best[2], name) if name else best[1] == head):
            speaker = _from_actor(best[2], best[2]["display"] or best[2].form)
            speaker.role = role or speaker.role
            return speaker
        side = best[2]["side"] if best else ""
        plural = bool(title and title["number"] == "plural")
        if name:
            return Speaker(name, side, role, gender, plural, person=True)
        return Speaker(_display(text), side, role, gender, plural, anonymous=_is_anonymous(text, role, bool(actors)))

    def _together(self, text: str, first: int, last: int) -> Speaker | None:
        """Return one speaker for several: their side is the one that all of them share."""
        flags = self.clauses.flags
        links = [
            place
            for place in range(first + 1, last - 1)
            if flags[place] & g.COORDINATOR and (flags[place - 1] & flags[place + 1] & g.CAPITAL)
        ]
        opening = next((place for place in range(first, last) if flags[place] & g.CAPITAL), last)
        if not links or not flags[last - 1] & (g.CAPITAL | g.COMMA):
            # President Obama and Chancellor Merkel: a title may stand behind the link
            return None
        sides = [
            {hit[2]["side"] for hit in self.actors.inside(low, high)}
            for low, high in zip([opening, *[link + 1 for link in links]], [*links, last], strict=True)
        ]
        if not any(sides):
            return None
        shared = set.intersection(*sides)
        return Speaker(_display(text), min(shared) if len(shared) == 1 else "", plural=True)

    def _head_end(self, first: int, last: int) -> int:
        """Return the token behind a source's head: what stands in front of its first comma or preposition."""
        stop = g.COMMA | g.BRACKET | g.PREPOSITION | g.RELATIVE | g.TO
        return next((place for place in range(first + 1, last) if self.clauses.flags[place] & stop), last)

    def _actor(
        self, actors: list[tuple[int, int, Entry]], first: int, head: int, *, titled: bool
    ) -> tuple[int, int, Entry] | None:
        """Return the actor that a source is, or that it speaks for: behind a title, ``a spokesman for X``."""
        if any(self.clauses.word(place) in _AGAINST for place in range(first, head)):
            return None  # critics of Putin, Trump opponents
        in_head = [hit for hit in actors if hit[0] < head]
        named = in_head or (actors if titled else [hit for hit in actors if self.clauses.flags[hit[0] - 1] & g.COMMA])
        return min(named, key=lambda hit: (_RANK.get(hit[2]["kind"], _LEAST_RANK), hit[0]), default=None)

    def _name(self, first: int, last: int, titles: list[tuple[int, int, Entry]]) -> str:
        """Return a person's name: the last run of capitals in front of a comma, behind any title in it."""
        flags = self.clauses.flags
        pieces = self._pieces(first, last)
        for low, high in pieces:
            opens_with_article = flags[low] & g.DETERMINER
            end = high
            while end > low and flags[end - 1] & (g.DAY | g.ADVERB):
                end -= 1  # a spokesman late Friday
            if end <= low or not flags[end - 1] & g.CAPITAL:
                continue
            start = end
            while start > low and (
                flags[start - 1] & g.CAPITAL or self.clauses.word(start - 1) in {".", "de", "van", "al", "bin", "von"}
            ):
                start -= 1
            while start < end and not flags[start] & g.CAPITAL:
                start += 1
            for _, stop, entry in titles:
                if start < stop < end or (stop == end and entry["number"] == "singular" and start < stop):
                    start = max(start, stop)
                if start < end and self.clauses.word(start) == ".":
                    start += 1
            if start >= end or self.clauses.word(start) in _NOT_NAMES:
                continue
            titled = any(stop <= start for _, stop, _ in titles)
            if opens_with_article and not titled:
                continue  # the State Department
            if end - start > 4 or any(low <= a and b <= high and b > start for a, b, _ in titles):
                continue
            return self.clauses.batch.string(start, end).removesuffix("’s").removesuffix("'s")
        return ""

    def _pieces(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the parts of a source between its commas and brackets."""
        flags, pieces, low = self.clauses.flags, [], first
        for place in range(first, last + 1):
            if place == last or flags[place] & (g.COMMA | g.BRACKET):
                if place > low:
                    pieces.append((low, min(place, self._head_end(low, place))))
                low = place + 1
        return pieces


def _is_called(entry: Entry, name: str) -> bool:
    """Tell whether a name is one of an actor's, in any spelling."""
    return any(form.split()[-1] in name for form in entry.forms)


def _display(text: str) -> str:
    """Return what to call a source that has no name: its words up to a comma, without an article."""
    return _ARTICLE.sub("", text.split(",")[0])


def _is_anonymous(text: str, role: str, known: bool) -> bool:
    """Tell whether a source is a person without a name: an official, somebody close to the talks."""
    if _is_unnamed(text):
        return True
    return role == "official-unnamed" and (not known or " official" in text.lower())


def _from_actor(entry: Entry, name: str) -> Speaker:
    return Speaker(name, entry["side"], entry["role"], entry["gender"], person=True)


class _Known:
    """The speakers of one article so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.speakers: dict[str, Speaker] = {}
        self._by_text: dict[str, Speaker] = {}
        self.recent: list[Speaker] = []

    def again(self, text: str) -> Speaker | None:
        """Return the speaker of a source that was read before in these words."""
        speaker = self._by_text.get(text)
        if speaker is not None:
            self._heard(speaker)
        return speaker

    def add(self, speaker: Speaker, text: str) -> Speaker:
        """Return the speaker of that name if there is one already, with what is new about it."""
        key = speaker.name.lower()
        if speaker.person:
            last = key.split()[-1]
            if " " not in key:
                speaker.name = self._full_name(speaker.name)
            key = last
        known = self.speakers.get(key)
        if known is None:
            self.speakers[key] = known = speaker
        else:
            known.side, known.role = known.side or speaker.side, known.role or speaker.role
            known.gender = known.gender or speaker.gender
            if len(speaker.name) > len(known.name):
                known.name = speaker.name
        self._heard(known)
        self._by_text[text] = known
        return known

    def _heard(self, speaker: Speaker) -> None:
        self.recent = [other for other in self.recent if other is not speaker]
        self.recent.append(speaker)

    def _full_name(self, surname: str) -> str:
        """Return the longest spelling of a name in the article that ends in this surname."""
        place = self.text.find(surname)
        while place >= 0:
            match = _GIVEN.search(self.text, max(0, place - _REACH), place)
            place = self.text.find(surname, place + 1)
            if match is None:
                continue
            given = match.group(1).split()
            if given[0].lower() not in _NOT_NAMES and not _is_title(given[0]):
                return f"{match.group(1)}{surname}"
            rest = [part for part in given if not _is_title(part)]
            if rest and rest != given and rest[0].lower() not in _NOT_NAMES:
                return f"{' '.join(rest)} {surname}"
        return surname

    def pronoun(self, word: str) -> Speaker | None:
        """Return the speaker heard last who fits a pronoun in number and gender."""
        for speaker in reversed(self.recent):
            if _fits(speaker, word):
                if word in _HE and speaker.person:
                    speaker.gender = speaker.gender or "m"
                elif word in _SHE and speaker.person:
                    speaker.gender = speaker.gender or "f"
                self._heard(speaker)
                return speaker
        return None


_TITLES = frozenset(
    "president senator sen rep gov gen dr prof mr mrs ms minister prime chancellor secretary general governor "
    "mayor judge justice congressman congresswoman representative former republican democratic democrat sir "
    "lord king queen pope captain colonel major sergeant lieutenant professor chairman chairwoman speaker "
    "chief attorney vice ambassador spokesman spokeswoman candidate nominee leader director".split()
)


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in _TITLES or (word.endswith(("ian", "ish", "ese")) and len(word) > 5)


def _fits(speaker: Speaker, word: str) -> bool:
    if word in _HE:
        return speaker.gender != "f" and not speaker.plural and (speaker.person or bool(speaker.gender))
    if word in _SHE:
        return speaker.gender != "m" and not speaker.plural and (speaker.person or bool(speaker.gender))
    if word in _THEY:
        return speaker.plural or not speaker.person
    if word in _IT:
        return not speaker.person and not speaker.plural
    return word in _RELATIVES
