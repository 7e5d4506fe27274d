"""What is measured on whole articles and on their headlines."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.comparison._frame import PER, long, number_of, table
from framing.comparison._setting import Setting
from framing.measures.readability import COLUMNS as FORMULAS
from framing.stats import Sums, means, rates

HEADLINE_LAYERS = ("loaded", "hedge", "booster")


def readability_table(setting: Setting) -> pd.DataFrame:
    """Average each formula over the articles of a group; formulas that were not computed are left out."""
    values = {name: number_of(setting.articles, name, np.nan) for name in FORMULAS}
    known = [name for name in FORMULAS if not np.isnan(values[name]).all()]
    if not known:
        return table("readability")
    found = means(
        np.stack([values[name] for name in known], axis=1),
        setting.group,
        n_groups=setting.n_groups,
        resamples=setting.resamples,
        seed=setting.seed,
    )
    columns = long(
        pd.DataFrame({"formula": known}, dtype=object),
        setting.groups,
        n_articles=found.n_articles,
        value=found.value,
        low=found.low,
        high=found.high,
    )
    return table("readability", columns)


def headline_table(setting: Setting) -> pd.DataFrame:
    """Set rates in headlines beside those in the bodies of the same articles; empty where there are no titles."""
    words = number_of(setting.articles, "headline_words")
    titled = words > 0
    layers = [layer for layer in HEADLINE_LAYERS if f"headline_{layer}" in setting.articles.columns]
    if not titled.any() or not layers:
        return table("headlines")
    headlines = np.stack([np.where(titled, number_of(setting.articles, f"headline_{x}"), 0) for x in layers], axis=1)
    sums = Sums.of(
        headlines,
        words,
        setting.group,
        n_groups=setting.n_groups,
        total_of=np.zeros(len(layers)),
    )
    found = rates(sums, per=PER, resamples=setting.resamples, seed=setting.seed)
    bodies = np.stack([np.where(titled, number_of(setting.articles, f"{x}_own"), 0) for x in layers], axis=1)
    body = setting.by_group(bodies)
    body_words = setting.by_group(np.where(titled, setting.words[:, 0], 0)[:, np.newaxis])
    columns = long(
        pd.DataFrame({"layer": layers}, dtype=object),
        setting.groups,
        n_articles=found.n_articles,
        words=found.total,
        count=found.count,
        value=found.value,
        low=found.low,
        high=found.high,
        body=np.divide(PER * body, body_words, out=np.full(body.shape, np.nan), where=body_words > 0),
    )
    return table("headlines", columns)
