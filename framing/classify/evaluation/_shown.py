"""How figures are written in Markdown."""

from __future__ import annotations

import math

from framing.classify._scoring import Interval, short


def shown(found: Interval | None) -> str:
    """Return `.777 [.760, .793]`; a dash for what cannot be told, no brackets where there is no interval."""
    if found is None or not math.isfinite(found.value):
        return "–"
    if not (math.isfinite(found.low) and math.isfinite(found.high)):
        return signed(found.value)
    return f"{signed(found.value)} [{signed(found.low)}, {signed(found.high)}]"


def signed(value: float) -> str:
    """Return a figure with three places, no leading zero, and a true minus."""
    return f"−{short(-value)}" if round(value, 3) < 0 else short(abs(value))


def counted(n: int, noun: str) -> str:
    """Return `1 record`, `2,567 records`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def cell(text: str) -> str:
    """Return text that cannot break a table of Markdown."""
    return " ".join(text.replace("|", "\\|").split())
