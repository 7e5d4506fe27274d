"""Comparisons of groups of articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import Comparison, compare
from framing.comparison._frame import COLUMNS, table
from framing.errors import OptionError

# no model ran on this analysis: test_trained.py has one on which they did
OF_MODELS = {"sentences", "biased_sentences", "biased_words", "frames", "models", "distances"}
# no events and no time were asked for, and the words of the made tables stand in none of the made texts
OF_OPTIONS = {"events", "event_articles", "copies", "matched", "event_rates", "trends", "concordance"}


@pytest.fixture(scope="module")
def result(analysis: Any, lookup: Any) -> Comparison:
    """Give the comparison of the four outlets."""
    return compare(analysis, resamples=200, permutations=500, seed=3, lookup=lookup)


def _quick(analysis: Any, lookup: Any, **options: Any) -> Comparison:
    return compare(analysis, **{"resamples": 100, "permutations": 100, "lookup": lookup, **options})


def test_every_table_has_the_columns_of_the_model_and_the_types_of_an_empty_one(result: Comparison) -> None:
    for name, columns in COLUMNS.items():
        found = getattr(result, name)
        assert tuple(found.columns) == columns, name
        assert not found.empty or name in OF_MODELS | OF_OPTIONS, name
        assert found.dtypes.to_dict() == table(name).dtypes.to_dict(), name
        for column in columns:
            name = re.sub("(?<=^share_)(own|quoted|reported)(?=_)", "", column)
            assert name.removeprefix("share_") in (Comparison.__doc__ or "")


def test_every_block_has_all_groups_in_order(result: Comparison) -> None:
    groups = list(result.groups["group"])
    assert groups == sorted(groups)
    for name, keys in (
        ("rates", ["layer", "category", "voice"]),
        ("terms", ["layer", "lexicon", "entry", "category", "voice"]),
        ("naming", ["topic", "referent", "entry", "voice"]),
        ("balance", ["unit", "side"]),
        ("roles", ["unit", "role"]),
        ("evenness", ["unit", "measure"]),
        ("replies", ["measure", "side"]),
        ("positions", ["part", "voice"]),
        ("stance", ["side", "stance"]),
        ("sourcing", ["measure"]),
        ("readability", ["formula"]),
        ("headlines", ["layer"]),
    ):
        blocks = getattr(result, name).groupby(keys, sort=False)["group"].agg(list)
        assert all(block == groups for block in blocks), name


def test_rates_add_up_to_what_the_articles_say(result: Comparison, analysis: Any) -> None:
    articles = analysis.articles[analysis.articles["outlet"] == "Post"]
    rates = result.rates.set_index(["layer", "category", "voice", "group"])
    own = rates.loc[("loaded", "", "own", "Post")]
    assert own["count"] == articles["loaded_own"].sum()
    assert own["n_words"] == articles["words_own"].sum()
    assert own["value"] == pytest.approx(1000 * own["count"] / own["n_words"])
    assert own["articles_with"] == (articles["loaded_own"] > 0).sum()
    every = rates.loc[("loaded", "", "all", "Post")]
    assert every["count"] == sum(articles[f"loaded_{voice}"].sum() for voice in ("own", "quoted", "reported"))
    assert every["n_words"] == articles["words"].sum()


def test_categories_of_a_layer_add_up_to_it(result: Comparison) -> None:
    rates = result.rates[(result.rates["layer"] == "loaded") & (result.rates["group"] == "Herald")]
    whole = rates[rates["category"] == ""].set_index("voice")["count"]
    parts = rates[rates["category"] != ""].groupby("voice")["count"].sum()
    assert whole.sort_index().to_dict() == parts.sort_index().to_dict()


def test_the_planted_difference_is_found_and_no_other_layer_differs(result: Comparison) -> None:
    own = result.rates[(result.rates["voice"] == "own") & (result.rates["category"] == "")]
    loaded = own[own["layer"] == "loaded"].set_index("group")
    assert loaded.loc["Post", "q"] < 0.05
    assert loaded.loc["Post", "ratio_low"] > 1.2
    assert (own[own["layer"] != "loaded"]["q"].dropna() > 0.05).all()


def test_a_small_group_is_estimated_and_warned_of_but_not_tested(result: Comparison) -> None:
    rates = result.rates[result.rates["group"] == "Gazette"]
    assert rates[["p", "q"]].isna().all(axis=None)
    assert rates[rates["voice"] == "own"]["low"].notna().all()
    warning = result.groups.set_index("group")["warning"]
    assert warning["Gazette"] == "only 2 articles, fewer than 5: no p-value"
    assert warning["Post"] == ""
    assert any("Gazette" in note for note in result.notes)


def test_q_is_corrected_in_two_families(result: Comparison) -> None:
    first = (result.rates["category"] == "") & (result.rates["voice"] == "own")
    for family in (first, ~first):
        tested = result.rates[family].dropna(subset=["p"])
        assert (tested["q"] >= tested["p"]).all()
        assert tested["q"].max() == pytest.approx(tested["p"].max())


def test_shares_of_names_sum_to_one(result: Comparison) -> None:
    sums = result.naming.groupby(["referent", "voice", "group"])["value"].sum(min_count=1).dropna()
    assert sums.to_numpy() == pytest.approx(1)
    assert set(result.naming["referent"]) == {"attack", "government"}
    assert "invasion" in set(result.naming["form"])


def test_balance_of_each_unit_sums_to_one_and_the_unknown_come_last(result: Comparison) -> None:
    for _, block in result.balance.groupby(["unit", "group"]):
        assert list(block["side"]) == ["russia", "ukraine", "unknown"]
        assert block["value"].sum() == pytest.approx(1)


def test_balance_counts_attributions_words_and_direct_quotations(result: Comparison, analysis: Any) -> None:
    here = analysis.attributions[analysis.attributions["article_id"] < "a012"]
    kyiv = here[here["side"] == "ukraine"]
    found = result.balance[(result.balance["group"] == "Herald") & (result.balance["side"] == "ukraine")]
    counts = dict(zip(found["unit"], found["count"], strict=True))
    assert 0 < counts.pop("first-third") <= 12 * 4
    assert counts == {
        "attributions": len(kyiv),
        "words": 4 * len(kyiv),
        "direct": (kyiv["kind"] == "direct").sum(),
    }


def test_sourcing_reads_truth_from_text_too(analysis: Any, lookup: Any) -> None:
    written = analysis.attributions.assign(
        anonymous=analysis.attributions["anonymous"].map({True: "true", False: "false"})
    )
    found = _quick(analysis, lookup).sourcing
    assert found.equals(_quick(analysis.having(attributions=written), lookup).sourcing)
    anonymous = found[found["measure"] == "anonymous"]
    assert anonymous["count"].sum() == analysis.attributions["anonymous"].sum()


def test_keyness_leaves_out_numbers_and_the_outlets_own_name(result: Comparison) -> None:
    words = result.keyness[result.keyness["group"] == "Post"]
    assert words["word"].iloc[0] == "regime"
    assert not {"post", "2024"} & set(words["word"])
    assert words["z"].is_monotonic_decreasing


def test_keyness_reads_the_voice_asked_for(analysis: Any, lookup: Any) -> None:
    assert _quick(analysis, lookup, voice="quoted").keyness.empty
    assert set(_quick(analysis, lookup, voice="all").keyness["voice"]) == {"all"}


def test_readability_leaves_out_formulas_that_were_not_computed(result: Comparison) -> None:
    assert set(result.readability["formula"]) == {"flesch_reading_ease"}


def test_headlines_stand_beside_the_bodies_of_the_same_articles(analysis: Any, lookup: Any) -> None:
    untitled = analysis.articles.assign(headline_words=analysis.articles["headline_words"].where(lambda x: x.index > 5))
    found = _quick(analysis.having(articles=untitled), lookup).headlines.set_index(["layer", "group"])
    herald = untitled.iloc[6:12]
    assert found.loc[("loaded", "Herald"), "n_articles"] == 6
    body = 1000 * herald["loaded_own"].sum() / herald["words_own"].sum()
    assert found.loc[("loaded", "Herald"), "body"] == pytest.approx(body)


def test_evidence_shows_the_marked_words_in_their_sentence(result: Comparison) -> None:
    row = result.evidence.iloc[0]
    assert (row["before"], row["after"]) == ("Kyiv said it was an ", ".")
    assert row["text"]
    assert (row["start"], row["end"]) == (40, 48)
    forms = result.evidence[result.evidence["layer"] == "loaded"].groupby("entry")["form"].agg(set)
    assert forms.to_dict() == {"e0": {"invasion"}, "e1": {"term 1"}, "e2": {"term 2"}}
    assert set(result.evidence[result.evidence["entry"] == ""]["form"]) == {""}
    assert set(result.evidence[result.evidence["entry"] == "e2"]["source_work"]) == {"framing"}


def test_a_small_comparison_keeps_all_its_evidence(result: Comparison, analysis: Any) -> None:
    assert len(result.evidence) == len(analysis.findings) < 3000


def test_evidence_takes_one_of_every_article_before_a_second(analysis: Any, lookup: Any) -> None:
    many = pd.concat([analysis.findings] * 5, ignore_index=True)
    found = _quick(analysis.having(findings=many), lookup).evidence
    loaded = found[(found["layer"] == "loaded") & (found["group"] == "Herald")]
    assert len(loaded) == 50
    assert loaded["article_id"].nunique() == 12


def test_evidence_does_without_texts(analysis: Any, lookup: Any) -> None:
    found = _quick(analysis.having(texts={}), lookup).evidence
    assert set(found["before"]) == {""}
    assert (found["text"] != "").all()


def test_a_repeated_text_counts_once_within_its_group(make: Callable[..., Any], lookup: Any) -> None:
    fake = make(["A"] * 6 + ["B"] * 6)
    first = ["", "a000", "", "", "", "", "a000", "", "", "", "", ""]
    found = _quick(fake.having(articles=fake.articles.assign(duplicate_of=first)), lookup)
    assert found.groups["n_duplicates"].tolist() == [1, 0]
    assert found.groups["n_articles"].tolist() == [5, 6]
    left = fake.articles.drop(index=1)
    rates = found.rates.set_index(["layer", "category", "voice", "group"])
    assert rates.loc[("loaded", "", "own", "A"), "count"] == left[left["outlet"] == "A"]["loaded_own"].sum()
    assert "a001" not in set(found.evidence["article_id"])
    assert len(found.articles) == 12
    assert any("repeated text counts once" in note for note in found.notes)


def test_any_column_can_be_compared_by(analysis: Any, lookup: Any) -> None:
    assert list(_quick(analysis, lookup, by="section").groups["group"]) == ["0", "1"]


def test_empty_values_make_a_group_that_comes_last(analysis: Any, lookup: Any) -> None:
    holes = analysis.articles.assign(section=np.where(np.arange(38) < 3, np.nan, np.arange(38) % 2))
    found = _quick(analysis.having(articles=holes), lookup, by="section")
    assert list(found.groups["group"]) == ["0", "1", "(none)"]
    assert any("without a value of section" in note for note in found.notes)


def test_one_group_has_estimates_and_nothing_to_compare(make: Callable[..., Any], lookup: Any) -> None:
    found = _quick(make(["A"] * 8), lookup)
    assert found.rates[["ratio", "difference", "p", "q"]].isna().all(axis=None)
    assert found.rates["low"].notna().any()
    assert found.keyness.empty
    assert any("one group only" in note for note in found.notes)


def test_one_article_has_values_without_bounds(make: Callable[..., Any], lookup: Any) -> None:
    found = _quick(make(["A"]), lookup)
    assert found.rates["value"].notna().all()
    assert found.rates[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("gone", ["findings", "attributions", "sides", "articles"])
def test_nothing_found_gives_empty_tables_with_their_columns(gone: str, make: Callable[..., Any], lookup: Any) -> None:
    fake = make(["A"] * 6 + ["B"] * 6)
    if gone == "sides":
        fake = fake.having(attributions=fake.attributions.assign(side=""))
    elif gone == "articles":
        words = type(fake.words)([], np.zeros(1, dtype=np.int64), fake.words.word[:0], fake.words.counts[:0])
        fake = fake.having(
            **{name: getattr(fake, name).iloc[:0] for name in ("articles", "sentences", "findings", "attributions")},
            words=words,
        )
    else:
        fake = fake.having(**{gone: getattr(fake, gone).iloc[:0]})
    found = _quick(fake, lookup)
    expected = {
        "findings": {"terms", "naming", "evidence"},
        "attributions": {
            "balance",
            "roles",
            "evenness",
            "speakers",
            "replies",
            "positions",
            "stance",
            "sourcing",
            "article_balance",
            "segments",
        },
        "sides": {"balance", "evenness", "replies"},
        "articles": set(COLUMNS) - {"rates"},
    }[gone]
    for name, columns in COLUMNS.items():
        assert tuple(getattr(found, name).columns) == columns
        assert getattr(found, name).dtypes.to_dict() == table(name).dtypes.to_dict(), name
    empty = {name for name in COLUMNS if getattr(found, name).empty}
    # whether anything differs enough to be checked or to be telling is chance
    chance = {"keyness", "rates", "checks", "shifts"} | OF_MODELS | OF_OPTIONS
    assert empty - chance == expected - chance
    assert found.notes


def test_a_lexicon_that_is_gone_is_noted(analysis: Any, lookup: Any) -> None:
    moved = analysis.findings.assign(lexicon=analysis.findings["lexicon"].replace({"en/naming": "gone"}))
    found = _quick(analysis.having(findings=moved), lookup)
    assert set(found.naming["referent"]) == {"kind-0", "kind-1", "kind-2"}
    assert any("Lexicon gone" in note for note in found.notes)


def test_the_same_seed_gives_the_same_comparison(analysis: Any, lookup: Any) -> None:
    first, again = (_quick(analysis, lookup, seed=5) for _ in range(2))
    other = _quick(analysis, lookup, seed=6)
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again, name))
    assert not first.rates["low"].equals(other.rates["low"])
    assert first.rates["value"].equals(other.rates["value"])


def test_the_manifest_says_how_it_was_compared(result: Comparison) -> None:
    given = {"by": ["outlet"], "over": None, "reference": None, "match": None, "seed": 3, "resamples": 200}
    assert {name: result.manifest[name] for name in given} == given
    assert result.manifest["version"] == "0"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "leaning"}, "no column 'leaning' to compare by; the articles have id, outlet, date"),
        ({"voice": "loud"}, "voice must be one of own, quoted, reported, all, found 'loud'"),
        ({"resamples": 10}, "resamples must be at least 100, found 10"),
        ({"permutations": 0}, "permutations must be at least 100, found 0"),
        ({"seed": -1}, "seed must be at least 0, found -1"),
    ],
)
def test_options_out_of_range_are_refused_in_one_line(
    options: dict[str, Any], message: str, analysis: Any, lookup: Any
) -> None:
    with pytest.raises(OptionError) as error:
        compare(analysis, lookup=lookup, **options)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_telling_words_that_stand_in_no_text_have_no_lines(analysis: Any, lookup: Any) -> None:
    words = replace(analysis.words, vocabulary=[f"zzz{letter}" for letter in "abcdef"])
    found = _quick(analysis.having(words=words), lookup)
    assert not found.keyness.empty
    assert found.concordance.empty
