"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from framing.analysis import Analysis, analyze
from framing.corpus import Corpus, read_corpus
from framing.errors import OptionError

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
        click.option("--only", metavar="MEASURE,...", help="Measures to run; all by default."),
        click.option(
            "--jobs", type=click.IntRange(1), default=None, metavar="N", help="Processes; all cores by default."
        ),
        click.option("--quiet", is_flag=True, help="No notes and no progress bar."),
    )
    for option in reversed(options):
        command = option(command)
    return reading(command)


def comparing(command: Command) -> Command:
    """Add the options that say what is compared with what."""
    command = click.option("--by", default="outlet", show_default=True, metavar="COLUMN", help="Column of the groups.")(
        command
    )
    return click.option(
        "--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="For resampling."
    )(command)


def table_format(command: Command) -> Command:
    """Add the option for the format of tables."""
    choice = click.Choice(["csv", "parquet", "jsonl"])
    return click.option("--format", "form", type=choice, default="csv", show_default=True, help="Format of tables.")(
        command
    )


def open_corpus(source: str, options: Mapping[str, Any]) -> Corpus:
    """Open what was given as INPUT with the options of `reading`."""
    columns = {name: options[f"column_{name}"] for name in _COLUMNS}
    return read_corpus(source, encoding=options["encoding"], strict=options["strict"], **columns)


def measures_of(options: Mapping[str, Any]) -> list[str] | None:
    """Return the measures that --only names, or None."""
    only = options["only"]
    return None if only is None else [name.strip() for name in only.split(",") if name.strip()]


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
    return source != "-" and (Path(source) / "manifest.json").is_file()


def analysis_of(source: str, options: Mapping[str, Any], output: Path | None = None, form: str = "csv") -> Analysis:
    """Open an analysis, or make one of an input, and say on standard error what its reader must know."""
    quiet = options["quiet"]
    if is_analysis(source):
        given = [name for name in ("sides", "lexicons", "only") if options[name]]
        if given:
            option = "lexicon" if given[0] == "lexicons" else given[0]
            msg = f"--{option} has no use here: {source} is analysed already"
            raise OptionError(msg)
        return Analysis.open(source)
    found = analyze(
        open_corpus(source, options),
        sides=options["sides"],
        lexicons=options["lexicons"],
        only=measures_of(options),
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
            click.echo(f"note: {rejected:,} rows could not be read{where}", err=True)
    return found
