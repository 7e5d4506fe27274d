"""``framing lexicon``: list, show, check, evaluate, import and export."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import click

from framing import lexicon as lexicons
from framing.errors import LexiconError, OptionError

_TO_WRITE = click.Path(dir_okay=False, path_type=Path)
_FORMS = (".md", ".json", ".csv")


@click.group("lexicon")
def lexicon() -> None:
    """List, show, check, evaluate, import and export lexicons."""


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


@lexicon.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--data", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Annotated articles: JSON Lines, CSV or TSV, each also .gz.",
)  # fmt: skip
@click.option("--column", metavar="COLUMN", help="Column of the annotations; biased_words or spans if not given.")
@click.option("--bias", metavar="VALUE", help="Of spans, only those whose `bias` is this.")
@click.option("--id", "id_", metavar="COLUMN", help="Column with the id; found by its name if not given.")
@click.option("--text", metavar="COLUMN", help="Column with the text.")
@click.option("--outlet", metavar="COLUMN", help="Column with the outlet.")
@click.option("--encoding", metavar="NAME", help="Encoding of the data; detected if not given.")
@click.option("--strict", is_flag=True, help="Stop at the first row that cannot be read.")
@click.option("--top", type=click.IntRange(1), default=30, show_default=True, metavar="N", help="Rows of each table.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="For resampling.")
@click.option("-o", "output", type=_TO_WRITE, metavar="FILE", help="A .md, .json or .csv to write instead.")
def evaluate(
    names: tuple[str, ...], data: Path, column: str | None, bias: str | None, id_: str | None, top: int, seed: int,
    output: Path | None, **reading: Any,
) -> None:  # fmt: skip
    """Hold lexicons against words that readers marked: what hits rightly, wrongly, never, and what is missed.

    NAME is a lexicon, a path, or a layer: `loaded` stands for all lists of loaded terms together. The data has a text
    and, for each, a list of words (`biased_words`) or of places with start and end (`spans`). A word is right if it was
    marked. Markdown shows the first --top rows; .json and .csv hold every entry and every missed word.
    """
    if output is not None and output.suffix not in _FORMS:
        given = repr(output.suffix) if output.suffix else "a file without suffix"
        msg = f"{output}: a coverage cannot be written as {given}; allowed: {', '.join(_FORMS)}"
        raise OptionError(msg)
    if output is not None and output.resolve() == data.resolve():
        msg = f"{output}: writing there would overwrite the data; choose another name"
        raise OptionError(msg)
    from framing import classify  # scikit-learn and SciPy are slow to import, and no other command needs them here

    found = classify.evaluate_lexicons(names, data, column=column, bias=bias, seed=seed, id=id_, **reading)
    if output is None:
        click.echo(classify.coverage_markdown(found, top=top), nl=False)
        return
    forms = {".md": lambda one: classify.coverage_markdown(one, top=top), ".json": classify.coverage_json}
    output.write_text(forms.get(output.suffix, classify.coverage_csv)(found), encoding="utf-8", newline="\n")
    score = found.score
    click.echo(
        f"{output}: {found.records:,} read, {score.gold:,} marked words, precision {score.precision}, "
        f"recall {score.recall}"
    )


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
