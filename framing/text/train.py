"""Learn from news where sentences end: ``python -m framing.text.train ARTICLES... -o lexicons/en/sentences.tsv``.

NLTK's `PunktTrainer` (Kiss and Strunk 2006) finds abbreviations, collocations across a period and words that often
begin a sentence. What it learnt is written as a table that `framing.text` applies in columns.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from nltk.tokenize.punkt import (
    _ORTHO_LC,
    _ORTHO_MID_UC,
    PunktParameters,
    PunktTrainer,
)

from framing.corpus import read_corpus
from framing.text._sentences import TITLES

# a starter or a collocation seen less often than this is chance
_LEAST = 5
# a word that is hardly ever written small is a name, which says nothing about where a sentence begins
_SMALL_SHARE = 0.06
_STRIPPED = "“”\"'’‘(),;:?!"


def learn(texts: Iterable[str]) -> list[tuple[str, str, str]]:
    """Train on texts and return rows of (kind, form, second).

    Parameters
    ----------
    texts : iterable of str
        Running text of news, at least some hundred thousand words.

    Returns
    -------
    list of tuple
        Sorted rows: ``abbreviation`` (form without its last period), ``collocation`` (form and the word behind the
        period that belongs to it), ``starter`` (a word that begins a sentence even behind an abbreviation).
    """
    trainer = PunktTrainer()
    trainer.INCLUDE_ALL_COLLOCS = False
    seen: Counter[str] = Counter()
    for text in texts:
        trainer.train(text, finalize=False)
        seen.update(word.strip(_STRIPPED) for word in text.split())
    trainer.finalize_training()
    return rows_of(trainer.get_params(), seen)


def rows_of(learnt: PunktParameters, seen: Counter[str]) -> list[tuple[str, str, str]]:
    """Return what was learnt as rows of (kind, form, second), sorted; `seen` counts the words as they were written."""
    rows = [("abbreviation", form, "") for form in learnt.abbrev_types if _is_abbreviation(form, seen)]
    rows += [
        ("collocation", form, second)
        for form, second in learnt.collocations
        if form in learnt.abbrev_types and second.isalpha()
    ]
    often_first = {form for form in learnt.sent_starters if form.isalpha()}
    # seen in lower case and never capitalised inside a sentence: its capital can only mean a beginning
    often_first |= {
        form
        for form, context in learnt.ortho_context.items()
        if form.isalpha() and context & _ORTHO_LC and not context & _ORTHO_MID_UC
    }
    rows += [("starter", form, "") for form in often_first if _is_starter(form, seen)]
    return sorted(rows)


def _written(form: str, seen: Counter[str]) -> int:
    return sum(seen[spelling] for spelling in {form, form.capitalize(), form.upper()})


def _is_abbreviation(form: str, seen: Counter[str]) -> bool:
    if not (1 < len(form) <= 8 and form.replace(".", "").isalpha() and form not in TITLES):
        return False
    # an ordinary word (ape, lad, nil) may end many sentences, but it stands without a period as often
    with_period = _written(f"{form}.", seen)
    return "." in form or (with_period >= _LEAST and with_period > _written(form, seen))


def _is_starter(form: str, seen: Counter[str]) -> bool:
    often = _written(form, seen) + _written(f"{form}.", seen)
    return often >= _LEAST and (form == "i" or seen[form] >= _SMALL_SHARE * often)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(prog="python -m framing.text.train", description=__doc__)
    parser.add_argument("articles", nargs="+", help="files that framing can read")
    parser.add_argument("-o", "--output", required=True, type=Path)
    given = parser.parse_args(arguments)
    rows = learn(article.text for path in given.articles for article in read_corpus(path))
    lines = ["kind\tform\tsecond", *("\t".join(row) for row in rows)]
    given.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
