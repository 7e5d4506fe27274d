"""A task of sentences trained with embeddings, from file to file; a stand-in for the model, so no extra is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing.classify import _store
from framing.classify.embeddings import KIND, EmbeddedSentenceClassifier, SentenceEmbeddings, train_embedded
from framing.errors import OptionError

Kinds = tuple[list[str], list[str], list[str]]


@pytest.fixture
def data(two_kinds: Kinds, tmp_path: Path) -> Path:
    lines = [
        json.dumps({"id": str(number), "text": text, "label": "biased" if label == "yes" else "non-biased", "url": url})
        for number, (text, label, url) in enumerate(zip(*two_kinds, strict=True))
    ]
    file = tmp_path / "sentences.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_what_is_trained_is_measured_on_what_it_had_not_seen(fake_of_module: Any, data: Path, tmp_path: Path) -> None:
    found = train_embedded(data, folds=2)
    (crossed,) = found.predictions
    assert crossed.how.startswith("cross-validated, 2 folds")
    assert (crossed.decided == crossed.gold).mean() > 0.9
    estimator = found.estimator
    assert isinstance(estimator, EmbeddedSentenceClassifier)
    # what remembers the training texts is not kept
    assert type(estimator.embeddings) is type(estimator.embeddings_) is SentenceEmbeddings
    file = tmp_path / "own.skops"
    found.save(file)
    about, columns = _store.open_columns(file)
    assert (about["task"], about["kind"]) == ("bias", KIND)
    assert about["embedding"]["layer"] == 4
    assert columns["embedding"].dtype == np.float32
    loaded = _store.load_estimator(file)
    assert (loaded.predict(crossed.texts) == estimator.predict(crossed.texts)).all()


def test_a_task_of_articles_has_no_embeddings(fake_of_module: Any, data: Path) -> None:
    with pytest.raises(OptionError, match="task is 'frames'"):
        train_embedded(data, task="frames")
