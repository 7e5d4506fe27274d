"""Train the attribution finder on annotated news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify._gold import Record, labels_of
from framing.classify._sequence import Field, fit
from framing.corpus import Article
from framing.lexicon import Matcher, load
from framing.measures.attribution import CUES
from framing.measures.attribution.finder import (
    CONTENT,
    CUE,
    FIRST_PASS,
    LABELS,
    OF_TYPE,
    SECOND_PASS,
    WIDTH,
    Columns,
    Kinds,
    Rows,
    Runs,
    Template,
    Transitions,
    Weights,
    WordClasses,
    decode,
    forbidden,
    label_columns,
    project,
    reconsider,
)
from framing.text import Vocabulary, read

Ints = NDArray[np.int64]
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How to train.

    Attributes
    ----------
    least : int
        A feature or word seen less often has no weight.
    folds : int
        Parts of the articles of which each is labelled by a first pass that has not seen it.
    epochs, rate, penalty : training of a field, see `fit`
    seeds : int
        Fields of the second pass whose weights are averaged.
    readiness : tuple of float
        Added to every begin of a cue in the first and the second pass: found attributions for wrong ones.
    reluctance : tuple of float
        Taken from every step inside a cue and inside a content in the second pass, which goes on too readily.
    """

    least: int = 4
    folds: int = 4
    epochs: int = 6
    rate: float = 0.05
    penalty: float = 50.0
    seeds: int = 2
    readiness: tuple[float, float] = (0.5, 0.7)
    reluctance: tuple[float, float] = (0.1, 0.05)


@dataclass
class _Features:
    """Templates with the codes that have a weight, and the matrix of who has which."""

    codes: dict[str, NDArray[np.int32]] = field(default_factory=dict)

    def learn(self, seen: dict[str, NDArray[np.int32]], least: int) -> None:
        """Choose the codes that occur often enough."""
        for name, column in seen.items():
            codes, counts = np.unique(column, return_counts=True)
            self.codes[name] = codes[(counts >= least) & (codes >= 0)].astype(np.int32)

    @property
    def size(self) -> int:
        """How many features there are."""
        return sum(map(len, self.codes.values()))

    def matrix(self, seen: dict[str, NDArray[np.int32]]) -> sparse.csr_matrix:
        """Return the features of each token, shape (tokens, size)."""
        n = len(next(iter(seen.values())))
        columns = np.empty((n, len(self.codes)), dtype=np.int32)
        there = np.zeros((n, len(self.codes)), dtype=np.bool_)
        low = 0
        for number, (name, known) in enumerate(self.codes.items()):
            if len(known):
                place = np.minimum(np.searchsorted(known, seen[name]), len(known) - 1)
                there[:, number] = known[place] == seen[name]
                columns[:, number] = place + low
            low += len(known)
        ends = np.concatenate([[0], np.cumsum(there.sum(axis=1))])
        indices = columns[there]
        return sparse.csr_matrix((np.ones(len(indices), dtype=np.float32), indices, ends), shape=(n, self.size))

    def rows(self, weights: NDArray[np.float32], width: int, offset: int = 0) -> dict[str, Rows]:
        """Cut weights up by template, each row `width` wide with the labels at `offset`."""
        found, low = {}, 0
        for name, codes in self.codes.items():
            part = np.zeros((len(codes), width), dtype=np.float32)
            part[:, offset : offset + len(LABELS)] = weights[low : low + len(codes)]
            found[name] = Rows(codes, part)
            low += len(codes)
        return found


class Material:
    """Annotated articles as the trainer sees them: one batch, its labels, and its columns."""

    def __init__(self, records: Sequence[Record], classes: WordClasses) -> None:
        self.records = records
        self.batch = read([Article(record.id, record.text) for record in records], Vocabulary())
        self.cues = Matcher([load(name) for name in CUES]).find(self.batch).of("cue")
        entries = self.cues.entries
        self.kinds = Kinds(tuple(sorted({(entry["part"], entry["content"].split("|")[0]) for entry in entries})))
        self.classes = classes
        self.columns = Columns(self.batch, self.cues, classes, self.kinds)
        self.labels = labels_of(self.batch, records)
        opens = np.flatnonzero(self.batch.paragraph[1:] != self.batch.paragraph[:-1]) + 1
        self.first = np.concatenate([[0], opens]).astype(np.int64)

    def frequent(self, values: Sequence[str], least: int) -> list[str]:
        """Return, sorted, the values of the types that occur at least so often in the text."""
        counts = np.bincount(self.batch.type, minlength=len(self.batch.vocabulary))
        total: dict[str, int] = {}
        for value, count in zip(values, counts.tolist(), strict=True):
            total[value] = total.get(value, 0) + count
        return sorted(value for value, count in total.items() if count >= least and "\n" not in value)


class Trainer:
    """Trains both passes.

    Parameters
    ----------
    records : sequence of Record
    classes : WordClasses
    plan : Plan, optional
    say : callable, optional
        Told how far it is.
    """

    def __init__(
        self, records: Sequence[Record], classes: WordClasses, plan: Plan | None = None, say: Say | None = None
    ) -> None:
        self.plan = plan or Plan()
        self.say = say or (lambda _: None)
        self.material = Material(records, classes)
        least, batch = self.plan.least, self.material.batch
        self.words = self.material.frequent(batch.vocabulary.folded, least)
        self.endings = self.material.frequent([word[-3:] for word in batch.vocabulary.folded], least)
        self._bare = Weights(
            classes, self.material.kinds, self.words, self.endings, {}, (_nothing(), _nothing()), np.zeros(1), {}
        )
        seen = self._seen_first()
        self.first_features = _Features()
        self.first_features.learn(seen, least)
        self.first_matrix = self.first_features.matrix(seen)
        self.article = batch.article

    def _seen_first(self) -> dict[str, NDArray[np.int32]]:
        columns, batch = self.material.columns, self.material.batch
        types = self._bare.type_codes(batch.vocabulary)
        seen = {}
        for template in OF_TYPE:
            codes = self._at(columns.layout.spread(types[template.column][batch.type]), template.offset)
            seen[template.name] = np.where(codes > 0, codes, -1)  # a gap has no spelling and no weight
        for template in FIRST_PASS:
            seen[template.name] = self._of(columns.built[template.column], template)
        return seen

    def _of(self, column: NDArray[np.int32], template: Template) -> NDArray[np.int32]:
        codes = self._at(column, template.offset)
        return project(codes, self._bare.radices[template.column], template.axes)

    def _at(self, column: NDArray[np.int32], offset: int) -> NDArray[np.int32]:
        return column[self.material.columns.layout.place + offset]

    def _part(self, inside: NDArray[np.bool_]) -> tuple[NDArray[np.intp], Ints]:
        """Return the tokens of some articles and where their paragraphs begin among them."""
        tokens = np.flatnonzero(inside)
        opens = np.zeros(len(inside), dtype=np.bool_)
        opens[self.material.first] = True
        return tokens, np.flatnonzero(opens[tokens])

    def _fit(self, matrix: sparse.csr_matrix, tokens: NDArray[np.intp], first: Ints, seed: int = 0) -> Field:
        plan = self.plan
        return fit(
            matrix[tokens], self.material.labels[tokens], first, forbidden=forbidden(),
            epochs=plan.epochs, rate=plan.rate, penalty=plan.penalty, seed=seed,
        )  # fmt: skip

    def _fit_all(self, matrix: sparse.csr_matrix, tokens: NDArray[np.intp], first: Ints) -> Field:
        """Fit with several seeds and average: the order of the sequences should not matter."""
        fields = [self._fit(matrix, tokens, first, seed) for seed in range(self.plan.seeds)]
        n = len(fields)
        transitions = Transitions(
            *(sum(getattr(one.transitions, part) for one in fields) / n for part in ("step", "first", "last"))
        )
        return Field(np.mean([one.weights for one in fields], axis=0), transitions)

    def _label(
        self, matrix: sparse.csr_matrix, found: Field, tokens: NDArray[np.intp], first: Ints, steps: Transitions
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        scores = np.asarray(matrix[tokens] @ found.weights, dtype=np.float32)
        runs = Runs(first, np.diff(first, append=len(tokens)))
        return decode(scores, steps, runs), scores

    def _ready(self, found: Field, second: bool) -> Transitions:
        """Return the transitions that a pass decodes with."""
        plan = self.plan
        return ready(found.transitions, plan.readiness[second], plan.reluctance if second else (0.0, 0.0))

    def folds(self) -> NDArray[np.int64]:
        """Return the fold of each token; an article is in one."""
        return self.article.astype(np.int64) % self.plan.folds

    def cross_labels(self) -> NDArray[np.int32]:
        """Return what a first pass says of each article that it has not seen, shape (tokens,)."""
        labels = np.zeros(len(self.article), dtype=np.int32)
        for fold in range(self.plan.folds):
            self.say(f"first pass, fold {fold + 1} of {self.plan.folds}")
            found = self._fit(self.first_matrix, *self._part(self.folds() != fold))
            tokens, first = self._part(self.folds() == fold)
            steps = self._ready(found, second=False)
            labels[tokens], _ = self._label(self.first_matrix, found, tokens, first, steps)
        return labels

    def second(self, said: NDArray[np.int32]) -> tuple[_Features, sparse.csr_matrix]:
        """Return the features of the second pass: those of the first, and what it said."""
        built = label_columns(self.material.columns, said)
        seen = {template.name: self._of(built[template.column], template) for template in SECOND_PASS}
        features = _Features()
        features.learn(seen, self.plan.least)
        return features, sparse.hstack([self.first_matrix, features.matrix(seen)], format="csr")

    def cross_second(
        self, matrix: sparse.csr_matrix
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], list[Transitions]]:
        """Return what a second pass says of each article that it has not seen: labels and scores by token."""
        labels = np.zeros(len(self.article), dtype=np.int32)
        scores = np.zeros((len(self.article), len(LABELS)), dtype=np.float32)
        transitions = []
        for fold in range(self.plan.folds):
            self.say(f"second pass, fold {fold + 1} of {self.plan.folds}")
            found = self._fit(matrix, *self._part(self.folds() != fold))
            tokens, first = self._part(self.folds() == fold)
            steps = self._ready(found, second=True)
            labels[tokens], scores[tokens] = self._label(matrix, found, tokens, first, steps)
            labels = reconsider(self.material.batch, labels, scores, steps, self.folds() == fold)
            transitions.append(steps)
        return labels, scores, transitions

    def train(self, said: NDArray[np.int32]) -> Weights:
        """Fit both passes to all articles, the second to what `cross_labels` said."""
        everything = self._part(np.ones(len(self.article), dtype=np.bool_))
        self.say("first pass, all articles")
        one = self._fit_all(self.first_matrix, *everything)
        features, matrix = self.second(said)
        self.say("second pass, all articles")
        two = self._fit_all(matrix, *everything)
        shared = self.first_features.size
        rows = self.first_features.rows(one.weights, 2 * WIDTH)
        for name, both in self.first_features.rows(two.weights[:shared], 2 * WIDTH, WIDTH).items():
            rows[name] = Rows(rows[name].codes, rows[name].weights + both.weights)
        rows |= features.rows(two.weights[shared:], WIDTH)
        return Weights(
            self.material.classes, self.material.kinds, self.words, self.endings, rows,
            (self._ready(one, second=False), self._ready(two, second=True)),
            np.zeros(1), {},
        )  # fmt: skip


def ready(transitions: Transitions, readiness: float, reluctance: tuple[float, float]) -> Transitions:
    """Return transitions with something added to every begin of a cue and taken from going on with cue and content."""
    step, first = transitions.step.copy(), transitions.first.copy()
    step[:, CUE] += np.float32(readiness)
    for inside, less in zip((CUE + 1, CONTENT + 1), reluctance, strict=True):
        step[inside, inside] -= np.float32(less)
    first[CUE] += np.float32(readiness)
    return Transitions(step, first, transitions.last)


def _nothing() -> Transitions:
    n = len(LABELS)
    return Transitions(np.zeros((n, n), np.float32), np.zeros(n, np.float32), np.zeros(n, np.float32))
