"""Rules that give a cue its source and its content, sentence by sentence."""

from __future__ import annotations

from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._cues import Cue
from framing.measures.attribution._model import Attribution, Span
from framing.measures.attribution._sentence import SAYING, Sentence, Tokens

_BY = 10
# the longest source or adjunct behind a cue that ends its sentence
_FINAL_REACH = 40


class SentenceRules(Sentence):
    """Reads the cues of one sentence from left to right."""

    def __init__(self, clauses: Clauses, low: int, high: int, article: int) -> None:
        super().__init__(clauses, low, high)
        self.article = article
        self.covered = low  # contents found so far reach to this token
        self.sources: list[Tokens] = []
        self.found: list[Attribution] = []

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

    def _final(self, cues: list[Cue]) -> Cue | None:
        """Return the cue of ``..., officials said.`` or ``..., said Smith.`` if there is one."""
        for cue in reversed(cues):
            if self.body_end - cue.last > _FINAL_REACH:
                break
            if cue.part != "verb" or not cue.takes & SAYING or cue.infinitive or cue.participle:
                continue
            source = self._source_before(cue)
            if self._is_idiom(cue) or (source and not self.can_speak(*source)):
                continue
            behind = self.adjuncts_end(cue.last)
            if source and self.content_ends_before(source[0]) and behind >= self.body_end:
                if self.is_introduction(self.low, source[0] - 1) and behind > cue.last:
                    continue
                return cue
            if not source and self.content_ends_before(cue.first):
                after = self.clauses.noun_phrase_after(cue.last, self.body_end)
                if after:
                    return cue
        return None

    def _stands_before(self, cue: Cue, final: Cue) -> bool:
        """Tell whether a cue in front of a final one has a content of its own: it is not part of what is said."""
        source = self._source_before(final)
        return cue.head >= (source[0] if source else final.first)

    def _final_verb(self, cue: Cue) -> None:
        source = self._source_before(cue)
        if source and self.content_ends_before(source[0]):
            content_end, rest = source[0], self.adjuncts_end(cue.last)
        else:
            source = self.clauses.noun_phrase_after(cue.last, self.body_end)
            content_end, rest = cue.first, source[1] if source else cue.last
        first = max(self.low, self.covered if self.found else self.low)
        content = [self.trim(first, content_end)]
        if rest < self.body_end:
            comma = self.flags[rest] & (g.COMMA | g.DASH) and rest + 1 < self.body_end
            if comma and not self.flags[rest + 1] & (g.PARTICIPLE | g.RELATIVE | g.SUBORDINATOR | g.PREPOSITION):
                content.append(self.trim(rest + 1, self.body_end))
        self._add(cue, source, [piece for piece in content if piece], "cue-last")

    def _verb(self, cue: Cue, following: list[Cue]) -> None:
        if cue.infinitive and not self.opens_content(cue.last):
            return  # "allowed him to say": what is said, if anything, is the governing verb's
        if self._is_idiom(cue):
            return
        source = self._source(cue)
        if source is not None and not self.can_speak(*source):
            return
        if cue.passive:
            self._passive(cue, source, following)
            return
        middle = self._inserted(cue, source)
        if middle:
            return
        first = self.content_start(cue)
        last = self.content_end(cue, source, first, following)
        if last - first < 1 or (last - first == 1 and self.flags[first] & (g.PREPOSITION | g.ADVERB | g.DAY)):
            return
        if source is None and not cue.takes & SAYING:
            return
        content = self.trim(first, last)
        if content:
            self._add(cue, source, [content], "cue-first")
            self.covered = max(self.covered, last)

    def _is_idiom(self, cue: Cue) -> bool:
        """Tell whether a cue gives nobody a content: that said, having said that, what she said."""
        if cue.head == self.low + 1 and self.flags[self.low] & g.THAT:
            return True
        return cue.head > self.low and self.clauses.word(cue.head - 1) in {"having", "being"}

    def _inserted(self, cue: Cue, source: Tokens | None) -> bool:
        """Read ``A, he said, B``: the content stands on both sides."""
        if not cue.takes & SAYING or cue.participle or cue.infinitive or source is None:
            return False
        opening = source[0]
        behind = self.adjuncts_end(cue.last)
        if source[0] > cue.first:  # said Smith
            opening, behind = cue.first, source[1]
        if not self.content_ends_before(opening) or behind >= self.body_end:
            return False
        if not self.flags[behind] & (g.COMMA | g.DASH) and self.clauses.quotation[behind] < 0:
            return False
        if self.flags[opening - 1] & g.COMMA and opening - 1 - self.covered < 2:
            return False
        if self.is_introduction(self.covered, opening - 1):
            return False
        before, after = self.trim(self.covered, opening), self.trim(behind, self.body_end)
        pieces = [piece for piece in (before, after) if piece]
        if not pieces:
            return False
        self._add(cue, source, pieces, "cue-inside")
        self.covered = self.body_end
        return True

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
            content = [self.trim(*(source or (self.low, cue.first))), self.trim(cue.last, by)]
            pieces = [piece for piece in content if piece]
            if agent and pieces:
                self._add(cue, agent, pieces, "passive")
                self.covered = max(self.covered, by)
            return
        first, last = cue.last, self.content_end(cue, source, cue.last, following)
        if not cue.takes & {"that", "to", "as", "clause"} or last <= first or cue.negated:
            return
        named = [self.trim(*source) if source else None, self.trim(first, last)]
        self._add(cue, None, [piece for piece in named if piece], "passive")
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
        last = self.content_end(cue, None, cue.last + 1, following)
        if last <= cue.last + 1:
            return
        content = self.trim(cue.last, last)
        if owner & g.POSSESSIVE:
            start = self.clauses.noun_phrase_start(first - 1, self.low)
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
        source = self.clauses.noun_phrase_after(cue.last, self.source_limit(cue.last) if opening else self.body_end)
        if source is None:
            return
        pieces = []
        if cue.first - 1 > self.covered:
            pieces.append(self.trim(self.covered, cue.first))
        rest = source[1]
        if rest < self.body_end and self.flags[rest] & g.COMMA:
            pieces.append(self.trim(rest + 1, self.body_end))
            self.covered = self.body_end
        elif not pieces:
            pieces.append(self.trim(rest, self.body_end))
            self.covered = self.body_end
        self._add(cue, source, [piece for piece in pieces if piece], "according-to")
        self.covered = max(self.covered, source[1])

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
        if source is None and cue.takes & SAYING and self.content_ends_before(cue.first):
            source = self.clauses.noun_phrase_after(cue.last, self.body_end)
        return source

    def _add(self, cue: Cue, source: Tokens | None, content: list[Span], rule: str) -> None:
        if not content:
            return
        pieces = [self.clauses.span(*source)] if source else []
        self._put(cue, pieces, self.clauses.span(cue.first, cue.last), content, rule)
        if source:
            self.sources.append(source)

    def _put(self, cue: Cue, source: list[Span], span: Span, content: list[Span], rule: str) -> None:
        entry = cue.entry
        self.found.append(
            Attribution(self.article, source, [span], content, cue.stance, rule, lexicon=entry.lexicon, entry=entry.id)
        )
        self.covered = max(self.covered, cue.last)
