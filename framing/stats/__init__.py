"""Estimates from arrays: rates, shares and means with intervals, permutation tests, keyness.

Knows no text: arrays of per-article sums go in, estimates come out. The unit that is resampled and permuted is always
the whole article.
"""

from __future__ import annotations

from framing.stats._adjust import adjusted
from framing.stats._estimate import Contrasts, Estimate, Estimates
from framing.stats._evenness import evenness, pielou
from framing.stats._keyness import LogOdds, log_odds, prior_mass
from framing.stats._permute import permutation_p
from framing.stats._ratio import means, rates, shares
from framing.stats._sums import Sums

__all__ = [
    "Contrasts",
    "Estimate",
    "Estimates",
    "LogOdds",
    "Sums",
    "adjusted",
    "evenness",
    "log_odds",
    "means",
    "permutation_p",
    "pielou",
    "prior_mass",
    "rates",
    "shares",
]
