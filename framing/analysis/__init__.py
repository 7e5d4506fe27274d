"""Analysis: a corpus in, four tables out."""

from framing.analysis._analysis import Analysis
from framing.analysis._analyze import analyze
from framing.analysis._reader import BatchReader, Setting
from framing.analysis._words import WordCounts

__all__ = ["Analysis", "BatchReader", "Setting", "WordCounts", "analyze"]
