"""p-values corrected for their number."""

from __future__ import annotations

import numpy as np
from scipy.stats import false_discovery_control

from framing.stats._estimate import Floats


def adjusted(p: Floats) -> Floats:
    """Return Benjamini-Hochberg q-values of one family of p-values.

    Parameters
    ----------
    p : ndarray of any shape
        NaN where no test was made; it stays NaN and does not count in the family.

    Returns
    -------
    ndarray
        Same shape.

    Notes
    -----
    Benjamini and Hochberg (1995), through `scipy.stats.false_discovery_control`.
    """
    values = np.asarray(p, dtype=np.float64)
    q = np.full(values.shape, np.nan)
    tested = ~np.isnan(values)
    if tested.any():
        q[tested] = false_discovery_control(values[tested])
    return q
