"""Logistic regression of several labels, its regularisation and its decision chosen by cross-validation."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from framing.classify.texts._decision import Decision

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Fold = tuple[Ints, Ints]
_FEW = 3000  # as many texts are rotated into as many dimensions; more are left as they are
_NEVER = 1e-3  # share of a class that a part does not have
_GENTLE = 100.0  # C of calibration, which has two numbers to find
_LEAST_SLOPE = 1e-3


@dataclass(frozen=True, eq=False)
class Space:
    """Texts as points; few texts span few dimensions, and a penalised fit does not change with the axes.

    Attributes
    ----------
    points : ndarray or csr_matrix, shape (texts, dimensions)
    back : ndarray or None
        Times the features, and the points' weights are weights of features.
    """

    points: Floats | sparse.csr_matrix
    matrix: sparse.csr_matrix
    back: Floats | None

    @classmethod
    def of(cls, matrix: sparse.csr_matrix) -> Space:
        """Rotate few texts of many features; the fit is the same and a hundred times as fast."""
        n = matrix.shape[0]
        if n > _FEW or n >= matrix.shape[1]:
            return cls(matrix, matrix, None)
        power, axes = np.linalg.eigh((matrix @ matrix.T).toarray())
        kept = power > power.max() * 1e-10
        root = np.sqrt(power[kept])
        return cls(axes[:, kept] * root, matrix, axes[:, kept] / root)

    def weights(self, coef: Floats) -> Floats:
        """Return the weights of features, shape (labels, features), for those of dimensions."""
        return coef if self.back is None else np.asarray((self.matrix.T @ (self.back @ coef.T)).T)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How strongly to regularise (inverse), and the power of a class's share by which its texts are made lighter."""

    C: float
    balance: float


@dataclass(frozen=True, eq=False)
class Gold:
    """Annotated texts.

    Attributes
    ----------
    labels : ndarray of bool, shape (n, k)
    weight : ndarray of float64, shape (n,)
    groups : ndarray of int64, shape (n,)
    exclusive : bool
    """

    labels: Bools
    weight: Floats
    groups: Ints
    exclusive: bool

    @property
    def strata(self) -> Ints:
        """One class for each text: of several labels the rarest that it has."""
        order = np.argsort(self.labels.sum(axis=0), kind="stable")
        rarest = order[self.labels[:, order].argmax(axis=1)]
        return np.where(self.labels.any(axis=1), rarest, -1)

    def folds(self, n: int, seed: int) -> list[Fold]:
        """Divide the texts, never a group, so that classes are spread evenly.

        Where a class has fewer groups than there are folds, some parts go without it.
        """
        _, place, size = np.unique(self.strata, return_inverse=True, return_counts=True)
        # what is too rare to stand in each part goes with the most frequent
        strata = np.where(size[place] < n, size.argmax(), place)
        if len(np.unique(self.groups)) == len(self.groups):
            divided = StratifiedKFold(n, shuffle=True, random_state=seed).split(strata, strata)
        else:
            divided = StratifiedGroupKFold(n, shuffle=True, random_state=seed).split(strata, strata, self.groups)
        return [fold for fold in divided if len(fold[0]) and len(fold[1])]


def fit(points: Floats | sparse.csr_matrix, gold: Gold, rows: Ints, setting: Setting) -> tuple[Floats, Floats]:
    """Fit some rows.

    Returns
    -------
    coef : ndarray of float64, shape (k, dimensions)
    intercept : ndarray of float64, shape (k,)
    """
    x, labels, weight = points[rows], gold.labels[rows], gold.weight[rows]
    k = labels.shape[1]
    coef, intercept = np.zeros((k, points.shape[1])), np.full(k, np.log(_NEVER))
    if gold.exclusive:
        present = np.flatnonzero(labels.any(axis=0))
        if len(present) > 1:
            found = _logistic(x, labels.argmax(axis=1), weight, setting)
            # of two classes scikit-learn has one row; two of half the size come to the same
            two = len(present) == 2
            coef[present] = np.stack([-found[0][0], found[0][0]]) / 2 if two else found[0]
            intercept[present] = np.stack([-found[1][0], found[1][0]]) / 2 if two else found[1]
        else:
            intercept[present] = 0
        return coef, intercept
    for label in range(k):
        have = labels[:, label]
        if have.all() or not have.any():
            intercept[label] = -np.log(_NEVER) if have.all() else np.log(_NEVER)
        else:
            rows_of, cut = _logistic(x, have.astype(np.int64), weight, setting)
            coef[label], intercept[label] = rows_of[0], cut[0]
    return coef, intercept


def _logistic(x: Floats | sparse.csr_matrix, y: Ints, weight: Floats, setting: Setting) -> tuple[Floats, Floats]:
    classes, place = np.unique(y, return_inverse=True)
    share = np.bincount(place, weights=weight, minlength=len(classes)) / weight.sum()
    weight = weight * share[place] ** -setting.balance
    model = LogisticRegression(C=setting.C, max_iter=2000, tol=1e-4)
    model.fit(x, y, sample_weight=weight / weight.mean())
    return np.asarray(model.coef_, dtype=np.float64), np.asarray(model.intercept_, dtype=np.float64)


def out_of_fold(space: Space, gold: Gold, setting: Setting, folds: Sequence[Fold]) -> Floats:
    """Return the sums of each text by a fit that has not seen its group, shape (n, k)."""
    sums = np.zeros(gold.labels.shape)
    for seen, held in folds:
        coef, intercept = fit(space.points, gold, seen, setting)
        sums[held] = space.points[held] @ coef.T + intercept
    return sums


def merit(sums: Floats, gold: Gold) -> float:
    """Return how good out-of-fold sums are, whatever the threshold.

    Of exclusive labels, the mean of accuracy and macro-F1; else the mean area under the ROC curve.
    """
    if gold.exclusive:
        said, true = sums.argmax(axis=1), gold.labels.argmax(axis=1)
        f1 = f1_score(true, said, average="macro", sample_weight=gold.weight, zero_division=0)
        return float(f1 + accuracy_score(true, said, sample_weight=gold.weight)) / 2
    areas = [
        roc_auc_score(gold.labels[:, label], sums[:, label], sample_weight=gold.weight)
        for label in range(sums.shape[1])
        if 0 < gold.labels[:, label].sum() < len(sums)
    ]
    return float(np.mean(areas)) if areas else 0.0


@dataclass(frozen=True, eq=False)
class Choice:
    """What cross-validation chose, and what it saw."""

    setting: Setting
    merits: dict[Setting, float]
    decision: Decision


def choose(
    space: Space, gold: Gold, c: Sequence[float], balance: Sequence[float], folds: Sequence[Sequence[Fold]], by_f1: bool
) -> Choice:
    """Choose regularisation and balance on the first division into folds, calibrate and decide on all."""
    settings = [Setting(C=one, balance=power) for one, power in itertools.product(sorted(c), balance)]
    sums = {setting: out_of_fold(space, gold, setting, folds[0]) for setting in settings}
    merits = {setting: merit(found, gold) for setting, found in sums.items()}
    # of equals the first, which is the most regularised
    best = max(settings, key=merits.__getitem__)
    every = [sums[best], *(out_of_fold(space, gold, best, division) for division in folds[1:])]
    repeated = Gold(
        np.concatenate([gold.labels] * len(folds)), np.tile(gold.weight, len(folds)),
        np.tile(gold.groups, len(folds)), gold.exclusive,
    )  # fmt: skip
    return Choice(best, merits, decide(np.concatenate(every), repeated, by_f1=by_f1))


def decide(sums: Floats, gold: Gold, *, by_f1: bool) -> Decision:
    """Calibrate out-of-fold sums, and choose from which probability on a label is given."""
    if gold.exclusive:
        slope, shift = _scaled(sums, gold)
        offset = -shift if by_f1 else np.zeros(len(shift))
        return Decision(slope, shift, offset, True)
    slope, shift = np.ones(sums.shape[1]), np.zeros(sums.shape[1])
    for label in range(sums.shape[1]):
        slope[label], shift[label] = _platt(sums[:, label], gold.labels[:, label], gold.weight)
    found = Decision(slope, shift, np.zeros(len(shift)), False)
    if not by_f1:
        return found
    chance = found.probability(sums)
    cuts = np.array([f1_threshold(chance[:, label], gold.weight) for label in range(sums.shape[1])])
    return Decision(slope, shift, -np.log(cuts / (1 - cuts)), False)


def _platt(sums: Floats, have: Bools, weight: Floats) -> tuple[float, float]:
    if have.all() or not have.any():
        return 1.0, 0.0
    model = LogisticRegression(C=_GENTLE).fit(sums[:, np.newaxis], have, sample_weight=weight)
    slope = float(model.coef_[0, 0])
    if slope >= _LEAST_SLOPE:
        return slope, float(model.intercept_[0])
    # sums that point the wrong way say nothing: every text has about the share of the label
    share = float(np.average(have, weights=weight))
    return _LEAST_SLOPE, float(np.log(share / (1 - share)) - _LEAST_SLOPE * np.average(sums, weights=weight))


def _scaled(sums: Floats, gold: Gold) -> tuple[Floats, Floats]:
    """Return one slope for all exclusive labels and a shift for each, of the greatest likelihood (Guo et al. 2017)."""
    true, k = gold.labels.argmax(axis=1), sums.shape[1]
    rows = np.arange(len(true))

    def loss(found: Floats) -> float:
        odds = log_softmax(np.exp(found[0]) * sums + found[1:], axis=1)
        # a slight pull keeps the shift of a label that never occurs finite
        return float(-np.average(odds[rows, true], weights=gold.weight) + 1e-4 * np.sum(found**2))

    found = optimize.minimize(loss, np.zeros(k + 1), method="L-BFGS-B").x
    return np.full(k, np.exp(found[0])), np.asarray(found[1:])


def f1_threshold(probability: Floats, weight: Floats) -> float:
    """Return the probability from which on a label is given so that expected F1 is highest (Lewis 1995).

    With texts in falling order of probability p, giving the first m has expected F1 about
    2 * (p_1 + ... + p_m) / (m + sum of all p); what is worth giving is above half of the highest value.
    """
    order = np.argsort(-probability, kind="stable")
    p, w = probability[order], weight[order]
    expected = 2 * np.cumsum(p * w) / (np.cumsum(w) + np.sum(p * w))
    return float(np.clip(expected.max() / 2, 1e-3, 1 - 1e-3))
