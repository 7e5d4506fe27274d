"""The same by article: what a researcher wants beside each article's own columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.comparison._balance import UNITS, Unit, balanced_sides, coded, numbered
from framing.comparison._frame import Floats, number_of, table, text_of
from framing.comparison._protocol import AnalysisLike
from framing.comparison._replies import Replies
from framing.comparison._setting import Setting, is_true
from framing.comparison._speaking import is_named
from framing.stats import pielou

LEAST_ATTRIBUTIONS = 5
"""Attributions of known sides that an article needs for an index of its own: fewer are hardly ever even."""


def article_table(setting: Setting, analysis: AnalysisLike, shared: list[Unit], found: Replies) -> pd.DataFrame:
    """List the articles with what the report needs to name them and who is heard in each.

    An article that repeats another's text has that one's numbers.
    """
    attributions, n = setting.attributions, len(setting.articles)
    row = attributions["row"].to_numpy(dtype=np.int64)
    number = np.bincount(row, minlength=n).astype(np.float64)
    anonymous = np.bincount(row, is_true(attributions["anonymous"]), minlength=n)
    index, difference = _index(shared, n)
    layers = setting.findings.groupby("layer")["row"]
    refusals = {str(layer): np.bincount(rows, minlength=n) for layer, rows in layers}
    columns: dict[str, object] = {
        "attributions": number,
        "attributed_words": np.bincount(row, shared[1].weight, minlength=n),
        "speakers": speakers_by_article(setting),
        "anonymous_share": np.divide(anonymous, number, out=np.full(n, np.nan), where=number > 0),
        "declined": refusals.get("declined", np.zeros(n)),
        "unverified": refusals.get("unverified", np.zeros(n)),
        "evenness": index,
        "difference": difference,
        "heard": _listed(found.sides, found.heard > 0),
        "accused": _listed(found.sides, found.accused > 0),
        "accused_declined": _listed(found.sides, found.asked > 0),
        "accused_unheard": _listed(found.sides, found.unheard > 0),
    }
    articles = analysis.articles
    named = {name: text_of(articles, name) for name in ("id", "outlet", "date", "title")}
    made = {name: np.asarray(values)[setting.stands_for] for name, values in columns.items()}
    return table("articles", {**named, "group": setting.every_group, "words": number_of(articles, "words"), **made})


def speakers_by_article(setting: Setting) -> Floats:
    """Count the distinct speakers of each article, shape (N,); those without a name are not counted."""
    heard = setting.attributions.loc[is_named(setting.attributions["speaker"]), ["row", "speaker"]].drop_duplicates()
    return np.bincount(heard["row"].to_numpy(dtype=np.int64), minlength=len(setting.articles)).astype(np.float64)


def _index(shared: list[Unit], n: int) -> tuple[Floats, Floats]:
    """Return evenness and difference of the sides' attributions in each article that has enough of them."""
    sides, unit = balanced_sides(shared), shared[0]
    nothing = np.full(n, np.nan)
    if not sides:
        return nothing, nothing
    codes = coded(unit.speakers["side"], sides)
    known = codes >= 0
    counts = np.zeros((n, len(sides)))
    np.add.at(counts, (unit.row[known], codes[known]), 1)
    total = counts.sum(axis=1)
    enough = total >= LEAST_ATTRIBUTIONS
    difference = np.divide(counts[:, 0] - counts[:, -1], total, out=np.full(n, np.nan), where=enough)
    return np.where(enough, pielou(counts), np.nan), difference if len(sides) == 2 else nothing


def _listed(sides: list[str], there: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[str]:
    return [";".join(side for side, is_there in zip(sides, line, strict=True) if is_there) for line in there.tolist()]


def balance_by_article(setting: Setting, shared: list[Unit]) -> pd.DataFrame:
    """Share each article's attributions, words, quotations and first third out among the sides and roles in it."""
    ids = text_of(setting.articles, "id").to_numpy(dtype=object)
    groups = np.array(setting.groups, dtype=object)
    n, parts = len(setting.articles), []
    for key in ("side", "role"):
        names = numbered(shared[0].speakers[key])
        counts = {unit.name: unit.counted(coded(unit.speakers[key], names), len(names), n) for unit in shared}
        row, who = (counts["attributions"] + counts["first-third"]).nonzero() if names else (np.zeros(0, int),) * 2
        order = np.lexsort([who, row])
        row, who = row[order], who[order]
        columns: dict[str, object] = {
            "id": ids[row], "group": groups[setting.group[row]], "kind": [key] * row.size,
            "name": np.array(names, dtype=object)[who],
        }  # fmt: skip
        for unit in UNITS:
            name = unit.replace("-", "_")
            values = np.asarray(counts[unit][row, who]).ravel() if row.size else np.zeros(0)
            total = np.asarray(counts[unit].sum(axis=1)).ravel()[row]
            columns[name] = values
            columns[f"share_{name}"] = np.divide(values, total, out=np.full(row.size, np.nan), where=total > 0)
        parts.append(table("article_balance", columns))
    return pd.concat(parts, ignore_index=True)
