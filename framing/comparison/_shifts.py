"""Which terms make up the difference between two rates, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.comparison._frame import PER, VOICES, Floats, table
from framing.comparison._groups import listed
from framing.comparison._model import Comparison
from framing.comparison._setting import BY_LIST, Setting
from framing.errors import OptionError

OTHERS = "(others)"
# with more groups than this, what a group never says stands in one row
_MOST_GROUPS_IN_FULL = 60


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a rate is made of: E terms and, in the last row, the findings of none; G groups."""

    layer: str
    voice: str
    groups: list[str]
    terms: pd.DataFrame  # E + 1 rows: lexicon, entry, form, category
    counts: Floats  # (E + 1, G)
    words: Floats  # (G,)


@dataclass(frozen=True, slots=True)
class _Other:
    """What a group is set against: its name, counts by term and words."""

    name: str
    counts: Floats
    words: float


def shift_table(setting: Setting, rates: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """Take the difference of every group's rate of loaded terms apart, in the main voice.

    Every group is set against all others together, or against the reference. A term's part is its rate in the group
    less its rate in the others; findings of no term, and with more than sixty groups the terms that the group never
    uses, stand in one row without an entry, so that the parts add up to the difference of `rates` exactly.
    """
    if setting.n_groups < 2:
        return table("shifts")
    counted = _counted(rates, terms, setting.groups, BY_LIST, setting.voice)
    if setting.reference is None:
        pairs = [(number, _others(counted, number)) for number in range(setting.n_groups)]
    else:
        other = _single(counted, setting.reference)
        pairs = [(number, other) for number in range(setting.n_groups) if number != setting.reference]
    return _shifts(counted, pairs)


def word_shift(
    comparison: Comparison,
    group: str,
    other: str | None = None,
    *,
    layer: str = BY_LIST,
    voice: str | None = None,
) -> pd.DataFrame:
    """Take the difference between two groups' rates of a layer apart into its terms.

    Parameters
    ----------
    comparison : Comparison
        Of two groups or more.
    group : str
        Whose rate is explained.
    other : str, optional
        The group that it is set against; all others together by default.
    layer : str
        A whole layer of `comparison.rates`.
    voice : {"own", "quoted", "reported", "all"}, optional
        The voice that the comparison was made for by default.

    Returns
    -------
    DataFrame
        The columns of `Comparison.shifts`, largest part first; the parts, in findings per 1,000 words, add up to the
        difference of the two rates exactly. Empty where either side has no words of that voice.

    Raises
    ------
    OptionError
        If there is no such group, layer or voice, or nothing to set the group against.

    Notes
    -----
    The proportion shift of Gallagher et al. (2021), "Generalized word shift graphs", with rates in place of
    proportions.
    """
    groups = [str(name) for name in comparison.groups["group"]]
    spoken = str(comparison.manifest.get("voice", "own")) if voice is None else voice
    _check(comparison, groups, group, other, layer, spoken)
    counted = _counted(comparison.rates, comparison.terms, groups, layer, spoken)
    number = groups.index(group)
    against = _others(counted, number) if other in (None, OTHERS) else _single(counted, groups.index(str(other)))
    return _shifts(counted, [(number, against)])


def _check(comparison: Comparison, groups: list[str], group: str, other: str | None, layer: str, voice: str) -> None:
    for name in (group, other):
        if name not in groups and not (name is other and name in (None, OTHERS)):
            msg = f"no group {name!r} in this comparison; its groups are {listed(groups)}"
            raise OptionError(msg)
    if group == other or len(groups) < 2:
        msg = f"nothing to set {group!r} against; the groups are {listed(groups)}"
        raise OptionError(msg)
    if voice not in VOICES:
        msg = f"voice must be one of {', '.join(VOICES)}, found {voice!r}"
        raise OptionError(msg)
    layers = sorted(set(comparison.rates["layer"]))
    if layer not in layers:
        msg = f"no layer {layer!r} in this comparison; its layers are {', '.join(layers)}"
        raise OptionError(msg)


def _counted(rates: pd.DataFrame, terms: pd.DataFrame, groups: list[str], layer: str, voice: str) -> _Counted:
    """Gather the counts of a layer's terms, and what of the layer is none of them."""
    here = rates[(rates["layer"] == layer) & (rates["category"] == "") & (rates["voice"] == voice)]
    whole = here.set_index("group").reindex(groups)
    used = terms[(terms["layer"] == layer) & (terms["voice"] == voice)]
    keys = used.groupby(["lexicon", "entry", "category"], sort=True)
    counts = np.zeros((keys.ngroups + 1, len(groups)))
    code = keys.ngroup().to_numpy(dtype=np.int64)
    counts[code, pd.Index(groups).get_indexer(pd.Index(used["group"]))] = used["count"].to_numpy(dtype=np.float64)
    # the articles table counts what no entry made, or no article's text was kept for
    counts[-1] = whole["count"].fillna(0).to_numpy(dtype=np.float64) - counts[:-1].sum(axis=0)
    _, first = np.unique(code, return_index=True)
    names = used.iloc[first][["lexicon", "entry", "form", "category"]]
    nothing = pd.DataFrame({str(name): [""] for name in names.columns}, dtype=object)
    labels = pd.concat([names, nothing], ignore_index=True)
    return _Counted(layer, voice, groups, labels, counts, whole["n_words"].fillna(0).to_numpy(dtype=np.float64))


def _others(counted: _Counted, group: int) -> _Other:
    rest = np.arange(len(counted.groups)) != group
    counts = counted.counts.sum(axis=1) - counted.counts[:, group]
    return _Other(OTHERS, counts, float(counted.words[rest].sum()))


def _single(counted: _Counted, group: int) -> _Other:
    return _Other(counted.groups[group], counted.counts[:, group], float(counted.words[group]))


def _shifts(counted: _Counted, pairs: Iterable[tuple[int, _Other]]) -> pd.DataFrame:
    """Unfold the parts of each pair, largest first."""
    few = len(counted.groups) <= _MOST_GROUPS_IN_FULL
    blocks, names = [], []
    for group, other in pairs:
        own, own_words = counted.counts[:, group], counted.words[group]
        if own_words <= 0 or other.words <= 0:
            continue
        rest = other.counts.copy()
        if not few:
            unsaid = np.flatnonzero(own[:-1] == 0)
            rest[-1] += rest[unsaid].sum()
            rest[unsaid] = 0
        rate, rate_others = PER * own / own_words, PER * rest / other.words
        part = rate - rate_others
        there = np.flatnonzero((own != 0) | (rest != 0))
        order = there[np.argsort(-np.abs(part[there]), kind="stable")]
        blocks.append(np.stack([np.full(order.size, group), order, own[order], rest[order], rate[order],
                                rate_others[order], part[order]]))  # fmt: skip
        names += [other.name] * order.size
    if not names:
        return table("shifts")
    group_of, term, own_count, rest_count, rates, rates_others, parts = np.hstack(blocks)
    labels = counted.terms.iloc[term.astype(np.int64)]
    columns = {
        "layer": [counted.layer] * len(names),
        "voice": [counted.voice] * len(names),
        "group": np.array(counted.groups, dtype=object)[group_of.astype(np.int64)],
        "other": names,
        **{str(name): labels[name].to_numpy(dtype=object) for name in labels.columns},
        "count": own_count,
        "count_others": rest_count,
        "rate": rates,
        "rate_others": rates_others,
        "part": parts,
    }
    return table("shifts", columns)
