"""The words of all articles as numbers, without page furniture, read in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.errors import OptionError
from framing.events._agencies import agency_called, agency_of
from framing.events._dates import days_of

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Kind = TypeVar("Kind", np.int32, np.bool_)
Spans = Mapping[str, Sequence[tuple[int, int]]]

# words, with what holds their parts together, and the marks that quotations and paragraphs are told by
_TOKEN = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|[“”\"\n]")
_FOLD = str.maketrans({"’": "'", "‘": "'", "‑": "-", "„": "“", "«": "“", "»": "”", "\u00ad": None})
_MARKS = ("\n", "“", "”", '"')
_BREAK, _OPEN, _CLOSE, _STRAIGHT = range(len(_MARKS))
_AUTHORS = ("authors", "author", "byline")


class AnalysisLike(Protocol):
    """What is asked of an analysis: two tables and the texts."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article."""

    @property
    def findings(self) -> pd.DataFrame:
        """One row a marked place."""

    def text(self, article_id: str) -> str:
        """Return the text of an article."""


class Spellings(dict[str, int]):
    """Numbers words as they come; F.B.I. is FBI, and the possessive is left off."""

    def __init__(self) -> None:
        super().__init__((mark, number) for number, mark in enumerate(_MARKS))
        self.words = list(_MARKS)

    def __missing__(self, word: str) -> int:
        plain = word[:-2] if word.endswith("'s") else word
        if "." in plain and not any(char.isdigit() for char in plain):
            plain = plain.replace(".", "")
        if plain and plain != word:
            number = self[plain]
        else:
            number = len(self.words)
            self.words.append(word)
        self[word] = number
        return number

    def numbers(self, text: str) -> NDArray[np.int32]:
        """Return the words and marks of a text as numbers."""
        plain = (text if text.isascii() else text.translate(_FOLD)).lower()
        return np.array([*map(self.__getitem__, _TOKEN.findall(plain))], dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Texts:
    """All articles, as numbers of words; N articles.

    Attributes
    ----------
    ids : list of str
    titles : list of str
    groups : ndarray of int, shape (N,)
        Which value of the column (outlet, as a rule) each article has.
    outlet : ndarray of int, shape (N,)
        Which outlet each article has, as a number.
    day : ndarray of int, shape (N,)
        Days from 1 January 1970, or `NO_DATE`.
    agency : list of str
        Who signs it.
    agencys : ndarray of bool, shape (N,)
        Whether it is an agency's: signed by one, or the outlet is one.
    is_agency : ndarray of bool, shape (N,)
        Whether the outlet is an agency.
    words : list of str
        The spellings; a word's number is its place.
    word, quoted : ndarray
        Words of all bodies, one after another, and whether they stand in quotation marks.
    start : ndarray of int, shape (N + 1,)
        Where each article's words begin.
    title_word, title_start : ndarray
        The same of the titles.
    """

    ids: list[str]
    titles: list[str]
    groups: Ints
    outlet: Ints
    day: Ints
    agency: list[str]
    agencys: Flags
    is_agency: Flags
    words: list[str]
    word: NDArray[np.int32]
    quoted: Flags
    start: Ints
    title_word: NDArray[np.int32]
    title_start: Ints

    @property
    def length(self) -> Ints:
        """Words of each body."""
        return np.diff(self.start)


def column_of(articles: pd.DataFrame, name: str) -> list[str]:
    """Return a column as text, empty where it is missing."""
    if name not in articles.columns:
        return [""] * len(articles)
    return articles[name].astype(object).where(articles[name].notna(), "").astype(str).tolist()


def words_of(articles: pd.DataFrame, texts: Texts) -> Ints:
    """Return how many words the analysis counted in each article."""
    if "words" not in articles.columns:
        return texts.length
    counted = pd.to_numeric(articles["words"], errors="coerce").fillna(0)
    found: Ints = counted.to_numpy(dtype=np.float64).astype(np.int64)
    return found


def read_texts(analysis: AnalysisLike, column: str) -> Texts:
    """Read titles, texts, dates and signatures of an analysis.

    Raises
    ------
    OptionError
        If there is no such column.
    """
    articles = analysis.articles
    if column not in articles.columns:
        msg = f"column {column!r} is not in the articles table; allowed: {', '.join(map(str, articles.columns))}"
        raise OptionError(msg)
    ids, titles, outlets = (column_of(articles, name) for name in ("id", "title", "outlet"))
    authors = column_of(articles, next((name for name in _AUTHORS if name in articles.columns), ""))
    furniture = _furniture(analysis.findings)
    spellings = Spellings()
    bodies, quoted, agency = [], [], []
    for article, author, outlet in zip(ids, authors, outlets, strict=True):
        try:
            text = analysis.text(article)
        except KeyError:
            text = ""
        agency.append(agency_of(text, authors=author, outlet=outlet))
        word, inside = _words_and_quotes(spellings.numbers(_without(text, furniture.get(article, ()))))
        bodies.append(word)
        quoted.append(inside)
    heads = [numbers[numbers >= len(_MARKS)] for numbers in map(spellings.numbers, titles)]
    is_agency = np.array([bool(agency_called(outlet)) for outlet in outlets], dtype=np.bool_)
    return Texts(
        ids=ids,
        titles=titles,
        groups=_numbered(column_of(articles, column)),
        outlet=_numbered(outlets),
        day=days_of(articles),
        agency=agency,
        agencys=is_agency | np.array([bool(name) for name in agency], dtype=np.bool_),
        is_agency=is_agency,
        words=spellings.words,
        word=_joined(bodies, np.int32),
        quoted=_joined(quoted, np.bool_),
        start=_starts(bodies),
        title_word=_joined(heads, np.int32),
        title_start=_starts(heads),
    )


def _numbered(values: list[str]) -> Ints:
    number = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([number[value] for value in values], dtype=np.int64)


def _joined(parts: Sequence[NDArray[Any]], kind: type[Kind]) -> NDArray[Kind]:
    # an empty one in front, for an analysis of no article
    return np.concatenate([np.zeros(0, dtype=kind), *parts]).astype(kind, copy=False)


def _starts(parts: Sequence[NDArray[Any]]) -> Ints:
    return np.cumsum([0, *map(len, parts)], dtype=np.int64)


def _furniture(findings: pd.DataFrame) -> Spans:
    """Return the spans of page furniture of each article, in order."""
    if "layer" not in findings.columns:
        return {}
    rows = findings.loc[findings["layer"] == "furniture", ["article_id", "start", "end"]]
    spans: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in sorted(
        zip(rows["article_id"].astype(str), rows["start"].astype(int), rows["end"].astype(int), strict=True)
    ):
        spans.setdefault(article, []).append((start, end))
    return spans


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, place = [], 0
    for start, end in spans:
        kept.append(text[place:start])
        place = max(place, end)
    return "\n".join([*kept, text[place:]]) if kept else text


def _words_and_quotes(numbers: NDArray[np.int32]) -> tuple[NDArray[np.int32], Flags]:
    """Take marks and words apart: a quotation lasts to its closing mark, or to the end of the paragraph."""
    marks = np.flatnonzero(numbers < len(_MARKS))
    change = np.zeros(len(numbers) + 1, dtype=np.int8)
    opened = -1
    for place, mark in zip(marks.tolist(), numbers[marks].tolist(), strict=True):
        if opened < 0:
            opened = place if mark in (_OPEN, _STRAIGHT) else -1
        elif mark != _OPEN:
            change[opened] += 1
            change[place] -= 1
            # the mark that closes one quotation opens none
            opened = -1
    if opened >= 0:
        change[opened] += 1
        change[-1] -= 1
    inside = np.cumsum(change[:-1]) > 0
    is_word = numbers >= len(_MARKS)
    return numbers[is_word], inside[is_word]
