"""Annotated articles are read as they stand, or the line that cannot be read is named."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from framing.classify._gold import Record, find_part, labels_of, read_gold
from framing.corpus import Article
from framing.errors import InputError
from framing.measures.attribution.finder import CONTENT, CUE, OUTSIDE, SOURCE
from framing.text import read


def test_records_are_read_with_their_spans(annotated: ModuleType, tmp_path: Path) -> None:
    path = annotated.write(tmp_path / "train.jsonl", [annotated.record("1", "[s1 She] [c1 said] [t1 no]. Rain fell.")])
    (found,) = read_gold(path)
    assert (found.id, found.outlet, found.text) == ("1", "Gazette", "She said no. Rain fell.")
    assert found.attributions == ({"source": [(0, 3)], "cue": [(4, 8)], "content": [(9, 11)]},)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not an object with text and attributions"),
        ("[1, 2]", "not an object with text and attributions"),
        ('{"id": "1", "text": "x"}', "'attributions'"),
        ('{"text": "x", "attributions": [{"cue": [[0]]}]}', "not an object"),
        ('{"text": "abc", "attributions": [{"cue": [[1, 4]]}]}', "span 1-4; allowed are places within 0-3"),
        ('{"text": "abc", "attributions": [{"cue": [[2, 2]]}]}', "span 2-2"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps({"text": "a", "attributions": []}) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line 2: ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl.gz", b"not gzip", "cannot be read"),
        ("a.jsonl", b"\xff\xfe", "cannot be read"),
        ("a.jsonl", b"\n", "no records"),
    ],
)
def test_a_file_without_records_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_gold(tmp_path / name)


@pytest.mark.parametrize("place", ["dev.jsonl", "dev.jsonl.gz", "attribution/dev.jsonl.gz"])
def test_a_part_is_found_in_the_folder_or_in_attribution(tmp_path: Path, place: str) -> None:
    (tmp_path / "attribution").mkdir()
    (tmp_path / place).write_bytes(b"")
    assert find_part(tmp_path, "dev") == tmp_path / place
    with pytest.raises(InputError, match="no train"):
        find_part(tmp_path, "train")


def labels(text: str, **parts: Any) -> list[int]:
    one = {"source": [], "cue": [], "content": [], **parts}
    found: np.ndarray = labels_of(read([Article("1", text)]), [Record("1", "", text, (one,))])
    return found.tolist()


def test_labels_begin_and_go_on() -> None:
    text = "Ana Brook said no way ."
    spans = {"source": [(0, 9)], "cue": [(10, 14)], "content": [(15, 21)]}
    assert labels(text, **spans) == [SOURCE, SOURCE + 1, CUE, CONTENT, CONTENT + 1, OUTSIDE]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 10), [CONTENT, CONTENT + 1, OUTSIDE]),
        ((0, 9), [CONTENT, OUTSIDE, OUTSIDE]),
        ((3, 13), [CONTENT, CONTENT + 1, OUTSIDE]),
        ((4, 13), [OUTSIDE, CONTENT, OUTSIDE]),
        ((0, 17), [CONTENT, CONTENT + 1, CONTENT + 1]),
        ((7, 9), [OUTSIDE, OUTSIDE, OUTSIDE]),
    ],
)
def test_a_token_is_inside_by_at_least_half_of_it(span: tuple[int, int], expected: list[int]) -> None:
    """The words have six letters each."""
    assert labels("abcdef ghijkl mnopqr", content=[span]) == expected


def test_a_span_of_white_space_labels_nothing() -> None:
    assert labels("one  two", cue=[(3, 5)]) == [OUTSIDE, OUTSIDE]


def test_labels_of_a_second_article_count_from_its_beginning(annotated: ModuleType) -> None:
    rows = [annotated.record(str(n), "[s1 She] [c1 said] [t1 no].") for n in range(2)]
    given = [Record(r["id"], "", r["text"], tuple(r["attributions"])) for r in rows]
    found = labels_of(read([Article(one.id, one.text) for one in given]), given)
    assert found.tolist() == [SOURCE, CUE, CONTENT, OUTSIDE] * 2
