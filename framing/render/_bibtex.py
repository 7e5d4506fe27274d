"""Works in BibTeX: reading the two files that ship, finding those that a text cites, writing them and naming them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from framing import _data
from framing.errors import LayoutError
from framing.lexicon import load, names

SOFTWARE = "framing-software"
"""Key of the package itself."""

_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^\s,{}]+)\s*,")
_FIELD = re.compile(r"\s*,?\s*(\w+)\s*=\s*\{")
_END = re.compile(r"\s*,?\s*\}")
_AND = re.compile(r"\s+and\s+(?![^{]*\})")


@dataclass(frozen=True, slots=True)
class Work:
    """One work.

    Attributes
    ----------
    kind : str
        `article`, `book` ...
    key : str
    fields : mapping of str to str
        As they stand in the file, without the outermost braces.
    """

    kind: str
    key: str
    fields: Mapping[str, str]

    def bibtex(self) -> str:
        """Return the entry as it is written."""
        lines = [f"  {name} = {{{value}}}" for name, value in self.fields.items()]
        return f"@{self.kind}{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    def reference(self) -> str:
        """Return the entry as a sentence for readers: authors, year, title, and where it appeared."""
        said = {name: _plain(value) for name, value in self.fields.items()}
        title = said.get("title", self.key)
        whole = self.kind in ("book", "misc", "software", "manual")
        parts = [_people(self.fields.get("author", "")), said.get("year", ""), title if whole else f"“{title}.”"]
        if "journal" in said:
            parts.append(f"{said['journal']} {said.get('volume', '')}".strip())
        if "booktitle" in said:
            volume = f" {said['volume']}" if "volume" in said else ""
            editor = f", edited by {_people(self.fields['editor'], turned=False)}" if "editor" in said else ""
            parts.append(f"In {said['booktitle']}{volume}{editor}")
        parts += [said.get("publisher", ""), f"Version {said['version']}" if "version" in said else ""]
        return " ".join(part if part.endswith((".", ".”")) else f"{part}." for part in parts if part)


def parse(text: str, name: str) -> dict[str, Work]:
    """Return the works of a BibTeX file by key.

    Raises
    ------
    LayoutError
        If an entry cannot be read, or a key stands there twice.
    """
    works: dict[str, Work] = {}
    place = 0
    while found := _ENTRY.search(text, place):
        kind, key = found[1].lower(), found[2]
        fields, place = _fields(text, found.end(), f"{name}: entry {key!r}")
        if key in works:
            msg = f"{name}: key {key!r} stands there twice"
            raise LayoutError(msg)
        works[key] = Work(kind, key, fields)
    return works


def _fields(text: str, place: int, where: str) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while not (end := _END.match(text, place)):
        found = _FIELD.match(text, place)
        close = _closing(text, found.end()) if found else -1
        if found is None or close < 0:
            rest = text[place:].lstrip()
            line = text.count("\n", 0, len(text) - len(rest)) + 1
            msg = f"{where}, line {line}: found {rest[:20]!r}; allowed: name = {{value}}, or }}"
            raise LayoutError(msg)
        fields[found[1].lower()] = " ".join(text[found.end() : close].split())
        place = close + 1
    return fields, end.end()


def _closing(text: str, place: int) -> int:
    """Return where the brace closes that was opened before `place`; -1 if nowhere."""
    depth = 1
    for found in re.finditer(r"(?<!\\)[{}]", text[place:]):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return place + found.start()
    return -1


def _plain(value: str) -> str:
    value = value.replace(r"{\&}", "&").replace(r"\&", "&").replace("---", "—").replace("--", "–")
    return re.sub(r"[{}]", "", value).replace("'", "’")


def _people(value: str, *, turned: bool = True) -> str:
    """Return `Monroe, Burt L., Michael P. Colaresi, and Kevin M. Quinn`; the first as it is sorted if `turned`."""
    people = []
    for number, person in enumerate(_AND.split(value)):
        last, comma, first = person.partition(", ")
        kept = not comma or person.startswith("{") or (turned and number == 0)
        people.append(_plain(person if kept else f"{first} {last}"))
    if len(people) < 2:
        return "".join(people)
    # after a name that is turned round a comma says where it ends
    comma = "," if turned or len(people) > 2 else ""
    return f"{', '.join(people[:-1])}{comma} and {people[-1]}"


@cache
def cited_in_methods() -> Mapping[str, Work]:
    """Return the works of reports/works.bib: what the methods cite, and framing itself."""
    return parse((_data.reports() / "works.bib").read_text(encoding="utf-8"), "reports/works.bib")


@cache
def cited_in_lexicons() -> Mapping[str, Work]:
    """Return the works of lexicons/sources.bib: what entries cite."""
    return parse((_data.lexicons() / "sources.bib").read_text(encoding="utf-8"), "lexicons/sources.bib")


def cited(text: str) -> list[Work]:
    """Return the works of reports/works.bib that a text cites, by the first author's name and the year."""
    return [work for work in cited_in_methods().values() if _is_cited(work, text)]


def _is_cited(work: Work, text: str) -> bool:
    surname = re.escape(_plain(work.fields.get("author", "").split(",")[0]))
    others = r"(?:,? and|,| et al\.| and others| [^\W\d_a-z][\w’'-]*)*"
    return bool(re.search(rf"\b{surname}{others},? \(?{re.escape(work.fields.get('year', ''))}\b", text))


def used_by(lexicons: Iterable[str]) -> list[Work]:
    """Return the works that the entries of these lexicons cite; of somebody's own lexicon none is known."""
    known = cited_in_lexicons()
    keys = {entry.source for name in lexicons if name in names() for entry in load(name).entries.values()}
    return [known[key] for key in sorted(keys) if key in known]


def software(version: str) -> Work:
    """Return the work that framing itself is, in that version."""
    work = cited_in_methods()[SOFTWARE]
    return replace(work, fields={**work.fields, "version": version}) if version else work


def bibliography(works: Iterable[Work]) -> dict[str, Work]:
    """Return works by key, sorted, each once."""
    return dict(sorted({work.key: work for work in works}.items()))


def written(works: Mapping[str, Work]) -> str:
    """Return a BibTeX file."""
    return "".join(work.bibtex() for work in works.values())
