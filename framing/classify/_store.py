"""Models on disk: what scikit-learn needs to go on with them, and beside it what the package needs to run them.

A model is one ``.skops`` file. The zip holds what skops wrote, and two members more that are read without scikit-learn:
``framing.json`` says what the model is, ``columns.npz`` holds its weights as columns.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError

FORM = 1
_ABOUT, _COLUMNS = "framing.json", "columns.npz"
_THEN = (1980, 1, 1, 0, 0, 0)  # the same model gives the same bytes, whatever the hour
# what a file that is cut off, damaged, of another form or no .npz at all ends in
_FAULTS = (ValueError, KeyError, IndexError, TypeError, EOFError, zipfile.BadZipFile, zlib.error)


def packed(names: Sequence[str]) -> NDArray[np.uint8]:
    """Return strings without line breaks as one array."""
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def unpacked(array: NDArray[np.uint8]) -> list[str]:
    """Return the strings of `packed`."""
    text = array.tobytes().decode()
    return text.split("\n") if text else []


@contextmanager
def reading(file: Path | Traversable) -> Iterator[Any]:
    """Open an .npz from a folder or from inside a package, and name the file if what it holds cannot be used.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        with file.open("rb") as handle, np.load(handle, allow_pickle=False) as arrays:
            yield arrays
    except OSError as fault:
        msg = f"{file}: cannot be read: {fault.strerror}"
        raise InputError(msg) from fault
    except _FAULTS as fault:
        msg = f"{file}: not a table of this package ({_one_line(fault)})"
        raise InputError(msg) from fault


def save(path: Path, estimator: Any, about: Mapping[str, Any], columns: Mapping[str, NDArray[Any]]) -> None:
    """Write a model.

    Parameters
    ----------
    path : Path
    estimator : BaseEstimator
        As skops takes it.
    about : mapping
        What JSON can hold; at least `task`.
    columns : mapping of str to ndarray
        Strings packed.
    """
    from skops import io as skops_io

    arrays = io.BytesIO()
    np.savez_compressed(arrays, **dict(columns))  # type: ignore[arg-type]
    text = json.dumps({"form": FORM, **about}, indent=1, ensure_ascii=False, sort_keys=True)
    with (
        zipfile.ZipFile(io.BytesIO(skops_io.dumps(estimator))) as dumped,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for name in sorted(dumped.namelist()):
            file.writestr(zipfile.ZipInfo(name, _THEN), dumped.read(name), zipfile.ZIP_DEFLATED)
        file.writestr(zipfile.ZipInfo(_ABOUT, _THEN), text, zipfile.ZIP_DEFLATED)
        file.writestr(zipfile.ZipInfo(_COLUMNS, _THEN), arrays.getvalue(), zipfile.ZIP_STORED)


def open_columns(file: Path | Traversable) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return what a model says of itself, and its columns.

    Raises
    ------
    InputError
        If the file is no model of this package, or one of another form.
    """
    try:
        with file.open("rb") as handle, zipfile.ZipFile(handle) as members:
            about = json.loads(members.read(_ABOUT))
            if about["form"] != FORM:
                msg = f"{file}: a model of form {about['form']}; this version reads form {FORM}: train it anew"
                raise InputError(msg)
            with np.load(io.BytesIO(members.read(_COLUMNS)), allow_pickle=False) as arrays:
                return about, dict(arrays)
    except OSError as fault:
        msg = f"{file}: cannot be read: {fault.strerror}"
        raise InputError(msg) from fault
    except _FAULTS as fault:
        msg = f"{file}: not a model of `framing train` ({_one_line(fault)})"
        raise InputError(msg) from fault


def load_estimator(file: Path | Traversable) -> Any:
    """Return the scikit-learn estimator of a model.

    Only types of this package, and those that skops trusts anyway, are loaded: a model file cannot run code.

    Raises
    ------
    InputError
        If the file is no model, or asks for other types.
    """
    from skops import io as skops_io

    try:
        data = file.read_bytes()
        asked = skops_io.get_untrusted_types(data=data)
        foreign = [name for name in asked if not name.startswith("framing.classify.")]
        if foreign:
            msg = f"{file}: asks for the type {foreign[0]}; only those of this package and scikit-learn are loaded"
            raise InputError(msg)
        return skops_io.loads(data, trusted=asked)
    except OSError as fault:
        msg = f"{file}: cannot be read: {fault.strerror}"
        raise InputError(msg) from fault
    except _FAULTS as fault:
        msg = f"{file}: not a model of `framing train` ({_one_line(fault)})"
        raise InputError(msg) from fault


def digest(file: Path | Traversable) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _one_line(fault: Exception) -> str:
    return " ".join(str(fault).split()) or type(fault).__name__
