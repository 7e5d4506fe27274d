"""Analyse a corpus: batches through one process or several, tables written as they come."""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

import framing
from framing.analysis._analysis import MANIFEST, TABLES, TEXTS, Analysis
from framing.analysis._reader import BatchReader, Pieces, Setting
from framing.analysis._tables import ATTRIBUTIONS, FINDINGS, FORMATS, TableWriter, check_format, encode
from framing.analysis._words import WordWriter
from framing.classify._measures import files_of
from framing.classify._store import digest
from framing.corpus import Article, Corpus, Reject, extra_columns, read_corpus, scan
from framing.errors import InputError, InternalError, OptionError
from framing.lexicon import load, names
from framing.measures.attribution import model_hash

# a batch is long enough for columns to pay and short enough for its arrays to stay in the cache
_BATCH_ARTICLES = 100
_BATCH_CHARACTERS = 600_000
REJECTS = "rejects.csv"
_REJECTS = ("line", "reason", "id", "snippet")


def analyze(
    corpus: Corpus | str | Path | pd.DataFrame | Iterable[Article],
    *,
    sides: str | Path | Sequence[str | Path] = (),
    lexicons: str | Path | Sequence[str | Path] = (),
    models: str | Path | Sequence[str | Path] = (),
    only: str | Sequence[str] | None = None,
    output: str | Path | None = None,
    format: str = "csv",
    jobs: int = 1,
    progress: bool = False,
) -> Analysis:
    """Mark loaded terms, attributions and hedges in every article, each in its voice.

    Parameters
    ----------
    corpus : Corpus, or anything that `read_corpus` takes
    sides : str or sequence of str
        Actors lexicons that give speakers a side: names (``russia-ukraine``) or paths.
    lexicons : str or sequence of str
        Further lexicons: names or paths. They go before those that ship.
    models : str or sequence of str
        Further models that `framing train` wrote, as paths; one of bias or of uncertain takes the place of that which
        ships.
    only : sequence of str, optional
        Measures to run; all by default. Attribution always runs, since voices depend on it.
    output : path, optional
        Folder for tables and manifest; a temporary one by default.
    format : {"csv", "parquet", "jsonl"}
    jobs : int
        Processes. The result is the same, byte for byte, whatever it is.
    progress : bool
        Show a progress bar on standard error, if that is a terminal.

    Returns
    -------
    Analysis

    Raises
    ------
    InputError
        If the corpus cannot be read or holds no article.
    LexiconError, OptionError, MissingExtraError
        If what was asked for is not there.
    """
    check_format(format)
    if jobs < 1:
        msg = f"jobs {jobs}; allowed are whole numbers from 1"
        raise OptionError(msg)
    opened = corpus if isinstance(corpus, Corpus) else read_corpus(corpus)
    chosen = Setting(
        measures=None if only is None else tuple([only] if isinstance(only, str) else only),
        lexicons=tuple(map(str, _several(lexicons))),
        sides=tuple(_actors(name) for name in _several(sides)),
        models=tuple(map(str, _several(models))),
        form=format,
    )
    reader = BatchReader(chosen)  # what is wrong with lexicons and measures shows before anything is read
    _check_sides(reader)
    if output is not None:
        _check_output(Path(output), opened)
    found = scan(opened)
    if not found.articles:
        first = f"; first: line {opened.rejects[0].line}: {opened.rejects[0].reason}" if opened.rejects else ""
        msg = f"{opened.name}: no article could be read ({found.rejected} rows rejected{first})"
        raise InputError(msg)
    setting = Setting(
        chosen.measures, chosen.lexicons, chosen.sides, chosen.models, format,
        extra_columns(found.columns, reader.columns), found.recurring, found.duplicates,
    )  # fmt: skip
    reader.settle(setting)
    folder = Path(tempfile.mkdtemp(prefix="framing-") if output is None else output)
    made = Analysis(folder, temporary=output is None)
    if output is not None:
        _make(folder)
    with tqdm(total=found.articles, unit=" articles", disable=not (progress and sys.stderr.isatty())) as bar:
        written = _write(folder, reader, opened, jobs, bar)
    _write_rejects(folder, opened.rejects)
    manifest = _manifest(setting, reader, opened, written, len(opened.rejects))
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return made


def _check_sides(reader: BatchReader) -> None:
    for name in reader.setting.sides:
        lexicon = load(name)
        if lexicon.layer != "actor":
            msg = (
                f"sides {Path(name).name!r}: a lexicon of the layer {lexicon.layer!r}; allowed are {_stories()}, "
                'or a file whose card says layer = "actor"'
            )
            raise OptionError(msg)


def _stories() -> str:
    return ", ".join(name.removeprefix("actors-") for name in names() if name.startswith("actors-"))


def _check_output(folder: Path, corpus: Corpus) -> None:
    """Refuse to write over the input."""
    written = {MANIFEST, TEXTS, REJECTS, *(f"{name}.{form}" for name in TABLES for form in FORMATS)}
    path = corpus.path
    if path is not None and path.name in written and path.resolve().parent == folder.resolve():
        msg = f"{folder}: writing there would overwrite the input {path.name}; choose another folder"
        raise OptionError(msg)


def _make(folder: Path) -> None:
    """Make the output folder, and remove what an earlier run left in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        msg = f"{folder}: cannot be made a folder: {fault.strerror}"
        raise OptionError(msg) from fault
    if not (folder / MANIFEST).is_file():
        return  # nothing of ours
    (folder / MANIFEST).unlink()  # a run that is interrupted must not look complete
    for stale in TABLES:
        for form in FORMATS:
            (folder / f"{stale}.{form}").unlink(missing_ok=True)


def _several(names: str | Path | Sequence[str | Path]) -> list[str | Path]:
    return [names] if isinstance(names, (str, Path)) else list(names)


def _actors(name: str | Path) -> str:
    """Return the lexicon behind a name given to `sides`: ``russia-ukraine`` is short for ``actors-russia-ukraine``."""
    if f"actors-{name}" in names():
        return f"actors-{name}"
    if str(name) not in names() and not Path(name).is_file():
        msg = f"sides {str(name)!r}: neither a file nor one of {_stories()}"
        raise OptionError(msg)
    return str(name)


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Cut a stream of articles into batches; where depends on the articles alone."""
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if len(batch) >= _BATCH_ARTICLES or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_reader: BatchReader | None = None


def _start(setting: Setting) -> None:
    global _reader
    _reader = BatchReader(setting)


def _work(articles: list[Article]) -> Pieces:
    assert _reader is not None
    return _reader.process(articles)


def _pieces(reader: BatchReader, corpus: Corpus, jobs: int) -> Iterator[Pieces]:
    """Yield what becomes of each batch, in order; with several jobs a few batches are under way at once."""
    stream = batches(corpus)
    head = list(islice(stream, 2))
    if jobs == 1 or len(head) < 2:
        for batch in chain(head, stream):
            yield reader.process(batch)
        return
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[Pieces]] = deque()
    with ProcessPoolExecutor(jobs, context, _start, (reader.setting,)) as pool:
        for batch in chain(head, stream):
            waiting.append(pool.submit(_work, batch))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _write(folder: Path, reader: BatchReader, corpus: Corpus, jobs: int, bar: Any) -> int:
    form = reader.setting.form
    writers = {
        name: TableWriter(folder, name, columns, form)
        for name, columns in (
            ("articles", reader.columns),
            ("sentences", reader.sentence_columns),
            ("findings", FINDINGS),
            ("attributions", ATTRIBUTIONS),
        )
    }
    words, count = WordWriter(folder), 0
    with (folder / TEXTS).open("wb") as texts:
        for pieces in _pieces(reader, corpus, jobs):
            for name, writer in writers.items():
                writer.write(getattr(pieces, name))
            texts.write(pieces.texts)
            words.write(pieces.words)
            count += pieces.count
            bar.update(pieces.count)
    for writer in writers.values():
        writer.close()
    words.close()
    if count != bar.total:
        msg = f"{corpus.name}: {bar.total} articles were found and {count} written; did the input change meanwhile?"
        raise InternalError(msg)
    return count


def _write_rejects(folder: Path, rejects: Sequence[Reject]) -> None:
    rows = [(reject.line, reject.reason, reject.id, reject.snippet) for reject in rejects]
    (folder / REJECTS).write_bytes(encode(_REJECTS, [_REJECTS, *rows], "csv"))


def _manifest(setting: Setting, reader: BatchReader, corpus: Corpus, articles: int, rejected: int) -> dict[str, Any]:
    """Say how the tables were made: nothing in it depends on the machine, the hour or the number of processes."""
    renamed = {name: column for name, column in setting.extra.items() if name != column}
    notes = [*corpus.notes, *(f"column {name!r} is carried as {column!r}" for name, column in renamed.items())]
    return {
        "version": framing.__version__,
        "options": {
            "only": setting.measures,
            "sides": [Path(name).name for name in setting.sides],
            "lexicon": [Path(name).name for name in setting.lexicons],
            "model": [Path(name).name for name in setting.models],
            "format": setting.form,
        },
        "sides": sorted({entry["side"] for lexicon in reader.lexicons for entry in lexicon.entries.values()} - {""}),
        "measures": ["attribution", *(measure.name for measure in reader.measures)],
        "layers": list(reader.layers),
        "lexicons": [
            {
                "name": lexicon.name,
                "layer": lexicon.layer,
                "version": lexicon.version,
                "entries": len(lexicon),
                "sha256": lexicon.sha256,
            }
            for lexicon in reader.lexicons
        ],
        "models": [
            {"name": "attribution", "sha256": model_hash()},
            *(
                {"name": name, "file": file.name, "sha256": digest(file)}
                for measure in reader.measures
                for name, file in files_of(measure)
            ),
        ],
        "input": {
            "path": corpus.path.name if corpus.path else corpus.name,
            "sha256": corpus.sha256(),
            "articles": articles,
            "rejected": rejected,
        },
        "repeated": len(setting.duplicates),
        "notes": notes,
    }
