"""Lexicons: lists of entries that a linguist edits, and how they are found in text."""

from framing.lexicon._check import check
from framing.lexicon._entry import LAYERS, Entry, Example, Lexicon
from framing.lexicon._import import import_list
from framing.lexicon._load import load, names, read, sources, vocabulary
from framing.lexicon._match import Matcher, Matches

__all__ = [
    "LAYERS",
    "Entry",
    "Example",
    "Lexicon",
    "Matcher",
    "Matches",
    "check",
    "import_list",
    "load",
    "names",
    "read",
    "sources",
    "vocabulary",
]
