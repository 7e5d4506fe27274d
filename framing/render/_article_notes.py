"""The notes in the margin of an article: who speaks, loaded terms and what could stand for them, hedges, scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from framing.comparison._setting import BY_LIST, BY_MODEL
from framing.figures import Wording
from framing.render._annotated import Annotated
from framing.render._marked_content import Sides
from framing.render._story import clean

_ASIDE = frozenset({"accused", "naming", "passive", "furniture"})
"""Marks that would fill the margin with what is no judgement."""
_MINOR = frozenset({"hedge", "booster", "anonymous", "scare-quote"})
"""Notes that are the first to go where there are too many for a page."""


class Notes:
    """Makes a note where a mark begins.

    Parameters
    ----------
    marked : Annotated
    sides : Sides
    wording : Wording

    Attributes
    ----------
    made : list of dict
        kind, minor, colour (number of a side), head (what it is on, strong), text, more (left out where room is short).
    """

    def __init__(self, marked: Annotated, sides: Sides, wording: Wording) -> None:
        self.made: list[dict[str, Any]] = []
        self._attributions = {row["number"]: row for row in marked.attributions}
        self._findings = marked.findings
        self._sentences = {row["number"]: row for row in marked.sentences}
        self._sides = sides
        self._wording = wording
        self._said: set[str] = set()
        self._spoken: set[int] = set()

    def of(self, run: Mapping[str, Any]) -> list[int]:
        """Return the numbers of the notes that begin with a run."""
        first = len(self.made)
        for mark in run["marks"]:
            if mark["attribution"] and mark["attribution"] not in self._spoken:
                self._spoken.add(mark["attribution"])
                self.made.append(self._attribution(self._attributions[mark["attribution"]]))
            if mark["finding"] and mark["begins"]:
                row = self._findings[mark["finding"] - 1]
                if row["layer"] not in _ASIDE:
                    self.made.append(self._finding(row))
        self.made += [self._sentence(self._sentences[score["number"]]) for score in run["scores"]]
        return list(range(first, len(self.made)))

    def _attribution(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Say who speaks, for which side, introduced how."""
        word, side = self._wording, str(row["side"])
        who = clean(row["speaker"] or row["source_text"], 50) or word("article_layout.nobody")
        number = f"{row['number']}{self._sides.letter(side)}{'?' if row['unsure'] else ''}"
        stance = word.name_of("stance", row["stance"]) if row["stance"] else ""
        cue = f"“{clean(row['cue_text'], 30)}”" if row["cue_text"] else ""
        said = " ".join(part for part in (cue, f"({stance})" if stance else "") if part)
        parts = [self._sides.name(side), said, word.name_of("attribution_kind", row["kind"])]
        return {
            "kind": "speaker",
            "minor": False,
            "colour": self._sides.colour(side),
            "head": f"{number} {who}",
            "text": ", ".join(part for part in parts if part),
            "more": "",
        }

    def _finding(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Say what is marked, in whose voice, and what a lexicon offers instead: once for each entry."""
        word, layer = self._wording, str(row["layer"])
        parts = [word.name_of("layer_one", layer)]
        if layer == BY_LIST and row["category"]:
            parts[0] += f" ({word.name_of('category', row['category'])})"
        if row["voice"] != "own":
            voice = word.name_of("voice", row["voice"])
            parts.append(voice[:1].lower() + voice[1:] + (f": {clean(row['speaker'], 40)}" if row["speaker"] else ""))
        elif layer in (BY_LIST, BY_MODEL):
            parts.append(word("article_layout.own"))
        key = f"{row['lexicon']}/{row['entry']}"
        first = key not in self._said
        self._said.add(key)
        offered = first and layer in (BY_LIST, BY_MODEL) and row["alternatives"]
        return {
            "kind": layer,
            "minor": layer in _MINOR,
            "colour": "0",
            "head": clean(row["text"], 40),
            "text": ", ".join(parts),
            "more": clean(row["alternatives"], 70) if offered else "",
        }

    def _sentence(self, row: Mapping[str, Any]) -> dict[str, Any]:
        word = self._wording
        score = f"{row['score']:.2f}".removeprefix("0")
        return {
            "kind": row["kind"],
            "minor": True,
            "colour": "0",
            "head": word(f"article_layout.{row['kind']}"),
            "text": word("sentences.score", score=score),
            "more": "",
        }
