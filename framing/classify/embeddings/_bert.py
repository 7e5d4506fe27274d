"""The forward pass of a small BERT in NumPy: numbers of word pieces in, one vector for each text out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf
from threadpoolctl import threadpool_limits

from framing.errors import InputError

Floats32 = NDArray[np.float32]
Ids = Sequence[int]
_AT_ONCE = 2048  # word pieces: enough for the matrix products, little enough for the cache
_ROOT = np.float32(np.sqrt(0.5))


@dataclass(frozen=True, slots=True)
class Shape:
    """What the weights of a BERT do not say themselves."""

    layers: int
    heads: int
    epsilon: float

    @classmethod
    def of_config(cls, config: Mapping[str, Any], where: str) -> Shape:
        """Read config.json.

        Raises
        ------
        InputError
            If it is that of another kind of model.
        """
        for key, allowed in (("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute")):
            if config.get(key, allowed) != allowed:
                msg = f"{where}: {key} is {config[key]!r}; allowed: {allowed!r}"
                raise InputError(msg)
        try:
            return cls(config["num_hidden_layers"], config["num_attention_heads"], config["layer_norm_eps"])
        except KeyError as missing:
            msg = f"{where}: has no {missing}; allowed: the settings of a BERT"
            raise InputError(msg) from missing


class Bert:
    """Encodes texts as the mean of a layer's vectors, of length 1.

    The architecture is that of Devlin and others (2019), the mean over word pieces that of Reimers and Gurevych (2019).

    Parameters
    ----------
    weights : mapping of str to ndarray of float32
        By the names of Hugging Face's `BertModel`.
    shape : Shape
    """

    def __init__(self, weights: Mapping[str, Floats32], shape: Shape) -> None:
        self._shape = shape
        self._words = weights["embeddings.word_embeddings.weight"]
        # every piece belongs to the first of BERT's two segments
        types = weights["embeddings.token_type_embeddings.weight"]
        self._places = weights["embeddings.position_embeddings.weight"] + types[0]
        self._first = _Norm.of(weights, "embeddings.LayerNorm", shape.epsilon)
        self._layers = [_Layer.of(weights, f"encoder.layer.{number}.", shape) for number in range(shape.layers)]

    @property
    def size(self) -> int:
        """Columns of what comes out."""
        return int(self._words.shape[1])

    @property
    def layers(self) -> int:
        """How many there are."""
        return len(self._layers)

    def embed(self, texts: Sequence[Ids], *, layer: int | None = None, threads: int = 1) -> Floats32:
        """Return a vector for each text, shape (texts, size).

        Texts are taken by length, so that none is padded; what comes out does not depend on the number of threads.

        Parameters
        ----------
        texts : sequence of sequence of int
            Word pieces, at least one.
        layer : int, optional
            Whose vectors are averaged, from 1; the last by default.
        threads : int
        """
        found = np.zeros((len(texts), self.size), dtype=np.float32)
        order = np.argsort([len(ids) for ids in texts], kind="stable")

        def run(part: NDArray[np.int64]) -> None:
            found[part] = self._forward([texts[row] for row in part.tolist()], layer)

        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(run, _parts(order, [len(texts[row]) for row in order.tolist()])):
                pass
        return found

    def _forward(self, texts: Sequence[Ids], last: int | None) -> Floats32:
        """Encode texts in order of length; their pieces stand one behind the other."""
        lengths = np.array([len(ids) for ids in texts])
        first = np.cumsum(lengths) - lengths
        places = np.arange(lengths.sum()) - np.repeat(first, lengths)
        state = self._first(self._words[np.concatenate([np.asarray(ids) for ids in texts])] + self._places[places])
        runs = list(_runs(lengths))
        for layer in self._layers[:last]:
            state = layer(state, runs)
        mean = np.add.reduceat(state, first, axis=0) / lengths[:, None].astype(np.float32)
        return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), np.float32(1e-12)))


@dataclass(frozen=True, slots=True)
class _Linear:
    weight: Floats32
    bias: Floats32

    @classmethod
    def of(cls, weights: Mapping[str, Floats32], *names: str) -> _Linear:
        """Take one layer, or several with the same input side by side."""
        weight = np.concatenate([weights[f"{name}.weight"] for name in names])
        return cls(np.ascontiguousarray(weight.T), np.concatenate([weights[f"{name}.bias"] for name in names]))

    def __call__(self, state: Floats32) -> Floats32:
        found = state @ self.weight
        found += self.bias
        return found


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Floats32
    bias: Floats32
    epsilon: np.float32

    @classmethod
    def of(cls, weights: Mapping[str, Floats32], name: str, epsilon: float) -> _Norm:
        return cls(weights[f"{name}.weight"], weights[f"{name}.bias"], np.float32(epsilon))

    def __call__(self, state: Floats32) -> Floats32:
        """Standardise each row."""
        state -= state.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", state, state) / np.float32(state.shape[1])
        state *= (1 / np.sqrt(variance + self.epsilon))[:, None]
        state *= self.weight
        state += self.bias
        return state


@dataclass(frozen=True, slots=True)
class _Layer:
    heads: int
    mixed: _Linear  # queries, keys and values in one product
    out: _Linear
    after_attention: _Norm
    wide: _Linear
    narrow: _Linear
    after: _Norm

    @classmethod
    def of(cls, weights: Mapping[str, Floats32], name: str, shape: Shape) -> _Layer:
        own = f"{name}attention.self."
        return cls(
            shape.heads,
            _Linear.of(weights, f"{own}query", f"{own}key", f"{own}value"),
            _Linear.of(weights, f"{name}attention.output.dense"),
            _Norm.of(weights, f"{name}attention.output.LayerNorm", shape.epsilon),
            _Linear.of(weights, f"{name}intermediate.dense"),
            _Linear.of(weights, f"{name}output.dense"),
            _Norm.of(weights, f"{name}output.LayerNorm", shape.epsilon),
        )

    def __call__(self, state: Floats32, runs: Sequence[tuple[int, int, int]]) -> Floats32:
        state = self.after_attention(state + self.out(self._attention(self.mixed(state), runs)))
        return self.after(state + self.narrow(_gelu(self.wide(state))))

    def _attention(self, mixed: Floats32, runs: Sequence[tuple[int, int, int]]) -> Floats32:
        """Let the pieces of each text look at one another; texts of one length at once."""
        width = mixed.shape[1] // 3
        scale = np.float32(1 / np.sqrt(width // self.heads))
        found = np.empty((len(mixed), width), dtype=np.float32)
        for start, texts, length in runs:
            stop = start + texts * length
            split = mixed[start:stop].reshape(texts, length, 3, self.heads, -1).transpose(2, 0, 3, 1, 4)
            query, key, value = split
            weight = (query * scale) @ key.swapaxes(2, 3)
            weight -= weight.max(axis=3, keepdims=True)
            np.exp(weight, out=weight)
            weight /= weight.sum(axis=3, keepdims=True)
            found[start:stop] = (weight @ value).swapaxes(1, 2).reshape(stop - start, width)
        return found


def _gelu(values: Floats32) -> Floats32:
    """Weigh each value by the normal distribution's share below it (Hendrycks and Gimpel 2016)."""
    share = values * _ROOT
    erf(share, out=share)
    share += 1
    share *= values
    share *= np.float32(0.5)
    return share


def _parts(order: NDArray[np.int64], lengths: Sequence[int]) -> Iterator[NDArray[np.int64]]:
    """Yield runs of texts that have about as many pieces as go through at once."""
    first = total = 0
    for place, length in enumerate(lengths):
        if total and total + length > _AT_ONCE:
            yield order[first:place]
            first, total = place, 0
        total += length
    if first < len(order):
        yield order[first:]


def _runs(lengths: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Yield for each run of texts of one length its first piece, the number of texts, and the length."""
    length, texts = np.unique(lengths, return_counts=True)
    start = 0
    for pieces, count in zip(length.tolist(), texts.tolist(), strict=True):
        yield start, count, pieces
        start += pieces * count
