"""A model is an .npz of numbers with a card that is true of it; anything else is refused in one line."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing._data import lexicons
from framing.errors import InputError
from framing.measures.attribution.finder import Finder, open_classes, open_weights

MODELS = lexicons() / "models"
OPENERS = (open_weights, open_classes)


def shipped() -> bytes:
    return (MODELS / "attribution.npz").read_bytes()


def damaged() -> bytes:
    """Return the model with one byte changed inside its largest array."""
    given = bytearray(shipped())
    with zipfile.ZipFile(io.BytesIO(bytes(given))) as archive:
        largest = max(archive.infolist(), key=lambda one: one.compress_size)
    given[largest.header_offset + largest.compress_size // 2] ^= 255
    return bytes(given)


def arrays(**given: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **given)
    return file.getvalue()


def one_array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.arange(3))
    return file.getvalue()


BAD: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: b"hello",
    "looks-like-zip": lambda: b"PK\x03\x04 and no more",
    "cut-off": lambda: shipped()[:100_000],
    "one-array": one_array,
    "other-arrays": lambda: arrays(a=np.arange(3)),
    "of-another-form": lambda: arrays(form=np.array(99)),
    "without-its-parts": lambda: arrays(form=np.array(1)),
    "with-objects": lambda: arrays(form=np.array([{}], dtype=object), tags=np.array([{}], dtype=object)),
}


@pytest.mark.parametrize("opener", OPENERS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_model_is_refused_in_one_line(
    tmp_path: Path, name: str, opener: Callable[[Path], Any]
) -> None:
    path = tmp_path / f"{name}.npz"
    path.write_bytes(BAD[name]())
    with pytest.raises(InputError) as caught:
        opener(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.npz").write_bytes(damaged())
    with pytest.raises(InputError):
        open_weights(tmp_path / "model.npz")


@pytest.mark.parametrize("opener", OPENERS, ids=lambda one: one.__name__)
def test_a_file_that_is_not_there_is_named(tmp_path: Path, opener: Callable[[Path], Any]) -> None:
    with pytest.raises(InputError, match=r"model\.npz: cannot be read"):
        opener(tmp_path / "model.npz")
    with pytest.raises(InputError, match="cannot be read"):
        opener(tmp_path)


@pytest.mark.parametrize("name", ["attribution.npz", "word-classes.npz"])
def test_what_ships_holds_no_pickle(name: str) -> None:
    with np.load(io.BytesIO((MODELS / name).read_bytes()), allow_pickle=False) as found:
        assert {found[key].dtype.hasobject for key in found.files} == {False}


def test_the_model_that_ships_opens() -> None:
    weights = open_weights(MODELS / "attribution.npz")
    Finder(weights)
    assert len(weights.words) > 1000
    assert np.isfinite(weights.confidence).all()


def test_the_card_is_of_the_model_beside_it() -> None:
    """Written by the training: data, licences and hash."""
    card = (MODELS / "attribution.md").read_text(encoding="utf-8")
    assert hashlib.sha256(shipped()).hexdigest() in card
    for said in ("PolNeAR", "none stated", "CC BY-SA 4.0", "Apache 2.0", "## Limits", "Cross-validated", "### Dev"):
        assert said in " ".join(card.split())
