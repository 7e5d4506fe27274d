"""Differences of shares and means: set against the others by hand, tested where there is enough."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import Comparison, compare
from framing.comparison._balance import share_tables, units
from framing.comparison._frame import COLUMNS
from framing.comparison._rates import rate_table
from framing.comparison._segments import speech
from framing.comparison._setting import Options, prepare
from framing.stats import Sums, permutation_p, shrunken

TESTED = [name for name, columns in COLUMNS.items() if {"value", "difference", "q", "group"} <= set(columns)]
# rates are tested in test_compare.py, matched within events
SHARES = {
    "naming": ["topic", "referent", "entry", "voice"],
    "balance": ["unit", "side"],
    "roles": ["unit", "role"],
    "replies": ["measure", "side"],
    "stance": ["side", "stance"],
    "sourcing": ["measure"],
    "sentences": ["measure", "voice"],
}


@pytest.fixture(scope="module")
def scored(analysis: Any) -> Any:
    """Give the four outlets with a biased sentence in every article of the Post, and sides that are accused."""
    biased = np.where(analysis.articles["outlet"] == "Post", 0.9, 0.1)
    scores = np.column_stack([biased, np.full(biased.size, 0.1), np.full(biased.size, 0.8)]).ravel()
    voice = np.tile(["own", "own", "quoted"], biased.size)
    findings = analysis.findings.copy()
    accused = (findings["layer"] == "scare-quote") & (findings["voice"] == "quoted")
    findings.loc[accused, "side"] = np.where(findings.index[accused] % 2, "russia", "ukraine")
    findings.loc[accused, "layer"] = "accused"
    return analysis.having(
        findings=findings, sentences=analysis.sentences.assign(bias=scores, voice=voice, uncertain=np.nan)
    )


@pytest.fixture(scope="module")
def result(scored: Any, lookup: Any) -> Comparison:
    """Give the comparison of the four outlets."""
    return compare(scored, resamples=200, permutations=500, seed=1, lookup=lookup)


@pytest.fixture(scope="module")
def against_post(scored: Any, lookup: Any) -> Comparison:
    """Give the comparison with the Post."""
    return compare(scored, resamples=100, permutations=100, seed=1, lookup=lookup, reference="Post")


@pytest.mark.parametrize("name", sorted(SHARES))
def test_the_difference_of_a_share_is_that_from_all_others_together(name: str, result: Comparison) -> None:
    frame = getattr(result, name)
    assert not frame.empty
    if "unit" in frame:
        # a word may stand half in a third: the table has whole words
        frame = frame[frame["unit"] != "first-third"]
    for _, block in frame.groupby(SHARES[name]):
        rest, whole = block["count"].sum() - block["count"], block["total"].sum() - block["total"]
        others = (rest / whole.where(whole > 0)).to_numpy(dtype=float)
        assert block["difference"].to_numpy() == pytest.approx(block["value"].to_numpy() - others, nan_ok=True)
    known = frame.dropna(subset=["difference_low"])
    assert (known["difference_low"] <= known["difference"] + 1e-12).all()
    assert (known["difference_high"] >= known["difference"] - 1e-12).all()


@pytest.mark.parametrize("name", sorted(SHARES))
def test_the_difference_of_a_share_is_that_from_the_reference(name: str, against_post: Comparison) -> None:
    frame = getattr(against_post, name)
    reference = frame[frame["group"] == "Post"].set_index(SHARES[name])["value"]
    for group in ("Herald", "Times"):
        rows = frame[frame["group"] == group].set_index(SHARES[name])
        expected = (rows["value"] - reference).to_numpy()
        assert rows["difference"].to_numpy() == pytest.approx(expected, nan_ok=True)


def test_the_difference_of_a_mean_is_that_from_the_mean_of_all_other_articles(result: Comparison, scored: Any) -> None:
    articles = scored.articles
    post = articles["outlet"] == "Post"
    ease = articles["flesch_reading_ease"]
    row = result.readability.set_index(["formula", "group"]).loc[("flesch_reading_ease", "Post")]
    assert row["difference"] == pytest.approx(ease[post].mean() - ease[~post].mean())
    assert row["difference_low"] < row["difference"] < row["difference_high"]


def test_the_difference_of_headlines_is_in_words_of_headlines(result: Comparison) -> None:
    frame = result.headlines[result.headlines["layer"] == "loaded"]
    count, words = frame["count"].sum() - frame["count"], frame["words"].sum() - frame["words"]
    assert frame["difference"].to_numpy() == pytest.approx((frame["value"] - 1000 * count / words).to_numpy())


@pytest.mark.parametrize("name", TESTED)
def test_a_group_of_too_few_articles_has_differences_without_p(name: str, result: Comparison) -> None:
    frame = getattr(result, name)
    small = frame[frame["group"] == "Gazette"]
    assert small[["p", "q"]].isna().all(axis=None)
    if not frame.empty:
        assert frame["p"].notna().any()
        assert small["difference"].notna().any()


def test_the_share_of_biased_sentences_of_the_post_differs(result: Comparison) -> None:
    row = result.sentences.set_index(["measure", "voice", "group"]).loc[("bias", "own", "Post")]
    assert row["difference"] == pytest.approx(0.5)
    assert row["q"] < 0.05


def _family(frame: pd.DataFrame) -> None:
    """Check that q of some rows is Benjamini-Hochberg over these rows alone."""
    p = np.sort(frame["p"].dropna().to_numpy())
    expected = np.minimum.accumulate((p * p.size / np.arange(1, p.size + 1))[::-1])[::-1]
    assert np.sort(frame["q"].dropna().to_numpy()) == pytest.approx(np.minimum(expected, 1))


@pytest.mark.parametrize("name", ["stance", "sourcing", "replies", "readability", "headlines", "sentences"])
def test_a_table_is_one_family(name: str, result: Comparison) -> None:
    _family(getattr(result, name))


@pytest.mark.parametrize("name", ["balance", "roles"])
def test_attributions_are_a_family_of_their_own(name: str, result: Comparison) -> None:
    frame = getattr(result, name)
    _family(frame[frame["unit"] == "attributions"])
    _family(frame[frame["unit"] != "attributions"])


def test_names_in_the_main_voice_are_a_family_of_their_own(result: Comparison) -> None:
    _family(result.naming[result.naming["voice"] == "own"])
    _family(result.naming[result.naming["voice"] != "own"])


def test_a_name_is_tested_only_where_its_referent_is_mentioned_ten_times(scored: Any, lookup: Any) -> None:
    own = scored.findings[(scored.findings["layer"] == "naming") & (scored.findings["voice"] == "own")]
    outlet = own["article_id"].map(scored.articles.set_index("id")["outlet"])
    # of the Herald's mentions nine are left, and all of the others
    few = own[(outlet == "Herald") & own["entry"].isin(["e0", "e1"])].index[9:]
    fewer = scored.having(findings=scored.findings.drop(index=few))
    naming = compare(fewer, resamples=100, permutations=100, lookup=lookup).naming
    attack = naming[(naming["referent"] == "attack") & (naming["voice"] == "own")].set_index(["entry", "group"])
    assert attack.loc[("e0", "Herald"), "total"] == 9
    assert np.isnan(attack.loc[("e0", "Herald"), "p"])
    assert attack.loc[("e0", "Post"), "p"] > 0


def test_the_smallest_p_of_names_may_be_finer_than_the_permutations(scored: Any, lookup: Any) -> None:
    findings = scored.findings.copy()
    outlet = findings["article_id"].map(scored.articles.set_index("id")["outlet"])
    attack = (findings["layer"] == "naming") & findings["entry"].isin(["e0", "e1"])
    findings.loc[attack, "entry"] = np.where(outlet[attack] == "Post", "e0", "e1")
    findings.loc[attack, "category"] = "kind"
    found = compare(scored.having(findings=findings), resamples=100, permutations=100, lookup=lookup)
    naming = found.naming[(found.naming["entry"] == "e0") & (found.naming["voice"] == "own")].set_index("group")
    assert naming.loc["Post", "p"] == pytest.approx(1 / 1001)
    assert naming.loc["Post", "difference"] == pytest.approx(1)
    assert found.rates["p"].min() >= 1 / 101


def test_a_small_group_is_drawn_to_the_others_more_than_a_large_one(result: Comparison) -> None:
    rows = result.rates[(result.rates["layer"] == "loaded") & (result.rates["category"] == "")]
    rows = rows[rows["voice"] == "own"].set_index("group")
    moved = (
        (rows["shrunk"] - rows["value"]) / (rows["count"].sum() / rows["n_words"].sum() * 1000 - rows["value"])
    ).abs()
    assert rows["shrunk"].notna().all()
    assert moved["Gazette"] > moved["Post"]
    assert (rows["shrunk_low"] <= rows["shrunk"]).all()
    assert (rows["shrunk"] <= rows["shrunk_high"]).all()


def test_attributed_words_are_no_surer_than_the_attributions_that_they_stand_in(
    analysis: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test of a share of words is given how many attributions there are, article by article."""
    given: list[Any] = []

    def spied(sums: Sums, *, trials: Any = None, **options: Any) -> Any:
        given.append((sums, trials))
        return permutation_p(sums, trials=trials, **options)

    monkeypatch.setattr("framing.comparison._tested.permutation_p", spied)
    setting = prepare(analysis, Options(resamples=100, permutations=100))
    share_tables(setting, units(setting, speech(setting, analysis)))
    sums, trials = given[0]
    assert (np.asarray(sums.totals)[:, 1] == 4 * 2).all()  # two attributions of four words in each article
    assert (trials[:, 0] == 2).all()
    assert (trials[:, 1] == 2).all()


def test_shrunken_rates_take_the_clumps_of_articles_into_account(analysis: Any) -> None:
    uneven = analysis.articles.assign(loaded_own=np.where(np.arange(len(analysis.articles)) % 4 == 0, 40, 1))
    setting = prepare(analysis.having(articles=uneven), Options(resamples=100, permutations=100))
    rates = rate_table(setting)
    rows = rates[(rates["layer"] == "loaded") & (rates["category"] == "") & (rates["voice"] == "own")]
    count, words = (rows[name].to_numpy(dtype=float)[:, np.newaxis] for name in ("count", "n_words"))
    naive = shrunken(count, words)
    width = (rows["shrunk_high"] - rows["shrunk_low"]).to_numpy()
    assert (width > 1.5 * (naive.high - naive.low)[:, 0]).all()
