"""Who answers whom: sides that are accused, heard, asked or left out, and claims that nobody checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.comparison._balance import coded
from framing.comparison._frame import Floats, table
from framing.comparison._setting import Setting
from framing.comparison._tested import share_columns
from framing.stats import Sums


@dataclass(frozen=True, slots=True)
class Replies:
    """What is said of and by each side in each article; arrays of counts have shape (N, S).

    Attributes
    ----------
    sides : list of str
        S names, sorted.
    heard, declined, unverified, accused : ndarray
        Attributions, refusals and unverified claims of the side, and how often it is named as accused.
    """

    sides: list[str]
    heard: Floats
    declined: Floats
    unverified: Floats
    accused: Floats

    @property
    def unheard(self) -> Floats:
        """Where a side is accused and neither heard nor asked (1, else 0)."""
        return np.where((self.accused > 0) & (self.heard == 0) & (self.declined == 0), 1.0, 0.0)

    @property
    def asked(self) -> Floats:
        """Where a side is accused, not heard, and said to have declined (1, else 0)."""
        return np.where((self.accused > 0) & (self.heard == 0) & (self.declined > 0), 1.0, 0.0)


def replies(setting: Setting) -> Replies:
    """Count by article and side."""
    findings = setting.findings[setting.findings["layer"].isin(("declined", "unverified", "accused"))]
    sides = sorted((set(setting.attributions["side"].unique()) | set(findings["side"].unique())) - {""})

    def counted(frame: pd.DataFrame) -> Floats:
        frame = frame[frame["side"] != ""]
        places = np.zeros((len(setting.articles), len(sides)))
        np.add.at(places, (frame["row"].to_numpy(dtype=np.int64), coded(frame["side"], sides)), 1)
        return places

    layers = {layer: counted(findings[findings["layer"] == layer]) for layer in ("declined", "unverified", "accused")}
    return Replies(sides, counted(setting.attributions), **layers)


def reply_table(setting: Setting, found: Replies) -> pd.DataFrame:
    """Estimate how often each side is accused, and how often it is then heard, asked or left out."""
    if not found.sides:
        return table("replies")
    accused = (found.accused > 0).astype(np.float64)
    everywhere = np.ones_like(accused)
    measured = (
        ("accused", accused, everywhere),
        ("accused-heard", accused - found.unheard - found.asked, accused),
        ("accused-declined", found.asked, accused),
        ("accused-unheard", found.unheard, accused),
        ("declined", found.declined, found.declined + found.heard),
        ("unverified", found.unverified, np.maximum(found.unverified, found.heard)),
    )
    sums = Sums.of(
        np.hstack([counts for _, counts, _ in measured]),
        np.hstack([totals for *_, totals in measured]),
        setting.group,
        n_groups=setting.n_groups,
    )
    labels = pd.DataFrame(
        {
            "measure": np.repeat(np.array([name for name, *_ in measured], dtype=object), len(found.sides)),
            "side": np.tile(np.array(found.sides, dtype=object), len(measured)),
        }
    )
    return table("replies", share_columns(setting, labels, sums))
