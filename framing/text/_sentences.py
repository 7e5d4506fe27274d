"""Where sentences end: Punkt's knowledge of abbreviations (Kiss and Strunk 2006), applied in columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing import _data
from framing.text._vocabulary import Vocabulary

Offsets = NDArray[np.int64]
Flags = NDArray[np.bool_]

# abbreviations that stand in front of a name and therefore never end a sentence
TITLES = frozenset(
    "mr mrs ms mx dr prof rev fr hon sen sens rep reps gov govs gen adm col lt maj capt cmdr sgt cpl pvt pfc "
    "det insp supt pres vp amb atty ald councilm st ste ft mt messrs mme mlle sr sra vs v no nos art sec pt "
    "vol fig pp ed eds lt-gov".split()
)
# too frequent without their period, or too rare in the training news, for Punkt to learn
_FURTHER = frozenset("inc corp co ltd jr jan mar apr jun jul etc est approx cf bros mt dist univ assn intl".split())
_TERMINAL, _SOFT, _CLOSER, _OPENER, _DASH, _INITIALS, _LETTER = 1, 2, 4, 8, 16, 32, 64
_UPPER, _LOWER, _DIGIT = 1, 2, 4
_SPEECH = frozenset(
    "said says asked asks told added wrote tweeted shouted cried replied wondered exclaimed yelled chanted "
    "read reads recalled demanded joked quipped responded answered declared continued insisted warned".split()
)
_LOOK_AHEAD = 4


class _Learnt(NamedTuple):
    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    starters: frozenset[str]


@cache
def _learnt() -> _Learnt:
    found: dict[str, list[tuple[str, str]]] = {"abbreviation": [], "collocation": [], "starter": []}
    path = _data.lexicons() / "en" / "sentences.tsv"
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["kind"]].append((row["form"], row["second"] or ""))
    return _Learnt(
        _FURTHER | {form for form, _ in found["abbreviation"]},
        frozenset(found["collocation"]),
        frozenset(form for form, _ in found["starter"]),
    )


def _roles(spellings: Sequence[str]) -> NDArray[np.uint8]:
    """Return the part that each spelling may play at a sentence's end, as flags."""
    return np.fromiter(map(_role, spellings), dtype=np.uint8, count=len(spellings))


def _role(spelling: str) -> int:
    if len(spelling) > 1 and spelling[-1] != "." and spelling[0] not in ".-":
        return 0
    if spelling in {".", "?", "!"}:
        return _TERMINAL
    if spelling == "…" or (spelling[0] == "." and len(spelling) > 1):
        return _SOFT
    if spelling in '"”’)]»›':
        return _CLOSER | (_OPENER if spelling == '"' else 0)
    if spelling in "'“‘([«‹„‚":
        return _OPENER | (_CLOSER if spelling == "'" else 0)
    if spelling[0] in "-–—―":
        return _DASH
    if spelling[-1] == "." and len(spelling) > 2:
        return _INITIALS
    return _LETTER if len(spelling) == 1 and spelling.isupper() and spelling != "I" else 0


class _Cases(dict[str, int]):
    """The case of each character, worked out when it is first asked for."""

    def __missing__(self, first: str) -> int:
        upper = first.isupper() or (first.isalpha() and not first.islower())
        self[first] = _UPPER if upper else _LOWER if first.isalpha() else _DIGIT if first.isdigit() else 0
        return self[first]


_CASE = _Cases()


def _cases(spellings: Sequence[str]) -> NDArray[np.uint8]:
    return np.array([_CASE[spelling[0]] for spelling in spellings], dtype=np.uint8)


_ABBREVIATION, _TITLE, _STARTER, _SAYS, _COLLOCATED = 1, 2, 4, 8, 16


@cache
def _known() -> dict[str, int]:
    """Return what is known of each word, as flags."""
    learnt = _learnt()
    known: dict[str, int] = {}
    for flag, words in (
        (_ABBREVIATION, learnt.abbreviations | TITLES),
        (_TITLE, TITLES),
        (_STARTER, learnt.starters),
        (_SAYS, _SPEECH),
        (_COLLOCATED, {form for form, _ in learnt.collocations}),
    ):
        for word in words:
            known[word] = known.get(word, 0) | flag
    return known


def _knowledge(folded: Sequence[str]) -> NDArray[np.uint8]:
    get = _known().get
    return np.array([get(word, 0) if word[-1] != "." else get(word.rstrip("."), 0) for word in folded], dtype=np.uint8)


def sentence_ends(
    start: Offsets, end: Offsets, types: NDArray[np.int32], vocabulary: Vocabulary, paragraph: NDArray[np.int32]
) -> Flags:
    """Tell for each token whether a sentence ends behind it.

    Parameters
    ----------
    start, end : ndarray of int64, shape (tokens,)
        Character offsets.
    types : ndarray of int32, shape (tokens,)
        Spellings, as numbers of `vocabulary`.
    vocabulary : Vocabulary
        The spellings.
    paragraph : ndarray of int32, shape (tokens,)
        The paragraph that each token stands in; a paragraph's end is a sentence's end.

    Returns
    -------
    ndarray of bool, shape (tokens,)
    """
    n = len(types)
    ends = np.zeros(n, dtype=np.bool_)
    if not n:
        return ends
    ends[:-1] = paragraph[1:] != paragraph[:-1]
    ends[-1] = True
    roles = vocabulary.column("sentence-role", _roles, of_folded=False)[types]
    mark = np.flatnonzero(roles & (_TERMINAL | _SOFT | _INITIALS))
    last = _skip_closers(mark, roles, start, end, paragraph)
    inside = (last + 1 < n) & (paragraph[np.minimum(last + 1, n - 1)] == paragraph[mark])
    mark, last = mark[inside], last[inside]
    if not mark.size:
        return ends
    case = vocabulary.column("initial-case", _cases, of_folded=False)
    known = vocabulary.column("sentence-knowledge", _knowledge)
    ends[last[_is_end(mark, last, roles, start, end, types, paragraph, case, known, vocabulary)]] = True
    return ends


def _skip_closers(
    mark: Offsets, roles: NDArray[np.uint8], start: Offsets, end: Offsets, paragraph: NDArray[np.int32]
) -> Offsets:
    """Return the last token that clings to each terminal: its closing marks and brackets."""
    n = len(roles)
    last = mark.copy()
    for _ in range(3):
        following = np.minimum(last + 1, n - 1)
        clings = (roles[following] & (_CLOSER | _TERMINAL) > 0) & (start[following] == end[last]) & (following > last)
        last = np.where(clings, following, last)
    return last


def _is_end(
    mark: Offsets,
    last: Offsets,
    roles: NDArray[np.uint8],
    start: Offsets,
    end: Offsets,
    types: NDArray[np.int32],
    paragraph: NDArray[np.int32],
    case: NDArray[np.uint8],
    known: NDArray[np.uint8],
    vocabulary: Vocabulary,
) -> Flags:
    n = len(types)
    after = last + 1
    gap = start[after] > end[last]
    head = after.copy()
    for _ in range(2):  # a word may stand behind a quotation mark and a bracket
        step = (roles[head] & _OPENER > 0) & (head + 1 < n)
        head = np.where(step, np.minimum(head + 1, n - 1), head)
    next_case, next_known = case[types[head]], known[types[head]]
    opened = head > after
    initials = roles[mark] & _INITIALS > 0
    before = np.where(initials, mark, np.maximum(mark - 1, 0))
    clings = initials | (end[before] == start[mark])
    before_known = np.where(clings, known[types[before]], 0)
    quoted = last > mark

    upper = next_case == _UPPER
    begins = (upper | (next_case == _DIGIT) | opened | ((next_case == 0) & (roles[after] & _DASH == 0))) & (
        next_case != _LOWER
    )
    # scraped text loses the space between two sentences: "end.The"
    glued = ~gap & upper & (case[types[before]] == _LOWER) & ~initials & ~quoted
    result = begins & (gap | glued | opened)
    letter = (roles[before] & _LETTER > 0) & clings & ~initials
    abbreviated = (initials | letter | (before_known & _ABBREVIATION > 0)) & ~quoted
    starter = next_known & _STARTER > 0
    title = (before_known & _TITLE > 0) & ~quoted
    result &= ~abbreviated | (starter & ~title & ~_collocated(before, head, before_known, types, vocabulary))
    # a number that opens its paragraph counts a list: 1. Something
    first = (before == 0) | (paragraph[before] != paragraph[np.maximum(before - 1, 0)])
    result &= ~(first & (case[types[before]] == _DIGIT) & clings & ~quoted)
    ends: Flags = result & ~_spoken(mark, head, quoted, roles, types, known)
    return ends


def _collocated(
    before: Offsets, head: Offsets, before_known: NDArray[np.uint8], types: NDArray[np.int32], vocabulary: Vocabulary
) -> Flags:
    """Tell where an abbreviation and the next word belong together: U.S. Senate."""
    found = np.zeros(len(before), dtype=np.bool_)
    pairs, folded = _learnt().collocations, vocabulary.folded
    for place in np.flatnonzero(before_known & _COLLOCATED):
        first, second = folded[types[before[place]]].rstrip("."), folded[types[head[place]]]
        found[place] = (first, second) in pairs
    return found


def _spoken(
    mark: Offsets,
    head: Offsets,
    quoted: Flags,
    roles: NDArray[np.uint8],
    types: NDArray[np.int32],
    known: NDArray[np.uint8],
) -> Flags:
    """Tell where a quotation ends that its sentence does not end with: “Why?” Smith asked."""
    n = len(types)
    asked = quoted & (roles[mark] & _TERMINAL > 0)
    found = np.zeros(len(mark), dtype=np.bool_)
    going = asked.copy()
    for step in range(_LOOK_AHEAD):
        place = np.minimum(head + step, n - 1)
        going &= roles[place] & (_TERMINAL | _SOFT | _OPENER | _CLOSER) == 0
        found |= going & (known[types[place]] & _SAYS > 0)
    return found
