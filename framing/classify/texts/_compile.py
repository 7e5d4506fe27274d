"""From a fitted classifier to what runs without scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.classify.texts._classifier import TextClassifier
from framing.errors import OptionError


def compiled(
    estimator: TextClassifier, labels: Sequence[str] | None = None
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return what a fitted classifier is, and its numbers as columns, for `TextModel`.

    Parameters
    ----------
    estimator : TextClassifier
    labels : sequence of str, optional
        Names; by default the classes (of two, the second), or the number of the indicator's column.

    Returns
    -------
    about : dict
        `labels`, `exclusive`, `thresholds` (the probability from which each label is given; None where labels are
        exclusive), `balanced` (what is added to the log-odds of each exclusive label before the highest is taken),
        and what was chosen.
    columns : dict of str to ndarray
        No more than numbers; strings packed.

    Raises
    ------
    OptionError
        If there is not one name for each label.
    """
    k = len(estimator.intercept_)
    names = list(labels) if labels is not None else _names(estimator)
    if len(names) != k:
        msg = f"{len(names)} names for labels; allowed: {k}"
        raise OptionError(msg)
    exclusive = bool(estimator.exclusive_)
    about: dict[str, Any] = {
        "labels": names,
        "exclusive": exclusive,
        "thresholds": None if exclusive else estimator.thresholds_.tolist(),
        "balanced": estimator.offset_.tolist() if exclusive else None,
        "features": int(estimator.features_.n_features_out_),
        "C": float(estimator.C_),
        "balance": float(estimator.balance_),
    }
    columns = {
        **estimator.features_.columns_,
        "coef": estimator.coef_,
        "intercept": estimator.intercept_,
        "slope": estimator.slope_,
        "shift": estimator.shift_,
        "offset": estimator.offset_,
        "exclusive": np.array(exclusive),
    }
    return about, columns


def _names(estimator: TextClassifier) -> list[str]:
    if isinstance(estimator.classes_, list):
        return [str(number) for number in range(len(estimator.classes_))]
    names = [str(name) for name in estimator.classes_]
    return names[1:] if len(names) == 2 else names
