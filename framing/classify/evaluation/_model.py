"""What an evaluation holds."""

from __future__ import annotations

from dataclasses import dataclass

from framing.classify._scoring import Interval
from framing.classify.evaluation._predictions import BINARY

FEW = 30
"""Below so many records a part's figures say little, and that is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """The figures of all labels together; each is NaN where it cannot be told.

    Attributes
    ----------
    macro_f1 : Interval
        Mean F1 of the classes: of one label, of records with and without it. A class that is neither there nor
        predicted counts as 0.
    accuracy : Interval
        Share of records that were decided rightly; of several labels, of pairs of record and label.
    auc : Interval
        Area under the ROC curve, mean over the labels.
    auc_within : Interval
        The same of pairs of records of one outlet only.
    calibration_error : Interval
        Mean difference between probability and share in ten bins of equal width (Naeini, Cooper and Hauskrecht 2015),
        mean over the labels.
    brier : Interval
        Mean squared difference between probability and truth (Brier 1950), mean over the labels.
    """

    macro_f1: Interval
    accuracy: Interval
    auc: Interval
    auc_within: Interval
    calibration_error: Interval
    brier: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassScores:
    """The figures of one class: a label, or the absence of the one label.

    Attributes
    ----------
    name : str
    right, predicted, gold : int
        Records rightly given the class, all that were given it, and all that have it.
    precision, recall, f1 : Interval
    auc, auc_within, calibration_error, brier : Interval or None
        None for the negative class, where they are those of the label.
    """

    name: str
    right: int
    predicted: int
    gold: int
    precision: Interval
    recall: Interval
    f1: Interval
    auc: Interval | None
    auc_within: Interval | None
    calibration_error: Interval | None
    brier: Interval | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """What is reached without reading a word.

    Attributes
    ----------
    name : str
        `majority`: the most frequent class; `outlet`: the outlet's rate, or most frequent class, in other folds.
    macro_f1, accuracy, auc : Interval
    """

    name: str
    macro_f1: Interval
    accuracy: Interval
    auc: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """Records and labels of about one probability: how many, their mean probability, and the share annotated."""

    n: int
    probability: float
    share: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Confusion:
    """Records by annotated class (rows) and by predicted class (columns)."""

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The records of one outlet or topic.

    Attributes
    ----------
    name : str
    n, groups : int
        Records and groups of them.
    few : bool
        Whether there are fewer than `FEW` records.
    share, said : Interval or None
        Share of the records that annotators, and that the model gave the label; None if there are several labels.
    accuracy, macro_f1, auc : Interval
        `macro_f1` is NaN where a class does not occur.
    """

    name: str
    n: int
    groups: int
    few: bool
    share: Interval | None
    said: Interval | None
    accuracy: Interval
    macro_f1: Interval
    auc: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class CertainError:
    """A record that the model got wrong and was sure of.

    Attributes
    ----------
    id, outlet : str
    text : str
        For reports only: it is left out of Markdown and JSON.
    annotated, predicted : str
        Classes.
    score : float
        Of the label; of exclusive labels, of the predicted one.
    agreeing, votes : int
        How many annotators gave the predicted class, of how many; 0 of 0 where no votes are known.
    """

    id: str
    outlet: str
    text: str
    annotated: str
    predicted: str
    score: float
    agreeing: int
    votes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ceiling:
    """What one annotator reaches against the majority of the others on the same record.

    Attributes
    ----------
    records, annotators : int
        Records with votes of at least two, and how many annotators there are in all.
    judgements : int
        Votes that had a majority of others to be held against (of several labels, pairs of vote and label).
    ties : int
        Votes whose others are evenly divided; they are left out.
    accuracy, macro_f1 : Interval
    model_accuracy, model_macro_f1 : Interval
        The model against the very same majorities.
    alpha : Interval
        Krippendorff's alpha for nominal data (Krippendorff 1980), mean over the labels if there are several.
    """

    records: int
    annotators: int
    judgements: int
    ties: int
    accuracy: Interval
    macro_f1: Interval
    model_accuracy: Interval
    model_macro_f1: Interval
    alpha: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One way of testing: its figures and where they come from.

    Attributes
    ----------
    how : str
    n, groups : int
        Records, and the groups that were resampled.
    annotated : dict of str to int
        How many records have each class.
    scores : Scores
    classes : tuple of ClassScores
    baselines : tuple of Baseline
    confusion : Confusion or None
        None if a record may have several labels.
    bins : tuple of Bin
        All labels together; those that hold any, in rising order.
    outlets, topics : tuple of Part
        The largest first.
    errors : tuple of CertainError
        Labels wrongly given and wrongly withheld, the surest first.
    ceiling : Ceiling or None
        None without votes.
    """

    how: str
    n: int
    groups: int
    annotated: dict[str, int]
    scores: Scores
    classes: tuple[ClassScores, ...]
    baselines: tuple[Baseline, ...]
    confusion: Confusion | None
    bins: tuple[Bin, ...]
    outlets: tuple[Part, ...]
    topics: tuple[Part, ...]
    errors: tuple[CertainError, ...]
    ceiling: Ceiling | None

    @property
    def absent(self) -> tuple[str, ...]:
        """Classes that no record has: their F1 is 0 by convention, and their AUC is not known."""
        return tuple(name for name, n in self.annotated.items() if not n)


@dataclass(frozen=True, kw_only=True, slots=True)
class WordResult:
    """Marked words against annotators', over all words of all records.

    Attributes
    ----------
    how, task : str
    n, groups, words : int
        Records, the groups that were resampled, and words.
    right, predicted, gold : int
        Words.
    precision, recall, f1, auc : Interval
    annotator_f1 : Interval or None
        One annotator's marks against another's, all ordered pairs on the same record; None without marks.
    pairs : int
        Ordered pairs.
    """

    how: str
    task: str
    n: int
    groups: int
    words: int
    right: int
    predicted: int
    gold: int
    precision: Interval
    recall: Interval
    f1: Interval
    auc: Interval
    annotator_f1: Interval | None
    pairs: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CurvePoint:
    """A score reached with so many training records."""

    n: int
    score: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """A feature, its weight, and the label it speaks for (or against, if the weight is negative)."""

    label: str
    name: str
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """All that was measured on a task.

    Attributes
    ----------
    task : str
    kind : str
        `binary`, `multi-class`, `multi-label`, or `words` where nothing but words was measured.
    labels : tuple of str
    negative : str
        What a record without the one label is called; empty unless binary.
    seed, resamples : int
    results : tuple of Result
        In the order in which predictions were given; the first is the headline.
    curve : tuple of CurvePoint
    features : tuple of Feature
        For each label the heaviest ones in both directions.
    words : tuple of WordResult
    """

    task: str
    kind: str
    labels: tuple[str, ...]
    negative: str
    seed: int
    resamples: int
    results: tuple[Result, ...]
    curve: tuple[CurvePoint, ...]
    features: tuple[Feature, ...]
    words: tuple[WordResult, ...]

    @property
    def ceiling(self) -> Ceiling | None:
        """The first result's ceiling that is known."""
        return next((one.ceiling for one in self.results if one.ceiling is not None), None)

    @property
    def binary(self) -> bool:
        """Whether there is one label."""
        return self.kind == BINARY
