"""Fifty kinds of bad input: each ends with 2, one line on standard error, and nothing on standard output."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

LEXICONS = "neither a file nor one of actors-china-taiwan, "
STORIES = "china-taiwan, eu, india-pakistan, israel-palestine, russia-ukraine, sample, uk-politics, us-politics"
MEASURES = (
    "attribution, loaded, naming, hedging, scare_quotes, passives, sourcing, headline, readability, bias, uncertain, "
    "frames"
)

# files that are written first; the command line; the line on standard error (its beginning, where it ends in ...)
CASES: dict[str, tuple[dict[str, str], str, str]] = {
    "no such command": ({}, "analyse articles.csv", "No such command 'analyse'...."),
    "no input": ({}, "analyze", "Missing argument 'INPUT'."),
    "no output": ({}, "analyze articles.csv", "Missing option '-o'."),
    "no such option": ({}, "analyze articles.csv -o out --bogus", "No such option '--bogus'...."),
    "an option without its value": ({}, "analyze articles.csv -o", "Option '-o' requires an argument."),
    "missing file": ({}, "analyze none.csv -o out", "none.csv: no such file or folder"),
    "empty file": ({"a.csv": ""}, "analyze a.csv -o out", "a.csv: the file is empty"),
    "unknown kind of file": (
        {"a.docx": "x"},
        "analyze a.docx -o out",
        "a.docx: unknown kind of file '.docx'; allowed: ...",
    ),
    "a header and no rows": (
        {"a.csv": "id,text\n"},
        "analyze a.csv -o out",
        "a.csv: no article could be read (0 rows rejected)",
    ),
    "only rejects": (
        {"a.csv": "id,text\n1,\n2,\n"},
        "analyze a.csv -o out",
        "a.csv: no article could be read (2 rows rejected; first: line 2: ...",
    ),
    "only rejects, one article wanted": (
        {"a.csv": "id,text\n1,\n"},
        "annotate a.csv",
        "a.csv: no article could be read",
    ),
    "no text column": (
        {"a.csv": "id,words\n1,9\n"},
        "analyze a.csv -o out",
        "a.csv: which column holds the text? none has a usual name; say --text COLUMN; columns found: 'id', 'words'",
    ),
    "wrong column": (
        {},
        "analyze articles.csv -o out --text story",
        "articles.csv: no column 'story' for text; columns found: 'id', 'outlet', 'title', 'text'",
    ),
    "unknown encoding": ({}, "analyze articles.csv -o out --encoding klingon", "..."),
    "strict, and a bad row": (
        {"a.csv": "id,text\n1,Rain.\n2,\n"},
        "analyze a.csv -o out --strict",
        "a.csv, line 3: ...",
    ),
    "unknown sides": (
        {},
        "analyze articles.csv -o out --sides atlantis",
        f"sides 'atlantis': neither a file nor one of {STORIES}",
    ),
    "sides that are no actors": (
        {},
        "analyze articles.csv -o out --sides hedges",
        f"sides 'hedges': a lexicon of the layer 'hedge'; allowed are {STORIES}, or a file whose card says "
        'layer = "actor"',
    ),
    "unknown lexicon": ({}, "analyze articles.csv -o out --lexicon atlantis", f"no lexicon 'atlantis': {LEXICONS}..."),
    "a lexicon that is a folder": ({}, "analyze articles.csv -o out --lexicon .", f"no lexicon '.': {LEXICONS}..."),
    "a lexicon without forms": (
        {"l.tsv": "word\nferry\n"},
        "analyze articles.csv -o out --lexicon l.tsv",
        "l.tsv:1: no column `form`; the first line names the columns: id, form, inflection, ...",
    ),
    "a lexicon with a short row": (
        {"l.tsv": "form\tcategory\nferry\n"},
        "analyze articles.csv -o out --lexicon l.tsv",
        "l.tsv:2: 1 cells; the first line has 2",
    ),
    "a lexicon with a broken condition": (
        {"l.tsv": "form\tconditions\nferry\tbehind: boat\n"},
        "analyze articles.csv -o out --lexicon l.tsv",
        "l.tsv:2: ...",
    ),
    "a card that is no TOML": (
        {"l.tsv": "form\nferry\n", "l.toml": "layer = \n"},
        "analyze articles.csv -o out --lexicon l.tsv",
        "l.toml: not TOML: ...",
    ),
    "a card with an unknown layer": (
        {"l.tsv": "form\nferry\n", "l.toml": 'layer = "boats"\n'},
        "analyze articles.csv -o out --lexicon l.tsv",
        "l.toml: layer 'boats'; allowed are loaded, naming, hedge, booster, cue, actor, title, unverified, furniture",
    ),
    "unknown measure": (
        {},
        "analyze articles.csv -o out --only loaded,spin",
        f"measure 'spin'; allowed are {MEASURES}",
    ),
    "no measure": ({}, "analyze articles.csv -o out --only ,", f"--only names no measure; allowed are {MEASURES}"),
    "a column of counts to compare by": (
        {},
        "compare articles.csv -o out --by words_own --only loaded",
        "column 'words_own' holds counts of framing's, not groups; columns to compare by: "
        "id, outlet, date, title, duplicate_of",
    ),
    "unknown format": (
        {},
        "analyze articles.csv -o out --format xml",
        "Invalid value for '--format': 'xml' is not one of 'csv', 'parquet', 'jsonl'.",
    ),
    "no jobs": ({}, "analyze articles.csv -o out --jobs 0", "Invalid value for '--jobs': 0 is not in the range x>=1."),
    "jobs in words": (
        {},
        "analyze articles.csv -o out --jobs two",
        "Invalid value for '--jobs': 'two' is not a valid integer range.",
    ),
    "negative seed": (
        {},
        "compare articles.csv -o out --seed -1",
        "Invalid value for '--seed': -1 is not in the range x>=0.",
    ),
    "an output that is a file": (
        {},
        "analyze articles.csv -o articles.csv",
        "Invalid value for '-o': Directory 'articles.csv' is a file.",
    ),
    "an output below a file": (
        {},
        "analyze articles.csv -o articles.csv/out",
        "articles.csv/out: cannot be made a folder: Not a directory",
    ),
    "a comparison below a file": (
        {},
        "compare articles.csv -o articles.csv/out",
        "articles.csv/out: cannot be made a folder: Not a directory",
    ),
    "an output over the input": (
        {},
        "analyze articles.csv -o .",
        ".: writing there would overwrite the input articles.csv; choose another folder",
    ),
    "unknown column to compare by": (
        {},
        "compare articles.csv -o out --by planet --only loaded",
        "no column 'planet' to compare by; the articles have id, outlet, date, title, duplicate_of, ...",
    ),
    "unknown suffix of a report": (
        {},
        "report articles.csv -o report.doc",
        "report.doc: a report cannot be written as '.doc'; allowed: .pdf, .html",
    ),
    "a report in no folder": (
        {},
        "report articles.csv -o none/report.pdf",
        "none/report.pdf: there is no folder none",
    ),
    "unknown layout": (
        {},
        "report articles.csv -o r.pdf --layout fancy",
        "layout 'fancy' is not known; allowed: ...",
    ),
    "unknown paper": (
        {},
        "report articles.csv -o r.pdf --paper a5",
        "Invalid value for '--paper': 'a5' is not one of 'a4', 'us-letter'.",
    ),
    "unknown kind of figure": (
        {},
        "compare articles.csv -o out --figures gif",
        "Invalid value for '--figures': 'gif' is not one of 'svg', 'pdf', 'png', 'pgf', 'none'.",
    ),
    "a folder that is no analysis": ({"d/x.md": "x"}, "report d -o r.pdf", "d: ..."),
    "a broken manifest": ({"d/manifest.json": "{"}, "report d -o r.pdf", "d/manifest.json: not JSON: ..."),
    "an analysis without tables": (
        {"d/manifest.json": '{"input": {}}'},
        "compare d -o out",
        "d: no table articles (.csv, .jsonl or .parquet)",
    ),
    "an analysis analysed again": (
        {"d/manifest.json": "{}"},
        "analyze d -o out",
        "d: analysed already; give an input, or use framing compare and report",
    ),
    "sides for an analysis": (
        {"d/manifest.json": "{}"},
        "compare d -o out --sides sample",
        "--sides has no use here: d is analysed already",
    ),
    "no such article": ({}, "annotate articles.csv --article 9", "articles.csv: no article '9'"),
    "unknown suffix of an article": (
        {},
        "annotate articles.csv -o a.doc",
        "a.doc: an article cannot be written as '.doc'; allowed: .pdf, .html",
    ),
    "unknown lexicon to show": ({}, "lexicon show atlantis", f"no lexicon 'atlantis': {LEXICONS}..."),
    "unknown entry to show": (
        {},
        "lexicon show hedges atlantis",
        "hedges: no entry 'atlantis'; `framing lexicon show hedges` lists them",
    ),
    "an import of nothing": (
        {"w.txt": "# nothing\n"},
        "lexicon import w.txt -o l.tsv",
        "w.txt: no words found",
    ),
    "an import into an unknown layer": (
        {"w.txt": "ferry\n"},
        "lexicon import w.txt -o l.tsv --layer boats",
        "layer 'boats'; allowed are loaded, naming, hedge, booster, cue, actor, title, unverified, furniture",
    ),
    "an import over the list": (
        {"w.tsv": "form\nferry\n"},
        "lexicon import w.tsv -o w.tsv",
        "w.tsv: writing there would overwrite the list itself; choose another name",
    ),
    "an import under another suffix": (
        {"w.txt": "ferry\n"},
        "lexicon import w.txt -o l.toml",
        "l.toml: a lexicon cannot be written as '.toml'; allowed: .tsv",
    ),
    "an export into no folder": ({}, "lexicon export hedges -o none/h.csv", "none/h.csv: No such file or directory"),
}


@pytest.mark.parametrize(("files", "line", "message"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_one_line_and_exit_code_2(run: Run, files: dict[str, str], line: str, message: str) -> None:
    """What was found and what is allowed, on one line; no traceback, and nothing on standard output."""
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")
    done = run(*line.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert "a fault of ours" not in done.err
    if message.endswith("..."):
        assert done.err.startswith(f"framing: {message[:-3]}")
    else:
        assert done.err == f"framing: {message}\n"


def test_a_damaged_file_is_named(run: Run) -> None:
    """A gzip file that was cut off says so."""
    Path("a.csv.gz").write_bytes(gzip.compress(b"id,text\n1,Rain.\n" * 500)[:-20])
    done = run("analyze", "a.csv.gz", "-o", "out")
    assert (done.code, done.err) == (2, "framing: a.csv.gz: the gzip file is cut off; pack it or copy it again\n")


@pytest.mark.parametrize(
    ("piped", "message"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "no article could be read (1 rows rejected; first: line 1: the text (column 'text') is empty)"),
    ],
)
def test_nothing_on_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, piped: bytes, message: str) -> None:
    """An empty pipe is an empty file."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped)))
    done = run("analyze", "-", "-o", "out")
    assert (done.code, done.out, done.err) == (2, "", f"framing: standard input: {message}\n")


def test_framing_alone_shows_its_help(run: Run) -> None:
    """Without a command: the commands, and exit code 2."""
    done = run()
    assert done.code == 2
    assert done.err.startswith("Usage: framing ")


def test_a_fault_of_ours_ends_with_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line still, and how to see where; with FRAMING_DEBUG the traceback."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("twice\nover")

    monkeypatch.setattr("framing.cli._options.analyze", fail)
    monkeypatch.delenv("FRAMING_DEBUG", raising=False)
    done = run("analyze", "articles.csv", "-o", "out")
    line = "framing: a fault of ours: ZeroDivisionError: twice over (FRAMING_DEBUG=1 shows where)\n"
    assert (done.code, done.err) == (1, line)
    monkeypatch.setenv("FRAMING_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("analyze", "articles.csv", "-o", "out")


@pytest.mark.parametrize(
    ("fault", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "framing: interrupted\n"),
        (OSError(28, "No space left on device", "out/x.csv"), 2, "framing: out/x.csv: No space left on device\n"),
        (PermissionError(13, "Permission denied", "out"), 2, "framing: out: Permission denied\n"),
    ],
)
def test_what_the_system_or_the_user_stops_is_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, line: str
) -> None:
    """A full disk, a folder without the right to write, Control-C."""

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("framing.cli._options.analyze", fail)
    done = run("analyze", "articles.csv", "-o", "out")
    assert (done.code, done.err) == (code, line)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (["analyze", "articles.csv", "-o", "out", "--only", ""], f"--only names no measure; allowed are {MEASURES}"),
        (["annotate", "articles.csv", "--only", ""], f"--only names no measure; allowed are {MEASURES}"),
        (["analyze", "", "-o", "out"], "the input is an empty string; give a file, a folder, or - for standard input"),
        (["annotate", ""], "the input is an empty string; give a file, a folder, or - for standard input"),
        (["compare", "", "-o", "out"], "the input is an empty string; give a file, a folder, or - for standard input"),
    ],
)
def test_empty_strings_are_no_choice(run: Run, line: list[str], message: str) -> None:
    """Neither every measure nor none, and not the folder one stands in."""
    done = run(*line)
    assert (done.code, done.out, done.err) == (2, "", f"framing: {message}\n")
