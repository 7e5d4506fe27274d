"""Annotated sentences: labels, what single annotators said, and the words that they marked."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.classify._coverage_data import COLUMNS, WORD, AnnotatedCorpus
from framing.classify.sentences._training import Span
from framing.classify.texts._records import Records, read_records
from framing.errors import InputError

Floats = NDArray[np.float64]
_MAJORITY = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Vote:
    """What one annotator said of a text: whether it has the label, and which words make it so (lower-cased)."""

    positive: bool
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class SentenceRecords:
    """Annotated sentences, or short texts.

    Attributes
    ----------
    records : Records
        With one label.
    words : sequence of sequence of (start, end)
        The words of each text.
    gold : sequence of ndarray of bool, or None
        Which of them count as marked; None where nobody marked any.
    votes : sequence of mapping of str to Vote, or None
        By annotator.
    """

    records: Records
    words: Sequence[Sequence[tuple[int, int]]]
    gold: Sequence[NDArray[np.bool_]] | None
    votes: Sequence[Mapping[str, Vote]] | None

    @property
    def share(self) -> Floats:
        """The share of annotators who gave the label, shape (texts,); the label where no votes are known."""
        found = self.records.gold[:, 0].astype(np.float64)
        for number, votes in enumerate(self.votes or ()):
            if votes:
                found[number] = np.mean([vote.positive for vote in votes.values()])
        return found

    def marks(self, number: int) -> dict[str, NDArray[np.bool_]]:
        """Return which words of a text each annotator marked."""
        votes = self.votes[number] if self.votes is not None else {}
        text = self.records.texts[number]
        folded = [text[start:end].lower() for start, end in self.words[number]]
        return {name: np.array([word in vote.words for word in folded], dtype=np.bool_) for name, vote in votes.items()}

    @property
    def marked(self) -> list[list[Span]] | None:
        """For each text the marked words and the share of annotators who marked each."""
        if self.gold is None:
            return None
        found = []
        for number, (words, gold) in enumerate(zip(self.words, self.gold, strict=True)):
            marks = list(self.marks(number).values())
            shares = np.mean(marks, axis=0) if marks else gold * _MAJORITY
            found.append([(*word, float(share)) for word, share in zip(words, shares, strict=True) if share > 0])
        return found

    def only(self, rows: NDArray[np.int64]) -> SentenceRecords:
        """Return some of the texts."""
        chosen = rows.tolist()

        def of(values: Sequence[Any] | None) -> list[Any] | None:
            return None if values is None else [values[row] for row in chosen]

        old = self.records
        part = Records(
            name=old.name, sha256=old.sha256, labels=old.labels, negative=old.negative, exclusive=False,
            ids=of(old.ids) or [], texts=of(old.texts) or [], groups=of(old.groups) or [], gold=old.gold[rows],
            second=None, grouped_by=old.grouped_by, outlets=of(old.outlets), topics=of(old.topics),
            rejected=old.rejected, unlabelled=old.unlabelled,
        )  # fmt: skip
        return SentenceRecords(
            records=part, words=of(self.words) or [], gold=of(self.gold), votes=of(self.votes)
        )  # fmt: skip


def read_sentences(
    data: str | Path, *, labels: str = "label", positive: str | None = None, votes: str | Path | None = None,
    **columns: Any,
) -> SentenceRecords:  # fmt: skip
    """Read annotated sentences.

    Parameters
    ----------
    data : path
        As `read_records` takes it. Words that annotators marked are taken from `biased_words` or `spans`, if the file
        has such a column.
    labels : str
        The column of the label.
    positive : str, optional
        The label to find.
    votes : path, optional
        JSON Lines (.gz) with a line for each annotator of a text: ``id``, ``annotator``, the label, and
        ``biased_words`` if there are any.
    **columns
        See `read_records`.

    Raises
    ------
    InputError
        If the file does not hold what is needed, or has more than two labels.
    """
    records = read_records(data, labels=labels, positive=positive, **columns)
    if len(records.labels) != 1:
        msg = f"{data}: {labels!r} holds {len(records.labels)} labels; this task takes two"
        raise InputError(msg)
    words = [[match.span() for match in WORD.finditer(text)] for text in records.texts]
    return SentenceRecords(
        records=records, words=words, gold=_gold(data, records, words, columns),
        votes=None if votes is None else _votes(Path(votes), labels, records),
    )  # fmt: skip


def _gold(
    data: str | Path, records: Records, words: Sequence[Sequence[tuple[int, int]]], columns: Mapping[str, Any]
) -> list[NDArray[np.bool_]] | None:
    """Return which words readers marked; None where the file has no such column."""
    kept = {name: columns[name] for name in ("text", "id", "encoding") if columns.get(name)}
    try:
        corpus = AnnotatedCorpus(data, **kept)
    except InputError as fault:
        if COLUMNS[0] in str(fault) or "annotated words cannot be read" in str(fault):
            return None
        raise
    found = {one.article.id: one for one in corpus}
    gold = []
    for id_, text, places in zip(records.ids, records.texts, words, strict=True):
        one = found[id_]
        listed = [
            text[start:end].lower() in one.words or any(low < end and start < high for low, high in one.spans)
            for start, end in places
        ]
        gold.append(np.array(listed, dtype=np.bool_))
    return gold if any(one.any() for one in gold) else None


def _votes(path: Path, column: str, records: Records) -> list[dict[str, Vote]]:
    label = records.labels[0]
    known: dict[str, dict[str, Vote]] = {id_: {} for id_ in records.ids}
    opener = gzip.open if path.name.endswith(".gz") else open
    number = 0
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.isspace():
                    continue
                id_, annotator, vote = _vote(json.loads(line), column, label, f"{path}, line {number}")
                if id_ in known:
                    known[id_][annotator] = vote
    except (OSError, ValueError, EOFError, zlib.error) as fault:
        found = " ".join(str(fault).split())
        msg = f"{path}, line {number}: votes cannot be read ({found}); allowed are JSON Lines, .jsonl or .jsonl.gz"
        raise InputError(msg) from fault
    if not any(known.values()):
        msg = f"{path}: no vote on any text of {records.name}; allowed: lines with its ids"
        raise InputError(msg)
    if not any(vote.positive for votes in known.values() for vote in votes.values()):
        msg = f"{path}: nobody voted {label!r} in {column!r}, which is the label of {records.name}"
        raise InputError(msg)
    return [known[id_] for id_ in records.ids]


def _vote(given: Any, column: str, label: str, at: str) -> tuple[str, str, Vote]:
    """Return the text that a vote is on, who gave it, and the vote."""
    if not isinstance(given, dict) or any(name not in given for name in ("id", "annotator", column)):
        names = ", ".join(given) if isinstance(given, dict) else type(given).__name__
        msg = f"{at}: found {names}; allowed is an object with id, annotator and {column}"
        raise InputError(msg)
    phrases = given.get("biased_words") or []
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
        msg = f"{at}: biased_words is {phrases!r:.40}; allowed is a list of words"
        raise InputError(msg)
    words = frozenset(word.lower() for phrase in phrases for word in WORD.findall(phrase))
    return str(given["id"]), str(given["annotator"]), Vote(positive=str(given[column]) == label, words=words)
