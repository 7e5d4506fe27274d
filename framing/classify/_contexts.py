"""Words by what stands around them: positive pointwise mutual information and its singular vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from framing.corpus import Article
from framing.errors import InputError
from framing.text import Vocabulary, read

SEED = 0
_FEWEST = 3  # words; fewer leave nothing to decompose


class Contexts:
    """The words of articles, most frequent first, and what stands around each.

    Parameters
    ----------
    articles : iterable of Article
    least : int
        A word that occurs less often is left out.

    Attributes
    ----------
    words : list of str
        Folded.

    Raises
    ------
    InputError
        If hardly any word occurs often enough.
    """

    def __init__(self, articles: Iterable[Article], least: int) -> None:
        types, self._sentences, vocabulary = _columns(articles)
        counts = np.bincount(types, minlength=len(vocabulary))
        total: Counter[str] = Counter()
        for word, count in zip(vocabulary.folded, counts.tolist(), strict=True):
            total[word] += count
        kept = (word for word, count in total.items() if count >= least)
        self.words = sorted(kept, key=lambda word: (-total[word], word))
        if len(self.words) < _FEWEST:
            msg = f"{len(self.words)} words occur {least} times; vectors need at least {_FEWEST}"
            raise InputError(msg)
        number = {word: index for index, word in enumerate(self.words)}
        self._column = np.array([number.get(word, -1) for word in vocabulary.folded], dtype=np.int64)[types]

    def vectors(self, windows: Sequence[Sequence[int]], contexts: int, dimensions: int) -> NDArray[np.float32]:
        """Return a vector of unit length for each word, shape (words, dimensions).

        Parameters
        ----------
        windows : sequence of sequence of int
            Distances; those of one window are counted together, each window on its own.
        contexts : int
            How many of the most frequent words count as context.
        dimensions : int
        """
        words = len(self.words)
        contexts = min(contexts, words)
        parts = [_mutual_information(self._together(window, contexts)) for window in windows]
        start = np.random.default_rng(SEED).random(min(words, contexts * len(windows)))
        k = min(dimensions, min(words, contexts) - 1)
        left, strength, _ = svds(sparse.hstack(parts).tocsr().astype(np.float32), k=k, v0=start.astype(np.float32))
        found = left * np.sqrt(strength)
        return np.asarray(found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9), dtype=np.float32)

    def _together(self, window: Sequence[int], contexts: int) -> sparse.csr_array:
        """Count how often each word stands with each context, nearer ones for more; shape (words, contexts)."""
        shape = len(self.words), contexts
        total = sparse.csr_array(shape)
        for apart in window:
            low, high = slice(None, -abs(apart)), slice(abs(apart), None)
            low, high = (low, high) if apart > 0 else (high, low)
            word, context = self._column[low], self._column[high]
            kept = (self._sentences[low] == self._sentences[high]) & (word >= 0) & (context >= 0) & (context < contexts)
            weight = np.full(int(kept.sum()), 1.0 if len(window) == 1 else 1 / abs(apart))
            total = total + sparse.coo_array((weight, (word[kept], context[kept])), shape=shape).tocsr()
        return total


def _columns(articles: Iterable[Article]) -> tuple[NDArray[np.int64], NDArray[np.int64], Vocabulary]:
    vocabulary, types, sentences = Vocabulary(), [], []
    for number, article in enumerate(articles):
        batch = read([article], vocabulary)
        types.append(batch.type.astype(np.int64))
        sentences.append(batch.sentence.astype(np.int64) + number * 1_000_000)
    if not types:
        msg = "no article to learn from"
        raise InputError(msg)
    return np.concatenate(types), np.concatenate(sentences), vocabulary


def _mutual_information(together: sparse.csr_array) -> sparse.coo_array:
    """Return the positive pointwise mutual information of counts (Levy, Goldberg and Dagan 2015)."""
    counts = together.tocoo()
    of_word = np.asarray(together.sum(axis=1)).ravel()
    # contexts smoothed by the power of 3/4, as they advise
    of_context = np.asarray(together.sum(axis=0)).ravel() ** 0.75
    of_context /= of_context.sum()
    mutual = np.log(counts.data / of_word[counts.row] / of_context[counts.col])
    above = mutual > 0
    return sparse.coo_array((mutual[above], (counts.row[above], counts.col[above])), shape=together.shape)
