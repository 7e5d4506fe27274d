"""Articles as columns: the form in which everything to the right reads text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from framing.corpus import Article
from framing.text import _characters
from framing.text._paragraphs import paragraphs
from framing.text._quotations import Quotations, quotations
from framing.text._sentences import sentence_ends
from framing.text._tokens import tokenise
from framing.text._vocabulary import Vocabulary

Offsets = NDArray[np.int64]
_SEPARATOR = "\n"


@dataclass(frozen=True)
class Batch:
    """Some articles, read once and kept as columns; all offsets count in `text`, the articles joined.

    `offset[k]` is where article k begins, so `place - offset[k]` is an offset into that article's own text.

    Attributes
    ----------
    articles : sequence of Article
    text : str
        The articles' texts, joined by a line break.
    offset : ndarray of int64, shape (articles,)
    start, end : ndarray of int64, shape (tokens,)
        Tokens: words and marks.
    type : ndarray of int32, shape (tokens,)
        The token's spelling, as a number of `vocabulary`.
    is_word : ndarray of bool, shape (tokens,)
        False for punctuation marks.
    article, paragraph, sentence : ndarray of int32, shape (tokens,)
        What each token stands in, counted through the batch.
    quotation : ndarray of int32, shape (tokens,)
        The outermost quotation that each token stands in (its marks included), or -1.
    first, last : ndarray of int64, shape (sentences,)
        A sentence's first token, and the one behind its last.
    quotations : Quotations
    vocabulary : Vocabulary
    """

    articles: Sequence[Article]
    text: str
    offset: Offsets
    start: Offsets
    end: Offsets
    type: NDArray[np.int32]
    is_word: NDArray[np.bool_]
    article: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    sentence: NDArray[np.int32]
    quotation: NDArray[np.int32]
    first: Offsets
    last: Offsets
    quotations: Quotations
    vocabulary: Vocabulary

    def __len__(self) -> int:
        return len(self.type)

    @cached_property
    def sentence_article(self) -> NDArray[np.int32]:
        """The article of each sentence, shape (sentences,)."""
        return self.article[self.first]

    @cached_property
    def first_sentence(self) -> Offsets:
        """The number of each article's first sentence, shape (articles + 1,)."""
        return np.searchsorted(self.sentence_article, np.arange(len(self.articles) + 1)).astype(np.int64)

    @cached_property
    def first_token(self) -> Offsets:
        """The number of each article's first token, shape (articles + 1,)."""
        return np.searchsorted(self.article, np.arange(len(self.articles) + 1)).astype(np.int64)

    # rules look at single tokens, where an array would cost ten times as much: a list for what all of them read, views
    # of memory, which cost nothing to make, for what is looked up now and then

    @cached_property
    def folded(self) -> list[str]:
        """The folded spelling of each token."""
        folded: list[str] = self.vocabulary.column("folded", _as_column).take(self.type).tolist()
        return folded

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each token begins."""
        return self.start.data

    @cached_property
    def ends(self) -> Sequence[int]:
        """The place behind each token."""
        return self.end.data

    @cached_property
    def bounds(self) -> tuple[Sequence[int], Sequence[int]]:
        """For each token the first token of its sentence, and the one behind its last."""
        return self.first[self.sentence].data, self.last[self.sentence].data

    def words(self, first: int, last: int) -> list[str]:
        """Return the folded spellings of a run of tokens."""
        return self.folded[first:last]

    def string(self, first: int, last: int) -> str:
        """Return the text from one token to the one in front of `last`, as it was read."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def token_at(self, place: int) -> int:
        """Return the first token that ends behind a character offset."""
        return int(np.searchsorted(self.end, place, side="right"))


def read(articles: Sequence[Article], vocabulary: Vocabulary | None = None) -> Batch:
    """Turn articles into columns.

    Parameters
    ----------
    articles : sequence of Article
        A batch; some hundred articles make the columns long enough to pay.
    vocabulary : Vocabulary, optional
        The spellings known so far; a new one if none is given.

    Returns
    -------
    Batch
    """
    vocabulary = Vocabulary() if vocabulary is None else vocabulary
    text = _SEPARATOR.join([article.text for article in articles])
    lengths = np.array([len(article.text) for article in articles], dtype=np.int64)
    offset = np.concatenate([[0], np.cumsum(lengths + len(_SEPARATOR))])[: len(articles)].astype(np.int64)
    points = _characters.codes(text)
    kind = _characters.classes(points)
    start, end, is_word = tokenise(text, points, kind)
    types = vocabulary.number_tokens(text, points, start, end)
    paragraph_start, paragraph_end = paragraphs(text, kind, start, offset, offset + lengths)
    paragraph = _owner(paragraph_start, start)
    article = _owner(offset, start)
    ends = sentence_ends(start, end, types, vocabulary, paragraph)
    begins = np.concatenate([[True], ends[:-1]]) if len(ends) else ends
    owner = np.searchsorted(offset, paragraph_start, side="right") - 1
    found = quotations(text, points, kind, paragraph_start, paragraph_end, owner)
    return Batch(
        articles=articles,
        text=text,
        offset=offset,
        start=start,
        end=end,
        type=types,
        is_word=is_word,
        article=article,
        paragraph=paragraph,
        sentence=(np.cumsum(begins) - 1).astype(np.int32),
        quotation=_quotation_of(start, found),
        first=np.flatnonzero(begins),
        last=np.flatnonzero(ends) + 1,
        quotations=found,
        vocabulary=vocabulary,
    )


def _as_column(folded: Sequence[str]) -> NDArray[np.object_]:
    """Return strings as an array, shape (len(folded),): one gather from it is quicker than a list of look-ups."""
    column = np.empty(len(folded), dtype=np.object_)
    column[:] = folded
    return column


def _owner(begins: Offsets, start: Offsets) -> NDArray[np.int32]:
    """Return for each token the last piece that begins at or in front of it; pieces and tokens are in order."""
    first = np.searchsorted(start, begins)
    return np.repeat(np.arange(len(begins), dtype=np.int32), np.diff(first, append=len(start)))


def _quotation_of(start: Offsets, found: Quotations) -> NDArray[np.int32]:
    """Return the outermost quotation of each token, or -1."""
    outer = np.flatnonzero(found.depth == 0)
    quotation = np.full(len(start), -1, dtype=np.int32)
    first = np.searchsorted(start, found.start[outer]).tolist()
    last = np.searchsorted(start, found.end[outer]).tolist()
    for number, low, high in zip(outer.tolist(), first, last, strict=True):
        quotation[low:high] = number
    return quotation
