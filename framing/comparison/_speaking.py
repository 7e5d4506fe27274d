"""Who speaks: one row for each speaker and group."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._balance import Unit
from framing.comparison._frame import Ints, table
from framing.comparison._setting import Setting
from framing.comparison._speakers import canonical_speakers
from framing.stats import Sums, shares

# a pronoun whose bearer was not found is nobody
_PRONOUNS = frozenset("i we you he she they it who which whom this that one me us him her them".split())
# articles below which a share is one or two persons' chance
_LEAST_ARTICLES = 3
# speakers with an interval: the foremost of all groups together, and of each group (fewer of many)
_OF_ALL, _OF_GROUPS, _OF_EACH = 24, 32, 8


def with_canonical_speakers(attributions: pd.DataFrame) -> pd.DataFrame:
    """Return the attributions with one spelling for each speaker of the corpus."""
    keys = ["speaker", "side", "role"]
    known = attributions[is_named(attributions["speaker"])]
    if known.empty:
        return attributions
    spelled = known.groupby(keys, sort=True).size().rename("count").reset_index()
    spelled["name"] = canonical_speakers(spelled).to_numpy()
    names = attributions[keys].merge(spelled, on=keys, how="left")["name"]
    spelled_as = attributions["speaker"].reset_index(drop=True)
    return attributions.assign(speaker=names.where(names.notna(), spelled_as).to_numpy(dtype=object))


def is_named(speakers: pd.Series[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell which display names name somebody."""
    return ~speakers.str.lower().isin(_PRONOUNS | {""}).to_numpy(dtype=np.bool_)


def speaker_table(setting: Setting, words: Unit) -> pd.DataFrame:
    """Count what each speaker has in each group, and estimate the share of the foremost in its attributed words.

    Parameters
    ----------
    setting : Setting
    words : Unit
        The attributed words.
    """
    attributions = setting.attributions
    named = is_named(attributions["speaker"])
    if not named.any():
        return table("speakers")
    heard = attributions[named]
    names, codes = np.unique(heard["speaker"].to_numpy(dtype=str), return_inverse=True)
    row = heard["row"].to_numpy(dtype=np.int64)
    n = len(setting.articles)
    columns = {
        "attributions": np.ones(row.size),
        "words": words.weight[named],
        "direct": np.asarray(heard["kind"] == "direct", dtype=np.float64),
    }
    counts = {
        name: sparse.csr_array(sparse.coo_array((values, (row, codes)), shape=(n, names.size)))
        for name, values in columns.items()
    }
    added = {name: setting.by_group(values) for name, values in counts.items()}
    articles = setting.by_group((counts["attributions"] > 0).astype(np.float64))
    whole = words.counted(np.zeros(words.row.size, dtype=np.int64), 1, n)
    total = setting.by_group(whole)
    share = np.divide(added["words"], total, out=np.full(articles.shape, np.nan), where=total > 0)
    bounds = np.full((2, *articles.shape), np.nan)
    foremost = _foremost(share)
    things = words.counted(np.zeros(words.row.size, dtype=np.int64), 1, n, things=True).toarray()
    sums = Sums.of(sparse.csr_array(counts["words"][:, foremost]), whole, setting.group, n_groups=setting.n_groups)
    found = shares(sums, trials=things, resamples=setting.resamples, seed=setting.seed)
    sure = articles[:, foremost] >= _LEAST_ARTICLES
    bounds[0][:, foremost], bounds[1][:, foremost] = (np.where(sure, part, np.nan) for part in (found.low, found.high))
    group, who = np.nonzero(added["attributions"])
    made = pd.DataFrame(
        {
            "group": np.array(setting.groups, dtype=object)[group],
            "speaker": names[who],
            **{key: _usual(heard[key], codes, names.size)[who] for key in ("side", "role")},
            **{name: values[group, who] for name, values in added.items()},
            "articles": articles[group, who],
            "share": share[group, who],
            "low": bounds[0][group, who],
            "high": bounds[1][group, who],
            "place": group,
        }
    ).sort_values(["place", "words", "attributions", "speaker"], ascending=[True, False, False, True], kind="stable")
    return table("speakers", {str(name): made[name].to_numpy() for name in made.columns})


def _foremost(share: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Ints:
    """Return the speakers who get an interval: those with the largest shares, in all groups and in each."""
    filled = np.nan_to_num(share)
    chosen = [np.argsort(-filled.sum(axis=0), kind="stable")[:_OF_ALL]]
    each = min(_OF_EACH, max(2, _OF_GROUPS // max(len(filled), 1)))
    chosen += [np.argsort(-line, kind="stable")[:each] for line in filled]
    return np.unique(np.concatenate(chosen)).astype(np.int64)


def _usual(labels: pd.Series[str], codes: Ints, n: int) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    """Return the label that each speaker has most often, empty where none has any."""
    known = (labels != "").to_numpy()
    usual = np.full(n, "", dtype=object)
    if known.any():
        frame = pd.DataFrame({"code": codes[known], "label": labels.to_numpy(dtype=object)[known]})
        sizes = frame.groupby(["code", "label"]).size().rename("n").reset_index()
        best = sizes.sort_values(["code", "n", "label"], ascending=[True, False, True]).drop_duplicates("code")
        usual[best["code"].to_numpy()] = best["label"].to_numpy(dtype=object)
    return usual
