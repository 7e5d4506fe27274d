"""The voice strip: whose words an article gives its space to, from the first word to the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.comparison._frame import Floats, Ints, number_of, table, text_of
from framing.comparison._protocol import AnalysisLike
from framing.comparison._setting import Setting, estimated
from framing.stats import Sums, shares

# a mixed attribution is reported speech with words quoted in it
_VOICE = {"direct": "quoted"}
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Speech:
    """Where the articles let somebody speak.

    Attributes
    ----------
    stretches : DataFrame
        row (of the setting's articles), start, end (fractions of the article's words), voice, side, role, speaker,
        stance; within an article in order and without overlap.
    words : ndarray, shape (N,)
        Words of each article.
    """

    stretches: pd.DataFrame
    words: Floats

    def length(self, start: float, end: float) -> Floats:
        """Return how many words of each stretch stand between two fractions of its article."""
        inside = self.stretches["end"].clip(upper=end) - self.stretches["start"].clip(lower=start)
        of = self.words[self.stretches["row"].to_numpy(dtype=np.int64)]
        return np.asarray(inside.clip(lower=0).to_numpy(dtype=np.float64) * of, dtype=np.float64)


def speech(setting: Setting, analysis: AnalysisLike) -> Speech:
    """Find the stretches of each article that are given to a source.

    Places are fractions of the article's words: word counts of the sentences, and within a sentence in proportion to
    characters. Where two contents overlap, the earlier keeps the space. The content of a direct attribution is
    `quoted`, of an indirect or mixed one `reported`.
    """
    spans = _contents(setting)
    scale = _Scale.of(setting, analysis)
    spans = spans[np.isin(spans["row"], np.flatnonzero(scale.words > 0))]
    if spans.empty:
        return Speech(spans, scale.words)
    spans = spans.sort_values(["row", "start", "end"], kind="stable").reset_index(drop=True)
    rows = spans["row"].to_numpy(dtype=np.int64)
    start = scale.fraction(rows, spans["start"].to_numpy(dtype=np.int64))
    end = scale.fraction(rows, spans["end"].to_numpy(dtype=np.int64))
    # rows ascend, so that one running maximum over row + fraction never reaches from one article into the next
    reached = np.maximum.accumulate(np.concatenate([[0.0], (rows + end)[:-1]])) - rows
    start = np.maximum(start, np.clip(reached, 0, 1))
    real = end > start + 1e-12
    return Speech(spans.assign(start=start, end=end)[real].reset_index(drop=True), scale.words)


def segment_table(setting: Setting, spoken: Speech) -> pd.DataFrame:
    """Cut each article that has attributions into stretches of one voice; what nobody else says is `own`."""
    spans = spoken.stretches
    rows = spans["row"].to_numpy(dtype=np.int64)
    start, end = spans["start"].to_numpy(dtype=np.float64), spans["end"].to_numpy(dtype=np.float64)
    return _filled(setting, spans, rows, start, end)


def position_table(setting: Setting, spoken: Speech) -> pd.DataFrame:
    """Estimate the share of each voice in each tenth of the articles, from the first word to the last."""
    if spoken.stretches.empty or not spoken.words.any():
        return table("positions")
    n = len(setting.articles)
    rows = spoken.stretches["row"].to_numpy(dtype=np.int64)
    tenth = spoken.words / TENTHS
    columns = []
    for part in range(TENTHS):
        length = spoken.length(part / TENTHS, (part + 1) / TENTHS)
        is_quoted = (spoken.stretches["voice"] == "quoted").to_numpy()
        quoted = np.bincount(rows[is_quoted], length[is_quoted], minlength=n)
        reported = np.bincount(rows[~is_quoted], length[~is_quoted], minlength=n)
        columns += [np.maximum(tenth - quoted - reported, 0), quoted, reported]
    sums = Sums.of(np.stack(columns, axis=1), tenth, setting.group, n_groups=setting.n_groups)
    found = shares(sums, trials=(tenth > 0)[:, np.newaxis], resamples=setting.resamples, seed=setting.seed)
    labels = pd.DataFrame(
        {
            "part": np.repeat(np.arange(1, TENTHS + 1), 3),
            "voice": np.tile(np.array(["own", "quoted", "reported"], dtype=object), TENTHS),
        }
    )
    return table("positions", estimated(setting, labels, found))


def _filled(setting: Setting, spans: pd.DataFrame, rows: Ints, start: Floats, end: Floats) -> pd.DataFrame:
    """Put the article's own words before, between and after the contents."""
    if not rows.size:
        return table("segments")
    first = np.concatenate([[True], rows[1:] != rows[:-1]])
    last = np.concatenate([rows[1:] != rows[:-1], [True]])
    gap_start = np.where(first, 0.0, np.concatenate([[0.0], end[:-1]]))
    nothing = np.full(rows.size, "", dtype=object)
    own = np.full(rows.size, "own", dtype=object)
    speech = {name: spans[name].to_numpy(dtype=object) for name in ("voice", "side", "speaker", "stance")}
    silent = {"voice": own, "side": nothing, "speaker": nothing, "stance": nothing}
    pieces = [
        {"row": rows, "start": gap_start, "end": start, **silent},
        {"row": rows, "start": start, "end": end, **speech},
        {
            "row": rows[last],
            "start": end[last],
            "end": np.ones(int(last.sum())),
            **{k: v[last] for k, v in silent.items()},
        },
    ]
    strip = pd.concat([pd.DataFrame(piece) for piece in pieces], ignore_index=True)
    strip = strip[strip["end"] > strip["start"]].sort_values(["row", "start"], kind="stable")
    ids = text_of(setting.articles, "id").to_numpy(dtype=object)
    columns = {str(name): strip[name].to_numpy() for name in strip.columns}
    return table("segments", {**columns, "article_id": ids[strip["row"].to_numpy(dtype=np.int64)]})


def _contents(setting: Setting) -> pd.DataFrame:
    """Return one row for each stretch of content, places in characters."""
    attributions = setting.attributions
    number, starts, ends = [], [], []
    for place, content in enumerate(attributions["content"]):
        for span in content.split(";") if content else ():
            start, _, end = span.partition("-")
            number.append(place)
            starts.append(int(start))
            ends.append(int(end))
    chosen = attributions.iloc[number]
    return pd.DataFrame(
        {
            "row": chosen["row"].to_numpy(dtype=np.int64),
            "start": starts,
            "end": ends,
            "voice": chosen["kind"].map(_VOICE).fillna("reported").to_numpy(dtype=object),
            "side": chosen["side"].to_numpy(dtype=object),
            "role": chosen["role"].to_numpy(dtype=object),
            "speaker": chosen["speaker"].to_numpy(dtype=object),
            "stance": chosen["stance"].to_numpy(dtype=object),
        }
    )


class _Scale:
    """From characters to fractions of an article's words, for all articles at once.

    All articles lie behind one another on one line of characters; words so far are interpolated between the edges of
    sentences.
    """

    def __init__(self, edges: Floats, so_far: Floats, origin: Floats, words_before: Floats, words: Floats) -> None:
        self._edges = edges
        self._so_far = so_far
        self._origin = origin
        self._words_before = words_before
        self.words = words

    @classmethod
    def of(cls, setting: Setting, analysis: AnalysisLike) -> _Scale:
        sentences = analysis.sentences
        n = len(setting.articles)
        ids = pd.Index(text_of(setting.articles, "id"))
        row = ids.get_indexer(pd.Index(text_of(sentences, "article_id")))
        inside = row >= 0
        row, sentences = row[inside], sentences[inside]
        start, end = number_of(sentences, "start"), number_of(sentences, "end")
        words = number_of(sentences, "words")
        length = np.zeros(n)
        np.maximum.at(length, row, end)
        origin = np.concatenate([[0.0], np.cumsum(length + 1)[:-1]])[:n]
        order = np.lexsort([start, row])
        row, start, end, words = row[order], start[order], end[order], words[order]
        so_far = np.cumsum(words)
        edges = np.column_stack([origin[row] + start, origin[row] + end]).ravel()
        total = np.bincount(row, weights=words, minlength=n).astype(np.float64)
        return cls(
            np.maximum.accumulate(edges),
            np.column_stack([so_far - words, so_far]).ravel(),
            origin,
            np.concatenate([[0.0], np.cumsum(total)[:-1]])[:n],
            total,
        )

    def fraction(self, rows: Ints, characters: Ints) -> Floats:
        """Return places as fractions of the words of their articles."""
        words = np.interp(self._origin[rows] + characters, self._edges, self._so_far) - self._words_before[rows]
        return np.asarray(np.clip(words / self.words[rows], 0, 1), dtype=np.float64)
