"""An attribution, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]


@dataclass(slots=True)
class Attribution:
    """A content given to a source by a cue; offsets count in the batch's text.

    Attributes
    ----------
    article : int
        Number of the article in its batch.
    source, cue, content : list of (start, end)
        Pieces in the order of the text; empty where there is none.
    stance : str
        Category of the cue's entry.
    rule : str
        The rule that found it.
    lexicon, entry : str
        The cue's entry, where a lexicon has one.
    kind : str
        ``direct``, ``indirect`` or ``mixed``.
    speaker, side, role : str
        Who speaks, filled in when the article's speakers are resolved.
    anonymous : bool
        The source is a person without a name: an official, a source close to somebody.
    by_pronoun : bool
        The source is a pronoun.
    confidence : float
        How sure the finder is of the cue and what hangs on it, in [0, 1].
    side_rule : str
        What decided the side: ``LEXICON/ENTRY`` of an actor, with ``pronoun:`` or ``name:`` in front where the speaker
        was found by what came earlier; empty where the side is.
    """

    article: int
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    stance: str = ""
    rule: str = ""
    lexicon: str = ""
    entry: str = ""
    kind: str = "indirect"
    speaker: str = ""
    side: str = ""
    role: str = ""
    anonymous: bool = False
    by_pronoun: bool = False
    confidence: float = 1.0
    side_rule: str = ""

    @property
    def place(self) -> int:
        """Where the attribution begins."""
        source, cue, content = self.source, self.cue, self.content
        first = content[0][0] if content else cue[0][0] if cue else source[0][0]
        if cue and cue[0][0] < first:
            first = cue[0][0]
        return source[0][0] if source and source[0][0] < first else first


def pieces(parts: Iterable[Sequence[Span]]) -> NDArray[np.int64]:
    """Return the pieces of some parts of attributions one below the other, shape (pieces, 2)."""
    flat = chain.from_iterable(chain.from_iterable(parts))
    return np.fromiter(flat, dtype=np.int64).reshape(-1, 2)
