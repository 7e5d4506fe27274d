"""Sentence embeddings as a transformer; a stand-in for the model, so no extra is needed."""

from __future__ import annotations

from typing import Any

import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from framing.classify.embeddings import SentenceEmbeddings
from framing.classify.embeddings._train import Remembered
from framing.errors import InputError, OptionError

TEXTS = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layer": 0}, "layer is 0; allowed: a whole number from 1, or None"),
        ({"layer": 7}, "layer is 7; allowed: 1 to 6, or None"),
        ({"threads": 0}, "threads is 0; allowed: a whole number from 1$"),
        ({"threads": True}, "threads is True; allowed: a whole number from 1$"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(fake_of_module: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        SentenceEmbeddings(**options).fit(TEXTS)


def test_the_transformer_is_one_of_scikit_learn(fake_of_module: Any, embeddings: SentenceEmbeddings) -> None:
    with pytest.raises(NotFittedError):
        embeddings.transform(TEXTS)
    found = embeddings.fit_transform(TEXTS)
    assert embeddings.get_feature_names_out().tolist() == ["embedding=0", "embedding=1", "embedding=2"]
    assert found.shape == (3, 3)
    assert clone(embeddings).get_params() == {"layer": 4, "threads": 1}
    with pytest.raises(InputError, match="texts are one str"):
        embeddings.transform("one string")


def test_no_text_is_embedded_twice(fake_of_module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    plain = type(fake_of_module).embed
    monkeypatch.setattr(
        type(fake_of_module), "embed", lambda self, texts, **how: (seen.extend(texts), plain(self, texts))[1]
    )
    one = Remembered(layer=4).fit(TEXTS)
    first = one.transform([*TEXTS, TEXTS[0]])
    assert (clone(one).transform(TEXTS) == first[:3]).all()
    assert sorted(seen) == sorted(TEXTS)
