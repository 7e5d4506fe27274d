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
        self._article_words: dict[int, str] = {}

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
                words = self._article_words[article] = f" {' '.join(set(self.words(int(low), int(high))))} "
            self._in_text[key] = any(f" {word} " in words for word in condition.words) or any(
                f" {prefix}" in words for prefix in condition.prefixes
            )
        return self._in_text[key]


# whether a condition holds for the tokens from one to the one in front of another
Test = Callable[[Surroundings, int, int], bool]


def compile_(condition: Condition, form: str) -> Test:
    """Return a condition as a function; `form` is the written form that was found."""
    return _COMPILERS[condition.kind](condition, form)


def _matcher(condition: Condition) -> Callable[[str], bool]:
    """Return the quickest way to ask whether a word is one of the condition's."""
    if condition.prefixes or "#" in condition.words:
        return condition.matches
    return condition.words.__contains__


def _before(condition: Condition, form: str) -> Test:
    matches, negated, edge, span = _matcher(condition), condition.negated, "$" in condition.words, condition.span

    def next_word(around: Surroundings, first: int, last: int) -> bool:
        if last >= around.high[first]:
            return edge != negated
        word = around.word[last]
        return (matches(word) or (edge and not word[0].isalnum())) != negated

    def next_words(around: Surroundings, first: int, last: int) -> bool:
        words = around.word[last : min(last + span, around.high[first])]
        return (any(map(matches, words)) or (edge and _reaches_edge(words, span))) != negated

    return next_word if span == 1 else next_words


def _after(condition: Condition, form: str) -> Test:
    matches, negated, edge, span = _matcher(condition), condition.negated, "^" in condition.words, condition.span

    def last_word(around: Surroundings, first: int, last: int) -> bool:
        if first <= around.low[first]:
            return edge != negated
        word = around.word[first - 1]
        return (matches(word) or (edge and not word[0].isalnum())) != negated

    def last_words(around: Surroundings, first: int, last: int) -> bool:
        words = around.word[max(first - span, around.low[first]) : first]
        return (any(map(matches, words)) or (edge and _reaches_edge(words, span))) != negated

    return last_word if span == 1 else last_words


def _reaches_edge(words: Sequence[str], span: int) -> bool:
    """Tell whether the sentence or a clause ends among some words."""
    return len(words) < span or any(not word[0].isalnum() for word in words)


def _near(condition: Condition, form: str) -> Test:
    matches, negated, span = _matcher(condition), condition.negated, condition.span

    def test(around: Surroundings, first: int, last: int) -> bool:
        word = around.word
        before = word[max(around.low[first], first - span) : first]
        behind = word[last : min(around.high[first], last + span)]
        return (any(map(matches, before)) or any(map(matches, behind))) != negated

    return test


def _in_text(condition: Condition, form: str) -> Test:
    def test(around: Surroundings, first: int, last: int) -> bool:
        return around.in_text(int(around.batch.article[first]), condition) != condition.negated

    return test


def _case(condition: Condition, form: str) -> Test:
    (wanted,) = condition.words

    def exact(around: Surroundings, first: int, last: int) -> bool:
        found = around.batch.string(first, last).replace("’", "'")
        return form in {found, found.removesuffix("'s")}

    def lower(around: Surroundings, first: int, last: int) -> bool:
        return not around.capital(first) or _opens_sentence(around, first)

    def capital(around: Surroundings, first: int, last: int) -> bool:
        return around.capital(first) and not _opens_sentence(around, first)

    return {"exact": exact, "lower": lower, "capital": capital}[wanted]


def _opens_sentence(around: Surroundings, first: int) -> bool:
    """Tell whether nothing but marks stands in front of a token in its sentence, or a quotation opens there."""
    low = around.low[first]
    return not any(word[0].isalnum() for word in around.word[low:first]) or (
        first > low and around.words(first - 1, first)[0] in '"“‘:'
    )


def _pos(condition: Condition, form: str) -> Test:
    def test(around: Surroundings, first: int, last: int) -> bool:
        word = around.word
        before = word[max(around.low[first], first - 2) : first]
        behind = word[last : min(around.high[first], last + 2)]
        return any(likely(wanted, form, before, behind) for wanted in condition.words) != condition.negated

    return test


def _not_name(condition: Condition, form: str) -> Test:
    def test(around: Surroundings, first: int, last: int) -> bool:
        if not around.capital(first):
            return True
        low, high = around.low[first], around.high[first]
        inside = first > low and around.capital(first - 1) and not _opens_sentence(around, first)
        return not (inside or (last < high and around.capital(last)))

    return test


_COMPILERS: dict[str, Callable[[Condition, str], Test]] = {
    "before": _before,
    "after": _after,
    "near": _near,
    "in text": _in_text,
    "case": _case,
    "pos": _pos,
    "name": _not_name,
}
