"""``framing train`` and ``framing evaluate``: models, and what they score on annotated news."""

from __future__ import annotations

from pathlib import Path

import click

from framing.errors import OptionError

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TO_WRITE = click.Path(dir_okay=False, path_type=Path)
_WHOLE = click.IntRange(0)
_FORMS = (".md", ".json")


@click.group()
def train() -> None:
    """Train a model from annotated news."""


@click.group()
def evaluate() -> None:
    """Measure a model against annotated news."""


@train.command("attribution")
@click.option("--data", required=True, type=_FOLDER, metavar="DIR", help="Folder with train.jsonl.gz.")
@click.option(
    "-o", "output", type=_TO_WRITE, default="attribution.npz", show_default=True, metavar="MODEL.npz",
    help="Model to write; its card, MODEL.md, is written beside it.",
)  # fmt: skip
@click.option("--word-classes", type=_FILE, metavar="FILE", help="Parts of speech and clusters of words (.npz).")
@click.option(
    "--seed", type=_WHOLE, default=0, show_default=True, metavar="N", help="Shuffles the articles; 0 keeps their order."
)
@click.option("--quiet", is_flag=True, help="Do not say how far it is.")
def train_attribution(data: Path, output: Path, word_classes: Path | None, seed: int, quiet: bool) -> None:
    """Train what finds who says what.

    DIR holds train.jsonl.gz (or attribution/train.jsonl.gz): one article a line with id, text and attributions of
    source, cue and content; dev and agreement are used for the card if they are there. 840 articles take some minutes.
    """
    from framing import classify  # scikit-learn and SciPy are slow to import, and no other command needs them here

    def say(line: str) -> None:
        click.echo(line, err=True)

    made = classify.train_attribution(data, output, word_classes=word_classes, seed=seed, say=None if quiet else say)
    for found in (made.cross, made.dev):
        if found is not None:
            click.echo(classify.markdown(found))
    click.echo(f"{made.model}: {made.cross.articles:,} articles; its card is {made.card}")


@evaluate.command("attribution")
@click.option("--data", required=True, type=_FOLDER, metavar="DIR", help="Folder with annotated articles.")
@click.option("--model", type=_FILE, metavar="MODEL.npz", help="A trained model; the one that ships if not given.")
@click.option("--part", default="dev", show_default=True, metavar="NAME", help="PART.jsonl.gz in DIR.")
@click.option("--seed", type=_WHOLE, default=0, show_default=True, metavar="N", help="For resampling articles.")
@click.option("-o", "output", type=_TO_WRITE, metavar="FILE", help="A .md or .json to write instead.")
def evaluate_attribution(data: Path, model: Path | None, part: str, seed: int, output: Path | None) -> None:
    """Score what finds who says what, with intervals, beside how one annotator scores against another."""
    from framing import classify

    if output is not None and output.suffix not in _FORMS:
        given = repr(output.suffix) if output.suffix else "a file without suffix"
        msg = f"{output}: scores cannot be written as {given}; allowed: {', '.join(_FORMS)}"
        raise OptionError(msg)
    found = classify.evaluate_attribution(data, part=part, model=model, seed=seed)
    if output is None:
        click.echo(classify.markdown(found), nl=False)
        return
    form = classify.as_json if output.suffix == ".json" else classify.markdown
    output.write_text(form(found), encoding="utf-8", newline="\n")
    linked = found.scores["linked"]
    click.echo(f"{output}: {found.articles:,} articles, {linked.gold:,} attributions, linked F1 {linked.f1}")
