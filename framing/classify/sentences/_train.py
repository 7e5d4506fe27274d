"""Train and measure a task of sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

from framing.classify import _store
from framing.classify._distance import profile
from framing.classify.evaluation import Predictions, WordPredictions
from framing.classify.sentences._classifier import SentenceClassifier
from framing.classify.sentences._records import SentenceRecords, read_sentences
from framing.classify.texts._train import predicted
from framing.corpus import Article
from framing.errors import OptionError
from framing.lexicon import load, names
from framing.text import Vocabulary, read

Ints = NDArray[np.int64]
Say = Callable[[str], None]
Point = tuple[int, float, float, float]  # records, macro-F1, low, high
_FEWEST_OUTLETS = 3
_SHARES = (0.25, 0.5)  # of the training texts, for the learning curve
_TELLING, _SEEN = 30, 8
BOTH, LISTS = "lexicons and model, as findings have them", "lexicons alone"


def _of_layers(*layers: str) -> tuple[str, ...]:
    return tuple(name for name in names() if load(name).layer in layers)


@dataclass(frozen=True, kw_only=True)
class SentenceTask:
    """How a task is trained.

    Attributes
    ----------
    name : str
    labels, positive : str
        The column of the label, and the label to find.
    layers : tuple of str
        Those of the lexicons whose marks are features.
    settings : dict
        Of `SentenceClassifier`.
    """

    name: str
    labels: str = "label"
    positive: str | None = None
    layers: tuple[str, ...] = ("loaded", "naming", "hedge", "booster")
    settings: dict[str, Any] = field(default_factory=dict)

    def estimator(self, seed: int) -> SentenceClassifier:
        """Return it, not fitted."""
        return SentenceClassifier(lexicons=_of_layers(*self.layers), random_state=seed, **self.settings)


TASKS = {
    task.name: task
    for task in (
        SentenceTask(name="bias", positive="biased", settings={"penalty": 8.0}),
        SentenceTask(
            name="uncertain", positive="uncertain", layers=("hedge", "booster"),
            settings={"length_power": 0.0, "phrases": 2, "threshold": "f1", "vectors": False,
                      "costs": (0.02, 0.05, 0.1)},
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedSentences:
    """A model of sentences, and what it reached on texts that it had not seen.

    Attributes
    ----------
    task : str
    estimator : SentenceClassifier
        Fitted on all texts.
    predictions : list of Predictions
        With outlets held out first, if there are at least three; then of the cross-validation.
    words : list of WordPredictions
        Of the cross-validation, where annotators marked words.
    features : dict of str to list of (str, float)
        The most telling words.
    curve : list of (n, macro-F1, low, high)
    data : SentenceRecords
    """

    task: str
    estimator: SentenceClassifier
    predictions: list[Predictions]
    words: list[WordPredictions]
    features: dict[str, list[tuple[str, float]]]
    curve: list[Point]
    data: SentenceRecords

    def compiled(self, **about: Any) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """Return what a model file holds beside the estimator."""
        records = self.data.records
        batch = read([Article(id_, text) for id_, text in zip(records.ids, records.texts, strict=True)], Vocabulary())
        groups = [one or "" for one in records.outlets] if records.outlets else records.groups
        data = {
            "name": records.name, "sha256": records.sha256, "records": len(records),
            "groups": len(set(records.groups)), "grouped by": records.grouped_by,
            "outlets": len(set(records.outlets or ()) - {None}), "labelled": int(records.gold.sum()),
            "annotators": len({name for votes in self.data.votes or () for name in votes}),
        }  # fmt: skip
        own = {"task": self.task, "kind": "sentences", "labels": list(records.labels), "negative": records.negative}
        columns = {**self.estimator.columns_, **profile(batch, groups).to_arrays()}
        return {**own, "data": data, **self.estimator.about_, **about}, columns

    def save(self, path: Path, **about: Any) -> None:
        """Write the model."""
        _store.save(path, self.estimator, *self.compiled(**about))


def train_sentences(
    data: str | Path, *, task: str, votes: str | Path | None = None, folds: int = 5, measure: bool = True,
    seed: int = 0, say: Say | None = None, **columns: Any,
) -> TrainedSentences:  # fmt: skip
    """Train a task of sentences, and measure it by cross-validation.

    Parameters
    ----------
    data : path
        See `read_sentences`.
    task : str
        One of `TASKS`.
    votes : path, optional
        What single annotators said; their share is then what is learnt.
    folds : int
    measure : bool
        Without it the model is trained only.
    seed : int
    say : callable, optional
        Told what is being done.
    **columns
        See `read_sentences`.

    Raises
    ------
    InputError, OptionError
        If the file does not hold what is needed, or there is no such task.
    """
    if task not in TASKS:
        msg = f"task is {task!r}; allowed: {', '.join(TASKS)}"
        raise OptionError(msg)
    tell = say or (lambda _: None)
    plan = TASKS[task]
    given = {"labels": plan.labels, "positive": plan.positive, **columns}
    found = read_sentences(data, votes=votes, **given)
    tester = _Tester(task, found, plan.estimator(seed), seed, tell)
    tell(f"training on {len(found.records):,} texts")
    fitted = tester.fit(np.arange(len(found.records)))
    predictions, words, curve = tester.measured(folds) if measure else ([], [], [])
    return TrainedSentences(
        task=task, estimator=fitted, predictions=predictions, words=words, features=telling(fitted, found),
        curve=curve, data=found,
    )  # fmt: skip


class _Tester:
    """Fits to some texts and predicts others."""

    def __init__(self, task: str, data: SentenceRecords, estimator: SentenceClassifier, seed: int, say: Say) -> None:
        self.task, self.data, self.estimator, self.seed, self.say = task, data, estimator, seed, say

    def fit(self, rows: Ints) -> SentenceClassifier:
        part = self.data.only(rows)
        gold = part.records.gold[:, 0].astype(int)
        fresh: SentenceClassifier = clone(self.estimator)
        return fresh.fit(
            part.records.texts, gold, marked=part.marked, share=part.share, groups=part.records.groups
        )  # fmt: skip

    def measured(
        self, folds: int
    ) -> tuple[list[Predictions], list[WordPredictions], list[tuple[int, float, float, float]]]:
        records = self.data.records
        label = records.gold[:, 0]
        found = []
        apart = self._by_outlet(folds)
        if apart:
            found.append(self._predicted("outlets held out", apart)[0])
        splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=self.seed)
        divided = list(splitter.split(label, label, records.groups))
        how = f"cross-validated, {folds} folds by {records.grouped_by}"
        predictions, marked, f1 = self._predicted(how, divided)
        found.append(predictions)
        # one fold each: there is no spread to tell
        points = [(*point, np.nan, np.nan) for share in _SHARES for point in self._point(share, divided[0])]
        size = int(np.mean([len(train) for train, _ in divided]))
        mean, spread = float(np.mean(f1)), float(np.std(f1))
        return found, marked, [*points, (size, mean, mean - spread, mean + spread)]

    def _predicted(
        self, how: str, divided: Iterable[tuple[Ints, Ints]]
    ) -> tuple[Predictions, list[WordPredictions], list[float]]:
        parts, f1 = [], []
        for number, (train, held) in enumerate(divided, 1):
            self.say(f"{how}: part {number}")
            part = self.data.only(held)
            fitted = self.fit(train)
            parts.append((held, part, predict(fitted, part, task=self.task, how=how)))
            decided = parts[-1][2][0].score[:, 0] >= 0.5
            f1.append(float(f1_score(part.records.gold[:, 0], decided, average="macro")))
        rows = np.concatenate([held for held, _, _ in parts])
        together = self.data.only(rows)
        score = np.concatenate([one[0].score for _, _, one in parts])
        chance = np.concatenate([one[0].probability for _, _, one in parts if one[0].probability is not None])
        joined = _with_votes(predicted(self.task, how, together.records, np.arange(len(rows)), score, chance), together)
        words = [_joined([one[1][place] for _, _, one in parts]) for place in range(len(parts[0][2][1]))]
        return joined, words, f1

    def _by_outlet(self, folds: int) -> list[tuple[Ints, Ints]]:
        """Divide the outlets; texts without one are always learnt from, as no others of theirs are known."""
        records = self.data.records
        outlets, groups = np.array([one or "" for one in records.outlets or [""]]), np.array(records.groups)
        named = np.flatnonzero(outlets != "")
        n = len(np.unique(outlets[named]))
        if n < _FEWEST_OUTLETS:
            return []
        found = []
        for _, part in GroupKFold(min(folds, n)).split(named, groups=outlets[named]):
            held = named[part]
            # an article that two outlets carry is not learnt from either
            seen = np.flatnonzero(~np.isin(groups, groups[held]))
            if self._learnable(seen):
                found.append((seen, held))
        return found

    def _learnable(self, rows: Ints) -> bool:
        """Tell whether both labels stand in as many groups as there are folds."""
        groups, label = np.array(self.data.records.groups)[rows], self.data.records.gold[rows, 0]
        return all(len(np.unique(groups[kind])) >= self.estimator.folds for kind in (label, ~label))

    def _point(self, share: float, divided: tuple[Ints, Ints]) -> list[tuple[int, float]]:
        """Return texts and macro-F1 of training on a share of them; nothing if they are too few."""
        train, held = divided
        groups = np.array(self.data.records.groups)[train]
        names = np.random.default_rng(self.seed).permutation(np.unique(groups))
        rows = train[np.isin(groups, names[: int(len(names) * share)])]
        if not self._learnable(rows):
            return []
        self.say(f"learning curve: {share:.0%}")
        part = self.data.only(held)
        ((predictions), _) = predict(self.fit(rows), part, task=self.task, how="learning curve")
        decided = predictions.score[:, 0] >= 0.5
        return [(len(rows), float(f1_score(part.records.gold[:, 0], decided, average="macro")))]


def predict(
    estimator: SentenceClassifier, data: SentenceRecords, *, task: str, how: str
) -> tuple[Predictions, list[WordPredictions]]:
    """Return what a model says of annotated texts, sentence by sentence as an analysis does.

    A text's score is the highest of its sentences.
    """
    records = data.records
    scored, units, model = estimator.score_texts(records.texts, split=True)
    batch = units.batch
    odds = np.full(len(records), -np.inf)
    np.maximum.at(odds, batch.sentence_article, scored.sentences)
    odds = np.where(np.isfinite(odds), odds, -20.0)  # a text without a word
    threshold = estimator.about_["threshold"]
    chance = 1 / (1 + np.exp(-(odds + np.log(threshold / (1 - threshold)))))
    found = predicted(task, how, records, np.arange(len(records)), (1 / (1 + np.exp(-odds)))[:, None], chance[:, None])
    if data.gold is None:
        return _with_votes(found, data), []
    of_word = model.word_odds(scored, units)
    listed = estimator.covered(batch)
    marked = {BOTH: np.where(listed | ((of_word >= 0) & batch.is_word), 1, 0), LISTS: listed.astype(int)}
    words = [_words(data, batch, of_word, hit, f"{how}; {name}", task) for name, hit in marked.items()]
    return _with_votes(found, data), words


def _with_votes(found: Predictions, data: SentenceRecords) -> Predictions:
    if data.votes is None:
        return found
    votes: list[dict[Hashable, bool] | None] = [
        {name: vote.positive for name, vote in one.items()} or None for one in data.votes
    ]
    return Predictions(
        how=found.how, task=found.task, labels=found.labels, ids=found.ids, texts=found.texts, gold=found.gold,
        score=found.score, groups=found.groups, probability=found.probability, outlets=found.outlets,
        topics=found.topics, votes=votes, negative=found.negative,
    )  # fmt: skip


def _words(
    data: SentenceRecords, batch: Any, odds: NDArray[np.float64], hit: Ints, how: str, task: str
) -> WordPredictions:
    """Carry what tokens have over to the words that are counted."""
    records = data.records
    predictions, scores = [], []
    for offset, places in zip(batch.offset.tolist(), data.words, strict=True):
        starts = np.array([start for start, _ in places], dtype=np.int64) + offset
        ends = np.array([end for _, end in places], dtype=np.int64) + offset
        first = np.searchsorted(batch.end, starts, side="right")
        last = np.maximum(np.searchsorted(batch.start, ends), first + 1)
        spans = list(zip(first.tolist(), last.tolist(), strict=True))
        predictions.append(np.array([hit[low:high].any() for low, high in spans], dtype=np.bool_))
        scores.append(np.array([odds[low:high].max(initial=-20.0) for low, high in spans]))
    assert data.gold is not None
    marks: list[dict[Hashable, NDArray[np.bool_]] | None] | None = (
        None if data.votes is None else [dict(data.marks(number).items()) or None for number in range(len(records))]
    )
    return WordPredictions(
        how=how, task=task, ids=records.ids, texts=records.texts, groups=records.groups, words=data.words,
        gold=data.gold, predicted=predictions, score=scores, marks=marks,
    )  # fmt: skip


def _joined(parts: Sequence[WordPredictions]) -> WordPredictions:
    def of(name: str) -> Any:
        values = [getattr(one, name) for one in parts]
        return None if values[0] is None else [entry for value in values for entry in value]

    names = ("ids", "texts", "groups", "words", "gold", "predicted", "score", "marks")
    return WordPredictions(how=parts[0].how, task=parts[0].task, **{name: of(name) for name in names})


def telling(estimator: SentenceClassifier, data: SentenceRecords) -> dict[str, list[tuple[str, float]]]:
    """Return the words that add most to the score of a sentence, and take most from it, of those seen often enough."""
    counts = Counter(
        text[start:end].lower()
        for text, places in zip(data.records.texts, data.words, strict=True)
        for start, end in places
    )
    weights = estimator.model().of_words([word for word, count in counts.items() if count >= _SEEN])
    order = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {data.records.labels[0]: order if len(order) <= 2 * _TELLING else order[:_TELLING] + order[-_TELLING:]}
