"""Read lexicons, and hold them to the rules of lexicons/README.md."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from framing import _data
from framing.errors import LexiconError
from framing.lexicon._conditions import parse
from framing.lexicon._entry import LAYERS, REQUIRED, SHARED, Entry, Example, Lexicon
from framing.lexicon._inflection import inflect, inflection_fault

_ID = re.compile(r"[a-z0-9][a-z0-9.'-]*")
# files of lexicons/en that are data of another kind
_NOT_LEXICONS = frozenset({"sentences"})
_CHECKED_VALUES = {"topic": "topics", "role": "roles", "kind": "kinds"}
_CARD_TEXTS = ("title", "language", "version", "licence", "description")
_EXAMPLE_LISTS = ("must_match", "must_not_match")


@cache
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """Return vocabulary.toml: for each section the allowed words with their definitions."""
    return tomllib.loads((_data.lexicons() / "vocabulary.toml").read_text(encoding="utf-8"))


@cache
def sources() -> frozenset[str]:
    """Return the keys of sources.bib."""
    text = (_data.lexicons() / "sources.bib").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^@\w+\{([^,\s]+),", text, flags=re.MULTILINE))


@cache
def names(language: str = "en") -> tuple[str, ...]:
    """Return the names of the lexicons that ship with framing, sorted."""
    folder = _data.lexicons() / language
    found = (file.name.removesuffix(".tsv") for file in folder.iterdir() if file.name.endswith(".tsv"))
    return tuple(sorted(name for name in found if name not in _NOT_LEXICONS))


def load(name: str | Path) -> Lexicon:
    """Load a lexicon by the name of one that ships, or from a file of the user's.

    Parameters
    ----------
    name : str or Path
        One of `names()`, or a path to a .tsv file, beside which a card of the same name may lie. Without a card a
        file is a list of loaded terms, and all columns but `form` may be missing.

    Raises
    ------
    LexiconError
        Naming the file, the line and the rule of the first fault, or the names that exist.
    """
    lexicon, faults = read(name)
    if faults or lexicon is None:
        raise LexiconError(faults[0])
    return lexicon


def read(name: str | Path) -> tuple[Lexicon | None, list[str]]:
    """Read a lexicon and return it with every fault found, each one line naming file, line and rule."""
    file = _find(name)
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return None, [f"{file.name}: not UTF-8 at byte {fault.start}; save it as UTF-8"]
    card, faults = _card(file)
    if faults:
        return None, faults
    # a card that names its file asks for all the rules; a user's list may be looser
    strict = "name" in card
    if strict:
        faults += _missing_in_card(file, card)
    layer = card.get("layer", "loaded")
    entries, more = _entries(file, text, card, strict=strict)
    faults += more
    lexicon = Lexicon(
        name=file.name.removesuffix(".tsv"),
        title=card.get("title", file.name),
        layer=layer,
        version=str(card.get("version", "")),
        licence=str(card.get("licence", "")),
        description=str(card.get("description", "")),
        entries=entries,
        sha256=hashlib.sha256(raw).hexdigest(),
        must_match=tuple(_examples(card.get("must_match", ()))),
        must_not_match=tuple(_examples(card.get("must_not_match", ()))),
        path=str(file),
    )
    return lexicon, faults


def _find(name: str | Path) -> Traversable:
    if str(name) in names():
        return _data.lexicons() / "en" / f"{name}.tsv"
    path = Path(name)
    if path.is_file():
        return path
    msg = f"no lexicon {str(name)!r}: neither a file nor one of {', '.join(names())}"
    raise LexiconError(msg)


def _label(file: Traversable, suffix: str) -> str:
    return file.name.removesuffix(".tsv") + suffix


def _card(file: Traversable) -> tuple[dict[str, Any], list[str]]:
    """Return the card beside a lexicon (empty where a user's file has none) and its faults."""
    label = _label(file, ".toml")
    beside = file.with_suffix(".toml") if isinstance(file, Path) else _data.lexicons() / "en" / label
    try:
        card = tomllib.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
    except UnicodeDecodeError as fault:
        return {}, [f"{label}: not UTF-8 at byte {fault.start}; save it as UTF-8"]
    except tomllib.TOMLDecodeError as fault:
        return {}, [f"{label}: not TOML: {fault}"]
    return card, list(_card_faults(label, card))


def _card_faults(label: str, card: Mapping[str, Any]) -> Iterator[str]:
    """Yield what makes a card unreadable."""
    if card.get("layer", "loaded") not in list(LAYERS):
        yield f"{label}: layer {card['layer']!r}; allowed are {', '.join(LAYERS)}"
    for key in _CARD_TEXTS:
        if not isinstance(card.get(key, ""), str):
            yield f"{label}: {key} is {card[key]!r}; write it in quotation marks"
    for key in _EXAMPLE_LISTS:
        rows = card.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) and "text" in row for row in rows):
            yield f"{label}: {key} is not a list of {{ text, entry, words }}"


def _missing_in_card(file: Traversable, card: Mapping[str, Any]) -> Iterator[str]:
    label, name = _label(file, ".toml"), _label(file, "")
    if card.get("name") != name:
        yield f"{label}: name {card.get('name', '')!r}; the file's is {name!r}"
    for key in ("layer", *_CARD_TEXTS):
        if not card.get(key):
            yield f"{label}: {key} is empty"


def _examples(rows: Sequence[Mapping[str, str]]) -> Iterator[Example]:
    for row in rows:
        yield Example(text=row["text"], entry=row.get("entry", "*"), words=row.get("words", ""))


def _entries(
    file: Traversable, text: str, card: Mapping[str, Any], *, strict: bool
) -> tuple[dict[str, Entry], list[str]]:
    layer = card.get("layer", "loaded")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
    except csv.Error as fault:
        return {}, [f"{file.name}: not a table of cells separated by tabs: {fault}"]
    header = [cell.strip() for cell in rows[0]] if rows else []
    faults = list(_header_faults(file.name, header, layer, strict=strict))
    if faults:
        return {}, faults
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            faults.append(f"{file.name}:{number}: {len(row)} cells; the first line has {len(header)}")
            continue
        cells = {column: cell.strip() for column, cell in zip(header, row, strict=True)}
        found = [f"{file.name}:{number}: {fault}" for fault in _faults(cells, layer, entries, strict=strict)]
        faults += found
        if not found:
            entry = _entry(cells, file.name.removesuffix(".tsv"), layer, number)
            entries[entry.id] = entry
    return entries, faults


def _header_faults(name: str, header: Sequence[str], layer: str, *, strict: bool) -> Iterator[str]:
    if "form" not in header:
        yield f"{name}:1: no column `form`; the first line names the columns: {', '.join(SHARED)}"
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        yield f"{name}:1: column {', '.join(twice)} stands there twice"
    expected = {*SHARED, *LAYERS[layer]}
    wrong = sorted(set(header) ^ expected)
    if strict and wrong:
        allowed = ", ".join([*SHARED, *LAYERS[layer]])
        yield f"{name}:1: columns {', '.join(wrong)} missing or unknown; layer {layer} has {allowed}"


def _id_of(cells: Mapping[str, str]) -> str:
    return cells.get("id") or cells["form"].lower().replace(" ", "-")


def _entry(cells: Mapping[str, str], lexicon: str, layer: str, line: int) -> Entry:
    return Entry(
        id=_id_of(cells),
        form=cells["form"],
        forms=tuple(dict.fromkeys(inflect(cells["form"], cells.get("inflection", "")))),
        conditions=() if layer == "furniture" else parse(cells.get("conditions", "")),
        category=cells.get("category", ""),
        note=cells.get("note", ""),
        source=cells.get("source", "user"),
        lexicon=lexicon,
        layer=layer,
        line=line,
        attributes={column: cells[column] for column in LAYERS[layer] if cells.get(column)},
    )


def _faults(cells: Mapping[str, str], layer: str, known: Mapping[str, Entry], *, strict: bool) -> Iterator[str]:
    """Yield each rule that a row breaks."""
    if not cells["form"]:
        yield "the form is empty"
    if _id_of(cells) in known:
        yield f"id {_id_of(cells)!r} stands in line {known[_id_of(cells)].line} already"
    if layer != "furniture":
        try:
            parse(cells.get("conditions", ""))
        except ValueError as fault:
            yield str(fault)
    if (strict or cells.get("id")) and not _ID.fullmatch(cells["id"]):
        yield f"id {cells['id']!r}: lower case, words joined by -"
    if fault_of_inflection := inflection_fault(cells["form"], cells.get("inflection", "")):
        yield fault_of_inflection
    if cells.get("strength") and cells["strength"] not in {"1", "2", "3"}:
        yield f"strength {cells['strength']!r}; allowed are 1, 2, 3"
    if strict:
        yield from _strict_faults(cells, layer)


def _strict_faults(cells: Mapping[str, str], layer: str) -> Iterator[str]:
    """Yield each rule that a row breaks and that a list without a named card need not keep."""
    for column in REQUIRED.get(layer, ()):
        if not cells.get(column):
            yield f"{column} is empty"
    allowed = vocabulary().get(layer, {})
    if allowed and cells["category"] not in allowed:
        yield f"category {cells['category']!r}; allowed are {', '.join(allowed)}"
    for column, section in _CHECKED_VALUES.items():
        if cells.get(column) and cells[column] not in vocabulary()[section]:
            yield f"{column} {cells[column]!r}; allowed are {', '.join(vocabulary()[section])}"
    if cells["source"] not in sources():
        yield f"source {cells['source']!r} is not in sources.bib"
