"""Train the attribution finder from a folder of annotated news, and measure one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing._data import lexicons
from framing.classify._card import Made, about, card
from framing.classify._confidence import fit_confidence
from framing.classify._errors import errors
from framing.classify._evaluate import Evaluation, compare, evaluate, right
from framing.classify._gold import Record, find_part, read_gold
from framing.classify._predict import Predicted, attribute, matched, predict
from framing.classify._scoring import Ceiling, ceiling
from framing.classify._training import Plan, Trainer
from framing.errors import InputError, OptionError
from framing.measures.attribution._confidence import FEATURES, features, probability
from framing.measures.attribution.finder import Finder, Labelled, Weights, open_classes, open_weights, save

Say = Callable[[str], None]
Floats = NDArray[np.float64]
_NAMES = {"train": "Cross-validated on train", "dev": "Dev"}


@dataclass(frozen=True, slots=True)
class Trained:
    """What training made.

    Attributes
    ----------
    model, card : Path
    cross : Evaluation
        On the articles it was trained on, each by models that had not seen it.
    dev : Evaluation or None
        On the part ``dev``, if the folder has it.
    """

    model: Path
    card: Path
    cross: Evaluation
    dev: Evaluation | None


def evaluate_attribution(
    data: str | Path, *, part: str = "dev", model: Path | None = None, seed: int = 0
) -> Evaluation:
    """Measure what the attribution finder finds in annotated articles, on the way that an analysis takes.

    Parameters
    ----------
    data : path
        Folder with the part as JSON Lines, and ``agreement`` for the human ceiling if it is there.
    part : str
    model : path, optional
        A trained finder; the one that ships with framing by default.
    seed : int
        For resampling articles.

    Raises
    ------
    InputError
        If the articles or the model cannot be read.
    """
    records = read_gold(find_part(data, part))
    file: Path | Traversable = lexicons() / "models" / "attribution.npz" if model is None else model
    found = predict(records, Finder(open_weights(file)))
    return evaluate(found, part=part.capitalize(), human=_human(data, seed), seed=seed)


def _if_there(data: str | Path, part: str) -> list[Record]:
    """Return the articles of a part that a folder need not have."""
    try:
        path = find_part(data, part)
    except InputError:
        return []
    return read_gold(path)


def _human(data: str | Path, seed: int) -> Ceiling | None:
    return ceiling(_if_there(data, "agreement"), seed=seed)


def train_attribution(
    data: str | Path,
    output: str | Path = "attribution.npz",
    *,
    word_classes: Path | None = None,
    plan: Plan | None = None,
    seed: int = 0,
    say: Say | None = None,
) -> Trained:
    """Train the attribution finder and write it with its model card beside it.

    Parameters
    ----------
    data : path
        Folder with ``train``, and ``dev`` and ``agreement`` if they are there, as JSON Lines.
    output : path
        The .npz to write; the card has its name and ends in .md.
    word_classes : path, optional
        Parts of speech and clusters of words; those that ship with framing by default.
    plan : Plan, optional
    seed : int
        Shuffles the articles before they are dealt to folds, and resamples them for intervals; 0 keeps their order.
    say : callable, optional
        Told how far it is.

    Raises
    ------
    InputError
        If data or word classes cannot be read, or there are fewer articles than folds.
    OptionError
        If the output cannot be written.
    """
    plan, say, path = plan or Plan(), say or (lambda _: None), Path(output)
    _check(path)
    source = find_part(data, "train")
    records = _shuffled(read_gold(source), seed)
    if len(records) < plan.folds:
        msg = f"{source}: {len(records)} articles; training needs at least {plan.folds}, one for each fold"
        raise InputError(msg)
    human, dev = _human(data, seed), _if_there(data, "dev")
    classes = open_classes(word_classes or lexicons() / "models" / "word-classes.npz")
    say(f"{len(records):,} articles")
    crossed = _cross_fitted(Trainer(records, classes, plan, say))
    say("scores of the cross-validated predictions")
    compared = compare(crossed.predicted)
    cross = evaluate(crossed.predicted, part=_NAMES["train"], human=human, compared=compared, seed=seed)
    mistakes = errors(crossed.predicted, compared, classes)
    save(crossed.weights, path)
    on_dev = None
    if dev:
        say("scores on dev")
        found = predict(dev, Finder(open_weights(path)))  # with weights of half precision, as they are kept
        on_dev = evaluate(found, part=_NAMES["dev"], human=human, seed=seed)
    made = Made(
        records=records, given_classes=word_classes is not None, plan=plan, seed=seed, weights=crossed.weights,
        cross=cross, dev=on_dev, errors=mistakes,
    )  # fmt: skip
    save(replace(crossed.weights, about=about(made)), path)
    beside = path.with_suffix(".md")
    beside.write_text(card(made, path), encoding="utf-8", newline="\n")
    return Trained(path, beside, cross, on_dev)


def _check(path: Path) -> None:
    if path.suffix != ".npz":
        msg = f"{path}: a model cannot be written as {path.suffix or 'a file without suffix'!r}; allowed: .npz"
        raise OptionError(msg)
    if not path.parent.is_dir():
        msg = f"{path}: there is no folder {path.parent}"
        raise OptionError(msg)


def _shuffled(records: Sequence[Record], seed: int) -> list[Record]:
    if not seed:
        return list(records)
    return [records[number] for number in np.random.default_rng(seed).permutation(len(records)).tolist()]


@dataclass(frozen=True, slots=True)
class _Crossed:
    """A finder, and what models that have not seen them say of the articles that it was trained on."""

    weights: Weights
    predicted: Predicted


def _cross_fitted(trainer: Trainer) -> _Crossed:
    said = trainer.cross_labels()
    weights = trainer.train(said)
    labels, scores, transitions = trainer.cross_second(trainer.second(said)[1])
    labelled, batch = Labelled(labels, scores), trainer.material.batch
    matches = matched(batch)
    found = attribute(batch, matches, Finder(weights), labelled)
    predicted = Predicted(trainer.material.records, batch, matches.of("cue"), found)
    hit = right(compare(predicted))
    fold = np.array([one.article % trainer.plan.folds for one in found], dtype=np.int64)
    columns = np.zeros((len(found), len(FEATURES)))
    for number, steps in enumerate(transitions):
        inside = fold == number
        columns[inside] = features(found, batch, labelled, steps)[inside]
    for number in range(trainer.plan.folds):
        # the confidence of an article, too, comes from the others
        inside = fold == number
        sure = _probability(columns[inside], fit_confidence(columns[~inside], hit[~inside]))
        for index, value in zip(np.flatnonzero(inside).tolist(), sure.tolist(), strict=True):
            found[index].confidence = value
    return _Crossed(replace(weights, confidence=fit_confidence(columns, hit)), predicted)


def _probability(columns: Floats, coefficients: Floats) -> Floats:
    return probability(columns if len(coefficients) > 1 else columns[:, :0], coefficients)
