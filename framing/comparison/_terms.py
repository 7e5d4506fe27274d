"""Single terms, and which of the names for one thing each group chose."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._frame import PER, VOICES, Ints, long, table
from framing.comparison._protocol import EntryLike, Lookup
from framing.comparison._setting import Setting
from framing.comparison._sums import NOT_A_RATE, by_voice, keyed, with_voices
from framing.comparison._tested import share_columns
from framing.errors import FramingError
from framing.stats import Sums

_KEYS = ("layer", "lexicon", "entry", "category")
# with more groups than this, rows without a finding would fill memory and say nothing
_MOST_GROUPS_WITH_ZEROS = 60
LEAST_OF_REFERENT, LEAST_OF_NAME = 10, 5
"""Mentions of a referent in a group, and of one of its names in all groups together, that a test needs (of a voice)."""
FINER = 10


def lexical(setting: Setting) -> tuple[pd.DataFrame, pd.DataFrame, Ints]:
    """Return findings that a lexicon entry made, their distinct entries with the usual form, and each one's entry."""
    findings = setting.findings
    findings = findings[(findings["entry"] != "") & ~findings["layer"].isin(NOT_A_RATE)]
    keys, codes = keyed(findings, _KEYS)
    return findings, keys.assign(form=_usual_forms(findings, codes)), codes


def _usual_forms(findings: pd.DataFrame, codes: Ints) -> list[str]:
    """Return each entry's form as most often written; of two as frequent, the first of the alphabet."""
    written = pd.DataFrame({"key": codes, "form": findings["text"].str.lower().to_numpy(dtype=object)})
    if written.empty:
        return []
    sizes = written.groupby(["key", "form"]).size().rename("n").reset_index()
    best = sizes.sort_values(["key", "n", "form"], ascending=[True, False, True]).drop_duplicates("key")
    return [str(form) for form in best["form"]]


def term_table(setting: Setting) -> pd.DataFrame:
    """Count each term in each voice and group."""
    findings, keys, codes = lexical(setting)
    if findings.empty:
        return table("terms")
    counts = by_voice(findings, codes, len(keys), len(setting.articles))
    used = np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel() > 0)
    labels, counts = with_voices(keys).iloc[used], sparse.csr_array(counts[:, used])
    total = setting.by_group(counts)
    voice = pd.Index(VOICES).get_indexer(pd.Index(labels["voice"]))
    words = setting.by_group(setting.words)[:, voice]
    columns = long(
        labels,
        setting.groups,
        count=total,
        n_articles=setting.by_group((counts > 0).astype(np.float64)),
        value=np.divide(total * PER, words, out=np.full(total.shape, np.nan), where=words > 0),
    )
    made = table("terms", columns)
    if setting.n_groups > _MOST_GROUPS_WITH_ZEROS:
        made = made[made["count"] > 0].reset_index(drop=True)
    return made


def naming_table(setting: Setting, lookup: Lookup) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Estimate which share of the mentions of a referent each name has; second, notes on entries not found."""
    findings, keys, codes = lexical(setting)
    named = (keys["layer"] == "naming").to_numpy(dtype=bool)
    if not named.any():
        return table("naming"), ()
    inside = named[codes]
    findings, codes = findings[inside], (np.cumsum(named) - 1)[codes[inside]]
    keys = keys[named].reset_index(drop=True)
    keys, lost = _with_referents(keys, lookup)
    referents, referent = keyed(keys, ("topic", "referent"))
    counts = by_voice(findings, codes, len(keys), len(setting.articles))
    totals = by_voice(findings, referent[codes], len(referents), len(setting.articles))
    labels = with_voices(keys)
    total_of = np.repeat(referent * 4, 4) + np.tile(np.arange(4), len(keys))
    spoken = np.flatnonzero(np.asarray(totals.sum(axis=0)).ravel()[total_of] > 0)
    voice_rank = spoken % 4
    order = spoken[np.lexsort([np.arange(spoken.size), voice_rank, referent[spoken // 4]])]
    sums = Sums.of(
        sparse.csr_array(counts[:, order]), totals, setting.group, n_groups=setting.n_groups, total_of=total_of[order]
    )
    every = labels.iloc[order]
    often = np.asarray(counts.sum(axis=0)).ravel()[order] >= LEAST_OF_NAME
    where = often & (setting.by_group(totals)[:, sums.total_of] >= LEAST_OF_REFERENT)
    families = every["voice"] != setting.voice
    columns = share_columns(setting, every, sums, families=families, where=where, finer=FINER)
    return table("naming", columns), lost


def _with_referents(keys: pd.DataFrame, lookup: Lookup) -> tuple[pd.DataFrame, tuple[str, ...]]:
    entries = entries_of(keys["lexicon"], lookup)
    topics, referents, lost = [], [], set()
    for lexicon, entry, category in zip(keys["lexicon"], keys["entry"], keys["category"], strict=True):
        known = entries.get(lexicon, {}).get(entry)
        topics.append(known.topic if known else "")
        referents.append(known.referent if known else category)
        if known is None:
            lost.add(lexicon)
    notes = tuple(
        f"Lexicon {name} lacks entries that were found; its names stand by category." for name in sorted(lost)
    )
    return keys.assign(topic=topics, referent=referents), notes


def entries_of(lexicons: pd.Series[str], lookup: Lookup) -> dict[str, Mapping[str, EntryLike]]:
    """Return the entries of each lexicon named; nothing for one that can't be read any more."""
    found: dict[str, Mapping[str, EntryLike]] = {}
    for name in sorted({str(name) for name in lexicons} - {""}):
        try:
            found[name] = lookup(name)
        except FramingError:
            found[name] = {}
    return found
