"""Labels of a file, in any of the ways in which people write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from framing.corpus._columns import listed
from framing.errors import InputError

_YES = frozenset(("1", "1.0", "true", "yes", "y"))
_NO = frozenset(("0", "0.0", "false", "no", "n"))
_BETWEEN = ";"
_MOST = 100  # exclusive labels; more are no labels but texts or ids


@dataclass(frozen=True, eq=False)
class Cells:
    """The rows of a file with the line on which each begins."""

    name: str
    rows: Sequence[tuple[int, Mapping[str, object]]]

    def check(self, columns: Sequence[str]) -> None:
        """Refuse columns that no row has."""
        names = list(dict.fromkeys(name for _, row in self.rows for name in row))
        for column in columns:
            if column not in names:
                msg = f"{self.name}: no column {column!r}; columns found: {listed(names)}"
                raise InputError(msg)

    def refuse(self, place: int, column: str, allowed: str) -> NoReturn:
        """Say which cell is not what it must be."""
        line, row = self.rows[place]
        held = repr(row.get(column))
        shown = held if len(held) <= 60 else held[:57] + "..."
        msg = f"{self.name}, line {line:,}: column {column!r} holds {shown}; allowed: {allowed}"
        raise InputError(msg)


@dataclass(frozen=True, eq=False)
class Labelled:
    """Labels as columns, and the rows that have any say on them."""

    labels: tuple[str, ...]
    negative: str
    exclusive: bool
    rows: list[int]
    gold: NDArray[np.bool_]
    second: NDArray[np.int64] | None
    where: str


def read_labels(
    cells: Cells,
    columns: Sequence[str],
    *,
    positive: str | None = None,
    empty: str | None = None,
    second: str | None = None,
    known: Sequence[str] | None = None,
) -> Labelled:
    """Tell from the cells how labels are written, and read them; see `read_records`."""
    if len(columns) > 1:
        return _several(cells, columns, list(columns), known)
    column = columns[0]
    values = [row.get(column) for _, row in cells.rows]
    if any(isinstance(value, Mapping) for value in values):
        return _objects(cells, column, known)
    as_lists = any(isinstance(value, list) for value in values)
    if as_lists or any(isinstance(value, str) and _BETWEEN in value for value in values):
        return _named(cells, column, known)
    return _single(cells, column, positive, empty, second, known)


def _yes(value: object) -> bool | None:
    """Return what 1 and 0, true and false, yes and no say; None for anything else."""
    written = str(value).strip().lower()
    return True if written in _YES else False if written in _NO else None


def _order(found: Sequence[str], known: Sequence[str] | None, cells: Cells, column: str) -> tuple[str, ...]:
    if known is None:
        return tuple(found)
    unknown = [label for label in found if label not in known]
    if unknown:
        msg = f"{cells.name}: column {column!r} has the label {unknown[0]!r}; allowed: {listed(list(known))}"
        raise InputError(msg)
    return tuple(known)


def _several(cells: Cells, columns: Sequence[str], names: list[str], known: Sequence[str] | None) -> Labelled:
    labels = _order(names, known, cells, columns[0])
    gold = np.zeros((len(cells.rows), len(labels)), dtype=np.bool_)
    for place, (_, row) in enumerate(cells.rows):
        for column, name in zip(columns, names, strict=True):
            said = _yes(row.get(column))
            if said is None:
                cells.refuse(place, column, "0 or 1")
            gold[place, labels.index(name)] = said
    return Labelled(labels, "", False, list(range(len(gold))), gold, None, f"columns {listed(list(columns))}")


def _objects(cells: Cells, column: str, known: Sequence[str] | None) -> Labelled:
    rows: list[tuple[int, Mapping[str, object]]] = []
    for place, (line, row) in enumerate(cells.rows):
        value = row.get(column)
        if not isinstance(value, Mapping):
            cells.refuse(place, column, "an object from label to 0 or 1, as in other rows")
        rows.append((line, value))
    names = sorted({str(name) for _, value in rows for name in value})
    found = _several(Cells(f"{cells.name}, column {column!r}", rows), names, names, known)
    return Labelled(found.labels, "", False, found.rows, found.gold, None, f"column {column!r}")


def _named(cells: Cells, column: str, known: Sequence[str] | None) -> Labelled:
    """Read lists of labels, or labels joined by a semicolon; none is allowed."""
    held: list[list[str]] = []
    for place, (_, row) in enumerate(cells.rows):
        value = row.get(column)
        if value is not None and not isinstance(value, (str, list)):
            cells.refuse(place, column, f"a list of labels, or labels joined by {_BETWEEN}")
        parts = value.split(_BETWEEN) if isinstance(value, str) else value or []
        held.append([str(part).strip() for part in parts if str(part).strip()])
    labels = _order(sorted({label for one in held for label in one}), known, cells, column)
    gold = np.array([[label in one for label in labels] for one in held], dtype=np.bool_).reshape(len(held), -1)
    return Labelled(labels, "", False, list(range(len(held))), gold, None, f"column {column!r}")


def _single(
    cells: Cells, column: str, positive: str | None, empty: str | None, second: str | None,
    known: Sequence[str] | None,
) -> Labelled:  # fmt: skip
    values = [_one(row.get(column)) or empty for _, row in cells.rows]
    rows = [place for place, value in enumerate(values) if value is not None]
    names = [str(values[place]) for place in rows]
    counts = Counter(names)
    if len(counts) < 2 and known is None:
        held = f"{next(iter(counts))!r} throughout" if counts else "nothing"
        msg = f"{cells.name}: column {column!r} holds {held}; allowed: at least two classes"
        raise InputError(msg)
    if len(counts) > _MOST:
        msg = f"{cells.name}: column {column!r} has {len(counts):,} different values; allowed: {_MOST} classes"
        raise InputError(msg)
    if (len(known) == 1) if known is not None else len(counts) == 2 and second is None:
        label, negative = _pair(cells, column, counts, positive or (known[0] if known else None))
        gold = np.array([[name == label] for name in names])
        return Labelled((_said(label, column),), _said_not(negative), False, rows, gold, None, f"column {column!r}")
    labels = _order(sorted(counts), known, cells, column)
    gold = np.array([[name == label for label in labels] for name in names], dtype=np.bool_)
    weak = None
    if second is not None:
        others = [_one(cells.rows[place][1].get(second)) for place in rows]
        weak = np.array([labels.index(one) if one in labels else -1 for one in others], dtype=np.int64)
        if unknown := [place for place, one in zip(rows, others, strict=True) if one and one not in labels]:
            cells.refuse(unknown[0], second, f"a label of {column!r}: {listed(list(labels))}, or nothing")
    return Labelled(labels, "", True, rows, gold, weak, f"column {column!r}")


def _one(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return (str(value).strip() or None) if value is not None and value == value else None


def _pair(cells: Cells, column: str, counts: Mapping[str, int], positive: str | None) -> tuple[str, str]:
    """Return which of two values is the label, and the other."""
    names = sorted(counts)
    if positive is not None and positive not in names and {_yes(name) for name in names} <= {True, False}:
        # a model's label named after a column of yes and no
        return next((name for name in names if _yes(name)), ""), next((name for name in names if not _yes(name)), "")
    if positive is not None:
        if positive not in names:
            msg = f"{cells.name}: column {column!r} has no {positive!r}; found: {listed(names)}"
            raise InputError(msg)
        return positive, next((name for name in names if name != positive), "")
    for one, other in (names, names[::-1]):
        plain = other.lower()
        denied = {f"{no}{mark}{plain}" for no in ("no", "non", "not") for mark in "-_ "} | {f"non{plain}"}
        if (_yes(other) and _yes(one) is False) or one.lower() in denied | {"none", "other"}:
            return other, one
    msg = f"{cells.name}: column {column!r} has the values {listed(names)}; say which is the label (positive)"
    raise InputError(msg)


def _said(label: str, column: str) -> str:
    """Name a label: a value of 1 is named after its column."""
    return column if _yes(label) else label


def _said_not(negative: str) -> str:
    return "" if _yes(negative) is False else negative
