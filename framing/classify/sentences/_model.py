"""A trained sentence model as columns: scores are sums over words, worked out for a batch at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.classify._store import unpacked
from framing.classify.sentences._ngrams import NGrams
from framing.classify.sentences._phrases import Phrases
from framing.classify.sentences._units import OFFSETS, Units, shifted
from framing.classify.sentences._words import normal
from framing.errors import InputError
from framing.lexicon import Matches
from framing.measures.attribution.finder import WordClasses
from framing.measures.attribution.finder._classes import shape_codes

Floats = NDArray[np.float64]
LAYERS = ("loaded", "naming", "hedge", "booster")
POOLED = ("highest", "sum", "density", "any", "mean")
# columns of the table of words: as itself, as a neighbour at each offset, in the sentence
OWN, IN_SENTENCE = 0, len(OFFSETS) + 1
COLUMNS = (
    "words", "table", "unknown", "n-grams", "n-gram weights", "tags", "shapes", "tag before", "tag after", "mark keys",
    "marks", "place", "sentence shapes", "phrases", "phrase weights", "style", "pooling", "intercepts", "pooled",
    "calibration", "word",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """What a model says of a batch.

    Attributes
    ----------
    words : ndarray of float64, shape (tokens,)
        Log-odds of each word in its surroundings; of no meaning for marks.
    sentences : ndarray of float64, shape (units,)
        Log-odds of each unit, calibrated.
    pooled : ndarray of float64, shape (units, len(POOLED))
    """

    words: Floats
    sentences: Floats
    pooled: Floats


class SentenceModel:
    """Scores units of text, and the words in them.

    Parameters
    ----------
    about : mapping
        What the model says of itself.
    columns : mapping of str to ndarray
        Its weights, as `framing.classify.sentences` compiles them.
    classes : WordClasses
        Those that it was trained with.

    Raises
    ------
    InputError
        If the columns are not those of a sentence model, or need other classes.
    """

    def __init__(self, about: Mapping[str, Any], columns: Mapping[str, NDArray[Any]], classes: WordClasses) -> None:
        self.about, self.columns, self._classes = about, columns, classes
        missing = [name for name in COLUMNS if name not in columns]
        missing += [name for name in ("lexicons", "length power") if name not in about]
        if missing:
            msg = f"not the columns of a sentence model (no {missing[0]!r}); train it anew"
            raise InputError(msg)
        if columns["tags"].shape != (1 + len(OFFSETS), len(classes.tags) + 2):
            msg = f"trained with other parts of speech than the {len(classes.tags)} of this version; train it anew"
            raise InputError(msg)
        self._table = np.vstack([columns["table"], columns["unknown"][None, :]])
        self._phrases = Phrases(unpacked(columns["phrases"]), columns["phrase weights"])

    @cached_property
    def _row(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(unpacked(self.columns["words"]))}

    @cached_property
    def _grams(self) -> NGrams:
        return NGrams(unpacked(self.columns["n-grams"]))

    @cached_property
    def _mark(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(unpacked(self.columns["mark keys"]))}

    def _of_spelling(self, folded: Sequence[str]) -> NDArray[np.float32]:
        """Return the row of the table for each spelling; an unknown one has its n-grams."""
        row = self._row.get
        rows, unknown = [row(word, -1) for word in folded], []
        for number, known in enumerate(rows):
            if known < 0:
                rows[number] = row(normal(folded[number]), -1)
                if rows[number] < 0:
                    unknown.append(number)
        found = self._table[rows].astype(np.float32)
        word, gram = self._grams.find([normal(folded[number]) for number in unknown])
        for place, column in enumerate((OWN, IN_SENTENCE)):
            weights = self.columns["n-gram weights"][gram, place]
            found[unknown, column] += np.bincount(word, weights, len(unknown)).astype(np.float32)
        return found

    def _types(self, units: Units) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]:
        """Return table row, part of speech and shape of each type of the vocabulary."""
        vocabulary = units.batch.vocabulary
        return (
            vocabulary.column(("sentence model", id(self)), self._of_spelling),
            vocabulary.column(("tag", id(self._classes)), self._classes.tag_codes, of_folded=False),
            vocabulary.column("shape", shape_codes, of_folded=False),
        )

    def score(self, units: Units, matches: Matches) -> Scored:
        """Score units.

        Parameters
        ----------
        units : Units
        matches : Matches
            Of the lexicons; those of the layers that the model knows count.
        """
        words = self._word_scores(units, matches)
        pooled = pool(words, units)
        raw = self._sentence_scores(units, matches) + self._standard(pooled) @ self.columns["pooling"]
        slope, intercept = self.columns["calibration"]
        return Scored(words, slope * raw + intercept, pooled)

    def _standard(self, pooled: Floats) -> Floats:
        mean, deviation = self.columns["pooled"]
        return np.asarray((pooled - mean) / deviation)

    def _word_scores(self, units: Units, matches: Matches) -> Floats:
        batch, columns = units.batch, self.columns
        rows, tags, shapes = self._types(units)
        types = batch.type
        own = rows[:, OWN] + columns["tags"][0][tags] + columns["shapes"][shapes]
        total = own[types]
        for place, offset in enumerate(OFFSETS, 1):
            neighbour = rows[:, place] + columns["tags"][place][tags]
            total += shifted(neighbour[types], offset, units.near[offset])
        tag = tags[types]
        before, after = units.near[-1], units.near[1]
        total[1:] += np.where(before[1:], columns["tag before"][tag[:-1], tag[1:]], np.float32(0))
        total[:-1] += np.where(after[:-1], columns["tag after"][tag[:-1], tag[1:]], np.float32(0))
        for column, offset in enumerate((0, -1, 1)):
            self._add_marks(total, matches, column, offset, units)
        total += self.place(units) @ columns["place"]
        return np.asarray(total.astype(np.float64) + self._intercepts[1])

    def _add_marks(self, total: NDArray[np.float32], matches: Matches, column: int, offset: int, units: Units) -> None:
        """Add the weights of the entries that cover each token's neighbour, or with offset 0 the token itself."""
        weights = self._entry_weights(matches)[:, column]
        for layer in LAYERS:
            part = matches.of(layer)
            length = part.last - part.first
            # the tokens of all matches, one match behind the other
            place = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
            token = np.repeat(part.first - offset, length) + place
            weight = np.repeat(weights[part.entry], length)
            if offset:
                inside = (token >= 0) & (token < len(total))
                token, weight = token[inside], weight[inside]
                near = units.near[offset][token]
                token, weight = token[near], weight[near]
            np.add.at(total, token, weight)

    def _entry_weights(self, matches: Matches) -> NDArray[np.float32]:
        """Return the weights of each entry of a matcher, shape (entries, 4)."""
        known = self.__dict__.get("_entries")
        if known is None or known[0] is not matches.entries:
            lexicons, weights = set(self.about["lexicons"]), self.columns["marks"]
            found = np.zeros((len(matches.entries), weights.shape[1]), dtype=np.float32)
            for number, entry in enumerate(matches.entries):
                if entry.lexicon in lexicons:
                    keys = (self._mark.get(key) for key in mark_keys(entry.layer, entry.category))
                    found[number] = weights[[key for key in keys if key is not None]].sum(axis=0)
            known = self.__dict__["_entries"] = (matches.entries, found)
        return np.asarray(known[1])

    @staticmethod
    def place(units: Units) -> NDArray[np.float32]:
        """Return for each token whether it is quoted, whether it opens its unit, and how long that is."""
        batch = units.batch
        opens = np.zeros(len(batch), dtype=np.float32)
        opens[units.first] = 1
        length = (np.log(units.words) - 3).astype(np.float32)[units.unit]
        return np.column_stack([(batch.quotation >= 0).astype(np.float32), opens, length])

    def _sentence_scores(self, units: Units, matches: Matches) -> Floats:
        total = units.sum(self.shares(units, matches)) + self.style(units) @ self.columns["style"]
        return np.asarray(total + self._intercepts[0])

    @property
    def _intercepts(self) -> NDArray[np.float64]:
        return np.asarray(self.columns["intercepts"])

    def shares(self, units: Units, matches: Matches) -> NDArray[np.float32]:
        """Return what each token adds to the raw score of its unit by itself, shape (tokens,)."""
        columns, types = self.columns, units.batch.type
        rows, _, shapes = self._types(units)
        each = (rows[:, IN_SENTENCE] + columns["sentence shapes"][shapes])[types]
        self._add_marks(each, matches, 3, 0, units)
        each += self._phrases.shares(units)
        power = float(self.about["length power"])
        return np.asarray(each / (units.words**power).astype(np.float32)[units.unit]) if power else each

    def of_words(self, folded: Sequence[str]) -> dict[str, float]:
        """Return what each word adds to the sum of its sentence, its n-grams and vector included."""
        rows = self._of_spelling(folded)[:, IN_SENTENCE]
        return dict(zip(folded, rows.tolist(), strict=True))

    @staticmethod
    def style(units: Units) -> Floats:
        """Return the share of quoted words and the logarithm of the words of each unit, shape (units, 2)."""
        quoted = units.sum((units.batch.is_word & (units.batch.quotation >= 0)).astype(np.float32)) / units.words
        return np.column_stack([quoted, np.log(units.words) - 3])

    def word_odds(self, scored: Scored, units: Units) -> Floats:
        """Return the log-odds of each word, given the score of its unit, moved so that 0 is the decision."""
        of_word, of_highest, of_unit, intercept = self.columns["word"]
        highest = scored.pooled[units.unit, 0]
        return np.asarray(
            of_word * scored.words
            + of_highest * (scored.words - highest)
            + of_unit * scored.sentences[units.unit]
            + intercept
        )


def covered(matches: Matches, n: int) -> NDArray[np.bool_]:
    """Tell which of n tokens a match covers."""
    change = np.bincount(matches.first, minlength=n + 1) - np.bincount(matches.last, minlength=n + 1)
    return np.asarray(np.cumsum(change)[:-1] > 0)


def mark_keys(layer: str, category: str) -> Iterator[str]:
    """Yield under which names an entry's mark counts."""
    if layer in LAYERS:
        yield layer
        yield f"{layer}:{category}"


LOWEST = -12.0  # log-odds; those of words are kept within this and its opposite


def parts_of(words: Floats, units: Units) -> tuple[Floats, Floats, Floats]:
    """Return for each token its bounded log-odds, its probability, and minus the log of not being one; 0 for marks."""
    is_word = units.batch.is_word
    bounded = np.where(is_word, np.clip(words, LOWEST, -LOWEST), LOWEST)
    probability = np.where(is_word, 1 / (1 + np.exp(-bounded)), 0.0)
    return bounded, probability, np.where(is_word, np.logaddexp(0, bounded), 0.0)


def pool(words: Floats, units: Units) -> Floats:
    """Sum up the scores of the words of each unit.

    Parameters
    ----------
    words : ndarray of float64, shape (tokens,)
        Log-odds.
    units : Units

    Returns
    -------
    ndarray of float64, shape (units, len(POOLED))
        The highest; the sum of probabilities; that sum over the root of the number of words; the log-odds that any word
        is (a noisy or); and the mean.
    """
    bounded, probability, none = parts_of(words, units)
    total = units.sum(probability)
    return np.column_stack(
        [
            units.highest(bounded, LOWEST),
            total,
            total / np.sqrt(units.words),
            np.log(np.expm1(np.clip(units.sum(none), 1e-5, 30))),
            units.sum(np.where(units.batch.is_word, bounded, 0.0)) / units.words,
        ]
    )
