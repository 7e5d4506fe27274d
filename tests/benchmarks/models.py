"""What the shipped models score, as a user gets it: everything is read from the tables of an analysis."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measured import WORD, analysed, characters, interval, line, records, say
from scipy.stats import spearmanr

from framing.analysis import Analysis
from framing.classify import Interval
from framing.classify.evaluation import Predictions, Result, WordPredictions, evaluate

NEWS = Path(__file__).with_name("news-hedges.tsv")
_RESAMPLES = 2000
_VOICES = ("own", "quoted", "reported")
Spans = list[tuple[int, int]]


def highest(analysis: Analysis, column: str, ids: Sequence[str]) -> list[float]:
    """Return the highest score of each article's sentences, 0 where none has one."""
    scores = analysis.sentences.groupby("article_id")[column].max().dropna()
    return [float(scores.get(id_, 0.0)) for id_ in ids]


def measured(task: str, label: str, gold: Sequence[bool], scores: Sequence[float], **more: Any) -> Result:
    """Measure scores of one label; .5 is the decision."""
    said, ids = np.array(scores)[:, None], more.pop("ids", [str(number) for number in range(len(scores))])
    given = Predictions(
        how="tables", task=task, labels=(label,), ids=ids, texts=[""] * len(ids), gold=np.array(gold)[:, None],
        score=said, probability=said, groups=more.pop("groups", ids), **more,
    )  # fmt: skip
    return evaluate(given).results[0]


def _votes(data: Path) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for vote in records(data / "bias_sentences" / "raw_annotations.jsonl.gz"):
        found[vote["id"]].append(vote)
    return found


def _pages(gold: Sequence[dict[str, Any]]) -> list[str]:
    """Return what groups sentences: the page that they are from, or nothing but themselves."""
    return [record["url"] or record["id"] for record in gold]


def bias_sentences(data: Path) -> None:
    """BABE dev: sentences that most of five annotators called biased."""
    path = data / "bias_sentences" / "dev.jsonl.gz"
    gold, votes = records(path), _votes(data)
    ids = [record["id"] for record in gold]
    found = measured(
        "bias", "biased", [record["label"] == "biased" for record in gold],
        highest(analysed(path, "loaded", "bias"), "bias", ids), ids=ids, groups=_pages(gold),
        outlets=[record["outlet"] for record in gold],
        votes=[{vote["annotator"]: vote["label"] == "biased" for vote in votes[id_]} for id_ in ids],
    )  # fmt: skip
    scores = found.scores
    line("biased sentences (BABE)", found.n, f"macro-F1 {interval(scores.macro_f1)}")
    if found.ceiling is not None:
        line("  one annotator against the others", found.n, f"macro-F1 {interval(found.ceiling.macro_f1)}")
    line("  ranked", found.n, f"AUC {interval(scores.auc)}")
    line("  ranked within outlets", found.n, f"AUC {interval(scores.auc_within)}")
    line("  probabilities", found.n, f"calibration error {interval(scores.calibration_error)}")


def loaded_words(data: Path) -> None:
    """BABE dev: words that annotators called biased, by the lexicons alone and with the model's."""
    path = data / "bias_sentences" / "dev.jsonl.gz"
    gold, votes = records(path), _votes(data)
    findings = analysed(path, "loaded", "bias").findings
    findings = findings[findings["layer"] == "loaded"]
    words = [[match.span() for match in WORD.finditer(record["text"])] for record in gold]
    folded = [[record["text"][slice(*place)].lower() for place in row] for record, row in zip(gold, words, strict=True)]
    marks = [
        {vote["annotator"]: _among(row, vote["biased_words"]) for vote in votes[record["id"]]}
        for record, row in zip(gold, folded, strict=True)
    ]
    annotated = [_among(row, record["biased_words"]) for record, row in zip(gold, folded, strict=True)]
    listed = findings[findings["lexicon"] != "model"]
    for name, chosen in (("lexicons alone", listed), ("lexicons and model", findings)):
        marked = _spans(chosen)
        hit = [characters(record["text"], marked[record["id"]]) for record in gold]
        said = [[not h.isdisjoint(range(*place)) for place in row] for h, row in zip(hit, words, strict=True)]
        given = WordPredictions(
            how=name, task="words", ids=[record["id"] for record in gold], texts=[""] * len(gold), words=words,
            groups=_pages(gold), gold=annotated, predicted=said, marks=marks,
        )  # fmt: skip
        (found,) = evaluate([], words=given).words
        scores = f"P {interval(found.precision)}  R {interval(found.recall)}  F1 {interval(found.f1)}"
        line(f"loaded words, {name} (BABE)", found.n, scores)
        if found.annotator_f1 is not None:
            line("  one annotator against another", found.n, f"F1 {interval(found.annotator_f1)}")
    has = set(listed["article_id"])
    biased = [(record["id"] in has, record["label"] == "biased") for record in gold]
    say("a biased sentence holds a listed term (BABE)", [[a and b, a, b] for a, b in biased], _pages(gold))


def _among(folded: Sequence[str], phrases: Sequence[str]) -> list[bool]:
    """Tell which words annotators listed, wherever they stand."""
    listed = {word.lower() for phrase in phrases for word in WORD.findall(phrase)}
    return [word in listed for word in folded]


def _spans(findings: pd.DataFrame) -> dict[str, Spans]:
    """Return the marked places by article."""
    found: dict[str, Spans] = defaultdict(list)
    for id_, start, end in findings[["article_id", "start", "end"]].itertuples(index=False):
        found[id_].append((start, end))
    return found


def _uncertain(name: str, found: Result) -> None:
    one = found.classes[0]
    scores = f"P {one.precision.value:.3f}  R {one.recall.value:.3f}  F1 {interval(one.f1)}"
    line(name, found.n, f"{scores}  AUC {interval(found.scores.auc)}")


def uncertain_sentences(data: Path) -> None:
    """CoNLL-2010 Wikipedia: sentences with a weasel cue, by the model."""
    path = data / "hedging" / "dev.jsonl.gz"
    gold = records(path)
    scores = highest(analysed(path, "hedging", "uncertain"), "uncertain", [record["id"] for record in gold])
    found = measured("uncertain", "uncertain", [record["label"] == "uncertain" for record in gold], scores)
    _uncertain("uncertain sentences (Wikipedia)", found)


def news_sentences(data: Path) -> None:
    """Sentences of PolNeAR dev that were judged by hand, by the model and by the lists."""
    with NEWS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    analysis = analysed(data / "attribution" / "dev.jsonl.gz", "hedging", "uncertain")
    by_article = dict(iter(analysis.sentences.groupby("article_id")))
    found = [overlapping(by_article[row["article"]], int(row["start"]), int(row["end"])) for row in rows]
    gold = [row["answer"] == "uncertain" for row in rows]
    groups = [row["article"] for row in rows]
    scores = [0.0 if pd.isna(one["uncertain"]) else float(one["uncertain"]) for one in found]
    _uncertain("uncertain sentences (news)", measured("uncertain", "uncertain", gold, scores, groups=groups))
    findings = analysis.findings
    hedged = findings.loc[findings["layer"] == "hedge", ["article_id", "sentence"]]
    has = set(hedged.itertuples(index=False, name=None))
    listed = [(row["article"], one["sentence"]) in has for row, one in zip(rows, found, strict=True)]
    pairs = zip(listed, gold, strict=True)
    say("  an uncertain sentence holds a listed hedge", [[a and b, a, b] for a, b in pairs], groups)


def overlapping(sentences: pd.DataFrame, start: int, end: int) -> pd.Series:
    """Return the sentence that shares the most characters with a place."""
    shared = sentences["end"].clip(upper=end) - sentences["start"].clip(lower=start)
    return sentences.iloc[int(np.argmax(shared.to_numpy()))]


def basil(data: Path) -> None:
    """BASIL train: words marked as lexical bias, by layer loaded; the events' articles are drawn together."""
    path = data / "basil" / "train.jsonl.gz"
    gold = records(path)
    findings = analysed(path, "loaded", "bias").findings
    findings = findings[findings["layer"] == "loaded"]
    for name, chosen in (("lexicons", findings[findings["lexicon"] != "model"]), ("lexicons and model", findings)):
        _basil_part(f"lexical spans, {name} (BASIL)", gold, chosen, ("yes", "no"))
        _basil_part("  in the outlet's own voice", gold, chosen[chosen["voice"] == "own"], ("no",))
        _basil_part("  in quotations", gold, chosen[chosen["voice"] == "quoted"], ("yes",))
    _voices(gold, findings)


def _lexical(record: dict[str, Any], quote: Sequence[str]) -> list[frozenset[int]]:
    spans = [span for span in record["spans"] if span["bias"] == "lex" and span["quote"] in quote]
    return [characters(record["text"], [(span["start"], span["end"])]) for span in spans]


def _basil_part(name: str, gold: list[dict[str, Any]], findings: pd.DataFrame, quote: Sequence[str]) -> None:
    marked, rows = _spans(findings), []
    for record in gold:
        annotated = _lexical(record, quote)
        hits = [characters(record["text"], [place]) for place in marked[record["id"]]]
        any_annotated: frozenset[int] = frozenset().union(*annotated)
        any_hit: frozenset[int] = frozenset().union(*hits)
        right = sum(not any_annotated.isdisjoint(one) for one in hits)
        rows.append([right, len(hits), sum(not any_hit.isdisjoint(one) for one in annotated), len(annotated)])
    say(name, rows, [record["event"] for record in gold])


def _voices(gold: list[dict[str, Any]], findings: pd.DataFrame) -> None:
    """Print in which voice the places stand that annotators marked as quoted or not."""
    by_article = {id_: list(rows.itertuples(index=False)) for id_, rows in findings.groupby("article_id")}
    counted: Counter[tuple[str, str]] = Counter()
    for record in gold:
        for quote in ("no", "yes"):
            places = frozenset[int]().union(*_lexical(record, (quote,)))
            for row in by_article.get(record["id"], ()):
                if not places.isdisjoint(range(row.start, row.end)):
                    counted[quote, row.voice] += 1
    for quote, name in (("no", "  marked as not in a quotation"), ("yes", "  marked as in a quotation")):
        each = [counted[quote, voice] for voice in _VOICES]
        shown = ", ".join(f"{number} {voice}" for number, voice in zip(each, _VOICES, strict=True))
        line(name, sum(each), f"findings: {shown}")


def ukraine(data: Path) -> None:
    """Articles on the Ukraine crisis: mean subjectivity, as crowd workers saw it, against the scores of articles."""
    path = data / "ukraine_bias" / "train.jsonl.gz"
    gold = {
        record["id"]: np.mean([sentence["subjectivity"] for sentence in record["sentences"]])
        for record in records(path)
    }
    articles = analysed(path, "loaded", "bias").articles.set_index("id")
    listed = (articles["loaded_own"] - articles["loaded_model_own"]) / articles["words_own"].replace(0, np.nan)
    for name, score in (("mean bias of own sentences", articles["bias"]), ("listed loaded terms, own voice", listed)):
        told = score.dropna()
        found = correlation(told.to_numpy(float), np.array([gold[id_] for id_ in told.index]))
        line(f"subjectivity, {name} (Ukraine)", len(told), f"Spearman {interval(found)}")


def correlation(one: np.ndarray, other: np.ndarray) -> Interval:
    """Return the rank correlation of two scores of articles, with an interval from resampling articles."""
    rng, n = np.random.default_rng(7), len(one)
    drawn = (rng.integers(0, n, n) for _ in range(_RESAMPLES))
    found = [float(spearmanr(one[rows], other[rows]).statistic) for rows in drawn]
    low, high = np.percentile(found, [2.5, 97.5])
    return Interval(float(spearmanr(one, other).statistic), float(low), float(high))
