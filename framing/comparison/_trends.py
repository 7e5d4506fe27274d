"""Rates over time: whole layers in the main voice, period by period and smoothed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._frame import PER, VOICES, Floats, Ints, table
from framing.comparison._setting import Setting
from framing.comparison._sums import measures
from framing.stats import Sums, bounds_of_few, rates, smoothed

LEAST_ARTICLES = 10
"""Articles of a group in a period that show by themselves how much articles vary."""


def trend_table(setting: Setting) -> pd.DataFrame:
    """Estimate the rate of each whole layer in each period and group, and smooth it over periods.

    A period without articles has a row too, without a value, so that an axis of time has no hidden gaps. Empty where
    time was not asked for.
    """
    labels, counts = measures(setting)
    whole = ((labels["category"] == "") & (labels["voice"] == setting.voice)).to_numpy()
    if setting.period is None or not setting.periods or not whole.any():
        return table("trends")
    layers = [str(layer) for layer in labels.loc[whole, "layer"]]
    dated = np.flatnonzero(setting.period >= 0)
    some = counts[:, np.flatnonzero(whole)][dated].toarray()
    words = setting.words[dated, VOICES.index(setting.voice)]
    period, group = setting.period[dated], setting.group[dated]
    shape = (len(setting.periods), setting.n_groups)
    arrays = {
        **_by_period(setting, some, words, (period, group), shape),
        **_smooth(setting, some, words, period, group, shape),
    }
    n_layers = len(layers)
    columns: dict[str, object] = {
        "period": np.repeat(np.array(setting.periods, dtype=object), n_layers * shape[1]),
        "layer": np.tile(np.repeat(np.array(layers, dtype=object), shape[1]), shape[0]),
        "voice": np.full(shape[0] * n_layers * shape[1], setting.voice, dtype=object),
        "group": np.tile(np.array(setting.groups, dtype=object), shape[0] * n_layers),
    }
    return table("trends", columns | {name: values.ravel() for name, values in arrays.items()})


def _by_period(
    setting: Setting, counts: Floats, words: Floats, place: tuple[Ints, Ints], shape: tuple[int, int]
) -> dict[str, Floats]:
    """Estimate the rates of each cell (period and group), each array of shape (P, L, G)."""
    n_cells, n_layers = shape[0] * shape[1], counts.shape[1]
    cell = place[0] * shape[1] + place[1]
    adds = sparse.csr_array((np.ones(cell.size), (cell, np.arange(cell.size))), shape=(n_cells, cell.size))
    found, total = np.asarray(adds @ counts), np.repeat(np.asarray(adds @ words)[:, np.newaxis], n_layers, axis=1)
    articles = np.bincount(cell, minlength=n_cells)
    low, high = bounds_of_few(
        Sums.of(counts, words, place[1], n_groups=shape[1], total_of=np.zeros(n_layers)), cell, n_cells=n_cells, per=PER
    )
    # an article alone has no interval
    low[articles < 2] = high[articles < 2] = np.nan
    many = articles[cell] >= LEAST_ARTICLES
    if many.any():
        used, renumbered = np.unique(cell[many], return_inverse=True)
        sums = Sums.of(counts[many], words[many], renumbered, n_groups=used.size)
        estimates = rates(sums, per=PER, resamples=setting.resamples, seed=setting.seed)
        low[used], high[used] = estimates.low, estimates.high
    made = {
        "n_articles": np.repeat(articles[:, np.newaxis], n_layers, axis=1).astype(np.float64),
        "n_words": total,
        "count": found,
        "value": np.divide(PER * found, total, out=np.full(found.shape, np.nan), where=total > 0),
        "low": low,
        "high": high,
    }
    return {name: values.reshape(*shape, n_layers).transpose(0, 2, 1) for name, values in made.items()}


def _smooth(
    setting: Setting, counts: Floats, words: Floats, period: Ints, group: Ints, shape: tuple[int, int]
) -> dict[str, Floats]:
    """Smooth the rates of each layer and group over periods, each array of shape (P, L, G)."""
    made = [
        smoothed(
            count,
            words,
            period,
            group,
            n_periods=shape[0],
            n_groups=shape[1],
            per=PER,
            resamples=setting.resamples,
            seed=setting.seed,
        )
        for count in counts.T
    ]
    return {
        "smooth": np.stack([one.value for one in made], axis=1),
        "smooth_low": np.stack([one.low for one in made], axis=1),
        "smooth_high": np.stack([one.high for one in made], axis=1),
    }
