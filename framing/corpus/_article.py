"""The unit that is read: one article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was read; nothing in it is ever normalised.

    Attributes
    ----------
    id : str
        Unique in its corpus.
    text : str
        The body; every offset of the tables counts in it.
    outlet : str
        Empty where the input has none.
    title, date, url : str
        Empty where the input has none; a date is kept as it was written.
    extra : mapping of str to scalar
        Further columns of the input, carried along.
    """

    id: str
    text: str
    outlet: str = ""
    title: str = ""
    date: str = ""
    url: str = ""
    extra: Mapping[str, Scalar] = field(default_factory=dict)
