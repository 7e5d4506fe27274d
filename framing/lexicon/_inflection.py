"""Inflected forms of English words, by rule; what no rule gives is written out in the lexicon."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

CLASSES = ("noun", "verb", "verb-doubling", "adjective")
_ALIKE = 0.75  # from here on a word is a class misspelt (difflib's ratio)

_VOWELS = frozenset("aeiou")
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def _plural(word: str) -> str:
    if word.endswith("sis"):
        return word[:-2] + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_SIBILANTS) else "s")


def _verb(word: str, *, doubling: bool) -> list[str]:
    third = word + "es" if word.endswith("o") else _plural(word)
    if doubling:
        stem = word + word[-1]
        return [third, stem + "ed", stem + "ing"]
    if word.endswith("ie"):
        return [third, word + "d", word[:-2] + "ying"]
    if word.endswith("ee") or word.endswith("oe") or word.endswith("ye"):
        return [third, word + "d", word + "ing"]
    if word.endswith("e"):
        return [third, word + "d", word[:-1] + "ing"]
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return [third, word[:-1] + "ied", word + "ing"]
    return [third, word + "ed", word + "ing"]


def _adjective(word: str) -> list[str]:
    if word.endswith("e"):
        return [word + "r", word + "st"]
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return [word[:-1] + "ier", word[:-1] + "iest"]
    if len(word) > 2 and word[-1] not in _VOWELS | {"w", "x", "y"} and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        return [word + word[-1] + "er", word + word[-1] + "est"]
    return [word + "er", word + "est"]


def inflection_fault(form: str, inflection: str) -> str:
    """Say why an inflection is no further form of `form` but a class misspelt; empty if it is neither."""
    word = inflection.lower()
    if inflection in ("", *CLASSES) or "|" in inflection or not get_close_matches(word, CLASSES, n=1, cutoff=_ALIKE):
        return ""
    if SequenceMatcher(None, word, form.lower()).ratio() >= _ALIKE:  # a form of a word that is like a class: nouns
        return ""
    return f"inflection {inflection!r}: one of {', '.join(CLASSES)}, or further forms joined by |"


def inflect(form: str, inflection: str) -> list[str]:
    """Return all forms of a lexicon entry, its base form first.

    Parameters
    ----------
    form : str
        A word or a phrase.
    inflection : str
        Empty, one of `CLASSES`, or further forms joined by ``|``. In a phrase a verb's first word is inflected, and a
        noun's or adjective's last.

    Returns
    -------
    list of str
    """
    if not inflection:
        return [form]
    if inflection not in CLASSES:
        return [form, *(part.strip() for part in inflection.split("|") if part.strip())]
    if inflection.startswith("verb"):
        head, space, rest = form.partition(" ")
        return [form, *(f"{word}{space}{rest}" for word in _verb(head, doubling=inflection == "verb-doubling"))]
    front, space, tail = form.rpartition(" ")
    forms = [_plural(tail)] if inflection == "noun" else _adjective(tail)
    return [form, *(f"{front}{space}{word}" for word in forms)]
