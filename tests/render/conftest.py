"""Synthetic comparisons for the tests of reports."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes

from framing.comparison import _frame
from framing.comparison._model import Comparison
from framing.figures import FIGURES, FigureKind, to_svg
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


class _Once:
    """A kind of figure that is drawn once for each comparison, and is an empty frame of its size in most tests.

    Most of a report's time goes into figures, and what they show is tested where they are made.
    """

    real = False
    drawn: ClassVar[dict[Any, tuple[Comparison, _Drawn]]] = {}

    def __init__(self, kind: FigureKind) -> None:
        self.kind = kind

    def draw(self, comparison: Comparison, **options: Any) -> _Drawn:
        key = (self.kind.name, id(comparison), repr(sorted(options.items())), _Once.real)
        if key not in self.drawn:
            ax = self.kind.draw(comparison, **options)
            svg = to_svg(ax) if _Once.real or not ax.axison else _frame_of(ax)
            # the comparison is kept, so that its id is nobody else's
            self.drawn[key] = (comparison, _Drawn(ax.axison, svg))
        return self.drawn[key][1]

    def alt_text(self, comparison: Comparison, **options: Any) -> str:
        return self.kind.alt_text(comparison, **options)


def _frame_of(ax: Axes) -> str:
    figure = ax.get_figure(root=True)
    width, height = (72 * inches for inches in figure.get_size_inches())
    plt.close(figure)
    size = f'width="{width:.1f}pt" height="{height:.1f}pt" viewBox="0 0 {width:.1f} {height:.1f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="9" height="9" fill="#888"/></svg>\n'


@pytest.fixture(scope="session", autouse=True)
def _figures_drawn_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_story, "FIGURES", {name: _Once(kind) for name, kind in FIGURES.items()})
        patch.setattr(_story, "to_svg", lambda ax: ax.svg)
        yield


@pytest.fixture(autouse=True)
def _empty_frames(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    name = request.node.nodeid
    monkeypatch.setattr(_Once, "real", "html" in name or "real_figures" in request.fixturenames)


@pytest.fixture
def real_figures() -> None:
    """Make a test draw its figures in full."""


def _pages(pdf: Path) -> list[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return [" ".join(page.split()) for page in done.stdout.decode("utf-8").split("\f")[:-1]]


@pytest.fixture(scope="session")
def pages_of() -> Callable[[Path], list[str]]:
    """Return what reads the text of each page of a PDF, white space made single spaces."""
    return _pages
