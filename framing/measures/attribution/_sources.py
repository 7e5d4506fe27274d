"""What the words of a source say of it by themselves: a person's name, an office, a body, or somebody unnamed."""

from __future__ import annotations

import re

from framing.lexicon import Entry
from framing.measures import _grammar as g
from framing.measures.attribution import _names as n
from framing.measures.attribution._cast import PERSON, THING, Cast, Hit, Scene, Speaker, known
from framing.measures.attribution._wording import (
    GROUPS,
    described_gender,
    display,
    ends_plural,
    is_anonymous,
    last_word,
)
from framing.text import base

# what stands in front of a surname: one or two given names, perhaps an initial and a particle
_GIVEN = re.compile(r"(?<![\w’'])((?:[A-Z][\w-]+ (?:[A-Z]\.? )?(?:(?:de|van|al|bin|von|del|di|la) )?){1,2})$")
_REACH = 50
# how many mentions of a surname are read for a given name in front
_MENTIONS = 6
_RANK = {"person": 0, "office": 1, "army": 1, "government": 1, "agency": 1, "party": 1, "organisation": 1, "media": 1}
_LEAST_RANK = 2
_ACRONYM = 5
_LONGEST_NAME = 5
# a line that is nothing but a name, at the end of a letter
_SIGNATURE = re.compile(r"^[-–—―\s]*((?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+)\s*\.?(?:,.*)?$")
_BIOGRAPHY = re.compile(r"^((?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+)(?:,[^,]*,)?\s+(?:is|was|writes|teaches|serves)\b")
_COMMITTEES = frozenset("committee subcommittee panel".split())
# words that no person's name holds
_OF_A_THING = n.ORGANISATIONS | {"for", "of", "and", "&"}
_ABOUT = frozenset("on about against by after over under before since than".split())
# those who speak against the party that they are named after
_AGAINST = frozenset(
    "critics critic opponents opponent rivals rival enemies enemy victims victim foes foe detractors detractor "
    "sceptics skeptics challengers challenger accusers accuser protesters wife husband widow".split()
)


class Sources:
    """Reads the words of sources."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.flags, self.word = scene.flags, scene.word

    def read(self, text: str, first: int, last: int, cast: Cast) -> Speaker:
        """Return the speaker that a source in tokens `first` to `last` names or describes."""
        actors, titles = self.scene.actors.inside(first, last), self.scene.titles.inside(first, last)
        if last - first == 1 and not actors and not titles:
            same = cast.by_surname.get(n.surname_of(text))
            again = cast.bearer(same, "", "", first) if same else None
            if again is not None:
                return again
        together = self._together(text, first, last, cast) if " and " in text or " or " in text else None
        if together is not None:
            return together
        head = self.scene.extents.head_end(first, last)
        # one that is all in lower case behind its first letter names nobody, unless it is one word
        names = last - first == 1 or text[1:] != text[1:].lower()
        span = (self._named(first, last, cast) or self._name(first, last, titles)) if names else None
        title = self._title(titles, head, span) if titles else None
        best = self._actor(self._own(actors, span), first, head, titled=bool(titles)) if actors else None
        name = self.scene.string(*span) if span else ""
        role = self._role((first, head, last), title, best[2] if best else None, cast)
        if best and best[2]["kind"] == "person" and (_is_called(best[2], name) if name else best[1] == head):
            return self._actor_person(best, name, role, titles, cast)
        if span and not self._is_thing(span, first, titles, best, cast):
            return self._person(span, role, best, titles, cast)
        return self._unnamed(name or text, span is not None, role, title, best, actors)

    def _named(self, first: int, last: int, cast: Cast) -> tuple[int, int] | None:
        """Return a name that the article gives in full: Secretary of State John Kerry, Trump aide Roger Stone."""
        if cast.named.keys().isdisjoint(range(first, last)):
            return None
        for place in range(first, last):
            if self.flags[place] & (g.COMMA | g.RELATIVE | g.COORDINATOR):
                return None
            end = cast.named.get(place, 0)
            if not 0 < end <= last or self.flags[end - 1] & g.POSSESSIVE:
                continue
            if place > first and self.flags[place - 1] & (g.PREPOSITION | g.TO):
                continue  # a spokesman for Donald Trump
            if end == last or self.flags[end] & (g.COMMA | g.BRACKET | g.DAY | g.ADVERB | g.RELATIVE | g.PREPOSITION):
                return place, end
        return None

    def _own(self, actors: list[Hit], span: tuple[int, int] | None) -> list[Hit]:
        """Return the actors that are no part of a longer name: not Pat Washington, not Disabled American Veterans."""
        return [hit for hit in actors if not self._is_part(hit, hit[2]["kind"], span)]

    def _is_part(self, hit: Hit, kind: str, span: tuple[int, int] | None) -> bool:
        if kind == "person":
            return False
        if span and span[0] <= hit[0] and hit[1] <= span[1] and hit[1] - hit[0] < span[1] - span[0]:
            return True
        if kind == "demonym":
            return self._inside_capitals(hit)
        return kind in {"agency", "government"} and self.word(hit[1]) in _COMMITTEES

    def _inside_capitals(self, hit: Hit) -> bool:
        before, after = self.flags[hit[0] - 1] if hit[0] else 0, self.flags[hit[1]]
        return bool(before & g.LETTER and before & after & g.CAPITAL) and not n.is_title(self.word(hit[0] - 1))

    def _title(self, titles: list[Hit], head: int, span: tuple[int, int] | None) -> Entry | None:
        """Return the title that says most: the last up to the name or the head's end, else the first behind."""
        told = [hit for hit in titles if not n.title_gender(hit[2].id)]
        reach = max(head, span[0] if span else 0)
        before = [hit for hit in told if hit[0] < reach]
        behind = told if span else []
        return before[-1][2] if before else behind[0][2] if behind else None

    def _role(self, span: tuple[int, int, int], title: Entry | None, actor: Entry | None, cast: Cast) -> str:
        """Return the role that a title gives; a spokesman has that of whom he speaks for."""
        if title is not None and not title.id.startswith("spokes"):
            return title["role"]
        if actor is not None and actor["role"]:
            return actor["role"]
        first, head, last = span
        if title is None:
            word = self.word(head - 1)
            return n.BODY_ROLES.get(base(word) if word[-2:] == "'s" else word, "")
        for place in range(last - 1, first - 1, -1):
            word = base(self.word(place))
            if word in n.BODY_ROLES:
                return n.BODY_ROLES[word]
            people = cast.by_surname.get(word) if self.flags[place] & g.CAPITAL else None
            if people and people[0].role:
                return people[0].role
        return ""

    def _actor_person(self, best: Hit, name: str, role: str, titles: list[Hit], cast: Cast) -> Speaker:
        entry = best[2]
        called = entry["display"] or entry.form
        speaker = cast.person(called if n.surname_of(called) == n.surname_of(name or called) else name, entry["gender"])
        speaker.side, speaker.side_rule = "", ""
        known(speaker, entry)
        speaker.role = entry["role"] or role or speaker.role
        self._note(speaker, best[0], titles)
        return speaker

    def _person(self, span: tuple[int, int], role: str, best: Hit | None, titles: list[Hit], cast: Cast) -> Speaker:
        name = self.scene.string(*span)
        before = self.word(span[0] - 1 - (self.word(span[0] - 1) == ".")) if span[0] > 1 else ""
        gender = n.title_gender(before) or next((hit[2]["gender"] for hit in titles if hit[2]["gender"]), "")
        if not n.given_of(name) and not cast.by_surname.get(n.surname_of(name)):
            name = self._full_name(name, cast)
        speaker = cast.person(name, gender, span[0])
        # whoever is named is not unnamed
        speaker.role = speaker.role or ("government" if role == "official-unnamed" else role)
        if not speaker.gender and not n.given_of(name) and not titles and len(speaker.places) == 0:
            speaker.kind = ""
        if best is not None:
            speaker.take_side(best[2])
        self._note(speaker, span[0], titles)
        return speaker

    def _note(self, speaker: Speaker, place: int, titles: list[Hit]) -> None:
        """Remember where a name stands and the titles that go with it."""
        if place not in speaker.places:
            speaker.places += (place,)
        if titles:
            words = [word for first, last, _ in titles for word in self.scene.batch.folded[first:last]]
            speaker.titles = speaker.titles.union(map(n.same_title, words))

    def _unnamed(
        self, text: str, named: bool, role: str, title: Entry | None, best: Hit | None, actors: list[Hit]
    ) -> Speaker:
        shown = text if named else display(text)
        last = last_word(shown)
        plural = (
            bool(title and title["number"] == "plural")
            or (best is not None and best[2]["kind"] == "group")
            or (not named and ends_plural(shown))
            or last in GROUPS
        )
        gender = (title["gender"] if title else "") or described_gender(shown)
        human = title is not None and title["role"] not in {"document", "media"} and not named and not plural
        speaker = Speaker(shown, role=role, gender=gender, plural=plural)
        thing = named or best is not None or role or last in n.ORGANISATIONS
        speaker.kind = "" if plural else PERSON if human or gender else THING if thing else ""
        speaker.anonymous = is_anonymous(text, role, known=bool(actors))
        if best is not None:
            speaker.take_side(best[2])
        return speaker

    def _together(self, text: str, first: int, last: int, cast: Cast) -> Speaker | None:
        """Return one speaker for several: their side is the one that all of them share."""
        flags = self.flags
        links = [
            place
            for place in range(first + 1, last - 1)
            if flags[place] & g.COORDINATOR and (flags[place - 1] & flags[place + 1] & g.CAPITAL)
        ]
        if not links and self._with_others(first, last, cast):
            return Speaker(display(text), plural=True)
        if not links or not flags[last - 1] & (g.CAPITAL | g.COMMA):
            # President Obama and Chancellor Merkel: a title may stand behind the link
            return None
        opening = next((place for place in range(first, last) if flags[place] & g.CAPITAL), last)
        parts = list(zip([opening, *[link + 1 for link in links]], [*links, last], strict=True))
        hits = [[hit[2] for hit in self.scene.actors.inside(low, high)] for low, high in parts]
        if not any(hits) and not all(cast.by_surname.get(n.surname_of(self.scene.string(*part))) for part in parts):
            return None
        speaker = Speaker(display(text), plural=True)
        shared = set.intersection(*({entry["side"] for entry in entries} for entries in hits))
        for entry in hits[0]:
            if shared == {entry["side"]}:
                speaker.take_side(entry)
        return speaker

    def _with_others(self, first: int, last: int, cast: Cast) -> bool:
        """Tell whether a person and somebody else speak: Trump and other Republicans, she and Jack Goldsmith."""
        for place in range(first + 1, last - 1):
            if self.flags[place] & g.COORDINATOR and self.word(place) == "and":
                before = self.word(place - 1 - bool(self.flags[place - 1] & g.COMMA))
                return before in {"he", "she"} or bool(
                    cast.by_surname.get(before) and self.flags[place + 1] & (g.DETERMINER | g.PRONOUN)
                )
            if self.flags[place] & (g.PREPOSITION | g.RELATIVE | g.BRACKET):
                return False
        return False

    def _actor(self, actors: list[Hit], first: int, head: int, *, titled: bool) -> Hit | None:
        """Return the actor that a source is, or that it speaks for: behind a title, ``a spokesman for X``."""
        if not actors or not _AGAINST.isdisjoint(self.scene.batch.folded[first:head]):
            return None  # critics of Putin, Trump opponents
        in_head = [hit for hit in actors if hit[0] < head]
        behind = [hit for hit in actors if not self._is_aside(hit, first)]
        named = in_head or (behind if titled else [hit for hit in behind if self.flags[hit[0] - 1] & g.COMMA])
        return min(named, key=lambda hit: (_RANK.get(hit[2]["kind"], _LEAST_RANK), hit[0]), default=None)

    def _is_aside(self, hit: Hit, first: int) -> bool:
        """Tell whether an actor is only spoken of: a story on Obama, a judge whom Republicans chose."""
        before = hit[0] - 1
        while before > first and self.flags[before] & (g.CAPITAL | g.DETERMINER):
            before -= 1
        return self.word(before) in _ABOUT or any(flag & g.RELATIVE for flag in self.flags[first : hit[0]])

    def _is_thing(self, span: tuple[int, int], first: int, titles: list[Hit], best: Hit | None, cast: Cast) -> bool:
        """Tell whether a name is an organisation's rather than a person's."""
        words = self.scene.batch.folded[span[0] : span[1]]
        if best is not None and best[0] <= span[0] and best[1] >= span[1]:
            return best[2]["kind"] not in {"person", "demonym", "group"}
        if len(words) > 1 and words[0] in n.given_names():
            return words[-1] in n.ORGANISATIONS
        if any(stop <= span[0] for _, stop, _ in titles) or n.title_gender(
            self.word(span[0] - 2 if span[0] > 1 else 0)
        ):
            return False
        if words[-1] in GROUPS or not _OF_A_THING.isdisjoint(words):
            return True
        name = self.scene.string(*span)
        if cast.by_surname.get(n.surname_of(name)):
            return False
        if span[0] > first and self.flags[span[0] - 1] & g.DETERMINER:
            return True
        return len(words) == 1 and name.isupper() and 1 < len(name) <= _ACRONYM

    def _name(self, first: int, last: int, titles: list[Hit]) -> tuple[int, int] | None:
        """Return the tokens of a name: the last run of capitals in front of a comma, behind any title in it."""
        flags = self.flags
        for low, high in self.scene.extents.pieces(first, last):
            end = high
            while end > low and flags[end - 1] & (g.DAY | g.ADVERB):
                end -= 1  # a spokesman late Friday
            if end <= low or not flags[end - 1] & g.CAPITAL:
                continue
            start = self._name_start(low, end, titles)
            if start >= end or self.word(start) in n.NOT_NAMES:
                continue
            titled = any(stop <= start for _, stop, _ in titles)
            if flags[low] & g.DETERMINER and not titled:
                continue  # the State Department
            if start > first and flags[start - 1] & g.NUMBER:
                continue  # 13 Hours
            if end - start > _LONGEST_NAME or any(low <= a and b <= high and b > start for a, b, _ in titles):
                continue
            return start, self._through_link(start, end, last, titles)
        return None

    def _name_start(self, low: int, end: int, titles: list[Hit]) -> int:
        """Return where the capitals that end a piece begin, behind titles and possessives."""
        flags, start = self.flags, end
        while start > low and (flags[start - 1] & g.CAPITAL or self.word(start - 1) in n.PARTICLES | {".", ","}):
            if start < end and flags[start - 1] & g.POSSESSIVE:
                break  # Trump's RT
            start -= 1
        while start < end and not flags[start] & g.CAPITAL:
            start += 1
        for _, stop, entry in titles:
            if start < stop < end or (stop == end and entry["number"] == "singular" and start < stop):
                start = max(start, stop)
            if start < end and self.word(start) == ".":
                start += 1
        while start < end - 1 and (n.is_title(self.word(start)) or self.word(start) == "."):
            if self.word(end - 1) in n.ORGANISATIONS:
                break  # the Foreign Ministry
            start += 1
        return start

    def _through_link(self, start: int, end: int, last: int, titles: list[Hit]) -> int:
        """Return where a name ends that goes on behind a preposition: Citizens for Tax Justice, University of Maine."""
        if (end - start > 1 and self.word(end - 1) not in n.ORGANISATIONS) or titles or end + 1 >= last:
            return end
        if self.word(end) in {"for", "of"} and self.flags[end + 1] & g.CAPITAL:
            return self.scene.name_end(end + 1)
        return end

    def _full_name(self, surname: str, cast: Cast) -> str:
        """Return the first spelling in the article of a name that ends in this surname, with words in front of it."""
        text, starts = self.scene.batch.text, self.scene.clauses.start
        low, high = starts[cast.low], self.scene.clauses.end[cast.high - 1]
        for spelling in {surname, surname.replace("'", "’"), surname.replace("’", "'")}:
            place = text.find(spelling, low, high)
            for _ in range(_MENTIONS):
                if place < 0:
                    break
                match = _GIVEN.search(text, max(low, place - _REACH), place)
                if match is not None and not self.scene.in_headline(self.scene.clauses.token_at(place)):
                    words = match.group(1).split()
                    while words and n.is_title(words[0]):
                        words = words[1:]
                    if words and not {word.lower() for word in words} & (n.NOT_NAMES | n.ORGANISATIONS | n.TITLES):
                        return f"{' '.join(words)} {surname}"
                place = text.find(spelling, place + 1, high)
        return surname

    def author(self, token: int, cast: Cast) -> Speaker | None:
        """Return who signed the text around a token: a name on a line of its own, or in the last line on the author."""
        text, clauses = self.scene.batch.text, self.scene.clauses
        high = clauses.end[cast.high - 1]
        lines = [line.strip() for line in text[clauses.start[token] : high].split("\n") if line.strip()]
        for line in lines[1:]:
            match = _SIGNATURE.match(line)
            if match and n.given_names().get(match.group(1).split()[0].lower()):
                return cast.person(match.group(1))
        match = _BIOGRAPHY.match(lines[-1]) if lines else None
        return cast.person(match.group(1)) if match else None


def _is_called(entry: Entry, name: str) -> bool:
    """Tell whether a name is one of an actor's, in any spelling, and not a relative's."""
    if name in entry.forms or not any(form.split()[-1] in name for form in entry.forms):
        return name in entry.forms
    return n.may_be_one(n.given_of(name), n.given_of(entry["display"] or entry.form)) or any(
        form.startswith(name.split()[0]) for form in entry.forms
    )
