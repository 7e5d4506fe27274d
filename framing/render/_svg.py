"""Figures as part of a page: small, with ids of their own, and with marks that say which findings they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from framing.figures._marks import decode

_PROLOGUE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_IDS = re.compile(r'(\bid="|xlink:href="#|url\(#)')
_MARK = re.compile(r'<g id="(m-[a-z2-7]+-\d+)">')
_TAG = re.compile(r"<[^<>]+>")
_FINE = re.compile(r"(-?\d+\.\d{2})\d+")
_STYLE = re.compile(r' style="([^"]*)"')
_COLOUR = re.compile("#[0-9a-f]{6}")
_USE = re.compile(r'<use [^>]*?\bx="([-\d.]+)" y="([-\d.]+)"[^>]*/>')
_BETWEEN = re.compile(r">\s*\n\s*<")
_OWN_STYLE = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_PLAIN_GROUP = re.compile(r'<g id="(?:patch|line2d|text|matplotlib\.axis|xtick|ytick|axes|legend)_\d+">')

REACH = 6
"""Points around a dot that belong to it, so that a finger can meet it."""

COLOURS = {
    "#1f2328": "ink", "#43484e": "ink", "#62676d": "muted", "#8b9096": "axis", "#d9dce0": "rule", "#f1f3f5": "pale",
    "#ffffff": "paper", "#0072b2": "accent", "#d55e00": "warm", "#009e73": "green", "#c4c9cf": "unknown",
    "#e69f00": "s1", "#00584a": "s2", "#cc79a7": "s3", "#7a3300": "s4", "#56b4e9": "s5", "#eceef1": "own",
}  # fmt: skip
"""Colours of the figures that a page may set otherwise where it is dark, as `--g-NAME`."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """The figures of a page.

    Attributes
    ----------
    svg : mapping of str to Markup
        File name -> SVG that stands for itself in a page.
    marks : sequence of mapping
        What each mark stands for; a mark has its place in this list as `data-m`.
    css : Markup
        The styles that the figures share.
    """

    svg: Mapping[str, Markup]
    marks: Sequence[Mapping[str, str]]
    css: Markup


def plain(svg: str, name: str) -> Markup:
    """Make an SVG file part of a page: no prologue, ids of its own, a size that follows the page.

    matplotlib escapes all text that it writes, so the rest may stand as it is.
    """
    svg = _PROLOGUE.sub("", svg).strip()
    svg = _IDS.sub(lambda found: f"{found[1]}{name}-", svg)
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(?:width|height|version)="[^"]*"', "", head)
    return Markup(f'{head} focusable="false">{rest}')


def drawings(figures: Mapping[str, str]) -> Drawings:
    """Return the figures for a page whose script opens the evidence behind a mark."""
    marks: list[Mapping[str, str]] = []
    drawn = {}
    for file, svg in figures.items():
        name = file.removesuffix(".svg")
        small = _TAG.sub(lambda found: _FINE.sub(r"\1", found[0]), _marked(_PROLOGUE.sub("", svg), marks))
        small = _BETWEEN.sub("><", _OWN_STYLE.sub("", _PLAIN_GROUP.sub("<g>", small)))
        drawn[file] = _coloured(str(plain(small, name)))
    counts = Counter(style for svg in drawn.values() for style in _STYLE.findall(svg))
    # ids of clip paths and hatches are part of some styles, so that these stay where they are
    shared = {style for style, n in counts.items() if n > 2 and "url(" not in style}
    names = {style: f"g{number}" for number, style in enumerate(sorted(shared))}
    finished = {file: Markup(_classed(svg, names)) for file, svg in drawn.items()}
    return Drawings(finished, marks, Markup("\n".join(f".{name} {{ {style} }}" for style, name in names.items())))


def _marked(svg: str, marks: list[Mapping[str, str]]) -> str:
    """Replace the ids of marks by their place in the list; a dot gets an invisible ring that can be met."""
    pieces, last = [], 0
    for found in _MARK.finditer(svg):
        said = decode(found[1])
        if said is None:
            continue
        pieces.append(svg[last : found.start()])
        pieces.append(f'<g class="mark" data-m="{len(marks)}">')
        last = found.end()
        dot = _USE.search(svg, last, svg.find("</g>", last))
        if dot is not None:
            pieces.append(f'<circle class="reach" cx="{dot[1]}" cy="{dot[2]}" r="{REACH}"/>')
        marks.append(said)
    return "".join([*pieces, svg[last:]])


def _coloured(svg: str) -> str:
    """Let the page decide on the colours that it knows; not where text stands on cells of many shades."""
    kept = "QuadMesh" in svg or "<image" in svg
    if not kept:
        svg = _STYLE.sub(lambda found: _COLOUR.sub(_variable, found[0]), svg)
    return svg.replace("<svg ", f'<svg class="{"kept" if kept else "free"}" ', 1)


def _variable(found: re.Match[str]) -> str:
    return f"var(--g-{COLOURS[found[0]]})" if found[0] in COLOURS else found[0]


def _classed(svg: str, names: Mapping[str, str]) -> str:
    return _STYLE.sub(lambda found: f' class="{names[found[1]]}"' if found[1] in names else found[0], svg)
