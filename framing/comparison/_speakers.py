"""One speaker, one name: the spellings of a corpus brought together."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from framing.errors import InputError

# a name alone goes to its most frequent bearer only if that one is heard so many times as often as any other
_CLEARLY = 5
# transliterated names of at least so many letters may differ in one
_LONG = 9
_LONGEST_NAME = 5
_PARTICLES = frozenset("al ap bin da dal de del della den der des di dos du el ibn la le st ten ter van von zu".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_HONORIFICS = frozenset("mr mrs ms miss dr sir sen rep gov gen prof president senator".split())
_ORGANISATIONS = frozenset(
    "academy administration agency alliance army association bank board bureau cabinet campaign center centre church "
    "city club coalition college commission committee company congress corporation council county court daily "
    "defence defense department district federation force forces foundation front fund government group house "
    "industries institute institution international journal kremlin league magazine media ministry movement museum "
    "national network news office organisation organization parliament party patrol police post press project radio "
    "republic review school senate service society state states street studies supreme team times tribune trust "
    "tv union united university watch white".split()
)
# what one letter of another script is written with, brought to one spelling; in this order
_WRITTEN = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"sch", "sh"), (r"tch", "ch"), (r"kh", "h"), (r"ph", "f"), (r"ck|q", "k"), (r"x", "ks"), (r"w", "v"),
        (r"tz", "ts"), (r"dj|dzh|zh", "j"), (r"ou|oo", "u"), (r"y", "i"), (r"ij", "i"), (r"(.)\1+", r"\1"),
        (r"f$", "v"),
    )
)  # fmt: skip
# shorter names are too often two
_LEAST_SOUND = 5


@dataclass(frozen=True, slots=True)
class _Person:
    """A name taken apart: words in lower case without accents."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str = ""


def canonical_speakers(speakers: pd.DataFrame) -> pd.Series[str]:
    """Give each speaker of a corpus the one display name that stands for all spellings.

    Brought together are spellings that differ in case, accents, a leading article or an honorific; a person with and
    without middle names; transliterations of one surname with the same given name (``Zelensky``, ``Zelenskyy``;
    in names of nine letters and more also one other letter); and a surname alone with its one bearer, if nobody else
    of that surname is heard a fifth as often. Persons with different given names, sides or suffixes (``Jr.``) stay
    apart, and so do persons and organisations.

    Parameters
    ----------
    speakers : pandas.DataFrame
        One row for a spelling, with the columns ``speaker`` and ``count``; a ``side`` and a ``role`` keep apart where
        they are given and differ. Spellings may be repeated.

    Returns
    -------
    pandas.Series of str
        The name for each row, with the index of `speakers`. It does not depend on the order of the rows.

    Raises
    ------
    InputError
        If a column is missing.
    """
    for column in ("speaker", "count"):
        if column not in speakers.columns:
            found = ", ".join(map(str, speakers.columns))
            msg = f"speakers: column {column} is missing; found {found}"
            raise InputError(msg)
    merged = _Spellings(speakers).merged()
    return speakers["speaker"].map(merged).astype(object).rename("speaker")


class _Spellings:
    """The distinct spellings of a table, joined step by step."""

    def __init__(self, speakers: pd.DataFrame) -> None:
        sums = speakers.groupby("speaker")["count"].sum().sort_index()
        self.count: dict[str, float] = dict(zip(sums.index, sums.tolist(), strict=True))
        self.own = dict(self.count)
        self.owner = {name: name for name in self.count}
        self.sides = _values(speakers, "side")
        self.roles = _values(speakers, "role")
        self.person = {name: person for name in self.count if (person := _person(name)) is not None}

    def merged(self) -> dict[str, str]:
        """Return the display name of each spelling."""
        self._join_all(_buckets((_plain(name), name) for name in self.count))
        self._join_full_names()
        self._join_tails()
        members = _buckets((self._root(name), name) for name in self.count)
        return {name: self._display(group) for group in members.values() for name in group}

    def _root(self, name: str) -> str:
        while self.owner[name] != name:
            self.owner[name] = self.owner[self.owner[name]]
            name = self.owner[name]
        return name

    def _join(self, one: str, other: str) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        if low != high and self._agree(low, high):
            self.owner[high] = low
            self.count[low] += self.count[high]
            self.sides[low] |= self.sides[high]
            self.roles[low] |= self.roles[high]

    def _agree(self, one: str, other: str) -> bool:
        """Tell whether two are not on different sides."""
        return not (self.sides[one] and self.sides[other]) or bool(self.sides[one] & self.sides[other])

    def _join_all(self, groups: dict[str, list[str]]) -> None:
        for group in groups.values():
            for other in group[1:]:
                self._join(group[0], other)

    def _join_full_names(self) -> None:
        """Join the names with a given name: middle names left out, then transliterations."""
        full = {name: person for name, person in self.person.items() if person.given}
        for group in _buckets((f"{p.given} {p.surname} {p.suffix}", name) for name, p in full.items()).values():
            self._join_middle_names(group)
        keyed = ((f"{_sound(p.given)} {_sound(p.surname)} {p.suffix}", name) for name, p in full.items())
        self._join_all(self._without_rivals(_buckets(keyed)))
        long = ((name, p) for name, p in full.items() if len(p.surname) >= _LONG and len(p.given) > 1)
        near = ((f"{p.given} {cut} {p.suffix}", name) for name, p in long for cut in _cuts(p.surname))
        self._join_all(self._without_rivals(_buckets(near)))

    def _without_rivals(self, groups: dict[str, list[str]]) -> dict[str, list[str]]:
        """Return the groups in which no two have different middle names."""

        def initials(group: list[str]) -> set[str]:
            return {person.middle[0][0] for name in group if (person := self.person[name]).middle}

        return {key: group for key, group in groups.items() if len(initials(group)) <= 1}

    def _join_middle_names(self, group: list[str]) -> None:
        """Join George W. Bush with George Bush, but not with George H. W. Bush."""
        by_initial = _buckets(("".join(part[0] for part in self.person[name].middle), name) for name in group)
        without = by_initial.pop("", [])
        self._join_all({"": without, **by_initial})
        weights = {names[0]: self.count[self._root(names[0])] for names in by_initial.values()}
        bearer = _bearer(weights)
        if bearer and without:
            self._join(without[0], bearer)

    def _join_tails(self) -> None:
        """Join a surname alone, an initial with a surname, and ``Suu Kyi`` to the full name if it is one person's."""
        bearers = self._bearers()
        shared = Counter(given for given, _ in {(person.given, person.surname) for person in self.person.values()})
        for name, person in sorted(self.person.items()):
            if len(person.given) > 1:
                # the end of a longer name, unless it begins like other people's names
                weights = bearers.get(f"{person.given} {person.surname}", {}) if shared[person.given] == 1 else {}
            else:
                weights = bearers.get(person.surname) or bearers.get(_sound(person.surname), {})
                if person.given:
                    weights = {root: weight for root, weight in weights.items() if self._starts(root, person.given)}
            weights = {root: weight for root, weight in weights.items() if root != self._root(name)}
            bearer = _bearer(weights)
            if bearer and self._same_sort(name, bearer):
                self._join(name, bearer)

    def _starts(self, root: str, initial: str) -> bool:
        return self.person[root].given.startswith(initial)

    def _same_sort(self, name: str, bearer: str) -> bool:
        """Tell whether a name alone may be that person: Jordan, a government, is not Michael Jordan."""
        roles, others = self.roles[self._root(name)], self.roles[self._root(bearer)]
        return not (roles and others) or bool(roles & others)

    def _bearers(self) -> dict[str, dict[str, float]]:
        """Return for each surname, as written and as it sounds, the persons of that name with their weights."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for name, person in self.person.items():
            if not person.given or len(person.given) == 1:
                continue
            root = self._root(name)
            middle = person.middle
            longer = [" ".join([*middle[place:], person.surname]) for place in range(len(middle))]
            for tail in [person.surname, _sound(person.surname), *longer]:
                found[tail][root] = self.count[root]
        return found

    def _display(self, group: list[str]) -> str:
        """Return the name to show: a full one before a short one, then the most frequent."""
        return min(group, key=lambda name: (not self._is_full(name), -self.own[name], -len(name), name))

    def _is_full(self, name: str) -> bool:
        return name in self.person and len(self.person[name].given) > 1


def _values(speakers: pd.DataFrame, column: str) -> dict[str, set[str]]:
    """Return the values of a column that go with each speaker; none where there is no such column."""
    values: dict[str, set[str]] = {name: set() for name in speakers["speaker"]}
    if column in speakers.columns:
        for name, value in zip(speakers["speaker"], speakers[column], strict=True):
            if isinstance(value, str) and value:
                values[name].add(value)
    return values


def _buckets(keyed: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, name in keyed:
        found[key].append(name)
    return found


def _bearer(weights: dict[str, float]) -> str:
    """Return who is heard far more often than all others, or nobody."""
    ranked = sorted(weights, key=lambda root: (-weights[root], root))
    if not ranked or (len(ranked) > 1 and weights[ranked[0]] < _CLEARLY * weights[ranked[1]]):
        return ""
    return ranked[0]


def _plain(name: str) -> str:
    """Return a name in lower case, without accents, honorifics and a leading article."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'")).lower()
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = letters.replace("ł", "l").replace("ø", "o").split()
    while len(words) > 1 and (words[0] == "the" or words[0].rstrip(".") in _HONORIFICS):
        words = words[1:]
    return " ".join(words)


def _person(name: str) -> _Person | None:
    """Take a person's name apart; None for whatever does not look like one."""
    written = [word for word in name.split() if word[0] not in "\"“”'(‘"]
    if not all(word[0].isupper() or word.rstrip(".").lower() in _PARTICLES for word in written):
        return None
    words = _plain(" ".join(written)).replace(",", "").split()
    suffix = words.pop().rstrip(".") if len(words) > 1 and words[-1].rstrip(".") in _SUFFIXES else ""
    if not 0 < len(words) <= _LONGEST_NAME or not all(
        re.fullmatch(r"[^\W\d_]+(?:[.'-][^\W\d_]+)*\.?", w) for w in words
    ):
        return None
    if any(word in _ORGANISATIONS for word in words):
        return None
    last = len(words) - 1
    while last > 0 and words[last - 1].rstrip(".") in _PARTICLES:
        last -= 1
    if last == 0 and len(words) == 2 and words[0] == "al":
        last = 1  # Al Gore
    before = [word.rstrip(".") for word in words[:last]]
    return _Person(before[0] if before else "", tuple(before[1:]), " ".join(words[last:]), suffix)


@lru_cache(maxsize=1 << 16)
def _sound(name: str) -> str:
    """Return a name as it would be written in one transliteration, behind its first letter as written."""
    if len(name) < _LEAST_SOUND:
        return name
    sound = name
    for pattern, letter in _WRITTEN:
        sound = pattern.sub(letter, sound)
    return name[0] + sound[1:]


def _cuts(name: str) -> set[str]:
    """Return a name, and the name with each one of its letters left out but the first: near names share one."""
    return {name, *(name[:place] + name[place + 1 :] for place in range(1, len(name)))}
