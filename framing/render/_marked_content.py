"""What the layouts of a marked article are given: runs of text with their marks, and the lists beside them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from framing.figures import Wording
from framing.lexicon import vocabulary
from framing.render._marked_rows import layer_place
from framing.render._marked_sentences import ending, filters
from framing.render._pushes import score_of
from framing.render._segments import Segment

_COLOURS = 6
_EXCERPT = 90
# what no vocabulary says, since no lexicon decides it
_MEANINGS = {
    "scare-quote": "The marks keep the outlet away from a word that it uses itself: own voice.",
    "anonymous": "Who speaks is not named.",
    "declined": "Asked, and said nothing.",
    "unverified": "The outlet says that nobody has checked this.",
    "accused": "A side that somebody speaks against here.",
    "loaded-model": "Loaded, as annotators of US news of 2017 to 2020 might call it; no list of loaded terms has it.",
    "passive": "Who did it is left out.",
}
# whom the table names as source of a finding that is not simply said
_WHO = {
    "declined": "Who was asked",
    "anonymous": "Source",
    "unverified": "Who claims it",
    "accused": "Accused by",
}
# whole kinds of marks that a reader asks for, not every reader: off until they are
_ASIDE = frozenset({"accused", "naming", "passive"})
_LAYER_NAMES = {
    "loaded": "Loaded term",
    "loaded-model": "Marked by the model",
    "hedge": "Hedge",
    "booster": "Booster",
    "scare-quote": "Scare quotes",
    "declined": "Refusal",
    "unverified": "Unverified",
    "accused": "Accused",
    "anonymous": "Not named",
    "naming": "Naming",
    "passive": "Passive",
    "furniture": "Page furniture",
}


class Sides:
    """What each side is called and how it is shown: a colour, a kind of line, a letter behind each number.

    Parameters
    ----------
    names : sequence of str
    wording : Wording
    """

    def __init__(self, names: Sequence[str], wording: Wording) -> None:
        self._place = {name: place for place, name in enumerate(names)}
        self._wording = wording

    def colour(self, side: str) -> str:
        """Return the number of the side's colour and line; 0 where there is no side."""
        return str(self._place[side] % _COLOURS + 1) if side in self._place else "0"

    def letter(self, side: str) -> str:
        """Return the side's letter, which tells it where there is no colour."""
        place = self._place.get(side)
        return "" if place is None else chr(ord("a") + place) if place < 26 else f"z{place - 25}"

    def name(self, side: str) -> str:
        """Return the side as a name, empty where there is none."""
        return self._wording.side(side) if side else ""

    def key(self, side: str) -> str:
        """Return the word by which the filters know the side."""
        return f"side-{self._place[side] + 1}" if side in self._place else "side-0"

    def listed(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the sides, and none, with how many rows each has."""
        counts: dict[str, int] = {}
        for row in rows:
            side = row["side"] if row["side"] in self._place else ""
            counts[side] = counts.get(side, 0) + 1
        return [
            {
                "name": self.name(side) or "no side",
                "number": self.colour(side),
                "letter": self.letter(side),
                "key": self.key(side),
                "count": counts.get(side, 0),
            }
            for side in [*self._place, ""]
            if side or counts.get(side)
        ]


def attribution_items(rows: Sequence[Mapping[str, Any]], sides: Sides) -> list[dict[str, Any]]:
    """Return the attributions as they are listed beside the text and told in a card."""
    return [
        {
            "number": row["number"],
            "letter": sides.letter(row["side"]),
            "colour": sides.colour(row["side"]),
            "filters": _part_keys(row, sides),
            "speaker": row["speaker"] or row["source_text"] or "unnamed source",
            "side": sides.name(row["side"]),
            "role": row["role"].replace("-", " "),
            "stance": row["stance"],
            "meaning": vocabulary()["cue"].get(row["stance"], ""),
            "kind": row["kind"],
            "anonymous": row["anonymous"],
            "cue": row["cue_text"],
            "content": textwrap.shorten(row["content_text"], _EXCERPT, placeholder=" …"),
            "words": row["words"],
            "confidence": "" if row["confidence"] is None else f"{row['confidence']:.2f}",
            "unsure": row["unsure"],
            "rule": row["rule"],
            "side_rule": _decided(row["side_rule"]),
            "spans": {part: row[part].replace("-", "–").replace(";", ", ") for part in ("source", "cue", "content")},
        }
        for row in rows
    ]


def _decided(rule: str) -> str:
    """Say what decided a side: `name:actors-x/someone` was reached by an earlier name."""
    way, _, entry = rule.rpartition(":")
    return {"pronoun": f"{entry}, whom the pronoun means", "name": f"{entry}, named so before"}.get(way, rule)


def finding_items(rows: Sequence[Mapping[str, Any]], sides: Sides) -> list[dict[str, Any]]:
    """Return the findings as they are listed and told in a card."""
    return [
        {
            **{key: row[key] for key in ("text", "layer", "voice", "speaker", "alternatives", "note", "work", "entry")},
            "score": "" if row["score"] is None else score_of(row["score"]),
            "weight": "" if row["weight"] is None else score_of(row["weight"]),
            "also": row["also"],
            "number": number,
            "category": row["category"].replace("-", " "),
            "lexicon": row["lexicon"],
            "name": _layer_name(row["layer"]),
            "meaning": _meaning(row),
            "who": _WHO.get(row["layer"], ""),
            "side": sides.name(row["side"]),
            "letter": sides.letter(row["side"]),
            "colour": sides.colour(row["side"]),
            "filters": _finding_keys(row, sides),
            "shown": row["layer"] not in _ASIDE,
        }
        for number, row in enumerate(rows, 1)
    ]


def _layer_name(layer: str) -> str:
    return _LAYER_NAMES.get(layer) or layer.replace("-", " ").capitalize()


def _meaning(row: Mapping[str, Any]) -> str:
    return _MEANINGS.get(row["layer"]) or vocabulary().get(row["layer"], {}).get(row["category"], "")


def layer_items(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the layers that were found, with how often in all and in own voice."""
    return [
        {
            "layer": layer,
            "name": _layer_name(layer),
            "key": f"layer-{layer}",
            "count": sum(row["layer"] == layer for row in rows),
            "own": sum(row["layer"] == layer and row["voice"] == "own" for row in rows),
            "shown": layer not in _ASIDE,
        }
        for layer in sorted({row["layer"] for row in rows}, key=layer_place)
    ]


def _part_keys(row: Mapping[str, Any], sides: Sides) -> str:
    return " ".join(["part", sides.key(row["side"]), "unsure" if row["unsure"] else "sure"])


def _finding_keys(row: Mapping[str, Any], sides: Sides) -> str:
    said = sides.key(row["side"]) if row["voice"] != "own" or row["side"] else "outlet"
    return " ".join([f"layer-{row['layer']}", f"voice-{row['voice']}", said])


class Runs:
    """Turns segments into what a layout shows.

    Parameters
    ----------
    attributions, findings, sentences : sequence of mapping
        The rows that the segments' numbers mean.
    sides : Sides
    """

    def __init__(
        self,
        attributions: Sequence[Mapping[str, Any]],
        findings: Sequence[Mapping[str, Any]],
        sides: Sides,
        sentences: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self._attributions = attributions
        self._findings = findings
        self._sides = sides
        self._sentences = sentences
        self._stopped: set[int] = set()
        self._begun: set[int] = set()

    def run(self, segment: Segment) -> dict[str, Any]:
        """Return a segment: the marks around it from the outside in, and the numbers behind it.

        The first number of an attribution is where the tab key stops.
        """
        return {
            "text": segment.text,
            "marks": [*self._parts(segment), *self._found(segment), *self._called(segment)],
            "numbers": [self._number(row, part) for row, part in segment.ends],
            "scores": [ending(self._sentences[row]) for row in segment.closing],
        }

    def _called(self, segment: Segment) -> list[dict[str, Any]]:
        """Return the sentences that a run stands in; inside all else, so that hiding one hides nothing more."""
        rows = [self._sentences[row] for row in segment.sentences]
        ground = not segment.findings and segment.voice == "own"
        return [
            _mark(
                ["sentence", row["kind"], f"in-{row['voice']}", *["ground"] * ground], filters(row),
                sentence=row["number"],
            )
            for row in rows
        ]  # fmt: skip

    def _parts(self, segment: Segment) -> list[dict[str, Any]]:
        marks = []
        contents = [part for part in segment.parts if part[1] == "content"]
        for row, part in segment.parts:
            one = self._attributions[row]
            classes = [part, f"s{self._sides.colour(one['side'])}"]
            keys = _part_keys(one, self._sides)
            if part == "content":
                classes.append(segment.voice)
                keys += f" voice-{segment.voice}"
                if len(contents) > 1:
                    classes.append("outer" if (row, part) == contents[0] else "inner")
            classes += ["head"] * ((row, part) in segment.heads) + ["unsure"] * one["unsure"]
            marks.append(_mark(classes, keys, attribution=one["number"], part=part))
        if segment.voice == "quoted" and not contents:
            # between quotation marks, but given to nobody
            marks.insert(0, _mark(["content", "s0", "quoted"], "voice-quoted"))
        return marks

    def _found(self, segment: Segment) -> list[dict[str, Any]]:
        marks = []
        for row in segment.findings:
            one = self._findings[row]
            begins = row not in self._begun
            self._begun.add(row)
            classes = ["found", one["layer"], f"in-{one['voice']}"]
            classes += ["first"] * begins + ["off"] * (one["layer"] in _ASIDE)
            marks.append(_mark(classes, _finding_keys(one, self._sides), finding=row + 1, begins=begins))
        return marks

    def _number(self, row: int, part: str) -> dict[str, Any]:
        one = self._attributions[row]
        stop = row not in self._stopped
        self._stopped.add(row)
        who = one["speaker"] or one["source_text"] or "unnamed source"
        side = self._sides.name(one["side"])
        said = [f"{part} of attribution {one['number']}", f"speaker {who}", f"side {side}" if side else "no side"]
        return {
            "number": one["number"],
            "label": f"{one['number']}{self._sides.letter(one['side'])}{'?' if one['unsure'] else ''}",
            "colour": self._sides.colour(one["side"]),
            "filters": _part_keys(one, self._sides),
            "part": part,
            "stop": stop,
            "said": ", ".join([*said, *(["unsure"] if one["unsure"] else [])]),
        }


def _mark(
    classes: Sequence[str],
    keys: str,
    *,
    attribution: int = 0,
    finding: int = 0,
    sentence: int = 0,
    part: str = "",
    begins: bool = False,
) -> dict[str, Any]:
    return {
        "tag": "mark" if finding else "span",
        "classes": list(classes),
        "filters": keys,
        "attribution": attribution,
        "finding": finding,
        "sentence": sentence,
        "part": part,
        "begins": begins,
    }
