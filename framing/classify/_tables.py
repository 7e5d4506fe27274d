"""An evaluation as tables of Markdown, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from framing.classify._confidence import Calibration
from framing.classify._errors import Error
from framing.classify._evaluate import Evaluation, Group, Kind
from framing.classify._scoring import FIGURES, Ceiling, Interval, Score, short

_OF_GROUPS = ("source_exact", "cue_exact", "content_exact", "content_characters", "linked")


def named(figure: str) -> str:
    """Return a figure's name as readers see it."""
    return figure.replace("_", " ")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, text: int = 1) -> str:
    """Return a table; all columns but the first `text` are figures and stand to the right."""
    rows = [list(head), *map(list, rows)]
    width = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "| " + " | ".join(
            cell.ljust(size) if column < text else cell.rjust(size)
            for column, (cell, size) in enumerate(zip(row, width, strict=True))
        ) + " |"
        for row in rows
    ]  # fmt: skip
    rule = ["-" * size if column < text else "-" * (size - 1) + ":" for column, size in enumerate(width)]
    return "\n".join([lines[0], "| " + " | ".join(rule) + " |", *lines[1:]]) + "\n"


def scores(found: dict[str, Score], human: Ceiling | None) -> str:
    """Return the table of all figures, with the human ceiling where it is known."""
    head = ["", "precision", "recall", "F1", "right", "predicted", "annotated"]
    rows = []
    for figure in FIGURES:
        one = found[figure]
        row = [named(figure), str(one.precision), str(one.recall), str(one.f1)]
        row += [f"{n:,}" for n in (one.right, one.predicted, one.gold)]
        rows.append(row if human is None else [*row, str(human.scores[figure].f1)])
    return table(head if human is None else [*head, "annotator F1"], rows)


def groups(head: str, found: Sequence[Group]) -> str:
    """Return a table with the F1 of some figures by group."""
    rows = []
    for one in found:
        cells = [str(one.scores[figure].f1) for figure in _OF_GROUPS]
        rows.append([one.name, f"{one.articles:,}", f"{one.scores['linked'].gold:,}", *cells])
    return table([head, "articles", "attributions", *(f"{named(figure)} F1" for figure in _OF_GROUPS)], rows)


def kinds(found: Sequence[Kind]) -> str:
    """Return a table of what was found by kind; a share of nothing is a dash."""
    rows = [
        [
            one.name,
            f"{one.gold:,}",
            _share(one.recall, one.gold),
            f"{one.predicted:,}",
            _share(one.precision, one.predicted),
        ]
        for one in found
    ]
    return table(["kind of content", "annotated", "recall (linked)", "predicted", "precision (linked)"], rows)


def _share(share: Interval, n: int) -> str:
    return str(share) if n else "–"


def confidences(found: Calibration) -> str:
    """Return how often attributions of each confidence were right, and the figures of calibration."""
    rows = [[f"{short(one.confidence)}", f"{one.n:,}", short(one.right)] for one in found.bins]
    said = (
        f"Expected calibration error {short(found.error)} (ten bins), Brier score {short(found.brier)} "
        f"({short(found.spread)} for the average said of all), n = {found.n:,} attributions.\n\n"
    )
    return said + table(["mean confidence", "attributions", "share right"], rows)


def errors(found: Sequence[Error], total: int) -> str:
    """Return the table of kinds of error."""
    rows = [
        [
            one.what,
            one.where,
            ", ".join(one.words) or "–",
            f"{one.n:,}",
            f"{one.n / total:.1%}" if total else "–",
            f"{one.linked:,}",
        ]
        for one in found
    ]
    return table(["error", "cue", "frequent cue words", "n", "of annotated", "still linked"], rows, text=3)


def markdown(found: Evaluation) -> str:
    """Return an evaluation as tables of Markdown."""
    human = found.ceiling
    parts = [f"{found.part}: {found.articles:,} articles. In brackets 95 % intervals from resampling articles.\n"]
    if human is not None:
        parts.append(
            f"Annotator: each against each other annotator of the same article, {human.pairs:,} ordered pairs of "
            f"{human.articles:,} articles, scored alike.\n"
        )
    parts += [scores(found.scores, human), groups("outlet", found.outlets), groups("length", found.lengths)]
    parts.append(kinds(found.kinds))
    if found.calibration is not None:
        parts.append(confidences(found.calibration))
    return "\n".join(parts)


def as_json(found: Evaluation) -> str:
    """Return an evaluation as JSON."""
    return json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n"
