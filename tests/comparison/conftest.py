"""A small analysis, made by hand, that comparisons are tried on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.errors import LexiconError

LAYERS = ("loaded", "naming", "hedge", "booster", "scare-quote")
VOICES = ("own", "quoted", "reported")
TEXT = "The regime invaded. Kyiv said it was an invasion. It may rain."


@dataclass(frozen=True)
class Words:
    """Words of each article by voice."""

    vocabulary: list[str]
    indptr: np.ndarray
    word: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True)
class FakeEntry:
    """What a lexicon says of an entry."""

    topic: str
    referent: str
    source: str


@dataclass(frozen=True)
class FakeAnalysis:
    """The tables of an analysis, held in memory."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    findings: pd.DataFrame
    attributions: pd.DataFrame
    words: Words
    manifest: Mapping[str, Any] = field(default_factory=lambda: {"version": "0", "sides": ["russia-ukraine"]})
    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, article_id: str) -> str:
        """Return the text, if it was kept."""
        return self.texts[article_id]

    def having(self, **tables: object) -> FakeAnalysis:
        """Return a copy with other tables."""
        changed: Any = tables
        return replace(self, **changed)


def entries(name: str) -> dict[str, FakeEntry]:
    """Stand in for the lexicons of framing."""
    if name == "gone":
        msg = "no lexicon gone"
        raise LexiconError(msg)
    return {
        "e0": FakeEntry("war", "attack", "smith2000"),
        "e1": FakeEntry("war", "attack", "smith2000"),
        "e2": FakeEntry("war", "government", "framing"),
    }


def _findings(rng: np.random.Generator, ids: list[str], outlets: list[str]) -> pd.DataFrame:
    rows = []
    for article, outlet in zip(ids, outlets, strict=True):
        for layer in LAYERS:
            # The Post is made to use twice as many loaded words as the others
            mean = 10 if (layer, outlet) == ("loaded", "Post") else 4
            for _ in range(rng.poisson(mean)):
                entry = int(rng.integers(0, 3)) if layer in ("loaded", "naming") else -1
                rows.append(
                    {
                        "article_id": article,
                        "sentence": 1,
                        "layer": layer,
                        "start": 40,
                        "end": 48,
                        "text": "Invasion" if entry == 0 else f"Term {entry}",
                        "lexicon": f"en/{layer}" if entry >= 0 else "",
                        "entry": f"e{entry}" if entry >= 0 else "",
                        "category": f"kind-{entry}" if entry >= 0 else "",
                        "voice": str(rng.choice(VOICES, p=[0.6, 0.2, 0.2])),
                        "source": "",
                        "side": "",
                        "score": np.nan,
                    }
                )
    return pd.DataFrame(rows)


def _attributions(rng: np.random.Generator, ids: list[str]) -> pd.DataFrame:
    rows = [
        {
            "article_id": article,
            "attribution": number,
            "kind": str(rng.choice(["direct", "indirect", "mixed"])),
            "content": "10-49" if number == 0 else "30-36;51-62",
            "content_text": "it was an invasion",
            "speaker": str(rng.choice(["", "Kyiv"])),
            "side": str(rng.choice(["", "russia", "ukraine"])),
            "role": "",
            "stance": str(rng.choice(["neutral", "doubting"])),
            "anonymous": bool(rng.random() < 0.2),
        }
        for article in ids
        for number in range(2)
    ]
    made = pd.DataFrame(rows)
    return made.assign(role=np.where(made["speaker"] == "Kyiv", "government", ""))


def _words(rng: np.random.Generator, outlets: list[str]) -> Words:
    """Every article holds every word; `regime` is the Post's, which also names itself and a number all the time."""
    vocabulary = ["the", "regime", "post", "2024", "invasion", "rain"]
    n = len(outlets)
    counts = np.zeros((n, len(vocabulary), 3), dtype=np.uint16)
    counts[:, :, 0] = rng.poisson([60, 2, 2, 2, 5, 5], (n, len(vocabulary)))
    post = np.array(outlets) == "Post"
    counts[post, 1:4, 0] += 10
    counts[:, 5, 1] = 9
    word = np.tile(np.arange(len(vocabulary), dtype=np.int32), n)
    return Words(vocabulary, np.arange(n + 1) * len(vocabulary), word, counts.reshape(-1, 3))


def _counted(findings: pd.DataFrame, ids: list[str]) -> dict[str, np.ndarray]:
    size = findings.groupby(["article_id", "layer", "voice"]).size()
    return {
        f"{layer.replace('-', '_')}_{voice}": np.array([size.get((article, layer, voice), 0) for article in ids])
        for layer in LAYERS
        for voice in VOICES
    }


def build(outlets: list[str], seed: int = 0) -> FakeAnalysis:
    """Make one article for each outlet named."""
    rng = np.random.default_rng(seed)
    ids = [f"a{number:03d}" for number in range(len(outlets))]
    findings = _findings(rng, ids, outlets)
    own, quoted, reported = rng.integers(400, 600, len(ids)), rng.integers(60, 120, len(ids)), np.full(len(ids), 50)
    articles = pd.DataFrame(
        {
            "id": ids,
            "outlet": outlets,
            "date": "2024-08-06",
            "title": "A title",
            "duplicate_of": "",
            "section": np.arange(len(ids)) % 2,
            "words": own + quoted + reported,
            "words_own": own,
            "words_quoted": quoted,
            "words_reported": reported,
            "sentences": 3,
            **_counted(findings, ids),
            "headline_words": 8,
            "headline_loaded": rng.poisson(0.5, len(ids)),
            "headline_hedge": 0,
            "headline_booster": 0,
            "flesch_reading_ease": rng.normal(50, 10, len(ids)),
            "dale_chall": np.nan,
        }
    )
    sentences = pd.DataFrame(
        {
            "article_id": np.repeat(ids, 3),
            "sentence": np.tile([0, 1, 2], len(ids)),
            "start": np.tile([0, 20, 50], len(ids)),
            "end": np.tile([19, 49, 62], len(ids)),
            "words": np.tile([3, 6, 3], len(ids)),
            "bias": np.nan,
        }
    )
    texts = dict.fromkeys(ids, TEXT)
    return FakeAnalysis(articles, sentences, findings, _attributions(rng, ids), _words(rng, outlets), texts=texts)


@pytest.fixture(scope="session")
def analysis() -> FakeAnalysis:
    """Give three outlets of twelve articles and one of two."""
    return build(["Herald"] * 12 + ["Post"] * 12 + ["Times"] * 12 + ["Gazette"] * 2)


@pytest.fixture(scope="session")
def make() -> Callable[..., FakeAnalysis]:
    """Give the function that makes an analysis of articles by the outlets named."""
    return build


@pytest.fixture(scope="session")
def lookup() -> Callable[[str], dict[str, FakeEntry]]:
    """Give the entries of any lexicon."""
    return entries


def build_plain(rows: list[dict[str, Any]]) -> FakeAnalysis:
    """Make articles that hold nothing but loaded terms in the outlet's own voice.

    Each row has outlet, words, terms (how often each form stands there; the form is the entry too) and any further
    columns of the articles table.
    """
    ids = [f"p{number:03d}" for number in range(len(rows))]
    found = [
        {
            "article_id": article, "sentence": 0, "layer": "loaded", "start": 0, "end": 1, "text": form,
            "lexicon": "en/loaded", "entry": form, "category": "kind", "voice": "own", "source": "", "side": "",
            "score": np.nan,
        }
        for article, row in zip(ids, rows, strict=True)
        for form, count in row["terms"].items()
        for _ in range(count)
    ]  # fmt: skip
    words = [row["words"] for row in rows]
    further = [{name: value for name, value in row.items() if name not in ("terms", "words")} for row in rows]
    articles = pd.DataFrame(further).assign(
        id=ids, words=words, words_own=words, words_quoted=0, words_reported=0, sentences=1,
        loaded_own=[sum(row["terms"].values()) for row in rows], loaded_quoted=0, loaded_reported=0,
    )  # fmt: skip
    for name in ("date", "title", "duplicate_of"):
        articles[name] = articles.get(name, "")
    empty = build(["A"])
    findings = pd.DataFrame(found, columns=list(empty.findings.columns))
    counts = np.zeros((0, 3), dtype=np.uint16)
    no_words = Words(["the"], np.zeros(len(ids) + 1, dtype=np.int64), np.zeros(0, dtype=np.int32), counts)
    return FakeAnalysis(articles, empty.sentences.iloc[:0], findings, empty.attributions.iloc[:0], no_words)


@pytest.fixture(scope="session")
def plain() -> Callable[[list[dict[str, Any]]], FakeAnalysis]:
    """Give the function that makes articles of which every count is known."""
    return build_plain
