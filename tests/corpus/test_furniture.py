"""Furniture is found where it stands, and nothing else is."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from framing import _data
from framing.corpus import Article, FurnitureFinder, load_patterns
from framing.corpus._furniture import lines_of
from framing.corpus._patterns import HEADER, keys
from framing.errors import LexiconError

CARD: dict[str, Any] = tomllib.loads((_data.lexicons() / "en" / "furniture.toml").read_text(encoding="utf-8"))
PATTERNS = load_patterns()
FINDER = FurnitureFinder(patterns=PATTERNS)


def found(text: str, outlet: str = "", recurring: dict[str, set[str]] | None = None) -> list[tuple[str, str]]:
    finder = FINDER if recurring is None else FurnitureFinder(recurring, PATTERNS)
    return [(text[start:end], rule) for start, end, rule in finder.spans(Article("1", text, outlet))]


@pytest.mark.parametrize("example", CARD["must_match"], ids=lambda example: example["entry"])
def test_example_is_found_by_its_entry(example: dict[str, str]) -> None:
    finder = FurnitureFinder(patterns=[pattern for pattern in PATTERNS if pattern.id == example["entry"]])
    text = f"The ferry left.\n  {example['text']}  \r\nIt came back."
    spans = finder.spans(Article("1", text, example.get("outlet", "")))
    assert [(text[start:end], rule) for start, end, rule in spans] == [(example["words"], example["entry"])]


@pytest.mark.parametrize("example", CARD["must_not_match"], ids=lambda example: example["text"][:30])
def test_example_of_honest_text_is_left_alone(example: dict[str, str]) -> None:
    assert found(example["text"]) == []


def test_every_entry_has_an_example() -> None:
    assert {pattern.id for pattern in PATTERNS} == {example["entry"] for example in CARD["must_match"]}


def test_every_category_is_in_the_vocabulary() -> None:
    vocabulary = tomllib.loads((_data.lexicons() / "vocabulary.toml").read_text(encoding="utf-8"))["furniture"]
    assert {pattern.category for pattern in PATTERNS} | {"recurring"} == set(vocabulary)


def test_entries_are_sorted_by_id() -> None:
    assert [pattern.id for pattern in PATTERNS] == sorted(pattern.id for pattern in PATTERNS)


def test_prefilter_never_hides_a_match() -> None:
    for example in CARD["must_match"]:
        article = Article("1", example["text"].upper(), example.get("outlet", ""))
        quick = {(start, end) for start, end, _ in FINDER.spans(article)}
        slow = set()
        for start, line in lines_of(article.text):
            for pattern in PATTERNS:
                if not pattern.outlets or article.outlet.casefold() in pattern.outlets:
                    slow |= {(start + m.start(), start + m.end()) for m in pattern.regex.finditer(line)}
        assert quick <= slow
        assert all(any(a <= start and end <= b for a, b in quick) for start, end in slow)


def test_recurring_line_is_found_in_its_outlet_only() -> None:
    text = "The ferry left.\n\n  The tide is everything  \n\nIt came back."
    recurring = {"Gazette": {"The tide is everything"}}
    assert found(text, "Gazette", recurring) == [("The tide is everything", "recurring")]
    assert found(text, "Herald", recurring) == []


def test_spans_are_in_order_and_do_not_overlap() -> None:
    text = (
        "Advertisement\nThe ferry left. (Photo: Ida Holm/Reuters)\nFollow @idaholm Follow @perstrand\nREUTERS/Ida Holm"
    )
    spans = FINDER.spans(Article("1", text))
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert len(spans) == 4


def test_offsets_hold_behind_a_letter_whose_lower_case_is_longer() -> None:
    assert found("İİİ said no. (Photo: Ida Holm)") == [("(Photo: Ida Holm)", "paren-photo")]


def test_outlet_of_a_condition_is_compared_without_case() -> None:
    assert found("USA TODAY", "usa today") == [("USA TODAY", "byline-usa-today")]
    assert found("USA TODAY", "Gazette") == []


def test_category_of_a_rule() -> None:
    assert FINDER.category("enlarge-image") == "caption-control"
    assert FINDER.category("recurring") == "recurring"


def test_article_without_lines() -> None:
    assert found("\n \n\t\n") == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (r"(?i)^sign up\b", (("sign",), "")),
        (r"^\W*(?:read more|see also):", (("read", "see "), "")),
        (r"^\[(?:image|video)\]$", (("imag", "vide"), "")),
        (r"^By [A-Z]", (("by ",), "")),
        (r"^\d+ years ago$", (tuple("0123456789"), "")),
        (r"^Photos? by", (("phot",), "")),
        (r".{0,400}\bgetty images\)", ((), "getty images)")),
        (r"one|another thing", ((), "")),
    ],
)
def test_letters_that_a_match_must_have(form: str, expected: tuple[tuple[str, ...], str]) -> None:
    assert keys(form) == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a\t(", "'(' is no regular expression"),
        ("a\t^a*", "matches nothing at all"),
        ("a\t.+ago", "needs 4 fixed letters in a row"),
        ("a", "2 cells where the header has 7"),
        ("\tcopyright", "id '' is empty"),
        ("used\tcopyright", "id 'used' is used before"),
    ],
)
def test_broken_entry_is_named_with_file_and_line(row: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    cells = [*row.split("\t"), "", "", "social", "", "framing"] if "\t" in row else [row, "x"]
    path.write_text("\n".join(["\t".join(HEADER), "used\tnewsletter\t\t\tsocial\t\tframing", "\t".join(cells)]))
    with pytest.raises(LexiconError) as caught:
        load_patterns(path)
    assert str(caught.value).startswith("mine.tsv, line 3: ")
    assert message in str(caught.value)


def test_form_for_the_whole_text_goes_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    form = r"(?s)^BEGIN FORM\n.*?\nEND FORM$"
    path.write_text("\t".join(HEADER) + f"\nform\t{form}\t\t\tsocial\t\tframing\n")
    text = "The ferry left.\nBEGIN FORM\nname\nEND FORM\nIt came back."
    spans = FurnitureFinder(patterns=load_patterns(path)).spans(Article("1", text))
    assert [(text[start:end], rule) for start, end, rule in spans] == [("BEGIN FORM\nname\nEND FORM", "form")]


def test_condition_that_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("\t".join(HEADER) + "\na\tcopyright\t\tbefore: x\tsocial\t\tframing\n")
    with pytest.raises(LexiconError, match=r"^mine\.tsv, line 2: condition 'before: x'; allowed is `outlet: A\|B`$"):
        load_patterns(path)
