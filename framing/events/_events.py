"""What is known of events and copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Events:
    """Which articles are on one event, and which repeat another.

    Attributes
    ----------
    articles : DataFrame
        One row for each row of `analysis.articles`, in the same order: article_id; event (its name, `e0001` and on
        in the order of first dates, or empty); similarity (cosine to the nearest other article of the event, 0
        without one); copy_of (the earlier article that most of its words stand in, or empty); copied (share of its
        words that stand in passages of that article, 0 without one); agency (the news agency that signs it, or empty).
    titles : mapping of str to str
        For each event the title of its most central article.
    words_copied : ndarray of int64, shape (n_articles,)
        Words of each article in passages that an earlier article of another outlet, or any article of a news agency,
        has too.
    settings : mapping
        Thresholds, and how much was found: what a manifest should hold.
    """

    articles: pd.DataFrame
    titles: Mapping[str, str]
    words_copied: NDArray[np.int64]
    settings: Mapping[str, Any] = field(default_factory=dict)
