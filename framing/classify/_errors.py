"""What goes wrong, in words: how a prediction differs from the annotation, and at which kind of cue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.classify._evaluate import Compared, KindReader
from framing.classify._gold import Span
from framing.classify._predict import Predicted
from framing.classify._scoring import Characters, Marked, overlap
from framing.measures.attribution import Attribution
from framing.measures.attribution.finder import WordClasses

_LIGHT = frozenset(
    "be am is are was were been being have has had having do does did make makes made take takes took give gives gave "
    "get gets got become becomes became seem seems seemed".split()
)
_WORDS = 6  # typical cue words of an error
_SEEN = 3  # a word that stands there less often is not typical


@dataclass(frozen=True, slots=True)
class Error:
    """A kind of error.

    Attributes
    ----------
    what : str
        How the prediction differs.
    where : str
        At which kind of cue.
    n : int
    linked : int
        How many of them leave the attribution found all the same, since its parts overlap enough.
    words : tuple of str
        The commonest head words of the cues, most frequent first.
    """

    what: str
    where: str
    n: int
    linked: int
    words: tuple[str, ...]


class _Cues:
    """Describes cues by their words."""

    def __init__(self, predicted: Predicted, classes: WordClasses) -> None:
        batch = self._batch = predicted.batch
        names = ["", *classes.tags]
        codes = classes.tag_codes(batch.vocabulary.spellings)
        self._tags = [names[code] for code in codes.tolist()]
        self._folded = batch.folded
        listed = np.zeros(len(batch) + 1, dtype=np.int64)
        listed[1:][predicted.cues.first] = 1
        self._listed = np.cumsum(listed)

    def describe(self, cue: Sequence[Span]) -> tuple[str, str]:
        """Return the kind of a cue and its head word."""
        if not cue:
            return "no cue", ""
        batch = self._batch
        first = int(np.searchsorted(batch.end, cue[0][0], side="right"))
        last = int(np.searchsorted(batch.start, cue[-1][1]))
        words = self._folded[first:last]
        tags = [self._tags[code] for code in batch.type[first:last].tolist()]
        kind, place = _head(words, tags)
        if kind == "verb":
            known = self._listed[last] > self._listed[first]
            kind = "a verb that the lexicons list" if known else "a verb that the lexicons do not list"
        elif kind == "noun":
            behind = words[place + 1 :] + self._folded[last : last + 1]
            link = next((word for word in behind[:1] if word in {"of", "that", "to", "about", "for"}), "")
            kind = f"a noun with “{link}”" if link else "a noun"
        return kind, words[place] if words else ""


def _head(words: Sequence[str], tags: Sequence[str]) -> tuple[str, int]:
    """Return the kind of the head of a cue, and which of its words it is."""
    if "according" in words:
        return "“according to”", words.index("according")
    verbs = [place for place, tag in enumerate(tags) if tag.startswith("VB") and words[place] not in _LIGHT]
    nouns = [place for place, tag in enumerate(tags) if tag.startswith("NN")]
    others = [place for place, tag in enumerate(tags) if tag.startswith("JJ")]
    light = any(word in _LIGHT for word in words)
    if verbs:
        return "verb", verbs[-1]
    if light and (nouns or others):
        return "a light verb with a noun or adjective", (nouns or others)[0]
    if nouns:
        return "noun", nouns[0]
    if others:
        return "an adjective", others[0]
    if light:
        return "verb", next(place for place, word in enumerate(words) if word in _LIGHT)
    if any(word[0].isalnum() for word in words):
        return "a preposition or adverb", next(place for place, word in enumerate(words) if word[0].isalnum())
    return "a mark (colon or dash)", 0


def errors(predicted: Predicted, compared: Sequence[Compared], classes: WordClasses, *, most: int = 20) -> list[Error]:
    """Count kinds of error.

    Parameters
    ----------
    predicted : Predicted
    compared : sequence of Compared
    classes : WordClasses
        Tell the part of speech of a cue's words.
    most : int

    Returns
    -------
    list of Error
        The most frequent, most frequent first.
    """
    cues, kinds = _Cues(predicted, classes), KindReader(predicted.batch)
    found: dict[tuple[str, str], list[_Event]] = {}
    for gold, said, one in zip(predicted.gold(), predicted.by_article(), compared, strict=True):
        for event in (*_of_annotated(gold, one, cues, kinds), *_spurious(said, one, cues, kinds)):
            found.setdefault((event.what, event.where), []).append(event)
    rows = sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))[:most]
    return [
        Error(*name, len(events), sum(event.linked for event in events), _typical(event.word for event in events))
        for name, events in rows
    ]


@dataclass(frozen=True, slots=True)
class _Event:
    what: str
    where: str
    word: str
    linked: bool


def _of_annotated(
    gold: Sequence[dict[str, list[Span]]], one: Compared, cues: _Cues, kinds: KindReader
) -> Iterator[_Event]:
    known, partner = {i for i, _ in one.pairs}, _partners(one)
    for i, attribution in enumerate(gold):
        if i in partner:
            differences = list(_differences(one.gold[i], one.said[partner[i]], one.said))
        else:
            nobody = "" if attribution["source"] else ", without a source"
            differences = [f"missed outright: {_OF_KIND[kinds.kind(attribution['content'])]}{nobody}"]
        for what in differences:
            yield _Event(what, *cues.describe(attribution["cue"]), i in known)


def _spurious(said: Sequence[Attribution], one: Compared, cues: _Cues, kinds: KindReader) -> Iterator[_Event]:
    met = set(_partners(one).values())
    for j, other in enumerate(said):
        if j not in met:
            what = f"found where annotators mark nothing: {_OF_KIND[kinds.kind(other.content)]}"
            yield _Event(what, *cues.describe(other.cue), False)


_OF_KIND = {
    "direct": "content in quotation marks",
    "mixed": "content partly in quotation marks",
    "indirect": "content outside quotation marks",
}


def _typical(words: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(word for word in words if word.isalpha())
    common = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return tuple(word for word, n in common[:_WORDS] if n >= _SEEN)


def _partners(one: Compared) -> dict[int, int]:
    """Return for each annotated attribution the predicted one with its cue; by content, where it has no cue."""
    found = dict(one.pairs)
    for i, gold in enumerate(one.gold):
        if i in found:
            continue
        part = "cue" if gold.cue else "content"
        wanted = getattr(gold, part)
        shared: list[int] = [len(wanted & getattr(other, part)) for other in one.said]
        best = max(range(len(shared)), key=shared.__getitem__, default=-1)
        if best >= 0 and shared[best]:
            found[i] = best
    return found


def _differences(gold: Marked, said: Marked, every: Sequence[Marked]) -> Iterator[str]:
    """Name how a prediction differs from what was annotated."""
    if gold.cue and not _same(gold.cue, said.cue):
        yield f"cue {_extent(gold.cue, said.cue)}"
    if gold.source and not said.source:
        yield "source not found"
    elif said.source and not gold.source:
        yield "source given where annotators mark none"
    elif gold.source and not _same(gold.source, said.source):
        yield f"source {_extent(gold.source, said.source)}"
    if not gold.content or _same(gold.content, said.content):
        return
    if not gold.content & said.content:
        others = max((overlap(gold.content, other.content) for other in every), default=0.0)
        yield "content linked to another cue" if others >= 0.5 else "content not found"
    else:
        yield f"content {_extent(gold.content, said.content)}"


def _same(one: Characters, other: Characters) -> bool:
    return bool(other) and (min(one), max(one)) == (min(other), max(other))


def _extent(gold: Characters, said: Characters) -> str:
    """Say how the ends of two spans differ; they may be anywhere."""
    if not said:
        return "not found"
    if not gold & said:
        return "elsewhere"
    low, high = min(said) - min(gold), max(said) - max(gold)
    words = [
        word
        for differs, word in (
            (low > 0, "begins too late"),
            (low < 0, "begins too early"),
            (high < 0, "ends too early"),
            (high > 0, "ends too late"),
        )
        if differs
    ]
    return " and ".join(words)
