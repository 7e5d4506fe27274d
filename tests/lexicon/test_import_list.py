"""Somebody's list becomes a lexicon that loads."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from framing.errors import LexiconError
from framing.lexicon import Lexicon, check, import_list, load


def imported(folder: Path, name: str, content: str, *, layer: str = "loaded") -> Lexicon:
    source, output = folder / name, folder / "mine.tsv"
    source.write_text(content, encoding="utf-8")
    count = import_list(source, output, layer=layer)
    lexicon = load(output)
    assert check(output) == []
    assert count == len(lexicon)
    return lexicon


def test_lines_of_a_text_file_are_forms(tmp_path: Path) -> None:
    lexicon = imported(tmp_path, "list.txt", "\ufeff# mine\nregime\n\n  so   called \nRegime\n")
    assert [entry.form for entry in lexicon.entries.values()] == ["Regime", "so called"]
    assert {entry.source for entry in lexicon.entries.values()} == {"user"}


def test_layer_is_written_to_the_card(tmp_path: Path) -> None:
    assert imported(tmp_path, "list.txt", "maybe\n", layer="hedge").layer == "hedge"


@pytest.mark.parametrize("column", ["form", "word", "term", "phrase"])
def test_column_of_a_table_is_found_by_its_name(tmp_path: Path, column: str) -> None:
    lexicon = imported(tmp_path, "list.csv", f'note,{column},category\nx,regime,"bad\tone"\n,"so, called",\n')
    assert {entry.form: entry.category for entry in lexicon.entries.values()} == {"regime": "bad one", "so, called": ""}


def test_cells_of_a_tsv_are_separated_by_tabs(tmp_path: Path) -> None:
    lexicon = imported(tmp_path, "list.tsv", "word\tcategory\nregime\tbad\n")
    assert [entry.category for entry in lexicon.entries.values()] == ["bad"]


def test_dic_gives_each_word_its_first_category(tmp_path: Path) -> None:
    dic = "%\n1\tPosEmo\n2\tNegEmo (bad)\n3\n%\ngood\t1\t2\nbad\t2\nkind of\t1\nangr*\t2\nodd\t3\nnone\t9\n"
    lexicon = imported(tmp_path, "list.dic", dic)
    assert {entry.form: entry.category for entry in lexicon.entries.values()} == {
        "bad": "negemo (bad)",
        "good": "posemo",
        "kind of": "posemo",
        "odd": "3",
    }


def test_stems_are_left_out_and_counted(tmp_path: Path) -> None:
    assert (
        imported(tmp_path, "list.txt", "angr*\nregime\nhat*\n").description == "Imported; 2 word stems were left out."
    )


def test_forms_with_one_id_are_all_kept(tmp_path: Path) -> None:
    lexicon = imported(tmp_path, "list.txt", "so called\nso-called\n政权\n入侵\n")
    assert {entry.form for entry in lexicon.entries.values()} == {"so called", "so-called", "政权", "入侵"}


def test_name_of_the_file_may_hold_any_sign(tmp_path: Path) -> None:
    source, output = tmp_path / "list.txt", tmp_path / 'my "own" list.tsv'
    source.write_text("regime\n", encoding="utf-8")
    import_list(source, output)
    assert tomllib.loads(output.with_suffix(".toml").read_text(encoding="utf-8"))["title"] == 'my "own" list'
    assert load(output).title == 'my "own" list'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "list.csv",
            "lemma,score\nregime,1\n",
            r"list\.csv:1: no column form, word, term or phrase; found lemma, score",
        ),
        ("list.csv", "", r"list\.csv:1: no column form, word, term or phrase; found "),
        ("list.txt", "# nothing\n\n", r"list\.txt: no words found"),
        ("list.txt", "angr*\n", r"list\.txt: no words found"),
        ("list.dic", "good\nbad\n", r"list\.dic: no words found"),
    ],
)
def test_list_without_words_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        imported(tmp_path, name, content)
    assert not (tmp_path / "mine.tsv").exists()


def test_list_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "list.txt"
    source.write_bytes(b"na\xefve\n")
    with pytest.raises(LexiconError, match=r"list\.txt: not UTF-8 at byte 2; save it as UTF-8"):
        import_list(source, tmp_path / "mine.tsv")


def test_unknown_layer_lists_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="layer 'bad'; allowed are loaded, naming, hedge"):
        import_list(tmp_path / "list.txt", tmp_path / "mine.tsv", layer="bad")


def test_lexicon_is_never_written_over_its_own_card(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"mine\.toml: a lexicon's file ends in \.tsv"):
        import_list(tmp_path / "list.txt", tmp_path / "mine.toml")
