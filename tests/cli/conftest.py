"""The command line in this process: what it prints, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from framing.cli import main

GOOD = (
    "id,outlet,title,text\n"
    "1,Gazette,Regime falls,“The regime may fall” the mayor said.\n"
    "2,Courier,,The “late” ferry clearly sank.\n"
    "3,Gazette,Ferry late,A senior official said the ferry was late.\n"
)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare in the least time that is allowed: here it matters what is written, not the numbers."""
    import framing.comparison

    full = framing.comparison.compare

    def quick(*arguments: Any, **options: Any) -> Any:
        return full(*arguments, **{**options, "resamples": 100, "permutations": 100})

    monkeypatch.setattr(framing.comparison, "compare", quick)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command line in a folder with articles.csv in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles.csv").write_text(GOOD, encoding="utf-8")

    def run_one(*arguments: str) -> Done:
        capsys.readouterr()
        code = 0
        try:
            main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        found = capsys.readouterr()
        return Done(code, found.out, found.err)

    return run_one
