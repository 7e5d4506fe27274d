"""Words as models know them."""

from __future__ import annotations

from framing.text import base

SHORTEST, LONGEST = 2, 5  # n-grams of characters


def normal(folded: str) -> str:
    """Return a folded spelling as models know it: without a possessive 's, all numbers one."""
    if folded.isalpha():
        return folded
    return "0" if any(map(str.isdigit, folded)) else base(folded)


def ngrams(word: str) -> set[str]:
    """Return the n-grams of characters of a word, its edges marked."""
    edged = f"_{word}_"
    sizes = range(SHORTEST, LONGEST + 1)
    return {edged[place : place + size] for size in sizes for place in range(len(edged) - size + 1)}
