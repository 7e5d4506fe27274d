"""Train and measure a classifier of texts on a file of annotated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.metrics import f1_score

from framing.classify.evaluation import Predictions
from framing.classify.texts._classifier import TextClassifier
from framing.classify.texts._compile import compiled
from framing.classify.texts._linear import Gold
from framing.classify.texts._records import Records, read_records
from framing.classify.texts._telling import Telling, telling
from framing.errors import InputError, OptionError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Say = Callable[[str], None]
SHARES = (0.1, 0.2, 0.4, 0.7)
"""Shares of the groups that the learning curve is trained on, before all of them."""
_OUTLETS = 3  # with fewer, nothing can be said of an outlet that was not seen


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedTexts:
    """A classifier of texts and what it reached on texts that it had not seen.

    Attributes
    ----------
    task : str
    estimator : TextClassifier
        Fitted on all records.
    predictions : list of Predictions
        With outlets held out first, if there are at least three; then of the cross-validation.
    features : dict of str to list of (name, weight)
        The most telling features of each label.
    curve : list of (n, macro-F1, low, high)
        By number of training records; bounds are one standard deviation of the folds.
    records : Records
    """

    task: str
    estimator: TextClassifier
    predictions: list[Predictions]
    features: Telling
    curve: list[tuple[int, float, float, float]]
    records: Records

    def compiled(self, **about: Any) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """Return what a model file holds beside the estimator: what the model is, and its columns.

        Parameters
        ----------
        **about
            Further entries: ``unit``, ``topic``, ``columns``, see `TextModel`.
        """
        own, columns = compiled(self.estimator, self.records.labels)
        data = {
            "name": self.records.name, "sha256": self.records.sha256, "records": len(self.records),
            "groups": len(set(self.records.groups)), "grouped by": self.records.grouped_by,
            "outlets": len(set(self.records.outlets or ()) - {None}), "rejected": self.records.rejected,
            "without label": self.records.unlabelled,
            "labelled": dict(zip(self.records.labels, self.records.gold.sum(axis=0).tolist(), strict=True)),
        }  # fmt: skip
        return {
            "task": self.task,
            "kind": "texts",
            "negative": self.records.negative,
            "data": data,
            **own,
            **about,
        }, columns


def train_texts(
    data: str | Path,
    *,
    task: str,
    labels: str | Sequence[str],
    estimator: TextClassifier | None = None,
    second_weight: float = 0.3,
    folds: int = 5,
    shares: Sequence[float] = SHARES,
    measure: bool = True,
    seed: int = 0,
    say: Say | None = None,
    **columns: Any,
) -> TrainedTexts:
    """Train a classifier on annotated texts and measure it by cross-validation.

    Everything that is chosen - features, regularisation, threshold - is chosen anew inside the training part of each
    fold.

    Parameters
    ----------
    data : path
    task : str
        Its name.
    labels : str or sequence of str
        Columns, see `read_records`.
    estimator : TextClassifier, optional
        Not fitted; ``TextClassifier()`` by default.
    second_weight : float
        How much the labels of the column `second` count beside the first.
    folds : int
    shares : sequence of float
        Of the training groups, for the learning curve, which ends with all of them; none: no curve.
    measure : bool
        Without it the classifier is trained only.
    seed : int
    say : callable, optional
        Told what is being done.
    **columns
        ``text``, ``id``, ``group``, ``outlet``, ``topic``, ``positive``, ``empty``, ``second``, ``encoding``,
        ``strict``: see `read_records`.

    Returns
    -------
    TrainedTexts

    Raises
    ------
    InputError
        If the file does not hold what is needed.
    OptionError
        If an option has a value that is not allowed.
    """
    if folds < 2 or any(not 0 < share < 1 for share in shares):
        msg = f"folds is {folds}, shares are {tuple(shares)!r}; allowed: at least 2, and numbers between 0 and 1"
        raise OptionError(msg)
    tell = say or (lambda what: None)
    records = read_records(data, labels=labels, **columns)
    tester = _Tester(task, records, estimator or TextClassifier(seed=seed), second_weight, seed, tell)
    tell(f"training on {len(records):,} texts")
    fitted = tester.fit(np.arange(len(records)))
    predictions, curve = tester.measured(folds, shares) if measure else ([], [])
    found = telling(fitted, records.labels)
    return TrainedTexts(
        task=task, estimator=fitted, predictions=predictions, features=found, curve=curve, records=records
    )


def evaluate_texts(
    estimator: TextClassifier, data: str | Path, *, task: str, labels: str | Sequence[str], names: Sequence[str],
    how: str | None = None, **columns: Any,
) -> Predictions:  # fmt: skip
    """Measure a fitted classifier on a file of annotated texts that it has not seen.

    Parameters
    ----------
    estimator : TextClassifier
    data : path
    task : str
    labels : str or sequence of str
        Columns, see `read_records`.
    names : sequence of str
        The model's labels, in its order.
    how : str, optional
        What to call the measurement; the file's name by default.
    **columns
        See `read_records`.

    Raises
    ------
    InputError
        If the file has other labels than the model, or not what is needed.
    """
    records = read_records(data, labels=labels, known=names, **columns)
    if len(names) != len(estimator.intercept_) or records.exclusive != estimator.exclusive_:
        kind = "one of" if records.exclusive else "any of"
        msg = (
            f"{data}: texts have {kind} {len(records.labels)} labels, the model another kind, or another number of them"
        )
        raise InputError(msg)
    score, chance = estimator.scores(records.texts), estimator.probabilities(records.texts)
    return predicted(task, how or records.name, records, np.arange(len(records)), score, chance)


def predicted(task: str, how: str, records: Records, rows: Ints, score: Floats, probability: Floats) -> Predictions:
    """Return the predictions for some rows of records; what was predicted is in the order of the rows."""
    chosen = rows.tolist()

    def of(values: Sequence[Any] | None) -> list[Any] | None:
        return None if values is None else [values[row] for row in chosen]

    return Predictions(
        how=how, task=task, labels=records.labels, ids=of(records.ids) or [], texts=of(records.texts) or [],
        gold=records.gold[rows], score=score, groups=of(records.groups) or [], probability=probability,
        outlets=of(records.outlets), topics=of(records.topics), exclusive=records.exclusive,
        negative=records.negative,
    )  # fmt: skip


class _Tester:
    """Fits an estimator to parts of the records, and predicts the others."""

    def __init__(
        self, task: str, records: Records, estimator: TextClassifier, second_weight: float, seed: int, tell: Say
    ) -> None:
        self._task, self._records, self._estimator = task, records, estimator
        self._second_weight, self._seed, self._tell = second_weight, seed, tell
        self._groups = np.unique(np.array(records.groups), return_inverse=True)[1].astype(np.int64)

    def fit(self, rows: Ints) -> TextClassifier:
        """Fit some records; a second label is one more record of the same group, which counts less."""
        records, target = self._records, self._records.target[rows]
        weight = np.ones(len(rows))
        if records.second is not None:
            more = np.flatnonzero(records.second[rows] >= 0)
            target = np.append(target, records.second[rows[more]])
            rows, weight = np.append(rows, rows[more]), np.append(weight, np.full(len(more), self._second_weight))
        texts = [records.texts[row] for row in rows.tolist()]
        fitted: TextClassifier = clone(self._estimator).fit(
            texts, target, groups=self._groups[rows], sample_weight=weight
        )
        return fitted

    def measured(
        self, folds: int, shares: Sequence[float]
    ) -> tuple[list[Predictions], list[tuple[int, float, float, float]]]:
        """Return predictions for texts, and for outlets, that were not seen, and the learning curve."""
        records = self._records
        gold = Gold(records.gold, np.ones(len(records)), self._groups, records.exclusive)
        divided = gold.folds(min(folds, len(np.unique(self._groups))), self._seed)
        by = "" if len(set(records.groups)) == len(records) else f" by {records.grouped_by}"
        crossed = self._predictions(f"cross-validated, {len(divided)} folds{by}", divided)
        curve = self._curve(divided, shares, crossed) if shares else []
        apart = self._by_outlet(folds)
        held = [self._predictions("outlets held out", apart)] if apart else []
        return [*held, crossed], curve

    def _by_outlet(self, folds: int) -> list[tuple[Ints, Ints]]:
        """Divide the outlets; texts without one are always learnt from, as no others of theirs are known."""
        named = np.array([name or "" for name in self._records.outlets or ()])
        outlets, size = np.unique(named[named != ""], return_counts=True)
        if len(outlets) < _OUTLETS:
            return []
        part = np.zeros(min(folds, len(outlets)))
        where = {}
        for place in np.argsort(-size, kind="stable").tolist():
            smallest = int(part.argmin())
            where[str(outlets[place])] = smallest
            part[smallest] += size[place]
        fold = np.array([where.get(name, -1) for name in named.tolist()])
        out = []
        for number in range(len(part)):
            held = np.flatnonzero(fold == number)
            # an article that two outlets carry is not learnt from either
            seen = np.flatnonzero((fold != number) & ~np.isin(self._groups, self._groups[held]))
            if self._learnable(seen):
                out.append((seen, held))
        return out

    def _learnable(self, rows: Ints) -> bool:
        labels = self._records.gold[rows]
        if self._records.exclusive:
            held = [len(np.unique(self._groups[rows][labels[:, label]])) for label in range(labels.shape[1])]
            return sum(n > 0 for n in held) > 1 and all(n != 1 for n in held)
        return all(
            len(np.unique(self._groups[rows][have])) > 1
            for label in range(labels.shape[1])
            for have in (labels[:, label], ~labels[:, label])
        )

    def _predictions(self, how: str, divided: Iterable[tuple[Ints, Ints]]) -> Predictions:
        shape = self._records.gold.shape
        score, chance = np.full(shape, np.nan), np.full(shape, np.nan)
        for number, (seen, held) in enumerate(divided, 1):
            self._tell(f"{how}: part {number}")
            if self._learnable(seen):
                score[held], chance[held] = self._held(self.fit(seen), held)
        rows = np.flatnonzero(~np.isnan(score).any(axis=1))
        if not len(rows):
            msg = f"{self._records.name}: no part of the texts has all labels in two groups; allowed: more groups"
            raise InputError(msg)
        return predicted(self._task, how, self._records, rows, score[rows], chance[rows])

    def _held(self, fitted: TextClassifier, rows: Ints) -> tuple[Floats, Floats]:
        """Return scores and probabilities of all labels; those that a part does not know have 0."""
        texts = [self._records.texts[row] for row in rows.tolist()]
        score, chance = fitted.scores(texts), fitted.probabilities(texts)
        k = len(self._records.labels)
        if not self._records.exclusive or score.shape[1] == k:
            return score, chance
        known = np.asarray(fitted.classes_)
        out = np.zeros((2, len(rows), k))
        if score.shape[1] == 1:
            score, chance = np.hstack([1 - score, score]), np.hstack([1 - chance, chance])
        out[0][:, known], out[1][:, known] = score, chance
        return out[0], out[1]

    def _curve(
        self, divided: Sequence[tuple[Ints, Ints]], shares: Sequence[float], crossed: Predictions
    ) -> list[tuple[int, float, float, float]]:
        rng = np.random.default_rng(self._seed)
        order = rng.permutation(int(self._groups.max()) + 1)
        place = {id_: number for number, id_ in enumerate(crossed.ids)}
        points = []
        for share in sorted(shares):
            found, sizes = [], []
            for seen, held in divided:
                groups = order[np.isin(order, self._groups[seen])]
                part = seen[np.isin(self._groups[seen], groups[: max(round(share * len(groups)), 1)])]
                if self._learnable(part):
                    self._tell(f"learning curve: {len(part):,} texts")
                    found.append(_macro_f1(self._records.gold[held], self._held(self.fit(part), held)[0], crossed))
                    sizes.append(len(part))
            if found:
                points.append((round(float(np.mean(sizes))), *_spread(found)))
        whole = []
        for _, held in divided:
            rows = np.array([place[self._records.ids[row]] for row in held.tolist() if self._records.ids[row] in place])
            if len(rows):
                whole.append(_macro_f1(crossed.gold[rows], crossed.score[rows], crossed))
        return [*points, (round(float(np.mean([len(seen) for seen, _ in divided]))), *_spread(whole))]


def _macro_f1(gold: NDArray[np.bool_], score: Floats, like: Predictions) -> float:
    if like.exclusive:
        return float(f1_score(gold.argmax(axis=1), score.argmax(axis=1), average="macro", zero_division=0))
    said = score >= 0.5
    if gold.shape[1] == 1:
        return float(f1_score(gold[:, 0], said[:, 0], average="macro", zero_division=0))
    return float(f1_score(gold, said, average="macro", zero_division=0))


def _spread(found: Sequence[float]) -> tuple[float, float, float]:
    mean, spread = float(np.mean(found)), float(np.std(found))
    return mean, max(mean - spread, 0.0), min(mean + spread, 1.0)
