"""Hold lexicons to their rules and to the examples of their cards."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from framing.corpus import Article
from framing.lexicon._entry import Example, Lexicon
from framing.lexicon._load import read
from framing.lexicon._match import Matcher
from framing.text import read as read_text

_EXAMPLE_FOR = 20


def check(name: str | Path) -> list[str]:
    """Return everything that is wrong with a lexicon, a line each, naming file, line and rule.

    Parameters
    ----------
    name : str or Path
        A shipped lexicon's name or a path.
    """
    lexicon, faults = read(name)
    if lexicon is None or lexicon.layer == "furniture":
        return faults
    return faults + list(_order(lexicon)) + list(_examples(lexicon, complete=not faults))


def _order(lexicon: Lexicon) -> Iterator[str]:
    if not lexicon.version:
        return
    ids = list(lexicon.entries)
    for before, after in pairwise(ids):
        if after < before:
            yield f"{lexicon.name}.tsv:{lexicon.entries[after].line}: id {after!r} stands behind {before!r}; sort by id"


def _examples(lexicon: Lexicon, *, complete: bool) -> Iterator[str]:
    """Yield what is wrong with the examples; of rows that were left out for a fault they say nothing."""
    card = f"{lexicon.name}.toml"
    if not lexicon.version:
        return
    needed = -(-len(lexicon) // _EXAMPLE_FOR)
    if len(lexicon.must_match) < needed:
        yield f"{card}: {len(lexicon.must_match)} must_match examples; {len(lexicon)} entries need {needed}"
    if not lexicon.must_not_match and any(entry.conditions for entry in lexicon.entries.values()):
        yield f"{card}: no must_not_match example"
    for example in (*lexicon.must_match, *lexicon.must_not_match):
        if complete and example.entry != "*" and example.entry not in lexicon.entries:
            yield f"{card}: example names entry {example.entry!r}, which is not in the file"
    matcher = Matcher([lexicon])
    for example in lexicon.must_match:
        if not complete and example.entry not in lexicon.entries:
            continue
        if example.words.lower() not in _found(matcher, example):
            yield f"{card}: must_match: {example.entry!r} does not find {example.words!r} in {example.text!r}"
    for example in lexicon.must_not_match:
        found = _found(matcher, example)
        if found:
            yield f"{card}: must_not_match: {example.entry!r} finds {', '.join(found)} in {example.text!r}"


def _found(matcher: Matcher, example: Example) -> list[str]:
    """Return the words that the example's entry (or any) finds in its text, lower-cased."""
    batch = read_text([Article("", example.text)])
    matches = matcher.find(batch)
    return [
        batch.string(first, last).lower()
        for first, last, entry in zip(
            matches.first.tolist(), matches.last.tolist(), matches.entry.tolist(), strict=True
        )
        if example.entry in {"*", matches.entries[entry].id}
    ]
