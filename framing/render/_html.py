"""HTML by Jinja2: one file that asks no other host for anything; everything is escaped but the figures' own SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from framing.errors import LayoutError
from framing.render._layout import Layout

_PROLOGUE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>", re.DOTALL)
_IDS = re.compile(r'(\bid="|xlink:href="#|url\(#)')


def to_html(layout: Layout, content: Mapping[str, Any], figures: Mapping[str, str]) -> str:
    """Return the report as one HTML file.

    Raises
    ------
    LayoutError
        If the template is wrong.
    """
    environment = Environment(
        loader=DictLoader(layout.parts),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = {name: _inline(svg, name.removesuffix(".svg")) for name, svg in figures.items()}
    try:
        return environment.from_string(layout.text).render({**content, "figures": drawn}).lstrip()
    except TemplateError as wrong:
        line = getattr(wrong, "lineno", None)
        msg = f"{layout.name}{f', line {line}' if line else ''}: {str(wrong).splitlines()[0]}"
        raise LayoutError(msg) from wrong


def _inline(svg: str, name: str) -> Markup:
    """Make an SVG file part of a page: no prologue, ids of its own, a size that follows the page.

    matplotlib escapes all text that it writes, so the rest may stand as it is.
    """
    svg = _PROLOGUE.sub("", svg).strip()
    svg = _IDS.sub(lambda found: f"{found[1]}{name}-", svg)
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(?:width|height|version)="[^"]*"', "", head)
    return Markup(f'{head} aria-hidden="true" focusable="false">{rest}')
