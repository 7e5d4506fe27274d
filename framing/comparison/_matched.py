"""Groups compared on the same: within events, or within the values of a column."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from framing.comparison._frame import PER, VOICES, Floats, Ints, long, table, text_of
from framing.comparison._protocol import AnalysisLike, EventsLike
from framing.comparison._setting import BY_MODEL, Setting
from framing.comparison._sums import measures
from framing.events._dates import dates
from framing.stats import Sums, adjusted, matched, matched_parts


def matched_table(setting: Setting) -> pd.DataFrame:
    """Compare the groups on every layer and category in every voice, within events only.

    Articles without an event, and copies of another article, are left out. Groups with too few articles in shared
    events are estimated, without p and q.
    """
    if setting.event is None or setting.n_groups < 2 or not setting.event_names:
        return table("matched")
    labels, counts = measures(setting)
    if labels.empty:
        return table("matched")
    found = matched(
        _sums(setting, labels, counts),
        setting.event,
        per=PER,
        resamples=setting.resamples,
        permutations=setting.permutations,
        seed=setting.seed,
        reference=setting.reference,
        fixed=setting.fixed,
    )
    p = np.where(setting.tested[:, np.newaxis] & (found.n_articles >= setting.min_articles), found.p, np.nan)
    # what a model marks is described, not tested: its errors differ from outlet to outlet
    p[:, (labels["layer"] == BY_MODEL).to_numpy()] = np.nan
    names = (
        "count", "value", "low", "high", "expected", "ratio", "ratio_low", "ratio_high", "difference",
        "difference_low", "difference_high", "n_articles",
    )  # fmt: skip
    columns = long(
        labels,
        setting.groups,
        n_events=found.n_strata,
        n_words=found.total,
        p=p,
        q=_families(p, _whole(labels, setting.voice)),
        **{name: getattr(found, name) for name in names},
    )
    return table("matched", columns)


def _sums(setting: Setting, labels: pd.DataFrame, counts: sparse.csr_array) -> Sums:
    voice = pd.Index(VOICES).get_indexer(pd.Index(labels["voice"]))
    return Sums.of(counts, setting.words, setting.group, n_groups=setting.n_groups, total_of=voice)


def _whole(labels: pd.DataFrame, voice: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell which measures are whole layers in the main voice."""
    return ((labels["category"] == "") & (labels["voice"] == voice)).to_numpy(dtype=np.bool_)


def _families(p: Floats, first: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    """Correct one family of measures, and all the rest as another."""
    q = np.full(p.shape, np.nan)
    for family in (first, ~first):
        q[:, family] = adjusted(p[:, family])
    return q


def event_rate_table(setting: Setting) -> pd.DataFrame:
    """Compare the groups event by event, on whole layers in the main voice.

    One row where a group has words in an event and so has what it is set against; the reference has one too, without
    anything to set it against. `part` adds up to the difference in `matched` over the events of a group and layer.
    """
    if setting.event is None or setting.n_groups < 2 or not setting.event_names:
        return table("event_rates")
    labels, counts = measures(setting)
    chosen = np.flatnonzero(_whole(labels, setting.voice))
    if not chosen.size:
        return table("event_rates")
    labels, counts = labels.iloc[chosen].reset_index(drop=True), sparse.csr_array(counts[:, chosen])
    parts = matched_parts(_sums(setting, labels, counts), setting.event, per=PER, reference=setting.reference)
    compared = ~np.isnan(parts.part)
    if setting.reference is not None:
        compared[setting.reference] = compared.any(axis=0)
    event, measure, group = (axis.astype(np.int64) for axis in np.nonzero(compared.transpose(1, 2, 0)))
    articles, words, found = _by_event(setting, counts)
    cell = event * setting.n_groups + group
    names = np.array(setting.event_names, dtype=object)
    columns = {
        "event": names[event],
        "layer": labels["layer"].to_numpy(dtype=object)[measure],
        "voice": np.full(event.size, setting.voice, dtype=object),
        "group": np.array(setting.groups, dtype=object)[group],
        "n_articles": articles[cell],
        "n_words": words[cell],
        "count": found[cell, measure],
        "value": PER * found[cell, measure] / words[cell],
        **{name: getattr(parts, name)[group, event, measure] for name in ("expected", "difference", "part")},
    }
    return table("event_rates", columns)


def _by_event(setting: Setting, counts: sparse.csr_array) -> tuple[Ints, Floats, Floats]:
    """Count articles, words and findings of each group in each event; a row for each event and group."""
    event = np.zeros(0, dtype=np.int64) if setting.event is None else setting.event
    words = setting.words[:, VOICES.index(setting.voice)]
    inside = np.flatnonzero((event >= 0) & (words > 0))
    cell = event[inside] * setting.n_groups + setting.group[inside]
    size = len(setting.event_names) * setting.n_groups
    adding = sparse.csr_array((np.ones(inside.size), (cell, inside)), shape=(size, event.size))
    articles = np.bincount(cell, minlength=size).astype(np.int64)
    return articles, np.asarray(adding @ words), np.asarray((adding @ counts).toarray(), dtype=np.float64)


def event_table(setting: Setting, match: EventsLike | str | None) -> pd.DataFrame:
    """List the events that two groups or more have articles on, copies left out; a column's values name themselves."""
    if setting.event is None or not setting.event_names:
        return table("events")
    titles = {} if isinstance(match, str) or match is None else match.titles
    inside = setting.event >= 0
    frame = pd.DataFrame(
        {
            "event": setting.event[inside],
            "date": dates(setting.articles).dt.strftime("%Y-%m-%d").to_numpy(dtype=object)[inside],
            "group": setting.group[inside],
            "words": setting.words[inside, 3],
        }
    )
    dated = frame[frame["date"].notna()].groupby("event")["date"]
    grouped = frame.groupby("event")
    every = range(len(setting.event_names))
    columns = {
        "event": setting.event_names,
        "title": [titles.get(name, name) for name in setting.event_names],
        "first_date": dated.min().reindex(every).fillna(""),
        "last_date": dated.max().reindex(every).fillna(""),
        "n_articles": grouped.size().reindex(every),
        "n_groups": grouped["group"].nunique().reindex(every),
        "n_words": grouped["words"].sum().reindex(every),
    }
    return table("events", {name: np.asarray(values, dtype=object) for name, values in columns.items()})


def event_article_table(setting: Setting, analysis: AnalysisLike, match: EventsLike | str | None) -> pd.DataFrame:
    """List the articles of every event that two groups or more have, those too that are copies and do not count.

    An event is here but not in `events` where all that a second group has of it are copies.
    """
    if setting.event is None or match is None:
        return table("event_articles")
    ids = text_of(analysis.articles, "id").to_numpy(dtype=object)
    counted = np.zeros(ids.size, dtype=np.int64)
    counted[setting.kept] = setting.event >= 0
    frame = pd.DataFrame({"article_id": ids, "group": setting.every_group, "counted": counted})
    if isinstance(match, str):
        values = np.full(ids.size, "", dtype=object)
        here = setting.kept[setting.event >= 0]
        values[here] = np.array(setting.event_names, dtype=object)[setting.event[setting.event >= 0]]
        # a column says nothing of copies
        frame = frame.assign(event=values, similarity=np.nan, copy_of="", copied=np.nan, agency="")
        frame = frame[frame["event"] != ""]
    else:
        found = match.articles
        for name in ("event", "copy_of", "agency"):
            frame[name] = text_of(found, name).to_numpy(dtype=object)
        for name in ("similarity", "copied"):
            frame[name] = pd.to_numeric(found[name]).to_numpy(dtype=np.float64)
        frame = frame[frame["event"] != ""]
        frame = frame[frame.groupby("event")["group"].transform("nunique") > 1]
    frame = frame.sort_values(["event", "group"], kind="stable")
    return table("event_articles", {str(name): frame[name].to_numpy() for name in frame.columns})
