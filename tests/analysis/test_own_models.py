"""Models of the user's own in an analysis: their columns, their place, and the same scores however batches are cut."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import framing as fr
from framing.analysis import BatchReader, Setting, _analyze, _reader
from framing.classify import _store
from framing.classify._measures import Bias, Frames, measure_of
from framing.errors import InputError, OptionError
from framing.measures import Measure

CORPUS = [
    fr.Article(str(n), ("The quimsy mayor met people.", "The mayor met.")[n % 2], outlet="AB"[n % 2]) for n in range(9)
]


class Own(Measure):
    """Stands for a model of a task of the user's own."""

    def __init__(self, name: str, columns: tuple[str, ...] = (), sentence_columns: tuple[str, ...] = ()) -> None:
        self.name, self.columns, self.sentence_columns = name, columns, sentence_columns  # type: ignore[misc]


def with_models(monkeypatch: pytest.MonkeyPatch, measures: list[Measure], *own: Measure) -> list[Measure]:
    """Add models as an analysis does, one file each."""
    known = {f"{place}.skops": one for place, one in enumerate(own)}
    monkeypatch.setattr(_reader, "measure_of", lambda path: known[str(path)])
    return _reader._with_models(measures, list(known))


def reader_of(only: tuple[str, ...], *models: Path) -> BatchReader:
    return BatchReader(Setting(measures=only, models=tuple(map(str, models))))


def test_where_batches_are_cut_changes_no_score(sentence_model_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fr.analyze(CORPUS, models=sentence_model_file, only="loaded")
    assert (whole.sentences["bias"] > 0.5).tolist() == [number % 2 == 0 for number in range(9)]
    monkeypatch.setattr(_analyze, "_BATCH_ARTICLES", 2)
    cut = fr.analyze(CORPUS, models=sentence_model_file, only="loaded")
    for name in ("articles", "sentences", "findings"):
        pd.testing.assert_frame_equal(getattr(cut, name), getattr(whole, name))


def test_a_model_of_bias_takes_the_place_of_the_one_that_ships(sentence_model_file: Path) -> None:
    """In its place among the measures, so that columns keep their order."""
    shipped, own = (
        reader_of(("loaded", "bias", "uncertain")),
        reader_of(("loaded", "bias", "uncertain"), sentence_model_file),
    )
    assert (
        [one.name for one in own.measures] == [one.name for one in shipped.measures] == ["loaded", "bias", "uncertain"]
    )
    (bias,) = [one for one in own.measures if isinstance(one, Bias)]
    assert str(bias.file) == str(sentence_model_file)
    assert own.columns == shipped.columns
    assert own.sentence_columns == shipped.sentence_columns


def test_the_manifest_names_the_model_and_its_hash(sentence_model_file: Path) -> None:
    manifest = fr.analyze(CORPUS, models=[sentence_model_file], only="loaded").manifest
    digest = hashlib.sha256(sentence_model_file.read_bytes()).hexdigest()
    assert manifest["models"][1:] == [{"name": "bias", "file": "tiny.skops", "sha256": digest}]
    assert manifest["options"]["model"] == ["tiny.skops"]
    assert str(sentence_model_file.parent) not in json.dumps(manifest)


def test_a_model_trained_anew_gives_other_scores(trained_sentences: Any, tmp_path: Path) -> None:
    """In the same process: what is in the manifest is what was run."""
    path = tmp_path / "mine.skops"
    trained_sentences.save(path)
    first = fr.analyze(CORPUS, models=path, only="loaded")
    about, columns = trained_sentences.compiled()
    _store.save(path, trained_sentences.estimator, about, {**columns, "calibration": -columns["calibration"]})
    second = fr.analyze(CORPUS, models=path, only="loaded")
    assert second.sentences["bias"].to_numpy() == pytest.approx(1 - first.sentences["bias"].to_numpy(), abs=1e-3)
    assert first.manifest["models"][1]["sha256"] != second.manifest["models"][1]["sha256"]


def test_a_column_of_the_input_gives_way_to_that_of_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    (own,) = with_models(monkeypatch, [], Own("tone", ("tone_harsh",)))
    assert own.columns == ("tone_harsh",)
    reader = reader_of(("loaded",))
    assert _analyze.extra_columns(["tone_harsh", "x"], (*reader.columns, *own.columns)) == {
        "tone_harsh": "input_tone_harsh", "x": "x",
    }  # fmt: skip


@pytest.mark.parametrize(
    "own",
    [
        Own("tone", ("words",)),
        Own("tone", ("id",)),
        Own("loaded", ("loaded_own",)),
        Own("tone", ("loaded_quoted",)),
        Own("tone", (), ("voice",)),
        Own("tone", ("tone_a", "tone_a")),
        Own("loaded", ("loaded_strong",)),
        Own("attribution", ("attribution_x",)),
    ],
    ids=lambda own: f"{own.name}: {(*own.columns, *own.sentence_columns)}",
)
def test_a_model_takes_no_column_and_no_name_of_another_measure(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OptionError, match=r"model '0\.skops': .* is there already; train it under another name"):
        with_models(monkeypatch, reader_of(("loaded",)).measures, own)


def test_two_models_of_one_task_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second would silently take the place of the first."""
    assert [one.name for one in with_models(monkeypatch, [], Own("a", ("a_x",)), Own("b", ("b_x",)))] == ["a", "b"]
    with pytest.raises(OptionError, match=r"model '1\.skops': 'a' is there already"):
        with_models(monkeypatch, [], Own("a", ("a_x",)), Own("a", ("a_y",)))


def test_frames_of_ones_own_take_the_place_of_those_that_ship(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = object.__new__(Frames)
    frames.columns = ("frame_conflict",)  # type: ignore[misc]
    found = with_models(monkeypatch, [frames], Own("frames", ("frame_conflict", "frame_hope")))
    assert [type(one) for one in found] == [Own]


@pytest.mark.parametrize("content", [b"", b"nothing"])
def test_what_is_no_model_stops_before_anything_is_written(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.skops"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.skops: not a model of `framing train`"):
        fr.analyze(CORPUS, models=path, output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_text_model_that_does_not_fit_together_is_named(sentence_model_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.skops"
    with zipfile.ZipFile(sentence_model_file) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "framing.json":
                content = json.dumps({**json.loads(content), "kind": "texts"}).encode()
            new.writestr(name, content)
    with pytest.raises(InputError, match=r"odd\.skops: model of 'bias': not the columns of a text model"):
        measure_of(path)
