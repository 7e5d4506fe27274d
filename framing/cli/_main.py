"""The entry point: one line on standard error for what was given wrong, and the exit code that design fixes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

import framing
from framing.cli._lexicon import lexicon
from framing.cli._run import analyze_, annotate, compare, demo, report
from framing.errors import FramingError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(framing.__version__, prog_name="framing")
def commands() -> None:
    """Mark loaded terms, attributions and hedges in news, compare outlets on them, and print a report."""


for _command in (demo, analyze_, compare, report, annotate, lexicon):
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 a fault of ours, 2 a fault in what was given."""
    try:
        commands.main(arguments, prog_name="framing", standalone_mode=False)
    except FramingError as fault:
        click.echo(f"framing: {fault}", err=True)
        sys.exit(fault.exit_code)
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        sys.exit(2)
    except click.ClickException as fault:
        click.echo(f"framing: {fault.format_message()}", err=True)
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("framing: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except Exception as fault:
        if os.environ.get("FRAMING_DEBUG"):
            raise
        click.echo(f"framing: a fault of ours: {type(fault).__name__}: {fault} (FRAMING_DEBUG=1 shows where)", err=True)
        sys.exit(1)
