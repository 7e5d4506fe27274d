"""How sides are introduced, and who stays unnamed or says nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._balance import UNKNOWN, coded, numbered
from framing.comparison._frame import Floats, Ints, table
from framing.comparison._setting import Setting, is_true
from framing.comparison._sums import keyed
from framing.comparison._tested import share_columns
from framing.stats import Sums


def _counted(setting: Setting, columns: Ints, n_columns: int, weights: Floats | None = None) -> sparse.csr_array:
    """Add attributions (or a weight of each) up by article, shape (N, n_columns)."""
    rows = setting.attributions["row"].to_numpy(dtype=np.int64)
    values = np.ones(rows.size) if weights is None else weights
    return sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=(len(setting.articles), n_columns)))


def stance_table(setting: Setting) -> pd.DataFrame:
    """Estimate how each side's attributions are introduced; all stances for every side."""
    if setting.attributions.empty:
        return table("stance")
    side = setting.attributions["side"]
    side = side.where(side != "", UNKNOWN)
    names = numbered(side)
    codes = coded(side, names)
    stance = setting.attributions["stance"]
    stances, which = keyed(setting.attributions.assign(stance=stance.where(stance != "", "(none)")), ("stance",))
    n_stances = len(stances)
    counts = _counted(setting, codes * n_stances + which, len(names) * n_stances)
    totals = _counted(setting, codes, len(names))
    total_of = np.repeat(np.arange(len(names)), n_stances)
    sums = Sums.of(counts, totals, setting.group, n_groups=setting.n_groups, total_of=total_of)
    labels = pd.DataFrame(
        {"side": np.repeat(np.array(names, dtype=object), n_stances), "stance": list(stances["stance"]) * len(names)}
    )
    return table("stance", share_columns(setting, labels, sums))


def sourcing_table(setting: Setting) -> pd.DataFrame:
    """Estimate the shares of attributions to people without a name and of those with no source found.

    Refusals and unverified claims are set against the attributions, which they are no part of.
    """
    attributions = setting.attributions
    if attributions.empty:
        return table("sourcing")
    zero = np.zeros(len(attributions), dtype=np.int64)
    counts = [
        _counted(setting, zero, 1, is_true(attributions["anonymous"]).astype(np.float64)).toarray(),
        _counted(setting, zero, 1, np.asarray(attributions["speaker"] == "", dtype=np.float64)).toarray(),
    ]
    for layer in ("declined", "unverified"):
        rows = setting.findings[setting.findings["layer"] == layer]["row"].to_numpy(dtype=np.int64)
        counts.append(np.bincount(rows, minlength=len(setting.articles))[:, np.newaxis])
    every = sparse.csr_array(np.hstack(counts))
    totals = _counted(setting, zero, 1)
    sums = Sums.of(every, totals, setting.group, n_groups=setting.n_groups, total_of=np.zeros(4))
    labels = pd.DataFrame({"measure": ["anonymous", "unnamed-source", "declined", "unverified"]}, dtype=object)
    return table("sourcing", share_columns(setting, labels, sums))
