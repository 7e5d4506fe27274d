"""Word vectors: words in the same surroundings are near each other, and a byte a number loses little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from framing.classify import _vectors, word_vectors
from framing.classify._contexts import Contexts
from framing.classify._vectors import WordVectors, open_vectors, save_vectors
from framing.corpus import Article
from framing.errors import InputError


def corpus(n: int = 300) -> list[Article]:
    """Cities and beasts, each in sentences of their own kind."""
    rng = np.random.default_rng(6)
    city = ["The mayor of {} opened a bridge.", "They took the train to {} on Monday.", "Shops in {} were closed."]
    beast = ["A hungry {} chased its prey.", "The {} slept under a tree.", "Farmers feared that {} at night."]
    kinds = [(city, "london paris rome".split()), (beast, "wolf fox bear".split())]
    made = []
    for number in range(n):
        frames, names = kinds[number % 2]
        parts = [str(rng.choice(frames)).format(rng.choice(names)) for _ in range(3)]
        made.append(Article(str(number), " ".join(parts)))
    return made


@pytest.fixture(scope="module")
def learnt() -> WordVectors:
    return word_vectors.learn(corpus(), dimensions=8)


def test_words_of_a_kind_are_near_each_other(learnt: WordVectors) -> None:
    of = dict(zip(learnt.words, learnt.matrix, strict=True))
    for one, other, far in (("london", "paris", "wolf"), ("fox", "bear", "rome")):
        assert of[one] @ of[other] > of[one] @ of[far] + 0.5


def test_each_half_has_length_one(learnt: WordVectors) -> None:
    assert learnt.matrix.shape == (len(learnt.words), 16)
    for half in (learnt.matrix[:, :8], learnt.matrix[:, 8:]):
        assert np.linalg.norm(half, axis=1) == pytest.approx(1, abs=0.01)


def test_learning_twice_gives_the_same_numbers(learnt: WordVectors) -> None:
    again = word_vectors.learn(corpus(), dimensions=8)
    assert again.words == learnt.words
    assert (again.matrix == learnt.matrix).all()


def test_words_stand_in_the_order_of_their_number() -> None:
    articles = [Article("1", "a b b c c c."), Article("2", "A b c d e.")]
    assert Contexts(articles, 2).words == ["c", "b", ".", "a"]


def test_contexts_do_not_cross_a_sentence_or_an_article() -> None:
    """Only words of one sentence are counted together, each pair from both sides."""
    found = Contexts([Article("1", "Cats eat. Dogs bark."), Article("2", "Cats eat.")], 1)
    together = found._together((-1, 1), 99).toarray()
    place = {word: number for number, word in enumerate(found.words)}
    assert together[place["cats"], place["eat"]] == together[place["eat"], place["cats"]] == 2
    assert together[place["eat"], place["dogs"]] == 0
    assert together[place["bark"], place["cats"]] == 0
    assert (together[:, :5] == together[:, :5].T).all()


def test_nearer_words_count_for_more() -> None:
    found = Contexts([Article("1", "One two three.")], 1)
    place = {word: number for number, word in enumerate(found.words)}
    together = found._together((-2, -1, 1, 2), 99).toarray()
    assert together[place["one"], place["two"]] == 1
    assert together[place["one"], place["three"]] == 0.5


@pytest.mark.parametrize(
    ("articles", "said"),
    [([], "no article to learn from"), ([Article("1", "One two.")], "0 words occur 4 times; vectors need at least 3")],
)
def test_too_little_to_learn_from_is_said(articles: list[Article], said: str) -> None:
    with pytest.raises(InputError, match=said):
        word_vectors.learn(articles)


def test_a_byte_a_number_loses_little(learnt: WordVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written and opened again, also a column of nothing but zeros."""
    (tmp_path / "models").mkdir()
    matrix = np.column_stack([learnt.matrix, np.zeros(len(learnt.words), dtype=np.float32)])
    save_vectors(WordVectors(learnt.words, matrix), tmp_path / "models" / "word-vectors.npz")
    monkeypatch.setattr(_vectors._data, "lexicons", lambda: tmp_path)
    again = open_vectors.__wrapped__()
    assert again.words == learnt.words
    assert np.abs(again.matrix - matrix).max() <= np.abs(matrix).max() / 127
    assert (again.matrix[:, -1] == 0).all()
    (tmp_path / "models" / "word-vectors.npz").write_bytes(b"PK nothing")
    with pytest.raises(InputError, match=r"word-vectors\.npz: not a model of numbers"):
        open_vectors.__wrapped__()


def test_an_unknown_word_has_no_vector_and_a_possessive_that_of_its_base(learnt: WordVectors) -> None:
    found = learnt.of(["wolf", "wolf's", "zqx"])
    assert (found[0] == found[1]).all()
    assert found[0].any()
    assert not found[2].any()
    assert learnt.rows(["zqx"]).tolist() == [-1]
    assert learnt.of([]).shape == (0, 16)
    assert WordVectors([], np.zeros((0, 4), dtype=np.float32)).of(["a"]).tolist() == [[0, 0, 0, 0]]


def test_vectors_that_ship_are_two_halves_of_length_one() -> None:
    vectors = open_vectors()
    assert len(vectors.words) == len(set(vectors.words)) == len(vectors.matrix) > 1000
    half = vectors.matrix.shape[1] // 2
    assert np.linalg.norm(vectors.matrix[:200, :half], axis=1) == pytest.approx(1, abs=0.05)


def test_the_script_writes_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"{one.id},{one.text}\n" for one in corpus(40))
    (tmp_path / "articles.csv").write_text("id,text\n" + rows, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["x", str(tmp_path / "articles.csv"), "-o", str(tmp_path / "out.npz")])
    word_vectors.main()
    with np.load(tmp_path / "out.npz", allow_pickle=False) as arrays:
        assert sorted(arrays) == ["scale", "steps", "words"]
        assert arrays["steps"].dtype == np.int8
