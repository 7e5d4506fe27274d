"""The forward pass in NumPy, beside one written out word piece by word piece."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from framing.classify.embeddings import _bert
from framing.classify.embeddings._bert import Bert, Shape
from framing.errors import InputError

WIDTH, WIDE, HEADS, LAYERS, EPSILON = 8, 12, 2, 3, 1e-12
CONFIG = {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
          "layer_norm_eps": EPSILON}  # fmt: skip


def made(seed: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": some(20, WIDTH),
        "embeddings.position_embeddings.weight": some(16, WIDTH),
        "embeddings.token_type_embeddings.weight": some(2, WIDTH),
    }
    shapes = {
        "attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (WIDE, WIDTH), "output.dense": (WIDTH, WIDE),
    }  # fmt: skip
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        start = f"encoder.layer.{layer}."
        for name, shape in shapes.items():
            found |= {f"{start}{name}.weight": some(*shape), f"{start}{name}.bias": some(shape[0])}
        norms += [f"{start}attention.output.LayerNorm", f"{start}output.LayerNorm"]
    for name in norms:
        found |= {f"{name}.weight": some(WIDTH), f"{name}.bias": some(WIDTH)}
    return found


def slowly(weights: dict[str, np.ndarray], ids: list[int], layers: int = LAYERS) -> np.ndarray:
    def linear(name: str, vector: np.ndarray) -> np.ndarray:
        return weights[f"{name}.weight"].astype(float) @ vector + weights[f"{name}.bias"]

    def norm(name: str, vector: np.ndarray) -> np.ndarray:
        moved = (vector - vector.mean()) / math.sqrt(vector.var() + EPSILON)
        return moved * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    tables = [
        weights[f"embeddings.{kind}_embeddings.weight"].astype(float) for kind in ("word", "position", "token_type")
    ]
    state = [norm("embeddings.LayerNorm", tables[0][piece] + tables[1][place] + tables[2][0])
             for place, piece in enumerate(ids)]  # fmt: skip
    for layer in range(layers):
        start, size = f"encoder.layer.{layer}.", WIDTH // HEADS
        query, key, value = (
            [linear(f"{start}attention.self.{kind}", one) for one in state] for kind in ("query", "key", "value")
        )
        seen = []
        for place in range(len(ids)):
            parts = []
            for head in range(HEADS):
                cut = slice(head * size, (head + 1) * size)
                fit = np.exp([query[place][cut] @ other[cut] / math.sqrt(size) for other in key])
                parts.append(sum(share * other[cut] for share, other in zip(fit / fit.sum(), value, strict=True)))
            seen.append(np.concatenate(parts))
        state = [norm(f"{start}attention.output.LayerNorm", one + linear(f"{start}attention.output.dense", new))
                 for one, new in zip(state, seen, strict=True)]  # fmt: skip
        inner = [linear(f"{start}intermediate.dense", one) for one in state]
        inner = [np.array([x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in one]) for one in inner]
        state = [norm(f"{start}output.LayerNorm", one + linear(f"{start}output.dense", new))
                 for one, new in zip(state, inner, strict=True)]  # fmt: skip
    mean = np.mean(state, axis=0)
    return mean / np.linalg.norm(mean)


TEXTS = [[1, 5, 2], [1, 7, 7, 9, 3, 2], [1, 2], [1, 8, 2], [1, 19, 4, 4, 2]]


@pytest.mark.parametrize("layer", [None, 1, 2])
def test_fast_and_slow_agree(layer: int | None) -> None:
    weights = made()
    found = Bert(weights, Shape.of_config(CONFIG, "config.json")).embed(TEXTS, layer=layer)
    assert found.dtype == np.float32
    wanted = np.stack([slowly(weights, ids, layer or LAYERS) for ids in TEXTS])
    np.testing.assert_allclose(found, wanted, atol=2e-5)


def test_the_order_of_texts_and_the_number_of_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bert = Bert(made(), Shape.of_config(CONFIG, "config.json"))
    found = bert.embed(TEXTS)
    np.testing.assert_allclose(bert.embed(TEXTS[::-1])[::-1], found, atol=1e-6)
    monkeypatch.setattr(_bert, "_AT_ONCE", 5)  # several batches
    apart = bert.embed(TEXTS)
    np.testing.assert_allclose(apart, found, atol=1e-6)
    assert (bert.embed(TEXTS, threads=3) == apart).all()


def test_no_text_gives_no_vector() -> None:
    assert Bert(made(), Shape.of_config(CONFIG, "config.json")).embed([]).shape == (0, WIDTH)


@pytest.mark.parametrize(
    ("key", "value"), [("model_type", "mpnet"), ("hidden_act", "relu"), ("position_embedding_type", "relative_key")]
)
def test_another_kind_of_model_is_refused(key: str, value: Any) -> None:
    with pytest.raises(InputError, match=rf"config.json: {key} is '{value}'; allowed: "):
        Shape.of_config({**CONFIG, key: value}, "config.json")


def test_a_setting_that_is_missing_is_named() -> None:
    with pytest.raises(InputError, match=r"config.json: has no 'num_attention_heads'; allowed: the settings of a BERT"):
        Shape.of_config({"num_hidden_layers": 2}, "config.json")
