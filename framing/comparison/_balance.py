"""Who is heard: the shares of sides and roles, and how evenly the sides are heard."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._frame import Floats, Ints, table
from framing.comparison._segments import Speech
from framing.comparison._setting import Setting, estimated
from framing.comparison._tested import share_columns
from framing.stats import Estimates, Sums, evenness, shares

UNKNOWN = "unknown"
UNITS = ("attributions", "words", "direct", "first-third")
# of the attributions of known sides: a side heard less than that is none of those that are set against one another
LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Unit:
    """What is shared out among the speakers: one row for each thing that somebody has.

    Attributes
    ----------
    name : str
        One of `UNITS`.
    row : ndarray of int, shape (n,)
        Its article.
    speakers : DataFrame
        Its side and role, `unknown` where there is none.
    weight : ndarray, shape (n,)
        How much it counts.
    """

    name: str
    row: Ints
    speakers: pd.DataFrame
    weight: Floats

    def counted(self, codes: Ints, n_columns: int, n_articles: int, *, things: bool = False) -> sparse.csr_array:
        """Add up by article, shape (N, n_columns); `things` counts what has a weight instead."""
        weight = (self.weight > 0).astype(np.float64) if things else self.weight
        return sparse.csr_array(sparse.coo_array((weight, (self.row, codes)), shape=(n_articles, n_columns)))


def units(setting: Setting, spoken: Speech) -> list[Unit]:
    """Return what is shared out: attributions, attributed words, direct quotations, words of the first third.

    Words are those of the content, as white space parts them; those of the first third the ones that a source is given
    before a third of the article's words are over.
    """
    attributions, stretches = setting.attributions, spoken.stretches
    row, speakers = attributions["row"].to_numpy(dtype=np.int64), _known(attributions)
    words = np.array([len(text.split()) for text in attributions["content_text"]], dtype=np.float64)
    direct = np.asarray(attributions["kind"] == "direct", dtype=np.float64)
    third = Unit(
        "first-third",
        stretches["row"].to_numpy(dtype=np.int64),
        _known(stretches),
        spoken.length(0, 1 / 3) if len(stretches) else np.zeros(0),
    )
    return [
        Unit("attributions", row, speakers, np.ones(row.size)),
        Unit("words", row, speakers, words),
        Unit("direct", row, speakers, direct),
        third,
    ]


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: frame[name].where(frame[name] != "", UNKNOWN) for name in ("side", "role")})


def numbered(labels: pd.Series[str]) -> list[str]:
    """Return the distinct labels by name, the unknown last."""
    return sorted(set(labels.unique()), key=lambda name: (name == UNKNOWN, name))


def coded(labels: pd.Series[str], names: list[str]) -> Ints:
    """Return each label's place among the names; -1 where it is none of them."""
    return pd.Index(names, dtype=object).get_indexer(pd.Index(labels, dtype=object)).astype(np.int64)


def share_tables(setting: Setting, shared: list[Unit]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate each side's and each role's share of every unit: the tables `balance` and `roles`.

    A table is empty where no side (or role) is known of any attribution.
    """
    n, counts, labels = len(setting.articles), [], []
    for unit in shared:
        for key in ("side", "role"):
            names = numbered(shared[0].speakers[key])
            if set(names) - {UNKNOWN}:
                counts.append(unit.counted(coded(unit.speakers[key], names), len(names), n))
                labels.append(pd.DataFrame({"unit": unit.name, "kind": key, "name": names}, dtype=object))
    if not labels:
        return table("balance"), table("roles")
    every = pd.concat(labels, ignore_index=True)
    totals, trials = (_whole(shared, n, things=things) for things in (False, True))
    which = every["unit"].map({unit.name: place for place, unit in enumerate(shared)})
    sums = Sums.of(
        sparse.csr_array(sparse.hstack(counts, format="csr")),
        totals,
        setting.group,
        n_groups=setting.n_groups,
        total_of=which.to_numpy(dtype=np.int64),
    )
    # whose attributions they are is the question that is asked first; the other units repeat it
    families = 2 * (every["kind"] == "role") + (every["unit"] != UNITS[0])
    # words come an attribution at a time
    made = pd.DataFrame(share_columns(setting, every, sums, trials=trials, families=families))
    sides, roles = (made[made["kind"] == key].rename(columns={"name": key}) for key in ("side", "role"))
    return table("balance", _columns(sides)), table("roles", _columns(roles))


def _columns(frame: pd.DataFrame) -> dict[str, object]:
    return {str(name): frame[name].to_numpy() for name in frame.columns}


def _whole(shared: list[Unit], n: int, *, things: bool) -> Floats:
    """Add up every unit by article, shape (N, units)."""
    columns = [unit.counted(np.zeros(unit.row.size, dtype=np.int64), 1, n, things=things) for unit in shared]
    return np.asarray(sparse.hstack(columns).toarray(), dtype=np.float64)


def balanced_sides(shared: list[Unit]) -> list[str]:
    """Return the sides that are set against one another, most often heard first.

    All that have a hundredth or more of the attributions of known sides.
    """
    side = shared[0].speakers["side"]
    counts = side[side != UNKNOWN].value_counts()
    return sorted(
        (str(s) for s in counts.index if counts[s] >= LEAST_SHARE * counts.sum()), key=lambda s: (-counts[s], s)
    )


def evenness_table(setting: Setting, shared: list[Unit]) -> pd.DataFrame:
    """Estimate how evenly the sides are heard, and of two sides how much more the first is heard than the second.

    The unknown are in no share here. Empty where no side is known.
    """
    sides = balanced_sides(shared)
    if not sides:
        return table("evenness")
    n, counts, things = len(setting.articles), [], []
    for unit in shared:
        codes = coded(unit.speakers["side"], sides)
        known = Unit(unit.name, unit.row[codes >= 0], unit.speakers, unit.weight[codes >= 0])
        counts.append(known.counted(codes[codes >= 0], len(sides), n).toarray())
        things.append(_whole([known], n, things=True)[:, 0])
    options: dict[str, int] = {"n_groups": setting.n_groups, "resamples": setting.resamples, "seed": setting.seed}
    trials = np.stack(things, axis=1)
    found = evenness(np.stack(counts, axis=1), setting.group, trials=trials, **options)
    parts = [_rows(setting, shared, "evenness", sides, found)]
    if len(sides) == 2:
        first = np.stack([count[:, 0] for count in counts], axis=1)
        whole = np.stack([count.sum(axis=1) for count in counts], axis=1)
        sums = Sums.of(first, whole, setting.group, n_groups=setting.n_groups)
        share = shares(sums, trials=trials, resamples=setting.resamples, seed=setting.seed)
        value, low, high = (2 * array - 1 for array in (share.value, share.low, share.high))
        share = replace(share, value=value, low=low, high=high)
        parts.append(_rows(setting, shared, "difference", sides, share))
    made = pd.concat(parts, ignore_index=True)
    rank = made["unit"].map({unit.name: place for place, unit in enumerate(shared)})
    return made.iloc[np.argsort(rank.to_numpy(), kind="stable")].reset_index(drop=True)


def _rows(setting: Setting, shared: list[Unit], measure: str, sides: list[str], found: Estimates) -> pd.DataFrame:
    labels = pd.DataFrame(
        {"unit": [unit.name for unit in shared], "measure": measure, "sides": ";".join(sides)}, dtype=object
    )
    columns = estimated(setting, labels, found)
    return table("evenness", {**columns, "n_articles": found.n_articles.T.ravel()})
