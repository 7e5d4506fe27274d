"""The figures by name, with title and alternative text; writing them to files that are the same every time."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures._balance import balance, balance_alt
from framing.figures._evenness import evenness, evenness_alt
from framing.figures._headlines import headlines, headlines_alt
from framing.figures._hedging import hedging, hedging_alt
from framing.figures._keyness import keyness, keyness_alt
from framing.figures._naming import naming, naming_alt
from framing.figures._positions import positions, positions_alt
from framing.figures._rates import profile, profile_alt, rates, rates_alt
from framing.figures._readability import readability, readability_alt
from framing.figures._roles import roles, roles_alt
from framing.figures._sentences import sentences, sentences_alt
from framing.figures._speakers import speaker_map, speaker_map_alt, speakers, speakers_alt
from framing.figures._stance import stance, stance_alt
from framing.figures._style import printable, style
from framing.figures._terms import terms, terms_alt
from framing.figures._voice_strip import voice_strip, voice_strip_alt
from framing.figures._wording import load_wording

FORMATS = ("svg", "pdf", "png")


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
        ("readability", readability, readability_alt),
    )
}


def to_svg(ax: Axes) -> str:
    """Return the figure of these Axes as SVG with its text as text; the same figure gives the same string."""
    buffer = io.StringIO()
    with style():
        _figure(ax).savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def save(ax: Axes, path: str | Path) -> Path:
    """Write the figure of these Axes as SVG, PDF or PNG, without a date, so that the same figure is the same bytes.

    Raises
    ------
    OptionError
        If the suffix is none of `.svg`, `.pdf`, `.png`.
    """
    path = Path(path)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        found = path.suffix or "a file without suffix"
        msg = f"{path.name}: a figure cannot be written as {found!r}; allowed: .svg, .pdf, .png"
        raise OptionError(msg)
    dates = {"svg": {"Date": None, "Creator": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}[kind]
    with style():
        _figure(ax).savefig(path, format=kind, metadata=dates)
    return path


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure
