"""What one thing is called: the share of each name for a referent."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._panels import Panel, Series, beside, column, draw_panels, keys_of, note, rows_axes, top_of
from framing.figures._select import by_group, groups, left_out, lone, main_voice, pick, spread
from framing.figures._style import ACCENT, FULL, empty, inches, labels, printable, styled
from framing.figures._wording import load_wording

_MOST_FORMS = 5


def referents(comparison: Comparison, voice: str | None = None) -> list[str]:
    """Return the referents that have more than one name in use, most often mentioned first."""
    table = pick(comparison.naming, voice=voice or main_voice(comparison))
    if table.empty:
        return []
    sums = table.groupby(["referent", "form"])["count"].sum()
    by_referent = sums[sums > 0].groupby("referent")
    names, mentions = by_referent.size(), by_referent.sum()
    return sorted((str(r) for r in names.index if names[r] > 1), key=lambda r: (-mentions[r], r))


def _forms(table: pd.DataFrame) -> list[str]:
    sums = table.groupby("form")["count"].sum()
    return sorted((str(f) for f in sums.index if sums[f] > 0), key=lambda f: (-sums[f], f))


@styled
def naming(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    referent: str | None = None,
    voice: str | None = None,
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the share of each name for a referent (by default the one most often mentioned), a column a name.

    `n` beside a row is the denominator: how often that group mentions the referent by any of its names.
    """
    wording = load_wording(language)
    known = referents(comparison, voice)
    referent = referent if referent is not None else (known[0] if known else None)
    voice = voice or main_voice(comparison)
    found = pick(comparison.naming, referent=referent, voice=voice)
    if referent is None or found.empty or not _forms(found):
        return empty(ax, wording("figure.no_naming"), width)
    forms = _forms(found)
    unit = wording("figure.share_naming", voice=wording(f"voice_of.{voice}"), spread=spread(comparison, wording))
    if lone(comparison):
        alone: dict[str, object] = {"layer": "naming", "group": found["group"].iloc[0], "voice": voice}
        keys: _Keys = [{**alone, "referent": referent, "term": form} for form in forms]
        return _single(found, forms, ax, width, unit, keys)
    names = [g for g in groups(comparison) if g in set(found.loc[found["total"] > 0, "group"])]
    ax = rows_axes(ax, labels(names), width=width, extra=0.12)
    panels = []
    for form in forms[:_MOST_FORMS]:
        table = by_group(found[found["form"] == form], names)
        keys = keys_of(names, layer="naming", voice=voice, referent=referent, term=form)
        panels.append(Panel(printable(form), [_series(table, keys)]))
    draw_panels(ax, panels, limit=min(1.0, top_of(panels) * 1.04), bars=True, percent=True)
    if inches(ax) > 2.5:
        total = by_group(found, names)["total"]
        beside(ax, [("n", [wording.number(n, 0) for n in column(total)])])
    rest = wording("figure.more_forms", n=len(forms) - _MOST_FORMS) if len(forms) > _MOST_FORMS else ""
    note(ax, unit, rest, left_out(comparison, wording))
    return ax


_Keys = list[dict[str, object]]


def _series(table: pd.DataFrame, keys: _Keys) -> Series:
    return Series(table["value"], table["low"], table["high"], ACCENT, keys=keys)


def _single(found: pd.DataFrame, forms: list[str], ax: Axes | None, width: float, unit: str, keys: _Keys) -> Axes:
    table = found.drop_duplicates("form").set_index("form").reindex(forms)
    ax = rows_axes(ax, labels(forms), width=width)
    panel = Panel("", [_series(table, keys)])
    draw_panels(ax, [panel], limit=min(1.0, top_of([panel]) * 1.04), bars=True, percent=True)
    counts = [f"{int(c)} / {int(n)}" for c, n in zip(table["count"], table["total"], strict=True)]
    beside(ax, [("n", counts)])
    note(ax, unit)
    return ax


def naming_alt(
    comparison: Comparison, *, referent: str | None = None, voice: str | None = None, language: str = "en"
) -> str:
    """Describe the figure of `naming`: for each name, who uses it most."""
    wording = load_wording(language)
    known = referents(comparison, voice)
    referent = referent if referent is not None else (known[0] if known else None)
    voice = voice or main_voice(comparison)
    found = pick(comparison.naming, referent=referent, voice=voice)
    found = found[found["group"].isin(groups(comparison))]
    parts = []
    for form in (_forms(found) if not found.empty else [])[:_MOST_FORMS]:
        table = found[found["form"] == form].sort_values("value", ascending=False, kind="stable")
        best = table.iloc[0]
        parts.append(
            wording(
                "alt.form", form=form, group=best["group"], value=wording.percent(best["value"]),
                total=wording.number(best["total"], 0),
            )
        )  # fmt: skip
    if not parts:
        return wording("figure.no_naming")
    return wording("alt.naming", parts="; ".join(parts), spread=spread(comparison, wording, "alt"))
