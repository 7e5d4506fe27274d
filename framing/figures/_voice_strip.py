"""One article as a strip: whose words stand where."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from framing.comparison._model import Comparison
from framing.figures._balance import side_look
from framing.figures._panels import legend, note
from framing.figures._select import pick, records
from framing.figures._style import FULL, INK, MUTED, UNKNOWN, canvas, elide, empty, inches, printable, styled, width_of
from framing.figures._wording import Wording, load_wording

_OWN = "#eceef1"
_HATCH = "////////"
_WORDS_A_LINE = 130
_LONG = 900


def articles(comparison: Comparison) -> list[str]:
    """Return the articles that have a strip: those with the most changes of voice first, very long ones last."""
    table = comparison.segments
    if table.empty:
        return []
    counts = table.groupby("article_id").size()
    words = comparison.articles.drop_duplicates("id").set_index("id")["words"]
    long = set(words.index[words > _LONG])
    return sorted((str(a) for a in counts.index), key=lambda a: (a in long, -int(counts[a]), a))


@styled
def voice_strip(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    article: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw an article from its first word to its last, broken into lines like a text.

    What the outlet says itself is pale; quotations are filled, reported speech is hatched, both in the colour of the
    side that speaks; speakers stand under their words.
    """
    wording = load_wording(language)
    known = articles(comparison)
    article = article if article is not None else (known[0] if known else None)
    table = pick(comparison.segments, article_id=article).sort_values("start", kind="stable")
    if article is None or table.empty:
        return empty(ax, wording("figure.no_strip"), width)
    words = _words(comparison, article)
    lines = min(8, max(1, math.ceil(words / _WORDS_A_LINE)))
    ax = canvas(ax, width, 0.5 + 0.36 * lines)
    room = inches(ax) * 21
    for line in range(lines):
        _line(ax, comparison, table, line, lines, room)
    ax.set_xlim(0, 1)
    ax.set_ylim(lines - 0.35, -0.32)
    ax.set_xticks([])
    ax.set_yticks(list(range(lines)), labels=[f"{round(words * i / lines) + 1:,}" for i in range(lines)])
    ax.tick_params(axis="y", labelsize=6, labelcolor=MUTED)
    ax.spines[:].set_visible(False)
    _legend(ax, comparison, table, wording)
    note(ax, wording("figure.strip_key", n=words))
    return ax


def _words(comparison: Comparison, article: str) -> int:
    found = pick(comparison.articles, id=article)
    return int(found["words"].iloc[0]) if len(found) else 400


def _line(ax: Axes, comparison: Comparison, table: pd.DataFrame, line: int, lines: int, room: float) -> None:
    free = [0.0, 0.0]
    for row in records(table):
        start, end = max(0.0, row["start"] * lines - line), min(1.0, row["end"] * lines - line)
        if end <= start:
            continue
        voice, side = str(row["voice"]), str(row["side"])
        colour, _ = side_look(comparison, side)
        fill = _OWN if voice == "own" else colour
        ax.barh(
            line, end - start, 0.34, left=start, color=fill, hatch=_HATCH if voice == "reported" else None,
            edgecolor="white", linewidth=0.4,
        )  # fmt: skip
        if voice != "own" and row["start"] * lines >= line:
            _speaker(ax, printable(row["speaker"]), start, line, free, room)


def _speaker(ax: Axes, name: str, start: float, line: int, free: list[float], room: float) -> None:
    """Write a speaker under the strip, on the first of two lines that has room, else not at all."""
    if not name or name == "nan":
        return
    text = elide(name, 24)
    for level in (0, 1):
        if start >= free[level] and start + width_of(text) / room <= 1.03:
            ax.text(start, line + 0.21 + 0.2 * level, text, fontsize=5.8, va="top", color=INK, clip_on=False)
            free[level] = start + (width_of(text) + 1.5) / room
            return


def _legend(ax: Axes, comparison: Comparison, table: pd.DataFrame, wording: Wording) -> None:
    present = list(dict.fromkeys(str(s) for s in table.loc[table["voice"] != "own", "side"]))
    sides = sorted({s if s not in ("", "nan") else "unknown" for s in present}, key=lambda s: (s == "unknown", s))
    handles = [Patch(facecolor=_OWN, label=wording("figure.strip_own"))]
    for side in sides:
        name = wording("figure.side_unknown") if side == "unknown" else wording.side(side)
        handles.append(Patch(facecolor=side_look(comparison, side)[0], label=name))
    handles.append(Patch(facecolor=UNKNOWN, label=wording("figure.strip_quoted")))
    handles.append(Patch(facecolor=UNKNOWN, hatch=_HATCH, edgecolor="white", label=wording("figure.strip_reported")))
    legend(ax, handles)


def voice_strip_alt(comparison: Comparison, *, article: str | None = None, language: str = "en") -> str:
    """Describe the figure of `voice_strip`: how much is own, quoted and reported, and who speaks."""
    wording = load_wording(language)
    known = articles(comparison)
    article = article if article is not None else (known[0] if known else None)
    table = pick(comparison.segments, article_id=article)
    if article is None or table.empty:
        return wording("figure.no_strip")
    share = (table["end"] - table["start"]).groupby(table["voice"]).sum()
    names = list(dict.fromkeys(str(s) for s in table["speaker"] if str(s) not in ("", "nan")))
    parts = {voice: wording.percent(float(share.get(voice, 0.0))) for voice in ("own", "quoted", "reported")}
    text = wording.phrase("alt.strip", parts)
    return f"{text} {wording('alt.speakers', names=wording.listing(names))}" if names else text
