"""Attribution: who says what, introduced how, on whose side, and in whose voice each word stands."""

from framing.lexicon import Matcher, Matches
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._extract import extract, refusals
from framing.measures.attribution._model import Attribution
from framing.measures.attribution._speakers import SpeakerRules, places_of_sources
from framing.measures.attribution._voices import OWN, QUOTED, REPORTED, VOICES, Voices, voices_of
from framing.text import Batch

# layers of the lexicons that tell who a source is
PEOPLE = ("actor", "title")
# lexicons of what introduces a content
CUES = ("reporting-verbs", "reporting-nouns", "reporting-other")

__all__ = ["CUES", "OWN", "PEOPLE", "QUOTED", "REPORTED", "VOICES", "Attribution", "Voices", "attributions_of", "voices_of"]


def attributions_of(batch: Batch, matches: Matches, people: Matcher) -> tuple[list[Attribution], list[Attribution]]:
    """Find the attributions and the refusals to comment of a batch, and resolve their speakers.

    Parameters
    ----------
    batch : Batch
    matches : Matches
        With the layer ``cue``.
    people : Matcher
        Of the layers `PEOPLE`: ``title`` and, where sides are wanted, ``actor``. It looks only where sources stand.

    Returns
    -------
    attributions, refusals : list of Attribution
        In the order of the text; offsets count in the batch's text. A refusal has no content.
    """
    clauses = Clauses(batch)
    found = extract(clauses, matches)
    declined = refusals(clauses, matches)
    together = sorted([*found, *declined], key=lambda one: one.place)
    named = people.find(batch, where=places_of_sources(clauses, together))
    SpeakerRules(clauses, named.of("actor"), named.of("title")).resolve(together)
    return found, declined
