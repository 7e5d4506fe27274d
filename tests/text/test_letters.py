"""What is read of many spellings at once is what is read of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from framing.measures._grammar import _flags, grammar
from framing.measures.attribution import shipped_finder
from framing.measures.attribution.finder._classes import SHAPES, UNKNOWN, shape, shape_codes
from framing.text import Vocabulary
from framing.text._letters import Letters, key, letters_of
from framing.text._sentences import _case, _cases, _role, _roles

# words, names, marks and numbers; ASCII and not
SPELLINGS = (
    "a I . ? ... - -- , ' \" ( Mr. U.S. No. e.g. the The THE of iPhone McCain O'Brien co-founder it's Trump's parents' "
    "don't DON'T 3 3.5 3rd 1990s R2D2 said walked running quickly only family Family Bed ing ed ly s 's @ & AT&T x_y "
    "“ ” — … ’ café Émile ÉLAN Ünsal’s don’t Straße naïvely re-électé ½ ǅ"
).split()


def test_shapes_are_those_of_each_spelling() -> None:
    """The columns of letters tell the shape that the look at one spelling tells."""
    assert [SHAPES[code - UNKNOWN] for code in shape_codes(SPELLINGS).tolist()] == list(map(shape, SPELLINGS))


def test_grammar_is_that_of_each_spelling() -> None:
    """So with the flags of grammar."""
    assert grammar(SPELLINGS).tolist() == list(map(_flags, SPELLINGS))


def test_roles_and_cases_are_those_of_each_spelling() -> None:
    """So with what a spelling is at a sentence's end and at its beginning."""
    assert _cases(SPELLINGS).tolist() == list(map(_case, SPELLINGS))
    words = [word for word in SPELLINGS if len(word) > 1 and word[0].isalnum() and word[-1] != "."]
    assert _roles(SPELLINGS).tolist() == [0 if word in words else _role(word) for word in SPELLINGS]


def test_parts_of_speech_do_not_depend_on_company() -> None:
    """An unknown word gets the same part of speech alone as among others."""
    classes = shipped_finder().weights.classes
    words = [*SPELLINGS, "wibblethropped", "Wibblethrops", "wibble-throppish", "zq", "wibblé", "WIBBLING"]
    together = classes.tag_codes(words).tolist()
    assert together == [int(classes.tag_codes([word])[0]) for word in words]
    guessed = [classes._guess(word, word.lower()) for word in words[-6:]]
    assert together[-6:] == [tag + UNKNOWN for tag in guessed]


@pytest.mark.parametrize(("ending", "words"), [("ed", {"walked", "Bed", "ed"}), ("'s", {"it's", "Trump's", "'s"})])
def test_an_ending_is_found_in_ascii_spellings_alone(ending: str, words: set[str]) -> None:
    """``ends_in`` finds what ends so, in small letters or capitals, and nothing that is not ASCII."""
    found = Letters(SPELLINGS).ends_in(ending).tolist()
    assert {word for word, ends in zip(SPELLINGS, found, strict=True) if ends} == words


def test_a_spelling_shorter_than_its_tail_is_its_own() -> None:
    """A tail of three letters of a shorter spelling is the whole of it."""
    assert Letters(["to", "Taken"]).tail(3).tolist() == [key("to"), key("ken")]


def test_folded_spellings_have_the_letters_that_they_were_written_with() -> None:
    """A vocabulary gives its columns the letters of its spellings, once for all of them, new ones included."""
    vocabulary, seen = Vocabulary(), list[Letters]()

    def remember(spellings: Sequence[str]) -> NDArray[np.int32]:
        seen.append(letters_of(spellings))
        return shape_codes(spellings)

    vocabulary.number(["Ferry", "café"])
    vocabulary.column("one", remember, of_folded=False)
    vocabulary.column("two", remember)
    assert seen[0] is seen[1]
    vocabulary.number(["Ferry", "harbour", "Don’t"])
    assert vocabulary.column("one", remember, of_folded=False).tolist() == shape_codes(vocabulary.spellings).tolist()
    assert seen[2].plain.tolist() == [True, False]
