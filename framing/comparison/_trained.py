"""Trained models: what they scored where they were measured, how far these texts are, and which frames they see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.classify import _store
from framing.classify._distance import Profile, distances, warning
from framing.classify._measures import model_file
from framing.comparison._explained import DECISION
from framing.comparison._frame import Ints, number_of, table
from framing.comparison._protocol import AnalysisLike, WordCountsLike
from framing.comparison._setting import Setting
from framing.comparison._tested import share_columns
from framing.errors import FramingError
from framing.stats import Sums

_SENTENCES = ("bias", "uncertain")
_TEXTS = ("climate", "guns")
_TRAINED_ON = {
    "bias": "sentences of US news, 2017 to 2020",
    "uncertain": "sentences of Wikipedia",
    "climate": "US articles on climate change, 2017 to 2019",
    "guns": "US headlines on gun violence",
}


@dataclass(frozen=True)
class Trained:
    """A model that ran over the articles, as far as a comparison needs it.

    Attributes
    ----------
    name : str
    about : mapping
        What its file says of it.
    columns : mapping of str to ndarray
    frames : mapping of str to str
        Columns of the articles to the labels that they are the scores of.
    """

    name: str
    about: Mapping[str, Any]
    columns: Mapping[str, NDArray[Any]]
    frames: Mapping[str, str]

    @property
    def trained_on(self) -> str:
        """What it was trained on."""
        return str(self.about.get("trained on") or _TRAINED_ON.get(self.name, ""))

    @property
    def profile(self) -> Profile | None:
        """The texts that it was trained on, if its file describes them."""
        try:
            return Profile.from_arrays(self.columns)
        except FramingError:
            return None


def trained_models(setting: Setting, sentences: pd.DataFrame, manifest: Mapping[str, Any]) -> list[Trained]:
    """Return the models that scored anything in these tables; of one of the user's own nothing is known."""
    found = []
    for name in (*_SENTENCES, *_TEXTS):
        if name in _SENTENCES and name not in sentences.columns:
            continue
        try:
            about, columns = _opened(name, manifest)
        except FramingError:
            continue
        labels = zip(about.get("columns", ()), about.get("labels", ()), strict=False)
        frames = {str(column): str(label) for column, label in labels if column in setting.articles.columns}
        frames = {column: label for column, label in frames.items() if setting.articles[column].notna().any()}
        if name in _SENTENCES or frames:
            found.append(Trained(name, about, columns, frames))
    return found


def _opened(name: str, manifest: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return what a model says of itself and its columns; of another than the one that ships only the frames."""
    file = model_file(name)
    about, columns = _store.open_columns(file)
    used = {str(one.get("name")): one.get("sha256") for one in manifest.get("models") or ()}
    if used.get(name) in (None, _store.digest(file)):
        return about, columns
    return {key: about[key] for key in ("columns", "labels") if key in about} | {"trained on": "data of your own"}, {}


def model_table(models: list[Trained]) -> pd.DataFrame:
    """Say what each model scored; a model that was not measured yet has no number."""
    rows = []
    for model in models:
        scores: Mapping[str, Any] = model.about.get("scores") or {}
        measured = scores.get("measured") or [{}]
        ceiling = (scores.get("ceiling") or [None])[0]
        numbers = [_number(value) for value in (_value(measured[0], "macro_f1"), ceiling, measured[0].get("n"))]
        rows.append((model.name, model.trained_on, "; ".join(map(_line, measured)) if scores else "", *numbers))
    names = ("model", "trained_on", "line", "score", "ceiling", "n")
    return table("models", dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else None)


def _value(measured: Mapping[str, Any], figure: str) -> float | None:
    """Return a figure of one way of testing, without its interval."""
    value: float | None = (measured.get(figure) or [None])[0]
    return value


def _line(measured: Mapping[str, Any]) -> str:
    """Say what was reached in one way of testing, held out first."""
    said = f"{measured['how']}, n = {measured['n']:,}: macro-F1 {_interval(measured['macro_f1'])}"
    within = measured.get("auc_within") or [None]
    return said if within[0] is None else f"{said}, AUC within outlets {_interval(within)}"


def _interval(found: Sequence[float | None]) -> str:
    value, low, high = (f"{one:.2f}".lstrip("0") if one is not None else "–" for one in found)
    return f"{value} [{low}, {high}]"


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")


def frame_table(setting: Setting, models: list[Trained]) -> pd.DataFrame:
    """Estimate which share of the articles on a model's topic has each frame."""
    found = [(model.name, label, column) for model in models for column, label in model.frames.items()]
    if not found:
        return table("frames")
    scores = np.stack([number_of(setting.articles, column, np.nan) for *_, column in found], axis=1)
    sums = Sums.of(scores >= DECISION, ~np.isnan(scores), setting.group, n_groups=setting.n_groups)
    labels = pd.DataFrame([row[:2] for row in found], columns=["model", "frame"], dtype=object)
    return table("frames", share_columns(setting, labels, sums))


def distance_table(setting: Setting, analysis: AnalysisLike, models: list[Trained]) -> pd.DataFrame:
    """Say how far the texts, and those of each group, are from the data that each model was trained on.

    A model of frames is only asked about the articles of its topic. A model of titles is left out: what is counted are
    the words of the articles.
    """
    rows = []
    for model in models:
        profile = model.profile
        if profile is None or model.about.get("unit") == "title":
            continue
        scored = np.ones(len(setting.articles), dtype=np.bool_)
        if model.frames:
            scored = setting.articles[list(model.frames)].notna().any(axis=1).to_numpy()
        places = np.flatnonzero(scored)
        groups = [setting.groups[number] for number in setting.group[places].tolist()]
        words = _only(analysis.words, setting.kept[places])
        for _, group, far in distances(words, {model.name: profile}, groups):
            rows.append({
                "model": model.name, "group": group or "", "n_articles": far.texts, "n_words": far.words,
                "unknown": far.unknown, "usual_unknown": far.usual_unknown, "mix": far.mix, "usual_mix": far.usual_mix,
                "score": far.score, "limit": far.limit,
                "warning": warning(model.name, far, trained_on=model.trained_on, group=group),
            })  # fmt: skip
    return table("distances", {name: [row[name] for row in rows] for name in rows[0]} if rows else None)


@dataclass(frozen=True)
class _Words:
    """The words of some articles, as `WordCountsLike`."""

    vocabulary: Any
    indptr: NDArray[np.int64]
    word: NDArray[Any]
    counts: NDArray[Any]


def _only(words: WordCountsLike, rows: Ints) -> _Words:
    """Return the words of some articles, in their order."""
    indptr = np.asarray(words.indptr, dtype=np.int64)
    sizes = indptr[rows + 1] - indptr[rows]
    ends = np.concatenate([[0], np.cumsum(sizes)])
    places = np.arange(ends[-1]) - np.repeat(ends[:-1] - indptr[rows], sizes)
    return _Words(words.vocabulary, ends, np.asarray(words.word)[places], np.asarray(words.counts)[places])
