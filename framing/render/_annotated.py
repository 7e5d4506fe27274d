"""One article, marked: who speaks, in whose voice, which words are loaded, hedged or boosted."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framing import __version__
from framing.analysis import Analysis, analyze
from framing.comparison._explained import DECISION, Explained, explain
from framing.comparison._setting import BY_MODEL
from framing.corpus import Article
from framing.errors import InputError, OptionError
from framing.figures import load_wording
from framing.render._html import to_html
from framing.render._layout import find_layout
from framing.render._marked_content import Runs, Sides, attribution_items, finding_items, layer_items
from framing.render._marked_rows import KINDS, attribution_rows, finding_rows, sentence_rows, speaker_rows
from framing.render._marked_sentences import kind_items, sentence_items
from framing.render._pdf import to_pdf
from framing.render._segments import Segment, paragraphs, segments
from framing.render._terminal import Terminal

_VOICES = ("own", "quoted", "reported")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its marks; it shows itself in a notebook, in a terminal, as HTML and as PDF.

    Attributes
    ----------
    title, outlet, date : str
    words : mapping of str to int
        How many words stand in each voice: own, quoted, reported.
    paragraphs : tuple of tuple of Segment
        The whole text, paragraph by paragraph, nothing left out.
    attributions : tuple of dict
        In the order of their table, its columns and: number, unsure, words.
    findings : tuple of dict
        In the order of the text: text, layer, lexicon, entry, category, voice, speaker, side, alternatives, note.
    speakers : tuple of dict
        Who speaks: speaker, side, role, attributions, words, stances, numbers.
    sentences : tuple of dict
        Those that a trained model calls biased or uncertain: number, sentence, kind (`bias` or `uncertain`), score,
        voice, speaker, start, end, text, pushes (the words that pushed the score, and all else; None if not known).
    """

    title: str
    outlet: str
    date: str
    words: Mapping[str, int]
    paragraphs: tuple[tuple[Segment, ...], ...]
    attributions: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    speakers: tuple[dict[str, Any], ...]
    sentences: tuple[dict[str, Any], ...] = ()

    @property
    def sides(self) -> list[str]:
        """The sides that speak, or are said not to, sorted."""
        return sorted({str(row["side"]) for row in (*self.attributions, *self.findings)} - {""})

    @property
    def terms(self) -> tuple[dict[str, Any], ...]:
        """The findings that are loaded terms of a lexicon."""
        return tuple(row for row in self.findings if row["layer"] == "loaded")

    def html(self) -> str:
        """Return a page that asks no other host for anything."""
        return to_html(find_layout("annotated", ".html"), self._content(), {})

    def _repr_html_(self) -> str:
        # in a frame of its own: the page's style does not reach the notebook, nor its script anything in it
        page = html.escape(self.html(), quote=True)
        style = "width:100%;height:44rem;border:1px solid #8886;border-radius:4px"
        return f'<iframe srcdoc="{page}" title="Marked article" sandbox="allow-scripts" style="{style}"></iframe>'

    def __repr__(self) -> str:
        """Show the marked text without colour."""
        return self.terminal(color=False)

    def terminal(self, *, color: bool = False) -> str:
        """Return the article for a terminal; without colour, marks stand in brackets behind their words.

        Behind each source, cue and content stands the number of their attribution, raised.
        """
        shown = Terminal(self.attributions, self.findings, self.sides, self.sentences, color=color)
        lines = [self.title, ""] if self.title else []
        for paragraph in self.paragraphs:
            lines += [shown.paragraph(paragraph), ""]
        return "\n".join([*lines, *shown.lists(self.speakers)])

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
        sides = Sides(self.sides, load_wording())
        runs = Runs(self.attributions, self.findings, sides, self.sentences)
        return {
            "title": self.title or "An article, marked",
            "byline": ", ".join(part for part in (self.outlet, self.date) if part),
            "program": f"framing {__version__}",
            "language": "en",
            "words": {**{voice: self.words[voice] for voice in _VOICES}, "all": sum(self.words.values())},
            "paragraphs": [[runs.run(segment) for segment in paragraph] for paragraph in self.paragraphs],
            "sides": sides.listed(self.attributions),
            "unsure": sum(row["unsure"] for row in self.attributions),
            "layers": layer_items(self.findings),
            "attributions": attribution_items(self.attributions, sides),
            "findings": finding_items(self.findings, sides),
            "terms": finding_items(self.terms, sides),
            "by_model": [row for row in finding_items(self.findings, sides) if row["layer"] == BY_MODEL],
            "sentences": sentence_items(self.sentences),
            "kinds": kind_items(self.sentences),
            "speakers": [
                {
                    **row,
                    "side": sides.name(row["side"]),
                    "colour": sides.colour(row["side"]),
                    "letter": sides.letter(row["side"]),
                    "key": sides.key(row["side"]),
                }
                for row in self.speakers
            ],
        }


def annotate(
    article: str | Article | Analysis,
    *,
    id: str | None = None,
    sides: str | Sequence[str] = (),
    lexicons: str | Sequence[str] = (),
    models: str | Sequence[str] = (),
    only: Sequence[str] | None = None,
) -> Annotated:
    """Mark one article.

    Parameters
    ----------
    article : str, Article or Analysis
        A text, an article, or an analysis from which `id` names one.
    id : str, optional
        Of an analysis; its first article by default.
    sides, lexicons, models, only
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
        analysis = analyze([one], sides=sides, lexicons=lexicons, models=models, only=only)
    known = analysis.articles["id"].astype(str)
    wanted = known.iloc[0] if id is None else id
    if wanted not in set(known):
        msg = f"no article {wanted!r} in the analysis"
        raise InputError(msg)
    given = (
        {}
        if isinstance(article, Analysis)
        else {"sides": _several(sides), "lexicons": _several(lexicons), "models": _several(models)}
    )
    findings, attributions, sentences = (
        table[table["article_id"].astype(str) == wanted]
        for table in (analysis.findings, analysis.attributions, analysis.sentences)
    )
    return _marked(
        analysis.text(wanted),
        analysis.articles[known == wanted].iloc[0].to_dict(),
        findings,
        attributions,
        sentences,
        {kind: _explained(analysis, str(wanted), sentences, kind, given) for kind in KINDS},
    )


def _several(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _explained(
    analysis: Analysis, article: str, sentences: pd.DataFrame, kind: str, given: Mapping[str, list[str]]
) -> dict[int, Explained]:
    """Take the scores of the sentences apart that a model calls something."""
    if kind not in sentences.columns:
        return {}
    called = sentences[pd.to_numeric(sentences[kind], errors="coerce") >= DECISION]
    scores = {
        (article, int(number)): float(score) for number, score in zip(called["sentence"], called[kind], strict=True)
    }
    found = explain(analysis, scores, measure=kind, **given)
    return {sentence: why for (_, sentence), why in found.items()}


def _marked(
    text: str,
    row: Mapping[Any, Any],
    findings: pd.DataFrame,
    attributions: pd.DataFrame,
    sentences: pd.DataFrame | None = None,
    explained: Mapping[str, Mapping[int, Explained]] | None = None,
) -> Annotated:
    said, found = attribution_rows(attributions), finding_rows(findings)
    called = [] if sentences is None else sentence_rows(text, sentences, explained or {}, said)
    return Annotated(
        title=str(row["title"]),
        outlet=str(row["outlet"]),
        date=str(row["date"]),
        words={voice: int(row[f"words_{voice}"]) for voice in _VOICES},
        paragraphs=paragraphs(segments(text, found, said, called)),
        attributions=tuple(said),
        findings=tuple(found),
        speakers=tuple(speaker_rows(said)),
        sentences=tuple(called),
    )
