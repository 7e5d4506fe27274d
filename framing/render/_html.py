"""HTML by Jinja2: one file that asks no other host for anything; everything is escaped but the figures' own SVG."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from framing.errors import LayoutError
from framing.render._layout import Layout
from framing.render._svg import plain


def to_html(layout: Layout, content: Mapping[str, Any], figures: Mapping[str, str]) -> str:
    """Return the report as one HTML file.

    Beside the content a layout has `script(FILE)`, the text of a script beside it, and `script_hash(FILE)`, by which
    its policy can allow that script and no other.

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
    environment.globals.update(
        script=lambda name: Markup(layout.parts[name]), script_hash=lambda name: _hash(layout, name)
    )
    drawn = {
        name: svg if isinstance(svg, Markup) else plain(svg, name.removesuffix(".svg")) for name, svg in figures.items()
    }
    try:
        return environment.from_string(layout.text).render({**content, "figures": drawn}).lstrip()
    except TemplateError as wrong:
        line = getattr(wrong, "lineno", None)
        msg = f"{layout.name}{f', line {line}' if line else ''}: {str(wrong).splitlines()[0]}"
        raise LayoutError(msg) from wrong


def _hash(layout: Layout, name: str) -> Markup:
    code = base64.b64encode(hashlib.sha256(layout.parts[name].encode()).digest()).decode()
    return Markup(f"'sha256-{code}'")
