"""A sentence model with embeddings, as the package runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.classify.embeddings._encoder import encoder
from framing.classify.sentences import Scored, SentenceModel, Units
from framing.errors import InputError
from framing.lexicon import Matches
from framing.measures.attribution.finder import WordClasses

Floats = NDArray[np.float64]
Embed = Callable[[Sequence[str]], NDArray[np.floating]]
KIND = "sentences with embeddings"


class EmbeddedModel(SentenceModel):
    """Scores units of text by their words, as `SentenceModel` does, and by their embedding.

    What the embedding adds belongs to no word.

    Parameters
    ----------
    about, columns, classes
        See `SentenceModel`.
    embed : callable, optional
        Takes n texts, returns an array of shape (n, d); that of the extra by default, loaded when it is first needed.
    threads : int
        Of the embeddings of the extra.

    Raises
    ------
    MissingExtraError
        When it scores, if the extra is not installed.
    InputError
        When it scores, if the extra's model is not the one that this was trained with.
    """

    def __init__(
        self, about: Mapping[str, Any], columns: Mapping[str, NDArray[Any]], classes: WordClasses, *,
        embed: Embed | None = None, threads: int = 1,
    ) -> None:  # fmt: skip
        super().__init__(about, columns, classes)
        self._threads = threads
        self._embed = embed or self._by_extra

    def score(self, units: Units, matches: Matches) -> Scored:
        """Score units; see `SentenceModel.score`."""
        scored = super().score(units, matches)
        return replace(scored, sentences=scored.sentences + self.of_embedding(units))

    def of_embedding(self, units: Units) -> Floats:
        """Return what the embedding adds to the log-odds of each unit, shape (units,); 0 for an empty one."""
        found = np.zeros(units.n)
        if len(units.filled):
            found[units.filled] = self._embed(texts_of(units)) @ self.columns["embedding"]
        return found

    def _by_extra(self, texts: Sequence[str]) -> NDArray[np.floating]:
        known = encoder()
        trained = self.about["embedding"]
        if trained["sha256"] != known.about["sha256"]:
            there, wanted = (f"{one['package']} {one['version']}" for one in (known.about, trained))
            msg = f"the model was trained with the weights of {wanted}, installed are those of {there}: train it anew"
            raise InputError(msg)
        return known.embed(texts, layer=trained["layer"], threads=self._threads)


def texts_of(units: Units) -> list[str]:
    """Return the text of each unit that holds a token, from its first token to its last."""
    batch = units.batch
    last = np.append(units.first[1:], len(batch))[: len(units.first)] - 1
    bounds = zip(batch.start[units.first].tolist(), batch.end[last].tolist(), strict=True)
    return [batch.text[start:end] for start, end in bounds]
