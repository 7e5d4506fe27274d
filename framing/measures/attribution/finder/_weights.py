"""What the finder has learnt: weights by template and code, stored without pickle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

# both passes weigh the same columns: one row holds the labels of the first, a gap, those of the second
WIDTH = 8
_DENSE = 64_000


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
    """The weights of a column at one distance, all templates of it added up, to be gathered by code."""

    def __init__(self, radix: Sequence[int], parts: Sequence[tuple[Template, Rows]]) -> None:
        size = int(np.prod(radix, dtype=np.int64))
        width = parts[0][1].weights.shape[1]
        self.place: Codes | None = None
        if size <= _DENSE:
            self.rows = np.zeros((*radix, width), dtype=np.float32)
            for template, found in parts:
                self._add(self.rows, radix, template.axes or tuple(range(len(radix))), found)
            self.rows = self.rows.reshape(size, width)
        else:
            # too many codes to hold them all, and one template: only those that have a weight
            found = parts[0][1]
            self.place = np.zeros(size, dtype=np.int32)
            self.place[found.codes] = np.arange(1, len(found.codes) + 1)
            self.rows = np.concatenate([np.zeros((1, width), dtype=np.float32), found.weights])

    @staticmethod
    def _add(rows: Scores, radix: Sequence[int], axes: Sequence[int], found: Rows) -> None:
        sizes = [radix[axis] for axis in axes]
        part = np.zeros((int(np.prod(sizes)), found.weights.shape[1]), dtype=np.float32)
        part[found.codes] = found.weights
        shape = [radix[axis] if axis in axes else 1 for axis in range(len(radix))]
        rows += part.reshape(*shape, -1)


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
    def first(self) -> list[tuple[str, int, Table]]:
        """Column, distance and table for what the first pass weighs; the second weighs it too."""
        return self._tables(FIRST_PASS)

    @cached_property
    def second(self) -> list[tuple[str, int, Table]]:
        """The same for what only the second weighs."""
        return self._tables(SECOND_PASS)

    def _tables(self, templates: Sequence[Template]) -> list[tuple[str, int, Table]]:
        found: dict[tuple[str, int], list[tuple[Template, Rows]]] = {}
        for template in templates:
            if template.name in self.rows:
                found.setdefault((template.column, template.offset), []).append((template, self.rows[template.name]))
        return [(column, offset, Table(self.radices[column], parts)) for (column, offset), parts in found.items()]

    @cached_property
    def _known(self) -> tuple[dict[str, int], dict[str, int]]:
        return numbered(self.words), numbered(self.endings)

    def type_codes(self, vocabulary: Vocabulary, low: int = 0) -> dict[str, Codes]:
        """Return the codes of a vocabulary's types, from one on, for each column of `OF_TYPE`."""
        words, endings = self._known
        classes, folded, spellings = self.classes, vocabulary.folded[low:], vocabulary.spellings[low:]
        clusters = vocabulary.column(("cluster", id(classes)), classes.cluster_codes)[low:]
        return {
            "word": look_up(words, folded),
            "tag": vocabulary.column(("tag", id(classes)), classes.tag_codes, of_folded=False)[low:],
            **dict(zip(CLUSTERS, clusters.T, strict=True)),
            "ending": look_up(endings, [ending(word) for word in folded]),
            "shape": shape_codes(spellings),
        }

    @cached_property
    def type_tables(self) -> dict[int, list[tuple[str, Scores]]]:
        """The weights of the columns of `OF_TYPE` by distance."""
        sizes = {
            "word": len(self.words) + UNKNOWN + 1,
            "tag": len(self.classes.tags) + UNKNOWN,
            **{name: size + UNKNOWN + 1 for name, size in zip(CLUSTERS, self.classes.clusters, strict=True)},
            "ending": len(self.endings) + UNKNOWN + 1,
            "shape": len(SHAPES) + UNKNOWN,
        }
        tables: dict[int, list[tuple[str, Scores]]] = {}
        for template in OF_TYPE:
            if template.name in self.rows:
                found = self.rows[template.name]
                table = np.zeros((sizes[template.column], 2 * WIDTH), dtype=np.float32)
                table[found.codes] = found.weights
                tables.setdefault(template.offset, []).append((template.column, table))
        return tables


class TypeScores:
    """The weights of each type of a vocabulary, worked out once; row 0 is a gap's."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._done = 0
        self._rows = {offset: np.zeros((1024, 2 * WIDTH), dtype=np.float32) for offset in weights.type_tables}

    def of(self, vocabulary: Vocabulary) -> dict[int, Scores]:
        """Return by distance the weights of all types, shape (at least types + 1, 2 * `WIDTH`)."""
        n = len(vocabulary)
        if n > self._done:
            low = self._done
            codes = self._weights.type_codes(vocabulary, low)
            for offset, tables in self._weights.type_tables.items():
                rows = self._rows[offset]
                if len(rows) < n + 1:
                    # by doubling, so that a growing vocabulary is copied now and then only
                    self._rows[offset] = rows = np.concatenate([rows, np.zeros((n + 1, 2 * WIDTH), dtype=np.float32)])
                new = rows[low + 1 : n + 1]
                for column, table in tables:
                    new += table.take(codes[column], axis=0)
            self._done = n
        return self._rows


def score(columns: Columns, built: Mapping[str, Codes], tables: Sequence[tuple[str, int, Table]], into: Scores) -> None:
    """Add to the scores of all places what some tables say of them.

    Parameters
    ----------
    columns : Columns
    built : mapping of str to ndarray
    tables : sequence of (column, offset, Table)
    into : ndarray of float32, shape (places, width)
    """
    size = columns.layout.size
    for column, offset, table in tables:
        low, high = max(0, -offset), size - max(0, offset)
        codes = built[column][low + offset : high + offset]
        if table.place is not None:
            codes = table.place.take(codes)
        into[low:high] += table.rows.take(codes, axis=0)


def blank(columns: Columns) -> Scores:
    """Return scores of nothing yet, shape (places, 2 * WIDTH)."""
    return np.zeros((columns.layout.size, 2 * WIDTH), dtype=np.float32)
