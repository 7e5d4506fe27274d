"""What is reached without reading: the most frequent class, and the outlet's name alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from framing.classify.evaluation._measures import measure, strata
from framing.classify.evaluation._model import Baseline
from framing.classify.evaluation._predictions import Floats, Predictions
from framing.classify.evaluation._resample import grouped

_FOLDS = 5


def baselines(given: Predictions, *, seed: int) -> tuple[Baseline, ...]:
    """Return the scores of the most frequent class and, where outlets are known, of their names."""
    found = [("majority", np.repeat(given.gold.mean(axis=0)[np.newaxis], len(given.ids), axis=0))]
    by_outlet = outlet_rates(given, seed=seed)
    if by_outlet is not None:
        found.append(("outlet", by_outlet))
    rows = []
    for name, score in found:
        told = replace(given, score=score, probability=None, votes=None)
        scores = measure(told, within=False, seed=seed).scores
        rows.append(Baseline(name=name, macro_f1=scores.macro_f1, accuracy=scores.accuracy, auc=scores.auc))
    return tuple(rows)


def outlet_rates(given: Predictions, *, seed: int) -> Floats | None:
    """Return each label's rate in the record's outlet, counted in the other folds of groups, shape (n, k).

    An outlet that no other fold has, or an unknown one, gets the rate of all records there. None if no outlet is known
    or there is one group only.
    """
    places, groups = strata(given.outlets), grouped(given.groups)
    if places is None or groups.count < 2:
        return None
    folds = min(_FOLDS, groups.count)
    fold = np.random.default_rng(seed).permutation(groups.count)[groups.of] % folds
    rates = np.zeros(given.gold.shape)
    for number in range(folds):
        others = fold != number
        rates[~others] = given.gold[others].mean(axis=0)
        for place in range(int(places.max()) + 1):
            known = others & (places == place)
            if known.any():
                rates[~others & (places == place)] = given.gold[known].mean(axis=0)
    return rates
