"""Blocks of the report of an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from framing.figures import Wording, to_svg
from framing.figures._by_part import by_part, by_part_alt
from framing.figures._calibration import calibration, calibration_alt
from framing.figures._confusion import confusion, confusion_alt
from framing.figures._learning_curve import learning_curve, learning_curve_alt
from framing.figures._measured import bounds, score, scored
from framing.figures._reached import reached, reached_alt
from framing.figures._style import printable
from framing.figures._telling_features import telling_features, telling_features_alt
from framing.render._story import Block, clean

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation, Interval

_FIGURES: dict[str, tuple[Callable[..., Any], Callable[..., str]]] = {
    "reached": (reached, reached_alt),
    "calibration": (calibration, calibration_alt),
    "confusion": (confusion, confusion_alt),
    "curve": (learning_curve, learning_curve_alt),
    "features": (telling_features, telling_features_alt),
    "parts": (by_part, by_part_alt),
}


@dataclass(slots=True)
class EvaluationStory:
    """An evaluation on its way into a report.

    Attributes
    ----------
    evaluation : Evaluation
    wording : Wording
    language : str
    figures : dict of str to str
        File name -> SVG, filled as blocks are made.
    """

    evaluation: Evaluation
    wording: Wording
    language: str
    figures: dict[str, str] = field(default_factory=dict)

    def say(self, key: str, n: float | None = None, /, **values: object) -> str:
        """Return a sentence of the evaluation's wording."""
        return self.wording(f"evaluation.{key}", n=n, **values)

    def runs(self, key: str, n: float | None = None, /, **values: object) -> list[dict[str, Any]]:
        """Return a sentence with its strong words marked."""
        return self.wording.runs(f"evaluation.{key}", n=n, **values)

    def text(self, key: str, n: float | None = None, /, **values: object) -> Block:
        """Return a paragraph."""
        return {"kind": "text", "runs": self.runs(key, n, **values)}

    def scored(self, found: Interval | None) -> str:
        """Return `.783 [.771, .794]`."""
        return scored(self.wording, found)

    def stacked(self, found: Interval | None) -> str:
        """Return a value with its interval on a line of its own, for narrow columns."""
        if found is None:
            return "–"
        return f"{score(self.wording, found.value)}\n{bounds(self.wording, found)}".strip()

    def number(self, n: float) -> str:
        """Return a count."""
        return self.wording.number(n, 0)

    def figure(self, name: str, caption: str, **options: object) -> Block:
        """Draw a figure; where it has nothing to show, return the sentence that says so."""
        draw, describe = _FIGURES[name]
        ax = draw(self.evaluation, language=self.language, **options)
        alt = clean(printable(describe(self.evaluation, language=self.language, **options)), 2000)
        if not ax.axison:
            return {"kind": "text", "runs": [{"text": alt, "strong": False}]}
        file = f"{'-'.join([name, *map(str, options.values())])}.svg"
        self.figures[file] = to_svg(ax)
        return {"kind": "figure", "file": file, "id": f"figure-{file[:-4]}", "alt": alt, "caption": clean(caption, 300)}

    def table(
        self, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]], *, note: str = "",
        **values: object,
    ) -> Block:  # fmt: skip
        """Return a table; a line break within a cell stays."""
        return {
            "kind": "table",
            "id": f"table-{name}",
            "caption": clean(self.say(f"table.{name}", **values), 300),
            "columns": [{"label": clean(label, 60), "align": align} for label, align in columns],
            "rows": [["\n".join(clean(line, 120) for line in cell.split("\n")) for cell in row] for row in rows],
            "note": note,
        }
