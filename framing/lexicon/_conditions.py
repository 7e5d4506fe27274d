"""Conditions of an entry: where its form has the sense that is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from framing.lexicon._word_class import likely
from framing.text import Batch

_SYNTAX = re.compile(
    r"(?P<negated>not\s+)?(?P<kind>before|after|near|in text|case|pos|name)"
    r"(?:\s+(?P<span>[1-9]))?(?:\s*:\s*(?P<words>.+))?"
)
_CASES = ("exact", "lower", "capital")
_WORD_CLASSES = ("noun", "verb", "adjective", "adverb")
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, read.

    Attributes
    ----------
    kind : str
        before, after, near, in text, case, pos or name.
    negated : bool
    span : int
        How many words away at most.
    words : frozenset of str
        Words of which one must (or must not) stand there; for case and pos the one value.
    prefixes : tuple of str
        The same for words given by their beginning.
    """

    kind: str
    negated: bool
    span: int
    words: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def matches(self, word: str) -> bool:
        """Tell whether a folded word is one of the condition's."""
        if word in self.words or (self.prefixes and word.startswith(self.prefixes)):
            return True
        return "#" in self.words and word[0].isdigit()


def parse(text: str) -> tuple[Condition, ...]:
    """Read the cell of the column `conditions`.

    Raises
    ------
    ValueError
        With what was found and what is allowed.
    """
    return tuple(_parse_one(part.strip()) for part in text.split(";") if part.strip())


def _parse_one(text: str) -> Condition:
    match = _SYNTAX.fullmatch(text)
    if not match:
        msg = f"condition {text!r} is not one of before, after, near, in text, case, pos, not name"
        raise ValueError(msg)
    kind, negated = match["kind"], bool(match["negated"])
    words = [word.strip().lower() for word in (match["words"] or "").split("|")]
    allowed = {"case": _CASES, "pos": _WORD_CLASSES}.get(kind)
    if kind == "name":
        if match["words"] or not negated:
            msg = f"condition {text!r}: write `not name`"
            raise ValueError(msg)
    elif not all(words):
        msg = f"condition {text!r} has an empty word"
        raise ValueError(msg)
    elif allowed and not set(words) <= set(allowed):
        msg = f"condition {text!r}: one of {', '.join(allowed)}"
        raise ValueError(msg)
    elif not allowed and any(" " in word for word in words):
        msg = f"condition {text!r}: single words, joined by |"
        raise ValueError(msg)
    prefixes = tuple(word[:-1] for word in words if word.endswith("*") and len(word) > 1)
    span = int(match["span"] or (_NEAR if kind == "near" else 1))
    return Condition(kind, negated, span, frozenset(word for word in words if not word.endswith("*")), prefixes)


class Surroundings:
    """A batch as conditions look at it."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.word = batch.folded
        self.low, self.high = batch.bounds
        self._start = batch.starts
        self._in_text: dict[tuple[int, int], bool] = {}
        self._article_words: dict[int, set[str]] = {}

    def bounds(self, token: int) -> tuple[int, int]:
        """Return the first token of the sentence that a token stands in, and the one behind its last."""
        return self.low[token], self.high[token]

    def words(self, first: int, last: int) -> list[str]:
        """Return folded words."""
        return self.word[first:last]

    def capital(self, token: int) -> bool:
        """Tell whether a token begins with a capital."""
        return self.batch.text[self._start[token]].isupper()

    def in_text(self, article: int, condition: Condition) -> bool:
        """Tell whether one of the condition's words stands anywhere in the article."""
        key = article, id(condition)  # a condition lives as long as its lexicon, and its hash would take longer
        if key not in self._in_text:
            words = self._article_words.get(article)
            if words is None:
                low, high = self.batch.first_token[article], self.batch.first_token[article + 1]
                words = self._article_words[article] = set(self.words(int(low), int(high)))
            self._in_text[key] = not words.isdisjoint(condition.words) or (
                bool(condition.prefixes) and any(word.startswith(condition.prefixes) for word in words)
            )
        return self._in_text[key]

    def hold(self, conditions: Sequence[Condition], form: str, first: int, last: int) -> bool:
        """Tell whether all conditions hold for `form`, found from token `first` to the one in front of `last`."""
        for condition in conditions:  # noqa: SIM110 - a generator would take twice as long
            if not _TESTS[condition.kind](self, condition, form, first, last):
                return False
        return True


def _some(condition: Condition, words: Sequence[str], edge: str) -> bool:
    """Tell whether the condition's words are among these; `edge` stands where the sentence stops."""
    found = any(map(condition.matches, words))
    if not found and edge in condition.words:
        found = len(words) < condition.span or any(not word[0].isalnum() for word in words)
    return found != condition.negated


def _is_one(condition: Condition, word: str, edge: str) -> bool:
    """Tell the same of a single word."""
    found = condition.matches(word) or (edge in condition.words and not word[0].isalnum())
    return found != condition.negated


def _before(around: Surroundings, condition: Condition, form: str, first: int, last: int) -> bool:
    high = around.high[first]
    if condition.span == 1 and last < high:
        return _is_one(condition, around.word[last], "$")
    end = min(last + condition.span, high)
    return _some(condition, around.words(last, end), "$")


def _after(around: Surroundings, condition: Condition, form: str, first: int, last: int) -> bool:
    low = around.low[first]
    if condition.span == 1 and first > low:
        return _is_one(condition, around.word[first - 1], "^")
    start = max(first - condition.span, low)
    return _some(condition, around.words(start, first), "^")


def _near(around: Surroundings, condition: Condition, form: str, first: int, last: int) -> bool:
    low, high = around.bounds(first)
    words = around.words(max(low, first - condition.span), first) + around.words(last, min(high, last + condition.span))
    return any(map(condition.matches, words)) != condition.negated


def _in_text(around: Surroundings, condition: Condition, form: str, first: int, last: int) -> bool:
    return around.in_text(int(around.batch.article[first]), condition) != condition.negated


def _case(around: Surroundings, condition: Condition, form: str, first: int, last: int) -> bool:
    (wanted,) = condition.words
    if wanted == "exact":
        found = around.batch.string(first, last).replace("’", "'")
        return form in {found, found.removesuffix("'s")}
    opening = _opens_sentence(around, first)
    if wanted == "lower":
        return opening or not around.capital(first)
    return around.capital(first) and not opening


def _opens_sentence(around: Surroundings, first: int) -> bool:
    """Tell whether nothing but marks stands in front of a token in its sentence, or a quotation opens there."""
    low = around.low[first]
    return not any(word[0].isalnum() for word in around.word[low:first]) or (
        first > low and around.words(first - 1, first)[0] in '"“‘:'
    )


def _pos(around: Surroundings, condition: Condition, form: str, first: int, last: int) -> bool:
    low, high = around.bounds(first)
    before, after = around.words(max(low, first - 2), first), around.words(last, min(high, last + 2))
    return any(likely(wanted, form, before, after) for wanted in condition.words) != condition.negated


def _not_name(around: Surroundings, condition: Condition, form: str, first: int, last: int) -> bool:
    low, high = around.bounds(first)
    if not around.capital(first):
        return True
    inside = first > low and not _opens_sentence(around, first) and around.capital(first - 1)
    return not (inside or (last < high and around.capital(last)))


_TESTS: dict[str, Callable[[Surroundings, Condition, str, int, int], bool]] = {
    "before": _before,
    "after": _after,
    "near": _near,
    "in text": _in_text,
    "case": _case,
    "pos": _pos,
    "name": _not_name,
}
