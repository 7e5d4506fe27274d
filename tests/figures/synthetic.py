"""Comparisons made up for tests of figures and reports: every table full, the same numbers each time."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.comparison._model import Comparison

LAYERS = {"loaded": 9.0, "naming": 4.0, "hedge": 11.0, "booster": 7.0, "scare-quote": 1.2, "passive": 6.0}
CATEGORIES = {
    "loaded": ("condemning", "dramatic", "euphemism", "accusing"),
    "hedge": ("modal", "attribution-shield", "evidential"),
    "booster": ("universal", "intensifier", "certainty-verb"),
}
TERMS = [
    "occupier",
    "incursion",
    "regime",
    "terrorist",
    "liberate",
    "puppet",
    "aggression",
    "annex",
    "militant",
    "provocation",
    "slam",
    "chaos",
    "blast",
    "illegal",
    "crackdown",
    "surge",
    "flood",
    "radical",
    "hardline",
    "so-called",
    "massacre",
    "onslaught",
    "brutal",
    "heroic",
    "stronghold",
    "neutralise",
]
REFERENTS = {
    "russia-invasion-2022": ("invasion", "war", "special military operation", "conflict"),
    "kursk-2024": ("incursion", "offensive", "attack"),
    "gaza-2023": ("war", "conflict"),
}
UNITS = ("attributions", "words", "direct", "first-third")
ROLES = ("government", "politician", "expert", "official-unnamed", "citizen", "document", "unknown")
SPEAKERS = (
    ("Volodymyr Zelenskyy", "government"), ("Maria Zakharova", "government"), ("officials", "official-unnamed"),
    ("The Committee for the Protection of the Northern Provinces", "civil-society"), ("Ada Holm", "expert"), ("he", ""),
)  # fmt: skip
STANCES = ("neutral", "doubting", "endorsing", "conceding", "denying")
FORMULAS = ("flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index", "dale_chall")
OUTLETS = [
    "Northern Herald",
    "The Lowland Post",
    "Free Courier",
    "Harbour Times",
    "Capital Mirror",
    "Valley Gazette",
    "Evening Star",
    "The Examiner",
    "Coast Weekly",
    "National Wire",
    "Plains Tribune",
    "Channel Nine",
]


def names(count: int) -> list[str]:
    """Return so many outlet names, all different."""
    return [
        OUTLETS[i] if i < len(OUTLETS) else f"{OUTLETS[i % len(OUTLETS)]} {i // len(OUTLETS) + 1}" for i in range(count)
    ]


def make(
    groups: int | Sequence[str] = 3,
    *,
    articles: int = 40,
    sides: Sequence[str] = ("russia", "ukraine"),
    findings: bool = True,
    attributions: bool = True,
    titles: Sequence[str] = ("Troops cross the border at dawn",),
) -> Comparison:
    """Return a comparison of that many groups with that many articles each; the numbers follow the arguments."""
    labels = names(groups) if isinstance(groups, int) else list(groups)
    rng = np.random.default_rng(len(labels) * 1000 + articles)
    heard = list(sides) if attributions else []
    table = _groups(rng, labels, articles, attributions)
    arts = _articles(labels, articles, titles)
    lone = len(labels) == 1
    rates = _rates(rng, table, articles, lone)
    made = Comparison(
        by="outlet",
        groups=table,
        rates=rates if findings else rates.iloc[:0],
        terms=_terms(rng, table) if findings else _terms(rng, table).iloc[:0],
        naming=_naming(rng, labels) if findings else _naming(rng, labels).iloc[:0],
        balance=_balance(rng, labels, heard, articles),
        roles=_roles(rng, labels if attributions else [], articles),
        evenness=_evenness(rng, labels, heard, articles),
        speakers=_speakers(labels if attributions else [], heard, articles),
        replies=_replies(labels, heard),
        positions=_positions(labels if attributions else [], articles),
        stance=_stance(rng, labels, heard, articles),
        sourcing=_sourcing(rng, labels, articles if attributions else 0),
        keyness=_keyness(rng, labels if findings and not lone else []),
        shifts=_shifts(rates if findings and not lone else rates.iloc[:0]),
        matched=_matched(labels if findings and not lone else [], articles),
        checks=_checks(labels if findings and not lone else [], arts),
        readability=_readability(rng, labels, articles),
        headlines=_headlines(rng, labels if findings else [], articles),
        articles=arts,
        article_balance=_frame([], "id group kind name attributions share_attributions words share_words"),
        evidence=_evidence(rng, arts if findings else arts.iloc[:0]),
        segments=_segments(rng, arts if attributions else arts.iloc[:0], heard),
        sentences=_sentences(labels if findings else [], articles),
        biased_sentences=_biased_sentences(arts if findings else arts.iloc[:0]),
        biased_words=_biased_words(arts if findings else arts.iloc[:0]),
        frames=_frames(labels if findings else [], articles),
        models=_models(findings=findings),
        distances=_distances(labels if findings else []),
        events=_events(arts if findings else arts.iloc[:0], labels),
        event_articles=_event_articles(arts if findings else arts.iloc[:0], labels),
        event_rates=_event_rates(rng, labels if findings and not lone else []),
        copies=_copies(labels if findings and not lone else [], articles),
        trends=_trends(rng, labels if findings else [], articles),
        over="month" if findings else "",
        matched_on="events" if findings and not lone else "",
        manifest={
            "version": "0.1.0",
            "created_from": {"command": "analyze"},
            "options": {"sides": ["russia-ukraine"], "jobs": 2, "strict": False},
            "sides": list(sides),
            "lexicons": [
                {"name": "loaded-conflict", "version": "1.0.0", "sha256": "5e" * 32, "layer": "loaded", "entries": 412},
                {"name": "hedges", "version": "1.0.0", "sha256": "a7" * 32, "layer": "hedge", "entries": 214},
            ],
            "input": {"path": "articles.csv", "sha256": "0c" * 32, "articles": len(arts), "rejected": 1},
            "measures": ["attribution", "loaded", "hedging"],
            "by": "outlet",
            "seed": 7,
            "resamples": 2000,
        },
        notes=() if sides else ("No sides were given, so nobody's side is known.",),
    )
    return dataclasses.replace(made, **{name: _tested(getattr(made, name)) for name in _TESTED})


def _frame(rows: list[dict[str, Any]], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


_LABELS = frozenset(
    "topic referent entry form category voice unit side role measure stance formula layer model frame".split()
)
_TESTED = (
    "naming",
    "balance",
    "roles",
    "replies",
    "stance",
    "sourcing",
    "readability",
    "headlines",
    "sentences",
    "frames",
)


def _tested(frame: pd.DataFrame) -> pd.DataFrame:
    """Set each group against the mean of the others; sure is what lies outside their interval."""
    keys = [name for name in frame.columns if name in _LABELS]
    size = frame.groupby(keys)["value"].transform("count") - 1 if len(frame) else frame["value"]
    total = frame.groupby(keys)["value"].transform("sum") if len(frame) else frame["value"]
    others = ((total - frame["value"]) / size.where(size > 0)).astype(float)
    low, high = frame["low"] - others, frame["high"] - others
    p = pd.Series(np.where((low > 0) | (high < 0), 0.001, 0.4), index=frame.index).where(low.notna())
    return frame.assign(
        difference=frame["value"] - others, difference_low=low, difference_high=high, p=p, q=(p * 2).clip(upper=1.0)
    )


def _spread(value: float, articles: int, scale: float = 0.6) -> tuple[float, float]:
    if articles < 2:
        return float("nan"), float("nan")
    half = scale * value / np.sqrt(articles) * 1.96
    return max(0.0, value - half), value + half


def _groups(rng: np.random.Generator, labels: list[str], articles: int, attributions: bool) -> pd.DataFrame:
    rows = []
    for label in labels:
        words = int(articles * rng.integers(380, 720))
        quoted, reported = float(rng.uniform(0.12, 0.25)), float(rng.uniform(0.08, 0.2))
        low, high = _spread(quoted, articles)
        low2, high2 = _spread(reported, articles)
        rows.append(
            {
                "group": label,
                "n_articles": articles,
                "n_duplicates": int(articles > 5),
                "n_words": words,
                "n_words_own": words - round(words * quoted) - round(words * reported),
                "n_words_quoted": round(words * quoted),
                "n_words_reported": round(words * reported),
                "n_sentences": words // 21,
                "n_attributions": words // 60 if attributions else 0,
                "n_speakers": words // 180 if attributions else 0,
                "speakers_per_article": 4.0 if attributions else 0.0,
                "speakers_per_article_low": 3.2 if attributions and articles > 1 else float("nan"),
                "speakers_per_article_high": 4.9 if attributions and articles > 1 else float("nan"),
                "share_own": 1 - quoted - reported,
                "share_own_low": 1 - high - high2,
                "share_own_high": 1 - low - low2,
                "share_quoted": quoted,
                "share_quoted_low": low,
                "share_quoted_high": high,
                "share_reported": reported,
                "share_reported_low": low2,
                "share_reported_high": high2,
                "warning": "" if articles >= 5 else "fewer than five articles: no p-value",
            }
        )
    return pd.DataFrame(rows)


def _rates(rng: np.random.Generator, groups: pd.DataFrame, articles: int, lone: bool) -> pd.DataFrame:
    rows = []
    for layer, level in LAYERS.items():
        for category in ("", *CATEGORIES.get(layer, ())):
            for voice in ("own", "quoted", "reported", "all"):
                mean = level / (1 if not category else 4)
                values = mean * np.exp(rng.normal(0, 0.35, len(groups)))
                for value, (_, group) in zip(values, groups.iterrows(), strict=True):
                    words = int(group["n_words"] if voice == "all" else group[f"n_words_{voice}"])
                    count = round(value * words / 1000)
                    rows.append(
                        _rate(layer, category, voice, str(group["group"]), count, words, values, articles, lone)
                    )
    return pd.DataFrame(rows)


def _rate(
    layer: str,
    category: str,
    voice: str,
    group: str,
    count: int,
    words: int,
    values: npt.NDArray[np.float64],
    articles: int,
    lone: bool,
) -> dict[str, Any]:
    value = 1000 * count / words
    low, high = _spread(value, articles)
    ratio = float("nan") if lone else value / float(np.mean(values))
    spread = _spread(ratio, articles)
    clear = not lone and articles >= 5 and (spread[0] > 1 or spread[1] < 1)
    p = float("nan") if lone or articles < 5 else (0.001 if clear else 0.4)
    return {
        "layer": layer, "category": category, "voice": voice, "group": group, "count": count,
        "n_articles": articles, "n_words": words, "value": value, "low": low, "high": high,
        "ratio": ratio, "ratio_low": spread[0], "ratio_high": spread[1],
        "difference": value - float(np.mean(values)), "difference_low": low - float(np.mean(values)),
        "difference_high": high - float(np.mean(values)), "p": p, "q": p * 2, "articles_with": min(count, articles),
        **_shrunk(value, float(np.mean(values)), articles, len(values)),
    }  # fmt: skip


def _shrunk(value: float, mean: float, articles: int, groups: int) -> dict[str, float]:
    """Return the rate drawn a quarter of the way to the mean, where there are three groups to draw towards."""
    shrunk = value + 0.25 * (mean - value) if groups >= 3 else float("nan")
    low, high = _spread(shrunk, articles, 0.45)
    return {"shrunk": shrunk, "shrunk_low": low, "shrunk_high": high}


def _terms(rng: np.random.Generator, groups: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for rank, term in enumerate(TERMS):
        for _, group in groups.iterrows():
            for voice in ("own", "quoted"):
                words = int(group[f"n_words_{voice}"])
                count = int(rng.poisson(words / 1000 * 1.6 / (1 + rank / 4)))
                rows.append(
                    {
                        "layer": "loaded", "lexicon": "loaded-conflict", "entry": term, "form": term,
                        "category": "condemning", "voice": voice, "group": group["group"], "count": count,
                        "n_articles": min(count, int(group["n_articles"])), "value": 1000 * count / words,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def _naming(rng: np.random.Generator, labels: list[str]) -> pd.DataFrame:
    rows = []
    for referent, forms in REFERENTS.items():
        for label in labels:
            counts = rng.multinomial(int(rng.integers(8, 90)), rng.dirichlet(np.ones(len(forms))))
            total = int(counts.sum())
            for form, count in zip(forms, counts, strict=True):
                share = count / total
                low, high = max(0.0, share - 0.09), min(1.0, share + 0.09)
                rows.append(
                    {
                        "topic": "conflict", "referent": referent, "entry": form.replace(" ", "-"), "form": form,
                        "category": "neutral", "voice": "own", "group": label, "count": int(count), "total": total,
                        "value": share, "low": low, "high": high,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def _balance(rng: np.random.Generator, labels: list[str], sides: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for unit in UNITS:
        for label in labels if sides else []:
            shares = rng.dirichlet(np.full(len(sides) + 1, 4.0))
            total = articles * 8
            for side, share in zip([*sides, "unknown"], shares, strict=True):
                low, high = _spread(float(share), articles)
                rows.append(
                    {"unit": unit, "side": side, "group": label, "count": round(share * total), "total": total,
                     "value": share, "low": low, "high": min(high, 1.0)}
                )  # fmt: skip
    return _frame(rows, "unit side group count total value low high")


def _roles(rng: np.random.Generator, labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for unit in UNITS:
        for label in labels:
            shares = rng.dirichlet(np.arange(len(ROLES), 0, -1) * 2.0)
            for role, share in zip(ROLES, shares, strict=True):
                low, high = _spread(float(share), articles)
                rows.append(
                    {"unit": unit, "role": role, "group": label, "count": round(share * articles * 8),
                     "total": articles * 8, "value": share, "low": low, "high": min(high, 1.0)}
                )  # fmt: skip
    return _frame(rows, "unit role group count total value low high")


def _evenness(rng: np.random.Generator, labels: list[str], sides: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for unit in UNITS if sides else ():
        for measure in ("evenness", "difference") if len(sides) == 2 else ("evenness",):
            for label in labels:
                value = float(rng.uniform(0.4, 0.95)) if len(sides) > 1 else 0.0
                low, high = _spread(value, articles, 0.3)
                rows.append(
                    {"unit": unit, "measure": measure, "sides": ";".join(sides), "group": label, "n_articles": articles,
                     "total": articles * 5, "value": value, "low": low, "high": min(high, 1.0)}
                )  # fmt: skip
    return _frame(rows, "unit measure sides group n_articles total value low high")


def _speakers(labels: list[str], sides: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for number, label in enumerate(labels):
        for rank, (speaker, role) in enumerate(SPEAKERS):
            share = 0.2 / (1 + (rank + number) % len(SPEAKERS))
            low, high = _spread(share, articles)
            rows.append(
                {"group": label, "speaker": speaker, "side": sides[rank] if rank < min(2, len(sides)) else "",
                 "role": role, "attributions": articles, "words": round(share * articles * 160),
                 "direct": articles // 3, "articles": max(1, articles // 2), "share": share, "low": low,
                 "high": min(high, 1.0)}
            )  # fmt: skip
    rows.sort(key=lambda row: (labels.index(row["group"]), -row["words"]))
    return _frame(rows, "group speaker side role attributions words direct articles share low high")


def _replies(labels: list[str], sides: list[str]) -> pd.DataFrame:
    counts = {"accused": (10, 40), "accused-heard": (6, 10), "accused-declined": (1, 10), "accused-unheard": (3, 10),
              "declined": (2, 50), "unverified": (1, 48)}  # fmt: skip
    rows = [
        {"measure": measure, "side": side, "group": label, "count": count, "total": total, "value": count / total,
         "low": count / total / 2, "high": min(1.0, 2 * count / total)}
        for measure, (count, total) in counts.items()
        for side in sides
        for label in labels
    ]  # fmt: skip
    return _frame(rows, "measure side group count total value low high")


def _positions(labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for part in range(1, 11):
        for voice, value in (
            ("own", 0.75 - part / 40),
            ("quoted", 0.1 + part / 100),
            ("reported", 0.15 + 3 * part / 200),
        ):
            for label in labels:
                low, high = _spread(value, articles)
                rows.append(
                    {"part": part, "voice": voice, "group": label, "count": round(value * 1000), "total": 1000,
                     "value": value, "low": low, "high": min(high, 1.0)}
                )  # fmt: skip
    return _frame(rows, "part voice group count total value low high")


def _stance(rng: np.random.Generator, labels: list[str], sides: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for side in [*sides, "unknown"] if sides else []:
        for label in labels:
            shares = rng.dirichlet([12.0, 3.0, 2.0, 1.0, 1.0])
            total = articles * 3
            for stance, share in zip(STANCES, shares, strict=True):
                low, high = _spread(float(share), articles, 1.0)
                rows.append(
                    {"side": side, "stance": stance, "group": label, "count": round(share * total), "total": total,
                     "value": share, "low": low, "high": min(high, 1.0)}
                )  # fmt: skip
    return _frame(rows, "side stance group count total value low high")


def _sourcing(rng: np.random.Generator, labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for measure, level in (("anonymous", 0.1), ("unnamed-source", 0.06), ("declined", 0.02), ("unverified", 0.01)):
        for label in labels if articles else []:
            share = float(level * np.exp(rng.normal(0, 0.3)))
            low, high = _spread(share, articles)
            rows.append(
                {"measure": measure, "group": label, "count": round(share * articles * 8), "total": articles * 8,
                 "value": share, "low": low, "high": high}
            )  # fmt: skip
    return _frame(rows, "measure group count total value low high")


def _keyness(rng: np.random.Generator, labels: list[str]) -> pd.DataFrame:
    rows = []
    for number, label in enumerate(labels):
        for rank in range(15):
            count = int(rng.integers(20, 120))
            rows.append(
                {
                    "voice": "own", "against": "others", "group": label,
                    "word": TERMS[(number * 7 + rank) % len(TERMS)],
                    "count": count,
                    "count_others": count // 3, "rate": count / 20, "rate_others": count / 60,
                    "log_odds": 1.9 - rank / 15,
                    "z": 9.0 - rank / 2, "q": 0.001, "n_articles": 12,
                }
            )  # fmt: skip
    columns = "voice against group word count count_others rate rate_others log_odds z q n_articles"
    return _frame(rows, columns)


def _shifts(rates: pd.DataFrame) -> pd.DataFrame:
    """Return more terms than a figure shows, which add up to the counts of loaded terms in `rates`."""
    whole = rates[(rates["layer"] == "loaded") & (rates["category"] == "") & (rates["voice"] == "own")]
    rng = np.random.default_rng(len(whole))
    words = whole["n_words"].to_numpy(dtype=np.float64)
    terms = [*TERMS, *(f"{term}s" for term in TERMS)]
    usual = 1 / (1 + np.arange(len(terms)) / 3)
    counts = np.array([rng.multinomial(count, rng.dirichlet(8 * usual)) for count in whole["count"]])
    rows = []
    for number, label in enumerate(whole["group"]):
        own, rest = counts[number], counts.sum(axis=0) - counts[number]
        for place, term in enumerate(terms):
            rate = 1000 * own[place] / words[number]
            others = 1000 * rest[place] / (words.sum() - words[number])
            rows.append(
                {"layer": "loaded", "voice": "own", "group": label, "other": "(others)", "lexicon": "loaded-conflict",
                 "entry": term, "form": term, "category": "condemning", "count": int(own[place]),
                 "count_others": int(rest[place]), "rate": rate, "rate_others": others, "part": rate - others}
            )  # fmt: skip
    columns = "layer voice group other lexicon entry form category count count_others rate rate_others part"
    return _frame(rows, columns)


def _matched(labels: list[str], articles: int) -> pd.DataFrame:
    """Return matched rates with an interval only where there is more than one event."""
    rows = []
    for layer in LAYERS:
        for number, label in enumerate(labels):
            ratio = float(np.exp(np.sin(number * 2.1 + len(layer)) * 0.6))
            value, events = LAYERS[layer] * ratio, max(1, articles // 3 - number % 5)
            low, high = _spread(ratio, events if articles > 1 else 1)
            clear = articles >= 5 and (low > 1 or high < 1)
            p = 0.001 if clear else 0.4 if articles >= 5 else float("nan")
            spread = _spread(value, articles)
            rows.append(
                {"layer": layer, "category": "", "voice": "own", "group": label, "n_events": events,
                 "n_articles": events * 2, "n_words": events * 900, "count": round(value * events * 0.9),
                 "value": value, "low": spread[0], "high": spread[1], "expected": LAYERS[layer], "ratio": ratio,
                 "ratio_low": low, "ratio_high": high, "difference": value - LAYERS[layer],
                 "difference_low": LAYERS[layer] * (low - 1), "difference_high": LAYERS[layer] * (high - 1),
                 "p": p, "q": 2 * p}
            )  # fmt: skip
    return _frame(
        rows,
        "layer category voice group n_events n_articles n_words count value low high expected ratio ratio_low "
        "ratio_high difference difference_low difference_high p q",
    )


def _checks(labels: list[str], arts: pd.DataFrame) -> pd.DataFrame:
    """Return a check for every other group: the first stands, the next hangs on an article, the next on a term."""
    rows = []
    for number, label in enumerate(labels[::2]):
        article = arts[arts["group"] == label].iloc[0]
        by_article, by_term = number % 3 != 1, number % 3 != 2
        rows.append(
            {"layer": "loaded", "category": "", "voice": "own", "group": label, "ratio": 1.6, "ratio_low": 1.3,
             "ratio_high": 1.95, "q": 0.004, "dispersion": 0.4, "nb_ratio": 1.55, "nb_low": 1.2, "nb_high": 2.0,
             "nb_p": 0.002, "article_id": article["id"], "title": article["title"], "ratio_without_article": 1.5,
             "low_without_article": 1.2 if by_article else 0.95, "high_without_article": 1.9,
             "kept_without_article": "yes" if by_article else "no", "entry": TERMS[0], "form": TERMS[0],
             "term_share": 0.2, "ratio_without_term": 1.35, "low_without_term": 1.1 if by_term else 0.9,
             "high_without_term": 1.7, "kept_without_term": "yes" if by_term else "no"}
        )  # fmt: skip
    return _frame(
        rows,
        "layer category voice group ratio ratio_low ratio_high q dispersion nb_ratio nb_low nb_high nb_p article_id "
        "title ratio_without_article low_without_article high_without_article kept_without_article entry form "
        "term_share ratio_without_term low_without_term high_without_term kept_without_term",
    )


def _readability(rng: np.random.Generator, labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for formula, level in zip(FORMULAS, (48.0, 11.2, 14.0, 13.1, 9.8), strict=True):
        for label in labels:
            value = float(level * (1 + rng.normal(0, 0.05)))
            low, high = _spread(value, articles, 0.15)
            rows.append(
                {"formula": formula, "group": label, "n_articles": articles, "value": value, "low": low, "high": high}
            )
    return pd.DataFrame(rows)


def _headlines(rng: np.random.Generator, labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for layer in ("loaded", "hedge", "booster"):
        for label in labels:
            value = float(LAYERS[layer] * 1.8 * np.exp(rng.normal(0, 0.3)))
            low, high = _spread(value, articles, 1.2)
            rows.append(
                {"layer": layer, "group": label, "n_articles": articles, "words": articles * 9,
                 "count": round(value * articles * 9 / 1000), "value": value, "low": low, "high": high,
                 "body": float(LAYERS[layer] * np.exp(rng.normal(0, 0.2)))}
            )  # fmt: skip
    return _frame(rows, "layer group n_articles words count value low high body")


def _articles(labels: list[str], articles: int, titles: Sequence[str]) -> pd.DataFrame:
    rows = [
        {"id": f"a{number}-{i}", "group": label, "outlet": label, "date": f"2024-08-{1 + i % 28:02d}",
         "title": titles[i % len(titles)], "words": 420 + 10 * (i % 20)}
        for number, label in enumerate(labels)
        for i in range(articles)
    ]  # fmt: skip
    return _frame(rows, "id group outlet date title words")


def _evidence(rng: np.random.Generator, articles: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for layer in ("loaded", "hedge", "booster"):
        for _, article in articles.groupby("group", sort=False).head(4).iterrows():
            term = TERMS[int(rng.integers(len(TERMS)))]
            quoted = bool(rng.integers(2))
            rows.append(
                {
                    "layer": layer, "group": article["group"], "article_id": article["id"],
                    "lexicon": "loaded-conflict",
                    "entry": term, "category": CATEGORIES[layer][0], "voice": "quoted" if quoted else "own",
                    "source": "A. Speaker" if quoted else "", "side": "ukraine" if quoted else "",
                    "before": "On Tuesday the ", "text": term,
                    "after": " was seen again near the river, witnesses said.",
                    "source_work": "hyland2005" if layer == "hedge" else "framing",
                }
            )  # fmt: skip
    columns = "layer group article_id lexicon entry category voice source side before text after source_work"
    return _frame(rows, columns)


def _segments(rng: np.random.Generator, articles: pd.DataFrame, sides: list[str]) -> pd.DataFrame:
    rows = []
    speakers = ("Volodymyr Zelenskyy", "Maria Zakharova", "the governor", "A resident of Sudzha", "")
    for _, article in articles.groupby("group", sort=False).head(2).iterrows():
        cuts = np.concatenate([[0.0], np.sort(rng.uniform(0.02, 0.98, 12)), [1.0]])
        for i, (start, end) in enumerate(itertools.pairwise(cuts)):
            voice = ("own", "quoted", "own", "reported")[i % 4]
            spoken = voice != "own"
            side = (*sides, "unknown")[int(rng.integers(len(sides) + 1))] if spoken else ""
            rows.append(
                {"article_id": article["id"], "start": start, "end": end, "voice": voice, "side": side,
                 "speaker": speakers[int(rng.integers(5))] if spoken else "",
                 "stance": ("neutral", "doubting")[i % 2] if spoken else ""}
            )  # fmt: skip
    return _frame(rows, "article_id start end voice side speaker stance")


PUSHED = (("Hardliners", 1.234), ("said", -0.456), ("they", 0.111), ("were", 0.222), ("furious", 2.005), (".", 0.3))
REST = -1.4


def _sentences(labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for measure, base in (("bias", 0.2), ("uncertain", 0.1)):
        for voice in ("own", "quoted", "reported", "all"):
            for number, label in enumerate(labels):
                value = round((base + 0.03 * number) % 0.9, 3)
                low, high = _spread(value, articles)
                rows.append({
                    "measure": measure, "voice": voice, "group": label, "n_articles": articles,
                    "count": round(value * articles * 20), "total": articles * 20, "value": value, "low": low,
                    "high": min(high, 1.0),
                })  # fmt: skip
    return _frame(rows, "measure voice group n_articles count total value low high")


def _first_of_each(arts: pd.DataFrame) -> pd.DataFrame:
    return arts.groupby("group", sort=False).head(2)


def _biased_sentences(arts: pd.DataFrame) -> pd.DataFrame:
    text = "Hardliners said they were furious."
    odds = REST + sum(added for _, added in PUSHED)
    rows = [
        {"group": row["group"], "rank": 1, "article_id": row["id"], "sentence": 4, "start": 100, "end": 100 + len(text),
         "score": 1 / (1 + np.exp(-odds)), "log_odds": odds, "rest": REST, "text": text}
        for row in _first_of_each(arts).to_dict("records")
    ]  # fmt: skip
    return _frame(rows, "group rank article_id sentence start end score log_odds rest text")


def _biased_words(arts: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for article in _first_of_each(arts)["id"]:
        at = 100
        for word, added in PUSHED:
            at -= word == "."
            rows.append({"article_id": article, "sentence": 4, "start": at, "end": at + len(word), "word": word,
                         "added": added})  # fmt: skip
            at += len(word) + 1
    return _frame(rows, "article_id sentence start end word added")


def _frames(labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for model, frames in (("climate", ("conflict", "human_interest")), ("guns", ("2nd Amendment rights", "Politics"))):
        for frame in frames:
            for number, label in enumerate(labels):
                total = max(0, articles // 4 - number)
                value = 0.25 if total else float("nan")
                low, high = _spread(value, total) if total else (value, value)
                rows.append({"model": model, "frame": frame, "group": label, "count": round(0.25 * total),
                             "total": total, "value": value, "low": low, "high": min(high, 1.0)})  # fmt: skip
    return _frame(rows, "model frame group count total value low high")


def _models(*, findings: bool) -> pd.DataFrame:
    rows = [
        {"model": "bias", "trained_on": "sentences of US news", "line": "On sentences of outlets held out.",
         "score": 0.777, "ceiling": 0.783, "n": 368.0},
        {"model": "uncertain", "trained_on": "Wikipedia", "line": "", "score": 0.66, "ceiling": np.nan, "n": 822.0},
        {"model": "climate", "trained_on": "US articles", "line": "", "score": np.nan, "ceiling": np.nan, "n": np.nan},
        {"model": "guns", "trained_on": "US headlines", "line": "", "score": 0.68, "ceiling": np.nan, "n": 400.0},
    ]  # fmt: skip
    return _frame(rows if findings else [], "model trained_on line score ceiling n")


def _distances(labels: list[str]) -> pd.DataFrame:
    rows = [
        {"model": model, "group": group, "n_articles": 40, "n_words": 9000, "unknown": 0.2, "usual_unknown": 0.05,
         "mix": 0.3, "usual_mix": 0.1, "score": 9.0, "limit": 3.0,
         "warning": f"The texts of {group or 'all'} are far from what {model} was trained on." if far else ""}
        for model, far in (("bias", True), ("climate", False))
        for group in ["", *labels]
    ]  # fmt: skip
    if not labels:
        rows = []
    return _frame(rows, "model group n_articles n_words unknown usual_unknown mix usual_mix score limit warning")


EVENTS = 14
MONTHS = tuple(f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13))
GAP = ("2022-09", "2022-10")
"""Months without articles of the first group."""


def _stories(labels: list[str]) -> list[tuple[str, list[str]]]:
    """Return the events with the groups that have articles on them: every group lacks some."""
    found = [(f"e{i + 1:04d}", [one for j, one in enumerate(labels) if (i + j) % 5]) for i in range(EVENTS)]
    return [(event, having) for event, having in found if len(having) > 1]


def _events(arts: pd.DataFrame, labels: list[str]) -> pd.DataFrame:
    rows = [
        {"event": event, "title": f"Council votes on plan {number} for the harbour after a long night of talks",
         "first_date": f"2024-08-{number:02d}", "last_date": f"2024-08-{number + 2:02d}", "n_articles": 2 * len(having),
         "n_groups": len(having), "n_words": 900 * len(having)}
        for number, (event, having) in enumerate(_stories(labels if len(arts) else []), start=1)
    ]  # fmt: skip
    return _frame(rows, "event title first_date last_date n_articles n_groups n_words")


def _event_articles(arts: pd.DataFrame, labels: list[str]) -> pd.DataFrame:
    rows = []
    for number, (event, having) in enumerate(_stories(labels if len(arts) else [])):
        for group in having:
            ids = list(arts[arts["group"] == group]["id"])
            copied = number == 2 and group == having[-1]
            rows.append(
                {"event": event, "article_id": ids[number % len(ids)], "group": group, "similarity": 0.6,
                 "counted": int(not copied), "copy_of": f"a0-{number}" if copied else "",
                 "copied": 0.93 if copied else 0.05, "agency": "Reuters" if copied else ""}
            )  # fmt: skip
    return _frame(rows, "event article_id group similarity counted copy_of copied agency")


def _event_rates(rng: np.random.Generator, labels: list[str]) -> pd.DataFrame:
    rows = []
    for event, having in _stories(labels):
        values = 9.0 * np.exp(rng.normal(0, 0.6, len(having)))
        for group, value in zip(having, values, strict=True):
            difference = float(value - (values.sum() - value) / (len(having) - 1))
            rows.append(
                {"event": event, "layer": "loaded", "voice": "own", "group": group, "n_articles": 2, "n_words": 900,
                 "count": round(0.9 * float(value)), "value": float(value), "expected": float(value) - difference,
                 "difference": difference, "part": difference / EVENTS}
            )  # fmt: skip
    return _frame(rows, "event layer voice group n_articles n_words count value expected difference part")


def _copies(labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    levels = (("words", 0.05, 500 * articles), ("articles", 0.1, articles), ("agency", 0.2, articles))
    for measure, level, total in levels:
        for number, label in enumerate(labels):
            value = level * (1 + number % 4) / 2
            low, high = _spread(value, articles, 1.5)
            rows.append(
                {"measure": measure, "group": label, "n_articles": articles, "count": round(value * total),
                 "total": total, "value": value, "low": low, "high": min(high, 1.0)}
            )  # fmt: skip
    return _frame(rows, "measure group n_articles count total value low high")


def _trends(rng: np.random.Generator, labels: list[str], articles: int) -> pd.DataFrame:
    rows = []
    for layer, level in (("loaded", 9.0), ("hedge", 11.0)):
        for number, label in enumerate(labels):
            for place, period in enumerate(MONTHS):
                gap = number == 0 and period in GAP
                smooth = level * (1 + 0.3 * np.sin((place + 3 * number) / 5))
                value = float("nan") if gap else float(smooth * np.exp(rng.normal(0, 0.15)))
                low, high = _spread(value, min(articles, 5), 0.5)
                band = _spread(float(smooth), min(articles, 16), 0.4)
                rows.append(
                    {"period": period, "layer": layer, "voice": "own", "group": label, "n_articles": 0 if gap else 2,
                     "n_words": 0 if gap else 900, "count": 0 if gap else round(0.9 * value), "value": value,
                     "low": float("nan") if gap else low, "high": high, "smooth": smooth, "smooth_low": band[0],
                     "smooth_high": band[1]}
                )  # fmt: skip
    columns = "period layer voice group n_articles n_words count value low high smooth smooth_low smooth_high"
    return _frame(rows, columns)
