"""Hold lexicons against words that readers marked: what hits rightly, what wrongly, what never, and what is missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing.classify._coverage_data import WORD, Annotated, AnnotatedCorpus
from framing.classify._scoring import Score, estimate
from framing.errors import InputError, LexiconError
from framing.lexicon import LAYERS, Lexicon, Matcher, Matches, load, names
from framing.measures import available
from framing.measures.attribution import CUES, VOICES, attributions_of, voices_of
from framing.text import Batch, Vocabulary, read

Counts = NDArray[np.float64]
_BATCH = 200
_UNREADABLE = "furniture"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to read on: an article and an offset into its text."""

    record: str
    offset: int

    def __str__(self) -> str:
        return f"{self.record}@{self.offset}"


@dataclass(frozen=True, slots=True)
class EntryCoverage:
    """What an entry hit.

    Attributes
    ----------
    lexicon, entry, form : str
    hits, right : int
        A hit is right if readers marked one of its words.
    own_hits, own_right : int
        The same in the outlet's own voice.
    outlets : int
        In how many outlets it hit; 0 if the data has none.
    first_right, first_wrong : Place or None
    """

    lexicon: str
    entry: str
    form: str
    hits: int = 0
    right: int = 0
    own_hits: int = 0
    own_right: int = 0
    outlets: int = 0
    first_right: Place | None = None
    first_wrong: Place | None = None

    @property
    def wrong(self) -> int:
        """Hits of which readers marked no word."""
        return self.hits - self.right


@dataclass(frozen=True, slots=True)
class Missed:
    """A word that readers marked and no entry hit.

    Attributes
    ----------
    word : str
        Lower-cased.
    missed : int
        How often it was marked and not hit.
    annotated, occurrences : int
        How often it was marked at all, and how often it occurs.
    outlets : int
        In how many outlets it was missed; 0 if the data has none.
    first : Place
        Where it was missed first.
    """

    word: str
    missed: int
    annotated: int
    occurrences: int
    outlets: int
    first: Place

    @property
    def rate(self) -> float:
        """The share of its occurrences that readers marked."""
        return self.annotated / self.occurrences


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lexicons against annotated words.

    Attributes
    ----------
    data, column, bias : str
        File, column of the annotations, and which spans were counted (empty: all).
    lexicons : tuple of str
    records, rejected, marked : int
        Articles read, rows that could not be, and articles in which something is marked.
    words : int
    score : Score
        Of words: precision, recall and F1, with intervals from resampling articles.
    voices : dict of str to Score
        The same by voice: own, quoted, reported.
    by_lexicon : dict of str to Score
        The same for the hits of each lexicon alone; its recall is its share in that of all.
    entries : tuple of EntryCoverage
        Every entry, those with most hits first; without hits, in the order of the files.
    missed : tuple of Missed
        Most often missed first, then those that were marked at the highest rate; last those that were marked no
        oftener than the average word.
    """

    data: str
    column: str
    bias: str
    lexicons: tuple[str, ...]
    records: int
    rejected: int
    marked: int
    words: int
    score: Score
    voices: dict[str, Score]
    by_lexicon: dict[str, Score]
    entries: tuple[EntryCoverage, ...]
    missed: tuple[Missed, ...]


def evaluate_lexicons(
    names: Sequence[str | Path],
    data: str | Path,
    *,
    column: str | None = None,
    bias: str | None = None,
    seed: int = 0,
    strict: bool = False,
    **columns: str | None,
) -> Coverage:
    """Measure what lexicons find among annotated words, and what they miss.

    A word counts as found if it overlaps a hit, and as annotated if it is, lower-cased, among the listed words of its
    article, or overlaps an annotated span. What the outlet says itself is told from what it quotes or reports as in
    an analysis. Page furniture is read like any other text.

    Parameters
    ----------
    names : sequence of str or Path
        Names of lexicons, paths, or layers: ``loaded`` stands for all shipped lexicons of the layer.
    data : str or Path
        JSON Lines, CSV or TSV (each also .gz) with text and annotations.
    column : str, optional
        Column with a list of words, or of spans with start and end; ``biased_words`` or ``spans`` by default.
    bias : str, optional
        Count only spans whose ``bias`` is this.
    seed : int
        For resampling articles.
    strict : bool
        Stop at the first row that cannot be read.
    **columns
        ``id``, ``text``, ``outlet`` and ``encoding``, as for `framing.corpus.read_corpus`.

    Returns
    -------
    Coverage

    Raises
    ------
    LexiconError
        If there is no such lexicon, or it does not find words.
    InputError
        If the data cannot be read, has no such columns, no articles or no annotations.
    """
    lexicons = open_lexicons(names)
    corpus = AnnotatedCorpus(data, column=column, bias=bias, strict=strict, **columns)
    counter = _Counter(lexicons)
    for part in _batches(corpus, _BATCH):
        counter.count(part)
    table = np.array(counter.rows, dtype=np.float64).reshape(len(counter.rows), -1, 3)
    if not table[:, 0, 2].any():
        which = f" of bias {bias!r}" if bias else ""
        msg = f"{data}: nothing is marked: no word of the texts is among the annotations{which} in {corpus.column!r}"
        raise InputError(msg)
    scores = estimate(table, seed=seed)
    behind = 1 + len(VOICES)
    return Coverage(
        Path(data).name, corpus.column, bias or "", tuple(one.name for one in lexicons),
        len(table), corpus.rejected, int(np.count_nonzero(table[:, 0, 2])), counter.words, scores[0],
        dict(zip(VOICES, scores[1:behind], strict=True)),
        dict(zip((one.name for one in lexicons), scores[behind:], strict=True)),
        counter.entries(), counter.missed(),
    )  # fmt: skip


def open_lexicons(wanted: Sequence[str | Path]) -> list[Lexicon]:
    """Load lexicons by name, path or layer, in order of precedence and each once.

    Raises
    ------
    LexiconError
        If one is not there, or is page furniture, which is found by line and not by word.
    """
    found: dict[str, Lexicon] = {}
    for name in wanted:
        for one in _of_layer(str(name)) if str(name) in LAYERS and str(name) not in names() else [_load(name)]:
            found.setdefault(one.path, one)
    lexicons = list(found.values())
    for one in lexicons:
        if one.layer == _UNREADABLE:
            msg = f"{one.name}: patterns of page furniture mark lines, not words; allowed are lexicons of other layers"
            raise LexiconError(msg)
    called = [one.name for one in lexicons]
    twice = next((name for name in called if called.count(name) > 1), None)
    if twice is not None:
        msg = f"two lexicons are called {twice!r}; give one of the files another name"
        raise LexiconError(msg)
    return lexicons


def _load(name: str | Path) -> Lexicon:
    if str(name) in names() or Path(name).is_file():
        return load(name)
    layers = ", ".join(layer for layer in LAYERS if layer != _UNREADABLE)
    msg = f"no lexicon {str(name)!r}: neither a file, a layer ({layers}), nor one that `framing lexicon list` shows"
    raise LexiconError(msg)


def _of_layer(layer: str) -> list[Lexicon]:
    """Return the shipped lexicons of a layer, in the order in which a measure reads them."""
    ordered = [name for measure in available().values() for name in measure.lexicons]
    shipped = dict.fromkeys([*(name for name in ordered if name in names()), *names()])
    return [one for one in map(load, shipped) if one.layer == layer]


def _batches(records: Iterable[Annotated], size: int) -> Iterator[list[Annotated]]:
    iterator = iter(records)
    while part := list(islice(iterator, size)):
        yield part


@dataclass(slots=True)
class _Tally:
    """What is counted of an entry or of a missed word."""

    hits: int = 0
    right: int = 0
    own_hits: int = 0
    own_right: int = 0
    outlets: set[str] = field(default_factory=set)
    first: dict[bool, Place] = field(default_factory=dict)


class _Counter:
    """Counts over batches of annotated articles.

    `rows` has for each article right, found and annotated words: of all, by voice, and by lexicon.
    """

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self._lexicons = list(lexicons)
        self._matcher = Matcher(lexicons)
        self._cues = Matcher([load(name) for name in (*CUES, "titles")])
        self._people = Matcher([load("titles")])
        self._vocabulary = Vocabulary()
        number = {one.name: place for place, one in enumerate(lexicons)}
        self._lexicon_of = np.array([number[entry.lexicon] for entry in self._matcher.entries], dtype=np.int64)
        self._tallies: dict[int, _Tally] = defaultdict(_Tally)
        self._missed: dict[str, _Tally] = defaultdict(_Tally)
        self._occurrences: Counter[str] = Counter()
        self._annotated: Counter[str] = Counter()
        self.rows: list[list[float]] = []
        self.words = 0

    def count(self, records: Sequence[Annotated]) -> None:
        """Count a batch."""
        batch = read([one.article for one in records], self._vocabulary)
        attributions, _ = attributions_of(batch, self._cues.find(batch), self._people)
        voices = voices_of(batch, attributions).voice
        words = _Words(batch, records)
        matches = self._matcher.find(batch)
        # a spelling that the package reads as no token (a lone mark) has the voice of the token behind it
        token = np.minimum(np.searchsorted(batch.end, words.start, side="right"), max(len(batch) - 1, 0))
        voice = voices[token] if len(batch) else np.zeros(len(words.start), dtype=np.int8)
        low = np.searchsorted(words.end, batch.start[matches.first], side="right")
        high = np.searchsorted(words.start, batch.end[matches.last - 1])
        lexicon = self._lexicon_of[matches.entry]
        by_lexicon = [_covered(low[lexicon == n], high[lexicon == n], words) for n in range(len(self._lexicons))]
        found = np.logical_or.reduce(by_lexicon)
        everywhere = np.ones(len(found), dtype=np.bool_)
        groups = [(found, everywhere), *((found, voice == n) for n in range(len(VOICES)))]
        groups += [(one, everywhere) for one in by_lexicon]
        self.rows += _sums(groups, words, len(records)).tolist()
        self.words += len(found)
        self._count_entries(batch, matches, words, voice, low.tolist(), high.tolist())
        self._count_words(batch, words, found)

    def _count_entries(
        self, batch: Batch, matches: Matches, words: _Words, voice: NDArray[np.int8], low: list[int], high: list[int]
    ) -> None:
        places, number = batch.start[matches.first].tolist(), batch.article[matches.first].tolist()
        marked = np.concatenate([[0], np.cumsum(words.marked)]).tolist()
        for place, owner, entry, first, last in zip(
            places, number, matches.entry.tolist(), low, high, strict=True
        ):  # fmt: skip
            is_right = marked[last] > marked[first]
            tally, article = self._tallies[entry], batch.articles[owner]
            tally.hits += 1
            tally.right += is_right
            if first < len(voice) and voice[first] == 0:
                tally.own_hits += 1
                tally.own_right += is_right
            tally.outlets.add(article.outlet)
            tally.first.setdefault(is_right, Place(article.id, place - int(batch.offset[owner])))

    def _count_words(self, batch: Batch, words: _Words, found: NDArray[np.bool_]) -> None:
        self._occurrences.update(words.folded)
        for number in np.flatnonzero(words.marked).tolist():
            word = words.folded[number]
            self._annotated[word] += 1
            if found[number]:
                continue
            owner = int(words.article[number])
            tally, article = self._missed[word], batch.articles[owner]
            tally.hits += 1
            tally.outlets.add(article.outlet)
            tally.first.setdefault(True, Place(article.id, int(words.start[number] - batch.offset[owner])))

    def entries(self) -> tuple[EntryCoverage, ...]:
        """Return what every entry hit."""
        rows = []
        for number, entry in enumerate(self._matcher.entries):
            one = self._tallies[number]
            counted = one.hits, one.right, one.own_hits, one.own_right, len(one.outlets - {""})
            rows.append(
                EntryCoverage(entry.lexicon, entry.id, entry.form, *counted, one.first.get(True), one.first.get(False))
            )
        return tuple(sorted(rows, key=lambda row: -row.hits))

    def missed(self) -> tuple[Missed, ...]:
        """Return what was marked and not hit."""
        usual = self._annotated.total() / max(self.words, 1)
        rows = [
            Missed(
                word, one.hits, self._annotated[word], self._occurrences[word], len(one.outlets - {""}), one.first[True]
            )
            for word, one in self._missed.items()
        ]  # fmt: skip
        # marked no oftener than any word: a small word inside marked phrases
        return tuple(sorted(rows, key=lambda row: (row.rate <= usual, -row.missed, -row.rate, row.word)))


class _Words:
    """The words of a batch as columns: place, article, spelling, and whether readers marked them."""

    def __init__(self, batch: Batch, records: Sequence[Annotated]) -> None:
        spans = [match.span() for match in WORD.finditer(batch.text)]
        self.start, self.end = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        self.article = np.searchsorted(batch.offset, self.start, side="right") - 1
        self.folded = [batch.text[start:end].lower() for start, end in spans]
        listed = [records[owner].words for owner in self.article.tolist()]
        self.marked = np.array([word in one for word, one in zip(self.folded, listed, strict=True)], dtype=np.bool_)
        for record, offset in zip(records, batch.offset.tolist(), strict=True):
            for start, end in record.spans:
                low = np.searchsorted(self.end, start + offset, side="right")
                self.marked[low : np.searchsorted(self.start, end + offset)] = True


def _covered(low: NDArray[np.int64], high: NDArray[np.int64], words: _Words) -> NDArray[np.bool_]:
    """Tell of each word whether it lies in one of some runs."""
    steps = np.zeros(len(words.start) + 1, dtype=np.int64)
    np.add.at(steps, low, 1)
    np.add.at(steps, high, -1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def _sums(groups: Sequence[tuple[NDArray[np.bool_], NDArray[np.bool_]]], words: _Words, articles: int) -> Counts:
    """Return right, found and annotated words by article for each group of (found, which words count)."""
    columns = [
        np.bincount(words.article, weights=flags & where, minlength=articles)
        for found, where in groups
        for flags in (found & words.marked, found, words.marked)
    ]
    return np.stack(columns, axis=1)
