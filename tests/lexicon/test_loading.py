"""A lexicon is held to its rules, and each fault is one line that says where, what and what else is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import LexiconError
from framing.lexicon import check, load, names, read

CARD = """name = "mine"
title = "Mine"
layer = "loaded"
language = "en"
version = "1.0.0"
licence = "MIT"
sources = ["framing"]
description = "Words of mine."
must_match = [{ text = "The regime fell.", entry = "regime", words = "regime" }]
must_not_match = [{ text = "A diet regime.", entry = "regime" }]
"""
HEADER = [
    "id", "form", "inflection", "conditions", "category", "topic", "strength", "favours", "disfavours",
    "alternatives", "note", "source",
]  # fmt: skip
ROW = {
    "id": "regime", "form": "regime", "inflection": "noun", "conditions": "not after: diet",
    "category": "delegitimising", "topic": "conflict", "strength": "2", "alternatives": "government | rulers",
    "source": "framing",
}  # fmt: skip


def write(folder: Path, rows: list[dict[str, str]], *, card: str | None = CARD, header: list[str] = HEADER) -> Path:
    lines = ["\t".join(header), *("\t".join(row.get(column, "") for column in header) for row in rows)]
    path = folder / "mine.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if card is not None:
        (folder / "mine.toml").write_text(card, encoding="utf-8")
    return path


def test_lexicon_that_keeps_the_rules_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, [ROW])
    assert check(path) == []
    lexicon = load(path)
    entry = lexicon.entries["regime"]
    assert (lexicon.name, lexicon.layer, len(lexicon), len(lexicon.sha256)) == ("mine", "loaded", 1, 64)
    assert (entry.forms, entry.line, entry.topic) == (("regime", "regimes"), 2, "conflict")
    assert entry.alternatives == ("government", "rulers")
    assert (entry.favours, entry["no such column"]) == ("", "")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"form": ""}, "the form is empty"),
        ({"id": "Regime"}, "id 'Regime': lower case, words joined by -"),
        ({"id": "old regime"}, "id 'old regime': lower case, words joined by -"),
        ({"topic": ""}, "topic is empty"),
        ({"strength": ""}, "strength is empty"),
        ({"strength": "4"}, "strength '4'; allowed are 1, 2, 3"),
        ({"category": "bad"}, "category 'bad'; allowed are condemning, praising,"),
        ({"category": ""}, "category ''; allowed are condemning, praising,"),
        ({"topic": "fishing"}, "topic 'fishing'; allowed are conflict,"),
        ({"source": "smith1999"}, "source 'smith1999' is not in sources.bib"),
        ({"source": ""}, "source '' is not in sources.bib"),
        ({"conditions": "behind: a"}, "condition 'behind: a' is not one of before, after,"),
    ],
)
def test_rule_of_a_row_is_named_with_file_and_line(tmp_path: Path, change: dict[str, str], fault: str) -> None:
    good = {**ROW, "id": "a-regime", "form": "a regime"}
    path = write(tmp_path, [good, {**ROW, **change}])
    found = read(path)[1]
    assert len(found) == 1
    assert found[0].startswith(f"mine.tsv:3: {fault}")
    assert "\n" not in found[0]
    with pytest.raises(LexiconError, match=r"mine\.tsv:3: "):
        load(path)


def test_id_that_stands_there_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    assert read(write(tmp_path, [ROW, ROW]))[1] == ["mine.tsv:3: id 'regime' stands in line 2 already"]


def test_every_fault_is_listed_not_only_the_first(tmp_path: Path) -> None:
    rows = [{**ROW, "strength": "9", "topic": ""}, {**ROW, "source": "x"}]
    lines = [fault.split(": ")[0] for fault in read(write(tmp_path, rows))[1]]
    assert lines == ["mine.tsv:2", "mine.tsv:2", "mine.tsv:3"]


@pytest.mark.parametrize("missing", ["id", "category", "source", "strength"])
def test_column_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    header = [column for column in HEADER if column != missing]
    (fault,) = read(write(tmp_path, [ROW], header=header))[1]
    assert fault.startswith(f"mine.tsv:1: columns {missing} missing or unknown; layer loaded has id, form,")


def test_column_that_is_unknown_is_named(tmp_path: Path) -> None:
    (fault,) = read(write(tmp_path, [ROW], header=[*HEADER, "favors"]))[1]
    assert fault.startswith("mine.tsv:1: columns favors missing or unknown")


def test_column_that_stands_there_twice_is_named(tmp_path: Path) -> None:
    assert "mine.tsv:1: column form stands there twice" in read(write(tmp_path, [ROW], header=[*HEADER, "form"]))[1]


@pytest.mark.parametrize("content", ["", "word\tnote\n"])
def test_file_without_forms_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(content, encoding="utf-8")
    assert read(path)[1] == [
        "list.tsv:1: no column `form`; the first line names the columns: "
        "id, form, inflection, conditions, category, note, source"
    ]


def test_row_with_too_few_cells_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("form\tnote\nregime\n\n  \nrulers\tx\n", encoding="utf-8")
    assert read(path)[1] == ["list.tsv:2: 1 cells; the first line has 2"]


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_bytes(b"form\nna\xefve\n")
    assert read(path)[1] == ["list.tsv: not UTF-8 at byte 7; save it as UTF-8"]


def test_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_bytes("\ufeffform\r\nregime\r\n".encode())
    assert list(load(path).entries) == ["regime"]


def test_cell_longer_than_any_entry_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("form\n" + "a" * 200_000, encoding="utf-8")
    (fault,) = read(path)[1]
    assert fault.startswith("list.tsv: not a table of cells separated by tabs: field larger")


@pytest.mark.parametrize(
    ("card", "fault"),
    [
        ("name = mine", "mine.toml: not TOML: "),
        (
            CARD.replace('"loaded"', '"loadde"'),
            "mine.toml: layer 'loadde'; allowed are loaded, naming, hedge, booster,",
        ),
        (CARD.replace('"loaded"', '["loaded"]'), "mine.toml: layer ['loaded']; allowed are loaded,"),
        (CARD.replace('"1.0.0"', "1.0"), "mine.toml: version is 1.0; write it in quotation marks"),
        (CARD.replace('"mine"', '"yours"', 1), "mine.toml: name 'yours'; the file's is 'mine'"),
        (CARD.replace('licence = "MIT"\n', ""), "mine.toml: licence is empty"),
        (CARD + 'must_see = "x"\n[[must]]\n', ""),
        (CARD.replace("text =", "txt =", 1), "mine.toml: must_match is not a list of { text, entry, words }"),
        ('layer = "hedge"\nmust_match = 3\n', "mine.toml: must_match is not a list of"),
    ],
)
def test_fault_of_a_card_is_named(tmp_path: Path, card: str, fault: str) -> None:
    faults = read(write(tmp_path, [ROW], card=card))[1]
    assert [found.startswith(fault) for found in faults] == ([True] if fault else [])


def test_card_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, [ROW])
    (tmp_path / "mine.toml").write_bytes(b"title = '\xe9'\n")
    assert read(path)[1] == ["mine.toml: not UTF-8 at byte 9; save it as UTF-8"]


def test_name_that_does_not_exist_lists_those_that_do() -> None:
    with pytest.raises(LexiconError, match=r"no lexicon 'loaded-fishing': neither a file nor one of .*loaded-conflict"):
        load("loaded-fishing")


def test_names_are_sorted_lexicons_only() -> None:
    assert list(names()) == sorted(names())
    assert {"hedges", "boosters", "naming", "titles"} <= set(names())
    assert "sentences" not in names()


def test_list_without_a_card_is_one_of_loaded_terms(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("form\tconditions\nspecial operation\t\nmay\tcase: exact\nabove all\t\n", encoding="utf-8")
    lexicon = load(path)
    assert lexicon.layer == "loaded"
    assert list(lexicon.entries) == ["special-operation", "may", "above-all"]
    assert lexicon.entries["may"].source == "user"
    assert check(path) == []


def test_list_without_a_card_may_not_hold_a_form_twice(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("form\nregime\nRegime\n", encoding="utf-8")
    assert check(path) == ["list.tsv:3: id 'regime' stands in line 2 already"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Big Regime!\tregime\t\t", "id 'Big Regime!': lower case, words joined by -"),
        ("regime\tregime\t\t9", "strength '9'; allowed are 1, 2, 3"),
        (
            "regime\tregime\tnown\t2",
            "inflection 'nown': one of noun, verb, verb-doubling, adjective, or further forms joined by |",
        ),
        (
            "regime\tregime\tNoun\t2",
            "inflection 'Noun': one of noun, verb, verb-doubling, adjective, or further forms joined by |",
        ),
        ("\tregime\tregimes\t", ""),
        ("verbal\tnouny\tnouns\t", ""),
    ],
)
def test_list_without_a_card_keeps_the_rules_of_its_cells(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(f"id\tform\tinflection\tstrength\n{row}\n", encoding="utf-8")
    assert check(path) == ([f"list.tsv:2: {fault}"] if fault else [])


def test_examples_of_a_bad_row_are_no_further_faults(tmp_path: Path) -> None:
    assert check(write(tmp_path, [{**ROW, "strength": "9"}])) == ["mine.tsv:2: strength '9'; allowed are 1, 2, 3"]


def test_check_runs_the_examples(tmp_path: Path) -> None:
    card = CARD.replace("The regime fell.", "The government fell.").replace("A diet regime.", "The regime and regimes.")
    assert check(write(tmp_path, [ROW], card=card)) == [
        "mine.toml: must_match: 'regime' does not find 'regime' in 'The government fell.'",
        "mine.toml: must_not_match: 'regime' finds regime, regimes in 'The regime and regimes.'",
    ]


def test_check_wants_examples(tmp_path: Path) -> None:
    card = "\n".join(line for line in CARD.splitlines() if not line.startswith("must"))
    assert check(write(tmp_path, [ROW], card=card)) == [
        "mine.toml: 0 must_match examples; 1 entries need 1",
        "mine.toml: no must_not_match example",
    ]


def test_check_wants_examples_of_entries_that_exist(tmp_path: Path) -> None:
    card = CARD.replace('entry = "regime" }]', 'entry = "junta" }]')
    assert check(write(tmp_path, [ROW], card=card)) == [
        "mine.toml: example names entry 'junta', which is not in the file"
    ]


def test_check_wants_ids_in_order(tmp_path: Path) -> None:
    rows = [ROW, {**ROW, "id": "junta", "form": "junta"}]
    assert check(write(tmp_path, rows)) == ["mine.tsv:3: id 'junta' stands behind 'regime'; sort by id"]
