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
from scipy import sparse
from scipy.sparse.linalg import svds
from sklearn.cluster import MiniBatchKMeans

from framing.corpus import Article, read_corpus
from framing.measures.attribution.finder import WordClasses, save_classes
from framing.measures.attribution.finder._classes import shape
from framing.text import Vocabulary, fold, read

_WINDOW = (-2, -1, 1, 2)
_CONTEXTS = 3000
_DIMENSIONS = 100
_LEAST = 4  # occurrences of a word that gets a cluster
_FIT_ON = 20_000  # the commonest words make the clusters
_SEED = 0


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
    types, sentences, vocabulary = _columns(articles)
    counts = np.bincount(types, minlength=len(vocabulary))
    total: Counter[str] = Counter()
    for word, count in zip(vocabulary.folded, counts.tolist(), strict=True):
        total[word] += count
    words = sorted((word for word, count in total.items() if count >= _LEAST), key=lambda word: (-total[word], word))
    number = {word: index for index, word in enumerate(words)}
    column = np.array([number.get(word, -1) for word in vocabulary.folded], dtype=np.int64)[types]
    vectors = _vectors(column, sentences, len(words))
    levels = [
        MiniBatchKMeans(size, random_state=_SEED, batch_size=4096, n_init=3).fit(vectors[:_FIT_ON]).predict(vectors)
        for size in clusters
    ]
    order = sorted(range(len(words)), key=words.__getitem__)
    return [words[index] for index in order], np.column_stack(levels)[order].astype(np.int32)


def _columns(articles: Iterable[Article]) -> tuple[NDArray[np.int64], NDArray[np.int64], Vocabulary]:
    vocabulary, types, sentences = Vocabulary(), [], []
    for number, article in enumerate(articles):
        batch = read([article], vocabulary)
        types.append(batch.type.astype(np.int64))
        sentences.append(batch.sentence.astype(np.int64) + number * 1_000_000)
    return np.concatenate(types), np.concatenate(sentences), vocabulary


def _vectors(column: NDArray[np.int64], sentences: NDArray[np.int64], words: int) -> NDArray[np.float32]:
    """Return a vector of unit length for each word, shape (words, dimensions)."""
    contexts = min(_CONTEXTS, words)
    parts = []
    for apart in _WINDOW:
        low, high = (
            (slice(None, -apart), slice(apart, None)) if apart > 0 else (slice(-apart, None), slice(None, apart))
        )
        word, context = column[low], column[high]
        kept = (sentences[low] == sentences[high]) & (word >= 0) & (context >= 0) & (context < contexts)
        ones = np.ones(int(kept.sum()))
        together = sparse.coo_array((ones, (word[kept], context[kept])), shape=(words, contexts)).tocsr().tocoo()
        of_word = np.asarray(together.sum(axis=1)).ravel()
        # contexts smoothed by the power of 3/4, as Levy, Goldberg and Dagan advise
        of_context = np.asarray(together.sum(axis=0)).ravel() ** 0.75
        of_context /= of_context.sum()
        mutual = np.log(together.data / of_word[together.row] / of_context[together.col])
        above = mutual > 0
        parts.append(
            sparse.coo_array((mutual[above], (together.row[above], together.col[above])), shape=(words, contexts))
        )
    start = np.random.default_rng(_SEED).random(min(words, contexts * len(_WINDOW)))
    k = min(_DIMENSIONS, min(words, contexts) - 1)
    left, strength, _ = svds(sparse.hstack(parts).tocsr().astype(np.float32), k=k, v0=start.astype(np.float32))
    vectors = left * np.sqrt(strength)
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9), dtype=np.float32)


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
