"""One pass over a corpus before the work begins: how much, what is repeated, which lines are furniture."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from framing.corpus._article import Article
from framing.corpus._corpus import Corpus
from framing.corpus._furniture import lines_of
from framing.corpus._row import Reject
from framing.corpus._seen import Seen

_LONGEST = 1_000  # characters; a longer line is the article's, however often it stands there
_MOST_LINES = 500_000  # different lines counted at once, over all outlets
_FEWEST, _SHARE = 5, 0.02  # a label recurs in five articles and 2 % of its outlet's
_ANY_FEWEST, _ANY_SHARE = 20, 0.25  # a line of any kind
_LABEL_WORDS = 12

_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
# Words with which a sentence speaks of the page, the outlet or its author instead of the news.
_PAGE_WORDS = re.compile(
    r"(?i)copyright|©|all rights reserved|subscri|newsletter|sign(?:ing)? up\b|click (?:here|to|for)|inbox\b|https?://"
    r"|www\.|@\w|(?:^|\W)follow (?:us|him|her|them|(?:\S+ ){1,5}on (?:twitter|facebook|instagram|x))\b"
    r"|contribut(?:ed|ing) to th(?:is|e) (?:report|story|article|post)"
    r"|this (?:article|report|story) (?:was|is|has been|originally|first)|(?:read|see|watch) (?:more|also)\b"
    r"|support (?:our|\w+[’']s?) (?:\w+ )?journalism|advertisement|staff (?:writer|reporter)"
    r"|is (?:an?|the) (?:\w+[ -]){0,6}?(?:reporter|editor|editor-at-large|columnist|correspondent|contributor|fellow"
    r"|author|host|blogger)\b|submission guidelines|editor[’']s note|\bcontact (?:us|number)"
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over a corpus found.

    Attributes
    ----------
    articles : int
        Articles that could be read.
    rejected : int
        Rows that could not.
    characters : int
        Length of all texts together.
    outlets : mapping of str to int
        Articles of each outlet, in first-seen order.
    columns : tuple of str
        Further columns, in first-seen order.
    titled, dated : int
        Articles with a title, with a date.
    duplicates : mapping of str to str
        From the id of an article to that of the first with the same text (white space collapsed, case folded).
    recurring : mapping of str to frozenset of str
        For each outlet the lines that recur in so many different articles that they are furniture.
    """

    articles: int
    rejected: int
    characters: int
    outlets: Mapping[str, int]
    columns: tuple[str, ...]
    titled: int
    dated: int
    duplicates: Mapping[str, str]
    recurring: Mapping[str, frozenset[str]]


class _Ids:
    """The ids of articles by number, as bytes in one row: a list of strings would take three times the memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def append(self, id_: str) -> None:
        self._bytes += id_.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def __getitem__(self, number: int) -> str:
        """Return the id of article `number`, from 1."""
        part = self._bytes[self._ends[number - 1] : self._ends[number]]
        return part.decode("utf-8", "surrogatepass")


class LineCounter:
    """In how many articles of an outlet each line stands, with a bound on the lines kept.

    When the bound is reached, lines seen no more often than the number of times that this happened are forgotten
    (lossy counting: Manku and Motwani 2002). A line that recurs in 2 % of the articles outlives that.
    """

    def __init__(self, most: int = _MOST_LINES) -> None:
        self._most = most
        self._counts: dict[str, dict[bytes, int]] = {}
        self._kept: dict[str, dict[bytes, str]] = {}
        self._articles: dict[str, int] = {}
        self._size = 0
        self._rounds = 0

    def add(self, outlet: str, text: str) -> None:
        """Count each different line of one article once."""
        counts = self._counts.setdefault(outlet, {})
        kept = self._kept.setdefault(outlet, {})
        self._articles[outlet] = self._articles.get(outlet, 0) + 1
        before = len(counts)
        for line in {line for _, line in lines_of(text) if len(line) <= _LONGEST}:
            key = blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            count = counts.get(key, 0) + 1
            counts[key] = count
            if count == 2:
                kept[key] = line
        self._size += len(counts) - before
        if self._size > self._most:
            self._forget()

    def _forget(self) -> None:
        while self._size > self._most // 2:
            self._rounds += 1
            for outlet, counts in self._counts.items():
                self._counts[outlet] = {key: n for key, n in counts.items() if n > self._rounds}
                kept = self._kept[outlet]
                self._kept[outlet] = {key: kept[key] for key in self._counts[outlet] if key in kept}
            self._size = sum(map(len, self._counts.values()))

    def recurring(self) -> dict[str, frozenset[str]]:
        """Return for each outlet the lines that are furniture."""
        out = {}
        for outlet, kept in self._kept.items():
            counts, articles = self._counts[outlet], self._articles[outlet]
            lines = frozenset(line for key, line in kept.items() if is_furniture(line, counts[key], articles))
            if lines:
                out[outlet] = lines
        return out


def is_furniture(line: str, count: int, articles: int) -> bool:
    """Tell whether a line that stands in `count` of an outlet's `articles` belongs to the page and not to them.

    A sentence may recur and be the article's all the same ("He declined to comment.", or the paragraph of background
    that an agency repeats for months). It is furniture only if it speaks of the page (a newsletter, a follower, a
    copyright) or stands in a quarter of all articles. A label that is no sentence needs no such sign.
    """
    if count < max(_FEWEST, _SHARE * articles) or not any(char.isalpha() for char in line):
        return False
    if count >= max(_ANY_FEWEST, _ANY_SHARE * articles):
        return True
    is_label = not _SENTENCE_END.search(line) and len(line.split()) <= _LABEL_WORDS
    return is_label or _PAGE_WORDS.search(line) is not None


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def scan(corpus: Corpus) -> Scan:
    """Go through a corpus once; memory holds digests and counts, never texts.

    Raises
    ------
    InputError
        If the corpus cannot be read on.
    """
    seen, ids, counter = Seen(), _Ids(), LineCounter()
    outlets: dict[str, int] = {}
    duplicates: dict[str, str] = {}
    rejected = characters = titled = dated = 0
    for row in corpus.rows():
        if isinstance(row, Reject):
            rejected += 1
            continue
        outlets[row.outlet] = outlets.get(row.outlet, 0) + 1
        characters += len(row.text)
        titled += bool(row.title)
        dated += bool(row.date)
        _note(row, seen, ids, counter, duplicates)
    return Scan(
        articles=sum(outlets.values()),
        rejected=rejected,
        characters=characters,
        outlets=outlets,
        columns=corpus.columns,
        titled=titled,
        dated=dated,
        duplicates=duplicates,
        recurring=counter.recurring(),
    )


def _note(article: Article, seen: Seen, ids: _Ids, counter: LineCounter, duplicates: dict[str, str]) -> None:
    first = seen.add(_same(article.text))
    if first:
        duplicates[article.id] = ids[first]
    else:
        ids.append(article.id)
        counter.add(article.outlet, article.text)
