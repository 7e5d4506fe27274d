"""Which news agency signs an article."""

from __future__ import annotations

import re

# name as it is reported: the ways it is written
_NAMES = {
    "AP": r"(?:The )?Associated Press|AP",
    "Reuters": r"(?:Thomson )?Reuters(?: Staff)?",
    "AFP": r"Agence France[- ]Presse|AFP",
    "PA Media": r"(?:The )?Press Association|PA Media|PA",
    "UPI": r"United Press International|UPI",
    "dpa": r"Deutsche Presse-Agentur|dpa|DPA",
    "Xinhua": r"Xinhua(?: News Agency)?",
    "TASS": r"(?:ITAR-)?TASS",
    "ANSA": r"ANSA",
    "EFE": r"(?:Agencia )?EFE",
    "Kyodo": r"Kyodo(?: News)?",
    "Anadolu": r"Anadolu(?: Agency)?",
    "PTI": r"Press Trust of India|PTI",
    "ANI": r"Asian News International|ANI",
    "Interfax": r"Interfax(?:-Ukraine)?",
    "Ukrinform": r"Ukrinform",
    "Bloomberg": r"Bloomberg(?: News)?",
}
# too short to be known by themselves: only in brackets in a dateline, or after a copyright sign
_SHORT = frozenset({"PA", "ANI", "EFE", "PTI", "ANSA"})
_ANY = "|".join(f"(?P<a{number}>{written})" for number, written in enumerate(_NAMES.values()))
_CODES = tuple(_NAMES)

# BERLIN (Reuters) – , ALEXANDRIA, Va. (AP) —
_DATELINE = re.compile(rf"(?:^|\n)[ \t]*(?:[^\W\d_][^\n()“”\"]{{0,70}} )?\((?:{_ANY})\)[ \t]*[-–—]")
# By Jane Doe, Associated Press; By Reuters; The Associated Press
_BYLINE = re.compile(
    r"^(?:by:? )?(?:[^\W\d_][\w.’' -]+(?:,? and [\w.’' -]+|, [\w.’' -]+)*(?:,| of| \|| [-–—]) ?(?:the )?)?"
    rf"(?:{_ANY})(?: (?:staff )?(?:writers?|reporters?|correspondents?))?\.?$",
    re.IGNORECASE,
)
# (Reuters), — AFP, Copyright 2019 The Associated Press. All rights reserved.
_ENDING = re.compile(rf"^(?:\((?:{_ANY})\)|[-–—]+ ?(?:{_ANY.replace('<a', '<b')}))\.?$")
_COPYRIGHT = re.compile(rf"^(?:\(?copyright|©|\(c\))[ ©\d,()c-]*(?:by )?(?:{_ANY})\b", re.IGNORECASE)
# AP writer Jane Doe contributed to this report; "The Associated Press contributed" is no signature
_WRITERS = re.compile(rf"^[\W_]*(?:{_ANY}) [\w ]{{0,30}}(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent)s?\b.* contributed\b")
_SIGNED_AT_END = re.compile(r"^\(?Reporting by [^\n]+[;.] ?(?:[^\n]*\b)?Editing by ", re.IGNORECASE)

_HEAD, _TAIL = 2000, 1200
_FIRST_LINES, _LAST_LINES = 6, 6
_GATE = re.compile("|".join(sorted({part for name in _NAMES.values() for part in re.findall(r"[A-Z]\w+|dpa", name)})))


def _code(match: re.Match[str]) -> str:
    return next(_CODES[int(name[1:])] for name, found in match.groupdict().items() if found is not None)


def _long_enough(match: re.Match[str]) -> bool:
    return next(found for found in match.groupdict().values() if found is not None).upper() not in _SHORT


def agency_of(text: str, *, authors: str = "", outlet: str = "") -> str:
    """Return the news agency whose dateline, byline or last line an article has, or nothing.

    An agency that is only named in the text, credited for a picture or thanked for a contribution signs nothing; an
    outlet that is the agency itself signs its own work, which is no copy.

    Parameters
    ----------
    text : str
        With its page furniture, where bylines stand.
    authors : str, optional
        A column of authors, if there is one.
    outlet : str, optional
    """
    found = _signature(text, authors)
    return "" if found and found == agency_called(outlet) else found


def agency_called(outlet: str) -> str:
    """Return the agency that an outlet is, or nothing."""
    name = outlet.strip()
    for code, written in _NAMES.items():
        if re.fullmatch(rf"(?:{written})(?:\.com)?", name, re.IGNORECASE):
            return code
    return ""


def _signature(text: str, authors: str) -> str:
    named = _BYLINE.match(authors.strip())
    if named and _long_enough(named):
        return _code(named)
    head, tail = text[:_HEAD], text[-_TAIL:]
    if not _GATE.search(head) and not _GATE.search(tail) and "diting by" not in tail:
        return ""
    dateline = _DATELINE.search(head)
    if dateline:
        return _code(dateline)
    for line in _lines(head)[:_FIRST_LINES]:
        match = _BYLINE.match(line) if len(line) < 160 else None
        if match and _long_enough(match):
            return _code(match)
    return _last_line(_lines(tail)[-_LAST_LINES:])


def _last_line(lines: list[str]) -> str:
    for line in lines:
        match = _ENDING.match(line) or _COPYRIGHT.match(line) or _WRITERS.match(line)
        if match:
            return _code(match)
        if _SIGNED_AT_END.match(line):
            return "Reuters"
    return ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
