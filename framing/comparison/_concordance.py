"""Lines for telling words: where they stand, in the voice that was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.analysis import BatchReader
from framing.analysis import Setting as ReaderSetting
from framing.comparison._frame import VOICES, Floats, Ints, table, text_of
from framing.comparison._protocol import AnalysisLike, WordCountsLike
from framing.comparison._setting import Setting
from framing.corpus import RECURRING, Article
from framing.errors import FramingError
from framing.lexicon import names
from framing.measures import Reading
from framing.text import base

LINES = 3
WIDTH = 60
"""Lines for each word and group, and characters on each side of the word."""

_CANDIDATES = 60  # articles that are looked at for each word
_MOST_READ = 120  # articles that are read for each group
_AT_ONCE = 100
_SHORT = 150.0  # words: an article below this is hardly read faster
_LARGEST_COUNT = 0xFFFF

# an article's row, a word's place in the vocabulary
_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Line:
    """A word in its surroundings."""

    start: int
    end: int
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class _Held:
    """Which telling words the articles of one group hold: P pairs of an article and a word.

    Attributes
    ----------
    row, word : ndarray of int, shape (P,)
        Row of the article in `Setting.articles`, place of the word in the vocabulary.
    count : ndarray of int, shape (P,)
        How often, in the main voice.
    """

    row: Ints
    word: Ints
    count: Ints


def concordance_table(setting: Setting, analysis: AnalysisLike, keyness: pd.DataFrame) -> pd.DataFrame:
    """Show each word of `keyness` three times, in different articles and in the main voice.

    A few articles that hold many of the words are read again, chosen by the seed, and only lines of articles in which
    a word is found as often as it was counted are shown: where a text was not kept, or a lexicon of the analysis is
    not here any more, there are fewer.
    """
    shown = keyness[["group", "word"]].drop_duplicates()
    if shown.empty:
        return table("concordance")
    rng = np.random.default_rng(np.random.SeedSequence([setting.seed, 5]))
    held = _held(setting, analysis.words, shown)
    chosen = {group: _chosen(setting, pairs, rng) for group, pairs in held.items()}
    rows = np.unique(np.concatenate([*chosen.values(), np.zeros(0, dtype=np.int64)]))
    lines = _lines(setting, analysis, rows, held, rng)
    number = {str(word): place for place, word in enumerate(analysis.words.vocabulary)}
    found: dict[str, list[Any]] = {name: [] for name in ("group", "word", "article_id", *_Line.__slots__)}
    ids = text_of(setting.articles, "id").to_list()
    for group, word in zip(shown["group"], shown["word"], strict=True):
        places = [row for row in chosen[group].tolist() if (row, number[word]) in lines]
        for row in sorted(places[:LINES]):
            line = lines[row, number[word]]
            values = (group, word, ids[row], *(getattr(line, name) for name in _Line.__slots__))
            for name, value in zip(found, values, strict=True):
                found[name].append(value)
    return table("concordance", {**found, "voice": [setting.voice] * len(found["word"])})


def _held(setting: Setting, words: WordCountsLike, shown: pd.DataFrame) -> dict[str, _Held]:
    """Find the articles of each group that hold its words."""
    place = {str(word): number for number, word in enumerate(words.vocabulary)}
    wanted = shown["word"].map(place).to_numpy(dtype=np.int64)
    groups = pd.Index(setting.groups)
    telling = np.zeros((len(groups), len(place)), dtype=np.bool_)
    telling[groups.get_indexer(pd.Index(shown["group"])), wanted] = True
    row_of = np.full(len(words.indptr) - 1, -1, dtype=np.int64)
    row_of[setting.kept] = np.arange(setting.kept.size)
    entries = np.flatnonzero(np.asarray(telling.any(axis=0))[words.word])
    word = np.asarray(words.word[entries], dtype=np.int64)
    row = row_of[np.searchsorted(words.indptr, entries, side="right") - 1]
    counts = np.asarray(words.counts[entries], dtype=np.int64)
    voice = VOICES.index(setting.voice)
    count = counts.sum(axis=1) if voice == len(VOICES) - 1 else counts[:, voice]
    group = np.where(row >= 0, setting.group[row], -1)
    found = {}
    for name in dict.fromkeys(shown["group"]):
        number = groups.get_loc(name)
        inside = (group == number) & (count > 0) & telling[number][word]
        found[str(name)] = _Held(row[inside], word[inside], count[inside])
    return found


def _chosen(setting: Setting, held: _Held, rng: np.random.Generator) -> Ints:
    """Choose few and short articles that hold every word three times, in the order of the choice."""
    order = rng.permutation(held.row.size)
    turn = pd.Series(held.word[order]).groupby(held.word[order]).cumcount().to_numpy()
    order = order[turn < _CANDIDATES]
    rows, row = np.unique(held.row[order], return_inverse=True)
    words, word = np.unique(held.word[order], return_inverse=True)
    holds = np.zeros((rows.size, words.size), dtype=np.bool_)
    holds[row, word] = True
    cost: Floats = setting.words[rows, 3] + _SHORT
    cost *= rng.uniform(1.0, 1.5, rows.size)
    need = np.full(words.size, LINES)
    chosen: list[int] = []
    left = np.ones(rows.size, dtype=np.bool_)
    while len(chosen) < min(_MOST_READ, rows.size):
        gain = holds[:, need > 0].sum(axis=1) / cost * left
        best = int(np.argmax(gain))
        if gain[best] <= 0:
            break
        chosen.append(best)
        left[best] = False
        need -= holds[best]
    return rows[np.array(chosen, dtype=np.int64)]


def _lines(
    setting: Setting, analysis: AnalysisLike, rows: Ints, held: Mapping[str, _Held], rng: np.random.Generator
) -> dict[_Key, _Line]:
    """Read articles again and return a line for each of their words that was found as often as it was counted."""
    ids, outlets = (text_of(setting.articles, name).to_list() for name in ("id", "outlet"))
    expected: dict[_Key, int] = {}
    for pairs in held.values():
        read_again = np.isin(pairs.row, rows)
        keys = zip(pairs.row[read_again].tolist(), pairs.word[read_again].tolist(), strict=True)
        expected.update(zip(keys, pairs.count[read_again].tolist(), strict=True))
    place = {str(analysis.words.vocabulary[word]): word for _, word in expected}
    articles = []
    for row in rows.tolist():
        try:
            articles.append((row, Article(ids[row], analysis.text(ids[row]), outlet=outlets[row])))
        except KeyError:
            continue
    try:
        reader = _reader(setting, analysis.manifest) if articles else None
    except FramingError:
        return {}
    found: dict[_Key, _Line] = {}
    for begin in range(0, len(articles), _AT_ONCE):
        part = articles[begin : begin + _AT_ONCE]
        assert reader is not None
        reading = reader.read([article for _, article in part])
        tokens = _tokens(reading, VOICES.index(setting.voice), place)
        for number, word, places in tokens:
            key = part[number][0], word
            if expected.get(key) in (len(places), _LARGEST_COUNT):
                found[key] = _line(reading, number, int(rng.choice(places)))
    return found


def _reader(setting: Setting, manifest: Mapping[str, Any]) -> BatchReader:
    """Return a reader that tells voices and page furniture as the analysis did."""
    options: Mapping[str, Any] = manifest.get("options") or {}
    shipped = frozenset(names())
    lexicons, sides = (
        tuple(str(name) for name in options.get(key) or () if name in shipped) for key in ("lexicon", "sides")
    )
    furniture = setting.findings[(setting.findings["layer"] == "furniture") & (setting.findings["entry"] == RECURRING)]
    outlet = text_of(setting.articles, "outlet").to_numpy(dtype=object)[furniture["row"].to_numpy(dtype=np.int64)]
    recurring = {str(name): frozenset(lines) for name, lines in furniture["text"].groupby(outlet)}
    return BatchReader(ReaderSetting(measures=("attribution",), lexicons=lexicons, sides=sides, recurring=recurring))


def _tokens(reading: Reading, voice: int, place: Mapping[str, int]) -> Iterator[tuple[int, int, Sequence[int]]]:
    """Yield article, word and tokens of each word looked for, in one voice and outside page furniture."""
    batch = reading.batch
    types = np.unique(batch.type)
    word_of = np.full(len(batch.vocabulary), -1, dtype=np.int64)
    folded = batch.vocabulary.folded
    word_of[types] = [place.get(base(folded[one]), -1) for one in types.tolist()]
    word = word_of[batch.type]
    said = batch.is_word & ~reading.furniture & (word >= 0)
    if voice < len(VOICES) - 1:
        said &= reading.voices.voice == voice
    tokens = np.flatnonzero(said)
    if not tokens.size:
        return
    tokens = tokens[np.lexsort(np.stack([tokens, word[tokens], batch.article[tokens]]))]
    article, words = batch.article[tokens], word[tokens]
    begins = np.flatnonzero(np.diff(article, prepend=-1) | np.diff(words, prepend=-1))
    for low, high in zip(begins.tolist(), [*begins[1:].tolist(), tokens.size], strict=True):
        yield int(article[low]), int(words[low]), tokens[low:high].tolist()


def _line(reading: Reading, number: int, token: int) -> _Line:
    """Return a token with what stands around it, as far as page furniture or the article's end."""
    batch = reading.batch
    first, last = int(batch.first_token[number]), int(batch.first_token[number + 1])
    furniture = first + np.flatnonzero(reading.furniture[first:last])
    nearest = int(np.searchsorted(furniture, token))
    low = int(batch.end[furniture[nearest - 1]]) if nearest else int(batch.offset[number])
    high = int(batch.start[furniture[nearest]]) if nearest < furniture.size else int(batch.end[last - 1])
    start, end, offset = int(batch.start[token]), int(batch.end[token]), int(batch.offset[number])
    return _Line(
        start - offset,
        end - offset,
        _before(batch.text[max(low, start - 5 * WIDTH) : start]),
        batch.text[start:end],
        _after(batch.text[end : min(high, end + 5 * WIDTH)]),
    )


def _before(text: str) -> str:
    """Return the last sixty characters or so, from the beginning of a word; white space collapsed."""
    plain = re.sub(r"\s+", " ", text).lstrip()
    if len(plain) <= WIDTH:
        return plain
    cut = plain[-WIDTH - 1 :]
    return cut[cut.find(" ") + 1 :] if " " in cut.rstrip() else cut[1:]


def _after(text: str) -> str:
    """Return the first sixty characters or so, to the end of a word; white space collapsed."""
    plain = re.sub(r"\s+", " ", text).rstrip()
    if len(plain) <= WIDTH:
        return plain
    cut = plain[: WIDTH + 1]
    return cut[: cut.rfind(" ")] if " " in cut.lstrip() else cut[:-1]
