"""The gallery in docs: every figure is in it, and every picture that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from framing.figures import FIGURES

DOCS = Path(__file__).parents[2] / "docs"

if not DOCS.is_dir():
    pytest.skip("docs are not part of what is installed", allow_module_level=True)

PAGE = (DOCS / "gallery.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_its_title_its_call_and_its_description(name: str) -> None:
    title = FIGURES[name].title()
    part = next(part for part in PAGE.split("\n## ") if part.startswith(f"{title}\n"))
    assert f"fr.figures.{name}(result" in part
    assert f"\n![{title}](gallery/{name}.svg)\n\n> " in part or "The sample has nothing to show here" in part


def test_every_picture_that_is_named_is_there_and_no_other() -> None:
    named = set(re.findall(r"\]\(gallery/([^)]+)\)", PAGE))
    assert named == {path.name for path in (DOCS / "gallery").iterdir()}


def test_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in (DOCS / "gallery").iterdir()]
    assert max(sizes) < 100_000
    assert sum(sizes) < 1_500_000
