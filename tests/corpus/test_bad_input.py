"""Each kind of bad input ends in one line that says what is wrong, or in a reject with its line and reason."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from framing.corpus import Article, read_corpus
from framing.errors import FramingError, InputError, MissingExtraError, OptionError

GOOD = "id,outlet,text\n1,Gazette,The ferry left at noon.\n"

# What is written to the file; options; the error, with FILE for its path.
ERRORS: dict[str, tuple[str, bytes, dict[str, str], str]] = {
    "empty file": ("a.csv", b"", {}, "FILE: the file is empty"),
    "nothing but empty lines": ("a.csv", b"\n\n\n", {}, "FILE: the file holds nothing but empty lines"),
    "gzip of nothing": ("a.csv.gz", gzip.compress(b""), {}, "FILE: the file is empty"),
    "gzip cut off": (
        "a.csv.gz",
        gzip.compress(GOOD.encode() * 400, mtime=0)[:-20],
        {},
        "FILE: the gzip file is cut off; pack it or copy it again",
    ),
    "gzip damaged": (
        "a.csv.gz",
        gzip.compress(GOOD.encode(), mtime=0)[:-8] + b"\x00" * 8,
        {},
        "FILE: the gzip file is damaged (CRC check failed 0x0 != 0xCRC)",
    ),
    "unknown suffix": (
        "a.docx",
        b"text",
        {},
        "FILE: unknown kind of file '.docx'; "
        "allowed: .csv .tsv .jsonl .ndjson .json .parquet .txt .html .htm, each also .gz",
    ),
    "no suffix": (
        "articles",
        b"text",
        {},
        "FILE: unknown kind of file '(no suffix)'; "
        "allowed: .csv .tsv .jsonl .ndjson .json .parquet .txt .html .htm, each also .gz",
    ),
    "Excel under the name of CSV": (
        "a.csv",
        b"PK\x03\x04" + bytes(40),
        {},
        "FILE: this is a ZIP archive or an Excel or Word file; "
        "allowed are CSV, TSV, JSON Lines, Parquet, .txt and .html",
    ),
    "PDF under the name of text": (
        "a.txt",
        b"%PDF-1.7\n",
        {},
        "FILE: this is a PDF file; allowed are CSV, TSV, JSON Lines, Parquet, .txt and .html",
    ),
    "no text column": (
        "a.csv",
        b"id,words\n1,9\n",
        {},
        "FILE: which column holds the text? none has a usual name; say --text COLUMN; columns found: 'id', 'words'",
    ),
    "two text columns": (
        "a.csv",
        b"body,content\nx,y\n",
        {},
        "FILE: which column holds the text? 'body', 'content' are equally likely; say --text COLUMN; "
        "columns found: 'body', 'content'",
    ),
    "named text column is not there": (
        "a.csv",
        GOOD.encode(),
        {"text": "story"},
        "FILE: no column 'story' for text; columns found: 'id', 'outlet', 'text'",
    ),
    "named outlet column is not there in JSON": (
        "a.jsonl",
        b'{"text": "The ferry left.", "by": "Gazette"}\n',
        {"outlet": "paper"},
        "FILE: no column 'paper' for outlet; columns found: 'text', 'by'",
    ),
    "column twice": (
        "a.csv",
        b"text,Id,text\na,b,c\n",
        {},
        "FILE, line 1: the header has 'text' more than once",
    ),
    "quotation mark open in the header": (
        "a.csv",
        b'id,"text\n1,The ferry left.\n',
        {},
        "FILE, line 1: in the header, a quotation mark opens a cell and is never closed",
    ),
    "NUL in the header": (
        "a.csv",
        b"id,te\x00xt\n1,a\n",
        {},
        "FILE, line 1: the header holds a NUL byte; this is no table of text",
    ),
    "UTF-16 without a mark": (
        "a.csv",
        GOOD.encode("utf-16-le"),
        {},
        "FILE: every other byte is NUL; if this is UTF-16 without a byte order mark, say --encoding utf-16-le",
    ),
    "damaged UTF-8": (
        "a.csv",
        "text\nÄäöü ferry\n".encode() + b"caf\xe9\n",
        {},
        "FILE: byte 23 is not UTF-8, though the text before it is; say --encoding if it is another",
    ),
    "not in the encoding that was named": (
        "a.csv",
        b"text\ncaf\x81\n",
        {"encoding": "cp1252"},
        "FILE: byte 8 is not cp1252",
    ),
    "UTF-16 with half a character": (
        "a.csv",
        GOOD.encode("utf-16") + b"x",
        {},
        "FILE: byte 100 is not utf-16",
    ),
    "JSON list never closed": (
        "a.json",
        b'[{"text": "The ferry left."},\n',
        {},
        "FILE, line 2: the list is never closed with ]",
    ),
    "JSON list broken inside": (
        "a.json",
        b'[{"text": "The ferry left."},\n{"text": }]',
        {},
        "FILE, line 2: broken JSON at character 10 (Expecting value)",
    ),
    "something behind a JSON list": (
        "a.json",
        b'[{"text": "The ferry left."}]\nmore',
        {},
        "FILE, line 2: something follows the list",
    ),
    "no Parquet": (
        "a.parquet",
        b"text,outlet\n",
        {},
        "FILE: no readable Parquet file (Parquet magic bytes not found in footer)",
    ),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_error_is_one_line_that_names_the_file(kind: str, tmp_path: Path) -> None:
    name, content, options, message = ERRORS[kind]
    path = tmp_path / name
    path.write_bytes(content)
    crc = f"{int.from_bytes(gzip.compress(GOOD.encode(), mtime=0)[-8:-4], 'little'):x}"
    with pytest.raises(InputError) as caught:
        list(read_corpus(path, **options))  # type: ignore[arg-type]
    assert str(caught.value) == message.replace("FILE", str(path)).replace("0xCRC", f"0x{crc}")
    assert caught.value.exit_code == 2


# The file; line, reason and id of its reject. The good row beside it is read.
REJECTS: dict[str, tuple[str, bytes, tuple[int, str, str]]] = {
    "empty text": (
        "a.csv",
        GOOD.encode() + b"2,Herald,\n",
        (3, "the text (column 'text') is empty", "2"),
    ),
    "white space for a text": (
        "a.csv",
        GOOD.encode() + b'2,Herald," \t\n "\n',
        (3, "the text (column 'text') is empty", "2"),
    ),
    "a cell too few": (
        "a.csv",
        GOOD.encode() + b"2,Herald\n",
        (3, "2 cell(s) where the header has 3", ""),
    ),
    "a cell too many": (
        "a.csv",
        GOOD.encode() + b"2,Herald,The ferry, late.\n",
        (3, "4 cell(s) where the header has 3", ""),
    ),
    "quotation mark never closed": (
        "a.csv",
        GOOD.encode() + b'2,Herald,"The ferry\nwas late.\n',
        (3, "a quotation mark opens a cell and is never closed", ""),
    ),
    "text behind a closing quotation mark": (
        "a.csv",
        GOOD.encode() + b'2,Herald,"The "ferry" was late."\n',
        (3, "text follows the quotation mark that closes a cell (quotation marks inside a cell are doubled)", ""),
    ),
    "NUL in a row": (
        "a.csv",
        GOOD.encode() + b"2,Her\x00ald,The ferry was late.\n",
        (3, "column 'outlet' holds a NUL character", "2"),
    ),
    "over-long cell": (
        "a.csv",
        GOOD.encode() + b"2,Herald," + b"x" * 10_000_001 + b"\n",
        (3, "a cell is longer than 10,000,000 characters, or its quotation mark is never closed", ""),
    ),
    "wrong row behind a text of two lines": (
        "a.tsv",
        b'id\toutlet\ttext\n1\tGazette\t"The ferry\nleft."\n2\tHerald\n',
        (4, "2 cell(s) where the header has 3", ""),
    ),
    "broken JSON line": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": "The ferry\n',
        (2, "broken JSON at character 29 (Invalid control character at)", ""),
    ),
    "JSON line cut off": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": "The ferry"',
        (2, "broken JSON at character 30 (Expecting ',' delimiter)", ""),
    ),
    "JSON line that is a list": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n["The ferry"]\n',
        (2, "a list where an object {...} is expected", ""),
    ),
    "JSON line that is a number": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n12\n',
        (2, "a number where an object {...} is expected", ""),
    ),
    "JSON line that is null": (
        "a.ndjson",
        b'{"id": 1, "text": "The ferry left."}\n\nnull\n',
        (3, "null where an object {...} is expected", ""),
    ),
    "missing text": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2}\n',
        (2, "no text (column 'text' is missing or empty)", "2"),
    ),
    "text that is null": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": null}\n',
        (2, "no text (column 'text' is missing or empty)", "2"),
    ),
    "text that is a number": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": 12}\n',
        (2, "the text (column 'text') is a number; a string is allowed", "2"),
    ),
    "text that is a list": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": ["The ferry"]}\n',
        (2, "the text (column 'text') is a list; a string is allowed", "2"),
    ),
    "text that is true": (
        "a.json",
        b'[{"id": 1, "text": "The ferry left."},\n {"id": 2, "text": true}]\n',
        (2, "the text (column 'text') is true or false; a string is allowed", "2"),
    ),
    "half a surrogate pair": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": "The ferry \\ud83d"}\n',
        (2, "column 'text' holds half of a surrogate pair (U+D83D)", "2"),
    ),
    "NUL in JSON": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": "The\\u0000ferry"}\n',
        (2, "column 'text' holds a NUL character", "2"),
    ),
    "JSON nested without end": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n' + b"[" * 200_000 + b"\n",
        (2, "JSON nested too deeply", ""),
    ),
    "over-long text": (
        "a.jsonl",
        b'{"id": 1, "text": "The ferry left."}\n{"id": 2, "text": "' + b"x" * 10_000_001 + b'"}\n',
        (2, "the text (column 'text') has 10,000,001 characters; 10,000,000 are allowed", "2"),
    ),
}


@pytest.mark.parametrize("kind", REJECTS)
def test_row_that_cannot_be_read_is_rejected_and_the_run_goes_on(kind: str, tmp_path: Path) -> None:
    name, content, expected = REJECTS[kind]
    path = tmp_path / name
    path.write_bytes(content)
    corpus = read_corpus(path)
    assert [article.id for article in corpus] == ["1"]
    assert [(reject.line, reject.reason, reject.id) for reject in corpus.rejects] == [expected]
    assert all(len(reject.snippet) <= 80 and "\n" not in reject.snippet for reject in corpus.rejects)


@pytest.mark.parametrize("kind", REJECTS)
def test_strict_stops_at_the_first_row_that_cannot_be_read(kind: str, tmp_path: Path) -> None:
    name, content, (line, reason, _) = REJECTS[kind]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(read_corpus(path, strict=True))
    assert str(caught.value) == f"{path}, line {line}: {reason}"


def test_rows_behind_a_broken_quotation_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GOOD + '2,Herald,"The ferry\n3,Herald,"The ferry, late."\n4,Herald,The end.\n')
    corpus = read_corpus(path)
    assert [article.id for article in corpus] == ["1", "3", "4"]
    assert [reject.line for reject in corpus.rejects] == [3]


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: no such file or folder$"):
        read_corpus(tmp_path / "none.csv")


def test_folder_without_texts_names_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(InputError, match=r"no \.txt or \.html files in this folder \(found: \.docx\)$"):
        read_corpus(tmp_path)


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.txt or \.html files in this folder \(found: no files\)$"):
        read_corpus(tmp_path)


def test_empty_file_in_a_folder_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry left.")
    (tmp_path / "b.txt").write_bytes(b"")
    corpus = read_corpus(tmp_path)
    assert [article.id for article in corpus] == ["a"]
    assert [(reject.id, reject.reason) for reject in corpus.rejects] == [("b", "b.txt: the file is empty")]


def test_page_without_article_is_rejected(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    corpus = read_corpus(tmp_path)
    assert not list(corpus)
    assert [reject.reason for reject in corpus.rejects] == ["no article was found in this page"]


def test_unknown_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GOOD)
    with pytest.raises(OptionError, match=r"^unknown encoding 'utf-9'; allowed is any that Python knows"):
        read_corpus(path, encoding="utf-9")


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(InputError, match=r"^standard input: the file is empty$"):
        read_corpus("-")


@pytest.mark.parametrize("source", [7, b"bytes", {"text": "The ferry left."}, None])
def test_source_of_a_wrong_type(source: object) -> None:
    with pytest.raises(InputError, match=r"^a corpus cannot be read from \w+; allowed: a path, '-', a DataFrame"):
        read_corpus(source)  # type: ignore[arg-type]


def test_frame_with_two_columns_of_one_name() -> None:
    frame = pd.DataFrame([["a", "b"]], columns=["text", "text"])
    with pytest.raises(InputError, match=r"^DataFrame: two columns have the same name$"):
        read_corpus(frame)


def test_item_of_a_wrong_type_is_rejected() -> None:
    corpus = read_corpus([Article("1", "The ferry left."), "The ferry"])  # type: ignore[list-item]
    assert [article.id for article in corpus] == ["1"]
    assert [(r.line, r.reason) for r in corpus.rejects] == [(2, "an item of type str; Article or dict is allowed")]


@pytest.mark.parametrize(
    ("module", "name", "extra"), [("pyarrow", "a.parquet", "parquet"), ("trafilatura", "a.html", "html")]
)
def test_missing_extra_is_named(
    module: str, name: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(b"<html>")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"pip install framing\[{extra}\]$"):
        read_corpus(tmp_path / name)


def test_every_message_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'"a\nb",c\n1,2\n')
    openers: list[Callable[[], object]] = [lambda: read_corpus(path), lambda: read_corpus(path, text="d\ne")]
    for opener in openers:
        with pytest.raises(FramingError) as caught:
            opener()
        assert "\n" not in str(caught.value)
