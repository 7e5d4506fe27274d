"""Attribution: who says what, introduced how, on whose side, and in whose voice each word stands."""

from framing.lexicon import Matches
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._extract import extract
from framing.measures.attribution._model import Attribution
from framing.measures.attribution._speakers import SpeakerRules
from framing.measures.attribution._voices import OWN, QUOTED, REPORTED, VOICES, Voices, voices_of
from framing.text import Batch

__all__ = ["OWN", "QUOTED", "REPORTED", "VOICES", "Attribution", "Voices", "attributions_of", "voices_of"]


def attributions_of(batch: Batch, matches: Matches) -> list[Attribution]:
    """Find the attributions of a batch and resolve their speakers.

    Parameters
    ----------
    batch : Batch
    matches : Matches
        With the layers ``cue``, ``title`` and, where sides are wanted, ``actor``.

    Returns
    -------
    list of Attribution
        In the order of the text; offsets count in the batch's text.
    """
    clauses = Clauses(batch)
    found = extract(clauses, matches)
    SpeakerRules(clauses, matches.of("actor"), matches.of("title")).resolve(found)
    return found
