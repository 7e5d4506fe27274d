"""Time the package against one tokenising pass: ``python tests/benchmarks/speed.py ARTICLES [--articles 300]``.

The yardstick is one pass of a word pattern over the same texts in the same process with nothing done in the loop.
Everything is measured in such passes, since machines differ and drift: each part is timed in turn with the yardstick,
several times, and the median of the ratios is printed.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice

from framing.analysis import BatchReader, Setting
from framing.analysis._analyze import batches
from framing.classify import MEASURES
from framing.corpus import Article, read_corpus
from framing.lexicon import Matcher, load
from framing.measures import available
from framing.measures.attribution import attributions_of, voices_of
from framing.text import Vocabulary, read

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
LEXICON_MEASURES = ("loaded", "naming", "hedging")
LIMITS = {"lexicon measures": 6.0, "attribution alone": 8.0, "whole analysis": 20.0}


def yardstick(articles: Sequence[Article]) -> float:
    """Return the seconds that one tokenising pass takes."""
    begun = time.process_time()
    for article in articles:
        for _ in WORD.finditer(article.text):
            pass
    return time.process_time() - begun


def lexicon_measures(articles: Sequence[Article]) -> Callable[[], None]:
    """Tokens, sentences, quotation marks, and every entry of the loaded, naming, hedge and booster lexicons."""
    names = [name for measure in LEXICON_MEASURES for name in available()[measure].lexicons]
    matcher = Matcher([load(name) for name in names])

    def run() -> None:
        vocabulary = Vocabulary()
        for batch in batches(articles):
            matcher.find(read(batch, vocabulary))

    return run


def attribution(articles: Sequence[Article]) -> Callable[[], None]:
    """Attributions, speakers and voices alone; text and matches are there already."""
    matcher = Matcher([load(name) for name in ("reporting-verbs", "reporting-nouns", "reporting-other")])
    people = Matcher([load(name) for name in ("titles", "actors-us-politics")])
    vocabulary = Vocabulary()
    found = [(one, matcher.find(one)) for one in (read(batch, vocabulary) for batch in batches(articles))]

    def run() -> None:
        for batch, matches in found:
            voices_of(batch, attributions_of(batch, matches, people)[0])

    return run


def whole(articles: Sequence[Article], measures: Sequence[str]) -> Callable[[], None]:
    """From articles to the encoded rows of the four tables; lexicons are loaded once, before."""
    reader = BatchReader(Setting(measures=tuple(measures), sides=("actors-us-politics",)))

    def run() -> None:
        reader.forget()  # what was learnt of spellings, so that each run begins cold
        for batch in batches(articles):
            reader.process(batch)

    return run


def main() -> None:
    """Print the ratios; exit 1 if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="any input that framing reads")
    parser.add_argument("--articles", dest="count", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    articles = list(islice(read_corpus(given.articles), given.count))
    words = sum(len(WORD.findall(article.text)) for article in articles)
    every = (*available(), *(measure.name for measure in MEASURES))
    fast = [name for name in every if name != "readability"]
    parts = {
        "lexicon measures": lexicon_measures(articles),
        "attribution alone": attribution(articles),
        "whole analysis": whole(articles, fast),
        "with readability": whole(articles, every),
    }
    failed = False
    for name, run in parts.items():
        ratios, seconds = [], []
        for _ in range(given.runs):
            unit = yardstick(articles)
            begun = time.process_time()
            run()
            took = time.process_time() - begun
            unit = (unit + yardstick(articles)) / 2
            ratios.append(took / unit)
            seconds.append(took)
        ratio, rate = statistics.median(ratios), words / statistics.median(seconds)
        limit = LIMITS.get(name)
        failed |= limit is not None and ratio > limit
        bound = f" (at most {limit:.0f})" if limit else ""
        sys.stdout.write(f"{name:18} {ratio:6.1f} passes{bound:14} {rate:12,.0f} words a second\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
