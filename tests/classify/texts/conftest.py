"""Small made-up texts whose labels show in their words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

_PLAIN = "the mayor met people in town and a report was read to them on a cold day by her office".split()
_TELLING = {
    "money": "taxes cost budget jobs market prices".split(),
    "fight": "clash attack battle rival war protest".split(),
    "health": "doctors hospital nurses patients vaccine illness".split(),
}


def _text(rng: np.random.Generator, kinds: Sequence[str]) -> str:
    words = list(rng.choice(_PLAIN, 12))
    for kind in kinds:
        words += list(rng.choice(_TELLING[kind], 3))
    rng.shuffle(words)
    return " ".join(words).capitalize() + rng.choice([".", "?", "!"])


@pytest.fixture(scope="session")
def one_of_three() -> tuple[list[str], list[str]]:
    """Texts and the one kind that each is of."""
    rng = np.random.default_rng(7)
    kinds = [list(_TELLING)[n % 3] for n in range(60)]
    return [_text(rng, [kind]) for kind in kinds], kinds


@pytest.fixture(scope="session")
def any_of_three() -> tuple[list[str], np.ndarray]:
    """Texts and which of three kinds each is of, none or several."""
    rng = np.random.default_rng(11)
    labels = rng.random((60, 3)) < 0.4
    kinds = [[kind for kind, has in zip(_TELLING, row, strict=True) if has] for row in labels.tolist()]
    return [_text(rng, one) for one in kinds], labels.astype(int)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write a CSV from columns and return its path."""

    def write(name: str = "data.csv", **columns: Sequence[object]) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
        return path

    return write
