"""Reading: articles from files, tables and folders, and what of a page is not the article's."""

from framing.corpus._article import Article, Scalar
from framing.corpus._columns import extra_columns
from framing.corpus._corpus import Corpus
from framing.corpus._read import read_corpus
from framing.corpus._row import Reject

__all__ = ["Article", "Corpus", "Reject", "Scalar", "extra_columns", "read_corpus"]
