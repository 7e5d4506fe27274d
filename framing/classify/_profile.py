"""What a model was trained on, as far as a distance from it needs that: its words, and how much its parts differ."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing import _data
from framing.classify._store import packed, unpacked
from framing.errors import InputError, OptionError
from framing.measures.attribution.finder import WordClasses, open_classes
from framing.text import Batch, base

BLOCKS = 20  # of the jackknife
# texts and words below which the jackknife leaves most of the chance in
FEWEST_BLOCKS, FEWEST_MIXED = 5, 2000
# parts of a small or well mixed training set may differ less than this from each other by chance: a share of the mean
# share of unknown words, and bits
_LEAST_SD, _LEAST_MIX_SD = 0.1, 0.002
_LEVEL = 1  # of the clusters' three sizes: 256
_SIZES = 250 * 2 ** np.arange(12)  # words of the pieces that held-out parts are cut into
_FEWEST_PARTS, _MOST_PARTS = 5, 50
_RANDOM_PARTS, _SEED = 10, 0
_MOST_PIECES = 200  # of one part and size
_ARRAYS = ("words", "clusters", "sizes", "unknown", "mix", "farthest", "parts", "stamp")
_PREFIX = "profile "


@dataclass(frozen=True, eq=False)
class Profile:
    """The texts that a model was trained on, as far as a distance from them needs them.

    Attributes
    ----------
    words : sequence of str
        The words that occur in them at least once: folded, without a possessive 's, sorted.
    clusters : ndarray of int64, shape (clusters + 1,)
        How many words are in each word cluster; the first is for words in none.
    sizes : ndarray of int64, shape (sizes,)
        Words of the pieces that held-out parts were cut into; empty where there was too little for any.
    unknown : ndarray of float, shape (sizes, 3)
        Share of words that the rest lacks: mean over the pieces, standard deviation, highest.
    mix : ndarray of float, shape (sizes, 3)
        The same for the Jensen-Shannon divergence from the rest (bits, by the jackknife); NaN for pieces too small.
    farthest : ndarray of float, shape (sizes, 2)
        The highest score of a piece (see `Distance`): by its unknown words alone, and by both.
    parts : int
        How many parts were held out, each in its turn.
    """

    words: Sequence[str]
    clusters: NDArray[np.int64]
    sizes: NDArray[np.int64]
    unknown: NDArray[np.float64]
    mix: NDArray[np.float64]
    farthest: NDArray[np.float64]
    parts: int

    @cached_property
    def known(self) -> frozenset[str]:
        """The words, to look them up."""
        return frozenset(self.words)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the profile as columns of a model file; `from_arrays` reads them."""
        values: list[NDArray[Any]] = [
            packed(self.words), self.clusters, self.sizes, self.unknown, self.mix, self.farthest,
            np.array(self.parts), np.array(_stamp(), dtype=np.int64),
        ]  # fmt: skip
        return {f"{_PREFIX}{name}": array for name, array in zip(_ARRAYS, values, strict=True)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Profile:
        """Return the profile in the columns of a model file.

        Raises
        ------
        InputError
            If there is none, or one for other word clusters than those installed.
        """
        missing = [name for name in _ARRAYS if _PREFIX + name not in arrays]
        if missing:
            msg = f"no column {_PREFIX + missing[0]!r}; a profile has {', '.join(_PREFIX + name for name in _ARRAYS)}"
            raise InputError(msg)
        words, clusters, sizes, unknown, mix, farthest, parts, stamp = (arrays[_PREFIX + name] for name in _ARRAYS)
        if int(stamp) != _stamp():
            msg = f"column {_PREFIX + 'stamp'!r} is {stamp}; the word clusters installed have {_stamp()}: train anew"
            raise InputError(msg)
        return cls(unpacked(words), clusters, sizes, unknown, mix, farthest, int(parts))


def profile(batch: Batch, groups: Sequence[str] = ()) -> Profile:
    """Describe the texts that a model is trained on.

    Parts are held out in turn and compared with the rest. They are the groups, if there are 5 to 50 of them; of more
    groups, ten parts made of whole groups at random; else ten parts made of texts at random, which differ less from
    each other than those of a new outlet would.

    Parameters
    ----------
    batch : Batch
        The texts: sentences or articles.
    groups : sequence of str, shape (texts,)
        What should not be on both sides: outlets or, where sentences have none, articles.

    Returns
    -------
    Profile

    Raises
    ------
    OptionError
        If there is not one group for each text.

    Notes
    -----
    Jensen-Shannon divergence: Lin 1991; its root is a distance: Endres and Schindelin 2003. Between samples it is too
    high, the more so the shorter they are and the more the words of one text go together; the jackknife over texts
    takes that off (Quenouille 1956; Zahl 1977 for entropies).
    """
    if len(groups) not in {0, len(batch.articles)}:
        msg = f"{len(groups)} groups for {len(batch.articles)} texts; allowed is one for each text"
        raise OptionError(msg)
    words, number, text = _tokens(batch)
    clusters = clusters_of(words)[number]
    part_of = _parts(groups if len(groups) else [""] * len(batch.articles))
    parts = int(part_of.max(initial=-1)) + 1
    part = part_of[text]
    wide = width()
    by_part = np.bincount(part * wide + clusters, minlength=parts * wide).reshape(parts, wide)
    total = by_part.sum(axis=0)
    # a word is unknown to the rest if no other part has it
    pairs = np.unique(number * max(1, parts) + part)
    alone = (np.bincount(pairs // max(1, parts), minlength=len(words)) == 1)[number]
    held = [
        _Held(alone[part == one], clusters[part == one], text[part == one], total - by_part[one])
        for one in range(parts)
    ]
    sizes, rows = [], []
    for size in _SIZES.tolist():
        found = [list(one.pieces(size)) for one in held]
        if sum(map(bool, found)) >= min(_FEWEST_PARTS, max(2, parts)):
            sizes.append(size)
            rows.append(_spread(np.array([piece for pieces in found for piece in pieces])))
    table = np.array(rows, dtype=np.float64).reshape(-1, 8)
    order = sorted(range(len(words)), key=words.__getitem__)
    return Profile(
        words=[words[index] for index in order],
        clusters=total.astype(np.int64),
        sizes=np.array(sizes, dtype=np.int64),
        unknown=table[:, :3],
        mix=table[:, 3:6],
        farthest=table[:, 6:],
        parts=parts,
    )


def _tokens(batch: Batch) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct words of a batch, and for each of its words the number and the text."""
    folded = batch.vocabulary.folded
    present = np.unique(batch.type[batch.is_word])
    numbers: dict[str, int] = {}
    number = np.full(len(batch.vocabulary), -1, dtype=np.int64)
    for kind in present.tolist():
        word = base(folded[kind])
        if lettered(word):
            number[kind] = numbers.setdefault(word, len(numbers))
    kept = batch.is_word & (number[batch.type] >= 0)
    return list(numbers), number[batch.type[kept]], batch.article[kept].astype(np.int64)


def lettered(word: str) -> bool:
    """Tell whether a word has a letter: figures are always new and say nothing of a text's kind."""
    return any(map(str.isalpha, word))


def _parts(groups: Sequence[str]) -> NDArray[np.int64]:
    """Return the part of each text."""
    numbers: dict[str, int] = {}
    part = np.array([numbers.setdefault(group, len(numbers)) for group in groups], dtype=np.int64)
    if _FEWEST_PARTS <= len(numbers) <= _MOST_PARTS:
        return part
    if len(numbers) < _FEWEST_PARTS:
        part = np.arange(len(groups))
    count = int(part.max(initial=-1)) + 1
    return (np.random.default_rng(_SEED).permutation(count) % _RANDOM_PARTS)[part].astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Held:
    """One part that is held out, word by word: unknown or not, cluster and text; and the clusters of the rest."""

    unknown: NDArray[np.bool_]
    cluster: NDArray[np.int64]
    text: NDArray[np.int64]
    rest: NDArray[np.int64]

    def pieces(self, size: int) -> Iterator[tuple[float, float]]:
        """Yield share of unknown words and divergence of pieces of that many words, as they follow each other."""
        count = len(self.cluster) // size if self.rest.any() else 0
        step = -(-count // _MOST_PIECES) or 1
        for begin in range(0, count * size, step * size):
            piece = slice(begin, begin + size)
            yield float(self.unknown[piece].mean()), self._divergence(piece, size)

    def _divergence(self, piece: slice, size: int) -> float:
        first = self.text[piece]
        rows = np.cumsum(np.diff(first, prepend=first[0]) != 0)
        if size < FEWEST_MIXED or rows[-1] + 1 < FEWEST_BLOCKS:
            return float("nan")
        blocks = min(BLOCKS, int(rows[-1]) + 1)
        cells = (rows % blocks) * len(self.rest) + self.cluster[piece]
        counted = np.bincount(cells, minlength=blocks * len(self.rest)).reshape(blocks, -1)
        return jackknifed(counted, self.rest)


def _spread(found: NDArray[np.float64]) -> list[float]:
    """Return mean, standard deviation and highest of both columns, and the highest scores."""
    unknown, mix = found.T
    mixed = mix[~np.isnan(mix)]
    of_unknown = _three(unknown)
    of_mix = _three(mixed) if len(mixed) >= _FEWEST_PARTS else [np.nan] * 3
    alone = unknown_score(unknown, of_unknown)
    both = np.nan
    if len(mixed) >= _FEWEST_PARTS:
        together = (alone + mix_score(mix, of_mix)) / 2
        both = float(np.nanmax(together))
    return [*of_unknown, *of_mix, float(alone.max()), both]


def _three(values: NDArray[np.float64]) -> list[float]:
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    return [float(values.mean()), spread, float(values.max())]


def unknown_score(share: Any, usual: Sequence[float]) -> Any:
    """Return by how many standard deviations a share of unknown words is above the usual one."""
    return (share - usual[0]) / max(usual[1], _LEAST_SD * usual[0], 1e-6)


def mix_score(bits: Any, usual: Sequence[float]) -> Any:
    """Return the same for a divergence."""
    return (bits - usual[0]) / max(usual[1], _LEAST_MIX_SD)


def divergence(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.float64]:
    """Return the Jensen-Shannon divergence between counts, in bits.

    Parameters
    ----------
    one : ndarray, shape (n, k)
    other : ndarray, shape (k,)

    Returns
    -------
    ndarray of float, shape (n,)
        From 0 to 1; NaN for a row without counts.

    Notes
    -----
    Lin 1991: the entropy of the mean of two distributions less the mean of their entropies.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        p = one / one.sum(axis=1, keepdims=True)
        q = other / other.sum()
        middle = (p + q) / 2
        of_p = np.where(p > 0, p * np.log2(p / middle), 0.0 * p).sum(axis=1)
        of_q = np.where(q > 0, q * np.log2(q / middle), 0.0 * p).sum(axis=1)
    return np.asarray((of_p + of_q) / 2, dtype=np.float64)


def jackknifed(blocks: NDArray[Any], other: NDArray[Any]) -> float:
    """Return the divergence of counts in blocks, less what it owes to their number: may be a little below zero.

    Parameters
    ----------
    blocks : ndarray, shape (n, k)
        Texts in at least two blocks.
    other : ndarray, shape (k,)
    """
    total = blocks.sum(axis=0)
    n = len(blocks)
    whole = divergence(total[None], other)[0]
    return float(n * whole - (n - 1) * divergence(total - blocks, other).mean())


@cache
def _classes() -> WordClasses:
    return open_classes(_data.lexicons() / "models" / "word-classes.npz")


@cache
def _stamp() -> int:
    """Return a number that tells this table of word clusters from another."""
    classes = _classes()
    return zlib.crc32(classes.members[:, _LEVEL].astype("<i4").tobytes(), zlib.crc32("\n".join(classes.words).encode()))


def width() -> int:
    """Return how many word clusters there are, with that of the words in none."""
    return int(_classes().clusters[_LEVEL]) + 1


def clusters_of(words: Sequence[str]) -> NDArray[np.int64]:
    """Return the cluster of each word, from 1; 0 for those in none."""
    return _classes().cluster_codes(words)[:, _LEVEL].astype(np.int64) - 1
