"""Lines for telling words, and the words themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing
from framing.comparison._concordance import WIDTH, _after, _before, concordance_table
from framing.comparison._frame import table
from framing.comparison._keyness import keyness_table
from framing.comparison._setting import Options, Setting, prepare

LONG = "It had rained for days in the valley and nobody had expected the water to come so far "
TEXTS = {
    "A": [
        "The regime closed two schools on Monday. Parents stood outside for an hour.",
        f"{LONG}down.\n\nOn Tuesday   the\nregime said nothing of it, {LONG}again.",
        "Nothing moved in town. “The regime must go,” said Anna Meyer, a teacher. The regime’s men",
        "“This regime has failed us all,” said Anna Meyer, a teacher from the north of the country.",
        "Another quiet day in town. The regime opened a bridge over the river.",
        "The mayor spoke for an hour.\n\nCopyright 2015 The Regime Press. All rights reserved. This material may not "
        "be published, broadcast, rewritten or redistributed.",
    ],
    "B": ["The government closed two schools on Monday. Parents stood outside for an hour."],
}


@pytest.fixture(scope="module")
def small() -> Any:
    """Give an analysis of texts in which a regime is spoken of in several voices."""
    rows = [
        {"id": f"{outlet}{number}", "outlet": outlet, "text": text}
        for outlet, texts in TEXTS.items()
        for number, text in enumerate(texts)
    ]
    return framing.analyze(pd.DataFrame(rows), only=["loaded"])


def _shown(small: Any, voice: str = "own", seed: int = 0, words: tuple[str, ...] = ("regime",)) -> pd.DataFrame:
    setting = prepare(small, Options(voice=voice, seed=seed))
    return concordance_table(setting, small, pd.DataFrame({"group": "A", "word": list(words)}))


def test_lines_are_of_different_articles_and_in_the_main_voice(small: Any) -> None:
    found = _shown(small)
    assert len(found) == 3
    assert found["article_id"].is_unique
    assert set(found["article_id"]) <= {"A0", "A1", "A2", "A4"}
    for row in found.itertuples():
        assert small.text(row.article_id)[row.start : row.end] == row.text
        assert row.text.lower().removesuffix("’s") == "regime"
    assert found.dtypes.to_dict() == table("concordance").dtypes.to_dict()


def test_a_quotation_is_shown_where_quotations_were_counted(small: Any) -> None:
    found = _shown(small, "quoted").set_index("article_id")
    assert found["after"].to_dict() == {"A2": " must go,” said Anna Meyer, a teacher. The regime’s men",
                                        "A3": " has failed us all,” said Anna Meyer, a teacher from the"}  # fmt: skip
    assert found.loc["A3", "before"] == "“This "


def test_page_furniture_is_never_shown(small: Any) -> None:
    assert "A5" in set(small.findings[small.findings["layer"] == "furniture"]["article_id"])
    for seed in range(5):
        assert "A5" not in set(_shown(small, "all", seed)["article_id"])
    # nor does a line run into it
    row = _shown(small, words=("hour",)).set_index("article_id").loc["A5"]
    assert (row["before"], row["text"], row["after"]) == ("The mayor spoke for an ", "hour", ".")


def test_surroundings_are_cut_at_words_and_white_space_is_collapsed(small: Any) -> None:
    lines = [_shown(small, seed=seed) for seed in range(6)]
    row = pd.concat(lines).drop_duplicates("article_id").set_index("article_id").loc["A1"]
    assert row["before"].endswith("far down. On Tuesday the ")
    assert len(row["before"]) <= WIDTH
    assert len(row["after"]) <= WIDTH
    assert (" " + LONG).find(" " + row["before"].split("down")[0]) >= 0
    assert (LONG + " ").startswith(row["after"].removeprefix(" said nothing of it, ") + " ")


def test_the_same_seed_shows_the_same_lines(small: Any) -> None:
    assert _shown(small, seed=3).equals(_shown(small, seed=3))
    assert any(not _shown(small, seed=3).equals(_shown(small, seed=seed)) for seed in range(4, 12))


def test_a_word_that_is_not_found_as_often_as_it_was_counted_is_not_shown(small: Any) -> None:
    class Other:
        """The same analysis with another text in the place of one."""

        def __getattr__(self, name: str) -> Any:
            return getattr(small, name)

        def text(self, article_id: str) -> str:
            if article_id == "A4":
                raise KeyError(article_id)
            return "The regime did it." if article_id == "A2" else small.text(article_id) + " The regime again."

    setting: Setting = prepare(small, Options())
    found = concordance_table(setting, Other(), pd.DataFrame({"group": ["A"], "word": ["regime"]}))  # type: ignore[arg-type]
    assert found["article_id"].tolist() == ["A2"]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("", "", ""),
        ("  a \n b\t", "a b ", " a b"),
        ("x" * 100, "x" * WIDTH, "x" * WIDTH),
        ("word " * 30, "word " * 12, "word " * 11 + "word"),
        (" word" * 30, " ".join(["word"] * 12), " word" * 12),
    ],
)
def test_a_cut_falls_between_words(text: str, before: str, after: str) -> None:
    assert (_before(text), _after(text)) == (before, after)


@dataclass(frozen=True)
class Counts:
    """Words of a few articles."""

    vocabulary: list[str]
    indptr: np.ndarray
    word: np.ndarray
    counts: np.ndarray


def _counts(vocabulary: list[str], rows: list[list[int]], quoted: int = 0) -> Counts:
    counts = np.zeros((len(rows) * len(vocabulary), 3), dtype=np.uint16)
    counts[:, 0] = np.array(rows).ravel()
    counts[:, 1] = quoted
    word = np.tile(np.arange(len(vocabulary), dtype=np.int32), len(rows))
    return Counts(vocabulary, np.arange(len(rows) + 1) * len(vocabulary), word, counts)


WORDS = ["the", "regime", "rain", "town"]
# regime stands twice as often in A as in B and C, rain in all of them twice as often as in the corpus
ROWS = [[50, 4, 4, 2]] * 4 + [[50, 2, 4, 4]] * 4 + [[50, 2, 4, 4]] * 4
CORPUS = _counts(["rain", "the", "regime", "unheard"], [[20, 500, 40, 40], [20, 500, 40, 40]])


@pytest.fixture(scope="module")
def worded(make: Callable[..., Any]) -> Any:
    """Give an analysis of which every word is known."""
    return make(["A"] * 4 + ["B"] * 4 + ["C"] * 4).having(words=_counts(WORDS, ROWS))


def _key(worded: Any, corpus: Any = None, **options: Any) -> pd.DataFrame:
    found = keyness_table(prepare(worded, Options(**options)), worded.words, corpus)
    return found.set_index(["against", "group", "word"])


def test_a_corpus_is_set_against_every_group(worded: Any) -> None:
    found = _key(worded, CORPUS)
    assert set(found.loc["corpus"].loc["A"].index) >= {"rain", "town"}
    row = found.loc[("corpus", "A", "rain")]
    # 16 in 240 words against 40 in 1,200
    assert (row["count"], row["count_others"]) == (16, 40)
    assert (row["rate"], row["rate_others"]) == pytest.approx((1000 * 16 / 240, 1000 * 40 / 1200))
    assert row["log_odds"] > 0
    # in B as often as in the corpus half of a regime, so that it is no word of B
    assert "regime" not in found.loc["corpus"].loc["B"].index
    # a word that the corpus never has counts against it
    assert found.loc[("corpus", "B", "town"), "count_others"] == 0


def test_the_others_are_ranked_first_and_as_without_a_corpus(worded: Any) -> None:
    both, alone = _key(worded, CORPUS), _key(worded)
    assert list(both.index.get_level_values("against").drop_duplicates()) == ["others", "corpus"]
    pd.testing.assert_frame_equal(both.loc[["others"]], alone)


def test_one_group_alone_can_be_set_against_a_corpus(worded: Any) -> None:
    one = worded.having(articles=worded.articles.assign(outlet="A"))
    found = _key(one, CORPUS)
    assert set(found.index.get_level_values("against")) == {"corpus"}
    assert _key(one).empty


def test_voices_of_a_corpus_count_only_where_they_were_told_apart(worded: Any) -> None:
    told = _counts(["rain", "unheard"], [[20, 900], [20, 900]], quoted=7)
    assert _key(worded, told).loc[("corpus", "A", "rain"), "count_others"] == 40
    assert _key(worded, told, voice="all").loc[("corpus", "A", "rain"), "count_others"] == 54
    flat = Counts(told.vocabulary, told.indptr, told.word, told.counts.sum(axis=1))
    assert _key(worded, flat).loc[("corpus", "A", "rain"), "count_others"] == 54


def test_with_a_reference_the_others_are_the_reference_alone(worded: Any) -> None:
    found = _key(worded, reference="C")
    assert set(found.index.get_level_values("group")) == {"A"}
    row = found.loc[("others", "A", "regime")]
    assert (row["count"], row["count_others"]) == (16, 8)
    assert row["rate_others"] == pytest.approx(1000 * 8 / 240)
    # against B and C together it would be 16 to 16
    assert _key(worded).loc[("others", "A", "regime"), "count_others"] == 16
