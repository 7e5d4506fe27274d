"""Marks of a figure that tell what they stand for: their SVG id holds it, so that a page can open the evidence."""

from __future__ import annotations

import base64
import binascii
import json
import re
import weakref
from collections.abc import Mapping

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from framing.errors import OptionError

KEYS = ("layer", "category", "group", "voice", "side", "term", "referent", "word", "event")
"""What a mark can say: which of the findings it counts. What it does not say is left open."""

ANY_EVENT = "*"
"""The event of a mark that counts the findings of all events together, and none of other articles."""

_ID = re.compile(r"m-([a-z2-7]+)-(\d+)")
_tagged: weakref.WeakKeyDictionary[Figure, int] = weakref.WeakKeyDictionary()


def tag(artist: Artist, **keys: object) -> Artist:
    """Give a mark an id that says which findings it stands for, and return the mark.

    The id is one of XML, is different from every other one in the figure, and depends on nothing but the keys and the
    order of the calls, so that the same figure is the same bytes.

    Parameters
    ----------
    artist : Artist
        A line, patch or text that stands for findings; it must be in a figure already.
    **keys
        Of `KEYS`; empty values are left out. Without any the mark stays as it is.

    Raises
    ------
    OptionError
        If a key is none of `KEYS`.
    """
    unknown = sorted(set(keys) - set(KEYS))
    if unknown:
        msg = f"a mark cannot say {unknown[0]!r}; allowed: {', '.join(KEYS)}"
        raise OptionError(msg)
    said = {key: str(keys[key]) for key in KEYS if key in keys and str(keys[key]) not in ("", "nan", "None")}
    figure = artist.get_figure(root=True)
    if not said or figure is None:
        return artist
    number = _tagged[figure] = _tagged.get(figure, 0) + 1
    text = json.dumps(said, separators=(",", ":"))
    code = base64.b32encode(text.encode("ascii")).decode("ascii").rstrip("=").lower()
    artist.set_gid(f"m-{code}-{number}")
    return artist


def decode(identifier: str) -> Mapping[str, str] | None:
    """Return what the id of a mark says, or None where it is the id of something else."""
    found = _ID.fullmatch(identifier)
    if found is None:
        return None
    code = found[1].upper()
    try:
        said = json.loads(base64.b32decode(code + "=" * (-len(code) % 8)))
    except (ValueError, binascii.Error):
        return None
    return said if isinstance(said, dict) else None
