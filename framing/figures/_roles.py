"""Who is heard by what they are: the shares of government, experts, citizens ..."""

from __future__ import annotations

from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._balance import UNITS
from framing.figures._panels import Panel, Series, beside, column, draw_panels, note, rows_axes, top_of
from framing.figures._select import by_group, check, groups, left_out, lone, noun, pick, spread
from framing.figures._style import ACCENT, FULL, empty, inches, labels, narrow, styled
from framing.figures._wording import Wording, load_wording

_MOST_ROLES = 5


def main_roles(comparison: Comparison, unit: str = "attributions") -> list[str]:
    """Return the roles heard, the largest sum of shares first, the unknown left out."""
    table = pick(comparison.roles, unit=unit)
    if table.empty:
        return []
    sums = table[table["role"] != "unknown"].groupby("role")["value"].sum()
    return sorted((str(role) for role in sums.index if sums[role] > 0), key=lambda role: (-sums[role], role))


@styled
def roles(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    unit: str = "attributions",
    width: float = FULL,
    language: str = "en",
) -> Axes:
    """Draw the share of the foremost roles among what is attributed, with intervals: a column a role.

    A single group has a row a role. The share whose role is not known is written beside the bars.

    Parameters
    ----------
    unit : str
        `attributions`, `words` (that are attributed), `direct` (quotations) or `first-third` (of the articles).
    """
    wording = load_wording(language)
    check("unit", unit, UNITS)
    known = main_roles(comparison, unit)
    if not known:
        return empty(ax, wording("figure.no_roles"), width)
    unit_text = wording(f"figure.share_{unit}", spread=spread(comparison, wording))
    if lone(comparison):
        return _single(comparison, ax, unit, known, unit_text, width, wording)
    names = groups(comparison)
    ax = rows_axes(ax, labels(names), width=width, extra=0.12)
    panels = []
    most = 3 if narrow(ax) else _MOST_ROLES
    for role in known[:most]:
        table = by_group(pick(comparison.roles, unit=unit, role=role), names)
        panels.append(
            Panel(_name(wording, role, "role_short"), [Series(table["value"], table["low"], table["high"], ACCENT)])
        )
    draw_panels(ax, panels, limit=min(1.0, top_of(panels) * 1.04), bars=True, percent=True)
    unknown = by_group(pick(comparison.roles, unit=unit, role="unknown"), names)
    if inches(ax) > 4.5 and "value" in unknown:
        beside(ax, [(wording("figure.side_unknown"), [wording.percent(v) for v in column(unknown["value"])])])
    rarer = len(known) - most
    more = wording("figure.more_roles", n=rarer) if rarer > 0 else ""
    note(ax, unit_text, more, left_out(comparison, wording))
    return ax


def _name(wording: Wording, role: str, kind: str = "role") -> str:
    name = wording.name_of(kind if wording.get(f"{kind}.{role}") else "role", role)
    return name[:1].upper() + name[1:]


def _single(
    comparison: Comparison, ax: Axes | None, unit: str, known: list[str], unit_text: str, width: float, wording: Wording
) -> Axes:
    table = pick(comparison.roles, unit=unit).drop_duplicates("role").set_index("role")
    heard = [*known, *(["unknown"] if "unknown" in table.index else [])]
    table = table.reindex(heard)
    texts = [wording("figure.side_unknown") if role == "unknown" else _name(wording, role) for role in heard]
    ax = rows_axes(ax, labels(texts), width=width)
    panel = Panel("", [Series(table["value"], table["low"], table["high"], ACCENT)])
    draw_panels(ax, [panel], limit=min(1.0, top_of([panel]) * 1.04), bars=True, percent=True)
    shares = [wording.percent(v) for v in column(table["value"])]
    counts = [wording.number(n, 0) for n in column(table["count"])]
    beside(ax, [(wording("figure.share"), shares), (wording("figure.count"), counts)])
    note(ax, unit_text)
    return ax


def roles_alt(comparison: Comparison, *, unit: str = "attributions", language: str = "en") -> str:
    """Describe the figure of `roles`: which group gives each role most and least room."""
    wording = load_wording(language)
    parts = []
    for role in main_roles(comparison, unit)[:_MOST_ROLES]:
        table = by_group(pick(comparison.roles, unit=unit, role=role), groups(comparison)).dropna(subset=["value"])
        if table.empty:
            continue
        parts.append(
            wording(
                "alt.side_single" if lone(comparison) else "alt.side", side=_name(wording, role),
                most=str(table["value"].idxmax()), least=str(table["value"].idxmin()),
                high=wording.percent(table["value"].max()), low=wording.percent(table["value"].min()),
            )
        )  # fmt: skip
    if not parts:
        return wording("figure.no_roles")
    return wording(
        "alt.balance", unit=wording(f"figure.share_{unit}", spread=""), parts="; ".join(parts),
        groups=noun(comparison, wording, len(groups(comparison))), spread=spread(comparison, wording, "alt"),
    )  # fmt: skip
