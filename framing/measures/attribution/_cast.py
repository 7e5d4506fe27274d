"""The people of an article: whom it names, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures import _grammar as g
from framing.measures.attribution import _names as n
from framing.measures.attribution._clauses import Clauses
from framing.text import base

_MOST_WORDS = 5
# share of capitals from which a sentence is a headline
_HEADLINE = 0.7
_SHORT = 5
# how many times as often one of two bearers of a surname is named if the surname alone is always theirs
_CLEARLY = 3
# words of an apposition that may hold a title
_APPOSITION = 9
_CLOSED = (
    g.DETERMINER | g.PRONOUN | g.AUXILIARY | g.PREPOSITION | g.SUBORDINATOR | g.COORDINATOR | g.DAY | g.RELATIVE
    | g.THAT | g.TO
)  # fmt: skip

# what a speaker is; where nothing tells, it is empty and fits most pronouns
PERSON, THING = "person", "thing"


@dataclass(slots=True, eq=False)
class Speaker:
    """Somebody, or something, that is given contents in one article.

    Attributes
    ----------
    name : str
        Display name.
    side, role, gender : str
    plural : bool
    kind : str
        `PERSON`, `THING`, or empty where nothing tells.
    anonymous : bool
    side_rule : str
        ``LEXICON/ENTRY`` of the actor that gave the side.
    titles : frozenset of str
        Words of the titles and appositions that go with the name.
    places : tuple of int
        Tokens at which the name stands in full.
    """

    name: str
    side: str = ""
    role: str = ""
    gender: str = ""
    plural: bool = False
    kind: str = ""
    anonymous: bool = False
    side_rule: str = ""
    titles: frozenset[str] = frozenset()
    places: tuple[int, ...] = ()

    def take_side(self, entry: Entry) -> None:
        """Speak for an actor's side, unless there is one already."""
        if not self.side and entry["side"]:
            self.side, self.side_rule = entry["side"], f"{entry.lexicon}/{entry.id}"


class Places:
    """Matches of a layer, found by the tokens of a span."""

    def __init__(self, matches: Matches) -> None:
        self.first: list[int] = matches.first.tolist()
        self.last: list[int] = matches.last.tolist()
        self.entry: list[int] = matches.entry.tolist()
        self.entries = matches.entries

    def inside(self, first: int, last: int) -> list[tuple[int, int, Entry]]:
        """Return the matches that stand wholly in tokens `first` to `last`, with their entries."""
        if not self.first:
            return []
        low = bisect_left(self.first, first)
        found = []
        while low < len(self.first) and self.first[low] < last:
            if self.last[low] <= last:
                found.append((self.first[low], self.last[low], self.entries[self.entry[low]]))
            low += 1
        return found


class Scene:
    """A batch as the rules for speakers read it."""

    def __init__(self, clauses: Clauses, actors: Matches, titles: Matches) -> None:
        self.clauses = clauses
        self.batch = clauses.batch
        self.text = clauses.batch.text
        self.flags = clauses.flags
        self.word = clauses.word
        self.actors = Places(actors)
        self.titles = Places(titles)
        vocabulary, types = self.batch.vocabulary, self.batch.type
        codes = vocabulary.column("name codes", n.name_codes, of_folded=False)[types]
        capital = vocabulary.column("grammar", g.grammar, of_folded=False)[types] & g.CAPITAL > 0
        self._capital, self._is_word = capital, self.batch.is_word
        before, after = codes[:-1], capital[1:] | (codes[1:] == n.PARTICLE)
        opens = np.flatnonzero((before > 0) & (before < n.PARTICLE) & (after | (before == n.HONORIFIC)))
        opens = opens[~self._headline[self.batch.sentence[opens]]]
        self.opens: list[int] = opens.tolist()
        self.codes: list[int] = codes[opens].tolist()
        # the first two spellings, as one number
        self.pairs: list[int] = (types[opens].astype(np.int64) * len(vocabulary) + types[opens + 1]).tolist()
        self.capitals: list[int] = np.flatnonzero(capital).tolist()

    def sentence(self, token: int) -> int:
        """Return the sentence of a token."""
        return int(self.batch.sentence[token])

    @cached_property
    def _headline(self) -> NDArray[np.bool_]:
        """Whether a sentence is written like a headline, most words with a capital; shape (sentences,)."""
        if not len(self.batch):
            return np.zeros(0, dtype=np.bool_)
        columns = (self._capital, self._is_word)
        capitals, words = (np.add.reduceat(column.astype(np.int32), self.batch.first) for column in columns)
        found: NDArray[np.bool_] = (capitals >= _HEADLINE * words) & (words > _SHORT)
        return found

    def in_headline(self, token: int) -> bool:
        """Tell whether a token stands in a sentence that is written like a headline."""
        return bool(self._headline[self.batch.sentence[token]])

    @cached_property
    def people(self) -> dict[str, Entry]:
        """The persons of the actors lexicons by their names of two words and more."""
        return {
            form.lower(): entry
            for entry in self.actors.entries
            if entry["kind"] == "person" and entry.layer == "actor"
            for form in entry.forms
            if " " in form
        }

    def name_end(self, first: int) -> int:
        """Return the token behind the name that begins at a capitalised token."""
        flags, starts, ends, place = self.flags, self.clauses.start, self.clauses.end, first + 1
        top = min(len(flags), first + _MOST_WORDS + 2)
        while place < top and starts[place] - ends[place - 1] <= 1 and not flags[place - 1] & g.POSSESSIVE:
            flag = flags[place]
            if not flag & g.CAPITAL:
                if not (self.word(place) in n.PARTICLES and place + 1 < top and flags[place + 1] & g.CAPITAL):
                    break
            elif flag & _CLOSED and self.word(place) not in {"will", "may"}:
                break
            if self.text[ends[place - 1]] == "\n":
                break
            place += 1
        while place > first + 1 and not flags[place - 1] & g.LETTER and self.word(place - 2) not in n.SUFFIXES:
            place -= 1
        return place

    def string(self, first: int, last: int) -> str:
        """Return a name as it is written, without a possessive ending."""
        text = self.text[self.clauses.start[first] : self.clauses.end[last - 1]]
        if self.flags[last - 1] & g.POSSESSIVE:
            text = text.removesuffix("’s").removesuffix("'s")
        return text.replace("\n", " ")


class Cast:
    """The speakers of one article, and the persons that it names in full."""

    def __init__(self, scene: Scene, article: int) -> None:
        self.scene = scene
        self.low = int(scene.batch.first_token[article])
        self.high = int(scene.batch.first_token[article + 1])
        self.by_surname: dict[str, list[Speaker]] = {}
        self.by_text: dict[str, Speaker] = {}
        self.others: dict[str, Speaker] = {}
        # whoever was a source, with the token and the sentence in which
        self.heard: list[tuple[int, int, Speaker]] = []
        # where a full name, or one behind an honorific, begins, and the token behind it
        self.named: dict[int, int] = {}
        self._by_name: dict[str, Speaker] = {}
        self._read_names()

    @property
    def everybody(self) -> Iterator[Speaker]:
        """All persons known by a surname."""
        for people in self.by_surname.values():
            yield from people

    def _read_names(self) -> None:
        """Enter the persons whose given name or honorific is known, wherever the article names them."""
        scene = self.scene
        low, high = bisect_left(scene.opens, self.low), bisect_left(scene.opens, self.high)
        behind, alone = self.low, []
        short: dict[int, Speaker] = {}  # names of two words, by their spellings
        columns = scene.opens[low:high], scene.codes[low:high], scene.pairs[low:high]
        for place, code, pair in zip(*columns, strict=True):
            if place < behind:
                continue
            if pair in short and not scene.flags[place + 2] & g.CAPITAL:
                short[pair].places += (place,)
                self.named[place] = place + 2
                continue
            if code == n.HONORIFIC:
                first = place + 1 + (scene.word(place + 1) == ".")
                if first < self.high and scene.flags[first] & g.CAPITAL and not n.is_title(scene.word(first)):
                    alone.append((place, first))
                continue
            end = scene.name_end(place)
            if self._is_name(place, end):
                behind = end
                speaker = self._enter(place, end, n.GENDER.get(code, ""))
                if end == place + 2:
                    short[pair] = speaker
        for title, first in alone:
            end = scene.name_end(first)
            if first not in self.named and not any(scene.word(t) in n.ORGANISATIONS for t in range(first, end)):
                self._enter(first, end, n.title_gender(scene.word(title)))

    def _is_name(self, first: int, end: int) -> bool:
        word = self.scene.word
        return end - first > 1 and not any(
            word(place) in n.ORGANISATIONS or n.is_title(word(place)) for place in range(first + 1, end)
        )

    def _enter(self, first: int, end: int, gender: str) -> Speaker:
        name = self.scene.string(first, end)
        speaker = self._by_name.get(name)
        if speaker is None:
            speaker = self._by_name[name] = self.person(name, gender)
        speaker.places = (*speaker.places, first)
        self.named[first] = end
        return speaker

    def person(self, name: str, gender: str = "", token: int = -1) -> Speaker:
        """Return the person of that name at a token, entering them if they are new."""
        surname, given = n.surname_of(name), n.given_of(name)
        same = self.by_surname.setdefault(surname, [])
        speaker = self.bearer(same, given, gender, token) or _tail(same, name)
        if speaker is None:
            speaker = Speaker(name, gender=gender or n.given_gender(given), kind=PERSON)
            same.append(speaker)
        elif given and (not n.given_of(speaker.name) or len(name) > len(speaker.name)):
            speaker.name = name
        if not speaker.gender:
            speaker.gender = gender or n.given_gender(given)
        entry = self.scene.people.get(speaker.name.lower()) if given and not speaker.side else None
        if entry is not None:
            known(speaker, entry)
        return speaker

    def bearer(self, same: list[Speaker], given: str, gender: str = "", token: int = -1) -> Speaker | None:
        """Return which bearer of a surname is meant: by given name and gender, then the one named by far most often.

        Where nobody is, it is whoever was named in full last in front of `token`.
        """
        if len(same) == 1:
            return same[0] if _fits(same[0], given, gender) else None
        fitting = [speaker for speaker in same if _fits(speaker, given, gender)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        fitting.sort(key=lambda speaker: -len(speaker.places))
        if token < 0 or len(fitting[0].places) >= _CLEARLY * len(fitting[1].places):
            return fitting[0]
        return max(fitting, key=lambda one: max((place for place in one.places if place <= token), default=-1))

    def titles_of(self, speaker: Speaker) -> frozenset[str]:
        """Return the words of the titles in front of a person's name, and of the apposition behind it."""
        if "" not in speaker.titles:  # the mark that they were read
            speaker.titles = speaker.titles.union({""}, *map(self._titles_at, speaker.places[:4]))
        return speaker.titles

    def _titles_at(self, first: int) -> set[str]:
        scene, found, place = self.scene, set(), first - 1
        names = set(self.named.values())
        while place >= self.low and first - place <= _APPOSITION and scene.flags[place] & (g.LETTER | g.CAPITAL):
            if place + 1 in names or (scene.flags[place] & _CLOSED and not scene.flags[place] & g.CAPITAL):
                break
            found.add(n.same_title(base(scene.word(place))))
            place -= 1
        end = scene.name_end(first)
        if end < self.high and scene.flags[end] & g.COMMA:
            top = min(self.high, end + _APPOSITION)
            for place in range(end + 1, top):
                if scene.flags[place] & (g.MARK | g.AUXILIARY | g.RELATIVE):
                    break
                found.add(n.same_title(scene.word(place)))
        return found

    def hear(self, token: int, sentence: int, speaker: Speaker) -> None:
        """Remember that somebody is a source there."""
        self.heard.append((token, sentence, speaker))


def known(speaker: Speaker, entry: Entry) -> None:
    """Add to a person what an actors lexicon says of them."""
    speaker.take_side(entry)
    speaker.gender = speaker.gender or entry["gender"]
    speaker.role = speaker.role or entry["role"]
    if len(entry["display"]) > len(speaker.name) and n.surname_of(entry["display"]) == n.surname_of(speaker.name):
        speaker.name = entry["display"]


def _tail(same: list[Speaker], name: str) -> Speaker | None:
    """Return whose name ends in another: Ildefonso Guajardo Villarreal in Guajardo Villarreal."""
    return next((one for one in same if one.name.endswith(f" {name}") or name.endswith(f" {one.name}")), None)


def _fits(speaker: Speaker, given: str, gender: str) -> bool:
    """Tell whether a given name and a gender, each empty where it is not told, may be a speaker's."""
    if gender and speaker.gender and gender != speaker.gender:
        return False
    return not given or n.may_be_one(given, n.given_of(speaker.name))
