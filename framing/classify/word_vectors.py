"""Learn word vectors: ``python -m framing.classify.word_vectors ARTICLES -o lexicons/models/word-vectors.npz``.

Positive pointwise mutual information with the words around (Levy, Goldberg and Dagan 2015) and singular value
decomposition, twice: five words to either side counted together say what a word is about; two to either side, each
place on its own, what it is like.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from framing.classify._contexts import Contexts
from framing.classify._vectors import WordVectors, save_vectors
from framing.corpus import Article, read_corpus

_LEAST = 4  # occurrences of a word that gets a vector
_ABOUT = ((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5),)
_LIKE = ((-2,), (-1,), (1,), (2,))
_DIMENSIONS = 150


def learn(articles: Iterable[Article], *, dimensions: int = _DIMENSIONS) -> WordVectors:
    """Learn vectors from articles.

    Parameters
    ----------
    articles : iterable of Article
    dimensions : int
        Of each half.
    """
    found = Contexts(articles, _LEAST)
    halves = [found.vectors(_ABOUT, 6000, dimensions), found.vectors(_LIKE, 4000, dimensions)]
    return WordVectors(found.words, np.hstack(halves))


def main() -> None:
    """Learn from a file and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="news, as `framing analyze` reads it")
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    save_vectors(learn(read_corpus(given.articles)), given.output)


if __name__ == "__main__":
    main()
