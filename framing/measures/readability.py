"""Readability: eight formulas, with textstat's word list and hyphenation, offline.

textstat's own functions look each word up in NLTK's cmudict corpus, which they download if it is not there, so that
the same text scores differently on two machines. They also split sentences at every full stop and drop those of one
or two words. Here the sentences are the package's, and syllables are counted in this order:

1. dotted initials (`U.S.`, `a.m.`): the names of their letters;
2. the project's own pronouncing file, `lexicons/en/pronouncing/cmudict`: frequent words that hyphenation miscounts;
3. textstat's hyphenation (pyphen, American English): one more than the places where the word may be broken.

Nothing is looked up in the user's `nltk_data`, NLTK's search path stays as it is, and no socket is opened. Since a
spelling's facts are worked out once, this costs a small part of what textstat's own functions cost; on a text in which
both find the same words and sentences, and with the same pronouncing file, the figures are textstat's (a test says so).

What is counted:

sentence
    A given string with at least one word.
word
    A run of letters or digits. Contractions (`don't`), numbers (`3,800`) and dotted initials (`U.S.`) are one word.
    The parts of a hyphenated compound are words of their own: joined up, `ten-day` would be a difficult word.
syllable
    As above; a number in digits has one.
letter
    A letter or digit.
character
    Any character but white space, punctuation included.
difficult word
    A word that textstat's list of easy words (after Dale and Chall) lacks. Names are difficult, as in textstat.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from framing import _data
from framing.errors import LexiconError
from framing.measures._base import Measure, Reading

COLUMNS = (
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "gunning_fog",
    "smog_index",
    "coleman_liau_index",
    "automated_readability_index",
    "dale_chall",
    "difficult_words",
)

_LANGUAGE = "en_US"
_PRONOUNCING = ("en", "pronouncing", "cmudict")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*[^\W_]*|[^\W_]+(?:'[^\W_]+)*")
_CACHED_SPELLINGS = 65_536


class _Spelling(NamedTuple):
    letters: int
    syllables: int
    easy: bool


@dataclass(frozen=True, slots=True)
class _Totals:
    """What the formulas are functions of, for one text."""

    sentences: int
    words: int
    characters: int
    letters: int
    syllables: int
    polysyllables: int  # words of three syllables or more
    complex: int  # polysyllables that are not easy
    unfamiliar: int  # words that are not easy
    difficult: int  # distinct words of two syllables or more that are not easy

    @property
    def sentence_length(self) -> float:
        return self.words / self.sentences

    @property
    def word_length(self) -> float:
        """Syllables a word."""
        return self.syllables / self.words


def readability(sentences: Sequence[str]) -> dict[str, float]:
    """Score a text by eight readability formulas.

    Parameters
    ----------
    sentences : sequence of str
        The sentences of one text, in any order. Those without a word do not count.

    Returns
    -------
    dict of str to float
        One value for each name in `COLUMNS`, all NaN if there is no word. Flesch reading ease falls with difficulty
        (100 easy, 0 hard); `difficult_words` is a count of distinct words and grows with the text; `dale_chall` is a
        score from about 4 to 10; the other five are years of schooling in the United States.

    Raises
    ------
    LexiconError
        If the pronouncing file is broken.

    Notes
    -----
    Sources of the formulas: reading ease, Flesch 1948; grade, Kincaid, Fishburne, Rogers and Chissom 1975; fog,
    Gunning 1952; SMOG, McLaughlin 1969; Coleman and Liau 1975; automated readability index, Smith and Senter 1967;
    Dale and Chall 1948. The constants and the list of easy words are textstat's. SMOG was made for thirty sentences
    and more; with fewer it is rough.
    """
    totals = _count(sentences)
    if not totals.words:
        return dict.fromkeys(COLUMNS, math.nan)
    return {
        "flesch_reading_ease": _flesch_reading_ease(totals),
        "flesch_kincaid_grade": _flesch_kincaid_grade(totals),
        "gunning_fog": _gunning_fog(totals),
        "smog_index": _smog_index(totals),
        "coleman_liau_index": _coleman_liau_index(totals),
        "automated_readability_index": _automated_readability_index(totals),
        "dale_chall": _dale_chall(totals),
        "difficult_words": float(totals.difficult),
    }


def _flesch_reading_ease(totals: _Totals) -> float:
    return 206.835 - 1.015 * totals.sentence_length - 84.6 * totals.word_length


def _flesch_kincaid_grade(totals: _Totals) -> float:
    return 0.39 * totals.sentence_length + 11.8 * totals.word_length - 15.59


def _gunning_fog(totals: _Totals) -> float:
    return 0.4 * (totals.sentence_length + 100 * totals.complex / totals.words)


def _smog_index(totals: _Totals) -> float:
    return 1.043 * math.sqrt(30 * totals.polysyllables / totals.sentences) + 3.1291


def _coleman_liau_index(totals: _Totals) -> float:
    letters, sentences = 100 * totals.letters / totals.words, 100 * totals.sentences / totals.words
    return 0.058 * letters - 0.296 * sentences - 15.8


def _automated_readability_index(totals: _Totals) -> float:
    return 4.71 * totals.characters / totals.words + 0.5 * totals.sentence_length - 21.43


def _dale_chall(totals: _Totals) -> float:
    percent = 100 * totals.unfamiliar / totals.words
    score = 0.1579 * percent + 0.0496 * totals.sentence_length
    return score + 3.6365 if percent > 5 else score


def _count(sentences: Sequence[str]) -> _Totals:
    counts: Counter[str] = Counter()
    n_sentences = characters = 0
    for sentence in sentences:
        words = _WORD.findall(sentence.lower().replace("’", "'"))
        if words:
            counts.update(words)
            n_sentences += 1
            characters += len("".join(sentence.split()))
    letters = syllables = polysyllables = complex_words = unfamiliar = difficult = 0
    for word, n in counts.items():
        spelling = _spelling(word)
        letters += n * spelling.letters
        syllables += n * spelling.syllables
        if spelling.syllables >= 3:
            polysyllables += n
        if not spelling.easy:
            unfamiliar += n
            complex_words += n * (spelling.syllables >= 3)
            difficult += spelling.syllables >= 2
    return _Totals(
        sentences=n_sentences,
        words=counts.total(),
        characters=characters,
        letters=letters,
        syllables=syllables,
        polysyllables=polysyllables,
        complex=complex_words,
        unfamiliar=unfamiliar,
        difficult=difficult,
    )


@lru_cache(maxsize=_CACHED_SPELLINGS)
def _spelling(word: str) -> _Spelling:
    """Return what the formulas ask of a lower-case word."""
    bare = word.replace(".", "").replace(",", "").replace(":", "")
    return _Spelling(
        len(bare.replace("'", "")), _syllables(word, bare), bare in _textstat().get_lang_easy_words(_LANGUAGE)
    )


@cache
def _textstat() -> ModuleType:
    """Return textstat's tables; it imports NLTK, which takes seconds, and not every run asks for readability."""
    return import_module("textstat.backend.utils")


def _syllables(word: str, bare: str) -> int:
    if word[-1] == ".":
        # W is the one letter whose name has more than one syllable
        return len(bare) + 2 * bare.count("w")
    listed = _pronouncing().get(bare)
    return listed if listed is not None else len(_textstat().get_pyphen(_LANGUAGE).positions(bare)) + 1


@cache
def _pronouncing() -> dict[str, int]:
    """Return the syllables of each word of the pronouncing file."""
    text = _data.lexicons().joinpath(*_PRONOUNCING).read_text(encoding="utf-8")
    return parse_pronouncing(text, name="/".join(_PRONOUNCING))


def parse_pronouncing(text: str, *, name: str) -> dict[str, int]:
    """Read a pronouncing file as syllables by word.

    Parameters
    ----------
    text : str
        Lines of word, number of the variant and phonemes, as in the file that NLTK's `CMUDictCorpusReader` reads:
        ``ABLE 1 EY1 B AH0 L``. A vowel ends in its stress (0, 1, 2); each vowel is a syllable.
    name : str
        What errors call the file.

    Returns
    -------
    dict of str to int
        Syllables by lower-case word; the first variant counts, as in textstat.

    Raises
    ------
    LexiconError
        If a line has no vowel or no variant number.
    """
    syllables: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        fields = line.split()
        if not fields:
            continue
        vowels = sum(phoneme[-1] in "012" for phoneme in fields[2:])
        if not vowels or not fields[1].isdigit():
            msg = f"{name}:{number}: found {line!r}; a line is WORD NUMBER PHONEMES, with at least one vowel (AH0)"
            raise LexiconError(msg)
        syllables.setdefault(fields[0].lower(), vowels)
    return syllables


class Readability(Measure):
    """Scores each article by eight formulas; see `readability`."""

    name = "readability"
    columns = COLUMNS

    def score(self, reading: Reading) -> Mapping[str, Sequence[Any]]:
        """Return the scores for each article; page furniture is left out."""
        batch = reading.batch
        rows: list[dict[str, float]] = []
        furnished = np.logical_or.reduceat(reading.furniture, batch.first) if len(batch) else np.empty(0, dtype=bool)
        for low, high in zip(batch.first_sentence[:-1].tolist(), batch.first_sentence[1:].tolist(), strict=True):
            sentences = [
                batch.string(int(batch.first[number]), int(batch.last[number]))
                for number in range(low, high)
                if not furnished[number]
            ]
            rows.append(readability(sentences))
        return {column: [row[column] for row in rows] for column in COLUMNS}
