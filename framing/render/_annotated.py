"""One article, marked: who speaks, in whose voice, which words are loaded, hedged or boosted."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from framing import __version__
from framing.analysis import Analysis, analyze
from framing.corpus import Article
from framing.errors import InputError, OptionError
from framing.lexicon import load, names
from framing.render._html import to_html
from framing.render._layout import find_layout
from framing.render._pdf import to_pdf
from framing.text import read as read_text

SHOWN = ("loaded", "hedge", "booster", "scare-quote", "anonymous", "declined", "passive", "furniture")
_SIDES = 6
_ANSI = {"loaded": "1;31", "hedge": "36", "booster": "35", "scare-quote": "33", "declined": "33", "anonymous": "33"}
_ANSI_VOICE = {"quoted": "48;5;254;38;5;16", "reported": "4", "own": ""}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text in which nothing changes.

    Attributes
    ----------
    text : str
    voice : str
        own, quoted or reported.
    part : str
        source, cue, content or empty.
    side, speaker : str
        Of the attribution that the run belongs to.
    layers : tuple of str
        Layers of the findings that cover it.
    note : str
        What is said of it, for a tooltip or a reader's ear; empty for plain text.
    """

    text: str
    voice: str
    part: str = ""
    side: str = ""
    speaker: str = ""
    layers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its marks; it shows itself in a notebook, in a terminal, as HTML and as PDF.

    Attributes
    ----------
    title, outlet, date : str
    paragraphs : tuple of tuple of Segment
        The whole text, paragraph by paragraph, nothing left out.
    terms : tuple of dict
        The loaded terms: text, entry, category, voice, speaker, side, alternatives, note.
    speakers : tuple of dict
        Who speaks: speaker, side, role, attributions, words, stances.
    """

    title: str
    outlet: str
    date: str
    paragraphs: tuple[tuple[Segment, ...], ...]
    terms: tuple[dict[str, str], ...]
    speakers: tuple[dict[str, Any], ...]

    @property
    def sides(self) -> list[str]:
        """The sides that speak, sorted."""
        return sorted({str(row["side"]) for row in self.speakers} - {""})

    def html(self) -> str:
        """Return a page that asks no other host for anything."""
        return to_html(find_layout("annotated", ".html"), self._content(), {})

    def _repr_html_(self) -> str:
        # in a frame of its own, so that the page's style does not reach the notebook
        page = html.escape(self.html(), quote=True)
        return f'<iframe srcdoc="{page}" title="Marked article" style="width:100%;height:36rem;border:0"></iframe>'

    def __repr__(self) -> str:
        """Show the marked text without colour."""
        return self.terminal(color=False)

    def terminal(self, *, color: bool = False) -> str:
        """Return the article for a terminal; without colour, marks stand in brackets behind their words."""
        lines = [self.title, ""] if self.title else []
        for paragraph in self.paragraphs:
            lines += ["".join(_terminal(segment, color=color) for segment in paragraph).strip(), ""]
        lines += ["Speakers:"] if self.speakers else ["No attributions."]
        for row in self.speakers:
            side = f" [{row['side']}]" if row["side"] else ""
            lines.append(f"  {row['speaker']}{side}: {row['attributions']} × ({row['stances']}), {row['words']} words")
        if self.terms:
            lines += ["", "Loaded terms:"]
        for term in self.terms:
            by = f", {term['speaker']}" if term["speaker"] else ""
            instead = f"; neutral: {term['alternatives']}" if term["alternatives"] else ""
            lines.append(f"  {term['text']} ({term['category']}, {term['voice']}{by}{instead})")
        return "\n".join(lines)

    def write(self, path: str | Path) -> Path:
        """Write the marked article as ``.html`` or ``.pdf``.

        Raises
        ------
        OptionError
            If the suffix is another one, or the folder does not exist.
        """
        path = Path(path)
        if path.suffix.lower() not in {".html", ".pdf"}:
            found = path.suffix or "a file without suffix"
            msg = f"{path.name}: an article cannot be written as {found!r}; allowed: .pdf, .html"
            raise OptionError(msg)
        if not path.parent.is_dir():
            msg = f"{path}: there is no folder {path.parent}"
            raise OptionError(msg)
        if path.suffix.lower() == ".html":
            path.write_text(self.html(), encoding="utf-8", newline="\n")
        else:
            path.write_bytes(to_pdf(find_layout("annotated", ".typ"), self._content(), {}, paper="a4", date=None))
        return path

    def _content(self) -> dict[str, Any]:
        number = {side: str(index % _SIDES + 1) for index, side in enumerate(self.sides)}
        return {
            "title": self.title or "An article, marked",
            "byline": ", ".join(part for part in (self.outlet, self.date) if part),
            "program": f"framing {__version__}",
            "language": "en",
            "paragraphs": [
                [
                    {
                        "text": segment.text,
                        "voice": segment.voice,
                        "part": segment.part,
                        "side": number.get(segment.side, "0"),
                        "layers": [layer for layer in segment.layers if layer in SHOWN],
                        "note": segment.note,
                    }
                    for segment in paragraph
                ]
                for paragraph in self.paragraphs
            ],
            "sides": [{"name": side, "number": number[side]} for side in self.sides],
            "terms": list(self.terms),
            "speakers": list(self.speakers),
        }


def _terminal(segment: Segment, *, color: bool) -> str:
    layers = [layer for layer in segment.layers if layer in _ANSI]
    if not color:
        who = f", {segment.speaker}" if segment.speaker and segment.voice != "own" else ""
        return f"{segment.text}[{'+'.join(layers)}: {segment.voice}{who}]" if layers else segment.text
    codes = [_ANSI_VOICE[segment.voice], *(_ANSI[layer] for layer in layers)]
    codes += ["1"] if segment.part == "source" else ["3"] if segment.part == "cue" else []
    chosen = ";".join(code for code in codes if code)
    return f"\033[{chosen}m{segment.text}\033[0m" if chosen else segment.text


def annotate(
    article: str | Article | Analysis,
    *,
    id: str | None = None,
    sides: str | Sequence[str] = (),
    lexicons: str | Sequence[str] = (),
    only: Sequence[str] | None = None,
) -> Annotated:
    """Mark one article.

    Parameters
    ----------
    article : str, Article or Analysis
        A text, an article, or an analysis from which `id` names one.
    id : str, optional
        Of an analysis; its first article by default.
    sides, lexicons, only
        As for `analyze`.

    Returns
    -------
    Annotated

    Raises
    ------
    InputError
        If there is no text, or no such article.
    """
    if isinstance(article, Analysis):
        analysis = article
    else:
        one = Article("1", article) if isinstance(article, str) else article
        if not one.text.strip():
            msg = "the article has no text"
            raise InputError(msg)
        analysis = analyze([one], sides=sides, lexicons=lexicons, only=only)
    known = analysis.articles["id"].astype(str)
    wanted = known.iloc[0] if id is None else id
    if wanted not in set(known):
        msg = f"no article {wanted!r} in the analysis"
        raise InputError(msg)
    row = analysis.articles[known == wanted].iloc[0]
    findings = analysis.findings[analysis.findings["article_id"].astype(str) == wanted]
    attributions = analysis.attributions[analysis.attributions["article_id"].astype(str) == wanted]
    text = analysis.text(wanted)
    return Annotated(
        title=str(row["title"]),
        outlet=str(row["outlet"]),
        date=str(row["date"]),
        paragraphs=_paragraphs(text, _segments(text, findings, attributions)),
        terms=tuple(_terms(findings)),
        speakers=tuple(_speakers(attributions)),
    )


def _pieces(value: Any) -> list[tuple[int, int]]:
    return [(int(low), int(high)) for low, high in (piece.split("-") for piece in str(value).split(";") if piece)]


def _segments(text: str, findings: pd.DataFrame, attributions: pd.DataFrame) -> list[Segment]:
    """Cut a text wherever a mark begins or ends; the pieces joined are the text."""
    marks: list[tuple[int, int, str, dict[str, str]]] = [(*span, "quotation", {}) for span in _quotations(text)]
    for record in attributions.to_dict("records"):
        row = {str(key): str(value) for key, value in record.items()}
        marks += [(*piece, part, row) for part in ("content", "cue", "source") for piece in _pieces(row[part])]
    for record in findings[findings["layer"].isin(SHOWN)].to_dict("records"):
        row = {str(key): str(value) for key, value in record.items()}
        marks.append((int(row["start"]), int(row["end"]), "finding", row))
    cuts = sorted({0, len(text), *(edge for mark in marks for edge in mark[:2])})
    by_start = sorted(marks, key=lambda mark: mark[0])
    segments: list[Segment] = []
    active: list[tuple[int, int, str, dict[str, str]]] = []
    position = 0
    for low, high in pairwise(cuts):
        active = [mark for mark in active if mark[1] > low]
        while position < len(by_start) and by_start[position][0] <= low:
            active.append(by_start[position])
            position += 1
        segments.append(_segment(text[low:high], [mark[2:] for mark in active if mark[1] > low]))
    return segments


def _quotations(text: str) -> list[tuple[int, int]]:
    """Return the outermost quotations with their marks: no table says which part of a mixed content is quoted."""
    found = read_text([Article("", text)]).quotations
    return [
        (start, end)
        for start, end, depth in zip(found.start.tolist(), found.end.tolist(), found.depth.tolist(), strict=True)
        if depth == 0
    ]


def _segment(text: str, marks: Iterable[tuple[str, dict[str, str]]]) -> Segment:
    part = side = speaker = ""
    layers, notes, kinds = [], [], set()
    for kind, row in marks:
        kinds.add(kind)
        if kind == "finding":
            layers.append(row["layer"])
            notes.append(f"{row['layer']}: {row['category']} ({row['lexicon']}, {row['entry']})")
        elif kind != "quotation":
            part, side, speaker = kind, row["side"], row["speaker"]
            notes.append(_note(kind, row))
    quoted = "quotation" in kinds and "scare-quote" not in layers
    voice = "quoted" if quoted else "reported" if "content" in kinds else "own"
    return Segment(text, voice, part, side, speaker, tuple(dict.fromkeys(layers)), "; ".join(dict.fromkeys(notes)))


def _note(part: str, row: dict[str, str]) -> str:
    if part == "content":
        return f"{row['kind']} speech of {row['speaker'] or 'an unnamed source'}"
    return f"cue: {row['stance']}" if part == "cue" else f"source: {row['speaker']} {row['role']}".strip()


def _paragraphs(text: str, segments: Sequence[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """Put segments into paragraphs; a line break ends one."""
    paragraphs: list[tuple[Segment, ...]] = []
    current: list[Segment] = []
    for segment in segments:
        for index, part in enumerate(segment.text.split("\n")):
            if index:
                paragraphs.append(tuple(current))
                current = []
            if part:
                current.append(replace(segment, text=part))
    paragraphs.append(tuple(current))
    return tuple(paragraph for paragraph in paragraphs if any(segment.text.strip() for segment in paragraph))


def _terms(findings: pd.DataFrame) -> Iterable[dict[str, str]]:
    wanted = set(findings.loc[findings["layer"] == "loaded", "lexicon"])
    entries = {name: load(name).entries for name in wanted & set(names())}
    for record in findings[findings["layer"] == "loaded"].to_dict("records"):
        lexicon, entry = str(record["lexicon"]), str(record["entry"])
        known = entries.get(lexicon, {}).get(entry)
        yield {
            "text": str(record["text"]),
            "entry": entry,
            "lexicon": lexicon,
            "category": str(record["category"]),
            "voice": str(record["voice"]),
            "speaker": str(record["source"]),
            "side": str(record["side"]),
            "alternatives": ", ".join(known.alternatives) if known else "",
            "note": known.note if known else "",
        }


def _speakers(attributions: pd.DataFrame) -> Iterable[dict[str, Any]]:
    named = attributions[attributions["speaker"] != ""]
    for speaker, rows in named.groupby("speaker", sort=False):
        stances = rows["stance"].value_counts(sort=False).to_dict()
        yield {
            "speaker": str(speaker),
            "side": str(rows["side"].iloc[0]),
            "role": str(rows["role"].iloc[0]),
            "attributions": len(rows),
            "words": sum(len(str(content).split()) for content in rows["content_text"]),
            "stances": ", ".join(f"{stance} {count}" for stance, count in stances.items()),
        }
