"""From an analysis to a comparison: every table, in the order of the report."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from framing.comparison._attributions import sourcing_table, stance_table
from framing.comparison._balance import evenness_table, share_tables, units
from framing.comparison._each import article_table, balance_by_article
from framing.comparison._evidence import evidence_table
from framing.comparison._keyness import keyness_table
from framing.comparison._model import Comparison
from framing.comparison._pages import headline_table, readability_table
from framing.comparison._protocol import AnalysisLike, Lookup, installed_entries
from framing.comparison._rates import group_table, rate_table
from framing.comparison._replies import replies, reply_table
from framing.comparison._segments import position_table, segment_table, speech
from framing.comparison._sentences import biased_tables, scored_sentences, sentence_table
from framing.comparison._setting import NO_GROUP, Setting, prepare
from framing.comparison._speaking import speaker_table, with_canonical_speakers
from framing.comparison._terms import naming_table, term_table
from framing.comparison._trained import distance_table, frame_table, model_table, trained_models


def compare(
    analysis: AnalysisLike,
    *,
    by: str = "outlet",
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
    by : str
        The column of `analysis.articles` whose values are the groups; an empty value is the group `(none)`.
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
        If `by` is not a column of the articles (the message lists them) or another option is out of its range.
    """
    entries = lookup or installed_entries
    setting = prepare(
        analysis,
        by=by,
        seed=seed,
        resamples=resamples,
        permutations=permutations,
        min_articles=min_articles,
        voice=voice,
    )
    setting = replace(setting, attributions=with_canonical_speakers(setting.attributions))
    naming, lost = naming_table(setting, entries)
    spoken = speech(setting, analysis)
    shared = units(setting, spoken)
    answers = replies(setting)
    balance, roles = share_tables(setting, shared)
    return Comparison(
        by=by,
        groups=group_table(setting),
        rates=rate_table(setting),
        terms=term_table(setting),
        naming=naming,
        balance=balance,
        roles=roles,
        evenness=evenness_table(setting, shared),
        speakers=speaker_table(setting, shared[1]),
        replies=reply_table(setting, answers),
        positions=position_table(setting, spoken),
        stance=stance_table(setting),
        sourcing=sourcing_table(setting),
        keyness=keyness_table(setting, analysis.words),
        readability=readability_table(setting),
        headlines=headline_table(setting),
        articles=article_table(setting, analysis, shared, answers),
        article_balance=balance_by_article(setting, shared),
        evidence=evidence_table(setting, analysis, entries),
        segments=segment_table(setting, spoken),
        **_of_models(setting, analysis),
        manifest={
            **analysis.manifest,
            "by": by,
            "seed": seed,
            "resamples": resamples,
            "permutations": permutations,
            "min_articles": min_articles,
            "voice": voice,
        },
        notes=(*_notes(setting, by), *_source_notes(setting, no_sides=balance.empty), *lost),
    )


def _of_models(setting: Setting, analysis: AnalysisLike) -> dict[str, pd.DataFrame]:
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


def _notes(setting: Setting, by: str) -> list[str]:
    """Say what was done to the groups that a reader can't see in the numbers."""
    notes = []
    if setting.n_groups == 0:
        notes.append("There are no articles to compare.")
    if setting.n_groups == 1:
        notes.append(f"There is one group only ({setting.groups[0]}), so that nothing is compared and nothing tested.")
    small = [name for name, n in zip(setting.groups, setting.n_articles, strict=True) if n < setting.min_articles]
    if small:
        notes.append(
            f"Too few articles for a test (fewer than {setting.min_articles}): {', '.join(small)}. "
            "Their rates and intervals are given, without p-values."
        )
    if setting.n_duplicates.any():
        notes.append(
            f"{_number(int(setting.n_duplicates.sum()), 'article')} repeat the text of another one of the same group "
            "and are left out of every estimate: a repeated text counts once within a group."
        )
    if NO_GROUP in setting.groups:
        n = int(setting.n_articles[setting.groups.index(NO_GROUP)])
        notes.append(f"{_number(n, 'article')} without a value of {by} stand together as {NO_GROUP}.")
    return notes


def _source_notes(setting: Setting, *, no_sides: bool) -> list[str]:
    if setting.findings.empty:
        return ["Nothing was found to count in these articles."]
    if setting.attributions.empty:
        return ["No attributions were found, so that nothing is said on who is heard."]
    if no_sides:
        return ["No source could be given a side, so that there is no balance of sides."]
    unknown = float(np.mean(setting.attributions["side"] == ""))
    if unknown > 0.5:
        return [f"The side of {unknown:.0%} of the attributions could not be told."]
    return []


def _number(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
