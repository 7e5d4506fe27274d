"""What a comparison holds: tables of estimates, one row an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from framing.comparison._frame import table


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of articles (outlets, as a rule) compared on every measure.

    Every table is a DataFrame with one row an estimate, sorted, and with all groups in every block. Rates are per
    1,000 words; shares lie in [0, 1]; `low` and `high` bound the 95 % interval from resampling articles and are NaN
    where a group has a single article; `voice` is `own`, `quoted`, `reported` or `all`. A text that recurs within a
    group counts once there.

    Attributes
    ----------
    by : str
        The column of `articles` whose values are the groups; of two columns that are crossed `outlet × section`.
    groups : DataFrame
        group, n_articles, n_duplicates, n_words, n_words_own, n_words_quoted, n_words_reported, n_sentences,
        n_attributions, n_speakers (different ones, all spellings of one as one), speakers_per_article (mean; with
        speakers_per_article_low, speakers_per_article_high), share_own, share_quoted, share_reported (each with
        `_low` and `_high`), warning (empty, or why no p-value is given), first, second (the values of two columns
        that are crossed; empty otherwise).
    rates : DataFrame
        `loaded` is what lexicons list; the words that only the trained model marks are the layer `loaded-model`, which
        is not tested. layer, category (empty for the whole layer), voice, group, count, n_articles, n_words (words of
        that voice), value, low, high, ratio, ratio_low, ratio_high (against all other groups together), difference,
        difference_low, difference_high, p, q (Benjamini-Hochberg over the whole layers in own voice, and over the rest
        as a second family), articles_with (how many articles hold at least one), shrunk, shrunk_low, shrunk_high (the
        rate drawn towards that of all groups, the more the less a group has: empirical Bayes). Wherever a table has
        difference, difference_low, difference_high, p and q, they set the group against all other groups together, or
        against `reference`; the difference is in the unit of `value`, and q is Benjamini-Hochberg over one table.
    terms : DataFrame
        layer, lexicon, entry, form (as most often written, lower-cased), category, voice, group, count, n_articles
        (that hold it), value (per 1,000 words of the voice). With more than sixty groups, rows without a finding are
        left out.
    naming : DataFrame
        topic, referent, entry, form, category, voice, group, count, total (of the referent in that group), value
        (share), low, high. Tested are names of five mentions or more in groups that mention the referent ten times or
        more; q over those in the main voice, and over the other voices as a second family.
    balance : DataFrame
        unit (`attributions`, `words` that are attributed, `direct` quotations, `first-third`: attributed words before
        a third of the article's words are over), side (`unknown` where it could not be told), group, count, total,
        value (share of the group's unit), low, high. Empty without sides.
    roles : DataFrame
        unit, role (`government`, `expert` ..., `unknown`), group, count, total, value (share), low, high.
    evenness : DataFrame
        The balance index. unit, measure, sides (those set against one another, joined by `;`, most often heard first:
        all with a hundredth of the attributions of known sides), group, n_articles, total (of the unit, these sides
        only), value, low, high. measure `evenness`: Pielou's index J = H / ln S of the sides' shares, from 0 (one side
        only, also where there is no second one) to 1 (all equal); measure `difference`, of two sides only: share of
        the first less share of the second, from -1 to 1. Empty without sides.
    speakers : DataFrame
        group, speaker, side, role (the most usual ones), attributions, words (attributed), direct, articles (in which
        heard), share (of the group's attributed words), low, high (of the foremost speakers, where heard in three
        articles or more). One row where a speaker is heard in a group, most words first.
    replies : DataFrame
        measure, side, group, count, total, value (share), low, high. measure `accused`: articles that speak against a
        side (total: articles); `accused-heard`, `accused-declined` (not heard, but said not to have commented) and
        `accused-unheard` (neither): of the articles that accuse it; `declined`: refusals of the side among its refusals
        and attributions; `unverified`: claims of the side that could not be verified, set against its attributions.
    positions : DataFrame
        part (1 to 10: the first to the last tenth of every article), voice (`own`, `quoted`, `reported`, as in
        `segments`), group, count, total (words), value (share), low, high.
    stance : DataFrame
        side, stance, group, count, total (attributions of that side in the group), value (share), low, high.
    sourcing : DataFrame
        measure (`anonymous`, `unnamed-source`, `declined`, `unverified`), group, count, total, value (share of
        attributions), low, high.
    keyness : DataFrame
        voice, against (`others`: the other groups, or the reference; `corpus`: a reference corpus), group, word, count,
        count_others, rate, rate_others (per 1,000 words), log_odds, z, q, n_articles (that hold it); the most telling
        words of each group.
    concordance : DataFrame
        Lines for the words of `keyness`, at most three a word and group, of different articles: voice, group, word,
        article_id, start, end (of the word in the article's text), before, text, after.
    readability : DataFrame
        formula, group, n_articles, value (mean over articles), low, high.
    headlines : DataFrame
        layer, group, n_articles, words, count, value (per 1,000 words of headline), low, high, body (rate in the
        bodies of the same articles, own voice).
    articles : DataFrame
        id, group, outlet, date, title, words: what the report needs to name an article. Of each article: attributions,
        attributed_words, speakers (different ones), anonymous_share (of the attributions), declined, unverified,
        evenness and difference (of the attributions, where five or more are of the sides of `evenness`); and, as
        names joined by `;`, the sides heard, accused, accused_declined (not heard, but said not to have commented) and
        accused_unheard (neither). A repeated text has the numbers of its first article.
    article_balance : DataFrame
        id, group, kind (`side` or `role`), name (which, or `unknown`), and for each unit its number and its share in
        the article: attributions, share_attributions, words, share_words, direct, share_direct, first_third,
        share_first_third. One row for each side and role heard in an article that counts.
    evidence : DataFrame
        A sample of the findings behind the bars, at most fifty for each layer and group, spread over articles by the
        seed: layer, group, article_id, lexicon, entry, category, voice, source, side, before, text, after (the
        sentence, cut into three), source_work (the key of sources.bib that the entry cites), form (of the entry, as
        in `terms`), start, end (in the article's text).
    segments : DataFrame
        The voice strip of each article of `articles` that has attributions: article_id, start, end (fractions of the
        article's words), voice, side, speaker, stance; together they cover [0, 1] without overlap, in order.
    sentences : DataFrame
        What the sentence models say. measure (`bias`: wording that annotators might call biased; `uncertain`), voice
        (that of most words of the sentence), group, n_articles, count (sentences scored .5 or more), total (of that
        voice), value (share), low, high. Empty where no model ran.
    biased_sentences : DataFrame
        The sentences of each group with the highest scores of bias, in own voice and of different articles, at most
        three: group, rank, article_id, sentence, start, end, score, log_odds (those that the score is of), rest (their
        part that belongs to no word), text. log_odds and rest are NaN where the score could not be reckoned again.
    biased_words : DataFrame
        Every token of these sentences: article_id, sentence, start, end, word, added (to the log-odds; with `rest`
        these add up to `log_odds`).
    frames : DataFrame
        model (`climate`, `guns`), frame, group, count, total (articles on the model's topic), value (share), low, high.
    models : DataFrame
        model, trained_on, line, score (macro-F1 as in line), ceiling (that of one annotator), n (annotated records);
        NaN where it was not measured.
    distances : DataFrame
        How far the texts are from a model's training data: model, group (empty for all), n_articles, n_words, unknown
        and usual_unknown (share of words that never occur there, and in a part held out), mix and usual_mix, score,
        limit, warning (a sentence; empty where they are not far).
    events : DataFrame
        Stories that two groups or more have articles on, where events were matched (or the values of the column that
        was given instead): event, title (of the article nearest to all others), first_date, last_date, n_articles,
        n_groups, n_words.
    event_articles : DataFrame
        event, article_id, group, similarity (cosine to the nearest other article of the event), counted (1 if it is
        compared, 0 if it is a copy that was folded into another article), copy_of (the article that it repeats, or
        empty), copied (share of its words that stand in passages of that article), agency (the news agency that it
        names, or empty).
    copies : DataFrame
        measure (`words`: share of the group's words in passages that an earlier article of another group, or an agency,
        has too; `articles`: share of its articles that are copies; `agency`: share that names an agency), group,
        n_articles, count, total, value, low, high. Empty where copies were not looked for.
    matched : DataFrame
        The groups compared within events only. layer, category, voice, group, n_events (in which the group and another
        one have words), n_articles, n_words, count, value, low, high (the group's rate in these events), expected (the
        rate of the others, weighted as the group's), ratio, ratio_low, ratio_high, difference, difference_low,
        difference_high (Mantel-Haenszel, intervals from resampling events, or articles within the few values of a
        column), p (labels shuffled within events), q.
    event_rates : DataFrame
        Whole layers in the main voice, event by event: event, layer, voice, group, n_articles, n_words, count, value,
        expected (rate of the others in the event), difference, part (what the event adds to the difference in
        `matched`; the parts of a group and layer add up to it).
    checks : DataFrame
        How well each difference of `rates` at q < .05 stands. layer, category, voice, group, ratio, ratio_low,
        ratio_high, q (as in `rates`), dispersion, nb_ratio, nb_low, nb_high, nb_p (of a negative binomial model of
        articles), article_id, title (the article that supports it most), ratio_without_article and its interval
        (low_without_article, high_without_article), kept_without_article (`yes`: the interval still leaves out 1, or
        `no`), entry, form (the term that supports it most), term_share (of the group's count), ratio_without_term and
        its interval (low_without_term, high_without_term), kept_without_term.
    shifts : DataFrame
        Which terms make up the difference between a group's rate of loaded terms and that of the others, or of the
        reference: layer, voice, group, other (`(others)` or the reference), lexicon, entry, form, category, count,
        count_others, rate, rate_others, part (per 1,000 words; the parts of a group add up to the difference exactly).
    trends : DataFrame
        Rates of whole layers in the main voice over time: period (as `2019-03`), layer, voice, group, n_articles,
        n_words, count, value, low, high, smooth, smooth_low, smooth_high (kernel-smoothed over periods). Empty unless
        `over` is given.
    over : str
        The length of the periods of `trends`, or empty.
    reference : str
        The group that all others are set against; empty where each is set against all others.
    matched_on : str
        `events`, the column that took their place, or empty.
    manifest : mapping
        The manifest of the analysis, with `by`, `seed` and `resamples` added.
    notes : tuple of str
        Plain sentences that a reader must know: outlets left out, too few articles, no sides given.
    """

    by: str
    groups: pd.DataFrame
    rates: pd.DataFrame
    terms: pd.DataFrame
    naming: pd.DataFrame
    balance: pd.DataFrame
    roles: pd.DataFrame
    evenness: pd.DataFrame
    speakers: pd.DataFrame
    replies: pd.DataFrame
    positions: pd.DataFrame
    stance: pd.DataFrame
    sourcing: pd.DataFrame
    keyness: pd.DataFrame
    readability: pd.DataFrame
    headlines: pd.DataFrame
    articles: pd.DataFrame
    article_balance: pd.DataFrame
    evidence: pd.DataFrame
    segments: pd.DataFrame
    sentences: pd.DataFrame = field(default_factory=lambda: table("sentences"))
    biased_sentences: pd.DataFrame = field(default_factory=lambda: table("biased_sentences"))
    biased_words: pd.DataFrame = field(default_factory=lambda: table("biased_words"))
    frames: pd.DataFrame = field(default_factory=lambda: table("frames"))
    models: pd.DataFrame = field(default_factory=lambda: table("models"))
    distances: pd.DataFrame = field(default_factory=lambda: table("distances"))
    concordance: pd.DataFrame = field(default_factory=lambda: table("concordance"))
    events: pd.DataFrame = field(default_factory=lambda: table("events"))
    event_articles: pd.DataFrame = field(default_factory=lambda: table("event_articles"))
    copies: pd.DataFrame = field(default_factory=lambda: table("copies"))
    matched: pd.DataFrame = field(default_factory=lambda: table("matched"))
    event_rates: pd.DataFrame = field(default_factory=lambda: table("event_rates"))
    checks: pd.DataFrame = field(default_factory=lambda: table("checks"))
    shifts: pd.DataFrame = field(default_factory=lambda: table("shifts"))
    trends: pd.DataFrame = field(default_factory=lambda: table("trends"))
    over: str = ""
    reference: str = ""
    matched_on: str = ""
    manifest: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
