"""Counts by article for whole layers, categories and terms, in each voice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._frame import VOICES, Ints, number_of
from framing.comparison._setting import Setting

# counted in the tables, but not a choice of words
NOT_EVIDENCE = frozenset({"words", "furniture"})
NOT_A_RATE = NOT_EVIDENCE | {"unverified", "accused"}


def layer_columns(articles: pd.DataFrame) -> dict[str, str]:
    """Return the layers that the articles table counts: name of the layer to beginning of its columns."""
    columns = {str(column) for column in articles.columns}
    stems = sorted(column[: -len("_own")] for column in columns if column.endswith("_own"))
    return {
        stem.replace("_", "-"): stem
        for stem in stems
        if stem not in NOT_A_RATE and all(f"{stem}_{voice}" in columns for voice in VOICES[:3])
    }


def keyed(findings: pd.DataFrame, keys: Sequence[str]) -> tuple[pd.DataFrame, Ints]:
    """Return the distinct combinations of some columns, sorted, and the number of each row's."""
    if findings.empty:
        return pd.DataFrame({key: pd.Series(dtype=object) for key in keys}), np.zeros(0, dtype=np.int64)
    grouped = findings.groupby(list(keys), sort=True)
    codes = np.asarray(grouped.ngroup(), dtype=np.int64)
    _, first = np.unique(codes, return_index=True)
    return findings.iloc[first][list(keys)].reset_index(drop=True), codes


def by_voice(findings: pd.DataFrame, codes: Ints, n_keys: int, n_articles: int) -> sparse.csr_array:
    """Count findings, shape (N, 4 * n_keys): each key in the voices own, quoted, reported and all."""
    voice = pd.Index(VOICES[:3]).get_indexer(pd.Index(findings["voice"]))
    known = voice >= 0
    rows = findings["row"].to_numpy(dtype=np.int64)
    everywhere = np.concatenate([rows[known], rows])
    columns = np.concatenate([codes[known] * 4 + voice[known], codes * 4 + 3])
    counted = sparse.coo_array((np.ones(everywhere.size), (everywhere, columns)), shape=(n_articles, 4 * n_keys))
    return sparse.csr_array(counted)


def with_voices(labels: pd.DataFrame) -> pd.DataFrame:
    """Repeat each row four times, once a voice."""
    repeated = labels.loc[labels.index.repeat(4)].reset_index(drop=True)
    return repeated.assign(voice=np.tile(np.array(VOICES, dtype=object), len(labels)))


def measures(setting: Setting) -> tuple[pd.DataFrame, sparse.csr_array]:
    """Return what rates are given for: labels (layer, category, voice) and counts, shape (N, K).

    Whole layers are read from the articles table, so that a rate is the one that the table shows; categories, and
    layers that only the findings know, are counted from the findings.
    """
    n = len(setting.articles)
    columns = layer_columns(setting.articles)
    whole = [
        np.stack([number_of(setting.articles, f"{stem}_{voice}") for voice in VOICES[:3]], axis=1)
        for stem in columns.values()
    ]
    parts = [sparse.csr_array(np.column_stack([part, part.sum(axis=1)])) for part in whole]
    labels = [with_voices(pd.DataFrame({"layer": list(columns), "category": ""}, dtype=object))]
    findings = setting.findings[~setting.findings["layer"].isin(NOT_A_RATE)]
    chosen = (
        findings[~findings["layer"].isin(columns)].assign(category=""),
        findings[findings["category"] != ""],
    )
    for rows in chosen:
        keys, codes = keyed(rows, ("layer", "category"))
        parts.append(by_voice(rows, codes, len(keys), n))
        labels.append(with_voices(keys))
    every = pd.concat(labels, ignore_index=True)
    counts = sparse.csr_array(sparse.hstack(parts, format="csr")) if parts else sparse.csr_array((n, 0))
    rank = every.assign(voice=every["voice"].map({voice: place for place, voice in enumerate(VOICES)}))
    order = rank.sort_values(["layer", "category", "voice"], kind="stable").index.to_numpy()
    return every.iloc[order].reset_index(drop=True), sparse.csr_array(counts[:, order])
