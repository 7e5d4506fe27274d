"""Analysis.open: an output folder comes back as it was written, or says what is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.errors import InputError


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a small analysis."""
    folder = tmp_path_factory.mktemp("written") / "out"
    fr.analyze([fr.Article("1", "“The regime fell,” Smith said.")], output=folder)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may break."""
    return Path(shutil.copytree(written, tmp_path / "out"))


def test_a_folder_opens_as_it_was_written(written: Path) -> None:
    """The tables on disk are those of the object that wrote them."""
    first, second = fr.Analysis.open(written), fr.Analysis.open(str(written))
    pd.testing.assert_frame_equal(first.findings, second.findings)
    assert first.text("1") == "“The regime fell,” Smith said."
    assert first.words.vocabulary == ["the", "regime", "fell", "smith", "said"]
    assert repr(first) == f"Analysis(1 articles, {str(written)!r})"


@pytest.mark.parametrize(
    ("name", "content", "use", "message"),
    [
        ("manifest.json", None, lambda _: None, "no manifest.json; not the output of `framing analyze`"),
        ("manifest.json", "{", lambda _: None, "manifest.json: not JSON: "),
        ("manifest.json", "[]", lambda _: None, "manifest.json: not the manifest of `framing analyze`"),
        ("findings.csv", None, lambda _: None, "no table findings (.csv, .jsonl or .parquet)"),
        ("findings.csv", "", lambda found: found.findings, "table findings cannot be read: "),
        ("findings.csv", "start\nx\n", lambda found: found.findings, "table findings cannot be read: "),
        ("words/indptr.i64", None, lambda found: found.words, "the counts in words/ cannot be read: "),
        ("words/word.i32", "", lambda found: found.words, "the counts in words/ cannot be read: "),
        ("texts.jsonl.gz", "no gzip", lambda found: found.text("1"), "the texts in texts.jsonl.gz cannot be read: "),
    ],
)
def test_what_is_missing_or_broken_is_named(
    folder: Path, name: str, content: str | None, use: Callable[[fr.Analysis], object], message: str
) -> None:
    """One line, with the folder and the file."""
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as fault:
        use(fr.Analysis.open(folder))
    said = str(fault.value)
    assert message in said
    assert said.startswith(str(folder))
    assert "\n" not in said
