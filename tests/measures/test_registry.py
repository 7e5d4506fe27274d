from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import EntryPoint

import numpy as np
import pytest

import framing as fr
from framing import measures
from framing.errors import InternalError, OptionError
from framing.measures import Marks, Measure, Reading, available, choose

OWN = ["loaded", "naming", "hedging", "scare_quotes", "passives", "sourcing", "headline", "readability"]


class Ferries(Measure):
    """A plugin: marks each `ferry` and counts letters."""

    name = "ferries"
    layers = ("ferry",)
    columns = ("letters",)

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the ferries."""
        batch = reading.batch
        first = np.flatnonzero([batch.words(place, place + 1) == ["ferry"] for place in range(len(batch))])
        n = len(first)
        return (Marks("ferry", first, first + 1, ["rule"] * n, ["ferry"] * n, ["boat"] * n),)

    def score(self, reading: Reading) -> dict[str, list[int]]:
        """Return the letters of each article."""
        return {"letters": [sum(map(str.isalpha, article.text)) for article in reading.batch.articles]}


class _Point(EntryPoint):
    """An entry point whose object is here."""

    def load(self) -> object:
        """Return it."""
        return {"Ferries": Ferries, "nothing": 7, "Again": Again}[self.value]


class Again(Measure):
    """A plugin that takes a name of ours."""

    name = "loaded"


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return a function that installs a plugin for one test."""

    def put(value: str) -> None:
        points = [_Point(value.lower(), value, measures.GROUP)]
        monkeypatch.setattr(measures, "entry_points", lambda *, group: points if group == "framing.measures" else [])
        available.cache_clear()

    yield put
    available.cache_clear()


def test_the_packages_own_measures_come_in_a_fixed_order() -> None:
    """The order of `--only` changes nothing in the tables."""
    assert [measure.name for measure in choose()][: len(OWN)] == OWN
    assert [measure.name for measure in choose(["readability", "loaded"])] == ["loaded", "readability"]


def test_attribution_may_be_named_though_it_always_runs() -> None:
    """`--only attribution` is attribution and nothing else."""
    assert choose(["attribution"]) == []


def test_an_unknown_measure_lists_those_that_exist() -> None:
    """The message names what was given and what is allowed."""
    with pytest.raises(OptionError, match=r"^measure 'spin'; allowed are attribution, " + ", ".join(OWN)):
        choose(["loaded", "spin"])


def test_a_plugin_adds_a_layer_a_column_and_findings(install: Callable[[str], None]) -> None:
    """An installed entry point of the group framing.measures is a measure like the others."""
    install("Ferries")
    found = fr.analyze([fr.Article("1", "The ferry left. “A ferry left,” Smith said.")])
    row = found.articles.iloc[0]
    assert (row["ferry_own"], row["ferry_quoted"], row["ferry_reported"], row["letters"]) == (1, 1, 0, 31)
    ferries = found.findings[found.findings["layer"] == "ferry"]
    assert list(zip(ferries["text"], ferries["voice"], strict=True)) == [("ferry", "own"), ("ferry", "quoted")]
    assert found.manifest["measures"] == ["attribution", *OWN, "ferries", "bias", "uncertain", "frames"]
    assert [measure.name for measure in choose(["ferries"])] == ["ferries"]


@pytest.mark.parametrize("value", ["nothing", "Again"])
def test_what_is_no_measure_or_takes_a_name_is_refused(install: Callable[[str], None], value: str) -> None:
    """A broken plugin is named; it is not silently left out."""
    install(value)
    with pytest.raises(InternalError, match=f"plugin {value} is no Measure with a name of its own"):
        available()
