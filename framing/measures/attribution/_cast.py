"""The people of an article: whom it names, and who has spoken so far."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Entry, Matches
from framing.measures import _grammar as g
from framing.measures.attribution import _names as n
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._extents import CLOSED, Extents
from framing.text import base

# share of capitals from which a sentence is a headline
_HEADLINE = 0.7
_SHORT = 5
# behind every token
_BEHIND = sys.maxsize
# how many times as often one of two bearers of a surname is named if the surname alone is always theirs
_CLEARLY = 3
# words of an apposition that may hold a title
_APPOSITION = 9

# a match: its first token, the one behind its last, its entry
Hit = tuple[int, int, Entry]
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
        if not self.side and (side := entry["side"]):
            self.side, self.side_rule = side, f"{entry.lexicon}/{entry.id}"


class Places:
    """Matches of a layer, found by the tokens of a span."""

    def __init__(self, matches: Matches) -> None:
        self.first: list[int] = [*matches.first.tolist(), _BEHIND]
        self.last: list[int] = matches.last.tolist()
        self.entry: list[int] = matches.entry.tolist()
        self.entries = matches.entries

    def inside(self, first: int, last: int) -> list[Hit]:
        """Return the matches that stand wholly in tokens `first` to `last`, with their entries."""
        low = bisect_left(self.first, first)
        found: list[Hit] = []
        while self.first[low] < last:
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
        self._starts, self._ends = clauses.start, clauses.end
        # the sentence of a token, and its folded spelling
        self.sentence: Callable[[int], int] = self.batch.sentence.item
        self.word: Callable[[int], str] = self.batch.folded.__getitem__
        self.extents = Extents(clauses)
        self.name_end = self.extents.name_end
        self.actors = Places(actors)
        self.titles = Places(titles)
        vocabulary, types = self.batch.vocabulary, self.batch.type
        codes = vocabulary.column("name codes", n.name_codes, of_folded=False)[types]
        capital = self.extents.capital
        before, after = codes[:-1], capital[1:] | (codes[1:] == n.PARTICLE)
        opens = np.flatnonzero((before > 0) & (before < n.PARTICLE) & (after | (before == n.HONORIFIC)))
        opens = opens[~self._headline[self.batch.sentence[opens]]]
        self.opens: list[int] = opens.tolist()
        self.codes: list[int] = codes[opens].tolist()
        # the first two spellings, as one number
        self.pairs: list[int] = (types[opens].astype(np.int64) * len(vocabulary) + types[opens + 1]).tolist()
        self.capitals: list[int] = np.flatnonzero(capital).tolist()

    @cached_property
    def _headline(self) -> NDArray[np.bool_]:
        """Whether a sentence is written like a headline, most words with a capital; shape (sentences,)."""
        if not len(self.batch):
            return np.zeros(0, dtype=np.bool_)
        columns = (self.extents.capital, self.batch.is_word)
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
            if entry.layer == "actor" and entry["kind"] == "person"
            for form in entry.forms
            if " " in form
        }

    def string(self, first: int, last: int) -> str:
        """Return a name as it is written, without a possessive ending."""
        text = self.text[self._starts[first] : self._ends[last - 1]].replace("\n", " ")
        return text.removesuffix("’s").removesuffix("'s") if self.flags[last - 1] & g.POSSESSIVE else text


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
        behind, alone, folded = self.low, [], scene.batch.folded
        short: dict[int, Speaker] = {}  # names of two words, by their spellings
        columns = scene.opens[low:high], scene.codes[low:high], scene.pairs[low:high]
        for place, code, pair in zip(*columns, strict=True):
            if place < behind:
                continue
            known_as = short.get(pair)
            if known_as is not None and not scene.flags[place + 2] & g.CAPITAL:
                known_as.places += (place,)
                self.named[place] = place + 2
                continue
            if code == n.HONORIFIC:
                alone.append(place)
                continue
            end = scene.name_end(place)
            if end == place + 1 or any(map(n.is_no_person, folded[place + 1 : end])):
                continue
            behind = end
            speaker = self._enter(place, end, n.GENDER.get(code, ""))
            if end == place + 2:
                short[pair] = speaker
        for title in alone:
            self._read_behind(title)

    def _read_behind(self, title: int) -> None:
        """Enter the person who is named behind an honorific."""
        scene, word = self.scene, self.scene.word
        first = title + 1 + (word(title + 1) == ".")
        if first in self.named or first >= self.high or not scene.flags[first] & g.CAPITAL or n.is_title(word(first)):
            return
        end = scene.name_end(first)
        if not any(word(place) in n.ORGANISATIONS for place in range(first, end)):
            self._enter(first, end, n.title_gender(word(title)))

    def _enter(self, first: int, end: int, gender: str) -> Speaker:
        name = self.scene.string(first, end)
        speaker = self._by_name.get(name)
        if speaker is None:
            speaker = self._by_name[name] = self.person(name, gender)
        speaker.places += (first,)
        self.named[first] = end
        return speaker

    def person(self, name: str, gender: str = "", token: int = -1) -> Speaker:
        """Return the person of that name at a token, entering them if they are new."""
        surname, given, told = n.read_name(name)
        same = self.by_surname.setdefault(surname, [])
        speaker = (self.bearer(same, given, gender, token) or _tail(same, name)) if same else None
        if speaker is None:
            speaker = Speaker(name, gender=gender or told, kind=PERSON)
            same.append(speaker)
        elif given and (not n.given_of(speaker.name) or len(name) > len(speaker.name)):
            speaker.name = name
        if not speaker.gender:
            speaker.gender = gender or told
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

    @cached_property
    def _name_ends(self) -> frozenset[int]:
        return frozenset(self.named.values())

    def _titles_at(self, first: int) -> set[str]:
        scene, found, place = self.scene, set(), first - 1
        while place >= self.low and first - place <= _APPOSITION and scene.flags[place] & (g.LETTER | g.CAPITAL):
            if place + 1 in self._name_ends or (scene.flags[place] & CLOSED and not scene.flags[place] & g.CAPITAL):
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
