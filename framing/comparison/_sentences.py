"""What the sentence models say of each group: shares of sentences, and the most biased ones word by word."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framing.comparison._explained import DECISION, Explained, explain
from framing.comparison._frame import VOICES, number_of, table, text_of
from framing.comparison._protocol import AnalysisLike
from framing.comparison._setting import Setting
from framing.comparison._tested import share_columns
from framing.stats import Sums

MEASURES = ("bias", "uncertain")
MOST = 3
_MOST_GROUPS = 30  # whose articles are read again
_FEWEST_WORDS = 4  # a cry is no sentence to judge


def scored_sentences(setting: Setting, analysis: AnalysisLike) -> pd.DataFrame:
    """Return the sentences of the articles that count, with `row`, `voice` and their scores as numbers.

    Empty where no model ran, or the tables do not say in whose voice a sentence is.
    """
    sentences = analysis.sentences
    known = [name for name in MEASURES if name in sentences.columns and sentences[name].notna().any()]
    if not known or "voice" not in sentences.columns:
        return pd.DataFrame({"row": np.zeros(0, dtype=np.int64)})
    ids = pd.Index(text_of(setting.articles, "id"))
    row = ids.get_indexer(pd.Index(text_of(sentences, "article_id")))
    silent = [name for name in MEASURES if name in sentences.columns and name not in known]
    kept: pd.DataFrame = sentences.loc[row >= 0].drop(columns=silent).reset_index(drop=True)
    values = {name: number_of(kept, name, np.nan) for name in known}
    texts = {name: text_of(kept, name) for name in ("article_id", "voice")}
    columns: dict[str, Any] = {"row": row[row >= 0], **texts, **values}
    return kept.assign(**columns)


def sentence_table(setting: Setting, sentences: pd.DataFrame) -> pd.DataFrame:
    """Estimate which share of the sentences of each voice a model scores .5 or more."""
    known = [name for name in MEASURES if name in sentences.columns]
    if sentences.empty or not known:
        return table("sentences")
    n = len(setting.articles)
    counts, totals, labels = [], [], []
    row = sentences["row"].to_numpy(dtype=np.int64)
    for name in known:
        score = sentences[name].to_numpy(dtype=np.float64)
        for voice in VOICES:
            here = ~np.isnan(score) & ((sentences["voice"] == voice).to_numpy() | (voice == "all"))
            totals.append(np.bincount(row[here], minlength=n))
            counts.append(np.bincount(row[here & (score >= DECISION)], minlength=n))
            labels.append((name, voice))
    sums = Sums.of(np.column_stack(counts), np.column_stack(totals), setting.group, n_groups=setting.n_groups)
    names = pd.DataFrame(labels, columns=["measure", "voice"], dtype=object)
    return table("sentences", share_columns(setting, names, sums))


def biased_tables(
    setting: Setting, analysis: AnalysisLike, sentences: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the most biased sentences in own voice of each group, of different articles, and the words of each."""
    if sentences.empty or "bias" not in sentences.columns:
        return table("biased_sentences"), table("biased_words")
    chosen = _most_biased(setting, sentences)
    scores = {
        (str(article), int(number)): float(score)
        for article, number, score in zip(chosen["article_id"], chosen["sentence"], chosen["bias"], strict=True)
    }
    explained = explain(analysis, scores)
    keys = list(scores)
    texts = [
        _text(analysis, *place) for place in zip(chosen["article_id"], chosen["start"], chosen["end"], strict=True)
    ]
    columns = {
        "group": np.array(setting.groups, dtype=object)[chosen["group"].to_numpy(dtype=np.int64)],
        "rank": chosen["rank"].to_numpy(),
        "article_id": chosen["article_id"].to_numpy(),
        "sentence": chosen["sentence"].to_numpy(),
        "start": chosen["start"].to_numpy(),
        "end": chosen["end"].to_numpy(),
        "score": chosen["bias"].to_numpy(),
        "log_odds": [explained[key].odds if key in explained else np.nan for key in keys],
        "rest": [explained[key].rest if key in explained else np.nan for key in keys],
        "text": texts,
    }
    return table("biased_sentences", columns), _words(explained)


def _most_biased(setting: Setting, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the highest scored sentence of each article, of these the first of each group."""
    large = np.argsort(-setting.n_articles, kind="stable")[:_MOST_GROUPS]
    frame = sentences.assign(group=setting.group[sentences["row"].to_numpy(dtype=np.int64)])
    wanted = (frame["voice"] == "own") & (frame["bias"] >= DECISION) & (frame["words"] >= _FEWEST_WORDS)
    frame = frame[wanted & frame["group"].isin(large)]
    frame = frame.sort_values(["bias", "article_id", "sentence"], ascending=[False, True, True], kind="stable")
    frame = frame.drop_duplicates("row").assign(rank=lambda part: part.groupby("group").cumcount() + 1)
    return frame[frame["rank"] <= MOST].sort_values(["group", "rank"], kind="stable")


def _text(analysis: AnalysisLike, article: str, start: int, end: int) -> str:
    try:
        return analysis.text(str(article))[int(start) : int(end)]
    except KeyError:
        return ""


def _words(explained: dict[tuple[str, int], Explained]) -> pd.DataFrame:
    rows = [
        (article, sentence, word.start, word.end, word.text, word.added)
        for (article, sentence), one in explained.items()
        for word in one.words
    ]
    names = ("article_id", "sentence", "start", "end", "word", "added")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else None
    return table("biased_words", columns)
