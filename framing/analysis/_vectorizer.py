"""Every measure of the package as features, for anybody's own scikit-learn model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import effective_n_jobs  # type: ignore[import-untyped]
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.parallel import Parallel, delayed

from framing.analysis._analyze import _actors, _check_sides, _several, batches
from framing.analysis._reader import BatchReader, Setting, _no_collector
from framing.classify import MEASURES
from framing.corpus import Article
from framing.corpus._columns import Fields, listed, resolve
from framing.errors import InputError, OptionError
from framing.lexicon import vocabulary
from framing.measures import Reading, available
from framing.measures.attribution import VOICES
from framing.measures.headline import Headline

Features = NDArray[np.float64]

_BY_MODEL = "loaded_model_"  # words that the model of bias marks, by voice
_READABILITY, _ATTRIBUTION, _DECLINING = "readability", "attribution", "declining"
_KINDS = ("direct", "indirect", "mixed")
_HEADLINE_WORDS, *_HEADLINE_COUNTS = Headline.columns


class FramingVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn texts into the package's measures, one row a text and one column a measure.

    A transformer of scikit-learn, for a Pipeline, a ColumnTransformer or a FeatureUnion. It learns nothing: a text
    gives the same row whatever stands beside it, and `fit` only checks what it was given. The columns are on different
    scales, so put a StandardScaler behind it. What is page furniture is left out, as `analyze` does it; lines that
    recur in an outlet are known only to `analyze`, which sees all of its articles.

    Parameters
    ----------
    measures : str or sequence of str, optional
        Names of measures, as `analyze(only=...)` knows them; all but readability by default.
    readability : bool
        Add the eight readability scores, which take most of the time.
    sides : str or sequence of str
        Actors lexicons: names (``russia-ukraine``) or paths. Each of their sides gets a column.
    lexicons : str or sequence of str
        Further lexicons: names or paths. They go before those that ship.
    n_jobs : int, optional
        Processes, as in scikit-learn: one by default, -1 for all processors. The result is the same.

    Notes
    -----
    The input is a list, array or Series of strings or of `Article`, or a DataFrame whose columns of text, title and
    outlet have one of the names that `read_corpus` knows. A text without a word of its own (empty, blank, nothing but
    furniture) is a row of zeros, but for its title's columns. What is no text at all (None, NaN, a number, bytes) is an
    InputError that names its row.

    The columns, in this order:

    ``words_log``, ``words_per_sentence``
        log(1 + words), and the mean.
    ``words_own_share``, ``words_quoted_share``, ``words_reported_share``
        The share of the words in each voice.
    ``attributions_per_1000``; ``attributions_direct_share`` and further kinds; ``attributions_anonymous_share``;
    ``attributions_neutral_share`` and further stances of the cue; ``attributions_side_SIDE_share``
        Per 1,000 words, and shares of the attributions.
    ``LAYER_VOICE_per_1000``, ``LAYER_VOICE_per_1000_of_all``
        For each layer and voice (``loaded_own_per_1000``) the findings per 1,000 words of that voice, and per 1,000 of
        all words.
    ``headline_words``, ``headline_LAYER_per_1000``
        Of the title; zero where there is none.
    further columns of the table of articles
        Scores of models and of plugins, and readability: under the names, and with the values, of the table.

    A share or a rate whose whole is zero is zero, and so is a score that a text has not.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> model = make_pipeline(FramingVectorizer(), StandardScaler(), LogisticRegression())
    """

    def __init__(
        self,
        measures: str | Sequence[str] | None = None,
        *,
        readability: bool = False,
        sides: str | Path | Sequence[str | Path] = (),
        lexicons: str | Path | Sequence[str | Path] = (),
        n_jobs: int | None = None,
    ) -> None:
        self.measures = measures
        self.readability = readability
        self.sides = sides
        self.lexicons = lexicons
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> FramingVectorizer:  # noqa: N803 - scikit-learn's name
        """Check the parameters and that the input is texts.

        Parameters
        ----------
        X : list, array, Series or DataFrame
            Texts.
        y : ignored

        Returns
        -------
        FramingVectorizer

        Raises
        ------
        OptionError, LexiconError
            If a measure or a lexicon is not there or not sound.
        InputError
            If the input is no texts; the message names the row.
        """
        self._reader()
        _articles(X)
        return self

    def transform(self, X: Any) -> Features:  # noqa: N803
        """Return the features.

        Parameters
        ----------
        X : list, array, Series or DataFrame
            n texts.

        Returns
        -------
        ndarray of float, shape (n, k)
            Columns as `get_feature_names_out` names them; never NaN.

        Raises
        ------
        OptionError, LexiconError, InputError
            As `fit`.
        """
        articles = _articles(X)
        jobs = min(effective_n_jobs(self.n_jobs), len(articles))
        if jobs <= 1:
            return _features(self._reader(), articles)
        self._reader()  # what is wrong with a lexicon shows here and not in a process
        edges = np.linspace(0, len(articles), jobs + 1).astype(int).tolist()
        shares = (articles[low:high] for low, high in pairwise(edges))
        parts = Parallel(n_jobs=jobs)(delayed(_in_process)(self._setting(), share) for share in shares)
        return np.concatenate(parts)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the names of the columns.

        Parameters
        ----------
        input_features : ignored

        Returns
        -------
        ndarray of str, shape (k,)
        """
        return np.array(_Table(self._reader()).names, dtype=object)

    def _setting(self) -> Setting:
        wanted = [self.measures] if isinstance(self.measures, str) else self.measures
        every = (*available(), *(measure.name for measure in MEASURES))
        chosen = [name for name in every if name != _READABILITY] if wanted is None else list(wanted)
        if wanted is None:
            chosen.append(_ATTRIBUTION)
        if self.readability and _READABILITY not in chosen:
            chosen.append(_READABILITY)
        return Setting(
            measures=tuple(chosen),
            lexicons=tuple(map(str, _several(self.lexicons))),
            sides=tuple(_actors(name) for name in _several(self.sides)),
        )

    def _reader(self) -> BatchReader:
        reader = BatchReader(self._setting())
        _check_sides(reader)
        return reader

    def __sklearn_is_fitted__(self) -> bool:
        """Tell that nothing is learnt."""
        return True

    def __sklearn_tags__(self) -> Any:
        """Tell that the input is strings."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags

    def _more_tags(self) -> dict[str, Any]:
        """Tell the same to scikit-learn before 1.6."""
        return {"X_types": ["string"], "requires_fit": False, "stateless": True}


def _in_process(setting: Setting, articles: Sequence[Article]) -> Features:
    return _features(BatchReader(setting), articles)


def _features(reader: BatchReader, articles: Sequence[Article]) -> Features:
    """Return the features of articles, read batch by batch: of each only its rows are kept."""
    table = _Table(reader)
    found = np.empty((len(articles), len(table.names)))
    done = 0
    for batch in batches(articles):
        found[done : done + len(batch)] = table.rows(batch)
        done += len(batch)
    return found


class _Table:
    """The columns, and how they follow from the table of articles and from attributions."""

    def __init__(self, reader: BatchReader) -> None:
        self._reader = reader
        columns = reader.columns
        self._first = columns.index("words")
        self._place = {name: number for number, name in enumerate(columns[self._first :])}
        behind = columns[columns.index("attributions") + 1 :]
        by_model = [name for name in behind if name.startswith(_BY_MODEL)]
        self._counts = [*columns[columns.index("sentences") + 1 : columns.index("furniture")], *by_model]
        self._scores = [name for name in behind if name not in by_model]
        self._attribution = _ATTRIBUTION in (reader.setting.measures or ())
        stances = [name for name in vocabulary()["cue"] if name != _DECLINING]
        sides = sorted({entry["side"] for lexicon in reader.lexicons for entry in lexicon.entries.values()} - {""})
        kinds = [*_KINDS, "anonymous", *stances, *(f"side_{side}" for side in sides)]
        self._kinds = {kind: number for number, kind in enumerate(kinds)}
        self.names = self._names()

    def _names(self) -> list[str]:
        names = ["words_log", "words_per_sentence"]
        if self._attribution:
            names += [f"words_{voice}_share" for voice in VOICES]
            names += ["attributions_per_1000", *(f"attributions_{kind}_share" for kind in self._kinds)]
        names += [f"{count}_per_1000{whole}" for count in self._counts for whole in ("", "_of_all")]
        return names + [f"{name}_per_1000" if name in _HEADLINE_COUNTS else name for name in self._scores]

    def rows(self, articles: Sequence[Article]) -> Features:
        """Return the features of a batch, shape (articles, columns)."""
        reading, rows = _read(self._reader, articles)
        number = np.array([[self._number(name, row) for name in self._place] for row in rows], dtype=np.float64)
        column = {name: np.nan_to_num(number[:, place]) for name, place in self._place.items()}
        words = column["words"]
        found = [np.log1p(words), _over(words, column["sentences"])]
        if self._attribution:
            found += [_over(column[f"words_{voice}"], words) for voice in VOICES]
            found.append(1000 * _over(column["attributions"], words))
            found += [_over(kind, column["attributions"]) for kind in self._spoken(reading, len(rows))]
        for name in self._counts:
            voiced = column[f"words_{name.rpartition('_')[2]}"]
            found += [1000 * _over(column[name], voiced), 1000 * _over(column[name], words)]
        for name in self._scores:
            title = name in _HEADLINE_COUNTS
            found.append(1000 * _over(column[name], column[_HEADLINE_WORDS]) if title else column[name])
        return np.column_stack(found)

    def _number(self, name: str, row: Sequence[Any]) -> float:
        cell = row[self._first + self._place[name]]
        try:
            return np.nan if cell is None else float(cell)
        except (TypeError, ValueError) as fault:
            msg = f"column {name!r} holds {cell!r}; a feature is a number: leave its measure out"
            raise OptionError(msg) from fault

    def _spoken(self, reading: Reading, articles: int) -> Features:
        """Return how many attributions there are of each kind, shape (kinds, articles)."""
        counted = np.zeros((len(self._kinds), articles))
        for one in reading.attributions:
            is_of = (one.kind, one.stance, "anonymous" if one.anonymous else "", f"side_{one.side}" if one.side else "")
            for kind in is_of:
                if kind in self._kinds:
                    counted[self._kinds[kind], one.article] += 1
        return counted


def _read(reader: BatchReader, articles: Sequence[Article]) -> tuple[Reading, list[list[Any]]]:
    """Read a batch, and return with it its rows of the table of articles."""
    with _no_collector():
        reading, marks, scores = reader.measure(articles)
        return reading, reader._article_rows(reading, marks, scores)


def _over(part: Features, whole: Features) -> Features:
    """Return a quotient, zero where the whole is."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _articles(texts: Any) -> list[Article]:
    """Return texts as articles.

    Raises
    ------
    InputError
        If the input is no texts, or one of them is none.
    """
    if isinstance(texts, pd.DataFrame):
        return _of_frame(texts)
    if isinstance(texts, (str, bytes, Article, Mapping)) or not isinstance(texts, Iterable):
        msg = f"X is {_kind(texts)}; allowed is a list, array or Series of strings or Article, or a DataFrame"
        raise InputError(msg)
    if isinstance(texts, np.ndarray) and texts.ndim != 1:
        if texts.ndim != 2 or texts.shape[1] != 1:
            msg = f"X has the shape {texts.shape}; allowed is one text a row"
            raise InputError(msg)
        texts = texts[:, 0]
    return [_article(text, row) for row, text in enumerate(texts)]


def _article(text: Any, row: int) -> Article:
    if isinstance(text, Article):
        return replace(text, text=_text(text.text, row, "Article.text"))
    return Article(str(row), _text(text, row, "X"))


def _text(text: Any, row: int, where: str) -> str:
    if not isinstance(text, str):
        msg = f"row {row} of {where} is {_kind(text)}; allowed is a string" + (" or an Article" if where == "X" else "")
        raise InputError(msg)
    return str(text)


def _kind(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return f"missing ({value})"
    return f"of type {type(value).__name__}"


def _of_frame(frame: pd.DataFrame) -> list[Article]:
    names = [str(column) for column in frame.columns]
    fields = Fields(names[0]) if len(names) == 1 else _fields(names)
    texts = frame.iloc[:, names.index(fields.text)]
    others = [_strings(frame, names, name) for name in (fields.outlet, fields.title)]
    return [
        Article(str(row), _text(text, row, f"column {fields.text!r}"), outlet=outlet, title=title)
        for row, (text, outlet, title) in enumerate(zip(texts, *others, strict=True))
    ]


def _fields(names: Sequence[str]) -> Fields:
    try:
        return resolve(names, {}, "DataFrame")
    except InputError as fault:
        msg = f"DataFrame: which column holds the text? columns found: {listed(names)}; call one 'text'"
        raise InputError(msg) from fault


def _strings(frame: pd.DataFrame, names: Sequence[str], name: str | None) -> list[str]:
    """Return the cells of a column, empty where they are missing."""
    if name is None:
        return [""] * len(frame)
    column = frame.iloc[:, names.index(name)]
    return ["" if missing else str(cell) for cell, missing in zip(column, column.isna(), strict=True)]
