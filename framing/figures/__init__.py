"""Figures: one function each, `(comparison, *, ax=None, ...) -> Axes`; none of them counts anything.

They take a comparison; `by_part`, `calibration`, `confusion`, `learning_curve`, `reached` and `telling_features` take
an evaluation instead.
"""

from __future__ import annotations

from framing.figures._balance import balance
from framing.figures._by_part import by_part
from framing.figures._calibration import calibration
from framing.figures._confusion import confusion
from framing.figures._evenness import evenness
from framing.figures._headlines import headlines
from framing.figures._hedging import hedging
from framing.figures._keyness import keyness
from framing.figures._learning_curve import learning_curve
from framing.figures._naming import naming, referents
from framing.figures._positions import positions
from framing.figures._rates import profile, rates
from framing.figures._reached import reached
from framing.figures._readability import readability
from framing.figures._registry import FIGURES, FigureKind, save, to_svg
from framing.figures._roles import roles
from framing.figures._sentences import sentences
from framing.figures._speakers import speaker_map, speakers
from framing.figures._stance import stance
from framing.figures._style import style
from framing.figures._telling_features import telling_features
from framing.figures._terms import terms
from framing.figures._voice_strip import voice_strip
from framing.figures._wording import Wording, load_wording

__all__ = [
    "FIGURES",
    "FigureKind",
    "Wording",
    "balance",
    "by_part",
    "calibration",
    "confusion",
    "evenness",
    "headlines",
    "hedging",
    "keyness",
    "learning_curve",
    "load_wording",
    "naming",
    "positions",
    "profile",
    "rates",
    "reached",
    "readability",
    "referents",
    "roles",
    "save",
    "sentences",
    "speaker_map",
    "speakers",
    "stance",
    "style",
    "telling_features",
    "terms",
    "to_svg",
    "voice_strip",
]
