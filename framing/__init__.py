"""framing: bias and framing analysis of news.

Marks every loaded term, attribution and hedge together with whose voice it stands in, counts them with honest
uncertainty, compares outlets on them, and prints a report in which every number can be traced back to its words.

    import framing as fr

    corpus = fr.read_corpus("articles.csv")
    analysis = fr.analyze(corpus, sides="russia-ukraine")
    result = fr.compare(analysis, by="outlet", seed=7)
    fr.write_report(result, "report.pdf")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing import figures
    from framing.analysis import Analysis, FramingVectorizer, analyze
    from framing.comparison import Comparison, compare, word_shift, write_tables
    from framing.corpus import Article, Corpus, read_corpus
    from framing.errors import FramingError
    from framing.events import Events, match_events
    from framing.render import Annotated, annotate, write_report

__version__ = "0.1.0"
__all__ = [
    "Analysis",
    "Annotated",
    "Article",
    "Comparison",
    "Corpus",
    "Events",
    "FramingError",
    "FramingVectorizer",
    "analyze",
    "annotate",
    "compare",
    "figures",
    "match_events",
    "read_corpus",
    "word_shift",
    "write_report",
    "write_tables",
]

# where each public name stands; they are imported when they are used, since Matplotlib and SciPy take a second
_HOME = {
    "Analysis": "framing.analysis",
    "Annotated": "framing.render",
    "Article": "framing.corpus",
    "Comparison": "framing.comparison",
    "Corpus": "framing.corpus",
    "Events": "framing.events",
    "FramingError": "framing.errors",
    "FramingVectorizer": "framing.analysis",
    "analyze": "framing.analysis",
    "annotate": "framing.render",
    "compare": "framing.comparison",
    "match_events": "framing.events",
    "read_corpus": "framing.corpus",
    "word_shift": "framing.comparison",
    "write_report": "framing.render",
    "write_tables": "framing.comparison",
}


def __getattr__(name: str) -> Any:
    if name == "figures":
        return import_module("framing.figures")
    if name not in _HOME:
        msg = f"module 'framing' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
