"""Make docs/gallery.md and its pictures from the bundled sample: python docs/make_gallery.py."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import framing as fr
from framing.comparison import Comparison
from framing.figures import FIGURES, FigureKind, save

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "reports" / "sample" / "articles.jsonl"

OPTIONS: dict[str, dict[str, Any]] = {"trend": {"layer": "hedge"}}
"""Options of figures that show more of the sample than without."""

INTRO = """# Gallery

Every figure that framing draws, made from the sample that it brings: twelve articles of three invented outlets on two
invented countries. Twelve articles show what a figure looks like, and nothing about how often anything is found.
`python docs/make_gallery.py` makes this page anew.

```python
import framing as fr

analysis = fr.analyze("reports/sample/articles.jsonl", sides="sample")
events = fr.match_events(analysis)
result = fr.compare(analysis, over="quarter", match=events, min_articles=4, seed=7)
```

Each figure is a function of a comparison that returns Matplotlib's Axes. All take `ax`, to draw into Axes of your own,
`width` in inches, and `language`. `fr.figures.save(ax, "rates.pdf")` writes SVG, PDF, PNG or PGF, always the same
bytes; `framing figures` does so for all of them, in three widths. The text under a figure is what a report gives to
those who don't see it.
"""


def compared() -> Comparison:
    """Return the comparison that the page tells how to make."""
    analysis = fr.analyze(SAMPLE, sides="sample", jobs=1, progress=False)
    events = fr.match_events(analysis)
    return fr.compare(analysis, over="quarter", match=events, min_articles=4, seed=7)


def call_of(name: str) -> str:
    """Return the Python call that draws a figure."""
    options = "".join(f", {key}={value!r}" for key, value in OPTIONS.get(name, {}).items()).replace("'", '"')
    return f"fr.figures.{name}(result{options})"


def sentence_of(kind: FigureKind) -> str:
    """Return the first sentence of what the function of a figure says it does."""
    text = " ".join((inspect.getdoc(kind.draw) or "").split("\n\n")[0].split())
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]


def section(name: str, result: Comparison, *, drawn: bool) -> str:
    """Return the part of the page on one figure."""
    kind = FIGURES[name]
    alt = kind.alt_text(result, **OPTIONS.get(name, {}))
    lines = [f"## {kind.title()}", sentence_of(kind), f"```python\n{call_of(name)}\n```"]
    if drawn:
        lines += [f"![{kind.title()}](gallery/{name}.svg)", f"> {alt}"]
    else:
        lines.append(f"The sample has nothing to show here; the figure says so: “{alt}”")
    return "\n\n".join(lines)


def page(result: Comparison, drawn: set[str]) -> str:
    """Return the gallery as Markdown."""
    return "\n\n".join([INTRO.rstrip(), *(section(name, result, drawn=name in drawn) for name in FIGURES)]) + "\n"


def main() -> None:
    """Write the page and its pictures."""
    result = compared()
    folder = HERE / "gallery"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    drawn = set()
    for name, kind in FIGURES.items():
        ax = kind.draw(result, **OPTIONS.get(name, {}))
        if ax.axison:
            save(ax, folder / f"{name}.svg")
            drawn.add(name)
    (HERE / "gallery.md").write_text(page(result, drawn), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
