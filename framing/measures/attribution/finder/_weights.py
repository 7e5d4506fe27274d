"""What the finder has learnt: weights by template and code, stored without pickle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.measures.attribution.finder._classes import (
    SHAPES,
    UNKNOWN,
    Codes,
    WordClasses,
    ending,
    look_up,
    numbered,
    shape_codes,
)
from framing.measures.attribution.finder._columns import Columns, Kinds
from framing.measures.attribution.finder._decode import Scores, Transitions
from framing.measures.attribution.finder._templates import (
    CLUSTERS,
    FIRST_PASS,
    OF_TYPE,
    SECOND_PASS,
    Template,
    radices,
)
from framing.text import Vocabulary
from framing.text._letters import key, letters_of

# both passes weigh the same columns: one row holds the labels of the first, a gap, those of the second
WIDTH = 8
_DENSE = 64_000
# places scored at once, and types: their scores stay in the cache meanwhile
_BLOCK, _TYPES = 16_384, 512
# sums of weights are whole numbers of 16 bits: half the memory to read, twice as many added at once
Sums = NDArray[np.int16]
_MOST = np.iinfo(np.int16).max
# columns whose codes are a part of a wider one's are looked up there together: column, distance and axis
_WITHIN = {
    **{("label", offset): ("labels", 0, offset + 2) for offset in range(-2, 3)},
    ("kind", -2): ("kind pair", -2, 0),
    ("kind", -1): ("kind pair", -2, 1),
    ("kind", 0): ("kind pair", 0, 0),
    ("kind", 1): ("kind pair", 0, 1),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The weights of one template: sorted codes, and a row for each.

    Attributes
    ----------
    codes : ndarray of int32, shape (features,)
    weights : ndarray of float32, shape (features, width)
        Width `WIDTH` for each pass that uses the template.
    """

    codes: Codes
    weights: Scores


class Table:
    """The weights of a column at one distance, all templates of it added up, to be gathered by code.

    Parameters
    ----------
    radix : sequence of int
        How many codes each part of the column has.
    parts : sequence of (axes, Rows)
        The parts of the column that count, and the weights for them.
    unit : float
        What a weight of one is as a whole number.
    """

    def __init__(self, radix: Sequence[int], parts: Sequence[tuple[Sequence[int], Rows]], unit: float) -> None:
        size = int(np.prod(radix, dtype=np.int64))
        width = parts[0][1].weights.shape[1]
        self.place: Codes | None = None
        if size <= _DENSE:
            rows = np.zeros((*radix, width), dtype=np.float32)
            for axes, found in parts:
                self._add(rows, radix, axes, found)
            self.rows = whole(rows.reshape(size, width), unit)
        else:
            # too many codes to hold them all, and one template: only those that have a weight
            ((_, found),) = parts
            self.place = np.zeros(size, dtype=np.int32)
            self.place[found.codes] = np.arange(1, len(found.codes) + 1)
            self.rows = whole(np.concatenate([np.zeros((1, width), dtype=np.float32), found.weights]), unit)

    @staticmethod
    def _add(rows: Scores, radix: Sequence[int], axes: Sequence[int], found: Rows) -> None:
        sizes = [radix[axis] for axis in axes]
        part = np.zeros((int(np.prod(sizes)), found.weights.shape[1]), dtype=np.float32)
        part[found.codes] = found.weights
        shape = [radix[axis] if axis in axes else 1 for axis in range(len(radix))]
        rows += part.reshape(*shape, -1)


def whole(weights: Scores, unit: float) -> Sums:
    """Return weights as the nearest whole numbers of 1 / `unit`."""
    rounded: Sums = np.rint(weights * unit).astype(np.int16)
    return rounded


@dataclass(frozen=True)
class Weights:
    """A trained finder.

    Attributes
    ----------
    classes : WordClasses
    kinds : Kinds
    words, endings : sequence of str
        The spellings and endings that have weights.
    rows : mapping of str to Rows
        By the name of a template.
    transitions : tuple of Transitions
        Of the first and of the second pass.
    confidence : ndarray of float64
        Coefficients of the confidence of an attribution, the constant last.
    about : mapping
        What the model card says: data, licence, sizes, scores.
    """

    classes: WordClasses
    kinds: Kinds
    words: Sequence[str]
    endings: Sequence[str]
    rows: Mapping[str, Rows]
    transitions: tuple[Transitions, Transitions]
    confidence: NDArray[np.float64]
    about: Mapping[str, Any]

    @cached_property
    def radices(self) -> dict[str, tuple[int, ...]]:
        """How many codes each part of each column has."""
        return radices({"kind": self.kinds.codes, "tag": len(self.classes.tags) + UNKNOWN})

    @cached_property
    def unit(self) -> float:
        """What a weight of one is as a whole number: as much as keeps every sum of weights within 16 bits."""
        second = {template.name for template in SECOND_PASS}
        most = np.ones(2 * WIDTH)  # by label, of the first pass and of the second
        for name, rows in self.rows.items():
            most[-rows.weights.shape[1] if name in second else 0 :] += np.abs(rows.weights).max(axis=0, initial=0.0)
        room = _MOST - len(self.rows)  # each is rounded
        return float(room // most.max())

    @cached_property
    def first(self) -> list[tuple[str, int, Table]]:
        """Column, distance and table for what the first pass weighs; the second weighs it too."""
        return self._tables(FIRST_PASS)

    @cached_property
    def second(self) -> list[tuple[str, int, Table]]:
        """The same for what only the second weighs."""
        return self._tables(SECOND_PASS)

    def _tables(self, templates: Sequence[Template]) -> list[tuple[str, int, Table]]:
        found: dict[tuple[str, int], list[tuple[Sequence[int], Rows]]] = {}
        for template in templates:
            if template.name in self.rows:
                column, offset = template.column, template.offset
                axes: Sequence[int] = template.axes or range(len(self.radices[column]))
                if (column, offset) in _WITHIN:
                    column, offset, axis = _WITHIN[column, offset]
                    axes = (axis,)
                found.setdefault((column, offset), []).append((axes, self.rows[template.name]))
        return [
            (column, offset, Table(self.radices[column], parts, self.unit)) for (column, offset), parts in found.items()
        ]

    @cached_property
    def _known(self) -> tuple[dict[str, int], dict[str, int]]:
        return numbered(self.words), numbered(self.endings)

    def type_codes(self, vocabulary: Vocabulary, low: int = 0) -> dict[str, Codes]:
        """Return the codes of a vocabulary's types, from one on, for each column of `OF_TYPE`."""
        classes = self.classes
        clusters = vocabulary.column(("cluster", id(classes)), classes.cluster_codes)[low:]
        return {
            "word": look_up(self._known[0], vocabulary.folded[low:]),
            "tag": vocabulary.column(("tag", id(classes)), classes.tag_codes, of_folded=False)[low:],
            **dict(zip(CLUSTERS, clusters.T, strict=True)),
            "ending": vocabulary.column(("ending", id(self)), self._ending_codes)[low:],
            "shape": vocabulary.column("shape", shape_codes, of_folded=False)[low:],
        }

    def _ending_codes(self, folded: Sequence[str]) -> Codes:
        """Return the code of each folded spelling's last letters, those that are ASCII all at once."""
        letters, known = letters_of(folded), self._known[1]
        keys, numbers = self._plain_endings
        sought = letters.tail(3)
        index = np.searchsorted(keys, sought, side="right") - 1
        codes = np.where(keys[index] == sought, numbers[index], np.int32(UNKNOWN))
        for place in np.flatnonzero(~letters.plain).tolist():
            codes[place] = known.get(ending(folded[place]), UNKNOWN)
        return codes

    @cached_property
    def _plain_endings(self) -> tuple[NDArray[np.int64], Codes]:
        """The endings in ASCII as numbers, in order, and their codes."""
        coded = sorted([(-1, UNKNOWN), *((key(name), code) for name, code in self._known[1].items() if name.isascii())])
        keys, codes = zip(*coded, strict=True)
        return np.array(keys, dtype=np.int64), np.array(codes, dtype=np.int32)

    @cached_property
    def type_tables(self) -> dict[str, Scores]:
        """The weights of each column of `OF_TYPE`, those for one distance beside those for the next."""
        sizes = {
            "word": len(self.words) + UNKNOWN + 1,
            "tag": len(self.classes.tags) + UNKNOWN,
            **{name: size + UNKNOWN + 1 for name, size in zip(CLUSTERS, self.classes.clusters, strict=True)},
            "ending": len(self.endings) + UNKNOWN + 1,
            "shape": len(SHAPES) + UNKNOWN,
        }
        width, offsets = 2 * WIDTH, self.type_offsets
        tables = {name: np.zeros((size, width * len(offsets)), dtype=np.float32) for name, size in sizes.items()}
        for template in OF_TYPE:
            if template.name in self.rows:
                found, low = self.rows[template.name], width * offsets.index(template.offset)
                tables[template.column][found.codes, low : low + width] = found.weights
        return tables

    @cached_property
    def type_offsets(self) -> tuple[int, ...]:
        """The distances at which the spelling of a token counts."""
        return tuple(dict.fromkeys(template.offset for template in OF_TYPE if template.name in self.rows))


class TypeScores:
    """The weights of each type of a vocabulary, worked out once; row 0 is a gap's."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._done = 0
        self._rows = {offset: np.zeros((1024, 2 * WIDTH), dtype=np.int16) for offset in weights.type_offsets}

    def of(self, vocabulary: Vocabulary) -> dict[int, Sums]:
        """Return by distance the weights of all types, shape (at least types + 1, 2 * `WIDTH`)."""
        n = len(vocabulary)
        if n > self._done:
            for offset, rows in self._rows.items():
                if len(rows) < n + 1:
                    # by doubling, so that a growing vocabulary is copied now and then only
                    self._rows[offset] = np.concatenate([rows, np.zeros((n + 1, 2 * WIDTH), dtype=np.int16)])
            self._add(self._weights.type_codes(vocabulary, self._done), n)
            self._done = n
        return self._rows

    def _add(self, codes: Mapping[str, Codes], n: int) -> None:
        """Enter the weights of types up to `n`, some at a time: their sums stay in the cache meanwhile."""
        tables, width = self._weights.type_tables, 2 * WIDTH
        for low in range(0, n - self._done, _TYPES):
            high = min(low + _TYPES, n - self._done)
            total = np.zeros((high - low, width * len(self._rows)), dtype=np.float32)
            for column, table in tables.items():
                total += table.take(codes[column][low:high], axis=0)
            sums = whole(total, self._weights.unit)
            for number, rows in enumerate(self._rows.values()):
                rows[self._done + low + 1 : self._done + high + 1] = sums[:, number * width : (number + 1) * width]


# the rows of a column, its codes, and how many places behind a place they stand
Part = tuple[Sums, NDArray[Any], int]


def parts_of(built: Mapping[str, NDArray[Any]], tables: Sequence[tuple[str, int, Table]]) -> Iterator[Part]:
    """Yield what `score` adds up for some tables.

    Parameters
    ----------
    built : mapping of str to ndarray
    tables : sequence of (column, offset, Table)
    """
    for column, offset, table in tables:
        codes = built[column]
        yield table.rows, codes if table.place is None else table.place.take(codes), offset


def score(parts: Iterable[Part], into: Sums) -> None:
    """Add to the scores of all places what some columns say of them.

    Parameters
    ----------
    parts : iterable of (rows, codes, offset)
    into : ndarray of int16, shape (places, width)
    """
    parts, size = list(parts), len(into)
    buffer = np.empty((_BLOCK, into.shape[1]), dtype=np.int16)
    for begin in range(0, size, _BLOCK):
        for rows, codes, offset in parts:
            low, high = max(begin, -offset), min(begin + _BLOCK, size - max(0, offset))
            # codes are always in range: clipping only spares a look at each
            found = rows.take(codes[low + offset : high + offset], 0, buffer[: high - low], "clip")
            into[low:high] += found


def blank(columns: Columns) -> Sums:
    """Return scores of nothing yet, shape (places, 2 * WIDTH)."""
    return np.zeros((columns.layout.size, 2 * WIDTH), dtype=np.int16)


def of_sums(sums: Sums, unit: float) -> Scores:
    """Return the scores that whole numbers of 1 / `unit` stand for."""
    scores = sums.astype(np.float32)
    scores /= np.float32(unit)
    return scores
