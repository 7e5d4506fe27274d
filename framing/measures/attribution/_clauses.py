"""Find noun phrases and the ends of clauses around a cue, by closed classes and punctuation."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from framing.measures import _grammar as g
from framing.text import Batch

# what a noun phrase in front of a cue cannot reach over
_WALLS = g.COMMA | g.STOP | g.COLON | g.DASH | g.SUBORDINATOR | g.THAT | g.QUOTE | g.BRACKET
_LONGEST_NAME = 30
_TRIM = g.PREPOSITION | g.ADVERB | g.COORDINATOR | g.SUBORDINATOR | g.TO | g.DAY


def _flags(batch: Batch) -> NDArray[np.int32]:
    """Return the grammar of each token; a period inside a sentence belongs to an abbreviation and stops nothing."""
    flags: NDArray[np.int32] = batch.vocabulary.column("grammar", g.grammar, of_folded=False)[batch.type]
    inner = np.flatnonzero((flags[:-1] & g.STOP > 0) & batch.is_word[1:] & (batch.sentence[1:] == batch.sentence[:-1]))
    after_capital = inner[(inner > 0) & (flags[inner - 1] & g.CAPITAL > 0)]
    flags[after_capital] = g.CAPITAL
    return flags


class Clauses:
    """A batch as the rules of attribution read it: plain lists, since rules look at single tokens."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.flags: list[int] = _flags(batch).tolist()
        self.start = batch.starts
        self.end = batch.ends
        self.quotation: list[int] = batch.quotation.tolist()
        self.first: list[int] = batch.first.tolist()
        self.last: list[int] = batch.last.tolist()
        self._word = batch.folded
        outer = batch.quotations
        self.opens: list[int] = np.searchsorted(batch.start, outer.start).tolist()

    def token_at(self, place: int) -> int:
        """Return the first token that ends behind a character offset."""
        return bisect_right(self.end, place)

    def word(self, token: int) -> str:
        """Return a token's folded spelling."""
        return self._word[token]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters from token `first` to the one in front of `last`."""
        return self.start[first], self.end[last - 1]

    def verb_group(self, cue: int, low: int) -> int:
        """Return the first token of the verb group that ends in a cue: auxiliaries and adverbs belong to it."""
        flags, first = self.flags, cue
        while first > low and flags[first - 1] & (g.AUXILIARY | g.ADVERB):
            first -= 1
        # an adverb in front of the first auxiliary is as often the clause's
        while first < cue and flags[first] & g.ADVERB and not flags[first] & g.AUXILIARY and first == low:
            first += 1
        return first

    def noun_phrase_before(self, last: int, low: int) -> tuple[int, int] | None:
        """Return the noun phrase that ends in front of token `last`, or None.

        An apposition between commas belongs to it: ``Smith, a professor at Yale, said``.
        """
        end = last - 1
        if end < low:
            return None
        if self.flags[end] & g.COMMA:
            return self._with_apposition(end, low)
        while end > low and self.flags[end] & g.DAY:  # the mayor on Monday said
            end -= 1
        if end > low and end < last - 1 and self.word(end) in {"on", "late", "early"}:
            end -= 1
        first = self.noun_phrase_start(end, low)
        return (first, end + 1) if first <= end else None

    def noun_phrase_start(self, end: int, low: int) -> int:
        """Return the first token of the plain noun phrase that ends at `end`; `end + 1` if there is none."""
        flags = self.flags
        if flags[end] & g.PRONOUN and not flags[end] & g.RELATIVE:
            return self._whole_pronoun(end, low)
        first = end
        while first >= low:
            flag = flags[first]
            if flag & _WALLS and not (flag & g.BRACKET):
                break
            if flag & g.AUXILIARY and not self._in_relative(first, low):
                break
            if flag & g.PRONOUN and not flag & (g.DETERMINER | g.RELATIVE):
                break
            if flag & g.COORDINATOR and not self._joins_names(first, end, low):
                break
            if self.quotation[first] >= 0 and self.quotation[end] < 0:
                break
            first -= 1
        first += 1
        while first <= end and flags[first] & _TRIM and not flags[first] & g.DETERMINER:
            first += 1
        return first

    def _whole_pronoun(self, end: int, low: int) -> int:
        """Return where ``one of them``-like phrases begin; a plain pronoun stands alone."""
        if end > low and self.flags[end - 1] & g.DETERMINER:
            return end - 1
        return end

    def _in_relative(self, token: int, low: int) -> bool:
        return any(self.flags[place] & g.RELATIVE for place in range(max(low, token - 8), token))

    def _joins_names(self, token: int, end: int, low: int) -> bool:
        if token <= low or token >= end or self.word(token) == "but":
            return False
        before, after = self.flags[token - 1], self.flags[token + 1]
        if before & g.COMMA:
            return False
        if before & g.CAPITAL:
            return bool(after & (g.CAPITAL | g.DETERMINER))
        return end - token <= 3 and not after & (g.CAPITAL | g.DETERMINER | g.PRONOUN)

    def _with_apposition(self, comma: int, low: int) -> tuple[int, int] | None:
        """Read ``NAME, APPOSITION, `` leftwards from its last comma."""
        flags = self.flags
        reach = max(low, comma - _LONGEST_NAME)
        opening = comma - 1
        for _ in range(3):
            while opening >= reach and not flags[opening] & g.COMMA:
                if flags[opening] & (g.STOP | g.COLON | g.DASH) or self.quotation[opening] >= 0:
                    return None
                opening -= 1
            if opening <= reach:
                return None
            head = flags[opening + 1]
            first = self.noun_phrase_start(opening - 1, low)
            if first >= opening:
                return None
            if head & (g.PREPOSITION | g.PARTICIPLE | g.SUBORDINATOR | g.ADVERB | g.DAY | g.TO):
                return first, opening  # an adverbial between commas is not the source's
            if flags[opening - 1] & g.CAPITAL or flags[first] & (g.DETERMINER | g.CAPITAL):
                before = first - 1
                chained = before >= low and flags[before] & g.COMMA and not flags[first] & g.DETERMINER
                if chained and before > low and flags[before - 1] & g.CAPITAL and opening - first <= 4:
                    opening = before
                    continue
                return first, comma + 1
            return None
        return None

    def noun_phrase_after(self, first: int, high: int) -> tuple[int, int] | None:
        """Return the noun phrase that begins at token `first`, with its apposition, up to `high`."""
        flags = self.flags
        if first >= high or flags[first] & (g.MARK | g.AUXILIARY | g.THAT | g.TO | g.SUBORDINATOR | g.PREPOSITION):
            return None
        if flags[first] & g.PRONOUN and not flags[first] & g.DETERMINER:
            return first, first + 1
        last = first
        while last < high:
            flag = flags[last]
            if flag & (g.STOP | g.COLON | g.DASH | g.QUOTE | g.THAT | g.AUXILIARY | g.SUBORDINATOR | g.TO):
                break
            if flag & g.COMMA and not self._apposition_follows(last, high):
                break
            if last > first and flag & g.DAY and flag & g.CAPITAL:
                break
            if last > first and flag & g.PREPOSITION and self.word(last) in {"on", "in", "during", "after"}:
                following = flags[last + 1] if last + 1 < high else 0
                if following & g.DAY or self.word(last) in {"during", "after"} or flags[last - 1] & g.CAPITAL:
                    break
            last += 1
        while last > first and flags[last - 1] & (g.COMMA | g.ADVERB | g.PREPOSITION | g.DAY | g.COORDINATOR):
            last -= 1
        return (first, last) if last > first else None

    def _apposition_follows(self, comma: int, high: int) -> bool:
        if comma + 1 >= high:
            return False
        head = self.flags[comma + 1]
        if head & (g.PARTICIPLE | g.COORDINATOR | g.PREPOSITION | g.ADVERB | g.PRONOUN) and not head & g.RELATIVE:
            return bool(head & g.DETERMINER) and not head & g.PRONOUN
        return True

    def subject(self, low: int, high: int) -> tuple[int, int] | None:
        """Return the noun phrase at the head of a clause, up to its first verb."""
        flags = self.flags
        first = low
        while first < high and flags[first] & (g.QUOTE | g.COORDINATOR | g.SUBORDINATOR | g.ADVERB):
            first += 1
        if first < high and flags[first] & (g.PREPOSITION | g.PARTICIPLE | g.DAY):
            # In a speech on Monday, the group ...
            while first < high and not flags[first] & g.COMMA:
                first += 1
            first += 1
        if first >= high or flags[first] & (g.MARK | g.AUXILIARY):
            return None
        if flags[first] & g.PRONOUN and not flags[first] & g.DETERMINER:
            return first, first + 1
        last = first
        stop = g.MARK | g.AUXILIARY | g.THAT | g.SUBORDINATOR | g.TO
        while last < high and not flags[last] & stop and not (last > first and flags[last] & (g.PAST | g.PARTICIPLE)):
            if flags[last] & (g.PREPOSITION | g.ADVERB) and self.word(last) != "of":
                break
            last += 1
        return (first, last) if last > first else None
