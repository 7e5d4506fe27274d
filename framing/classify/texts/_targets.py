"""Labels and groups as scikit-learn's users give them, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError

Bools = NDArray[np.bool_]
_FEWEST = 2  # groups of a class: one to learn from and one to be held against


def target(y: Any, n: int) -> tuple[NDArray[Any] | list[NDArray[Any]], Bools, bool]:
    """Return classes, labels of shape (n, k), and whether a text has exactly one of them.

    Raises
    ------
    InputError
        If y has the wrong shape, holds what is not allowed, or one class only.
    """
    given = np.asarray(y)
    if given.ndim not in (1, 2) or len(given) != n:
        msg = f"y has shape {given.shape}; allowed: ({n},) or ({n}, labels), one row for each text"
        raise InputError(msg)
    if given.ndim == 2:
        return _indicator(given)
    classes, place = np.unique(given, return_inverse=True)
    if len(classes) < 2:
        msg = f"y has one class only, {classes.tolist()[0]!r}; allowed: at least two"
        raise InputError(msg)
    if len(classes) == 2:
        return classes, (place == 1)[:, np.newaxis], False
    return classes, place[:, np.newaxis] == np.arange(len(classes)), True


def _indicator(given: NDArray[Any]) -> tuple[list[NDArray[Any]], Bools, bool]:
    if not np.isin(given, (0, 1)).all():
        found = given[~np.isin(given, (0, 1))].tolist()[0]
        msg = f"y is an indicator matrix and holds {found!r}; allowed: 0 and 1"
        raise InputError(msg)
    labels = given.astype(np.bool_)
    for column in range(labels.shape[1]):
        if labels[:, column].all() or not labels[:, column].any():
            msg = f"column {column} of y (from 0) is {int(labels[0, column])} throughout; allowed: 0 and 1, both"
            raise InputError(msg)
    if not labels.shape[1]:
        msg = "y has no columns; allowed: at least one"
        raise InputError(msg)
    return [np.array([0, 1])] * labels.shape[1], labels, False


def grouped(groups: Sequence[Any] | None, labels: Bools) -> NDArray[np.int64]:
    """Return the group of each text as a number; without groups each text is its own.

    Raises
    ------
    InputError
        If lengths differ or a class stands in fewer than two groups.
    """
    n = len(labels)
    if groups is not None and len(groups) != n:
        msg = f"groups holds {len(groups)} entries; allowed: one for each of {n} texts"
        raise InputError(msg)
    number = (
        np.arange(n) if groups is None else np.unique(np.array([str(one) for one in groups]), return_inverse=True)[1]
    )
    for column in range(labels.shape[1]):
        for have, what in ((labels[:, column], ""), (~labels[:, column], "out")):
            held = len(np.unique(number[have]))
            if held < _FEWEST:
                msg = f"texts with{what} label {column} (from 0) stand in {held} group(s); allowed: at least {_FEWEST}"
                raise InputError(msg)
    return np.asarray(number, dtype=np.int64)
