"""Weights on disk: one .npz without pickle, and beside it the model card."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from framing.errors import InputError
from framing.measures.attribution.finder._classes import WordClasses
from framing.measures.attribution.finder._columns import Kinds
from framing.measures.attribution.finder._decode import Transitions
from framing.measures.attribution.finder._weights import Rows, Weights

_FORM = 1


def packed(names: Sequence[str]) -> NDArray[np.uint8]:
    """Return strings without line breaks as one array."""
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def unpacked(array: NDArray[np.uint8]) -> list[str]:
    """Return the strings of `packed`."""
    text = array.tobytes().decode()
    return text.split("\n") if text else []


def save_classes(classes: WordClasses, file: Path | IO[bytes]) -> None:
    """Write word classes as .npz."""
    np.savez_compressed(file, **_of_classes(classes))


def _of_classes(classes: WordClasses) -> dict[str, Any]:
    arrays: dict[str, Any] = {
        "tags": packed(classes.tags),
        "cluster words": packed(classes.words),
        "cluster members": classes.members.astype(np.uint16),
        "clusters": np.array(classes.clusters),
    }
    for name in ("spelled", "folded", "endings"):
        known = getattr(classes, name)
        arrays[f"{name}.words"] = packed(list(known))
        arrays[f"{name}.codes"] = np.array(list(known.values()), dtype=np.uint8)
    return arrays


def _to_classes(arrays: Any) -> WordClasses:
    mappings = {
        name: dict(zip(unpacked(arrays[f"{name}.words"]), arrays[f"{name}.codes"].tolist(), strict=True))
        for name in ("spelled", "folded", "endings")
    }
    return WordClasses(
        tags=unpacked(arrays["tags"]),
        words=unpacked(arrays["cluster words"]),
        members=arrays["cluster members"].astype(np.int32),
        clusters=arrays["clusters"].tolist(),
        **mappings,
    )


def open_classes(file: Path | Traversable) -> WordClasses:
    """Read word classes.

    Raises
    ------
    InputError
        If the file is none.
    """
    with reading(file) as arrays:
        return _to_classes(arrays)


def save(weights: Weights, path: Path) -> None:
    """Write a finder as .npz; half precision is enough for sums of weights."""
    arrays = _of_classes(weights.classes)
    arrays["form"] = np.array(_FORM)
    arrays["kinds"] = packed(["\t".join(kind) for kind in weights.kinds.names])
    arrays["words"], arrays["endings"] = packed(weights.words), packed(weights.endings)
    for name, rows in weights.rows.items():
        arrays[f"codes {name}"] = rows.codes
        arrays[f"rows {name}"] = rows.weights.astype(np.float16)
    for number, transitions in enumerate(weights.transitions):
        arrays[f"step {number}"] = transitions.step
        arrays[f"ends {number}"] = np.stack([transitions.first, transitions.last])
    arrays["confidence"] = weights.confidence
    arrays["about"] = packed([json.dumps(weights.about, sort_keys=True)])
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def open_weights(file: Path | Traversable) -> Weights:
    """Read a finder.

    Raises
    ------
    InputError
        If the file is no finder, or one of another form.
    """
    with reading(file) as arrays:
        if "form" not in arrays or int(arrays["form"]) != _FORM:
            msg = f"{file}: not an attribution model of form {_FORM}; train it anew with `framing train attribution`"
            raise InputError(msg)
        names = [name.removeprefix("codes ") for name in arrays.files if name.startswith("codes ")]
        rows = {name: Rows(arrays[f"codes {name}"], arrays[f"rows {name}"].astype(np.float32)) for name in names}
        kinds = [tuple(kind.split("\t")) for kind in unpacked(arrays["kinds"])]
        return Weights(
            classes=_to_classes(arrays),
            kinds=Kinds(tuple((part, content) for part, content in kinds)),
            words=unpacked(arrays["words"]),
            endings=unpacked(arrays["endings"]),
            rows=rows,
            transitions=(_transitions(arrays, 0), _transitions(arrays, 1)),
            confidence=arrays["confidence"],
            about=json.loads("".join(unpacked(arrays["about"]))),
        )


def _transitions(arrays: Any, number: int) -> Transitions:
    first, last = arrays[f"ends {number}"]
    return Transitions(arrays[f"step {number}"], first, last)


# what a file that is cut off, damaged, of another form or no .npz at all ends in
_FAULTS = (ValueError, KeyError, IndexError, TypeError, EOFError, zipfile.BadZipFile, zlib.error)


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
        msg = f"{file}: cannot be read: {fault.strerror or 'not an .npz file'}"
        raise InputError(msg) from fault
    except _FAULTS as fault:
        msg = f"{file}: not a model of numbers (.npz) that this version can read; train it anew"
        raise InputError(msg) from fault
