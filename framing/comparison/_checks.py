"""How well differences stand: without their strongest article, without their strongest term, in another model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.comparison._frame import PER, VOICES, Floats, Ints, table, text_of
from framing.comparison._setting import Setting
from framing.comparison._sums import by_voice, keyed, measures
from framing.stats import Sums, most_influential, negative_binomial, rates

SURE = 0.05
MOST = 200
# numbers in one block of differences: 160 MB
_BLOCK = 20_000_000
# what a rule found has no term that could be left out
_NO_LEXICONS = frozenset({"", "rule"})
_KEYS = ("layer", "category", "lexicon", "entry")


def check_table(setting: Setting, estimates: pd.DataFrame, terms: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Check each difference of `rates` in the main voice at q < .05; second, notes.

    Parameters
    ----------
    setting : Setting
    estimates, terms : DataFrame
        The tables `rates` and `terms`. Of more than two hundred differences those of the lowest q are checked.
    """
    sure = estimates[(estimates["voice"] == setting.voice) & (estimates["q"] < SURE)]
    if sure.empty:
        return table("checks"), ()
    size = np.abs(np.log(sure["ratio"].to_numpy(dtype=np.float64)))
    strongest = sure.assign(size=size).sort_values(["q", "size"], ascending=[True, False], kind="stable")
    chosen = sure.loc[np.sort(strongest.index[:MOST])].reset_index(drop=True)
    notes: tuple[str, ...] = ()
    if len(sure) > MOST:
        notes = (f"Of {len(sure)} differences at q < .05 in the main voice the {MOST} with the lowest q were checked.",)
    found = measures(setting)
    width = max(1, _BLOCK // max(len(setting.articles), 1))
    blocks = [
        _checked(setting, chosen.iloc[start : start + width], found, terms) for start in range(0, len(chosen), width)
    ]
    return pd.concat(blocks, ignore_index=True), notes


def _checked(
    setting: Setting, chosen: pd.DataFrame, found: tuple[pd.DataFrame, sparse.csr_array], terms: pd.DataFrame
) -> pd.DataFrame:
    """Check some rows of `rates`."""
    rows = _Rows(setting, chosen, *found)
    columns: dict[str, Any] = {
        name: chosen[name].to_numpy()
        for name in ("layer", "category", "voice", "group", "ratio", "ratio_low", "ratio_high", "q")
    }
    columns |= _of_model(setting, rows)
    columns |= _without_article(setting, rows)
    columns |= _without_term(setting, rows, terms)
    return table("checks", columns)


class _Rows:
    """The differences that are checked: R rows, each with its group and the counts of its measure."""

    def __init__(self, setting: Setting, chosen: pd.DataFrame, labels: pd.DataFrame, counts: sparse.csr_array) -> None:
        keys = [*map(tuple, labels[["layer", "category", "voice"]].to_numpy(dtype=object).tolist())]
        place = {key: number for number, key in enumerate(keys)}
        wanted = [*map(tuple, chosen[["layer", "category", "voice"]].to_numpy(dtype=object).tolist())]
        columns = np.array([place[key] for key in wanted], dtype=np.int64)
        self.layers, self.categories = [key[0] for key in wanted], [key[1] for key in wanted]
        self.group: Ints = pd.Index(setting.groups).get_indexer(pd.Index(chosen["group"])).astype(np.int64)
        self.ratio: Floats = chosen["ratio"].to_numpy(dtype=np.float64)
        self.counts: Floats = np.asarray(counts[:, columns].toarray(), dtype=np.float64)  # (N, R)
        self.words: Floats = setting.words[:, VOICES.index(setting.voice)]

    def __len__(self) -> int:
        return len(self.layers)

    def kept(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> list[str]:
        """Tell whether intervals still leave out 1, on the side of the ratio that was found."""
        stands = np.where(self.ratio > 1, low > 1, high < 1)
        return ["yes" if one else "no" for one in stands.tolist()]


def _of_model(setting: Setting, rows: _Rows) -> dict[str, Any]:
    """Fit the negative binomial model of each difference."""
    found = []
    for number, group in enumerate(rows.group.tolist()):
        own = setting.group == group
        used = own | (setting.group == setting.reference) if setting.reference is not None else np.ones_like(own)
        used &= rows.words > 0
        found.append(negative_binomial(rows.counts[used, number], rows.words[used], own[used]))
    return {
        "dispersion": [one.dispersion for one in found],
        "nb_ratio": [one.ratio for one in found],
        "nb_low": [one.low for one in found],
        "nb_high": [one.high for one in found],
        "nb_p": [one.p for one in found],
    }


def _without_article(setting: Setting, rows: _Rows) -> dict[str, Any]:
    """Leave out of each difference the article that supports it most."""
    sums = Sums.of(rows.counts, rows.words, setting.group, n_groups=setting.n_groups)
    # which article it is depends on no resampling; the intervals come all at once, from the resamples of `rates`
    article = np.array(
        [
            most_influential(sums, group=group, measure=number, reference=setting.reference)
            for number, group in enumerate(rows.group.tolist())
        ],
        dtype=np.int64,
    )
    there = np.flatnonzero(article >= 0)
    counts, words = rows.counts.copy(), np.repeat(rows.words[:, np.newaxis], len(rows), axis=1)
    counts[article[there], there] = words[article[there], there] = 0
    ratio, low, high = (np.where(article >= 0, values, np.nan) for values in _again(setting, rows, counts, words))
    ids, titles = (text_of(setting.articles, name).to_list() for name in ("id", "title"))
    return {
        "article_id": [ids[row] if row >= 0 else "" for row in article.tolist()],
        "title": [titles[row] if row >= 0 else "" for row in article.tolist()],
        "ratio_without_article": ratio,
        "low_without_article": low,
        "high_without_article": high,
        "kept_without_article": rows.kept(low, high),
    }


def _without_term(setting: Setting, rows: _Rows, terms: pd.DataFrame) -> dict[str, Any]:
    """Leave out of each difference the lexicon entry that supports it most; empty where no lexicon made it."""
    findings = setting.findings
    findings = findings[(findings["entry"] != "") & ~findings["lexicon"].isin(_NO_LEXICONS)]
    findings = findings[findings["layer"].isin(set(rows.layers))]
    keys, codes = keyed(findings, _KEYS)
    counts = by_voice(findings, codes, len(keys), len(setting.articles))
    spoken = sparse.csr_array(counts[:, np.arange(len(keys)) * 4 + VOICES.index(setting.voice)])
    by_group = setting.by_group(spoken)
    forms = terms.drop_duplicates([*_KEYS]).set_index([*_KEYS])["form"]
    left = rows.counts.copy()
    best = np.full(len(rows), -1, dtype=np.int64)
    share = np.full(len(rows), np.nan)
    layers, categories = keys["layer"].to_numpy(dtype=object), keys["category"].to_numpy(dtype=object)
    for number, group in enumerate(rows.group.tolist()):
        layer, category = rows.layers[number], rows.categories[number]
        inside = np.flatnonzero((layers == layer) & ((categories == category) | (category == "")))
        if not inside.size:
            continue
        whole = setting.by_group(rows.counts[:, [number]])[:, 0]
        best[number] = inside[_strongest(setting, rows, number, by_group[:, inside], whole)]
        left[:, number] -= np.asarray(spoken[:, [best[number]]].toarray()).ravel()
        if whole[group] > 0:
            share[number] = by_group[group, best[number]] / whole[group]
    there = best >= 0
    ratio, low, high = (np.where(there, values, np.nan) for values in _again(setting, rows, left, rows.words))
    names = [tuple(keys.loc[one, [*_KEYS]]) if one >= 0 else None for one in best.tolist()]
    return {
        "entry": [str(name[3]) if name else "" for name in names],
        "form": [str(forms.get(name, "")) if name else "" for name in names],
        "term_share": share,
        "ratio_without_term": ratio,
        "low_without_term": low,
        "high_without_term": high,
        "kept_without_term": [kept if one else "" for kept, one in zip(rows.kept(low, high), there, strict=True)],
    }


def _strongest(setting: Setting, rows: _Rows, number: int, terms: Floats, whole: Floats) -> int:
    """Return which of some terms, shape (G, E), brings the ratio nearest to 1, or furthest beyond, when left out."""
    group, words = rows.group[number], setting.by_group(rows.words[:, np.newaxis])[:, 0]
    left = whole[:, np.newaxis] - terms
    rest = np.arange(setting.n_groups) != group
    if setting.reference is not None:
        rest = np.arange(setting.n_groups) == setting.reference
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.log((left[group] + 0.5) / words[group]) - np.log((left[rest].sum(axis=0) + 0.5) / words[rest].sum())
    return int(np.argmin(size if rows.ratio[number] > 1 else -size))


def _again(setting: Setting, rows: _Rows, counts: Floats, words: Floats) -> tuple[Floats, Floats, Floats]:
    """Return each row's ratio and interval for other counts and words, all three of shape (R,)."""
    found = rates(
        Sums.of(counts, words, setting.group, n_groups=setting.n_groups),
        per=PER,
        resamples=setting.resamples,
        seed=setting.seed,
        contrasts=True,
        reference=setting.reference,
    ).contrasts
    if found is None:
        return (np.full(len(rows), np.nan),) * 3
    place = rows.group, np.arange(len(rows))
    return found.ratio[place], found.ratio_low[place], found.ratio_high[place]
