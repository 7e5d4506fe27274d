"""Lexicons against annotated words, on invented articles whose figures can be counted by hand."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from framing.classify import coverage_csv, coverage_json, coverage_markdown, evaluate_lexicons
from framing.classify._coverage import Coverage, Place, open_lexicons
from framing.errors import InputError, LexiconError
from framing.lexicon import load, names

Record = dict[str, Any]

LEXICON = "form\nvile\nsham\ndead set\nnever here\n"
RECORDS: list[Record] = [
    # one right hit, one missed word that stands there twice
    {
        "id": "a",
        "outlet": "Gazette",
        "text": "The vile plan is a fiasco, a Fiasco.",
        "biased_words": ["Vile", "fiasco"],
    },
    # one wrong hit of the same entry, and a phrase of which one word is marked
    {"id": "b", "outlet": "Courier", "text": "A vile smell. They are dead set on it.", "biased_words": ["dead"]},
    {"id": "c", "outlet": "Courier", "text": "The ferry left at noon; no fiasco.", "biased_words": []},
]


def write(path: Path, records: list[Record]) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text(LEXICON, encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "words.jsonl", RECORDS)


@pytest.fixture
def found(lexicon: Path, data: Path) -> Coverage:
    return evaluate_lexicons([lexicon], data)


def test_words_are_counted_as_found_and_as_marked(found: Coverage) -> None:
    """Found are vile, vile, dead, set; marked are vile, fiasco, Fiasco, dead."""
    score = found.score
    assert (score.right, score.predicted, score.gold) == (2, 4, 4)
    assert score.precision.value == 0.5
    assert score.recall.value == 0.5
    assert score.f1.value == 0.5
    assert score.precision.low <= 0.5 <= score.precision.high
    assert (found.records, found.marked, found.rejected) == (3, 2, 0)


def test_entries_tell_right_hits_from_wrong_ones_and_where_to_read(found: Coverage) -> None:
    entries = {one.entry: one for one in found.entries}
    vile = entries["vile"]
    assert (vile.hits, vile.right, vile.wrong, vile.outlets) == (2, 1, 1, 2)
    assert (vile.first_right, vile.first_wrong) == (Place("a", 4), Place("b", 2))
    assert (entries["dead-set"].hits, entries["dead-set"].right) == (1, 1)
    assert {name for name, one in entries.items() if not one.hits} == {"sham", "never-here"}
    assert found.entries[0] is vile


def test_missed_words_have_their_rate_and_a_place(found: Coverage) -> None:
    (fiasco,) = found.missed
    assert (fiasco.word, fiasco.missed, fiasco.annotated, fiasco.occurrences) == ("fiasco", 2, 2, 3)
    assert fiasco.rate == pytest.approx(2 / 3)
    assert fiasco.first == Place("a", 19)
    assert fiasco.outlets == 1


def test_missed_words_that_are_marked_no_oftener_than_any_stand_last(lexicon: Path, tmp_path: Path) -> None:
    marked = {"text": "the the the fiasco", "biased_words": ["the", "fiasco"]}
    plain = {"text": "the " * 60, "biased_words": []}
    found = evaluate_lexicons([lexicon], write(tmp_path / "w.jsonl", [marked, plain]))
    assert [(one.word, one.missed) for one in found.missed] == [("fiasco", 1), ("the", 3)]


def test_what_the_outlet_says_stands_apart_from_what_it_quotes(lexicon: Path, tmp_path: Path) -> None:
    text = "The vile plan failed. “It was a sham and a fiasco for us all,” the mayor said."
    found = evaluate_lexicons([lexicon], write(tmp_path / "w.jsonl", [{"text": text, "biased_words": ["vile"]}]))
    voices = {name: (one.right, one.predicted, one.gold) for name, one in found.voices.items()}
    assert voices["own"] == (1, 1, 1)
    assert voices["quoted"] == (0, 1, 0)
    assert {one.entry: one.own_hits for one in found.entries if one.hits} == {"vile": 1, "sham": 0}


def test_spans_count_by_place_and_only_those_of_the_bias_that_is_asked_for(lexicon: Path, tmp_path: Path) -> None:
    text = "A vile plan. A vile day."
    spans = [{"start": 2, "end": 6, "bias": "lex"}, {"start": 13, "end": 23, "bias": "inf"}]
    data = write(tmp_path / "spans.jsonl", [{"text": text, "spans": spans}])
    lex = evaluate_lexicons([lexicon], data, bias="lex")
    assert (lex.column, lex.bias) == ("spans", "lex")
    assert (lex.score.right, lex.score.predicted, lex.score.gold) == (1, 2, 1)
    both = evaluate_lexicons([lexicon], data)
    assert (both.score.right, both.score.predicted, both.score.gold) == (2, 2, 4)


def test_a_table_and_a_compressed_file_say_the_same_as_json_lines(
    lexicon: Path, data: Path, tmp_path: Path, found: Coverage
) -> None:
    table = tmp_path / "words.csv"
    cells = [json.dumps(RECORDS[0]["biased_words"]), "['dead']", ""]
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["nr", "paper", "story", "marks"])
        for record, cell in zip(RECORDS, cells, strict=True):
            writer.writerow([record["id"], record["outlet"], record["text"], cell])
    columns = {"id": "nr", "outlet": "paper", "text": "story"}
    from_table = evaluate_lexicons([lexicon], table, column="marks", **columns)
    zipped = evaluate_lexicons([lexicon], write(tmp_path / "words.jsonl.gz", RECORDS))
    for other in (from_table, zipped):
        assert (other.score, other.entries, other.missed) == (found.score, found.entries, found.missed)


@pytest.mark.parametrize(("cell", "right"), [("vile; sham", 1), ("vile|sham", 1), ("2-6; 7-11", 1), ("smell", 0)])
def test_a_cell_may_hold_words_or_places_with_marks_between(
    lexicon: Path, tmp_path: Path, cell: str, right: int
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'text,marks\n"A vile smell of sulphur",{cell}\n', encoding="utf-8")
    assert evaluate_lexicons([lexicon], table, column="marks").score.right == right


def test_a_layer_stands_for_all_its_lists_and_names_are_taken_once() -> None:
    loaded = open_lexicons(["loaded", "loaded-general"])
    assert {one.name for one in loaded} == {name for name in names() if load(name).layer == "loaded"}
    # the order in which the measure reads them
    assert loaded[-1].name == "loaded-general"
    assert [one.name for one in open_lexicons(["naming"])] == ["naming"]


def test_each_lexicon_is_scored_by_its_own_hits(lexicon: Path, data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.tsv"
    other.write_text("form\nferry\n", encoding="utf-8")
    found = evaluate_lexicons([lexicon, other], data)
    assert {name: (one.right, one.predicted) for name, one in found.by_lexicon.items()} == {
        "mine": (2, 4),
        "other": (0, 1),
    }
    assert found.score.predicted == 5


def test_rows_that_cannot_be_read_are_counted_and_shift_nothing(lexicon: Path, tmp_path: Path) -> None:
    data = tmp_path / "w.jsonl"
    lines = [json.dumps(RECORDS[0]), "{broken", json.dumps({"text": "", "biased_words": []}), json.dumps(RECORDS[1])]
    data.write_text("\n".join(lines), encoding="utf-8")
    found = evaluate_lexicons([lexicon], data)
    assert (found.records, found.rejected) == (2, 2)
    assert (found.score.right, found.score.predicted) == (2, 4)
    with pytest.raises(InputError, match="line 2"):
        evaluate_lexicons([lexicon], data, strict=True)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"text": "A vile plan."}, "no column 'biased_words' or 'spans'"),
        ({"text": "A vile plan.", "biased_words": []}, "nothing is marked"),
        ({"text": "A vile plan.", "biased_words": ["ferry"]}, "nothing is marked"),
        ({"text": "A vile plan.", "biased_words": 3}, "line 1: biased_words is 3; allowed is a list"),
        ({"text": "A vile plan.", "biased_words": [3]}, "line 1: biased_words holds 3; allowed is a list"),
        ({"text": "A vile plan.", "spans": [{"start": 2, "end": 60}]}, "span 2-60; allowed are places within 0-12"),
        ({"text": "A vile plan.", "spans": [{"start": "2"}]}, "allowed is a list of words, or of spans"),
        ({"prose": "A vile plan.", "biased_words": ["vile"]}, "which column holds the text"),
    ],
)
def test_unfit_data_are_refused_in_one_line(lexicon: Path, tmp_path: Path, record: Record, said: str) -> None:
    with pytest.raises(InputError) as fault:
        evaluate_lexicons([lexicon], write(tmp_path / "w.jsonl", [record]))
    assert said in str(fault.value)
    assert "w.jsonl" in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_record_that_lacks_the_column_is_named(lexicon: Path, tmp_path: Path) -> None:
    data = write(tmp_path / "w.jsonl", [RECORDS[0], {"text": "A ferry."}])
    with pytest.raises(InputError, match="line 2: no 'biased_words'"):
        evaluate_lexicons([lexicon], data)


def test_a_file_in_another_encoding_is_read_if_it_is_said(lexicon: Path, tmp_path: Path) -> None:
    data = tmp_path / "w.jsonl"
    line = json.dumps({"text": "A vile café fiasco.", "biased_words": ["café"]}, ensure_ascii=False)
    data.write_bytes(f"{line}\n".encode("latin-1"))
    with pytest.raises(InputError, match="--encoding"):
        evaluate_lexicons([lexicon], data)
    assert evaluate_lexicons([lexicon], data, encoding="latin-1").missed[0].word == "café"


def test_a_file_of_which_no_row_can_be_read_is_refused(lexicon: Path, tmp_path: Path) -> None:
    data = tmp_path / "w.jsonl"
    data.write_text('{"text": "", "biased_words": ["vile"]}\n', encoding="utf-8")
    with pytest.raises(InputError, match="no record that could be read"):
        evaluate_lexicons([lexicon], data)


def test_an_empty_file_and_another_kind_of_file_are_refused(lexicon: Path, tmp_path: Path) -> None:
    for name in ("w.jsonl", "w.csv", "w.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
        with pytest.raises(InputError, match=name):
            evaluate_lexicons([lexicon], tmp_path / name)


def test_unknown_lexicons_furniture_and_two_of_one_name_are_refused(lexicon: Path, data: Path, tmp_path: Path) -> None:
    twin = tmp_path / "folder" / "mine.tsv"
    twin.parent.mkdir()
    twin.write_text("form\nplan\n", encoding="utf-8")
    for wanted, said in (
        (["lodaed"], "no lexicon 'lodaed'"),
        (["furniture"], "lines, not words"),
        ([lexicon, twin], "two"),
    ):
        with pytest.raises(LexiconError, match=said):
            evaluate_lexicons(wanted, data)


def test_markdown_shows_scores_entries_and_candidates_but_no_text(found: Coverage) -> None:
    said = coverage_markdown(found, top=1)
    assert said.startswith("words.jsonl: 3 records, 24 words, 4 of them marked (biased_words), in 2 of the records.")
    assert "| all" in said
    assert "a@4" in said
    assert "| fiasco | a@19" in said
    assert "mine/sham and 1 more" in said
    assert "ferry" not in said
    assert "smell" not in said


def test_json_and_csv_hold_every_entry_and_every_missed_word(found: Coverage) -> None:
    made = json.loads(coverage_json(found))
    assert [one["entry"] for one in made["entries"]] == ["vile", "dead-set", "sham", "never-here"]
    assert made["missed"][0]["rate"] == pytest.approx(0.6667)
    rows = list(csv.DictReader(io.StringIO(coverage_csv(found))))
    assert [(row["kind"], row["entry"] or row["form"], row["hits"] or row["missed"]) for row in rows] == [
        ("entry", "vile", "2"), ("entry", "dead-set", "1"), ("entry", "sham", "0"), ("entry", "never-here", "0"),
        ("missed", "fiasco", "2"),
    ]  # fmt: skip
    assert (rows[0]["record"], rows[0]["offset"], rows[0]["precision"]) == ("b", "2", "0.5")
    assert rows[2]["precision"] == ""


def test_the_seed_moves_intervals_and_nothing_else(lexicon: Path, data: Path, found: Coverage) -> None:
    again = evaluate_lexicons([lexicon], data)
    assert coverage_json(again) == coverage_json(found)
    other = evaluate_lexicons([lexicon], data, seed=5)
    assert (other.entries, other.missed, other.score.f1.value) == (found.entries, found.missed, found.score.f1.value)
