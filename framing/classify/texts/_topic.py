"""Whether a text is about what a model knows: a few words decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.classify.texts._units import Units
from framing.text import base

_ANY = "*"
_HEAD = 2


@dataclass(frozen=True, eq=False)
class Topic:
    """Words that tell a topic.

    Attributes
    ----------
    words : sequence of str
        Folded; one that ends in ``*`` stands for all that begin like that. A part of a hyphenated word counts.
    least : int
        So many must stand in a text.
    share : float
        And so large a share of its words they must be.
    """

    words: Sequence[str]
    least: int = 1
    share: float = 0.0
    _key: object = field(default_factory=object, repr=False)

    def holds(self, units: Units) -> NDArray[np.bool_]:
        """Return which units are about it, shape (units,)."""
        tokens = units.words
        told = units.batch.vocabulary.column(self._key, self._told)[units.batch.type[tokens]]
        owner = units.owner[tokens]
        found = np.bincount(owner[told], minlength=units.count)
        n_words = np.bincount(owner, minlength=units.count)
        return np.asarray((found >= self.least) & (found >= self.share * n_words))

    def _told(self, folded: Sequence[str]) -> NDArray[np.bool_]:
        whole = frozenset(word for word in self.words if not word.endswith(_ANY))
        begins = tuple(word.removesuffix(_ANY) for word in self.words if word.endswith(_ANY))

        heads = {word[:_HEAD] for word in (*whole, *begins)}  # few words begin like any of these

        def tells(word: str) -> bool:
            return word[:_HEAD] in heads and (base(word) in whole or word.startswith(begins))

        # a list, since most of it is decided by two letters
        return np.array(
            [
                (word[:_HEAD] in heads and tells(word)) or ("-" in word and any(map(tells, word.split("-"))))
                for word in folded
            ],
            dtype=np.bool_,
        )

    def about(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {"words": list(self.words), "least": self.least, "share": self.share}

    @classmethod
    def of_about(cls, about: Mapping[str, Any] | None) -> Topic | None:
        """Return the topic that wrote it, if there is any."""
        return cls(tuple(about["words"]), int(about["least"]), float(about["share"])) if about else None
