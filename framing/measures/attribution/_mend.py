"""Mend what a plain sentence makes certain and the articles that the finder learnt from hardly show."""

from __future__ import annotations

from framing.measures import _grammar as g
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._model import Attribution, Span

NOBODY = frozenset("nobody none nothing no-one having".split())
# how the words for days end: Monday, tomorrow, tonight, earlier, last
_DAY_ENDS = frozenset({"day", "row", "ght", "ier", "ast"})
# longer than any word of these
_SHORT = 10
# words behind a passive cue in which its agent may follow
_REACH = 12
_FINITE = g.AUXILIARY | g.PAST
# the commonest past tenses that do not end in -ed
_STRONG = frozenset(
    "became began bought broke brought built came cost cut fell fled flew found fought gave got grew had held hit kept "
    "killed knew led left lost made meant met paid put ran rose sank saw sent set shot shut sold sought spent spoke "
    "stood stole struck took threw told took understood used was went were withdrew won wrote".split()
)


def mend(clauses: Clauses, found: list[Attribution], refused: list[Attribution]) -> list[Attribution]:
    """Return the attributions mended, those of nobody and of a refusal left out.

    Parameters
    ----------
    clauses : Clauses
    found, refused : list of Attribution
        In the order of the text.
    """
    declined = {one.cue[0][0] for one in refused}
    kept, text = [], clauses.batch.text
    for one in found:
        if one.cue and _is_void(clauses, one, declined):
            continue
        if one.rule == "no-source":
            _give_agent(clauses, one)
        elif one.rule == "according-to" and one.source:
            _cut_source(clauses, one)
        elif one.rule == "cue-last":
            _give_rest(clauses, one)
        if one.source and text[one.source[-1][1] - 3 : one.source[-1][1]] in _DAY_ENDS:
            _cut_day(clauses, one)
        kept.append(one)
    return kept


def _is_void(clauses: Clauses, one: Attribution, declined: set[int]) -> bool:
    """Tell whether nothing is said by anybody: a refusal, nobody said, having said that."""
    start, end = one.cue[0]
    if start in declined or (end - start > _SHORT and not declined.isdisjoint(range(start, end))):
        return True
    if not one.source:
        return False
    first, last = one.source[0]
    return last - first < _SHORT and clauses.batch.text[first:last].lower() in NOBODY


def _give_agent(clauses: Clauses, one: Attribution) -> None:
    """Read ``was criticised by the board``: who stands behind `by` is the source, and not part of the content."""
    if not _is_passive(clauses, one.cue[0]):
        return
    low = clauses.token_at(one.cue[0][1] - 1)
    high = clauses.last[int(clauses.batch.sentence[low])]
    if clauses.word(low) != "by":
        low += 1
    for place in range(low, min(low + _REACH, high)):
        if clauses.flags[place] & g.MARK:
            return
        if clauses.word(place) == "by":
            agent = clauses.noun_phrase_after(place + 1, high)
            if agent is not None and not clauses.flags[agent[0]] & g.PARTICIPLE:
                one.source = [clauses.span(*agent)]
                one.content = _in_front(clauses, one.content, clauses.start[place])
                one.rule = "passive"
            return


def _is_passive(clauses: Clauses, cue: Span) -> bool:
    first, last = clauses.token_at(cue[0]), clauses.token_at(cue[1] - 1)
    return any(clauses.flags[place] & g.BE for place in range(first, last + 1))


def _in_front(clauses: Clauses, pieces: list[Span], limit: int) -> list[Span]:
    """Return pieces cut where the agent begins, if something is left of them."""
    text = clauses.batch.text
    cut = [(start, min(end, start + len(text[start : min(end, limit)].rstrip()))) for start, end in pieces]
    kept = [(start, end) for start, end in cut if end > start]
    return kept or pieces


def _cut_source(clauses: Clauses, one: Attribution) -> None:
    """Read ``The ferry, according to the board, sank``: what a verb goes on with behind a comma is content."""
    start, end = one.source[-1]
    first, last = clauses.token_at(start), clauses.token_at(end - 1)
    for place in range(first + 1, last):
        if clauses.flags[place] & g.COMMA and _goes_on(clauses, place + 1):
            one.source[-1] = clauses.span(first, place)
            one.content = sorted([*one.content, (clauses.start[place + 1], end)])
            return


def _goes_on(clauses: Clauses, place: int) -> bool:
    """Tell whether a clause goes on at a token with its finite verb."""
    flags = clauses.flags[place]
    return bool(flags & _FINITE) or clauses.word(place) in _STRONG


def _give_rest(clauses: Clauses, one: Attribution) -> None:
    """Read ``The bridge, the mayor said, will close``: the rest of the sentence belongs to the content."""
    token = clauses.token_at(max(one.cue[-1][1], one.source[-1][1]) - 1) + 1
    sentence = int(clauses.batch.sentence[token - 1])
    high = clauses.last[sentence]
    if token + 1 >= high or not clauses.flags[token] & g.COMMA or clauses.quotation[token] >= 0:
        return
    if clauses.token_at(one.content[0][0]) < clauses.first[sentence] or not _is_rest(clauses, token + 1, high):
        return
    while high > token + 2 and clauses.flags[high - 1] & g.STOP:
        high -= 1
    one.content = [*one.content, clauses.span(token + 1, high)]
    one.rule = "cue-inside"


def _is_rest(clauses: Clauses, place: int, high: int) -> bool:
    """Tell whether a clause goes on here: with its auxiliary, or with a conjunction and a subject of its own."""
    flags = clauses.flags
    if flags[place] & g.COORDINATOR:
        return place + 1 < high and bool(flags[place + 1] & (g.DETERMINER | g.PRONOUN | g.CAPITAL))
    return bool(flags[place] & g.AUXILIARY)


def _cut_day(clauses: Clauses, one: Attribution) -> None:
    """Read ``The mayor on Monday said``: the day is not part of who says it."""
    start, end = one.source[-1]
    last = clauses.token_at(end - 1)
    if not clauses.flags[last] & g.DAY:
        return
    first = clauses.token_at(start)
    cut = last - 1 if clauses.word(last - 1) in {"on", "late", "early", "last"} else last
    if cut > first:
        one.source[-1] = clauses.span(first, cut)
