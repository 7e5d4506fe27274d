"""Reading: articles from files, tables and folders, and what of a page is not the article's."""

from framing.corpus._article import Article, Scalar
from framing.corpus._columns import extra_columns
from framing.corpus._corpus import Corpus
from framing.corpus._furniture import RECURRING, FurnitureFinder
from framing.corpus._patterns import Pattern, load_patterns
from framing.corpus._read import read_corpus
from framing.corpus._row import Reject
from framing.corpus._scan import Scan, scan

__all__ = [
    "RECURRING",
    "Article",
    "Corpus",
    "FurnitureFinder",
    "Pattern",
    "Reject",
    "Scalar",
    "Scan",
    "extra_columns",
    "load_patterns",
    "read_corpus",
    "scan",
]
