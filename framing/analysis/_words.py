"""How often each word stands in each article and voice, on disk and as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing.measures import Reading
from framing.text import base
from framing.text._letters import letters_of

FOLDER = "words"


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Word counts of a corpus as compressed sparse rows, in the order of the table of articles.

    Attributes
    ----------
    vocabulary : list of str
        Lower-cased words, without a possessive 's.
    indptr : ndarray of int64, shape (articles + 1,)
    word : ndarray of int32, shape (entries,)
        Number of the word in `vocabulary`.
    counts : ndarray of uint16, shape (entries, 3)
        How often it stands in the own, the quoted and the reported voice.
    """

    vocabulary: list[str]
    indptr: NDArray[np.int64]
    word: NDArray[np.int32]
    counts: NDArray[np.uint16]

    @classmethod
    def open(cls, folder: Path) -> WordCounts:
        """Open the counts that lie beside the tables; arrays stay on disk."""
        place = folder / FOLDER
        vocabulary = (place / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
        indptr = np.fromfile(place / "indptr.i64", dtype="<i8")
        entries = int(indptr[-1])
        if not entries:
            return cls(vocabulary, indptr, np.empty(0, dtype=np.int32), np.empty((0, 3), dtype=np.uint16))
        word = np.memmap(place / "word.i32", dtype="<i4", mode="r", shape=(entries,))
        counts = np.memmap(place / "counts.u16", dtype="<u2", mode="r", shape=(entries, 3))
        return cls(vocabulary, indptr, word, counts)


@dataclass(frozen=True, slots=True)
class BatchWords:
    """Word counts of one batch: its own list of words, and rows as in `WordCounts`."""

    words: list[str]
    lengths: NDArray[np.int64]
    word: NDArray[np.int32]
    counts: NDArray[np.uint16]


def count_words(reading: Reading) -> BatchWords:
    """Count the words of a batch by article and voice; page furniture is left out."""
    batch = reading.batch
    counted = batch.is_word & ~reading.furniture
    types = batch.type[counted].astype(np.int64)
    bases = batch.vocabulary.column("base", _bases)
    seen = np.full(len(batch.vocabulary), len(types), dtype=np.int64)
    seen[types[::-1]] = np.arange(len(types))[::-1]
    present = np.flatnonzero(seen < len(types))
    present = present[np.argsort(seen[present])]  # in the order of the text: each process numbers types differently
    number = np.zeros(len(seen), dtype=np.int64)
    spelled = bases[present].tolist()
    words = list(dict.fromkeys(spelled))
    numbers = dict(zip(words, range(len(words)), strict=True))
    number[present] = list(map(numbers.__getitem__, spelled))
    size = max(1, len(words))
    key = batch.article[counted].astype(np.int64) * size + number[types]
    # sorted with the voice in the last place, so that no order has to be kept: a plain sort is much the quickest
    voiced = np.sort(key * 3 + reading.voices.voice[counted])
    key = voiced // 3
    begins = np.ones(len(key), dtype=np.bool_)
    begins[1:] = key[1:] != key[:-1]
    cells = key[begins]
    flat = np.bincount((np.cumsum(begins) - 1) * 3 + voiced % 3, minlength=len(cells) * 3).reshape(-1, 3)
    lengths = np.bincount(cells // size, minlength=len(batch.articles)).astype(np.int64)
    return BatchWords(words, lengths, (cells % size).astype(np.int32), np.minimum(flat, 0xFFFF).astype(np.uint16))


def _bases(folded: Sequence[str]) -> NDArray[np.object_]:
    """Return each folded spelling without a possessive ending, as text; shape (len(folded),)."""
    found = np.empty(len(folded), dtype=np.object_)
    found[:] = folded
    letters = letters_of(folded)
    for place in np.flatnonzero(letters.ends_in("'s") | ~letters.plain).tolist():
        found[place] = base(folded[place])
    return found


class WordWriter:
    """Writes word counts batch by batch; words are numbered in the order in which they come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._folder.mkdir(exist_ok=True)
        self._numbers: dict[str, int] = {}
        self._entries = 0
        self._indptr = (self._folder / "indptr.i64").open("wb")
        self._word = (self._folder / "word.i32").open("wb")
        self._counts = (self._folder / "counts.u16").open("wb")
        self._indptr.write(np.zeros(1, dtype="<i8").tobytes())

    def write(self, batch: BatchWords) -> None:
        """Append the counts of a batch."""
        known = self._numbers
        globally = np.array([known.setdefault(word, len(known)) for word in batch.words], dtype="<i4")
        self._indptr.write((np.cumsum(batch.lengths) + self._entries).astype("<i8").tobytes())
        self._entries += int(batch.lengths.sum())
        if len(batch.word):
            self._word.write(globally[batch.word].tobytes())
            self._counts.write(batch.counts.astype("<u2").tobytes())

    def close(self) -> None:
        """Finish the files."""
        for file in (self._indptr, self._word, self._counts):
            file.close()
        lines = "".join(f"{word}\n" for word in self._numbers)
        (self._folder / "vocabulary.txt").write_text(lines, encoding="utf-8", errors="replace", newline="\n")
