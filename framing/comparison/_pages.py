"""What is measured on whole articles and on their headlines."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.comparison._frame import PER, number_of, table
from framing.comparison._setting import Setting
from framing.comparison._tested import with_tests
from framing.measures.readability import COLUMNS as FORMULAS
from framing.stats import Sums, means, rates

HEADLINE_LAYERS = ("loaded", "hedge", "booster")


def readability_table(setting: Setting) -> pd.DataFrame:
    """Average each formula over the articles of a group; formulas that were not computed are left out."""
    values = {name: number_of(setting.articles, name, np.nan) for name in FORMULAS}
    known = [name for name in FORMULAS if not np.isnan(values[name]).all()]
    if not known:
        return table("readability")
    scores = np.stack([values[name] for name in known], axis=1)
    there = ~np.isnan(scores)
    found = means(
        scores,
        setting.group,
        n_groups=setting.n_groups,
        resamples=setting.resamples,
        seed=setting.seed,
        contrasts=True,
        reference=setting.reference,
    )
    sums = Sums.of(np.where(there, scores, 0.0), there, setting.group, n_groups=setting.n_groups)
    labels = pd.DataFrame({"formula": known}, dtype=object)
    columns = with_tests(setting, labels, found, sums, kind="mean")
    return table("readability", {**columns, "n_articles": found.n_articles.T.ravel()})


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
    found = rates(
        sums,
        per=PER,
        resamples=setting.resamples,
        seed=setting.seed,
        contrasts=True,
        reference=setting.reference,
    )
    bodies = np.stack([np.where(titled, number_of(setting.articles, f"{x}_own"), 0) for x in layers], axis=1)
    body = setting.by_group(bodies)
    body_words = setting.by_group(np.where(titled, setting.words[:, 0], 0)[:, np.newaxis])
    beside = {
        "n_articles": found.n_articles,
        "words": found.total,
        "body": np.divide(PER * body, body_words, out=np.full(body.shape, np.nan), where=body_words > 0),
    }
    columns = with_tests(setting, pd.DataFrame({"layer": layers}, dtype=object), found, sums, kind="rate")
    return table("headlines", {**columns, **{name: values.T.ravel() for name, values in beside.items()}})
