"""Who a source is: display name, role, side, and what decided the side."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.lexicon import Matches
from framing.measures.attribution import _names as n
from framing.measures.attribution import _pronouns as p
from framing.measures.attribution._cast import Cast, Scene, Speaker
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._descriptions import Descriptions
from framing.measures.attribution._model import Attribution
from framing.measures.attribution._sources import Sources
from framing.measures.attribution._wording import is_unnamed

Tokens = NDArray[np.int64]
# characters between a source and its cue in which it may be said that it is not named
_ASIDE = 120
_LEAST_ASIDE = 6
_SEARCHED = {"he": 60, "she": 60, "they": 60, "it": 60}
_LONGEST_PRONOUN = max(map(len, p.PRONOUNS))
# an attribution, who speaks, and by what way that was found: itself, a pronoun or a name said before
_Resolved = tuple[Attribution, Speaker, str]


def places_of_sources(clauses: Clauses, found: Iterable[Attribution]) -> NDArray[np.bool_]:
    """Tell for each token whether a name there may say who speaks: in a source, or in front of a pronoun."""
    sources = [one for one in found if one.source]
    text = clauses.batch.text
    first, last = _tokens(clauses, sources)
    back = np.zeros(len(sources), dtype=np.int64)
    for number in np.flatnonzero(last == first + 1).tolist():
        one = sources[number]
        back[number] = _SEARCHED.get(text[one.source[0][0] : one.source[-1][1]].lower(), 0)
    # a line over the tokens that goes up where a place begins and down behind it
    steps = np.zeros(len(clauses.batch) + 1, dtype=np.int64)
    np.add.at(steps, np.maximum(first - back, 0), 1)
    np.add.at(steps, np.where(back > 0, first, last), -1)
    where: NDArray[np.bool_] = np.cumsum(steps[:-1]) > 0
    return where


def _tokens(clauses: Clauses, sources: list[Attribution]) -> tuple[Tokens, Tokens]:
    """Return the first token of each source and the one behind its last, both of shape (sources,)."""
    starts = np.array([one.source[0][0] for one in sources], dtype=np.int64)
    ends = np.array([one.source[-1][1] for one in sources], dtype=np.int64)
    first = np.searchsorted(clauses.batch.end, starts, side="right")
    last = np.searchsorted(clauses.batch.end, ends - 1, side="right") + 1
    return first.astype(np.int64), last.astype(np.int64)


class _Source(NamedTuple):
    """An attribution, the words of its source, its first token, the one behind its last, and its sentence."""

    attribution: Attribution
    text: str
    first: int
    last: int
    sentence: int


class SpeakerRules:
    """Resolves the sources of a batch, article by article."""

    def __init__(self, clauses: Clauses, actors: Matches, titles: Matches) -> None:
        self.clauses = clauses
        self.scene = Scene(clauses, actors, titles)
        self.sources = Sources(self.scene)
        self.pronouns = p.Pronouns(self.scene)
        self.descriptions = Descriptions(self.scene)

    def resolve(self, found: list[Attribution]) -> None:
        """Fill in speaker, role, side and anonymity of attributions that stand in the order of the text."""
        sources = [one for one in found if one.source]
        if not sources:
            return
        first, last = _tokens(self.clauses, sources)
        text, sentence = self.clauses.batch.text, self.clauses.batch.sentence[first]
        words = [text[one.source[0][0] : one.source[-1][1]].strip(" ,;") for one in sources]
        columns = sources, words, first.tolist(), last.tolist(), sentence.tolist()
        rows = map(_Source._make, zip(*columns, strict=True))
        for article, group in groupby(rows, key=lambda row: row.attribution.article):
            self._resolve_article(Cast(self.scene, article), group)
        self._mark_asides(sources)

    def _resolve_article(self, cast: Cast, rows: Iterable[_Source]) -> None:
        resolved: list[_Resolved] = []
        later: list[_Source] = []
        for row in rows:
            one, text, first, last, sentence = row
            word = text.lower() if len(text) <= _LONGEST_PRONOUN else ""
            if word not in p.PRONOUNS:
                speaker = cast.by_text.get(text) or self._meant(text, first, last, cast)
                rule = speaker.side_rule
                way = "" if rule and self._decides(rule, first, last) else "name:"
            elif word in p.SELF:
                later.append(row)
                continue
            else:
                speaker = self.pronouns.resolve(word, first, cast) or Speaker(text, plural=word in p.THEY)
                way = "pronoun:"
            cast.heard.append((first, sentence, speaker))
            resolved.append((one, speaker, way))
        # once the sources around it are known
        resolved += [(row.attribution, self._self(row, resolved, cast), "pronoun:") for row in later]
        # at the end, since the full name or the side may have come later
        for one, speaker, way in resolved:
            one.by_pronoun = way == "pronoun:"
            one.speaker, one.side, one.role = speaker.name, speaker.side, speaker.role
            one.side_rule = way + speaker.side_rule if speaker.side else ""
            one.anonymous = speaker.anonymous

    def _mark_asides(self, sources: list[Attribution]) -> None:
        """Mark whom the words between source and cue leave unnamed: ``One diplomat, speaking anonymously, said``."""
        text = self.clauses.batch.text
        for one in sources:
            start, end = one.source[-1][1], one.cue[0][0] if one.cue else 0
            if start + _LEAST_ASIDE < end <= start + _ASIDE and is_unnamed(text[start:end]):
                one.anonymous = True

    def _decides(self, rule: str, first: int, last: int) -> bool:
        """Tell whether the actor that gave a side stands in the source itself."""
        return any(f"{entry.lexicon}/{entry.id}" == rule for _, _, entry in self.scene.actors.inside(first, last))

    def _meant(self, text: str, first: int, last: int, cast: Cast) -> Speaker:
        source = self.sources.read(text, first, last, cast)
        if text[:4].lower() in {"the ", "this", "that"} and source not in cast.by_surname.get(
            n.surname_of(source.name), ()
        ):
            again = self.descriptions.resolve(first, self.scene.extents.head_end(first, last), cast, source)
            if again is not None:
                again.role = again.role or source.role
                return again
            source = cast.others.setdefault(source.name.lower(), source)
        else:
            cast.by_text[text] = source
        return source

    def _self(self, row: _Source, resolved: list[_Resolved], cast: Cast) -> Speaker:
        """Return who says I or we: the speaker of the quotation around it, or the author."""
        start = row.attribution.source[0][0]
        around = [
            (end - begin, number)
            for number, (other, _, _) in enumerate(resolved)
            for begin, end in other.content
            if begin <= start < end
        ]
        if around:
            return resolved[min(around)[1]][1]
        if self.clauses.quotation[row.first] >= 0:
            return Speaker(row.text)
        return self.sources.author(row.first, cast) or Speaker("author", role="media")
