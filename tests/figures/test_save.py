"""Files of figures: sizes, the same bytes, and PGF with and without a TeX system."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.backends import backend_pgf

from framing import figures
from framing.comparison._model import Comparison
from framing.errors import MissingExtraError
from framing.figures._save import escaped

Make = Callable[..., Comparison]


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
def test_a_slide_is_the_same_bytes_each_time(make: Make, suffix: str, tmp_path: Path) -> None:
    one, two = (figures.save(figures.rates(make(2), width=5.0), tmp_path / f"{i}.{suffix}", width=10) for i in (1, 2))
    assert one.read_bytes() == two.read_bytes()


def test_a_slide_is_ten_inches_wide_in_every_format(make: Make, tmp_path: Path) -> None:
    ax = figures.rates(make(3), width=5.0)
    png = figures.save(ax, tmp_path / "a.png", width=10).read_bytes()
    assert struct.unpack(">I", png[16:20])[0] == 2000
    pdf = figures.save(ax, tmp_path / "a.pdf", width=10).read_bytes()
    assert re.search(rb"/MediaBox \[ ?0 0 720 ", pdf)
    svg = figures.save(ax, tmp_path / "a.svg", width=10).read_text(encoding="utf-8")
    assert re.search(r'<svg [^>]*width="720pt"', svg)
    plain = figures.save(ax, tmp_path / "b.pdf").read_bytes()
    assert re.search(rb"/MediaBox \[ ?0 0 360 ", plain)


def test_pgf_without_a_tex_system_is_an_error_that_names_other_formats(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"a\.pgf: .*xelatex.* install TeX Live or take \.svg, \.pdf, \.png"):
        figures.save(figures.rates(make(2)), tmp_path / "a.pgf")
    assert not (tmp_path / "a.pgf").exists()


class _Measured:
    """A TeX system that measures as if all letters were half as wide as they are high."""

    @classmethod
    def _get_cached_or_new(cls) -> _Measured:
        return cls()

    def get_width_height_descent(self, text: str, prop: object) -> tuple[float, float, float]:
        size = prop.get_size_in_points()  # type: ignore[attr-defined]
        return 0.5 * size * len(text), size, 0.2 * size


def test_pgf_has_the_text_escaped(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == "xelatex" else None)
    monkeypatch.setattr(backend_pgf, "LatexManager", _Measured)
    file = figures.save(figures.rates(make(["A & B_c 50 %", "B"]), width=5.0), tmp_path / "a.pgf", width=10)
    text = file.read_text(encoding="utf-8")
    assert r"A \& B\_c 50 \%" in text
    assert r"\scalebox{2}" in text
    assert text.count(r"\begin{pgfpicture}") == text.count(r"\end{pgfpicture}") == 1
    assert str(tmp_path) not in text


def test_every_character_that_means_something_to_tex_is_escaped() -> None:
    assert escaped(r"\a{b}#$%&_~^") == (r"\textbackslash{}a\{b\}\#\$\%\&\_\textasciitilde{}\textasciicircum{}")
    assert escaped("Ünïcode “x” – ■") == "Ünïcode “x” – ■"
