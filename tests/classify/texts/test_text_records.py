"""Annotated texts of a file: every way to write labels, what belongs together, and what is refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from framing.classify.texts import read_records
from framing.classify.texts._near import near_duplicates
from framing.errors import InputError

Table = Callable[..., Path]
TEXTS = ["One is red.", "Two is blue.", "Three is red.", "Four is blue.", "Five is green.", "Six is green."]


def lines(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def test_two_values_are_a_label_or_not(table: Table) -> None:
    found = read_records(table(text=TEXTS, label=["biased", "non-biased"] * 3), labels="label")
    assert (found.labels, found.negative, found.exclusive) == (("biased",), "non-biased", False)
    assert found.gold[:, 0].tolist() == [True, False] * 3
    assert found.target.tolist() == [1, 0] * 3


@pytest.mark.parametrize("said", [("1", "0"), ("yes", "no"), ("True", "False")])
def test_a_column_of_yes_and_no_names_the_label(table: Table, said: tuple[str, str]) -> None:
    found = read_records(table(text=TEXTS, relevant=list(said) * 3), labels="relevant")
    assert found.labels == ("relevant",)
    assert found.gold[:, 0].tolist() == [True, False] * 3


def test_two_names_need_to_be_told_apart(table: Table) -> None:
    path = table(text=TEXTS, party=["left", "right"] * 3)
    with pytest.raises(InputError, match="values 'left', 'right'; say which is the label"):
        read_records(path, labels="party")
    assert read_records(path, labels="party", positive="left").gold[:, 0].tolist() == [True, False] * 3
    with pytest.raises(InputError, match="has no 'middle'; found: 'left', 'right'"):
        read_records(path, labels="party", positive="middle")


def test_a_prefix_alone_denies_nothing(table: Table) -> None:
    """Which of certain and uncertain is meant is for the user to say."""
    with pytest.raises(InputError, match="say which is the label"):
        read_records(table(text=TEXTS, label=["certain", "uncertain"] * 3), labels="label")


def test_more_values_are_exclusive_labels(table: Table) -> None:
    found = read_records(table(text=TEXTS, colour=["red", "blue", "red", "blue", "green", "green"]), labels="colour")
    assert (found.labels, found.exclusive) == (("blue", "green", "red"), True)
    assert found.target.tolist() == [2, 0, 2, 0, 1, 1]


def test_several_columns_are_labels_of_their_own(table: Table) -> None:
    found = read_records(table(text=TEXTS, a=[1, 0] * 3, b=["true", "true", "false"] * 2), labels=["a", "b"])
    assert (found.labels, found.exclusive) == (("a", "b"), False)
    assert found.gold.astype(int).tolist() == [[1, 1], [0, 1], [1, 0], [0, 1], [1, 1], [0, 0]]


def test_names_in_one_cell_are_joined_by_a_semicolon(table: Table) -> None:
    found = read_records(table(text=TEXTS, frames=["a; b", "b", "", "a", "c;a", "c"]), labels="frames")
    assert found.labels == ("a", "b", "c")
    assert found.gold.astype(int).tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]]


def test_objects_and_lists_of_json_are_labels(tmp_path: Path) -> None:
    objects = [{"text": text, "frames": {"a": n % 2, "b": int(n < 3)}} for n, text in enumerate(TEXTS)]
    found = read_records(lines(tmp_path / "objects.jsonl.gz", objects), labels="frames")
    assert found.labels == ("a", "b")
    assert found.gold[:, 0].tolist() == [False, True] * 3
    lists = [{"text": text, "frames": ["a"] * (n % 2) + ["b"] * (n < 3)} for n, text in enumerate(TEXTS)]
    same = read_records(lines(tmp_path / "lists.jsonl.gz", lists), labels="frames")
    assert (same.gold == found.gold).all()


def test_a_second_label_stands_beside_the_first(tmp_path: Path) -> None:
    first, second = ["a", "b", None, "a", "b", None], ["b", None, None, None, None, None]
    rows = [{"text": text, "one": one, "two": two} for text, one, two in zip(TEXTS, first, second, strict=True)]
    found = read_records(lines(tmp_path / "data.jsonl.gz", rows), labels="one", second="two", empty="none")
    assert found.labels == ("a", "b", "none")
    assert found.second is not None
    assert found.second.tolist() == [1, -1, -1, -1, -1, -1]
    rows[1]["two"] = "z"
    with pytest.raises(InputError, match="line 2: column 'two' holds 'z'; allowed: a label of 'one'"):
        read_records(lines(tmp_path / "data.jsonl.gz", rows), labels="one", second="two", empty="none")


def test_rows_without_label_are_left_out_and_counted(table: Table) -> None:
    found = read_records(
        table(text=TEXTS, colour=["red", "", "blue", "red", "blue", ""]), labels="colour", positive="red"
    )
    assert (len(found), found.unlabelled) == (4, 2)
    assert found.texts[1] == "Three is red."


def test_rows_without_text_are_left_out_and_counted(table: Table) -> None:
    path = table(text=["", *TEXTS[1:]], label=[1, 0] * 3)
    assert read_records(path, labels="label").rejected == 1
    with pytest.raises(InputError, match="line 2: the text"):
        read_records(path, labels="label", strict=True)


def test_groups_come_from_a_column(table: Table) -> None:
    path = table(text=TEXTS, label=[1, 0] * 3, url=["u", "u", "", "v", "w", "w"], event=list("abcabc"))
    found = read_records(path, labels="label")
    assert (found.groups, found.grouped_by) == (["u", "u", "row 3", "v", "w", "w"], "url")
    assert read_records(path, labels="label", group="event").groups == list("abcabc")


def test_texts_that_repeat_each_other_belong_together() -> None:
    story = "The minister said on Tuesday that taxes would rise again because the budget was empty. "
    other = "A dog was found in the park by two children who had lost their way home in the rain."
    assert near_duplicates([story, other, story + other[:20], "Short one", "short ONE!", "Short two", ""]).tolist() == [
        0, 1, 0, 3, 3, 5, 6,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "options", "said"),
    [
        ({"label": [1, 0] * 3}, {"labels": "mark"}, "no column 'mark'; columns found: 'text', 'label'"),
        ({"label": [1, 0] * 3}, {"labels": "label", "group": "url"}, "no column 'url'"),
        ({"label": [1] * 6}, {"labels": "label"}, "column 'label' holds '1' throughout"),
        ({"label": ["a", "b", "b", "b", "b", "c"]}, {"labels": "label"}, "texts with 'a' stand in 1 group"),
        ({"label": [1, 0] * 3, "url": list("abcbab")}, {"labels": "label", "positive": "1", "group": "text"}, None),
        (
            {"label": [1, 0, 0, 0, 1, 0], "url": list("abcdae")},
            {"labels": "label"},
            "texts with 'label' stand in 1 group .by url",
        ),
        ({"a": [1, 0] * 3, "b": [1, 2] * 3}, {"labels": ["a", "b"]}, "line 3: column 'b' holds '2'; allowed: 0 or 1"),
        ({"a": [1, 0] * 3, "b": [0] * 6}, {"labels": ["a", "b"]}, "no texts with 'b'"),
        ({"a": [1, 0] * 3, "b": [1] * 6}, {"labels": ["a", "b"]}, "no texts without 'b'"),
    ],
)
def test_what_nothing_can_be_learnt_from_is_refused(
    table: Table, columns: dict[str, Any], options: dict[str, Any], said: str | None
) -> None:
    path = table(text=TEXTS, **columns)
    if said is None:
        assert len(read_records(path, **options)) == 6
        return
    with pytest.raises(InputError, match=said) as fault:
        read_records(path, **options)
    assert str(path) in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_file_without_texts_is_refused(table: Table) -> None:
    with pytest.raises(InputError, match=r"no row that could be read .* line 2: the text"):
        read_records(table(text=["", " "], label=[1, 0]), labels="label")
