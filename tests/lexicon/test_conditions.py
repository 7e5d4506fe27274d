"""A condition says where a form has the sense that is meant."""

from __future__ import annotations

import pytest

from framing.corpus import Article
from framing.lexicon import Entry, Lexicon, Matcher
from framing.lexicon._conditions import parse
from framing.text import read


def found(form: str, conditions: str, *texts: str) -> int:
    """Return how often an entry is found."""
    entry = Entry("e", form, (form,), parse(conditions), "c", "", "framing", "l", "loaded", 2)
    matcher = Matcher([Lexicon("l", "", "loaded", "1", "", "", {"e": entry}, "")])
    return len(matcher.find(read([Article(str(number), text) for number, text in enumerate(texts)])))


@pytest.mark.parametrize(
    ("form", "condition", "holds", "fails"),
    [
        ("offensive", "before: line|lineman", "an offensive lineman", "an offensive war"),
        ("offensive", "not before: line*", "an offensive war", "an offensive lineman"),
        ("offensive", "before 3: line", "an offensive and strong line", "an offensive and very strong line"),
        ("offensive", "not before 2: line", "an offensive and very strong line", "an offensive strong line"),
        ("period", "before: $", "It is over, period.", "a period of time"),
        ("period", "before: $", "It is over, period; he left", "a period of time"),
        ("period", "before: $", "It is over, period", "a period of time"),
        ("period", "not before: $", "a period of time", "It is over, period."),
        ("about", "before: #", "about 500 men", "about five men"),
        ("right", "after: the|far", "the right won", "a right won"),
        ("right", "not after: all", "the right", "all right"),
        ("right", "after 2: turn", "turn hard right", "turn very hard right"),
        ("honestly", "after: ^", "Honestly, no.", "He spoke honestly."),
        ("honestly", "after: ^", "He left. Honestly, no.", "He spoke honestly."),
        ("honestly", "after: ^", "“Honestly, no.”", "He spoke honestly."),
        ("honestly", "not after: ^", "He spoke honestly.", "Honestly, no."),
        ("crush", "near: army|troops", "They crush the army.", "They crush the cars."),
        ("crush", "near: army", "The army will crush them.", "They left. The army won. They crush them."),
        ("crush", "not near: car*", "They crush the army.", "They crush the cars."),
        ("crush", "near: army", "crush" + " a" * 9 + " army", "crush" + " a" * 10 + " army"),
        ("crush", "near 2: army", "crush the army", "crush all the army"),
        ("life", "in text: abortion|pregnan*", "A life. She was pregnant.", "A life. She was there."),
        ("life", "not in text: abortion", "A life. She was there.", "A life. The abortion law."),
        ("May", "case: exact", "in May", "they may"),
        ("May", "case: exact", "in May's heat", "in MAY"),
        ("Right-wing", "case: exact", "a Right wing", "a right wing"),
        ("right", "case: lower", "the right thing", "the Right"),
        ("right", "case: lower", "Right is right-ish", "the Right"),
        ("right", "case: capital", "the Right won", "the right won"),
        ("right", "case: capital", "the Right won", "Right is what he is."),
        ("right", "case: capital", "the Right won", "He said: “Right is what he is.”"),
        ("attack", "pos: verb", "they will attack", "the attack"),
        ("attack", "pos: noun", "the attack was", "to attack them"),
        ("attack", "not pos: noun", "to attack them", "the attack was"),
        ("attack", "pos: noun|verb", "to attack them", "attack dog"),
        ("attacked", "pos: verb", "they attacked", "the attacked town"),
        ("radical", "pos: adjective", "a radical plan", "the radical of"),
        ("hard", "pos: adverb", "he worked hard .", "the hard way"),
        ("hope", "not name", "there is hope for", "He met Hope Hicks."),
        ("hope", "not name", "there is Hope for", "He met Bob Hope there."),
        ("hope", "not name", "Hope is there.", "Hope Hicks is there."),
        ("right", "after: the; before: won", "the right won", "the right lost"),
        ("right", "after: the; before: won", "the right won", "a right won"),
    ],
)
def test_condition_decides(form: str, condition: str, holds: str, fails: str) -> None:
    assert found(form, condition, holds) >= 1
    assert found(form, condition, fails) == 0


def test_words_of_another_article_do_not_count() -> None:
    assert found("life", "in text: abortion", "A life.", "The abortion law.") == 0
    assert found("right", "before: won", "the right", "won") == 0


def test_words_of_another_sentence_do_not_count() -> None:
    assert found("right", "before: Won|$", "the right. Won") == 1
    assert found("right", "before: won", "It is right\nwon") == 0


def test_curly_apostrophe_of_a_condition_is_a_straight_one() -> None:
    assert found("right", "before: don’t", "the right don't") == found("right", "before: don't", "the right don’t") == 1


def test_sign_without_letters_in_the_neighbourhood_is_no_word() -> None:
    assert found("right", "before: $|#", "the right \u00ad thing") == 1
    assert found("right", "near: #", "the right \u00ad thing") == 0


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("beside: a", "is not one of before, after, near, in text, case, pos, not name"),
        ("before 0: a", "is not one of"),
        ("before:", "is not one of"),
        ("before", "has an empty word"),
        ("before: a||b", "has an empty word"),
        ("before: a b", "single words, joined by |"),
        ("near: *", "single words, joined by |"),
        ("case: small", "one of exact, lower, capital"),
        ("case: exact|lower", "one of exact, lower, capital"),
        ("not case: exact", "one of exact, lower, capital, without `not`"),
        ("pos: nouns", "one of noun, verb, adjective, adverb"),
        ("name", "write `not name`"),
        ("not name: Smith", "write `not name`"),
        ("in text 3: a", "a number goes with after, before, near only"),
        ("case 2: exact", "a number goes with after, before, near only"),
        ("after: $", "$ goes with before only"),
        ("near: ^|a", "^ goes with after only"),
    ],
)
def test_condition_that_means_nothing_is_refused(condition: str, message: str) -> None:
    with pytest.raises(ValueError, match="condition") as caught:
        parse(condition)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_empty_cell_is_no_condition() -> None:
    assert parse("") == parse(" ; ") == ()
