"""What a classifier said of annotated records, handed over to be measured; checked when it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Vote = bool | int | Collection[int]
"""Of one label: whether it was given. Of exclusive ones: which, by number. Of several: the numbers of those given."""
Votes = Mapping[Hashable, Vote]
BINARY, EXCLUSIVE, SEVERAL = "binary", "multi-class", "multi-label"


@dataclass(frozen=True, kw_only=True, eq=False)
class Predictions:
    """Scores and annotated labels of n records and k labels, and how the scores came about.

    Attributes
    ----------
    how : str
        "outlets held out", "cross-validated, 5 folds by url", "dev" ...
    task : str
    labels : tuple of str
        One label: the other class is that it is absent. Several: each may be there or not, or, if `exclusive`, exactly
        one is.
    ids, texts, groups : sequence of str, length n
        The records of a group (an article, a URL) stay together when records are drawn for an interval.
    gold : ndarray of bool, shape (n, k)
    score : ndarray of float64, shape (n, k)
        From .5 on a label is given; of exclusive labels the one with the highest score is.
    probability : ndarray of float64, shape (n, k), optional
        Calibrated; without it nothing is said on calibration.
    outlets, topics : sequence of (str or None), length n, optional
    exclusive : bool
    votes : sequence of (mapping of annotator to vote, or None), length n, optional
        A vote is, of one label, whether it was given; of exclusive labels its number; of several labels the numbers of
        those given.
    negative : str
        What a record without the one label is called; "not LABEL" by default.

    Raises
    ------
    InputError
        If shapes or lengths differ, there are no records, an id stands twice, a score is not finite, a probability is
        not in [0, 1], an exclusive record has not exactly one label, or a vote is for no label.
    """

    how: str
    task: str
    labels: tuple[str, ...]
    ids: Sequence[str]
    texts: Sequence[str]
    gold: Bools
    score: Floats
    groups: Sequence[str]
    probability: Floats | None = None
    outlets: Sequence[str | None] | None = None
    topics: Sequence[str | None] | None = None
    exclusive: bool = False
    votes: Sequence[Votes | None] | None = None
    negative: str = ""

    def __post_init__(self) -> None:
        if not self.labels or len(set(self.labels)) < len(self.labels) or (self.exclusive and len(self.labels) < 2):
            allowed = "at least two, all different" if self.exclusive else "at least one, all different"
            self._refuse(f"labels are {self.labels!r}; allowed: {allowed}")
        if self.negative in self.labels:
            self._refuse(f"the negative class is {self.negative!r}; allowed: any name but the label's")
        self._check_lengths()
        self._check_numbers()
        if self.exclusive and (wrong := np.flatnonzero(self.gold.sum(axis=1) != 1)).size:
            held = int(self.gold[wrong[0]].sum())
            self._refuse(f"record {self.ids[wrong[0]]!r} has {held} labels; allowed where labels are exclusive: 1")
        if self.votes is not None:
            for number, votes in enumerate(self.votes):
                for annotator, vote in (votes or {}).items():
                    if not self._known(vote):
                        where = f"record {self.ids[number]!r}, annotator {annotator!r}"
                        self._refuse(f"{where}: the vote is {vote!r}; allowed: {self._allowed_votes()}")

    def _refuse(self, what: str) -> NoReturn:
        msg = f"{self.task}, {self.how}: {what}"
        raise InputError(msg)

    def _check_lengths(self) -> None:
        n, k = len(self.ids), len(self.labels)
        if not n:
            self._refuse("there are no records; allowed: at least one")
        for name in ("texts", "groups", "outlets", "topics", "votes"):
            given = getattr(self, name)
            if given is not None and len(given) != n:
                self._refuse(f"{name} holds {len(given)} entries; allowed: one for each of {n} records")
        for name in ("gold", "score", "probability"):
            given = getattr(self, name)
            if given is not None and given.shape != (n, k):
                self._refuse(f"{name} has shape {given.shape}; allowed: {(n, k)}, records by labels")
        if self.gold.dtype != np.bool_:
            self._refuse(f"gold holds {self.gold.dtype}; allowed: bool")
        ((most, times),) = Counter(self.ids).most_common(1)
        if times > 1:
            self._refuse(f"the id {most!r} stands {times} times; allowed: once")

    def _check_numbers(self) -> None:
        for name, allowed in (("score", "finite numbers"), ("probability", "numbers from 0 to 1")):
            given = getattr(self, name)
            if given is None:
                continue
            fine = np.isfinite(given) if name == "score" else (given >= 0) & (given <= 1)
            if not fine.all():
                row, column = np.argwhere(~fine)[0]
                where = f"record {self.ids[row]!r}, label {self.labels[column]!r}"
                self._refuse(f"{where}: {name} is {given[row, column]}; allowed: {allowed}")

    def _known(self, vote: Vote) -> bool:
        k = len(self.labels)
        if k == 1:
            return isinstance(vote, bool | int | np.bool_ | np.integer) and vote in (0, 1)
        if self.exclusive:
            return isinstance(vote, int | np.integer) and not isinstance(vote, bool) and 0 <= vote < k
        return isinstance(vote, Collection) and not isinstance(vote, str) and all(one in range(k) for one in vote)

    def _allowed_votes(self) -> str:
        k = len(self.labels)
        if k == 1:
            return "True or False"
        return f"a label's number, 0 to {k - 1}" if self.exclusive else f"a collection of labels' numbers, 0 to {k - 1}"

    @property
    def kind(self) -> str:
        """`binary`, `multi-class` (one label each) or `multi-label`."""
        return BINARY if len(self.labels) == 1 else EXCLUSIVE if self.exclusive else SEVERAL

    @property
    def classes(self) -> tuple[str, ...]:
        """The labels, and the negative class where there is one label."""
        return (*self.labels, self.negative or f"not {self.labels[0]}") if self.kind == BINARY else self.labels

    @property
    def decided(self) -> Bools:
        """Which labels were given, shape (n, k)."""
        if self.exclusive:
            return np.asarray(np.arange(len(self.labels)) == self.score.argmax(axis=1)[:, np.newaxis])
        return np.asarray(self.score >= 0.5)

    def vote_rows(self, record: int) -> Bools:
        """Return the votes on a record, shape (annotators, k), in the order given."""
        votes = (self.votes[record] if self.votes is not None else None) or {}
        rows = np.zeros((len(votes), len(self.labels)), dtype=np.bool_)
        for row, vote in enumerate(votes.values()):
            if len(self.labels) == 1:
                rows[row, 0] = bool(vote)
            else:
                rows[row, list(vote) if isinstance(vote, Collection) else vote] = True
        return rows

    def part(self, rows: Ints) -> Predictions:
        """Return some records with their scores and labels, without the rest."""
        chosen = rows.tolist()
        return Predictions(
            how=self.how, task=self.task, labels=self.labels, exclusive=self.exclusive, negative=self.negative,
            ids=[self.ids[row] for row in chosen], texts=[""] * len(chosen), gold=self.gold[rows],
            score=self.score[rows], groups=[self.groups[row] for row in chosen],
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class WordPredictions:
    """Which words of n records a model marked and annotators marked.

    Attributes
    ----------
    how, task : str
    ids, texts, groups : sequence of str, length n
    words : sequence of sequence of (start, end), length n
        Offsets into the record's text, end exclusive.
    gold, predicted : sequence of sequence of bool, length n
        One for each word.
    score : sequence of sequence of float, length n, optional
        Anything that rises with how likely a word is to be marked.
    marks : sequence of (mapping of annotator to sequence of bool, or None), length n, optional
        Which words each annotator marked.

    Raises
    ------
    InputError
        If lengths differ, there are no records, or a score is not finite.
    """

    how: str
    task: str
    ids: Sequence[str]
    texts: Sequence[str]
    groups: Sequence[str]
    words: Sequence[Sequence[tuple[int, int]]]
    gold: Sequence[Sequence[bool] | Bools]
    predicted: Sequence[Sequence[bool] | Bools]
    score: Sequence[Sequence[float] | Floats] | None = None
    marks: Sequence[Mapping[Hashable, Sequence[bool] | Bools] | None] | None = None

    def __post_init__(self) -> None:
        n = len(self.ids)
        if not n:
            self._refuse("there are no records; allowed: at least one")
        for name in ("texts", "groups", "words", "gold", "predicted", "score", "marks"):
            given = getattr(self, name)
            if given is not None and len(given) != n:
                self._refuse(f"{name} holds {len(given)} entries; allowed: one for each of {n} records")
        for record, words in enumerate(self.words):
            for name in ("gold", "predicted", "score"):
                given = getattr(self, name)
                if given is not None:
                    self._check_words(record, name, given[record], len(words))
            for annotator, marked in ((self.marks[record] if self.marks is not None else None) or {}).items():
                self._check_words(record, f"the marks of annotator {annotator!r}", marked, len(words))

    def _check_words(self, record: int, name: str, given: Sequence[float] | Floats | Bools, words: int) -> None:
        where = f"record {self.ids[record]!r}: {name}"
        if len(given) != words:
            self._refuse(f"{where} holds {len(given)} entries; allowed: one for each of {words} words")
        if name == "score" and not np.isfinite(np.asarray(given, dtype=np.float64)).all():
            self._refuse(f"{where} holds a number that is not finite; allowed: finite numbers")

    def _refuse(self, what: str) -> NoReturn:
        msg = f"{self.task}, {self.how}: {what}"
        raise InputError(msg)
