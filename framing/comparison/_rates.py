"""Rates of layers and categories, and the groups themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.comparison._each import speakers_by_article
from framing.comparison._frame import PER, VOICES, Floats, Ints, long, number_of, table
from framing.comparison._setting import BY_MODEL, Setting
from framing.comparison._speaking import is_named
from framing.comparison._sums import measures
from framing.stats import Sums, adjusted, means, permutation_p, rates, shares


def rate_table(setting: Setting) -> pd.DataFrame:
    """Estimate every layer and category in every voice and set each group against the others."""
    labels, counts = measures(setting)
    if labels.empty:
        return table("rates")
    voice = pd.Index(VOICES).get_indexer(pd.Index(labels["voice"]))
    sums = Sums.of(counts, setting.words, setting.group, n_groups=setting.n_groups, total_of=voice)
    found = rates(sums, per=PER, resamples=setting.resamples, seed=setting.seed, contrasts=True)
    p = np.full(found.value.shape, np.nan)
    if setting.n_groups > 1:
        p = permutation_p(sums, permutations=setting.permutations, seed=setting.seed)
        p[setting.n_articles < setting.min_articles] = np.nan
        # what a model marks is described, not tested: its errors differ from outlet to outlet
        p[:, (labels["layer"] == BY_MODEL).to_numpy()] = np.nan
    against = found.contrasts
    nothing = np.full(found.value.shape, np.nan)
    names = ("ratio", "ratio_low", "ratio_high", "difference", "difference_low", "difference_high")
    held = {name: nothing if against is None else getattr(against, name) for name in names}
    columns = long(
        labels,
        setting.groups,
        count=found.count,
        n_articles=np.repeat(setting.n_articles[:, np.newaxis], len(labels), axis=1),
        n_words=found.total,
        value=found.value,
        low=found.low,
        high=found.high,
        p=p,
        q=_families(p, labels, setting.voice),
        articles_with=setting.by_group((counts > 0).astype(np.float64)),
        **held,
    )
    return table("rates", columns)


def _families(p: Floats, labels: pd.DataFrame, voice: str) -> Floats:
    """Correct whole layers in the main voice as one family, all the rest as another."""
    first = ((labels["category"] == "") & (labels["voice"] == voice)).to_numpy()
    q = np.full(p.shape, np.nan)
    for family in (first, ~first):
        q[:, family] = adjusted(p[:, family])
    return q


def group_table(setting: Setting) -> pd.DataFrame:
    """Say how large each group is and how much of it is other people's words."""
    words = setting.by_group(setting.words)
    sentences = number_of(setting.articles, "sentences")
    total = setting.words[:, [3]]
    # words of a sentence mostly stand in one voice, so that sentences are the independent trials
    quoted = shares(
        Sums.of(setting.words[:, 1:3], total, setting.group, n_groups=setting.n_groups),
        trials=np.where(total[:, 0] > 0, np.maximum(sentences, 1), 0.0),
        resamples=setting.resamples,
        seed=setting.seed,
    )
    columns: dict[str, object] = {
        "group": setting.groups,
        "n_articles": setting.n_articles,
        "n_duplicates": setting.n_duplicates,
        "n_words": words[:, 3],
        "n_words_own": words[:, 0],
        "n_words_quoted": words[:, 1],
        "n_words_reported": words[:, 2],
        "n_sentences": setting.by_group(sentences[:, np.newaxis])[:, 0],
        "n_attributions": np.bincount(
            setting.group[setting.attributions["row"].to_numpy(dtype=np.int64)], minlength=setting.n_groups
        ),
        "n_speakers": _speakers(setting),
        "warning": [_warning(int(n), setting.min_articles) for n in setting.n_articles],
    }
    for place, name in enumerate(("share_quoted", "share_reported")):
        columns[name] = quoted.value[:, place]
        columns[f"{name}_low"], columns[f"{name}_high"] = quoted.low[:, place], quoted.high[:, place]
    each = means(
        speakers_by_article(setting)[:, np.newaxis],
        setting.group,
        n_groups=setting.n_groups,
        resamples=setting.resamples,
        seed=setting.seed,
    )
    columns["speakers_per_article"] = each.value[:, 0]
    columns["speakers_per_article_low"], columns["speakers_per_article_high"] = each.low[:, 0], each.high[:, 0]
    return table("groups", columns)


def _speakers(setting: Setting) -> Ints:
    """Count the distinct speakers of each group, shape (G,)."""
    heard = setting.attributions[is_named(setting.attributions["speaker"])]
    pairs = pd.DataFrame(
        {"group": setting.group[heard["row"].to_numpy(dtype=np.int64)], "speaker": heard["speaker"].to_numpy()}
    )
    return np.bincount(pairs.drop_duplicates()["group"], minlength=setting.n_groups).astype(np.int64)


def _warning(n_articles: int, least: int) -> str:
    if n_articles >= least:
        return ""
    plural = "article" if n_articles == 1 else "articles"
    return f"only {n_articles} {plural}, fewer than {least}: no p-value"
