"""``framing lexicon``: list, show, check, import and export."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from framing import lexicon as lexicons
from framing.errors import LexiconError, OptionError


@click.group("lexicon")
def lexicon() -> None:
    """List, show, check, import and export lexicons."""


@lexicon.command("list")
def list_() -> None:
    """List the lexicons that ship with framing."""
    for name in lexicons.names():
        found = lexicons.load(name)
        click.echo(f"{name:28} {found.layer:10} {len(found):5} entries  {found.title}")


@lexicon.command()
@click.argument("name")
@click.argument("entry", required=False)
def show(name: str, entry: str | None) -> None:
    """Show a lexicon's entries, or everything about one ENTRY."""
    found = lexicons.load(name)
    if entry is None:
        click.echo(f"{found.title} ({found.layer}, {len(found)} entries, version {found.version})\n{found.description}")
        for one in found.entries.values():
            click.echo(f"{one.id:36} {one.category:18} {one.form}")
        return
    if entry not in found.entries:
        msg = f"{name}: no entry {entry!r}; `framing lexicon show {name}` lists them"
        raise LexiconError(msg)
    one = found.entries[entry]
    rows = {"form": one.form, "forms": " | ".join(one.forms), "category": one.category, **one.attributes}
    rows |= {"note": one.note, "source": one.source, "line": str(one.line)}
    for column, value in rows.items():
        click.echo(f"{column:14} {value}")


@lexicon.command()
@click.argument("names", nargs=-1)
def check(names: tuple[str, ...]) -> None:
    """Check lexicons (all that ship, or those NAMED) against the rules of lexicons/README.md."""
    faults = [fault for name in names or lexicons.names() for fault in lexicons.check(name)]
    for fault in faults:
        click.echo(fault)
    if faults:
        msg = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}"
        raise LexiconError(msg)
    count = len(names or lexicons.names())
    click.echo("1 lexicon holds" if count == 1 else f"{count} lexicons hold")


@lexicon.command("import")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The .tsv to write.")
@click.option("--layer", default="loaded", show_default=True, help="Layer of the new lexicon.")
def import_(source: Path, output: Path, layer: str) -> None:
    """Make a lexicon from a word list (one a line), a CSV with a column `form`, or a LIWC-style .dic file."""
    if output.suffix != ".tsv":
        msg = f"{output}: a lexicon cannot be written as {output.suffix or 'a file without suffix'!r}; allowed: .tsv"
        raise OptionError(msg)
    if output.resolve() == source.resolve():
        msg = f"{output}: writing there would overwrite the list itself; choose another name"
        raise OptionError(msg)
    count = lexicons.import_list(source, output, layer=layer)
    click.echo(f"{output}: {count} entries; its card is {output.with_suffix('.toml')}")


@lexicon.command()
@click.argument("name")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="A .csv to write.")
def export(name: str, output: Path | None) -> None:
    """Write a lexicon as CSV with every form spelled out, one a row."""
    found = lexicons.load(name)
    stream = output.open("w", encoding="utf-8", newline="") if output else sys.stdout
    writer = csv.writer(stream, lineterminator="\n")
    extra = lexicons.LAYERS[found.layer]
    writer.writerow(["lexicon", "id", "form", "written", "category", *extra, "note", "source"])
    for entry in found.entries.values():
        for form in entry.forms:
            columns = [entry[column] for column in extra]
            writer.writerow([name, entry.id, entry.form, form, entry.category, *columns, entry.note, entry.source])
    if output:
        stream.close()
