"""Rows of the tables of findings and attributions, worked out column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.measures import Marks, Reading
from framing.measures.attribution import VOICES, Attribution

Rows = list[tuple[Any, ...]]
Spans = Sequence[tuple[int, int]]

# what the table shows of an attribution behind its words, but for its confidence
_SAID = tuple(map(attrgetter, ("speaker", "side", "role", "stance", "anonymous")))
_FOUND = tuple(map(attrgetter, ("rule", "side_rule")))


def finding_rows(reading: Reading, marks: Sequence[Marks], furniture: Marks) -> Rows:
    """Return a row for each marked place, in the order of the text.

    Parameters
    ----------
    reading : Reading
    marks : sequence of Marks
        Those in page furniture are left out.
    furniture : Marks
        The furniture itself.
    """
    batch, voices = reading.batch, reading.voices
    kept = [(mark, np.flatnonzero(~reading.furniture[mark.first])) for mark in marks]
    kept.append((furniture, np.arange(len(furniture.first))))
    kept.sort(key=lambda pair: pair[0].layer)
    first = np.concatenate([mark.first[places] for mark, places in kept])
    last = np.concatenate([mark.last[places] for mark, places in kept])
    order = np.lexsort((batch.end[last - 1], batch.start[first]))  # stable: layers stay in their order
    first, last = first[order], last[order]
    start, end, article = batch.start[first], batch.end[last - 1], batch.article[first]
    offset, voice = batch.offset[article], voices.voice[first]
    speakers = np.where(voice > 0, voices.attribution[first], -1).tolist()
    ids = [one.id for one in batch.articles]

    def told(column: Callable[[Marks], Iterable[Any]]) -> list[Any]:
        """Return what the marks say, in the order of the rows."""
        values = [np.fromiter(column(mark), dtype=np.object_, count=len(mark.first))[places] for mark, places in kept]
        found: list[Any] = np.concatenate(values)[order].tolist()
        return found

    return list(
        zip(
            map(ids.__getitem__, article.tolist()),
            (batch.sentence[first] - batch.first_sentence[article]).tolist(),
            told(lambda mark: repeat(mark.layer, len(mark.first))),
            (start - offset).tolist(),
            (end - offset).tolist(),
            [batch.text[low:high] for low, high in zip(start.tolist(), end.tolist(), strict=True)],
            told(attrgetter("lexicon")),
            told(attrgetter("entry")),
            told(attrgetter("category")),
            map(VOICES.__getitem__, voice.tolist()),
            *_who(reading.attributions, speakers, told(_meant)),
            told(_scores),
            strict=True,
        )
    )


def _meant(mark: Marks) -> Iterable[tuple[str, str] | None]:
    """Return source and side of each mark, or None where whoever speaks there is meant."""
    if mark.source is None or mark.side is None:
        return repeat(None, len(mark.first))
    return zip(mark.source, mark.side, strict=True)


def _scores(mark: Marks) -> Iterable[float | None]:
    return repeat(None, len(mark.first)) if mark.score is None else map(float, mark.score)


def _who(
    attributions: Sequence[Attribution], speakers: Sequence[int], meant: Sequence[tuple[str, str] | None]
) -> tuple[list[str], list[str]]:
    """Return source and side of each finding: who is meant, or else who speaks."""
    # the last is nobody's
    known = [*((one.speaker, one.side) for one in attributions), ("", "")]
    pairs = [known[speaker] if given is None else given for speaker, given in zip(speakers, meant, strict=True)]
    return [source for source, _ in pairs], [side for _, side in pairs]


def attribution_rows(reading: Reading) -> Rows:
    """Return a row for each attribution, numbered within its article.

    Parameters
    ----------
    reading : Reading
    """
    batch, found = reading.batch, reading.attributions
    article: NDArray[np.int64] = np.fromiter((one.article for one in found), dtype=np.int64, count=len(found))
    offset = batch.offset[article].tolist()
    number = np.arange(len(found)) - np.searchsorted(article, article)
    parts = [[one.source for one in found], [one.cue for one in found], [one.content for one in found]]
    ids = [one.id for one in batch.articles]
    return list(
        zip(
            map(ids.__getitem__, article.tolist()),
            number.tolist(),
            [one.kind for one in found],
            *(_places(part, offset) for part in parts),
            *(_words(part, batch.text) for part in parts),
            *(map(column, found) for column in _SAID),
            [round(one.confidence, 2) for one in found],
            *(map(column, found) for column in _FOUND),
            strict=True,
        )
    )


def _places(parts: Sequence[Spans], offsets: Sequence[int]) -> list[str]:
    """Return parts of attributions as the table shows where they stand; most have one piece."""
    return [
        f"{part[0][0] - offset}-{part[0][1] - offset}"
        if len(part) == 1
        else ";".join([f"{start - offset}-{end - offset}" for start, end in part])
        for part, offset in zip(parts, offsets, strict=True)
    ]


def _words(parts: Sequence[Spans], text: str) -> list[str]:
    """Return the words of parts of attributions."""
    return [
        text[part[0][0] : part[0][1]] if len(part) == 1 else " … ".join([text[start:end] for start, end in part])
        for part in parts
    ]
