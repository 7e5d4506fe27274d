"""A text model as it runs over a corpus: columns in, scores out, without scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.classify.texts._decision import Decision
from framing.classify.texts._features import Features
from framing.classify.texts._topic import Topic
from framing.classify.texts._units import UNITS, Units, articles, first_sentences, headlines
from framing.errors import InputError
from framing.text import Batch

Floats = NDArray[np.float64]
Columns = Mapping[str, NDArray[Any]]


class TextModel:
    """Scores of articles, titles or sentences, from the columns that `compiled` made.

    Parameters
    ----------
    about : mapping
        ``labels``, and where they differ from what a plain model has: ``unit`` (``text``), ``topic`` (none: every text
        is scored), ``columns`` (names in the table of articles, one for each label, empty for one that is not shown).
    columns : mapping of str to ndarray

    Raises
    ------
    InputError
        If the columns are not those of a text model.
    """

    def __init__(self, about: Mapping[str, Any], columns: Columns) -> None:
        self.about = about
        self.labels: tuple[str, ...] = tuple(about.get("labels", ()))
        self.unit: str = about.get("unit", "text")
        self.topic = Topic.of_about(about.get("topic"))
        self._names: tuple[str, ...] = tuple(about.get("columns", self.labels))
        try:
            self._coef = columns["coef"].astype(np.float64)
            self._intercept = columns["intercept"]
            parts = [columns[name] for name in ("slope", "shift", "offset")]
            self._decision = Decision(parts[0], parts[1], parts[2], bool(columns["exclusive"]))
            self.features = Features.of_columns(columns)
            fits = self._coef.shape == (len(self.labels), self.features.size) and len(self._names) == len(self.labels)
        except (KeyError, ValueError) as fault:
            msg = f"model of {about.get('task', 'texts')!r}: not the columns of a text model ({fault})"
            raise InputError(msg) from fault
        if not fits or self.unit not in UNITS:
            shape = f"{self._coef.shape} weights for {len(self.labels)} labels and {self.features.size} features"
            msg = f"model of {about.get('task', 'texts')!r}: {shape}, unit {self.unit!r}; train it anew"
            raise InputError(msg)

    @cached_property
    def shown(self) -> list[int]:
        """The labels that have a column."""
        return [place for place, name in enumerate(self._names) if name]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of their columns."""
        return tuple(self._names[place] for place in self.shown)

    def sums(self, units: Units) -> Floats:
        """Return the linear sums of units, shape (units, labels)."""
        return np.asarray(self.features.matrix(units) @ self._coef.T + self._intercept)

    def scores(self, batch: Batch, units: Units | str | None = None) -> Floats:
        """Return a score on which .5 is the decision, shape (units, labels).

        Parameters
        ----------
        batch : Batch
        units : Units or str, optional
            ``text``, ``title``, ``sentence`` or ``first sentence``; what the model was trained on by default. The topic
            is not asked for.
        """
        chosen = self._units(batch, units)
        return self._decision.score(self.sums(chosen)) if chosen.count else np.zeros((0, len(self.labels)))

    def probabilities(self, batch: Batch, units: Units | str | None = None) -> Floats:
        """Return calibrated probabilities, shape (units, labels)."""
        chosen = self._units(batch, units)
        return self._decision.probability(self.sums(chosen)) if chosen.count else np.zeros((0, len(self.labels)))

    def applies(self, units: Units) -> NDArray[np.bool_]:
        """Return which units have words, and are about the model's topic, shape (units,)."""
        has_words = np.bincount(units.owner[units.words], minlength=units.count) > 0
        return has_words if self.topic is None else np.asarray(has_words & self.topic.holds(units))

    def score_articles(self, texts: Batch, titles: Batch | None = None) -> Floats:
        """Return what goes into the table of articles, shape (articles, columns); NaN where the model says nothing.

        Parameters
        ----------
        texts : Batch
        titles : Batch, optional
            One for each article. A model of titles reads the first sentence of an article that has none, all of a very
            short one. It says nothing of an article outside its topic.
        """
        out = np.full((len(texts.articles), len(self.labels)), np.nan)
        for units in self._of_articles(texts, titles):
            wanted = self.applies(units) & np.isnan(out[:, 0])
            if wanted.any():
                out[wanted] = self._decision.score(self.sums(units.only(wanted)))
        return out[:, self.shown]

    def _of_articles(self, texts: Batch, titles: Batch | None) -> list[Units]:
        if self.unit in ("text", "sentence"):
            return [articles(texts)]
        if self.unit == "first sentence":
            return [first_sentences(texts)]
        opening = headlines(texts)
        if titles is None:
            return [opening]
        headed = articles(titles)
        untitled = np.bincount(headed.owner[headed.words], minlength=headed.count) == 0
        # all numbered by article, so that those with a title can be told from those without
        owner = np.where(untitled[opening.owner], opening.owner, -1)
        return [headed, Units(texts, owner, opening.count)]

    def _units(self, batch: Batch, units: Units | str | None) -> Units:
        if isinstance(units, Units):
            return units
        name = units or self.unit
        if name not in UNITS:
            msg = f"unit is {name!r}; allowed: {', '.join(UNITS)}"
            raise InputError(msg)
        return UNITS[name](batch)
