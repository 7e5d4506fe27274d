"""``framing figures``: the figures of a comparison, in the formats and widths of journals and slides."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli._comparing import compared, comparing
from framing.cli._options import analysing, make_folder
from framing.errors import OptionError

if TYPE_CHECKING:
    from framing.comparison import Comparison

# said here too, so that asking for help does not import Matplotlib; a test holds them against framing.figures
FORMATS = ("svg", "pdf", "png", "pgf")
WIDTHS = ("column", "full", "slide")


@click.command()
@click.argument("source", metavar="INPUT|DIR")
@click.option(
    "-o", "output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the figures."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="svg", show_default=True)
@click.option(
    "--width", type=click.Choice(WIDTHS), default="full", show_default=True,
    help="Half a page (78 mm), a page (160 mm), or 10 inches with large type.",
)  # fmt: skip
@click.option("--only", "names", metavar="NAME,...", help="Figures to draw, e.g. rates,naming; all by default.")
@click.option("--language", default="en", show_default=True, metavar="NAME|FILE", help="Wording of the figures.")
@comparing
@analysing
def figures(
    source: str, output: Path, form: str, width: str, names: str | None, language: str, **options: Any
) -> None:  # fmt: skip
    """Draw the figures of INPUT, or of the tables in DIR, each to a file of its name.

    A figure that has nothing to show is not written, and is named on standard error.
    """
    from framing.figures import load_wording

    chosen = _chosen(names)
    load_wording(language)
    if form == "pgf":  # before an hour's work
        from framing.figures import check_tex

        check_tex("--format pgf")
    make_folder(output)
    _, result = compared(source, {**options, "only": None})
    written = draw(result, output, form, width=width, names=chosen, language=language, quiet=options["quiet"])
    click.echo(f"{output}: {len(written)} {'figure' if len(written) == 1 else 'figures'}")


# --only names measures elsewhere, figures here: all measures are looked for
figures.params = [one for one in figures.params if one.name != "only"]


def draw(
    result: Comparison,
    folder: Path,
    form: str,
    *,
    width: str = "full",
    names: Iterable[str] | None = None,
    language: str = "en",
    quiet: bool = False,
) -> list[Path]:
    """Write the figures that have something to show, and name the others on standard error.

    Returns
    -------
    list of Path
        Of the files, in the order of `framing.figures.FIGURES`.
    """
    from framing.figures import FIGURES, WIDTHS, save

    make_folder(folder)
    drawn, saved = WIDTHS[width]
    wanted = set(FIGURES if names is None else names)
    written, nothing = [], []
    for name, kind in FIGURES.items():
        if name not in wanted:
            continue
        ax = kind.draw(result, width=drawn, language=language)
        if ax.axison:
            written.append(save(ax, folder / f"{name}.{form}", width=saved))
        else:
            nothing.append(name)
    if nothing and not quiet:
        click.echo(f"note: nothing to show in {', '.join(nothing)}", err=True)
    return written


def _chosen(names: str | None) -> list[str] | None:
    """Return the figures that --only names, or None.

    Raises
    ------
    OptionError
        If one is not known, or none is named.
    """
    from framing.figures import FIGURES

    if names is None:
        return None
    chosen = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in chosen if name not in FIGURES]
    if unknown or not chosen:
        found = f"no figure {unknown[0]!r}" if unknown else "no name"
        msg = f"--only: {found}; allowed are {', '.join(FIGURES)}"
        raise OptionError(msg)
    return chosen
