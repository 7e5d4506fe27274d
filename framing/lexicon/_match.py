"""Find the entries of many lexicons in a batch, in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.corpus import Article
from framing.lexicon._conditions import Surroundings, Test, compile_
from framing.lexicon._entry import Entry, Lexicon
from framing.text import Batch, base, read
from framing.text._letters import letters_of

Tokens = NDArray[np.int64]


# kinds of conditions from the quickest to the slowest to test
_COST = ("before", "after", "case", "name", "pos", "in text", "near")


class _Pattern(NamedTuple):
    """A way to write an entry: the words behind its first two, as lexicon words, and what must hold around it."""

    rest: list[int]
    entry: int
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """Where entries were found, sorted by layer, then place; as columns.

    Attributes
    ----------
    first, last : ndarray of int64, shape (matches,)
        The first token, and the one behind the last.
    entry : ndarray of int32, shape (matches,)
        Number of the entry in `entries`.
    entries : sequence of Entry
    layer : mapping of str to slice
        Where a layer's matches stand in the columns.
    """

    first: Tokens
    last: Tokens
    entry: NDArray[np.int32]
    entries: Sequence[Entry]
    layer: Mapping[str, slice]

    def of(self, layer: str) -> Matches:
        """Return the matches of one layer, in the order of the text."""
        part = self.layer.get(layer, slice(0, 0))
        return Matches(
            self.first[part], self.last[part], self.entry[part], self.entries, {layer: slice(0, len(self.first[part]))}
        )

    def __len__(self) -> int:
        return len(self.first)


class Matcher:
    """Finds all entries of some lexicons in batches.

    A single word is found by one look-up for each spelling; a phrase is looked for only where its first two words
    stand side by side.

    Parameters
    ----------
    lexicons : iterable of Lexicon
        In order of precedence: where two entries of a layer cover the same words, the first wins, unless they belong
        to different naming sets or word classes.
    prior : collection of str
        Names of lexicons that win over all others of their layer wherever the two overlap, however long the match.
    """

    def __init__(self, lexicons: Iterable[Lexicon], *, prior: Collection[str] = ()) -> None:
        self.lexicons = tuple(lexicons)
        self._prior = frozenset(prior)
        self.entries: list[Entry] = [entry for lexicon in self.lexicons for entry in lexicon.entries.values()]
        self.layers = tuple(dict.fromkeys(entry.layer for entry in self.entries))
        self._words: dict[str, int] = {}
        self._single: dict[int, list[_Pattern]] = defaultdict(list)
        # by the first two words, then by the third (0 where there is none)
        self._phrase: dict[int, dict[int, list[_Pattern]]] = defaultdict(dict)
        self._build()

    def _build(self) -> None:
        forms: list[tuple[int, str]] = [
            (number, form) for number, entry in enumerate(self.entries) for form in entry.forms
        ]
        spelled = read([Article("", form) for _, form in forms])
        starts = spelled.first_token.tolist()
        sequences = []
        for (number, form), low, high in zip(forms, starts[:-1], starts[1:], strict=True):
            words = tuple(map(base, spelled.words(low, high)))
            sequences += [(number, form, variant) for variant in _variants(words)]
        for _, _, words in sequences:
            for word in words:
                self._words.setdefault(word, len(self._words) + 1)
        size = len(self._words) + 1
        seen = set()
        for number, form, words in sequences:
            ids = tuple(self._words[word] for word in words)
            if not ids or (number, ids) in seen:
                continue
            seen.add((number, ids))
            if len(ids) == 1:
                self._single[ids[0]].append(_Pattern([], number, self._tests(number, form)))
            else:
                third = ids[2] if len(ids) > 2 else 0
                self._phrase[ids[0] * size + ids[1]].setdefault(third, []).append(
                    _Pattern(list(ids[2:]), number, self._tests(number, form))
                )

    def _tests(self, number: int, form: str) -> tuple[Test, ...]:
        """Return the conditions of an entry as functions."""
        conditions = sorted(self.entries[number].conditions, key=lambda condition: _COST.index(condition.kind))
        return tuple(compile_(condition, form) for condition in conditions)

    @cached_property
    def _is_single(self) -> NDArray[np.bool_]:
        flags = np.zeros(len(self._words) + 1, dtype=np.bool_)
        flags[list(self._single)] = True
        return flags

    @cached_property
    def _plain(self) -> NDArray[np.int64]:
        """For each word the one entry that needs no look at its neighbours, or -1."""
        plain = np.full(len(self._words) + 1, -1, dtype=np.int64)
        for word, patterns in self._single.items():
            if len(patterns) == 1 and not self.entries[patterns[0].entry].conditions:
                plain[word] = patterns[0].entry
        return plain

    @cached_property
    def _begins_phrase(self) -> NDArray[np.bool_]:
        flags = np.zeros(len(self._words) + 1, dtype=np.bool_)
        flags[[key // len(flags) for key in self._phrase]] = True
        return flags

    @cached_property
    def _goes_on(self) -> NDArray[np.bool_]:
        """Whether a word is the second of a phrase."""
        flags = np.zeros(len(self._words) + 1, dtype=np.bool_)
        flags[[key % len(flags) for key in self._phrase]] = True
        return flags

    @cached_property
    def _pairs(self) -> NDArray[np.int64]:
        return np.array(sorted(self._phrase), dtype=np.int64)

    def _word_numbers(self, folded: Sequence[str]) -> NDArray[np.int32]:
        get, letters = self._words.get, letters_of(folded)
        numbers = np.fromiter(map(get, folded, repeat(0)), dtype=np.int32, count=len(folded))
        for place in np.flatnonzero(letters.ends_in("'s") | ~letters.plain).tolist():
            numbers[place] = get(base(folded[place]), 0)
        return numbers

    def find(self, batch: Batch, *, where: NDArray[np.bool_] | None = None) -> Matches:
        """Find the entries in a batch.

        Parameters
        ----------
        batch : Batch
        where : ndarray of bool, shape (tokens,), optional
            Tokens to look at; all by default. Conditions look beyond them.

        Returns
        -------
        Matches
            Longest first within a layer; where conditions are given, all of them hold.
        """
        number = batch.vocabulary.column(("lexicon", self), self._word_numbers)[batch.type]
        if where is not None:
            number = np.where(where, number, 0)
        around = Surroundings(batch)
        found: list[tuple[int, int, int]] = []
        self._find_phrases(number, around, found)
        plain = self._plain[number]
        places = np.flatnonzero(plain >= 0)
        self._find_single(np.flatnonzero(self._is_single[number] & (plain < 0)), number, around, found)
        rows = np.array(found, dtype=np.int64).reshape(-1, 3)
        return self._resolve(np.concatenate([rows, np.column_stack([places, places + 1, plain[places]])]))

    def _find_single(
        self, places: Tokens, number: NDArray[np.int32], around: Surroundings, found: list[tuple[int, int, int]]
    ) -> None:
        single = self._single
        for place, word in zip(places.tolist(), number[places].tolist(), strict=True):
            for _, entry, tests in single[word]:
                for test in tests:
                    if not test(around, place, place + 1):
                        break
                else:
                    found.append((place, place + 1, entry))

    def _find_phrases(self, number: NDArray[np.int32], around: Surroundings, found: list[tuple[int, int, int]]) -> None:
        if not self._pairs.size or len(number) < 2:
            return
        places = np.flatnonzero(self._begins_phrase[number[:-1]] & self._goes_on[number[1:]])
        keys = number[places].astype(np.int64) * len(self._is_single) + number[places + 1]
        index = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
        hit = self._pairs[index] == keys
        numbers, high, phrase = number.data, around.high, self._phrase
        for place, key in zip(places[hit].tolist(), keys[hit].tolist(), strict=True):
            end = high[place]
            by_third = phrase[key]
            patterns = by_third.get(0, ())
            if place + 2 < end and numbers[place + 2] in by_third and numbers[place + 2]:
                patterns = [*patterns, *by_third[numbers[place + 2]]]
            for rest, entry, tests in patterns:
                last = place + 2 + len(rest)
                if last > end or (rest and numbers[place + 2 : last].tolist() != rest):
                    continue
                for test in tests:
                    if not test(around, place, last):
                        break
                else:
                    found.append((place, last, entry))

    def _resolve(self, found: NDArray[np.int64]) -> Matches:
        """Sort by layer and place, and keep the longest of what overlaps within a layer."""
        first, last, entry = self._without_overruled(found).T
        layer = self._layer_of[entry]
        order = np.lexsort((entry, -last, first, layer))
        first, last, entry, layer = first[order], last[order], entry[order], layer[order]
        keep = np.ones(len(first), dtype=np.bool_)
        # one line for all layers, so that what was covered in one never reaches into the next
        shift = layer * (int(last.max(initial=0)) + 1)
        covered = np.maximum.accumulate(last + shift)
        overlaps = np.zeros(len(first), dtype=np.bool_)
        overlaps[1:] = (first + shift)[1:] < covered[:-1]
        for place in np.flatnonzero(overlaps[1:] & ~overlaps[:-1]).tolist():
            self._keep_longest(place, overlaps, first, last, entry, keep)
        first, last, entry, layer = first[keep], last[keep], entry[keep], layer[keep]
        cuts = np.searchsorted(layer, np.arange(len(self.layers) + 1)).tolist()
        parts = {name: slice(low, high) for name, low, high in zip(self.layers, cuts[:-1], cuts[1:], strict=True)}
        return Matches(first, last, entry.astype(np.int32), self.entries, parts)

    def _without_overruled(self, found: NDArray[np.int64]) -> NDArray[np.int64]:
        """Drop matches that overlap one of a prior lexicon in the same layer."""
        if not self._prior or not len(found):
            return found
        wins = self._is_prior[found[:, 2]]
        layer = self._layer_of[found[:, 2]]
        keep = np.ones(len(found), dtype=np.bool_)
        for number in np.unique(layer[wins]).tolist():
            covered = np.zeros(int(found[:, 1].max()) + 1, dtype=np.int64)
            for low, high, _ in found[wins & (layer == number)].tolist():
                covered[low:high] = 1
            before = np.concatenate([[0], np.cumsum(covered)])
            hidden = before[found[:, 1]] > before[found[:, 0]]
            keep &= ~(hidden & ~wins & (layer == number))
        return found[keep]

    def _keep_longest(
        self,
        place: int,
        overlaps: NDArray[np.bool_],
        first: Tokens,
        last: Tokens,
        entry: NDArray[np.int64],
        keep: NDArray[np.bool_],
    ) -> None:
        """Go through a run of matches that overlap: longest first, and no two of one kind on the same words."""
        kind_of = self._kind_of
        span, kinds = (int(first[place]), int(last[place])), {kind_of[entry[place]]}
        place += 1
        while place < len(first) and overlaps[place]:
            here, kind = (int(first[place]), int(last[place])), kind_of[entry[place]]
            if here[0] >= span[1]:
                span, kinds = here, {kind}
            elif here == span and kind not in kinds:
                kinds.add(kind)
            else:
                keep[place] = False
            place += 1

    @cached_property
    def _is_prior(self) -> NDArray[np.bool_]:
        return np.array([entry.lexicon in self._prior for entry in self.entries], dtype=np.bool_)

    @cached_property
    def _layer_of(self) -> NDArray[np.int64]:
        return np.array([self.layers.index(entry.layer) for entry in self.entries], dtype=np.int64)

    @cached_property
    def _kind_of(self) -> list[str]:
        return [entry["referent"] or entry["part"] for entry in self.entries]


def _variants(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a form's other spellings: with hyphens, apart, in one word."""
    found = [words]
    apart = tuple(part for word in words for part in (word.split("-") if _is_compound(word) else [word]))
    if apart != words:
        found.append(apart)
        found.append(tuple(word.replace("-", "") if _is_compound(word) else word for word in words))
    elif 1 < len(words) <= 3 and all(word.isalpha() for word in words):
        found.append(("-".join(words),))
    return found


def _is_compound(word: str) -> bool:
    return "-" in word and all(word.split("-"))
