"""Where sentences end: Punkt's knowledge of abbreviations (Kiss and Strunk 2006), applied in columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing import _data
from framing.text._letters import DIGIT, LOWER, MARK, UPPER, letters_of
from framing.text._vocabulary import Vocabulary

Offsets = NDArray[np.int64]
Flags = NDArray[np.bool_]

# abbreviations that stand in front of a name, or of more, and therefore never end a sentence
TITLES = frozenset(
    "mr mrs ms mx dr prof rev fr hon msgr sen sens rep reps gov govs gen adm brig col lt lieut maj capt cmdr sgt cpl "
    "pvt pfc det insp supt asst pres vp amb atty ald councilm messrs mme mlle sr sra vs v sec ed eds lt-gov "
    "e.g i.e".split()
)
# these only in front of a number: No. 5, but "He said no."
_COUNTED = frozenset("no nos art pt vol ch fig p pp".split())
# too frequent without their period, or too rare in the training news, for Punkt to learn
_FURTHER = frozenset(
    "inc corp co ltd jr jan mar apr jun jul sep etc est approx c ca cf bros dist univ assn assoc intl st ste ft mt "
    "ave blvd rd mont va pa del".split()
)
_CLOCK = frozenset({"a.m", "p.m"})
# what may follow a time of day in its sentence with a capital
_BEHIND_CLOCK = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur "
    "thurs fri sat sun et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest eet msk ist jst eastern "
    "central mountain pacific local".split()
)
_NUMERALS = frozenset("ii iii iv v vi vii viii ix x xii".split())
_SPEECH = frozenset(
    "said says asked asks told added wrote tweeted shouted cried replied wondered exclaimed yelled chanted "
    "read reads recalled demanded joked quipped responded answered declared continued insisted warned".split()
)
_LOOK_AHEAD = 4

# what a mark may do at a sentence's end
_TERMINAL, _SOFT, _CLOSER, _OPENER, _DASH, _INITIALS, _LETTER, _WEAK = (1 << bit for bit in range(8))
# how a word is written
_UPPER, _LOWER, _DIGIT, _SMALL_TAIL = (1 << bit for bit in range(4))
# what is known of a word
_ABBREVIATION, _TITLE, _STARTER, _SAYS, _COLLOCATED, _ASKS, _TIME, _GOES_ON, _NUMBERED, _NUMERAL = (
    1 << bit for bit in range(10)
)


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
    letters = letters_of(spellings)
    roles = np.zeros(len(spellings), dtype=np.uint8)
    # most spellings are words, which play none
    for place in letters.others((letters.length > 1) & (letters.first > MARK) & ~letters.ends_in(".")):
        roles[place] = _role(spellings[place])
    return roles


def _role(spelling: str) -> int:
    if spelling in {".", "?", "!"}:
        return _TERMINAL
    if spelling == "…" or (spelling[0] == "." and len(spelling) > 1):
        return _SOFT
    if spelling in '"”’)]»›':
        return _CLOSER | (_OPENER if spelling in '"»' else 0)
    if spelling in "'“‘([«‹„‚":
        return _OPENER | (_CLOSER if spelling == "'" else 0)
    if spelling[0] in "-–—―":
        return _DASH
    if spelling in ",;:%/":
        return _WEAK
    if spelling[-1] == "." and len(spelling) > 2:
        return _INITIALS
    return _LETTER if len(spelling) == 1 and spelling.isupper() and spelling != "I" else 0


def _cases(spellings: Sequence[str]) -> NDArray[np.uint8]:
    letters = letters_of(spellings)
    # a small letter in front of a capital is a trade mark: iPhone
    upper = (letters.first == UPPER) | (letters.second == UPPER)
    tail = (letters.last == LOWER) & (letters.length > np.where(upper, 2, 1))
    case = np.where(upper, _UPPER, _LOWER) | np.where(tail, _SMALL_TAIL, 0)
    other = np.where(letters.first == DIGIT, _DIGIT, 0)
    cases: NDArray[np.uint8] = np.where(letters.first > DIGIT, case, other).astype(np.uint8)
    for place in np.flatnonzero(~letters.plain).tolist():
        cases[place] = _case(spellings[place])
    return cases


def _case(spelling: str) -> int:
    first, second = spelling[0], spelling[1:2]
    if first.isdigit():
        return _DIGIT
    if not first.isalpha():
        return 0
    upper = not first.islower() or second.isupper()
    tail = len(spelling) > 1 and spelling[-1].islower() and (not upper or len(spelling) > 2)
    return (_UPPER if upper else _LOWER) | (_SMALL_TAIL if tail else 0)


@cache
def _known() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Return what is known of words, as flags: of those meant with or without a last period, of others, of both."""
    learnt = _learnt()
    dotted = (
        (_ABBREVIATION, learnt.abbreviations | TITLES),
        (_TITLE, TITLES),
        (_COLLOCATED, {form for form, _ in learnt.collocations}),
        (_TIME, _CLOCK),
        (_NUMBERED, _COUNTED),
        (_GOES_ON, _BEHIND_CLOCK),
    )
    plain = ((_STARTER, learnt.starters), (_SAYS, _SPEECH), (_NUMERAL, _NUMERALS), (_ASKS, {"?", "!", "…"}))
    return _flagged(dotted), _flagged(plain), _flagged([*dotted, *plain])


def _flagged(lists: Iterable[tuple[int, Iterable[str]]]) -> dict[str, int]:
    flags: dict[str, int] = {}
    for flag, words in lists:
        for word in words:
            flags[word] = flags.get(word, 0) | flag
    return flags


def _knowledge(folded: Sequence[str]) -> NDArray[np.uint16]:
    dotted, plain, either = _known()
    known = np.fromiter(map(either.get, folded, repeat(0)), dtype=np.uint16, count=len(folded))
    for place in letters_of(folded).others(~letters_of(folded).ends_in(".")):
        if folded[place][-1] == ".":
            known[place] = _of_dotted(folded[place], dotted, plain)
    return known


def _of_dotted(word: str, dotted: Mapping[str, int], plain: Mapping[str, int]) -> int:
    return dotted.get(word.rstrip("."), 0) | plain.get(word, 0) | (_ASKS if word.startswith("..") else 0)


class _Tokens(NamedTuple):
    """The tokens of a batch as sentences look at them, all of shape (tokens,)."""

    start: Offsets
    end: Offsets
    types: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    role: NDArray[np.uint8]
    case: NDArray[np.uint8]
    known: NDArray[np.uint16]


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
    tokens = _Tokens(
        start,
        end,
        types,
        paragraph,
        vocabulary.column("sentence-role", _roles, of_folded=False)[types],
        vocabulary.column("initial-case", _cases, of_folded=False)[types],
        vocabulary.column("sentence-knowledge", _knowledge)[types],
    )
    mark = np.flatnonzero(tokens.role & (_TERMINAL | _SOFT | _INITIALS))
    last = _skip_closers(mark, tokens)
    inside = (last + 1 < n) & (paragraph[np.minimum(last + 1, n - 1)] == paragraph[mark])
    mark, last = mark[inside], last[inside]
    if mark.size:
        ends[last[_is_end(mark, last, tokens, vocabulary)]] = True
    return ends


def _skip_closers(mark: Offsets, tokens: _Tokens) -> Offsets:
    """Return the last token that clings to each terminal: its closing marks and brackets."""
    n = len(tokens.role)
    last = mark.copy()
    for _ in range(3):
        following = np.minimum(last + 1, n - 1)
        role = tokens.role[following]
        clings = (role & (_CLOSER | _TERMINAL) > 0) & (tokens.start[following] == tokens.end[last])
        # spaces on both sides of a mark that can only close are a scraper's
        further = np.minimum(following + 1, n - 1)
        free = (tokens.start[further] > tokens.end[following]) | (further == following)
        loose = (role & (_CLOSER | _OPENER) == _CLOSER) & free
        clings |= loose & (tokens.paragraph[following] == tokens.paragraph[last])
        last = np.where(clings & (following > last), following, last)
    return last


def _is_end(mark: Offsets, last: Offsets, tokens: _Tokens, vocabulary: Vocabulary) -> Flags:
    """Tell for each terminal, with what clings to it, whether a sentence ends there."""
    role, case, known, paragraph = tokens.role, tokens.case, tokens.known, tokens.paragraph
    n = len(role)
    after = last + 1
    gap = tokens.start[after] > tokens.end[last]
    head = after.copy()
    for _ in range(2):  # a word may stand behind a quotation mark and a bracket
        following = np.minimum(head + 1, n - 1)
        step = (role[head] & _OPENER > 0) & (following > head) & (paragraph[following] == paragraph[mark])
        head = np.where(step, following, head)
    opened = head > after
    initials = role[mark] & _INITIALS > 0
    before = np.where(initials, mark, np.maximum(mark - 1, 0))
    clings = initials | (tokens.end[before] == tokens.start[mark])
    before_known = np.where(clings, known[before], 0)
    quoted = role[last] & _CLOSER > 0

    upper = case[head] & _UPPER > 0
    no_beginning = _WEAK | _TERMINAL | _SOFT | _DASH
    other = (case[head] & _LOWER == 0) & (role[after] & no_beginning == 0) & (opened | (role[after] & _CLOSER == 0))
    # scraped text loses the space between two sentences: "end.The"
    glued = ~gap & upper & (case[before] & _SMALL_TAIL > 0) & ~initials
    result = (upper | other) & (gap | glued | opened)
    result &= quoted | ~_abbreviated(mark, before, head, clings, before_known, tokens, vocabulary)
    # a number that opens its paragraph counts a list: 1. Something
    first = (before == 0) | (paragraph[before] != paragraph[np.maximum(before - 1, 0)])
    result &= ~(first & (case[before] & _DIGIT > 0) & clings & ~quoted)
    ends: Flags = result & ~_spoken(mark, head, quoted, tokens)
    return ends


def _abbreviated(
    mark: Offsets,
    before: Offsets,
    head: Offsets,
    clings: Flags,
    before_known: NDArray[np.uint16],
    tokens: _Tokens,
    vocabulary: Vocabulary,
) -> Flags:
    """Tell where a period belongs to an abbreviation and ends nothing."""
    role, case, known = tokens.role, tokens.case, tokens.known
    letter = (role[before] & _LETTER > 0) & clings
    abbreviation = (role[mark] & _INITIALS > 0) | letter | (before_known & _ABBREVIATION > 0)
    over = known[head] & _STARTER > 0
    over |= (before_known & _TIME > 0) & (known[head] & _GOES_ON == 0) & (case[head] & _UPPER > 0)
    over &= ~_collocated(before, head, before_known, tokens.types, vocabulary)
    counted = (before_known & _NUMBERED > 0) & ((case[head] & _DIGIT > 0) | (known[head] & _NUMERAL > 0))
    # whatever an exclamation or a question follows, it is no abbreviation
    asks = known[mark] & _ASKS > 0
    found: Flags = ((abbreviation & ~over) | (before_known & _TITLE > 0) | counted) & ~asks
    return found


def _collocated(
    before: Offsets,
    head: Offsets,
    before_known: NDArray[np.uint16],
    types: NDArray[np.int32],
    vocabulary: Vocabulary,
) -> Flags:
    """Tell where an abbreviation and the next word belong together: U.S. Senate."""
    found = np.zeros(len(before), dtype=np.bool_)
    pairs, folded = _learnt().collocations, vocabulary.folded
    for place in np.flatnonzero(before_known & _COLLOCATED):
        first, second = folded[types[before[place]]].rstrip("."), folded[types[head[place]]]
        found[place] = (first, second) in pairs
    return found


def _spoken(mark: Offsets, head: Offsets, quoted: Flags, tokens: _Tokens) -> Flags:
    """Tell where a quotation ends that its sentence does not end with: “Why?” Smith asked."""
    n = len(tokens.role)
    # behind a period the sentence is over, since a comma would stand there if it went on
    going = quoted & (tokens.known[mark] & _ASKS > 0)
    found = np.zeros(len(mark), dtype=np.bool_)
    for step in range(_LOOK_AHEAD):
        place = np.minimum(head + step, n - 1)
        going &= tokens.paragraph[place] == tokens.paragraph[mark]
        going &= tokens.role[place] & (_TERMINAL | _SOFT | _OPENER | _CLOSER) == 0
        found |= going & (tokens.known[place] & _SAYS > 0)
    return found
