"""Where the furniture of a page stands in an article: lines that recur, and known patterns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.corpus._article import Article
from framing.corpus._patterns import JUNK, PREFIX, Pattern, load_patterns

RECURRING = "recurring"  # the rule of a line that was found by counting, in place of a pattern's id
# many lines begin alike
_REMEMBERED = 1 << 13
# flags in one whole number; gates beyond them share one
_FLAGS = 64

Span = tuple[int, int, str]


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that is not empty, without the white space around it, and where it begins."""
    start = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            yield start + (raw.find(line[0]) if raw is not line else 0), line
        start += len(raw) + 1


def _lowered(text: str) -> str:
    """Lower the case without moving any character: İ is the only one whose lower case is two."""
    return text.lower() if text.isascii() else text.replace("İ", "I").lower()


def _gate(literal: str) -> str:
    """Return what is looked for first, once for all patterns that share it: a rare character, or the longest word."""
    rare = next((char for char in "|@#{/" if char in literal), "")
    return rare or max(re.findall(r"\w+", literal), key=len, default=literal)


def _apart(found: list[Span]) -> list[Span]:
    """Return spans in order and without overlap: what begins first is whole, of two that begin together the longer."""
    out: list[Span] = []
    end = 0
    for start, stop, rule in sorted(found, key=lambda span: (span[0], -span[1])):
        if stop > max(start, end):
            out.append((max(start, end), stop, rule))
            end = stop
    return out


class FurnitureFinder:
    """Finds page furniture in articles, one after another.

    Parameters
    ----------
    recurring : mapping of str to collection of str
        For each outlet the lines that recur in it, as `scan` found them.
    patterns : sequence of Pattern, optional
        Known kinds of furniture; those that ship with framing by default.
    """

    def __init__(
        self,
        recurring: Mapping[str, Collection[str]] | None = None,
        patterns: Sequence[Pattern] | None = None,
    ) -> None:
        chosen = load_patterns() if patterns is None else patterns
        self._recurring = {outlet: frozenset(lines) for outlet, lines in (recurring or {}).items()}
        by_prefix: dict[str, list[Pattern]] = {}
        for pattern in chosen:
            for prefix in pattern.prefixes:
                by_prefix.setdefault(prefix, []).append(pattern)
        self._by_prefix = by_prefix
        self._lengths = sorted({len(prefix) for prefix in by_prefix}, reverse=True)
        self._beginning = lru_cache(maxsize=_REMEMBERED)(self._patterns_of)
        inside: dict[str, list[Pattern]] = {}
        for pattern in chosen:
            if not pattern.prefixes:
                inside.setdefault(_gate(pattern.literal), []).append(pattern)
        self._inside = tuple(inside.items())
        self._categories = {pattern.id: pattern.category for pattern in chosen}

    def _patterns_of(self, key: str) -> tuple[Pattern, ...]:
        """Return the patterns that may match a line with this beginning."""
        prefixes = [key[:length] for length in self._lengths if length <= len(key)]
        return tuple(pattern for prefix in prefixes for pattern in self._by_prefix.get(prefix, ()))

    def category(self, rule: str) -> str:
        """Return the category of a pattern, or `recurring`."""
        return self._categories.get(rule, RECURRING)

    def gates_in(self, words: Sequence[str]) -> NDArray[np.uint64]:
        """Return which gates of patterns each word opens, as flags to be given to `spans`; shape (len(words),).

        Parameters
        ----------
        words : sequence of str
            Words and marks, lower-cased.
        """
        opened = np.zeros(len(words), dtype=np.uint64)
        joined = "\n".join(words)
        start = np.cumsum([0, *map(len, words)]) + np.arange(len(words) + 1)
        for number, (gate, _) in enumerate(self._inside):
            at = joined.find(gate)
            while at >= 0:
                opened[np.searchsorted(start, at, side="right") - 1] |= np.uint64(1 << number % _FLAGS)
                at = joined.find(gate, at + 1)
        return opened

    def spans(self, article: Article, gates: int | None = None) -> list[Span]:
        """Return start, end and rule of each piece of furniture, in order and without overlap.

        Parameters
        ----------
        article : Article
        gates : int, optional
            Which gates the article's words open, all of `gates_in` together, where that is known already: to look
            for them takes longer than all the rest.

        Returns
        -------
        list of (int, int, str)
            Offsets into the article's text, end exclusive; `recurring` or the id of a pattern.
        """
        text = article.text
        lowered = _lowered(text)
        outlet = article.outlet.casefold()
        known = self._recurring.get(article.outlet, frozenset())
        found: list[Span] = []
        beginning = self._beginning
        for start, line in lines_of(text):
            if line in known:
                found.append((start, start + len(line), RECURRING))
                continue
            key = line[:24].lstrip(JUNK)[:PREFIX].lower()
            for pattern in beginning(key):
                if not pattern.outlets or outlet in pattern.outlets:
                    found += _matches(pattern, line, start)
        for number, (gate, patterns) in enumerate(self._inside):
            if gate in lowered if gates is None else gates >> number % _FLAGS & 1:
                for pattern in patterns:
                    if (not pattern.outlets or outlet in pattern.outlets) and pattern.literal in lowered:
                        found += self._search(pattern, text, lowered)
        return _apart(found)

    @staticmethod
    def _search(pattern: Pattern, text: str, lowered: str) -> Iterator[Span]:
        """Search a pattern in the whole text, or in the lines that hold its letters."""
        if pattern.whole:
            yield from _matches(pattern, text, 0)
            return
        at = lowered.find(pattern.literal)
        while at >= 0:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            raw = text[start:end]
            line = raw.strip()
            yield from _matches(pattern, line, start + len(raw) - len(raw.lstrip()))
            at = lowered.find(pattern.literal, end)


def _matches(pattern: Pattern, line: str, start: int) -> Iterator[Span]:
    if pattern.anchored:
        match = pattern.regex.match(line)
        if match and match.end():
            yield start, start + match.end(), pattern.id
        return
    for match in pattern.regex.finditer(line):
        if match.end() > match.start():
            yield start + match.start(), start + match.end(), pattern.id
