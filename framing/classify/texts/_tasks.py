"""The tasks that ship: frames of climate articles, and of headlines on gun violence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing.classify.texts._classifier import TextClassifier
from framing.classify.texts._topic import Topic
from framing.classify.texts._train import Say, TrainedTexts, train_texts
from framing.classify.texts._transformer import TextFeatures
from framing.errors import OptionError

_NONE = "none"
# words of the training texts, wide enough for those that never say "climate": every one of them passes
_OF_CLIMATE = (
    "climate* warming warmer emission* carbon greenhouse fossil renewable* co2 methane ipcc decarbon* glacier* "
    "deforestation drought* wildfire* pipeline* environmental* environment epa coal solar flood* hurricane* "
    "temperature* arctic antarctic* ice sea ocean* oil gas drilling pollut* weather storm* ecosystem* species "
    "extinction* conservation* energy plastic* recycl* sustainab* biofuel* earth planet* heat heatwave* snow"
)
_OF_GUNS = (
    "gun guns gunman gunmen gunned gunning gunfire gunfight* gunpoint gunshot* handgun* shotgun* gunsense shoot "
    "shoots shot shots shooter* shooting* shootout* crossfire firearm* rifle* nra ammunition ammo massacre* weapon* "
    "pistol* parkland armed amendment sharpshooter* ar-15* ar15* revolver* bullet* bump"
)


@dataclass(frozen=True, kw_only=True, eq=False)
class TextTask:
    """How a task is trained, and what its model then reads and writes.

    Attributes
    ----------
    name : str
    labels : str
        Column of the labels.
    unit : str
        What the model reads: ``text`` or ``title``.
    prefix : str
        Of the columns in the table of articles.
    topic : Topic
    estimator : TextClassifier
        Not fitted.
    hidden : str
        A label that has no column, since it says that there is none.
    options : mapping
        Of `read_records`.
    """

    name: str
    labels: str
    unit: str
    prefix: str
    topic: Topic
    estimator: TextClassifier
    hidden: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def column(self, label: str) -> str:
        """Return the name of a label's column; empty if it has none."""
        return "" if label == self.hidden else self.prefix + "_".join(label.lower().split())

    def about(self, trained: TrainedTexts) -> dict[str, Any]:
        """Return what a model of this task says of itself, beside what any text model does."""
        return {
            "unit": self.unit,
            "topic": self.topic.about(),
            "columns": [self.column(label) for label in trained.records.labels],
        }


CLIMATE = TextTask(
    name="climate",
    labels="frames",
    unit="text",
    prefix="frame_",
    topic=Topic(tuple(_OF_CLIMATE.split()), least=2, share=0.004),
    estimator=TextClassifier(
        TextFeatures(words=(1, 1), least=3, weights={"vectors": 2.0}), C=(3.0, 10.0), balance=(0.0,)
    ),
)

GUNS = TextTask(
    name="guns",
    labels="frame1",
    unit="title",
    prefix="frame_guns_",
    topic=Topic(tuple(_OF_GUNS.split())),
    estimator=TextClassifier(
        TextFeatures(characters=(3, 5), measures=False, weights={"characters": 2.0, "vectors": 1.75}),
        C=(1.0,), balance=(1.0,), repeats=1,
    ),
    hidden=_NONE,
    options={"empty": _NONE, "second": "frame2"},
)  # fmt: skip

TASKS: Mapping[str, TextTask] = {task.name: task for task in (CLIMATE, GUNS)}


def train_task(
    name: str, data: str | Path, *, measure: bool = True, seed: int = 0, say: Say | None = None, **columns: Any
) -> TrainedTexts:
    """Train a task that ships, as it was trained for the model that ships.

    Parameters
    ----------
    name : str
        One of `TASKS`.
    data, measure, seed, say, **columns
        See `train_texts`.

    Raises
    ------
    InputError
        If the file does not hold what is needed.
    OptionError
        If there is no such task.
    """
    if name not in TASKS:
        msg = f"task is {name!r}; allowed: {', '.join(TASKS)}"
        raise OptionError(msg)
    task = TASKS[name]
    return train_texts(
        data, task=name, labels=task.labels, estimator=task.estimator, measure=measure, seed=seed, say=say,
        **{**task.options, **columns},
    )  # fmt: skip
