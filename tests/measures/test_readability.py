from __future__ import annotations

import importlib
import math
import re
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nltk
import pytest
from nltk.corpus.reader import CMUDictCorpusReader
from textstat.backend import metrics
from textstat.backend.counts import count_difficult_words, count_syllables
from textstat.backend.utils import get_cmudict

from framing import _data
from framing.errors import LexiconError
from framing.measures import readability as module
from framing.measures.readability import COLUMNS, parse_pronouncing, readability

# syllables            the mayor spoke ...                  a refugee ...             nobody in the military ...
SENTENCES = [
    "The mayor spoke to the small crowd.",  # 7 words, 8 syllables
    "A refugee from the border told her story.",  # 8 words, 12 syllables
    "Nobody in the military was able to explain it.",  # 9 words, 16 syllables
]

# 24 words, 3 sentences, 36 syllables, 98 letters, 101 characters with the full stops; of three syllables and more:
# refugee, nobody, military; not on the list of easy words: refugee, border, military
BY_HAND = {
    "flesch_reading_ease": 206.835 - 1.015 * 8 - 84.6 * 1.5,
    "flesch_kincaid_grade": 0.39 * 8 + 11.8 * 1.5 - 15.59,
    "gunning_fog": 0.4 * (8 + 100 * 2 / 24),
    "smog_index": 1.043 * math.sqrt(30 * 3 / 3) + 3.1291,
    "coleman_liau_index": 0.058 * 100 * 98 / 24 - 0.296 * 100 * 3 / 24 - 15.8,
    "automated_readability_index": 4.71 * 101 / 24 + 0.5 * 8 - 21.43,
    "dale_chall": 0.1579 * 100 * 3 / 24 + 0.0496 * 8 + 3.6365,
    "difficult_words": 3.0,
}


def _forget() -> None:
    module._spelling.cache_clear()
    module._pronouncing.cache_clear()


def _folder() -> Path:
    return Path(str(_data.lexicons().joinpath("en", "pronouncing")))


def _read_with_nltk(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    # NLTK reads nothing outside its search path
    monkeypatch.setattr(nltk.data, "path", [str(_folder())])
    pronounced: dict[str, list[list[str]]] = CMUDictCorpusReader(str(_folder()), ["cmudict"]).dict()
    return pronounced


def test_figures_are_those_computed_by_hand() -> None:
    """The eight formulas give what pencil and paper give."""
    assert readability(SENTENCES) == pytest.approx(BY_HAND, rel=1e-12)


def test_columns_are_in_the_order_of_the_table() -> None:
    """The keys come in the order in which the articles table has them."""
    assert tuple(readability(SENTENCES)) == COLUMNS
    assert tuple(readability([])) == COLUMNS


@pytest.mark.parametrize("sentences", [[], [""], ["  ", "—"], ["“…”"]])
def test_a_text_without_words_has_no_figures(sentences: list[str]) -> None:
    """Nothing to read is NaN, not zero, and no error."""
    assert all(math.isnan(value) for value in readability(sentences).values())


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first figures after a start need no network and no download."""

    def refuse(*_: object, **__: object) -> None:
        msg = "no network"
        raise OSError(msg)

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(nltk, "download", refuse)
    monkeypatch.setattr(nltk.data, "path", [])
    _forget()
    assert readability(SENTENCES) == pytest.approx(BY_HAND)


def test_the_cmudict_of_the_user_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever stands in nltk_data, the figures are the same, and NLTK's search path stays as it was."""
    corpus = tmp_path / "corpora" / "cmudict"
    corpus.mkdir(parents=True)
    (corpus / "cmudict").write_text("MAYOR 1 M EY1 EY1 EY1 EY1\nNOBODY 1 N OW1\nCROWD 1 AH0 AH0 AH0\n")
    path = [str(tmp_path)]
    monkeypatch.setattr(nltk.data, "path", path)
    before = get_cmudict.cache_info()
    _forget()
    assert readability(SENTENCES) == pytest.approx(BY_HAND)
    assert nltk.data.path is path
    assert path == [str(tmp_path)]
    assert get_cmudict.cache_info() == before


def test_formulas_are_those_of_textstat(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same pronouncing file, and where both find the same words and sentences, textstat agrees."""
    syllables = sys.modules["textstat.backend.counts._count_syllables"]
    pronounced = _read_with_nltk(monkeypatch)
    monkeypatch.setattr(syllables, "get_cmudict", lambda _: pronounced)
    caches = (count_syllables, importlib.import_module("textstat.backend.validations").is_difficult_word)
    text = (
        "officials in the capital said the economy wasn't able to recover before january. "
        "an anonymous spokeswoman, who asked for secrecy, denied it! "
        "nobody knows why 400 refugees arrived at the border so early, and many politicians will not say."
    )
    sentences = [
        "officials in the capital said the economy wasn't able to recover before january.",
        "an anonymous spokeswoman, who asked for secrecy, denied it!",
        "nobody knows why 400 refugees arrived at the border so early, and many politicians will not say.",
    ]
    for function in caches:
        function.cache_clear()
    theirs = {
        "flesch_reading_ease": metrics.flesch_reading_ease(text, "en_US"),
        "flesch_kincaid_grade": metrics.flesch_kincaid_grade(text, "en_US"),
        "gunning_fog": metrics.gunning_fog(text, "en_US"),
        "smog_index": metrics.smog_index(text, "en_US"),
        "coleman_liau_index": metrics.coleman_liau_index(text),
        "automated_readability_index": metrics.automated_readability_index(text),
        "dale_chall": metrics.dale_chall_readability_score(text, "en_US"),
        "difficult_words": count_difficult_words(text, "en_US", 2, True),
    }
    for function in caches:
        function.cache_clear()
    assert readability(sentences) == pytest.approx(theirs, rel=1e-12)


def test_sentences_are_those_that_were_given() -> None:
    """A full stop inside a sentence ends nothing, and a sentence of two words counts as one."""
    given = ["Gen. A. B. Stoll paid 3.5 million crowns.", "He smiled."]
    assert module._count(given).sentences == 2
    assert module._count(given).words == 10


def test_their_order_does_not_matter() -> None:
    """The formulas know totals only."""
    assert readability(SENTENCES) == readability(SENTENCES[::-1])


@pytest.mark.parametrize(
    ("text", "words"),
    [("don't don’t", 2), ("ten-day", 2), ("3,800 and 3.5", 3), ("the U.S. and the U.K.", 5), ("the 1990s", 2)],
)
def test_what_is_one_word(text: str, words: int) -> None:
    """Contractions, numbers and dotted initials are one word, the parts of a compound are several."""
    assert module._count([text]).words == words


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("about", 2),
        ("area", 3),
        ("idea", 3),
        ("january", 4),
        ("u.s.", 2),
        ("w.h.o.", 5),
        ("president's", 3),
        ("3800", 1),
    ],
)
def test_syllables_of_words_that_hyphenation_miscounts(word: str, syllables: int) -> None:
    """Hyphenation gives `about` one syllable and `january` three; the pronouncing file knows better."""
    assert module._spelling(word).syllables == syllables


def test_curly_and_straight_apostrophes_are_one() -> None:
    """The same text scores the same in both typographies."""
    assert readability(["They didn’t say so."]) == readability(["They didn't say so."])


def test_threads_agree() -> None:
    """Several threads that start cold get the same figures."""
    _forget()
    with ThreadPoolExecutor(max_workers=8) as pool:
        results = list(pool.map(lambda _: readability(SENTENCES), range(32)))
    assert all(result == results[0] for result in results)


def test_nltk_reads_the_pronouncing_file_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is in the format of NLTK's corpus reader: same words, same syllables."""
    reader = _read_with_nltk(monkeypatch)
    theirs = {word: sum(phoneme[-1].isdigit() for phoneme in variants[0]) for word, variants in reader.items()}
    assert module._pronouncing() == theirs
    assert len(theirs) >= 500


def test_the_pronouncing_file_is_sorted_and_in_arpabet() -> None:
    """Each line has one known word, variant 1 and phonemes of ARPABET, in alphabetical order."""
    vowel = re.compile(r"(AA|AE|AH|AO|AW|AY|EH|ER|EY|IH|IY|OW|OY|UH|UW)[012]")
    consonant = re.compile(r"B|CH|D|DH|F|G|HH|JH|K|L|M|N|NG|P|R|S|SH|T|TH|V|W|Y|Z|ZH")
    lines = (_folder() / "cmudict").read_text(encoding="utf-8").splitlines()
    words = [line.split()[0] for line in lines]
    assert words == sorted(set(words))
    for line in lines:
        _, variant, *phonemes = line.split()
        assert variant == "1", line
        assert all(vowel.fullmatch(p) or consonant.fullmatch(p) for p in phonemes), line


@pytest.mark.parametrize("line", ["ABLE", "ABLE 1", "ABLE 1 B L", "ABLE EY1 B AH0 L"])
def test_a_broken_line_is_named(line: str) -> None:
    """The error says which line of which file, and what a line looks like."""
    with pytest.raises(LexiconError, match=r"^my-file:2: found 'ABLE.*WORD NUMBER PHONEMES"):
        parse_pronouncing(f"OVER 1 OW1 V ER0\n{line}\n", name="my-file")
