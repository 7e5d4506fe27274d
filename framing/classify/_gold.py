"""Annotated attributions: reading them, and as labels of tokens."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError
from framing.measures.attribution.finder import CONTENT, CUE, SOURCE
from framing.text import Batch

Span = tuple[int, int]
PARTS = ("source", "cue", "content")
_LABEL = {"content": CONTENT, "source": SOURCE, "cue": CUE}


@dataclass(frozen=True, slots=True)
class Record:
    """An annotated article.

    Attributes
    ----------
    id, outlet, text : str
    attributions : tuple of dict
        By part (source, cue, content) its pieces, as offsets into `text`.
    annotator : str
    """

    id: str
    outlet: str
    text: str
    attributions: tuple[dict[str, list[Span]], ...]
    annotator: str = ""


def find_part(data: str | Path, part: str) -> Path:
    """Return the file of a part (train, dev, agreement) in a folder, or in its folder ``attribution``.

    Raises
    ------
    InputError
        If there is none.
    """
    folder = Path(data)
    for place in (folder, folder / "attribution"):
        for name in (f"{part}.jsonl.gz", f"{part}.jsonl"):
            if (place / name).is_file():
                return place / name
    msg = f"{data}: no {part}.jsonl.gz or {part}.jsonl there, nor in attribution/"
    raise InputError(msg)


def read_gold(path: str | Path) -> list[Record]:
    """Read annotated articles: one JSON object a line with id, text and attributions.

    Raises
    ------
    InputError
        If a line is no such record; the message names it.
    """
    path = Path(path)
    records = []
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    records.append(_record(path, number, line))
    except (OSError, EOFError, UnicodeDecodeError) as fault:
        msg = f"{path}: cannot be read: {fault}"
        raise InputError(msg) from fault
    if not records:
        msg = f"{path}: no records"
        raise InputError(msg)
    return records


def _record(path: Path, number: int, line: str) -> Record:
    try:
        given: dict[str, Any] = json.loads(line)
        text = given["text"]
        attributions = tuple(
            {part: [(int(start), int(end)) for start, end in one.get(part) or []] for part in PARTS}
            for one in given["attributions"]
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        msg = f"{path}, line {number}: not an object with text and attributions of source, cue and content ({fault!r})"
        raise InputError(msg) from fault
    for one in attributions:
        for start, end in (span for part in one.values() for span in part):
            if not 0 <= start < end <= len(text):
                msg = f"{path}, line {number}: span {start}-{end}; allowed are places within 0-{len(text)}"
                raise InputError(msg)
    return Record(
        str(given.get("id", number)),
        str(given.get("outlet") or ""),
        text,
        attributions,
        str(given.get("annotator") or ""),
    )


def labels_of(batch: Batch, records: Sequence[Record]) -> NDArray[np.int64]:
    """Return the gold label of each token, shape (tokens,); a token counts as inside by more than half of it."""
    labels = np.zeros(len(batch), dtype=np.int64)
    for number, record in enumerate(records):
        offset = int(batch.offset[number])
        for part, label in _LABEL.items():
            for start, end in _pieces(record.attributions, part):
                first, last = _tokens(batch, start + offset, end + offset)
                if first < last:
                    labels[first] = label
                    labels[first + 1 : last] = label + 1
    return labels


def _pieces(attributions: Iterable[dict[str, list[Span]]], part: str) -> Iterable[Span]:
    return (span for one in attributions for span in one[part])


def _tokens(batch: Batch, start: int, end: int) -> tuple[int, int]:
    first = int(np.searchsorted(batch.end, start, side="right"))
    last = int(np.searchsorted(batch.start, end))
    if first < last and (batch.end[first] - max(batch.start[first], start)) * 2 < batch.end[first] - batch.start[first]:
        first += 1
    if (
        first < last
        and (min(batch.end[last - 1], end) - batch.start[last - 1]) * 2 < batch.end[last - 1] - batch.start[last - 1]
    ):
        last -= 1
    return first, last
