"""Conditions of an entry: where its form has the sense that is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from framing.lexicon._word_class import rule
from framing.text import Batch, fold

_SYNTAX = re.compile(
    r"(?P<negated>not\s+)?(?P<kind>before|after|near|in text|case|pos|name)"
    r"(?:\s+(?P<span>[1-9]))?(?:\s*:\s*(?P<words>.+))?"
)
_CASES = ("exact", "lower", "capital")
_WORD_CLASSES = ("noun", "verb", "adjective", "adverb")
_NEAR = 10
# the same few words stand beside a form again and again
_REMEMBERED = 512
_SPANNED = frozenset({"before", "after", "near"})
_EDGES = {"^": "after", "$": "before"}
# variants of one form differ in these; capitals are what `case: exact` asks for
_JOINTS = str.maketrans({"’": "'", "-": None, "‐": None, "‑": None, "\u00ad": None})


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


@lru_cache(maxsize=8192)  # many entries have the same, and each is read twice
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
    kind, negated, span = match["kind"], bool(match["negated"]), match["span"]
    words = [fold(word.strip()) if word.strip() else "" for word in (match["words"] or "").split("|")]
    fault = _fault(kind, words, negated=negated, given=bool(match["words"]), span=span)
    if fault:
        msg = f"condition {text!r}{fault}"
        raise ValueError(msg)
    prefixes = tuple(word[:-1] for word in words if word.endswith("*"))
    reach = int(span or (_NEAR if kind == "near" else 1))
    return Condition(kind, negated, reach, frozenset(word for word in words if not word.endswith("*")), prefixes)


def _fault(kind: str, words: Sequence[str], *, negated: bool, given: bool, span: str | None) -> str:
    """Return what is wrong with a condition, as the end of a message; empty if nothing is."""
    if span and kind not in _SPANNED:
        return f": a number goes with {', '.join(sorted(_SPANNED))} only"
    if kind == "name":
        return ": write `not name`" if given or not negated else ""
    if not all(words):
        return " has an empty word"
    if kind == "case":
        known = len(words) == 1 and words[0] in _CASES and not negated
        return "" if known else f": one of {', '.join(_CASES)}, without `not`"
    if kind == "pos":
        return "" if set(words) <= set(_WORD_CLASSES) else f": one of {', '.join(_WORD_CLASSES)}"
    if "*" in words or any(" " in word for word in words):
        return ": single words, joined by |"
    edge = next((edge for edge, place in _EDGES.items() if edge in words and kind != place), None)
    return f": {edge} goes with {_EDGES[edge]} only" if edge else ""


class Surroundings:
    """A batch as conditions look at it."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.word = batch.folded
        self.low, self.high = batch.bounds
        self._start = batch.starts
        self._in_text: dict[tuple[int, int], bool] = {}
        # the words of an article, and the same in one string for words given by their beginning
        self._article_words: dict[int, tuple[frozenset[str], str]] = {}

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
            if article not in self._article_words:
                low, high = self.batch.first_token[article], self.batch.first_token[article + 1]
                words = frozenset(self.words(int(low), int(high)))
                self._article_words[article] = words, f" {' '.join(words)}"
            words, joined = self._article_words[article]
            self._in_text[key] = not condition.words.isdisjoint(words) or any(
                f" {prefix}" in joined for prefix in condition.prefixes
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
        return lru_cache(maxsize=_REMEMBERED)(condition.matches)
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
        found, meant = _joined(around.batch.string(first, last)), _joined(form)
        return meant in {found, found.removesuffix("'s")}

    def lower(around: Surroundings, first: int, last: int) -> bool:
        return not around.capital(first) or _opens_sentence(around, first)

    def capital(around: Surroundings, first: int, last: int) -> bool:
        return around.capital(first) and not _opens_sentence(around, first)

    return {"exact": exact, "lower": lower, "capital": capital}[wanted]


def _joined(string: str) -> str:
    """Return a string without the hyphens and spaces in which the variants of a form differ."""
    return "".join(string.translate(_JOINTS).split())


def _opens_sentence(around: Surroundings, first: int) -> bool:
    """Tell whether nothing but marks stands in front of a token in its sentence, or a quotation opens there."""
    low = around.low[first]
    return not any(word[0].isalnum() for word in around.word[low:first]) or (
        first > low and around.words(first - 1, first)[0] in '"“‘:'
    )


def _pos(condition: Condition, form: str) -> Test:
    rules, negated = [rule(wanted, form) for wanted in sorted(condition.words)], condition.negated

    def test(around: Surroundings, first: int, last: int) -> bool:
        previous = around.word[first - 1] if first > around.low[first] else ""
        following = around.word[last] if last < around.high[first] else ""
        for likely in rules:
            if likely(previous, following):
                return not negated
        return negated

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
