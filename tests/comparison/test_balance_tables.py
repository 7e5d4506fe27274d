"""Who is heard: sides, roles, speakers, the balance index, and who is accused and not heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.comparison import Comparison, compare

Make = Callable[..., Any]


def _attributions(rows: list[dict[str, Any]]) -> pd.DataFrame:
    usual = {
        "kind": "indirect", "content": "20-49", "content_text": "one two three", "speaker": "Kyiv", "side": "ukraine",
        "role": "government", "stance": "neutral", "anonymous": False,
    }  # fmt: skip
    return pd.DataFrame([{**usual, "article_id": "a000", **row} for row in rows])


def _compared(fake: Any, rows: list[dict[str, Any]], findings: list[dict[str, Any]] | None = None) -> Comparison:
    found = fake.findings.iloc[:0]
    if findings is not None:
        usual = {"sentence": 1, "start": 40, "end": 48, "text": "x", "lexicon": "rule", "entry": "x", "category": "x",
                 "voice": "own", "source": "", "score": np.nan}  # fmt: skip
        found = pd.DataFrame([{**usual, **row} for row in findings])
    fake = fake.having(attributions=_attributions(rows), findings=found)
    return compare(fake, resamples=100, permutations=100, lookup=lambda _: {})


def _one(table: pd.DataFrame, **where: object) -> pd.Series[Any]:
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_the_index_of_two_sides_is_their_entropy_over_its_largest_value(make: Make) -> None:
    rows = [{"article_id": f"a{i:03d}", "side": side} for i, side in enumerate(["ukraine"] * 3 + ["russia"])]
    found = _compared(make(["A"] * 4), rows).evenness
    row = _one(found, unit="attributions", measure="evenness")
    assert row["value"] == pytest.approx(-(0.75 * np.log2(0.75) + 0.25 * np.log2(0.25)))
    assert row["low"] < row["value"] < row["high"]
    difference = _one(found, unit="attributions", measure="difference")
    assert (difference["sides"], difference["value"]) == ("ukraine;russia", 0.5)


def test_one_side_only_has_the_index_nought_and_no_difference(make: Make) -> None:
    found = _compared(make(["A"] * 2), [{"article_id": "a000"}, {"article_id": "a001"}]).evenness
    assert set(found["measure"]) == {"evenness"}
    assert found.loc[found["unit"] == "attributions", ["value", "low", "high"]].to_numpy().tolist() == [[0, 0, 0]]


def test_a_side_hardly_ever_heard_is_none_that_balance_needs(make: Make) -> None:
    rows = [{"side": "ukraine"}] * 100 + [{"side": "russia"}] * 100 + [{"side": "eu"}]
    found = _compared(make(["A"] * 2), rows).evenness
    assert set(found["sides"]) == {"russia;ukraine"}
    assert _one(found, unit="attributions", measure="evenness")["value"] == pytest.approx(1)


def test_an_article_has_an_index_from_five_attributions_of_known_sides(make: Make) -> None:
    rows = [{"side": side} for side in ("ukraine", "ukraine", "russia", "russia")]
    four = _compared(make(["A"] * 2), [*rows, {"side": ""}]).articles
    five = _compared(make(["A"] * 2), [*rows, {"side": "ukraine"}]).articles
    assert four["evenness"].isna().all()
    assert five["evenness"].round(3).fillna(-1).tolist() == [0.971, -1]
    assert five["difference"].fillna(-1).tolist() == pytest.approx([0.2, -1])


def test_the_first_third_holds_words_before_a_third_of_the_article_is_over(make: Make) -> None:
    """Sentences have 3, 6 and 3 words, characters 0-19, 20-49 and 50-62: a third is over at character 25."""
    rows = [{"content": "0-19", "side": "russia"}, {"content": "50-62"}]
    found = _compared(make(["A"]), rows).balance
    shares = found[found["unit"] == "first-third"].set_index("side")["value"]
    assert shares.to_dict() == {"russia": 1.0, "ukraine": 0.0}


def test_roles_are_shared_out_like_sides(make: Make) -> None:
    found = _compared(make(["A"]), [{"role": "expert"}, {"role": ""}, {"role": "expert"}, {"role": "media"}]).roles
    shares = found[found["unit"] == "attributions"].set_index("role")["value"]
    assert shares.to_dict() == {"expert": 0.5, "media": 0.25, "unknown": 0.25}


def test_spellings_of_a_speaker_are_one_speaker(make: Make) -> None:
    rows = [{"speaker": "Volodymyr Zelensky"}, {"speaker": "Volodymyr Zelenskyy", "kind": "direct"}, {"speaker": ""}]
    found = _compared(make(["A"]), rows)
    row = _one(found.speakers)
    assert (row["attributions"], row["words"], row["direct"], row["articles"]) == (2, 6, 1, 1)
    assert row["share"] == pytest.approx(2 / 3)
    assert (row["side"], row["role"]) == ("ukraine", "government")
    assert found.groups["n_speakers"].tolist() == [1]
    assert found.articles["speakers"].tolist() == [1]


def test_speakers_stand_in_the_order_of_their_words(make: Make) -> None:
    rows = [{"speaker": "Ann Lee"}, {"speaker": "Bo Ray", "content_text": "one two three four"}]
    assert _compared(make(["A"]), rows).speakers["speaker"].tolist() == ["Bo Ray", "Ann Lee"]


def test_a_side_accused_is_heard_asked_or_left_out(make: Make) -> None:
    accused = {"layer": "accused", "side": "russia"}
    rows = [{"article_id": "a000"}, {"article_id": "a001"}, {"article_id": "a002"}]
    rows.append({"article_id": "a000", "side": "russia"})
    findings = [{**accused, "article_id": f"a{i:03d}"} for i in range(3)]
    findings.append({"article_id": "a001", "layer": "declined", "side": "russia"})
    found = _compared(make(["A"] * 3), rows, findings)
    counts = found.replies[found.replies["side"] == "russia"].set_index("measure")["count"]
    assert counts.to_dict() == {
        "accused": 3, "accused-heard": 1, "accused-declined": 1, "accused-unheard": 1, "declined": 1, "unverified": 0,
    }  # fmt: skip
    assert found.articles["accused_unheard"].tolist() == ["", "", "russia"]
    assert found.articles["accused_declined"].tolist() == ["", "russia", ""]
    assert found.articles["heard"].tolist() == ["russia;ukraine", "ukraine", "ukraine"]


def test_an_unverified_claim_counts_for_the_side_that_made_it(make: Make) -> None:
    findings = [{"article_id": "a000", "layer": "unverified", "side": "ukraine"}]
    found = _compared(make(["A"] * 2), [{"article_id": "a000"}, {"article_id": "a000"}], findings)
    assert _one(found.replies, measure="unverified", side="ukraine")["value"] == 0.5
    assert found.articles["unverified"].tolist() == [1, 0]
    assert "unverified" not in set(found.rates["layer"])
    assert "unverified" in set(found.evidence["layer"])


def test_a_repeated_text_has_the_numbers_of_the_one_that_counts(make: Make) -> None:
    fake = make(["A"] * 3)
    fake = fake.having(articles=fake.articles.assign(duplicate_of=["", "", "a000"]))
    found = _compared(fake, [{"article_id": "a000"}, {"article_id": "a002"}])
    assert found.articles["attributions"].tolist() == [1, 0, 1]
    assert found.groups["n_attributions"].tolist() == [1]


def test_shares_by_article_sum_to_one_for_sides_and_for_roles(analysis: Any, lookup: Any) -> None:
    found = compare(analysis, resamples=100, permutations=100, lookup=lookup).article_balance
    for unit in ("attributions", "words", "direct", "first_third"):
        sums = found.groupby(["id", "kind"])[f"share_{unit}"].sum(min_count=1).dropna()
        assert sums.to_numpy() == pytest.approx(1), unit
    sides, roles = found.groupby("kind")["attributions"].sum()
    assert sides == roles == len(analysis.attributions)


def test_voices_share_out_every_tenth_of_the_articles(analysis: Any, lookup: Any) -> None:
    found = compare(analysis, resamples=100, permutations=100, lookup=lookup).positions
    assert sorted(set(found["part"])) == list(range(1, 11))
    assert found.groupby(["group", "part"])["value"].sum().to_numpy() == pytest.approx(1)
    assert (found["low"] <= found["value"] + 1e-9).all()
    assert (found["value"] <= found["high"] + 1e-9).all()


def test_a_tenth_that_is_all_quotation_is_all_quoted(make: Make) -> None:
    found = _compared(make(["A"] * 2), [{"kind": "direct", "content": "0-62"}]).positions
    assert _one(found, part=3, voice="quoted")["value"] == pytest.approx(0.5)
    assert _one(found, part=3, voice="own")["value"] == pytest.approx(0.5)
