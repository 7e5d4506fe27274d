"""Further columns never take the name of a column of the articles table."""

from __future__ import annotations

from framing.corpus import extra_columns


def test_free_names_stay() -> None:
    assert extra_columns(["pages", "desk"], {"id", "words"}) == {"pages": "pages", "desk": "desk"}


def test_taken_names_become_input_names() -> None:
    assert extra_columns(["words", "pages"], {"id", "words"}) == {"words": "input_words", "pages": "pages"}


def test_input_names_that_are_taken_too_are_numbered() -> None:
    reserved = {"id", "words"}
    assert extra_columns(["words", "input_words", "id"], reserved) == {
        "words": "input_words_2",
        "input_words": "input_words",
        "id": "input_id",
    }
