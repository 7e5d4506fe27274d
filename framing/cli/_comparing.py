"""Options that say what is compared with what, and the comparison that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from framing.analysis import Analysis
from framing.cli._options import analysis_of, is_analysis
from framing.errors import OptionError

if TYPE_CHECKING:
    from framing.comparison import Comparison

Command = TypeVar("Command", bound=Callable[..., Any])

_PERIODS = ("year", "quarter", "month", "week", "day")


def comparing(command: Command) -> Command:
    """Add the options that say what is compared with what; `compared` takes them."""
    options = (
        click.option(
            "--by",
            multiple=True,
            default=("outlet",),
            show_default=True,
            metavar="COLUMN",
            help="Column of the groups; given twice, two columns are crossed.",
        ),
        click.option("--over", type=click.Choice(_PERIODS), help="Follow rates over time, by the articles' date."),
        click.option("--match-events", is_flag=True, help="Find articles on one event and compare within events."),
        click.option(
            "--match-on", metavar="COLUMN", help="Compare within the values of a column (a topic, an event) instead."
        ),
        click.option("--reference", metavar="NAME", help="Set every group against this one, not against all others."),
        click.option(
            "--reference-corpus",
            metavar="INPUT|DIR",
            help="Also hold the words of each group against a corpus.",
        ),
        click.option(
            "--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="For resampling."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def compared(source: str, options: Mapping[str, Any]) -> tuple[Analysis, Comparison]:
    """Open or make the analysis of INPUT and compare as the options of `comparing` say.

    Raises
    ------
    OptionError
        If options contradict one another, or a column cannot be compared by.
    """
    from framing.comparison import compare

    if options["match_events"] and options["match_on"]:
        msg = "--match-events and --match-on exclude one another: one finds the events, the other names their column"
        raise OptionError(msg)
    analysis = analysis_of(source, options)
    columns = columns_of(analysis, options["by"])
    match: Any = options["match_on"]
    if options["match_events"]:
        from framing.events import match_events

        match = match_events(analysis)
    result = compare(
        analysis,
        by=columns,
        over=options["over"],
        match=match,
        reference=options["reference"],
        corpus=_corpus(options),
        seed=options["seed"],
    )
    return analysis, result


def columns_of(analysis: Analysis, by: Sequence[str]) -> list[str]:
    """Return the columns that --by names, those behind a comma too.

    Raises
    ------
    OptionError
        As `framing.comparison.compare` does, but before events are looked for.
    """
    from framing.comparison import chosen_columns

    known = [str(name) for name in analysis.articles.columns]
    named = [part for name in by for part in ([name] if name in known else name.split(","))]
    return list(chosen_columns(analysis.articles, [name if name in known else name.strip() for name in named]))


def _corpus(options: Mapping[str, Any]) -> Any:
    """Return the word counts of the reference corpus: those of an analysis, or counted now."""
    from framing.analysis import analyze
    from framing.cli._options import open_corpus

    given = options["reference_corpus"]
    if given is None:
        return None
    if is_analysis(given):
        return Analysis.open(given).words
    if given != "-" and not Path(given).exists():
        msg = f"{given}: no such reference corpus"
        raise OptionError(msg)
    # its own columns go by their usual names: those given with --text and so on are of INPUT
    plain = {**options, **{name: None for name in options if name.startswith("column_")}}
    return analyze(open_corpus(given, plain), only=["attribution"], jobs=1).words
