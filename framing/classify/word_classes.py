"""Learn word classes: ``python -m framing.classify.word_classes TAGGED ARTICLES -o lexicons/models/word-classes.npz``.

The commonest part of speech of a word comes from tagged sentences (of those with an ``origin`` only EWT, whose licence
lets a model go with others); its cluster from the words around it in news: positive pointwise mutual information with
the two words on either side (Levy, Goldberg and Dagan 2015), singular value decomposition, k-means.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import MiniBatchKMeans

from framing.classify._contexts import SEED, Contexts
from framing.corpus import Article, read_corpus
from framing.measures.attribution.finder import WordClasses, save_classes
from framing.measures.attribution.finder._classes import shape
from framing.text import fold

_WINDOW = (-2, -1, 1, 2)
_CONTEXTS = 3000
_DIMENSIONS = 100
_LEAST = 4  # occurrences of a word that gets a cluster
_FIT_ON = 20_000  # the commonest words make the clusters


def commonest_tags(sentences: Iterable[dict[str, Any]]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Count parts of speech.

    Parameters
    ----------
    sentences : iterable of dict
        With `tokens`, each with `form` and `xpos`.

    Returns
    -------
    tags : list of str
    commonest : dict
        Under ``spelled``, ``folded`` and ``endings`` the commonest tag of each key; a spelling as common as its folded
        form says is left out.
    """
    counts: dict[str, dict[str, Counter[str]]] = {
        name: defaultdict(Counter) for name in ("spelled", "folded", "endings")
    }
    for sentence in sentences:
        for token in sentence["tokens"]:
            form, tag = token["form"], token["xpos"]
            if not form.strip() or not tag:
                continue
            folded = fold(form)
            counts["spelled"][form][tag] += 1
            counts["folded"][folded][tag] += 1
            for ending in {folded[-3:], folded[-2:], ""}:
                counts["endings"][f"{shape(form)} {ending}"][tag] += 1
    commonest = {
        name: {key: _first(tags) for key, tags in keys.items() if name == "endings" or tags.total() >= 2}
        for name, keys in counts.items()
    }
    commonest["spelled"] = {
        form: tag
        for form, tag in commonest["spelled"].items()
        if form != fold(form) and commonest["folded"].get(fold(form)) != tag
    }
    return sorted({tag for keys in commonest.values() for tag in keys.values()}), commonest


def _first(tags: Counter[str]) -> str:
    return min(tags, key=lambda tag: (-tags[tag], tag))


def clusters_of(articles: Iterable[Article], clusters: Sequence[int]) -> tuple[list[str], NDArray[np.int32]]:
    """Cluster the words of news by what stands around them.

    Parameters
    ----------
    articles : iterable of Article
    clusters : sequence of int
        How many, at each level.

    Returns
    -------
    words : list of str
        The folded words that occur often enough, sorted.
    members : ndarray of int32, shape (words, levels)
    """
    found = Contexts(articles, _LEAST)
    words, vectors = found.words, found.vectors([(apart,) for apart in _WINDOW], _CONTEXTS, _DIMENSIONS)
    levels = [
        MiniBatchKMeans(size, random_state=SEED, batch_size=4096, n_init=3).fit(vectors[:_FIT_ON]).predict(vectors)
        for size in clusters
    ]
    order = sorted(range(len(words)), key=words.__getitem__)
    return [words[index] for index in order], np.column_stack(levels)[order].astype(np.int32)


def learn(
    sentences: Iterable[dict[str, Any]], articles: Iterable[Article], *, clusters: Sequence[int] = (64, 256, 1000)
) -> WordClasses:
    """Learn parts of speech, and clusters of three sizes."""
    tags, commonest = commonest_tags(sentences)
    number = {tag: index for index, tag in enumerate(tags)}
    coded = {name: {key: number[tag] for key, tag in sorted(keys.items())} for name, keys in commonest.items()}
    words, members = clusters_of(articles, clusters)
    return WordClasses(tags, coded["spelled"], coded["folded"], coded["endings"], words, members, clusters)


def _tagged(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record.get("origin", "EWT") == "EWT":
                yield record


def main() -> None:
    """Learn from files and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tagged", type=Path, help="JSON Lines (.gz) of sentences with tokens, form and xpos")
    parser.add_argument("articles", help="news, as `framing analyze` reads it")
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    classes = learn(_tagged(given.tagged), read_corpus(given.articles))
    save_classes(classes, given.output)


if __name__ == "__main__":
    main()
