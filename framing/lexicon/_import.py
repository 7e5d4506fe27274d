"""Make a lexicon of somebody's list."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

from framing.errors import LexiconError
from framing.lexicon._entry import LAYERS, SHARED


def _liwc(text: str) -> list[tuple[str, str]]:
    """Read a LIWC-style .dic: categories between two lines of ``%``, then words with their categories."""
    _, _, rest = text.partition("%")
    head, _, body = rest.partition("%")
    # a category may have a number and no name
    categories = dict((line.split(None, 1) * 2)[:2] for line in head.splitlines() if line.strip())
    rows = []
    for line in filter(str.strip, body.splitlines()):
        parts = line.split("\t") if "\t" in line else line.split()
        word, numbers = parts[0].strip(), [part.strip() for part in parts[1:] if part.strip() in categories]
        rows += [(word, categories[number].strip().lower()) for number in numbers[:1]]
    return rows


def _rows(source: Path) -> list[tuple[str, str]]:
    try:
        text = source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        msg = f"{source}: not UTF-8 at byte {fault.start}; save it as UTF-8"
        raise LexiconError(msg) from fault
    if source.suffix == ".dic":
        return _liwc(text)
    if source.suffix in {".csv", ".tsv"}:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if source.suffix == ".tsv" else ",")
        columns = reader.fieldnames or []
        column = next((name for name in ("form", "word", "term", "phrase") if name in columns), None)
        if column is None:
            msg = f"{source}:1: no column form, word, term or phrase; found {', '.join(columns)}"
            raise LexiconError(msg)
        return [(row[column] or "", row.get("category") or "") for row in reader]
    return [(line, "") for line in text.splitlines() if not line.startswith("#")]


def import_list(source: Path, output: Path, *, layer: str = "loaded") -> int:
    """Write a list of words as a lexicon with a card, and return the number of entries.

    Words that end in ``*`` are left out, since framing matches whole words; the card says how many.

    Parameters
    ----------
    source : Path
        One word or phrase a line; a .csv or .tsv with a column ``form``, ``word``, ``term`` or ``phrase`` and perhaps
        ``category``; or a LIWC-style .dic.
    output : Path
        The .tsv to write; its card is written beside it.
    layer : str

    Raises
    ------
    LexiconError
        If the file has no such column, the layer is unknown, `output` is no .tsv, or nothing is left.
    """
    if layer not in LAYERS:
        msg = f"layer {layer!r}; allowed are {', '.join(LAYERS)}"
        raise LexiconError(msg)
    if output.suffix != ".tsv":
        msg = f"{output}: a lexicon's file ends in .tsv"
        raise LexiconError(msg)
    rows = [(" ".join(form.split()), " ".join(category.split())) for form, category in _rows(source)]
    stems = sum(form.endswith("*") for form, _ in rows)
    forms = {form.lower(): (form, category) for form, category in rows if form and not form.endswith("*")}
    if not forms:
        msg = f"{source}: no words found"
        raise LexiconError(msg)
    entries: dict[str, tuple[str, str]] = {}
    for key, value in forms.items():
        name = stem = re.sub(r"[^a-z0-9']+", "-", key).strip("-'") or "entry"
        number = 1
        while name in entries:
            number += 1
            name = f"{stem}-{number}"
        entries[name] = value
    columns = [*SHARED[:5], *LAYERS[layer], "note", "source"]
    lines = ["\t".join(columns)]
    for name, (form, category) in sorted(entries.items()):
        cells = {"id": name, "form": form, "category": category, "source": "user"}
        lines.append("\t".join(cells.get(column, "") for column in columns))
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    title = json.dumps(output.stem, ensure_ascii=False)
    card = f'title = {title}\nlayer = "{layer}"\ndescription = "Imported; {stems} word stems were left out."\n'
    output.with_suffix(".toml").write_text(card, encoding="utf-8")
    return len(entries)
