"""Where in a sentence a content can begin and end."""

from __future__ import annotations

from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._cues import Cue
from framing.measures.attribution._model import Span

Tokens = tuple[int, int]
SAYING = frozenset({"quote", "that", "clause"})
_AHEAD = 16
_NOBODY = frozenset("nobody none nothing no-one".split())
# words of one that speak without an article and without a plural's s
_GROUPS = frozenset(
    "police people staff media press data research evidence management congress women men children".split()
)
_DETERMINERS_THAT_SPEAK = frozenset("many some several few most both all others these those his her their its".split())
_SHORT_OBJECT = frozenset("me us him her them you reporters journalists supporters voters everyone people".split())
# words in front of a participle that begin a clause of its own: while adding
_LINKS = frozenset({"while", "before", "after", "and"})


class Sentence:
    """A sentence as the rules look at it.

    Attributes
    ----------
    low, high : int
        Its first token, and the one behind its last.
    body_end : int
        The token behind its last word or quotation: the final stop is nobody's.
    """

    def __init__(self, clauses: Clauses, low: int, high: int) -> None:
        self.clauses = clauses
        self.low = low
        self.high = high
        self.flags = clauses.flags
        self.body_end = self._find_end()

    def _find_end(self) -> int:
        """Return the token behind the sentence's last word or quotation: its final stop is nobody's."""
        end = self.high
        while end > self.low and self.flags[end - 1] & g.STOP and self.clauses.quotation[end - 1] < 0:
            end -= 1
        return end

    def trim(self, first: int, last: int) -> Span | None:
        """Return the characters of a piece of content without marks and conjunctions at its rims."""
        flags, quotation = self.flags, self.clauses.quotation
        while first < last and quotation[first] < 0 and flags[first] & (g.COMMA | g.STOP | g.DASH | g.COLON):
            first += 1
        if first + 1 < last and flags[first] & g.COORDINATOR and first == self.low:
            first += 1
        while last > first and quotation[last - 1] < 0 and flags[last - 1] & (g.COMMA | g.STOP | g.DASH | g.COLON):
            last -= 1
        return self.clauses.span(first, last) if last > first else None

    def first_comma(self, first: int, end: int) -> int:
        """Return the first comma outside quotations behind `first`, or `end`."""
        for place in range(first + 1, end):
            if self.flags[place] & g.COMMA and self.clauses.quotation[place] < 0:
                return place
        return end

    def content_ends_before(self, token: int) -> bool:
        """Tell whether a comma or a quotation ends right in front of a token, with words before it."""
        if token - 2 < self.low:
            return False
        previous = self.flags[token - 1]
        quoted = self.clauses.quotation[token - 1] >= 0
        return quoted or bool(previous & (g.COMMA | g.DASH))

    def can_speak(self, first: int, last: int) -> bool:
        """Tell whether a noun phrase can be a source: nobody, a number or a lone verb or adverb cannot."""
        flags, word = self.flags[first], self.clauses.word(first)
        if any(self.clauses.word(place) in {"%", "$"} for place in range(first, last)):
            return False
        if last - first > 1:
            return True
        if word in _NOBODY or flags & (g.MARK | g.THAT | g.SUBORDINATOR | g.PREPOSITION | g.TO):
            return False
        if flags & (g.CAPITAL | g.PRONOUN) or word in _GROUPS:
            return True
        if flags & (g.DETERMINER | g.ADVERB | g.PAST | g.PARTICIPLE | g.NUMBER | g.AUXILIARY):
            return word in _DETERMINERS_THAT_SPEAK
        return word.endswith("s") and not word.endswith("ss")

    def opens_content(self, token: int) -> bool:
        """Tell whether a that-clause or a quotation stands right behind a cue."""
        return token < self.body_end and (bool(self.flags[token] & g.THAT) or self.clauses.quotation[token] >= 0)

    def is_introduction(self, first: int, last: int) -> bool:
        """Tell whether a run in front of a comma only sets the scene: ``In a statement,``, ``On Monday,``."""
        head = self.flags[first] if first < last else 0
        if any(self.flags[place] & (g.AUXILIARY | g.COMMA) for place in range(first, last)):
            return False  # By noon, four villages had been taken, the ministry confirmed
        return bool(head & (g.PREPOSITION | g.SUBORDINATOR | g.ADVERB | g.PARTICIPLE | g.COORDINATOR | g.DAY)) and (
            self.clauses.quotation[last - 1] < 0
        )

    def source_limit(self, first: int) -> int:
        """Return where the source of an opening ``According to X, A`` ends: with its comma, or its apposition's."""
        comma = self.first_comma(first, self.body_end)
        if comma + 1 < self.body_end and self.clauses.word(comma + 1) in {"a", "an", "who", "which"}:
            return self.first_comma(comma + 1, self.body_end)
        return comma

    def adjuncts_end(self, token: int) -> int:
        """Return the token behind when, where and to whom it was said."""
        place = token
        while place < self.body_end:
            flag = self.flags[place]
            if self.clauses.quotation[place] >= 0 or flag & (g.COMMA | g.STOP | g.DASH | g.COLON | g.THAT):
                break
            if place == token and not flag & (g.PREPOSITION | g.DAY | g.ADVERB | g.SUBORDINATOR | g.TO | g.CAPITAL):
                hearer = self.clauses.word(place) in {"the", "a", "an"} and self.clauses.word(token - 1) == "told"
                if self.clauses.word(place) not in _SHORT_OBJECT and not hearer:
                    break
            place += 1
        return place

    def content_start(self, cue: Cue) -> int:
        """Return where the content begins behind a cue: past the hearer, the day and the occasion."""
        flags, quotation = self.flags, self.clauses.quotation
        if not cue.takes & SAYING:
            return cue.last
        limit = min(cue.last + _AHEAD, self.body_end)
        first = cue.last
        if first >= self.body_end:
            return first
        teller = "tell" in cue.entry.id or "tweet" in cue.entry.id
        adjunct = flags[first] & (g.PREPOSITION | g.DAY | g.TO) or teller or flags[first] & (g.COMMA | g.CAPITAL)
        if not adjunct:
            return first
        for place in range(first, limit):
            if quotation[place] >= 0 or (flags[place] & g.THAT and place > first):
                return place
            if flags[place] & g.COLON:
                return place + 1
        if teller:
            return self.past_hearer(first)
        if flags[first] & (g.PREPOSITION | g.DAY):
            return self.past_adjunct(first)
        return first

    def past_hearer(self, first: int) -> int:
        """Return the token behind the hearer: told reporters, told the Gazette."""
        flags = self.flags
        if first < self.body_end and self.clauses.word(first) in _SHORT_OBJECT:
            return first + 1
        last = first
        if last < self.body_end and flags[last] & g.DETERMINER:
            last += 1
        while last < self.body_end and not flags[last] & (
            g.DETERMINER | g.PRONOUN | g.TO | g.SUBORDINATOR | g.MARK | g.RELATIVE
        ):
            last += 1
        return last

    def past_adjunct(self, first: int) -> int:
        """Return the token behind a day or a place: on Monday, in Ohio."""
        flags, last = self.flags, first + 1
        if last < self.body_end and flags[last] & g.DETERMINER:
            last += 1
        while last < self.body_end and not flags[last] & (
            g.DETERMINER | g.PRONOUN | g.SUBORDINATOR | g.MARK | g.AUXILIARY | g.RELATIVE | g.TO
        ):
            if flags[last - 1] & g.DAY and last - 1 > first:
                break
            last += 1
        return last if last < self.body_end else first

    def content_end(self, cue: Cue, source: Tokens | None, first: int, following: list[Cue]) -> int:
        """Return where a content ends: with the sentence, or where the next cue of the same clause begins."""
        flags = self.flags
        end = self.body_end
        for other in following:
            if other.first <= first or other.part not in {"verb", "preposition"}:
                continue
            before = flags[other.first - 1]
            if other.part == "preposition":
                if before & g.COMMA and other.entry.form == "according to":
                    end = min(end, other.first - 1)
                continue
            link = self.clauses.word(other.first - 1) in _LINKS or bool(before & (g.COMMA | g.DASH))
            if other.participle and link:
                end = min(end, other.first - 1)
            elif other.coordinated and other.first - 1 > first and not cue.participle:
                before_link = flags[other.first - 2]
                if before_link & g.COMMA or self._is_over(other):
                    end = min(end, other.first - 1)
        if self.subordinate(cue, source):
            end = min(end, self.first_comma(first, end))
        return end

    def _is_over(self, other: Cue) -> bool:
        """Tell whether a content ends in front of ``and OTHER``: with a quotation, or since OTHER has its own."""
        return self.clauses.quotation[other.first - 2] >= 0 or self.opens_content(other.last)

    def subordinate(self, cue: Cue, source: Tokens | None) -> bool:
        """Tell whether the cue's own clause is introduced by while, as, after ..."""
        opening = min(cue.first, source[0]) if source else cue.first
        return opening > self.low and bool(
            self.flags[opening - 1] & (g.SUBORDINATOR | g.RELATIVE) or self.flags[cue.first - 1] & g.RELATIVE
        )
