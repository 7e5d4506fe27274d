"""Sequences side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Runs:
    """Sequences of tokens laid out step by step, the longest first, so that each step is one slice.

    Parameters
    ----------
    first, length : ndarray of int64, shape (sequences,)
    """

    def __init__(self, first: NDArray[np.int64], length: NDArray[np.int64]) -> None:
        order = np.argsort(-length, kind="stable")
        self.first, self.length = first[order], length[order]
        steps = int(self.length[0]) if len(order) else 0
        # how many sequences reach each step
        active = len(order) - np.searchsorted(self.length[::-1], np.arange(steps), side="right")
        self.offset = np.concatenate([[0], np.cumsum(active)]).astype(np.int64)
        place = np.arange(int(self.offset[-1])) - np.repeat(self.offset[:-1], active)
        self.token = self.first[place] + np.repeat(np.arange(steps), active)

    @property
    def steps(self) -> int:
        """The length of the longest sequence."""
        return len(self.offset) - 1
