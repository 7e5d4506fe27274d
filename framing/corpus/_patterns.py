"""The known patterns of page furniture: lexicons/en/furniture.tsv, read and made fast.

No pattern is tried where it cannot match: one that begins with `^` and fixed letters only on lines that begin with
them, any other only on lines that hold the longest run of fixed letters in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from framing import _data
from framing.errors import LexiconError

HEADER = ("id", "form", "inflection", "conditions", "category", "note", "source")
JUNK = " \t\xa0-–—•*·|>([\"'“‘"  # what may stand before the first word of a line
PREFIX = 4  # letters of a line's beginning that are looked up
_LITERAL = 4  # a shorter run of fixed letters is on nearly every page
_LEADING = re.compile(r"\\W\*|\\[\[(]\??")  # what a form may say of the junk: \W*, \[, \(, \(?
_SPECIAL = ".^$*+?{}[]\\|()"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of furniture.

    Attributes
    ----------
    id, category : str
        As in the file.
    regex : re.Pattern
        Searched in one line, or in the whole text if its form begins with `(?s)`.
    outlets : frozenset of str
        The outlets it is for, lower-cased; all if empty.
    prefixes : tuple of str
        Beginnings of the lines that it can match, lower-cased; empty if it does not stand at the beginning.
    literal : str
        Letters, lower-cased, without which it cannot match; empty if there are prefixes.
    anchored : bool
        Begins with `^`: tried at the beginning of a line only.
    whole : bool
        Searched in the whole text.
    """

    id: str
    category: str
    regex: re.Pattern[str]
    outlets: frozenset[str]
    prefixes: tuple[str, ...]
    literal: str
    anchored: bool
    whole: bool


def _runs(form: str) -> list[str]:
    """Return the runs of fixed letters that every match holds; none where `|` leaves a choice of the whole form."""
    runs, run, depth, i = list[str](), "", 0, 0
    while i < len(form):
        char, fixed = form[i], form[i] not in _SPECIAL
        if char == "\\":
            i += 1
            char = form[i : i + 1]
            fixed = not char.isalnum()  # else a class, as in \d, \s, \b
        elif char == "[":
            i = form.index("]", i + (3 if form[i + 1 : i + 3] in {"^\\", "^]"} else 2))
        elif char == "{":
            i = form.index("}", i)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            return []
        if fixed and depth == 0 and (i + 1 == len(form) or form[i + 1] not in "?*{"):
            run += char
        else:
            runs.append(run)
            run = ""
        i += 1
    return [part for part in [*runs, run] if part]


def _alternatives(body: str) -> list[str]:
    """Return the alternatives at the beginning of a form: those of `(?:a|b)`, else the form itself."""
    if not body.startswith("(?:"):
        return [body]
    depth, parts, begin = 0, [], 3
    for i, char in enumerate(body):
        if body[i - 1] == "\\" and i:
            continue
        if char in "()":
            depth += 1 if char == "(" else -1
        if (char == "|" and depth == 1) or depth == 0:
            parts.append(body[begin:i])
            begin = i + 1
        if depth == 0:
            return [part + body[i + 1 :] for part in parts] if body[i + 1 : i + 2] not in {"?", "*"} else [body]
    return [body]


def _prefix(body: str) -> str:
    """Return the fixed letters at the very beginning of a form, as they are looked up."""
    first = next(iter(_runs(body)), "")
    plain = re.sub(r"\\(?=\W)", "", body[: 2 * len(first) + 2])
    return first.lower().lstrip(JUNK)[:PREFIX] if first and plain.startswith(first) else ""


def keys(form: str) -> tuple[tuple[str, ...], str]:
    """Return the beginnings of lines, or else the letters, that any match of `form` must have."""
    body = re.sub(r"^\(\?[a-z]+\)", "", form)
    if body.startswith("^") and not form.startswith("(?s"):
        begin = _LEADING.sub("", body[1:])
        if begin.startswith("\\d"):
            return tuple("0123456789"), ""
        prefixes = tuple(dict.fromkeys(_prefix(part) for part in _alternatives(begin)))
        if all(prefixes):
            return prefixes, ""
    return (), max(_runs(body), key=len, default="").lower()


def _pattern(cells: dict[str, str], where: str) -> Pattern:
    form = cells["form"]
    whole = form.startswith("(?s")
    try:
        regex = re.compile(form, re.MULTILINE if whole else 0)
        prefixes, literal = keys(form)
    except (re.error, ValueError) as err:
        raise LexiconError(f"{where}: {form!r} is no regular expression ({err})") from err
    if regex.search(""):
        raise LexiconError(f"{where}: {form!r} matches nothing at all; it must match some text")
    if not prefixes and len(literal) < _LITERAL:
        msg = f"{where}: {form!r} needs {_LITERAL} fixed letters in a row, or ^ and a fixed beginning"
        raise LexiconError(msg)
    condition = cells["conditions"].strip()
    if condition and not condition.startswith("outlet:"):
        raise LexiconError(f"{where}: condition {condition!r}; allowed is `outlet: A|B`")
    outlets = frozenset(part.strip().casefold() for part in condition[7:].split("|") if part.strip())
    return Pattern(
        id=cells["id"],
        category=cells["category"],
        regex=regex,
        outlets=outlets,
        prefixes=prefixes,
        literal=literal,
        anchored=not whole and re.match(r"(\(\?[a-z]+\))?\^", form) is not None,
        whole=whole,
    )


def _rows(lines: Iterable[str], name: str) -> Iterator[Pattern]:
    ids: set[str] = set()
    for n, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        where = f"{name}, line {n}"
        if n == 1:
            if tuple(cells) != HEADER:
                raise LexiconError(f"{where}: the columns must be {' '.join(HEADER)}, tab-separated")
            continue
        if len(cells) != len(HEADER):
            raise LexiconError(f"{where}: {len(cells)} cells where the header has {len(HEADER)}")
        if not cells[0] or cells[0] in ids:
            raise LexiconError(f"{where}: id {cells[0]!r} is {'empty' if not cells[0] else 'used before'}")
        ids.add(cells[0])
        yield _pattern(dict(zip(HEADER, cells, strict=True)), where)


def load_patterns(path: Path | Traversable | None = None) -> tuple[Pattern, ...]:
    """Read the patterns of page furniture.

    Parameters
    ----------
    path : Path, optional
        A file in the form of lexicons/en/furniture.tsv; that one by default.

    Raises
    ------
    LexiconError
        If a line breaks a rule; the message names file and line.
    """
    path = _data.lexicons() / "en" / "furniture.tsv" if path is None else path
    return tuple(_rows(path.read_text(encoding="utf-8").splitlines(), path.name))
