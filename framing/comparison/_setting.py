"""Who is compared: groups, the articles that count, and the findings and attributions in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from framing.classify._measures import MODEL
from framing.comparison._frame import VOICES, Floats, Ints, long, number_of, text_of
from framing.comparison._groups import chosen_columns, grouped
from framing.comparison._periods import LENGTHS, periods
from framing.comparison._protocol import AnalysisLike, EventsLike
from framing.comparison._strata import Bools, check_match, strata
from framing.errors import OptionError
from framing.stats import Estimates

BY_LIST, BY_MODEL = "loaded", "loaded-model"
"""Layers of loaded words: those that a lexicon lists, and those that only the trained model marks."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every table is made from.

    N articles that count, G groups.

    Attributes
    ----------
    groups : list of str
        Sorted; articles without a group come last.
    articles : DataFrame
        The N articles that count: a text that recurs within a group counts once.
    kept : ndarray of int, shape (N,)
        Their rows in the articles table.
    group : ndarray of int, shape (N,)
        Place in `groups`.
    every_group : list of str
        The group of each row of the articles table, repeated texts included.
    stands_for : ndarray of int
        For each row of the articles table the place in `articles` of the article that counts for its text.
    n_duplicates : ndarray of int, shape (G,)
        Articles left out of each group.
    words : ndarray, shape (N, 4)
        Words in the voices own, quoted, reported, and all together.
    findings, attributions : DataFrame
        Those in the N articles, text columns without gaps, with the article's row in `row`.
    seed, resamples, permutations, min_articles : int
        As in `compare`.
    voice : str
        As in `compare`.
    by : str
        The columns as a reader sees them: `outlet × section`.
    columns : tuple of str
        One or two.
    parts : list of tuple of str
        The values of `columns` that make up each group.
    reference : int or None
        Place in `groups` of the group that all others are set against.
    event : ndarray of int, shape (N,), or None
        Number of each article's stratum in `event_names`; -1 for none, for one that a single group has, and for a copy
        that was folded. None where nothing was matched.
    event_names : list of str
    folded : ndarray of bool, shape (N,)
        Copies of another article that counts.
    fixed : bool
        Whether the strata are fixed (`framing.comparison._strata.Strata`).
    period : ndarray of int, shape (N,), or None
        Place in `periods`; -1 without a date. None where time was not asked for.
    periods : list of str
        From the first to the last, those without articles too.
    """

    groups: list[str]
    articles: pd.DataFrame
    kept: Ints
    group: Ints
    every_group: list[str]
    stands_for: Ints
    n_duplicates: Ints
    words: Floats
    findings: pd.DataFrame
    attributions: pd.DataFrame
    seed: int
    resamples: int
    permutations: int
    min_articles: int
    voice: str
    by: str
    columns: tuple[str, ...]
    parts: list[tuple[str, ...]]
    reference: int | None
    event: Ints | None
    event_names: list[str]
    folded: Bools
    fixed: bool
    period: Ints | None
    periods: list[str]

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return len(self.groups)

    @property
    def n_articles(self) -> Ints:
        """Articles that count in each group, shape (G,)."""
        return np.bincount(self.group, minlength=self.n_groups).astype(np.int64)

    @property
    def tested(self) -> Bools:
        """Which groups have enough articles for a p-value, shape (G,); none if the reference has not."""
        enough = self.n_articles >= self.min_articles
        if self.n_groups < 2 or (self.reference is not None and not enough[self.reference]):
            return np.zeros(self.n_groups, dtype=np.bool_)
        return np.asarray(enough, dtype=np.bool_)

    def by_group(self, values: sparse.csr_array | Floats) -> Floats:
        """Add up the rows of each group, shape (G, K)."""
        n = self.group.size
        chosen = sparse.csr_array((np.ones(n), (self.group, np.arange(n))), shape=(self.n_groups, n))
        added = chosen @ values
        return np.asarray(added.toarray() if isinstance(added, sparse.csr_array) else added, dtype=np.float64)


def estimated(setting: Setting, labels: pd.DataFrame, found: Estimates) -> dict[str, object]:
    """Return estimates as columns: one row for each of K labels and each group."""
    return long(
        labels,
        setting.groups,
        count=found.count,
        total=found.total,
        value=found.value,
        low=found.low,
        high=found.high,
    )


def is_true(column: pd.Series[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Read truth as the tables write it."""
    return column.str.lower().isin(("true", "1", "1.0")).to_numpy(dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of `compare`, as they were given."""

    by: str | Sequence[str] = "outlet"
    over: str | None = None
    match: EventsLike | str | None = None
    reference: str | None = None
    seed: int = 0
    resamples: int = 2000
    permutations: int = 2000
    min_articles: int = 5
    voice: str = "own"


def prepare(analysis: AnalysisLike, options: Options) -> Setting:
    """Check the options and gather what is compared.

    Raises
    ------
    OptionError
        If an option has a value that is not allowed, or names a column or group that is not there.
    """
    columns = _check(analysis.articles, options)
    articles = _apart(analysis.articles.reset_index(drop=True), analysis.manifest)
    groups = grouped(articles, columns)
    reference = groups.place(options.reference)
    codes, n_groups = groups.code, len(groups.names)
    ids, first = text_of(articles, "id"), text_of(articles, "duplicate_of")
    texts = pd.DataFrame({"text": first.where(first != "", ids), "group": codes})
    repeated = texts.duplicated().to_numpy()
    kept = np.flatnonzero(~repeated)
    counted = articles.iloc[kept].reset_index(drop=True)
    # the first row of a text is the one that counts
    stands_for = texts.groupby(["text", "group"], sort=False).ngroup().to_numpy().astype(np.int64)
    times = None if options.over is None else periods(counted, options.over)
    same = None
    if options.match is not None:
        same = strata(options.match, articles, kept=kept, group=codes[kept], stands_for=stands_for, n_groups=n_groups)
    words = np.stack([number_of(counted, f"words_{v}") for v in VOICES[:3]], axis=1)
    rows = pd.Index(ids.iloc[kept])
    return Setting(
        groups=groups.names,
        articles=counted,
        kept=kept,
        group=codes[kept],
        every_group=[groups.names[code] for code in codes],
        stands_for=stands_for,
        n_duplicates=np.bincount(codes[repeated], minlength=n_groups).astype(np.int64),
        words=np.column_stack([words, words.sum(axis=1)]),
        findings=_renamed(_within(analysis.findings, rows, _FINDINGS)),
        attributions=_within(analysis.attributions, rows, _ATTRIBUTIONS),
        seed=options.seed,
        resamples=options.resamples,
        permutations=options.permutations,
        min_articles=options.min_articles,
        voice=options.voice,
        by=groups.by,
        columns=groups.columns,
        parts=groups.parts,
        reference=reference,
        event=None if same is None else same.of,
        event_names=[] if same is None else same.names,
        folded=np.zeros(kept.size, dtype=np.bool_) if same is None else same.folded,
        fixed=same is not None and same.fixed,
        period=None if times is None else times.of,
        periods=[] if times is None else times.names,
    )


def _apart(articles: pd.DataFrame, manifest: Mapping[str, Any]) -> pd.DataFrame:
    """Count under `loaded` what the lexicons list; what only the model marks keeps the columns of `loaded_model`."""
    pairs = {f"{BY_LIST}_{voice}": f"loaded_model_{voice}" for voice in VOICES[:3]}
    if not set(pairs.values()) <= set(articles.columns):
        return articles
    if BY_LIST not in manifest.get("measures", [BY_LIST]):
        # the lists were not asked for: that they found nothing would not be true
        return articles.drop(columns=[column for column in pairs if column in articles.columns])
    return articles.assign(
        **{column: number_of(articles, column) - number_of(articles, by_model) for column, by_model in pairs.items()}
    )


def _renamed(findings: pd.DataFrame) -> pd.DataFrame:
    """Give what the model marks a layer of its own, which has no categories."""
    by_model = (findings["layer"] == BY_LIST) & (findings["lexicon"] == MODEL)
    if not by_model.any():
        return findings
    layer, category = findings["layer"].mask(by_model, BY_MODEL), findings["category"].mask(by_model, "")
    return findings.assign(layer=layer, category=category)


_FINDINGS = ("article_id", "layer", "text", "lexicon", "entry", "category", "voice", "source", "side")
_ATTRIBUTIONS = ("article_id", "kind", "content", "content_text", "speaker", "side", "role", "stance", "anonymous")


def _within(frame: pd.DataFrame, rows: pd.Index[str], texts: tuple[str, ...]) -> pd.DataFrame:
    """Keep what stands in articles that count; the article's row becomes the column `row`."""
    row = rows.get_indexer(pd.Index(text_of(frame, "article_id")))
    inside = frame.loc[row >= 0].reset_index(drop=True)
    columns = {name: text_of(inside, name) for name in texts}
    return inside.assign(**columns, row=row[row >= 0])


def _check(articles: pd.DataFrame, options: Options) -> tuple[str, ...]:
    """Refuse what is out of range; return the columns to compare by."""
    columns = chosen_columns(articles, options.by)
    at_least = {"resamples": 100, "permutations": 100, "seed": 0}
    for name, least in at_least.items():
        if getattr(options, name) < least:
            msg = f"{name} must be at least {least}, found {getattr(options, name)}"
            raise OptionError(msg)
    if options.voice not in VOICES:
        msg = f"voice must be one of {', '.join(VOICES)}, found {options.voice!r}"
        raise OptionError(msg)
    if options.over is not None and options.over not in LENGTHS:
        msg = f"over must be one of {', '.join(LENGTHS)}, found {options.over!r}"
        raise OptionError(msg)
    check_match(options.match, articles)
    return columns
