"""Choosing rows of a comparison's tables; no counting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures._style import MOST_GROUPS, printable
from framing.figures._wording import Wording


def pick(table: pd.DataFrame, **conditions: object) -> pd.DataFrame:
    """Return the rows in which every named column has that value; none if a column is missing."""
    if any(column not in table.columns for column in conditions):
        return table.iloc[:0]
    for column, value in conditions.items():
        table = table[table[column] == value]
    return table


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries, in order."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def keyed(table: pd.DataFrame, column: str) -> dict[str, dict[str, Any]]:
    """Return the rows by what stands in a column, the first where it stands there twice."""
    return {str(row[column]): row for row in reversed(records(table))}


def extremes(table: pd.DataFrame) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the rows with the largest and the smallest value; the first of equal ones."""
    rows = records(table.dropna(subset=["value"]))
    return max(rows, key=lambda row: row["value"]), min(rows, key=lambda row: row["value"])


def groups(comparison: Comparison, most: int = MOST_GROUPS) -> list[str]:
    """Return the groups to draw, in the order of the table: at most thirty, those with the most articles."""
    table = comparison.groups
    if len(table) > most:
        kept = table["n_articles"].rank(method="first", ascending=False) <= most
        table = table[kept]
    return [str(group) for group in table["group"]]


def left_out(comparison: Comparison, wording: Wording, most: int = MOST_GROUPS) -> str:
    """Return the sentence that says how many groups a figure does not show, or nothing."""
    missing = len(comparison.groups) - len(groups(comparison, most))
    if missing <= 0:
        return ""
    return wording("figure.left_out", n=missing, shown=most, what=noun(comparison, wording, missing))


def noun(comparison: Comparison, wording: Wording, n: float = 2) -> str:
    """Return what the groups are: `outlet`, `outlets`, or a word for any other column."""
    known = isinstance(wording.get(f"by.{comparison.by}"), dict)
    return wording(f"by.{comparison.by if known else 'any'}", n=n, by=printable(comparison.by))


def by_group(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return one row a group in that order, with missing values where the table has none."""
    if "group" not in table.columns:
        return pd.DataFrame(index=names)
    return table.drop_duplicates("group").set_index("group").reindex(names)


def sides(comparison: Comparison) -> list[str]:
    """Return the sides heard, most often heard first, the unknown last."""
    table = pick(comparison.balance, unit="attributions")
    if table.empty:
        return []
    counts = table.groupby("side")["count"].sum()
    named = sorted((str(side) for side in counts.index if side != "unknown"), key=lambda side: (-counts[side], side))
    return [*named, "unknown"] if "unknown" in counts.index else named


def main_sides(comparison: Comparison, most: int) -> list[str]:
    """Return the named sides worth a column: at most so many, none with under a hundredth of what the named say."""
    table = pick(comparison.balance, unit="attributions")
    named = [side for side in sides(comparison) if side != "unknown"]
    counts = {side: float(pick(table, side=side)["count"].sum()) for side in named}
    return [side for side in named if counts[side] >= 0.01 * sum(counts.values()) and counts[side] > 0][:most]


VOICES = ("own", "quoted", "reported", "all")


def main_voice(comparison: Comparison) -> str:
    """Return the voice that the comparison was made for: the outlets' own, as a rule."""
    return str(comparison.manifest.get("voice", "own"))


def spread(comparison: Comparison, wording: Wording, kind: str = "figure") -> str:
    """Return `, with 95 % intervals`, or nothing where every group has a single article and so no interval."""
    return wording(f"{kind}.with_intervals") if (comparison.groups["n_articles"] > 1).any() else ""


def check(name: str, value: object, allowed: Iterable[object]) -> None:
    """Raise if an option of a figure has a value that the comparison does not have.

    Raises
    ------
    OptionError
        If there is something to choose from, and the value is not among it.
    """
    known = list(dict.fromkeys(str(one) for one in allowed))
    if known and str(value) not in known:
        msg = f"{name} {str(value)!r} is not in this comparison; allowed: {', '.join(known)}"
        raise OptionError(msg)


def check_layer(table: pd.DataFrame, layer: str, wording: Wording) -> None:
    """Raise if a layer is neither counted in a table nor known to framing; a known one may just not be measured."""
    if "layer" in table.columns and not isinstance(wording.get(f"layer.{layer}"), str):
        check("layer", layer, table["layer"].drop_duplicates())


def lone(comparison: Comparison) -> bool:
    """Say whether there is a single group, so that nothing is compared."""
    return len(comparison.groups) < 2


def side_order(comparison: Comparison) -> list[str]:
    """Return every side of the balance or of a strip, so that a side has one colour in all figures."""
    known = [side for side in sides(comparison) if side != "unknown"]
    heard = comparison.segments["side"].unique() if "side" in comparison.segments else ()
    more = sorted({str(side) for side in heard} - {*known, "", "unknown", "nan"})
    return known + more
