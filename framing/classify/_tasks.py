"""One way to train and to measure, whatever the task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.classify import _store
from framing.classify._measures import SHIPPED, model_file
from framing.classify._model_card import card, scores_about
from framing.classify.embeddings._train import train_embedded
from framing.classify.evaluation import Evaluation, evaluate
from framing.classify.sentences import _train as sentences
from framing.classify.sentences._records import read_sentences
from framing.classify.texts import _tasks as texts
from framing.classify.texts import _train as training
from framing.classify.texts._telling import telling
from framing.corpus import read_corpus
from framing.errors import InputError, OptionError

Say = Callable[[str], None]
ALIAS = {"words": "bias"}  # tasks that another's model does along with its own
KNOWN = (*sentences.TASKS, *ALIAS, *texts.TASKS, "frames")


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedModel:
    """A model on disk, and what it scored.

    Attributes
    ----------
    model, card : Path
    evaluation : Evaluation or None
        None if it was not measured.
    """

    model: Path
    card: Path
    evaluation: Evaluation | None


def train(
    task: str,
    data: str | Path,
    output: Path,
    *,
    votes: str | Path | None = None,
    test: str | Path | None = None,
    embeddings: bool = False,
    measure: bool = True,
    seed: int = 0,
    say: Say | None = None,
    **columns: Any,
) -> TrainedModel:
    """Train a model, measure it by cross-validation, and write it with its card.

    Parameters
    ----------
    task : str
        ``bias`` or ``words`` (one model), ``uncertain``, ``climate``, ``guns``, ``frames``, or any name for a task of
        the user's own, which needs `labels`.
    data : path
        Annotated texts: CSV, TSV or JSON Lines (.gz).
    output : Path
        The model, .skops; its card is written beside it as .md.
    votes : path, optional
        What single annotators said of sentences, see `read_sentences`.
    test : path, optional
        Annotated texts that are not trained on, measured too.
    embeddings : bool
        Add sentence embeddings to a task of sentences; needs the extra `embeddings`.
    measure : bool
        Without it the model is trained and written only.
    seed : int
    say : callable, optional
        Told what is being done.
    **columns
        ``labels``, ``text``, ``id``, ``group``, ``outlet``, ``topic``, ``positive``: see `read_records`.

    Raises
    ------
    InputError, OptionError
        If the data do not hold what is needed, an option has no use, or the folder of `output` does not exist.
    """
    name = ALIAS.get(task, task)
    beside = output.with_suffix(".md")
    if not output.parent.is_dir():
        msg = f"{output}: there is no folder {output.parent}"
        raise OptionError(msg)
    given = {key: value for key, value in columns.items() if value is not None}
    if test is not None:  # a column that it lacks shows before the work
        found_by: dict[str, Any] = {key: given.get(key) for key in ("text", "id", "outlet", "encoding")}
        read_corpus(test, **found_by)
    found: sentences.TrainedSentences | training.TrainedTexts
    more: dict[str, Any] = {}
    if name in sentences.TASKS:
        train_it = train_embedded if embeddings else sentences.train_sentences
        found = train_it(data, task=name, votes=votes, measure=measure, seed=seed, say=say, **given)
    else:
        if embeddings:
            msg = f"task {task!r}: embeddings are for tasks of sentences ({', '.join(sentences.TASKS)})"
            raise OptionError(msg)
        if votes is not None:
            msg = f"task {task!r}: votes are for tasks of sentences ({', '.join(sentences.TASKS)})"
            raise OptionError(msg)
        found, more = _trained_texts(task, data, measure, seed, say, given)
    predictions, words = list(found.predictions), list(getattr(found, "words", ()))
    if test is not None:
        also = _tested(found, test, votes, given)
        predictions.append(also[0])
        words += also[1]
    evaluation = (
        evaluate(predictions, features=found.features, curve=found.curve, words=words, seed=seed)
        if predictions
        else None
    )
    scores = {"scores": scores_about(evaluation)} if evaluation is not None else {}
    about, weights = found.compiled(**more, **scores)
    _store.save(output, found.estimator, about, weights)
    beside.write_text(card(about, evaluation, output), encoding="utf-8", newline="\n")
    return TrainedModel(model=output, card=beside, evaluation=evaluation)


def _trained_texts(
    task: str, data: str | Path, measure: bool, seed: int, say: Say | None, given: dict[str, Any]
) -> tuple[training.TrainedTexts, dict[str, Any]]:
    if task in texts.TASKS:
        found = texts.train_task(task, data, measure=measure, seed=seed, say=say, **given)
        return found, texts.TASKS[task].about(found)
    if task == "frames":
        given.setdefault("labels", "frames")
    if "labels" not in given:
        msg = f"task {task!r} is none of {', '.join(KNOWN)}: a task of your own needs the column of its labels"
        raise OptionError(msg)
    found = training.train_texts(data, task=task, measure=measure, seed=seed, say=say, **given)
    prefix = "frame" if task == "frames" else task
    return found, {"columns": [f"{prefix}_{'_'.join(label.lower().split())}" for label in found.records.labels]}


def _tested(found: Any, test: str | Path, votes: str | Path | None, given: dict[str, Any]) -> tuple[Any, list[Any]]:
    how = _said_of(test, found.data.records.sha256 if hasattr(found, "data") else found.records.sha256)
    if isinstance(found, sentences.TrainedSentences):
        task = sentences.TASKS[found.task]
        columns = {"labels": task.labels, "positive": task.positive, **given}
        data = read_sentences(test, votes=votes, **columns)
        predictions, words = sentences.predict(found.estimator, data, task=found.task, how=how)
        return predictions, words
    columns = dict(given)
    if found.task in texts.TASKS:
        columns = {"labels": texts.TASKS[found.task].labels, **texts.TASKS[found.task].options, **given}
        columns.pop("second", None)
    labels = columns.pop("labels")
    names = list(found.records.labels)
    predictions = training.evaluate_texts(
        found.estimator, test, task=found.task, labels=labels, names=names, how=how, **columns
    )
    return predictions, []


def _said_of(data: str | Path, trained: str | None) -> str:
    """Return what a measurement is called; of the very file that was trained on it says so."""
    path = Path(data)
    return f"{path.name}, {'' if _store.digest(path) == trained else 'not '}trained on"


def evaluate_task(
    task: str, data: str | Path, *, model: Path | None = None, votes: str | Path | None = None, seed: int = 0,
    **columns: Any,
) -> Evaluation:  # fmt: skip
    """Measure a model on annotated texts that it has not seen.

    Parameters
    ----------
    task : str
    data : path
    model : Path, optional
        The one that ships for the task by default.
    votes, seed, **columns
        See `train`.

    Raises
    ------
    InputError, OptionError
        If the model is none of this task, or the data do not hold what is needed.
    """
    name = ALIAS.get(task, task)
    given = {key: value for key, value in columns.items() if value is not None}
    if model is None and name not in SHIPPED:
        msg = f"task {task!r}: no model of it ships (those are {', '.join((*SHIPPED, *ALIAS))}); give one"
        raise OptionError(msg)
    file = model_file(name) if model is None else model
    about, _ = _store.open_columns(file)
    if about["task"] != name:
        msg = f"{file}: a model of the task {about['task']!r}, not of {name!r}"
        raise InputError(msg)
    estimator = _store.load_estimator(file)
    how = _said_of(data, about.get("data", {}).get("sha256"))
    if about.get("kind") == "sentences":
        task_ = sentences.TASKS[name]
        read = read_sentences(data, votes=votes, **{"labels": task_.labels, "positive": task_.positive, **given})
        predictions, words = sentences.predict(estimator, read, task=name, how=how)
        if task == "words":
            if not words:
                msg = f"{data}: no words that annotators marked; a column biased_words or spans is wanted"
                raise InputError(msg)
            return evaluate([], words=words, seed=seed)
        return evaluate([predictions], words=words, features=sentences.telling(estimator, read), seed=seed)
    options = dict(given)
    if name in texts.TASKS:
        options = {"labels": texts.TASKS[name].labels, **texts.TASKS[name].options, **given}
        options.pop("second", None)
    labels = options.pop("labels", "frames" if name == "frames" else None)
    if labels is None:
        msg = f"task {task!r}: needs the column of its labels"
        raise OptionError(msg)
    predictions = training.evaluate_texts(
        estimator, data, task=name, labels=labels, names=about["labels"], how=how, **options
    )
    return evaluate([predictions], features=telling(estimator, about["labels"]), seed=seed)
