"""What is compared with what, said on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing import _data
from framing.analysis import analyze

Run = Callable[..., Any]
ARGUMENTS = ("--figures", "none", "--quiet")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the tables of the bundled sample, which has a column of events, analysed by two measures."""
    folder = tmp_path_factory.mktemp("sample")
    analyze(_data.reports() / "sample" / "articles.jsonl", only=["loaded", "hedging"], output=folder, jobs=1)
    return str(folder)


def _compared(folder: str = "c") -> dict[str, object]:
    found: dict[str, object] = json.loads(Path(folder, "comparison.json").read_text(encoding="utf-8"))
    return found


def test_two_columns_are_crossed(run: Run, sample: str) -> None:
    done = run("compare", sample, "-o", "c", "--by", "outlet", "--by", "event", *ARGUMENTS)
    assert done.code == 0, done.err
    groups = pd.read_csv("c/groups.csv")
    assert len(groups) == 12
    assert groups["first"].nunique() == 3
    assert groups["second"].nunique() == 4
    assert "Northmarch Courier × ceasefire" in set(groups["group"])


def test_columns_behind_a_comma_are_crossed_too(run: Run, sample: str) -> None:
    assert run("compare", sample, "-o", "a", "--by", "outlet,event", *ARGUMENTS).code == 0
    assert run("compare", sample, "-o", "b", "--by", "outlet", "--by", "event", *ARGUMENTS).code == 0
    assert Path("a/rates.csv").read_bytes() == Path("b/rates.csv").read_bytes()


def test_a_column_takes_the_place_of_events(run: Run, sample: str) -> None:
    done = run("compare", sample, "-o", "c", "--match-on", "event", *ARGUMENTS)
    assert done.code == 0, done.err
    assert _compared()["matched_on"] == "event"
    matched = pd.read_csv("c/matched.csv", keep_default_na=False, na_values=[""])
    assert set(matched["n_events"]) == {4}


def test_events_are_found(run: Run, sample: str) -> None:
    assert run("compare", sample, "-o", "c", "--match-events", *ARGUMENTS).code == 0
    assert _compared()["matched_on"] == "events"
    found = pd.read_csv("c/event_articles.csv")
    assert found.groupby("event")["group"].nunique().min() >= 2


def test_a_reference_is_what_all_are_set_against(run: Run, sample: str) -> None:
    assert run("compare", sample, "-o", "c", "--reference", "Northmarch Courier", *ARGUMENTS).code == 0
    whole = pd.read_csv("c/rates.csv").query("layer == 'loaded' and voice == 'own' and category.isna()")
    assert whole.set_index("group")["difference"].isna().to_dict() == {
        "Free Lowland Radio": False, "Northmarch Courier": True, "The Halvern Post": False,
    }  # fmt: skip


def test_rates_are_followed_over_time(run: Run, sample: str) -> None:
    assert run("compare", sample, "-o", "c", "--over", "month", *ARGUMENTS).code == 0
    trends = pd.read_csv("c/trends.csv")
    assert trends["period"].min() == "2025-03"
    assert trends["period"].max() == "2025-09"


def test_words_are_held_against_a_corpus_too(run: Run, sample: str) -> None:
    (Path("reference.csv")).write_text("id,text\n1," + "The mayor spoke of the port. " * 40 + "\n", encoding="utf-8")
    assert run("compare", sample, "-o", "c", "--reference-corpus", "reference.csv", *ARGUMENTS).code == 0
    assert "corpus" in set(pd.read_csv("c/keyness.csv")["against"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--match-events", "--match-on", "event"), "exclude one another"),
        (("--by", "words"), "holds counts of framing's, not groups; columns to compare by: id, outlet"),
        (("--by", "outlet", "--by", "event", "--by", "date"), "one column or two"),
        (("--by", "colour"), "no column 'colour'"),
        (("--reference", "Nobody's Gazette"), "Northmarch Courier"),
        (("--match-on", "colour"), "colour"),
        (("--match-on", "id"), "id"),
        (("--over", "decade"), "decade"),
        (("--reference-corpus", "nowhere.csv"), "nowhere.csv: no such reference corpus"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(
    run: Run, sample: str, arguments: tuple[str, ...], said: str
) -> None:
    done = run("compare", sample, "-o", "c", *arguments, *ARGUMENTS)
    assert done.code == 2
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1
