"""Whom a description without a name means: the senator, the committee, the city."""

from __future__ import annotations

from framing.measures import _grammar as g
from framing.measures.attribution import _names as n
from framing.measures.attribution._cast import PERSON, THING, Cast, Scene, Speaker
from framing.text import base

# characters back in which a committee may have been called by its name, and how many of its mentions are read
_REACH = 2500
_MENTIONS = 5
_DEFINITE = frozenset({"the", "this", "that"})
# what a company is called when it is named again
_BODIES = frozenset(
    "company firm bank group organization organisation newspaper paper network magazine agency outlet site website "
    "airline carmaker charity nonprofit publication station channel broadcaster union lender "
    "think-tank super-pac startup manufacturer retailer corporation association coalition".split()
)
# these go with names and say nothing of who is meant
_NOT_HEADS = frozenset(
    "source sources official officials people man woman men women person one others other report study poll survey "
    "statement letter law bill article story document documents data results idea fact question question deal".split()
)


class Descriptions:
    """Resolves definite descriptions by the titles and names in front of them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def resolve(self, first: int, end: int, cast: Cast, read: Speaker) -> Speaker | None:
        """Return who is meant by the description in tokens `first` to `end` (its head is the last), or None.

        `read` is what the words alone say; a side that they tell (the Ukrainian president) must be the person's.
        """
        scene = self.scene
        if end - first < 2 or scene.word(first) not in _DEFINITE:
            return None
        words = [base(scene.word(place)) for place in range(first + 1, end)]
        head = n.same_title(words[-1])
        if scene.flags[end - 1] & g.CAPITAL and not n.is_title(words[-1]):
            return None
        if head in _NOT_HEADS or (head.endswith("s") and not head.endswith("ss")):
            return None
        if read.kind == PERSON or head in n.TITLES:
            found = self._person(head, {n.same_title(word) for word in words[:-1]}, first, cast)
            if found is not None:
                return None if read.side and found.side and read.side != found.side else found
        return self._body(head, first, end, cast) if not read.side and read.kind != PERSON else None

    def _person(self, head: str, others: set[str], token: int, cast: Cast) -> Speaker | None:
        """Return the person in front of whose name that title stood; the one with most of its words, then the last."""
        last_heard = {id(speaker): place for place, _, speaker in cast.heard}
        best, rank = None, (-1, -1)
        for speaker in cast.everybody:
            if not speaker.places or min(speaker.places) >= token or head not in cast.titles_of(speaker):
                continue
            if ("vice" in others) != ("vice" in speaker.titles):
                continue
            near = max(last_heard.get(id(speaker), -1), max(place for place in speaker.places if place < token))
            mine = (len(others & speaker.titles), near)
            if mine > rank:
                best, rank = speaker, mine
        if best is not None and any(word in {"republican", "democratic"} for word in others - best.titles):
            return None  # the other party's
        return best

    def _body(self, head: str, first: int, end: int, cast: Cast) -> Speaker | None:
        """Return the body that was called by its full name before: House Intelligence Committee, city of Phoenix."""
        scene, text = self.scene, self.scene.batch.text
        top = scene.clauses.start[first]
        low = max(scene.clauses.start[cast.low], top - _REACH)
        if end - first == 2:
            spoken = text[scene.clauses.start[end - 1] : scene.clauses.end[end - 1]].removesuffix("'s").lower()
            for form in (spoken, spoken.title()):
                place = top
                for _ in range(_MENTIONS):
                    place = text.rfind(form, low, place)
                    if place < 0:
                        break
                    found = self._name_around(scene.clauses.token_at(place), head, cast)
                    if found is not None:
                        return found
        if head in _BODIES:
            return next(
                (one for _, _, one in reversed(cast.heard[-6:]) if one.kind == THING and one.name[:1].isupper()), None
            )
        return None

    def _name_around(self, token: int, head: str, cast: Cast) -> Speaker | None:
        scene, flags = self.scene, self.scene.flags
        if n.same_title(base(scene.word(token))) != head or scene.in_headline(token):
            return None
        if flags[token] & g.POSSESSIVE:
            return None
        start = token
        while start > cast.low and flags[start - 1] & g.CAPITAL and flags[start - 1] & (g.LETTER | g.STOP):
            start -= 1
        while start < token and scene.word(start) in n.NOT_NAMES - {"white", "american"}:
            start += 1
        end = token + 1
        if start == token:
            if scene.word(end) != "of" or not flags[end + 1] & g.CAPITAL:
                return None
            end = scene.name_end(end + 1)
        elif flags[end] & g.CAPITAL:
            return None  # the name of somebody follows
        name = scene.string(start, end)
        speaker = cast.others.get(name.lower())
        if speaker is None:
            speaker = cast.others[name.lower()] = Speaker(name, kind=THING)
            for _, _, entry in scene.actors.inside(start, end)[:1]:
                speaker.take_side(entry)
        return speaker if speaker.kind != PERSON else None
