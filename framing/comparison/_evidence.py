"""The words behind the numbers: a sample of findings in their sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.comparison._frame import table, text_of
from framing.comparison._protocol import AnalysisLike, Lookup
from framing.comparison._setting import Setting
from framing.comparison._sums import NOT_EVIDENCE
from framing.comparison._terms import entries_of, lexical

MOST = 50
# where there are fewer in all, every one is kept: a small comparison can be checked in full
MOST_IN_ALL = 3_000
_KEYS = ["layer", "lexicon", "entry", "category"]


def evidence_table(setting: Setting, analysis: AnalysisLike, lookup: Lookup) -> pd.DataFrame:
    """Choose at most fifty findings for each layer and group and show their sentences.

    One finding of every article comes before a second of any, in an order that the seed decides; fewer than three
    thousand findings are all kept. Where the text of an article was not kept, the marked words stand alone.
    """
    chosen = _sample(setting)
    if chosen.empty:
        return table("evidence")
    chosen = _with_sentences(chosen, analysis)
    entries = entries_of(chosen["lexicon"], lookup)
    works = []
    for lexicon, entry in zip(chosen["lexicon"], chosen["entry"], strict=True):
        known = entries.get(lexicon, {}).get(entry)
        works.append(known.source if known else "")
    columns: dict[str, object] = {str(name): chosen[name].to_numpy() for name in chosen.columns}
    groups = np.array(setting.groups, dtype=object)
    columns |= {"group": groups[chosen["group"]], "source_work": works, "form": _forms(setting, chosen)}
    return table("evidence", columns)


def _forms(setting: Setting, chosen: pd.DataFrame) -> list[str]:
    """Return the form of each finding's entry, as in `terms`; empty without an entry."""
    _, keys, _ = lexical(setting)
    forms = dict(zip(map(tuple, keys[_KEYS].to_numpy(dtype=object).tolist()), keys["form"], strict=True))
    return [forms.get(tuple(key), "") for key in chosen[_KEYS].to_numpy(dtype=object).tolist()]


def _sample(setting: Setting) -> pd.DataFrame:
    findings = setting.findings[~setting.findings["layer"].isin(NOT_EVIDENCE)]
    if findings.empty:
        return findings
    rng = np.random.default_rng(np.random.SeedSequence([setting.seed, 3]))
    frame = pd.DataFrame(
        {
            "layer": pd.Categorical(findings["layer"]).codes,
            "group": setting.group[findings["row"].to_numpy(dtype=np.int64)],
            "row": findings["row"].to_numpy(dtype=np.int64),
            "chance": rng.random(len(findings)),
            "place": np.arange(len(findings)),
        }
    ).sort_values("chance", kind="stable")
    frame["turn"] = frame.groupby(["layer", "group", "row"]).cumcount()
    frame = frame.sort_values(["layer", "group", "turn", "chance"], kind="stable")
    if len(frame) >= MOST_IN_ALL:
        frame = frame[frame.groupby(["layer", "group"]).cumcount() < MOST]
    frame = frame.sort_values(["layer", "group", "place"], kind="stable")
    return findings.iloc[frame["place"].to_numpy()].assign(group=frame["group"].to_numpy()).reset_index(drop=True)


def _with_sentences(chosen: pd.DataFrame, analysis: AnalysisLike) -> pd.DataFrame:
    """Add before and after: what stands around the finding in its sentence."""
    sentences = analysis.sentences
    near = sentences[text_of(sentences, "article_id").isin(set(chosen["article_id"])).to_numpy()]
    spans = {
        (str(article), int(number)): (int(start), int(end))
        for article, number, start, end in zip(
            text_of(near, "article_id"), near["sentence"], near["start"], near["end"], strict=True
        )
    }
    texts: dict[str, str] = {}
    for article in sorted(set(chosen["article_id"])):
        try:
            texts[article] = analysis.text(article)
        except KeyError:
            texts[article] = ""
    before, after = [], []
    for article, number, start, end in zip(
        chosen["article_id"], chosen["sentence"], chosen["start"], chosen["end"], strict=True
    ):
        text = texts[article]
        first, last = spans.get((article, int(number)), (int(start), int(end)))
        before.append(text[first : int(start)])
        after.append(text[int(end) : last])
    return chosen.assign(before=before, after=after)
