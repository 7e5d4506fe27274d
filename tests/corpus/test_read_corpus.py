"""A corpus is the same whatever it is read from, lazily and as often as it is asked for."""

from __future__ import annotations

import gc
import gzip
import hashlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from framing.corpus import Article, Corpus, read_corpus

ROWS = [
    {"id": "a1", "outlet": "Gazette", "text": "The ferry left.\nIt was “late”.", "title": "Ferry", "pages": "3"},
    {"id": "a2", "outlet": "Herald", "text": 'She said: "No, never."', "title": "", "pages": "4"},
]
EXPECTED = [
    Article("a1", "The ferry left.\nIt was “late”.", "Gazette", "Ferry", extra={"pages": "3"}),
    Article("a2", 'She said: "No, never."', "Herald", "", extra={"pages": "4"}),
]


def as_csv(separator: str = ",") -> bytes:
    return pd.DataFrame(ROWS).to_csv(index=False, sep=separator).encode()


def as_lines() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


FORMATS = {
    "a.csv": as_csv(),
    "a.tsv": as_csv("\t"),
    "a.jsonl": as_lines(),
    "a.ndjson": as_lines(),
    "a.json": json.dumps(ROWS, indent=1).encode(),
    "a.csv.gz": gzip.compress(as_csv()),
    "a.tsv.gz": gzip.compress(as_csv("\t")),
    "A.JSONL.GZ": gzip.compress(as_lines()),
    "one-after-another.json": as_lines(),
    "packed-under-a-plain-name.csv": gzip.compress(as_csv()),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_articles_twice(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMATS[name])
    corpus = read_corpus(path)
    assert list(corpus) == EXPECTED
    assert list(corpus) == EXPECTED
    assert corpus.columns == ("pages",)
    assert corpus.name == str(path)
    assert corpus.path == path
    assert corpus.sha256() == hashlib.sha256(FORMATS[name]).hexdigest()
    assert corpus.notes == ()


@pytest.mark.parametrize("name", FORMATS)
def test_standard_input_is_told_from_its_beginning(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FORMATS[name])))
    corpus = read_corpus("-")
    assert list(corpus) == EXPECTED
    assert list(corpus) == EXPECTED
    assert corpus.name == "standard input"
    assert corpus.path is None


def test_standard_input_that_is_no_table_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The ferry left, late.\n\nNobody knew why."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert [(article.id, article.text) for article in read_corpus("-")] == [("standard input", text)]


def test_spool_of_standard_input_is_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(as_csv())))
    corpus = read_corpus("-")
    assert len(list(tmp_path.iterdir())) == 1
    del corpus
    gc.collect()
    assert not list(tmp_path.iterdir())


def test_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    pd.DataFrame(ROWS).to_parquet(path)
    corpus = read_corpus(path)
    assert list(corpus) == EXPECTED
    assert corpus.sha256() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_data_frame_with_empty_cells_and_dates() -> None:
    frame = pd.DataFrame(
        {
            "text": ["The ferry left.", "It came back.", None],
            "id": [1.0, None, 3.0],
            "date": pd.Series(["2021-05-03", None, "2021-05-04"], dtype="datetime64[ns]"),
            "score": [0.5, None, 1.0],
        }
    )
    corpus = read_corpus(frame)
    assert [(a.id, a.date, dict(a.extra)) for a in corpus] == [
        ("1", "2021-05-03", {"score": 0.5}),
        ("2", "", {"score": None}),
    ]
    assert [(reject.line, reject.id) for reject in corpus.rejects] == [(3, "3")]
    assert corpus.sha256() == read_corpus(frame.copy()).sha256()
    assert corpus.sha256() != read_corpus(frame.iloc[:2]).sha256()


def test_articles_and_dicts_of_one_list() -> None:
    corpus = read_corpus([EXPECTED[0], ROWS[1]])
    assert list(corpus) == EXPECTED
    assert list(corpus) == EXPECTED


def test_generator_is_asked_for_no_more_than_is_consumed() -> None:
    asked = 0

    def endless() -> Iterator[dict[str, object]]:
        nonlocal asked
        while True:
            asked += 1
            yield {"body": f"Ferry {asked} left.", "pages": asked}

    corpus = read_corpus(endless())
    assert asked == 0
    articles = iter(corpus)
    assert [next(articles).text for _ in range(3)] == ["Ferry 1 left.", "Ferry 2 left.", "Ferry 3 left."]
    assert asked == 3
    again = iter(corpus)
    assert [next(again).extra["pages"] for _ in range(4)] == [1, 2, 3, 4]
    assert asked == 4


def test_generator_of_articles_can_be_gone_through_twice() -> None:
    corpus = read_corpus(article for article in EXPECTED)
    assert list(corpus) == EXPECTED
    assert list(corpus) == EXPECTED


def test_file_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "The ferry left."}\n' * 3 + "broken\n" * 3)
    corpus = read_corpus(path)
    assert next(iter(corpus)).text == "The ferry left."
    assert corpus.rejects == ()


def test_row_without_a_text_is_shown_as_json(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "The ferry left."}\n{"id": "2", "late": true, "text": null}\n')
    corpus = read_corpus(path)
    assert len(list(corpus)) == 1
    assert corpus.rejects[0].snippet == '{"id": "2", "late": true, "text": null}'


def test_rejects_are_not_doubled_by_a_second_pass(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "The ferry left."}\nbroken\n')
    corpus = read_corpus(path)
    assert len(list(corpus.rows())) == 2
    assert len(list(corpus)) == 1
    assert len(corpus.rejects) == 1


ENCODINGS = {
    "utf-8": ("Ferry – “late”, São", ()),
    "utf-8-sig": ("Ferry – “late”, São", ()),
    "utf-16": ("Ferry – “late”, São", ()),
    "utf-32": ("Ferry – “late”, São", ()),
    "cp1252": (
        "The ferry – “late” again – left São Tomé for the café on the quay, and the crew’s union wasn’t pleased.",
        ("cp1252",),
    ),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_is_found_out_and_said_unless_it_is_unicode(encoding: str, tmp_path: Path) -> None:
    text, said = ENCODINGS[encoding]
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps({"text": text}, ensure_ascii=False).encode(encoding))
    corpus = read_corpus(path)
    assert [article.text for article in corpus] == [text]
    assert len(corpus.notes) == len(said)
    for note, name in zip(corpus.notes, said, strict=True):
        assert f"is not UTF-8 (byte 20); read as {name} (detected; pass --encoding to be sure)" in note


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("id,text\n1,Café naïve résumé.\n2,déjà vu\n", "cp1252", "cp1252"),
        ("id,text\n1,The café was late.\n", "cp1252", "cp1252"),
        ("id,text\n1,The price is £5 now.\n", "cp1252", "cp1252"),
        ("id,text\n1,It is £5 million said señor Núñez of Málaga.\n", "cp1252", "cp1252"),
        ("id,text\n1,Президент сказал, что политика провалилась. Это катастрофа.\n", "cp1251", "cp1251"),
        ("id,text\n1,Premier powiedział że rząd nie może tego zrobić. Posłowie w środę.\n", "cp1250", "cp1250"),
    ],
)
def test_few_letters_beyond_ascii_are_western_and_many_are_what_they_are(
    text: str, encoding: str, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    corpus = read_corpus(path)
    assert "".join(article.text for article in corpus) in text.replace("\n2,", "")
    assert f"; read as {expected} (detected; pass --encoding to be sure)" in corpus.notes[0]
    assert "%" not in corpus.notes[0]


def test_encoding_that_is_named_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("text\nféry\n".encode("latin-1"))
    corpus = read_corpus(path, encoding="latin-1")
    assert [article.text for article in corpus] == ["féry"]
    assert corpus.notes == ()


def test_bad_byte_far_behind_the_head_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    line = b"The crew of the ferry said on Monday that it would not leave the harbour.\n"
    path.write_bytes(b"text\n" + line.replace(b".", b";") * 30_000 + "“Café” – the crew’s answer.\n".encode("cp1252"))
    corpus = read_corpus(path)
    assert [article.text for article in corpus][-1] == "“Café” – the crew’s answer."
    assert f"(byte {5 + len(line) * 30_000:,})" in corpus.notes[0]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Text,Publication", "Gazette"),
        ("BODY,newspaper", "Gazette"),
        ("content_original,Publisher", "Gazette"),
        ("Article Text,news-outlet", "Gazette"),
        ("maintext,source", "Gazette"),
        ("full_text,domain", "Gazette"),
        ("content,words", ""),
    ],
)
def test_columns_are_found_by_habit(header: str, field: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\nThe ferry left.,Gazette\n")
    assert [(a.text, a.outlet) for a in read_corpus(path)] == [("The ferry left.", field)]


def test_columns_are_taken_as_named_and_the_rest_is_carried_along(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,lead,outlet,paper\nlong,The ferry left.,x,Gazette\n")
    corpus = read_corpus(path, text="LEAD", outlet="paper")
    assert list(corpus) == [Article("1", "The ferry left.", "Gazette", extra={"text": "long", "outlet": "x"})]
    assert corpus.columns == ("text", "outlet")


def test_second_choice_among_columns_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,publisher,publication\nThe ferry left.,Tide Ltd,Gazette\n")
    corpus = read_corpus(path)
    assert next(iter(corpus)).outlet == "Gazette"
    assert corpus.notes == ("outlet was read from column 'publication', though 'publisher' could be meant too",)


def test_nested_values_are_left_out_and_said_once_and_scalars_keep_their_type(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"text": f"Ferry {n}.", "source": {"name": "Gazette"}, "n": n, "x": None, "ok": True} for n in range(3)]
    path.write_text("\n".join(map(json.dumps, rows)))
    corpus = read_corpus(path)
    assert [dict(article.extra) for article in corpus] == [{"n": n, "x": None, "ok": True} for n in range(3)]
    assert {article.outlet for article in corpus} == {""}
    assert corpus.notes == ("column 'source' holds nested values, which were left out",)


def test_column_that_is_empty_in_the_first_rows_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One.", "head": null}\n{"text": "Two.", "head": "Ferry"}\n')
    assert [article.title for article in read_corpus(path, title="head")] == ["", "Ferry"]


def test_columns_of_json_lines_are_the_union_in_first_seen_order(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One.", "b": 1}\n{"text": "Two.", "a": 1, "b": 2}\n')
    corpus = read_corpus(path)
    assert len(list(corpus)) == 2
    assert corpus.columns == ("b", "a")


def test_repeated_ids_are_numbered_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n7,One.\n7,Two.\n7#2,Three.\n7,Four.\n8,Five.\n")
    corpus = read_corpus(path)
    assert [article.id for article in corpus] == ["7", "7#2", "7#2#2", "7#3", "8"]
    assert corpus.notes == ("3 article(s) have an id that was used before; #2, #3 ... was added, first to '7'",)


def test_ids_are_row_numbers_that_rejected_rows_do_not_shift(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("outlet,text\nGazette,One.\nGazette,\n\nGazette,Three.\n")
    assert [article.id for article in read_corpus(path)] == ["1", "3"]


def test_semicolons_are_seen_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;text\n1;The ferry, at last, left.\n")
    corpus = read_corpus(path)
    assert [article.text for article in corpus] == ["The ferry, at last, left."]
    assert corpus.notes == (f"{path} has no comma in its header; read with semicolons",)


def test_tsv_without_quoting_keeps_its_quotation_marks_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('id\ttext\n1\t"No," she said.\n2\t"Never."\n')
    corpus = read_corpus(path)
    assert [article.text for article in corpus] == ['"No," she said.', '"Never."']
    assert "read as part of the text" in corpus.notes[0]


def test_line_of_a_row_counts_physical_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,text\r\n\r\n1,"One\r\ntwo\r\nthree"\r\n2\r\n3,Four\r\n')
    corpus = read_corpus(path)
    assert [article.text for article in corpus] == ["One\r\ntwo\r\nthree", "Four"]
    assert [reject.line for reject in corpus.rejects] == [6]


def test_limit_of_the_csv_module_is_left_as_it_was(tmp_path: Path) -> None:
    import csv

    path = tmp_path / "a.csv"
    path.write_text("text\n" + "x" * 200_000 + "\n")
    before = csv.field_size_limit()
    articles = iter(read_corpus(path))
    assert len(next(articles).text) == 200_000
    assert csv.field_size_limit() == before


def folder(root: Path) -> Path:
    for name, text in {
        "Herald/2020/b.txt": "The ferry came back.",
        "Gazette/a.txt": "The ferry left.",
        "top.txt": "The ferry.",
        ".hidden.txt": "No.",
        "notes.md": "No.",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_folder_gives_an_article_a_file_and_an_outlet_a_sub_folder(tmp_path: Path) -> None:
    corpus = read_corpus(folder(tmp_path))
    assert [(a.id, a.outlet, a.text) for a in corpus] == [
        ("top", "", "The ferry."),
        ("Gazette/a", "Gazette", "The ferry left."),
        ("Herald/2020/b", "Herald", "The ferry came back."),
    ]
    assert corpus.notes == (f"{tmp_path} holds other files too, which were not read: .md",)


def test_hash_of_a_folder_depends_on_names_and_bytes_only(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "one"), folder(tmp_path / "two")
    assert read_corpus(one).sha256() == read_corpus(two).sha256()
    (two / "top.txt").write_text("The ferry!")
    assert read_corpus(one).sha256() != read_corpus(two).sha256()


def test_folder_says_which_files_are_not_utf_8(tmp_path: Path) -> None:
    text = "The ferry – “late” again – left São Tomé for the café on the quay, the crew’s union said."
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    corpus = read_corpus(tmp_path)
    assert [article.text for article in corpus] == [text]
    assert corpus.notes == ("1 file(s) are not UTF-8 and were read as cp1252, first a.txt",)


def test_single_text_file(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text("The ferry left.")
    corpus = read_corpus(path)
    assert list(corpus) == [Article("ferry", "The ferry left.")]
    assert corpus.sha256() == hashlib.sha256(b"The ferry left.").hexdigest()


PAGE = """<!doctype html><html><head><title>Ferry leaves</title><meta property="og:site_name" content="Gazette">
<meta property="article:published_time" content="2021-05-03"></head><body><nav>Home</nav><article><h1>Ferry leaves</h1>
<p>The ferry left the harbour of Northport at noon on Monday, nine days after the strike had begun on the quay.</p>
<p>The owners said that they would pay what the crew had asked for, and that no one would lose a post over it.</p>
</article><footer>Copyright</footer></body></html>"""


def test_page_gives_text_title_date_and_outlet(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "Herald").mkdir()
    (tmp_path / "Herald" / "page.htm").write_text(PAGE)
    first, second = read_corpus(tmp_path)
    assert (first.id, first.title, first.date, first.outlet) == ("page", "Ferry leaves", "2021-05-03", "Gazette")
    assert first.text.startswith("The ferry left the harbour") or "The ferry left the harbour" in first.text
    assert "Home" not in first.text
    assert (second.id, second.outlet) == ("Herald/page", "Herald")


def test_page_that_is_not_utf_8_is_read_as_it_declares_and_that_is_said(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("The owners", "Паром. The owners")
    (tmp_path / "page.html").write_bytes(page.encode("cp1251"))
    corpus = read_corpus(tmp_path)
    assert "Паром. The owners" in next(iter(corpus)).text
    assert list(corpus)
    assert corpus.notes == ("1 file(s) are not UTF-8 and were read as windows-1251, first page.html",)


def test_text_is_kept_as_it_is(tmp_path: Path) -> None:
    text = "  One\r\n\r\n\ttwo\u00a0\u2028three\ufeff  "
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": text}))
    assert [article.text for article in read_corpus(path)] == [text]


def test_corpus_without_articles_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n")
    corpus: Corpus = read_corpus(path)
    assert not list(corpus)
    assert corpus.rejects == ()
