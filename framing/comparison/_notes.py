"""What was done to the articles that a reader can't see in the numbers, in plain sentences."""

from __future__ import annotations

import numpy as np

from framing.comparison._groups import NO_GROUP, listed
from framing.comparison._setting import Setting
from framing.comparison._strata import EVENTS
from framing.events._dates import first_number


def group_notes(setting: Setting) -> list[str]:
    """Say what was done to the groups."""
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
    if setting.reference is not None and setting.groups[setting.reference] in small and setting.n_groups > 1:
        notes.append(f"The reference, {setting.groups[setting.reference]}, is one of them, so that nothing is tested.")
    if setting.n_duplicates.any():
        notes.append(
            f"{_number(int(setting.n_duplicates.sum()), 'article')} repeat the text of another one of the same group "
            "and are left out of every estimate: a repeated text counts once within a group."
        )
    for place, column in enumerate(setting.columns):
        without = np.array([part[place] == NO_GROUP for part in setting.parts], dtype=np.bool_)
        n = int(setting.n_articles[without].sum())
        if n:
            notes.append(f"{_number(n, 'article')} without a value of {column} stand together as {NO_GROUP}.")
    return notes


def source_notes(setting: Setting, *, no_sides: bool) -> list[str]:
    """Say what could not be found."""
    if setting.findings.empty:
        return ["Nothing was found to count in these articles."]
    if setting.attributions.empty:
        return ["No attributions were found, so that nothing is said on who is heard."]
    if no_sides:
        return ["No source could be given a side, so that there is no balance of sides."]
    unknown = float(np.mean(setting.attributions["side"] == ""))
    if unknown > 0.5:
        return [f"The side of {100 * unknown:.0f} % of the attributions could not be told."]
    return []


def time_notes(setting: Setting) -> list[str]:
    """Say which articles are in no period, and how dates of two meanings were read."""
    if setting.period is None:
        return []
    notes, n, first = [], int((setting.period < 0).sum()), first_number(setting.articles)
    if n:
        notes.append(
            f"{_number(n, 'article')} without a usable date {_be(n)} left out of what is shown over time, only there."
        )
    if first:
        notes.append(f"Dates such as 3/4/2019 are read with the {first} first.")
    return notes


def match_notes(setting: Setting, matched_on: str) -> list[str]:
    """Say how many articles are compared within events, and how many copies were folded."""
    if setting.event is None or not len(setting.event):
        return []
    events = matched_on == EVENTS
    what = ("event", "events") if events else (f"value of {matched_on}", f"values of {matched_on}")
    inside = setting.event >= 0
    n, n_events = int(inside.sum()), len(setting.event_names)
    if not n_events:
        return [f"No {what[0]} has articles of two groups, so that nothing is compared within {what[1]}."]
    without = [
        name
        for name, m in zip(
            setting.groups, setting.by_group(inside[:, np.newaxis].astype(np.float64))[:, 0], strict=True
        )
        if not m
    ]
    stand, have = ("are on", "have articles on") if events else ("have", "have")
    notes = [
        f"{n:,} of {_number(len(inside), 'article')} {stand} {n_events:,} {what[n_events > 1]} that two groups or more "
        f"{have}; only these are compared within {what[1]}."
    ]
    if setting.fixed:
        notes.append(
            f"The {what[n_events > 1]} are taken as they are, not as a sample of others: intervals come from articles "
            "resampled within each, and what differs there need not differ elsewhere."
        )
    if without:
        notes.append(f"Without an article there, and so not compared within {what[1]}: {listed(without)}.")
    folded = int(setting.folded.sum())
    if folded:
        notes.append(
            f"{_number(folded, 'article')} {'repeats' if folded == 1 else 'repeat'} another article that counts and "
            f"{_be(folded)} folded into it: within events a copied text counts once."
        )
    return notes


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def _number(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n:,} {noun}s"
