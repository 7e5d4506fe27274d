"""The words that tell each group from all others."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._marks import tag
from framing.figures._panels import note
from framing.figures._select import groups, left_out, main_voice, pick, records
from framing.figures._style import (
    ACCENT,
    FULL,
    INK,
    MUTED,
    RULE,
    bold,
    canvas,
    elide,
    empty,
    labels,
    narrow,
    printable,
    styled,
)
from framing.figures._wording import load_wording

_SURE = 0.05


def _table(comparison: Comparison, voice: str) -> pd.DataFrame:
    """Return the words that tell a group from the others: at q < .05, or the foremost if none does in any group."""
    found = pick(comparison.keyness, voice=voice, against="others")
    if found.empty:
        return found
    found = found[found["group"].isin(groups(comparison)) & (found["z"] > 0)]
    sure = found[found["q"] < _SURE]
    return found if sure.empty else sure


def is_sure(comparison: Comparison, voice: str | None = None) -> bool:
    """Tell whether any word tells a group from the others at q < .05."""
    table = _table(comparison, voice or main_voice(comparison))
    return bool(len(table) and (table["q"] < _SURE).any())


def _grid(count: int, *, slim: bool) -> tuple[int, int, int]:
    """Return columns, rows and words a group."""
    columns = min(count, 2 if slim else 3 if count <= 9 else 4 if count <= 16 else 5)
    words = 12 if count <= 6 else 8 if count <= 16 else 5
    return columns, math.ceil(count / columns), words // 2 if slim and count > 6 else words


@styled
def keyness(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    voice: str | None = None,
    top: int | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the most telling words of each group: a bar as long as the word's z, and the number beside it."""
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    table = _table(comparison, voice)
    if table.empty:
        return empty(ax, wording("figure.no_keyness"), width)
    names = [g for g in groups(comparison) if g in set(table["group"])]
    slim = narrow(ax, width)
    columns, rows, words = _grid(len(names), slim=slim)
    words = top or words
    ax = canvas(ax, width, 0.4 + rows * (words + 2.4) * 0.132)
    scale = 0.42 / float(table["z"].max())
    headings = labels(names, (56 if slim else 108) // columns - 8, 1)
    for number, (name, heading) in enumerate(zip(names, headings, strict=True)):
        x, y = number % columns, (number // columns) * (words + 2.4)
        ax.text(x, y, heading, fontsize=7, va="center", **bold(heading))
        ax.plot([x, x + 0.93], [y + 0.62] * 2, color=RULE, linewidth=0.6)
        best = table[table["group"] == name].sort_values(["z", "word"], ascending=[False, True]).head(words)
        for i, row in enumerate(records(best)):
            bar = _word(ax, x, y + 1.25 + i, printable(row["word"]), float(row["z"]), scale, 4 if slim else columns)
            tag(bar, word=row["word"], group=name, voice=voice)
    ax.set_xlim(-0.01, columns - 0.04)
    ax.set_ylim(rows * (words + 2.4) - 1.2, -0.8)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    key = "figure.keyness_key" if is_sure(comparison, voice) else "figure.keyness_unsure"
    note(ax, wording(key, voice=wording(f"voice_of.{voice}")), left_out(comparison, wording))
    return ax


def _word(ax: Axes, x: float, y: float, word: str, z: float, scale: float, columns: int) -> Artist:
    room = {1: 40, 2: 24, 3: 15, 4: 12}.get(columns, 10)
    start = x + 0.42
    ax.text(start - 0.012, y, elide(word, room), ha="right", va="center", fontsize=6.5, color=INK)
    (bar,) = ax.barh(y, z * scale, 0.62, left=start, color=ACCENT).patches
    ax.text(start + z * scale + 0.012, y, f"{z:.1f}", va="center", fontsize=5.5, color=MUTED)
    return bar


def keyness_alt(comparison: Comparison, *, voice: str | None = None, language: str = "en") -> str:
    """Describe the figure of `keyness`: the first words of each group."""
    wording = load_wording(language)
    voice = voice or main_voice(comparison)
    table = _table(comparison, voice)
    parts = []
    for name in groups(comparison):
        best = (
            table[table["group"] == name].sort_values(["z", "word"], ascending=[False, True]).head(4)
            if len(table)
            else table
        )
        if len(best):
            parts.append(f"{name}: {', '.join(str(w) for w in best['word'])}")
    return wording("alt.keyness", parts="; ".join(parts)) if parts else wording("figure.no_keyness")
