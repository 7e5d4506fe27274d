"""Which terms make up the difference between two groups' rates."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.comparison._shifts import word_shift as decomposed
from framing.figures._marks import tag
from framing.figures._panels import beside, note, rows_axes
from framing.figures._scales import is_cut, pixels, rivals, roomy, settle, shown_name, signed_scale
from framing.figures._select import check, main_voice, pick, records
from framing.figures._style import (
    ACCENT,
    FULL,
    MUTED,
    RULE,
    UNKNOWN,
    WARM,
    bold,
    elide,
    empty,
    labels,
    printable,
    styled,
    width_of,
)
from framing.figures._wording import Wording, load_wording

_LAYER = "loaded"
_OTHERS = "(others)"
_SUMS = ["part", "count", "count_others", "rate", "rate_others"]


@dataclass(frozen=True, slots=True)
class _Shift:
    """The terms, those that add most first, and what they add up to."""

    group: str
    other: str
    voice: str
    terms: pd.DataFrame
    shown: int

    @property
    def total(self) -> float:
        return float(self.terms["part"].sum())

    @property
    def rest(self) -> pd.DataFrame:
        return self.terms.iloc[self.shown :]


def _shift(comparison: Comparison, group: str | None, other: str | None, top: int) -> _Shift | None:
    names = [str(name) for name in comparison.groups["group"]]
    for key, name in (("group", group), ("other", other)):
        if name is not None and name != _OTHERS:
            check(key, name, names)
    table = pick(comparison.shifts, layer=_LAYER, voice=main_voice(comparison))
    if group is None and len(table):
        sums = table.groupby("group", sort=False)["part"].sum().abs()
        group = str(sums.idxmax())
    if group is None:
        return None
    found = pick(table, group=group)
    usual = str(found["other"].iloc[0]) if len(found) else comparison.reference or _OTHERS
    if other is not None and other != usual:
        found = decomposed(comparison, group, None if other == _OTHERS else other)
        usual = other
    # several lexicons may list one word
    found = found.groupby("form", sort=True, as_index=False)[_SUMS].sum()
    found = found[(found["count"] > 0) | (found["count_others"] > 0)]
    if found.empty:
        return None
    # what is of no single term has no bar of its own
    found = found.assign(size=found["part"].abs().where(found["form"] != "", -1.0))
    found = found.sort_values(["size", "form"], ascending=[False, True], kind="stable")
    named = int((found["form"] != "").sum())
    return _Shift(group, usual, main_voice(comparison), found, top if len(found) > top + 1 else min(named, len(found)))


@styled
def word_shift(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    group: str | None = None,
    other: str | None = None,
    top: int = 20,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw which loaded terms make up the difference between two groups' rates: a bar a term, the longest first.

    Parameters
    ----------
    comparison : Comparison
        What to draw.
    ax : Axes, optional
        Where to draw; a figure of its own by default.
    group : str, optional
        Whose rate; by default the group that differs most from what it is set against.
    other : str, optional
        Set against which group; by default all others together, or the reference.
    top : int
        How many terms have a bar of their own.
    width : float
        Inches, of a new figure.
    language : str
        Name or path of a wording.

    Returns
    -------
    Axes
        With one row a term and a last one for all others, so that the bars add up to the difference, per 1,000 words.

    Raises
    ------
    OptionError
        If a group is not in the comparison.
    """
    wording = load_wording(language)
    shift = _shift(comparison, group, other, top)
    if shift is None:
        return empty(ax, wording("figure.no_shift"), width)
    wide = roomy(ax, width)
    rows = _rows(shift, wording)
    names = labels([str(row["name"]) for row in rows], 30 if wide else 19, 1)
    ax = rows_axes(ax, names, width=width, extra=0.3)
    ax.set_ylim(len(rows) - 0.4, -1.3)
    parts = [float(str(row["part"])) for row in rows]
    longest = max(map(abs, parts[: shift.shown]), default=0.0)
    # a long bar for the rest would leave no room for the terms
    signed_scale(ax, [p for p in parts if abs(p) <= 2 * longest], (), wide=wide)
    for y, row in enumerate(rows):
        _bar(ax, y, row, shift)
    if len(rows) > shift.shown:
        ax.axhline(shift.shown - 0.5, color=MUTED, linewidth=0.6, zorder=0.6)
    _numbers(ax, comparison, shift, rows, wording, wide=wide)
    _heads(ax, comparison, shift, wording)
    cut = wording("figure.shift_cut") if is_cut(ax, parts) else ""
    counts = wording("figure.shift_counts") if wide else ""
    note(ax, _sum(comparison, shift, wording), wording("figure.shift_key"), counts, cut)
    return ax


def _rows(shift: _Shift, wording: Wording) -> list[dict[str, object]]:
    """Return the bars from the top down: the terms, and what is left of them together."""
    terms = [{**row, "name": row["form"]} for row in records(shift.terms.head(shift.shown))]
    if len(shift.rest):
        sums = {key: float(shift.rest[key].sum()) for key in _SUMS}
        terms.append({"name": wording("figure.shift_rest", n=len(shift.rest)), "form": "", **sums})
    return terms


def _bar(ax: Axes, y: int, row: dict[str, object], shift: _Shift) -> None:
    part = float(str(row["part"]))
    colour = UNKNOWN if not row["form"] else WARM if part > 0 else ACCENT
    limits = ax.get_xlim()
    (bar,) = ax.barh(y, part, 0.62, color=colour, zorder=1.5)
    ax.set_xlim(*limits)
    if is_cut(ax, [part]):
        end, arrow = (limits[1], ">") if part > 0 else (limits[0], "<")
        ax.plot([end], [y], marker=arrow, markersize=5, color=MUTED, linestyle="none", clip_on=False, zorder=2)
    if row["form"]:
        tag(bar, layer=_LAYER, voice=shift.voice, term=row["form"], group=shift.group if part > 0 else _one(shift))


def _one(shift: _Shift) -> str:
    return "" if shift.other == _OTHERS else shift.other


def _other_name(comparison: Comparison, shift: _Shift, wording: Wording, width: float) -> str:
    if shift.other == _OTHERS:
        rest = [str(name) for name in comparison.groups["group"] if name != shift.group]
        return shown_name(rest[0], width) if len(rest) == 1 else rivals(comparison, wording)
    return shown_name(shift.other, width)


def _heads(ax: Axes, comparison: Comparison, shift: _Shift, wording: Wording) -> None:
    """Say over either side of zero who has more, in the bars' colours."""
    box, middle = settle(ax), float(ax.transData.transform((0, 0))[0])
    several = shift.other == _OTHERS and len(comparison.groups) > 2
    other = _other_name(comparison, shift, wording, 60)
    mine = printable(shift.group)
    sides = (
        (mine, mine, 4, "left", WARM, box.x1 - middle),
        (other, wording("figure.others") if several else other, -4, "right", ACCENT, middle - box.x0),
    )
    # bold letters are a tenth wider
    fits = [room / pixels(ax, "n", 7) / 1.12 - 1 for *_, room in sides]
    long = [wording("figure.more_at", name=name) for name, *_ in sides]
    fit = all(width_of(text) <= most for text, most in zip(long, fits, strict=True))
    for (name, short, away, place, colour, _), text, most in zip(sides, long, fits, strict=True):
        text = text if fit else name if width_of(name) <= most else elide(short, most)
        ax.annotate(
            text, (0, -0.9), xytext=(away, 0), textcoords="offset points", ha=place, va="center", fontsize=7,
            color=colour, annotation_clip=False, **bold(text),
        )  # fmt: skip
    ax.axhline(-0.5, color=RULE, linewidth=0.6, zorder=0)


def _numbers(
    ax: Axes, comparison: Comparison, shift: _Shift, rows: list[dict[str, object]], wording: Wording, *, wide: bool
) -> None:
    ends = (shown_name(shift.group, 11), elide(_other_name(comparison, shift, wording, 11), 12))
    if shift.other == _OTHERS and len(comparison.groups) > 2:
        ends = ends[0], wording("figure.others")
    columns = [(wording("figure.part"), ["", *(_signed(wording, float(str(row["part"]))) for row in rows)])]
    if wide:
        for key, head in zip(("count", "count_others"), ends, strict=True):
            columns.append((head, ["", *(wording.number(float(str(row[key])), 0) for row in rows)]))
    beside(ax, [(head, texts[1:]) for head, texts in columns])


def _signed(wording: Wording, value: float, digits: int = 2) -> str:
    text = wording.number(value, digits)
    return f"+{text}" if value > 0 and any(c in "123456789" for c in text) else text


def _interval(comparison: Comparison, shift: _Shift) -> tuple[float, float]:
    """Return the interval of the difference where the two were set against each other."""
    row = pick(comparison.rates, layer=_LAYER, category="", voice=shift.voice, group=shift.group)
    against = comparison.reference or _OTHERS
    alone = len(comparison.groups) == 2 and shift.other in set(comparison.groups["group"])
    if row.empty or not (shift.other == against or alone):
        return math.nan, math.nan
    return float(row["difference_low"].iloc[0]), float(row["difference_high"].iloc[0])


def _sum(comparison: Comparison, shift: _Shift, wording: Wording, key: str = "figure.shift_sum") -> str:
    low, high = _interval(comparison, shift)
    long = key.startswith("alt.")
    interval = "" if math.isnan(low) or math.isnan(high) else (
        " " + wording("numbers.interval", low=_signed(wording, low), high=_signed(wording, high))
    )  # fmt: skip
    return wording(
        key, what=wording.name_of("layer", _LAYER), voice=wording(f"voice_of.{shift.voice}"),
        first=shift.group if long else shown_name(shift.group),
        rate=wording.number(float(shift.terms["rate"].sum()), 2),
        second=shift.other if long and shift.other != _OTHERS else _other_name(comparison, shift, wording, 30),
        rate_others=wording.number(float(shift.terms["rate_others"].sum()), 2),
        difference=_signed(wording, shift.total), interval=interval,
    )  # fmt: skip


def word_shift_alt(
    comparison: Comparison, *, group: str | None = None, other: str | None = None, top: int = 20, language: str = "en"
) -> str:
    """Describe the figure of `word_shift`: the difference, and the terms that add most to it."""
    wording = load_wording(language)
    shift = _shift(comparison, group, other, top)
    if shift is None:
        return wording("figure.no_shift")
    parts = [f"{row['name']} {_signed(wording, float(str(row['part'])))}" for row in _rows(shift, wording)]
    few, last = parts[: min(8, shift.shown)], parts[shift.shown :]
    return f"{_sum(comparison, shift, wording, 'alt.shift')} {wording('alt.shift_parts', parts='; '.join(few + last))}"
