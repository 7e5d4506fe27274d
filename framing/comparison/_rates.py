"""Rates of layers and categories, and the groups themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.comparison._each import speakers_by_article
from framing.comparison._frame import PER, VOICES, Ints, long, number_of, table
from framing.comparison._setting import BY_MODEL, Setting
from framing.comparison._speaking import is_named
from framing.comparison._sums import measures
from framing.comparison._tested import contrasts, p_values, q_values
from framing.stats import Sums, design_effect, means, rates, shares, shrunken


def rate_table(setting: Setting) -> pd.DataFrame:
    """Estimate every layer and category in every voice and set each group against the others."""
    labels, counts = measures(setting)
    if labels.empty:
        return table("rates")
    voice = pd.Index(VOICES).get_indexer(pd.Index(labels["voice"]))
    sums = Sums.of(counts, setting.words, setting.group, n_groups=setting.n_groups, total_of=voice)
    found = rates(
        sums,
        per=PER,
        resamples=setting.resamples,
        seed=setting.seed,
        contrasts=True,
        reference=setting.reference,
    )
    # what a model marks is described, not tested: its errors differ from outlet to outlet
    p = p_values(setting, sums, kind="rate", where=labels["layer"] != BY_MODEL)
    drawn = shrunken(found.count, found.total, per=PER, design=design_effect(sums))
    main = (labels["category"] == "") & (labels["voice"] == setting.voice)
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
        # whole layers in the main voice are one family, all the rest is another
        q=q_values(p, ~main),
        articles_with=setting.by_group((counts > 0).astype(np.float64)),
        shrunk=drawn.value,
        shrunk_low=drawn.low,
        shrunk_high=drawn.high,
        **contrasts(found),
    )
    return table("rates", columns)


def group_table(setting: Setting) -> pd.DataFrame:
    """Say how large each group is and how much of it is other people's words."""
    words = setting.by_group(setting.words)
    sentences = number_of(setting.articles, "sentences")
    total = setting.words[:, [3]]
    # words of a sentence mostly stand in one voice, so that sentences are the independent trials
    voices = shares(
        Sums.of(setting.words[:, :3], total, setting.group, n_groups=setting.n_groups),
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
        "first": [part[0] if len(part) > 1 else "" for part in setting.parts],
        "second": [part[1] if len(part) > 1 else "" for part in setting.parts],
    }
    for place, name in enumerate(("share_own", "share_quoted", "share_reported")):
        columns[name] = voices.value[:, place]
        columns[f"{name}_low"], columns[f"{name}_high"] = voices.low[:, place], voices.high[:, place]
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
