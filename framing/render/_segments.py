"""A text cut wherever a mark begins or ends: what each run of it is part of, and in whose voice it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from framing.corpus import Article
from framing.measures.attribution import OWN, VOICES, Attribution, voices_of
from framing.text import read as read_text

PARTS = ("source", "cue", "content")
_Mark = tuple[int, int, str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text in which nothing changes.

    Attributes
    ----------
    text : str
    voice : str
        own, quoted or reported: the voice in which its words are counted.
    parts : tuple of (int, str)
        Attributions, as rows of their table, and the part of each that the run stands in; the outermost first.
    findings : tuple of int
        Rows of the findings that cover it; the longest first.
    heads, ends : tuple of (int, str)
        Those parts of which a piece begins, or ends, with this run.
    sentences, closing : tuple of int
        Rows of the sentences that a model calls something: those it stands in, and those that end with it.
    """

    text: str
    voice: str = "own"
    parts: tuple[tuple[int, str], ...] = ()
    findings: tuple[int, ...] = ()
    heads: tuple[tuple[int, str], ...] = ()
    ends: tuple[tuple[int, str], ...] = ()
    sentences: tuple[int, ...] = ()
    closing: tuple[int, ...] = ()


def pieces(value: object) -> list[tuple[int, int]]:
    """Return the spans of a cell: `3-9;12-20` is two of them."""
    return [(int(low), int(high)) for low, high in (piece.split("-") for piece in str(value).split(";") if piece)]


def segments(
    text: str,
    findings: Sequence[Mapping[str, Any]],
    attributions: Sequence[Mapping[str, Any]],
    sentences: Sequence[Mapping[str, Any]] = (),
) -> list[Segment]:
    """Cut a text wherever a mark begins or ends; the pieces joined are the text.

    Parameters
    ----------
    text : str
    findings, attributions : sequence of mapping
        Rows of the two tables, all of this text.
    sentences : sequence of mapping
        What models call a sentence, with `start` and `end`.

    Returns
    -------
    list of Segment
    """
    marks = [mark for mark in _marks(text, findings, attributions) if mark[0] < mark[1]]
    marks += [(*_trimmed(text, one["start"], one["end"]), "sentence", (row, "")) for row, one in enumerate(sentences)]
    cuts = sorted({0, len(text), *(edge for mark in marks for edge in mark[:2])})
    # what begins earlier or lasts longer is outside
    waiting = sorted(marks, key=lambda mark: (mark[0], -mark[1]))
    found: list[Segment] = []
    active: list[_Mark] = []
    position = 0
    for low, high in pairwise(cuts):
        active = [mark for mark in active if mark[1] > low]
        while position < len(waiting) and waiting[position][0] <= low:
            active.append(waiting[position])
            position += 1
        found.append(_segment(text, low, high, active))
    return found


def _marks(
    text: str, findings: Sequence[Mapping[str, Any]], attributions: Sequence[Mapping[str, Any]]
) -> Iterable[_Mark]:
    for row, one in enumerate(attributions):
        for part in PARTS:
            for low, high in pieces(one[part]):
                yield *_trimmed(text, low, high), "part", (row, part)
    for row, one in enumerate(findings):
        yield int(one["start"]), min(int(one["end"]), len(text)), "finding", (row, "")
    for low, high, voice in _voices(text, attributions):
        yield low, high, "voice", (0, voice)


def _trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    """Leave out the white space at the ends, so that a number never stands alone in a line."""
    high = min(high, len(text))
    while low < high and text[high - 1].isspace():
        high -= 1
    while low < high and text[low].isspace():
        low += 1
    return low, high


def _voices(text: str, attributions: Sequence[Mapping[str, Any]]) -> Iterable[tuple[int, int, str]]:
    """Yield the runs of text that are not in own voice, told apart as the analysis does when it counts words."""
    batch = read_text([Article("", text)])
    given = [Attribution(0, [], [], [p for p in pieces(one["content"]) if p[0] < p[1]]) for one in attributions]
    voice = voices_of(batch, given).voice.tolist()
    run: tuple[int, int, int] | None = None
    for start, end, now in zip(batch.start.tolist(), batch.end.tolist(), voice, strict=True):
        if run is not None and run[2] == now:
            run = run[0], end, now
            continue
        if run is not None and run[2] != OWN:
            yield run[0], run[1], VOICES[run[2]]
        run = start, end, now
    if run is not None and run[2] != OWN:
        yield run[0], run[1], VOICES[run[2]]


def _segment(text: str, low: int, high: int, marks: Sequence[_Mark]) -> Segment:
    parts = [mark for mark in marks if mark[2] == "part"]
    around = [mark for mark in marks if mark[2] == "sentence"]
    return Segment(
        text[low:high],
        next((mark[3][1] for mark in marks if mark[2] == "voice"), VOICES[OWN]),
        tuple(dict.fromkeys(mark[3] for mark in parts)),
        tuple(mark[3][0] for mark in marks if mark[2] == "finding"),
        tuple(mark[3] for mark in parts if mark[0] == low),
        # from the inside out, as brackets close
        tuple(mark[3] for mark in reversed(parts) if mark[1] == high),
        tuple(mark[3][0] for mark in around),
        tuple(mark[3][0] for mark in around if mark[1] == high),
    )


def paragraphs(found: Sequence[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """Put segments into paragraphs; a line break ends one, and those without a word are left out."""
    done: list[tuple[Segment, ...]] = []
    current: list[Segment] = []
    for segment in found:
        lines = segment.text.split("\n")
        last = len(lines) - 1
        for index, line in enumerate(lines):
            if index:
                done.append(tuple(current))
                current = []
            if line:
                heads = segment.heads if index == 0 else ()
                ends, closing = (segment.ends, segment.closing) if index == last else ((), ())
                current.append(replace(segment, text=line, heads=heads, ends=ends, closing=closing))
    done.append(tuple(current))
    return tuple(paragraph for paragraph in done if any(segment.text.strip() for segment in paragraph))
