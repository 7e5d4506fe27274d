"""``framing train`` and ``framing evaluate``: models, and what they score on annotated news."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.errors import OptionError

if TYPE_CHECKING:
    from framing.classify.evaluation import Evaluation

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TO_WRITE = click.Path(dir_okay=False, path_type=Path)
_WHOLE = click.IntRange(0)
_FORMS = (".md", ".json")
_REPORTS = (*_FORMS, ".pdf")
_TASKS = ("bias", "words", "uncertain", "climate", "guns", "frames")
Command = Callable[..., Any]


class _Tasks(click.Group):
    """A command for each task; any other name is a task of the user's own."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of a task."""
        return super().get_command(ctx, name) or self.of_task(name)

    def of_task(self, name: str) -> click.Command:
        """Return the command of a task of texts."""
        raise NotImplementedError

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names that are known."""
        return [*super().list_commands(ctx), *_TASKS]


class _Train(_Tasks):
    def of_task(self, name: str) -> click.Command:
        """Return the command that trains it."""
        return _train_task(name)


class _Evaluate(_Tasks):
    def of_task(self, name: str) -> click.Command:
        """Return the command that measures it."""
        return _evaluate_task(name)


@click.group(cls=_Train)
def train() -> None:
    """Train a model from annotated news.

    TASK is one of those below, or any name for a task of your own: texts with a label, or several, from a table.
    """


@click.group(cls=_Evaluate)
def evaluate() -> None:
    """Measure a model against annotated news.

    TASK is one of those below, or the name of a task of your own.
    """


def _columns(command: Command) -> Command:
    """Add the options that say where texts and labels stand."""
    for names, text in (
        (("--topic", "topic"), "Column of the topic, for the report."),
        (("--outlet", "outlet"), "Column of the outlet."),
        (("--group", "group"), "Column whose equal values belong together; url or article by default."),
        (("--id", "id"), "Column of the id."),
        (("--text", "text"), "Column of the text."),
    ):
        command = click.option(*names, metavar="COLUMN", help=text)(command)
    command = click.option("--positive", metavar="LABEL", help="Of two labels, the one to find.")(command)
    command = click.option(
        "--labels", metavar="COLUMN[,COLUMN...]",
        help="Column of the label, or labels; several columns hold 0 or 1 each.",
    )(command)  # fmt: skip
    command = click.option("--seed", type=_WHOLE, default=0, show_default=True, metavar="N")(command)
    command = click.option(
        "--votes", type=_FILE, metavar="FILE", help="JSON Lines: what single annotators said (id, annotator, label)."
    )(command)
    return click.option("--data", required=True, type=_FILE, metavar="FILE", help="CSV, TSV or JSON Lines (.gz).")(
        command
    )


def _given(options: dict[str, Any]) -> dict[str, Any]:
    labels = options.pop("labels")
    if labels is not None:
        names = [name.strip() for name in labels.split(",") if name.strip()]
        if not names:
            msg = f"--labels names no column: {labels!r}"
            raise OptionError(msg)
        options["labels"] = names[0] if len(names) == 1 else names
    return options


def _train_task(task: str) -> click.Command:
    @click.command(task, help=f"Train a model for the task {task!r}, and measure it by cross-validation.")
    @_columns
    @click.option("--test", type=_FILE, metavar="FILE", help="Annotated texts to measure on, not trained on.")
    @click.option("--embeddings", is_flag=True, help="Add sentence embeddings; needs framing[embeddings].")
    @click.option("--no-measure", is_flag=True, help="Only train: no cross-validation.")
    @click.option("--report", type=_TO_WRITE, metavar="FILE", help="Write the measurement: .md, .json or .pdf.")
    @click.option(
        "-o", "output", type=_TO_WRITE, metavar="MODEL.skops", help=f"Model to write; {task}.skops if not given."
    )
    @click.option("--quiet", is_flag=True, help="Do not say how far it is.")
    def run(output: Path | None, report: Path | None, no_measure: bool, quiet: bool, **options: Any) -> None:
        from framing.classify import _tasks  # scikit-learn is slow to import

        path = output or Path(f"{task}.skops")
        if path.suffix != ".skops":
            msg = f"{path}: models are written as .skops"
            raise OptionError(msg)
        _check_folder(path)
        _check_report(report)
        if report is not None and report.resolve() == path.with_suffix(".md").resolve():
            msg = f"{report}: the model's card is written there; choose another name"
            raise OptionError(msg)
        if report is not None and no_measure:
            msg = "--report has nothing to say with --no-measure"
            raise OptionError(msg)

        def say(line: str) -> None:
            click.echo(line, err=True)

        made = _tasks.train(task, output=path, measure=not no_measure, say=None if quiet else say, **_given(options))
        if made.evaluation is not None:
            _written(made.evaluation, report)
        click.echo(f"{made.model}: its card is {made.card}")

    return run


def _evaluate_task(task: str) -> click.Command:
    @click.command(task, help=f"Score a model of the task {task!r}, with intervals, beside people and baselines.")
    @_columns
    @click.option(
        "--model", type=_FILE, metavar="MODEL.skops", help="A trained model; the one that ships if not given."
    )
    @click.option("-o", "output", type=_TO_WRITE, metavar="FILE", help="A .md, .json or .pdf to write instead.")
    def run(model: Path | None, output: Path | None, **options: Any) -> None:
        from framing.classify import _tasks

        _check_report(output)
        _written(_tasks.evaluate_task(task, model=model, **_given(options)), output)

    return run


def _check_report(path: Path | None) -> None:
    if path is not None and path.suffix not in _REPORTS:
        given = repr(path.suffix) if path.suffix else "a file without suffix"
        msg = f"{path}: scores cannot be written as {given}; allowed: {', '.join(_REPORTS)}"
        raise OptionError(msg)
    if path is not None:
        _check_folder(path)


def _check_folder(path: Path) -> None:
    """Refuse before an hour's work what could not be written after it."""
    if not path.parent.is_dir():
        msg = f"{path}: there is no folder {path.parent}"
        raise OptionError(msg)


def _written(found: Evaluation, path: Path | None) -> None:
    """Print an evaluation, or write it to a file."""
    from framing.classify.evaluation import as_json, markdown

    if path is None:
        click.echo(markdown(found), nl=False)
        return
    if path.suffix == ".pdf":
        from framing.render import write_evaluation

        write_evaluation(found, path)
    else:
        form = as_json if path.suffix == ".json" else markdown
        path.write_text(form(found), encoding="utf-8", newline="\n")
    click.echo(f"{path}: {found.task}, {sum(one.n for one in found.results[:1]):,} records")


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
