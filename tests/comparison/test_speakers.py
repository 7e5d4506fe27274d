"""One speaker, one name over a corpus: what is brought together, and above all what is kept apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.comparison._speakers import canonical_speakers
from framing.errors import InputError


def canonical(*rows: tuple[str, int] | tuple[str, int, str]) -> dict[str, str]:
    table = pd.DataFrame([(*row, "")[:3] for row in rows], columns=["speaker", "count", "side"])
    return dict(zip(table["speaker"], canonical_speakers(table), strict=True))


def test_transliterations_and_the_surname_alone_are_one_person() -> None:
    """The most frequent full spelling stands for all."""
    found = canonical(
        ("Volodymyr Zelensky", 20),
        ("Volodymyr Zelenskyy", 30),
        ("Zelensky", 90),
        ("Zelenskiy", 2),
        ("VOLODYMYR ZELENSKYY", 1),
    )
    assert set(found.values()) == {"Volodymyr Zelenskyy"}


def test_a_surname_alone_goes_to_its_one_bearer() -> None:
    """Hillary Clinton is heard far more often than Bill Clinton."""
    found = canonical(("Clinton", 40), ("Hillary Clinton", 500), ("Hillary Rodham Clinton", 3), ("Bill Clinton", 60))
    assert found["Clinton"] == found["Hillary Rodham Clinton"] == "Hillary Clinton"
    assert found["Bill Clinton"] == "Bill Clinton"


def test_a_surname_with_two_bearers_of_like_weight_stays_alone() -> None:
    """Nothing is guessed."""
    assert canonical(("Clinton", 40), ("Hillary Clinton", 50), ("Bill Clinton", 30))["Clinton"] == "Clinton"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald Trump", "Ivanka Trump"),
        ("Donald Trump", "Donald Trump Jr."),
        ("George W. Bush", "George H. W. Bush"),
        ("John Smith", "Joan Smith"),
        ("Bruce Lee", "Bruce Li"),
        ("John Johnson", "John Johnston"),
        ("White House", "House"),
        ("Justice Department", "State Department"),
        ("Lee Oswald", "Harvey Lee"),
        ("Clinton campaign", "Hillary Clinton"),
        ("Hillary and Bill Clinton", "Bill Clinton"),
    ],
)
def test_two_are_never_made_one(one: str, other: str) -> None:
    """Different given names, suffixes, middle names and bodies stay apart."""
    assert canonical((one, 100), (other, 1)) == {one: one, other: other}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Donald Trump", "Donald J. Trump"),
        ("Mr. Trump", "Donald Trump"),
        ("the White House", "White House"),
        ("Erdogan", "Recep Erdoğan"),
        ("De Blasio", "Bill de Blasio"),
        ("Suu Kyi", "Aung San Suu Kyi"),
        ("J. Smith", "John Smith"),
        ("Gore", "Al Gore"),
        ("Robert Scott", "Robert C. “Bobby” Scott"),
        ("Alexander Lukashenka", "Alexander Lukashenko"),
        ("O'Neill", "James O’Neill"),
    ],
)
def test_a_short_or_other_spelling_goes_to_the_full_one(short: str, full: str) -> None:
    """Middle names, honorifics, articles, accents, particles, initials and apostrophes do not matter."""
    assert canonical((short, 1), (full, 5))[short] == full


def test_sides_and_roles_keep_apart() -> None:
    """Jordan, a government, is not Michael Jordan; nor are two Smiths on two sides one."""
    table = pd.DataFrame(
        {"speaker": ["Jordan", "Michael Jordan"], "count": [5, 9], "side": "", "role": ["government", "citizen"]}
    )
    assert canonical_speakers(table).tolist() == ["Jordan", "Michael Jordan"]
    assert canonical(("Smith", 1, "left"), ("John Smith", 9, "right"))["Smith"] == "Smith"
    assert canonical(("Smith", 1, ""), ("John Smith", 9, "right"))["Smith"] == "John Smith"


def test_the_order_of_rows_does_not_matter_and_the_index_is_kept() -> None:
    """The same table shuffled gives the same names."""
    names = [f"{given} {surname}" for given in ("Ann", "Bob", "A.") for surname in ("Zelensky", "Zelenskyy", "Brown")]
    table = pd.DataFrame({"speaker": [*names, "Brown", "Zelenskiy"], "count": range(11)}, index=range(50, 61))
    found = canonical_speakers(table)
    shuffled = table.iloc[np.random.default_rng(7).permutation(len(table))]
    assert canonical_speakers(shuffled).sort_index().equals(found)
    assert found.index.equals(table.index)


def test_an_empty_table_gives_nothing() -> None:
    """No speakers, no names; an empty name stays empty."""
    assert canonical_speakers(pd.DataFrame({"speaker": [], "count": []})).empty
    assert canonical(("", 3), ("?", 1), ("“”", 2)) == {"": "", "?": "?", "“”": "“”"}


def test_a_missing_column_is_named() -> None:
    """The message says what is there."""
    with pytest.raises(InputError, match="speakers: column count is missing; found speaker"):
        canonical_speakers(pd.DataFrame({"speaker": ["a"]}))
