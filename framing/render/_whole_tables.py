"""Whole tables behind those that a report cuts, so that a browser can save them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison._model import Comparison
from framing.figures._select import main_voice, pick
from framing.figures._style import printable

_MOST_ROWS = 5000

Choice = Callable[[Comparison], pd.DataFrame]


def _layers(comparison: Comparison) -> pd.DataFrame:
    return pick(comparison.rates, category="", voice=main_voice(comparison))


def _matched(comparison: Comparison) -> pd.DataFrame:
    return pick(comparison.matched, category="", voice=main_voice(comparison))


def _differences(comparison: Comparison) -> pd.DataFrame:
    rates = comparison.rates
    return rates[(rates["q"] < 0.05) & (rates["voice"] != "all")]


def _terms(comparison: Comparison) -> pd.DataFrame:
    terms = pick(comparison.terms, layer="loaded")
    return terms[(terms["count"] > 0) & (terms["voice"] != "all")]


def _naming(comparison: Comparison) -> pd.DataFrame:
    naming = pick(comparison.naming, voice=main_voice(comparison))
    return naming[naming["count"] > 0]


CHOICES: Mapping[str, Choice] = {
    "table-material": lambda comparison: comparison.groups,
    "table-layers": _layers,
    "table-differences": _differences,
    "table-terms": _terms,
    "table-sourcing": lambda comparison: comparison.sourcing,
    "table-replies": lambda comparison: comparison.replies,
    "table-referents": _naming,
    "table-readability": lambda comparison: comparison.readability,
    "table-sentences": lambda comparison: comparison.sentences,
    "table-frames_climate": lambda comparison: pick(comparison.frames, model="climate"),
    "table-frames_guns": lambda comparison: pick(comparison.frames, model="guns"),
    "table-matched": _matched,
    "table-events": lambda comparison: comparison.events,
    "table-copies": lambda comparison: comparison.copies,
    "table-checks": lambda comparison: comparison.checks,
}
"""Which rows of a comparison stand behind a table of the report; of other tables all is shown."""


def whole_tables(comparison: Comparison, content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return columns and rows of what stands behind each table that shows less than is there."""
    blocks = [block for part in ("sections", "appendix") for one in content.get(part, ()) for block in one["blocks"]]
    made = {}
    for block in blocks:
        choose = CHOICES.get(str(block.get("id", ""))) if block["kind"] == "table" else None
        table = choose(comparison) if choose else pd.DataFrame()
        if len(block.get("rows", ())) < len(table) <= _MOST_ROWS:
            columns = [str(name) for name in table.columns]
            rows = [[_cell(one) for one in row] for row in table.to_numpy(dtype=object).tolist()]
            made[str(block["id"])] = {"columns": columns, "rows": rows}
    return made


def _cell(value: object) -> object:
    if isinstance(value, float | np.floating):
        return None if math.isnan(value) else float(f"{value:.6g}")
    return int(value) if isinstance(value, int | np.integer) else printable(value)
