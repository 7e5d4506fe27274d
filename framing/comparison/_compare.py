"""From an analysis to a comparison: every table, in the order of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from framing.comparison._attributions import sourcing_table, stance_table
from framing.comparison._balance import evenness_table, share_tables, units
from framing.comparison._checks import check_table
from framing.comparison._concordance import concordance_table
from framing.comparison._copies import copy_table
from framing.comparison._each import article_table, balance_by_article
from framing.comparison._evidence import evidence_table
from framing.comparison._keyness import keyness_table
from framing.comparison._matched import event_article_table, event_rate_table, event_table, matched_table
from framing.comparison._model import Comparison
from framing.comparison._notes import group_notes, match_notes, source_notes, time_notes
from framing.comparison._pages import headline_table, readability_table
from framing.comparison._protocol import AnalysisLike, EventsLike, Lookup, WordCountsLike, installed_entries
from framing.comparison._rates import group_table, rate_table
from framing.comparison._replies import replies, reply_table
from framing.comparison._segments import position_table, segment_table, speech
from framing.comparison._sentences import biased_tables, scored_sentences, sentence_table
from framing.comparison._setting import Options, Setting, prepare
from framing.comparison._shifts import shift_table
from framing.comparison._speaking import speaker_table, with_canonical_speakers
from framing.comparison._strata import match_settings, matched_on
from framing.comparison._terms import naming_table, term_table
from framing.comparison._trained import distance_table, frame_table, model_table, trained_models
from framing.comparison._trends import trend_table

Tables = dict[str, pd.DataFrame]


def compare(
    analysis: AnalysisLike,
    *,
    by: str | Sequence[str] = "outlet",
    over: str | None = None,
    match: EventsLike | str | None = None,
    reference: str | None = None,
    corpus: WordCountsLike | None = None,
    seed: int = 0,
    resamples: int = 2000,
    permutations: int = 2000,
    min_articles: int = 5,
    voice: str = "own",
    lookup: Lookup | None = None,
) -> Comparison:
    """Compare groups of articles on every measure.

    Parameters
    ----------
    analysis : Analysis
        Or any object with the same attributes.
    by : str or sequence of str
        The column of `analysis.articles` whose values are the groups; an empty value is the group `(none)`. Two
        columns are crossed: each combination that occurs is a group, `Herald × opinion`.
    over : {"year", "quarter", "month", "week", "day"}, optional
        The length of periods, of the column `date`, for `Comparison.trends`; weeks are those of ISO 8601.
    match : Events or str, optional
        The events within which groups are compared (`match_events`), or a column whose values take their place.
    reference : str, optional
        The group that all others are set against, instead of each against all others.
    corpus : WordCounts, optional
        Words of a reference corpus (`Analysis.words`) that the words of each group are set against as well.
    seed : int
        The same seed gives the same comparison.
    resamples, permutations : int
        For intervals and p-values, 100 or more each.
    min_articles : int
        A group with fewer articles is estimated, with a warning and without p and q.
    voice : {"own", "quoted", "reported", "all"}
        The voice of the main family of tests (whole layers) and of the keyness of words.
    lookup : callable, optional
        From the name of a lexicon to its entries by id; the lexicons of framing by default.

    Returns
    -------
    Comparison
        A text that recurs within a group counts once there.

    Raises
    ------
    OptionError
        If `by` is not a column of the articles (the message lists them), `reference` is no group, no article has a
        date that can be used, no value of `match` is shared by two groups, or another option is out of its range.
    """
    entries = lookup or installed_entries
    options = Options(
        by=by,
        over=over,
        match=match,
        reference=reference,
        seed=seed,
        resamples=resamples,
        permutations=permutations,
        min_articles=min_articles,
        voice=voice,
    )
    setting = prepare(analysis, options)
    setting = replace(setting, attributions=with_canonical_speakers(setting.attributions))
    counted, lost = _of_words(setting, analysis, entries, corpus)
    speakers = _of_speakers(setting, analysis)
    within, checked = _within_and_against(setting, analysis, match, counted)
    return Comparison(
        by=setting.by,
        groups=group_table(setting),
        **counted,
        **speakers,
        **within,
        **_of_models(setting, analysis),
        readability=readability_table(setting),
        headlines=headline_table(setting),
        evidence=evidence_table(setting, analysis, entries),
        trends=trend_table(setting),
        over=over or "",
        reference=reference or "",
        matched_on=matched_on(match),
        manifest=_manifest(analysis, setting, options),
        notes=(
            *group_notes(setting),
            *match_notes(setting, matched_on(match)),
            *time_notes(setting),
            *source_notes(setting, no_sides=speakers["balance"].empty),
            *lost,
            *checked,
        ),
    )


def _of_words(
    setting: Setting, analysis: AnalysisLike, entries: Lookup, corpus: WordCountsLike | None
) -> tuple[Tables, tuple[str, ...]]:
    """Return the tables of counted words, and notes on what is missing in them."""
    naming, lost = naming_table(setting, entries)
    keyness = keyness_table(setting, analysis.words, corpus)
    tables = {
        "rates": rate_table(setting),
        "terms": term_table(setting),
        "naming": naming,
        "keyness": keyness,
        "concordance": concordance_table(setting, analysis, keyness),
    }
    return tables, lost


def _of_speakers(setting: Setting, analysis: AnalysisLike) -> Tables:
    """Return the tables of who is heard and how."""
    spoken = speech(setting, analysis)
    shared = units(setting, spoken)
    answers = replies(setting)
    balance, roles = share_tables(setting, shared)
    return {
        "balance": balance,
        "roles": roles,
        "evenness": evenness_table(setting, shared),
        "speakers": speaker_table(setting, shared[1]),
        "replies": reply_table(setting, answers),
        "positions": position_table(setting, spoken),
        "stance": stance_table(setting),
        "sourcing": sourcing_table(setting),
        "articles": article_table(setting, analysis, shared, answers),
        "article_balance": balance_by_article(setting, shared),
        "segments": segment_table(setting, spoken),
    }


def _within_and_against(
    setting: Setting, analysis: AnalysisLike, match: EventsLike | str | None, counted: Tables
) -> tuple[Tables, tuple[str, ...]]:
    """Return what becomes of the differences within events and without single terms or articles, and notes."""
    checks, notes = check_table(setting, counted["rates"], counted["terms"])
    tables = {
        "checks": checks,
        "events": event_table(setting, match),
        "event_articles": event_article_table(setting, analysis, match),
        "copies": copy_table(setting, match),
        "matched": matched_table(setting),
        "event_rates": event_rate_table(setting),
        "shifts": shift_table(setting, counted["rates"], counted["terms"]),
    }
    return tables, notes


def _manifest(analysis: AnalysisLike, setting: Setting, options: Options) -> dict[str, Any]:
    """Add to what is known of the analysis how it was compared."""
    return {
        **analysis.manifest,
        "by": list(setting.columns),
        "over": options.over,
        "reference": options.reference,
        "match": match_settings(options.match),
        "seed": options.seed,
        "resamples": options.resamples,
        "permutations": options.permutations,
        "min_articles": options.min_articles,
        "voice": options.voice,
    }


def _of_models(setting: Setting, analysis: AnalysisLike) -> Tables:
    """Return the tables of what trained models scored."""
    scored = scored_sentences(setting, analysis)
    models = trained_models(setting, scored, analysis.manifest)
    biased, words = biased_tables(setting, analysis, scored)
    return {
        "sentences": sentence_table(setting, scored),
        "biased_sentences": biased,
        "biased_words": words,
        "frames": frame_table(setting, models),
        "models": model_table(models),
        "distances": distance_table(setting, analysis, models),
    }
