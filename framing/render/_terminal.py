"""A marked article on a terminal, with colour or without."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from framing.render._marked_sentences import MIGHT, NAMES, parts, sign, whose
from framing.render._pushes import score_of
from framing.render._segments import Segment

_LAYERS = {
    "loaded": "1;31",
    "loaded-model": "31",
    "hedge": "36",
    "booster": "35",
    **dict.fromkeys(("scare-quote", "declined", "unverified", "anonymous"), "33"),
}
_SHORT = {"loaded-model": "model"}
_CALLED = {"bias": "31", "uncertain": "36"}
_VOICES = {"quoted": "48;5;254;38;5;16", "reported": "4", "own": ""}
# of the 256 colours, those nearest to the sides' colours that read on black and on white
_SIDES = ("32", "172", "30", "169", "130", "74")
_EXCERPT = 100
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Terminal:
    """Shows segments and rows as lines.

    Parameters
    ----------
    attributions, findings, sentences : sequence of mapping
        The rows that the segments' numbers mean.
    sides : sequence of str
    color : bool
        With escape codes; else marks stand in brackets behind their words.
    """

    def __init__(
        self,
        attributions: Sequence[Mapping[str, Any]],
        findings: Sequence[Mapping[str, Any]],
        sides: Sequence[str],
        sentences: Sequence[Mapping[str, Any]] = (),
        *,
        color: bool,
    ) -> None:
        self._attributions = attributions
        self._findings = findings
        self._sentences = sentences
        self._codes = {side: _SIDES[place % len(_SIDES)] for place, side in enumerate(sides)}
        self._color = color

    def paragraph(self, segments: Iterable[Segment]) -> str:
        """Return a paragraph; behind each part of an attribution stands its number, raised."""
        return "".join(self._run(one) + self._numbers(one) + self._scores(one) for one in segments).strip()

    def _scores(self, segment: Segment) -> str:
        """Return behind a sentence what a model calls it."""
        return "".join(
            self._coloured(f"[{sign(row)} {NAMES[row['kind']]} {score_of(row['score'])}: {row['voice']}]", row)
            for row in (self._sentences[number] for number in segment.closing)
        )

    def _coloured(self, text: str, row: Mapping[str, Any]) -> str:
        return _escaped(text, _CALLED[row["kind"]]) if self._color else text

    def _numbers(self, segment: Segment) -> str:
        rows = [self._attributions[row] for row, _ in segment.ends]
        return "⁺".join(
            self._tinted(f"{row['number']}{'?' if row['unsure'] else ''}".translate(_RAISED), row["side"])
            for row in rows
        )

    def _run(self, segment: Segment) -> str:
        found = [self._findings[row] for row in segment.findings]
        layers = list(dict.fromkeys(row["layer"] for row in found if row["layer"] in _LAYERS))
        if not self._color:
            who = next((row["speaker"] for row in found if row["voice"] != "own" and row["speaker"]), "")
            by = f", {who}" if who else ""
            named = "+".join(_SHORT.get(layer, layer) for layer in layers)
            return f"{segment.text}[{named}: {segment.voice}{by}]" if layers else segment.text
        parts = [part for _, part in segment.parts]
        codes = [_VOICES[segment.voice], *(_LAYERS[layer] for layer in layers)]
        codes += ["1"] if "source" in parts else ["3"] if "cue" in parts else []
        side = self._attributions[segment.parts[-1][0]]["side"] if segment.parts else ""
        if side in self._codes and not layers:
            codes.append(f"38;5;{self._codes[side]}")
        return _escaped(segment.text, ";".join(code for code in codes if code))

    def _tinted(self, text: str, side: str) -> str:
        return _escaped(text, f"38;5;{self._codes[side]}") if self._color and side in self._codes else text

    def lists(self, speakers: Sequence[Mapping[str, Any]]) -> Iterable[str]:
        """Yield the lines below the text: attributions, speakers and loaded terms."""
        if not self._attributions:
            yield "No attributions."
        else:
            yield "Attributions:"
            yield from map(self._attribution, self._attributions)
        if speakers:
            yield from ("", "Speakers:")
        for row in speakers:
            said = f" ({row['stances']})" if row["stances"] else ""
            yield f"  {row['speaker']}{self._side(row['side'])}: {row['attributions']} ×{said}, {row['words']} words"
        terms = [row for row in self._findings if row["layer"] == "loaded"]
        if terms:
            yield from ("", "Loaded terms:")
        for term in terms:
            by = f", {term['speaker']}" if term["speaker"] else ""
            instead = f"; neutral: {term['alternatives']}" if term["alternatives"] else ""
            weight = "" if term["weight"] is None else f"; model {score_of(term['weight'])}"
            yield f"  {term['text']} ({term['category']}, {term['voice']}{by}{weight}{instead})"
        yield from self._by_model()
        yield from self._called()

    def _by_model(self) -> Iterable[str]:
        """Yield the words that only the model calls loaded."""
        found = [row for row in self._findings if row["layer"] == "loaded-model"]
        if found:
            yield from ("", f"Words that no lexicon lists and a model marks, {MIGHT['bias']}:")
        for row in found:
            by = f", {row['speaker']}" if row["speaker"] else ""
            score = "" if row["score"] is None else f"score {score_of(row['score'])}, "
            also = f"; also {row['also']}" if row["also"] else ""
            instead = f"; neutral: {row['alternatives']}" if row["alternatives"] else ""
            yield f"  {row['text']} ({score}{row['voice']}{by}{also}{instead})"

    def _called(self) -> Iterable[str]:
        """Yield the sentences that models call biased or uncertain, with the words that pushed their scores."""
        for kind, name in NAMES.items():
            rows = [row for row in self._sentences if row["kind"] == kind]
            if rows:
                yield from ("", f"Sentences that a model calls {name}, {MIGHT[kind]}:")
            for row in rows:
                text = textwrap.shorten(row["text"], _EXCERPT, placeholder=" …")
                yield f"  {self._coloured(score_of(row['score']), row)} {text} ({whose(row)})"
                if row["pushes"]:
                    told = [f"{part['name']}: {part['text']}" for part in parts(row["pushes"])]
                    yield f"      {'; '.join(told)}"

    def _attribution(self, row: Mapping[str, Any]) -> str:
        who = row["speaker"] or row["source_text"] or "unnamed source"
        cue = f" {' '.join(row['cue_text'].split())}" if row["cue_text"] else ""
        sure = "" if row["confidence"] is None else f"confidence {row['confidence']:.2f}"
        decided = f"side by {row['side_rule']}" if row["side_rule"] else ""
        facts = "; ".join(fact for fact in (row["stance"], row["kind"], sure, row["rule"], decided) if fact)
        number = f"{row['number']}{'?' if row['unsure'] else ''}"
        return f"  {number:>3} {who}{self._side(row['side'])}{cue} ({facts})"

    def _side(self, side: str) -> str:
        return f" {self._tinted(f'[{side}]', side)}" if side else ""


def _escaped(text: str, codes: str) -> str:
    return f"\033[{codes}m{text}\033[0m" if codes else text
