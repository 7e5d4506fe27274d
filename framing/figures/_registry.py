"""The figures by name, with title and alternative text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from framing.comparison._model import Comparison
from framing.figures._balance import balance, balance_alt
from framing.figures._copies import copies, copies_alt
from framing.figures._dumbbell import dumbbell, dumbbell_alt
from framing.figures._evenness import evenness, evenness_alt
from framing.figures._events import events, events_alt
from framing.figures._fingerprint import fingerprint, fingerprint_alt
from framing.figures._frames import frames, frames_alt
from framing.figures._headlines import headlines, headlines_alt
from framing.figures._hedging import hedging, hedging_alt
from framing.figures._keyness import keyness, keyness_alt
from framing.figures._keyness_scatter import keyness_scatter, keyness_scatter_alt
from framing.figures._matched import matched, matched_alt
from framing.figures._naming import naming, naming_alt
from framing.figures._positions import positions, positions_alt
from framing.figures._rates import profile, profile_alt, rates, rates_alt
from framing.figures._readability import readability, readability_alt
from framing.figures._roles import roles, roles_alt
from framing.figures._sentences import sentences, sentences_alt
from framing.figures._shrinkage import shrinkage, shrinkage_alt
from framing.figures._speakers import speaker_map, speaker_map_alt, speakers, speakers_alt
from framing.figures._stance import stance, stance_alt
from framing.figures._style import printable
from framing.figures._terms import terms, terms_alt
from framing.figures._trend import trend, trend_alt
from framing.figures._voice import voice, voice_alt
from framing.figures._voice_strip import voice_strip, voice_strip_alt
from framing.figures._word_shift import word_shift, word_shift_alt
from framing.figures._wording import load_wording


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A figure that can be drawn of a comparison.

    Attributes
    ----------
    name : str
        Its name in `FIGURES`, and the key of its title in the wording.
    draw : callable
        `(comparison, *, ax=None, width=6.3, language="en", ...) -> Axes`.
    describe : callable
        `(comparison, *, language="en", ...) -> str`: the figure in words, with its own options.
    """

    name: str
    draw: Callable[..., Axes]
    describe: Callable[..., str]

    def title(self, language: str = "en") -> str:
        """Return what the figure is called."""
        return load_wording(language)(f"figure_title.{self.name}")

    def alt_text(self, comparison: Comparison, **options: object) -> str:
        """Return the figure in words, from the same numbers and options."""
        return printable(self.describe(comparison, **options))


FIGURES: dict[str, FigureKind] = {
    name: FigureKind(name, draw, describe)
    for name, draw, describe in (
        ("rates", rates, rates_alt),
        ("profile", profile, profile_alt),
        ("terms", terms, terms_alt),
        ("naming", naming, naming_alt),
        ("balance", balance, balance_alt),
        ("evenness", evenness, evenness_alt),
        ("roles", roles, roles_alt),
        ("speakers", speakers, speakers_alt),
        ("speaker_map", speaker_map, speaker_map_alt),
        ("positions", positions, positions_alt),
        ("stance", stance, stance_alt),
        ("hedging", hedging, hedging_alt),
        ("sentences", sentences, sentences_alt),
        ("keyness", keyness, keyness_alt),
        ("voice_strip", voice_strip, voice_strip_alt),
        ("headlines", headlines, headlines_alt),
        ("dumbbell", dumbbell, dumbbell_alt),
        ("keyness_scatter", keyness_scatter, keyness_scatter_alt),
        ("word_shift", word_shift, word_shift_alt),
        ("fingerprint", fingerprint, fingerprint_alt),
        ("matched", matched, matched_alt),
        ("shrinkage", shrinkage, shrinkage_alt),
        ("readability", readability, readability_alt),
        ("voice", voice, voice_alt),
        ("frames", frames, frames_alt),
        ("trend", trend, trend_alt),
        ("events", events, events_alt),
        ("copies", copies, copies_alt),
    )
}
