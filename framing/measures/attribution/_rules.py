"""Rules that give a cue its source and its content, sentence by sentence."""

from __future__ import annotations

from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._cues import Cue
from framing.measures.attribution._model import Attribution, Span

Tokens = tuple[int, int]
_SAYING = frozenset({"quote", "that", "clause"})
_BY = 6
# words in front of a participle that begin a clause of its own: while adding
_LINKS = frozenset({"while", "before", "after", "and"})
_AHEAD = 16
_SHORT_OBJECT = frozenset("me us him her them you reporters journalists supporters voters everyone people".split())


class SentenceRules:
    """Reads the cues of one sentence from left to right."""

    def __init__(self, clauses: Clauses, low: int, high: int) -> None:
        self.clauses = clauses
        self.low = low
        self.high = high
        self.flags = clauses.flags
        self.covered = low  # contents found so far reach to this token
        self.sources: list[Tokens] = []
        self.found: list[Attribution] = []
        self.body_end = self._body_end()

    def _body_end(self) -> int:
        """Return the token behind the sentence's last word or quotation: its final stop is nobody's."""
        end = self.high
        while end > self.low and self.flags[end - 1] & g.STOP and self.clauses.quotation[end - 1] < 0:
            end -= 1
        return end

    def read(self, cues: list[Cue]) -> list[Attribution]:
        """Return the sentence's attributions."""
        final = self._final(cues)
        for index, cue in enumerate(cues):
            if cue is final or cue.head < self.covered:
                continue
            following = cues[index + 1 :]
            if final is not None and cue.head < final.head and not self._stands_before(cue, final):
                continue
            if cue.part == "verb":
                self._verb(cue, following)
            elif cue.part == "noun":
                self._noun(cue, following)
            elif cue.part == "preposition" and cue.entry.form.endswith((" to", "per", " by")):
                self._according(cue)
            elif cue.part == "adjective":
                self._verb(cue, following)
        if final is not None:
            self._final_verb(final)
        return self.found

    # -- a cue behind its content ------------------------------------------------------------------------------

    def _final(self, cues: list[Cue]) -> Cue | None:
        """Return the cue of ``..., officials said.`` or ``..., said Smith.`` if there is one."""
        for cue in reversed(cues):
            if cue.part != "verb" or not cue.takes & _SAYING or cue.infinitive or cue.participle:
                continue
            source = self._source_before(cue)
            behind = self._adjuncts_end(cue.last)
            if source and self._content_ends_before(source[0]) and behind >= self.body_end:
                if self._is_introduction(self.low, source[0] - 1) and behind > cue.last:
                    continue
                return cue
            if not source and self._content_ends_before(cue.first):
                after = self.clauses.noun_phrase_after(cue.last, self.body_end)
                if after:
                    return cue
        return None

    def _stands_before(self, cue: Cue, final: Cue) -> bool:
        """Tell whether a cue in front of a final one has a content of its own: it is not part of what is said."""
        source = self._source_before(final)
        return cue.head >= (source[0] if source else final.first)

    def _content_ends_before(self, token: int) -> bool:
        """Tell whether a comma or a quotation ends right in front of a token, with words before it."""
        if token - 2 < self.low:
            return False
        previous = self.flags[token - 1]
        quoted = self.clauses.quotation[token - 1] >= 0
        return quoted or bool(previous & (g.COMMA | g.DASH))

    def _final_verb(self, cue: Cue) -> None:
        source = self._source_before(cue)
        if source and self._content_ends_before(source[0]):
            content_end, rest = source[0], self._adjuncts_end(cue.last)
        else:
            source = self.clauses.noun_phrase_after(cue.last, self.body_end)
            content_end, rest = cue.first, source[1] if source else cue.last
        first = max(self.low, self.covered if self.found else self.low)
        content = [self._trim(first, content_end)]
        if rest < self.body_end:
            comma = self.flags[rest] & (g.COMMA | g.DASH) and rest + 1 < self.body_end
            if comma and not self.flags[rest + 1] & (g.PARTICIPLE | g.RELATIVE | g.SUBORDINATOR | g.PREPOSITION):
                content.append(self._trim(rest + 1, self.body_end))
        self._add(cue, source, [piece for piece in content if piece], "cue-last")

    # -- a cue before its content ------------------------------------------------------------------------------

    def _verb(self, cue: Cue, following: list[Cue]) -> None:
        if cue.infinitive and not self._opens_content(cue.last):
            return  # "allowed him to say": what is said, if anything, is the governing verb's
        source = self._source(cue)
        if cue.passive:
            self._passive(cue, source, following)
            return
        middle = self._inserted(cue, source)
        if middle:
            return
        first = self._content_start(cue)
        last = self._content_end(cue, source, first, following)
        if last - first < 1 or (last - first == 1 and self.flags[first] & (g.PREPOSITION | g.ADVERB | g.DAY)):
            return
        if source is None and not cue.takes & _SAYING:
            return
        content = self._trim(first, last)
        if content:
            self._add(cue, source, [content], "cue-first")
            self.covered = max(self.covered, last)

    def _opens_content(self, token: int) -> bool:
        """Tell whether a that-clause or a quotation stands right behind a cue."""
        return token < self.body_end and (bool(self.flags[token] & g.THAT) or self.clauses.quotation[token] >= 0)

    def _inserted(self, cue: Cue, source: Tokens | None) -> bool:
        """Read ``A, he said, B``: the content stands on both sides."""
        if not cue.takes & _SAYING or cue.participle or cue.infinitive or source is None:
            return False
        opening = source[0]
        behind = self._adjuncts_end(cue.last)
        if source[0] > cue.first:  # said Smith
            opening, behind = cue.first, source[1]
        if not self._content_ends_before(opening) or behind >= self.body_end:
            return False
        if not self.flags[behind] & (g.COMMA | g.DASH) and self.clauses.quotation[behind] < 0:
            return False
        if self.flags[opening - 1] & g.COMMA and opening - 1 - self.covered < 2:
            return False
        if self._is_introduction(self.covered, opening - 1):
            return False
        before, after = self._trim(self.covered, opening), self._trim(behind, self.body_end)
        pieces = [piece for piece in (before, after) if piece]
        if not pieces:
            return False
        self._add(cue, source, pieces, "cue-inside")
        self.covered = self.body_end
        return True

    def _is_introduction(self, first: int, last: int) -> bool:
        """Tell whether a run in front of a comma only sets the scene: ``In a statement,``, ``On Monday,``."""
        head = self.flags[first] if first < last else 0
        return bool(head & (g.PREPOSITION | g.SUBORDINATOR | g.ADVERB | g.PARTICIPLE | g.COORDINATOR | g.DAY)) and (
            self.clauses.quotation[last - 1] < 0
        )

    def _passive(self, cue: Cue, source: Tokens | None, following: list[Cue]) -> None:
        """Read ``was accused of X by Y`` and ``is expected to X``."""
        by = next(
            (
                place
                for place in range(cue.last, min(cue.last + _BY, self.body_end))
                if self.clauses.word(place) == "by"
            ),
            None,
        )
        if by is not None:
            agent = self.clauses.noun_phrase_after(by + 1, self.body_end)
            content = source or (self.low, cue.first)
            piece = self._trim(*content)
            if agent and piece:
                self._add(cue, agent, [piece], "passive")
            return
        first, last = cue.last, self._content_end(cue, source, cue.last, following)
        if not cue.takes & {"that", "to", "as", "clause"} or last <= first:
            return
        pieces = [self._trim(*source)] if source else []
        pieces.append(self._trim(first, last))
        self._add(cue, None, [piece for piece in pieces if piece], "passive")
        self.covered = max(self.covered, last)

    def _noun(self, cue: Cue, following: list[Cue]) -> None:
        """Read ``Smith's claim that X`` and ``the claim that X``."""
        if cue.last >= self.body_end:
            return
        flag, word = self.flags[cue.last], self.clauses.word(cue.last)
        links = flag & g.THAT or (word == "to" and "to" in cue.takes)
        if not (links or word == ":"):
            return
        first = cue.first
        while first - 1 >= self.low and not self.flags[first - 1] & (
            g.MARK | g.DETERMINER | g.POSSESSIVE | g.PREPOSITION | g.AUXILIARY | g.PAST | g.TO | g.PRONOUN
        ):
            first -= 1
            if cue.first - first > 2:
                return
        owner = self.flags[first - 1] if first > self.low else 0
        last = self._content_end(cue, None, cue.last + 1, following)
        if last <= cue.last + 1:
            return
        content = self._trim(cue.last, last)
        if owner & g.POSSESSIVE:
            start = self.clauses._walk(first - 1, self.low)
            if start >= first or not content:
                return
            cut = self.clauses.end[first - 1] - (2 if self.clauses.word(first - 1).endswith("'s") else 1)
            self._put(
                cue,
                [(self.clauses.start[start], cut)],
                (cut, self.clauses.end[cue.last - 1]),
                [content],
                "nominal",
            )
        elif owner & g.DETERMINER and self.clauses.word(first - 1) in {"his", "her", "their", "its", "our", "my"}:
            cue.first = first
            self._add(cue, (first - 1, first), [content] if content else [], "nominal")
        elif flag & g.THAT and owner & g.DETERMINER:
            cue.first = first - 1
            self._add(cue, None, [content] if content else [], "nominal")
        else:
            return
        self.covered = max(self.covered, last)

    def _according(self, cue: Cue) -> None:
        """Read ``According to X, A``, ``A, according to X`` and ``A, according to X, B``."""
        opening = cue.first <= self.low + 1 or bool(self.flags[cue.first - 1] & g.COMMA)
        source = self.clauses.noun_phrase_after(cue.last, self._source_limit(cue.last) if opening else self.body_end)
        if source is None:
            return
        pieces = []
        if cue.first - 1 > self.covered:
            pieces.append(self._trim(self.covered, cue.first))
        rest = source[1]
        if rest < self.body_end and self.flags[rest] & g.COMMA:
            pieces.append(self._trim(rest + 1, self.body_end))
            self.covered = self.body_end
        elif not pieces:
            pieces.append(self._trim(rest, self.body_end))
            self.covered = self.body_end
        self._add(cue, source, [piece for piece in pieces if piece], "according-to")
        self.covered = max(self.covered, source[1])

    def _source_limit(self, first: int) -> int:
        """Return where the source of an opening ``According to X, A`` ends: with its comma, or its apposition's."""
        comma = self._first_comma(first, self.body_end)
        if comma + 1 < self.body_end and self.clauses.word(comma + 1) in {"a", "an", "who", "which"}:
            return self._first_comma(comma + 1, self.body_end)
        return comma

    # -- parts -------------------------------------------------------------------------------------------------

    def _source_before(self, cue: Cue) -> Tokens | None:
        return self.clauses.noun_phrase_before(cue.first, max(self.low, self.covered))

    def _source(self, cue: Cue) -> Tokens | None:
        """Return who speaks: the subject, the subject of an earlier cue, or the noun phrase behind an inversion."""
        if (
            cue.participle
            and cue.first > self.low
            and not self.flags[cue.first - 1] & (g.COMMA | g.COORDINATOR | g.DASH)
        ):
            nearest = self._source_before(cue)  # families expressing their anger
            if nearest:
                return nearest
        if cue.participle or cue.coordinated or cue.infinitive:
            if self.sources:
                return self.sources[-1]
            if cue.infinitive:
                return self.clauses.noun_phrase_before(cue.first, self.low)
            return self.clauses.subject(self.low, cue.first)
        source = self._source_before(cue)
        if source is None and cue.takes & _SAYING and self._content_ends_before(cue.first):
            source = self.clauses.noun_phrase_after(cue.last, self.body_end)
        return source

    def _adjuncts_end(self, token: int) -> int:
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

    def _content_start(self, cue: Cue) -> int:
        """Return where the content begins behind a cue: past the hearer, the day and the occasion."""
        flags, quotation = self.flags, self.clauses.quotation
        if not cue.takes & _SAYING:
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
            return self._past_hearer(first)
        if flags[first] & (g.PREPOSITION | g.DAY):
            return self._past_adjunct(first)
        return first

    def _past_hearer(self, first: int) -> int:
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

    def _past_adjunct(self, first: int) -> int:
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

    def _content_end(self, cue: Cue, source: Tokens | None, first: int, following: list[Cue]) -> int:
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
                if before_link & g.COMMA or self.clauses.quotation[other.first - 2] >= 0:
                    end = min(end, other.first - 1)
        if self._subordinate(cue, source):
            end = min(end, self._first_comma(first, end))
        return end

    def _subordinate(self, cue: Cue, source: Tokens | None) -> bool:
        """Tell whether the cue's own clause is introduced by while, as, after ..."""
        opening = min(cue.first, source[0]) if source else cue.first
        return opening > self.low and bool(
            self.flags[opening - 1] & (g.SUBORDINATOR | g.RELATIVE) or self.flags[cue.first - 1] & g.RELATIVE
        )

    def _first_comma(self, first: int, end: int) -> int:
        for place in range(first + 1, end):
            if self.flags[place] & g.COMMA and self.clauses.quotation[place] < 0:
                return place
        return end

    def _trim(self, first: int, last: int) -> Span | None:
        """Return the characters of a piece of content without marks and conjunctions at its rims."""
        flags, quotation = self.flags, self.clauses.quotation
        while first < last and quotation[first] < 0 and flags[first] & (g.COMMA | g.STOP | g.DASH | g.COLON):
            first += 1
        if first + 1 < last and flags[first] & g.COORDINATOR and first == self.low:
            first += 1
        while last > first and quotation[last - 1] < 0 and flags[last - 1] & (g.COMMA | g.STOP | g.DASH | g.COLON):
            last -= 1
        return self.clauses.span(first, last) if last > first else None

    def _add(self, cue: Cue, source: Tokens | None, content: list[Span], rule: str) -> None:
        if not content:
            return
        pieces = [self.clauses.span(*source)] if source else []
        self._put(cue, pieces, self.clauses.span(cue.first, cue.last), content, rule)
        if source:
            self.sources.append(source)

    def _put(self, cue: Cue, source: list[Span], span: Span, content: list[Span], rule: str) -> None:
        article = int(self.clauses.batch.article[cue.head])
        entry = cue.entry
        self.found.append(
            Attribution(article, source, [span], content, entry.category, rule, lexicon=entry.lexicon, entry=entry.id)
        )
        self.covered = max(self.covered, cue.last)
