"""Small invented articles with attributions marked in them, for the tests of training and measuring."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\[([sct])(\d+) ([^\]]*)\]")
_PART = {"s": "source", "c": "cue", "t": "content"}
_SOURCES = ("The mayor", "Ana Brook", "A harbour official", "The union", "Governor Pike", "Two residents")
_CUES = ("said", "argued", "warned", "claimed")
_CONTENTS = (
    "the ferry was late", "the bridge must close", "taxes would rise again", "nobody had been told",
    "the storm had cost millions", "the port is safe",
)  # fmt: skip
_BETWEEN = ("The market opened at noon.", "Rain fell on the old town.", "Buses ran every hour.")
OUTLETS = ("Gazette", "Courier")


def read_marks(marked: str) -> tuple[str, list[dict[str, list[list[int]]]]]:
    """Turn ``[s1 She] [c1 said] [t1 no].`` into a text and its attributions, numbered from 1."""
    text, last = "", 0
    found: dict[int, dict[str, list[list[int]]]] = {}
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        one = found.setdefault(int(match[2]), {"source": [], "cue": [], "content": []})
        one[_PART[match[1]]].append([len(text), len(text) + len(match[3])])
        text, last = text + match[3], match.end()
    return text + marked[last:], [found[number] for number in sorted(found)]


def record(id_: str, marked: str, outlet: str = "Gazette", annotator: str = "a") -> dict[str, Any]:
    """Return an annotated article as the files have it."""
    text, attributions = read_marks(marked)
    return {"id": id_, "outlet": outlet, "text": text, "attributions": attributions, "annotator": annotator}


def articles(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Return invented articles; each number gives another one."""
    made = []
    for number in range(first, first + count):
        paragraphs = []
        for k in range(6):
            source, cue = _SOURCES[(number + k) % 6], _CUES[(number * 2 + k) % 4]
            content, between = _CONTENTS[(number * 5 + k) % 6], _BETWEEN[k % 3]
            paragraphs.append(
                (
                    f"[s1 {source}] [c1 {cue}] [t1 that {content}]. {between}",
                    f"{between} [t1 “{content.capitalize()},”] [s1 {source}] [c1 {cue}].",
                    f"[c1 According to] [s1 {source.lower()}], [t1 {content}].",
                )[(number + k) % 3]
            )
        marked = "\n\n".join(paragraph.replace("1 ", f"{k} ") for k, paragraph in enumerate(paragraphs, 1))
        made.append(record(f"a{number}", marked, OUTLETS[number % 2]))
    return made


def write(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    """Write records as JSON Lines, compressed if the name says so."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one) + "\n" for one in records)
    return path


def write_folder(folder: Path) -> Path:
    """Write a folder as training expects it: train, dev, and two annotators of two articles."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "train.jsonl.gz", articles(10))
    write(folder / "dev.jsonl.gz", articles(4, first=20))
    twice = [{**one, "annotator": code} for one in articles(2, first=20) for code in "ab"]
    twice[1]["attributions"] = twice[1]["attributions"][1:]
    write(folder / "agreement.jsonl.gz", twice)
    return folder
