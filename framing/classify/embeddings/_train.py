"""Train and measure a task of sentences with embeddings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from framing.classify.embeddings._bert import Floats32
from framing.classify.embeddings._classifier import LAYER, EmbeddedSentenceClassifier
from framing.classify.embeddings._transformer import SentenceEmbeddings
from framing.classify.sentences._records import read_sentences
from framing.classify.sentences._train import TASKS, Say, TrainedSentences, _Tester, telling
from framing.classify.texts._transformer import checked_texts
from framing.errors import OptionError


class Remembered(SentenceEmbeddings):
    """Embeds no text twice: in cross-validation every text comes up again and again."""

    def __init__(self, *, layer: int | None = None, threads: int = 1) -> None:
        super().__init__(layer=layer, threads=threads)
        self.known: dict[str, Floats32] = {}

    def __sklearn_clone__(self) -> Remembered:
        return self

    def transform(self, X: Iterable[str]) -> Floats32:  # noqa: N803 - scikit-learn's name
        """Return a vector for each text, shape (n, 384)."""
        texts = checked_texts(X)
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known.update(zip(new, super().transform(new), strict=True))
        return np.stack([self.known[text] for text in texts])


def embedded_estimator(task: str = "bias", *, embeddings: Any = None, seed: int = 0) -> EmbeddedSentenceClassifier:
    """Return the estimator of a task of sentences, with embeddings, not fitted.

    Raises
    ------
    OptionError
        If there is no such task.
    """
    if task not in TASKS:
        msg = f"task is {task!r}; allowed with embeddings: {', '.join(TASKS)}"
        raise OptionError(msg)
    return EmbeddedSentenceClassifier(TASKS[task].estimator(seed), embeddings)


def train_embedded(
    data: str | Path, *, task: str = "bias", votes: str | Path | None = None, folds: int = 5, measure: bool = True,
    threads: int = 1, seed: int = 0, say: Say | None = None, **columns: Any,
) -> TrainedSentences:  # fmt: skip
    """Train a task of sentences with embeddings, and measure it by cross-validation.

    Parameters
    ----------
    data : path
        See `read_sentences`.
    task : str
        ``bias`` or ``uncertain``.
    votes : path, optional
        What single annotators said; their share is then what is learnt.
    folds : int
    measure : bool
        Without it the model is trained only.
    threads : int
        Of the embeddings.
    seed : int
    say : callable, optional
        Told what is being done.
    **columns
        See `read_sentences`.

    Returns
    -------
    TrainedSentences
        Its estimator is an `EmbeddedSentenceClassifier`.

    Raises
    ------
    InputError, OptionError
        If the file does not hold what is needed, or there is no such task.
    MissingExtraError
        If the extra `embeddings` is not installed.
    """
    tell = say or (lambda _: None)
    embeddings = Remembered(layer=LAYER, threads=threads)
    estimator = embedded_estimator(task, embeddings=embeddings, seed=seed)
    embeddings.check()
    given = {"labels": TASKS[task].labels, "positive": TASKS[task].positive, **columns}
    found = read_sentences(data, votes=votes, **given)
    tell(f"embedding {len(found.records):,} texts")
    embeddings.fit_transform(found.records.texts)
    tester = _Tester(task, found, estimator, seed, tell)
    tell(f"training on {len(found.records):,} texts")
    fitted = tester.fit(np.arange(len(found.records)))
    predictions, words, curve = tester.measured(folds) if measure else ([], [], [])
    plain = SentenceEmbeddings(layer=LAYER, threads=threads).fit(found.records.texts)
    fitted.set_params(embeddings=plain)
    fitted.embeddings_ = plain
    return TrainedSentences(
        task=task, estimator=fitted, predictions=predictions, words=words, features=telling(fitted, found), curve=curve,
        data=found,
    )  # fmt: skip
