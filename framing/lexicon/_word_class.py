"""A rough rule for the word class that the neighbours of a word make likely; no tagger."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_DETERMINERS = frozenset(
    "a an the this that these those some any no each every another such what which whose my your his her its "
    "our their several many few more most both all one two three four five six seven eight nine ten".split()
)
_PREPOSITIONS = frozenset(
    "of in on at by for with from into against between among during about over under without within through "
    "after before as amid despite like upon toward towards across".split()
)
_MODALS = frozenset("will would can could shall should may might must cannot can't won't couldn't wouldn't".split())
_DO = frozenset("do does did don't doesn't didn't to not never also let's please".split())
_SUBJECTS = frozenset("i you he she it we they who".split())
_BE = frozenset("am is are was were be been being isn't aren't wasn't weren't become became becomes seem seems".split())
_DEGREE = frozenset("very so too more most quite rather extremely increasingly as less deeply".split())
_OBJECTS = frozenset("me him them us you it himself herself themselves itself".split()) | _DETERMINERS
# what no adjective stands in front of
_NO_NOUN = _DETERMINERS | _PREPOSITIONS | _BE | _MODALS | _SUBJECTS | {"and", "or", "to"}
_MARKS = frozenset(".,;:!?—–-)”\"’'")


def likely(word_class: str, form: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a word is likely to be of a class, seen from the words around it.

    Parameters
    ----------
    word_class : {"noun", "verb", "adjective", "adverb"}
    form : str
        The word, as it was found; in a phrase its first word tells.
    before, after : sequence of str
        Folded words of the same sentence, in order; empty at its rim.

    Returns
    -------
    bool
    """
    previous = before[-1] if before else ""
    following = after[0] if after else ""
    return rule(word_class, form)(previous, following)


def rule(word_class: str, form: str) -> Callable[[str, str], bool]:
    """Return the test of `likely` for a class and form: of the word in front and the one behind, empty at the rim."""
    if word_class == "verb" and form.split(" ", 1)[0].endswith("ed"):
        return _is_past
    return _RULES[word_class]


def _noun_phrase_open(previous: str) -> bool:
    return previous in _DETERMINERS or previous.endswith("'s") or previous.isdigit()


def _is_past(previous: str, following: str) -> bool:
    return not _noun_phrase_open(previous) and previous not in _DEGREE


def _is_verb(previous: str, following: str) -> bool:
    if previous in _DO or previous in _MODALS or previous in _SUBJECTS:
        return True
    if _noun_phrase_open(previous) or previous in _PREPOSITIONS or previous in _DEGREE:
        return False
    return following in _OBJECTS or following == "to"


def _is_noun(previous: str, following: str) -> bool:
    if _is_verb(previous, following):
        return False
    if _noun_phrase_open(previous) or previous in _PREPOSITIONS:
        return True
    return (
        following in _BE or following in _PREPOSITIONS or following in _MARKS or following in _MODALS or not following
    )


def _is_adjective(previous: str, following: str) -> bool:
    if previous in _DO and previous != "not":
        return False
    content = bool(following) and following[0].isalpha() and following not in _NO_NOUN
    return content or previous in _BE or previous in _DEGREE


def _is_adverb(previous: str, following: str) -> bool:
    return not _noun_phrase_open(previous) or following.endswith(("ed", "ing"))


_RULES = {"noun": _is_noun, "verb": _is_verb, "adjective": _is_adjective, "adverb": _is_adverb}
