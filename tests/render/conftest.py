"""Synthetic comparisons for the tests of reports."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from framing.comparison import _frame
from framing.comparison._model import Comparison
from framing.figures import FIGURES, to_svg
from framing.render import _story

_FILE = Path(__file__).parents[1] / "figures" / "synthetic.py"


def _load() -> Callable[..., Comparison]:
    """Load the factory by path: with import-mode importlib, test folders are not importable by name."""
    spec = importlib.util.spec_from_file_location("framing_tests_synthetic", _FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    make: Callable[..., Comparison] = module.make
    return make


def _full(comparison: Comparison) -> Comparison:
    """Give every table all its columns: what a factory leaves out is unknown."""
    added = {}
    for name, columns in _frame.COLUMNS.items():
        table = getattr(comparison, name)
        missing = [column for column in columns if column not in table.columns]
        if missing:
            empty = {column: "" if column in _frame._TEXTS else float("nan") for column in missing}
            added[name] = table.assign(**empty)
    return dataclasses.replace(comparison, **added)


@pytest.fixture(scope="session")
def make() -> Callable[..., Comparison]:
    """Return the factory of synthetic comparisons; the same arguments give the very same comparison."""
    factory, made = _load(), {}

    def cached(*args: Any, **options: Any) -> Comparison:
        key = repr((args, sorted(options.items())))
        if key not in made:
            made[key] = _full(factory(*args, **options))
        return made[key]

    return cached


@dataclasses.dataclass(frozen=True)
class _Drawn:
    """What is left of a figure once it was drawn."""

    axison: bool
    svg: str


@dataclasses.dataclass(frozen=True)
class _Once:
    """A kind of figure that is drawn once for each comparison, since most of a report's time goes there."""

    kind: Any
    drawn: dict[Any, tuple[Comparison, _Drawn]]

    def draw(self, comparison: Comparison, **options: Any) -> _Drawn:
        key = (self.kind.name, id(comparison), repr(sorted(options.items())))
        if key not in self.drawn:
            ax = self.kind.draw(comparison, **options)
            # the comparison is kept, so that its id is nobody else's
            self.drawn[key] = (comparison, _Drawn(ax.axison, to_svg(ax) if ax.axison else ""))
        return self.drawn[key][1]

    def alt_text(self, comparison: Comparison, **options: Any) -> str:
        return str(self.kind.alt_text(comparison, **options))


@pytest.fixture(scope="session", autouse=True)
def _figures_drawn_once() -> Iterator[None]:
    drawn: dict[Any, tuple[Comparison, _Drawn]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_story, "FIGURES", {name: _Once(kind, drawn) for name, kind in FIGURES.items()})
        patch.setattr(_story, "to_svg", lambda ax: ax.svg)
        yield


def _pages(pdf: Path) -> list[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return [" ".join(page.split()) for page in done.stdout.decode("utf-8").split("\f")[:-1]]


@pytest.fixture(scope="session")
def pages_of() -> Callable[[Path], list[str]]:
    """Return what reads the text of each page of a PDF, white space made single spaces."""
    return _pages
