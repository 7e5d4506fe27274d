"""Annotated texts of any file: what a text is, what its labels are, and what belongs together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing.classify.texts._labels import Cells, Labelled, read_labels
from framing.classify.texts._near import near_duplicates
from framing.corpus import Article, Reject, read_corpus
from framing.corpus._row import Log
from framing.errors import InputError

_GROUPS = ("url", "link", "article_url", "article", "article_id")
_FEWEST = 2  # groups of a class
_SHOWN = 12  # labels in a message


@dataclass(frozen=True, kw_only=True, eq=False)
class Records:
    """Annotated texts.

    Attributes
    ----------
    name, sha256 : str
        The file, and the hash of its bytes.
    labels : tuple of str
        One where a text has it or not, several where it has one of them (`exclusive`) or any number.
    negative : str
        What a text without the one label is called.
    exclusive : bool
    ids, texts, groups : list of str, length n
        Texts of a group belong together.
    gold : ndarray of bool, shape (n, k)
    second : ndarray of int64, shape (n,), or None
        Number of a second, weaker exclusive label, or -1.
    grouped_by : str
        The column that groups came from, or what stands in for it.
    outlets, topics : list of (str or None), length n, or None
    rejected, unlabelled : int
        Rows left out: they could not be read, or have no label.
    """

    name: str
    sha256: str
    labels: tuple[str, ...]
    negative: str
    exclusive: bool
    ids: list[str]
    texts: list[str]
    groups: list[str]
    gold: NDArray[np.bool_]
    second: NDArray[np.int64] | None
    grouped_by: str
    outlets: list[str | None] | None
    topics: list[str | None] | None
    rejected: int
    unlabelled: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def target(self) -> NDArray[np.int64]:
        """Labels as `TextClassifier.fit` takes them: numbers of classes, or an indicator matrix."""
        if self.exclusive:
            return np.asarray(self.gold.argmax(axis=1))
        return np.asarray(self.gold[:, 0] if len(self.labels) == 1 else self.gold, dtype=np.int64)


def read_records(
    data: str | Path,
    *,
    labels: str | Sequence[str],
    text: str | None = None,
    id: str | None = None,
    group: str | None = None,
    outlet: str | None = None,
    topic: str | None = None,
    positive: str | None = None,
    empty: str | None = None,
    second: str | None = None,
    known: Sequence[str] | None = None,
    encoding: str | None = None,
    strict: bool = False,
) -> Records:
    """Read annotated texts.

    Parameters
    ----------
    data : path
        CSV, TSV, JSON, JSON Lines (each also .gz) or Parquet.
    labels : str or sequence of str
        One column: of two values (a label or not) or of more (one of them); of lists, or of names joined by ``;``
        (any number of them); of objects from name to 0 or 1. Several columns: 0 or 1 in each.
    text, id, outlet : str, optional
        Columns; found by their usual names.
    group : str, optional
        The column whose equal values belong together; ``url``, ``article`` and the like by default. Where there is
        none, texts that share half of their runs of five words belong together.
    topic : str, optional
        A column for the report; ``topic`` by default, if there is one.
    positive : str, optional
        Of two values, the one that is the label; not needed for 0 and 1, yes and no, X and non-X.
    empty : str, optional
        What an empty cell of labels means; without it, such rows are left out (a list of names may be empty).
    second : str, optional
        A column with a second label of the same set, for training.
    known : sequence of str, optional
        Labels of a model; the file's must be among them, and take their order.
    encoding : str, optional
    strict : bool
        Stop at the first row that cannot be read.

    Raises
    ------
    InputError
        If a column is missing, a row holds what is not allowed, no text is left, there is one class only, or a class
        stands in fewer than two groups.
    """
    options = {"text": text, "id": id, "outlet": outlet, "encoding": encoding}
    rows, rejected, sha256 = _rows(data, options, strict)
    columns = [labels] if isinstance(labels, str) else list(labels)
    cells = Cells(str(data), [(line, cells) for line, _, cells in rows])
    cells.check([*columns, *(name for name in (group, topic, second) if name)])
    found = read_labels(cells, columns, positive=positive, empty=empty, second=second, known=known)
    articles = [rows[place][1] for place in found.rows]
    kept = [rows[place][2] for place in found.rows]
    groups, by = _groups(articles, kept, group)
    records = Records(
        name=Path(data).name, sha256=sha256, labels=found.labels, negative=found.negative, exclusive=found.exclusive,
        ids=[article.id for article in articles], texts=[article.text for article in articles], groups=groups,
        gold=found.gold, second=found.second, grouped_by=by,
        outlets=_some([article.outlet or None for article in articles]),
        topics=_some([_plain(one.get(topic or "topic")) for one in kept]),
        rejected=rejected, unlabelled=len(rows) - len(kept),
    )  # fmt: skip
    if known is None:
        _check(str(data), records, found)
    return records


def _rows(
    data: str | Path, options: Mapping[str, str | None], strict: bool
) -> tuple[list[tuple[int, Article, Mapping[str, object]]], int, str]:
    corpus = read_corpus(data, strict=strict, **options)
    rows, rejected = [], 0
    first = ""
    # a corpus carries no nested cells along; its reader has them, row by row the same
    for made, row in zip(corpus.rows(), corpus._reader.rows(Log()), strict=False):
        if isinstance(made, Reject) or isinstance(row, (Reject, Article)):
            rejected += 1
            if isinstance(made, Reject):
                first = first or f"; line {made.line:,}: {made.reason}"
        else:
            rows.append((row.line, made, row.cells))
    if not rows:
        msg = f"{data}: no row that could be read ({rejected:,} could not{first}); allowed: rows with a text"
        raise InputError(msg)
    return rows, rejected, corpus.sha256()


def _plain(value: object) -> str | None:
    text = "" if value is None or isinstance(value, (dict, list)) else str(value).strip()
    return text or None


def _some(values: list[str | None]) -> list[str | None] | None:
    return values if any(values) else None


def _groups(
    articles: Sequence[Article], cells: Sequence[Mapping[str, object]], group: str | None
) -> tuple[list[str], str]:
    """Return what each text belongs to; one whose cell is empty is alone."""
    near = near_duplicates([article.text for article in articles])
    names = [group] if group else [name for name in _GROUPS if any(_plain(one.get(name)) for one in cells)][:1]
    if not names:
        # the first of those that repeat each other gives its id
        return [articles[place].id for place in near.tolist()], "texts that repeat each other"
    found = [_plain(one.get(names[0])) for one in cells]
    return [one or f"row {number}" for number, one in enumerate(found, 1)], names[0]


def _check(name: str, records: Records, found: Labelled) -> None:
    """Refuse what nothing can be learnt from."""
    groups = np.unique(np.array(records.groups), return_inverse=True)[1]
    classes = [(f"texts with {label!r}", records.gold[:, n]) for n, label in enumerate(records.labels)]
    if not records.exclusive:
        classes += [(what.replace("with", "without", 1), ~have) for what, have in classes]
    for what, have in classes:
        if not have.any():
            msg = f"{name}: no {what} in {found.where}; allowed: texts of both kinds; labels found: {_counts(records)}"
            raise InputError(msg)
        held = len(np.unique(groups[have]))
        if held < _FEWEST:
            msg = f"{name}: {what} stand in {held} group (by {records.grouped_by}); allowed: at least {_FEWEST} groups "
            raise InputError(msg + f"for each class; labels found: {_counts(records)}")


def _counts(records: Records) -> str:
    counts = records.gold.sum(axis=0).tolist()
    listed = [f"{label} {count:,}" for label, count in zip(records.labels, counts, strict=True)]
    more = " ..." if len(listed) > _SHOWN else ""
    return f"{', '.join(listed[:_SHOWN])}{more} of {len(records):,} texts"
