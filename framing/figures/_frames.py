"""Which frames the articles on a model's topic have: shares with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, draw_panels, note, plot_inches, rows_axes
from framing.figures._select import by_group, check, groups, left_out, noun, pick, spread
from framing.figures._style import ACCENT, FULL, bold, elide, empty, labels, narrow, styled
from framing.figures._wording import Wording, load_wording

_MOST_ROWS = 40
_FEWEST = 5


def _models(comparison: Comparison) -> list[str]:
    """Return the models with groups that have enough articles on their topic, the one with the most articles first."""
    totals = comparison.frames.drop_duplicates(["model", "group"]).groupby("model", sort=False)["total"].sum()
    known = [str(model) for model in totals.sort_values(ascending=False, kind="stable").index]
    return [model for model in known if _shown(comparison, pick(comparison.frames, model=model))]


def _frames(found: pd.DataFrame) -> list[str]:
    counts = found.groupby("frame", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    return [str(frame) for frame in counts[counts > 0].index] or [str(frame) for frame in counts.index[:1]]


def _shown(comparison: Comparison, found: pd.DataFrame) -> list[str]:
    """Return the groups with enough articles on the topic; of a single article the comparison asks no more."""
    totals = by_group(found, groups(comparison))["total"]
    alone = int(comparison.groups["n_articles"].sum()) == 1
    least = 1 if alone else int(comparison.manifest.get("min_articles", _FEWEST))
    return [str(name) for name in totals.index[totals >= least]]


@styled
def frames(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    model: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the share of each frame among the articles on a model's topic, with intervals, a column a frame.

    Groups with too few articles on the topic are left out; the frames most often found stand first.

    Parameters
    ----------
    model : str, optional
        The model whose frames are drawn; the one with the most articles on its topic if not given.

    Raises
    ------
    OptionError
        If the comparison has no such model.
    """
    wording = load_wording(language)
    known = _models(comparison)
    if model is not None:
        check("model", model, comparison.frames["model"].drop_duplicates())
    model = model or (known[0] if known else "")
    found = pick(comparison.frames, model=model)
    if model not in known:
        return empty(ax, wording("figure.no_frames"), width)
    names, kinds = _shown(comparison, found), _frames(found)
    most = 2 if narrow(ax, width) else 4
    across = math.ceil(len(kinds) / math.ceil(len(kinds) / most))  # bands of about the same length
    down = min(math.ceil(len(kinds) / across), max(1, _MOST_ROWS // (len(names) + 1)))
    drawn = kinds[: across * down]
    totals = by_group(found, names)["total"]
    rows = [
        f"{label} ({wording.number(totals[name], 0)})" for name, label in zip(names, labels(names, 22), strict=True)
    ]
    ax = rows_axes(ax, [row for _ in range(down) for row in ("", *rows)][1:], width=width, extra=0.14)
    _bands(ax, found, names, drawn, across, wording)
    key = wording("figure.frames_key", topic=wording.name_of("model", model), spread=spread(comparison, wording))
    note(ax, key, *_lost(comparison, found, len(kinds) - len(drawn), names, wording), left_out(comparison, wording))
    return ax


def _bands(
    ax: Axes, found: pd.DataFrame, names: Sequence[str], drawn: Sequence[str], across: int, wording: Wording
) -> None:
    """Draw the frames in columns, and one band of rows under the other where there are more than columns."""
    tables = [by_group(pick(found, frame=frame), list(names)) for frame in drawn]
    top = max(float(np.nanmax(table[["value", "high"]].to_numpy(dtype=np.float64), initial=0.05)) for table in tables)
    size = len(names) + 1
    rows = len(ax.get_yticks())
    panels = []
    for place in range(across):
        values, low, high = (np.full(rows, np.nan) for _ in range(3))
        for band, table in enumerate(tables[place::across]):
            part = slice(band * size, band * size + len(names))
            values[part], low[part], high[part] = table["value"], table["low"], table["high"]
        panels.append(Panel(_title(drawn[place], wording), [Series(values, low, high, ACCENT)]))
    starts = draw_panels(ax, panels, limit=min(1.0, top) * 1.04, percent=True)
    room = plot_inches(ax) / across * 72 / 5.2
    for number, frame in list(enumerate(drawn))[across:]:
        title = elide(_title(frame, wording), room)
        ax.annotate(
            title, (starts[number % across], number // across * size - 0.95), fontsize=7, va="center", ha="left",
            annotation_clip=False, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6}, **bold(title),
        )  # fmt: skip


def _title(frame: str, wording: Wording) -> str:
    name = wording.name_of("frame", frame)
    return name[:1].upper() + name[1:]


def _lost(
    comparison: Comparison, found: pd.DataFrame, more: int, names: Sequence[str], wording: Wording
) -> tuple[str, str]:
    """Say how many frames and groups are not shown."""
    few = len(groups(comparison)) - len(names)
    return (
        wording("figure.more_frames", n=more) if more > 0 else "",
        wording("figure.few_on_topic", n=few, what=noun(comparison, wording, few)) if few else "",
    )


def frames_alt(comparison: Comparison, *, model: str | None = None, language: str = "en") -> str:
    """Describe the figure of `frames`: for each frame the group with the largest share and the one with the least."""
    wording = load_wording(language)
    known = _models(comparison)
    model = model or (known[0] if known else "")
    if model not in known:
        return wording("figure.no_frames")
    found = pick(comparison.frames, model=model)
    names = _shown(comparison, found)
    parts = []
    for frame in _frames(found)[:5]:
        value = by_group(pick(found, frame=frame), names)["value"].dropna()
        if len(value):
            parts.append(
                wording(
                    "alt.sentences_part", n=len(value), what=wording.name_of("frame", frame), most=value.idxmax(),
                    high=wording.percent(value.max()), least=value.idxmin(), low=wording.percent(value.min()),
                )
            )  # fmt: skip
    topic = wording.name_of("model", model)
    return wording("alt.frames", topic=topic, parts="; ".join(parts), spread=spread(comparison, wording, "alt"))
