"""Trained models as measures: they score sentences and articles, and mark words, like any measure of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from framing import _data
from framing.classify import _store
from framing.classify.embeddings import KIND as EMBEDDED
from framing.classify.embeddings import EmbeddedModel
from framing.classify.sentences import Contributions, Scored, SentenceModel, Units, contributions
from framing.classify.sentences._model import covered
from framing.classify.texts import TextModel
from framing.errors import InputError
from framing.measures import Marks, Measure, Reading
from framing.measures.attribution import VOICES, shipped_finder

MODEL = "model"  # stands where a finding names its lexicon
_DIGITS = 4
Floats = NDArray[np.float64]


def model_file(name: str | Path) -> Path | Traversable:
    """Return the file of a model: one that ships, by name, or a path."""
    return _data.lexicons() / "models" / f"{name}.skops" if name in SHIPPED else Path(name)


Model = TypeVar("Model", SentenceModel, TextModel)
_KINDS = {"sentences": ("sentences", EMBEDDED), "texts": ("texts",)}
SHIPPED = ("bias", "uncertain", "climate", "guns", "bias-embeddings")
"""The last needs the extra `embeddings`, and runs where it is asked for."""


def sentence_model(name: str | Path) -> SentenceModel:
    """Return a sentence model; one that ships is loaded once.

    Raises
    ------
    InputError
        If the file is none.
    """
    return _model(name, "sentences", _sentence_model)


def text_model(name: str | Path) -> TextModel:
    """Return a text model; one that ships is loaded once.

    Raises
    ------
    InputError
        If the file is none.
    """
    return _model(name, "texts", TextModel)


def _sentence_model(about: dict[str, Any], columns: dict[str, NDArray[Any]]) -> SentenceModel:
    made = EmbeddedModel if about["kind"] == EMBEDDED else SentenceModel
    return made(about, columns, shipped_finder().weights.classes)


def _model(name: str | Path, kind: str, make: Callable[..., Model]) -> Model:
    # a user's own may be trained anew under the same name
    return _shipped(str(name), kind, make) if name in SHIPPED else _loaded(name, kind, make)


def _loaded(name: str | Path, kind: str, make: Callable[..., Model]) -> Model:
    file = model_file(name)
    about, columns = _store.open_columns(file)
    if about.get("kind") not in _KINDS[kind]:
        msg = f"{file}: a model of {about.get('kind')!r}; one of {kind} is wanted"
        raise InputError(msg)
    try:
        return make(about, columns)
    except InputError as fault:
        msg = f"{file}: {fault}"
        raise InputError(msg) from fault


_shipped = cache(_loaded)


class _Sentences(Measure):
    """Base of measures that score sentences."""

    model: ClassVar[str] = ""

    def __init__(self, file: str | Path | None = None) -> None:
        self.file = file or self.model
        self._model = sentence_model(self.file)
        # its features are marks of these; a class has none of its own
        self.lexicons = tuple(self._model.about["lexicons"])  # type: ignore[misc]
        self._last: tuple[Reading, Units, Scored] | None = None

    def scored(self, reading: Reading) -> tuple[Units, Scored]:
        """Score the sentences of a batch; asked for again, the same is returned."""
        if self._last is None or self._last[0] is not reading:
            units = Units.sentences(reading.batch)
            self._last = reading, units, self._model.score(units, reading.matches)
        return self._last[1:]

    def explain(self, reading: Reading) -> Contributions:
        """Return what each word of a batch added to the log-odds of its sentence."""
        units, scored = self.scored(reading)
        return contributions(self._model, scored, units, reading.matches)

    def score_sentences(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return a score for each sentence that has words of the article; .5 is the decision."""
        units, scored = self.scored(reading)
        return {self.sentence_columns[0]: _listed(_probability(scored.sentences), _spoken(reading, units))}


class Bias(_Sentences):
    """Scores sentences for biased wording, and marks the words that annotators would.

    An article's score is the mean over the sentences that it says in its own voice for the most part. Words that a
    lexicon of loaded terms knows are left to it.
    """

    name = "bias"
    model = "bias"
    layers = ("loaded",)
    columns = ("bias", *(f"loaded_model_{voice}" for voice in VOICES))
    sentence_columns = ("bias",)

    def __init__(self, file: str | Path | None = None) -> None:
        super().__init__(file)
        self._marked: tuple[Reading, Floats, Marks] | None = None

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the words that a reader would call loaded and no lexicon of them knows, neighbours together."""
        return (self._marks(reading)[1],)

    def _marks(self, reading: Reading) -> tuple[Floats, Marks]:
        """Return the log-odds of words, and what is marked; asked for again, the same is returned."""
        if self._marked is None or self._marked[0] is not reading:
            units, scored = self.scored(reading)
            odds = np.where(reading.batch.is_word, self._model.word_odds(scored, units), -np.inf)
            self._marked = reading, odds, self._of_odds(reading, units, odds)
        return self._marked[1:]

    @staticmethod
    def _of_odds(reading: Reading, units: Units, odds: Floats) -> Marks:
        wanted = (odds >= 0) & ~covered(reading.matches.of("loaded"), len(reading.batch))
        goes_on = np.zeros(len(wanted) + 1, dtype=np.bool_)  # from the token before
        goes_on[1:-1] = wanted[1:] & wanted[:-1] & (units.unit[1:] == units.unit[:-1])
        first, last = np.flatnonzero(wanted & ~goes_on[:-1]), np.flatnonzero(wanted & ~goes_on[1:]) + 1
        score = np.maximum.reduceat(odds, first) if len(first) else np.zeros(0)
        entries = [" ".join(reading.batch.words(*place)) for place in zip(first.tolist(), last.tolist(), strict=True)]
        n = len(entries)
        rounded = np.round(_probability(score), _DIGITS)
        return Marks("loaded", first, last, [MODEL] * n, entries, [MODEL] * n, score=rounded)

    def weigh(self, reading: Reading, marks: Sequence[Marks]) -> Sequence[Marks]:
        """Give what the lexicons of loaded terms marked the score of its highest word."""
        odds, _ = self._marks(reading)
        weighed = []
        for mark in marks:
            if mark.layer == "loaded" and mark.score is None and len(mark.first):
                highest = np.array([odds[low:high].max() for low, high in zip(mark.first, mark.last, strict=True)])
                mark = replace(mark, score=np.round(_probability(highest), _DIGITS))
            weighed.append(mark)
        return weighed

    def score(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return for each article the mean over its own sentences, and how many words the model marked by voice."""
        units, scored = self.scored(reading)
        _, marks = self._marks(reading)
        batch, n = reading.batch, len(reading.batch.articles)
        counted = (batch.is_word & ~reading.furniture).astype(np.float32)
        own = units.sum(counted * (reading.voices.voice == 0)) > units.sum(counted) / 2
        kept = np.flatnonzero(own)
        article = batch.sentence_article[kept]
        total = np.bincount(article, _probability(scored.sentences)[kept], minlength=n)
        sentences = np.bincount(article, minlength=n)
        mean = total / np.maximum(sentences, 1)
        first = marks.first[~reading.furniture[marks.first]]
        cells = batch.article[first].astype(np.int64) * len(VOICES) + reading.voices.voice[first]
        counts = np.bincount(cells, minlength=n * len(VOICES)).reshape(n, -1)
        by_voice = {f"loaded_model_{voice}": counts[:, place].tolist() for place, voice in enumerate(VOICES)}
        return {"bias": _listed(mean, sentences > 0), **by_voice}


class Uncertain(_Sentences):
    """Scores sentences for what leaves their truth open: hedges, and claims of nobody in particular."""

    name = "uncertain"
    model = "uncertain"
    sentence_columns = ("uncertain",)


class Frames(Measure):
    """Scores articles for the narrative frames of climate news, and headlines for those of gun violence.

    Both only where the article is about it.
    """

    name = "frames"
    models: ClassVar[tuple[str, ...]] = ("climate", "guns")

    def __init__(self) -> None:
        self._models = [text_model(name) for name in self.models]
        self.columns = tuple(column for model in self._models for column in model.columns)  # type: ignore[misc]

    def score(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return a score for each article and frame; .5 is the decision."""
        return {
            column: _listed(scores[:, place], ~np.isnan(scores[:, place]))
            for model in self._models
            for scores in [model.score_articles(reading.batch, reading.titles)]
            for place, column in enumerate(model.columns)
        }


class OwnModel(Measure):
    """A model of a task of the user's own: a column for each label, of articles or of sentences.

    Parameters
    ----------
    file : str or Path
    """

    def __init__(self, file: str | Path) -> None:
        self.file = file
        self._model = text_model(file)
        self.name = str(self._model.about["task"])  # type: ignore[misc]
        by_sentence = self._model.unit == "sentence"
        self.columns = () if by_sentence else self._model.columns  # type: ignore[misc]
        self.sentence_columns = self._model.columns if by_sentence else ()  # type: ignore[misc]

    def score(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return a score for each article and label; .5 is the decision."""
        if not self.columns:
            return {}
        scores = self._model.score_articles(reading.batch, reading.titles)
        return {name: _listed(scores[:, place], ~np.isnan(scores[:, place])) for place, name in enumerate(self.columns)}

    def score_sentences(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return a score for each sentence and label; .5 is the decision."""
        if not self.sentence_columns:
            return {}
        scores = self._model.scores(reading.batch)[:, self._model.shown]
        spoken = _spoken(reading, Units.sentences(reading.batch))
        return {name: _listed(scores[:, place], spoken) for place, name in enumerate(self.sentence_columns)}


MEASURES: tuple[type[Measure], ...] = (Bias, Uncertain, Frames)


def measure_of(name: str | Path) -> Measure:
    """Return what runs a model of the user's own, or one that ships, by name.

    One of bias or of uncertain takes the place of that which is run by itself.

    Raises
    ------
    InputError
        If the file is no model.
    """
    file = model_file(name)
    about, _ = _store.open_columns(file)
    if about.get("kind") == "texts":
        return OwnModel(name)
    kinds = {kind.name: kind for kind in (Bias, Uncertain)}
    task = about.get("task")
    if task not in kinds:
        msg = f"{file}: a model of the task {task!r}; of sentences only {', '.join(kinds)} can be run"
        raise InputError(msg)
    return kinds[task](name)


def files_of(measure: Measure) -> list[tuple[str, Path | Traversable]]:
    """Return the models that a measure runs, by name, with their files."""
    if isinstance(measure, Frames):
        return [(name, model_file(name)) for name in measure.models]
    if isinstance(measure, (_Sentences, OwnModel)):
        return [(measure.name, model_file(measure.file))]
    return []


def _spoken(reading: Reading, units: Units) -> NDArray[np.bool_]:
    """Tell which sentences have words that are not page furniture."""
    return units.sum((reading.batch.is_word & ~reading.furniture).astype(np.float32)) > 0


def _probability(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)))


def _listed(values: Floats, there: NDArray[np.bool_]) -> list[float | None]:
    """Return numbers as tables hold them, nothing where there is none."""
    rounded = np.round(values, _DIGITS).tolist()
    return [value if has else None for value, has in zip(rounded, there.tolist(), strict=True)]
