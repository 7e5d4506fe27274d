"""Which terms make up a difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from framing.comparison import Comparison, compare
from framing.comparison._frame import COLUMNS, table
from framing.comparison._rates import rate_table
from framing.comparison._setting import Options, Setting, prepare
from framing.comparison._shifts import OTHERS, shift_table, word_shift
from framing.comparison._terms import term_table
from framing.errors import OptionError

Make = Callable[[list[dict[str, Any]]], Any]
THREE = [
    {"outlet": "A", "words": 1000, "terms": {"thug": 6, "mob": 1}},
    {"outlet": "B", "words": 500, "terms": {"thug": 1, "mob": 1}},
    {"outlet": "C", "words": 1500, "terms": {"thug": 1, "regime": 3}},
]


def _shifts(analysis: Any, **options: Any) -> tuple[Any, Any, Setting]:
    setting = prepare(analysis, Options(resamples=100, permutations=100, **options))
    rates = rate_table(setting)
    return shift_table(setting, rates, term_table(setting)), rates, setting


def _differences(rates: Any, voice: str = "own") -> Any:
    here = rates[(rates["layer"] == "loaded") & (rates["category"] == "") & (rates["voice"] == voice)]
    return here.set_index("group")["difference"]


def test_a_part_is_the_rate_in_the_group_less_that_in_the_others(plain: Make) -> None:
    found = _shifts(plain(THREE))[0]
    rows = found[found["group"] == "A"].set_index("form")
    # thug: 6 in 1,000 words against 2 in 2,000; regime: none against 3 in 2,000; mob: 1 against 1
    assert rows["part"].to_dict() == {"thug": 5.0, "regime": -1.5, "mob": 0.5}
    assert list(rows.index) == ["thug", "regime", "mob"]
    assert (rows.loc["regime", "count"], rows.loc["regime", "count_others"]) == (0, 3)
    assert set(rows["other"]) == {OTHERS}


def test_parts_add_up_to_the_difference_of_the_rates(analysis: Any) -> None:
    found, rates, _ = _shifts(analysis)
    parts = found.groupby("group")["part"].sum()
    assert np.abs(parts - _differences(rates)).max() < 1e-9
    assert found["part"].abs().groupby(found["group"]).agg(lambda part: part.is_monotonic_decreasing).all()
    assert found.dtypes.to_dict() == table("shifts").dtypes.to_dict()


def test_findings_without_an_entry_stand_in_one_row_so_that_the_sum_stays_exact(analysis: Any) -> None:
    some = np.arange(len(analysis.findings)) % 3 == 0
    findings = analysis.findings.assign(
        **{name: analysis.findings[name].mask(some, "") for name in ("entry", "lexicon", "category")}
    )
    found, rates, _ = _shifts(analysis.having(findings=findings))
    nameless = found[found["entry"] == ""]
    assert len(nameless) == 4
    assert set(nameless["form"]) == {""}
    assert (nameless["count"] + nameless["count_others"] > 0).all()
    assert np.abs(found.groupby("group")["part"].sum() - _differences(rates)).max() < 1e-9


def test_with_a_reference_every_other_group_is_set_against_it(plain: Make) -> None:
    found = _shifts(plain(THREE), reference="B")[0]
    assert list(found["group"].drop_duplicates()) == ["A", "C"]
    assert set(found["other"]) == {"B"}
    rows = found[found["group"] == "A"].set_index("form")
    assert rows["part"].to_dict() == {"thug": 4.0, "mob": -1.0}


def test_with_very_many_groups_what_one_never_says_is_one_row(plain: Make) -> None:
    rows = [{"outlet": f"o{number:02}", "words": 100, "terms": {f"term{number}": 1}} for number in range(70)]
    found, rates, _ = _shifts(plain(rows))
    assert found.groupby("group").size().eq(2).all()
    assert np.abs(found.groupby("group")["part"].sum() - _differences(rates)).max() < 1e-9


@pytest.fixture(scope="module")
def compared(analysis: Any, lookup: Any) -> Comparison:
    """Give a comparison of four outlets."""
    return compare(analysis, resamples=100, permutations=100, lookup=lookup)


def test_any_two_groups_can_be_set_against_each_other(compared: Comparison) -> None:
    found = word_shift(compared, "Post", "Times")
    rates = compared.rates[(compared.rates["layer"] == "loaded") & (compared.rates["category"] == "")]
    own = rates[rates["voice"] == "own"].set_index("group")["value"]
    assert found["part"].sum() == pytest.approx(own["Post"] - own["Times"], abs=1e-9)
    assert tuple(found.columns) == COLUMNS["shifts"]
    assert set(found["other"]) == {"Times"}


@pytest.mark.parametrize("voice", ["own", "quoted", "all"])
@pytest.mark.parametrize("layer", ["loaded", "naming", "hedge"])
def test_every_layer_and_voice_adds_up(compared: Comparison, layer: str, voice: str) -> None:
    found = word_shift(compared, "Post", layer=layer, voice=voice)
    rates = compared.rates[(compared.rates["layer"] == layer) & (compared.rates["category"] == "")]
    differences = rates[rates["voice"] == voice].set_index("group")["difference"]
    assert found["part"].sum() == pytest.approx(differences["Post"], abs=1e-9)


def test_terms_without_zero_rows_change_nothing(compared: Comparison) -> None:
    without = replace(compared, terms=compared.terms[compared.terms["count"] > 0])
    assert word_shift(without, "Post", "Gazette").equals(word_shift(compared, "Post", "Gazette"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"group": "Sun"}, "no group 'Sun' in this comparison; its groups are Gazette, Herald, Post, Times"),
        ({"group": "Post", "other": "Sun"}, "no group 'Sun'"),
        ({"group": OTHERS}, "no group '(others)'"),
        ({"group": "Post", "other": "Post"}, "nothing to set 'Post' against"),
        ({"group": "Post", "voice": "loud"}, "voice must be one of own, quoted, reported, all, found 'loud'"),
        ({"group": "Post", "layer": "noise"}, "no layer 'noise' in this comparison; its layers are booster, hedge"),
    ],
)
def test_what_is_not_there_is_refused_in_one_line(compared: Comparison, options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as error:
        word_shift(compared, **options)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
