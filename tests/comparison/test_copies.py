"""How much of each group's text others have too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.comparison._copies import copy_table
from framing.comparison._frame import table
from framing.comparison._setting import Options, prepare

ROWS = [
    {"outlet": "A", "words": 600, "terms": {}},
    {"outlet": "A", "words": 400, "terms": {}},
    {"outlet": "B", "words": 300, "terms": {}},
    {"outlet": "B", "words": 100, "terms": {}},
    {"outlet": "B", "words": 100, "terms": {}, "duplicate_of": "p003"},
]


@dataclass(frozen=True)
class FakeEvents:
    """What is known of copies."""

    articles: pd.DataFrame
    words_copied: np.ndarray
    titles: Any = None
    settings: Any = None


def _found(plain: Callable[..., Any], copied: list[int], copy_of: list[str], agency: list[str]) -> pd.DataFrame:
    analysis = plain([{"duplicate_of": "", **row} for row in ROWS])
    frame = pd.DataFrame({"article_id": analysis.articles["id"], "event": "", "copy_of": copy_of, "agency": agency})
    events: Any = FakeEvents(frame.assign(similarity=0.0, copied=0.0), np.array(copied, dtype=np.int64))
    setting = prepare(analysis, Options(match=events, resamples=100, permutations=100))
    return copy_table(setting, events)


def test_shares_of_words_articles_and_agencies(plain: Callable[..., Any]) -> None:
    found = _found(plain, [0, 100, 300, 0, 0], ["", "", "p000", "", ""], ["", "Reuters", "", "", ""])
    rows = found.set_index(["measure", "group"])
    assert rows.loc[("words", "A"), ["count", "total", "value"]].tolist() == [100, 1000, 0.1]
    assert rows.loc[("words", "B"), ["count", "total", "value"]].tolist() == [300, 400, 0.75]
    assert rows.loc[("articles", "B"), ["count", "total", "value"]].tolist() == [1, 2, 0.5]
    assert rows.loc[("agency", "A"), ["count", "total", "value"]].tolist() == [1, 2, 0.5]
    assert rows.loc[("agency", "B"), "value"] == 0
    assert found.dtypes.to_dict() == table("copies").dtypes.to_dict()
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()


def test_a_text_that_recurs_within_its_group_is_no_copy_and_counts_once(plain: Callable[..., Any]) -> None:
    found = _found(plain, [0, 0, 0, 0, 100], ["", "", "", "", "p003"], [""] * 5)
    assert found["count"].sum() == 0
    assert found.set_index(["measure", "group"]).loc[("words", "B"), ["n_articles", "total"]].tolist() == [2, 400]


def test_no_more_words_are_copied_than_an_article_has(plain: Callable[..., Any]) -> None:
    found = _found(plain, [0, 0, 0, 999, 0], [""] * 5, [""] * 5)
    assert found.set_index(["measure", "group"]).loc[("words", "B"), "count"] == 100


def test_nothing_copied_leaves_what_an_article_of_so_many_may_be(plain: Callable[..., Any]) -> None:
    rows = _found(plain, [0] * 5, [""] * 5, [""] * 5).set_index(["measure", "group"])
    # none of two articles: 0 to 1 - .05 ** (1 / 2)
    assert abs(rows.loc[("words", "A"), "high"] - (1 - 0.05**0.5)) < 1e-9


def test_without_events_there_is_nothing_to_say(plain: Callable[..., Any]) -> None:
    analysis = plain([{"duplicate_of": "", **row} for row in ROWS])
    setting = prepare(analysis, Options())
    assert copy_table(setting, None).equals(table("copies"))
    assert copy_table(setting, "outlet").equals(table("copies"))
