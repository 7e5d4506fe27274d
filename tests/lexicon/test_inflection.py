"""Forms are made by rule, and what no rule gives is written out."""

from __future__ import annotations

import pytest

from framing.lexicon._inflection import inflect


@pytest.mark.parametrize(
    ("form", "inflection", "expected"),
    [
        ("said", "", []),
        # nouns
        ("regime", "noun", ["regimes"]),
        ("atrocity", "noun", ["atrocities"]),
        ("ploy", "noun", ["ploys"]),
        ("border crisis", "noun", ["border crises"]),
        ("clash", "noun", ["clashes"]),
        ("tax", "noun", ["taxes"]),
        ("war crime", "noun", ["war crimes"]),
        # verbs
        ("slam", "verb-doubling", ["slams", "slammed", "slamming"]),
        ("seize", "verb", ["seizes", "seized", "seizing"]),
        ("agree", "verb", ["agrees", "agreed", "agreeing"]),
        ("deny", "verb", ["denies", "denied", "denying"]),
        ("employ", "verb", ["employs", "employed", "employing"]),
        ("lie", "verb", ["lies", "lied", "lying"]),
        ("dye", "verb", ["dyes", "dyed", "dyeing"]),
        ("hoe", "verb", ["hoes", "hoed", "hoeing"]),
        ("veto", "verb", ["vetoes", "vetoed", "vetoing"]),
        ("crush", "verb", ["crushes", "crushed", "crushing"]),
        ("claim", "verb", ["claims", "claimed", "claiming"]),
        ("point out", "verb", ["points out", "pointed out", "pointing out"]),
        # adjectives
        ("strong", "adjective", ["stronger", "strongest"]),
        ("large", "adjective", ["larger", "largest"]),
        ("angry", "adjective", ["angrier", "angriest"]),
        ("big", "adjective", ["bigger", "biggest"]),
        ("sweet", "adjective", ["sweeter", "sweetest"]),
        ("new", "adjective", ["newer", "newest"]),
        # written out
        ("bring", "brings|brought| bringing |", ["brings", "brought", "bringing"]),
    ],
)
def test_forms_of_a_word(form: str, inflection: str, expected: list[str]) -> None:
    assert inflect(form, inflection) == [form, *expected]
