"""What the wording of a description tells: gender, number, whether it hides somebody, and what to show of it."""

from __future__ import annotations

import re
from functools import lru_cache

_UNNAMED = re.compile(
    r"anonym|condition of|not to be (?:named|identified|quoted)|familiar with|close to|knowledge of|unnamed|"
    r"unidentified|\bsources?\b|insiders?\b|whistle-?blowers?\b|briefed on"
)
_FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Madam|Lady|Dame|Queen|Princess|Sister)\b|"
    r"\b(?:\w*woman|\w*women|mother|widow|wife|daughter|girl|sister|actress)$"
)
_MALE = re.compile(
    r"\b(?:Mr|Lord|Sir|King|Prince|Father|Pope|Imam|Rabbi)\b|\b(?:\w*man|\w*men|father|husband|son|boy|brother)$"
)
_NOT_MALE = re.compile(r"(?:wo|hu|Ro|Ger)m[ae]n$")
_WHO = re.compile(r"\s(?:who|whom|whose|which)\b")
_HEAD = re.compile(r"\s(?:of|in|on|at|for|from|with|who|that|which|by|to|about|close|familiar|near|against)\s")
_ARTICLE = re.compile(
    r"^(?:(?:the|a|an|one|some|several|many|two|three|another|other|all|both|those|these|its)\s+)+(?=\S)", re.IGNORECASE
)
_PART_OF = re.compile(
    r"^(?:one|some|many|most|several|all|none|both|two|three|few|any|each|others?) of "
    r"(?:the |these |those |his |her |their )?",
    re.IGNORECASE,
)
GROUPS = frozenset(
    "republicans democrats americans russians ukrainians europeans germans israelis palestinians conservatives "
    "liberals libertarians progressives christians muslims jews latinos hispanics britons voters".split()
)


@lru_cache(maxsize=4096)
def described_gender(text: str) -> str:
    """Return the gender that a description tells: by a title, or by its last word."""
    return "f" if _FEMALE.search(text) else "m" if _MALE.search(text) and not _NOT_MALE.search(text) else ""


@lru_cache(maxsize=4096)
def is_unnamed(text: str) -> bool:
    """Tell whether words say that a source is not named."""
    return bool(_UNNAMED.search(text.lower()))


@lru_cache(maxsize=4096)
def display(text: str) -> str:
    """Return what to call a source that has no name: its words up to a comma, without an article."""
    short = _WHO.split(text.split(",")[0])[0].split(" (")[0].replace("\n", " ").removesuffix("'s").removesuffix("’s")
    return _ARTICLE.sub("", _PART_OF.sub("", short)) or text


def last_word(text: str) -> str:
    """Return the last word of a description in lower case."""
    return text.lower().rsplit(maxsplit=1)[-1] if text.strip() else ""


@lru_cache(maxsize=4096)
def ends_plural(text: str) -> bool:
    """Tell whether a description's head, in front of its first preposition, is a plural."""
    head = _HEAD.split(text, maxsplit=1)[0].lower()
    return head.endswith(("s", "men", "people", "police", "children")) and not head.endswith(("ss", "us", "is", "news"))


def is_anonymous(text: str, role: str, *, known: bool) -> bool:
    """Tell whether a source is a person without a name: an official, somebody close to the talks."""
    if is_unnamed(text):
        return True
    return role == "official-unnamed" and (not known or " official" in text.lower())
