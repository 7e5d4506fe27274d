"""Attribution: who says what, introduced how, on whose side, and in whose voice each word stands."""

import hashlib
from functools import cache
from operator import attrgetter

from framing._data import lexicons
from framing.lexicon import Matcher, Matches
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._extract import extract
from framing.measures.attribution._model import Attribution
from framing.measures.attribution._speakers import SpeakerRules, places_of_sources
from framing.measures.attribution._voices import OWN, QUOTED, REPORTED, VOICES, Voices, voices_of
from framing.measures.attribution.finder import Finder, open_weights
from framing.text import Batch

# layers of the lexicons that tell who a source is
PEOPLE = ("actor", "title")
# lexicons of what introduces a content
CUES = ("reporting-verbs", "reporting-nouns", "reporting-other")

__all__ = [
    "CUES", "OWN", "PEOPLE", "QUOTED", "REPORTED", "VOICES", "Attribution", "Voices", "attributions_of",
    "model_hash", "shipped_finder", "voices_of",
]  # fmt: skip


@cache
def shipped_finder() -> Finder:
    """Return the finder that ships with framing."""
    return Finder(open_weights(lexicons() / "models" / "attribution.npz"))


@cache
def model_hash() -> str:
    """Return the SHA-256 of the finder that ships with framing."""
    return hashlib.sha256((lexicons() / "models" / "attribution.npz").read_bytes()).hexdigest()


def attributions_of(
    batch: Batch, matches: Matches, people: Matcher, finder: Finder | None = None
) -> tuple[list[Attribution], list[Attribution]]:
    """Find the attributions and the refusals to comment of a batch, and resolve their speakers.

    Parameters
    ----------
    batch : Batch
    matches : Matches
        With the layer ``cue``.
    people : Matcher
        Of the layers `PEOPLE`: ``title`` and, where sides are wanted, ``actor``. It looks only where sources stand.
    finder : Finder, optional
        The one that ships with framing, if none is given.

    Returns
    -------
    attributions, refusals : list of Attribution
        In the order of the text; offsets count in the batch's text. A refusal has no content.
    """
    clauses = Clauses(batch)
    found, declined = extract(clauses, matches, finder or shipped_finder())
    together = sorted([*found, *declined], key=attrgetter("place")) if declined else found
    named = people.find(batch, where=places_of_sources(clauses, together))
    SpeakerRules(clauses, named.of("actor"), named.of("title")).resolve(together)
    _continue(found)
    return found, declined


def _continue(found: list[Attribution]) -> None:
    """Give a content that has no cue in its paragraph to whoever spoke in front of it in the article."""
    before = None
    for one in found:
        if one.cue:
            before = one
        elif before is not None and before.article == one.article:
            one.rule, one.stance = "continued", before.stance
            one.speaker, one.side, one.role = before.speaker, before.side, before.role
            one.anonymous, one.by_pronoun, one.side_rule = before.anonymous, before.by_pronoun, before.side_rule
