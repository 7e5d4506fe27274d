"""`framing figures`: which files it writes, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from framing.cli import _figures

Run = Callable[..., Any]

TEXTS = (
    "id,outlet,text\n"
    "1,Gazette,“The regime may fall” the mayor said.\n"
    "2,Courier,The brutal ferry clearly sank.\n"
    "3,Gazette,A senior official said the ferry was late.\n"
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of an analysis by lexicons alone."""
    from framing.analysis import analyze

    folder = tmp_path_factory.mktemp("tables")
    (folder / "in.csv").write_text(TEXTS, encoding="utf-8")
    analyze(folder / "in.csv", only=["attribution", "loaded"], output=folder, jobs=1, progress=False)
    return str(folder)


def test_figures_with_something_to_show_are_written_and_the_others_named(run: Run, tables: str) -> None:
    done = run("figures", tables, "-o", "out", "--only", "rates,trend,voice")
    assert done.code == 0, done.err
    assert {path.name for path in Path("out").iterdir()} == {"rates.svg", "voice.svg"}
    assert "note: nothing to show in trend" in done.err
    assert done.out == "out: 2 figures\n"


@pytest.mark.parametrize(("width", "points"), [("column", 219.6), ("full", 453.6), ("slide", 720)])
def test_the_width_is_that_of_the_medium(run: Run, tables: str, width: str, points: float) -> None:
    assert run("figures", tables, "-o", "out", "--only", "rates", "--width", width, "--quiet").code == 0
    found = re.search(r'<svg [^>]*width="([\d.]+)pt"', Path("out/rates.svg").read_text(encoding="utf-8"))
    assert found is not None
    assert float(found[1]) == pytest.approx(points)


def test_the_format_is_the_suffix(run: Run, tables: str) -> None:
    assert run("figures", tables, "-o", "out", "--only", "rates", "--format", "pdf").code == 0
    assert Path("out/rates.pdf").read_bytes().startswith(b"%PDF")


def test_another_column_can_be_compared_by(run: Run, tables: str) -> None:
    assert run("figures", tables, "-o", "out", "--only", "rates", "--by", "id").code == 0


def test_an_unknown_figure_is_refused_before_any_work(run: Run) -> None:
    done = run("figures", "articles.csv", "-o", "out", "--only", "rates,nope")
    assert done.code == 2
    assert "no figure 'nope'; allowed are rates, " in done.err
    assert done.err.count("\n") == 1
    assert not Path("out").exists()
    assert run("figures", "articles.csv", "-o", "out", "--only", ",").code == 2


@pytest.mark.parametrize("command", [("figures", "--format"), ("compare", "--figures")])
def test_pgf_without_tex_is_said_in_one_line(
    run: Run, command: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    done = run(command[0], "articles.csv", "-o", "out", command[1], "pgf")
    assert done.code == 2
    assert done.err.startswith(f"framing: {command[1]} pgf: PGF needs a TeX system")
    assert done.err.count("\n") == 1
    assert not Path("out").exists()


def test_help_names_every_format_and_width(run: Run) -> None:
    said = run("figures", "--help").out
    assert "[svg|pdf|png|pgf]" in said
    assert "[column|full|slide]" in said
    assert "MEASURE" not in said


def test_formats_and_widths_are_those_of_the_figures() -> None:
    from framing import figures

    assert figures.FORMATS == _figures.FORMATS
    assert tuple(figures.WIDTHS) == _figures.WIDTHS
