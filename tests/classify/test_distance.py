"""Distance from the training data: unknown words, another mix of words, and when a warning is due."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

import framing as fr
from framing.classify import _distance, _profile
from framing.classify._distance import Distance, Profile, Row, distance, distances, profile, warning
from framing.classify._profile import divergence, jackknifed
from framing.errors import InputError, OptionError
from framing.measures.attribution.finder import open_classes
from framing.text import read

CLASSES = open_classes(_profile._data.lexicons() / "models" / "word-classes.npz")
WORDS = [word for word in CLASSES.words if word.isalpha() and word.isascii() and len(word) > 2]
LEVEL = CLASSES.cluster_codes(WORDS)[:, 1]


def _drawn(words: Sequence[str], texts: int, length: int, seed: int, *, new: float = 0.02) -> list[fr.Article]:
    """Return texts of words drawn at random, the first ones more often; a share of them occurs nowhere else."""
    draw = np.random.default_rng(seed)
    weight = 1 / np.arange(10, 10 + len(words))
    rows = draw.choice(len(words), (texts, length), p=weight / weight.sum())
    fresh = draw.random(rows.shape) < new
    letters = draw.integers(97, 123, (*rows.shape, 12), dtype=np.uint8)
    cells = [
        [letters[a, b].tobytes().decode() if fresh[a, b] else words[rows[a, b]] for b in range(length)]
        for a in range(texts)
    ]
    return [fr.Article(str(number), " ".join(cell)) for number, cell in enumerate(cells)]


def _mixed(seed: int) -> list[str]:
    """Return some of the words in random order."""
    return [WORDS[index] for index in np.random.default_rng(seed).permutation(len(WORDS))[:3000].tolist()]


USUAL = _mixed(1)
CLUSTER = dict(zip(WORDS, LEVEL.tolist(), strict=True))
FREQUENT = {CLUSTER[word] for word in USUAL[:60]}
# those first whose clusters are rare in the usual texts
OTHER = sorted(USUAL[1500:], key=lambda word: CLUSTER[word] in FREQUENT)
OUTLETS = [f"outlet {number % 8}" for number in range(480)]


@pytest.fixture(scope="module")
def trained() -> Profile:
    """Return the profile of 480 texts of eight outlets."""
    return profile(read(_drawn(USUAL, 480, 80, 2)), OUTLETS)


def _counts(articles: Sequence[fr.Article]) -> tuple[list[str], np.ndarray]:
    vocabulary = sorted({word for article in articles for word in article.text.split()})
    number = {word: place for place, word in enumerate(vocabulary)}
    table = np.zeros((len(articles), len(vocabulary)), dtype=np.int64)
    for row, article in enumerate(articles):
        np.add.at(table[row], [number[word] for word in article.text.split()], 1)
    return vocabulary, table


def _from(to: Profile, articles: Sequence[fr.Article]) -> Distance:
    return distance(to, *_counts(articles))


def test_a_profile_knows_every_word_and_counts_every_cluster() -> None:
    """Folded, without a possessive 's, without figures."""
    found = profile(read([fr.Article("1", "The Mayor's ferry left in 2025."), fr.Article("2", "A wibblethrop left.")]))
    assert list(found.words) == ["a", "ferry", "in", "left", "mayor", "the", "wibblethrop"]
    assert found.clusters.sum() == 8
    alone = CLASSES.cluster_codes(["the", "mayor", "ferry", "left", "in", "a", "wibblethrop", "left"])[:, 1]
    assert found.clusters[0] == (alone == 1).sum() >= 1
    assert (np.delete(found.clusters, 0).nonzero()[0] == np.unique(alone[alone > 1] - 2)).all()


def test_the_share_of_unknown_words_is_counted_by_occurrences() -> None:
    """Figures are no words."""
    found = profile(read([fr.Article("1", "The ferry left.")]))
    one = distance(found, ["the", "ferry", "harbour", "2025"], np.array([2, 1, 1, 9]))
    assert (one.texts, one.words, one.unknown) == (1, 4, 0.25)
    assert not one.judged


def test_texts_of_the_same_kind_are_near(trained: Profile) -> None:
    """As near as the parts of the training data are to each other."""
    found = _from(trained, _drawn(USUAL, 100, 80, 3))
    assert found.judged
    assert not found.far
    assert abs(found.score) < 3
    assert abs(found.unknown - found.usual_unknown) < 0.03
    assert found.mix < 0.1
    assert warning("bias", found) == ""


def test_many_unknown_words_are_far(trained: Profile) -> None:
    """Also where there are too few texts to judge their mix."""
    for texts in (10, 100):
        found = _from(trained, _drawn(USUAL, texts, 80, 4, new=0.3))
        assert found.unknown > found.highest_unknown
        assert found.far
        assert np.isnan(found.mix_score) == (texts < 20)


def test_another_mix_of_known_words_is_far(trained: Profile) -> None:
    known = [word for word in OTHER if word in trained.known]
    found = _from(trained, _drawn(known, 100, 80, 5, new=0.05))
    assert found.mix > found.highest_mix
    assert found.mix_score > found.unknown_score
    assert found.far
    assert "mix of words" in warning("bias", found)


def test_few_words_are_not_judged(trained: Profile) -> None:
    """Under 250 words anything may happen."""
    found = _from(trained, _drawn(USUAL, 3, 60, 6, new=0.5))
    assert (found.judged, found.far) == (False, False)
    assert np.isnan(found.score)
    assert found.unknown > 0.4
    assert warning("bias", found) == ""


def test_shorter_texts_may_stray_further(trained: Profile) -> None:
    """The spread that is allowed for shrinks with the number of words; one long text counts as 250."""
    assert len(trained.sizes) >= 3
    spread = trained.unknown[:, 1]
    assert spread[0] > spread[-1]
    short = _from(trained, _drawn(USUAL, 4, 80, 7))
    long = _from(trained, _drawn(USUAL, 100, 80, 7))
    assert short.highest_unknown > long.highest_unknown
    single = _from(trained, [fr.Article("1", " ".join(one.text for one in _drawn(USUAL, 100, 80, 7)))])
    assert single.highest_unknown == trained.unknown[0, 2]


def test_no_part_of_the_training_data_would_be_far(trained: Profile) -> None:
    """The limit is that of the farthest held-out part, or three standard deviations."""
    articles = _drawn(USUAL, 480, 80, 2)
    rest = [article for article, outlet in zip(articles, OUTLETS, strict=True) if outlet != "outlet 3"]
    held = [article for article, outlet in zip(articles, OUTLETS, strict=True) if outlet == "outlet 3"]
    found = _from(profile(read(rest), [outlet for outlet in OUTLETS if outlet != "outlet 3"]), held)
    assert found.judged
    assert not found.far
    assert found.unknown <= max(trained.unknown[:, 2]) + 1e-9


def test_groups_decide_what_is_held_out() -> None:
    """5 to 50 groups are the parts; more are put together in ten, and without groups texts are."""
    articles = _drawn(USUAL, 120, 40, 8)
    batch = read(articles)
    assert profile(batch, [f"o{n % 6}" for n in range(120)]).parts == 6
    assert profile(batch, [f"o{n % 60}" for n in range(120)]).parts == 10
    assert profile(batch).parts == 10
    assert profile(batch, ["one"] * 60 + ["two"] * 60).parts == 10
    with pytest.raises(OptionError, match="3 groups for 120 texts"):
        profile(batch, ["a", "b", "c"])


def test_words_that_one_outlet_alone_has_are_unknown_to_the_rest() -> None:
    """Held-out outlets with jargon of their own widen what is allowed; random parts would hide it."""
    articles = _drawn(USUAL, 400, 40, 9, new=0.0)
    jargon = [
        fr.Article(article.id, article.text + f" wibblethrop{'abcdefgh'[number % 8] * 3}" * 10)
        for number, article in enumerate(articles)
    ]
    by_outlet = profile(read(jargon), [f"o{number % 8}" for number in range(400)])
    at_random = profile(read(jargon))
    assert by_outlet.unknown[0, 0] > 0.15
    assert at_random.unknown[0, 0] < 0.1


def test_divergence_is_that_of_scipy() -> None:
    """The square of its distance, with logarithms of base two."""
    one = np.array([[5, 0, 3, 2], [1, 1, 1, 1], [9, 0, 0, 0]])
    other = np.array([0, 4, 4, 2])
    wanted = [jensenshannon(row, other, base=2) ** 2 for row in one]
    np.testing.assert_allclose(divergence(one, other), wanted)
    assert divergence(one[2:], np.array([0, 1, 1, 1]))[0] == pytest.approx(1)
    assert divergence(one, one[0])[0] == pytest.approx(0)


def test_the_jackknife_takes_off_what_chance_adds() -> None:
    """Of samples of one distribution: the plain divergence is above zero, the jackknifed around it."""
    draw = np.random.default_rng(0)
    shares = draw.dirichlet(np.ones(100))
    other = 1e6 * shares
    samples = draw.multinomial(200, shares, size=(40, 20))
    plain = np.array([divergence(blocks.sum(axis=0)[None], other)[0] for blocks in samples])
    less = np.array([jackknifed(blocks, other) for blocks in samples])
    assert plain.min() > 0.002
    assert abs(less.mean()) < plain.mean() / 10


def test_a_profile_comes_back_from_its_columns(trained: Profile) -> None:
    """Arrays without objects, as a model file keeps them; other word clusters are refused."""
    arrays = trained.to_arrays()
    assert all(array.dtype != object for array in arrays.values())
    again = Profile.from_arrays({**arrays, "weights": np.zeros(3)})
    assert repr(_from(again, _drawn(USUAL, 50, 80, 3))) == repr(_from(trained, _drawn(USUAL, 50, 80, 3)))
    assert list(again.words) == list(trained.words)
    with pytest.raises(InputError, match="train anew"):
        Profile.from_arrays({**arrays, "profile stamp": np.array(1)})
    with pytest.raises(InputError, match="no column 'profile words'"):
        Profile.from_arrays({"weights": np.zeros(3)})


class _Corpus:
    """Counts as an analysis keeps them."""

    def __init__(self, articles: Sequence[fr.Article]) -> None:
        self.vocabulary, table = _counts(articles)
        row, self.word = np.nonzero(table)
        self.indptr = np.searchsorted(row, np.arange(len(table) + 1))
        counts = table[row, self.word]
        self.counts = np.column_stack([counts // 2, counts - counts // 2, 0 * counts]).astype(np.uint16)


def _labels(rows: Sequence[Row]) -> list[tuple[str, str | None]]:
    return [(row.model, row.group) for row in rows]


def test_a_corpus_and_each_of_its_groups_get_a_row(trained: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every model; a group's is that of its texts alone, and all voices count."""
    near, far = _drawn(USUAL, 60, 80, 10), _drawn(OTHER, 40, 80, 11, new=0.4)
    articles = [near[0], *far, *near[1:]]
    groups = ["near", *["far"] * 40, *["near"] * 59]
    other = profile(read(far))
    corpus = _Corpus(articles)
    found = distances(corpus, {"bias": trained, "mine": other}, groups)
    assert _labels(found) == [(name, group) for name in ("bias", "mine") for group in (None, "near", "far")]
    by_label = {label: row.distance for label, row in zip(_labels(found), found, strict=True)}
    for group in ("near", "far"):
        chosen = [article for article, one in zip(articles, groups, strict=True) if one == group]
        alone = _from(trained, chosen)
        assert by_label["bias", group].unknown == pytest.approx(alone.unknown)
        assert by_label["bias", group].mix == pytest.approx(alone.mix)
        assert by_label["bias", group].texts == len(chosen)
    assert by_label["bias", "far"].far
    assert not by_label["bias", "near"].far
    assert by_label["bias", None].words == 8000
    assert by_label["mine", "far"].unknown == 0
    monkeypatch.setattr(_distance, "_ENTRIES", 333)
    assert repr(distances(corpus, {"bias": trained, "mine": other}, groups)) == repr(found)  # NaN is not NaN
    assert _labels(distances(corpus, {"bias": trained})) == [("bias", None)]
    with pytest.raises(OptionError, match="2 groups for 100 texts"):
        distances(corpus, {"bias": trained}, ["a", "b"])


def test_the_words_of_an_analysis_go_in_as_they_are() -> None:
    """The same texts have no unknown word: both sides fold and cut words alike."""
    texts = ["The mayor’s ferry LEFT in 2025, he said.", "“It’s Åland’s harbour,” Smith’s co-workers said.", "Rain."]
    articles = [fr.Article(str(number), text, outlet="AB"[number % 2]) for number, text in enumerate(texts)]
    analysis = fr.analyze(articles, only="attribution")
    own = profile(read(articles))
    found = distances(analysis.words, {"bias": own}, analysis.articles["outlet"])
    assert [row.distance.unknown for row in found] == [0, 0, 0]
    assert [row.group for row in found] == [None, "A", "B"]
    assert found[0].distance.words == own.clusters.sum()


def test_nothing_is_judged_by_an_empty_profile_or_of_an_empty_text(trained: Profile) -> None:
    """No division by zero either."""
    void = profile(read([]))
    found = _from(void, _drawn(USUAL, 30, 80, 12))
    assert (found.unknown, found.judged, found.far) == (1.0, False, False)
    empty = distance(trained, ["ferry"], np.zeros((2, 1)))
    assert (empty.texts, empty.words, empty.far) == (0, 0, False)
    assert np.isnan(empty.unknown)
    with pytest.raises(OptionError, match=r"counts of shape \(2,\) for 1 words"):
        distance(trained, ["ferry"], np.zeros(2))


def test_the_warning_is_one_or_two_plain_sentences(trained: Profile) -> None:
    """It names the model, what it was trained on, the outlet and the larger of both reasons."""
    found = _from(trained, _drawn(USUAL, 12, 80, 13, new=0.3))
    said = warning("bias", found, trained_on="US news", group="The Post")
    assert said.startswith("The texts of The Post are far from what the model bias was trained on (US news): ")
    assert f"{found.unknown:.1%} of their words" in said
    assert f"{found.usual_unknown:.1%}" in said
    assert "\n" not in said
    assert said.count(". ") == 1
    assert warning("bias", found).startswith("These texts are far")
