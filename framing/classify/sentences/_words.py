"""Words as models know them."""

from __future__ import annotations

from framing.text import base

SHORTEST, LONGEST = 2, 5  # n-grams of characters


def normal(folded: str) -> str:
    """Return a folded spelling as models know it: without a possessive 's, all numbers one."""
    if folded.isalpha():
        return folded
    return "0" if any(map(str.isdigit, folded)) else base(folded)


def ngrams(word: str) -> list[str]:
    """Return the different n-grams of characters of a word, its edges marked, in the order of the word."""
    edged = f"_{word}_"
    ends = len(edged) + 1
    found = [edged[place : place + size] for size in range(SHORTEST, LONGEST + 1) for place in range(ends - size)]
    return found if len(set(found)) == len(found) else list(dict.fromkeys(found))
