"""An attribution, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass

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
        parts = self.content or self.cue
        first = parts[0][0] if parts else self.source[0][0]
        if self.cue and self.cue[0][0] < first:
            first = self.cue[0][0]
        return self.source[0][0] if self.source and self.source[0][0] < first else first
