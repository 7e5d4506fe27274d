"""All features of a text side by side, without scikit-learn: what runs over a corpus, and what training learns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.classify.texts._blocks import CharacterGrams, Floats, Places, WordGrams
from framing.classify.texts._dense import MeanVector, Style
from framing.classify.texts._units import Units

BLOCKS = ("words", "characters", "vectors", "measures")
WEIGHTS: Mapping[str, float] = {"words": 1.0, "characters": 1.0, "vectors": 1.0, "measures": 0.1}
"""How much each block counts unless told otherwise; all rows of a block but `measures` have length 1."""


class Block(Protocol):
    """Features of one kind."""

    @property
    def size(self) -> int:
        """How many there are."""

    @property
    def names(self) -> list[str]:
        """What they are called."""

    def matrix(self, units: Units) -> sparse.csr_matrix:
        """Return them for units, shape (units, features)."""

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the block as arrays."""


@dataclass(frozen=True, eq=False)
class Features:
    """Blocks of features, each with its weight.

    Attributes
    ----------
    blocks : mapping of str to Block
        In the order of `BLOCKS`.
    weights : mapping of str to float
    """

    blocks: Mapping[str, Block]
    weights: Mapping[str, float]

    @classmethod
    def learn(
        cls,
        parts: Sequence[Units],
        *,
        words: tuple[int, int] | None,
        characters: tuple[int, int] | None,
        vectors: bool,
        measures: bool,
        layers: Sequence[str],
        least: int,
        weights: Mapping[str, float],
    ) -> Features:
        """Learn the blocks that are wanted from units."""
        blocks: dict[str, Block] = {}
        if words:
            blocks["words"] = WordGrams.learn(parts, words, least)
        if characters:
            blocks["characters"] = CharacterGrams.learn(parts, characters, least)
        if vectors:
            blocks["vectors"] = MeanVector.learn(parts)
        if measures:
            blocks["measures"] = Style.learn(parts, layers)
        return cls(blocks, {**WEIGHTS, **weights})

    @property
    def size(self) -> int:
        """How many features there are."""
        return sum(block.size for block in self.blocks.values())

    @property
    def names(self) -> list[str]:
        """What they are called, BLOCK=FEATURE."""
        return [name for block in self.blocks.values() for name in block.names]

    @property
    def slices(self) -> dict[str, slice]:
        """Where each block's features stand."""
        first = np.cumsum([0, *(block.size for block in self.blocks.values())]).tolist()
        return {name: slice(first[n], first[n + 1]) for n, name in enumerate(self.blocks)}

    def matrix(self, units: Units) -> sparse.csr_matrix:
        """Return the features of units, shape (units, features)."""
        blocks = [block.matrix(units) * self.weights[name] for name, block in self.blocks.items()]
        if not blocks:
            return sparse.csr_matrix((units.count, 0))
        return sparse.csr_matrix(sparse.hstack(blocks, format="csr"))

    def on_tokens(self, units: Units, matrix: sparse.csr_matrix, weights: Floats) -> Floats:
        """Return what each token adds to a sum of features; measures of style belong to no token.

        Parameters
        ----------
        units : Units
        matrix : csr_matrix, shape (units, features)
            What `matrix` returned for them.
        weights : ndarray of float64, shape (features,)

        Returns
        -------
        ndarray of float64, shape (tokens,)
        """
        total = np.zeros(len(units.batch))
        for name, part in self.slices.items():
            block = self.blocks[name]
            if isinstance(block, MeanVector):
                tokens = units.words
                total[tokens] += block.of_tokens(units, tokens) @ weights[part] * self.weights[name]
            elif isinstance(block, WordGrams | CharacterGrams):
                values = sparse.csr_matrix(matrix[:, part].multiply(weights[part]))
                _spread(values, block.counts(units), block.places(units), total)
        return total

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return everything as arrays."""
        out = {f"weight {name}": np.array(self.weights[name]) for name in self.blocks}
        for block in self.blocks.values():
            out |= block.columns()
        return out

    @classmethod
    def of_columns(cls, columns: Mapping[str, NDArray[Any]]) -> Features:
        """Return the features that wrote them."""
        kinds = {"words": WordGrams, "characters": CharacterGrams, "vectors": MeanVector, "measures": Style}
        weights = {name: float(columns[f"weight {name}"]) for name in BLOCKS if f"weight {name}" in columns}
        return cls({name: cast("Any", kinds[name]).of_columns(columns) for name in weights}, weights)


def _spread(values: sparse.csr_matrix, counts: sparse.csr_matrix, places: Sequence[Places], total: Floats) -> None:
    """Divide what a feature gives a unit among the places where it stands there, and add it to the tokens."""
    for place in places:
        value = np.asarray(values[place.unit, place.feature]).ravel()
        often = np.asarray(counts[place.unit, place.feature]).ravel()
        np.add.at(total, place.token, value / np.maximum(often, 1) * place.share)
