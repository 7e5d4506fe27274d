"""The strongest differences, for the front page."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison._model import Comparison
from framing.errors import OptionError

SURE = 0.05
SMALLEST_RATIO = 1.25
LEAST_ARTICLES = 3
# findings per 1,000 words: what is rarer everywhere may differ by any factor and still not be seen by a reader
LEAST_RATE = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a group differs from all the others together; fields as in `Comparison.rates`."""

    layer: str
    category: str
    voice: str
    group: str
    value: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    q: float
    n_articles: int


def headline_findings(
    comparison: Comparison,
    *,
    limit: int = 5,
    voice: str | None = None,
    max_q: float = SURE,
    min_ratio: float = SMALLEST_RATIO,
) -> list[Difference]:
    """Return the strongest differences, best supported first.

    Parameters
    ----------
    comparison : Comparison
        Of two groups or more; of one there are none.
    limit : int
        How many at most.
    voice : str, optional
        The voice that the comparison was made for by default.
    max_q, min_ratio : float
        Only differences with q below the one and a rate ratio of at least the other (or its inverse) are named, and
        only where the side that has more of it has it in three articles or more and once in 2,000 words.

    Returns
    -------
    list of Difference
        Whole layers before single categories; within these ordered by the bound of the rate ratio that lies nearer to
        one, on the log scale: what is large and sure comes first. Each layer has its turn before one is named twice.
        Of two groups only the one with more is named; a category is left out where it is its whole layer.

    Raises
    ------
    OptionError
        If `limit` is negative or `min_ratio` below one.
    """
    if limit < 0 or min_ratio < 1:
        msg = f"limit must be at least 0 and min_ratio at least 1, found {limit} and {min_ratio}"
        raise OptionError(msg)
    spoken = voice or str(comparison.manifest.get("voice", "own"))
    rates = comparison.rates[comparison.rates["voice"] == spoken]
    everywhere = rates.groupby(["layer", "category"])["articles_with"].transform("sum")
    more = rates["articles_with"].where(rates["ratio"] > 1, everywhere - rates["articles_with"])
    others = rates["value"] / rates["ratio"]
    often = np.fmax(rates["value"], others.where(np.isfinite(others))) >= LEAST_RATE
    rates = rates[(rates["q"] < max_q) & rates["ratio_low"].notna() & (more >= LEAST_ARTICLES) & often]
    if rates.empty:
        return []
    # rows of a category that is all there is of its layer say the same thing twice
    whole = rates[rates["category"] == ""][["layer", "group", "count"]]
    twice = rates.merge(whole, on=["layer", "group"], how="left", suffixes=("", "_whole"))
    rates = rates[~((rates["category"] != "") & (twice["count"] == twice["count_whole"]).to_numpy())]
    if len(comparison.groups) == 2:
        rates = rates[rates["ratio"] > 1]
    size = np.abs(np.log(rates["ratio"].to_numpy(dtype=np.float64)))
    sure = _nearest_to_one(rates)
    kept = (size >= math.log(min_ratio)) & (sure > 0)
    ordered = rates[kept].assign(sure=sure[kept], part=rates[kept]["category"] != "")
    ordered = ordered.sort_values(
        ["part", "sure", "layer", "category", "group"], ascending=[True, False, True, True, True], kind="stable"
    )
    chosen = _varied(ordered, limit)
    return [_difference(row) for row in chosen.to_dict("records")]


def _varied(ordered: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return the first rows of as many layers as there are, then the rows that follow, in their order."""
    turn = ordered.groupby(["layer", "part"]).cumcount().to_numpy()
    first = np.lexsort((np.arange(len(ordered)), turn, ordered["part"].to_numpy()))[:limit]
    return ordered.iloc[np.sort(first)]


def _nearest_to_one(rates: pd.DataFrame) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return how far the interval of the ratio stays from one on the log scale; zero where it holds one."""
    low = np.log(rates["ratio_low"].to_numpy(dtype=np.float64))
    high = np.log(rates["ratio_high"].to_numpy(dtype=np.float64))
    return np.asarray(np.maximum(np.maximum(low, -high), 0), dtype=np.float64)


def _difference(row: dict[Any, Any]) -> Difference:
    return Difference(**{field.name: row[field.name] for field in fields(Difference)})
