"""What may stand on a first page: rows of all tables on one scale, with what each group is set against."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison._frame import PER, Floats
from framing.comparison._model import Comparison
from framing.comparison._strata import Bools

UNKNOWN = "unknown"
SMALLEST_RATIO = 1.25
LEAST_ARTICLES = 3
# findings per 1,000 words: what is rarer everywhere may differ by any factor and still not be seen by a reader
LEAST_RATE = 0.5
KEYS = ("layer", "category", "voice", "topic", "referent", "entry", "form", "side", "measure", "formula")
NUMBERS = (
    "value", "low", "high", "others", "others_low", "others_high", "ratio", "ratio_low", "ratio_high", "difference",
    "difference_low", "difference_high", "q", "count", "total", "n_articles", "n_events",
)  # fmt: skip
# how often things with several names are mentioned is a matter of topics; which name is taken has rows of its own
NOT_TOLD = ("naming",)
LEAST_MENTIONS = 10
"""Of a referent in a group, for the share of one of its names to be told."""
LEAST_EFFECT = {"naming": 0.10, "side": 0.05, "sourcing": 0.05, "sentences": 0.03}
"""Differences of shares that a reader would notice; rates have `SMALLEST_RATIO`."""
# of school grades one, of the scales that count otherwise what comes to about as much
LEAST_GRADE = {"flesch_reading_ease": 10.0, "dale_chall": 0.5, "difficult_words": 10.0}
MAIN_FORMULA = "flesch_kincaid_grade"


def candidates(comparison: Comparison) -> pd.DataFrame:
    """Return what was tested in the main voice, one row a measure and group.

    Columns: kind, turn (what has its turn together: a layer, a referent, a side ...), group, `KEYS`, `NUMBERS`;
    effect and bound (signed: the difference, and the bound of its interval that lies nearer to none, in units of the
    smallest that is told; 0 where the interval holds no difference), enough (whether there is enough to tell of it).
    """
    voice = str(comparison.manifest.get("voice", "own"))
    parts = [
        _matched(comparison, voice),
        _rates(comparison, voice),
        _naming(comparison, voice),
        _sides(comparison),
        _sourcing(comparison),
        _sentences(comparison, voice),
        _readability(comparison),
    ]
    return _tested(comparison, pd.concat(parts, ignore_index=True))


def _tested(comparison: Comparison, frame: pd.DataFrame) -> pd.DataFrame:
    """Keep what was tested; a layer that was tested within events is not told of without them."""
    frame = frame[frame["q"].notna()]
    within = frame.loc[frame["kind"] == "matched", ["layer", "group"]]
    replaced = (frame["kind"] == "rate") & pd.MultiIndex.from_frame(frame[["layer", "group"]]).isin(
        pd.MultiIndex.from_frame(within)
    )
    frame = frame[~replaced].reset_index(drop=True)
    # of two groups only the one with more is named
    if len(comparison.groups) == 2 and not comparison.reference:
        frame = frame.assign(enough=frame["enough"] & (frame["effect"] > 0))
    return frame


def _matched(comparison: Comparison, voice: str) -> pd.DataFrame:
    table = _layers(comparison.matched, voice)
    table = table.assign(others=table["expected"], others_low=np.nan, others_high=np.nan, total=table["n_words"])
    enough = _often(table) & (_numbers(table, "n_articles") >= LEAST_ARTICLES)
    return _made(comparison, table, "matched", "layer", *_of_ratio(table), enough)


def _rates(comparison: Comparison, voice: str) -> pd.DataFrame:
    table = _layers(comparison.rates, voice)
    table = _with_others(comparison, table.assign(total=table["n_words"]), ["layer"], PER)
    everywhere = table.groupby("layer")["articles_with"].transform("sum")
    more = table["articles_with"].where(table["ratio"] > 1, everywhere - table["articles_with"])
    enough = _often(table) & (more.to_numpy(dtype=np.float64) >= LEAST_ARTICLES)
    return _made(comparison, table, "rate", "layer", *_of_ratio(table), enough)


def _layers(table: pd.DataFrame, voice: str) -> pd.DataFrame:
    return table[(table["voice"] == voice) & (table["category"] == "") & ~table["layer"].isin(NOT_TOLD)]


def _often(table: pd.DataFrame) -> Bools:
    """Tell where the side that has more of it has it once in 2,000 words."""
    return np.asarray(np.fmax(_numbers(table, "value"), _numbers(table, "others")) >= LEAST_RATE, dtype=np.bool_)


def _naming(comparison: Comparison, voice: str) -> pd.DataFrame:
    table = comparison.naming[comparison.naming["voice"] == voice]
    table = _with_others(comparison, table, ["topic", "referent", "entry", "form", "category"])
    size = _of_difference(table, LEAST_EFFECT["naming"])
    return _made(comparison, table, "naming", "referent", *size, _numbers(table, "total") >= LEAST_MENTIONS)


def _sides(comparison: Comparison) -> pd.DataFrame:
    table = comparison.balance
    table = table[(table["unit"] == "attributions") & (table["side"] != UNKNOWN)]
    table = _with_others(comparison, table, ["side"])
    return _made(comparison, table, "side", "side", *_of_difference(table, LEAST_EFFECT["side"]))


def _sourcing(comparison: Comparison) -> pd.DataFrame:
    table = _with_others(comparison, comparison.sourcing, ["measure"])
    return _made(comparison, table, "sourcing", "measure", *_of_difference(table, LEAST_EFFECT["sourcing"]))


def _sentences(comparison: Comparison, voice: str) -> pd.DataFrame:
    table = comparison.sentences[comparison.sentences["voice"] == voice]
    table = _with_others(comparison, table, ["measure"])
    return _made(comparison, table, "sentences", "measure", *_of_difference(table, LEAST_EFFECT["sentences"]))


def _readability(comparison: Comparison) -> pd.DataFrame:
    table = comparison.readability
    known = list(dict.fromkeys(table["formula"]))
    formula = MAIN_FORMULA if MAIN_FORMULA in known or not known else known[0]
    table = table[table["formula"] == formula]
    table = table.assign(count=table["value"] * table["n_articles"], total=table["n_articles"])
    table = _with_others(comparison, table, ["formula"])
    return _made(comparison, table, "readability", "formula", *_of_difference(table, LEAST_GRADE.get(formula, 1.0)))


def _with_others(comparison: Comparison, table: pd.DataFrame, keys: list[str], scale: float = 1.0) -> pd.DataFrame:
    """Add what each group is set against: all others together, or the reference.

    With an interval only where that is a single group.
    """
    table = table.reset_index(drop=True)
    names, single = [str(name) for name in comparison.groups["group"]], comparison.reference
    nothing = np.full(len(table), np.nan)
    if table.empty:
        return table.assign(others=nothing, others_low=nothing, others_high=nothing)
    if len(names) == 2 or single:
        other = {name: single or names[1 - place] for place, name in enumerate(names)}
        table = table.assign(_other=table["group"].map(other).astype(object))
        beside = table[[*keys, "group", "value", "low", "high"]].set_axis(
            [*keys, "_other", "others", "others_low", "others_high"], axis=1
        )
        return table.merge(beside, on=[*keys, "_other"], how="left").drop(columns="_other")
    sums = table.groupby(keys, sort=False)[["count", "total"]].transform("sum")
    count, total = (sums[name] - table[name].fillna(0) for name in ("count", "total"))
    others = np.divide(scale * count, total, out=nothing.copy(), where=(total > 0).to_numpy())
    return table.assign(others=others, others_low=nothing, others_high=nothing)


def _of_ratio(table: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return effect and bound of rate ratios, in units of the log of the smallest that is told."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value, low, high = (np.log(_numbers(table, name)) for name in ("ratio", "ratio_low", "ratio_high"))
    return _scaled(value, low, high, math.log(SMALLEST_RATIO))


def _of_difference(table: pd.DataFrame, least: float) -> tuple[Floats, Floats]:
    """Return effect and bound of differences, in units of the smallest that is told."""
    value, low, high = (_numbers(table, name) for name in ("difference", "difference_low", "difference_high"))
    return _scaled(value, low, high, least)


def _scaled(value: Floats, low: Floats, high: Floats, least: float) -> tuple[Floats, Floats]:
    bound = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    return value / least, bound / least


def _numbers(table: pd.DataFrame, name: str) -> Floats:
    return table[name].to_numpy(dtype=np.float64)


def _made(
    comparison: Comparison,
    table: pd.DataFrame,
    kind: str,
    turn: str,
    effect: Floats,
    bound: Floats,
    enough: Bools | None = None,
) -> pd.DataFrame:
    """Return the rows of one kind with the columns that all kinds have."""
    columns: dict[str, Any] = {"kind": kind, "turn": table[turn], "group": table["group"]}
    columns |= {key: table.get(key, "") for key in KEYS}
    columns |= {name: _numbers(table, name) if name in table else np.nan for name in NUMBERS}
    if "n_articles" not in table:
        articles = comparison.groups.set_index("group")["n_articles"]
        columns["n_articles"] = table["group"].map(articles).to_numpy(dtype=np.float64)
    columns |= {"effect": effect, "bound": bound, "enough": True if enough is None else enough}
    return pd.DataFrame(columns, index=table.index)
