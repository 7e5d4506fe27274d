"""How much of each group's text others have too: wire copy and near-duplicates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.comparison._frame import long, table, text_of
from framing.comparison._protocol import EventsLike
from framing.comparison._setting import Setting
from framing.stats import Sums, shares

MEASURES = ("words", "articles", "agency")


def copy_table(setting: Setting, match: EventsLike | str | None) -> pd.DataFrame:
    """Estimate which share of each group's words, and of its articles, is copied, and which share names an agency.

    Of the articles that count, copies among them: a text that recurs within a group is no copy from elsewhere and
    counts once. Empty where copies were not looked for.
    """
    if match is None or isinstance(match, str) or not len(setting.articles):
        return table("copies")
    words = setting.words[:, 3]
    found = match.articles.iloc[setting.kept]
    counts = np.column_stack(
        [
            np.minimum(np.asarray(match.words_copied, dtype=np.float64)[setting.kept], words),
            setting.folded,
            (text_of(found, "agency") != "").to_numpy(),
        ]
    ).astype(np.float64)
    one = np.ones(len(words))
    sums = Sums.of(counts, np.column_stack([words, one]), setting.group, n_groups=setting.n_groups, total_of=[0, 1, 1])
    # an article is copied in one go, so that its words are no trials of their own
    trials = np.column_stack([(words > 0).astype(np.float64), one])
    estimates = shares(sums, trials=trials, resamples=setting.resamples, seed=setting.seed)
    columns = long(
        pd.DataFrame({"measure": MEASURES}, dtype=object),
        setting.groups,
        n_articles=estimates.n_articles,
        count=estimates.count,
        total=estimates.total,
        value=estimates.value,
        low=estimates.low,
        high=estimates.high,
    )
    return table("copies", columns)
