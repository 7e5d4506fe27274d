"""What a lexicon holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from framing.lexicon._conditions import Condition

SHARED = ("id", "form", "inflection", "conditions", "category", "note", "source")
LAYERS: Mapping[str, tuple[str, ...]] = {
    "loaded": ("topic", "strength", "favours", "disfavours", "alternatives"),
    "naming": ("referent", "topic", "favours", "disfavours"),
    "hedge": ("strength",),
    "booster": ("strength",),
    "cue": ("part", "content", "strength"),
    "actor": ("side", "role", "kind", "display", "gender"),
    "title": ("role", "gender", "number"),
    "unverified": (),
    "furniture": (),
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "loaded": ("topic", "strength"),
    "naming": ("referent",),
    "cue": ("part",),
    "actor": ("kind",),
    "title": ("role",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a lexicon: a word or phrase in one sense.

    Attributes
    ----------
    id : str
        Unique in its lexicon.
    form : str
        Base form.
    forms : tuple of str
        All written forms, the base form first.
    conditions : tuple of Condition
        All must hold where the form is found.
    category, note, source : str
        As in lexicons/README.md; `source` is a key of sources.bib.
    attributes : mapping of str to str
        The layer's own columns.
    lexicon, layer : str
        Where the entry stands.
    line : int
        Its line in the file.
    """

    id: str
    form: str
    forms: tuple[str, ...]
    conditions: tuple[Condition, ...]
    category: str
    note: str
    source: str
    lexicon: str
    layer: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        """Return a column of the layer, empty where the entry has none."""
        return self.attributes.get(column, "")

    @property
    def topic(self) -> str:
        """Topic of a loaded term or a naming set."""
        return self["topic"]

    @property
    def referent(self) -> str:
        """The naming set that the entry belongs to."""
        return self["referent"]

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Neutral wordings."""
        return tuple(part.strip() for part in self["alternatives"].split("|") if part.strip())

    @property
    def favours(self) -> str:
        """Whom the word helps."""
        return self["favours"]

    @property
    def disfavours(self) -> str:
        """Whom the word hurts."""
        return self["disfavours"]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a card with what must, or must not, be found in it."""

    text: str
    entry: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A list of entries with its card.

    Attributes
    ----------
    name, title, layer, version, licence, description : str
    entries : mapping of str to Entry
        In the order of the file, by id.
    sha256 : str
        Of the file's bytes.
    must_match, must_not_match : tuple of Example
    path : str
        The file it was read from, as an error would name it.
    """

    name: str
    title: str
    layer: str
    version: str
    licence: str
    description: str
    entries: Mapping[str, Entry]
    sha256: str
    must_match: tuple[Example, ...] = ()
    must_not_match: tuple[Example, ...] = ()
    path: str = ""

    def __len__(self) -> int:
        return len(self.entries)
