"""A stand-in for the sentence model, and sentences of two kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from framing.classify.embeddings import check_installed
from framing.classify.embeddings._encoder import Encoder
from framing.classify.embeddings._transformer import SentenceEmbeddings
from framing.errors import MissingExtraError

Kinds = tuple[list[str], list[str], list[str]]
_RNG = np.random.default_rng(5)
# whether such a word is one or the other can be learnt from nothing in it
_NAMES = ["".join(_RNG.choice(list("abcdefghijklmnopqrstuvwxyz"), 6)) for _ in range(60)]
_WET = frozenset(_NAMES[:30])


class FakeEncoder(Encoder):
    """Sees whether a text begins with a word of one kind, and nothing else."""

    def embed(self, texts: Sequence[str], *, layer: int | None = None, threads: int = 1) -> Any:
        """Return three columns: the kind, a constant, and one of no meaning."""
        wet = [float(text.split()[0].lower() in _WET) for text in texts]
        return np.column_stack([wet, np.ones(len(wet)), np.arange(len(wet)) % 2]).astype(np.float32)


@pytest.fixture
def needs_extra() -> None:
    """Skip a test that needs the model itself."""
    try:
        check_installed()
    except MissingExtraError:
        pytest.skip("the extra `embeddings` is not installed")


@pytest.fixture(scope="module")
def fake_of_module() -> Iterator[FakeEncoder]:
    """Put a stand-in where the model of the extra is looked for."""
    bert: Any = SimpleNamespace(size=3, layers=6)
    found = FakeEncoder(bert=bert, tokenizer=None, about={"package": "fake", "version": "1", "sha256": "aa"})
    with pytest.MonkeyPatch.context() as patch:
        for module in ("_transformer", "_classifier", "_model"):
            patch.setattr(f"framing.classify.embeddings.{module}.encoder", lambda: found)
        yield found


@pytest.fixture(scope="session")
def two_kinds() -> Kinds:
    """Return texts, labels and groups; the kind is told by what the stand-in sees alone."""
    texts = [f"{word.capitalize()} met on the road." for word in _NAMES]
    return texts, ["yes" if word in _WET else "no" for word in _NAMES], [str(n // 2) for n in range(len(texts))]


@pytest.fixture
def embeddings() -> SentenceEmbeddings:
    """Return the transformer as it is used."""
    return SentenceEmbeddings(layer=4)
