"""Log-odds with an informative Dirichlet prior."""

from __future__ import annotations

import numpy as np
import pytest

from framing.errors import InternalError
from framing.stats import log_odds, prior_mass


def test_two_words_worked_out_by_hand() -> None:
    """Prior of ten words: pooled shares are .5 and .5, so each word gets five."""
    found = log_odds([[30, 10], [10, 30]], mass=10)
    delta = np.log(35 / 15) - np.log(15 / 35)
    assert found.delta[0] == pytest.approx([delta, -delta])
    assert found.variance[0, 0] == pytest.approx(1 / 35 + 1 / 15)
    assert found.z[0, 0] == pytest.approx(delta / np.sqrt(1 / 35 + 1 / 15))


def test_two_groups_mirror_each_other() -> None:
    rng = np.random.default_rng(0)
    found = log_odds(rng.poisson(20, (2, 50)))
    assert found.z[0] == pytest.approx(-found.z[1])


def test_the_prior_keeps_rare_words_from_the_top() -> None:
    """Twice against never is less telling than 200 against 100."""
    found = log_odds([[2, 200, 9798], [0, 100, 9900]])
    assert 0 < found.z[0, 0] < found.z[0, 1]


def test_prior_is_never_heavier_than_the_text() -> None:
    assert prior_mass(np.array([[3.0, 4.0]])) == 7
    assert prior_mass(np.array([[1e6]])) == 10_000


def test_words_that_never_occur_and_lone_groups_have_no_odds() -> None:
    assert np.isnan(log_odds([[1, 0], [2, 0]]).z[:, 1]).all()
    assert np.isnan(log_odds([[1, 2], [0, 0]]).z).all()


def test_counts_must_be_a_table() -> None:
    with pytest.raises(InternalError, match="two dimensions"):
        log_odds([1, 2])
