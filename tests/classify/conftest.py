"""Invented annotated articles, and a finder trained on them."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from framing._data import lexicons
from framing.classify._gold import Record, read_gold
from framing.classify._training import Plan, Trainer
from framing.measures.attribution.finder import Weights, open_classes


@pytest.fixture(scope="session")
def data(annotated: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with train, dev and agreement."""
    folder: Path = annotated.write_folder(tmp_path_factory.mktemp("annotated"))
    return folder


@pytest.fixture(scope="session")
def records(data: Path) -> list[Record]:
    """Return the articles to train on."""
    return read_gold(data / "train.jsonl.gz")


@pytest.fixture(scope="session")
def trainer(records: list[Record]) -> Trainer:
    """Return a trainer that has not begun."""
    classes = open_classes(lexicons() / "models" / "word-classes.npz")
    return Trainer(records, classes, Plan(least=2, folds=2, epochs=4, seeds=1, rate=0.2, penalty=1.0))


@pytest.fixture(scope="session")
def weights(trainer: Trainer) -> Weights:
    """Return a finder trained on the articles; its second pass learnt from what its own first pass says."""
    said = trainer.train(trainer.cross_labels())
    return said
