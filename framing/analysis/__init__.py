"""Analysis: a corpus in, four tables out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.analysis._analysis import Analysis
from framing.analysis._analyze import analyze
from framing.analysis._reader import BatchReader, Setting
from framing.analysis._words import WordCounts

if TYPE_CHECKING:
    from framing.analysis._vectorizer import FramingVectorizer

__all__ = ["Analysis", "BatchReader", "FramingVectorizer", "Setting", "WordCounts", "analyze"]


def __getattr__(name: str) -> Any:
    # scikit-learn takes a second, which no analysis needs
    if name == "FramingVectorizer":
        return import_module("framing.analysis._vectorizer").FramingVectorizer
    msg = f"module 'framing.analysis' has no attribute {name!r}"
    raise AttributeError(msg)
