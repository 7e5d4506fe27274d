"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from framing.analysis import Analysis, analyze
from framing.classify import MEASURES
from framing.corpus import Corpus, read_corpus
from framing.errors import OptionError
from framing.measures import available

Command = TypeVar("Command", bound=Callable[..., Any])

_COLUMNS = ("id", "text", "outlet", "date", "title")


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def reading(command: Command) -> Command:
    """Add the options that say how an input is read."""
    for name in reversed(_COLUMNS):
        help_ = f"Column with the {name}; found by its name if not given."
        command = click.option(f"--{name}", f"column_{name}", metavar="COLUMN", help=help_)(command)
    command = click.option("--encoding", metavar="NAME", help="Encoding of the input; detected if not given.")(command)
    return click.option("--strict", is_flag=True, help="Stop at the first row that cannot be read.")(command)


def analysing(command: Command) -> Command:
    """Add the options that say what is looked for."""
    options = (
        click.option(
            "--sides",
            multiple=True,
            metavar="NAME|FILE",
            help="Actors lexicon that gives speakers a side, e.g. russia-ukraine.",
        ),
        click.option("--lexicon", "lexicons", multiple=True, metavar="NAME|FILE", help="Further lexicon."),
        click.option("--model", "models", multiple=True, metavar="NAME|FILE", help="Further model (.skops)."),
        click.option("--only", metavar="MEASURE,...", help="Measures to run; all by default."),
        click.option(
            "--jobs", type=click.IntRange(1), default=None, metavar="N", help="Processes; all cores by default."
        ),
        click.option("--quiet", is_flag=True, help="No notes and no progress bar."),
    )
    for option in reversed(options):
        command = option(command)
    return reading(command)


def table_format(command: Command) -> Command:
    """Add the option for the format of tables."""
    choice = click.Choice(["csv", "parquet", "jsonl"])
    return click.option("--format", "form", type=choice, default="csv", show_default=True, help="Format of tables.")(
        command
    )


def open_corpus(source: str, options: Mapping[str, Any]) -> Corpus:
    """Open what was given as INPUT with the options of `reading`."""
    _not_empty(source)
    columns = {name: options[f"column_{name}"] for name in _COLUMNS}
    return read_corpus(source, encoding=options["encoding"], strict=options["strict"], **columns)


def _not_empty(source: str) -> None:
    if not source:  # which as a path would be the folder one stands in
        msg = "the input is an empty string; give a file, a folder, or - for standard input"
        raise OptionError(msg)


def measures_of(options: Mapping[str, Any]) -> list[str] | None:
    """Return the measures that --only names, or None.

    Raises
    ------
    OptionError
        If --only is given and names none.
    """
    if options["only"] is None:
        return None
    names = [name.strip() for name in options["only"].split(",") if name.strip()]
    if not names:
        known = [*available(), *(measure.name for measure in MEASURES)]
        msg = f"--only names no measure; allowed are attribution, {', '.join(known)}"
        raise OptionError(msg)
    return names


def make_folder(path: Path) -> None:
    """Make an output folder before the work begins, or say why it can't be.

    Raises
    ------
    OptionError
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        msg = f"{path}: cannot be made a folder: {fault.strerror}"
        raise OptionError(msg) from fault


def is_analysis(source: str) -> bool:
    """Tell whether INPUT is the output folder of an earlier analysis."""
    _not_empty(source)
    return source != "-" and (Path(source) / "manifest.json").is_file()


def analysis_of(source: str, options: Mapping[str, Any], output: Path | None = None, form: str = "csv") -> Analysis:
    """Open an analysis, or make one of an input, and say on standard error what its reader must know."""
    quiet, only = options["quiet"], measures_of(options)
    if is_analysis(source):
        given = [name for name in ("sides", "lexicons", "models", "only") if options[name]]
        if given:
            option = {"lexicons": "lexicon", "models": "model"}.get(given[0], given[0])
            msg = f"--{option} has no use here: {source} is analysed already"
            raise OptionError(msg)
        return Analysis.open(source)
    found = analyze(
        open_corpus(source, options),
        sides=options["sides"],
        lexicons=options["lexicons"],
        models=options["models"],
        only=only,
        output=output,
        format=form,
        jobs=options["jobs"] or _cores(),
        progress=not quiet,
    )
    if not quiet:
        for note in found.manifest["notes"]:
            click.echo(f"note: {note}", err=True)
        rejected = found.manifest["input"]["rejected"]
        if rejected:
            where = f"; see {output / 'rejects.csv'}" if output else ""
            rows = "1 row" if rejected == 1 else f"{rejected:,} rows"
            click.echo(f"note: {rows} could not be read{where}", err=True)
    return found
