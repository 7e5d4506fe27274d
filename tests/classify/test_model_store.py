"""Model files: what is written comes back, the same model is the same bytes, and nothing foreign is loaded."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import FunctionTransformer
from skops import io as skops_io

from framing.classify import _store, load_estimator
from framing.classify._measures import measure_of, sentence_model, text_model
from framing.errors import FramingError, InputError, OptionError

OPENERS: list[Callable[[Path], Any]] = [_store.open_columns, load_estimator, sentence_model, text_model, measure_of]


def replaced(source: Path, target: Path, **members: bytes | None) -> Path:
    """Copy a model with some members changed, or left out."""
    changed = {name.replace("_", "."): content for name, content in members.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = changed.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def about_with(source: Path, **entries: Any) -> bytes:
    with zipfile.ZipFile(source) as file:
        about = json.loads(file.read("framing.json"))
    for name, value in entries.items():
        about.pop(name) if value is None else about.update({name: value})
    return json.dumps(about).encode()


def columns_without(source: Path, name: str) -> bytes:
    columns = _store.open_columns(source)[1]
    del columns[name]
    out = io.BytesIO()
    np.savez(out, **columns)  # type: ignore[arg-type]
    return out.getvalue()


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "one.skops"
    estimator = LogisticRegression(C=2.0).fit([[0.0], [1.0]], [0, 1])
    words = ["a", "naïve", "“", "two words"]
    _store.save(path, estimator, {"task": "t", "kind": "k", "size": 3}, {"x": np.arange(3), "w": _store.packed(words)})
    about, columns = _store.open_columns(path)
    assert about == {"form": _store.FORM, "task": "t", "kind": "k", "size": 3}
    assert columns["x"].tolist() == [0, 1, 2]
    assert _store.unpacked(columns["w"]) == words
    again = load_estimator(path)
    assert (again.C, again.coef_.tolist()) == (2.0, estimator.coef_.tolist())
    assert skops_io.load(path, trusted=[]).C == 2.0


def test_no_strings_are_no_strings() -> None:
    assert _store.unpacked(_store.packed([])) == []
    assert _store.unpacked(_store.packed(["a", "", "b"])) == ["a", "", "b"]


def test_the_same_model_is_the_same_bytes(trained_sentences: Any, sentence_model_file: Path, tmp_path: Path) -> None:
    trained_sentences.save(tmp_path / "again.skops")
    assert (tmp_path / "again.skops").read_bytes() == sentence_model_file.read_bytes()


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    """What skops writes is named by its place in memory, which is another in every process."""
    code = (
        "import sys, numpy as np; from pathlib import Path; from sklearn.linear_model import LogisticRegression; "
        "from framing.classify import _store; waste = [object() for _ in range(int(sys.argv[2]))]; "
        "one = LogisticRegression().fit(np.eye(3), [0, 1, 1]); "
        "_store.save(Path(sys.argv[1]), one, {'task': 't'}, {'x': np.eye(2)})"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / name), waste], env={"PYTHONHASHSEED": seed})
        for name, waste, seed in (("one", "1", "1"), ("two", "9999", "2"))
    ]
    assert [one.wait() for one in running] == [0, 0]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("opened", OPENERS)
def test_a_missing_file_is_named(opened: Callable[[Path], Any], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.skops: cannot be read: No such file"):
        opened(tmp_path / "nowhere.skops")


@pytest.mark.parametrize("opened", OPENERS)
@pytest.mark.parametrize("content", [b"", b"id,text\n1,No\n", b"PK\x05\x06" + bytes(18), bytes(range(256)) * 40])
def test_what_is_no_model_is_refused(opened: Callable[[Path], Any], content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.skops"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.skops: not a model of `framing train`"):
        opened(path)


@pytest.mark.parametrize("opened", [_store.open_columns, load_estimator])
def test_a_model_cut_off_or_damaged_is_refused_or_whole(
    opened: Callable[[Path], Any], sentence_model_file: Path, tmp_path: Path
) -> None:
    """Whatever is wrong with it, an error of ours names the file."""
    whole, path, rng = sentence_model_file.read_bytes(), tmp_path / "bad.skops", random.Random(5)
    said = []
    for number in range(30):
        content = bytearray(whole)
        if number < 10:
            content = content[: len(whole) * number // 10]
        else:
            for place in rng.sample(range(len(whole)), 60):
                content[place] = rng.randrange(256)
        path.write_bytes(content)
        try:
            opened(path)
        except InputError as fault:
            said.append(str(fault))
    assert len(said) >= 10
    assert all(line.startswith(str(path)) and "\n" not in line for line in said)


def test_another_form_is_refused(sentence_model_file: Path, tmp_path: Path) -> None:
    other = replaced(
        sentence_model_file, tmp_path / "o.skops", framing_json=about_with(sentence_model_file, form=99)
    )  # fmt: skip
    with pytest.raises(InputError, match=r"o\.skops: a model of form 99; this version reads form 1: train it anew"):
        _store.open_columns(other)


@pytest.mark.parametrize("entry", ["form", "task"])
def test_a_model_that_does_not_say_what_it_is_is_refused(sentence_model_file: Path, tmp_path: Path, entry: str) -> None:
    other = replaced(
        sentence_model_file, tmp_path / "o.skops", framing_json=about_with(sentence_model_file, **{entry: None})
    )  # fmt: skip
    with pytest.raises(InputError, match=rf"o\.skops: not a model of `framing train` \('{entry}'\)"):
        _store.open_columns(other)


@pytest.mark.parametrize("member", ["framing_json", "columns_npz"])
@pytest.mark.parametrize("content", [None, b"[]", b"{", b"\x93NUMPY"])
def test_a_member_that_is_missing_or_another_is_refused(
    sentence_model_file: Path, tmp_path: Path, member: str, content: bytes | None
) -> None:
    other = replaced(sentence_model_file, tmp_path / "o.skops", **{member: content})
    with pytest.raises(InputError, match=r"o\.skops: not a model"):
        _store.open_columns(other)


@pytest.mark.parametrize("name", ["table", "n-grams", "tags", "calibration", "word", "phrases"])
def test_a_sentence_model_without_a_column_is_refused(sentence_model_file: Path, tmp_path: Path, name: str) -> None:
    other = replaced(sentence_model_file, tmp_path / "o.skops", columns_npz=columns_without(sentence_model_file, name))
    with pytest.raises(InputError, match=rf"o\.skops: not the columns of a sentence model \(no '{name}'\)"):
        sentence_model(other)


def test_a_model_of_other_parts_of_speech_is_refused(sentence_model_file: Path, tmp_path: Path) -> None:
    columns = _store.open_columns(sentence_model_file)[1]
    columns["tags"] = columns["tags"][:, :-1]
    out = io.BytesIO()
    np.savez(out, **columns)  # type: ignore[arg-type]
    other = replaced(sentence_model_file, tmp_path / "o.skops", columns_npz=out.getvalue())
    with pytest.raises(InputError, match=r"o\.skops: trained with other parts of speech"):
        sentence_model(other)


def test_columns_hold_no_objects(sentence_model_file: Path, tmp_path: Path) -> None:
    """An array of objects is a pickle, which could run code."""
    out = io.BytesIO()
    np.savez(out, words=np.array([{}], dtype=object))
    other = replaced(sentence_model_file, tmp_path / "o.skops", columns_npz=out.getvalue())
    with pytest.raises(InputError, match=r"o\.skops: not a model.*allow_pickle"):
        _store.open_columns(other)


def test_a_model_of_one_kind_is_not_run_as_another(sentence_model_file: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a model of 'sentences'; one of texts is wanted"):
        text_model(sentence_model_file)
    other = replaced(
        sentence_model_file, tmp_path / "o.skops", framing_json=about_with(sentence_model_file, task="spin")
    )  # fmt: skip
    with pytest.raises(InputError, match=r"o\.skops: a model of the task 'spin'; of sentences only bias, uncertain"):
        measure_of(other)


def test_a_foreign_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "foreign.skops"
    _store.save(path, FunctionTransformer(random.Random), {"task": "t"}, {})
    with pytest.raises(InputError, match=r"foreign\.skops: asks for the type random\.Random; only those of this"):
        load_estimator(path)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("framing.classify._store", "Path"),
        ("framing.classify._store", "save"),
        ("framing.classify.sentences._training", "Trainer"),
        ("framing.classify.sentences._training", "LogisticRegression"),
        ("framing.classify.nothing", "Nothing"),
        ("framing.classify.sentences._classifier", "Nothing"),
        ("framing.cli", "main"),
        ("os", "system"),
    ],
)
def test_only_estimators_of_the_package_are_made(
    sentence_model_file: Path, tmp_path: Path, module: str, name: str
) -> None:
    """What a module of ours imports is not ours."""
    with zipfile.ZipFile(sentence_model_file) as file:
        schema = json.loads(file.read("schema.json"))
    assert schema["__class__"] == "SentenceClassifier"
    schema.update(__module__=module, __class__=name)
    other = replaced(sentence_model_file, tmp_path / "o.skops", schema_json=json.dumps(schema).encode())
    with pytest.raises(InputError, match=r"o\.skops: (asks for the type|not a model)"):
        load_estimator(other)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"one\.skops: cannot be written: No such file"):
        _store.save(tmp_path / "no" / "one.skops", LogisticRegression(), {"task": "t"}, {})
    assert issubclass(OptionError, FramingError)


def test_a_model_trained_anew_under_its_name_is_read_anew(
    trained_sentences: Any, sentence_model_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.skops"
    trained_sentences.save(path)
    first = sentence_model(path)
    trained_sentences.save(path, note="second")
    assert "note" not in first.about
    assert sentence_model(path).about["note"] == "second"
