"""Models on disk: what scikit-learn needs to go on with them, and beside it what the package needs to run them.

A model is one ``.skops`` file. The zip holds what skops wrote, and two members more that are read without scikit-learn:
``framing.json`` says what the model is, ``columns.npz`` holds its weights as columns.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from importlib import import_module
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError, OptionError
from framing.measures.attribution.finder._store import packed, reading, unpacked

__all__ = [
    "FORM", "digest", "load_estimator", "open_columns", "packed", "reading", "save", "unpacked",
]  # fmt: skip

FORM = 1
_ABOUT, _COLUMNS, _SCHEMA = "framing.json", "columns.npz", "schema.json"
_THEN = (1980, 1, 1, 0, 0, 0)  # the same model gives the same bytes, whatever the hour
# what a file that is cut off, damaged, of another form or no .npz at all ends in
_FAULTS = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, RuntimeError, EOFError, MemoryError, ImportError,
    zipfile.BadZipFile, zlib.error, struct.error, RecursionError,
)  # fmt: skip


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

    Raises
    ------
    OptionError
        If it cannot be written there.
    """
    from skops import io as skops_io

    arrays = io.BytesIO()
    np.savez_compressed(arrays, **dict(columns))  # type: ignore[arg-type]
    text = json.dumps({"form": FORM, **about}, indent=1, ensure_ascii=False, sort_keys=True)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in _renumbered(skops_io.dumps(estimator)):
            file.writestr(zipfile.ZipInfo(name, _THEN), content, zipfile.ZIP_DEFLATED)
        file.writestr(zipfile.ZipInfo(_ABOUT, _THEN), text, zipfile.ZIP_DEFLATED)
        file.writestr(zipfile.ZipInfo(_COLUMNS, _THEN), arrays.getvalue(), zipfile.ZIP_STORED)
    try:
        path.write_bytes(whole.getvalue())
    except OSError as fault:
        msg = f"{path}: cannot be written: {fault.strerror}"
        raise OptionError(msg) from fault


def _renumbered(dumped: bytes) -> list[tuple[str, bytes]]:
    """Return what skops wrote, numbered in its order: skops names things by where they lay in memory."""
    numbers: dict[str, int] = {}

    def number(given: str) -> int:
        return numbers.setdefault(given, len(numbers))

    def renamed(name: str) -> str:
        path = PurePosixPath(name)
        return f"{number(path.stem)}{path.suffix}" if path.stem.isdigit() else name

    def walked(node: Any) -> Any:
        if isinstance(node, list):
            return [walked(one) for one in node]
        if not isinstance(node, dict):
            return node
        found = {key: walked(one) for key, one in node.items()}
        if "__loader__" in node:
            if "__id__" in node:
                found["__id__"] = number(str(node["__id__"]))
            if isinstance(node.get("file"), str):
                found["file"] = renamed(node["file"])
        return found

    with zipfile.ZipFile(io.BytesIO(dumped)) as file:
        schema = json.dumps(walked(json.loads(file.read(_SCHEMA))), indent=1).encode()
        names = [name for name in file.namelist() if name != _SCHEMA]
        return [*sorted((renamed(name), file.read(name)) for name in names), (_SCHEMA, schema)]


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
            missing = [name for name in ("form", "task") if name not in about]
            if missing:
                raise KeyError(missing[0])
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


def load_estimator(file: str | Path | Traversable) -> Any:
    """Return the scikit-learn estimator of a model.

    Only types of this package, and those that skops trusts anyway, are loaded: a model file cannot run code.

    Raises
    ------
    InputError
        If the file is no model, or asks for other types.
    """
    from skops import io as skops_io

    file = Path(file) if isinstance(file, str) else file
    try:
        data = file.read_bytes()
        asked = skops_io.get_untrusted_types(data=data)
        foreign = [name for name in asked if not _is_estimator_of_ours(name)]
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


def _is_estimator_of_ours(name: str) -> bool:
    """Tell whether a name is that of an estimator of this package, and not of something that a module imports."""
    from sklearn.base import BaseEstimator

    module, _, kind = name.rpartition(".")
    if not module.startswith("framing.classify."):
        return False
    found = getattr(import_module(module), kind, None)
    return isinstance(found, type) and issubclass(found, BaseEstimator) and found.__module__ == module


def digest(file: Path | Traversable) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _one_line(fault: Exception) -> str:
    return " ".join(str(fault).split()) or type(fault).__name__
