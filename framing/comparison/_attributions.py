"""Who is heard: attributions by side, how they are introduced, and who stays unnamed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._frame import Floats, Ints, long, table
from framing.comparison._setting import Setting
from framing.comparison._sums import keyed
from framing.stats import Estimates, Sums, shares

UNKNOWN = "unknown"


def _counted(setting: Setting, columns: Ints, n_columns: int, weights: Floats | None = None) -> sparse.csr_array:
    """Add attributions (or a weight of each) up by article, shape (N, n_columns)."""
    rows = setting.attributions["row"].to_numpy(dtype=np.int64)
    values = np.ones(rows.size) if weights is None else weights
    return sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=(len(setting.articles), n_columns)))


def _shares(
    setting: Setting, counts: sparse.csr_array, totals: sparse.csr_array, total_of: Ints, trials: Floats | None = None
) -> Estimates:
    sums = Sums.of(counts, totals, setting.group, n_groups=setting.n_groups, total_of=total_of)
    return shares(sums, trials=trials, resamples=setting.resamples, seed=setting.seed)


def _rows(setting: Setting, labels: pd.DataFrame, found: Estimates) -> dict[str, object]:
    return long(
        labels,
        setting.groups,
        count=found.count,
        total=found.total,
        value=found.value,
        low=found.low,
        high=found.high,
    )


def _sides(setting: Setting) -> pd.Series[str]:
    side = setting.attributions["side"]
    return side.where(side != "", UNKNOWN)


def balance_table(setting: Setting) -> pd.DataFrame:
    """Estimate each side's share of attributions, of attributed words, and of direct quotations.

    Words are those of the content, as white space parts them. Empty where no attribution has a side.
    """
    side = _sides(setting)
    if (side == UNKNOWN).all():
        return table("balance")
    names, codes = _numbered(side)
    words = np.array([len(text.split()) for text in setting.attributions["content_text"]], dtype=np.float64)
    direct = np.asarray(setting.attributions["kind"] == "direct", dtype=np.float64)
    n_attributions = _counted(setting, np.zeros_like(codes), 1).toarray()
    parts = []
    for unit, weights in (("attributions", np.ones(len(side))), ("words", words), ("direct", direct)):
        counts = _counted(setting, codes, len(names), weights)
        totals = _counted(setting, np.zeros_like(codes), 1, weights)
        trials = n_attributions if unit == "words" else None
        found = _shares(setting, counts, totals, np.zeros(len(names), dtype=np.int64), trials)
        labels = pd.DataFrame({"unit": unit, "side": names}, dtype=object)
        parts.append(table("balance", _rows(setting, labels, found)))
    return pd.concat(parts, ignore_index=True)


def _numbered(side: pd.Series[str]) -> tuple[list[str], Ints]:
    """Give the sides numbers by name, the unknown last."""
    names = sorted(set(side), key=lambda name: (name == UNKNOWN, name))
    return names, pd.Categorical(side, categories=names).codes.astype(np.int64)


def stance_table(setting: Setting) -> pd.DataFrame:
    """Estimate how each side's attributions are introduced; all stances for every side."""
    if setting.attributions.empty:
        return table("stance")
    names, codes = _numbered(_sides(setting))
    stance = setting.attributions["stance"]
    stances, which = keyed(setting.attributions.assign(stance=stance.where(stance != "", "(none)")), ("stance",))
    n_stances = len(stances)
    counts = _counted(setting, codes * n_stances + which, len(names) * n_stances)
    totals = _counted(setting, codes, len(names))
    found = _shares(setting, counts, totals, np.repeat(np.arange(len(names)), n_stances))
    labels = pd.DataFrame(
        {"side": np.repeat(np.array(names, dtype=object), n_stances), "stance": list(stances["stance"]) * len(names)}
    )
    return table("stance", _rows(setting, labels, found))


def sourcing_table(setting: Setting) -> pd.DataFrame:
    """Estimate the shares of attributions to people without a name, of those with no source found, and of refusals."""
    attributions = setting.attributions
    if attributions.empty:
        return table("sourcing")
    anonymous = attributions["anonymous"].str.lower().isin(("true", "1", "1.0")).to_numpy()
    unnamed = (attributions["speaker"] == "").to_numpy()
    declined = setting.findings[setting.findings["layer"] == "declined"]["row"].to_numpy(dtype=np.int64)
    n = len(setting.articles)
    zero = np.zeros(len(attributions), dtype=np.int64)
    counts = np.column_stack(
        [
            _counted(setting, zero, 1, anonymous.astype(np.float64)).toarray(),
            _counted(setting, zero, 1, unnamed.astype(np.float64)).toarray(),
            np.bincount(declined, minlength=n),
        ]
    )
    found = _shares(setting, sparse.csr_array(counts), _counted(setting, zero, 1), np.zeros(3, dtype=np.int64))
    labels = pd.DataFrame({"measure": ["anonymous", "unnamed-source", "declined"]}, dtype=object)
    return table("sourcing", _rows(setting, labels, found))
