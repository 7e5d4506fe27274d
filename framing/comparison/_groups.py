"""Which group each article belongs to: the values of a column, or of two columns that are crossed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison._frame import Ints
from framing.errors import OptionError

NO_GROUP = "(none)"
CROSS = " × "
_MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of the articles table.

    Attributes
    ----------
    columns : tuple of str
        One column, or two that are crossed.
    names : list of str
        Sorted by the values, those without a value last; only combinations that occur.
    parts : list of tuple of str
        The values that make up each name.
    code : ndarray of int
        For each row of the articles table the place in `names`.
    """

    columns: tuple[str, ...]
    names: list[str]
    parts: list[tuple[str, ...]]
    code: Ints

    @property
    def by(self) -> str:
        """The columns as a reader sees them: `outlet × section`."""
        return CROSS.join(self.columns)

    def place(self, reference: str | None) -> int | None:
        """Return the number of a group; OptionError if there is none of that name."""
        if reference is None:
            return None
        if reference not in self.names:
            msg = f"no group {reference!r} to be the reference; the groups by {self.by} are {listed(self.names)}"
            raise OptionError(msg)
        return self.names.index(reference)


def grouped(articles: pd.DataFrame, columns: tuple[str, ...]) -> Groups:
    """Sort the articles into groups by the values of one or two columns that are there."""
    values = [labels_of(articles[column]).tolist() for column in columns]
    rows = list(zip(*values, strict=True))
    parts = sorted(set(rows), key=lambda part: [(value == NO_GROUP, value) for value in part])
    place = {part: number for number, part in enumerate(parts)}
    code = np.array([place[row] for row in rows], dtype=np.int64)
    return Groups(columns, [CROSS.join(part) for part in parts], parts, code)


def chosen_columns(articles: pd.DataFrame, by: str | Sequence[str]) -> tuple[str, ...]:
    """Return the columns to compare by.

    Raises
    ------
    OptionError
        If there are none or more than two, one is repeated, one is not a column of the articles, or one holds counts or
        scores, whose every value would be a group.
    """
    columns = (by,) if isinstance(by, str) else tuple(by)
    if not 1 <= len(columns) <= 2:
        found = ", ".join(map(repr, columns)) or "none"
        msg = f"by must be one column or two that are crossed, found {found}"
        raise OptionError(msg)
    for column in columns:
        if column not in articles.columns:
            msg = f"no column {column!r} to compare by; the articles have {', '.join(map(str, articles.columns))}"
            raise OptionError(msg)
        refuse_counts(articles, column, "compare by")
    if len(set(columns)) < len(columns):
        msg = f"by must be two different columns to be crossed, found {columns[0]!r} twice"
        raise OptionError(msg)
    return columns


def refuse_counts(articles: pd.DataFrame, column: str, use: str) -> None:
    """Refuse a column of framing's numbers: those that stand in the articles table from `words` on.

    Raises
    ------
    OptionError
        With the columns that can be used.
    """
    known = [str(name) for name in articles.columns]
    given = known[: known.index("words")] if "words" in known else known
    if column not in given and pd.api.types.is_numeric_dtype(articles[column]):
        msg = f"column {column!r} holds counts of framing's, not groups; columns to {use}: {', '.join(given)}"
        raise OptionError(msg)


def labels_of(column: pd.Series[Any]) -> pd.Series[str]:
    """Return group names: text, whole numbers without a decimal point, `(none)` for an empty cell."""
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        return labels_of(column.astype("Int64").astype(object).astype(str).where(column.notna(), ""))
    names = column.astype(object).where(column.notna(), "").astype(str).str.strip()
    return names.where(names != "", NO_GROUP)


def listed(names: Sequence[str]) -> str:
    """Join names for a message of one line, only the first of many."""
    shown = ", ".join(" ".join(name.split()) for name in names[:_MOST_LISTED])
    return shown if len(names) <= _MOST_LISTED else f"{shown} and {len(names) - _MOST_LISTED} more"
