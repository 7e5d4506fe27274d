"""One article through the measures: what is marked in it, and in whose voice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from framing.analysis import BatchReader, Setting
from framing.corpus import Article
from framing.measures import available


@dataclass(frozen=True)
class Read:
    """The rows of one article."""

    article: dict[str, Any]
    findings: list[dict[str, Any]]
    attributions: list[dict[str, Any]]

    def of(self, layer: str) -> list[tuple[str, str]]:
        """Return text and voice of each finding of a layer."""
        return [(row["text"], row["voice"]) for row in self.findings if row["layer"] == layer]

    def counts(self, layer: str) -> tuple[int, int, int]:
        """Return a layer's counts in the own, the quoted and the reported voice."""
        own, quoted, reported = (self.article[f"{layer}_{voice}"] for voice in ("own", "quoted", "reported"))
        return own, quoted, reported


Reader = Callable[..., Read]


@cache
def _reader(sides: Sequence[str]) -> BatchReader:
    # what trained models mark is theirs to test
    return BatchReader(Setting(measures=tuple(available()), sides=tuple(sides), form="jsonl"))


def _rows(piece: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in piece.decode().split("\n") if line]


@pytest.fixture(scope="session")
def read() -> Reader:
    """Return a function from a text to what the measures mark in it; `sides` are names of actors lexicons."""

    def read_one(text: str, *, title: str = "", outlet: str = "", sides: Sequence[str] = ()) -> Read:
        pieces = _reader(tuple(sides)).process([Article("1", text, outlet=outlet, title=title)])
        (article,) = _rows(pieces.articles)
        return Read(article, _rows(pieces.findings), _rows(pieces.attributions))

    return read_one
