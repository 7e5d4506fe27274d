"""From a batch of articles to the rows of the four tables: what one process does with its share."""

from __future__ import annotations

import gc
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.analysis._rows import Rows, attribution_rows, finding_rows
from framing.analysis._tables import ATTRIBUTIONS, FINDINGS, SENTENCES, encode
from framing.analysis._words import BatchWords, count_words
from framing.classify import MEASURES
from framing.classify._measures import measure_of
from framing.corpus import Article, FurnitureFinder
from framing.errors import OptionError
from framing.lexicon import Lexicon, Matcher, load, names
from framing.measures import Marks, Measure, Reading, choose
from framing.measures.attribution import PEOPLE, VOICES, Attribution, attributions_of, voices_of
from framing.text import Batch, Vocabulary, read

# enough for a large corpus's frequent words; a vocabulary beyond it is begun anew
_MOST_TYPES = 400_000
CUES = ("reporting-verbs", "reporting-nouns", "reporting-other", "titles")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an analysis is made with; the same in every process.

    Attributes
    ----------
    measures : sequence of str, optional
        Names of measures; all by default.
    lexicons : sequence of str
        Further lexicons, names or paths.
    sides : sequence of str
        Actors lexicons, names or paths.
    models : sequence of str
        Further models, paths.
    form : str
        Table format.
    extra : mapping of str to str
        Further columns of the input and their names in the table.
    recurring : mapping of str to frozenset of str
        Lines of page furniture by outlet.
    duplicates : mapping of str to str
        For an article that repeats another, the id of the first.
    """

    measures: tuple[str, ...] | None = None
    lexicons: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    form: str = "csv"
    extra: Mapping[str, str] = field(default_factory=dict)
    recurring: Mapping[str, frozenset[str]] = field(default_factory=dict)
    duplicates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pieces:
    """What became of a batch: encoded rows of each table, texts and words."""

    articles: bytes
    sentences: bytes
    findings: bytes
    attributions: bytes
    texts: bytes
    words: BatchWords
    count: int


class BatchReader:
    """Reads batches; one for each process, since it keeps what it learnt of spellings.

    Parameters
    ----------
    setting : Setting

    Raises
    ------
    LexiconError, OptionError
        If a lexicon or a measure is not there or not sound.
    """

    def __init__(self, setting: Setting) -> None:
        self.measures = _with_models(choose(setting.measures, MEASURES), setting.models)
        wanted = [name for measure in self.measures for name in measure.lexicons]
        # a user's own lexicon comes first: where it speaks, ours are silent
        wanted = list(dict.fromkeys([*setting.lexicons, *wanted, *CUES, *setting.sides]))
        ships = set(wanted) <= set(names())
        self.lexicons, self._matcher, self._people = (
            _shipped(tuple(wanted)) if ships else _matchers(tuple(wanted), len(set(setting.lexicons)))
        )
        self._vocabulary = Vocabulary()
        self.layers = tuple(dict.fromkeys(layer for measure in self.measures for layer in measure.layers))
        self.settle(setting)

    def settle(self, setting: Setting) -> None:
        """Take over what a pass over the corpus found: further columns, furniture, repeated texts."""
        self.setting = setting
        self._furniture = FurnitureFinder(setting.recurring)
        self.columns = article_columns(setting, self.layers, [c for m in self.measures for c in m.columns])
        further = (column for measure in self.measures for column in measure.sentence_columns)
        self.sentence_columns = tuple(dict.fromkeys((*SENTENCES, *further)))

    def forget(self) -> None:
        """Begin a new vocabulary."""
        self._vocabulary = Vocabulary()

    def read(self, articles: Sequence[Article]) -> Reading:
        """Read a batch: text, matches, attributions and voices."""
        if len(self._vocabulary) > _MOST_TYPES:
            self.forget()
        batch = read(articles, self._vocabulary)
        titles = read([Article(article.id, article.title) for article in articles], self._vocabulary)
        matches = self._matcher.find(batch)
        attributions, refusals = attributions_of(batch, matches, self._people)
        furniture = self._furniture_of(batch)
        if furniture.any():
            attributions = _outside(furniture, batch, attributions)
            refusals = _outside(furniture, batch, refusals)
        voices = voices_of(batch, attributions)
        title_matches = self._matcher.find(titles)
        return Reading(batch, titles, matches, title_matches, attributions, refusals, voices, furniture, self._people)

    def _furniture_of(self, batch: Batch) -> NDArray[np.bool_]:
        """Tell for each token whether it is page furniture."""
        found = np.zeros(len(batch), dtype=np.bool_)
        self._rules: list[tuple[int, int, str]] = []
        opens = batch.vocabulary.column(("furniture", self._furniture), self._furniture.gates_in)[batch.type]
        # an article may have no token
        gates = [int(np.bitwise_or.reduce(part)) for part in np.split(opens, batch.first_token[1:-1])]
        for number, article in enumerate(batch.articles):
            for start, end, rule in self._furniture.spans(article, gates[number]):
                offset = int(batch.offset[number])
                first = int(np.searchsorted(batch.end, start + offset, side="right"))
                last = int(np.searchsorted(batch.start, end + offset))
                if last > first:
                    found[first:last] = True
                    self._rules.append((first, last, rule))
        return found

    def process(self, articles: Sequence[Article]) -> Pieces:
        """Return the rows of a batch, encoded."""
        with _no_collector():
            return self._process(articles)

    def _process(self, articles: Sequence[Article]) -> Pieces:
        reading, marks, scores = self.measure(articles)
        form = "jsonl" if self.setting.form == "parquet" else self.setting.form
        rows = _Rows(reading)
        findings = rows.findings(marks, self._furniture_marks())
        return Pieces(
            articles=encode(self.columns, self._article_rows(reading, marks, scores), form),
            sentences=encode(self.sentence_columns, rows.sentences(self._sentence_scores(reading)), form),
            findings=encode(FINDINGS, findings, form),
            attributions=encode(ATTRIBUTIONS, rows.attributions(), form),
            texts=_texts(articles),
            words=count_words(reading),
            count=len(articles),
        )

    def measure(self, articles: Sequence[Article]) -> tuple[Reading, list[Marks], dict[str, Sequence[Any]]]:
        """Read a batch, and return what every measure marks and scores in it."""
        reading = self.read(articles)
        marks = [mark for measure in self.measures for mark in measure.mark(reading)]
        for measure in self.measures:
            marks = list(measure.weigh(reading, marks))
        scores: dict[str, Sequence[Any]] = {}
        for measure in self.measures:
            scores |= measure.score(reading)
        return reading, marks, scores

    def _sentence_scores(self, reading: Reading) -> dict[str, Sequence[Any]]:
        scores: dict[str, Sequence[Any]] = {}
        for measure in self.measures:
            scores |= measure.score_sentences(reading)
        return scores

    def _furniture_marks(self) -> Marks:
        rules = [rule for *_, rule in self._rules]
        places = np.array([row[:2] for row in self._rules], dtype=np.int64).reshape(-1, 2)
        categories = [self._furniture.category(rule) for rule in rules]
        return Marks("furniture", places[:, 0], places[:, 1], ["furniture"] * len(rules), rules, categories)

    def _article_rows(
        self, reading: Reading, marks: Sequence[Marks], scores: Mapping[str, Sequence[Any]]
    ) -> list[list[Any]]:
        batch, setting = reading.batch, self.setting
        counted = batch.is_word & ~reading.furniture
        n = len(batch.articles)
        voice = reading.voices.voice
        words = np.bincount(batch.article * 3 + voice, weights=counted, minlength=3 * n).astype(np.int64).reshape(n, 3)
        spoken = np.bincount(batch.sentence, weights=counted, minlength=len(batch.first)) > 0
        sentences = np.bincount(batch.sentence_article, weights=spoken, minlength=n).astype(np.int64)
        counts = [self._count(reading, marks, layer) for layer in self.layers]
        furniture = np.bincount(batch.article, weights=batch.is_word & reading.furniture, minlength=n).astype(np.int64)
        attributed = np.bincount([one.article for one in reading.attributions] or [0], minlength=n)
        if not reading.attributions:
            attributed = np.zeros(n, dtype=np.int64)
        table = np.column_stack([words.sum(axis=1), words, sentences, *counts, furniture, attributed]).tolist()
        extra = list(setting.extra)
        scored = list(scores.values())
        return [
            [
                article.id,
                article.outlet,
                article.date,
                article.title,
                setting.duplicates.get(article.id, ""),
                *(article.extra.get(name) for name in extra),
                *table[row],
                *(column[row] for column in scored),
            ]
            for row, article in enumerate(batch.articles)
        ]

    @staticmethod
    def _count(reading: Reading, marks: Sequence[Marks], layer: str) -> NDArray[np.int64]:
        """Return the findings of a layer by article and voice, shape (articles, 3)."""
        n = len(reading.batch.articles)
        total = np.zeros(3 * n, dtype=np.int64)
        for mark in marks:
            if mark.layer == layer:
                first = mark.first[~reading.furniture[mark.first]]
                cells = reading.batch.article[first] * 3 + reading.voices.voice[first]
                total += np.bincount(cells, minlength=3 * n)
        return total.reshape(n, 3)


def _with_models(measures: list[Measure], models: Sequence[str]) -> list[Measure]:
    """Add the user's own models; one of a task that ships takes the place of it."""
    trained = {measure.name for measure in MEASURES}
    seen: set[str] = set()
    for path in models:
        own = measure_of(path)
        others = [one for one in measures if one.name != own.name or one.name not in trained]
        if own.name in seen or own.name in {"attribution", *(one.name for one in others)}:
            msg = f"model {Path(path).name!r}: {own.name!r} is there already; train it under another name"
            raise OptionError(msg)
        seen.add(own.name)
        layers = [layer for one in others for layer in one.layers]
        scores = [column for one in others for column in one.columns]
        taken = {*article_columns(Setting(), layers, scores), *SENTENCES} - {"bias", "uncertain"}
        taken |= {column for one in others for column in (*one.columns, *one.sentence_columns)}
        clash = next(
            (name for part in (own.columns, own.sentence_columns) for name in part
             if name in taken or part.count(name) > 1), None,
        )  # fmt: skip
        if clash is not None:
            msg = f"model {Path(path).name!r}: a column {clash!r} is there already; train it under another name"
            raise OptionError(msg)
        places = [number for number, one in enumerate(measures) if one.name == own.name]
        measures = [one for one in measures if one.name != own.name]
        measures.insert(places[0] if places else len(measures), own)
    return measures


def _matchers(wanted: tuple[str, ...], prior: int = 0) -> tuple[tuple[Lexicon, ...], Matcher, Matcher]:
    """Return lexicons, the matcher of what is looked for everywhere, and that of who sources are.

    The first `prior` lexicons are the user's own.
    """
    lexicons = tuple(map(load, wanted))
    own = [lexicon.name for lexicon in lexicons[:prior]]
    people = [lexicon for lexicon in lexicons if lexicon.layer in PEOPLE]
    others = [lexicon for lexicon in lexicons if lexicon.layer not in PEOPLE]
    return lexicons, Matcher(others, prior=own), Matcher(people, prior=own)


@lru_cache(maxsize=4)
def _shipped(wanted: tuple[str, ...]) -> tuple[tuple[Lexicon, ...], Matcher, Matcher]:
    """Return the same of lexicons that ship, kept since a notebook marks one article after another."""
    return _matchers(wanted)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Pause the cycle collector: a batch makes rows and no cycles, and each pass would visit every lexicon entry."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _outside(furniture: NDArray[np.bool_], batch: Batch, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions whose cue is no page furniture."""
    tokens = np.searchsorted(batch.end, [(one.cue or one.content)[0][0] for one in found], side="right")
    return [one for one, hidden in zip(found, furniture[tokens].tolist(), strict=True) if not hidden]


def article_columns(setting: Setting, layers: Sequence[str], scores: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of the table of articles."""
    return (
        "id", "outlet", "date", "title", "duplicate_of", *setting.extra.values(),
        "words", "words_own", "words_quoted", "words_reported", "sentences",
        *(f"{layer.replace('-', '_')}_{voice}" for layer in layers for voice in VOICES),
        "furniture", "attributions", *scores,
    )  # fmt: skip


def _texts(articles: Sequence[Article]) -> bytes:
    """Return the texts as one member of a gzip file, so that a report can show the words behind a number."""
    lines = (json.dumps({"id": article.id, "text": article.text}) + "\n" for article in articles)
    return gzip.compress("".join(lines).encode("ascii"), compresslevel=1, mtime=0)


class _Rows:
    """Rows of the tables that count in an article's own text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.batch = reading.batch
        self.offset = reading.batch.offset.tolist()
        self.ids = [article.id for article in reading.batch.articles]
        self.first_sentence = reading.batch.first_sentence.tolist()

    def sentences(self, scores: Mapping[str, Sequence[Any]]) -> list[list[Any]]:
        """Return a row for each sentence."""
        batch, n = self.batch, len(self.batch.first)
        counted = batch.is_word & ~self.reading.furniture
        voice = self.reading.voices.voice
        by_voice = (
            np.bincount(batch.sentence * 3 + voice, weights=counted, minlength=3 * n).astype(np.int64).reshape(n, 3)
        )
        words = by_voice.sum(axis=1).tolist()
        # that of most words; of two with as many, the outlet's own first
        voices = [VOICES[number] for number in by_voice.argmax(axis=1).tolist()]
        nothing: Sequence[Any] = [None] * n
        bias, uncertain = (scores.get(name, nothing) for name in ("bias", "uncertain"))
        further = [scores[name] for name in scores if name not in SENTENCES]
        starts, ends = batch.start[batch.first].tolist(), batch.end[batch.last - 1].tolist()
        rows = []
        for number, article in enumerate(batch.sentence_article.tolist()):
            offset = self.offset[article]
            local = number - self.first_sentence[article]
            place = starts[number] - offset, ends[number] - offset
            rows.append(
                [
                    self.ids[article],
                    local,
                    *place,
                    words[number],
                    bias[number],
                    uncertain[number],
                    voices[number],
                    *(column[number] for column in further),
                ]
            )
        return rows

    def findings(self, marks: Sequence[Marks], furniture: Marks) -> Rows:
        """Return a row for each marked place, in the order of the text."""
        return finding_rows(self.reading, marks, furniture)

    def attributions(self) -> Rows:
        """Return a row for each attribution, numbered within its article."""
        return attribution_rows(self.reading)
